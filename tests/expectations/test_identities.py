"""Identities of many rules are reckoned together, and a rule that asks wrongly costs the others nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import duckdb
import pytest

from expectations.cases import fill_warehouse, load_cases
from expectations.catalogue import Rule, load_rules
from expectations.engine import judge

ASKED = [rule for rule in load_rules() if "identity(" in rule.sql]
CASES = [case for rule in ASKED for case in load_cases()[rule.id]]


@pytest.fixture(scope="module")
def warehouse(empty_warehouse: Callable[[], duckdb.DuckDBPyConnection]) -> duckdb.DuckDBPyConnection:
    connection = empty_warehouse()
    fill_warehouse(connection, CASES)
    return connection


def outcomes(connection: duckdb.DuckDBPyConnection, *rules: Rule) -> list[tuple[object, ...]]:
    judge(connection, rules)
    return connection.execute("FROM core.outcome SELECT * EXCLUDE (outcome_id) ORDER BY ALL").fetchall()


def test_rules_judged_together_say_what_each_says_alone(warehouse: duckdb.DuckDBPyConnection) -> None:
    alone = [row for rule in ASKED[:6] for row in outcomes(warehouse, rule)]
    assert sorted(map(str, alone)) == sorted(map(str, outcomes(warehouse, *ASKED[:6])))


@pytest.mark.parametrize(
    "call", ["identity([term('T01')], [term('T03', 'x')])", "identity([nonsense('T01')], [])"]
)
def test_a_rule_that_asks_wrongly_fails_alone(warehouse: duckdb.DuckDBPyConnection, call: str) -> None:
    sound = outcomes(warehouse, *ASKED[:3])
    broken = replace(ASKED[3], id="BROKEN", sql=f"FROM {call}")
    summary = judge(warehouse, [*ASKED[:3], broken])
    assert list(summary.failed_rules) == ["BROKEN"]
    assert (
        warehouse.execute("FROM core.outcome SELECT * EXCLUDE (outcome_id) ORDER BY ALL").fetchall() == sound
    )


def test_a_rule_over_the_district_has_no_identities(warehouse: duckdb.DuckDBPyConnection) -> None:
    """Such a rule sees no figures, only what the slices contribute."""
    assert not any(rule.reach == "district" for rule in ASKED)
