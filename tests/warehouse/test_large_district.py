"""Sixty bodies over six years with planted cross-year and cross-unit defects: all found, nothing else reported."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.warehouse.district import WAN, Disclosure, write
from tests.warehouse.sets import sightings
from warehouse.ask import questions
from warehouse.build import BuildInputs, build_warehouse

pytestmark = pytest.mark.slow

YEARS = range(2018, 2024)
DEPARTMENTS = [f"大区第{number:02d}局" for number in range(1, 13)]
CODES = ("2010101", "2010102", "2080505", "2210201")


def members(department: str) -> list[str]:
    """The department's own level and its four subordinate units."""
    return [department + "（本级）", *(f"{department}{one}中心" for one in ("信息", "培训", "评价", "服务"))]


@dataclass
class Planted:
    """What is wrong in the district, as the questions should find it."""

    opening: set[tuple[str, int]] = field(default_factory=set)
    implied: set[tuple[str, int]] = field(default_factory=set)
    department: set[tuple[str, int]] = field(default_factory=set)
    missing: set[tuple[str, int]] = field(default_factory=set)
    corrected: set[tuple[str, int]] = field(default_factory=set)
    leaf_total: dict[int, Decimal] = field(default_factory=dict)


def draw(chance: random.Random, count: int, names: list[str], years: range) -> set[tuple[str, int]]:
    """Choose so many different pairs of a name and a year."""
    return set(chance.sample([(name, year) for name in names for year in years], count))


def disclose(
    name: str,
    year: int,
    items: dict[str, tuple[int, int]],
    carried: tuple[int, int],
    change: int | None,
    **more: Any,
) -> Disclosure:
    """One body's final accounts: expenditure, what was carried over, and the change on last year in words."""
    made = Disclosure(
        f"{name}{year}{more.get('scope', '')}", name, year, published_on=f"{year + 1}-09-01", **more
    )
    made.spend(items)
    made.amount("T01", "expenditure.subtotal", sum(map(sum, items.values())))
    made.amount("T01", "revenue.opening_carryover", carried[0])
    made.amount("T01", "expenditure.closing_carryover", carried[1])
    if change is not None:
        made.claim(
            "比上年变动", subject_kind="statement_line", statement_code="T01", line_code="expenditure.subtotal",
            measure="total", metric="change", basis="prior_year_final", value=Decimal(abs(change)), unit="万元",
            amount_yuan=abs(change) * WAN, direction="decrease" if change < 0 else "increase",
        )  # fmt: skip
    return made


class District:
    """The model: draws every body's numbers, plants the defects, and makes the documents."""

    def __init__(self) -> None:
        self.chance = random.Random(20261123)
        self.planted = Planted()
        units = [unit for department in DEPARTMENTS for unit in members(department)[1:]]
        later = range(2019, 2024)
        self.planted.opening = draw(self.chance, 6, units, later)
        self.planted.implied = draw(self.chance, 6, units, later) - self.planted.opening
        self.planted.missing = draw(self.chance, 5, units, YEARS)
        self.planted.corrected = draw(self.chance, 4, units, YEARS) - self.planted.missing
        self.own_error = draw(self.chance, 4, DEPARTMENTS, YEARS)

    def documents(self) -> Iterator[Disclosure]:
        """Yield every document that the district publishes."""
        totals: dict[tuple[str, int], int] = {}
        closing: dict[str, int] = {}
        for year in YEARS:
            self.planted.leaf_total[year] = Decimal(0)
            for department in DEPARTMENTS:
                yield from self._department(department, year, totals, closing)
        self._expect_consequences()

    def _department(
        self, department: str, year: int, totals: dict[tuple[str, int], int], closing: dict[str, int]
    ) -> Iterator[Disclosure]:
        whole = dict.fromkeys(CODES, (0, 0))
        for unit in members(department):
            items = {code: (self.chance.randint(10, 500), self.chance.randint(0, 300)) for code in CODES}
            whole = {code: (whole[code][0] + one, whole[code][1] + two) for code, (one, two) in items.items()}
            total = sum(map(sum, items.values()))
            opening, closing[unit] = closing.get(unit, 5), self.chance.randint(1, 50)
            is_wrong = (unit, year) in self.planted.opening
            change = total - totals[unit, year - 1] if year > YEARS[0] else None
            if change is not None and (unit, year) in self.planted.implied:
                change += 7
            totals[unit, year] = total
            if (unit, year) in self.planted.missing:
                continue
            made = disclose(
                unit, year, items, (opening + 3 if is_wrong else opening, closing[unit]), change,
                scope="unit", department=department,
            )  # fmt: skip
            yield made
            if (unit, year) in self.planted.corrected:
                yield self._first_version(made)
        if (department, year) in self.own_error:
            whole[CODES[0]] = (whole[CODES[0]][0] + 10, whole[CODES[0]][1])
        self.planted.leaf_total[year] += sum(map(sum, whole.values())) * WAN
        yield disclose(department, year, whole, (0, 0), None)

    def _first_version(self, made: Disclosure) -> Disclosure:
        rows = [dict(row) for row in made.rows]
        rows[-1]["value"] += 1
        return Disclosure(
            made.name + "初版", made.unit, made.year, scope="unit", department=made.department, rows=rows,
            published_on=f"{made.year + 1}-08-01",
        )  # fmt: skip

    def _expect_consequences(self) -> None:
        """A document that is missing can contradict nobody, and leaves its department with a gap."""
        gone = self.planted.missing
        self.planted.department = set(self.own_error)
        for unit, year in gone:
            self.planted.department.add((unit[: len(DEPARTMENTS[0])], year))
        for found in (self.planted.opening, self.planted.implied):
            found -= {(unit, year) for unit, year in found if {(unit, year), (unit, year - 1)} & gone}


@pytest.fixture(scope="module")
def district(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Planted]:
    home = tmp_path_factory.mktemp("large")
    model = District()
    rows = [write(home, document) for document in model.documents()]
    target = home / "warehouse.duckdb"
    inputs = BuildInputs(
        sightings=sightings(*rows),
        extracted_root=home / "extracted" / "x",
        facts_root=home / "facts" / "y",
        night=date(2026, 11, 23),
    )
    summary = build_warehouse(target, inputs)
    assert (summary.loaded_count, summary.broken_constraints) == (len(rows), {})
    return target, model.planted


def test_exactly_what_was_planted_is_found(district: tuple[Path, Planted]) -> None:
    target, planted = district
    with duckdb.connect(str(target), read_only=True) as connection:

        def answer(name: str, unit: str) -> set[tuple[str, int]]:
            question = questions()[name]
            given = {one.name: one.default for one in question.parameters}
            cursor = connection.execute(question.sql, given)
            columns = [one[0] for one in cursor.description or ()]
            rows = [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
            return {(row[unit], row["fiscal_year"]) for row in rows}

        assert answer("opening_versus_last_closing", "unit_name") == planted.opening
        assert answer("implied_prior_year", "unit_name") == planted.implied
        assert answer("department_versus_units", "department_name") == planted.department
        assert answer("missing_or_late", "unit_name") == planted.missing
        assert answer("corrected_version", "unit_name") == planted.corrected
        totals = connection.execute(
            "SELECT fiscal_year, sum(total_yuan) FROM mart.leaf_expenditure GROUP BY 1"
        ).fetchall()
        units = connection.execute("SELECT count(*) FROM core.unit").fetchone()
    assert dict(totals) == planted.leaf_total
    assert units == (60,)
    assert min(map(len, (planted.opening, planted.implied, planted.missing, planted.corrected))) >= 3
