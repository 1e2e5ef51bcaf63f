"""Tables without rules, or with horizontal rules only: columns are read off the alignment of the text.

Tried only on text that stands in no ruled cell, under a line that looks like the title or unit line of a
statement (or as the continuation of such a table), and kept only where at least two lines carry numbers in the
same columns. Prose, contents pages and underlined headings do not pass.
"""

from __future__ import annotations

import re
from itertools import pairwise

from extractors.aligned_headings import inside, with_empty_columns, with_headings
from extractors.aligned_lines import Line, Segment
from extractors.cell_text import group_lines
from extractors.grid import Edge, Grid, GridCell
from extractors.heading_tree import heading_cells, lowest_headings, widened
from extractors.page_objects import Box, Chars, TextLine
from extractors.printed_number import fold
from extractors.text_runs import Run, find_runs

_TITLE = re.compile(r"表(?:[（(].{0,16}[）)])?$|^[（(]?(?:金额)?单位[:：]|单位[:：](?:人民币)?[亿万千]?元")
_TOTAL_ROW = re.compile(r"[合总]计")
_FEWEST_DIGITS = 6  # three amounts have more
_CAPTION = re.compile(
    r"(?:部门|单位)[^:：]{0,6}[:：]|^(?:公开|附|预算|决算|部门预算|单位预算)*表?\d{1,2}(?:-\d)?表?$|^[（(]?20\d\d年度?[）)]?$"
)
_NUMBER = re.compile(r"[-+−－]?[\d,]+(?:\.\d+)?%?|[-—–－]+|\([\d,.]+\)|无|…+|\.{3}|\.{6}|/")
_SEGMENT_GAP = 0.9  # of the size: wider gaps separate cells
_NUMBER_GAP, _LETTER_GAP = 0.15, 8.0  # of the size: between two numbers, and within a word set wide
_WHOLE = re.compile(r"-?\d[\d,]*(?:\.\d+)?")
_SPACED = frozenset({"合计", "总计", "小计", "项目", "收入", "支出", "金额", "栏次", "行次", "科目"})
_MIN_DATA_LINES = 2
_MIN_NUMBERS = 3  # of a table with one line of data under its headings
_ALIGNED = 2.0  # points
_MAX_HEADER_LINES, _MAX_RULED_LINES = 8, 14
_MAX_LINES_BETWEEN = 2
# Of the size: lines with middles nearer than this stand in one row, beside a text that wraps.
_ROW_PITCH = 0.8
_LEADING = 0.35  # of the size: more than this between two lines parts two cells


def ends_in_title(lines: list[TextLine]) -> bool:
    """Tell whether a statement's title or unit line stands among the last lines of a page."""
    return any(_TITLE.search(fold(line.text)) for line in lines)


def find_text_aligned_grids(chars: Chars, horizontal: list[Edge], is_continuation: bool) -> list[Grid]:
    """Return the tables that the alignment of the given characters shows, with at least two columns.

    ``horizontal`` are the page's horizontal edges; ``is_continuation`` says that the page before ended in such a
    table, so that none of this page's lines need look like a title.
    """
    text = chars.text  # a quick look before lines are made
    if sum(map(text.count, "0123456789-—无…")) < _FEWEST_DIGITS or not (
        is_continuation or "表" in text or "单位" in text
    ):
        return []
    lines = _lines(chars)
    grids: list[Grid] = []
    position = 0
    while position < len(lines):
        may_open = is_continuation and not grids and position == 0
        block = _next_block(lines, position, may_open)
        if block is None:
            break
        first, end = block
        header = _header_start(lines, position, first, horizontal, may_open)
        is_titled = any(_TITLE.search(line.text) for line in lines[max(position, header - 5) : first])
        opens = may_open and all(_is_caption(line) for line in lines[:header])
        if is_titled or opens:
            grid = _build(lines[header:first], lines[first:end], horizontal, opens)
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
            if _parts_cells(before, run):
                line.segments.append(_segment(current))
                current = []
            current.append(run)
        line.segments.append(_segment(current))
        lines.append(line)
    return lines


def _parts_cells(before: Run, run: Run) -> bool:
    """Tell whether a gap separates two cells: numbers may stand close, the two letters of 合　　计 far apart."""
    gap = (run.x0 - before.x1) / before.size
    texts = fold(before.text), fold(run.text)
    if all(len(text) == 1 and not text.isascii() for text in texts) and "".join(texts) in _SPACED:
        return gap > _LETTER_GAP
    return gap > (_NUMBER_GAP if all(_WHOLE.fullmatch(text) for text in texts) else _SEGMENT_GAP)


def _segment(runs: list[Run]) -> Segment:
    text = fold("".join(run.text for run in runs))
    return Segment(
        text,
        runs[0].x0,
        max(run.x1 for run in runs),
        bool(_NUMBER.fullmatch(text)),
        min(run.top for run in runs),
        max(run.bottom for run in runs),
    )


def _next_block(lines: list[Line], position: int, may_open: bool) -> tuple[int, int] | None:
    """Return the next stretch of lines that holds at least two lines of data, and its end.

    One line is enough where it is the total, holds three numbers, or where the page ``may_open`` with the rest of a
    table.
    """
    first = position
    while first < len(lines):
        numbers = sum(segment.is_number for segment in lines[first].segments)
        if not (lines[first].is_data or (lines[first].is_row and numbers >= _MIN_NUMBERS)):
            first += 1
            continue
        last, count, index = first, 1, first + 1
        starts = [segment.x0 for segment in lines[first].segments]
        while index < len(lines) and index - last <= _MAX_LINES_BETWEEN + 1 and not lines[index].is_prose:
            line = lines[index]
            if _TITLE.search(line.text) and len(line.segments) < 3:
                break
            if line.is_row:
                last, count = index, count + line.is_data
                starts += [segment.x0 for segment in line.segments]
            elif all(any(abs(s.x0 - start) <= _ALIGNED for start in starts) for s in line.segments):
                last = index  # a row without an amount: its texts begin where others begin
            index += 1
        is_total = bool(_TOTAL_ROW.fullmatch(lines[first].segments[0].text))
        if count >= _MIN_DATA_LINES or numbers >= _MIN_NUMBERS or is_total or (may_open and first == 0):
            return first, last + 1
        first = last + 1
    return None


def _header_start(
    lines: list[Line], position: int, first: int, horizontal: list[Edge], may_open: bool
) -> int:
    """Return where the heading above the first line of data begins.

    Where the heading stands between two drawn rules, these say so. A heading that wraps inside its cells leaves lines
    with a single short piece of text; they belong to it where a line of the caption stands right above, or where
    the page ``may_open`` with it.
    """
    ruled = _ruled_heading(lines, position, first, horizontal)
    if ruled is not None:
        return ruled
    start = _reach_back(lines, position, first, fewest_segments=1)
    if may_open and all(_is_caption(line) for line in lines[position:start]):  # title on the page before
        return start
    if start > position and start < first and _is_caption(lines[start - 1]):
        return start
    return _reach_back(lines, position, first, fewest_segments=2)


def _ruled_heading(lines: list[Line], position: int, first: int, horizontal: list[Edge]) -> int | None:
    """Return the first line between the two wide rules above the first line of data, None where there are none."""
    data = lines[first]
    width = data.segments[-1].x1 - data.segments[0].x0
    above = sorted(
        {y for y, x0, x1 in horizontal if x1 - x0 >= 0.8 * width and y < data.top + 1}, reverse=True
    )
    if len(above) < 2 or data.top - above[0] > 2 * data.size:
        return None
    start = first
    while start > position and lines[start - 1].top >= above[1] - 1:
        start -= 1
    return start if 0 < first - start <= _MAX_RULED_LINES else None


def _is_caption(line: Line) -> bool:
    return bool(_TITLE.search(line.text) or _CAPTION.search(line.text))


def _reach_back(lines: list[Line], position: int, first: int, fewest_segments: int) -> int:
    start = first
    while start > position and first - start < _MAX_HEADER_LINES:
        line = lines[start - 1]
        if line.is_prose or len(line.segments) < fewest_segments or _is_caption(line):
            break
        start -= 1
    return start


def _build(header: list[Line], body: list[Line], horizontal: list[Edge], opens: bool) -> Grid | None:
    header, counted = _without_numbers_of_columns(header)
    columns = _columns([line.segments for line in body])
    if len(columns) < 2:
        return None
    numbers = [
        sum(1 for line in body for s in line.segments if s.is_number and inside(s, c)) for c in columns
    ]
    is_single = max(numbers) < _MIN_DATA_LINES
    if is_single and not opens and not (header and (sum(numbers) >= _MIN_NUMBERS or _ends_in_total(body))):
        return None
    every = [*header, *counted, *body]
    left = min(line.segments[0].x0 for line in every) - 1
    right = max(line.segments[-1].x1 for line in every) + 1
    rules = _wide_rules(horizontal, left, right)
    body = [*counted, *body]
    body_top = _edge_above(body[0], header[-1] if header else None, rules)
    heading_top = _heading_top(header, body_top, rules)
    lowest = lowest_headings(header, heading_top, body_top)
    extents = with_headings(columns, header)
    columns = with_empty_columns(extents, lowest, numbers)
    columns = widened(columns, header, [left, *_between(columns), right], heading_top, body_top)
    xs = [left, *_between(columns), right]
    heading, tops = heading_cells(header, xs, heading_top, body_top)
    first_row = len(tops)
    tops = [*tops, body_top, *_row_edges(_row_lines(body), rules)]
    ys = [*tops, max(body[-1].bottom + 1, tops[-1] + 1)]
    cells = [
        GridCell(
            Box(xs[cell.column], ys[cell.row], xs[cell.column + cell.column_span], ys[cell.row + cell.row_span]),
            cell.row, cell.column, cell.row_span, cell.column_span,
        )
        for cell in heading
    ]  # fmt: skip
    cells += [
        GridCell(Box(xs[column], ys[row], xs[column + 1], ys[row + 1]), row, column, 1, 1)
        for row in range(first_row, len(tops))
        for column in range(len(columns))
    ]
    return Grid(Box(xs[0], ys[0], xs[-1], ys[-1]), xs, ys, cells)


def _ends_in_total(body: list[Line]) -> bool:
    return bool(_TOTAL_ROW.fullmatch(body[-1].segments[0].text))


def _between(columns: list[tuple[float, float]]) -> list[float]:
    return [(before[1] + after[0]) / 2 for before, after in pairwise(columns)]


def _without_numbers_of_columns(header: list[Line]) -> tuple[list[Line], list[Line]]:
    """Take the row that numbers the columns off the heading's end: it is a row of its own."""
    for index, line in enumerate(header):
        if line.counts_columns:
            return header[:index], header[index:]
    return header, []


def _heading_top(header: list[Line], body_top: float, rules: list[float]) -> float:
    """Return where the heading begins: at the rule above it, else as far above its text as it ends below it."""
    if not header:
        return body_top
    first, size = header[0], header[0].size
    above = [y for y in rules if first.top - 1.5 * size < y < first.top + 1]
    return above[-1] if above else first.top - min(size, max(1.0, body_top - header[-1].bottom))


def _edge_above(line: Line, before: Line | None, rules: list[float]) -> float:
    """Return where a line's row begins: at a rule between it and the line before, else half way."""
    if before is None:
        return line.top - 1
    between = [y for y in rules if (before.top + before.bottom) / 2 < y < (line.top + line.bottom) / 2]
    return between[-1] if between else (before.bottom + line.top) / 2


def _wide_rules(horizontal: list[Edge], left: float, right: float) -> list[float]:
    """Return the heights of the rules drawn across most of the table."""
    reach = 0.8 * (right - left)
    return sorted({y for y, start, end in horizontal if min(end, right) - max(start, left) >= reach})


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


def _row_lines(body: list[Line]) -> list[Line]:
    """Return one line for each row: lines that stand less than a row apart are one, and labels that wrap."""
    rows: list[Line] = []
    middle = 0.0
    for number, line in enumerate(body):
        above, middle = middle, (line.top + line.bottom) / 2
        if number and (middle - above < _ROW_PITCH * line.size or _wraps(body, number)):
            before = rows.pop()
            line = Line(min(before.top, line.top), max(before.bottom, line.bottom), line.size)
        rows.append(line)
    return rows


def _wraps(body: list[Line], number: int) -> bool:
    """Tell whether a line goes on from the one above it in one cell: set close, one of them a lone text without numbers."""
    above, line = body[number - 1], body[number]
    if line.top - above.bottom > _LEADING * line.size or sum(each.is_row for each in (above, line)) != 1:
        return False
    alone, other = (line, above) if above.is_row else (above, line)
    return len(alone.segments) == 1 and any(
        abs(segment.x0 - alone.segments[0].x0) <= 1 and not segment.is_number for segment in other.segments
    )


def _row_edges(lines: list[Line], rules: list[float]) -> list[float]:
    """Return the edges between rows: drawn rules where they part most lines, else half way between lines."""
    inner = [y for y in rules if lines[0].top < y < lines[-1].bottom]
    if inner and 2 * (len(inner) + 1) >= len(lines):
        return inner
    return [(above.bottom + below.top) / 2 for above, below in pairwise(lines)]
