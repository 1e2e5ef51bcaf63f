"""Nights in a row over a ledger: new, persisting, fixed, reopened, waived and unverified, each exactly when it is so."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import duckdb
import pytest

from expectations.cases import Case, fill_warehouse
from expectations.catalogue import Rule, load_rules
from expectations.engine import judge
from expectations.findings import find
from expectations.life_cycle import History, numbers_of, state_tonight
from warehouse.ledger import LedgerEvent, events_frame

RULES = [rule for rule in load_rules() if rule.id in ("T01-TOTAL-EQ", "T07-CAR")]
Make = Callable[[], duckdb.DuckDBPyConnection]

DOCUMENT = {"place": "本区"}
TOTALS_WRONG = ("T01 revenue.total = 9.00", "T01 expenditure.total = 8.00")
TOTALS_WORSE = ("T01 revenue.total = 9.00", "T01 expenditure.total = 7.00")
TOTALS_RIGHT = ("T01 revenue.total = 9.00", "T01 expenditure.total = 9.00")
CARS_WRONG = (
    "T07 three_public.vehicles = 2.00",
    "T07 three_public.vehicle_purchase = 1.00",
    "T07 three_public.vehicle_operation = 2.00",
)
CARS_RIGHT = (*CARS_WRONG[:2], "T07 three_public.vehicle_operation = 1.00")


class Nights:
    """A ledger that grows night by night, over one document whose versions differ."""

    def __init__(self, make: Make) -> None:
        self.make = make
        self.ledger: dict[str, LedgerEvent] = {}

    def run(self, day: int, *amounts: str, rules: Sequence[Rule] = RULES) -> dict[str, str]:
        """Judge one night and return rule → status; the night's events go into the ledger."""
        connection = self.make()
        fill_warehouse(
            connection, [Case("T01-TOTAL-EQ", "样例", "violated", amounts=amounts, document=DOCUMENT)]
        )
        connection.register("told", events_frame(self.ledger.values()).to_arrow())
        connection.execute("INSERT INTO core.finding_event BY NAME FROM told")
        judge(connection, rules)
        summary = find(connection, date(2026, 11, day))
        for event in summary.events:
            self.ledger.setdefault(event.event_id, event)
        self.connection = connection
        return dict(connection.sql("SELECT rule_id, status FROM core.finding").fetchall())

    def finding(self, rule_id: str) -> tuple[str, str]:
        row = self.connection.execute(
            "SELECT finding_id, actual || ' / ' || expected FROM core.finding WHERE rule_id = ?", [rule_id]
        ).fetchone()
        assert row is not None
        return row

    def told(self, *kinds: str) -> list[tuple[date, str | None, str | None]]:
        """Day, state and note of the ledger's events of these kinds."""
        return [
            (event.happened_on, event.state, event.note)
            for event in self.ledger.values()
            if event.kind in kinds
        ]

    def add(self, event: LedgerEvent) -> None:
        self.ledger[event.event_id] = event


@pytest.fixture
def nights(empty_warehouse: Make) -> Nights:
    return Nights(empty_warehouse)


def test_a_corrected_document_between_two_nights(nights: Nights) -> None:
    assert nights.run(1, *TOTALS_WRONG, *CARS_RIGHT) == {"T01-TOTAL-EQ": "new"}
    assert nights.run(2, *TOTALS_WRONG, *CARS_WRONG) == {"T01-TOTAL-EQ": "persisting", "T07-CAR": "new"}
    assert nights.run(3, *TOTALS_RIGHT, *CARS_WRONG) == {"T01-TOTAL-EQ": "fixed", "T07-CAR": "persisting"}
    assert nights.run(4, *TOTALS_RIGHT, *CARS_WRONG) == {"T07-CAR": "persisting"}
    assert nights.run(5, *TOTALS_WRONG, *CARS_WRONG) == {"T01-TOTAL-EQ": "reopened", "T07-CAR": "persisting"}
    assert nights.run(6, *TOTALS_WRONG, *CARS_WRONG) == {
        "T01-TOTAL-EQ": "persisting",
        "T07-CAR": "persisting",
    }


def test_the_same_night_again_says_the_same_and_adds_nothing(nights: Nights) -> None:
    for day, amounts in enumerate((TOTALS_WRONG, TOTALS_RIGHT, TOTALS_WRONG), start=1):
        first = nights.run(day, *amounts)
        known = set(nights.ledger)
        assert nights.run(day, *amounts) == first
        assert set(nights.ledger) == known


def test_what_could_not_be_checked_is_not_fixed(nights: Nights) -> None:
    nights.run(1, *TOTALS_WRONG, *CARS_WRONG)
    assert nights.run(2, *TOTALS_WRONG) == {"T01-TOTAL-EQ": "persisting", "T07-CAR": "unverified"}
    assert nights.run(3, *TOTALS_WRONG, *CARS_WRONG)["T07-CAR"] == "persisting"
    assert nights.run(4, *TOTALS_WRONG, *CARS_RIGHT)["T07-CAR"] == "fixed"


def test_a_fixed_finding_is_still_told_in_full(nights: Nights) -> None:
    nights.run(1, *TOTALS_WRONG)
    (title,) = nights.connection.sql("SELECT title FROM core.finding").fetchone() or ("",)
    nights.run(2, *TOTALS_RIGHT)
    row = nights.connection.sql(
        "SELECT title, severity, first_seen, document_id FROM core.finding"
    ).fetchone()
    assert row == (title, "error", date(2026, 11, 1), "c000000000000000")


def test_a_waiver_holds_until_its_day(nights: Nights) -> None:
    nights.run(1, *TOTALS_WRONG)
    own_id, numbers = nights.finding("T01-TOTAL-EQ")
    until = date(2026, 11, 3)
    nights.add(
        LedgerEvent(
            kind="waiver", happened_on=date(2026, 11, 1), finding_id=own_id, state=numbers, expires_on=until
        )
    )
    statuses = [nights.run(day, *TOTALS_WRONG)["T01-TOTAL-EQ"] for day in (2, 3, 4, 5)]
    assert statuses == ["waived", "waived", "reopened", "persisting"]


def test_a_waiver_ends_when_the_numbers_change(nights: Nights) -> None:
    nights.run(1, *TOTALS_WRONG)
    own_id, numbers = nights.finding("T01-TOTAL-EQ")
    nights.add(LedgerEvent(kind="waiver", happened_on=date(2026, 11, 1), finding_id=own_id, state=numbers))
    statuses = [nights.run(day, *TOTALS_WORSE)["T01-TOTAL-EQ"] for day in (2, 2, 3)]
    assert statuses == ["reopened", "reopened", "persisting"]
    reasons = [event.note for event in nights.ledger.values() if event.kind == "waiver_lifted"]
    assert reasons == ["数字已变化"]


def test_an_answer_stays_with_the_finding(nights: Nights) -> None:
    nights.run(1, *TOTALS_WRONG)
    own_id, _ = nights.finding("T01-TOTAL-EQ")
    nights.add(LedgerEvent(kind="answer", happened_on=date(2026, 11, 1), finding_id=own_id, note="说明"))
    assert nights.run(2, *TOTALS_WRONG) == {"T01-TOTAL-EQ": "answered"}


def test_a_retired_rule_closes_its_findings_quietly(nights: Nights) -> None:
    nights.run(1, *TOTALS_WRONG)
    own_id, _ = nights.finding("T01-TOTAL-EQ")
    card = json.dumps({"rule_id": "GONE", "unit_id": None})
    gone = LedgerEvent(kind="first_seen", happened_on=date(2026, 11, 1), finding_id="f_old", note=card)
    nights.add(gone)
    assert nights.run(2, *TOTALS_WRONG) == {"T01-TOTAL-EQ": "persisting"}
    states = [(event.finding_id, event.state) for event in nights.ledger.values() if event.kind == "state"]
    assert states == [("f_old", "retired")]
    assert own_id != "f_old"


def limited(**limits: Any) -> list[Rule]:
    """The rules, that on totals in force only within ``limits``."""
    return [replace(rule, **limits) if rule.id == "T01-TOTAL-EQ" else rule for rule in RULES]


LIMITS = {
    "withdrawn altogether": ([rule for rule in RULES if rule.id != "T01-TOTAL-EQ"], "规则已撤销，不再检查"),
    "limited to later years": (limited(years=(2025, 9999)), "规则不再适用于该年度"),
    "limited to earlier years": (limited(years=(0, 2023)), "规则不再适用于该年度"),
    "limited to another place": (limited(places=("别处",)), "规则不再适用于该地区"),
    "limited to budgets": (limited(doc_kind="budget"), "规则不再适用于这种文件"),
}


@pytest.mark.parametrize("name", LIMITS)
@pytest.mark.parametrize("amounts", [TOTALS_WRONG, TOTALS_RIGHT], ids=["still wrong", "right by now"])
def test_a_rule_no_longer_in_force_retires_its_findings(
    nights: Nights, name: str, amounts: Sequence[str]
) -> None:
    rules, reason = LIMITS[name]
    nights.run(1, *TOTALS_WRONG, *CARS_WRONG)
    for day in (2, 2, 3):  # a night judged twice says the same
        assert nights.run(day, *amounts, *CARS_WRONG, rules=rules) == {"T07-CAR": "persisting"}
    assert nights.told("state") == [(date(2026, 11, 2), "retired", reason)]


@pytest.mark.parametrize(
    "limits",
    [{"years": (2018, 2024)}, {"years": (2024, 9999)}, {"places": ("别处", "本区")}, {"doc_kind": "any"}],
)
def test_limits_that_a_disclosure_lies_within_change_nothing(nights: Nights, limits: dict[str, Any]) -> None:
    nights.run(1, *TOTALS_WRONG)
    assert nights.run(2, *TOTALS_RIGHT, rules=limited(**limits)) == {"T01-TOTAL-EQ": "fixed"}


def test_a_rule_back_in_force_finds_again_what_is_still_wrong(nights: Nights) -> None:
    nights.run(1, *TOTALS_WRONG)
    assert nights.run(2, *TOTALS_WRONG, rules=limited(years=(2025, 9999))) == {}
    assert nights.run(3, *TOTALS_WRONG) == {"T01-TOTAL-EQ": "reopened"}
    assert nights.run(3, *TOTALS_WRONG) == {"T01-TOTAL-EQ": "reopened"}
    assert nights.run(4, *TOTALS_WRONG) == {"T01-TOTAL-EQ": "persisting"}
    assert [state for _, state, _ in nights.told("state")] == ["retired", "open"]


def test_a_rule_back_in_force_says_nothing_of_what_is_right_by_now(nights: Nights) -> None:
    nights.run(1, *TOTALS_WRONG)
    nights.run(2, *TOTALS_WRONG, rules=limited(years=(2025, 9999)))
    assert nights.run(3, *TOTALS_RIGHT) == {}


def test_a_rule_that_fails_tonight_retires_nothing(nights: Nights) -> None:
    nights.run(1, *TOTALS_WRONG)
    assert nights.run(2, *TOTALS_WRONG, rules=limited(sql="SELECT nothing")) == {"T01-TOTAL-EQ": "unverified"}


def test_a_damaged_card_counts_as_none() -> None:
    row = dict.fromkeys(History.__slots__) | {"state": "open", "is_answered": False, "card": "{torn"}
    assert History.from_row(row).card is None


def test_doubt_is_told_before_novelty_but_not_before_a_waiver() -> None:
    row = dict.fromkeys(History.__slots__) | {"state": "open", "is_answered": False}
    day = date(2026, 11, 2)
    assert state_tonight("needs_review", None, "", day) == "needs_review"
    known = History.from_row({**row, "first_seen": date(2026, 11, 1), "last_waiver": "waiver"})
    assert state_tonight("needs_review", known, numbers_of("1", "2"), day) == "waived"
