"""One disclosure, published again: the same file, a corrected one, and the same numbers in a new look, as PDFs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from samples.defects import DefectPlan, plan_for
from samples.district import DEFAULT_SEED
from samples.documents import final_accounts
from samples.model import unit_years
from samples.profiles import layouts, unit_profiles
from tests.flows.conftest import ingest

pytestmark = pytest.mark.slow

DEFECT = "D01"


def edition(layout: str, *, is_wrong: bool) -> tuple[bytes, DefectPlan]:
    """The final accounts in this look, with or without one wrong cell, and what was planted."""
    unit = next(one for one in unit_profiles(2) if one.slug == "caizheng")
    book = unit_years(replace(unit, layout=layouts()[layout]), (2024,), DEFAULT_SEED)
    declared = plan_for("caizheng", 2024, "final_accounts").defects
    plan = DefectPlan([one for one in declared if is_wrong and one.defect_id == DEFECT])
    return final_accounts(book[2024], book[2023], plan)[0].pdf(), plan


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, DefectPlan]:
    """Four nights over one address: a wrong edition, the same file again, the corrected one, the corrected one in a new look."""
    home, folder = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("published")
    path = folder / "caizheng_2024_final_accounts.pdf"
    wrong, plan = edition("three_code_columns", is_wrong=True)
    corrected, _ = edition("three_code_columns", is_wrong=False)
    new_look, _ = edition("rotated", is_wrong=False)
    known = []
    for day, pdf in enumerate((wrong, wrong, corrected, new_look), start=1):
        path.write_bytes(pdf)
        assert ingest(home, path, night=date(2025, 9, day), workers=1).status == "published"
        with duckdb.connect(str(home / "warehouse.duckdb"), read_only=True) as connection:
            known.append(connection.execute("SELECT count(*) FROM mart.document").fetchone())
    assert known == [(1,), (1,), (2,), (3,)]
    return home, plan


def test_the_last_edition_is_current_and_all_are_kept(published: tuple[Path, DefectPlan]) -> None:
    home, _ = published
    with duckdb.connect(str(home / "warehouse.duckdb"), read_only=True) as connection:
        versions = connection.execute(
            "SELECT version_no, is_current, superseded_by IS NULL, sighting_count, count(amount_id) > 100 "
            "FROM mart.document JOIN mart.amount USING (document_id) GROUP BY ALL ORDER BY 1"
        ).fetchall()
        counted = connection.execute(
            "SELECT count(DISTINCT document_id) FROM mart.leaf_expenditure"
        ).fetchone()
    assert [version[:3] for version in versions] == [(1, False, False), (2, False, False), (3, True, True)]
    assert all(has_amounts for *_, has_amounts in versions)
    assert counted == (1,)


def test_what_was_corrected_is_listed_from_old_to_new(published: tuple[Path, DefectPlan]) -> None:
    home, plan = published
    (defect,) = plan.defects
    with duckdb.connect(str(home / "warehouse.duckdb"), read_only=True) as connection:
        changes = connection.execute(
            "SELECT statement_code, functional_code, measure, change, old_value, new_value, old.raw_text, new.raw_text "
            "FROM mart.version_change JOIN mart.cell AS old ON old.cell_id = old_cell_id "
            "JOIN mart.cell AS new ON new.cell_id = new_cell_id"
        ).fetchall()

    def yuan(printed: str) -> Decimal:
        return Decimal(printed.replace(",", "")) * 10_000

    assert changes == [
        ("T03", "2010608", "project", "changed", yuan(defect.printed), yuan(defect.expected), defect.printed, defect.expected)
    ]  # fmt: skip
