"""A crawl's memory on a disk that fails is an error of the disk, whenever the disk fails."""

from __future__ import annotations

import errno
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawlers.frontier import Resource, open_frontier
from tests.crawlers.conftest import Crawl, Portal, SourceOf


def clock() -> datetime:
    """A moment."""
    return datetime(2026, 1, 1, tzinfo=UTC)


def remembered(url: str) -> Resource:
    """What is remembered of a page."""
    return Resource(
        url=url,
        final_url=url,
        status=200,
        content_type="text/html",
        etag=None,
        last_modified=None,
        content_length=4,
        sha256=None,
        body=b"page",
        checked_at=clock().isoformat(),
        fetched_at=clock().isoformat(),
    )


def test_memory_that_cannot_be_opened(
    district: Portal, source_of: SourceOf, crawl: Crawl, tmp_path: Path
) -> None:
    memory = tmp_path / "home" / "crawl" / "s.sqlite"
    memory.mkdir(parents=True)
    with pytest.raises(OSError, match="抓取记忆无法读写") as raised:
        crawl(source_of(district))
    assert (raised.value.errno, raised.value.filename) == (errno.EIO, str(memory))


def test_memory_that_finds_the_disk_full(tmp_path: Path) -> None:
    with (
        pytest.raises(OSError, match="抓取记忆无法读写") as raised,
        open_frontier(tmp_path, "s", clock) as frontier,
    ):
        frontier._connection.execute("PRAGMA max_page_count=1")
        for number in range(10_000):
            frontier.put(remembered(f"http://127.0.0.1/{number}"))
    assert raised.value.errno == errno.ENOSPC
