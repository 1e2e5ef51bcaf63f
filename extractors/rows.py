"""Rows of the frames, as tuples in the column order of ``extractors.schema``."""

from __future__ import annotations

from typing import Any

from extractors.cell_state import read_cell
from extractors.headers import count_header_rows
from extractors.logical_tables import LogicalTable
from extractors.money_unit import printed_unit
from extractors.page_reading import PageReading
from extractors.surroundings import PageText, Surroundings

Row = tuple[Any, ...]


def page_row(reading: PageReading) -> Row:
    """Return the row of a page that was read."""
    page = reading.objects
    return (
        page.page_no,
        page.width,
        page.height,
        page.rotation,
        len(page.chars),
        len(reading.parts),
        reading.route,
        reading.health.status,
        reading.health.reason,
    )


def lost_page_row(page_no: int, status: str, reason: str) -> Row:
    """Return the row of a page that gave nothing."""
    return (page_no, None, None, None, None, 0, "none", status, reason)


def table_rows(number: int, table: LogicalTable, around: Surroundings) -> tuple[Row, list[Row]]:
    """Return the row of a table and the rows of its cells."""
    header_rows = count_header_rows(table)
    caption = [line.text for line in around.caption]
    notes = [line.text for line in around.notes]
    heading = [cell.text for cell in table.cells if cell.row < max(header_rows, 1)]
    first, box = table.parts[0], table.parts[0].grid.box
    row = (
        number,
        first.page_no,
        table.parts[-1].page_no,
        table.row_count,
        table.column_count,
        header_rows,
        "\n".join(caption),
        "\n".join(notes),
        printed_unit([*caption, *heading, *notes]),
        first.method,
        box.x0,
        box.top,
        box.x1,
        box.bottom,
    )
    return row, _cell_rows(number, table, header_rows)


def _cell_rows(number: int, table: LogicalTable, header_rows: int) -> list[Row]:
    rows = []
    for cell in sorted(table.cells, key=lambda c: (c.row, c.column)):
        printed = read_cell(cell)
        rows.append(
            (
                number,
                cell.page_no,
                cell.row + 1,
                cell.column + 1,
                cell.row_span,
                cell.column_span,
                cell.row < header_rows,
                cell.text,
                printed.state.value,
                printed.value,
                printed.decimals,
                cell.method,
                cell.confidence,
                cell.box.x0,
                cell.box.top,
                cell.box.x1,
                cell.box.bottom,
            )
        )
    return rows


def line_rows(page: PageText) -> list[Row]:
    """Return the rows of a page's lines outside tables."""
    return [
        (
            page.page_no,
            number,
            line.text,
            line.size,
            role,
            page.method,
            line.x0,
            line.top,
            line.x1,
            line.bottom,
        )
        for number, (line, role) in enumerate(zip(page.lines, page.roles, strict=True), start=1)
    ]
