"""Setting a logical table on pages: column widths, wrapped cells, rules, and breaks between rows."""

from __future__ import annotations

from dataclasses import dataclass, replace

from samples.drawing import PageDrawing, RuleLine, TextRun
from samples.fonts import text_width
from samples.line_breaking import wrap_cell
from samples.tables import Cell, Table

#: Points between a cell's edge and its text: between rules, and where no upright rule parts the columns.
_PAD_BETWEEN_RULES, _PAD_WITHOUT_RULES = 2.0, 5.0
_PAD_Y = 2.6
_LEADING = 1.22


@dataclass(frozen=True, slots=True)
class PlacedCell:
    """A cell with its place in the grid (rows and columns count from 0) and its wrapped lines."""

    cell: Cell
    row: int
    column: int
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table's cells in place, column edges in points from the left, and row heights."""

    placed: tuple[PlacedCell, ...]
    edges: tuple[float, ...]
    heights: tuple[float, ...]
    header_rows: int
    size: float
    pad: float


@dataclass(frozen=True, slots=True)
class DrawnCell:
    """Where a cell ended up; the box is in points as seen, rows count from 0 in the grid."""

    cell: Cell
    page: int
    box: tuple[float, float, float, float]
    row: int = 0


def place_cells(rows: list[list[Cell]]) -> list[tuple[Cell, int, int]]:
    """Return every cell with its row and column, counting from 0: spans of cells above and beside move it to the right."""
    taken: set[tuple[int, int]] = set()
    placed = []
    for row_number, row in enumerate(rows):
        column = 0
        for cell in row:
            while (row_number, column) in taken:
                column += 1
            placed.append((cell, row_number, column))
            for down in range(cell.row_span):
                for right in range(cell.column_span):
                    taken.add((row_number + down, column + right))
            column += cell.column_span
    return placed


def _shares(table: Table, *, narrow: bool) -> list[float]:
    """Relative column widths; narrow ones leave the columns of amounts less than their numbers need."""
    if not narrow or len(table.widths) > 9:
        return table.widths
    amount_columns = {column for cell, _, column in place_cells(table.body) if cell.key is not None}
    return [share * 0.45 if column in amount_columns else share for column, share in enumerate(table.widths)]


def lay_grid(
    table: Table, width: float, size: float, *, narrow: bool = False, rule_style: str = "lines"
) -> Grid:
    """Wrap every cell for a table ``width`` points wide set at ``size``."""
    shares = _shares(table, narrow=narrow)
    pad = _PAD_WITHOUT_RULES if rule_style in ("horizontal", "none") else _PAD_BETWEEN_RULES
    scale = width / sum(shares)
    edges = [0.0]
    for share in shares:
        edges.append(edges[-1] + share * scale)
    rows = [*table.header, *table.body]
    heights = [size * _LEADING + 2 * _PAD_Y] * len(rows)
    placed = []
    for cell, row, column in place_cells(rows):
        room = edges[column + cell.column_span] - edges[column] - 2 * pad
        lines = tuple(wrap_cell(cell.text, room, size))
        placed.append(PlacedCell(cell, row, column, lines))
        if cell.row_span == 1:
            heights[row] = max(heights[row], len(lines) * size * _LEADING + 2 * _PAD_Y)
    for item in placed:
        span = range(item.row, item.row + item.cell.row_span)
        missing = len(item.lines) * size * _LEADING + 2 * _PAD_Y - sum(heights[row] for row in span)
        if missing > 0:
            heights[span[-1]] += missing
    return Grid(tuple(placed), tuple(edges), tuple(heights), len(table.header), size, pad)


def numbers_overflow(grid: Grid) -> bool:
    """Tell whether an amount or a heading above amounts is wider than its cell."""
    return any(
        text_width(line) * grid.size
        > grid.edges[item.column + item.cell.column_span] - grid.edges[item.column] - grid.pad
        for item in grid.placed
        if item.cell.key is not None or item.row < grid.header_rows
        for line in item.lines
    )


def _cut_row(grid: Grid, row: int) -> Grid:
    """Cut a row after its first line: the other lines become a row of their own, numbers stay above."""
    placed = []
    for item in grid.placed:
        if item.row == row and item.cell.row_span == 1:
            placed.append(replace(item, lines=item.lines[:1]))
            rest = replace(item.cell, key=None, text="")
            placed.append(PlacedCell(rest, row + 1, item.column, item.lines[1:] or ("",)))
        else:
            placed.append(replace(item, row=item.row + 1) if item.row > row else item)
    upper = grid.size * _LEADING + 2 * _PAD_Y
    heights = (*grid.heights[:row], upper, grid.heights[row] - upper + 2 * _PAD_Y, *grid.heights[row + 1 :])
    return replace(grid, placed=tuple(placed), heights=heights)


def cut_at_page_ends(grid: Grid, first_room: float, next_room: float) -> Grid:
    """Cut the rows of several lines that would begin on one page and end on the next."""
    room, row = first_room, 0
    one_line = grid.size * _LEADING + 2 * _PAD_Y
    while row < len(grid.heights):
        if grid.heights[row] > room and row >= grid.header_rows:
            if room >= one_line and grid.heights[row] > one_line + 1:
                grid = _cut_row(grid, row)
                row += 1
            room = next_room
        room -= grid.heights[row]
        row += 1
    return grid


def cut_columns(grid: Grid, room: float) -> tuple[Grid, Grid] | None:
    """Cut a grid into what fits into ``room`` from the left and the rest, where no cell stands across the cut."""
    spanned = {
        column
        for item in grid.placed
        for column in range(item.column + 1, item.column + item.cell.column_span)
    }
    places = [
        number
        for number in range(2, len(grid.edges) - 1)
        if number not in spanned
        and grid.edges[number] <= room
        and grid.edges[-1] - grid.edges[number] <= room
    ]
    if not places or grid.edges[-1] <= room:
        return None
    cut = places[-1]
    left = replace(grid, placed=tuple(p for p in grid.placed if p.column < cut), edges=grid.edges[: cut + 1])
    moved = tuple(replace(p, column=p.column - cut) for p in grid.placed if p.column >= cut)
    edges = tuple(edge - grid.edges[cut] for edge in grid.edges[cut:])
    return left, replace(grid, placed=moved, edges=edges)


def split_rows(grid: Grid, first_room: float, next_room: float, *, repeat_header: bool) -> list[list[int]]:
    """Share the rows out to pages: rows of each part, the header's rows again in each part if it repeats."""
    header = list(range(grid.header_rows))
    header_height = sum(grid.heights[row] for row in header)
    parts: list[list[int]] = []
    current, room = list(header), first_room - header_height
    for row in range(grid.header_rows, len(grid.heights)):
        if grid.heights[row] > room and len(current) > (len(header) if not parts or repeat_header else 0):
            parts.append(current)
            current = list(header) if repeat_header else []
            room = next_room - (header_height if repeat_header else 0.0)
        current.append(row)
        room -= grid.heights[row]
    parts.append(current)
    return parts


def _text_runs(item: PlacedCell, box: tuple[float, float, float, float], grid: Grid) -> list[TextRun]:
    size, pad = grid.size, grid.pad
    x0, top, x1, bottom = box
    height = len(item.lines) * size * _LEADING
    baseline = top + (bottom - top - height) / 2 + size * 0.98
    runs = []
    for line in item.lines:
        width = text_width(line) * size
        x = {"left": x0 + pad, "right": x1 - pad - width, "center": (x0 + x1 - width) / 2}[item.cell.align]
        if line.strip():
            runs.append(TextRun(x, baseline, size, line))
        baseline += size * _LEADING
    return runs


def _merge(segments: set[tuple[float, float, float]]) -> list[tuple[float, float, float]]:
    """Join touching segments (position, from, to) that lie on one line."""
    merged: list[tuple[float, float, float]] = []
    for position, start, end in sorted(segments):
        if merged and merged[-1][0] == position and start <= merged[-1][2] + 0.01:
            merged[-1] = (position, merged[-1][1], max(end, merged[-1][2]))
        else:
            merged.append((position, start, end))
    return merged


def _rules(
    boxes: list[tuple[float, float, float, float]], header_bottom: float, style: str
) -> list[RuleLine]:
    if style == "none" or not boxes:
        return []
    across, down = set(), set()
    for x0, top, x1, bottom in boxes:
        across |= {(round(top, 3), x0, x1), (round(bottom, 3), x0, x1)}
        down |= {(round(x0, 3), top, bottom), (round(x1, 3), top, bottom)}
    horizontal = _merge(across)
    if style == "horizontal":
        outer = {min(y for y, _, _ in horizontal), max(y for y, _, _ in horizontal), round(header_bottom, 3)}
        left, right = min(x for _, x, _ in horizontal), max(x for _, _, x in horizontal)
        return [RuleLine(left, y, right, y) for y in sorted(outer)]
    vertical = _merge(down)
    if style == "open_sides":
        sides = {min(x for x, _, _ in vertical), max(x for x, _, _ in vertical)}
        vertical = [segment for segment in vertical if segment[0] not in sides]
    rules = [RuleLine(x0, y, x1, y, style == "thin_rects") for y, x0, x1 in horizontal]
    return rules + [
        RuleLine(x, top, x, bottom, style in ("thin_rects", "mixed")) for x, top, bottom in vertical
    ]


def draw_rows(
    grid: Grid, rows: list[int], page: PageDrawing, page_no: int, left: float, top: float, rule_style: str
) -> tuple[float, list[DrawnCell]]:
    """Draw the given rows from ``top`` down; return the bottom and the cells."""
    tops: dict[int, float] = {}
    y = top
    for row in rows:
        tops[row] = y
        y += grid.heights[row]
    boxes, drawn, header_bottom = [], [], top
    for item in grid.placed:
        own = [row for row in range(item.row, item.row + item.cell.row_span) if row in tops]
        if not own:
            continue
        box = (
            left + grid.edges[item.column],
            tops[own[0]],
            left + grid.edges[item.column + item.cell.column_span],
            tops[own[-1]] + grid.heights[own[-1]],
        )
        boxes.append(box)
        if own[0] != item.row:  # the rest of a cell that the page break cuts
            continue
        if item.row < grid.header_rows:
            header_bottom = max(header_bottom, box[3])
        page.runs.extend(_text_runs(item, box, grid))
        drawn.append(DrawnCell(item.cell, page_no, box, item.row))
    page.rules.extend(_rules(boxes, header_bottom, rule_style))
    return y, drawn
