"""Logical tables of a sample document: rows of cells that know which amount they print."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

Align = Literal["left", "center", "right"]

_UNIT_SCALE = {
    "元": Decimal(100),
    "百元": Decimal(10_000),
    "千元": Decimal(100_000),
    "万元": Decimal(1_000_000),
    "亿元": Decimal(10_000_000_000),
}


@dataclass(frozen=True, slots=True)
class AmountKey:
    """Which amount a cell prints, in the codes of ``transforms/vocabulary``."""

    line_code: str
    measure: str = "total"
    functional_code: str | None = None
    economic_code: str | None = None
    fund: str = "all"
    stage: str = "final"
    item: str = ""


@dataclass(slots=True)
class Cell:
    """One cell at a column of its row; ``key`` says which amount it prints, None for labels."""

    text: str = ""
    column_span: int = 1
    row_span: int = 1
    align: Align = "center"
    key: AmountKey | None = None
    unit: str = ""


@dataclass(slots=True)
class Table:
    """One statement or form. ``header`` and ``body`` are rows of cells; a row lists only the cells that begin in it."""

    statement_code: str
    title: str
    widths: list[float]
    header: list[list[Cell]]
    body: list[list[Cell]]
    form_label: str = ""
    unit_line: str = ""
    year_line: str = ""
    money_unit: str = "万元"
    money_label: str = "单位"
    notes: list[str] = field(default_factory=list)
    is_wide: bool = False
    rules: str = ""  # how this table is ruled where not as the layout says

    def cells(self) -> Iterator[Cell]:
        """Every cell, header first."""
        for row in (*self.header, *self.body):
            yield from row

    def find(self, **wanted: str | None) -> Cell:
        """Return the one cell whose key has all the given fields.

        Raises ``LookupError`` where none or several match.
        """
        found = [
            cell
            for cell in self.cells()
            if cell.key and all(getattr(cell.key, name) == value for name, value in wanted.items())
        ]
        if len(found) != 1:
            raise LookupError(f"{self.statement_code}: {len(found)} cells match {wanted}")
        return found[0]


@dataclass(frozen=True, slots=True)
class Printer:
    """How a document prints money: unit, thousands separators, and what stands for zero."""

    money_unit: str = "万元"
    thousands: bool = True
    zero: str = ""
    decimals: int = 2

    def number(self, hundredths: int, *, zero: str | None = None, unit: str | None = None) -> str:
        """Amount in 分, printed in the document's unit and decimals, rounded half up."""
        if hundredths == 0:
            return self.zero if zero is None else zero
        value = rounded(hundredths, unit or self.money_unit, self.decimals)
        return f"{value:,f}" if self.thousands else f"{value:f}"

    def cell(self, hundredths: int, key: AmountKey, *, unit: str | None = None) -> Cell:
        """Cell that prints an amount, right aligned."""
        unit = unit or self.money_unit
        return Cell(self.number(hundredths, unit=unit), align="right", key=key, unit=unit)


def rounded(hundredths: int, money_unit: str, decimals: int = 2) -> Decimal:
    """Amount in 分 as a number of ``money_unit`` with ``decimals`` decimals, rounded half up."""
    step = Decimal(1).scaleb(-decimals)
    return (Decimal(hundredths) / _UNIT_SCALE[money_unit]).quantize(step, ROUND_HALF_UP)


def label(text: str, align: Align = "left", column_span: int = 1, row_span: int = 1) -> Cell:
    """Cell that prints no amount."""
    return Cell(text, column_span, row_span, align)


def headers(*rows: Iterable[str | tuple[str, int] | tuple[str, int, int]]) -> list[list[Cell]]:
    """Header rows from short forms: text, (text, column span) or (text, column span, row span)."""
    result = []
    for row in rows:
        cells = []
        for entry in row:
            text, column_span, row_span = (entry, 1, 1) if isinstance(entry, str) else (*entry, 1, 1)[:3]
            cells.append(Cell(text, column_span, row_span, "center"))
        result.append(cells)
    return result
