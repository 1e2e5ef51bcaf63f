"""The headings of tables without upright rules: which columns and rows each heading stands over.

A heading stands in the middle of its cell. From the middle of a lowest heading and the bottom of the whole heading
follows where its cell begins; a heading that would begin above the first line is no lowest one but stands over those
below it. Headings over others share these out so that each stands nearest to the middle of its own.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from extractors.aligned_lines import Line

_WRAPPED = 0.4  # of the size: lines of one middle with less between them are one text
_ALIGNED = 2.0  # points
_CENTRED = 0.03  # of the width: a text over all columns stands this near to the middle of the table
_NO_COLUMN_BETWEEN = 1.4  # of the usual distance of neighbours
_ONE_LETTER = 1.4  # of the size: wider headings have more than one letter
_SAME_LEVEL = 0.45  # of the size: cells whose tops are nearer than this begin in one row
_SAME_TIER = (
    1.2  # of the size: a heading over two rows stands half a row above those of the lower row beside it
)


@dataclass(slots=True, eq=False)
class Heading:
    """One heading text, possibly of several lines, with the columns and rows its cell covers."""

    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    first: int = -1
    last: int = -1
    cell_top: float = 0.0
    cell_bottom: float = 0.0

    @property
    def middle(self) -> float:
        """Height of the middle of the text."""
        return (self.top + self.bottom) / 2

    @property
    def centre(self) -> float:
        """Place of the middle of the text across the page."""
        return (self.x0 + self.x1) / 2


@dataclass(frozen=True, slots=True)
class HeadingCell:
    """The cell of one heading: columns and rows count from 0."""

    row: int
    column: int
    row_span: int
    column_span: int


def heading_cells(
    lines: list[Line], edges: list[float], top: float, bottom: float
) -> tuple[list[HeadingCell], list[float]]:
    """Return the cells of the heading in ``lines`` and the top edges of its rows.

    ``edges`` are the edges of the columns; ``top`` and ``bottom`` those of the heading.
    """
    texts = _texts(lines)
    if not texts:
        return [], []
    lowest, upper = _split(texts, edges, top, bottom)
    inner_top = _below_spanning(texts, edges, top, bottom)
    for heading in lowest:
        heading.cell_bottom = bottom
        heading.cell_top = max(inner_top, 2 * heading.middle - bottom)
    roots = list(lowest)
    for level in _levels(upper):
        roots = _adopt(level, roots)
    for root in roots:
        root.cell_top = top
    placed = [heading for heading in (*lowest, *upper) if heading.first >= 0]
    return _cells(placed, top, bottom)


def widened(
    columns: list[tuple[float, float]], lines: list[Line], edges: list[float], top: float, bottom: float
) -> list[tuple[float, float]]:
    """Return the columns with the widths of their lowest headings, where these reach into no neighbour."""
    result = list(columns)
    lowest, _ = _split(_texts(lines), edges, top, bottom)
    for heading in lowest:
        number = heading.first
        x0, x1 = min(result[number][0], heading.x0), max(result[number][1], heading.x1)
        if number and x0 <= result[number - 1][1]:
            x0 = result[number][0]
        if number + 1 < len(result) and x1 >= result[number + 1][0]:
            x1 = result[number][1]
        result[number] = (x0, x1)
    return result


def _texts(lines: list[Line]) -> list[Heading]:
    """Return the texts, those that wrap in their cell put together."""
    found: list[Heading] = []
    for line in lines:
        for segment in line.segments:
            own = (segment.x0 + segment.x1) / 2
            above = next(
                (
                    heading
                    for heading in reversed(found)
                    if (abs(heading.centre - own) < _ALIGNED or abs(heading.x0 - segment.x0) < _ALIGNED)
                    and -0.2 * line.size < segment.top - heading.bottom < _WRAPPED * line.size
                ),
                None,
            )
            if above is None:
                found.append(Heading(segment.x0, segment.top, segment.x1, segment.bottom, line.size))
                continue
            above.x0, above.x1 = min(above.x0, segment.x0), max(above.x1, segment.x1)
            above.bottom = segment.bottom
    return found


def lowest_headings(
    lines: list[Line], edges: list[float], top: float, bottom: float
) -> list[tuple[float, float]]:
    """Return the horizontal extents of the headings that stand over no other heading, from left to right.

    Of the ``edges`` only the outer ones count.
    """
    texts = _texts(lines)
    top = _below_spanning(texts, edges, top, bottom)
    return sorted((h.x0, h.x1) for h in texts if _is_lowest(h, texts, top, bottom))


def _below_spanning(texts: list[Heading], edges: list[float], top: float, bottom: float) -> float:
    """Return where the heading goes on below a first row over all columns (2024年度): one text in the middle.

    Were it the heading of some columns only, those beside them would stand in the middle of the whole height.
    """
    if len(texts) < 3:
        return top
    first, *rest = sorted(texts, key=lambda heading: heading.top)
    below = min(heading.top for heading in rest)
    middle, width = (edges[0] + edges[-1]) / 2, edges[-1] - edges[0]
    if below < first.bottom or abs(first.centre - middle) >= _CENTRED * width:
        return top
    inner = (first.bottom + below) / 2
    highest = min(2 * heading.middle - bottom for heading in rest if _stands_over_none(heading, rest))
    return inner if highest >= inner - 0.6 * first.size else top


def _stands_over_none(heading: Heading, texts: list[Heading]) -> bool:
    """Tell whether nothing stands below a heading between its neighbours on the left and right."""
    beside = [t for t in texts if t is not heading and t.top < heading.bottom and t.bottom > heading.top]
    left = max((t.x1 for t in beside if t.x1 <= heading.x0), default=-math.inf)
    right = min((t.x0 for t in beside if t.x0 >= heading.x1), default=math.inf)
    low, high = (left + heading.x0) / 2, (heading.x1 + right) / 2
    return not any(t.top >= heading.bottom - 1 and low < t.centre < high for t in texts)


def _is_lowest(heading: Heading, texts: list[Heading], top: float, bottom: float) -> bool:
    covers_other = any(
        other.top >= heading.bottom - 1 and other.x0 < heading.x1 and other.x1 > heading.x0
        for other in texts
        if other is not heading
    )
    begins_below = 2 * heading.middle - bottom >= top - 0.6 * heading.size
    return begins_below and not covers_other and not _stands_over_pair(heading, texts)


def _stands_over_pair(heading: Heading, texts: list[Heading]) -> bool:
    """Tell whether a short heading stands in the middle over two lower ones that leave no column between them.

    It meets neither of them (小计 over 预算数 and 决算数); were there a column between, they would stand further apart than
    others of their line.
    """
    below = sorted((t for t in texts if t.top >= heading.bottom - 1), key=lambda t: t.centre)
    before = max((t for t in below if t.x1 <= heading.x0), key=lambda t: t.centre, default=None)
    after = min((t for t in below if t.x0 >= heading.x1), key=lambda t: t.centre, default=None)
    if before is None or after is None or abs(before.middle - after.middle) > _ALIGNED:
        return False
    line = [t.centre for t in below if abs(t.middle - before.middle) <= _ALIGNED]
    gaps = sorted(right - left for left, right in pairwise(line))
    off_middle = abs(before.centre + after.centre - 2 * heading.centre)
    if max(before.x1 - before.x0, after.x1 - after.x0) < _ONE_LETTER * heading.size:
        return off_middle < 4 * _ALIGNED  # 科目编码 over 类 and 款, which need not be equally wide
    if off_middle >= 2 * _ALIGNED:
        return False
    return len(gaps) > 2 and after.centre - before.centre < _NO_COLUMN_BETWEEN * median(gaps)


def _split(
    texts: list[Heading], edges: list[float], top: float, bottom: float
) -> tuple[list[Heading], list[Heading]]:
    """Share the headings out: one lowest for each column that has any, and those above them."""
    by_column: dict[int, Heading] = {}
    top = _below_spanning(texts, edges, top, bottom)
    for heading in sorted(texts, key=lambda h: h.middle):
        if _is_lowest(heading, texts, top, bottom):
            by_column[_column_of(heading.centre, edges)] = heading
    for column, heading in by_column.items():
        heading.first = heading.last = column
    lowest = {id(heading) for heading in by_column.values()}
    return (
        sorted(by_column.values(), key=lambda h: h.first),
        [heading for heading in texts if id(heading) not in lowest],
    )


def _column_of(x: float, edges: list[float]) -> int:
    for column in range(len(edges) - 1):
        if x < edges[column + 1]:
            return column
    return len(edges) - 2


def _levels(upper: list[Heading]) -> list[list[Heading]]:
    """Group the headings over others by height, the lowest group first, each from left to right."""
    groups: list[list[Heading]] = []
    for heading in sorted(upper, key=lambda h: -h.middle):
        if groups and _is_of_level(heading, groups[-1]):
            groups[-1].append(heading)
        else:
            groups.append([heading])
    return [sorted(group, key=lambda h: h.x0) for group in groups]


def _is_of_level(heading: Heading, level: list[Heading]) -> bool:
    """Whether a heading stands over the same rows as those of a level: as high, or beside them and over a row more."""
    rise = level[0].middle - heading.middle
    return rise < _SAME_LEVEL * heading.size or (
        rise < _SAME_TIER * heading.size
        and all(heading.x1 < other.x0 or heading.x0 > other.x1 for other in level)
    )


def _adopt(parents: list[Heading], roots: list[Heading]) -> list[Heading]:
    """Share the roots that begin below the parents' middle out among them; return the new roots, left to right."""
    stretches = _stretches(roots, min(parent.middle for parent in parents))
    own: list[list[Heading]] = [[] for _ in stretches]
    for parent in parents if stretches else ():
        own[min(range(len(stretches)), key=lambda number: _distance(parent, stretches[number]))].append(
            parent
        )
    result = list(roots)
    for above, stretch in zip(own, stretches, strict=True):
        if not above or len(above) > len(stretch):
            continue
        for parent, children in zip(above, _shared(above, stretch), strict=True):
            parent.first, parent.last = children[0].first, children[-1].last
            parent.cell_bottom = min(child.cell_top for child in children)
            parent.cell_top = 2 * parent.middle - parent.cell_bottom
            result = [root for root in result if root not in children]
            result.append(parent)
    return sorted(result, key=lambda heading: heading.first)


def _distance(parent: Heading, stretch: list[Heading]) -> float:
    return max(stretch[0].x0 - parent.centre, parent.centre - stretch[-1].x1, 0.0)


def _stretches(roots: list[Heading], middle: float) -> list[list[Heading]]:
    """Return the stretches of neighbouring roots whose cells begin below a height."""
    found: list[list[Heading]] = []
    for root in roots:
        if root.cell_top < middle:
            continue
        if found and root.first == found[-1][-1].last + 1:
            found[-1].append(root)
        else:
            found.append([root])
    return found


def _shared(parents: list[Heading], roots: list[Heading]) -> list[list[Heading]]:
    """Cut the roots into one group for each parent so that the parents stand nearest to the middles of their groups."""
    count = len(roots)
    best: list[dict[int, tuple[float, int]]] = [
        {0: (0.0, 0)}
    ]  # by parents used: roots used → cost, roots before
    for number, parent in enumerate(parents):
        step: dict[int, tuple[float, int]] = {}
        for start, (cost, _) in best[-1].items():
            is_last = number == len(parents) - 1
            for end in (count,) if is_last else range(start + 1, count - (len(parents) - number - 2)):
                if end <= start:
                    continue
                middle = (roots[start].centre + roots[end - 1].centre) / 2
                total = cost + abs(parent.centre - middle)
                if end not in step or total < step[end][0]:
                    step[end] = (total, start)
        best.append(step)
    groups: list[list[Heading]] = []
    end = count
    for step in reversed(best[1:]):
        start = step[end][1]
        groups.append(roots[start:end])
        end = start
    return groups[::-1]


def _cells(headings: list[Heading], top: float, bottom: float) -> tuple[list[HeadingCell], list[float]]:
    size = max(heading.size for heading in headings)
    tops: list[float] = [top]
    for y in sorted({heading.cell_top for heading in headings}):
        if y - tops[-1] > _SAME_LEVEL * size:
            tops.append(y)
    ends = [*tops[1:], bottom]

    def row_of(y: float) -> int:
        return min(range(len(tops)), key=lambda index: abs(tops[index] - y))

    cells: dict[tuple[int, int], HeadingCell] = {}
    for heading in headings:
        first = row_of(heading.cell_top)
        last = min(range(len(ends)), key=lambda index: abs(ends[index] - heading.cell_bottom))
        last = max(first, last)
        cell = HeadingCell(first, heading.first, last - first + 1, heading.last - heading.first + 1)
        cells.setdefault((cell.row, cell.column), cell)  # two texts that begin in one place stand in one cell
    return list(cells.values()), tops
