"""The ledger: append-only, idempotent, tolerant of a torn line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.ledger import (
    LedgerEvent,
    append_events,
    event_from_json,
    events_frame,
    ledger_fingerprint,
    read_ledger,
)

NIGHT = date(2026, 11, 23)
texts = st.one_of(st.none(), st.text(max_size=20))
events = st.builds(
    LedgerEvent,
    kind=st.sampled_from(["first_seen", "state", "answer", "waiver"]),
    happened_on=st.dates(),
    finding_id=texts,
    state=texts,
    person=texts,
    note=texts,
    expires_on=st.one_of(st.none(), st.dates()),
)


@given(events)
def test_an_event_survives_its_line(event: LedgerEvent) -> None:
    assert "\n" not in event.to_json()
    assert event_from_json(event.to_json()) == event


@given(st.lists(events, max_size=8), st.integers(0, 8))
def test_appending_twice_is_appending_once(
    tmp_path_factory: pytest.TempPathFactory, batch: list[LedgerEvent], cut: int
) -> None:
    path = tmp_path_factory.mktemp("ledger") / "events.jsonl"
    distinct = list({event.event_id: event for event in batch}.values())
    first = append_events(path, batch[:cut])
    second = append_events(path, batch)
    assert first + second == len(distinct)
    assert append_events(path, batch) == 0
    assert list(read_ledger(path).events) == distinct
    assert events_frame(distinct)["event_no"].to_list() == list(range(1, len(distinct) + 1))


def test_a_torn_line_is_reported_and_does_not_swallow_the_next(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    one, two, three = (LedgerEvent(kind="first_seen", finding_id=name, happened_on=NIGHT) for name in "abc")
    append_events(path, [one, two])
    content = path.read_bytes()
    for length in range(len(one.to_json().encode()) + 2, len(content) - 1):
        path.write_bytes(content[:length])
        assert read_ledger(path).events == (one,)
        assert read_ledger(path).damaged_lines == (2,)
    path.write_bytes(content[:-10])
    assert append_events(path, [three, two]) == 2
    assert read_ledger(path).events == (one, three, two)
    assert read_ledger(path).damaged_lines == (2,)


def test_a_changed_line_does_not_count(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    append_events(path, [LedgerEvent(kind="waiver", finding_id="a", happened_on=NIGHT, person="张")])
    path.write_text(path.read_text().replace("张", "李"))
    assert read_ledger(path).events == ()
    assert read_ledger(path).damaged_lines == (1,)


def test_a_night_run_twice_has_nothing_to_do_but_the_next_one_has() -> None:
    before = LedgerEvent(kind="first_seen", finding_id="a", happened_on=date(2026, 11, 1))
    tonight = LedgerEvent(kind="first_seen", finding_id="b", happened_on=NIGHT)
    tomorrow, day_after = date(2026, 11, 24), date(2026, 11, 25)
    assert ledger_fingerprint([before, tonight], NIGHT) == ledger_fingerprint([before], NIGHT)
    assert ledger_fingerprint([before, tonight], tomorrow) != ledger_fingerprint([before, tonight], NIGHT)
    assert ledger_fingerprint([before, tonight], day_after) == ledger_fingerprint([before, tonight], tomorrow)


def test_what_people_say_counts_at_once_and_a_waiver_counts_when_it_expires() -> None:
    answer = LedgerEvent(kind="answer", finding_id="a", happened_on=NIGHT, person="张")
    assert ledger_fingerprint([answer], NIGHT) != ledger_fingerprint([], NIGHT)
    waiver = LedgerEvent(
        kind="waiver", finding_id="a", happened_on=date(2026, 11, 1), person="张", expires_on=NIGHT
    )
    assert ledger_fingerprint([waiver], NIGHT) != ledger_fingerprint([waiver], date(2026, 11, 24))
