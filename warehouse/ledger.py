"""The ledger: what must outlive every rebuild. Append-only JSON lines, one event a line, each with an id of
its content.

A night does not write here directly. It puts its events beside the warehouse it built
(``ledger_events.jsonl``); they are applied once the generation is published and again at the next start, and
because an event's id follows from its content, applying twice is applying once.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

#: File of the ledger below ``<home>/ledger``.
LEDGER_FILE = "events.jsonl"

#: Columns of ``events_frame``, as in ``core.finding_event``.
EVENT_FRAME = pl.Schema(
    {
        "event_id": pl.String,
        "event_no": pl.Int32,
        "finding_id": pl.String,
        "kind": pl.String,
        "happened_on": pl.Date,
        "state": pl.String,
        "document_id": pl.String,
        "person": pl.String,
        "note": pl.String,
        "expires_on": pl.Date,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerEvent:
    """Something that happened to a finding (or, without one, to the ledger's own world).

    ``kind`` is first_seen, state (``state``: open, fixed), answer, waiver, waiver_lifted, or a name another
    package needs; readers pass over kinds they do not know.
    """

    kind: str
    happened_on: date
    finding_id: str | None = None
    state: str | None = None
    document_id: str | None = None
    person: str | None = None
    note: str | None = None
    expires_on: date | None = None

    @property
    def event_id(self) -> str:
        """Hash of the event's content."""
        return "e_" + hashlib.sha256(self._content().encode()).hexdigest()[:20]

    def _content(self) -> str:
        content = {
            name: value.isoformat() if isinstance(value, date) else value
            for name, value in asdict(self).items()
            if value is not None
        }
        return json.dumps(content, ensure_ascii=False, sort_keys=True)

    def to_json(self) -> str:
        """Return the event as one line without its end."""
        return json.dumps(
            {"event_id": self.event_id, **json.loads(self._content())}, ensure_ascii=False, sort_keys=True
        )


@dataclass(frozen=True, slots=True)
class Ledger:
    """The events of a ledger file in order, each once, and the numbers of lines that could not be read."""

    events: tuple[LedgerEvent, ...]
    damaged_lines: tuple[int, ...]


_NAMES = frozenset(one.name for one in fields(LedgerEvent))
_DATES = ("happened_on", "expires_on")


def event_from_json(line: str) -> LedgerEvent:
    """Read one line. Raises ``ValueError`` where it is no event, or not the event its id was given to."""
    record: Any = json.loads(line)
    if not isinstance(record, dict):
        raise ValueError("a ledger line is not an object")
    values = {name: value for name, value in record.items() if name in _NAMES}
    for name in _DATES:
        if values.get(name) is not None:
            values[name] = date.fromisoformat(values[name])
    try:
        event = LedgerEvent(**values)
    except TypeError as error:
        raise ValueError(str(error)) from error
    if record.get("event_id") not in (None, event.event_id):
        raise ValueError("a ledger line does not match its event_id")
    return event


def read_ledger(path: Path) -> Ledger:
    """Read a ledger or ``ledger_events.jsonl``; a missing file is an empty one.

    A line that a kill tore, or anything else that is no event, is passed over and its number reported.
    """
    events: dict[str, LedgerEvent] = {}
    damaged: list[int] = []
    lines = path.read_bytes().split(b"\n") if path.exists() else []
    for line_no, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            event = event_from_json(line.decode())
        except ValueError:
            damaged.append(line_no)
            continue
        events.setdefault(event.event_id, event)
    return Ledger(tuple(events.values()), tuple(damaged))


def append_events(path: Path, events: Iterable[LedgerEvent]) -> int:
    """Append the events the ledger does not have yet, in one durable write; return how many those were."""
    known = {event.event_id for event in read_ledger(path).events}
    fresh = {event.event_id: event for event in events if event.event_id not in known}
    if not fresh:
        return 0
    append_line(path, "\n".join(event.to_json() for event in fresh.values()))
    return len(fresh)


def append_line(path: Path, text: str) -> None:
    """Append text as lines of their own, durably; a line that a kill tore before is closed off first."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o644)
    try:
        data = _end_of_torn_line(descriptor) + text.encode() + b"\n"
        while data:
            data = data[os.write(descriptor, data) :]
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _end_of_torn_line(descriptor: int) -> bytes:
    size = os.fstat(descriptor).st_size
    return b"\n" if size and os.pread(descriptor, 1, size - 1) != b"\n" else b""


def events_frame(events: Iterable[LedgerEvent]) -> pl.DataFrame:
    """Return events as ``EVENT_FRAME``, numbered in their order."""
    rows = [
        {"event_id": event.event_id, "event_no": no, **asdict(event)}
        for no, event in enumerate(events, start=1)
    ]
    return pl.DataFrame(rows, schema=EVENT_FRAME, orient="row")


def ledger_fingerprint(events: Iterable[LedgerEvent], night: date) -> str:
    """Return a hash of what a build reads from the ledger in a night.

    What this very night has recorded by itself (events without a person) follows from the other inputs and does not
    count, so that a night run twice has nothing to do; from the next night on it does, because what was new is then
    persisting. A waiver that expires counts on the night it does.
    """
    digest = hashlib.sha256()
    for event in events:
        if event.person is None and event.happened_on >= night:
            continue
        is_expired = event.expires_on is not None and event.expires_on < night
        digest.update(f"{event.event_id} {is_expired}\n".encode())
    return digest.hexdigest()
