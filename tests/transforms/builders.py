"""Extracted frames built by hand: a table is a list of rows, a merged cell is written once with its span."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import polars as pl

from extractors.printed_number import read_printed_number
from extractors.schema import FRAMES

Printed = str | tuple[str, int, int]


class ExtractionBuilder:
    """Collects tables and lines of one pretended document."""

    def __init__(self) -> None:
        self._tables: list[dict[str, Any]] = []
        self._cells: list[dict[str, Any]] = []
        self._lines: list[dict[str, Any]] = []
        self._sentences: list[dict[str, Any]] = []

    def line(self, text: str, page: int = 1, role: str = "body") -> ExtractionBuilder:
        """Add a line outside tables."""
        number = sum(line["page"] == page for line in self._lines) + 1
        row = dict.fromkeys(FRAMES["line"])
        row |= {"page": page, "line_no": number, "text": text, "role": role, "top": 20.0 * number}
        self._lines.append(row)
        return self

    def table(
        self,
        caption: str,
        rows: Sequence[Sequence[Printed | None]],
        page: int = 2,
        notes: str = "",
        money_unit: str | None = None,
    ) -> ExtractionBuilder:
        """Add a table. A cell is its text, or (text, row span, column span); None is covered by a merged cell."""
        number = len(self._tables) + 1
        for row_no, printed in enumerate(rows, start=1):
            for column_no, cell in enumerate(printed, start=1):
                if cell is not None:
                    self._add_cell(number, page, row_no, column_no, cell)
        table = dict.fromkeys(FRAMES["table"])
        table |= {
            "table_no": number, "first_page": page, "last_page": page, "row_count": len(rows),
            "column_count": max(len(row) for row in rows), "header_row_count": 0, "caption": caption,
            "notes": notes, "money_unit": money_unit, "method": "ruled",
            "x0": 50.0, "top": 100.0, "x1": 500.0, "bottom": 700.0,
        }  # fmt: skip
        self._tables.append(table)
        return self

    def _add_cell(self, table_no: int, page: int, row_no: int, column_no: int, cell: Printed) -> None:
        text, row_span, column_span = (cell, 1, 1) if isinstance(cell, str) else cell
        number = read_printed_number(text)
        row = dict.fromkeys(FRAMES["cell"])
        row |= {
            "table_no": table_no, "page": page, "row_no": row_no, "column_no": column_no,
            "row_span": row_span, "column_span": column_span, "is_header": False, "raw_text": text,
            "state": str(number.state), "value": number.value, "decimals": number.decimals, "method": "text",
            "x0": 50.0 * column_no, "top": 20.0 * row_no,
        }  # fmt: skip
        self._cells.append(row)

    def build(self) -> dict[str, pl.DataFrame]:
        """Return the frames of ``extractors.schema.FRAMES``."""
        rows = {"table": self._tables, "cell": self._cells, "line": self._lines, "sentence": self._sentences}
        return {
            name: pl.DataFrame(rows.get(name, []), schema=schema, orient="row")
            for name, schema in FRAMES.items()
        }
