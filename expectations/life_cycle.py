"""The life of a finding over the nights: what the ledger knows of it, its state tonight, and the events this adds.

A finding is ``new`` on the night it is first seen and ``persisting`` after; ``waived`` until its waiver's day while
its numbers stay as they were; ``reopened`` on the night it comes back, from fixed or from a waiver that ended. One
that is no longer found is ``fixed`` only where its rule gave a verdict on the current version of its disclosure;
where the rule could not look, it stays open as ``unverified``; where the rule is withdrawn or no longer in force for its
year, place or kind, it is ``retired``, which nobody calls fixed. The state is a pure function of ledger and outcomes,
so that judging the same night twice says the same.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from warehouse.ledger import LedgerEvent

#: What the ledger keeps of a finding, so that it can still be told when nothing violates any more.
CARD = (
    "rule_id", "family", "severity", "unit_id", "unit_name", "fiscal_year", "doc_kind", "scope", "subject", "title",
    "message", "actual", "expected", "document_id",
)  # fmt: skip

_COPY_NUMBER = re.compile(r" #\d+$")


@dataclass(frozen=True, slots=True)
class History:
    """What the ledger knows of one finding when a night begins."""

    first_seen: date | None
    state: str  # open | fixed | merged | retired
    state_on: date | None
    last_waiver: str | None  # waiver | waiver_lifted
    waiver_on: date | None  # of that last event
    waiver_expires_on: date | None
    waived_numbers: str | None
    is_answered: bool
    card: Mapping[str, Any] | None

    @classmethod
    def from_row(cls, row: Mapping[str, Any]) -> History:
        """Read one row of ``finding_history``; a card that is no JSON object counts as none."""
        try:
            card = json.loads(row["card"]) if row["card"] else None
        except ValueError:
            card = None
        values = {name: row[name] for name in cls.__slots__ if name != "card"}
        return cls(**values, card=card if isinstance(card, dict) else None)


def numbers_of(actual: str | None, expected: str | None) -> str:
    """Return the numbers a waiver is given for; when they change, the waiver ends."""
    return f"{actual or ''} / {expected or ''}"


def card_of(finding: Mapping[str, Any]) -> str:
    """Return the finding's card as JSON, for the note of its first event."""
    return json.dumps({name: finding[name] for name in CARD}, ensure_ascii=False, sort_keys=True)


def waiver_ends(history: History, numbers: str, night: date) -> str | None:
    """Return why a waiver in force ends tonight (Chinese), or None where it holds or there is none."""
    if history.last_waiver != "waiver":
        return None
    if history.waiver_expires_on is not None and history.waiver_expires_on < night:
        return "豁免到期"
    if history.waived_numbers is not None and history.waived_numbers != numbers:
        return "数字已变化"
    return None


def state_tonight(verdict: str, history: History | None, numbers: str, night: date) -> str:
    """Return the status of a finding that is there tonight."""
    if history is None or history.first_seen is None:
        return "needs_review" if verdict == "needs_review" else "new"
    if history.last_waiver == "waiver" and waiver_ends(history, numbers, night) is None:
        return "waived"
    if verdict == "needs_review":
        return "needs_review"
    if _is_back(history, numbers, night):
        return "reopened"
    if history.is_answered:
        return "answered"
    return "new" if history.first_seen == night else "persisting"


def _is_back(history: History, numbers: str, night: date) -> bool:
    came_back = history.state != "open" or history.state_on == night
    was_lifted = history.last_waiver == "waiver_lifted" and history.waiver_on == night
    return came_back or was_lifted or waiver_ends(history, numbers, night) is not None


def events_of_present(finding: Mapping[str, Any], history: History | None, night: date) -> list[LedgerEvent]:
    """Return the first sighting, the return and the end of the waiver of a finding that is there tonight."""
    own_id = finding["finding_id"]
    if history is None or history.first_seen is None:
        document_id, note = finding["document_id"], card_of(finding)
        return [
            LedgerEvent(
                kind="first_seen", happened_on=night, finding_id=own_id, document_id=document_id, note=note
            )
        ]
    events = []
    if history.state != "open":
        events.append(LedgerEvent(kind="state", happened_on=night, finding_id=own_id, state="open"))
    reason = waiver_ends(history, numbers_of(finding["actual"], finding["expected"]), night)
    if reason:
        events.append(LedgerEvent(kind="waiver_lifted", happened_on=night, finding_id=own_id, note=reason))
    return events


@dataclass(frozen=True, slots=True)
class Absent:
    """A finding of earlier nights that is not there tonight, and what became of it."""

    finding_id: str
    status: str  # fixed | unverified | merged | retired
    document_id: str | None
    outcome_id: str | None
    history: History
    reason: str | None = None  # of what was retired

    def event(self, night: date) -> LedgerEvent | None:
        """Return the change of state to be kept; an unverified finding stays open."""
        if self.status == "unverified":
            return None
        return LedgerEvent(
            kind="state", happened_on=night, finding_id=self.finding_id, state=self.status, note=self.reason
        )

    def row(self, night: date) -> dict[str, Any] | None:
        """Return the finding as ``core.finding`` shows it; None where there is nothing to show."""
        if self.history.card is None or self.status not in ("fixed", "unverified"):
            return None
        return {
            **{name: self.history.card.get(name) for name in CARD},
            "finding_id": self.finding_id,
            "outcome_id": self.outcome_id,
            "document_id": self.document_id or self.history.card.get("document_id"),
            "status": self.status,
            "first_seen": self.history.first_seen,
            "last_seen": night,
        }


def absent(
    own_id: str, history: History, ended: str | None, rows: Sequence[tuple[str, str, str | None, str]]
) -> Absent:
    """Return what became of a finding that is not there tonight.

    ``ended`` says why its rule is no longer in force for its disclosure (None: it is): nobody looks any more, and nobody
    has corrected anything. ``rows`` are the outcomes (document, outcome, subject, verdict) that its rule has tonight there.
    """
    card = history.card
    if card is None:
        return Absent(own_id, "fixed", None, None, history)
    if ended:
        return Absent(own_id, "retired", None, None, history, ended)
    judged = [row for row in rows if row[3] != "not_evaluated"]
    if not judged:
        return Absent(own_id, "unverified", rows[0][0] if rows else None, None, history)
    subject = _COPY_NUMBER.sub("", card.get("subject") or "")
    same = [row for row in judged if (row[2] or "") == subject]
    passing = [row for row in same if row[3] in ("exact", "rounded")]
    if same and not passing:
        return Absent(own_id, "merged", same[0][0], same[0][1], history)
    document_id, outcome_id = (passing[0][0], passing[0][1]) if passing else (judged[0][0], None)
    return Absent(own_id, "fixed", document_id, outcome_id, history)
