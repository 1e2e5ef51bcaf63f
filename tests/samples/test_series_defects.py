"""Two years of a generated district, budgets and accounts, departments and their units, from PDF to exception list.

Every document agrees with itself; what is wrong is wrong between documents. No registry tells which unit belongs where: the
departments' own lists do.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import pytest

from samples.district import District, generate_district
from tests.flows.conftest import ingest

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def series(tmp_path_factory: pytest.TempPathFactory) -> District:
    return generate_district(
        tmp_path_factory.mktemp("series"),
        units=8,
        departments=2,
        years=(2023, 2024),
        budget_years=(2023, 2024),
        with_truth=False,
        declared="series_defects",
    )


@pytest.fixture(scope="module")
def warehouse(series: District, tmp_path_factory: pytest.TempPathFactory) -> duckdb.DuckDBPyConnection:
    home: Path = tmp_path_factory.mktemp("night")
    assert ingest(home, series.directory / "documents", night=date(2025, 10, 1)).status == "published"
    return duckdb.connect(str(home / "warehouse.duckdb"), read_only=True)


def test_every_planted_defect_is_noticed_by_its_rule(
    series: District, warehouse: duckdb.DuckDBPyConnection
) -> None:
    violated = set(
        warehouse.execute(
            "SELECT document_id, rule_id FROM mart.outcome WHERE verdict = 'violated'"
        ).fetchall()
    )
    missed = [
        finding["id"]
        for finding in series.findings
        if (finding["document_id"], finding["rules"][0]) not in violated
    ]
    assert len(series.findings) == 19
    assert missed == []


def test_nothing_else_is_an_error_or_a_warning(
    series: District, warehouse: duckdb.DuckDBPyConnection
) -> None:
    planted = {(finding["document_id"], rule) for finding in series.findings for rule in finding["rules"]}
    told = warehouse.execute(
        "SELECT document_id, rule_id, message FROM mart.exception WHERE severity IN ('error', 'warning')"
    ).fetchall()
    assert [message for document, rule, message in told if (document, rule) not in planted] == []


def test_money_of_departments_is_counted_once(series: District, warehouse: duckdb.DuckDBPyConnection) -> None:
    bodies = {one.unit_name for one in series.documents if one.department_name == one.unit_name}
    counted = {
        name
        for (name,) in warehouse.execute("SELECT DISTINCT unit_name FROM mart.leaf_expenditure").fetchall()
    }
    assert counted == bodies
    members = {
        (one.unit_name, one.department_name)
        for one in series.documents
        if one.department_name != one.unit_name
    }
    known = warehouse.execute(
        "SELECT unit_name, parent_name FROM core.unit WHERE parent_name IS NOT NULL"
    ).fetchall()
    assert set(known) == members
    assert len(members) == 4
