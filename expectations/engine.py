"""The engine: runs every rule once inside DuckDB and stores every verdict. It knows no rule and no tolerance.

``judge`` does it in one piece; ``expectations/night.py`` puts the same steps together slice by slice. A rule's SQL returns
the subjects it is in force for with both sides; the comparison named by its kind comes from
``warehouse/sql/rounding.sql``. Nothing here loops over documents: each rule is one set-based statement.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from expectations.catalogue import Rule
from expectations.identities import reckon_identities

_HERE = Path(__file__).parent
_TWO_SIDED = "actual, actual_half_width, expected, expected_half_width, part_count"
_FRACTION = "actual, actual_half_width, part, part_half_width, whole, whole_half_width"
_COMPARISONS = {
    **{
        kind: f"judge_{kind}({_TWO_SIDED})"
        for kind in ("equal", "sum", "at_most", "at_least", "greater", "less", "unchanged", "nearly_unchanged", "exact",
                     "shares")
    },
    **{kind: f"judge_{kind}({_FRACTION})" for kind in ("percentage", "growth", "growth_on_prior")},
    "score": "judge_score(actual, decimals, part, whole, expected)",
    "direction": f"""CASE
        WHEN direction IN ('increase', 'greater') THEN judge_greater({_TWO_SIDED})
        WHEN direction IN ('decrease', 'less') THEN judge_less({_TWO_SIDED})
        WHEN direction = 'at_least' THEN judge_at_least({_TWO_SIDED})
        WHEN direction = 'equal' THEN judge_unchanged({_TWO_SIDED})
        WHEN direction = 'nearly_equal' THEN judge_nearly_unchanged({_TWO_SIDED}) END""",
}  # fmt: skip
#: What rules read, in the order in which it is laid out.
PREPARATION = (
    "documents.sql",
    "prepare.sql",
    "macros.sql",
    "claims.sql",
    "across.sql",
    "peers.sql",
    "forms.sql",
)
#: What the printed percentage should have read, for kinds whose other side is a fraction.
_EXPECTED = {
    "percentage": "percentage_of(part, whole)",
    "growth": "percentage_of(whole, part - whole)",
    "growth_on_prior": "percentage_of(part - whole, whole)",
    "score": "hundredths_of(part, expected, whole)",
}
#: Whether the change behind a growth is a fall.
_FALL_IN_CHANGE = {"growth": "whole < 0"}
#: A run in which a rule is violated, or not evaluated, in more than this share of its documents reports the rule.
SUSPICIOUS_SHARE = 0.3
#: Up to this many documents a rule is too little work to be shared: handing it to threads takes longer than doing it.
_ONE_THREAD_DOCUMENTS = 2_000


@dataclass(frozen=True, slots=True)
class JudgeSummary:
    """What one judging run did: rules evaluated and failed, outcomes by verdict, rules that look suspicious."""

    rule_count: int
    verdicts: dict[str, int] = field(default_factory=dict)
    failed_rules: dict[str, str] = field(default_factory=dict)
    suspicious_rules: tuple[str, ...] = ()


def judge(connection: duckdb.DuckDBPyConnection, rules: Sequence[Rule]) -> JudgeSummary:
    """Judge ``rules`` over the warehouse of ``connection`` (a writer's) in one piece and fill the outcome tables of core.

    A rule whose SQL fails is an error of the run: it gets a row ``failed`` in ``core.rule_run`` and no outcome.
    Judging again replaces what was judged before.
    """
    with threads_worth_their_while(connection):
        prepare(connection)
        failed = evaluate(connection, rules)
        store_outcomes(connection)
        list_rules(connection, rules)
        note_runs(connection, failed)
    return summarise(connection, len(rules), failed)


def prepare(connection: duckdb.DuckDBPyConnection) -> None:
    """Lay out what rules read, as temporary tables, views and macros of the connection."""
    for name in PREPARATION:
        run_sql_file(connection, name)


def evaluate(connection: duckdb.DuckDBPyConnection, rules: Sequence[Rule]) -> dict[str, str]:
    """Fill the temporary table ``judged`` with a verdict for every subject and every document in reach of ``rules``.

    Reads what ``prepare`` laid out. Returns the message of every rule that failed; such a rule has no verdicts.
    """
    _tell_rules(connection, rules)
    run_sql_file(connection, "judging.sql")
    reckon_identities(connection, rules)
    failed: dict[str, str] = {}
    for rule in rules:
        try:
            _ask(connection, rule)
        except duckdb.Error as error:
            failed[rule.id] = _one_line(error)
    for kind in sorted({rule.kind for rule in rules}):
        failed |= _compare(connection, kind, [rule.id for rule in rules if rule.kind == kind])
    connection.execute(
        "DELETE FROM asked_rule WHERE list_contains(string_split($failed, ' '), rule_id)",
        {"failed": " ".join(failed)},
    )
    run_sql_file(connection, "not_evaluated.sql")
    run_sql_file(connection, "doubt.sql")
    return failed


def store_outcomes(connection: duckdb.DuckDBPyConnection) -> None:
    """Store what is ``judged``, with the evidence of what an official has to look at."""
    run_sql_file(connection, "outcomes.sql")


@contextmanager
def threads_worth_their_while(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Judge a small corpus in one thread (half the processor time of two for 60 documents, and the shorter wait)."""
    (documents, threads) = connection.sql(
        "SELECT (SELECT count(*) FROM core.document), current_setting('threads')"
    ).fetchone() or (0, 1)
    if documents <= _ONE_THREAD_DOCUMENTS:
        connection.execute("SET threads = 1")
    try:
        yield
    finally:
        connection.execute(f"SET threads = {threads}")


def run_sql_file(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    """Run one of the package's SQL files."""
    connection.execute((_HERE / name).read_text(encoding="utf-8"))


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())


def _tell_rules(connection: duckdb.DuckDBPyConnection, rules: Sequence[Rule]) -> None:
    """Tell the connection the rules of a run: what each needs, and the documents, years and places it is in force for."""
    connection.execute(
        """
        CREATE OR REPLACE TEMP TABLE asked_rule AS
        SELECT r.rule_id, r.doc_kind, r.first_year, r.last_year, string_split(r.places, ' ') AS places,
               list_transform(string_split(r.needs, ' '), lambda need: string_split(need, '|')) AS needs
        FROM (SELECT unnest($ids) AS rule_id, unnest($kinds) AS doc_kind, unnest($first) AS first_year,
                     unnest($last) AS last_year, unnest($places) AS places, unnest($needs) AS needs) r
        """,
        {
            "ids": [rule.id for rule in rules],
            "kinds": [rule.doc_kind for rule in rules],
            "first": [rule.years[0] for rule in rules],
            "last": [rule.years[1] for rule in rules],
            "places": [" ".join(rule.places) for rule in rules],
            "needs": [" ".join("|".join(one) for one in rule.needs) for rule in rules],
        },
    )


def _ask(connection: duckdb.DuckDBPyConnection, rule: Rule) -> None:
    """Run one rule: its subjects with both sides. Of documents it is not in force for, rows are left out when compared.

    That join is not part of the statement because, planned anew for every rule, it took a tenth of the time of asking.
    """
    connection.execute(
        f"INSERT INTO rule_row BY NAME SELECT $rule AS rule_id, r.* FROM ({rule.sql}\n) r",  # noqa: S608 - the repository's own files
        {"rule": rule.id},
    )


def _compare(connection: duckdb.DuckDBPyConnection, kind: str, rule_ids: Sequence[str]) -> dict[str, str]:
    """Compare the rows of all rules of a kind at once; where that fails, rule by rule, to find the one at fault."""
    try:
        connection.execute(_comparison(kind), {"rules": " ".join(rule_ids)})
    except duckdb.Error as error:
        if len(rule_ids) == 1:
            return {rule_ids[0]: _one_line(error)}
        failed: dict[str, str] = {}
        for rule_id in rule_ids:
            failed |= _compare(connection, kind, [rule_id])
        return failed
    return {}


def _comparison(kind: str) -> str:
    return f"""
        INSERT INTO judged BY NAME
        WITH asked AS (
            SELECT *, row_number() OVER (
                       PARTITION BY rule_id, document_id, subject ORDER BY evidence::VARCHAR) AS copy
            FROM rule_row SEMI JOIN in_force USING (rule_id, document_id)
            WHERE list_contains(string_split($rules, ' '), rule_id)
        ), compared AS MATERIALIZED (
            SELECT *, concat_ws(' ', coalesce(subject, ''), CASE WHEN copy > 1 THEN '#' || copy END) AS full_subject,
                   CASE WHEN reason IS NULL THEN {_COMPARISONS[kind]} END AS judgement
            FROM asked
        )
        SELECT left(md5(concat_ws('|', rule_id, document_id, full_subject)), 16) AS outcome_id, rule_id,
               '{kind}' AS kind, document_id, full_subject AS subject,
               coalesce(judgement.verdict, 'not_evaluated') AS verdict, actual, actual_half_width,
               {_EXPECTED.get(kind, "expected")} AS expected, expected_half_width, judgement.residual AS residual,
               judgement.tolerance AS tolerance, part_count,
               CASE WHEN judgement IS NULL THEN coalesce(reason, 'input_not_found') END AS reason,
               coalesce(judgement.note, CASE WHEN judgement.verdict = 'violated' THEN note END) AS note, evidence, signs,
               actual < 0 AS is_fall, {_FALL_IN_CHANGE.get(kind, "NULL")} AS is_fall_in_change
        FROM compared
        """  # noqa: S608 - kind is one of _COMPARISONS


def list_rules(connection: duckdb.DuckDBPyConnection, rules: Sequence[Rule]) -> None:
    """Write down the rules of this run (``core.rule``), and for the connection where each is in force."""
    connection.execute("TRUNCATE core.rule")
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE rule_in_force (rule_id VARCHAR, doc_kind VARCHAR, first_year INTEGER, "
        "last_year INTEGER, places VARCHAR[])"
    )
    if not rules:
        return
    rows = [
        (
            rule.id, rule.version, rule.title, rule.family, rule.severity, rule.basis, rule.kind, rule.doc_kind,
            ";".join("|".join(alternatives) for alternatives in rule.needs), rule.sentence, rule.sql,
        )
        for rule in rules
    ]  # fmt: skip
    columns = [list(column) for column in zip(*rows, strict=True)]
    # one statement: one for each rule takes a hundred times as long
    connection.execute(f"INSERT INTO core.rule SELECT {', '.join('unnest(?)' for _ in columns)}", columns)
    reach = [(rule.id, rule.doc_kind, *rule.years, list(rule.places)) for rule in rules]
    connection.execute(
        "INSERT INTO rule_in_force SELECT unnest(?), unnest(?), unnest(?), unnest(?), unnest(?)",
        [list(column) for column in zip(*reach, strict=True)],
    )


def note_runs(connection: duckdb.DuckDBPyConnection, failed: dict[str, str]) -> None:
    """Write down how every listed rule ran (``core.rule_run``), from the stored outcomes of the whole corpus."""
    connection.execute("TRUNCATE core.rule_run")
    connection.execute(
        (_HERE / "rule_run.sql").read_text(encoding="utf-8"),
        {"failed": list(failed), "messages": list(failed.values()), "share": SUSPICIOUS_SHARE},
    )


def summarise(connection: duckdb.DuckDBPyConnection, rule_count: int, failed: dict[str, str]) -> JudgeSummary:
    """Return what the stored outcomes amount to."""
    verdicts = connection.sql(
        "SELECT verdict, count(*) FROM core.outcome GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    suspicious = connection.sql(
        "SELECT rule_id FROM core.rule_run WHERE is_suspicious ORDER BY ALL"
    ).fetchall()
    return JudgeSummary(rule_count, dict(verdicts), failed, tuple(rule_id for (rule_id,) in suspicious))
