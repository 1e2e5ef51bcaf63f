"""A static portal crawled: everything found once, nothing doubled, failures accounted for."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import polars as pl
import pytest

from crawlers.durable import append_line
from crawlers.store import Store

from .conftest import Crawl, Portal, Reply, SourceOf, html, pdf, rows


def sightings(tmp_path: Path) -> pl.DataFrame:
    return Store(tmp_path / "home").read_sightings()


def test_finds_every_attachment_over_all_list_pages(
    district: Portal, source_of: SourceOf, crawl: Crawl, tmp_path: Path
) -> None:
    report = crawl(source_of(district))
    assert report.is_complete, report
    assert (report.list_pages_expected, report.list_pages_seen) == (3, 3)
    assert (report.links_found, report.pages_seen, report.attachments_found) == (5, 5, 6)
    assert (report.new, report.elsewhere) == (5, 1)
    frame = sightings(tmp_path)
    assert frame.height == 6
    assert frame["sha256"].n_unique() == 5
    row = frame.filter(pl.col("url").str.ends_with("P1.pdf")).row(0, named=True)
    assert row["link_text"] == "附件:乙局决算.pdf"
    assert row["title"] == "某县乙局2024年度部门决算公开"
    assert row["published_on"] == "2025-09-11"
    assert (row["listed_unit"], row["listed_year"], row["listed_kind"]) == (
        "某县乙局",
        2024,
        "final_accounts",
    )
    assert (row["status"], row["content_type"], row["media_kind"]) == (200, "application/pdf", "pdf")
    assert "/other.html" not in district.requests
    assert "/news.html" not in district.requests


def test_second_night_transfers_nothing_and_doubles_nothing(
    district: Portal, source_of: SourceOf, crawl: Crawl, tmp_path: Path
) -> None:
    crawl(source_of(district))
    before = sightings(tmp_path)
    district.bodies.clear()
    report = crawl(source_of(district))
    assert report.is_complete
    assert (report.new, report.unchanged) == (0, 6)
    assert sum(count for path, count in district.bodies.items() if path != "/robots.txt") == 0
    assert report.not_modified == report.requests - 1  # robots.txt has no validators to ask with
    assert sightings(tmp_path).equals(before)


def test_revalidate_days_saves_the_requests_themselves(
    district: Portal, source_of: SourceOf, crawl: Crawl
) -> None:
    source = source_of(district, politeness={"delay_seconds": 0, "revalidate_days": 7})
    start = datetime(2026, 1, 1, tzinfo=UTC)
    crawl(source, clock=lambda: start)
    second = crawl(source, clock=lambda: start + timedelta(days=1))
    third = crawl(source, clock=lambda: start + timedelta(days=9))
    assert second.requests <= 4  # the lists are read every night
    assert second.skipped == 11
    assert third.skipped == 0


def test_not_modified_is_not_believed_for_ever(district: Portal, source_of: SourceOf, crawl: Crawl) -> None:
    start = datetime(2026, 1, 1, tzinfo=UTC)
    district.file("/art/P3.pdf", pdf("丁局"), has_validators=False)
    stale = {"Last-Modified": "Thu, 01 Jan 2026 00:00:00 GMT", "Content-Type": "application/pdf"}

    def by_date(handler: BaseHTTPRequestHandler, body: bytes) -> Reply:
        return Reply(
            body, 304 if handler.headers.get("If-Modified-Since") else 200, stale, has_validators=False
        )

    district.routes["/art/P3.pdf"] = lambda handler: by_date(handler, pdf("丁局"))
    crawl(source_of(district), clock=lambda: start)
    district.routes["/art/P3.pdf"] = lambda handler: by_date(handler, pdf("丁局 换回旧日期的更正"))
    assert not crawl(source_of(district), clock=lambda: start + timedelta(days=1)).replaced
    assert len(crawl(source_of(district), clock=lambda: start + timedelta(days=46)).replaced) == 1


def test_a_failing_list_page_is_no_success_and_the_next_night_completes(
    district: Portal, source_of: SourceOf, crawl: Crawl, tmp_path: Path
) -> None:
    good = district.routes["/list/index_1.html"]
    district.fail("/list/index_1.html")
    first = crawl(source_of(district))
    assert not first.is_complete
    assert (first.list_pages_expected, first.list_pages_seen) == (3, 2)
    assert first.attachments_found == 4
    assert any("index_1.html" in line and "500" in line for line in first.missing)
    district.routes["/list/index_1.html"] = good
    second = crawl(source_of(district))
    assert second.is_complete
    assert (second.new, second.unchanged) == (2, 4)
    assert sightings(tmp_path).height == 6


def test_portal_that_fails_half_way_leaves_the_rest_for_the_next_night(
    district: Portal, source_of: SourceOf, crawl: Crawl, tmp_path: Path
) -> None:
    routes = dict(district.routes)
    for path in ("/art/t3.html", "/art/P2.pdf", "/art/P4.pdf"):
        district.fail(path, 503)
    report = crawl(source_of(district))
    assert not report.is_complete
    assert sorted(refusal.reason_code for refusal in report.refused) == ["server_error"] * 3
    assert all(refusal.is_transient for refusal in report.refused)
    assert (
        sightings(tmp_path)["reason_code"].null_count() == 3
    )  # documents only: a passing failure leaves no trace
    district.routes.update(routes)
    assert crawl(source_of(district)).is_complete
    clean = crawl(source_of(district), home=tmp_path / "clean")
    assert clean.is_complete
    columns = ["url", "page_url", "link_text", "sha256", "listed_unit"]
    ours = sightings(tmp_path).select(columns).sort(columns)
    assert ours.equals(Store(tmp_path / "clean").read_sightings().select(columns).sort(columns))


def test_replacement_under_the_same_address_is_a_new_version(
    district: Portal, source_of: SourceOf, crawl: Crawl, tmp_path: Path
) -> None:
    crawl(source_of(district), clock=lambda: datetime(2026, 1, 1, tzinfo=UTC))
    district.file("/art/P3.pdf", pdf("丁局 更正"))
    report = crawl(source_of(district), clock=lambda: datetime(2026, 1, 2, tzinfo=UTC))
    assert report.new == 1
    assert [replaced.url for replaced in report.replaced] == [f"{district.root}/art/P3.pdf"]
    versions = sightings(tmp_path).filter(pl.col("url").str.ends_with("P3.pdf"))
    assert versions["replaces_sha256"].to_list() == [None, versions["sha256"][0]]


def test_replacement_is_seen_without_validators_too(
    district: Portal, source_of: SourceOf, crawl: Crawl
) -> None:
    district.file("/art/P3.pdf", pdf("丁局"), has_validators=False)
    crawl(source_of(district))
    district.file("/art/P3.pdf", pdf("丁局 更正"), has_validators=False)
    assert len(crawl(source_of(district)).replaced) == 1


def test_years_and_kinds_wanted(portal: Portal, source_of: SourceOf, crawl: Crawl) -> None:
    links = [
        (f"{kind}{year}.pdf", f"某县甲局{year}年部门{kind}", "2025-01-01")
        for year in (2023, 2024)
        for kind in ("预算", "决算")
    ]
    portal.page("/list/index.html", html(rows(*links)))
    for kind in ("%E9%A2%84%E7%AE%97", "%E5%86%B3%E7%AE%97"):
        for year in (2023, 2024):
            portal.file(f"/list/{kind}{year}.pdf", pdf(f"{kind}{year}"))
    report = crawl(source_of(portal, years=[2024], kinds=["budget"]))
    assert report.attachments_found == 1


def test_section_links_are_followed_once(portal: Portal, source_of: SourceOf, crawl: Crawl) -> None:
    portal.page(
        "/list/index.html",
        html(
            '<a href="./bmys/">部门预算</a><a href="./bmjs/index.html">部门决算</a><a href="/up/">部门预算</a>'
        ),
    )
    portal.page(
        "/list/bmys/",
        html(
            rows(("a.pdf", "甲局2025年部门预算", "2025-01-01")) + '<a href="../bmjs/index.html">部门决算</a>'
        ),
    )
    portal.page("/list/bmjs/index.html", html(rows(("b.pdf", "甲局2023年部门决算", "2024-01-01"))))
    portal.file("/list/bmys/a.pdf", pdf("a"))
    portal.file("/list/bmjs/b.pdf", pdf("b"))
    report = crawl(source_of(portal))
    assert report.is_complete
    assert report.attachments_found == 2
    assert portal.requests["/up/"] == 0


def test_expected_publications_that_are_not_there_make_it_incomplete(
    district: Portal, source_of: SourceOf, crawl: Crawl
) -> None:
    expect = [
        {"unit": "某县甲局", "year": 2024},
        {"unit": "某县己局", "year": 2024, "kind": "final_accounts"},
    ]
    report = crawl(source_of(district, expect=expect))
    assert not report.is_complete
    assert report.missing == ["应公开而未见：某县己局2024 年决算（应有 1 件，见到 0 件）"]


def test_list_that_announces_more_pages_than_can_be_found(
    portal: Portal, source_of: SourceOf, crawl: Crawl
) -> None:
    portal.page("/list/index.html", html("共 7 页" + rows(("a.pdf", "甲局2025年部门预算", "2025-01-01"))))
    portal.file("/list/a.pdf", pdf("a"))
    report = crawl(source_of(portal))
    assert not report.is_complete
    assert "共 7 页" in report.missing[0]


def test_concurrency_gives_the_same_store(
    district: Portal, source_of: SourceOf, crawl: Crawl, tmp_path: Path
) -> None:
    clock = lambda: datetime(2026, 1, 1, tzinfo=UTC)  # noqa: E731
    crawl(source_of(district), clock=clock)
    fast = source_of(district, politeness={"delay_seconds": 0, "concurrency": 4})
    crawl(fast, home=tmp_path / "fast", clock=clock)
    assert Store(tmp_path / "fast").read_sightings().equals(sightings(tmp_path))


def test_progress_is_told_page_by_page(district: Portal, source_of: SourceOf, crawl: Crawl) -> None:
    seen: list[str] = []
    assert crawl(source_of(district), progress=lambda label, done, total: seen.append(label)).is_complete
    assert len(seen) >= 11


KILLED = """
import sys, json
from pathlib import Path
from crawlers.crawl import crawl_source
from crawlers.settings import Source
crawl_source(Source.model_validate(json.loads(sys.argv[1])), Path(sys.argv[2]))
"""


def test_kill_9_half_way_is_resumed_without_fetching_twice(
    district: Portal, source_of: SourceOf, crawl: Crawl, tmp_path: Path
) -> None:
    hold = threading.Event()
    good = district.routes["/art/t3.html"]

    def stall(_: object) -> Reply:
        hold.wait(20)
        return Reply(b"", status=500)

    district.routes["/art/t3.html"] = stall
    source = source_of(district)
    process = subprocess.Popen(
        [sys.executable, "-c", KILLED, source.model_dump_json(), str(tmp_path / "home")],
        cwd=Path(__file__).parents[2],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    deadline = time.monotonic() + 30
    while not district.requests["/art/t3.html"] and time.monotonic() < deadline:
        time.sleep(0.02)
    process.kill()
    process.wait()
    hold.set()
    fetched = {path for path, count in district.bodies.items() if count}
    assert "/art/P2.pdf" in fetched
    district.routes["/art/t3.html"] = good
    report = crawl(source)
    assert report.is_complete
    assert report.attachments_found == 6
    doubled = {path for path, count in district.bodies.items() if count > 1 and path != "/robots.txt"}
    assert doubled == set()
    assert sightings(tmp_path).height == 6
    Store(tmp_path / "home").sweep()
    assert Store(tmp_path / "home").verify() == []


def test_damaged_frontier_costs_requests_only(
    district: Portal, source_of: SourceOf, crawl: Crawl, tmp_path: Path
) -> None:
    crawl(source_of(district))
    before = sightings(tmp_path)
    (tmp_path / "home" / "crawl" / "s.sqlite").write_bytes(b"no database" * 500)
    report = crawl(source_of(district))
    assert report.notes
    assert sightings(tmp_path).equals(before)


@pytest.mark.parametrize("lost", ["object"])
def test_object_lost_from_the_store_is_fetched_again(
    district: Portal, source_of: SourceOf, crawl: Crawl, tmp_path: Path, lost: str
) -> None:
    crawl(source_of(district))
    store = Store(tmp_path / "home")
    victim = next(store.iterate())
    victim.path.unlink()
    assert store.verify()
    crawl(source_of(district))
    assert store.verify() == []


@pytest.mark.parametrize("module", ["store", "durable"])
@pytest.mark.parametrize("after", [0, 3])
def test_full_disk_stops_cleanly_and_the_next_night_completes(
    district: Portal,
    source_of: SourceOf,
    crawl: Crawl,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    module: str,
    after: int,
) -> None:
    left = [after]
    real = os.fsync

    def full(descriptor: int) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        real(descriptor)

    with monkeypatch.context() as patch:
        patch.setattr(f"crawlers.{module}.os.fsync", full)
        with pytest.raises(OSError, match="No space left"):
            crawl(source_of(district))
    assert list((tmp_path / "home" / "store" / "incoming").iterdir()) == []
    assert crawl(source_of(district)).is_complete
    clean = crawl(source_of(district), home=tmp_path / "clean")
    assert clean.is_complete
    columns = ["url", "page_url", "link_text", "sha256"]
    assert (
        sightings(tmp_path)
        .select(columns)
        .sort(columns)
        .equals(Store(tmp_path / "clean").read_sightings().select(columns).sort(columns))
    )
    assert Store(tmp_path / "home").verify() == []


def test_half_a_line_on_a_full_disk_is_no_record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "log.jsonl"
    append_line(path, b'{"a":1}')
    real = os.write

    def half(descriptor: int, data: bytes) -> int:
        real(descriptor, data[: len(data) // 2])
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("crawlers.durable.os.write", half)
        with pytest.raises(OSError, match="No space left"):
            append_line(path, b'{"b":2}')
    append_line(path, b'{"c":3}')
    assert path.read_bytes().split(b"\n") == [b'{"a":1}', b'{"b"', b'{"c":3}', b""]
