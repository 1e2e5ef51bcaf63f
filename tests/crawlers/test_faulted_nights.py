"""Nights in which the portal fails at random: after one clean night the store is what it would have been."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import polars as pl
import pytest

from crawlers.store import Store

from .conftest import Crawl, Portal, Reply, SourceOf, html, pdf

COLUMNS = [
    "url", "page_url", "link_text", "title", "file_name", "published_on", "media_kind", "listed_unit", "listed_year",
    "listed_kind", "sha256", "replaces_sha256",
]  # fmt: skip


#: Seconds a crawl waits for an answer while the portal fails, how many answers of a test never come, and how long the
#: portal sits on each of those.
_PATIENCE, _STALLS, _SILENCE = 1.0, 2, 2.5


def documents(home: Path) -> pl.DataFrame:
    """What a warehouse reads: the sightings of documents, without the hours they were met at."""
    frame = Store(home).read_sightings()
    return frame.filter(pl.col("sha256").is_not_null()).select(COLUMNS).sort(COLUMNS)


def fault(kind: str, good: Reply, number: int) -> Reply:
    """One of the ways in which a portal fails or lies; ``number`` counts the requests of an address."""
    match kind:
        case "error":
            return Reply(b"error", 503)
        case "absent":
            return Reply(b"not found", 404)
        case "cut":
            return Reply(good.body[: len(good.body) // 2], declared_length=len(good.body))
        case (
            "short"
        ):  # what comes twice the same without an end is the portal's file: no two in a row are alike
            return Reply(good.body[: 64 + number % 33], has_validators=False)
        case "empty":
            return Reply(b"\r\n")
        case "lie":
            return Reply(html("<p>请稍后再试</p>").encode(), headers={"Content-Type": "application/pdf"})
        case "stub":
            return Reply(b'<html><meta http-equiv="refresh" content="0;URL=../"></html>')
        case "stall":
            time.sleep(_SILENCE)
            return Reply(b"late", 500)
    return Reply(b"", 412)


class Mischief:
    """Spoils a portal's answers: which and how follows from the seed, the address and how often it was asked for.

    Nothing depends on what else was asked for or on how fast, so that a seed is one and the same campaign everywhere.
    """

    KINDS = ("error", "absent", "cut", "short", "empty", "lie", "stub", "stall", "firewall")

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._asked: Counter[str] = Counter()
        self._stalls = 0

    def spoil(self, reply: Reply) -> Callable[[BaseHTTPRequestHandler], Reply]:
        def answer(handler: BaseHTTPRequestHandler) -> Reply:
            self._asked[handler.path] += 1
            number = self._asked[handler.path]
            chance = random.Random(f"{self._seed} {handler.path} {number}")
            if chance.random() >= 0.35:
                return reply
            kind = chance.choice(self.KINDS)
            self._stalls += kind == "stall"
            if kind == "stall" and self._stalls > _STALLS:
                kind = "error"
            return fault(kind, reply, number)

        return answer


@pytest.mark.parametrize("seed", range(8))
def test_faults_leave_no_trace(
    district: Portal, source_of: SourceOf, crawl: Crawl, tmp_path: Path, seed: int
) -> None:
    good = dict(district.routes)
    mischief = Mischief(seed)
    for path, reply in good.items():
        assert isinstance(reply, Reply)
        district.routes[path] = mischief.spoil(reply)
    source = source_of(district, limits={"read_seconds": _PATIENCE})
    first = crawl(source)
    assert documents(tmp_path / "home").height == 6 or not first.is_complete  # never a silent success
    for _ in range(2):
        crawl(source)
    district.routes.clear()
    district.routes.update(good)
    patient = source_of(district)  # a busy machine may take longer than the faults may
    for home in (tmp_path / "home", tmp_path / "clean"):
        report = crawl(patient, home=home)
        assert (report.missing, report.refused) == ([], [])
    ours = documents(tmp_path / "home")
    assert ours.equals(documents(tmp_path / "clean"))
    assert {item.sha256 for item in Store(tmp_path / "home").iterate()} == set(ours["sha256"])
    assert Store(tmp_path / "home").verify() == []
    assert list((tmp_path / "home" / "store" / "incoming").iterdir()) == []


def test_random_replacements_are_all_kept(
    district: Portal, source_of: SourceOf, crawl: Crawl, tmp_path: Path
) -> None:
    chance = random.Random(1)
    versions = {f"/art/P{number}.pdf": 1 for number in range(5)}
    expected = 5
    crawl(source_of(district))
    for night in range(4):
        path = chance.choice(sorted(versions))
        versions[path] += 1
        district.file(path, pdf(f"{path} 第 {night} 晚更正"))
        report = crawl(source_of(district))
        expected += 1
        assert len(report.replaced) == 1
        assert any("换了文件" in note for note in report.notes)
    assert len(list(Store(tmp_path / "home").iterate())) == expected
