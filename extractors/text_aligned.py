"""Tables without rules, or with horizontal rules only: columns are read off the alignment of the text.

Tried only on text that stands in no ruled cell, under a line that looks like the title or unit line of a
statement (or as the continuation of such a table), and kept only where at least two lines carry numbers in the
same columns. Prose, contents pages and underlined headings do not pass.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

from extractors.aligned_blocks import (
    MIN_DATA_LINES,
    MIN_NUMBERS,
    TITLE,
    TOTAL_ROW,
    header_start,
    is_caption,
    names_table,
    next_block,
    with_first_rows,
    without_margins,
)
from extractors.aligned_headings import SettledColumn, inside, meet, settled_columns
from extractors.aligned_lines import Line, Segment, cut_between, lines_of_text, with_columns_apart
from extractors.aligned_rows import (
    TOTAL_ENDS,
    body_cells,
    collides,
    labels_over_columns,
    number_columns,
    row_edges,
    row_lines,
    wide_rules,
)
from extractors.grid import Edge, Grid, GridCell
from extractors.heading_tree import heading_cells, lowest_headings, widened
from extractors.known_columns import rows_going_on
from extractors.page_objects import Box, Chars, TextLine
from extractors.printed_number import fold

_COUNTING_WRAPPED = frozenset({"栏", "行", "栏次", "行次"})  # 栏次 in a cell of one character's width
_CLOSE_RULE, _HIGH_ROW = 1.5, 4.0  # of the size: a rule above a heading, and above the text of a high row
_FEWEST_DIGITS = 6  # three amounts have more


def ends_in_title(lines: list[TextLine]) -> bool:
    """Tell whether a statement's title or unit line stands among the last lines of a page."""
    return any(TITLE.search(fold(line.text)) for line in lines)


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
    lines = without_margins(lines_of_text(chars))
    grids: list[Grid] = []
    position = 0
    while position < len(lines):
        may_open = is_continuation and not grids and position == 0
        block = next_block(lines, position, may_open)
        if block is None:
            break
        first, end = block
        header = header_start(lines, position, first, horizontal, may_open)
        is_titled = any(names_table(line) for line in lines[max(position, header - 5) : first])
        opens = may_open and all(is_caption(line) for line in lines[:header])
        if is_titled or opens:
            goes_on = opens and not is_titled
            heading, body = with_first_rows(lines[header:first], lines[first:end], horizontal, goes_on)
            grid = None
            if opens and not heading and before.grid is not None:
                grid = rows_going_on(body, horizontal, before.grid)
            ceiling = lines[header - 1].bottom if header else -math.inf
            grid = grid or _build(heading, body, horizontal, opens, ceiling)
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


def _build(
    header: list[Line], body: list[Line], horizontal: list[Edge], opens: bool, ceiling: float
) -> Grid | None:
    """Return the table of a heading and a body, None where they have no columns; ``ceiling`` ends the line above them."""
    header, counted = _without_numbers_of_columns(header)
    body = with_columns_apart(body)
    columns = _columns([line.segments for line in body])
    counts = [(s.x0, s.x1) for line in counted for s in line.segments if s.text.isdigit()]
    header = [cut_between(cut_between(line, columns), counts) for line in header]
    numbers = [
        sum(1 for line in body for s in line.segments if s.is_number and inside(s, c)) for c in columns
    ]
    if not columns:
        return None
    is_single = max(numbers) < MIN_DATA_LINES
    if is_single and not opens and not (header and (sum(numbers) >= MIN_NUMBERS or _ends_in_total(body))):
        return None
    every = [*header, *counted, *body]
    left = min(line.segments[0].x0 for line in every) - 1
    right = max(line.segments[-1].x1 for line in every) + 1
    rules = wide_rules(horizontal, left, right)
    body = [*counted, *body]
    body_top = _edge_above(body[0], header[-1] if header else None, rules)
    heading_top = _heading_top(header, body_top, rules, ceiling)
    lowest = _with_counted(lowest_headings(header, [left, right], heading_top, body_top), counted)
    settled = _apart(settled_columns(columns, lowest, [line.segments for line in body[len(counted) :]]))
    columns = [column.extent for column in settled]
    if len(columns) < 2:
        return None
    columns = widened(columns, header, [left, *_between(columns), right], heading_top, body_top)
    xs = [left, *_between(columns), right]
    heading, tops = heading_cells(header, xs, heading_top, body_top)
    first_row = len(tops)
    rows = row_lines(body)
    tops = [*tops, body_top, *row_edges(rows, rules)]
    ys = [*tops, max(body[-1].bottom + 1, tops[-1] + 1)]
    cells = [
        GridCell(
            Box(xs[cell.column], ys[cell.row], xs[cell.column + cell.column_span], ys[cell.row + cell.row_span]),
            cell.row, cell.column, cell.row_span, cell.column_span,
        )
        for cell in heading
    ]  # fmt: skip
    numbered = number_columns(rows, xs)
    cells += body_cells(xs, ys, first_row, labels_over_columns(rows, xs, numbered))
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


def _ends_in_total(body: list[Line]) -> bool:
    return bool(TOTAL_ROW.fullmatch(body[-1].segments[0].text))


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


def _heading_top(header: list[Line], body_top: float, rules: list[float], ceiling: float) -> float:
    """Return where the heading begins: at the rule above it, else as far above its text as it ends below it.

    In a high row the rule stands far above the text, but no other text between them.
    """
    if not header:
        return body_top
    first, size = header[0], header[0].size
    highest = min(first.top - _CLOSE_RULE * size, max(ceiling - 1, first.top - _HIGH_ROW * size))
    above = [y for y in rules if highest < y < first.top + 1]
    return above[-1] if above else first.top - min(size, max(1.0, body_top - header[-1].bottom))


def _edge_above(line: Line, before: Line | None, rules: list[float]) -> float:
    """Return where a line's row begins: at a rule between it and the line before, else half way."""
    if before is None:
        return line.top - 1
    between = [y for y in rules if (before.top + before.bottom) / 2 < y < (line.top + line.bottom) / 2]
    return between[-1] if between else (before.bottom + line.top) / 2


def _columns(rows: list[list[Segment]]) -> list[tuple[float, float]]:
    """Return the horizontal extents of the columns: what the segments of all rows cover, without the gaps.

    Segments that would join two columns of another row are left out: labels of totals, which stand in the middle of
    several columns, then the widest.
    """
    segments = sorted(
        (s for row in rows for s in row), key=lambda s: (s.text.endswith(TOTAL_ENDS), s.x1 - s.x0)
    )
    for kept in range(len(segments), len(segments) * 3 // 4, -1):
        columns = _cover(segments[:kept])
        if not any(collides(row, columns) for row in rows):
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
