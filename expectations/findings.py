"""From violated outcomes to findings: one root cause, one row, with an id that survives re-runs and re-publication."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from expectations.diagnosis import Diagnosis, diagnose
from expectations.evidence_text import Evidence, place_text, printed_text
from expectations.messages import (
    condition_message,
    headline,
    is_condition,
    is_opposed_pair,
    is_scaled,
    message,
    side_unit,
    sides,
)
from expectations.settle import FindingsSummary, settle
from expectations.suspects import Explanation, explain, find_suspects

_SQL = Path(__file__).parent / "findings.sql"
_SEVERITY_ORDER = {"error": 0, "warning": 1, "notice": 2}
_FAMILY_ORDER = {family: number for number, family in enumerate(("ARI", "XTB", "BUD", "NAR", "PRF", "SGP"))}
#: Doubts about how a table was read: they are of the table, not of the rows in which they show.
_DOUBTS_OF_TABLE = frozenset(
    {"column_uncertain", "columns_read_off_text", "mostly_violated", "statement_partly_understood"}
)
_MONEY = frozenset({"元", "百元", "千元", "万元", "百万元", "亿元"})


@dataclass(frozen=True, slots=True)
class _Outcome:
    row: dict[str, Any]
    evidence: tuple[Evidence, ...]

    @property
    def rank(self) -> tuple[int, int, int, str, str]:
        """Which outcome of a group speaks for it: gravest first, then the one that points at the fewest cells."""
        row = self.row
        return (
            _SEVERITY_ORDER[row["severity"]],
            _FAMILY_ORDER.get(row["family"], 9),
            len(self.evidence) or 99,
            row["rule_id"],
            row["subject"],
        )

    @property
    def doubted_table(self) -> str | None:
        """Id of the table whose reading is in doubt here (that of the first cell), None where none is."""
        if self.row["verdict"] != "needs_review" or self.row["reason"] not in _DOUBTS_OF_TABLE:
            return None
        return next(
            (item.evidence_id.rsplit(".", 2)[0] for item in self.evidence if item.kind == "cell"), None
        )


def find(connection: duckdb.DuckDBPyConnection, night: date) -> FindingsSummary:
    """Fill ``core.finding`` and its evidence from the outcomes that ``expectations.engine.judge`` left behind.

    Needs the same connection, whose temporary tables still hold the evidence of what passed. Findings stand in the order
    of their ids; doing it again replaces them.
    """
    discover(connection)
    return settle(connection, night)


def discover(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill ``core.finding`` and its evidence with what is found tonight, as yet without its life (status, dates).

    What is found follows from the outcomes alone; the ledger and the night have no part in it.
    """
    connection.execute(_SQL.read_text(encoding="utf-8"))
    groups = _groups(_outcomes(connection))
    suspects = find_suspects(connection, [[one.row["outcome_id"] for one in group] for group in groups])
    _store(connection, _findings(groups, suspects))


def _outcomes(connection: duckdb.DuckDBPyConnection) -> list[_Outcome]:
    evidence: dict[str, list[Evidence]] = {}
    for row in (
        connection.sql("FROM open_evidence ORDER BY outcome_id, evidence_no").pl().iter_rows(named=True)
    ):
        evidence.setdefault(row["outcome_id"], []).append(
            Evidence(
                evidence_id=row["evidence_id"],
                kind=row["kind"],
                page=row["page"],
                row_label=row["row_label"],
                column_label=row["column_label"],
                raw_text=row["raw_text"],
                unit=row["cell_unit"] or row["claim_unit"],
                value=row["cell_value"],
                statement_title=row["statement_title"] or row["own_title"],
                sentence=row["sentence"],
                start=row["claim_start"],
                end=row["claim_end"],
                is_confirmed=row["is_confirmed"],
                elsewhere=row["elsewhere"],
            )
        )
    rows = connection.sql("FROM open_outcome ORDER BY document_id, outcome_id").pl().to_dicts()
    return [_Outcome(row, tuple(evidence.get(row["outcome_id"], ()))) for row in rows]


def _groups(outcomes: Sequence[_Outcome]) -> list[list[_Outcome]]:
    """Outcomes of one document with one root cause.

    They share a cell or claim that no passing identity has confirmed, or they miss their mark by the very same amount of
    money: a row left out shows in every column and statement it belongs to. What one rule objects to in one sentence is
    one finding, however many numbers the sentence has; so is what fails in a table that may have been misread.
    """
    parent = list(range(len(outcomes)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    owner: dict[tuple[str, str], int] = {}
    for index, outcome in enumerate(outcomes):
        for key in _shared_keys(outcome):
            low, high = sorted((root(owner.setdefault(key, index)), root(index)))
            parent[high] = low
    groups: dict[int, list[_Outcome]] = {}
    for index, outcome in enumerate(outcomes):
        groups.setdefault(root(index), []).append(outcome)
    return [sorted(group, key=lambda outcome: outcome.rank) for group in groups.values()]


def _shared_keys(outcome: _Outcome) -> list[tuple[str, str]]:
    row = outcome.row
    keys = [
        (row["verdict"], item.evidence_id)
        for item in outcome.evidence
        if not item.is_confirmed and item.kind in ("cell", "claim")
    ]
    if is_condition(row["kind"], row["actual"], row["expected"], outcome.evidence):
        sentences = [item.evidence_id.rpartition(".")[0] for item in outcome.evidence if item.kind == "claim"]
        keys += [(f"{row['verdict']} {row['rule_id']}", sentence_id) for sentence_id in sentences]
    table = outcome.doubted_table
    if table is not None:
        keys.append((row["reason"], table))
    unit = side_unit(row["kind"], row["actual"], outcome.evidence)
    if row["kind"] in ("sum", "equal") and unit in _MONEY and abs(row["residual"]) > 100 * row["tolerance"]:
        keys.append((f"{row['verdict']} {row['document_id']}", f"{abs(row['residual'])} {unit}"))
    return keys


def finding_id(
    unit: str, fiscal_year: int | None, doc_kind: str, scope: str, rule_id: str, subject: str
) -> str:
    """Hash of what a finding is about; the document's bytes are no part of it."""
    text = "|".join([unit, str(fiscal_year), doc_kind, scope, rule_id, subject])
    return "f_" + hashlib.sha256(text.encode()).hexdigest()[:16]


def _findings(groups: Iterable[list[_Outcome]], suspects: dict[str, Explanation]) -> list[dict[str, Any]]:
    findings: dict[str, dict[str, Any]] = {}
    for group in sorted(groups, key=lambda group: (group[0].row["document_id"], group[0].rank)):
        row = group[0].row
        unit = row["unit_id"] or row["document_id"]
        subject, copy = row["subject"], 1
        identity = (unit, row["fiscal_year"], row["doc_kind"] or "", row["scope"] or "", row["rule_id"])
        while (own_id := finding_id(*identity, subject)) in findings:
            copy += 1
            subject = f"{row['subject']} #{copy}"
        suspect = suspects.get(row["outcome_id"])
        findings[own_id] = _finding(own_id, group, suspect)
    return [findings[own_id] for own_id in sorted(findings)]


def _finding(own_id: str, group: list[_Outcome], suspect: Explanation | None) -> dict[str, Any]:
    lead = group[0]
    row, evidence = lead.row, lead.evidence
    unit = side_unit(row["kind"], row["actual"], evidence)
    found = diagnose(row["kind"], row["actual"], row["expected"], [item.value for item in evidence], unit)
    if suspect:
        found = explain(suspect, _merged_evidence(group)) or found
    if found and evidence:  # the place has just been told
        found = replace(found, text=found.text.removeprefix(f"{place_text(evidence[0])}的 "))
    also = sorted({outcome.row["title"] for outcome in group if outcome.row["rule_id"] != row["rule_id"]})
    title, text, actual, expected = _words(row, evidence)
    if lead.doubted_table is not None and len(group) > 1:
        text += f"该表同样存疑的核对共 {len(group)} 处。"
    return {
        "finding_id": own_id,
        "outcome_id": row["outcome_id"],
        **{key: row[key] for key in _COPIED},
        "document_id": row["home_id"],
        "title": title,
        "message": text + _suffix(found, also),
        "actual": actual,
        "expected": expected,
        "amount_yuan": _amount_at_issue(row, evidence, unit),
        "diagnosis_code": found.code if found else None,
        "diagnosis": found.text if found else None,
        "page": next((item.page for item in evidence if item.page and not item.elsewhere), None),
        "outcomes": [outcome.row["outcome_id"] for outcome in group],
        "evidence": _merged_evidence(group),
    }


def _amount_at_issue(row: dict[str, Any], evidence: Sequence[Evidence], unit: str | None) -> Decimal | None:
    """The difference in 元 where both sides are money; what is told by directions or shares has none."""
    has_two_sides = not (
        is_opposed_pair(row["kind"], row["expected"], evidence)
        or is_scaled(row["kind"], row["actual"], evidence)
    )
    is_money = unit in _MONEY and has_two_sides
    return abs(row["residual"]) if is_money and row["residual"] is not None else None


def _words(row: dict[str, Any], evidence: Sequence[Evidence]) -> tuple[str, str, str | None, str | None]:
    """Return title, message and both sides as an official reads them; a condition shows what is printed there."""
    if is_condition(row["kind"], row["actual"], row["expected"], evidence):
        title = headline(row["title"], is_place_count=True)
        text = condition_message(title, row["actual"], evidence, row["sentence"], row["missing_title"])
        return title, text, (printed_text(evidence[0]) if evidence else None), None
    title = headline(row["title"], is_place_count=False)
    numbers = (row["actual"], row["expected"], row["residual"])
    text = message(title, row["kind"], *numbers, evidence, row["reason"], row["sentence"])
    return title, text, *sides(row["kind"], row["actual"], row["expected"], evidence)


_COPIED = (
    "rule_id", "family", "severity", "unit_id", "unit_name", "fiscal_year", "doc_kind", "scope", "subject"
)  # fmt: skip


def _suffix(found: Diagnosis | None, also: list[str]) -> str:
    parts = [f"可能原因：{found.text}。"] if found else []
    if also:
        parts.append(f"同一处还不符合：{'、'.join(also)}。")
    return "".join(parts)


def _merged_evidence(group: list[_Outcome]) -> list[Evidence]:
    merged: dict[str, Evidence] = {}
    for outcome in group:
        for item in outcome.evidence:
            merged.setdefault(item.evidence_id, item)
    return list(merged.values())


def _store(connection: duckdb.DuckDBPyConnection, findings: list[dict[str, Any]]) -> None:
    connection.execute("TRUNCATE core.finding; TRUNCATE core.finding_outcome; TRUNCATE core.finding_evidence")
    if not findings:
        return
    columns = [name for name in findings[0] if name not in ("outcomes", "evidence")]
    text = {name: [finding[name] for finding in findings] for name in columns}
    _insert(
        connection, "finding", pl.DataFrame(text, schema_overrides=_FINDING_TYPES, infer_schema_length=None)
    )
    pairs = [(f["finding_id"], outcome_id) for f in findings for outcome_id in f["outcomes"]]
    _insert(
        connection, "finding_outcome", pl.DataFrame(pairs, schema=["finding_id", "outcome_id"], orient="row")
    )
    rows = [
        (f["finding_id"], number, item.evidence_id, item.kind, item.page)
        for f in findings
        for number, item in enumerate(f["evidence"], 1)
    ]
    _insert(connection, "finding_evidence", pl.DataFrame(rows, schema=_EVIDENCE_SCHEMA, orient="row"))


_FINDING_TYPES: dict[str, pl.DataType | type[pl.DataType]] = {
    **dict.fromkeys(("unit_id", "unit_name", "doc_kind", "scope"), pl.String),
    **dict.fromkeys(("actual", "expected", "diagnosis_code", "diagnosis"), pl.String),
    "amount_yuan": pl.Decimal(38, 6),
    "page": pl.Int32,
    "fiscal_year": pl.Int32,
}  # fmt: skip
_EVIDENCE_SCHEMA = {
    "finding_id": pl.String, "evidence_no": pl.Int32, "evidence_id": pl.String, "kind": pl.String, "page": pl.Int32
}  # fmt: skip


def _insert(connection: duckdb.DuckDBPyConnection, table: str, frame: pl.DataFrame) -> None:
    connection.register("incoming_rows", frame)
    connection.execute(f"INSERT INTO core.{table} BY NAME FROM incoming_rows")
    connection.unregister("incoming_rows")
