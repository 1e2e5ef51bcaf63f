"""Every question's answer against numbers worked out by hand from the district's own model."""

# ruff: noqa: E501 - rows of data read better unbroken

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.warehouse.district import FINANCE, SCHOOL, SPENT, STREET, write_district, write_registry
from tests.warehouse.sets import id_of
from warehouse.ask import ParameterError, UnknownQuestionError, ask, parse_question, questions
from warehouse.build import BuildInputs, build_warehouse
from warehouse.publish import prepare_generation, publish_generation

Ask = Callable[..., list[dict[str, Any]]]

VERDICTS = """
INSERT INTO core.rule (rule_id, version, title, family, severity) VALUES ('R1', 1, '甲规则', 'ARI', 'error'), ('R2', 1, '乙规则', 'ARI', 'notice');
INSERT INTO core.rule_run VALUES ('R1', 'evaluated', NULL, 3, 1, 0, 1, 0, 1, false), ('R2', 'failed', '出错', 0, 0, 0, 0, 0, 0, false);
INSERT INTO core.outcome (outcome_id, rule_id, document_id, subject, verdict, reason)
    SELECT 'o' || document_id, 'R1', document_id, '', 'not_evaluated', 'table_absent' FROM core.document WHERE is_current;
INSERT INTO core.outcome (outcome_id, rule_id, verdict, reason, document_id) SELECT 'n', 'R2', 'not_evaluated', 'x', min(document_id) FROM core.document;
INSERT INTO core.finding (finding_id, rule_id, severity, unit_name, fiscal_year, title, status, amount_yuan) VALUES
    ('f1', 'R2', 'notice', '甲', 2020, '提示', 'new', 9), ('f2', 'R1', 'error', '甲', 2020, '小错', 'new', 5), ('f3', 'R1', 'error', '乙', 2019, '大错', 'persisting', 7),
    ('f4', 'R1', 'error', '乙', 2020, '已改', 'fixed', 99);
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("district")
    staging = prepare_generation(home, "b")
    build_warehouse(
        staging / "warehouse.duckdb",
        BuildInputs(
            sightings=write_district(home),
            extracted_root=home / "extracted" / "x",
            facts_root=home / "facts" / "y",
            registry=write_registry(home / "registry"),
            night=date(2021, 12, 1),
        ),
    )
    with duckdb.connect(str(staging / "warehouse.duckdb")) as connection:
        connection.execute(VERDICTS)
        assert (
            connection.execute("SELECT name FROM core.constraint_check WHERE violation_count > 0").fetchall()
            == []
        )
    publish_generation(home, staging, "b", versions={}, counts={})
    return home


@pytest.fixture
def answer(home: Path) -> Ask:
    def run(name: str, **parameters: Any) -> list[dict[str, Any]]:
        result = ask(home, name, parameters)
        return [dict(zip(result.columns, row, strict=True)) for row in result.rows]

    return run


def wan(number: int) -> Decimal:
    return Decimal(number) * 10000


def pick(rows: list[dict[str, Any]], *names: str) -> list[tuple[Any, ...]]:
    return [tuple(row[name] for name in names) for row in rows]


def test_exception_list(answer: Ask) -> None:
    assert pick(answer("exception_list"), "finding_id") == [("f3",), ("f2",), ("f1",)]
    assert pick(answer("exception_list", fiscal_year=2020, severity="error"), "finding_id") == [("f2",)]


def test_missing_or_late(answer: Ask) -> None:
    # The street's first version of 2019 was there in August 2020, 22 days after 2020-07-10 + 20; the finance bureau's only in September.
    assert pick(answer("missing_or_late"), "status", "unit_name", "fiscal_year", "days_late") == [
        ("missing", SCHOOL, 2019, None),
        ("late", STREET, 2019, 2),
        ("late", FINANCE, 2019, 42),
    ]


def test_department_versus_units(answer: Ask) -> None:
    assert pick(answer("department_versus_units"), "department_name", "fiscal_year", "department_yuan", "units_yuan", "difference_yuan") == [
        (FINANCE, 2020, wan(414), wan(404), wan(10))
    ]  # fmt: skip


def test_three_public_by_year(answer: Ask) -> None:
    found = pick(
        answer("three_public_by_year", years=2),
        "unit_name",
        "fiscal_year",
        "three_public_yuan",
        "vehicle_operation_yuan",
    )
    assert sorted(found) == [
        (STREET, 2019, wan(4), wan(3)),
        (STREET, 2020, wan(1), wan(0)),
        (FINANCE, 2019, wan(8), wan(5)),
        (FINANCE, 2020, wan(8), wan(5)),
    ]
    assert len(answer("three_public_by_year")) == 6


def test_agency_cost_per_head(answer: Ask) -> None:
    found = answer("agency_cost_per_head")
    assert pick(found, "unit_name", "heads", "cost_per_head_yuan", "rank_in_peers", "peer_count") == [
        (FINANCE, Decimal(20), Decimal(30000), 1, 1)
    ]


def test_lowest_execution(answer: Ask) -> None:
    assert pick(
        answer("lowest_execution"), "functional_code", "budget_yuan", "final_yuan", "execution_percent"
    ) == [
        ("2010399", wan(100), wan(10), Decimal(10)),
        ("2010301", wan(200), wan(140), Decimal(70)),
    ]


def test_opening_versus_last_closing(answer: Ask) -> None:
    assert pick(
        answer("opening_versus_last_closing"), "unit_name", "fiscal_year", "last_closing_yuan", "opening_yuan"
    ) == [(FINANCE, 2020, wan(9), wan(8))]
    assert answer("opening_versus_last_closing", fiscal_year=2019) == []


def test_implied_prior_year(answer: Ask) -> None:
    found = answer("implied_prior_year")
    assert pick(found, "implied_prior_yuan", "printed_prior_yuan", "difference_yuan", "sentence") == [
        (wan(384), wan(392), wan(-8), "比上年增加30万元")
    ]


def test_vehicles_without_running_cost(answer: Ask) -> None:
    assert pick(answer("vehicles_without_running_cost"), "unit_name", "fiscal_year", "vehicle_count") == [
        (STREET, 2020, Decimal(4))
    ]


def test_equipment_without_procurement(answer: Ask) -> None:
    assert pick(answer("equipment_without_procurement"), "unit_name", "equipment_yuan") == [(STREET, wan(80))]
    assert answer("equipment_without_procurement", threshold_yuan=900000) == []


def test_excellent_but_unspent(answer: Ask) -> None:
    assert pick(answer("excellent_but_unspent"), "unit_name", "project", "execution_percent") == [
        (STREET, "道路整治", Decimal(50))
    ]
    assert answer("excellent_but_unspent", below_percent=50) == []


def test_corrected_version(answer: Ask) -> None:
    found = answer("corrected_version", unit_name=STREET)
    assert pick(found, "change", "statement_code", "old_value", "new_value") == [
        ("changed", "T03", wan(139), wan(140)),
        ("added", "T07", None, wan(1)),
    ]
    assert {row["new_document_id"] for row in found} == {id_of(f"{STREET}2019决算")}
    assert answer("corrected_version", unit_name=FINANCE) == []


def test_other_subjects_share(answer: Ask) -> None:
    assert pick(answer("other_subjects_share"), "unit_name", "fiscal_year", "other_percent") == [
        (STREET, 2018, Decimal("45.45"))
    ]
    assert len(answer("other_subjects_share", above_percent=30)) == 2


def test_subject_series_through_a_renumbering(answer: Ask) -> None:
    for code in ("2040405", "2040410"):
        assert pick(answer("subject_series", code=code), "fiscal_year", "codes", "total_yuan") == [
            (2018, ["2040405"], wan(40)),
            (2019, ["2040410"], wan(50)),
            (2020, ["2040410"], wan(60)),
        ]
    found = pick(answer("subject_series", code="20805"), "fiscal_year", "names", "total_yuan")
    assert found == [
        (2018, ["行政事业单位离退休"], wan(30)),
        (2019, ["行政事业单位离退休"], wan(32)),
        (2020, ["行政事业单位养老支出"], wan(34)),
    ]


def test_rule_statistics(answer: Ask) -> None:
    assert pick(answer("rule_statistics"), "rule_id", "violated_count", "message") == [
        ("R1", 1, None),
        ("R2", 0, "出错"),
    ]


def test_not_evaluated_errors(answer: Ask) -> None:
    found = answer("not_evaluated_errors")
    assert {row["rule_id"] for row in found} == {"R1"}
    assert len(found) == 8  # seven final accounts in force, one budget
    assert len(answer("not_evaluated_errors", fiscal_year=2018)) == 2


def test_days_to_publish(answer: Ask) -> None:
    assert pick(answer("days_to_publish"), "unit_name", "fiscal_year", "days_from_approval") == [
        (FINANCE, 2019, 62),
        (STREET, 2019, 22),
        (STREET, 2018, 16),
        (FINANCE, 2018, 16),
        (STREET, 2020, 9),
        (FINANCE, 2020, 9),
    ]


def test_behind_a_number(answer: Ask) -> None:
    found = answer("behind_a_number", amount_yuan="3200000")
    assert {(row["unit_name"], row["raw_text"], row["measure"], row["page"], row["x0"]) for row in found} == {
        (FINANCE, "320", "total", 1, 100.0),
        (FINANCE, "320", "basic", 1, 100.0),
    }
    assert len(answer("behind_a_number", amount_id=found[0]["cell_id"])) == 1


def test_leaf_expenditure_counts_each_money_once(home: Path) -> None:
    with duckdb.connect(str(home / "current" / "warehouse.duckdb"), read_only=True) as connection:
        found = connection.execute(
            "SELECT unit_name, fiscal_year, sum(total_yuan), sum(basic_yuan), sum(project_yuan) FROM mart.leaf_expenditure "
            "WHERE doc_kind = 'final_accounts' GROUP BY ALL"
        ).fetchall()
        verdicts = connection.execute("SELECT DISTINCT verdict FROM mart.leaf_reconciliation").fetchall()
    expected = {
        (
            unit,
            year,
            wan(sum(map(sum, items.values()))),
            wan(sum(one for one, _ in items.values())),
            wan(sum(two for _, two in items.values())),
        )
        for (unit, year), items in SPENT.items()
    }
    assert set(found) == expected
    assert verdicts == [("exact",)]


def test_publication_states(home: Path) -> None:
    with duckdb.connect(str(home / "current" / "warehouse.duckdb"), read_only=True) as connection:
        found = connection.execute(
            "SELECT fiscal_year, status, reason FROM mart.dim_publication WHERE unit_name = ? ORDER BY 1",
            [SCHOOL],
        ).fetchall()
        statuses = connection.execute(
            "SELECT DISTINCT status, reason FROM mart.dim_publication WHERE unit_name LIKE '%评审中心'"
        ).fetchall()
        coverage = connection.execute(
            "SELECT expected_count, found_count, late_count, missing_count, exempt_count FROM mart.publication_coverage "
            "WHERE fiscal_year = 2019 AND doc_kind = 'final_accounts'"
        ).fetchall()
    assert found == [(2018, "exempt", "涉密"), (2019, "missing", None)]  # gone since 2020
    assert statuses == [("exempt", "预算不单列，并入上级公开")]
    assert coverage == [(3, 2, 2, 1, 1)]


def test_every_question_is_titled_in_chinese_and_its_parameters_are_used() -> None:
    assert len(questions()) >= 16
    for question in questions().values():
        assert any("一" <= one <= "龥" for one in question.title)
        for parameter in question.parameters:
            assert f"${parameter.name}" in question.sql, question.name
        assert question.record()["name"] == question.name


def test_wrong_questions_and_parameters_are_named(home: Path) -> None:
    with pytest.raises(UnknownQuestionError, match="exception_list"):
        ask(home, "nothing")
    with pytest.raises(ParameterError, match="没有参数 colour"):
        ask(home, "missing_or_late", {"colour": "red"})
    with pytest.raises(ParameterError, match="整数"):
        ask(home, "missing_or_late", {"fiscal_year": "last"})
    with pytest.raises(ValueError, match="title"):
        parse_question("x", "SELECT 1")
    with pytest.raises(ValueError, match="parameter"):
        parse_question("x", "-- title: 甲\n-- explanation: 乙\n-- parameter: n\nSELECT 1")


def test_the_example_notebook_runs(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MINGZHANG_HOME", str(home))
    path = Path(__file__).parents[2] / "docs" / "analyst_example.ipynb"
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    names: dict[str, Any] = {}
    for cell in cells:
        if cell["cell_type"] == "code":
            exec("".join(cell["source"]), names)
    assert names["spending"].height == 7  # three years of two bodies, and one budget
