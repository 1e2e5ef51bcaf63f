"""Hostile files and names through a whole night: nothing crashes, nothing is run, nothing is lost, each has its reason."""

from __future__ import annotations

import csv
import hashlib
import re
from pathlib import Path
from unittest.mock import patch

import openpyxl
import pytest

from crawlers.settings import Limits, Politeness, Source
from flows.lock import night_lock
from flows.night import NightPlan, run_night
from flows.settings import DocumentLimits, NightSettings
from flows.step import plain_step
from reports.run_report import RunReport
from samples.district import District
from samples.hostile import ATTACHMENTS, HOSTILE_NAMES, HOSTILE_PDFS, mutated_pdfs
from samples.portal import Portal
from samples.portal_pages import PublishedFile, build_site
from samples.workbook import disclosure_workbook
from tests.flows.conftest import NIGHT
from warehouse.query import open_warehouse

#: Costly to read, each in another way; the others are held against their limits in tests/samples.
_PDFS = ("nested_bomb", "self_calling_form", "many_pages", "lying_count", "huge_page", "acting_pdf")
_NAMES = [name for name in HOSTILE_NAMES if "\0" not in name]
_RUN = re.compile(r"<script>alert\(1\)|<img src=x", re.I)


@pytest.fixture(scope="module")
def files(district: District, tmp_path_factory: pytest.TempPathFactory) -> list[PublishedFile]:
    """One good document, hostile PDFs and attachments, random damage, and honest workbooks of units with hostile names."""
    folder = tmp_path_factory.mktemp("hostile")
    good = district.path(district.documents[0])
    contents = {f"{kind}.pdf": HOSTILE_PDFS[kind]() for kind in _PDFS}
    contents |= {name: make() for name, make in ATTACHMENTS.items() if name != "many_cells.xlsx"}
    contents |= {f"{name}.pdf": content for name, content in mutated_pdfs(good.read_bytes(), 4)}
    contents |= {f"unit{n}.xlsx": disclosure_workbook(f"云溪区{name}局") for n, name in enumerate(_NAMES)}
    published = [PublishedFile(good, district.documents[0].title, "2025-09-01")]
    for number, (name, content) in enumerate(contents.items()):
        path = folder / name
        path.write_bytes(content)
        words = _NAMES[number % len(_NAMES)]
        published.append(PublishedFile(path, f"云溪区{words}局2024年度部门决算（{number}）", "2025-09-02"))
    return published


@pytest.fixture(scope="module")
def night(files: list[PublishedFile], tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, RunReport]:
    """The night over all of them: its data directory and report."""
    home = tmp_path_factory.mktemp("night") / "home"
    limits = DocumentLimits(wall_seconds=90, cpu_seconds=15, memory_megabytes=2048, attempts=1)
    with Portal(build_site(files)) as portal, night_lock(home), patch("flows.stages.check"):
        source = Source(
            id="hostile",
            title="<script>alert(1)</script>门户",
            start_pages=(portal.start_url,),
            politeness=Politeness(delay_seconds=0, retry_wait_seconds=0.05, attempts=2),
            limits=Limits(bundle_megabytes=20),
        )
        settings = NightSettings(workers=2, document_limits=limits)
        plan = NightPlan(home, settings, plain_step, sources=(source,), night=NIGHT)
        return home, run_night(plan)


@pytest.mark.slow
def test_every_file_has_a_status_and_what_cannot_be_read_has_a_reason(
    night: tuple[Path, RunReport], files: list[PublishedFile]
) -> None:
    home, report = night
    assert report.status == "published"
    with open_warehouse(home) as connection:
        rows = connection.execute("SELECT sha256, status, status_reason FROM core.document").fetchall()
        loaded = connection.execute(
            "SELECT count(DISTINCT unit_name) FROM mart.document WHERE status = 'loaded'"
        ).fetchone()
        refused = connection.execute("SELECT url FROM core.sighting WHERE reason_code IS NOT NULL").fetchall()
    known = {row[0] for row in rows}
    expected = {hashlib.sha256(file.path.read_bytes()).hexdigest() for file in files}
    assert expected <= known
    assert all(reason for _, status, reason in rows if status == "quarantined")
    assert loaded is not None
    assert loaded[0] >= 1
    members = [url for (url,) in refused if "!/" in url]
    assert len(members) == 4  # three that want out of their archive, and the bomb
    assert not [path for path in home.parent.rglob("*") if path.name in ("escaped.pdf", "absolute.pdf")]


@pytest.mark.slow
def test_workbooks_are_loaded_with_the_unit_as_it_was_written(night: tuple[Path, RunReport]) -> None:
    home, _ = night
    with open_warehouse(home) as connection:
        cells = connection.execute(
            "SELECT raw_text, x0, top FROM mart.cell WHERE page = 2 AND x0 = 2 AND top = 7 AND raw_text = '326.71'"
        ).fetchall()
        tables = connection.execute(
            "SELECT count(*) FROM duckdb_tables() WHERE schema_name = 'core'"
        ).fetchone()
    assert len(cells) == len(_NAMES)
    assert tables is not None
    assert tables[0] > 5


@pytest.mark.slow
def test_nothing_that_a_document_says_is_run_by_its_readers(night: tuple[Path, RunReport]) -> None:
    home, _ = night
    pages = list((home / "reports" / "site").rglob("*.html"))
    assert pages
    for page in pages:
        assert not _RUN.search(page.read_text(encoding="utf-8")), page.name
    for path in (home / "reports").glob("*.xlsx"):
        book = openpyxl.load_workbook(path, read_only=True)
        for sheet in book.worksheets:
            for row in sheet.iter_rows():
                assert not [c for c in row if c.data_type == "f" and "HYPERLINK" not in str(c.value)], (
                    path.name
                )
    for path in (home / "reports").glob("*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as file:
            for line in csv.reader(file):
                assert not [value for value in line if value[:1] in "=+@\t\r" and value[:1]], line
