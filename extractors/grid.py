"""Ruled tables of one page: from drawn edges to cells, after pdfplumber's table semantics.

The steps and tolerances are those of ``pdfplumber.table.TableFinder`` with default settings (snap, join and
intersection tolerance 3 points, edges of at least 3 points), which in turn follows Anssi Nurminen's thesis
(Tampere 2013). Written here with bisection, bit masks and union-find, because the original compares every
edge with every other one.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from extractors.limits import PageLimitError
from extractors.page_objects import Box, PageObjects

SNAP_TOLERANCE = 3.0
JOIN_TOLERANCE = 3.0
INTERSECTION_TOLERANCE = 3.0
MINIMUM_EDGE = 3.0
MINIMUM_RAW_EDGE = 1.0

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
    for box in page.lines:
        if box.top == box.bottom:
            horizontal.append((box.top, box.x0, box.x1))
        else:
            vertical.append((box.x0, box.top, box.bottom))
    for box in page.rects:
        vertical.append((box.x0, box.top, box.bottom))
        vertical.append((box.x1, box.top, box.bottom))
        horizontal.append((box.top, box.x0, box.x1))
        horizontal.append((box.bottom, box.x0, box.x1))
    return merge_edges(vertical), merge_edges(horizontal)


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
    position = sum(edge[0] for edge in cluster) / len(cluster)
    spans = sorted((edge[1], edge[2]) for edge in cluster)
    first, last = spans[0]
    for begin, end in spans[1:]:
        if begin <= last + JOIN_TOLERANCE:
            last = max(last, end)
            continue
        if last - first >= MINIMUM_EDGE:
            merged.append((position, first, last))
        first, last = begin, end
    if last - first >= MINIMUM_EDGE:
        merged.append((position, first, last))


def find_cells(vertical: list[Edge], horizontal: list[Edge], max_intersections: int) -> list[Box]:
    """Return the smallest rectangle that starts at each crossing and is closed by edges on all four sides."""
    xs = sorted({edge[0] for edge in vertical})
    ys = sorted({edge[0] for edge in horizontal})
    vertical_masks = _touch_masks(vertical, xs, ys)
    horizontal_masks = _touch_masks(horizontal, ys, xs)
    crossings: dict[tuple[int, int], tuple[int, int]] = {}
    for (row, column), mask in horizontal_masks.items():
        upright = vertical_masks.get((column, row))
        if upright:
            crossings[column, row] = (upright, mask)
    if len(crossings) > max_intersections:
        raise PageLimitError(f"本页线条交点 {len(crossings)} 个，超过上限 {max_intersections} 个")
    below, right = _neighbours(crossings)
    cells = []
    for point in sorted(crossings):
        corner = _closing_corner(point, crossings, below, right)
        if corner:
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


_Points = dict[tuple[int, int], list[tuple[int, int]]]


def _neighbours(crossings: dict[tuple[int, int], tuple[int, int]]) -> tuple[_Points, _Points]:
    """Return for each crossing those below it on a common vertical edge, and those to the right likewise."""
    by_column: dict[int, list[tuple[int, int]]] = {}
    by_row: dict[int, list[tuple[int, int]]] = {}
    for point in sorted(crossings):
        by_column.setdefault(point[0], []).append(point)
        by_row.setdefault(point[1], []).append(point)
    below = {p: line[i + 1 :] for line in by_column.values() for i, p in enumerate(line)}
    right = {p: line[i + 1 :] for line in by_row.values() for i, p in enumerate(line)}
    return below, right


def _closing_corner(
    point: tuple[int, int],
    crossings: dict[tuple[int, int], tuple[int, int]],
    below: _Points,
    right: _Points,
) -> tuple[int, int] | None:
    upright, level = crossings[point]
    for under in below[point]:
        under_upright, under_level = crossings[under]
        if not upright & under_upright:
            break  # an edge is one stretch: what lies further down is not on it either
        for beside in right[point]:
            beside_upright, beside_level = crossings[beside]
            if not level & beside_level:
                break
            corner = crossings.get((beside[0], under[1]))
            if corner and corner[0] & beside_upright and corner[1] & under_level:
                return beside[0], under[1]
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
    for index, box in enumerate(cells):
        for corner in ((box.x0, box.top), (box.x0, box.bottom), (box.x1, box.top), (box.x1, box.bottom)):
            other = owner.setdefault(corner, index)
            if other != index:
                parent[find(index)] = find(other)
    groups: dict[int, list[Box]] = {}
    for index, box in enumerate(cells):
        groups.setdefault(find(index), []).append(box)
    tables = [group for group in groups.values() if len(group) > 1]
    return sorted(tables, key=lambda group: min((box.top, box.x0) for box in group))


def build_grid(boxes: list[Box]) -> Grid:
    """Number the cells of one table: columns by distinct left edges, rows by distinct top edges."""
    lefts = sorted({box.x0 for box in boxes})
    tops = sorted({box.top for box in boxes})
    cells = []
    for box in sorted(boxes, key=lambda b: (b.top, b.x0)):
        row = bisect_left(tops, box.top)
        column = bisect_left(lefts, box.x0)
        cells.append(
            GridCell(
                box,
                row,
                column,
                max(1, bisect_left(tops, box.bottom - 0.01) - row),
                max(1, bisect_left(lefts, box.x1 - 0.01) - column),
            )
        )
    right = max(box.x1 for box in boxes)
    bottom = max(box.bottom for box in boxes)
    return Grid(Box(lefts[0], tops[0], right, bottom), [*lefts, right], [*tops, bottom], cells)
