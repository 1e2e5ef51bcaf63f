"""Names, the registry, and what is learned into it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.warehouse.sets import sighting, sightings, write_document
from warehouse.build import BuildInputs, build_id, build_warehouse
from warehouse.dimensions import accept_subject
from warehouse.units import (
    PrintedName,
    RegistryError,
    accept_alias,
    display_name,
    name_key,
    nature_of,
    read_registry,
    resolve,
    unit_id_of,
)

Make = Callable[..., BuildInputs]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("甲区财政局（本级）", "甲区财政局"),
        ("甲区财政局(汇总)", "甲区财政局"),
        ("甲区规划与自然资源局", "甲区规划和自然资源局"),
        ("中国共产党甲区委员会办公室", "中共甲区委员会办公室"),
        ("中共甲省委办公厅", "甲省委办公厅"),
        ("中国共产党甲省委员会办公厅", "中共甲省委办公厅"),
        ("甲区 财政局", "甲区财政局"),
        ("2024年度甲区财政局", "甲区财政局"),
        ("预算主管部门：甲区商务委员会", "甲区商务委员会"),
    ],
)
def test_spellings_of_one_unit(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)
    assert unit_id_of(one) == unit_id_of(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("甲区财政局", "乙区财政局"), ("甲区财政局评审中心", "甲区财政局"), ("甲区委员会", "甲区委员会办公室")],
)
def test_near_names_are_not_one_unit(one: str, other: str) -> None:
    assert unit_id_of(one) != unit_id_of(other)


def test_a_name_of_nothing_but_scope_is_kept() -> None:
    assert display_name("汇总") == "汇总"
    assert display_name("（本级）") == "(本级)"


@pytest.mark.parametrize(
    ("name", "nature"),
    [
        ("甲区东街街道办事处", "subdistrict"),
        ("中共甲区委员会宣传部", "party"),
        ("甲区财政局", "administrative"),
        ("甲市乙区商务委员会", "administrative"),
        ("甲区委办公室", "party"),
        ("甲区第一中学", "school"),
        ("甲区人民医院", "health_institution"),
        ("甲区退役军人服务中心", "public_institution"),
        ("甲区妇女联合会", "mass_organisation"),
        ("甲区人民法院", "court_or_procuratorate"),
        ("某某", None),
    ],
)
def test_natures(name: str, nature: str | None) -> None:
    assert nature_of(name) == nature


names = st.lists(
    st.builds(
        PrintedName,
        st.sampled_from(["甲局", "甲局（本级）", "乙与丙中心", "乙和丙中心", "丁所"]),
        st.integers(1, 3),
        st.sampled_from([None, "甲局", "丁所"]),
    ),
    max_size=8,
    unique_by=lambda one: (one.name, one.department_name),
)


@given(names, st.randoms())
def test_resolving_does_not_depend_on_order(printed: list[PrintedName], random: Any) -> None:
    shuffled = list(printed)
    random.shuffle(shuffled)
    for one, other in zip(
        resolve(read_registry(None), printed), resolve(read_registry(None), shuffled), strict=True
    ):
        ids = [name for name in one.columns if name not in ("unit_name", "parent_name", "parent_unit_id")]
        assert one.select(ids).equals(other.select(ids))


def registry_of(directory: Path, units: str) -> Path:
    directory.mkdir()
    (directory / "units.csv").write_text(units, encoding="utf-8-sig")
    return directory


def test_a_registry_gives_official_names_history_and_aliases(tmp_path: Path) -> None:
    registry = registry_of(
        tmp_path / "registry",
        "unit_id,official_name,parent_department,nature,publishes_separately,valid_from,valid_to,predecessor,aliases\n"
        "7,甲区卫生和计划生育局,,administrative,是,,2018-12-31,,\n"
        "8,甲区卫生健康局,,administrative,是,2019-01-01,,甲区卫生和计划生育局,区卫健局；卫健局\n"
        "9,甲区疾控中心,甲区卫生健康局,,否,,2020-12-31,,\n"
        "9,甲区疾控中心,,,是,2021-01-01,,,\n",
    )
    units, aliases = resolve(
        read_registry(registry), [PrintedName("区卫健局", 2), PrintedName("别的单位", 1)]
    )
    rows = {(row["unit_name"], row["version_no"]): row for row in units.iter_rows(named=True)}
    health = rows["甲区卫生健康局", 1]
    assert health["predecessor_unit_id"] == unit_id_of("甲区卫生和计划生育局")
    assert (health["valid_from"], health["registry_id"], health["is_registered"]) == (
        date(2019, 1, 1),
        "8",
        True,
    )
    centre = [rows["甲区疾控中心", number] for number in (1, 2)]
    assert [one["parent_unit_id"] for one in centre] == [health["unit_id"], None]
    assert [one["publishes_separately"] for one in centre] == [False, True]
    assert [one["is_current"] for one in centre] == [False, True]
    assert rows["别的单位", 1]["is_registered"] is False
    assert aliases.rows() == [
        ("别的单位", unit_id_of("别的单位"), "别的单位", "document"),
        ("区卫健局", unit_id_of("甲区卫生健康局"), "甲区卫生健康局", "registry"),
    ]


def test_a_name_that_two_units_claim_belongs_to_neither(tmp_path: Path) -> None:
    registry = registry_of(tmp_path / "registry", "official_name,aliases\n甲区一局,老局\n甲区二局,老局\n")
    _, aliases = resolve(read_registry(registry), [PrintedName("老局")])
    assert aliases["matched_by"].to_list() == ["document"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("official_name,valid_from\n甲局,去年\n", "第2行.*2024-01-31"),
        ("official_name,nature\n,行政\n", "第2行.*official_name"),
    ],
)
def test_a_wrong_registry_is_named_by_line(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(RegistryError, match=message):
        read_registry(registry_of(tmp_path / "registry", text))


def one_row(path: Path, sql: str) -> Any:
    with duckdb.connect(str(path), read_only=True) as connection:
        return connection.execute(sql).fetchone()


def test_proposals_are_accepted_by_one_call_and_change_the_next_build(
    tmp_path: Path, inputs_of: Make
) -> None:
    write_document(tmp_path, "a", unit="甲区市场监督管理局机关")
    registry = registry_of(tmp_path / "registry", "official_name\n甲区市场监督管理局\n甲区财政局\n")
    before = inputs_of(sightings(sighting("a")), registry=registry)
    build_warehouse(tmp_path / "1.duckdb", before)
    assert one_row(
        tmp_path / "1.duckdb", "SELECT printed_name, proposed_name FROM mart.unit_name_unmatched"
    ) == (
        "甲区市场监督管理局机关",
        "甲区市场监督管理局",
    )
    first_id = build_id(before)
    accept_alias(registry, "甲区市场监督管理局机关", "甲区市场监督管理局")
    after = inputs_of(sightings(sighting("a")), registry=registry)
    assert build_id(after) != first_id
    build_warehouse(tmp_path / "2.duckdb", after)
    assert one_row(tmp_path / "2.duckdb", "SELECT unit_name, unit_id FROM mart.document") == (
        "甲区市场监督管理局",
        unit_id_of("甲区市场监督管理局"),
    )
    assert one_row(tmp_path / "2.duckdb", "SELECT count(*) FROM mart.unit_name_unmatched") == (0,)


def test_an_unknown_code_is_loaded_and_can_be_learned(tmp_path: Path, inputs_of: Make) -> None:
    write_document(tmp_path, "a", amounts=(("2999977", "5.00"),))
    registry = tmp_path / "registry"
    build_warehouse(tmp_path / "1.duckdb", inputs_of(sightings(sighting("a"))))
    assert one_row(tmp_path / "1.duckdb", "SELECT scheme, code, fiscal_year FROM mart.unknown_subject") == (
        "functional",
        "2999977",
        2024,
    )
    accept_subject(registry, "functional", "2999977", "新设支出")
    build_warehouse(tmp_path / "2.duckdb", inputs_of(sightings(sighting("a")), registry=registry))
    assert one_row(tmp_path / "2.duckdb", "SELECT count(*) FROM mart.unknown_subject") == (0,)
    sql = "SELECT name FROM mart.dim_functional_subject WHERE functional_code = '2999977'"
    assert one_row(tmp_path / "2.duckdb", sql) == ("新设支出",)
    with pytest.raises(ValueError, match="科目体系"):
        accept_subject(registry, "colour", "1", "红")


@pytest.mark.parametrize(("code", "year", "name", "lineage"), [
    ("20805", 2019, "行政事业单位离退休", "20805"),
    ("20805", 2020, "行政事业单位养老支出", "20805"),
    ("30311", 2017, "住房公积金", "30113"),
    ("30311", 2024, "代缴社会保险费", "30311"),
])  # fmt: skip
def test_codes_that_changed_their_meaning(
    tmp_path: Path, inputs_of: Make, code: str, year: int, name: str, lineage: str
) -> None:
    write_document(tmp_path, "a", year=year)
    build_warehouse(tmp_path / "w.duckdb", inputs_of(sightings(sighting("a"))))
    sql = f"SELECT name, lineage_code FROM core.subject WHERE code = '{code}' AND fiscal_year = {year}"
    assert one_row(tmp_path / "w.duckdb", sql) == (name, lineage)
