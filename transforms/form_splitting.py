"""Several performance forms that extraction joined into one table are taken apart again."""

from __future__ import annotations

import re

from transforms.grid import Grid
from transforms.wording import clean

_FORM_START = re.compile(r"(?:一级|二级)?(?:项目|政策|专项资金?)(?:\(.{1,6}\))?名称")
_INDICATORS = re.compile(r"一级指标|三级指标")


def split_forms(grid: Grid) -> list[Grid]:
    """Return a grid as one grid for each form in it; other grids come back as they are.

    A form begins where 项目名称 stands again in the first column after the indicators of the form before. Rows
    keep their numbers; each further form keeps the caption and is marked as one, so that it gets the same title.
    """
    starts = [1]
    seen = False
    for row in range(1, grid.row_count + 1):
        for cell in grid.own_cells(row):
            text = clean(cell.text)
            if len(text) < 12 and _INDICATORS.search(text):
                seen = True
            elif cell.column == 1 and seen and _FORM_START.fullmatch(text):
                starts.append(row)
                seen = False
    if len(starts) == 1:
        return [grid]
    ends = [start - 1 for start in starts[1:]] + [grid.row_count]
    return [_slice(grid, start, end) for start, end in zip(starts, ends, strict=True)]


def _slice(grid: Grid, start: int, end: int) -> Grid:
    cells = [cell for cell in grid.cells if start <= cell.row <= end]
    pages = [cell.page for cell in cells] or [grid.first_page]
    return Grid(
        table_no=grid.table_no,
        first_page=min(pages),
        last_page=max(pages),
        row_count=end,
        column_count=grid.column_count,
        caption=grid.caption,
        notes=grid.notes,
        money_unit=grid.money_unit,
        box=grid.box,
        cells=cells,
        rows={row: cells_of_row for row, cells_of_row in grid.rows.items() if start <= row <= end},
        owner={place: cell for place, cell in grid.owner.items() if start <= place[0] <= end},
        edges=grid.edges,
        is_further_form=start > 1,
    )
