"""Rows that are not drawn, in columns that are known: below a ruled heading, between upright rules, or from the page before."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np

from extractors.aligned_blocks import ALIGNED, names_table, next_block
from extractors.aligned_lines import Line, lines_of_text
from extractors.aligned_rows import (
    body_cells,
    collides,
    labels_over_columns,
    number_columns,
    row_edges,
    row_lines,
    wide_rules,
)
from extractors.cell_text import CellText
from extractors.grid import Edge, Grid, GridCell
from extractors.page_objects import Box, Chars
from extractors.printed_number import CellState, fold, read_printed_number

_FEWEST_LINES = 3  # of cells that hold several rows
_FEWEST_COLUMNS = 3  # of a table whose rows may be open
_NEAR = 1.5  # of the size: no further below its heading begins a body
_MOST_HEADING_ROWS = 6


def rows_going_on(body: list[Line], horizontal: list[Edge], before: Grid) -> Grid | None:
    """Return the rows of ``body`` in the columns of another table, None where its texts do not fit into them."""
    xs = before.column_edges
    columns = list(pairwise(xs))
    numbers = [[s for s in line.segments if s.is_number] for line in body]
    stands_in = all(
        any(x0 - ALIGNED <= s.x0 and s.x1 <= x1 + ALIGNED for x0, x1 in columns)
        for row in numbers
        for s in row
    )
    if not stands_in or any(collides(row, columns) for row in numbers):
        return None
    top = body[0].top - 1
    rules = wide_rules(horizontal, xs[0], xs[-1])
    rows = row_lines(body)
    ys = [top, *row_edges(rows, rules)]
    ys.append(max(body[-1].bottom + 1, ys[-1] + 1))
    numbered = before.number_columns | number_columns(rows, xs)
    cells = body_cells(xs, ys, 0, labels_over_columns(rows, xs, numbered))
    uncertain = before.uncertain_columns
    return Grid(Box(xs[0], ys[0], xs[-1], ys[-1]), list(xs), ys, cells, uncertain, numbered)


def is_heading_alone(grid: Grid, cells: list[CellText]) -> bool:
    """Tell whether a ruled table is a heading without rows: few rows of several columns, and no number but those of columns."""
    if grid.row_count > _MOST_HEADING_ROWS or grid.column_count < 2:
        return False
    printed = [item for item in cells if item.lines]
    numbers = [item for item in printed if read_printed_number(item.text).state is not CellState.TEXT]
    count_columns = all(
        item.cell.row == grid.row_count - 1 and item.text.isdigit() and len(item.text) < 3 for item in numbers
    )
    return count_columns and len(printed) > len(numbers)


def with_body_below(heading: Grid, chars: Chars, horizontal: list[Edge]) -> Grid | None:
    """Return a ruled heading with the rows of ``chars`` that stand below it in its columns; None where none do."""
    box = heading.box
    middle = (chars.x0 + chars.x1) / 2
    is_below = (chars.top >= box.bottom - 1) & (middle >= box.x0) & (middle <= box.x1)
    below = chars.take(np.flatnonzero(is_below))
    if not len(below):
        return None
    lines = lines_of_text(below, heading.column_edges)
    block = next_block(lines, 0, may_open=True)
    if block is None or lines[0].top - box.bottom > _NEAR * lines[0].size:
        return None
    body = lines[: block[1]]
    if any(line.is_prose or names_table(line) for line in body[: block[0]]):
        return None
    rows = rows_going_on(body, horizontal, heading)
    return _put_below(heading, rows) if rows else None


def _put_below(heading: Grid, body: Grid) -> Grid:
    height, ys = heading.row_count, [heading.box.bottom, *body.row_edges[1:]]
    cells = [
        _moved(cell, cell.row + height, Box(cell.box.x0, ys[cell.row], cell.box.x1, ys[cell.row + 1]))
        for cell in body.cells
    ]
    return replace(
        heading,
        box=Box(heading.box.x0, heading.box.top, heading.box.x1, ys[-1]),
        row_edges=[*heading.row_edges[:-1], *ys],
        cells=[*heading.cells, *cells],
        number_columns=body.number_columns,
    )


def _moved(cell: GridCell, row: int, box: Box) -> GridCell:
    """Return a cell in another row with another box."""
    return cell._replace(row=row, box=box)


def with_rows_of_text(grid: Grid, cells: list[CellText], chars: Chars) -> Grid | None:
    """Return a ruled table with the rows parted that have no rules between them; None where it has none.

    Between upright rules alone a column is one cell: several lines of it are amounts, as many as others have names. Where
    upright rules end with the heading, a row is one cell: its numbers stand in several columns.
    """
    rows = _rows_to_look_at(grid, cells)
    open_rows = {row for row in rows if _is_open(row, grid, cells)}
    tall = {row for row in rows if row not in open_rows and _holds_rows(row, cells)}
    parted = {row: _edges_between(grid, row, chars) for row in sorted(open_rows | tall)}
    parted = {row: edges for row, edges in parted.items() if len(edges) > (2 if row in tall else 1)}
    if not parted:
        return None
    xs, ys = grid.column_edges, list[float]()
    result: list[GridCell] = []
    for row in range(grid.row_count):
        own = [cell for cell in grid.cells if cell.row == row]
        if row in parted and row in open_rows:
            own = [GridCell(Box(x0, 0, x1, 0), row, n, 1, 1) for n, (x0, x1) in enumerate(pairwise(xs))]
        edges = parted.get(row, grid.row_edges[row : row + 2])
        for number, (top, bottom) in enumerate(pairwise(edges)):
            for cell in own:
                box = Box(cell.box.x0, top, cell.box.x1, bottom) if row in parted else cell.box
                result.append(_moved(cell, len(ys) + number, box))
        ys += edges[:-1]
    return replace(grid, row_edges=[*ys, grid.row_edges[-1]], cells=result)


def _rows_to_look_at(grid: Grid, cells: list[CellText]) -> list[int]:
    """Return the rows with a cell of several lines, or of one over all columns: few tables have any."""
    return sorted(
        {
            item.cell.row
            for item in cells
            if len(item.lines) >= _FEWEST_LINES or (item.lines and item.cell.column_span == grid.column_count)
        }
    )


def _is_open(row: int, grid: Grid, cells: list[CellText]) -> bool:
    """Tell whether a row is one cell over several columns, with as many texts or more than a label would have."""
    own = [item for item in cells if item.cell.row <= row < item.cell.row + item.cell.row_span]
    if len(own) != 1 or own[0].cell.row_span > 1 or grid.column_count < _FEWEST_COLUMNS or not row:
        return False
    words = own[0].text.split()
    states = [read_printed_number(fold(word)).state for word in words]
    return len(words) > 1 and states.count(CellState.NUMBER) > 1 and CellState.TEXT not in states[1:]


def _holds_rows(row: int, cells: list[CellText]) -> bool:
    own = [item for item in cells if item.cell.row <= row < item.cell.row + item.cell.row_span]
    if any(item.cell.row_span > 1 for item in own):
        return False
    tall = [item for item in own if len(item.lines) >= _FEWEST_LINES]
    return len(tall) > 1 and any(_are_figures(item.lines) for item in tall)


def _are_figures(lines: list[str]) -> bool:
    states = [read_printed_number(fold(line)).state for line in lines]
    return CellState.TEXT not in states and states.count(CellState.NUMBER) > 1


def _edges_between(grid: Grid, row: int, chars: Chars) -> list[float]:
    """Return the edges of the rows that stand in one drawn row; none where its texts do not fit into the columns."""
    top, bottom = grid.row_edges[row : row + 2]
    middle, across = (chars.top + chars.bottom) / 2, (chars.x0 + chars.x1) / 2
    is_inside = (middle > top) & (middle < bottom) & (across > grid.box.x0) & (across < grid.box.x1)
    rows = row_lines(lines_of_text(chars.take(np.flatnonzero(is_inside)), grid.column_edges))
    columns = list(pairwise(grid.column_edges))
    stray = any(
        s.is_number and not any(c[0] - 1 <= s.x0 and s.x1 <= c[1] + 1 for c in columns)
        for line in rows
        for s in line.segments
    )
    if stray or any(collides(line.segments, columns) for line in rows):
        return []
    return [top, *row_edges(rows, []), bottom]
