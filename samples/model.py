"""The numbers of one unit over the years: a small consistent book of accounts in 分 (hundredths of a 元).

Everything printed is derived from here and rounded only when it is printed, so that every identity of the official
statements holds within the rounding intervals, with the residues that real documents have. Years are linked: what
2024 calls last year is what the 2023 document prints.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from samples.profiles import UnitProfile

FUNDS = ("gp", "gf", "soe")
YUAN = 100
WAN = 10_000 * YUAN

PENSION, ANNUITY, RETIREMENT = "2080505", "2080506", "2080501"
MEDICAL, MEDICAL_SUPPLEMENT, HOUSING = "2101101", "2101103", "2210201"

#: Economic item -> functional item that carries it; every other item of basic expenditure is the unit's own work.
_CARRIED_BY = {
    "30108": PENSION,
    "30109": ANNUITY,
    "30301": RETIREMENT,
    "30302": RETIREMENT,
    "30110": MEDICAL,
    "30111": MEDICAL_SUPPLEMENT,
    "30113": HOUSING,
}

#: Yearly amounts in 元 per head (economic item, lowest, highest).
_PER_HEAD = {
    "30101": (42_000, 52_000),
    "30102": (58_000, 76_000),
    "30103": (18_000, 30_000),
    "30112": (600, 1_400),
    "30199": (0, 3_000),
    "30201": (2_400, 5_600),
    "30202": (200, 900),
    "30205": (150, 400),
    "30206": (500, 1_500),
    "30207": (600, 1_600),
    "30211": (500, 2_600),
    "30213": (300, 1_200),
    "30215": (100, 500),
    "30216": (200, 900),
    "30226": (200, 900),
    "30228": (1_200, 1_900),
    "30229": (1_500, 2_200),
    "30239": (5_400, 7_800),
    "30299": (300, 1_500),
    "31002": (0, 900),
}


@dataclass(frozen=True, slots=True)
class ProjectSpending:
    """One project in one year; amounts in 分."""

    name: str
    functional_code: str
    fund: str
    initial: int
    full_year: int
    executed: int


@dataclass(frozen=True, slots=True)
class Item:
    """Spending of one functional item: basic expenditure by nature, project expenditure, in 分."""

    personnel: int = 0
    operating: int = 0
    project: int = 0

    @property
    def basic(self) -> int:
        """Basic expenditure."""
        return self.personnel + self.operating

    @property
    def total(self) -> int:
        """Basic and project expenditure."""
        return self.basic + self.project

    def __add__(self, other: Item) -> Item:
        return Item(
            self.personnel + other.personnel, self.operating + other.operating, self.project + other.project
        )


@dataclass(frozen=True, slots=True)
class UnitYear:
    """The accounts of one unit for one year, all amounts in 分; ``budget_*`` is the initial budget of that year."""

    unit: UnitProfile
    year: int
    staff: int
    economic: dict[str, int]
    budget_economic: dict[str, int]
    projects: tuple[ProjectSpending, ...]
    opening: dict[str, int]
    closing: dict[str, int]
    nonfiscal_revenue: int
    three_public: dict[str, int]
    three_public_budget: dict[str, int]
    counts: dict[str, int]
    procurement: dict[str, int]
    vehicles: dict[str, int]
    equipment: int
    carry_code: dict[str, str] = field(default_factory=dict)

    def items(self, funds: Iterable[str] = (*FUNDS, "nf"), *, budget: bool = False) -> dict[str, Item]:
        """Spending by functional item of the given funds, ordered by code (of the initial budget if asked)."""
        wanted = set(funds)
        totals: dict[str, Item] = defaultdict(Item)
        if "gp" in wanted:
            for code, amount in (self.budget_economic if budget else self.economic).items():
                if amount:
                    is_personnel = code.startswith(("301", "303"))
                    part = Item(personnel=amount) if is_personnel else Item(operating=amount)
                    totals[_CARRIED_BY.get(code, self.unit.run_code)] += part
        for project in self.projects:
            amount = project.initial if budget else project.executed
            if project.fund in wanted and amount:
                totals[project.functional_code] += Item(project=amount)
        return dict(sorted(totals.items()))

    def total(self, funds: Iterable[str] = (*FUNDS, "nf"), *, budget: bool = False) -> Item:
        """All spending of the given funds."""
        return sum(self.items(funds, budget=budget).values(), Item())

    def revenue(self, fund: str) -> int:
        """Return the revenue of the year from one fund (nf: other revenue)."""
        if fund == "nf":
            return self.nonfiscal_revenue
        return self.total([fund]).total + self.closing[fund] - self.opening[fund]

    def fiscal_revenue_by_item(self) -> dict[str, int]:
        """Fiscal appropriation by functional item: what was spent, more what was kept, less what was brought in."""
        amounts = {code: item.total for code, item in self.items(FUNDS).items()}
        for fund in FUNDS:
            if fund in self.carry_code:
                code = self.carry_code[fund]
                amounts[code] = amounts.get(code, 0) + self.closing[fund] - self.opening[fund]
        return dict(sorted(amounts.items()))

    @property
    def personnel(self) -> int:
        """Personnel part of the general public budget's basic expenditure."""
        return sum(amount for code, amount in self.economic.items() if code.startswith(("301", "303")))

    @property
    def operating(self) -> int:
        """General operating part of it, which for an administrative unit is its 机关运行经费."""
        return sum(self.economic.values()) - self.personnel

    @property
    def grand_total(self) -> int:
        """总计 of the first statement."""
        return sum(self.revenue(fund) + self.opening[fund] for fund in (*FUNDS, "nf"))

    @property
    def fiscal_total(self) -> int:
        """总计 of the fourth statement."""
        return sum(self.revenue(fund) + self.opening[fund] for fund in FUNDS)


def _economic(unit: UnitProfile, staff: int, level: float, dice: random.Random) -> dict[str, int]:
    amounts = {}
    for code, (low, high) in _PER_HEAD.items():
        middle = (low + high) / 2
        amounts[code] = int(staff * level * middle * dice.uniform(0.94, 1.06)) * YUAN + dice.randrange(100)
    wages = amounts["30101"] + amounts["30102"] + amounts["30103"]
    amounts["30108"] = wages * 16 // 100
    amounts["30109"] = wages * 8 // 100
    amounts["30110"] = wages * 9 // 100
    amounts["30111"] = wages * 2 // 100
    amounts["30113"] = wages * 12 // 100
    amounts["30302"] = int(staff * 0.4 * 21_000 * dice.uniform(0.95, 1.05)) * YUAN + dice.randrange(100)
    amounts["30309"] = dice.randrange(3, 9) * 120 * YUAN
    return dict(sorted(amounts.items()))


def _hundred_yuan(amount: float) -> int:
    return round(amount / (100 * YUAN)) * 100 * YUAN


def _projects(unit: UnitProfile, years_on: int, dice: random.Random) -> tuple[ProjectSpending, ...]:
    projects = []
    for profile in unit.projects:
        initial = _hundred_yuan(profile.size * WAN * (1 + 0.03 * years_on) * dice.uniform(0.88, 1.12))
        full_year = _hundred_yuan(initial * dice.choice((1.0, 1.0, 1.06, 0.95)))
        executed = round(full_year * dice.uniform(0.9, 0.999) / (10 * YUAN)) * 10 * YUAN
        projects.append(
            ProjectSpending(profile.name, profile.functional_code, profile.fund, initial, full_year, executed)
        )
    return tuple(projects)


def _three_public(staff: int, dice: random.Random) -> tuple[dict[str, int], dict[str, int]]:
    budget = {
        "overseas": 0,
        "purchase": 0,
        "operation": staff * 700 * YUAN,
        "hospitality": staff * 160 * YUAN,
    }
    actual = {name: int(amount * dice.uniform(0.75, 0.99)) for name, amount in budget.items()}
    return budget, actual


def _next_year(
    unit: UnitProfile, year: int, years_on: int, previous: UnitYear | None, dice: random.Random
) -> UnitYear:
    staff = unit.staff if previous is None else max(8, previous.staff + dice.choice((-2, -1, 0, 1, 2)))
    level = 1.0 + 0.035 * years_on
    budget_economic = {
        code: _hundred_yuan(amount) for code, amount in _economic(unit, staff, level, dice).items() if amount
    }
    economic = {
        code: int(amount * dice.uniform(0.93, 1.04)) + dice.randrange(100)
        for code, amount in budget_economic.items()
    }
    three_public_budget, three_public = _three_public(staff, dice)
    budget_economic["30217"], budget_economic["30231"] = (
        three_public_budget["hospitality"],
        three_public_budget["operation"],
    )
    economic["30217"], economic["30231"] = three_public["hospitality"], three_public["operation"]
    projects = _projects(unit, years_on, dice)
    opening, closing, carry_code = {}, {}, {}
    for fund in FUNDS:
        carrier = next((project for project in projects if project.fund == fund), None)
        room = carrier.executed if carrier else 0
        opening[fund] = previous.closing[fund] if previous else int(room * 0.02)
        closing[fund] = int(room * dice.uniform(0.01, 0.04)) if fund != "soe" else 0
        if carrier:
            carry_code[fund] = carrier.functional_code
    nonfiscal = sum(project.executed for project in projects if project.fund == "nf")
    opening["nf"] = previous.closing["nf"] if previous else nonfiscal // 10
    revenue_nonfiscal = max(0, int(nonfiscal * dice.uniform(0.95, 1.1)))
    closing["nf"] = opening["nf"] + revenue_nonfiscal - nonfiscal
    if closing["nf"] < 0:
        revenue_nonfiscal, closing["nf"] = revenue_nonfiscal - closing["nf"], 0
    goods, services = staff * dice.randrange(900, 1600) * YUAN, staff * dice.randrange(3000, 8000) * YUAN
    kept = 2 + staff // 16
    return UnitYear(
        unit=unit,
        year=year,
        staff=staff,
        economic=dict(sorted(economic.items())),
        budget_economic=dict(sorted(budget_economic.items())),
        projects=projects,
        opening=opening,
        closing=closing,
        nonfiscal_revenue=revenue_nonfiscal,
        three_public=three_public,
        three_public_budget=three_public_budget,
        counts={"batches": max(1, staff // 4), "persons": max(2, staff * 2), "vehicles_kept": kept},
        procurement={"goods": goods, "works": 0, "services": services},
        vehicles={"confidential_communication": 1, "emergency": 1, "law_enforcement": 0, "other": kept - 2},
        equipment=staff // 40,
        carry_code=carry_code,
    )


def unit_years(unit: UnitProfile, years: Iterable[int], seed: int) -> dict[int, UnitYear]:
    """Return the linked accounts of ``unit`` for ``years`` and the year before the first, by year.

    Same unit, years and seed give the same numbers, whatever else is generated.
    """
    first, last = min(years), max(years)
    book: dict[int, UnitYear] = {}
    for years_on, year in enumerate(range(first - 1, last + 1)):
        dice = random.Random(f"{seed}/{unit.name}/{year}")  # noqa: S311 - invented numbers, not secrets
        book[year] = _next_year(unit, year, years_on, book.get(year - 1), dice)
    return book
