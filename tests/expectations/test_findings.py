"""Findings: one root cause, a stable id, a Chinese message, and the ledger's memory."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import duckdb
import pytest

from expectations.cases import Case, fill_warehouse
from expectations.catalogue import load_rules
from expectations.engine import judge
from expectations.findings import FindingsSummary, find

NIGHT = date(2026, 11, 23)
RULES = [rule for rule in load_rules() if rule.family in ("ARI", "XTB")]
Make = Callable[[], duckdb.DuckDBPyConnection]

ROW_AND_HIERARCHY = (
    "T03 functional.class code=201 row=1 = 30.00",
    "T03 functional.class code=201 row=1 column=2 measure=basic = 20.00",
    "T03 functional.class code=201 row=1 column=3 measure=project = 10.00",
    "T03 functional.item code=2010601 row=2 = 12.00",
    "T03 functional.item code=2010601 row=2 column=2 measure=basic = 11.00",
    "T03 functional.item code=2010601 row=2 column=3 measure=project = 10.00",
    "T03 functional.item code=2010602 row=3 = 18.00",
    "T03 functional.item code=2010602 row=3 column=2 measure=basic = 9.00",
    "T03 functional.item code=2010602 row=3 column=3 measure=project = 9.00",
)


def _found(make: Make, *documents: tuple[str, ...]) -> tuple[duckdb.DuckDBPyConnection, FindingsSummary]:
    connection = make()
    fill_warehouse(
        connection, [Case("T03-ROW", "样例", "violated", amounts=amounts) for amounts in documents]
    )
    judge(connection, RULES)
    return connection, find(connection, NIGHT)


def test_violations_that_share_a_wrong_cell_are_one_finding(empty_warehouse: Make) -> None:
    connection, summary = _found(empty_warehouse, ROW_AND_HIERARCHY)
    findings = connection.sql("SELECT rule_id, severity, message FROM core.finding").fetchall()
    assert [(rule_id, severity) for rule_id, severity, _ in findings] == [("T03-HIER", "error")]
    assert summary.new == 1
    message = findings[0][2]
    assert "10.00 万元" in message
    assert "19.00 万元" in message
    assert "第 1 页" in message
    assert "支出表行平衡" in message
    outcomes = connection.sql("SELECT count(*) FROM core.finding_outcome").fetchone()
    assert outcomes is not None
    assert outcomes[0] >= 2


def test_independent_violations_stay_apart(empty_warehouse: Make) -> None:
    amounts = (
        "T01 revenue.total = 9.00",
        "T01 expenditure.total = 8.00",
        "T07 three_public.vehicles = 2.00",
        "T07 three_public.vehicle_purchase = 1.00",
        "T07 three_public.vehicle_operation = 2.00",
    )
    connection, _ = _found(empty_warehouse, amounts)
    rules = connection.sql("SELECT rule_id FROM core.finding ORDER BY ALL").fetchall()
    assert rules == [("T01-TOTAL-EQ",), ("T07-CAR",)]


def test_what_fails_in_a_table_that_may_be_misread_is_one_finding(empty_warehouse: Make) -> None:
    amounts = tuple(
        f"T03 functional.item code=20106{row:02d} row={row} confidence=0.5 column={column} measure={measure} = {value}"
        for row in range(1, 5)
        for column, measure, value in ((1, "total", 10 * row), (2, "basic", row), (3, "project", 1))
    )
    connection, _ = _found(empty_warehouse, amounts)
    findings = connection.sql("SELECT rule_id, severity, message FROM core.finding").fetchall()
    assert [(rule_id, severity) for rule_id, severity, _ in findings] == [("T03-ROW", "warning")]
    assert "共 4 处" in findings[0][2]


def test_ids_do_not_depend_on_other_documents_or_repetition(empty_warehouse: Make) -> None:
    other = ("T01 revenue.total = 9.00", "T01 expenditure.total = 8.00")
    alone, _ = _found(empty_warehouse, ROW_AND_HIERARCHY)
    together, _ = _found(empty_warehouse, ROW_AND_HIERARCHY, other)
    query = "SELECT finding_id FROM core.finding WHERE document_id = 'c000000000000000' ORDER BY ALL"
    first = alone.sql(query).fetchall()
    assert first == together.sql(query).fetchall()
    find(alone, NIGHT)
    assert alone.sql(query).fetchall() == first


def test_the_ledger_tells_new_from_persisting_waived_and_fixed(empty_warehouse: Make) -> None:
    connection, summary = _found(empty_warehouse, ROW_AND_HIERARCHY)
    (event,) = summary.events
    assert event.kind == "first_seen"
    insert = "INSERT INTO core.finding_event (event_id, event_no, finding_id, kind, happened_on) VALUES (?, ?, ?, ?, ?)"
    connection.execute(insert, ["e1", 1, event.finding_id, "first_seen", date(2026, 11, 1)])
    connection.execute(insert, ["e2", 2, "f_gone", "first_seen", date(2026, 11, 1)])
    again = find(connection, NIGHT)
    assert (again.persisting, again.fixed) == (1, 1)
    assert [(event.finding_id, event.state) for event in again.events] == [("f_gone", "fixed")]
    assert connection.sql("SELECT status, first_seen FROM core.finding").fetchall() == [
        ("persisting", date(2026, 11, 1))
    ]
    connection.execute(insert, ["e3", 3, event.finding_id, "waiver", date(2026, 11, 2)])
    assert find(connection, NIGHT).waived == 1


@pytest.mark.parametrize(
    ("right", "cause"),
    [
        ("32.65", "transposed_digits"),
        ("325600.00", "unit_slip"),
        ("325.60", "decimal_point"),
        ("32.96", "wrong_digit"),
        ("32.570", "rounding"),
        ("325.16", "extra_digit"),
    ],
)
def test_diagnosis(empty_warehouse: Make, right: str, cause: str) -> None:
    amounts = ("T01 revenue.total = 32.56", f"T01 expenditure.total = {right}")
    connection, _ = _found(empty_warehouse, amounts)
    assert connection.sql("SELECT diagnosis_code FROM core.finding").fetchall() == [(cause,)]


def test_amount_at_issue_is_in_yuan(empty_warehouse: Make) -> None:
    connection, _ = _found(empty_warehouse, ("T01 revenue.total = 9.00", "T01 expenditure.total = 8.00"))
    assert connection.sql("SELECT amount_yuan, actual FROM core.finding").fetchall() == [
        (Decimal("10000.000000"), "9.00 万元")
    ]
