"""Drawn grids that do not part a table: a box with rules below each row but none between the columns, or the reverse,
and shades under every second row of a table without rules.
"""

from __future__ import annotations

from extractors.cell_text import CellText
from extractors.grid import Grid
from extractors.printed_number import CellState, fold, read_printed_number

_FEW = 3  # rows, lines or columns: less is no table
_SAME_PLACE = 2.0  # points
_COVERS = 0.9  # of the characters of the frames: columns read off the text take as many, or the frames stay


def is_undivided(grid: Grid, cells: list[CellText]) -> bool:
    """Tell whether most rows of a grid are one cell with several texts, or its columns one cell with several lines each.

    Where every second row is shaded, the sides of the shades part that row only.
    """
    printed = [item for item in cells if item.lines]
    whole = [item for item in printed if item.cell.column_span == grid.column_count]
    if grid.column_count == 1 and any(_holds_headings(item) for item in printed):
        return True  # the shade under a heading, parted by the rules of its rows at most
    if any(
        item.cell.row == 0 and _heads_columns(item, grid) and _is_over_numbers(item, printed)
        for item in whole
    ):
        return True
    if grid.row_count >= _FEW and 2 * sum(" " in item.text for item in whole) >= grid.row_count:
        return True
    tall = [item for item in printed if len(item.lines) >= _FEW]
    return len(tall) > 1 and 2 * sum(item.cell.row_span == grid.row_count for item in tall) > len(printed)


def _heads_columns(item: CellText, grid: Grid) -> bool:
    """Tell whether one cell holds headings of several columns side by side, not a caption. Letters set apart are no words."""
    return grid.column_count >= _FEW and _holds_headings(item)


def _holds_headings(item: CellText) -> bool:
    if ":" in fold(item.text):
        return False
    words = [line.split() for line in item.lines]
    return any(len(line) >= _FEW and all(len(word) > 1 for word in line) for line in words)


def _is_over_numbers(item: CellText, printed: list[CellText]) -> bool:
    """Tell whether numbers follow at once: below a title the headings follow."""
    below = item.cell.row + item.cell.row_span
    return any(other.cell.row == below and _is_number(other) for other in printed)


def stripes(grids: list[Grid], cells: list[list[CellText]]) -> list[Grid]:
    """Return the grids of one parted row that hold a number, and those at the same place across: shades under every second row.

    Rules may join a shaded row with the open ones beside it. Shaded headings, which stand alone too, hold no numbers.
    """
    single = [pair for pair in zip(grids, cells, strict=True) if _is_stripe(pair[0])]
    numbered = [grid for grid, own in single if any(map(_is_number, own))]
    return [grid for grid, _ in single if any(_is_in_line(grid, other) for other in numbered)]


def _is_stripe(grid: Grid) -> bool:
    parted = {cell.row for cell in grid.cells if cell.column_span < grid.column_count}
    return len(parted) == 1 and grid.row_count <= _FEW


def _is_number(item: CellText) -> bool:
    return read_printed_number(fold(item.text)).state is CellState.NUMBER


def _is_in_line(grid: Grid, other: Grid) -> bool:
    return abs(grid.box.x0 - other.box.x0) < _SAME_PLACE and abs(grid.box.x1 - other.box.x1) < _SAME_PLACE


def covers_most(taken: int, framed: int) -> bool:
    """Tell whether tables read off the text hold nearly all characters that the frames held."""
    return taken >= _COVERS * framed
