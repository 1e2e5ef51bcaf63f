"""One page: drawn objects to table parts and lines of text outside them."""

from __future__ import annotations

from dataclasses import dataclass

from extractors.cell_text import fill_cells
from extractors.grid import find_grids
from extractors.limits import Limits
from extractors.logical_tables import TablePart
from extractors.page_health import PageHealth, page_health
from extractors.page_objects import Chars, PageObjects
from extractors.surroundings import PageText
from extractors.text.lines import lines_of
from extractors.text_runs import drop_double_drawn, select


@dataclass(slots=True)
class PageReading:
    """What one page gave."""

    objects: PageObjects
    parts: list[TablePart]
    text: PageText
    health: PageHealth
    route: str


def read_page_objects(objects: PageObjects, route: str, limits: Limits) -> PageReading:
    """Find the tables of a page and the lines outside them. Raises PageLimitError."""
    health = page_health(objects)
    if health.status in {"garbled", "outlined"}:
        objects.chars = Chars()  # wrong text is worse than none
    objects.chars = drop_double_drawn(objects.chars)
    grids = find_grids(objects, limits.max_intersections_per_page)
    filled, used = fill_cells(grids, objects.chars)
    parts = [
        TablePart(objects.page_no, objects.height, grid, cells)
        for grid, cells in zip(grids, filled, strict=True)
        if any(item.lines for item in cells)
    ]
    for part in parts:
        part.is_first_on_page = part is parts[0]
        part.is_last_on_page = part is parts[-1]
    rest = objects.chars
    if used:
        rest = select(rest, [i for i in range(len(rest)) if i not in used])
    lines = lines_of(rest)
    text = PageText(objects.page_no, objects.width, objects.height, lines, ["body"] * len(lines))
    text.tables_end = max((part.grid.box.bottom for part in parts), default=0.0)
    return PageReading(objects, parts, text, health, route)
