"""Arithmetic identities inside one document's amounts: a measure of how well its tables were understood.

These sums serve the corpus report only. They reach no verdict on a document: findings come from the rules of
``expectations``, judged by ``warehouse/sql/rounding.sql``. Here an identity closes where the residual is no
larger than what the printed decimals of its members leave open.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from transforms.money_units import YUAN

ZERO = Decimal(0)
Row = dict[str, Any]

_EXPENDITURE_PARTS = (
    "basic", "project", "remittance_to_superior", "business_expenditure", "subsidy_to_subordinate", "reserve",
    "closing",
)  # fmt: skip
_SOURCE_PARTS = (
    "general_public_budget", "government_managed_funds", "state_capital_operations", "special_account_funds",
    "other_special_account", "superior_subsidy", "service_revenue", "business_revenue",
    "subordinate_remittance", "other_revenue", "use_of_nonfiscal_surplus", "carried_over", "opening_account_balance",
)  # fmt: skip
_FUND_PARTS = (
    "general_public_budget", "government_managed_funds", "state_capital_operations", "special_account_funds",
    "nonfiscal", "superior_subsidy", "service_revenue", "business_revenue", "subordinate_remittance",
    "other_revenue", "carried_over", "use_of_nonfiscal_surplus", "opening_account_balance",
)  # fmt: skip
_FISCAL = frozenset({"general_public_budget", "government_managed_funds", "state_capital_operations"})


@dataclass(frozen=True, slots=True)
class Identity:
    """One sum: what it says, the total, its parts, and how far the printed decimals let them differ."""

    statement_code: str
    family: str  # row | hierarchy | total | side
    subject: str
    total: Decimal
    parts: Decimal
    slack: Decimal
    part_count: int

    @property
    def residual(self) -> Decimal:
        """Return total minus parts in 元."""
        return self.total - self.parts

    @property
    def is_closed(self) -> bool:
        """Whether the residual lies within the printed decimals."""
        return abs(self.residual) <= self.slack


def half_width(row: Row) -> Decimal:
    """Return half a unit of the last printed decimal in 元; 0 for blanks and dashes."""
    if row["decimals"] is None or row["unit"] not in YUAN:
        return ZERO
    decimals: int = row["decimals"]
    return YUAN[row["unit"]].scaleb(-decimals) / 2


def find_identities(amounts: Iterable[Row]) -> tuple[list[Identity], int]:
    """Return the identities that could be evaluated, and how many subjects had a total but no parts."""
    statements: dict[int, list[Row]] = defaultdict(list)
    for row in amounts:
        counted = row["amount_yuan"] is not None and not row["line_code"].startswith("cross.")
        if counted and row["stage"] in {"final", "budget"}:
            statements[row["statement_no"]].append(row)
    found: list[Identity] = []
    missing = 0
    for rows in statements.values():
        code = rows[0]["statement_code"]
        found.extend(_rows(code, rows))
        found.extend(_funds(code, rows))
        hierarchy, lost = _hierarchy(code, rows)
        found.extend(hierarchy)
        missing += lost
        found.extend(_sides(code, rows))
    return found, missing


def _sum(code: str, family: str, subject: str, total: Row, parts: list[Row]) -> Identity:
    return Identity(
        code,
        family,
        subject,
        total["amount_yuan"],
        sum((part["amount_yuan"] for part in parts), ZERO),
        half_width(total) + sum((half_width(part) for part in parts), ZERO),
        len(parts),
    )


def _rows(code: str, rows: list[Row]) -> Iterator[Identity]:
    """Total against its parts by measure, in one printed row."""
    lines: dict[tuple[Any, ...], dict[str, Row]] = defaultdict(dict)
    for row in rows:
        key = (
            row["table_no"],
            row["row_no"],
            row["line_code"],
            row["economic_code"],
            row["fund"],
            row["item"],
        )
        lines[key].setdefault(row["measure"], row)
    for key, by_measure in lines.items():
        total = by_measure.get("total")
        subject = str(key[2:])
        for whole, names in _measure_sums(code, by_measure):
            parts = [by_measure[name] for name in names if name in by_measure]
            if whole is not None and parts:
                yield _sum(code, "row", subject, whole, parts)
        if total and "opening" in by_measure and "revenue" in by_measure and "closing" in by_measure:
            yield Identity(
                code, "row", subject + "balance",
                by_measure["opening"]["amount_yuan"] + by_measure["revenue"]["amount_yuan"],
                total["amount_yuan"] + by_measure["closing"]["amount_yuan"],
                sum((half_width(by_measure[n]) for n in ("opening", "revenue", "total", "closing")), ZERO), 2,
            )  # fmt: skip


def _measure_sums(code: str, row: dict[str, Row]) -> Iterator[tuple[Row | None, tuple[str, ...]]]:
    total = row.get("total")
    if "personnel" in row and "general_operating" in row:
        if "basic" in row:
            yield row["basic"], ("personnel", "general_operating")
        else:
            yield total, ("personnel", "general_operating", "project")
    if "basic" in row and "opening" not in row:
        yield total, _EXPENDITURE_PARTS
    elif "basic" in row:
        yield total, ("basic", "project")
    if code in {"T02", "BT02"}:
        fiscal = "fiscal_appropriation" in row
        sources = tuple(n for n in _SOURCE_PARTS if not (fiscal and n in _FISCAL))
        if fiscal and _FISCAL & set(row):
            yield row["fiscal_appropriation"], tuple(_FISCAL)
        yield total, (*sources, "fiscal_appropriation") if fiscal else sources


def _funds(code: str, rows: list[Row]) -> Iterator[Identity]:
    """The total column against the columns by fund, in one printed row."""
    lines: dict[tuple[Any, ...], dict[str, Row]] = defaultdict(dict)
    for row in rows:
        if row["line_code"].startswith("revenue.") or row["statement_code"] in {"T02", "BT02"}:
            continue
        key = (row["table_no"], row["row_no"], row["line_code"], row["measure"], row["item"])
        lines[key].setdefault(row["fund"], row)
    for key, by_fund in lines.items():
        fiscal = by_fund.get("fiscal_appropriation")
        own = [by_fund[fund] for fund in _FUND_PARTS if fund in by_fund and fund in _FISCAL]
        if fiscal and own:
            yield _sum(code, "row", str(key[2:]), fiscal, own)
        whole = by_fund.get("all")
        if whole and len(by_fund) > 2:
            names = [f for f in _FUND_PARTS if f in by_fund and not (fiscal and f in _FISCAL)]
            parts = [by_fund[fund] for fund in names] + ([fiscal] if fiscal else [])
            yield _sum(code, "row", str(key[2:]), whole, parts)


def _hierarchy(code: str, rows: list[Row]) -> tuple[list[Identity], int]:
    """类 = Σ款, 款 = Σ项, 合计 = Σ类, for every measure and fund."""
    found: list[Identity] = []
    missing = 0
    groups: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in rows:
        for field in ("functional_code", "economic_code"):
            if row[field] and not (field == "economic_code" and row["functional_code"]):
                groups[(field, row["measure"], row["fund"])].append(row)
    for (field, measure, fund), members in groups.items():
        by_unit: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
        for row in members:
            unit = row["item"] if field == "economic_code" and not row["item"][:3].isdigit() else ""
            by_unit[unit][row[field]].append(row)
        for by_code in by_unit.values():
            more, lost = _levels(code, field, measure, fund, by_code)
            found.extend(more)
            missing += lost
        if len(by_unit) == 1 and "" in by_unit:
            found.extend(_grand_total(code, rows, field, measure, fund, by_unit[""]))
    return found, missing


def _levels(
    code: str, field: str, measure: str, fund: str, by_code: dict[str, list[Row]]
) -> tuple[list[Identity], int]:
    found: list[Identity] = []
    missing = 0
    deepest = max(len(subject) for subject in by_code)
    for subject, wholes in by_code.items():
        parts = [
            row
            for other, members in by_code.items()
            if len(other) == len(subject) + 2 and other.startswith(subject)
            for row in members
        ]
        if parts:
            whole = dict(wholes[0], amount_yuan=sum((row["amount_yuan"] for row in wholes), ZERO))
            found.append(_sum(code, "hierarchy", f"{field}:{subject}:{measure}:{fund}", whole, parts))
        elif (
            len(subject) < deepest
            and field == "functional_code"
            and any(row["amount_yuan"] for row in wholes)
        ):
            missing += 1
    return found, missing


def _grand_total(
    code: str, rows: list[Row], field: str, measure: str, fund: str, by_code: dict[str, list[Row]]
) -> Iterator[Identity]:
    line = (
        ("functional.total", "project.total", "procurement.total")
        if field == "functional_code"
        else ("economic.total",)
    )
    totals = [r for r in rows if r["line_code"] in line and r["measure"] == measure and r["fund"] == fund]
    classes = [row for subject, members in by_code.items() if len(subject) == 3 for row in members]
    if not classes:
        classes = [row for members in by_code.values() for row in members]
    if len(totals) == 1 and code not in {"T01", "T04", "BT01", "BT04", "BT11"}:
        yield _sum(code, "total", f"{field}:total:{measure}:{fund}", totals[0], classes)


def _sides(code: str, rows: list[Row]) -> Iterator[Identity]:
    """The summaries: each side's parts, subtotals and balance; 三公 and its parts."""
    lines: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row["measure"] == "total" and row["fund"] in {"all", row["line_code"].rsplit(".", 1)[-1]}:
            lines[row["line_code"]].append(row)
    one = {line: members[0] for line, members in lines.items() if len(members) == 1}
    if code in {"T01", "T04", "BT01", "BT04"}:
        yield from _summary(code, lines, one)
    if code in {"T07", "BT09"}:
        yield from _three_public(code, rows)


def _summary(code: str, lines: dict[str, list[Row]], one: dict[str, Row]) -> Iterator[Identity]:
    classes = lines.get("expenditure.class", [])
    out = one.get("expenditure.subtotal") or (
        one.get("expenditure.total") if "expenditure.closing_carryover" not in one else None
    )
    if out and classes:
        yield _sum(code, "side", "expenditure classes", out, classes)
    for side, names in (
        (
            "revenue",
            (
                "revenue.subtotal",
                "revenue.use_of_nonfiscal_surplus",
                "revenue.opening_carryover",
                "revenue.opening_account_balance",
            ),
        ),
        (
            "expenditure",
            ("expenditure.subtotal", "expenditure.surplus_distribution", "expenditure.closing_carryover"),
        ),
    ):
        total = one.get(f"{side}.total")
        parts = [one[name] for name in names if name in one]
        if total and f"{side}.subtotal" in one:
            yield _sum(code, "side", f"{side} balance", total, parts)
    income = [
        row
        for line, members in lines.items()
        if line.startswith("revenue.") and line.count(".") == 1 and line not in _NOT_INCOME
        for row in members
    ]
    if "revenue.fiscal_appropriation" in one:
        funds = [one[f"revenue.{fund}"] for fund in sorted(_FISCAL) if f"revenue.{fund}" in one]
        income = [row for row in income if row not in funds]
        if funds:
            yield _sum(code, "side", "fiscal appropriation", one["revenue.fiscal_appropriation"], funds)
    if "revenue.nonfiscal" in one:
        own = [row for row in income if row["line_code"] in _NONFISCAL]
        income = [row for row in income if row not in own]
        if own:
            yield _sum(code, "side", "nonfiscal", one["revenue.nonfiscal"], own)
    subtotal = one.get("revenue.subtotal")
    if subtotal and income:
        yield _sum(code, "side", "revenue", subtotal, income)
    if "revenue.total" in one and "expenditure.total" in one:
        yield _sum(code, "side", "both sides", one["revenue.total"], [one["expenditure.total"]])


_NONFISCAL = frozenset(
    {
        "revenue.superior_subsidy", "revenue.service_revenue", "revenue.business_revenue",
        "revenue.subordinate_remittance", "revenue.other",
    }
)  # fmt: skip
_NOT_INCOME = frozenset(
    {
        "revenue.subtotal", "revenue.total", "revenue.use_of_nonfiscal_surplus", "revenue.opening_carryover",
        "revenue.section", "revenue.opening_account_balance",
    }
)  # fmt: skip


def _three_public(code: str, rows: list[Row]) -> Iterator[Identity]:
    groups: dict[tuple[str, str, str], dict[str, Row]] = defaultdict(dict)
    for row in rows:
        groups[(row["stage"], row["fund"], row["item"])].setdefault(row["line_code"], row)
    for key, lines in groups.items():
        for total, names in (
            (
                "three_public.total",
                ("three_public.overseas_visits", "three_public.vehicles", "three_public.hospitality"),
            ),
            ("three_public.vehicles", ("three_public.vehicle_purchase", "three_public.vehicle_operation")),
        ):
            parts = [lines[name] for name in names if name in lines]
            if total in lines and len(parts) == len(names):
                yield _sum(code, "total", f"{total} {key}", lines[total], parts)
