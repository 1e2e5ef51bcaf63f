"""The grid of one extracted table as plain Python objects: cells with spans, and who covers which position."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

import polars as pl

from extractors.printed_number import fold

NUMERIC_STATES = frozenset({"number", "zero_printed", "percent"})
#: States of a cell that stands for no amount: the row exists, so it counts as zero.
EMPTY_STATES = frozenset({"blank", "dash", "none_word", "ellipsis"})


@dataclass(slots=True)
class Cell:
    """One printed cell; ``row`` and ``column`` count from 1 as in extraction."""

    row: int
    column: int
    row_span: int
    column_span: int
    raw: str
    text: str
    state: str
    value: Decimal | None
    decimals: int | None
    page: int

    @property
    def is_numeric(self) -> bool:
        """Whether the cell holds a number."""
        return self.state in NUMERIC_STATES


@dataclass(slots=True)
class Grid:
    """One extracted table."""

    table_no: int
    first_page: int
    last_page: int
    row_count: int
    column_count: int
    caption: list[str]
    notes: list[str]
    money_unit: str | None
    box: tuple[float, float, float, float]
    cells: list[Cell] = field(default_factory=list)
    rows: dict[int, list[Cell]] = field(default_factory=dict)
    owner: dict[tuple[int, int], Cell] = field(default_factory=dict)
    edges: dict[int, float] = field(default_factory=dict)  # column → left edge on the page
    is_further_form: bool = False  # cut from a grid in which another form stands before it

    def at(self, row: int, column: int) -> Cell | None:
        """Return the cell that covers a position."""
        return self.owner.get((row, column))

    def text_at(self, row: int, column: int) -> str:
        """Return the folded text of the cell that covers a position, "" where there is none."""
        cell = self.owner.get((row, column))
        return cell.text if cell else ""

    def own_cells(self, row: int) -> list[Cell]:
        """Return the cells that begin in a row, left to right."""
        return self.rows.get(row, [])

    def covering_cells(self, row: int) -> list[Cell]:
        """Return the different cells that cover a row, left to right."""
        found: list[Cell] = []
        for column in range(1, self.column_count + 1):
            cell = self.owner.get((row, column))
            if cell and (not found or found[-1] is not cell):
                found.append(cell)
        return found


_TABLE_COLUMNS = (
    "table_no", "first_page", "last_page", "row_count", "column_count", "caption", "notes", "money_unit",
    "x0", "top", "x1", "bottom",
)  # fmt: skip
_CELL_COLUMNS = (
    "table_no", "row_no", "column_no", "row_span", "column_span", "raw_text", "state", "value", "decimals",
    "page", "x0",
)  # fmt: skip


def read_grids(extraction: Mapping[str, pl.DataFrame]) -> list[Grid]:
    """Return the tables of one extracted document in order."""
    grids: dict[int, Grid] = {}
    for row in extraction["table"].select(_TABLE_COLUMNS).sort("table_no").iter_rows():
        grids[row[0]] = Grid(
            table_no=row[0],
            first_page=row[1],
            last_page=row[2],
            row_count=row[3],
            column_count=row[4],
            caption=[line for line in (row[5] or "").split("\n") if line.strip()],
            notes=[line for line in (row[6] or "").split("\n") if line.strip()],
            money_unit=row[7],
            box=(row[8] or 0.0, row[9] or 0.0, row[10] or 0.0, row[11] or 0.0),
        )
    cells = extraction["cell"].select(_CELL_COLUMNS).sort("table_no", "row_no", "column_no")
    for row in cells.iter_rows():
        grid = grids.get(row[0])
        if grid is not None:
            _add_cell(grid, row)
    return list(grids.values())


def _add_cell(grid: Grid, row: tuple[object, ...]) -> None:
    _, row_no, column_no, row_span, column_span, raw, state, value, decimals, page, x0 = row
    cell = Cell(
        row_no,  # type: ignore[arg-type]
        column_no,  # type: ignore[arg-type]
        row_span or 1,  # type: ignore[arg-type]
        column_span or 1,  # type: ignore[arg-type]
        raw or "",  # type: ignore[arg-type]
        fold(raw or ""),  # type: ignore[arg-type]
        state,  # type: ignore[arg-type]
        value,  # type: ignore[arg-type]
        decimals,  # type: ignore[arg-type]
        page,  # type: ignore[arg-type]
    )
    grid.cells.append(cell)
    grid.rows.setdefault(cell.row, []).append(cell)
    for r in range(cell.row, cell.row + cell.row_span):
        for c in range(cell.column, cell.column + cell.column_span):
            grid.owner.setdefault((r, c), cell)
    if cell.page == grid.first_page and x0 is not None:
        grid.edges.setdefault(cell.column, x0)  # type: ignore[arg-type]
    grid.row_count = max(grid.row_count, cell.row + cell.row_span - 1)
    grid.column_count = max(grid.column_count, cell.column + cell.column_span - 1)
