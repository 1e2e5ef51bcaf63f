"""Nights with a document republished in between: what is new, persisting, fixed and reopened, exactly."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
import pytest
from openpyxl import load_workbook

from samples.defects import DefectPlan, PlantedDefect, plan_for
from samples.district import DEFAULT_SEED
from samples.documents import final_accounts
from samples.model import unit_years
from samples.profiles import unit_profiles
from tests.flows.conftest import ingest

CELL, SHARE, RATE = "D01", "D02", "D03"
#: What each night's edition of the document still has wrong.
EDITIONS = {
    date(2025, 9, 1): (CELL, SHARE),
    date(2025, 9, 2): (SHARE, RATE),
    date(2025, 9, 3): (CELL, SHARE),
}
#: Rules that name a defect's own finding.
NAMED_BY = {CELL: "T03", SHARE: "N-SHARE", RATE: "N-COMPLETE"}


def edition(defects: Sequence[str]) -> bytes:
    """The same final accounts with the named defects only."""
    unit = next(one for one in unit_profiles(2) if one.slug == "caizheng")
    book = unit_years(unit, (2024,), DEFAULT_SEED)
    planted: list[PlantedDefect] = plan_for("caizheng", 2024, "final_accounts").defects
    plan = DefectPlan([one for one in planted if one.defect_id in defects])
    return final_accounts(book[2024], book[2023], plan)[0].pdf()


@dataclass(frozen=True, slots=True)
class Night:
    """What one night published: the finding and its state by defect, and what it told as news, by state."""

    findings: dict[str, str]
    states: dict[str, str]
    news: dict[str, set[str]]
    counts: dict[str, int]


def published(home: Path) -> Night:
    """Read the list and the notification of the last night; raises where a defect has two findings."""
    with duckdb.connect(str(home / "warehouse.duckdb"), read_only=True) as connection:
        rows = connection.execute(
            "SELECT rule_id, finding_id, status FROM mart.exception WHERE severity = 'error'"
        ).fetchall()
    told = json.loads((home / "notification.json").read_text(encoding="utf-8"))
    night = Night({}, {}, defaultdict(set), told["counts"])
    for rule, finding, status in rows:
        defect = next(one for one, start in NAMED_BY.items() if rule.startswith(start))
        assert defect not in night.findings, f"two findings for {defect}"
        night.findings[defect], night.states[defect] = finding, status
    for one in told["findings"]:
        night.news[one["status"]].add(one["finding_id"])
    return night


Nights = tuple[Path, list[Night]]


@pytest.fixture(scope="module")
def nights(tmp_path_factory: pytest.TempPathFactory) -> Nights:
    """The home after three nights over one address whose file changes, and what each night published."""
    home, folder = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("published")
    path = folder / "caizheng_2024_final_accounts.pdf"
    seen = []
    for night, defects in EDITIONS.items():
        path.write_bytes(edition(defects))
        assert ingest(home, path, night=night, workers=1).status == "published"
        seen.append(published(home))
    return home, seen


def test_each_finding_has_the_state_its_history_gives(nights: Nights) -> None:
    _, seen = nights
    assert [night.states for night in seen] == [
        {CELL: "new", SHARE: "new"},
        {CELL: "fixed", SHARE: "persisting", RATE: "new"},
        {CELL: "reopened", SHARE: "persisting", RATE: "fixed"},
    ]


def test_a_finding_keeps_its_id_through_every_edition(nights: Nights) -> None:
    _, (first, second, third) = nights
    assert first.findings.items() < second.findings.items()
    assert second.findings == third.findings
    assert len(set(third.findings.values())) == 3


def test_only_changes_are_news(nights: Nights) -> None:
    _, (first, second, third) = nights
    assert first.news == {"new": {first.findings[CELL], first.findings[SHARE]}}
    assert second.news["fixed"] == {second.findings[CELL]}
    assert second.findings[RATE] in second.news["new"]
    assert second.counts == {
        "new": 2,
        "reopened": 0,
        "fixed": 1,
    }  # also new: the correction was not explained
    assert third.news == {"reopened": {third.findings[CELL]}, "fixed": {third.findings[RATE]}}


def test_the_workbook_shows_the_same_states(nights: Nights) -> None:
    home, _ = nights
    sheet = load_workbook(home / "reports" / "例外清单.xlsx", read_only=True)["例外清单"]
    heading, *rows = [row for row in sheet.iter_rows(values_only=True) if row[0] in ("级别", "差错")]
    at = {name: number for number, name in enumerate(heading)}
    listed = {row[at["规则"]]: row[at["状态"]] for row in rows}
    assert listed == {"T03-HIER": "重现", "N-SHARE": "持续", "N-COMPLETE": "已整改"}


def test_what_stands_at_the_address_is_current_and_the_other_edition_is_kept(nights: Nights) -> None:
    home, _ = nights
    with duckdb.connect(str(home / "warehouse.duckdb"), read_only=True) as connection:
        rows = connection.execute("SELECT sha256, is_current FROM mart.dim_document ORDER BY 2").fetchall()
    of = [hashlib.sha256(edition(defects)).hexdigest() for defects in EDITIONS.values()]
    assert rows == [(of[1], False), (of[0], True)]
    assert of[2] == of[0]
