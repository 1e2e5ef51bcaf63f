"""A backup holds what cannot be rebuilt; a restored home publishes the same again."""

from __future__ import annotations

import shutil
import tarfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time
from functools import partial
from pathlib import Path
from unittest.mock import patch

import pytest
from typer.testing import CliRunner

from benchmarks.fault_state import stored_objects
from crawlers.crawl import crawl_source
from crawlers.settings import Politeness, Source
from flows.backup import RestoreError, back_up, restore
from flows.commands import app
from flows.lock import night_lock
from flows.night import NightPlan, run_night
from flows.settings import NightSettings
from flows.step import plain_step
from reports.run_report import RunReport
from samples.district import District
from samples.portal import Portal
from samples.portal_pages import PublishedFile, build_site
from tests.flows.conftest import ingest
from tests.flows.test_night import exported
from warehouse.query import open_warehouse


def test_a_restored_home_is_rebuilt_to_the_same_tables(first_document_home: Path, tmp_path: Path) -> None:
    archive, fresh = tmp_path / "backup.tar.gz", tmp_path / "fresh"
    home = tmp_path / "home"
    shutil.copytree(first_document_home, home, symlinks=True)
    (tmp_path / "night.yaml").write_text("workers: 1\n", encoding="utf-8")
    count = back_up(home, archive, tmp_path / "night.yaml")
    assert restore(archive, fresh) == count
    assert (fresh / "configuration" / "night.yaml").read_text(encoding="utf-8") == "workers: 1\n"
    ingest(home)
    ingest(fresh)
    assert exported(fresh / "warehouse.duckdb") == exported(home / "warehouse.duckdb")


@pytest.fixture
def portal() -> Iterator[Portal]:
    """A portal on loopback, with nothing yet."""
    with Portal({}) as running:
        yield running


def portal_night(home: Path, portal: Portal, files: list[PublishedFile], night: date) -> RunReport:
    """A night over a portal that publishes ``files``.

    Its clock stands still: sightings are kept in the order of their seconds, and two homes crawl in different ones.
    """
    portal.resources = build_site(files)
    moment = datetime.combine(night, time(2), tzinfo=UTC)
    crawl = partial(crawl_source, clock=lambda: moment)
    with night_lock(home), patch("flows.stages.check"), patch("flows.stages.crawl_source", crawl):
        source = Source(
            id="portal",
            title="门户",
            start_pages=(portal.start_url,),
            politeness=Politeness(delay_seconds=0, retry_wait_seconds=0.05),
        )
        settings = NightSettings(workers=1, minimum_free_megabytes=0)
        return run_night(NightPlan(home, settings, plain_step, sources=(source,), night=night))


@pytest.mark.slow
def test_a_night_after_a_restore_is_the_night_of_a_home_that_was_never_lost(
    district: District, portal: Portal, tmp_path: Path
) -> None:
    files = [PublishedFile(district.path(one), one.title, "2025-09-01") for one in district.documents[:3]]
    home, twin, archive = tmp_path / "home", tmp_path / "twin", tmp_path / "backup.tar.gz"
    portal_night(home, portal, files[:1], date(2025, 9, 1))
    replaced = tmp_path / "replaced.pdf"
    replaced.write_bytes(files[0].path.read_bytes() + b"\n%%EOF\n")
    files[0] = replace(files[0], path=replaced)
    portal_night(home, portal, files[:2], date(2025, 9, 2))
    with open_warehouse(home) as connection:
        (finding,) = connection.execute("SELECT min(finding_id) FROM mart.exception").fetchone() or ()
    waiving = [
        "waive",
        finding,
        "--until",
        "2026-12-31",
        "--reason",
        "其他",
        "--text",
        "已核实",
        "--by",
        "张三",
    ]
    assert CliRunner().invoke(app, [*waiving, "--home", str(home)]).exit_code == 0
    kept = (home / "ledger" / "events.jsonl").read_text(encoding="utf-8")
    shutil.copytree(home, twin, symlinks=True)
    back_up(home, archive)
    shutil.rmtree(home)
    restore(archive, home)
    assert (home / "ledger" / "events.jsonl").read_text(encoding="utf-8") == kept
    for one in (home, twin):
        assert portal_night(one, portal, files, date(2025, 9, 3)).status == "published"
    assert exported(home / "warehouse.duckdb") == exported(twin / "warehouse.duckdb")
    ledger = (home / "ledger" / "events.jsonl").read_text(encoding="utf-8")
    assert ledger.startswith(kept)
    assert ledger == (twin / "ledger" / "events.jsonl").read_text(encoding="utf-8")
    assert stored_objects(home) == stored_objects(twin)
    assert portal_night(home, portal, files, date(2025, 9, 3)).status == "unchanged"


def test_nothing_is_overwritten(first_document_home: Path, tmp_path: Path) -> None:
    archive = tmp_path / "backup.tar.gz"
    back_up(first_document_home, archive)
    with pytest.raises(RestoreError, match="已有"):
        restore(archive, first_document_home)


def test_a_torn_archive_and_a_foreign_one_leave_nothing_behind(
    first_document_home: Path, tmp_path: Path
) -> None:
    archive = tmp_path / "backup.tar.gz"
    back_up(first_document_home, archive)
    torn = tmp_path / "torn.tar.gz"
    torn.write_bytes(archive.read_bytes()[: archive.stat().st_size // 2])
    with pytest.raises(RestoreError, match="不是完整的备份"):
        restore(torn, tmp_path / "one")
    foreign = tmp_path / "foreign.tar.gz"
    with tarfile.open(foreign, "w:gz") as tar:
        tar.add(__file__, arcname="note.txt")
    with pytest.raises(RestoreError, match="不是明账的备份"):
        restore(foreign, tmp_path / "two")
    assert not list((tmp_path / "one").iterdir())
    assert not list((tmp_path / "two").iterdir())
