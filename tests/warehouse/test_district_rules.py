"""Sixty bodies over six years, judged: every planted cross-year and cross-unit defect is found, and nothing else of its kind."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date
from typing import Any

import duckdb
import pytest

from expectations.catalogue import load_rules
from expectations.engine import judge
from expectations.findings import find
from tests.warehouse.district import WAN, Disclosure, write
from tests.warehouse.sets import sightings
from warehouse.build import BuildInputs, build_warehouse

pytestmark = pytest.mark.slow

YEARS = range(2018, 2024)
NIGHT = date(2026, 11, 23)
DEPARTMENTS = [f"大区第{number:02d}局" for number in range(1, 13)]
UNITS = [f"{department}{one}中心" for department in DEPARTMENTS for one in ("信息", "培训", "评价", "服务")]
CODES = ("2010101", "2010102", "2010199", "2080505", "2080506", "2101101", "2210201")
ITEM = "2010102"
Items = dict[str, tuple[int, int]]
Planted = set[tuple[str, str, int]]  # rule, body, year

#: What is planted, each by the rule that has to notice it; every defect in four places of its own.
UNIT_DEFECTS = (
    "YOY-OPEN-CLOSE", "YOY-PRIOR-TOTAL", "YOY-PRIOR-CLASS", "YOY-PRIOR-SG-DOC", "YOY-PRIOR-ORGRUN", "YOY-FLAT-SG", "YOY-DIR",
    "YOY-BUD-TOTAL", "YOY-BUD-SG", "YOY-BUD-EQ-ACT", "YOY-COPY-NUM", "YOY-VEH", "ORG-COPY-DEPT", "ORG-OTHER-NAME", "ORG-DUP-DOC",
)  # fmt: skip
DEPARTMENT_DEFECTS = ("ORG-SUM", "ORG-SUM-SG", "ORG-TRANSFER")


class Body:
    """One body's numbers of one year, in 万元."""

    def __init__(self, chance: random.Random) -> None:
        self.items: Items = {code: (chance.randint(10, 500), chance.randint(1, 300)) for code in CODES}
        self.hospitality = chance.randint(1, 40)
        self.operating = chance.randint(30, 60)
        self.closing = chance.randint(1, 50)
        self.subsidy = chance.randint(1, 9)
        self.budget: Items = {
            code: (basic + chance.randint(1, 9), project) for code, (basic, project) in self.items.items()
        }

    @property
    def total(self) -> int:
        return sum(map(sum, self.items.values()))


class District:
    """Draws every body's numbers, plants the defects and makes the documents."""

    def __init__(self) -> None:
        self.chance = random.Random(20261128)
        places = [(unit, year) for unit in UNITS for year in range(2019, 2024)]
        self.chance.shuffle(places)
        drawn = iter(self._apart(places))
        self.planted: Planted = {(rule, *next(drawn)) for rule in UNIT_DEFECTS for _ in range(4)}
        offices = [(name, year) for name in DEPARTMENTS for year in YEARS]
        self.chance.shuffle(offices)
        self.planted |= {(rule, *offices.pop()) for rule in DEPARTMENT_DEFECTS for _ in range(4)}
        self.bodies = {(unit, year): Body(self.chance) for unit in UNITS for year in YEARS}
        self.own = {(name, year): Body(self.chance) for name in DEPARTMENTS for year in YEARS}
        self._plant()

    @staticmethod
    def _apart(places: list[tuple[str, int]]) -> Iterator[tuple[str, int]]:
        """A defect moves the comparison of the year after, so that no unit has two in neighbouring years."""
        taken: set[tuple[str, int]] = set()
        for unit, year in places:
            if not {(unit, year - 1), (unit, year), (unit, year + 1)} & taken:
                taken.add((unit, year))
                yield unit, year

    def _plant(self) -> None:
        """Defects that are whole sets of numbers; those of one number are written in ``_final``."""
        for rule, unit, year in sorted(self.planted):
            if rule == "YOY-COPY-NUM":
                self.bodies[unit, year].items = dict(self.bodies[unit, year - 1].items)
            if rule in ("YOY-DIR", "YOY-FLAT-SG"):
                self.bodies[unit, year].hospitality = self.bodies[unit, year - 1].hospitality + 3
            if rule == "YOY-BUD-EQ-ACT":
                self.bodies[unit, year].budget = dict(self.bodies[unit, year].items)
            if rule == "ORG-DUP-DOC":
                twin = UNITS[(UNITS.index(unit) + 20) % len(UNITS)]
                self.bodies[unit, year].items = dict(self.bodies[twin, year].items)
            if rule in ("YOY-COPY-NUM", "ORG-DUP-DOC"):
                body = self.bodies[unit, year]
                body.budget = {code: (basic + 2, project) for code, (basic, project) in body.items.items()}
        self.expected = self.planted | {
            ("ORG-DUP-DOC", UNITS[(UNITS.index(unit) + 20) % len(UNITS)], year)
            for rule, unit, year in self.planted
            if rule == "ORG-DUP-DOC"
        }

    def _has(self, rule: str, body: str, year: int) -> bool:
        return (rule, body, year) in self.planted

    def documents(self) -> Iterator[Disclosure]:
        """Yield every document: accounts of all bodies and years, budgets of the units."""
        for year in YEARS:
            for department in DEPARTMENTS:
                members = [unit for unit in UNITS if unit.startswith(department)]
                yield self._department(department, members, year)
                yield self._accounts(
                    department + "（本级）", department, year, self.own[department, year], None
                )
                for unit in members:
                    yield self._final(unit, department, year)
                    yield self._budget(unit, department, year)

    def _accounts(
        self, name: str, department: str, year: int, body: Body, claims: Any, scope: str = "unit"
    ) -> Disclosure:
        made = Disclosure(
            f"{name}{year}{scope}决算",
            name,
            year,
            scope=scope,
            department=department,
            published_on=f"{year + 1}-09-01",
        )
        made.spend(body.items)
        for code, amounts in body.items.items():
            made.amount(
                "T05", "functional.item", sum(amounts), functional_code=code, subject_name=f"科目{code}"
            )
        made.amount("T01", "expenditure.subtotal", body.total)
        made.amount("T07", "three_public.hospitality", body.hospitality)
        return made

    def _department(self, department: str, members: list[str], year: int) -> Disclosure:
        """The department's own disclosure is the sum of its level and its units."""
        bodies = [self.own[department, year], *(self.bodies[unit, year] for unit in members)]
        whole = Body(self.chance)
        whole.items = {
            code: (sum(one.items[code][0] for one in bodies), sum(one.items[code][1] for one in bodies))
            for code in CODES
        }
        whole.hospitality = sum(one.hospitality for one in bodies) + self._has("ORG-SUM-SG", department, year)
        if self._has("ORG-SUM", department, year):
            whole.items["2010199"] = (whole.items["2010199"][0] + 10, whole.items["2010199"][1])
        made = self._accounts(department, department, year, whole, None, scope="department")
        paid = sum(self.bodies[unit, year].subsidy for unit in members) + 3 * self._has(
            "ORG-TRANSFER", department, year
        )
        made.amount("T03", "functional.total", paid, measure="to_subordinate")
        return made

    def _budget(self, unit: str, department: str, year: int) -> Disclosure:
        body = self.bodies[unit, year]
        made = Disclosure(
            f"{unit}{year}预算",
            unit,
            year,
            kind="budget",
            scope="unit",
            department=department,
            published_on=f"{year}-03-01",
        )
        for code, amounts in body.budget.items():
            made.amount(
                "BT05", "functional.item", sum(amounts), functional_code=code, subject_name=f"科目{code}"
            )
        made.amount("BT09", "three_public.hospitality", body.hospitality + 5)
        return made

    def _final(self, unit: str, department: str, year: int) -> Disclosure:
        body, last = self.bodies[unit, year], self.bodies.get((unit, year - 1))
        made = self._accounts(unit, department, year, body, None)
        made.amount("T02", "functional.total", body.subsidy, measure="superior_subsidy")
        made.amount("T01", "expenditure.closing_carryover", body.closing)
        made.amount("T10", "agency_operating_cost.total", body.operating)
        made.amount(
            "T07",
            "three_public.hospitality",
            body.hospitality + 5 + 2 * self._has("YOY-BUD-SG", unit, year),
            stage="budget",
        )
        made.amount("T07", "three_public.vehicle_purchase", 0)
        cars = 5 + sum(self._has("YOY-VEH", unit, one) for one in range(2019, year + 1))
        made.amount("T10", "vehicles.total", cars, measure="count", unit="辆")
        initial = sum(body.budget["2010101"]) + 4 * self._has("YOY-BUD-TOTAL", unit, year)
        self._say(
            made,
            1,
            "年初预算",
            initial,
            "T05",
            "functional.item",
            functional_code="2010101",
            basis="initial_budget",
        )
        if self._has("ORG-OTHER-NAME", unit, year):
            other = UNITS[(UNITS.index(unit) + 9) % len(UNITS)]
            made.sentences.append(f"{other}{year}年度收入总计{body.total}万元，支出总计{body.total}万元。")
        if last is not None:
            made.amount(
                "T01", "revenue.opening_carryover", last.closing + 3 * self._has("YOY-OPEN-CLOSE", unit, year)
            )
            self._compare(made, unit, department, year, body, last)
        return made

    def _compare(
        self, made: Disclosure, unit: str, department: str, year: int, body: Body, last: Body
    ) -> None:
        """What the text says of last year, and of its own numbers."""
        said = (
            (2, "支出", body.total, last.total, "T01", "expenditure.subtotal", "", "YOY-PRIOR-TOTAL"),
            (3, "项", sum(body.items[ITEM]), sum(last.items[ITEM]), "T05", "functional.item", ITEM, "YOY-PRIOR-CLASS"),
            (4, "机关运行经费", body.operating, last.operating, "T10", "agency_operating_cost.total", "", "YOY-PRIOR-ORGRUN"),
        )  # fmt: skip
        for context, words, now, before, statement, line, code, rule in said:
            self._say(made, context, words, now, statement, line, functional_code=code or None)
            self._change(
                made,
                context,
                now - before + (7 if now >= before else -7) * self._has(rule, unit, year),
                statement,
                line,
                code,
            )
        self._hospitality(made, unit, year, body, last)
        whole = self.bodies_of(department, year, "2080505")
        value = whole if self._has("ORG-COPY-DEPT", unit, year) else sum(body.items["2080505"])
        self._say(made, 6, "养老", value, "T05", "functional.item", functional_code="2080505")

    def bodies_of(self, department: str, year: int, code: str) -> int:
        """The department's amount of one subject."""
        members = [unit for unit in UNITS if unit.startswith(department)]
        return sum(self.own[department, year].items[code]) + sum(
            sum(self.bodies[unit, year].items[code]) for unit in members
        )

    def _hospitality(self, made: Disclosure, unit: str, year: int, body: Body, last: Body) -> None:
        """Hospitality is told by a change, or in the places planted for it by a word alone."""
        place = ("T07", "three_public.hospitality")
        self._say(made, 5, "公务接待费", body.hospitality, *place)
        change = body.hospitality - last.hospitality
        if self._has("YOY-DIR", unit, year) or self._has("YOY-FLAT-SG", unit, year):
            word = (
                "equal" if self._has("YOY-FLAT-SG", unit, year) else "increase" if change < 0 else "decrease"
            )
            self._claim(
                made, 5, metric="direction", direction=word, statement_code=place[0], line_code=place[1]
            )
        else:
            self._change(
                made,
                5,
                change + 6 * self._has("YOY-PRIOR-SG-DOC", unit, year) * (1 if change >= 0 else -1),
                *place,
                "",
            )

    def _say(
        self, made: Disclosure, context: int, words: str, value: int, statement: str, line: str, **more: Any
    ) -> None:
        self._claim(
            made, context, metric="amount", statement_code=statement, line_code=line, subject_text=words, value=value,
            unit="万元", amount_yuan=value * WAN, **{"basis": "none", "measure": "total", **more},
        )  # fmt: skip

    def _change(
        self, made: Disclosure, context: int, change: int, statement: str, line: str, code: str
    ) -> None:
        if change:
            self._claim(
                made, context, metric="change", statement_code=statement, line_code=line, value=abs(change), unit="万元",
                amount_yuan=abs(change) * WAN, direction="increase" if change > 0 else "decrease", functional_code=code or None,
            )  # fmt: skip

    @staticmethod
    def _claim(made: Disclosure, context: int, **more: Any) -> None:
        made.claim(
            f"第{context}句",
            context_no=context,
            **{"basis": "prior_year_final", "subject_kind": "statement_line", **more},
        )


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> tuple[duckdb.DuckDBPyConnection, District]:
    home = tmp_path_factory.mktemp("judged")
    model = District()
    rows = [write(home, document) for document in model.documents()]
    inputs = BuildInputs(
        sightings=sightings(*rows),
        extracted_root=home / "extracted" / "x",
        facts_root=home / "facts" / "y",
        night=NIGHT,
    )
    target = home / "warehouse.duckdb"
    summary = build_warehouse(target, inputs)
    assert (summary.loaded_count, summary.broken_constraints) == (len(rows), {})
    connection = duckdb.connect(str(target))
    connection.execute("SET disabled_optimizers = 'top_n_window_elimination'")
    rules = [rule for rule in load_rules() if rule.family in ("YOY", "ORG", "STA")]
    assert judge(connection, rules).failed_rules == {}
    find(connection, NIGHT)
    return connection, model


def test_exactly_what_was_planted_is_violated(judged: tuple[duckdb.DuckDBPyConnection, District]) -> None:
    connection, model = judged
    found = set(
        connection.execute(
            "SELECT rule_id, unit_name, fiscal_year FROM core.outcome JOIN core.document USING (document_id) "
            "JOIN core.rule USING (rule_id) WHERE verdict = 'violated' AND family IN ('YOY', 'ORG')"
        ).fetchall()
    )
    assert sorted(model.expected - found) == []
    assert sorted(found - model.expected) == []


def test_statistics_are_notices_and_never_alone(judged: tuple[duckdb.DuckDBPyConnection, District]) -> None:
    connection, _ = judged
    severities = connection.execute("SELECT DISTINCT severity FROM core.rule WHERE family = 'STA'").fetchall()
    assert severities == [("notice",)]
    violated = "FROM core.outcome JOIN core.rule USING (rule_id) WHERE verdict = 'violated'"
    noticed = connection.execute(
        "SELECT count(*), count(*) FILTER (one.document_id NOT IN "
        f"(SELECT document_id {violated} AND family <> 'STA')) FROM core.finding AS one WHERE one.family = 'STA'"
    ).fetchone()
    assert noticed is not None
    assert noticed[0] > 0
    assert noticed[1] == 0


def test_departments_that_have_all_their_units_are_compared(
    judged: tuple[duckdb.DuckDBPyConnection, District],
) -> None:
    connection, _ = judged
    compared = connection.execute(
        "SELECT count(DISTINCT document_id) FROM core.outcome WHERE rule_id = 'ORG-SUM' AND verdict <> 'not_evaluated'"
    ).fetchone()
    assert compared == (len(DEPARTMENTS) * len(YEARS),)
