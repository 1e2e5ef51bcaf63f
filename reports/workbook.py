"""The exception list as an Excel workbook in Chinese, the same bytes for the same input."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

import xlsxwriter

from reports.exceptions import DocumentRow, ExceptionRow, ReportData
from reports.workbook_format import Formats
from reports.workbook_overview import write_guide_sheet, write_overview_sheet
from reports.workbook_sheets import (
    SiteLink,
    write_document_sheet,
    write_list_sheet,
    write_missing_sheet,
    write_not_checked_sheet,
)
from reports.workbook_summaries import write_rules_sheet, write_units_sheet

#: The file says it was made on this day, so that the same list is the same file on every night and machine.
_FIXED_CREATION = datetime(2020, 1, 1)  # noqa: DTZ001  XlsxWriter wants it naive

#: Text is never guessed to be a formula, a link or a number; parts of the file are made in memory, because a few
#: hundred workbooks are several thousand files for a moment otherwise.
_OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "in_memory": True,
}


def _open(path: Path, title: str) -> xlsxwriter.Workbook:
    book = xlsxwriter.Workbook(str(path), _OPTIONS)
    book.set_properties({"title": f"明账 {title}", "author": "明账", "created": _FIXED_CREATION})
    book.set_size(2400, 1400)
    return book


def write_unit_workbook(
    unit: str, findings: Sequence[ExceptionRow], documents: Sequence[DocumentRow], path: Path
) -> Path:
    """Write one unit's findings, its documents and the guide, to be sent to it alone; return ``path``."""
    with _open(path, unit) as book:
        formats = Formats(book)
        write_list_sheet(book, formats, findings, f"{unit}　例外清单", None)
        write_document_sheet(book, formats, documents)
        write_guide_sheet(book, formats)
    return path


def write_workbook(
    data: ReportData,
    path: Path,
    *,
    run_lines: Sequence[str] = (),
    site_link: SiteLink | None = None,
    unit_files: Mapping[str, str] | None = None,
) -> Path:
    """Write the whole workbook to ``path`` and return it.

    ``run_lines`` are sentences about the run for the overview; ``site_link`` gives a finding's page relative
    to the workbook, or None where no site stands beside it; ``unit_files`` the units' own workbooks beside it.
    """
    with _open(path, "例外清单") as book:
        formats = Formats(book)
        write_overview_sheet(book, formats, data, run_lines)
        write_list_sheet(book, formats, data.findings, "例外清单", site_link)
        write_units_sheet(book, formats, data, unit_files or {})
        write_rules_sheet(book, formats, data)
        write_not_checked_sheet(book, formats, data.not_checked, data.rules)
        write_missing_sheet(book, formats, data.missing)
        write_document_sheet(book, formats, data.documents)
        write_guide_sheet(book, formats)
    return path
