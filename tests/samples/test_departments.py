"""Departments are the sum of their members, and defects between documents leave each document consistent."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from samples.defects import plan_for
from samples.departments import department_books, department_profiles
from samples.district import District, generate_district
from samples.model import FUNDS, UnitYear, unit_years
from samples.model_defects import amend_accounts
from samples.profiles import unit_profiles

YEARS = (2022, 2023)


@pytest.mark.parametrize("number", range(4))
def test_a_department_is_the_sum_of_its_members(number: int) -> None:
    department = department_profiles(number + 1)[number]
    (profile, total), *members = department_books(department, YEARS, 5)
    assert profile.name == members[0][0].name
    assert {member.department for member, _ in members} == {profile.name}
    for year in YEARS:
        books = [book[year] for _, book in members]
        assert total[year].grand_total == sum(book.grand_total for book in books)
        assert total[year].fiscal_revenue_by_item() == {
            code: sum(book.fiscal_revenue_by_item().get(code, 0) for book in books)
            for code in total[year].fiscal_revenue_by_item()
        }
        for code, item in total[year].items().items():
            assert item.total == sum(book.items()[code].total for book in books if code in book.items())


def balances(year: UnitYear) -> bool:
    return year.grand_total == year.total().total + sum(
        year.closing.values()
    ) and year.fiscal_total == year.total(FUNDS).total + sum(year.closing[fund] for fund in FUNDS)


@pytest.mark.parametrize("change", [{"opening": 12.34}, {"previous": 66.6}, {"initial": 33.3}, {"omit": 0}])
def test_a_defect_between_documents_leaves_the_document_balanced(change: dict[str, float]) -> None:
    book = unit_years(unit_profiles(6)[5], YEARS, 5)
    year, previous = amend_accounts(change, book[2023], book[2022])
    assert balances(year)
    assert balances(previous)
    assert (year, previous) != (book[2023], book[2022])


@pytest.fixture(scope="module")
def with_departments(tmp_path_factory: pytest.TempPathFactory) -> District:
    directory: Path = tmp_path_factory.mktemp("departments")
    return generate_district(directory, units=0, departments=1, years=YEARS, budget_years=())


def test_printed_members_add_up_to_the_printed_department(with_departments: District) -> None:
    documents = [d for d in with_departments.documents if d.fiscal_year == 2023]
    assert sorted(d.scope for d in documents) == ["department", "unit", "unit", "unit"]
    assert len({d.department_name for d in documents}) == 1

    def total(scope: str) -> Decimal:
        return sum(
            (
                Decimal(amount["value"]) / (10_000 if amount["unit"] == "元" else 1)
                for document in documents
                if document.scope == scope
                for amount in with_departments.truth(document)["amounts"]
                if (amount["statement_code"], amount["line_code"]) == ("T01", "expenditure.subtotal")
            ),
            Decimal(0),
        )

    assert abs(total("department") - total("unit")) <= Decimal("0.02")


def test_defects_of_larger_districts_apply_only_there(with_departments: District, district: District) -> None:
    assert [finding["id"] for finding in with_departments.findings] == ["L04"]
    assert not [finding for finding in district.findings if finding["id"].startswith("L")]
    assert plan_for("wenlv", 2022, "final_accounts").defects[0].rules == ["ORG-SUM"]
