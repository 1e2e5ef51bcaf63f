"""The money unit of each statement: printed with it, else the document's, else inferred from other statements."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from extractors.money_unit import printed_unit as money_unit_of
from transforms.grid import Grid
from transforms.recognition import Draft
from transforms.subjects import scheme_of

#: Money units in 元.
YUAN = {
    "元": Decimal(1), "百元": Decimal(100), "千元": Decimal(1000), "万元": Decimal(10_000),
    "百万元": Decimal(1_000_000), "亿元": Decimal(100_000_000),
}  # fmt: skip

#: How a statement compares with the largest project that a form names, at least and at most.
_LEAST_OF_PROJECT, _MOST_OF_PROJECT = Decimal("0.5"), Decimal(4000)
_LEAST_OF_WHOLE = Decimal("0.00001")
#: Without any printed unit in the document: no unit's statements reach 100 亿元, few stay below 100 万元.
_LARGEST_IN_WAN = Decimal(1_000_000)
_FEWEST_DIGITS = 5  # of an amount without separators and decimals: years and line numbers have fewer


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
        texts = (*part.grid.caption, *part.head.titles, *_heading_texts(part.grid), *part.grid.notes)
        if unit := money_unit_of(texts):
            return unit
    return None


def _heading_texts(grid: Grid) -> list[str]:
    return [cell.text for row in range(1, 9) for cell in grid.own_cells(row) if "元" in cell.text]


def settle_units(drafts: list[Draft]) -> list[MoneyUnit]:
    """Return the unit of each draft, in order.

    Where none is printed, it is inferred from the amounts of statements whose unit is known, and marked as inferred:
    a statement is about as large as another (a ratio of about 10,000 tells 元 from 万元), or it has the unit most
    statements print unless that makes it larger than the whole document or next to nothing of it.
    """
    printed = [printed_unit(draft) for draft in drafts]
    for index in range(1, len(drafts)):  # one unit line above several tables of a page
        same_page = drafts[index].parts[0].grid.first_page == drafts[index - 1].last_page
        if printed[index] is None and same_page and drafts[index].kind and drafts[index - 1].kind:
            printed[index] = printed[index - 1]
    known = [(unit, draft) for unit, draft in zip(printed, drafts, strict=True) if unit]
    common, whole = _unit_and_whole(known, drafts)
    return [
        MoneyUnit(unit, False) if unit else MoneyUnit(_infer(draft, common, whole), True)
        for unit, draft in zip(printed, drafts, strict=True)
    ]


def _unit_and_whole(known: list[tuple[str, Draft]], drafts: list[Draft]) -> tuple[str | None, Decimal]:
    """Return the unit of statements that print none, and the largest amount of the document in 元.

    Forms of single projects print their own unit; they say how large the statements are, not what these print.
    """
    statements = [(unit, _largest(draft)) for unit, draft in known if not _is_form(draft)]
    if statements:
        unit = Counter(unit for unit, _ in statements).most_common(1)[0][0]
        return unit, max(value * YUAN[unit] for unit, value in statements)
    largest = max(
        (_largest(draft) for draft in drafts if draft.kind and not _is_form(draft)), default=Decimal(0)
    )
    project = max((_largest(draft) * YUAN[unit] for unit, draft in known), default=Decimal(0))
    for guess in ("万元", "元"):
        if project and _LEAST_OF_PROJECT <= largest * YUAN[guess] / project <= _MOST_OF_PROJECT:
            return guess, largest * YUAN[guess]
    unit = "元" if largest >= _LARGEST_IN_WAN else "万元"
    return (unit, largest * YUAN[unit]) if largest else (None, Decimal(0))


def _is_form(draft: Draft) -> bool:
    return draft.kind is not None and draft.kind.layout == "performance"


def _infer(draft: Draft, common: str | None, whole: Decimal) -> str | None:
    largest = _largest(draft)
    if not largest or not whole or common is None:
        return common
    for low, high in ((Decimal("0.5"), Decimal(2)), (_LEAST_OF_WHOLE, Decimal("1.5"))):
        for unit in dict.fromkeys((common, "万元", "元")):
            if low <= largest * YUAN[unit] / whole <= high:
                return unit
    return common


def _largest(draft: Draft) -> Decimal:
    """Return the largest amount; whole numbers without separators count where nothing else is printed, codes never."""
    numbers = [
        cell
        for part in draft.parts
        for cell in part.grid.cells
        if cell.is_numeric and cell.value is not None and cell.state == "number"
    ]
    values = [cell.value for cell in numbers if cell.value and (cell.decimals or "," in cell.text)]
    plain = [
        cell.value
        for cell in numbers
        if cell.value and len(cell.text) >= _FEWEST_DIGITS and scheme_of(cell.text) is None
    ]
    return max(values or plain, default=Decimal(0))
