"""The workbook through LibreOffice and back: every cell stays what it was, and nothing becomes a formula."""

from __future__ import annotations

import os
import shutil
import subprocess
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from reports.build import build_reports, read_warehouse
from reports.decision_import import read_decisions
from reports.decisions import by_id
from reports.list_columns import LIST_COLUMNS

OFFICE = os.environ.get("MINGZHANG_OFFICE") or shutil.which("soffice")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(OFFICE is None, reason="no LibreOffice found: apt-get install libreoffice-calc"),
]


def cells(path: Path) -> dict[tuple[str, str], object]:
    book = openpyxl.load_workbook(path)
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


def fill_in(path: Path) -> Path:
    """Answer the first finding, as a unit would."""
    book = openpyxl.load_workbook(path)
    headings = [column.heading for column in LIST_COLUMNS]
    row = book["例外清单"][4]
    row[headings.index("单位说明")].value, row[headings.index("填写人")].value = "口径不同", "张三"
    book.save(path)
    return path


def test_every_cell_survives_libreoffice(warehouse: Path, tmp_path: Path) -> None:
    source = fill_in(build_reports(warehouse, tmp_path / "reports").workbook)
    target = tmp_path / "converted"
    command = [str(OFFICE), f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]
    command += ["--convert-to", "xlsx", "--outdir", str(target), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    before, after = cells(source), cells(target / source.name)
    assert after == before
    book = openpyxl.load_workbook(target / source.name)
    findings = by_id(read_warehouse(warehouse).findings)
    (event,) = read_decisions(target / source.name, findings, date(2026, 11, 23)).events
    assert (event.note, event.person) == ("说明理由：口径不同", "张三")
    assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
