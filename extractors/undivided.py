"""Ruled grids that frame a table without parting it: a box with rules below each row but none between the columns, or the reverse."""

from __future__ import annotations

from extractors.cell_text import CellText
from extractors.grid import Grid

_FEWEST_ROWS = 3
_COVERS = 0.9  # of the characters of the frames: columns read off the text take as many, or the frames stay


def is_undivided(grid: Grid, cells: list[CellText]) -> bool:
    """Tell whether most rows of a grid are one cell with several texts, or its columns one cell with several lines each.

    Where every second row is shaded, the sides of the shades part that row only.
    """
    printed = [item for item in cells if item.lines]
    whole = [item for item in printed if item.cell.column_span == grid.column_count]
    if grid.row_count >= _FEWEST_ROWS and 2 * sum(" " in item.text for item in whole) >= grid.row_count:
        return True
    tall = [item for item in printed if len(item.lines) >= _FEWEST_ROWS]
    return len(tall) > 1 and 2 * sum(item.cell.row_span == grid.row_count for item in tall) > len(printed)


def covers_most(taken: int, framed: int) -> bool:
    """Tell whether tables read off the text hold nearly all characters that the frames held."""
    return taken >= _COVERS * framed
