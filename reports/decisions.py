"""What people decide about findings: waivers and explanations, as events of the ledger.

Every function checks first and returns the event; :func:`record` writes events. Errors are Chinese sentences that
say what to change. A waiver keeps the numbers it was given for, so that it ends when they change.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from expectations.life_cycle import numbers_of
from reports.evidence import Event
from reports.exceptions import ExceptionRow
from reports.labels import codes_of, label, labels_of
from warehouse.ledger import LedgerEvent, append_events, read_ledger

#: A waiver is for a time; what is wrong for longer should be looked at again.
_MOST_DAYS = 5 * 366


class DecisionError(ValueError):
    """A decision that cannot be recorded; the message says why, in Chinese."""


def waive(
    finding: ExceptionRow, *, until: date, reason: str, text: str, person: str, today: date
) -> LedgerEvent:
    """Return the waiver of a finding until a day (included).

    ``reason`` is a code or its Chinese label (``labels.csv``, kind waiver_reason); ``text`` may be empty except for
    the reason 其他. Raises :class:`DecisionError`.
    """
    code = _reason_code(reason)
    _require_person(person)
    if until < today:
        raise DecisionError(f"豁免至 {until.isoformat()} 已经过去，请填今天或以后的日期")
    if (until - today).days > _MOST_DAYS:
        raise DecisionError(f"豁免至 {until.isoformat()} 太远，最长 5 年")
    if code == "other" and not text.strip():
        raise DecisionError("豁免理由为“其他”时须填写单位说明")
    if finding.status == "fixed":
        raise DecisionError("该例外已整改，不需要豁免")
    return LedgerEvent(
        kind="waiver",
        happened_on=today,
        finding_id=finding.finding_id,
        document_id=finding.document_id,
        state=numbers_of(finding.actual, finding.expected),
        person=person.strip(),
        note=_note(label("waiver_reason", code), text),
        expires_on=until,
    )


def lift_waiver(finding: ExceptionRow, *, text: str, person: str, today: date) -> LedgerEvent:
    """Return the end of a waiver before its time; raises :class:`DecisionError` where there is none in force."""
    _require_person(person)
    if finding.status != "waived":
        raise DecisionError(f"编号 {finding.finding_id} 没有正在生效的豁免")
    return LedgerEvent(
        kind="waiver_lifted",
        happened_on=today,
        finding_id=finding.finding_id,
        person=person.strip(),
        note=text.strip() or None,
    )


def explain(
    finding: ExceptionRow, *, text: str, person: str, today: date, decision: str = "explain"
) -> LedgerEvent:
    """Return a unit's answer: its explanation, or (decision ``accept``) that it will correct the number."""
    _require_person(person)
    if decision not in ("explain", "accept"):
        raise DecisionError(f"处理决定“{decision}”不是答复")
    if decision == "explain" and not text.strip():
        raise DecisionError("请填写单位说明")
    return LedgerEvent(
        kind="answer",
        happened_on=today,
        finding_id=finding.finding_id,
        document_id=finding.document_id,
        person=person.strip(),
        note=_note(label("decision", decision), text),
    )


def record(ledger: Path, events: Iterable[LedgerEvent]) -> int:
    """Append events to the ledger file and return how many it did not have yet.

    An event that only differs in its day from one already there is the same decision told again and is left out.
    """
    known: dict[str | None, set[tuple[str | None, ...]]] = defaultdict(set)
    for event in read_ledger(ledger).events:
        if event.kind in ("waiver_lifted", "state"):
            known[event.finding_id].clear()  # what was decided before may be decided again
        known[event.finding_id].add(_told(event))
    return append_events(ledger, [event for event in events if _told(event) not in known[event.finding_id]])


def history(ledger: Path, finding_id: str) -> list[Event]:
    """Return everything the ledger knows of a finding, oldest first; an empty list where it knows nothing."""
    return [
        Event(
            kind=event.kind,
            happened_on=event.happened_on,
            state=event.state,
            person=event.person,
            note=None if event.kind == "first_seen" else event.note,
            expires_on=event.expires_on,
        )
        for event in read_ledger(ledger).events
        if event.finding_id == finding_id
    ]


def by_id(findings: Iterable[ExceptionRow]) -> Mapping[str, ExceptionRow]:
    """Return finding id → finding."""
    return {finding.finding_id: finding for finding in findings}


def _told(event: LedgerEvent) -> tuple[str | None, ...]:
    if event.kind not in ("waiver", "answer"):
        return (event.event_id,)
    until = event.expires_on.isoformat() if event.expires_on else None
    return (event.kind, event.finding_id, event.state, event.person, event.note, until)


def _note(category: str, text: str) -> str:
    return f"{category}：{text.strip()}" if text.strip() else category


def _reason_code(reason: str) -> str:
    words = labels_of("waiver_reason")
    code = reason if reason in words else codes_of("waiver_reason").get(reason.strip())
    if code is None:
        raise DecisionError(f"豁免理由“{reason}”不在可选项中：{'、'.join(words.values())}")
    return code


def _require_person(person: str) -> None:
    if not person.strip():
        raise DecisionError("请填写填写人")
