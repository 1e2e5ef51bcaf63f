"""The one number behind a group of violations, looked for among all identities its document's numbers take part in."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from expectations.diagnosis import Diagnosis, diagnose
from expectations.localise import Identity, Number, Suspect, localise
from expectations.messages import Evidence, amount_text, place_text


def find_suspects(
    connection: duckdb.DuckDBPyConnection, groups: Sequence[Sequence[str]]
) -> dict[str, Suspect]:
    """Return, by the first outcome id of a group, the single number that explains the whole group.

    Reads the temporary tables of ``findings.sql``.
    """
    numbers = {
        row["number"]: Number(row["value"], row["half_width"])
        for row in connection.sql("FROM speaking_number").pl().iter_rows(named=True)
    }
    identities: dict[str, Identity] = {}
    by_number: dict[str, list[str]] = {}
    for row in connection.sql("FROM speaking_identity ORDER BY outcome_id").pl().iter_rows(named=True):
        identities[row["outcome_id"]] = Identity(row["kind"], tuple(row["numbers"]), row["holds"])
        for number in row["numbers"]:
            by_number.setdefault(number, []).append(row["outcome_id"])
    suspects: dict[str, Suspect] = {}
    for group in groups:
        own = [outcome_id for outcome_id in group if outcome_id in identities]
        near = {other for one in own for number in identities[one].numbers for other in by_number[number]}
        holding = sorted(other for other in near if identities[other].holds)
        found = localise([identities[one] for one in (*own, *holding)], numbers) if own else None
        if found:
            suspects[group[0]] = found
    return suspects


def explain(suspect: Suspect, evidence: Sequence[Evidence]) -> Diagnosis | None:
    """Say in Chinese which number is probably wrong, what it should read, and what kind of slip that is."""
    place = next((item for item in evidence if item.evidence_id == suspect.number), None)
    if place is None:
        return None
    slip = diagnose("equal", suspect.value, suspect.expected, [], place.unit)
    text = (
        f"{place_text(place)}的 {amount_text(suspect.value, place.unit)} 疑为 "
        f"{amount_text(suspect.expected, place.unit)}（改正后 {suspect.identities} 条勾稽关系同时成立）"
    )
    return Diagnosis(slip.code if slip else "wrong_number", text + (f"，{slip.text}" if slip else ""))
