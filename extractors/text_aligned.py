"""Tables without rules, or with horizontal rules only: columns are read off the alignment of the text.

Tried only on text that stands in no ruled cell, under a line that looks like the title or unit line of a
statement (or as the continuation of such a table), and kept only where at least two lines carry numbers in the
same columns. Prose, contents pages and underlined headings do not pass.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from extractors.cell_text import group_lines
from extractors.grid import Edge, Grid, GridCell
from extractors.page_objects import Box, Chars
from extractors.printed_number import fold
from extractors.text_runs import Run, find_runs

_TITLE = re.compile(r"表(?:[（(].{0,16}[）)])?$|^[（(]?(?:金额)?单位[:：]|单位[:：](?:人民币)?[亿万千]?元")
_FEWEST_DIGITS = 6  # three amounts have more
_NUMBER = re.compile(r"[-+−－]?[\d,]+(?:\.\d+)?%?|[-—–－]+|\([\d,.]+\)")
_AMOUNT = re.compile(r"[-+−－]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?%?")
_PROSE = re.compile(r"[。；;！？]|[.…·．]{4,}")
_SEGMENT_GAP = 0.9  # of the size: wider gaps separate cells
_MIN_DATA_LINES = 2
_MIN_NUMBERS = 3  # of a table with one line of data under its headings
_ALIGNED = 2.0  # points
_MAX_HEADER_LINES = 6
_MAX_LINES_BETWEEN = 2
_LONGEST_CELL = 30  # characters; a longer stretch is prose
_ROW_PITCH = (
    0.8  # of the size: lines with middles nearer than this stand in one row, beside a text that wraps
)


@dataclass(slots=True)
class _Segment:
    """Runs of one line that stand close together."""

    text: str
    x0: float
    x1: float
    is_number: bool


@dataclass(slots=True)
class _Line:
    """One printed line cut into segments."""

    top: float
    bottom: float
    size: float
    segments: list[_Segment] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(segment.text for segment in self.segments)

    @property
    def is_prose(self) -> bool:
        return bool(_PROSE.search(self.text)) or any(len(s.text) > _LONGEST_CELL for s in self.segments)

    @property
    def is_data(self) -> bool:
        return (
            len(self.segments) > 1
            and not self.is_prose
            and any(_AMOUNT.fullmatch(segment.text) for segment in self.segments)
        )


def find_text_aligned_grids(chars: Chars, horizontal: list[Edge], is_continuation: bool) -> list[Grid]:
    """Return the tables that the alignment of the given characters shows, with at least two columns.

    ``horizontal`` are the page's horizontal edges; ``is_continuation`` says that the page before ended in such a
    table, so that none of this page's lines need look like a title.
    """
    text = "".join(chars.text)  # a quick look before lines are made
    if sum(map(text.count, "0123456789")) < _FEWEST_DIGITS or not (
        is_continuation or "表" in text or "单位" in text
    ):
        return []
    lines = _lines(chars)
    grids: list[Grid] = []
    position = 0
    while position < len(lines):
        block = _next_block(lines, position)
        if block is None:
            break
        first, end = block
        header = _header_start(lines, position, first)
        is_titled = any(_TITLE.search(line.text) for line in lines[max(position, header - 5) : first])
        if is_titled or (is_continuation and not grids and position == 0 and header == 0):
            grid = _build(lines[header:first], lines[first:end], horizontal)
            if grid is not None:
                grids.append(grid)
        position = end
    return grids


def _lines(chars: Chars) -> list[_Line]:
    lines = []
    for runs in group_lines(find_runs(chars, [])):
        runs.sort(key=lambda run: run.x0)
        line = _Line(min(r.top for r in runs), max(r.bottom for r in runs), max(r.size for r in runs))
        current = [runs[0]]
        for before, run in pairwise(runs):
            if run.x0 - before.x1 > _SEGMENT_GAP * before.size:
                line.segments.append(_segment(current))
                current = []
            current.append(run)
        line.segments.append(_segment(current))
        lines.append(line)
    return lines


def _segment(runs: list[Run]) -> _Segment:
    text = fold("".join(run.text for run in runs))
    return _Segment(text, runs[0].x0, max(run.x1 for run in runs), bool(_NUMBER.fullmatch(text)))


def _next_block(lines: list[_Line], position: int) -> tuple[int, int] | None:
    """Return the next stretch of lines that holds at least two lines of data, and its end."""
    first = position
    while first < len(lines):
        if not lines[first].is_data:
            first += 1
            continue
        last, count, index = first, 1, first + 1
        starts = [segment.x0 for segment in lines[first].segments]
        while index < len(lines) and index - last <= _MAX_LINES_BETWEEN + 1 and not lines[index].is_prose:
            line = lines[index]
            if _TITLE.search(line.text) and len(line.segments) < 3:
                break
            if line.is_data:
                last, count = index, count + 1
                starts += [segment.x0 for segment in line.segments]
            elif all(any(abs(s.x0 - start) <= _ALIGNED for start in starts) for s in line.segments):
                last = index  # a row without an amount: its texts begin where others begin
            index += 1
        if (
            count >= _MIN_DATA_LINES
            or sum(segment.is_number for segment in lines[first].segments) >= _MIN_NUMBERS
        ):
            return first, last + 1
        first = last + 1
    return None


def _header_start(lines: list[_Line], position: int, first: int) -> int:
    """Return where the heading above the first line of data begins.

    A heading that wraps inside its cells leaves lines with a single short piece of text; they belong to it where
    the title or unit line stands right above.
    """
    start = _reach_back(lines, position, first, fewest_segments=1)
    if start > position and start < first and _TITLE.search(lines[start - 1].text):
        return start
    return _reach_back(lines, position, first, fewest_segments=2)


def _reach_back(lines: list[_Line], position: int, first: int, fewest_segments: int) -> int:
    start = first
    while start > position and first - start < _MAX_HEADER_LINES:
        line = lines[start - 1]
        if line.is_prose or len(line.segments) < fewest_segments or _TITLE.search(line.text):
            break
        start -= 1
    return start


def _build(header: list[_Line], body: list[_Line], horizontal: list[Edge]) -> Grid | None:
    columns = _columns([line.segments for line in body])
    if len(columns) < 2:
        return None
    numbers = [
        sum(1 for line in body for s in line.segments if s.is_number and _inside(s, c)) for c in columns
    ]
    if max(numbers) < _MIN_DATA_LINES and (sum(numbers) < _MIN_NUMBERS or not header):
        return None
    first_number = next((c[0] for c, count in zip(columns, numbers, strict=True) if count), columns[0][0])
    columns = _with_empty_columns(_with_headings(columns, header), header, first_number)
    lefts = [min([columns[0][0], *(line.segments[0].x0 for line in [*header, *body])]) - 1]
    lefts += [(before[1] + after[0]) / 2 for before, after in pairwise(columns)]
    right = max([columns[-1][1], *(line.segments[-1].x1 for line in [*header, *body])]) + 1
    tops = _row_edges(_row_lines(header, body), horizontal, lefts[0], right)
    bottom = max(body[-1].bottom + 1, tops[-1] + 1)
    xs, ys = [*lefts, right], [*tops, bottom]
    rows: list[list[_Line]] = [[] for _ in tops]
    for line in [*header, *body]:
        middle = (line.top + line.bottom) / 2
        rows[max(i for i, top in enumerate(tops) if top <= middle or i == 0)].append(line)
    header_ends = {id(line) for line in header}
    cells = []
    for row, members in enumerate(rows):
        spans = _spans(members, columns) if any(id(line) in header_ends for line in members) else {}
        column = 0
        while column < len(columns):
            width = spans.get(column, 1)
            box = Box(xs[column], ys[row], xs[column + width], ys[row + 1])
            cells.append(GridCell(box, row, column, 1, width))
            column += width
    return Grid(Box(xs[0], ys[0], xs[-1], ys[-1]), xs, ys, cells)


def _inside(segment: _Segment, column: tuple[float, float]) -> bool:
    return column[0] <= (segment.x0 + segment.x1) / 2 <= column[1]


def _columns(rows: list[list[_Segment]]) -> list[tuple[float, float]]:
    """Return the horizontal extents of the columns: what the segments of all rows cover, without the gaps.

    Segments so wide that they would join two columns of another row are left out, the widest first.
    """
    segments = sorted((s for row in rows for s in row), key=lambda s: s.x1 - s.x0)
    for kept in range(len(segments), max(1, len(segments) * 3 // 4), -1):
        columns = _cover(segments[:kept])
        if not any(_collides(row, columns) for row in rows):
            return columns
    return []


def _with_headings(columns: list[tuple[float, float]], header: list[_Line]) -> list[tuple[float, float]]:
    """Widen the columns by their headings, where a line has one for each and none reaches into a neighbour."""
    for line in header:
        if len(line.segments) != len(columns):
            continue
        wider = [(min(c[0], s.x0), max(c[1], s.x1)) for c, s in zip(columns, line.segments, strict=True)]
        if all(before[1] < after[0] for before, after in pairwise(wider)):
            columns = wider
    return columns


def _with_empty_columns(
    columns: list[tuple[float, float]], header: list[_Line], first_number: float
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
        found += [extent for extent in extents if not any(_meet(extent, other) for other in found)]
    headed = {column for column in columns if any(_meet(heading, column) for heading in found)}
    result = list(columns)
    following: tuple[float, float] | None = None  # the heading to the right
    for heading in sorted(found, reverse=True):
        if not any(_meet(heading, column) for column in columns):
            following_column = next((c for c in columns if c[0] > heading[0]), None)
            is_between = following and following_column and following[0] < following_column[0]
            if following_column is None or following_column in headed or is_between:
                result.append(heading)
            else:
                result[result.index(following_column)] = (heading[0], following_column[1])
        following = heading
    return sorted(result)


def _meet(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _cover(segments: list[_Segment]) -> list[tuple[float, float]]:
    cover: list[tuple[float, float]] = []
    for segment in sorted(segments, key=lambda s: s.x0):
        if cover and segment.x0 <= cover[-1][1] + 1:
            cover[-1] = (cover[-1][0], max(cover[-1][1], segment.x1))
        else:
            cover.append((segment.x0, segment.x1))
    return cover


def _collides(row: list[_Segment], columns: list[tuple[float, float]]) -> bool:
    """Tell whether two numbers of one row fall into one column."""
    taken = set()
    for segment in row:
        if not segment.is_number:
            continue
        for index, column in enumerate(columns):
            if _inside(segment, column):
                if index in taken:
                    return True
                taken.add(index)
    return False


def _row_lines(header: list[_Line], body: list[_Line]) -> list[_Line]:
    """Return one line for each row: in the body, lines that stand less than a row apart are one."""
    rows = list(header)
    middle = 0.0
    for number, line in enumerate(body):
        above, middle = middle, (line.top + line.bottom) / 2
        if number and middle - above < _ROW_PITCH * line.size:
            before = rows.pop()
            line = _Line(min(before.top, line.top), max(before.bottom, line.bottom), line.size)
        rows.append(line)
    return rows


def _row_edges(lines: list[_Line], horizontal: list[Edge], left: float, right: float) -> list[float]:
    """Return the top edges of the rows: drawn rules where they part most lines, else half way between lines."""
    top, bottom = lines[0].top, lines[-1].bottom
    reach = 0.8 * (right - left)
    rules = sorted(
        {
            y
            for y, start, end in horizontal
            if min(end, right) - max(start, left) >= reach and top < y < bottom
        }
    )
    if 2 * len(rules) >= len(lines):
        return [top - 1, *rules]
    return [top - 1, *((above.bottom + below.top) / 2 for above, below in pairwise(lines))]


def _spans(lines: list[_Line], columns: list[tuple[float, float]]) -> dict[int, int]:
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
