"""The accounts behind the samples are consistent to the last 分, and years are linked."""

from __future__ import annotations

import pytest

from samples.final_tables import final_tables
from samples.model import FUNDS, UnitYear, unit_years
from samples.profiles import unit_profiles
from samples.tables import Printer, Table


def all_years(count: int = 30) -> list[UnitYear]:
    return [
        year for unit in unit_profiles(count) for year in unit_years(unit, (2022, 2023, 2024), 7).values()
    ]


@pytest.mark.parametrize("year", all_years(), ids=lambda y: f"{y.unit.slug}-{y.year}")
def test_accounts_balance(year: UnitYear) -> None:
    assert year.grand_total == year.total().total + sum(year.closing.values())
    assert year.fiscal_total == year.total(FUNDS).total + sum(year.closing[fund] for fund in FUNDS)
    assert sum(year.fiscal_revenue_by_item().values()) == sum(year.revenue(fund) for fund in FUNDS)
    assert year.total(["gp"]).basic == year.personnel + year.operating
    assert min(year.fiscal_revenue_by_item().values()) >= 0
    assert min(year.closing.values()) >= 0
    assert year.economic["30217"] == year.three_public["hospitality"]
    assert all(project.executed <= project.full_year for project in year.projects)


def test_years_are_linked_and_independent_of_other_units() -> None:
    unit = unit_profiles(40)[35]
    book = unit_years(unit, (2022, 2023, 2024), 7)
    assert book[2024].opening == book[2023].closing
    assert unit_years(unit_profiles(36)[35], (2022, 2023, 2024), 7)[2024] == book[2024]


def grid_is_full(table: Table) -> bool:
    """Every grid position is covered by exactly one cell."""
    rows = [*table.header, *table.body]
    taken: set[tuple[int, int]] = set()
    for row_number, row in enumerate(rows):
        column = 0
        for cell in row:
            while (row_number, column) in taken:
                column += 1
            area = {
                (row_number + d, column + r) for d in range(cell.row_span) for r in range(cell.column_span)
            }
            if area & taken:
                return False
            taken |= area
    return len(taken) == len(rows) * len(table.widths)


def test_every_statement_fills_its_grid() -> None:
    for year in all_years(16):
        for table in final_tables(year, Printer()):
            assert grid_is_full(table), (year.unit.slug, table.title)


def test_unit_names_of_a_large_district_differ() -> None:
    names = [unit.name for unit in unit_profiles(600)]
    assert len(set(names)) == len(names)
