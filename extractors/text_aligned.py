"""Tables without rules, or with horizontal rules only: columns are read off the alignment of the text.

Tried only on text that stands in no ruled cell, under a line that looks like the title or unit line of a
statement (or as the continuation of such a table), and kept only where at least two lines carry numbers in the
same columns. Prose, contents pages and underlined headings do not pass.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from extractors.aligned_headings import SettledColumn, inside, meet, settled_columns
from extractors.aligned_lines import Line, Segment, cut_between, with_codes_apart
from extractors.cell_text import group_lines
from extractors.grid import Edge, Grid, GridCell
from extractors.heading_tree import heading_cells, lowest_headings, widened
from extractors.page_objects import Box, Chars, TextLine
from extractors.printed_number import fold
from extractors.text_runs import Run, find_runs

_TITLE = re.compile(
    r"表(?:[（(].{0,16}[）)])?$|^[（(]?(?:金额)?单位[:：]|位[:：;；∶][（(]?(?:人民币)?[（(]?[亿万千百]{0,2}元"
)
_TOTAL_ENDS = ("合计", "总计", "小计")
_TOTAL_ROW = re.compile(r"[合总]计")
_COUNTING_WRAPPED = frozenset({"栏", "行", "栏次", "行次"})  # 栏次 in a cell of one character's width
_FEWEST_DIGITS = 6  # three amounts have more
_CAPTION = re.compile(
    r"(?:部门|单位)[^:：]{0,6}[:：]|^(?:公开|附|预算|决算|部门预算|单位预算)*表?\d{1,2}(?:-\d)?表?$|^[（(]?20\d\d年度?[）)]?$"
)
_NUMBER = re.compile(r"[-+−－]?[\d,]+(?:\.\d+)?%?|[-—–－]+|\([\d,.]+\)|无|…+|\.{3}|\.{6}|/")
_SEGMENT_GAP = 0.9  # of the size: wider gaps separate cells
_NUMBER_GAP, _LETTER_GAP = 0.15, 8.0  # of the size: between two numbers, and within a word set wide
_AMOUNT_GAP = 0.3  # between an amount and the name in the next cell
_AMOUNT = re.compile(r"-?\d[\d,]*\.\d+")
_WHOLE = re.compile(r"-?\d[\d,]*(?:\.\d+)?")
_SPACED = frozenset({"合计", "总计", "小计", "项目", "收入", "支出", "金额", "栏次", "行次", "科目"})
_MIN_DATA_LINES = 2
_MIN_NUMBERS = 3  # of a table with one line of data under its headings
_ALIGNED = 2.0  # points
_CENTRED = 0.1  # of the width: a text in the middle of several columns stands this near to it
_MAX_HEADER_LINES, _MAX_RULED_LINES = 8, 14
_MAX_LINES_BETWEEN = 2
# Of the size: lines with middles nearer than this stand in one row, beside a text that wraps.
_ROW_PITCH = 0.8
_LEADING = 0.35  # of the size: more than this between two lines parts two cells


def ends_in_title(lines: list[TextLine]) -> bool:
    """Tell whether a statement's title or unit line stands among the last lines of a page."""
    return any(_TITLE.search(fold(line.text)) for line in lines)


@dataclass(frozen=True, slots=True)
class PageBefore:
    """How the page before ended: in a table without rules, or in the title of a table."""

    grid: Grid | None = None
    ends_in_title: bool = False


def find_text_aligned_grids(
    chars: Chars, horizontal: list[Edge], before: PageBefore | None = None
) -> list[Grid]:
    """Return the tables that the alignment of the given characters shows, with at least two columns.

    ``horizontal`` are the page's horizontal edges. Where the page ``before`` ended in such a table or in a title, none of
    this page's lines need look like a title.
    """
    before = before or PageBefore()
    is_continuation = before.ends_in_title or before.grid is not None
    if not _may_hold_table(chars.text, before):
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
        is_titled = any(_names_table(line) for line in lines[max(position, header - 5) : first])
        opens = may_open and all(_is_caption(line) for line in lines[:header])
        if is_titled or opens:
            heading, body = _with_first_rows(lines[header:first], lines[first:end], horizontal, opens)
            grid = _going_on(body, horizontal, before.grid) if opens and not heading else None
            grid = grid or _build(heading, body, horizontal, opens)
            if grid is not None:
                grids.append(grid)
        position = end
    return grids


def _may_hold_table(text: str, before: PageBefore) -> bool:
    """Take a quick look before lines are made."""
    if before.grid is None and "表" not in text and "单位" not in text and not before.ends_in_title:
        return False
    # 合计 may stand alone in a statement without amounts
    fewest = 0 if "计" in text else 1 if before.grid else _FEWEST_DIGITS
    return sum(map(text.count, "0123456789-—无…")) >= fewest


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
    if all(_WHOLE.fullmatch(text) for text in texts):
        return gap > _NUMBER_GAP
    return gap > (_AMOUNT_GAP if _AMOUNT.fullmatch(texts[0]) else _SEGMENT_GAP)


def _segment(runs: list[Run]) -> Segment:
    text = fold("".join(run.text for run in runs))
    return Segment(
        text,
        runs[0].x0,
        max(run.x1 for run in runs),
        bool(_NUMBER.fullmatch(text)),
        min(run.top for run in runs),
        max(run.bottom for run in runs),
        [_segment([run]) for run in runs] if len(runs) > 1 else [],
    )


def _next_block(lines: list[Line], position: int, may_open: bool) -> tuple[int, int] | None:
    """Return the next stretch of lines that holds at least two lines of data, and its end.

    One line is enough where it is the total, holds three numbers, or where the page ``may_open`` with the rest of a
    table.
    """
    first = position
    while first < len(lines):
        if first and _is_empty_total(lines[first], lines[first - 1]):
            return first, first + 1
        if (
            first
            and _counts_alone(lines[first])
            and all(len(line.segments) == 1 for line in lines[first + 1 :])
        ):
            return first, first + 1  # the headings end the page, the amounts stand on the next one
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
        goes_on = may_open and first <= _MAX_HEADER_LINES and not any(line.is_prose for line in lines[:first])
        if count >= _MIN_DATA_LINES or numbers >= _MIN_NUMBERS or is_total or goes_on:
            return first, last + 1
        first = last + 1
    return None


def _is_empty_total(line: Line, above: Line) -> bool:
    """Tell whether a line is the total of a statement without amounts: alone, right below the headings."""
    is_total = len(line.segments) == 1 and bool(_TOTAL_ROW.fullmatch(line.text))
    return is_total and (above.counts_columns or len(above.segments) >= _MIN_NUMBERS) and not above.is_row


def _counts_alone(line: Line) -> bool:
    return line.counts_columns and sum(segment.is_number for segment in line.segments) >= _MIN_NUMBERS


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
    while start > position and lines[start - 1].top >= above[1] - 1 and not _names_table(lines[start - 1]):
        start -= 1
    return start if 0 < first - start <= _MAX_RULED_LINES else None


def _names_table(line: Line) -> bool:
    return bool(_TITLE.search(line.text))


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
    body = with_codes_apart(body)
    columns = _columns([line.segments for line in body])
    header = [cut_between(line, columns) for line in header]
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
    lowest = _with_counted(lowest_headings(header, [left, right], heading_top, body_top), counted)
    settled = _apart(settled_columns(columns, lowest, [line.segments for line in body[len(counted) :]]))
    columns = [column.extent for column in settled]
    if len(columns) < 2:
        return None
    columns = widened(columns, header, [left, *_between(columns), right], heading_top, body_top)
    xs = [left, *_between(columns), right]
    heading, tops = heading_cells(header, xs, heading_top, body_top)
    first_row = len(tops)
    rows = _row_lines(body)
    tops = [*tops, body_top, *_row_edges(rows, rules)]
    ys = [*tops, max(body[-1].bottom + 1, tops[-1] + 1)]
    cells = [
        GridCell(
            Box(xs[cell.column], ys[cell.row], xs[cell.column + cell.column_span], ys[cell.row + cell.row_span]),
            cell.row, cell.column, cell.row_span, cell.column_span,
        )
        for cell in heading
    ]  # fmt: skip
    numbered = _number_columns(rows, xs)
    cells += _body_cells(xs, ys, first_row, _labels_over_columns(rows, xs, numbered))
    uncertain = frozenset(number for number, column in enumerate(settled) if not column.is_certain)
    return Grid(Box(xs[0], ys[0], xs[-1], ys[-1]), xs, ys, cells, uncertain, numbered)


def _with_counted(headings: list[tuple[float, float]], counted: list[Line]) -> list[tuple[float, float]]:
    """Add the numbers of the columns as headings where nothing else is printed over a column."""
    numbers = [(s.x0, s.x1) for line in counted for s in line.segments if s.is_number]
    return headings + [number for number in numbers if not any(meet(number, other) for other in headings)]


def _apart(columns: list[SettledColumn]) -> list[SettledColumn]:
    """Cut columns that reach into each other where they meet; both are uncertain then."""
    result: list[SettledColumn] = []
    for column in columns:
        if result and column.extent[0] <= result[-1].extent[1]:
            before = result.pop()
            middle = (max(before.extent[0], column.extent[0]) + min(before.extent[1], column.extent[1])) / 2
            result.append(SettledColumn((before.extent[0], middle - 0.5), False))
            column = SettledColumn((middle + 0.5, max(column.extent[1], middle + 1)), False)
        result.append(column)
    return result


def _with_first_rows(
    header: list[Line], body: list[Line], horizontal: list[Edge], opens: bool
) -> tuple[list[Line], list[Line]]:
    """Take first rows without amounts from the heading's end: below its rule, or beginning where the names begin.

    They are a title of a section (一、政府采购支出信息), the upper half of a name that wraps, or, where the page ``opens``
    with the rest of a table, rows of blank cells.
    """
    starts = [s.x0 for line in body if line.is_row for s in line.segments if not s.is_number]
    rule = _rule_over(body[0], horizontal)
    first = len(header)
    while first > (0 if opens else 1) and not header[first - 1].counts_columns:
        line = header[first - 1]
        is_below = rule is not None and line.top >= rule - 1
        begins = all(sum(abs(s.x0 - x) <= 1 for x in starts) >= _MIN_DATA_LINES for s in line.segments)
        is_near = body[0].top - line.bottom < line.size if first == len(header) else True
        if not is_below and not (begins and is_near and rule is None):
            break
        first -= 1
    return header[:first], [*header[first:], *body]


def _rule_over(line: Line, horizontal: list[Edge]) -> float | None:
    """Return the nearest wide rule over a line of data."""
    reach = 0.8 * (line.segments[-1].x1 - line.segments[0].x0)
    return max((y for y, x0, x1 in horizontal if x1 - x0 >= reach and y < line.top + 1), default=None)


def _going_on(body: list[Line], horizontal: list[Edge], before: Grid | None) -> Grid | None:
    """Return the rest of the table before in that table's columns, None where its texts do not fit into them."""
    if before is None:
        return None
    xs = before.column_edges
    columns = list(pairwise(xs))
    numbers = [[s for s in line.segments if s.is_number] for line in body]
    stands_in = all(
        any(x0 - _ALIGNED <= s.x0 and s.x1 <= x1 + _ALIGNED for x0, x1 in columns)
        for row in numbers
        for s in row
    )
    if not stands_in or any(_collides(row, columns) for row in numbers):
        return None
    top = body[0].top - 1
    rules = _wide_rules(horizontal, xs[0], xs[-1])
    rows = _row_lines(body)
    ys = [top, *_row_edges(rows, rules)]
    ys.append(max(body[-1].bottom + 1, ys[-1] + 1))
    numbered = before.number_columns | _number_columns(rows, xs)
    cells = _body_cells(xs, ys, 0, _labels_over_columns(rows, xs, numbered))
    uncertain = before.uncertain_columns
    return Grid(Box(xs[0], ys[0], xs[-1], ys[-1]), list(xs), ys, cells, uncertain, numbered)


def _body_cells(
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


def _number_columns(rows: list[Line], xs: list[float]) -> frozenset[int]:
    columns = list(pairwise(xs))
    return frozenset(_column_at(s, columns) for line in rows for s in line.segments if s.is_number)


def _labels_over_columns(
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
            if last > first and (is_centred or segment.text.endswith(_TOTAL_ENDS)):
                found.append(((line.top + line.bottom) / 2, first, last))
    return found


def _column_at(segment: Segment, columns: list[tuple[float, float]]) -> int:
    return next((number for number, column in enumerate(columns) if inside(segment, column)), -1)


def _ends_in_total(body: list[Line]) -> bool:
    return bool(_TOTAL_ROW.fullmatch(body[-1].segments[0].text))


def _between(columns: list[tuple[float, float]]) -> list[float]:
    return [(before[1] + after[0]) / 2 for before, after in pairwise(columns)]


def _without_numbers_of_columns(header: list[Line]) -> tuple[list[Line], list[Line]]:
    """Take the row that numbers the columns off the heading's end: it is a row of its own."""
    for index, line in enumerate(header):
        if line.counts_columns:
            wraps = index and all(s.text in _COUNTING_WRAPPED for s in header[index - 1].segments)
            start = index - 1 if wraps else index
            return header[:start], header[start:]
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
    for kept in range(len(segments), len(segments) * 3 // 4, -1):
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
            texts = [*before.segments, *line.segments]
            line = Line(min(before.top, line.top), max(before.bottom, line.bottom), line.size, texts)
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
    if not inner or 2 * (len(inner) + 1) < len(lines):
        return [(above.bottom + below.top) / 2 for above, below in pairwise(lines)]
    edges = list(inner)
    for above, below in pairwise(lines):  # two rows of numbers are two rows, with or without a rule
        is_ruled = any((above.top + above.bottom) / 2 < y < (below.top + below.bottom) / 2 for y in inner)
        if not is_ruled and above.holds_numbers and below.holds_numbers:
            edges.append((above.bottom + below.top) / 2)
    return sorted(edges)
