"""Joining the parts of a table that a page break has cut, and numbering its rows and columns once.

A part whose rows stand at the same heights and have no names holds further columns, printed beside the table on a page
of their own.

A part continues the table before it when nothing but running heads, page numbers or the same caption stands
between them and both have the same left and right edges. Columns are aligned by x, never by index: a
continuation may have fewer of them because only merged cells are left.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from dataclasses import dataclass, field

from extractors.cell_text import CellText
from extractors.grid import Grid
from extractors.page_objects import Box, TextLine
from extractors.printed_number import CellState, fold, read_printed_number

#: Confidence of a cell whose column was read off alignments that leave a choice between two.
UNCERTAIN_COLUMN = 0.5

_EDGE_TOLERANCE = 4.0
_FEWEST_ROWS, _ROW_TOLERANCE = 3, 2.0  # of a part beside the table: rows, and points between their edges
_LAST_ROWS = 0.75  # of a part's height: below this stand no headings
_PAGE_BODY_REACHED = 0.5  # a table that ends above this part of its page was not cut by the page break
_NAMES_TABLE = re.compile(r"表(?:[(\[][^()\[\]]{0,16}[)\]])?$")
_STARTS_AN_ITEM = re.compile(r"[（(]?[一二三四五六七八九十\d]+[、.．）)]|其中|[①-⑳]|\d{3,}")


@dataclass(slots=True)
class TablePart:
    """One grid on one page with its text and the lines that stand above and below it."""

    page_no: int
    page_height: float
    grid: Grid
    cells: list[CellText]
    above: list[TextLine] = field(default_factory=list)  # between the part (or page top) before and this one
    below: list[TextLine] = field(default_factory=list)  # between this part and the next (or the page bottom)
    is_first_on_page: bool = True
    is_last_on_page: bool = True
    method: str = "ruled"
    text_method: str = "text"  # text | ocr


@dataclass(slots=True)
class PlacedCell:
    """A cell of a logical table; rows and columns count from 0."""

    page_no: int
    row: int
    column: int
    row_span: int
    column_span: int
    lines: list[str]
    line_boxes: list[Box]
    box: Box
    size: float
    confidence: float | None
    method: str = "text"

    @property
    def text(self) -> str:
        """The printed lines joined with line feeds."""
        return "\n".join(self.lines)


@dataclass(slots=True)
class LogicalTable:
    """One table with its parts joined."""

    parts: list[TablePart]
    cells: list[PlacedCell]
    column_lefts: list[float]
    row_count: int

    @property
    def column_count(self) -> int:
        """Number of columns over all parts."""
        return len(self.column_lefts)


def join_parts(parts: list[TablePart]) -> list[LogicalTable]:
    """Return the logical tables of a document from its parts in reading order."""
    groups: list[list[TablePart]] = []
    for part in parts:
        if groups and continues(groups[-1], part):
            groups[-1].append(part)
        else:
            groups.append([part])
    return [_assemble(group) for group in groups]


def continues(table: list[TablePart], part: TablePart) -> bool:
    """Tell whether ``part`` goes on with the table of the given parts on the next page.

    A caption printed again continues the table when the heading is printed again as well, or when the part
    does not begin as the table began (a series of forms under one caption does).
    """
    first, before = table[0], table[-1]
    if not (part.is_first_on_page and before.is_last_on_page and part.page_no == before.page_no + 1):
        return False
    if stands_beside(table, part):
        return True
    if part.method != before.method or _shift(first, part) is None:
        return False
    own, earlier = _caption_key(part.above), _caption_key(first.above)
    if own.startswith("续表") or (own and own == earlier and _same_header(first, part)):
        return True
    if before.below or before.grid.box.bottom < _PAGE_BODY_REACHED * before.page_height:
        return False
    if own:
        return own == earlier and _first_text(first) != _first_text(part)
    return not _opens_with_title(part) or _same_header(first, part)


def stands_beside(table: list[TablePart], part: TablePart) -> bool:
    """Tell whether ``part`` holds further columns of the table on the page before, as a spreadsheet too wide is printed.

    Its rows are as high as the table's and stand at the same heights, its first row has headings and its rows no names:
    these stand with the table's first columns.
    """
    first = table[0]
    if part.above or part.method != "ruled" or first.method != "ruled" or part.grid.row_count < _FEWEST_ROWS:
        return False
    if _opens_with_title(part) or any(_NAMES_TABLE.search(fold(line.text)) for line in table[-1].below):
        return False
    if not _same_heights(first.grid, part.grid) or not all(
        _same_heights(first.grid, other.grid) for other in table[1:]
    ):
        return False  # headings of one half may reach over several rows of the other
    headings = [text for text in _row_texts(part, 0) if text]
    is_headed = any(read_printed_number(text).state is CellState.TEXT for text in headings)
    return is_headed and not _has_names(part) and not _same_header(first, part)


def _same_heights(one: Grid, other: Grid) -> bool:
    """Tell whether two grids end at the same heights and all rows of one begin where rows of the other do."""
    few, many = sorted((one.row_edges, other.row_edges), key=len)
    ends = abs(few[0] - many[0]), abs(few[-1] - many[-1])
    return (
        max(ends) <= _ROW_TOLERANCE
        and 2 * len(few) > len(many)
        and all(min(abs(y - edge) for edge in many) <= _ROW_TOLERANCE for y in few)
    )


def _has_names(part: TablePart) -> bool:
    """Tell whether texts that are no numbers stand in the last rows of a part."""
    first = math.ceil(_LAST_ROWS * part.grid.row_count)
    return any(
        read_printed_number(fold(item.text)).state is CellState.TEXT
        for item in part.cells
        if item.cell.row >= first and item.lines
    )


def _caption_key(lines: list[TextLine]) -> str:
    text = "".join(fold(line.text) for line in lines)
    return re.sub(r"第\d+页|共\d+页|[（(]续[表）)]*", "", text)


def _shift(before: TablePart, part: TablePart) -> float | None:
    """Return how far ``part`` lies to the right of ``before``, or None where it cannot go on with it.

    Both have the same width, or all edges of a narrower part are edges of the table: at a page break the
    merged cells of the first columns may have no rules of their own.
    """
    a, b = before.grid.box, part.grid.box
    if part.method == "text_aligned":
        return 0.0 if _same_columns(before.grid, part.grid) else None
    if abs((a.x1 - a.x0) - (b.x1 - b.x0)) > 2 * _EDGE_TOLERANCE:
        is_cut_out = 2 * (b.x1 - b.x0) > a.x1 - a.x0 and _inner_edges_match(before.grid, part.grid, 0.0)
        return 0.0 if is_cut_out else None
    if abs(a.x0 - b.x0) <= _EDGE_TOLERANCE:
        return 0.0
    return b.x0 - a.x0 if _inner_edges_match(before.grid, part.grid, b.x0 - a.x0) else None


def _same_columns(first: Grid, second: Grid) -> bool:
    """Tell whether two tables read off alignments have the same columns: edges between texts are no exact places."""
    if first.column_count != second.column_count:
        return False
    edges, others = first.column_edges, second.column_edges
    return all(
        2 * (min(edges[i + 1], others[i + 1]) - max(edges[i], others[i]))
        > min(edges[i + 1] - edges[i], others[i + 1] - others[i])
        for i in range(first.column_count)
    )


def _inner_edges_match(first: Grid, second: Grid, shift: float) -> bool:
    edges = first.column_edges
    return all(min(abs(x - shift - edge) for edge in edges) <= _EDGE_TOLERANCE for x in second.column_edges)


def _row_texts(part: TablePart, row: int) -> list[str]:
    return [fold(item.text) for item in part.cells if item.cell.row == row]


def _first_text(part: TablePart) -> str:
    return next((fold(item.text) for item in part.cells if item.lines), "")


def _same_header(before: TablePart, part: TablePart) -> bool:
    first = _row_texts(before, 0)
    return any(first) and first == _row_texts(part, 0)


def _opens_with_title(part: TablePart) -> bool:
    """Tell whether the first row is one full-width cell naming a table."""
    first = [item for item in part.cells if item.cell.row == 0]
    return len(first) == 1 and part.grid.column_count > 1 and bool(_NAMES_TABLE.search(fold(first[0].text)))


def _assemble(parts: list[TablePart]) -> LogicalTable:
    lefts = list(parts[0].grid.column_edges[:-1])
    shifts = [0.0]
    right = parts[0].grid.box.x1
    is_beside = [False, *(stands_beside(parts[:number], parts[number]) for number in range(1, len(parts)))]
    for part, beside in zip(parts[1:], is_beside[1:], strict=True):
        shift = part.grid.box.x0 - right if beside else _shift(parts[0], part) or 0.0
        right += part.grid.box.x1 - part.grid.box.x0 if beside else 0.0
        shifts.append(shift)
        for edge in part.grid.column_edges[:-1] if part.method == "ruled" else ():
            if min(abs(edge - shift - left) for left in lefts) > _EDGE_TOLERANCE:
                lefts.append(edge - shift)
        lefts.sort()
    table = LogicalTable(parts, [], lefts, 0)
    tops = _common_tops([part for part, beside in zip(parts, is_beside, strict=True) if beside], parts[0])
    for number, (part, shift) in enumerate(zip(parts, shifts, strict=True)):
        if is_beside[number] or (number == 0 and any(is_beside)):
            table.cells.extend(_place_beside(item, part, tops, shift, lefts) for item in part.cells)
            table.row_count = len(tops) - 1
            continue
        skipped = _repeated_rows(parts[0], part) if number else 0
        placed = [_place(item, part, shift, lefts, table.row_count - skipped) for item in part.cells]
        placed = [cell for cell in placed if cell.row >= table.row_count]
        added = part.grid.row_count - skipped
        if number:
            placed, saved = _continue_cut_cells(table, placed)
            added -= saved
        table.cells.extend(placed)
        table.row_count += added
    return table


def _repeated_rows(first: TablePart, part: TablePart) -> int:
    """Return how many leading rows of a continuation repeat those of the first part."""
    count = 0
    while count < min(first.grid.row_count, part.grid.row_count):
        texts = _row_texts(part, count)
        if not any(texts) or texts != _row_texts(first, count) or _holds_amount(texts):
            break
        count += 1
    return count


def _holds_amount(texts: list[str]) -> bool:
    return any("." in text and read_printed_number(text).state is CellState.NUMBER for text in texts)


def _place(item: CellText, part: TablePart, shift: float, lefts: list[float], row_offset: int) -> PlacedCell:
    box = item.cell.box
    column, end = item.cell.column, item.cell.column + item.cell.column_span
    is_uncertain = not part.grid.uncertain_columns.isdisjoint(range(column, end))
    if part.method == "ruled":
        column = _nearest(lefts, box.x0 - shift)
        end = bisect_left(lefts, box.x1 - shift - _EDGE_TOLERANCE)
    return PlacedCell(
        page_no=part.page_no,
        row=item.cell.row + row_offset,
        column=column,
        row_span=item.cell.row_span,
        column_span=max(1, end - column),
        lines=item.lines,
        line_boxes=item.line_boxes,
        box=box,
        size=item.size,
        confidence=UNCERTAIN_COLUMN if is_uncertain and item.confidence is None else item.confidence,
        method=part.text_method,
    )


def _common_tops(beside: list[TablePart], first: TablePart) -> list[float]:
    """Return the edges of the rows of a table and of the parts beside it: headings are divided in some of them only."""
    tops = list(first.grid.row_edges)
    for part in beside:
        tops += [y for y in part.grid.row_edges if min(abs(y - top) for top in tops) > _ROW_TOLERANCE]
    return sorted(tops)


def _place_beside(
    item: CellText, part: TablePart, tops: list[float], shift: float, lefts: list[float]
) -> PlacedCell:
    """Place a cell of a table whose columns stand on several pages in its row, by height."""
    placed = _place(item, part, shift, lefts, 0)
    row, end = _nearest(tops, item.cell.box.top), _nearest(tops, item.cell.box.bottom)
    placed.row, placed.row_span = row, max(1, end - row)
    return placed


def _nearest(lefts: list[float], x: float) -> int:
    index = bisect_left(lefts, x)
    if index == len(lefts) or (index and x - lefts[index - 1] <= lefts[index] - x):
        return index - 1
    return index


def _continue_cut_cells(table: LogicalTable, placed: list[PlacedCell]) -> tuple[list[PlacedCell], int]:
    """Join the cells that the page break has cut; return the other cells and how many rows that saved.

    The first row of a continuation is the rest of the last row when every text in it goes on from a text
    above or stands under an empty cell. Otherwise it is a row of its own, and only cells merged over several
    rows carry on from above: those whose text goes on, and empty ones.
    """
    cut_row = table.row_count
    last = {cell.column: cell for cell in table.cells if cell.row + cell.row_span >= cut_row}
    pairs = [
        (last[cell.column], cell)
        for cell in placed
        if cell.row == cut_row and cell.column in last and last[cell.column].column_span == cell.column_span
    ]
    going_on = [cell for above, cell in pairs if _goes_on(above, cell)]
    filled = [cell for cell in placed if cell.row == cut_row and cell.lines]
    under_empty = [cell for above, cell in pairs if cell.lines and not above.lines]
    is_rest = bool(going_on) and len(going_on) + len(under_empty) == len(filled)
    joined = set()
    for above, cell in pairs:
        carries_on = cell.row_span > 1 and (cell in going_on or (above.lines and not cell.lines))
        if is_rest or carries_on:
            _append(above, cell, 1 if is_rest else 0)
            joined.add(id(cell))
    others = [cell for cell in placed if id(cell) not in joined]
    if is_rest:
        for cell in others:
            cell.row -= 1
    return others, int(is_rest)


def _append(above: PlacedCell, cell: PlacedCell, saved: int) -> None:
    above.lines = above.lines + cell.lines
    above.line_boxes = above.line_boxes + cell.line_boxes
    above.row_span += cell.row_span - saved


def _goes_on(above: PlacedCell, cell: PlacedCell) -> bool:
    """Tell whether a text carries on from one whose last line fills its cell to the right edge."""
    if not above.lines or not cell.lines or above.column_span != cell.column_span:
        return False
    if above.lines[-1][-1] in "。；;！" or _STARTS_AN_ITEM.match(fold(cell.lines[0])):
        return False
    if read_printed_number(cell.text).state is not CellState.TEXT:
        return False
    free = above.box.x1 - above.line_boxes[-1].x1
    margin = max(0.0, above.line_boxes[-1].x0 - above.box.x0)
    return free < 1.2 * max(above.size, 1.0) + min(margin, above.size)
