"""What is known while one performance form is read, and the amounts found in it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal

from transforms.context import Context
from transforms.facts import Amount
from transforms.grid import Cell, Grid
from transforms.money_units import YUAN
from transforms.wording import clean

ZERO = Decimal(0)
_OTHER_MEASURES = frozenset({"weight", "score", "execution_rate"})  # everything else is money


@dataclass(slots=True)
class Form:
    """What is known of one form, possibly over several tables."""

    project: str = ""
    department: str = ""
    unit: str = ""
    goal: str = ""
    result: str = ""
    indicator_columns: dict[int, str] = field(default_factory=dict)
    edges: dict[int, float] = field(
        default_factory=dict
    )  # left edges of the columns below the indicator heading
    score: Decimal | None = None
    grade: str | None = None
    money_unit: str | None = None
    funding_seen: int = 0
    table_no: int = 0
    amounts: dict[tuple[int, int, int], Amount] = field(default_factory=dict)
    seen: Counter[str] = field(default_factory=Counter)
    meant: dict[tuple[int, int, int], str] = field(default_factory=dict)

    def unique(self, item: str) -> str:
        """Return an item told apart from equal ones before it by a running number."""
        self.seen[item] += 1
        return item if self.seen[item] == 1 else f"{item}#{self.seen[item]}"

    @property
    def key(self) -> str:
        """Return what the form is about: its project, or the unit of a whole-department form."""
        return self.project or self.unit or self.department


def right_of(grid: Grid, cell: Cell) -> Cell | None:
    """Return the cell to the right of a cell."""
    return grid.at(cell.row, cell.column + cell.column_span)


def match_word(patterns: tuple[tuple[re.Pattern[str], str], ...], text: str) -> str | None:
    """Return what the first pattern found in a short text stands for."""
    if not text or len(text) > 24:
        return None
    return next((name for pattern, name in patterns if pattern.search(text)), None)


def beside(grid: Grid, cell: Cell) -> str:
    """Return the nearest text to the left of a cell."""
    for column in range(cell.column - 1, 0, -1):
        other = grid.at(cell.row, column)
        if other is not None and other.text and not other.is_numeric:
            return clean(other.text)[:60]
    return ""


def add_amount(
    form: Form,
    grid: Grid,
    cell: Cell,
    context: Context,
    line: str,
    measure: str,
    item: str,
    name: str,
    fund: str = "all",
) -> None:
    """Add a cell's amount to a form; a cell is read once."""
    key = (grid.table_no, cell.row, cell.column)
    if key in form.amounts:
        return
    is_money = measure not in _OTHER_MEASURES
    unit = form.money_unit if is_money else "%" if measure == "execution_rate" else "分"
    value = cell.value if cell.is_numeric and cell.value is not None else ZERO
    scale = YUAN.get(unit or "") if is_money else None
    form.amounts[key] = Amount(
        table_no=grid.table_no,
        row_no=cell.row,
        column_no=cell.column,
        statement_no=context.statement_no,
        statement_code=context.kind.code,
        line_code=line,
        measure=measure,
        functional_code=None,
        economic_code=None,
        fund=fund,
        stage=context.default_stage,
        item=item,
        subject_name=name,
        state=cell.state,
        value=value,
        decimals=cell.decimals if cell.is_numeric else None,
        unit=unit,
        is_unit_inferred=context.is_unit_inferred and is_money and form.money_unit == context.money_unit,
        amount_yuan=value * scale if scale is not None else None,
        is_leaf=line in {"performance.indicator", "performance.funding_part"},
    )
