"""The money unit of each statement: printed with it, else the document's, else inferred from other statements."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from transforms.grid import Grid
from transforms.recognition import Draft
from transforms.wording import clean

#: Money units in 元.
YUAN = {"元": Decimal(1), "千元": Decimal(1000), "万元": Decimal(10_000), "亿元": Decimal(100_000_000)}
_PRINTED = re.compile(
    r"(?:金额)?单位[:：]?[(（]?(?:人民币)?(亿元|万元|千元|元)|[(（](亿元|万元|千元|元)[)）]"
)


@dataclass(frozen=True, slots=True)
class MoneyUnit:
    """A statement's money unit and whether it had to be inferred."""

    unit: str | None
    is_inferred: bool


def printed_unit(draft: Draft) -> str | None:
    """Return the unit printed with a statement: by extraction's own reading, its caption, headings or notes."""
    for part in draft.parts:
        if part.grid.money_unit:
            return part.grid.money_unit
        for text in (*part.grid.caption, *part.head.titles, *_heading_texts(part.grid), *part.grid.notes):
            match = _PRINTED.search(clean(text))
            if match:
                return match[1] or match[2]
    return None


def _heading_texts(grid: Grid) -> list[str]:
    return [cell.text for row in range(1, 9) for cell in grid.own_cells(row) if "元" in cell.text]


def settle_units(drafts: list[Draft]) -> list[MoneyUnit]:
    """Return the unit of each draft, in order.

    Where none is printed, the grand totals decide: the largest amount of a summary statement is compared with
    that of statements whose unit is known; a ratio of about 10,000 tells 元 from 万元. Without such a statement
    the unit most statements print is taken. Both are marked as inferred.
    """
    printed = [printed_unit(draft) for draft in drafts]
    for index in range(1, len(drafts)):  # one unit line above several tables of a page
        same_page = drafts[index].parts[0].grid.first_page == drafts[index - 1].last_page
        if printed[index] is None and same_page and drafts[index].kind and drafts[index - 1].kind:
            printed[index] = printed[index - 1]
    known = [(unit, _largest(draft)) for unit, draft in zip(printed, drafts, strict=True) if unit]
    common = Counter(unit for unit, _ in known).most_common(1)
    return [
        MoneyUnit(unit, False) if unit else MoneyUnit(_infer(draft, known, common), True)
        for unit, draft in zip(printed, drafts, strict=True)
    ]


def _infer(draft: Draft, known: list[tuple[str, Decimal]], common: list[tuple[str, int]]) -> str | None:
    largest = _largest(draft)
    reference = max((value * YUAN[unit] for unit, value in known), default=Decimal(0))
    if largest and reference:
        for unit in ("万元", "元"):
            if Decimal("0.5") <= largest * YUAN[unit] / reference <= Decimal("2"):
                return unit
    return common[0][0] if common else _by_shape(draft)


def _largest(draft: Draft) -> Decimal:
    values = [
        cell.value
        for part in draft.parts
        for cell in part.grid.cells
        if cell.is_numeric
        and cell.value is not None
        and cell.state == "number"
        and (cell.decimals or "," in cell.text)
    ]
    return max(values, default=Decimal(0))


def _by_shape(draft: Draft) -> str | None:
    """Without any printed unit in the document: sums of more than ten million with two decimals are 元."""
    largest = _largest(draft)
    if not largest:
        return None
    return "元" if largest >= Decimal(10_000_000) else "万元"
