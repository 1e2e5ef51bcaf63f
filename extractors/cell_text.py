"""Putting the text of a page into the cells of its tables."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from extractors.grid import Grid, GridCell
from extractors.page_objects import Box, Chars, Flags, Floats
from extractors.text_runs import Run, Runs

#: A gap of this part of the character size inside a cell's line is kept as one space.
_SPACE_GAP = 0.3
_NO_CELL = -1


@dataclass(slots=True)
class CellText:
    """A drawn cell with what is printed in it, line by line."""

    cell: GridCell
    lines: list[str] = field(default_factory=list)
    line_boxes: list[Box] = field(default_factory=list)
    size: float = 0.0
    confidence: float | None = None

    @property
    def text(self) -> str:
        """The lines joined with line feeds."""
        return "\n".join(self.lines)


def fill_cells(grids: list[Grid], chars: Chars) -> tuple[list[list[CellText]], Flags]:
    """Return for every grid its cells with their text, and for every character whether it is in one of them.

    A run belongs to the cell that holds most of its characters; a run outside every cell is left over for
    the narrative.
    """
    if not len(chars) or not grids:
        return [[CellText(cell) for cell in grid.cells] for grid in grids], np.zeros(len(chars), np.bool_)
    runs = Runs(chars, sorted({edge for grid in grids for edge in grid.column_edges}))
    is_left = np.ones(len(runs.first), dtype=np.bool_)
    listed = runs.as_list()
    tables = []
    for grid in grids:
        inside: list[list[Run]] = [[] for _ in grid.cells]
        places = _Owners(grid).places(runs, is_left)
        for number in np.flatnonzero(places >= 0).tolist():
            inside[places[number]].append(listed[number])
        is_left &= places < 0
        tables.append(
            [_compose(cell, own, chars.confidence) for cell, own in zip(grid.cells, inside, strict=True)]
        )
    return tables, np.repeat(~is_left, runs.end - runs.first)


class _Owners:
    """Look-up from a point to the cell of one grid that covers it."""

    def __init__(self, grid: Grid) -> None:
        self._box = grid.box
        xs = sorted({x for cell in grid.cells for x in (cell.box.x0, cell.box.x1)})
        ys = sorted({y for cell in grid.cells for y in (cell.box.top, cell.box.bottom)})
        x_index = {x: i for i, x in enumerate(xs)}
        y_index = {y: i for i, y in enumerate(ys)}
        # One row and column more than there are squares: what lies beyond an edge finds _NO_CELL there.
        self._cells = np.full((len(ys), len(xs)), _NO_CELL, dtype=np.intp)
        for number in range(len(grid.cells) - 1, -1, -1):  # of cells that overlap the first one counts
            x0, top, x1, bottom = grid.cells[number].box
            self._cells[y_index[top] : y_index[bottom], x_index[x0] : x_index[x1]] = number
        self._xs, self._ys = np.array(xs), np.array(ys)

    def places(self, runs: Runs, wanted: Flags) -> NDArray[np.intp]:
        """Return for every wanted run the number of the cell holding most of it, _NO_CELL for all others."""
        box, middle = self._box, (runs.top + runs.bottom) / 2
        near = wanted & (middle >= box.top) & (middle < box.bottom)
        near &= (runs.x1 >= box.x0) & (runs.x0 <= box.x1)
        row = np.searchsorted(self._ys, middle, side="right") - 1
        first = self._cells[row, np.searchsorted(self._xs, runs.x0, side="right") - 1]
        last = self._cells[row, np.searchsorted(self._xs, runs.x1, side="right") - 1]
        places = np.where(near & (first == last), first, _NO_CELL)
        for number in np.flatnonzero(near & ((first != last) | (first == _NO_CELL))).tolist():
            places[number] = self._majority(runs, number, int(row[number]))
        return places

    def _majority(self, runs: Runs, number: int, row: int) -> int:
        """Return the cell with most characters of a run, _NO_CELL when most of it lies outside."""
        own = slice(runs.first[number], runs.end[number])
        middles = (runs.chars.x0[own] + runs.chars.x1[own]) / 2
        cells = self._cells[row, np.searchsorted(self._xs, middles, side="right") - 1]
        votes: Counter[int] = Counter(cells[cells != _NO_CELL].tolist())
        if not votes or 2 * votes.total() < len(middles):
            return _NO_CELL
        return max(votes, key=lambda cell: (votes[cell], -cell))


def _compose(cell: GridCell, runs: list[Run], confidence: Floats) -> CellText:
    result = CellText(cell)
    if not runs:
        return result
    result.size = runs[0].size
    if len(confidence):
        result.confidence = min(float(confidence[run.first : run.end].min()) for run in runs)
    if len(runs) == 1:
        run = runs[0]
        result.lines.append(run.text)
        result.line_boxes.append(Box(run.x0, run.top, run.x1, run.bottom))
        return result
    for line in group_lines(runs):
        _add_line(result, sorted(line, key=lambda run: run.x0))
    return result


def _add_line(result: CellText, line: list[Run]) -> None:
    pieces = [line[0].text]
    for before, after in pairwise(line):
        if after.x0 - before.x1 > _SPACE_GAP * before.size:
            pieces.append(" ")
        pieces.append(after.text)
    result.lines.append("".join(pieces))
    result.line_boxes.append(
        Box(line[0].x0, min(r.top for r in line), max(r.x1 for r in line), max(r.bottom for r in line))
    )


def group_lines(runs: list[Run]) -> list[list[Run]]:
    """Group runs into printed lines: those whose middles lie within half the smaller height of each other."""
    lines: list[list[Run]] = []
    middle = 0.0
    for run in sorted(runs, key=lambda r: (r.top + r.bottom, r.x0)):
        own = (run.top + run.bottom) / 2
        if lines and own - middle <= 0.5 * min(run.bottom - run.top, lines[-1][0].bottom - lines[-1][0].top):
            lines[-1].append(run)
        else:
            lines.append([run])
            middle = own
    return lines
