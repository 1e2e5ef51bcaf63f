"""Reading a whole cell: several printed lines, and spaces that must not glue two numbers into one."""

from __future__ import annotations

import re

from extractors.placed_cell import PlacedCell
from extractors.printed_number import CellState, PrintedNumber, fold, read_printed_number

_DIGIT_GAP = re.compile(r"[\d.,%]\s+[\d.,]")
_LONG = 6  # characters of an amount: two scores in one cell are shorter
_NUMERIC = frozenset({CellState.NUMBER, CellState.ZERO_PRINTED, CellState.PERCENT})


def read_cell(cell: PlacedCell) -> PrintedNumber:
    """Read a cell's text as one printed number or word; two numbers in one cell stay text."""
    text = cell.text
    printed = read_printed_number(text)
    if printed.state in _NUMERIC and _DIGIT_GAP.search(text) and not _is_wrapped_number(cell):
        return PrintedNumber(CellState.TEXT)
    return printed


def _is_wrapped_number(cell: PlacedCell) -> bool:
    """Tell whether a number was broken over lines because its cell is too narrow for it."""
    if any(_DIGIT_GAP.search(line) for line in cell.lines):
        return False
    first = read_printed_number(cell.lines[0])
    if first.state not in _NUMERIC or not fold(cell.lines[0])[-1].isdigit():
        return True
    rest = fold("".join(cell.lines[1:]))
    if rest.startswith(".") or (first.decimals == 1 and len(rest) == 1 and len(cell.lines[0]) >= _LONG):
        return True  # no number begins with a point, and none of an amount's two decimals stands alone
    free = (cell.box.x1 - cell.box.x0) - (cell.line_boxes[0].x1 - cell.line_boxes[0].x0)
    return free < 1.5 * max(cell.size, 1.0)
