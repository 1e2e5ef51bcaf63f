"""Headings of tables without rules: which columns they have, and over how many columns and rows they stretch."""

from __future__ import annotations

from itertools import pairwise

from extractors.aligned_lines import Line, Segment

# Of the size: lines of a heading that have one middle and less than this between them are one text.
_WRAPPED = 0.4
_ALIGNED = 2.0  # points


def with_empty_columns(
    columns: list[tuple[float, float]], header: list[Line], first_number: float
) -> list[tuple[float, float]]:
    """Give each lowest heading right of the first number its column, an empty one where no text stands under it.

    A heading that meets no column belongs to the next one on its right (amounts stand at the right edge of their
    cells, headings in the middle) unless that has a heading of its own or another heading stands between.
    """
    found: list[tuple[float, float]] = []
    for line in reversed(
        header
    ):  # what stands above another heading is its upper part or stretches over several
        extents = [(s.x0, s.x1) for s in line.segments if s.x0 >= first_number]
        found += [extent for extent in extents if not any(meet(extent, other) for other in found)]
    headed = {column for column in columns if any(meet(heading, column) for heading in found)}
    result = list(columns)
    following: tuple[float, float] | None = None  # the heading to the right
    for heading in sorted(found, reverse=True):
        if not any(meet(heading, column) for column in columns):
            following_column = next((c for c in columns if c[0] > heading[0]), None)
            is_between = following and following_column and following[0] < following_column[0]
            if following_column is None or following_column in headed or is_between:
                result.append(heading)
            else:
                result[result.index(following_column)] = (heading[0], following_column[1])
        following = heading
    return sorted(result)


def meet(one: tuple[float, float], other: tuple[float, float]) -> bool:
    """Tell whether two horizontal extents overlap."""
    return one[0] < other[1] and other[0] < one[1]


def wrapped_headings(
    header: list[Line],
    columns: list[tuple[float, float]],
    row_of: dict[int, int],
    spans: dict[int, dict[int, int]],
) -> dict[tuple[int, int], int]:
    """Return the last row of each heading that wraps inside its column, by its first row and its column."""
    ends: dict[tuple[int, int], int] = {}
    for column, extent in enumerate(columns):
        own = [(line, s) for line in header for s in line.segments if meet((s.x0, s.x1), extent)]
        for (above, upper), (below, lower) in pairwise(own):
            first, last = row_of[id(above)], row_of[id(below)]
            crossed = any(
                start <= column < start + width
                for row in range(first, last + 1)
                for start, width in spans.get(row, {}).items()
            )
            same_middle = abs(upper.x0 + upper.x1 - lower.x0 - lower.x1) < 2 * _ALIGNED
            if (
                first < last
                and not crossed
                and same_middle
                and below.top - above.bottom < _WRAPPED * above.size
            ):
                start = next((key for key, end in ends.items() if key[1] == column and end == first), None)
                ends[start or (first, column)] = last
    return ends


def pair_spans(lines: list[Line], header: list[Line], columns: list[tuple[float, float]]) -> dict[int, int]:
    """Return the columns over two of which a short heading stands: its middle is theirs."""
    lowest = header[-1].segments
    spans = {}
    for segment in (s for line in lines if line is not header[-1] for s in line.segments):
        for left, right in pairwise(lowest):
            middle = (left.x0 + left.x1 + right.x0 + right.x1) / 2
            if abs(segment.x0 + segment.x1 - middle) < 2 * _ALIGNED:
                pair = [i for i, c in enumerate(columns) if inside(left, c) or inside(right, c)]
                if len(pair) == 2 and pair[1] == pair[0] + 1:
                    spans[pair[0]] = 2
    return spans


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


def heading_spans(lines: list[Line], columns: list[tuple[float, float]]) -> dict[int, int]:
    """Return, for heading lines, how many columns the segment that starts in a column stretches over."""
    spans = {}
    for line in lines:
        for segment in line.segments:
            covered = [
                index
                for index, (x0, x1) in enumerate(columns)
                if min(x1, segment.x1) - max(x0, segment.x0) > 0.3 * min(x1 - x0, segment.x1 - segment.x0)
            ]
            if len(covered) > 1:
                spans[covered[0]] = covered[-1] - covered[0] + 1
    return spans
