"""A night's judging: a small corpus in one piece, a large one slice by slice, and of a known one only what has changed.

All three give the same rows. Rules that reach over the district are judged once over the whole corpus, from what the slices
contribute (``peers.sql``); all others group by group. What the verdicts and findings of a family of groups follow from is its
fingerprint (``expectations/carry.py``): where the published warehouse has it already, its rows are taken over.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import duckdb

from expectations.carry import attach, carry, carry_nothing, detach, find_families, take_fingerprints
from expectations.catalogue import Rule
from expectations.engine import (
    JudgeSummary,
    evaluate,
    judge,
    list_rules,
    note_runs,
    prepare,
    run_sql_file,
    store_outcomes,
    summarise,
    threads_worth_their_while,
)
from expectations.findings import discover
from expectations.settle import FindingsSummary, settle
from expectations.slices import PEER_TABLES, RESULT_TABLES, SLICE_SIZE, gather, laid_out, plan_slices

#: Up to this many documents, judging all of them takes no longer than finding out which have changed: nothing is kept for it.
_WORTH_CARRYING = 200

#: In what order the tables that judging fills are stored, as in one piece.
_ORDERS = {
    "outcome": "rule_id, document_id, subject",
    "outcome_evidence": "outcome_id, evidence_no",
    "finding": "finding_id",
    "finding_outcome": "finding_id, rowid",
    "finding_evidence": "finding_id, evidence_no",
}


class _RuleFailedError(Exception):
    """Rules whose SQL failed in some slice: they have no verdict in any, so that the others begin anew without them."""

    def __init__(self, messages: dict[str, str]) -> None:
        self.messages = messages


def judge_night(
    connection: duckdb.DuckDBPyConnection,
    rules: Sequence[Rule],
    night: date,
    previous: Path | None = None,
    slice_size: int = SLICE_SIZE,
) -> tuple[JudgeSummary, FindingsSummary]:
    """Judge ``rules`` over the warehouse of ``connection`` (a writer's) and settle what is found on ``night``.

    ``previous`` is the published warehouse: verdicts and findings of unchanged groups are taken from it. The rows are the
    same without it and for any size of slice.
    """
    connection.execute("TRUNCATE core.judged_group")
    (documents,) = connection.execute("SELECT count(*) FROM core.batch_document").fetchone() or (0,)
    is_worth_carrying = documents > _WORTH_CARRYING
    can_carry = is_worth_carrying and attach(connection, previous, rules)
    try:
        if documents <= slice_size and not can_carry:
            summary = _in_one_piece(connection, rules, is_worth_carrying)
        else:
            summary = _in_slices(connection, rules, can_carry, slice_size)
    finally:
        detach(connection)
    return summary, settle(connection, night)


def _in_one_piece(
    connection: duckdb.DuckDBPyConnection, rules: Sequence[Rule], is_worth_carrying: bool
) -> JudgeSummary:
    summary = judge(connection, rules)
    discover(connection)
    if summary.failed_rules or not is_worth_carrying:
        return summary
    over_district = [rule.id for rule in rules if rule.reach == "district"]
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE gathered_district_verdict AS FROM judged WHERE rule_id IN (SELECT unnest($rules))",
        {"rules": over_district},
    )
    find_families(connection)
    take_fingerprints(connection, rules)
    return summary


def _in_slices(
    connection: duckdb.DuckDBPyConnection, rules: Sequence[Rule], can_carry: bool, slice_size: int
) -> JudgeSummary:
    failed: dict[str, str] = {}
    list_rules(connection, rules)
    while True:
        able = [rule for rule in rules if rule.id not in failed]
        try:
            with threads_worth_their_while(connection):
                _judge_able(connection, able, can_carry and not failed, slice_size)
            break
        except _RuleFailedError as error:
            failed |= error.messages
    if failed:  # the next night is to carry nothing over
        connection.execute("TRUNCATE core.judged_group")
    run_sql_file(connection, "documents.sql")
    note_runs(connection, failed)
    return summarise(connection, len(rules), failed)


def _judge_able(
    connection: duckdb.DuckDBPyConnection, rules: Sequence[Rule], can_carry: bool, slice_size: int
) -> None:
    """Judge rules of which none is known to fail. Raises ``_RuleFailedError`` where one does after all."""
    carry_nothing(connection)
    _judge_over_district(connection, [rule for rule in rules if rule.reach == "district"], slice_size)
    find_families(connection)
    take_fingerprints(connection, rules)
    if can_carry:
        _carry(connection)
    own = [rule for rule in rules if rule.reach != "district"]
    for documents in plan_slices(connection, slice_size, "gathered_changed_group"):
        _judge_slice(connection, own, documents)
    for table, order in _ORDERS.items():
        connection.execute(f"TRUNCATE core.{table}")
        connection.execute(f"INSERT INTO core.{table} FROM gathered_{table} ORDER BY {order}")


def _carry(connection: duckdb.DuckDBPyConnection) -> None:
    try:
        for table in RESULT_TABLES:
            connection.execute(f"DROP TABLE temp.gathered_{table}")
        carry(connection)
    except duckdb.Error:  # the published warehouse is damaged: tonight's takes its place
        carry_nothing(connection)


def _judge_over_district(
    connection: duckdb.DuckDBPyConnection, rules: Sequence[Rule], slice_size: int
) -> None:
    """Leave the verdicts of rules that reach over the district in ``gathered_district_verdict``."""
    for table in PEER_TABLES:
        connection.execute(f"DROP TABLE IF EXISTS temp.gathered_{table}")
    for documents in plan_slices(connection, slice_size):
        with laid_out(connection, documents), threads_worth_their_while(connection):
            prepare(connection)
            gather(connection, PEER_TABLES)
    run_sql_file(connection, "documents.sql")
    for table in PEER_TABLES:
        connection.execute(
            f"CREATE OR REPLACE TEMP TABLE {table} AS FROM gathered_{table}; DROP TABLE gathered_{table}"
        )
    failed = evaluate(connection, rules)
    if failed:
        raise _RuleFailedError(failed)
    connection.execute("CREATE OR REPLACE TEMP TABLE gathered_district_verdict AS FROM judged")
    for table in (*PEER_TABLES, "judged", "rule_row"):
        connection.execute(f"DROP TABLE temp.{table}")


def _judge_slice(
    connection: duckdb.DuckDBPyConnection, rules: Sequence[Rule], documents: Sequence[str]
) -> None:
    """Judge a slice, gather its outcomes and findings."""
    with laid_out(connection, documents), threads_worth_their_while(connection):
        prepare(connection)
        failed = evaluate(connection, rules)
        if failed:
            raise _RuleFailedError(failed)
        connection.execute(
            "INSERT INTO judged FROM gathered_district_verdict SEMI JOIN slice_document USING (document_id)"
        )
        store_outcomes(connection)
        discover(connection)
        gather(connection, RESULT_TABLES, "core.")
