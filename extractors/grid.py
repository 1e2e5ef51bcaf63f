"""Ruled tables of one page: from drawn edges to cells, after pdfplumber's table semantics.

The steps and tolerances are those of ``pdfplumber.table.TableFinder`` with default settings (snap, join and
intersection tolerance 3 points, edges of at least 3 points), which in turn follows Anssi Nurminen's thesis
(Tampere 2013). Written here with bisection, bit masks and union-find, because the original compares every
edge with every other one.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from extractors.limits import PageLimitError
from extractors.page_objects import Box, PageObjects

SNAP_TOLERANCE = 3.0
JOIN_TOLERANCE = 3.0
INTERSECTION_TOLERANCE = 3.0
MINIMUM_EDGE = 3.0
MINIMUM_RAW_EDGE = 1.0
FEWEST_DOTS = 6  # in a row, of a dotted rule

#: An edge along one axis: (position across the axis, start, end).
Edge = tuple[float, float, float]


class GridCell(NamedTuple):
    """One drawn cell: its box and its place, rows and columns counting from 0."""

    box: Box
    row: int
    column: int
    row_span: int
    column_span: int


@dataclass(slots=True)
class Grid:
    """One table part on one page: the left edges of its columns, the top edges of its rows and its cells."""

    box: Box
    column_edges: list[float]  # left edges of the columns, then the right edge of the table
    row_edges: list[float]  # top edges of the rows, then the bottom edge of the table
    cells: list[GridCell]
    #: Columns (from 0) whose numbers might stand under a neighbouring heading: read off alignments that leave a choice.
    uncertain_columns: frozenset[int] = frozenset()
    number_columns: frozenset[int] = frozenset()  # of such a table: those in which numbers stand

    @property
    def row_count(self) -> int:
        """Number of rows."""
        return len(self.row_edges) - 1

    @property
    def column_count(self) -> int:
        """Number of columns."""
        return len(self.column_edges) - 1


def find_grids(page: PageObjects, max_intersections: int = 50_000) -> list[Grid]:
    """Return the ruled tables of a page, top to bottom, each with at least two cells.

    Raises PageLimitError where the rules of the page cross more often than ``max_intersections``.
    """
    vertical, horizontal = page_edges(page)
    return grids_of_edges(vertical, horizontal, max_intersections)


def grids_of_edges(vertical: list[Edge], horizontal: list[Edge], max_intersections: int) -> list[Grid]:
    """Return the tables that the given edges enclose, top to bottom. Raises PageLimitError."""
    if len(vertical) < 2 or len(horizontal) < 2:
        return []
    return [build_grid(boxes) for boxes in group_cells(find_cells(vertical, horizontal, max_intersections))]


def page_edges(page: PageObjects) -> tuple[list[Edge], list[Edge]]:
    """Return the snapped and joined vertical and horizontal edges of a page."""
    vertical: list[Edge] = []
    horizontal: list[Edge] = []
    lines, rects = _within_page(page.lines, page), _within_page(page.rects, page)
    for x0, top, x1, bottom in lines:
        if top == bottom:
            horizontal.append((top, x0, x1))
        else:
            vertical.append((x0, top, bottom))
    dots: list[Box] = []
    for rect in rects:
        x0, top, x1, bottom = rect
        if x1 - x0 < MINIMUM_RAW_EDGE and bottom - top < MINIMUM_RAW_EDGE:
            dots.append(rect)
            continue
        vertical += ((x0, top, bottom), (x1, top, bottom))
        horizontal += ((top, x0, x1), (bottom, x0, x1))
    if len(dots) >= FEWEST_DOTS:
        vertical += dotted_rules((dot.x0, dot.top, dot.bottom) for dot in dots)
        horizontal += dotted_rules((dot.top, dot.x0, dot.x1) for dot in dots)
    return merge_edges(vertical), merge_edges(horizontal)


def dotted_rules(dots: Iterable[Edge]) -> list[Edge]:
    """Return the rules that rows of dots draw, as browsers print dotted borders; dots are edges too short to be rules."""
    ordered = sorted((round(position, 1), start, end) for position, start, end in dots)
    rules: list[Edge] = []
    first = 0
    for index in range(1, len(ordered) + 1):
        if index < len(ordered):
            position, start, _ = ordered[index]
            before, _, end = ordered[index - 1]
            if position == before and start <= end + JOIN_TOLERANCE:
                continue
        if index - first >= FEWEST_DOTS:
            rules.append((ordered[first][0], ordered[first][1], ordered[index - 1][2]))
        first = index
    return rules


def _within_page(boxes: list[Box], page: PageObjects) -> list[Box]:
    """Cut what goes over the edge of the page, as a shade under headings that two pages share, where the rules end."""
    if all(box.x0 >= 0 and box.x1 <= page.width for box in boxes):
        return boxes
    every = [*page.lines, *page.rects]
    low = min((box.x0 for box in every if box.x0 >= 0), default=0.0)
    high = max((box.x1 for box in every if box.x1 <= page.width), default=page.width)
    return [Box(max(low, box.x0), box.top, min(high, box.x1), box.bottom) for box in boxes]


def refuse_lattice(page: PageObjects, max_intersections: int) -> None:
    """Raise PageLimitError where the rules as drawn, before snapping, cross more often than ``max_intersections``.

    Rules closer than the snap tolerance become one and would hide how many there are.
    """
    upright = np.array([line for line in page.lines if line.x0 == line.x1]).reshape(-1, 4)
    level = np.array([line for line in page.lines if line.x0 != line.x1]).reshape(-1, 4)
    if len(upright) * len(level) <= max_intersections:
        return
    count = 0
    for x, top, _, bottom in upright:
        meets = (level[:, 0] <= x) & (level[:, 2] >= x) & (level[:, 1] >= top) & (level[:, 1] <= bottom)
        count += int(np.count_nonzero(meets))
        if count > max_intersections:
            raise PageLimitError(f"本页线条交点多于 {max_intersections} 个，超过上限")


def merge_edges(edges: Iterable[Edge]) -> list[Edge]:
    """Snap edges whose positions chain within the tolerance to their mean, then join those that touch."""
    ordered = sorted(edge for edge in edges if edge[2] - edge[1] >= MINIMUM_RAW_EDGE)
    merged: list[Edge] = []
    start = 0
    for index in range(1, len(ordered) + 1):
        if index == len(ordered) or ordered[index][0] > ordered[index - 1][0] + SNAP_TOLERANCE:
            _join_cluster(ordered[start:index], merged)
            start = index
    return merged


def _join_cluster(cluster: list[Edge], merged: list[Edge]) -> None:
    position = sum([edge[0] for edge in cluster]) / len(cluster)
    spans = sorted([edge[1:] for edge in cluster])
    first, last = spans[0]
    for begin, end in spans:
        if begin > last + JOIN_TOLERANCE:
            if last - first >= MINIMUM_EDGE:
                merged.append((position, first, last))
            first, last = begin, end
        elif end > last:
            last = end
    if last - first >= MINIMUM_EDGE:
        merged.append((position, first, last))


def find_cells(vertical: list[Edge], horizontal: list[Edge], max_intersections: int) -> list[Box]:
    """Return the smallest rectangle that starts at each crossing and is closed by edges on all four sides."""
    xs = sorted({edge[0] for edge in vertical})
    ys = sorted({edge[0] for edge in horizontal})
    vertical_masks = _touch_masks(vertical, xs, ys)
    horizontal_masks = _touch_masks(horizontal, ys, xs)
    crossings: _Crossings = {}
    for (row, column), mask in horizontal_masks.items():
        upright = vertical_masks.get((column, row))
        if upright:
            crossings[column, row] = (upright, mask)
    if len(crossings) > max_intersections:
        raise PageLimitError(f"本页线条交点 {len(crossings)} 个，超过上限 {max_intersections} 个")
    cells = []
    for point, corner in _closed(crossings):
        cells.append(Box(xs[point[0]], ys[point[1]], xs[corner[0]], ys[corner[1]]))
    return cells


def _touch_masks(
    edges: list[Edge], positions: list[float], others: list[float]
) -> dict[tuple[int, int], int]:
    """Map (own position, crossing position) to a bit mask of the edges of that position which reach it."""
    index_of = {position: index for index, position in enumerate(positions)}
    seen: dict[int, int] = {}
    masks: dict[tuple[int, int], int] = {}
    for position, start, end in edges:
        own = index_of[position]
        bit = 1 << seen.get(own, 0)
        seen[own] = seen.get(own, 0) + 1
        first = bisect_left(others, start - INTERSECTION_TOLERANCE)
        last = bisect_right(others, end + INTERSECTION_TOLERANCE)
        for other in range(first, last):
            masks[own, other] = masks.get((own, other), 0) | bit
    return masks


_Point = tuple[int, int]  # numbers of the vertical and the horizontal position
_Crossings = dict[
    _Point, tuple[int, int]
]  # to bit masks of the vertical and horizontal edges that meet there


def _closed(crossings: _Crossings) -> Iterator[tuple[_Point, _Point]]:
    """Yield, for each crossing at which a cell begins, the crossing at its opposite corner."""
    columns: dict[int, list[int]] = {}
    rows: dict[int, list[int]] = {}
    for column, row in sorted(crossings):
        columns.setdefault(column, []).append(row)
        rows.setdefault(row, []).append(column)
    place_in_row = dict.fromkeys(rows, 0)
    for column, line in columns.items():
        for place, row in enumerate(line, start=1):
            place_in_row[row] += 1
            below, right = line[place:], rows[row][place_in_row[row] :]
            corner = _closing_corner((column, row), crossings, below, right)
            if corner:
                yield (column, row), corner


def _closing_corner(
    point: _Point, crossings: _Crossings, below: list[int], right: list[int]
) -> _Point | None:
    column, row = point
    upright, level = crossings[point]
    for under in below:
        under_upright, under_level = crossings[column, under]
        if not upright & under_upright:
            break  # an edge is one stretch: what lies further down is not on it either
        for beside in right:
            beside_upright, beside_level = crossings[beside, row]
            if not level & beside_level:
                break
            corner = crossings.get((beside, under))
            if corner and corner[0] & beside_upright and corner[1] & under_level:
                return beside, under
    return None


def group_cells(cells: list[Box]) -> list[list[Box]]:
    """Group cells that share corners into tables, top to bottom; a single cell is not a table."""
    parent = list(range(len(cells)))

    def find(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    owner: dict[tuple[float, float], int] = {}
    for index, (x0, top, x1, bottom) in enumerate(cells):
        root = index
        for corner in ((x0, top), (x0, bottom), (x1, top), (x1, bottom)):
            other = owner.setdefault(corner, root)
            if other != root:
                other = find(other)
                parent[root] = other
                root = other
    groups: dict[int, list[Box]] = {}
    for index, box in enumerate(cells):
        groups.setdefault(find(index), []).append(box)
    tables = [group for group in groups.values() if len(group) > 1]
    return sorted(tables, key=lambda group: min((box.top, box.x0) for box in group))


def build_grid(boxes: list[Box]) -> Grid:
    """Number the cells of one table: columns by distinct left edges, rows by distinct top edges."""
    lefts = sorted({box.x0 for box in boxes})
    tops = sorted({box.top for box in boxes})
    column_of = {x: index for index, x in enumerate(lefts)}
    row_of = {y: index for index, y in enumerate(tops)}
    cells = []
    for box in sorted(boxes, key=lambda b: (b.top, b.x0)):
        row, column = row_of[box.top], column_of[box.x0]
        row_end = row_of.get(box.bottom) or bisect_left(tops, box.bottom - 0.01)
        column_end = column_of.get(box.x1) or bisect_left(lefts, box.x1 - 0.01)
        cells.append(GridCell(box, row, column, max(1, row_end - row), max(1, column_end - column)))
    right = max(box.x1 for box in boxes)
    bottom = max(box.bottom for box in boxes)
    return Grid(Box(lefts[0], tops[0], right, bottom), [*lefts, right], [*tops, bottom], cells)
