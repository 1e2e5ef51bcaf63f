"""Nights with a document republished in between: what is new, persisting, fixed and reopened, exactly."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
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


def states(home: Path) -> dict[str, str]:
    """Defect → state of its finding in the published list; raises where one has two findings."""
    with duckdb.connect(str(home / "warehouse.duckdb"), read_only=True) as connection:
        rows = connection.execute(
            "SELECT rule_id, status FROM mart.exception WHERE severity = 'error'"
        ).fetchall()
    found: dict[str, str] = {}
    for rule, status in rows:
        defect = next(one for one, start in NAMED_BY.items() if rule.startswith(start))
        assert defect not in found, f"two findings for {defect}"
        found[defect] = status
    return found


@pytest.fixture(scope="module")
def nights(
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[Path, list[dict[str, str]], list[dict[str, int]]]:
    """The home after three nights over one address whose file changes, with the states and the news of each."""
    home, folder = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("published")
    path = folder / "caizheng_2024_final_accounts.pdf"
    seen, news = [], []
    for night, defects in EDITIONS.items():
        path.write_bytes(edition(defects))
        assert ingest(home, path, night=night, workers=1).status == "published"
        seen.append(states(home))
        news.append(json.loads((home / "notification.json").read_text(encoding="utf-8"))["counts"])
    return home, seen, news


Nights = tuple[Path, list[dict[str, str]], list[dict[str, int]]]


def test_each_finding_has_the_state_its_history_gives(nights: Nights) -> None:
    _, seen, _ = nights
    assert seen[0] == {CELL: "new", SHARE: "new"}
    assert seen[1] == {CELL: "fixed", SHARE: "persisting", RATE: "new"}
    assert seen[2] == {CELL: "reopened", SHARE: "persisting", RATE: "fixed"}


def test_only_changes_are_news(nights: Nights) -> None:
    _, _, news = nights
    assert news[0] == {"new": 2, "reopened": 0, "fixed": 0}
    assert news[1] == {
        "new": 2,
        "reopened": 0,
        "fixed": 1,
    }  # the second is that the unit did not say what it corrected
    assert news[2] == {"new": 0, "reopened": 1, "fixed": 1}


def test_the_workbook_shows_the_same_states(nights: Nights) -> None:
    home, _, _ = nights
    sheet = load_workbook(home / "reports" / "例外清单.xlsx", read_only=True)["例外清单"]
    heading, *rows = [row for row in sheet.iter_rows(values_only=True) if row[0] in ("级别", "差错")]
    at = {name: number for number, name in enumerate(heading)}
    listed = {row[at["规则"]]: row[at["状态"]] for row in rows}
    assert listed == {"T03-HIER": "重现", "N-SHARE": "持续", "N-COMPLETE": "已整改"}


def test_what_stands_at_the_address_is_current_and_the_other_edition_is_kept(nights: Nights) -> None:
    home, _, _ = nights
    with duckdb.connect(str(home / "warehouse.duckdb"), read_only=True) as connection:
        rows = connection.execute("SELECT sha256, is_current FROM mart.dim_document ORDER BY 2").fetchall()
    of = [hashlib.sha256(edition(defects)).hexdigest() for defects in EDITIONS.values()]
    assert rows == [(of[1], False), (of[0], True)]
    assert of[2] == of[0]
