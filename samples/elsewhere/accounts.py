"""One unit's accounts as any statement asks for them: by subject, measure, fund and stage, in 分."""

from __future__ import annotations

from dataclasses import dataclass

from samples.final_statements import FUND_CODES
from samples.final_tables import three_public_amounts, under
from samples.model import FUNDS, Item, UnitYear

FUND_KEYS = {code: key for key, code in FUND_CODES.items()}
_THREE_PUBLIC = {
    "three_public.total": "total",
    "three_public.overseas_visits": "overseas",
    "three_public.vehicles": "vehicles",
    "three_public.vehicle_purchase": "purchase",
    "three_public.vehicle_operation": "operation",
    "three_public.hospitality": "hospitality",
}
_CONFERENCE = {"three_public.conference": "30215", "three_public.training": "30216"}
_BALANCES = frozenset({"opening", "revenue", "closing"})


@dataclass(frozen=True, slots=True)
class Accounts:
    """The accounts of one year, and of the year before; ``is_budget`` takes the initial budget instead of the actual."""

    year: UnitYear
    previous: UnitYear
    is_budget: bool

    @property
    def stage(self) -> str:
        """Stage of the amounts whose column names none."""
        return "budget" if self.is_budget else "final"

    def funds(self, fund: str) -> tuple[str, ...]:
        """Return the model's keys of a fund code."""
        groups = {"all": (*FUNDS, "nf"), "fiscal_appropriation": FUNDS, "nonfiscal": ("nf",)}
        if fund in groups:
            return groups[fund]
        return (FUND_KEYS[fund],) if fund in FUND_KEYS else ()

    def items(self, fund: str) -> dict[str, Item]:
        """Spending by functional item."""
        return self.year.items(self.funds(fund), budget=self.is_budget)

    def codes(self, fund: str, axis: str) -> list[str]:
        """Functional items a statement lists."""
        found = set(self.items(fund))
        if axis == "revenue" and not self.is_budget:
            found = set(self.year.fiscal_revenue_by_item())
            found |= {self.year.unit.run_code} if self.year.nonfiscal_revenue else set()
        return sorted(found)

    def spending(self, prefix: str, measure: str, fund: str, stage: str) -> int:
        """Spending below a functional code ("" for all) by measure; balances of a fund where it has any."""
        if stage == "prior_year_execution":
            return under(self.previous.items(self.funds(fund)), prefix).total
        name, _, part = measure.partition("_")
        if name in _BALANCES and part in {"", "basic", "project"}:
            return self._balance(name, part, prefix, fund)
        item = under(self.items(fund), prefix)
        amounts = {
            "total": item.total,
            "basic": item.basic,
            "project": item.project,
            "personnel": item.personnel,
            "general_operating": item.operating,
        }
        return amounts.get(measure, 0)

    def _balance(self, name: str, part: str, prefix: str, fund: str) -> int:
        key = FUND_KEYS[fund]
        item = under(self.items(fund), prefix)
        carried = self.year.carry_code.get(key, "-").startswith(prefix) and key in self.year.carry_code
        opening = self.year.opening[key] if carried else 0
        closing = self.year.closing[key] if carried else 0
        whole = {"opening": opening, "closing": closing, "revenue": item.total + closing - opening}[name]
        if not part:
            return whole
        basic = item.basic if name == "revenue" else 0  # balances are those of projects
        return basic if part == "basic" else whole - basic

    def revenue(self, prefix: str, measure: str, fund: str) -> int:
        """Revenue below a functional code by source."""
        if self.is_budget:
            items = {key: under(self.items(key), prefix).total for key in (*FUND_KEYS, "nonfiscal")}
            fiscal, other = sum(items[key] for key in FUND_KEYS), items["nonfiscal"]
            if measure in FUND_KEYS and fund == "all":
                return items[measure]
        else:
            by_item = self.year.fiscal_revenue_by_item()
            fiscal = sum(value for code, value in by_item.items() if code.startswith(prefix))
            other = self.year.nonfiscal_revenue if self.year.unit.run_code.startswith(prefix) else 0
        amounts = {
            "total": fiscal + other,
            "revenue": fiscal + other,
            "fiscal_appropriation": fiscal,
            "other_revenue": other,
            "nonfiscal": other,
        }
        return amounts.get(measure, 0)

    def summary(self, line: str, fund: str) -> int:
        """Line of a two-sided summary; ``fund`` "all" takes every fund of the statement."""
        year, funds = self.year, self.funds(fund)
        spent = year.total(funds, budget=self.is_budget)
        side, _, rest = line.partition(".")
        name, _, part = rest.partition(".")
        opening = 0 if self.is_budget else sum(year.opening[key] for key in funds)
        closing = 0 if self.is_budget else sum(year.closing[key] for key in funds)
        total = spent.total + closing
        if name in {"opening_carryover", "closing_carryover"}:
            keys = (FUND_KEYS[part],) if part else funds
            book = year.opening if name.startswith("opening") else year.closing
            return 0 if self.is_budget else sum(book[key] for key in keys)
        if name in FUND_KEYS:
            return self._revenue_of((FUND_KEYS[name],))
        amounts = {
            "fiscal_appropriation": self._revenue_of(FUNDS),
            "other": self._revenue_of(("nf",)),
            "subtotal": spent.total if side == "expenditure" else total - opening,
            "total": total,
            "basic": spent.basic,
            "project": spent.project,
        }
        return amounts.get(name, 0)

    def _revenue_of(self, funds: tuple[str, ...]) -> int:
        if self.is_budget:
            return self.year.total(funds, budget=True).total
        return sum(self.year.revenue(fund) for fund in funds)

    def class_total(self, code: str, fund: str) -> int:
        """Spending of one functional class."""
        return under(self.items(fund), code).total

    def economic(self, code: str, measure: str) -> int:
        """Basic expenditure of the general public budget below an economic code ("" for all)."""
        book = self.year.budget_economic if self.is_budget else self.year.economic
        chosen = {key: value for key, value in book.items() if key.startswith(code)}
        personnel = sum(value for key, value in chosen.items() if key.startswith(("301", "303")))
        total = sum(chosen.values())
        return {"personnel": personnel, "general_operating": total - personnel}.get(measure, total)

    def three_public(self, line: str, stage: str) -> int:
        """Three-public expenses, conference and training, and the agency's operating cost, of a stage."""
        if line == "agency_operating_cost.total":
            return self.economic("", "general_operating")
        is_previous = stage == "prior_year_budget"
        year = self.previous if is_previous else self.year
        wants_budget = stage in {"budget", "prior_year_budget"}
        if line in _CONFERENCE:
            spent = year.economic.get(_CONFERENCE[line], 0)
            planned = year.budget_economic.get(_CONFERENCE[line], 0)
            if not wants_budget:
                return spent
            return planned if self.is_budget else max(planned, spent)  # adjusted in the year
        amounts = three_public_amounts(year.three_public_budget if wants_budget else year.three_public)
        if line == "three_public.with_conference_and_training":
            return amounts["total"] + sum(self.three_public(name, stage) for name in _CONFERENCE)
        return amounts[_THREE_PUBLIC[line]]

    def statistic(self, line: str) -> int:
        """Line of the sheets on procurement, operating cost (分) and assets (numbers of things)."""
        family, _, name = line.partition(".")
        if family == "procurement":
            parts = self.year.procurement
            return sum(parts.values()) if name == "total" else parts[name]
        if family == "agency_operating_cost":
            return self.year.operating if name in {"total", "administrative"} else 0
        if family == "vehicles":
            return sum(self.year.vehicles.values()) if name == "total" else self.year.vehicles.get(name, 0)
        return self.year.equipment
