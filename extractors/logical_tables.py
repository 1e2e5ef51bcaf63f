"""Joining the parts of a table that a page break has cut, and numbering its rows and columns once.

Columns that did not fit on their page stand beside the others (``beside.py``).

A part continues the table before it when nothing but running heads, page numbers or the same caption stands
between them and both have the same left and right edges. Columns are aligned by x, never by index: a
continuation may have fewer of them because only merged cells are left.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from extractors.beside import common_tops, partner_of
from extractors.cell_text import CellText
from extractors.grid import Grid
from extractors.page_objects import TextLine
from extractors.placed_cell import PlacedCell
from extractors.printed_number import CellState, fold, read_printed_number
from extractors.shared_headings import stretch_over_all, with_shared_headings
from extractors.table_parts import TablePart, first_text, opens_with_title, row_texts, same_header

#: Confidence of a cell whose column was read off alignments that leave a choice between two.
UNCERTAIN_COLUMN = 0.5

_EDGE_TOLERANCE = 4.0
_PAGE_BODY_REACHED = 0.5  # a table that ends above this part of its page was not cut by the page break
_DECIMALS_OF_MONEY = frozenset({2, 4, 6})
_LEFT_OF_A_NUMBER = re.compile(r"[\d,]*\.?\d+")
_STARTS_AN_ITEM = re.compile(r"[（(]?[一二三四五六七八九十\d]+[、.．）)]|其中|[①-⑳]|\d{3,}")


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
        part.beside = partner_of(groups[-1], part) if groups else None
        if groups and (part.beside is not None or continues(groups[-1], part)):
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
    if part.method != before.method or _shift(first, part) is None:
        return False
    own, earlier = _caption_key(part.above), _caption_key(first.above)
    if own.startswith("续表") or (own and own == earlier and same_header(first, part)):
        return True
    if before.below or before.grid.box.bottom < _PAGE_BODY_REACHED * before.page_height:
        return False
    if own:
        return own == earlier and first_text(first) != first_text(part)
    return not opens_with_title(part) or same_header(first, part)


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


def _assemble(parts: list[TablePart]) -> LogicalTable:
    rows = [[part, *(p for p in parts if p.beside is part)] for part in parts if part.beside is None]
    shifts, lefts = _columns(rows)
    table = LogicalTable(parts, [], lefts, 0)
    for row in rows:
        tops = common_tops(row)
        skipped = 0
        if table.row_count:
            skipped = _nearest(tops, row[0].grid.row_edges[_repeated_rows(parts[0], row[0])])
        placed = [
            _place(item, part, shifts[id(part)], lefts, tops if len(row) > 1 else None)
            for part in row
            for item in part.cells
        ]
        if len(row) > 1:
            begin = max(_nearest(tops, part.grid.row_edges[0]) for part in row[1:])
            stretch_over_all(placed, begin, row[0].grid.column_count, len(lefts))
            placed = with_shared_headings(placed)
        for cell in placed:
            cell.row += table.row_count - skipped
        placed = [cell for cell in placed if cell.row >= table.row_count]
        added = len(tops) - 1 - skipped
        if table.row_count:
            placed, saved = _continue_cut_cells(table, placed)
            added -= saved
        table.cells.extend(placed)
        table.row_count += added
    return table


def _columns(rows: list[list[TablePart]]) -> tuple[dict[int, float], list[float]]:
    """Return how far each part lies right of its place in the whole table, by its id, and the left edges of all columns."""
    first = rows[0][0]
    lefts = list(first.grid.column_edges[:-1])
    shifts: dict[int, float] = {}
    for row in rows:
        right = 0.0
        for part in row:
            shift = part.grid.box.x0 - right if part.beside else _shift(first, part) or 0.0
            right = part.grid.box.x1 - shift
            shifts[id(part)] = shift
            for edge in part.grid.column_edges[:-1] if part.method == "ruled" else ():
                if min(abs(edge - shift - left) for left in lefts) > _EDGE_TOLERANCE:
                    lefts.append(edge - shift)
    return shifts, sorted(lefts)


def _repeated_rows(first: TablePart, part: TablePart) -> int:
    """Return how many leading rows of a continuation repeat those of the first part."""
    count = 0
    cut_off = {""}
    while count < min(first.grid.row_count, part.grid.row_count):
        texts, printed = row_texts(part, count), row_texts(first, count)
        if not any(texts) or not _repeat(texts, printed, cut_off) or _holds_amount(texts):
            break
        cut_off |= {text.removeprefix(own) for own, text in zip(texts, printed, strict=True) if own}
        count += 1
    return count


def _repeat(texts: list[str], printed: list[str], cut_off: set[str]) -> bool:
    """Tell whether a row has the texts of another.

    Where a heading is repeated in too low a row, its last lines are cut off to the eye, and in the text stand
    in the row below (``cut_off``).
    """
    if len(texts) != len(printed) or texts[0] != printed[0]:
        return False
    return all(
        own == text or (own and text.startswith(own)) or (text and own.removesuffix(text) in cut_off)
        for own, text in zip(texts, printed, strict=True)
    )


def _holds_amount(texts: list[str]) -> bool:
    return any("." in text and read_printed_number(text).state is CellState.NUMBER for text in texts)


def _place(
    item: CellText, part: TablePart, shift: float, lefts: list[float], tops: list[float] | None
) -> PlacedCell:
    """Place a cell in its columns, and in its rows: by its number, or by height where ``tops`` of parts beside are given."""
    box = item.cell.box
    column, end = item.cell.column, item.cell.column + item.cell.column_span
    is_uncertain = not part.grid.uncertain_columns.isdisjoint(range(column, end))
    if part.method == "ruled":
        column = _nearest(lefts, box.x0 - shift)
        end = bisect_left(lefts, box.x1 - shift - _EDGE_TOLERANCE)
    row, row_span = item.cell.row, item.cell.row_span
    if tops:
        row = _nearest(tops, box.top)
        row_span = max(1, _nearest(tops, box.bottom) - row)
    return PlacedCell(
        page_no=part.page_no,
        row=row,
        column=column,
        row_span=row_span,
        column_span=max(1, end - column),
        lines=item.lines,
        line_boxes=item.line_boxes,
        box=box,
        size=item.size,
        confidence=UNCERTAIN_COLUMN if is_uncertain and item.confidence is None else item.confidence,
        method=part.text_method,
    )


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
    if _number_goes_on(above, cell):
        return True
    if above.lines[-1][-1] in "。；;！" or _STARTS_AN_ITEM.match(fold(cell.lines[0])):
        return False
    states = [read_printed_number(part.text).state for part in (above, cell)]
    if states[1] is not CellState.TEXT or states[0] is CellState.NUMBER:
        return False
    free = above.box.x1 - above.line_boxes[-1].x1
    margin = max(0.0, above.line_boxes[-1].x0 - above.box.x0)
    return free < 1.2 * max(above.size, 1.0) + min(margin, above.size)


def _number_goes_on(above: PlacedCell, cell: PlacedCell) -> bool:
    """Tell whether a number that filled its cell was broken: what is left of it has 2, 4 or 6 decimals only together."""
    line = above.line_boxes[-1]
    if (above.box.x1 - above.box.x0) - (line.x1 - line.x0) > 1.5 * max(above.size, 1.0):
        return False
    if not _LEFT_OF_A_NUMBER.fullmatch(fold(cell.text)):
        return False
    if read_printed_number(fold(above.text)).decimals in _DECIMALS_OF_MONEY:
        return False
    whole = read_printed_number(fold(above.text) + fold(cell.text))
    return whole.state is CellState.NUMBER and whole.decimals in _DECIMALS_OF_MONEY
