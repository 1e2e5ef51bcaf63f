"""The rows of tables without upright rules: lines that belong together, edges between rows, and cells."""

from __future__ import annotations

from itertools import pairwise

from extractors.aligned_headings import inside
from extractors.aligned_lines import Line, Segment
from extractors.grid import Edge, GridCell
from extractors.page_objects import Box

TOTAL_ENDS = ("合计", "总计", "小计")
_CENTRED = 0.1  # of the width: a text in the middle of several columns stands this near to it
# Of the size: lines with middles nearer than this stand in one row, beside a text that wraps.
_ROW_PITCH = 0.8
_LEADING = 0.35  # of the size: more than this between two lines parts two cells


def body_cells(
    xs: list[float], ys: list[float], first_row: int, spans: list[tuple[float, int, int]]
) -> list[GridCell]:
    """Return the cells of the body: one for each row and column, but for the ``spans`` (height, first and last column)."""
    cells = []
    for row in range(first_row, len(ys) - 1):
        own = {first: last for y, first, last in spans if ys[row] <= y < ys[row + 1]}
        column = 0
        while column < len(xs) - 1:
            last = own.get(column, column)
            cells.append(
                GridCell(
                    Box(xs[column], ys[row], xs[last + 1], ys[row + 1]), row, column, 1, last - column + 1
                )
            )
            column = last + 1
    return cells


def number_columns(rows: list[Line], xs: list[float]) -> frozenset[int]:
    """Return the columns (from 0, between the edges ``xs``) in which numbers stand."""
    columns = list(pairwise(xs))
    return frozenset(_column_at(s, columns) for line in rows for s in line.segments if s.is_number)


def labels_over_columns(
    rows: list[Line], xs: list[float], numbered: frozenset[int]
) -> list[tuple[float, int, int]]:
    """Return where texts stand in the middle of several columns up to the next number, as 公用经费合计 does.

    Only texts in columns where other rows have numbers: among columns of names their place says nothing.
    """
    columns = list(pairwise(xs))
    found = []
    for line in rows:
        places = [(_column_at(s, columns), s) for s in line.segments]
        taken = sorted(place for place, _ in places)
        for place, segment in places:
            if segment.is_number or place not in numbered:
                continue
            first = max((other for other in taken if other < place), default=-1) + 1
            last = min((other for other in taken if other > place), default=place + 1) - 1
            middle = (xs[first] + xs[last + 1]) / 2
            is_centred = abs((segment.x0 + segment.x1) / 2 - middle) < _CENTRED * (xs[last + 1] - xs[first])
            if last > first and (is_centred or segment.text.endswith(TOTAL_ENDS)):
                found.append(((line.top + line.bottom) / 2, first, last))
    return found


def _column_at(segment: Segment, columns: list[tuple[float, float]]) -> int:
    return next((number for number, column in enumerate(columns) if inside(segment, column)), -1)


def row_lines(body: list[Line]) -> list[Line]:
    """Return one line for each row: lines that stand less than a row apart are one, and labels that wrap.

    Where names wrap in rows of one line's height, lines of several rows stand close: a row has one number in a column.
    """
    rows: list[Line] = []
    middle = 0.0
    for number, line in enumerate(body):
        above, middle = middle, (line.top + line.bottom) / 2
        is_part = number and (middle - above < _ROW_PITCH * line.size or _wraps(body, number))
        if is_part and not _repeats(rows[-1], line):
            before = rows.pop()
            texts = [*before.segments, *line.segments]
            line = Line(min(before.top, line.top), max(before.bottom, line.bottom), line.size, texts)
        rows.append(line)
    return rows


def _repeats(row: Line, line: Line) -> bool:
    """Tell whether a line begins where a row begins and has a number in the column of one that the row has already.

    The second halves of numbers that wrap begin further right.
    """
    first, own = min(row.segments, key=lambda s: s.x0), line.segments[0]
    if first.x1 <= own.x0 or own.x1 <= first.x0:
        return False
    taken = [(s.x0, s.x1) for s in row.segments if s.is_number]
    return any(s.is_number and s.x0 < x1 and x0 < s.x1 for s in line.segments for x0, x1 in taken)


def _wraps(body: list[Line], number: int) -> bool:
    """Tell whether a line goes on from the one above it in one cell: set close, one of them a lone text without numbers."""
    above, line = body[number - 1], body[number]
    if line.top - above.bottom > _LEADING * line.size or sum(each.is_row for each in (above, line)) != 1:
        return False
    alone, other = (line, above) if above.is_row else (above, line)
    return len(alone.segments) == 1 and any(
        abs(segment.x0 - alone.segments[0].x0) <= 1 and not segment.is_number for segment in other.segments
    )


def row_edges(lines: list[Line], rules: list[float]) -> list[float]:
    """Return the edges between rows: drawn rules where they part most lines, else half way between lines."""
    inner = [y for y in rules if lines[0].top < y < lines[-1].bottom]
    if not inner or 2 * (len(inner) + 1) < len(lines):
        return [(above.bottom + below.top) / 2 for above, below in pairwise(lines)]
    edges = list(inner)
    for above, below in pairwise(lines):  # two rows of numbers are two rows, with or without a rule
        is_ruled = any((above.top + above.bottom) / 2 < y < (below.top + below.bottom) / 2 for y in inner)
        if not is_ruled and above.holds_numbers and below.holds_numbers:
            edges.append((above.bottom + below.top) / 2)
    return sorted(edges)


def wide_rules(horizontal: list[Edge], left: float, right: float) -> list[float]:
    """Return the heights of the rules drawn across most of the table."""
    reach = 0.8 * (right - left)
    return sorted({y for y, start, end in horizontal if min(end, right) - max(start, left) >= reach})


def collides(row: list[Segment], columns: list[tuple[float, float]]) -> bool:
    """Tell whether two numbers of one row, or a number and another text, fall into one column."""
    taken: dict[int, bool] = {}  # column: whether a number stands in it
    for segment in row:
        for index, column in enumerate(columns):
            if inside(segment, column):
                if index in taken and (segment.is_number or taken[index]):
                    return True
                taken[index] = segment.is_number
    return False
