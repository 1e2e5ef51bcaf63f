"""Headings of tables without upright rules: which columns they show, and which numbers stand under which heading.

Numbers stand at the right edge of their cells, texts and codes at the left, headings in the middle. A narrow text
therefore overlaps its heading or stands on one known side of it; where a blank cell leaves the choice between two
headings and nothing else in the table says how its numbers are set, the column is uncertain and says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from extractors.aligned_lines import Segment

Extent = tuple[float, float]

_ALIGNED = 1.0  # points
_BESIDE = 2.0  # points by which the middles of a number and its heading differ where one is not centred


@dataclass(slots=True, eq=False)
class TextColumn:
    """What stands in one column of the body: its texts by row, and the heading found for it."""

    texts: dict[int, Segment] = field(default_factory=dict)
    heading: Extent | None = None
    is_certain: bool = True

    @property
    def x0(self) -> float:
        """Left edge of its texts."""
        return min(text.x0 for text in self.texts.values())

    @property
    def x1(self) -> float:
        """Right edge of its texts."""
        return max(text.x1 for text in self.texts.values())

    @property
    def extent(self) -> Extent:
        """From the left edge to the right edge of its texts and its heading."""
        first, last = self.heading or (self.x0, self.x1)
        return min(first, self.x0), max(last, self.x1)

    @property
    def holds_numbers(self) -> bool:
        """Whether any of its texts is a number, or stands for none."""
        return any(text.is_number for text in self.texts.values())

    @property
    def is_set_left(self) -> bool:
        """Whether its texts begin at one place and end at several, as names and codes do."""
        lefts = [text.x0 for text in self.texts.values()]
        rights = [text.x1 for text in self.texts.values()]
        return max(lefts) - min(lefts) <= _ALIGNED < max(rights) - min(rights)

    @property
    def is_set_right(self) -> bool:
        """Whether its texts end at one place and begin at several, as numbers do."""
        lefts = [text.x0 for text in self.texts.values()]
        rights = [text.x1 for text in self.texts.values()]
        return max(rights) - min(rights) <= _ALIGNED < max(lefts) - min(lefts)


@dataclass(frozen=True, slots=True)
class SettledColumn:
    """One column of the table: how far its texts and its heading reach, and whether its place is certain."""

    extent: Extent
    is_certain: bool = True


def settled_columns(
    columns: Sequence[Extent], headings: Sequence[Extent], rows: Sequence[Sequence[Segment]]
) -> list[SettledColumn]:
    """Return the columns that the body's texts and the lowest headings show together, from left to right.

    ``columns`` are the extents of the body's columns, ``rows`` its texts. A heading without texts is an empty column;
    texts without a heading of their own are put to the neighbour with which they share no row.
    """
    body = _filled(columns, rows)
    if not headings:
        return [SettledColumn(column.extent) for column in body]
    free = _give_overlapping(body, sorted(headings))
    are_right = _numbers_are_set_right(body)
    refused: set[Extent] = set()  # headings over which numbers might stand as well
    for column in body:
        found, other = _beside(column, body, free) if column.heading is None else (None, None)
        if found:
            column.heading = found
            free.remove(found)
        if other and not (column.is_set_left or column.is_set_right or are_right):
            column.is_certain = False
            refused.add(other)
    body = _merged(body, are_right)
    settled = [SettledColumn(c.extent, c.is_certain and c.heading not in refused) for c in body]
    settled += [SettledColumn(heading, heading not in refused) for heading in free]
    return sorted(settled, key=lambda column: column.extent)


def _filled(columns: Sequence[Extent], rows: Sequence[Sequence[Segment]]) -> list[TextColumn]:
    body = [TextColumn() for _ in columns]
    for number, row in enumerate(rows):
        for segment in row:
            own = next((i for i, column in enumerate(columns) if inside(segment, column)), None)
            if own is not None and number not in body[own].texts:
                body[own].texts[number] = segment
    return [column for column in body if column.texts]


def _give_overlapping(body: list[TextColumn], headings: list[Extent]) -> list[Extent]:
    """Give each column the heading that it overlaps most; return the headings that overlap none."""
    free = list(headings)
    for column in body:
        over = [heading for heading in headings if meet(heading, (column.x0, column.x1))]
        if over:
            column.heading = max(over, key=lambda heading: _overlap(heading, (column.x0, column.x1)))
            free = [heading for heading in free if heading not in over]
    return free


def _numbers_are_set_right(body: list[TextColumn]) -> bool:
    """Tell whether the table shows that its numbers stand right of the middle of their cells."""
    numbers = [column for column in body if column.holds_numbers]
    if any(column.is_set_right for column in numbers):
        return True
    beside = [
        (column.x0 + column.x1 - column.heading[0] - column.heading[1]) / 2
        for column in numbers
        if column.heading and not column.is_set_left
    ]
    return any(distance > _BESIDE for distance in beside) and all(distance > -_BESIDE for distance in beside)


def _beside(
    column: TextColumn, body: list[TextColumn], free: list[Extent]
) -> tuple[Extent | None, Extent | None]:
    """Return the free heading beside a column that overlaps none, and for numbers the other one they may belong to.

    The heading stands left of numbers, and right of names and codes.
    """
    others = [other for other in body if other is not column]
    left = max((h for h in free if h[1] <= column.x0 and not _parted(h, column, others)), default=None)
    right = min((h for h in free if h[0] >= column.x1 and not _parted(h, column, others)), default=None)
    if not column.holds_numbers:
        return right or left, None
    found = (right or left) if column.is_set_left else (left or right)
    return found, right if found == left else left


def _parted(heading: Extent, column: TextColumn, others: list[TextColumn]) -> bool:
    low, high = min(heading[0], column.x0), max(heading[1], column.x1)
    return any(low < other.x0 and other.x1 < high for other in others)


def _merged(body: list[TextColumn], are_right: bool) -> list[TextColumn]:
    """Put columns without a heading to a neighbour with which they share no row: numbers to numbers, names to names."""
    result = _with_shared_headings(body)
    for column in list(result):
        if column.heading is not None:
            continue
        place = result.index(column)
        near = [result[other] for other in (place - 1, place + 1) if 0 <= other < len(result)]
        near = [
            other
            for other in near
            if other.heading
            and other.holds_numbers == column.holds_numbers
            and not other.texts.keys() & column.texts.keys()
        ]
        if near:
            other = min(near, key=lambda other: _distance(other.extent, (column.x0, column.x1)))
            other.texts |= column.texts
            other.is_certain &= are_right or not column.holds_numbers
            result.remove(column)
        elif column.holds_numbers:
            column.is_certain = False
    return result


def _with_shared_headings(body: list[TextColumn]) -> list[TextColumn]:
    """Join names that stand under one heading and share no row: names at the left, their total in the middle."""
    result: list[TextColumn] = []
    for column in body:
        before = result[-1] if result else None
        if (
            before is not None
            and before.heading is not None
            and before.heading == column.heading
            and not (before.holds_numbers or column.holds_numbers)
            and not before.texts.keys() & column.texts.keys()
        ):
            before.texts |= column.texts
        else:
            result.append(column)
    return result


def _distance(one: Extent, other: Extent) -> float:
    return max(one[0] - other[1], other[0] - one[1], 0.0)


def _overlap(one: Extent, other: Extent) -> float:
    return min(one[1], other[1]) - max(one[0], other[0])


def meet(one: Extent, other: Extent) -> bool:
    """Tell whether two horizontal extents overlap."""
    return one[0] < other[1] and other[0] < one[1]


def inside(segment: Segment, column: Extent) -> bool:
    """Tell whether the middle of a segment lies in a column."""
    return column[0] <= (segment.x0 + segment.x1) / 2 <= column[1]
