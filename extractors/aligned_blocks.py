"""Where on a page a table without upright rules stands: its lines of data, and where its heading begins."""

from __future__ import annotations

import re

from extractors.aligned_lines import Line, cut_between
from extractors.grid import Edge

TITLE = re.compile(
    r"表(?:[（(].{0,16}[）)])?$|^[（(]?(?:金额)?单位[:：]|位[:：;；∶][（(]?(?:人民币)?[（(]?[亿万千百]{0,2}元"
)
_CAPTION = re.compile(
    r"(?:部门|单位)[^:：]{0,6}[:：]|^(?:公开|附|预算|决算|部门预算|单位预算)*表?\d{1,2}(?:-\d)?表?$|^[（(]?20\d\d年度?[）)]?$"
)
TOTAL_ROW = re.compile(r"[合总]计")
_PAGE_IN_WORDS = re.compile(r"[-—]?第\d{1,4}页(?:[,，/、]?共\d{1,4}页)?[-—]?")
_PAGE_NUMBER = re.compile(rf"[-—–－]*\d{{1,4}}[-—–－]*|{_PAGE_IN_WORDS.pattern}")
#: What a browser prints at the top and the bottom of a page: date and title, address and page number.
_BROWSER_MARGIN = re.compile(
    r"\d{1,4}/\d{1,2}/\d{1,4},?(?:[上下]午|[凌早]晨|中午|晚上)?\d{1,2}:\d\d(?:[AP]M)?.*|(?:https?|file)://.*"
)
_ITEM = re.compile(r"[（(]?[一二三四五六七八九十\d]{1,2}[)）、.．]|其中[:：]?")
MIN_DATA_LINES = 2
MIN_NUMBERS = 3  # of a table with one line of data under its headings
_MIN_HEADINGS = 3
ALIGNED = 2.0  # points
_MAX_HEADER_LINES, _MAX_RULED_LINES = 8, 24  # cells one character wide have many
_MAX_HEADER_HEIGHT = (
    14.0  # of the size: eight lines; cells that wrap in the middle of their height interleave
)
_MAX_LINES_BETWEEN = 2
_APART = (
    1.2  # of the size: between a running head and the page's text; nearer than this are the rows of a table
)


def next_block(lines: list[Line], position: int, may_open: bool) -> tuple[int, int] | None:
    """Return the next stretch of lines that holds at least two lines of data, and its end.

    One line is enough where it is the total, holds three numbers, or where the page ``may_open`` with the rest of a
    table.
    """
    first = position
    while first < len(lines):
        if first and (_is_empty_total(lines[first], lines[first - 1]) or _ends_page(lines, first)):
            return first, first + 1
        numbers = sum(segment.is_number for segment in lines[first].segments)
        if not (lines[first].is_data or (lines[first].is_row and numbers >= MIN_NUMBERS)):
            first += 1
            continue
        end, count = _stretch(lines, first)
        is_total = bool(TOTAL_ROW.fullmatch(lines[first].segments[0].text))
        goes_on = may_open and first <= _MAX_HEADER_LINES and not any(line.is_prose for line in lines[:first])
        if count >= MIN_DATA_LINES or numbers >= MIN_NUMBERS or is_total or goes_on:
            return first, end
        first = end
    return None


def _stretch(lines: list[Line], first: int) -> tuple[int, int]:
    """Return the end of the rows from a first line of data on, and how many lines of data they have."""
    last, count, index, indented = first, 1, first + 1, 0
    starts = [segment.x0 for segment in lines[first].segments]
    while (
        index < len(lines) and index - last - indented <= _MAX_LINES_BETWEEN + 1 and not lines[index].is_prose
    ):
        line = lines[index]
        if names_table(line) and len(line.segments) < _MIN_HEADINGS:
            break
        if line.is_row:
            last, count = index, count + line.is_data
            starts += [segment.x0 for segment in line.segments]
        elif all(any(abs(s.x0 - start) <= ALIGNED for start in starts) for s in line.segments):
            last = index  # a row without an amount: its texts begin where others begin
        elif last == index - 1 and line.top < lines[last].bottom:
            last = index  # the lower half of a text that wraps beside its amounts
        elif _is_indented_item(line, starts):
            indented += 1  # 一、二、三、 of the balance above: rows without amounts, if rows follow
            index += 1
            continue
        indented = indented if last < index else 0
        index += 1
    return last + 1, count


def _is_indented_item(line: Line, starts: list[float]) -> bool:
    """Tell whether a line is one numbered name that begins up to two characters right of where others begin."""
    if len(line.segments) != 1 or not _ITEM.match(line.text):
        return False
    return any(0 < line.segments[0].x0 - start <= 2 * line.size + ALIGNED for start in starts)


def _is_empty_total(line: Line, above: Line) -> bool:
    """Tell whether a line is the total of a statement without amounts: alone, right below the headings.

    One that stands between the two lines of the headings beside it is a heading.
    """
    is_total = (
        len(line.segments) == 1 and bool(TOTAL_ROW.fullmatch(line.text)) and line.top >= above.bottom - 1
    )
    return is_total and (above.counts_columns or len(above.segments) >= MIN_NUMBERS) and not above.is_row


def _ends_page(lines: list[Line], number: int) -> bool:
    """Tell whether a line numbers the columns of headings that end the page; the amounts stand on the next one."""
    line = lines[number]
    has_columns = line.counts_columns and sum(segment.is_number for segment in line.segments) >= MIN_NUMBERS
    return has_columns and all(len(after.segments) == 1 for after in lines[number + 1 :])


def header_start(lines: list[Line], position: int, first: int, horizontal: list[Edge], may_open: bool) -> int:
    """Return where the heading above the first line of data begins.

    Where the heading stands between two drawn rules, these say so. A heading that wraps inside its cells leaves lines
    with a single short piece of text; they belong to it where a line of the caption stands right above, or where
    the page ``may_open`` with it.
    """
    ruled = _ruled_heading(lines, position, first, horizontal)
    if ruled is not None:
        return ruled
    start = _reach_back(lines, position, first, fewest_segments=1)
    if may_open and all(is_caption(line) for line in lines[position:start]):  # title on the page before
        return start
    if start > position and start < first and is_caption(lines[start - 1]):
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
    start = _above_rule(lines, position, first, above[1])
    for rule in above[2:]:  # rules part the rows of the heading too
        higher = _above_rule(lines, position, start, rule)
        if any(line.is_prose or is_caption(line) for line in lines[higher:start]):
            break
        start = higher
    shows_columns = any(
        len(line.segments) > 1 for line in lines[start:first]
    )  # else a shaded row of one text
    return start if shows_columns and first - start <= _MAX_RULED_LINES else None


def _above_rule(lines: list[Line], position: int, end: int, rule: float) -> int:
    """Return the first of the lines before ``end`` that stand below a rule, without a title among them."""
    start = end
    while start > position and lines[start - 1].top >= rule - 1 and not names_table(lines[start - 1]):
        start -= 1
    return start


def names_table(line: Line) -> bool:
    """Tell whether a line looks like a statement's title or unit line."""
    return bool(TITLE.search(line.text))


def is_caption(line: Line) -> bool:
    """Tell whether a line may stand among a statement's title, unit, year and publisher."""
    return bool(TITLE.search(line.text) or _CAPTION.search(line.text))


def _reach_back(lines: list[Line], position: int, first: int, fewest_segments: int) -> int:
    start = first
    counts = [
        (s.x0, s.x1)
        for line in lines[position:first]
        if line.counts_columns
        for s in line.segments
        if s.text.isdigit()
    ]
    while start > position:
        line = cut_between(lines[start - 1], counts)  # headings that nearly touch read like a sentence
        if lines[first].top - line.top > _MAX_HEADER_HEIGHT * line.size:
            break
        if line.is_prose or len(line.segments) < fewest_segments or is_caption(line):
            break
        start -= 1
    return start


def without_margins(lines: list[Line]) -> list[Line]:
    """Leave out page numbers, and what stands alone at the top, well above all else, and names no table."""
    lines = [line for line in lines if not _PAGE_IN_WORDS.fullmatch(line.text)]
    if lines and _BROWSER_MARGIN.fullmatch(lines[0].text):
        lines = lines[1:]
    if lines and _BROWSER_MARGIN.fullmatch(lines[-1].text):
        lines = lines[:-1]
    while lines and _PAGE_NUMBER.fullmatch(lines[-1].text):
        lines = lines[:-1]
    while len(lines) > 1 and len(lines[0].segments) == 1 and not is_caption(lines[0]):
        if lines[1].top - lines[0].bottom < _APART * lines[0].size:
            break
        lines = lines[1:]
    return lines


def with_first_rows(
    header: list[Line], body: list[Line], horizontal: list[Edge], opens: bool
) -> tuple[list[Line], list[Line]]:
    """Take first rows without amounts from the heading's end: below its rule, or beginning where the names begin.

    They are a title of a section (一、政府采购支出信息), the upper half of a name that wraps, or, where the page ``opens``
    with the rest of a table, rows of blank cells.
    """
    rule = _rule_under(header, body, horizontal, opens)
    first = len(header)
    while first > (0 if opens else 1) and not header[first - 1].counts_columns:
        line = header[first - 1]
        is_below = rule is not None and line.top >= rule - 1
        is_near = body[0].top - line.bottom < _APART * line.size if first == len(header) else True
        if not is_below and not (is_near and rule is None and _begins_as_names(line, body)):
            break
        first -= 1
    return header[:first], [*header[first:], *body]


def _begins_as_names(line: Line, body: list[Line]) -> bool:
    """Tell whether all texts of a line begin where names of the body do, or where the second half of one does."""
    starts = [s.x0 for each in body if not each.is_prose for s in each.segments if not s.is_number]
    halves = [
        each.segments[0].x0
        for each in body[:_MAX_LINES_BETWEEN]
        if len(each.segments) == 1 and not each.holds_numbers and each.top < line.bottom + line.size
    ]
    return all(
        sum(abs(segment.x0 - x) <= 1 for x in starts) >= MIN_DATA_LINES
        or any(abs(segment.x0 - x) <= 1 for x in halves)
        for segment in line.segments
    )


def _rule_under(header: list[Line], body: list[Line], horizontal: list[Edge], opens: bool) -> float | None:
    """Return the wide rule that ends the heading, None where rules also part the rows or shades lie under them.

    A rule above all lines ends a heading only where the page ``opens`` with the rest of a table, whose border it is.
    """
    rule = _rule_over(body[0], horizontal)
    if rule is None or not header:
        return None
    if rule < header[0].top:
        return rule if opens else None
    reach = 0.8 * (body[0].segments[-1].x1 - body[0].segments[0].x0)
    inside = {y for y, x0, x1 in horizontal if x1 - x0 >= reach and body[0].bottom - 1 < y < body[-1].top + 1}
    return rule if len(inside) < MIN_DATA_LINES else None


def _rule_over(line: Line, horizontal: list[Edge]) -> float | None:
    """Return the nearest wide rule over a line of data."""
    reach = 0.8 * (line.segments[-1].x1 - line.segments[0].x0)
    return max((y for y, x0, x1 in horizontal if x1 - x0 >= reach and y < line.top + 1), default=None)
