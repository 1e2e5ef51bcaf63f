"""Nights in which the portal fails at random: after one clean night the store is what it would have been."""

from __future__ import annotations

import itertools
import random
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import polars as pl
import pytest

from crawlers.report import CrawlReport
from crawlers.settings import Source
from crawlers.store import Store

from .conftest import Portal, Reply, html, pdf

Crawl = Callable[..., CrawlReport]
SourceOf = Callable[..., Source]

COLUMNS = [
    "url", "page_url", "link_text", "title", "file_name", "published_on", "media_kind", "listed_unit", "listed_year",
    "listed_kind", "sha256", "replaces_sha256",
]  # fmt: skip


#: Lengths of bodies cut short: no two in a row are alike.
_LENGTHS = itertools.count()


def documents(home: Path) -> pl.DataFrame:
    """What a warehouse reads: the sightings of documents, without the hours they were met at."""
    frame = Store(home).read_sightings()
    return frame.filter(pl.col("sha256").is_not_null()).select(COLUMNS).sort(COLUMNS)


def fault(kind: str, good: Reply) -> Reply:
    """One of the ways in which a portal fails or lies."""
    match kind:
        case "error":
            return Reply(b"error", 503)
        case "absent":
            return Reply(b"not found", 404)
        case "cut":
            return Reply(good.body[: len(good.body) // 2], declared_length=len(good.body))
        case "short":
            return Reply(good.body[: random.randint(60, 100)], has_validators=False)
        case "empty":
            return Reply(b"\r\n")
        case "lie":
            return Reply(html("<p>请稍后再试</p>").encode(), headers={"Content-Type": "application/pdf"})
        case "stub":
            return Reply(b'<html><meta http-equiv="refresh" content="0;URL=../"></html>')
        case "stall":
            time.sleep(0.25)
            return Reply(b"late", 500)
    return Reply(b"", 412)


@pytest.mark.parametrize("seed", range(8))
def test_faults_leave_no_trace(
    district: Portal, source_of: SourceOf, crawl: Crawl, tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)
    kinds = ["error", "absent", "cut", "short", "empty", "lie", "stub", "stall", "firewall"]
    good = dict(district.routes)

    def unreliable(reply: Reply) -> Callable[[BaseHTTPRequestHandler], Reply]:
        return lambda _: fault(chance.choice(kinds), reply) if chance.random() < 0.35 else reply

    for path, reply in good.items():
        assert isinstance(reply, Reply)
        district.routes[path] = unreliable(reply)
    source = source_of(district, limits={"read_seconds": 0.2})
    first = crawl(source)
    assert documents(tmp_path / "home").height == 6 or not first.is_complete  # never a silent success
    for _ in range(2):
        crawl(source)
    district.routes.clear()
    district.routes.update(good)
    patient = source_of(district)  # a busy machine may take longer than the faults may
    assert crawl(patient).is_complete
    assert crawl(patient, home=tmp_path / "clean").is_complete
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
