"""Headings of a table whose columns stand on several pages: cells that the edge of a page has cut."""

from __future__ import annotations

from extractors.placed_cell import PlacedCell
from extractors.printed_number import CellState, read_printed_number

_CUT = 1.5  # of the size: a text that reaches the edge of its page as near as this is cut there


def stretch_over_all(cells: list[PlacedCell], begin: int, first_count: int, column_count: int) -> None:
    """Let rows over all ``first_count`` columns of the first page, above the row where other pages ``begin``, reach over all.

    Such a row (2024年度) is drawn on the first page only.
    """
    for cell in cells:
        if cell.row < begin and cell.column == 0 and cell.column_span == first_count:
            cell.column_span = column_count


def with_shared_headings(cells: list[PlacedCell]) -> list[PlacedCell]:
    """Return the cells with headings over columns of two pages made one: text and box are those of the page with the text.

    The other page shows a blank cell, none, or the rest of a text cut by the edge. A heading over no other may be blank itself.
    """
    numbered = (cell.row for cell in cells if read_printed_number(cell.text).state is CellState.NUMBER)
    end = min(numbered, default=0)
    result: list[PlacedCell] = []
    for cell in sorted(cells, key=lambda each: each.column):
        is_upper = cell.row + cell.row_span < end
        before = next((other for other in result if _is_cut_from(other, cell)), None)
        if before is None or not is_upper:
            result.append(cell)
            if is_upper and cell.lines:
                result = _over_blank(result, cell)
            continue
        before.column_span += cell.column_span
        if cell.lines:
            before.lines = [*before.lines[:-1], before.lines[-1] + cell.lines[0]]
    return result


def _over_blank(cells: list[PlacedCell], heading: PlacedCell) -> list[PlacedCell]:
    """Let the first heading of a page reach over what its row lacks, or has blank, at the end of the page before."""
    row = [
        cell for cell in cells if cell.row <= heading.row < cell.row + cell.row_span and cell is not heading
    ]
    beside = max((cell for cell in row if cell.column < heading.column), key=lambda c: c.column, default=None)
    if beside is None or beside.page_no == heading.page_no:
        return cells
    is_blank = not beside.lines and (beside.row, beside.row_span) == (heading.row, heading.row_span)
    begin = beside.column if is_blank else beside.column + beside.column_span
    heading.column_span += heading.column - begin
    heading.column = begin
    return [cell for cell in cells if not (is_blank and cell is beside)]


def _is_cut_from(before: PlacedCell, cell: PlacedCell) -> bool:
    is_beside = (before.row, before.row_span) == (cell.row, cell.row_span) and before.page_no != cell.page_no
    if not is_beside or before.column + before.column_span != cell.column or not before.lines:
        return False
    if not cell.lines:
        return True
    reaches = before.box.x1 - before.line_boxes[-1].x1, cell.line_boxes[0].x0 - cell.box.x0
    return len(before.lines) == len(cell.lines) == 1 and max(reaches) < _CUT * before.size
