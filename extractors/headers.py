"""Which leading rows of a table are headings, by their shape alone."""

from __future__ import annotations

import re
from itertools import pairwise

from extractors.logical_tables import LogicalTable
from extractors.placed_cell import PlacedCell
from extractors.printed_number import CellState, fold, read_printed_number

_COLUMN_NUMBER = re.compile(r"\d{1,2}|[=＝+\d\-－—（）()A-Za-z]+|栏次|行次|合计|[一-龥]")
_NUMERIC = frozenset({CellState.NUMBER, CellState.ZERO_PRINTED, CellState.PERCENT})
_MOST_HEADINGS = 5
_CODE_OR_YEAR = re.compile(r"\d{1,7}")


def count_header_rows(table: LogicalTable) -> int:
    """Return how many leading rows are headings; 0 where the first row already holds amounts.

    Headings are: full-width rows on top (a title or unit line inside the grid), the first row with several
    cells, all rows its merged cells reach down to, one more row where cells of it span columns, and a row of
    column numbers below.
    """
    rows: dict[int, list[PlacedCell]] = {}
    for cell in table.cells:
        rows.setdefault(cell.row, []).append(cell)
    start = _full_width_rows(table, rows)
    if start >= table.row_count or _has_amount(rows.get(start, [])):
        return start if start < table.row_count else 0
    end = _reach(start, rows, table.row_count)
    if end - start > _MOST_HEADINGS:
        return start  # a form: labels and values side by side, no heading rows
    is_numbered = False
    while end < table.row_count and _is_column_numbers(rows.get(end, [])):
        end, is_numbered = end + 1, True
    return end if end < table.row_count or is_numbered or table.row_count == 1 else start


def _full_width_rows(table: LogicalTable, rows: dict[int, list[PlacedCell]]) -> int:
    count = 0
    while count in rows and table.column_count > 1:
        filled = [cell for cell in rows[count] if cell.lines]
        if not (len(rows[count]) == 1 and rows[count][0].column_span >= table.column_count and filled):
            break
        count += 1
    return count


def _reach(start: int, rows: dict[int, list[PlacedCell]], row_count: int) -> int:
    """Follow merged cells down from the first heading row."""
    end = start + 1
    row = start
    while row < end and row < row_count:
        for cell in rows.get(row, []):
            if cell.lines:
                end = max(end, min(row_count, cell.row + min(cell.row_span, 6)))
        spans = [cell for cell in rows.get(row, []) if cell.column_span > 1 and cell.lines]
        if spans and row + 1 >= end and row + 1 < row_count and not _has_amount(rows.get(row + 1, [])):
            end = row + 2
        row += 1
    return end


def _has_amount(cells: list[PlacedCell]) -> bool:
    for cell in cells:
        folded = fold(cell.text)
        if read_printed_number(folded).state in _NUMERIC and not _CODE_OR_YEAR.fullmatch(folded):
            return True
    return False


def _is_column_numbers(cells: list[PlacedCell]) -> bool:
    texts = [fold(cell.text) for cell in cells if cell.lines]
    numbers = [int(text) for text in texts if re.fullmatch(r"\d{1,2}", text)]
    if len(numbers) < 2 or not all(_COLUMN_NUMBER.fullmatch(text) for text in texts):
        return False
    return all(b - a in {1, 2} for a, b in pairwise(numbers))
