"""The exception list as a CSV file that Excel and WPS open with the right characters."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from pathlib import Path

from reports.exceptions import ExceptionRow
from reports.list_columns import LIST_COLUMNS, Value
from reports.spreadsheet_text import neutralised

_LINK_HEADING = "来源地址"


def csv_text(value: Value) -> str:
    """Return one value as the file holds it: exact decimals, ISO dates, text that cannot run."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int):
        return str(value)
    return neutralised(value)


def write_csv(findings: Iterable[ExceptionRow], path: Path) -> Path:
    """Write the findings in the given order, UTF-8 with byte order mark, CRLF; return ``path``.

    The columns are the workbook's, followed by the source's address. A text that begins with ``=``, ``+``,
    ``-`` or ``@`` (and is no plain number) gets an apostrophe in front: CSV cannot say that a cell is text.
    """
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow([*(column.heading for column in LIST_COLUMNS), _LINK_HEADING])
        for row in findings:
            values = [csv_text(column.value(row)) for column in LIST_COLUMNS]
            writer.writerow([*values, neutralised(row.source_link or "")])
    return path
