"""Findings against a truth file: recall by severity, false alarms, and what is left to look at."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb

from expectations.cases import Case, fill_warehouse
from expectations.catalogue import load_rules
from expectations.engine import judge
from expectations.evaluate import evaluate
from expectations.findings import find

RULES = [rule for rule in load_rules() if rule.id in ("T01-TOTAL-EQ", "T07-CAR", "X-0103-CLS")]
TRUTH = [
    {
        "id": "E1",
        "doc": "x/a.pdf",
        "kind": "E",
        "severity": "error",
        "location": "p1",
        "rules": ["T01-TOTAL-EQ"],
    },
    {
        "id": "E2",
        "doc": "x/a.pdf",
        "kind": "E",
        "severity": "error",
        "location": "p9",
        "rules": ["T01-TOTAL-EQ"],
    },
    {"id": "N1", "doc": "x/a.pdf", "kind": "N", "severity": "none", "location": "", "rules": ["X-0103-CLS"]},
    {"id": "N2", "doc": "x/a.pdf", "kind": "N", "severity": "none", "location": "", "rules": ["T07-CAR"]},
    {
        "id": "E3",
        "doc": "x/absent.pdf",
        "kind": "E",
        "severity": "error",
        "location": "",
        "rules": ["T01-TOTAL-EQ"],
    },
]
AMOUNTS = (
    "T01 revenue.total = 9.00",
    "T01 expenditure.total = 8.00",
    "T01 expenditure.class code=208 = 326.71",
    "T03 functional.class code=208 = 326.72",
    "T07 three_public.vehicles = 3.00",
    "T07 three_public.vehicle_purchase = 1.00",
    "T07 three_public.vehicle_operation = 1.00",
)


def test_evaluation(tmp_path: Path, empty_warehouse: Callable[[], duckdb.DuckDBPyConnection]) -> None:
    (tmp_path / "findings.json").write_text(json.dumps(TRUTH), encoding="utf-8")
    connection = empty_warehouse()
    fill_warehouse(connection, [Case("", "", "", document={"file_name": "a.pdf"}, amounts=AMOUNTS)])
    judge(connection, RULES)
    find(connection, date(2026, 11, 23))
    evaluation = evaluate(connection, tmp_path)
    assert evaluation.documents == 1
    assert evaluation.recall["error"] == (1, 2)
    assert evaluation.missed == ("E2",)
    assert evaluation.false_alarms == ("N2",)
    assert [one["rule_id"] for one in evaluation.to_adjudicate] == ["T07-CAR"]
