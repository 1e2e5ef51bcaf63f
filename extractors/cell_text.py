"""Putting the text of a page into the cells of its tables."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise

from extractors.grid import Grid, GridCell
from extractors.page_objects import Box, Chars
from extractors.text_runs import Run, find_runs

#: A gap of this part of the character size inside a cell's line is kept as one space.
_SPACE_GAP = 0.3


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


def fill_cells(grids: list[Grid], chars: Chars) -> tuple[list[list[CellText]], set[int]]:
    """Return for every grid its cells with their text, and the indices of the characters used.

    A run belongs to the cell that holds most of its characters; a run outside every cell is left over for
    the narrative.
    """
    edges = sorted({edge for grid in grids for edge in grid.column_edges})
    owners = [_Owners(grid) for grid in grids]
    inside: list[list[list[Run]]] = [[[] for _ in grid.cells] for grid in grids]
    used: set[int] = set()
    for run in find_runs(chars, edges):
        middle = (run.top + run.bottom) / 2
        for number, owner in enumerate(owners):
            place = owner.of_run(run, middle, chars)
            if place is not None:
                inside[number][place].append(run)
                used.update(range(run.first, run.end))
                break
    tables = [
        [_compose(cell, runs, chars.confidence) for cell, runs in zip(grid.cells, per_cell, strict=True)]
        for grid, per_cell in zip(grids, inside, strict=True)
    ]
    return tables, used


class _Owners:
    """Look-up from a point to the cell of one grid that covers it."""

    def __init__(self, grid: Grid) -> None:
        self._box = grid.box
        self._xs = sorted({x for cell in grid.cells for x in (cell.box.x0, cell.box.x1)})
        self._ys = sorted({y for cell in grid.cells for y in (cell.box.top, cell.box.bottom)})
        x_index = {x: i for i, x in enumerate(self._xs)}
        y_index = {y: i for i, y in enumerate(self._ys)}
        self._cells: dict[tuple[int, int], int] = {}
        for number, cell in enumerate(grid.cells):
            for column in range(x_index[cell.box.x0], x_index[cell.box.x1]):
                for row in range(y_index[cell.box.top], y_index[cell.box.bottom]):
                    self._cells.setdefault((column, row), number)

    def of_run(self, run: Run, middle: float, chars: Chars) -> int | None:
        """Return the number of the cell holding most of the run, or None when most of it lies outside."""
        box = self._box
        if middle < box.top or middle >= box.bottom or run.x1 < box.x0 or run.x0 > box.x1:
            return None
        row = bisect_right(self._ys, middle) - 1
        first = self._cells.get((bisect_right(self._xs, run.x0) - 1, row))
        last = self._cells.get((bisect_right(self._xs, run.x1) - 1, row))
        if first == last and first is not None:
            return first
        votes = Counter(
            self._cells.get((bisect_right(self._xs, (chars.x0[i] + chars.x1[i]) / 2) - 1, row))
            for i in range(run.first, run.end)
        )
        inside = {number: count for number, count in votes.items() if number is not None}
        if not inside or 2 * sum(inside.values()) < run.end - run.first:
            return None
        return max(inside, key=lambda number: (inside[number], -number))


def _compose(cell: GridCell, runs: list[Run], confidence: list[float]) -> CellText:
    result = CellText(cell)
    if not runs:
        return result
    result.size = runs[0].size
    if confidence:
        result.confidence = min(min(confidence[run.first : run.end]) for run in runs)
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
