"""Settling a night: every finding gets its place in its own life, whether it is there tonight or no longer.

Works in chunks over the stored findings, so that its memory grows with the news of a night and not with all that is known.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from expectations.life_cycle import (
    CARD,
    Absent,
    History,
    absent,
    events_of_present,
    numbers_of,
    state_tonight,
)
from warehouse.ledger import LedgerEvent

_SQL = Path(__file__).parent / "life_cycle.sql"
_CHUNK = 5000

_PRESENT = """
SELECT f.*, o.verdict, struct_pack(first_seen := h.first_seen, state := h.state, state_on := h.state_on,
       last_waiver := h.last_waiver, waiver_on := h.waiver_on, waiver_expires_on := h.waiver_expires_on,
       waived_numbers := h.waived_numbers, is_answered := h.is_answered, card := h.card) AS history,
       h.finding_id IS NOT NULL AS is_known
FROM core.finding f LEFT JOIN core.outcome o USING (outcome_id) LEFT JOIN finding_history h USING (finding_id)
ORDER BY f.finding_id
"""

#: Findings that were open before, or were closed this very night, and are not there.
_ABSENT = """
FROM finding_history ANTI JOIN core.finding USING (finding_id)
WHERE state = 'open' OR state_on = $night ORDER BY finding_id
"""

#: What the rules of absent findings say tonight in their disclosures.
_VERDICTS = """
SELECT a.finding_id, o.document_id, o.outcome_id, o.subject, o.verdict
FROM absent_key a
JOIN core.document d ON coalesce(d.unit_id, d.document_id) = a.unit AND d.is_current
    AND d.fiscal_year IS NOT DISTINCT FROM a.fiscal_year AND d.doc_kind IS NOT DISTINCT FROM a.doc_kind
    AND d.scope IS NOT DISTINCT FROM a.scope
JOIN core.outcome o ON o.document_id = d.document_id AND o.rule_id = a.rule_id
ORDER BY a.finding_id, o.document_id, o.outcome_id
"""

#: Absent findings whose rule is no longer in force for their disclosure, as ``expectations.engine`` asks rules, and why.
#: Of a disclosure that is not there tonight nobody knows the place.
_OUT_OF_FORCE = """
SELECT a.finding_id,
       CASE WHEN r.rule_id IS NULL THEN 'rule'
            WHEN a.doc_kind <> r.doc_kind AND r.doc_kind <> 'any' THEN 'kind'
            WHEN a.fiscal_year NOT BETWEEN r.first_year AND r.last_year THEN 'year'
            WHEN len(r.places) > 0 AND len(p.places) > 0 AND NOT list_has_any(r.places, p.places) THEN 'place' END AS limit_of
FROM absent_key a
LEFT JOIN rule_in_force r USING (rule_id)
LEFT JOIN (
    SELECT a.finding_id, list(coalesce(d.place, '')) AS places
    FROM absent_key a
    JOIN core.document d ON coalesce(d.unit_id, d.document_id) = a.unit AND d.is_current
        AND d.fiscal_year IS NOT DISTINCT FROM a.fiscal_year AND d.doc_kind IS NOT DISTINCT FROM a.doc_kind
        AND d.scope IS NOT DISTINCT FROM a.scope
    GROUP BY a.finding_id
) p USING (finding_id)
WHERE limit_of IS NOT NULL
"""

#: What the ledger says of each limit.
_REASONS = {
    "rule": "规则已撤销，不再检查",
    "kind": "规则不再适用于这种文件",
    "year": "规则不再适用于该年度",
    "place": "规则不再适用于该地区",
}

_KEY_SCHEMA = {
    "finding_id": pl.String, "rule_id": pl.String, "unit": pl.String, "fiscal_year": pl.Int32, "doc_kind": pl.String,
    "scope": pl.String,
}  # fmt: skip
_LIFE_SCHEMA = {"finding_id": pl.String, "status": pl.String, "first_seen": pl.Date, "last_seen": pl.Date}
_GONE_SCHEMA: dict[str, Any] = {
    **dict.fromkeys(CARD, pl.String), "fiscal_year": pl.Int32, "finding_id": pl.String, "outcome_id": pl.String,
    "status": pl.String, "first_seen": pl.Date, "last_seen": pl.Date,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class FindingsSummary:
    """Findings by status, and the ledger events this night adds (first sightings, and findings no longer there)."""

    new: int
    persisting: int
    needs_review: int
    waived: int
    fixed: int
    reopened: int = 0
    unverified: int = 0
    events: tuple[LedgerEvent, ...] = ()


def settle(connection: duckdb.DuckDBPyConnection, night: date) -> FindingsSummary:
    """Give every finding of ``core.finding`` its status and dates, and add those that are no longer found.

    Reads the ledger's events (``core.finding_event``), the outcomes, and where each rule is in force (the temporary table
    ``rule_in_force`` of ``expectations.engine.list_rules``); findings stand in the order of their ids after.
    """
    connection.execute(_SQL.read_text(encoding="utf-8"))
    _begin(connection)
    events: list[LedgerEvent] = []
    closing: list[LedgerEvent] = []
    present, gone = Counter[str](), Counter[str]()
    for rows in _chunks(connection, _PRESENT, {}):
        lives = [_life(row, night, events) for row in rows]
        present.update(status for _, status, *_ in lives)
        _append(connection, "life", pl.DataFrame(lives, schema=_LIFE_SCHEMA, orient="row"))
    for rows in _chunks(connection, _ABSENT, {"night": night}):
        became = _became(connection, rows)
        gone.update(one.status for one in became)
        closing += [event for event in (one.event(night) for one in became) if event is not None]
        shown = [row for row in (one.row(night) for one in became) if row is not None]
        kept = [{name: row[name] for name in _GONE_SCHEMA} for row in shown]
        _append(connection, "gone", pl.DataFrame(kept, schema=_GONE_SCHEMA))
    _finish(connection)
    return FindingsSummary(
        new=present["new"],
        persisting=present["persisting"] + present["answered"],
        needs_review=present["needs_review"],
        waived=present["waived"],
        fixed=gone["fixed"],
        reopened=present["reopened"],
        unverified=gone["unverified"],
        events=(*events, *closing),
    )


def _begin(connection: duckdb.DuckDBPyConnection) -> None:
    for name, schema in (("life", _LIFE_SCHEMA), ("gone", _GONE_SCHEMA)):
        connection.register("incoming_rows", pl.DataFrame(schema=schema).to_arrow())
        connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS FROM incoming_rows")
        connection.unregister("incoming_rows")


def _finish(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute(
        """
        CREATE OR REPLACE TEMP TABLE settled AS
        SELECT f.* REPLACE (l.status AS status, l.first_seen AS first_seen, l.last_seen AS last_seen)
        FROM core.finding f JOIN life l USING (finding_id)
        UNION ALL BY NAME FROM gone;
        TRUNCATE core.finding;
        INSERT INTO core.finding BY NAME FROM settled ORDER BY finding_id;
        INSERT INTO core.finding_outcome SELECT finding_id, outcome_id FROM gone WHERE outcome_id IS NOT NULL ORDER BY ALL;
        DROP TABLE settled; DROP TABLE life; DROP TABLE gone;
        """
    )


def _chunks(
    connection: duckdb.DuckDBPyConnection, query: str, parameters: Mapping[str, Any]
) -> Iterator[list[dict[str, Any]]]:
    """Yield the rows of a query in chunks, through a cursor of its own."""
    connection.execute(f"CREATE OR REPLACE TEMP TABLE being_settled AS {query}", dict(parameters) or None)
    start = 0
    while (
        rows := connection.sql(f"FROM being_settled WHERE rowid >= {start} AND rowid < {start + _CHUNK}")
        .pl()
        .to_dicts()
    ):
        yield rows
        start += _CHUNK


def _life(row: Mapping[str, Any], night: date, events: list[LedgerEvent]) -> tuple[str, str, date, date]:
    history = History.from_row(row["history"]) if row["is_known"] else None
    events += events_of_present(row, history, night)
    status = state_tonight(row["verdict"], history, numbers_of(row["actual"], row["expected"]), night)
    return row["finding_id"], status, (history.first_seen if history else None) or night, night


def _became(connection: duckdb.DuckDBPyConnection, rows: Sequence[Mapping[str, Any]]) -> list[Absent]:
    histories = {row["finding_id"]: History.from_row(row) for row in rows}
    keys = [
        {
            **history.card,
            "finding_id": own_id,
            "unit": history.card.get("unit_id") or history.card.get("document_id"),
        }
        for own_id, history in histories.items()
        if history.card is not None
    ]
    frame = pl.DataFrame([{name: key.get(name) for name in _KEY_SCHEMA} for key in keys], schema=_KEY_SCHEMA)
    connection.register("absent_key", frame.to_arrow())
    verdicts: dict[str, list[tuple[str, str, str | None, str]]] = {}
    for own_id, *verdict in connection.execute(_VERDICTS).fetchall():
        verdicts.setdefault(own_id, []).append((verdict[0], verdict[1], verdict[2], verdict[3]))
    ended = {own_id: _REASONS[limit] for own_id, limit in connection.execute(_OUT_OF_FORCE).fetchall()}
    connection.unregister("absent_key")
    return [
        absent(own_id, history, ended.get(own_id), verdicts.get(own_id, ()))
        for own_id, history in histories.items()
    ]


def _append(connection: duckdb.DuckDBPyConnection, table: str, frame: pl.DataFrame) -> None:
    connection.register("incoming_rows", frame.to_arrow())
    connection.execute(f"INSERT INTO {table} BY NAME FROM incoming_rows")
    connection.unregister("incoming_rows")
