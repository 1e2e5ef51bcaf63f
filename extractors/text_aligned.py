"""Tables without rules, or with horizontal rules only: columns are read off the alignment of the text.

Tried only on text that stands in no ruled cell, under a line that looks like the title or unit line of a
statement (or as the continuation of such a table), and kept only where at least two lines carry numbers in the
same columns. Prose, contents pages and underlined headings do not pass.
"""

from __future__ import annotations

import re
from itertools import pairwise

from extractors.aligned_headings import (
    heading_spans,
    inside,
    pair_spans,
    with_empty_columns,
    with_headings,
    wrapped_headings,
)
from extractors.aligned_lines import Line, Segment
from extractors.cell_text import group_lines
from extractors.grid import Edge, Grid, GridCell
from extractors.page_objects import Box, Chars, TextLine
from extractors.printed_number import fold
from extractors.text_runs import Run, find_runs

_TITLE = re.compile(r"表(?:[（(].{0,16}[）)])?$|^[（(]?(?:金额)?单位[:：]|单位[:：](?:人民币)?[亿万千]?元")
_FEWEST_DIGITS = 6  # three amounts have more
_NUMBER = re.compile(r"[-+−－]?[\d,]+(?:\.\d+)?%?|[-—–－]+|\([\d,.]+\)")
_SEGMENT_GAP = 0.9  # of the size: wider gaps separate cells
_MIN_DATA_LINES = 2
_MIN_NUMBERS = 3  # of a table with one line of data under its headings
_ALIGNED = 2.0  # points
_MAX_HEADER_LINES = 6
_MAX_LINES_BETWEEN = 2
# Of the size: lines with middles nearer than this stand in one row, beside a text that wraps.
_ROW_PITCH = 0.8


def ends_in_title(lines: list[TextLine]) -> bool:
    """Tell whether a statement's title or unit line stands among the last lines of a page."""
    return any(_TITLE.search(fold(line.text)) for line in lines)


def find_text_aligned_grids(chars: Chars, horizontal: list[Edge], is_continuation: bool) -> list[Grid]:
    """Return the tables that the alignment of the given characters shows, with at least two columns.

    ``horizontal`` are the page's horizontal edges; ``is_continuation`` says that the page before ended in such a
    table, so that none of this page's lines need look like a title.
    """
    text = chars.text  # a quick look before lines are made
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


def _lines(chars: Chars) -> list[Line]:
    lines = []
    for runs in group_lines(find_runs(chars, [])):
        runs.sort(key=lambda run: run.x0)
        line = Line(min(r.top for r in runs), max(r.bottom for r in runs), max(r.size for r in runs))
        current = [runs[0]]
        for before, run in pairwise(runs):
            if run.x0 - before.x1 > _SEGMENT_GAP * before.size:
                line.segments.append(_segment(current))
                current = []
            current.append(run)
        line.segments.append(_segment(current))
        lines.append(line)
    return lines


def _segment(runs: list[Run]) -> Segment:
    text = fold("".join(run.text for run in runs))
    return Segment(text, runs[0].x0, max(run.x1 for run in runs), bool(_NUMBER.fullmatch(text)))


def _next_block(lines: list[Line], position: int) -> tuple[int, int] | None:
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


def _header_start(lines: list[Line], position: int, first: int) -> int:
    """Return where the heading above the first line of data begins.

    A heading that wraps inside its cells leaves lines with a single short piece of text; they belong to it where
    the title or unit line stands right above.
    """
    start = _reach_back(lines, position, first, fewest_segments=1)
    if start > position and start < first and _TITLE.search(lines[start - 1].text):
        return start
    return _reach_back(lines, position, first, fewest_segments=2)


def _reach_back(lines: list[Line], position: int, first: int, fewest_segments: int) -> int:
    start = first
    while start > position and first - start < _MAX_HEADER_LINES:
        line = lines[start - 1]
        if line.is_prose or len(line.segments) < fewest_segments or _TITLE.search(line.text):
            break
        start -= 1
    return start


def _build(header: list[Line], body: list[Line], horizontal: list[Edge]) -> Grid | None:
    columns = _columns([line.segments for line in body])
    if len(columns) < 2:
        return None
    numbers = [
        sum(1 for line in body for s in line.segments if s.is_number and inside(s, c)) for c in columns
    ]
    if max(numbers) < _MIN_DATA_LINES and (sum(numbers) < _MIN_NUMBERS or not header):
        return None
    first_number = next((c[0] for c, count in zip(columns, numbers, strict=True) if count), columns[0][0])
    columns = with_empty_columns(with_headings(columns, header), header, first_number)
    lefts = [min([columns[0][0], *(line.segments[0].x0 for line in [*header, *body])]) - 1]
    lefts += [(before[1] + after[0]) / 2 for before, after in pairwise(columns)]
    right = max([columns[-1][1], *(line.segments[-1].x1 for line in [*header, *body])]) + 1
    tops = _row_edges(_row_lines(header, body), horizontal, lefts[0], right)
    bottom = max(body[-1].bottom + 1, tops[-1] + 1)
    xs, ys = [*lefts, right], [*tops, bottom]
    rows: list[list[Line]] = [[] for _ in tops]
    for line in [*header, *body]:
        middle = (line.top + line.bottom) / 2
        rows[max(i for i, top in enumerate(tops) if top <= middle or i == 0)].append(line)
    cells = _cells(rows, header, columns, xs, ys)
    return Grid(Box(xs[0], ys[0], xs[-1], ys[-1]), xs, ys, cells)


def _cells(
    rows: list[list[Line]],
    header: list[Line],
    columns: list[tuple[float, float]],
    xs: list[float],
    ys: list[float],
) -> list[GridCell]:
    """Return the cells; headings may stretch over several columns, or over rows where they wrap."""
    headings = {id(line) for line in header}
    row_of = {id(line): row for row, members in enumerate(rows) for line in members}
    spans = {
        row: heading_spans(members, columns) | pair_spans(members, header, columns)
        for row, members in enumerate(rows)
        if any(id(line) in headings for line in members)
    }
    ends = wrapped_headings(header, columns, row_of, spans)
    cells, covered = [], set()
    for row in range(len(rows)):
        column = 0
        while column < len(columns):
            width = spans.get(row, {}).get(column, 1)
            if (row, column) not in covered:
                end = ends.get((row, column), row) + 1
                covered |= {(below, column) for below in range(row + 1, end)}
                box = Box(xs[column], ys[row], xs[column + width], ys[end])
                cells.append(GridCell(box, row, column, end - row, width))
            column += width
    return cells


def _columns(rows: list[list[Segment]]) -> list[tuple[float, float]]:
    """Return the horizontal extents of the columns: what the segments of all rows cover, without the gaps.

    Segments so wide that they would join two columns of another row are left out, the widest first.
    """
    segments = sorted((s for row in rows for s in row), key=lambda s: s.x1 - s.x0)
    for kept in range(len(segments), max(1, len(segments) * 3 // 4), -1):
        columns = _cover(segments[:kept])
        if not any(_collides(row, columns) for row in rows):
            return columns
    return []


def _cover(segments: list[Segment]) -> list[tuple[float, float]]:
    cover: list[tuple[float, float]] = []
    for segment in sorted(segments, key=lambda s: s.x0):
        if cover and segment.x0 <= cover[-1][1] + 1:
            cover[-1] = (cover[-1][0], max(cover[-1][1], segment.x1))
        else:
            cover.append((segment.x0, segment.x1))
    return cover


def _collides(row: list[Segment], columns: list[tuple[float, float]]) -> bool:
    """Tell whether two numbers of one row fall into one column."""
    taken = set()
    for segment in row:
        if not segment.is_number:
            continue
        for index, column in enumerate(columns):
            if inside(segment, column):
                if index in taken:
                    return True
                taken.add(index)
    return False


def _row_lines(header: list[Line], body: list[Line]) -> list[Line]:
    """Return one line for each row: in the body, lines that stand less than a row apart are one."""
    rows = list(header)
    middle = 0.0
    for number, line in enumerate(body):
        above, middle = middle, (line.top + line.bottom) / 2
        if number and middle - above < _ROW_PITCH * line.size:
            before = rows.pop()
            line = Line(min(before.top, line.top), max(before.bottom, line.bottom), line.size)
        rows.append(line)
    return rows


def _row_edges(lines: list[Line], horizontal: list[Edge], left: float, right: float) -> list[float]:
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
