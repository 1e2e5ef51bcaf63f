"""Every rule against its cases: one warehouse with one document a case, judged once."""

from __future__ import annotations

from collections.abc import Callable

import duckdb
import pytest

from expectations.cases import Case, fill_warehouse, load_cases
from expectations.catalogue import load_rules
from expectations.engine import JudgeSummary, judge

RULES = load_rules()
CASES = load_cases()
ALL_CASES = [case for cases in CASES.values() for case in cases]
WORST_FIRST = ("violated", "needs_review", "rounded", "exact", "not_evaluated")

Outcomes = dict[tuple[str, str], tuple[str, str | None]]


@pytest.fixture(scope="module")
def judged(
    empty_warehouse: Callable[[], duckdb.DuckDBPyConnection],
) -> tuple[Outcomes, JudgeSummary, list[str]]:
    connection = empty_warehouse()
    document_ids = fill_warehouse(connection, ALL_CASES)
    summary = judge(connection, RULES)
    outcomes: Outcomes = {}
    for rule_id, document_id, verdict, reason in connection.sql(
        "SELECT rule_id, document_id, verdict, min(reason) FROM core.outcome GROUP BY ALL"
    ).fetchall():
        known = outcomes.get((rule_id, document_id))
        if known is None or WORST_FIRST.index(verdict) < WORST_FIRST.index(known[0]):
            outcomes[rule_id, document_id] = (verdict, reason)
    return outcomes, summary, document_ids


def test_no_rule_fails(judged: tuple[Outcomes, JudgeSummary, list[str]]) -> None:
    assert judged[1].failed_rules == {}


@pytest.mark.parametrize(
    "number", range(len(ALL_CASES)), ids=[f"{case.rule_id}: {case.name}" for case in ALL_CASES]
)
def test_case(number: int, judged: tuple[Outcomes, JudgeSummary, list[str]]) -> None:
    outcomes, _, document_ids = judged
    case = ALL_CASES[number]
    verdict, reason = outcomes[case.rule_id, document_ids[number]]
    assert verdict == case.expect, f"{case.rule_id} {case.name}: {verdict} ({reason})"
    if case.reason:
        assert reason == case.reason


@pytest.mark.parametrize("rule_id", [rule.id for rule in RULES])
def test_every_rule_has_cases_of_all_three_sorts(rule_id: str) -> None:
    cases: list[Case] = CASES.get(rule_id, [])
    verdicts = {case.expect for case in cases}
    assert verdicts & {"exact", "rounded"}, f"{rule_id} has no case that passes"
    assert "violated" in verdicts, f"{rule_id} has no case that violates it"
    assert "not_evaluated" in verdicts, f"{rule_id} has no case it does not apply to"


def test_every_case_file_has_its_rule() -> None:
    assert CASES.keys() <= {rule.id for rule in RULES}
