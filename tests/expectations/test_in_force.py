"""A rule answers for documents of its kind, its years and its places, and for no others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import duckdb
import pytest

from expectations.catalogue import parse_rule
from expectations.engine import judge

#: Speaks of every document, whatever it is.
RULE = parse_rule(
    "ANY",
    """-- id: ANY
-- title: 任何文件
-- family: DOC
-- severity: notice
-- basis: B1
-- kind: exact
-- doc_kind: any
-- needs: narrative
-- version: 1
-- sentence: 任何文件。
SELECT document_id, '' AS subject, 0 AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count,
       []::VARCHAR[] AS evidence
FROM core.document
""",
)

#: Documents of a warehouse: id, kind, year, place, and whether rules are asked about it at all.
DOCUMENTS = (
    ("accounts-2020", "final_accounts", 2020, "甲市", True),
    ("budget-2021", "budget", 2021, "甲市", True),
    ("accounts-2022", "final_accounts", 2022, "乙市", True),
    ("no-year", "budget", None, None, True),
    ("superseded", "final_accounts", 2020, "甲市", False),
)


@pytest.fixture
def warehouse(empty_warehouse: Callable[[], duckdb.DuckDBPyConnection]) -> duckdb.DuckDBPyConnection:
    connection = empty_warehouse()
    for document_id, kind, year, place, is_current in DOCUMENTS:
        connection.execute(
            "INSERT INTO core.document BY NAME SELECT $id AS document_id, $id AS disclosure_id, $id AS sha256, "
            "$kind AS doc_kind, $year AS fiscal_year, $place AS place, $current AS is_current, "
            "'loaded' AS status, true AS is_identified",
            {"id": document_id, "kind": kind, "year": year, "place": place, "current": is_current},
        )
    return connection


@pytest.mark.parametrize(
    ("limits", "asked"),
    [
        ({}, {"accounts-2020", "budget-2021", "accounts-2022", "no-year"}),
        ({"doc_kind": "budget"}, {"budget-2021", "no-year"}),
        ({"years": (2021, 2021)}, {"budget-2021", "no-year"}),
        ({"years": (0, 2020)}, {"accounts-2020", "no-year"}),
        ({"places": ("甲市", "丙市")}, {"accounts-2020", "budget-2021"}),
        ({"doc_kind": "final_accounts", "years": (2021, 9999), "places": ("乙市",)}, {"accounts-2022"}),
    ],
    ids=["none", "kind", "year", "until", "places", "all"],
)
def test_a_rule_answers_within_its_limits(
    warehouse: duckdb.DuckDBPyConnection, limits: dict[str, Any], asked: set[str]
) -> None:
    judge(warehouse, [replace(RULE, **limits)])
    outcomes = warehouse.execute("SELECT document_id, verdict, reason FROM core.outcome").fetchall()
    assert {document for document, verdict, _ in outcomes if verdict == "exact"} == asked
    assert {reason for _, verdict, reason in outcomes if verdict != "exact"} <= {"superseded"}
    assert len(outcomes) == len({document for document, _, _ in outcomes})
