"""One page: drawn objects to table parts and lines of text outside them."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from extractors.cell_text import CellText, fill_cells
from extractors.grid import Edge, Grid, grids_of_edges, merge_edges, page_edges, refuse_lattice
from extractors.known_columns import is_heading_alone, with_body_below, with_rows_of_text
from extractors.limits import Limits
from extractors.open_sides import closing_edges
from extractors.page_health import PageHealth, page_health
from extractors.page_objects import Chars, Flags, PageObjects
from extractors.pasted_pictures import inside
from extractors.surroundings import PageText
from extractors.table_parts import TablePart
from extractors.text.lines import lines_of
from extractors.text_aligned import PageBefore, find_text_aligned_grids
from extractors.text_runs import drop_double_drawn
from extractors.undivided import covers_most, is_undivided, stripes

RECOGNISED = PageHealth("scanned", "扫描或乱码页：文字由 OCR 识别，须人工复核")
_PARTLY_RECOGNISED = PageHealth("scanned", "本页有图片：图片中的文字由 OCR 识别，须人工复核")
_LEAST_FILLED = 6  # cells of a table in a picture
_MOSTLY = 0.2  # of the characters outside tables: from here on the page's text counts as recognised


@dataclass(slots=True)
class PageReading:
    """What one page gave."""

    objects: PageObjects
    parts: list[TablePart]
    text: PageText
    health: PageHealth
    route: str

    @property
    def needs_ocr(self) -> bool:
        """Tell whether the page shows something but has no usable text."""
        return self.health.status in {"scanned", "outlined", "garbled"} and not len(self.objects.chars)

    def shows_table_in_picture(self) -> bool:
        """Tell whether a picture of which the text was recognised turned out to be a table, and no chart."""
        filled = (
            sum(bool(cell.lines) for cell in part.cells)
            for part in self.parts
            if _is_inside(part, self.objects)
        )
        return max(filled, default=0) >= _LEAST_FILLED

    def refused(self, why: str) -> PageReading:
        """Return the reading with the reason why OCR did not help."""
        self.health = PageHealth(self.health.status, (self.health.reason or "") + why)
        return self


def read_page_objects(
    objects: PageObjects, route: str, limits: Limits, before: PageBefore | None = None
) -> PageReading:
    """Find the tables of a page and the lines outside them. Raises PageLimitError.

    ``before`` says how the page before ended.
    """
    health = _health_of(objects)
    if health.status == "outlined":
        refuse_lattice(objects, limits.max_intersections_per_page)
    if health.status in {"garbled", "outlined"}:
        objects.chars = Chars()  # wrong text is worse than none
    objects.chars = drop_double_drawn(objects.chars)
    vertical, horizontal = page_edges(objects)
    ruled = _with_rows_of_text(_ruled_tables(objects.chars, vertical, horizontal, limits), objects.chars)
    rest = _without(objects.chars, ruled.used)
    ruled, headed = _with_bodies_below(ruled, objects.chars, rest, horizontal)
    parts = _parts(objects, ruled, "ruled")
    if headed is not None:
        parts = sorted([*parts, *_parts(objects, headed, "text_aligned")], key=lambda p: p.grid.box.top)
        rest = _without(objects.chars, ruled.used | headed.used)
    parts, rest, aligned = _aligned_tables(objects, parts, rest, horizontal, before)
    if aligned is not None:
        parts = sorted([*parts, *_parts(objects, aligned, "text_aligned")], key=lambda p: p.grid.box.top)
        rest = _without(rest, aligned.used)
        route = route if ruled.grids else "text_aligned"
    method = "ocr" if objects.chars.is_recognised or health.status == "scanned" else "text"
    for part in parts:
        part.text_method = "text" if objects.recognised_in and not _is_inside(part, objects) else method
        part.is_first_on_page = part is parts[0]
        part.is_last_on_page = part is parts[-1]
    lines = lines_of(rest)
    text = PageText(objects.page_no, objects.width, objects.height, lines, ["body"] * len(lines))
    text.tables_start = min((part.grid.box.top for part in parts), default=math.inf)
    text.tables_end = max((part.grid.box.bottom for part in parts), default=0.0)
    if objects.recognised_in:
        method = "ocr" if inside(rest, objects.recognised_in).sum() > _MOSTLY * len(rest) else "text"
    text.method = method
    return PageReading(objects, parts, text, health, route)


def _health_of(objects: PageObjects) -> PageHealth:
    if objects.recognised_in:
        return _PARTLY_RECOGNISED
    return RECOGNISED if objects.chars.is_recognised else page_health(objects)


def _is_inside(part: TablePart, objects: PageObjects) -> bool:
    """Tell whether the middle of a table stands in a picture whose text was recognised."""
    box = part.grid.box
    x, y = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
    return any(one.x0 <= x <= one.x1 and one.top <= y <= one.bottom for one in objects.recognised_in)


@dataclass(slots=True)
class _Tables:
    """Grids with their cells' text, and which characters are in them."""

    grids: list[Grid]
    cells: list[list[CellText]]
    used: Flags


def _ruled_tables(chars: Chars, vertical: list[Edge], horizontal: list[Edge], limits: Limits) -> _Tables:
    """Fill the cells that the drawn rules enclose; where text is left, also those that open rules suggest."""
    most = limits.max_intersections_per_page
    grids = grids_of_edges(vertical, horizontal, most)
    tables = _Tables(grids, *fill_cells(grids, chars))
    if tables.used.all():
        return tables
    cells = [cell.box for grid in grids for cell in grid.cells]
    more_vertical, more_horizontal = closing_edges(vertical, horizontal, cells)
    if not _encloses_more(chars, tables.used, more_vertical, more_horizontal):
        return tables
    grids = grids_of_edges(
        merge_edges([*vertical, *more_vertical]), merge_edges([*horizontal, *more_horizontal]), most
    )
    closed = _Tables(grids, *fill_cells(grids, chars))
    return closed if closed.used.sum() > tables.used.sum() else tables


def _encloses_more(chars: Chars, used: Flags, vertical: list[Edge], horizontal: list[Edge]) -> bool:
    """Tell whether a character in no cell stands beside one of the supposed pieces."""
    x, y = ((chars.x0 + chars.x1) / 2)[~used], ((chars.top + chars.bottom) / 2)[~used]
    return any(bool(((x >= start) & (x <= end)).any()) for _, start, end in horizontal) or any(
        bool(((y >= start) & (y <= end)).any()) for _, start, end in vertical
    )


def _with_rows_of_text(tables: _Tables, chars: Chars) -> _Tables:
    """Part the rows that have no rules between them."""
    parted = [
        with_rows_of_text(grid, cells, chars) for grid, cells in zip(tables.grids, tables.cells, strict=True)
    ]
    if not any(parted):
        return tables
    grids = [new or old for new, old in zip(parted, tables.grids, strict=True)]
    return _Tables(grids, *fill_cells(grids, chars))


def _with_bodies_below(
    tables: _Tables, chars: Chars, rest: Chars, horizontal: list[Edge]
) -> tuple[_Tables, _Tables | None]:
    """Return the ruled tables, and those of which the heading alone has upright rules, with the rows below it, if any."""
    headed: list[Grid] = []
    kept: list[Grid] = []
    shades = stripes(tables.grids, tables.cells)
    for grid, cells in zip(tables.grids, tables.cells, strict=True):
        is_heading = is_heading_alone(grid, cells) and grid not in shades
        whole = with_body_below(grid, rest, horizontal) if is_heading else None
        (kept if whole is None else headed).append(whole or grid)
    if not headed:
        return tables, None
    return _Tables(kept, *fill_cells(kept, chars)), _Tables(headed, *fill_cells(headed, chars))


def _aligned_tables(
    objects: PageObjects,
    parts: list[TablePart],
    rest: Chars,
    horizontal: list[Edge],
    before: PageBefore | None,
) -> tuple[list[TablePart], Chars, _Tables | None]:
    """Read tables off the text outside the ruled parts, and off that of parts whose rules part no columns.

    Return the ruled parts that stay, the characters outside them, and the tables found.
    """
    shades = stripes([part.grid for part in parts], [part.cells for part in parts])
    frames = [part for part in parts if part.grid in shades or is_undivided(part.grid, part.cells)]
    if frames:
        kept = [part for part in parts if part not in frames]
        used = fill_cells([part.grid for part in kept], objects.chars)[1]
        outside = _without(objects.chars, used)
        found = _tables_off_text(outside, horizontal, None if kept else before)
        freed = len(outside) - len(rest)
        if found is not None and covers_most(
            _count_inside(outside.take(np.flatnonzero(found.used)), frames), freed
        ):
            return kept, outside, found
    return parts, rest, _tables_off_text(rest, horizontal, None if parts else before)


def _tables_off_text(chars: Chars, horizontal: list[Edge], before: PageBefore | None) -> _Tables | None:
    grids = find_text_aligned_grids(chars, horizontal, before)
    return _Tables(grids, *fill_cells(grids, chars)) if grids else None


def _count_inside(chars: Chars, frames: list[TablePart]) -> int:
    """Count the characters that stand in any of the frames."""
    return int(inside(chars, [frame.grid.box for frame in frames]).sum())


def _parts(objects: PageObjects, tables: _Tables, method: str) -> list[TablePart]:
    return [
        TablePart(objects.page_no, objects.height, grid, cells, method=method)
        for grid, cells in zip(tables.grids, tables.cells, strict=True)
        if any(item.lines for item in cells)
    ]


def _without(chars: Chars, used: Flags) -> Chars:
    return chars.take(np.flatnonzero(~used)) if used.any() else chars
