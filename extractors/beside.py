"""Tables wider than their page: a spreadsheet prints the columns that do not fit on pages of their own.

Their rows stand at the same heights. Pages go down first and then to the right, or to the right first; a title in the
middle of the whole is cut by the page's edge.
"""

from __future__ import annotations

from dataclasses import replace

from extractors.grid import Grid
from extractors.page_objects import TextLine
from extractors.printed_number import CellState, read_printed_number
from extractors.table_parts import (
    TablePart,
    has_names,
    is_headed,
    names_table,
    opens_with_title,
    right_edge,
    row_texts,
    same_header,
)

_FEWEST_ROWS = 3
_ROW_TOLERANCE = 2.0  # points between the edges of rows
_MOST_HEADING_ROWS = 4
_EDGE_TOLERANCE = 4.0  # points between the edges of columns
_CUT = 1.5  # of the size: a text that reaches the edge of its page as near as this is cut there


def partner_of(table: list[TablePart], part: TablePart) -> TablePart | None:
    """Return the part of the table before of which ``part``, on the next page, holds further columns; None where it holds none.

    Its rows are as high and stand at the same heights. The first page of further columns has headings and no title, and
    no names in its rows: these stand with the table's first columns. It may have names (the second side of a summary)
    where a title goes over from one page to the other, or where only the page before has one and nothing but a heading
    stands in its first rows. Its following pages have the same columns.
    """
    before = table[-1]
    if not (part.is_first_on_page and before.is_last_on_page and part.page_no == before.page_no + 1):
        return None
    if part.method != "ruled" or any(map(names_table, before.below)):
        return None
    down = [other for other in table if other.beside is None]
    for number in _candidates(table, down):
        other = down[number]
        if other.method != "ruled" or not _rows_agree(table, other, part):
            continue
        if (
            _opens_columns(other, part)
            if not number
            else _goes_on_below(table, down[number - 1], other, part)
        ):
            return other
    return None


def _candidates(table: list[TablePart], down: list[TablePart]) -> list[int]:
    """Return the numbers of the parts ``down`` the first columns that further columns may stand beside, likeliest first."""
    before = table[-1].beside
    if before is None:  # columns begin, or pages go to the right first
        return [len(down) - 1 if any(part.beside for part in table) else 0]
    number = next(index for index, other in enumerate(down) if other is before)
    return [*range(number + 1, min(number + 2, len(down))), number, *([0] if number else [])]


def _rows_agree(table: list[TablePart], other: TablePart, part: TablePart) -> bool:
    row = [other, *(each for each in table if each.beside is other)]
    return all(_same_heights(each.grid, part.grid) for each in row)


def _goes_on_below(table: list[TablePart], above: TablePart, other: TablePart, part: TablePart) -> bool:
    """Tell whether a part has the columns of that beside the page ``above``: as many pages to the right as it would stand."""
    beside = [each for each in table if each.beside is above]
    own = sum(each.beside is other for each in table)
    return own < len(beside) and _same_columns(beside[own], part)


def _same_columns(one: TablePart, other: TablePart) -> bool:
    edges, others = one.grid.column_edges, other.grid.column_edges
    return len(edges) == len(others) and all(
        abs(a - b) <= _EDGE_TOLERANCE for a, b in zip(edges, others, strict=True)
    )


def _opens_columns(other: TablePart, part: TablePart) -> bool:
    """Tell whether a part with the right heights begins the further columns of another."""
    if part.grid.row_count < _FEWEST_ROWS or opens_with_title(part) or not is_headed(part):
        return False
    if _has_cut_title(other, part):
        return True
    titles = any(map(names_table, part.above)), any(map(names_table, other.above))
    if all(titles) or (part.above and not any(titles)):
        return False
    if same_header(other, part):
        return False
    return not has_names(part) or (titles[1] and _has_whole_heading(part))


def _has_whole_heading(part: TablePart) -> bool:
    """Tell whether one of the first rows holds a text in every column, and no number."""
    for row in range(_MOST_HEADING_ROWS):
        texts = row_texts(part, row)
        is_text = all(read_printed_number(text).state is CellState.TEXT for text in texts)
        if len(texts) == part.grid.column_count and is_text:
            return True
    return False


def _has_cut_title(other: TablePart, part: TablePart) -> bool:
    """Tell whether a line that reaches the right edge of one page and one at the left edge of the next name a table together."""
    return any(
        abs(left.top - right.top) <= _ROW_TOLERANCE
        and right_edge(other) - left.x1 < _CUT * left.size
        and right.x0 - part.grid.box.x0 < _CUT * right.size
        and not names_table(left)
        and names_table(_joined(left, right))
        for left in other.above
        for right in part.above
    )


def _same_heights(one: Grid, other: Grid) -> bool:
    """Tell whether two grids end at the same height and all rows of one begin where rows of the other do.

    A first row over the whole table (2024年度) is drawn on its first page only.
    """
    few, many = sorted((one.row_edges, other.row_edges), key=len)
    return (
        abs(few[-1] - many[-1]) <= _ROW_TOLERANCE
        and min(abs(few[0] - y) for y in many[:_MOST_HEADING_ROWS]) <= _ROW_TOLERANCE
        and 2 * len(few) > len(many)
        and all(min(abs(y - edge) for edge in many) <= _ROW_TOLERANCE for y in few)
    )


def common_tops(row: list[TablePart]) -> list[float]:
    """Return the edges of the rows of parts beside each other: headings are divided in some of them only."""
    tops = list(row[0].grid.row_edges)
    for part in row[1:]:
        tops += [y for y in part.grid.row_edges if min(abs(y - top) for top in tops) > _ROW_TOLERANCE]
    return sorted(tops)


def lines_across(rows: list[list[TextLine]]) -> list[TextLine]:
    """Return the lines above parts beside each other as lines of the whole: those at one height put together, top first."""
    lines = list(rows[0])
    for line in (line for row in rows[1:] for line in row):
        at = next((n for n, own in enumerate(lines) if abs(own.top - line.top) <= _ROW_TOLERANCE), None)
        if at is None:
            lines.append(line)
        else:
            lines[at] = _joined(lines[at], line)
    return sorted(lines, key=lambda line: line.top) if len(rows) > 1 else lines


def _joined(left: TextLine, right: TextLine) -> TextLine:
    return replace(
        left,
        text=left.text + right.text,
        char_x0=left.char_x0 + right.char_x0,
        char_x1=left.char_x1 + right.char_x1,
    )
