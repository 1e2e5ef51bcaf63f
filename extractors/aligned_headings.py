"""Headings of tables without rules: which columns they show besides those of the numbers."""

from __future__ import annotations

from itertools import pairwise

from extractors.aligned_lines import Line, Segment


def with_empty_columns(
    columns: list[tuple[float, float]], lowest: list[tuple[float, float]], numbers: list[int]
) -> list[tuple[float, float]]:
    """Give each lowest heading right of the first number its column, an empty one where no text stands under it.

    A heading that meets no column belongs to the next one on its right (amounts stand at the right edge of their
    cells, headings in the middle) unless that has a heading of its own or another heading stands between; else to the
    column of texts on its left that has none. ``numbers`` says how many numbers stand in each column.
    """
    first_number = next((c[0] for c, count in zip(columns, numbers, strict=True) if count), columns[0][0])
    texts = {column for column, count in zip(columns, numbers, strict=True) if not count}
    found = [extent for extent in lowest if extent[0] >= first_number]
    headed = {column for column in columns if any(meet(heading, column) for heading in found)}
    result = list(columns)
    following: tuple[float, float] | None = None  # the heading to the right
    for heading in sorted(found, reverse=True):
        if not any(meet(heading, column) for column in columns):
            right = next((c for c in columns if c[0] > heading[0]), None)
            left = next((c for c in reversed(columns) if c[1] < heading[1]), None)
            is_between = following and right and following[0] < right[0]
            if right is not None and right not in headed and not is_between:
                result[result.index(right)] = (heading[0], right[1])
                headed.add(right)
            elif left in texts - headed and _is_next(left, heading, found):
                result[result.index(left)] = (left[0], heading[1])  # texts begin at their cell's left edge
                headed.add(left)
            else:
                result.append(heading)
        following = heading
    return sorted(result)


def _is_next(
    column: tuple[float, float], heading: tuple[float, float], found: list[tuple[float, float]]
) -> bool:
    """Tell whether no other heading stands between a column and a heading to its right."""
    return not any(column[1] <= other[0] and other[1] <= heading[0] for other in found if other != heading)


def meet(one: tuple[float, float], other: tuple[float, float]) -> bool:
    """Tell whether two horizontal extents overlap."""
    return one[0] < other[1] and other[0] < one[1]


def inside(segment: Segment, column: tuple[float, float]) -> bool:
    """Tell whether the middle of a segment lies in a column."""
    return column[0] <= (segment.x0 + segment.x1) / 2 <= column[1]


def with_headings(columns: list[tuple[float, float]], header: list[Line]) -> list[tuple[float, float]]:
    """Widen the columns by their headings, where a line has one for each and none reaches into a neighbour."""
    for line in header:
        if len(line.segments) != len(columns):
            continue
        wider = [(min(c[0], s.x0), max(c[1], s.x1)) for c, s in zip(columns, line.segments, strict=True)]
        if all(before[1] < after[0] for before, after in pairwise(wider)):
            columns = wider
    return columns
