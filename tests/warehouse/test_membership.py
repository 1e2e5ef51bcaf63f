"""Units that only their department's own list tells to be its units."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from tests.warehouse.district import WAN, Disclosure, write
from tests.warehouse.sets import id_of, sightings
from warehouse.build import BuildInputs, build_warehouse
from warehouse.membership import pieces

BUREAU, LIBRARY, MUSEUM, OTHER = "甲区文化局", "甲区图书馆", "甲区博物馆", "甲区水务局"
YEAR = 2024


def disclosure(
    unit: str, scope: str, amount: int, *sentences: str, department: str | None = None
) -> Disclosure:
    made = Disclosure(f"{unit}{scope}{department}", unit, YEAR, scope=scope, department=department)
    made.spend({"2070104": (amount, 0)})
    made.sentences = list(sentences)
    return made


def build(home: Path, *documents: Disclosure, registry: Path | None = None) -> duckdb.DuckDBPyConnection:
    rows = [write(home, one) for one in documents]
    build_warehouse(
        home / "warehouse.duckdb",
        BuildInputs(
            sightings=sightings(*rows),
            extracted_root=home / "extracted" / "x",
            facts_root=home / "facts" / "y",
            night=date(2026, 11, 28),
            registry=registry,
            batch_size=1,
        ),
    )
    return duckdb.connect(str(home / "warehouse.duckdb"), read_only=True)


def parents(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    return dict(
        connection.execute(
            "SELECT unit_name, parent_name FROM core.unit WHERE parent_name IS NOT NULL"
        ).fetchall()
    )


LIST = "从预算单位构成看，纳入甲区文化局部门决算编制范围的单位包括：1.甲区文化局（本级）2.甲区图书馆3.甲区博物馆。"


def test_listed_units_belong_to_the_department_and_their_money_is_counted_once(tmp_path: Path) -> None:
    connection = build(
        tmp_path,
        disclosure(BUREAU, "department", 60, LIST),
        disclosure(BUREAU + "（本级）", "unit", 10),
        disclosure(LIBRARY, "unit", 20),
        disclosure(MUSEUM, "unit", 30),
        disclosure(OTHER, "unit", 5),
    )
    assert parents(connection) == {LIBRARY: BUREAU, MUSEUM: BUREAU}
    counted = dict(connection.execute("SELECT unit_name, total_yuan FROM mart.leaf_expenditure").fetchall())
    assert counted == {BUREAU: Decimal(60) * WAN, OTHER: Decimal(5) * WAN}
    groups = dict(connection.execute("SELECT document_id, group_id FROM core.batch_document").fetchall())
    tied = {
        groups[id_of(f"{unit}{scope}None")] for unit, scope in ((BUREAU, "department"), (LIBRARY, "unit"))
    }
    assert len(tied) == 1  # what is compared is loaded and judged together


@pytest.mark.parametrize(
    "documents",
    [
        pytest.param(
            (disclosure(BUREAU, "department", 9, "所属预算单位包括：甲区图书馆。"),
             disclosure(OTHER, "department", 9, "所属预算单位包括：甲区图书馆。"), disclosure(LIBRARY, "unit", 2)),
            id="two departments list it",
        ),
        pytest.param(
            (disclosure(BUREAU, "department", 9, LIST), disclosure(LIBRARY, "department", 2)),
            id="it publishes as a department",
        ),
        pytest.param(
            (disclosure(BUREAU, "department", 9, "工作领导小组由甲区文化局、甲区图书馆、甲区水务局组成。"),
             disclosure(LIBRARY, "unit", 2)),
            id="named, but in no list of units",
        ),
        pytest.param(
            (disclosure(BUREAU, "department", 9, "所属预算单位包括：甲区图书馆服务中心。"), disclosure(LIBRARY, "unit", 2)),
            id="a longer name",
        ),
        pytest.param(
            (disclosure(BUREAU, "department", 9, "所属预算单位包括：甲区图书馆。"), disclosure(OTHER, "unit", 2)),
            id="a unit that publishes nothing",
        ),
    ],
)  # fmt: skip
def test_what_is_in_doubt_is_no_member(tmp_path: Path, documents: tuple[Disclosure, ...]) -> None:
    assert parents(build(tmp_path, *documents)) == {}


def test_a_department_that_the_unit_itself_prints_is_believed(tmp_path: Path) -> None:
    connection = build(
        tmp_path, disclosure(BUREAU, "department", 9, LIST), disclosure(LIBRARY, "unit", 2, department=OTHER)
    )
    assert parents(connection) == {LIBRARY: OTHER}


@pytest.mark.parametrize(("registered", "expected"), [("", BUREAU), (OTHER, OTHER)])
def test_the_registry_comes_first(tmp_path: Path, registered: str, expected: str) -> None:
    registry = tmp_path / "registry"
    registry.mkdir()
    (registry / "units.csv").write_text(
        f"official_name,parent_department\n{LIBRARY},{registered}\n", encoding="utf-8"
    )
    connection = build(
        tmp_path, disclosure(BUREAU, "department", 9, LIST), disclosure(LIBRARY, "unit", 2), registry=registry
    )
    assert parents(connection) == {LIBRARY: expected}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("下属预算单位包括：甲区图书馆、甲区博物馆等2家预算单位。", {LIBRARY, MUSEUM}),
        ("（一）甲区图书馆；（二）甲区博物馆。", {LIBRARY, MUSEUM}),
        ("我局下设甲区图书馆，甲区博物馆等。", {LIBRARY, MUSEUM}),
        ("2．甲区图书馆", {LIBRARY}),
    ],
)
def test_names_are_cut_out_of_lists(text: str, names: set[str]) -> None:
    assert names <= set(pieces(text))
