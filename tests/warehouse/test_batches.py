"""Batches keep together what rules compare, and how large they are changes nothing that is loaded."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.warehouse.sets import id_of, sighting, sightings, write_document
from warehouse.batches import batches_of
from warehouse.build import BuildInputs, build_warehouse
from warehouse.load import BATCH_TABLES

ties = st.dictionaries(
    st.integers(0, 60).map("d{:02d}".format),
    st.lists(st.one_of(st.none(), st.integers(0, 25).map("u{:02d}".format)), max_size=3),
    max_size=40,
)


@given(ties=ties, size=st.integers(1, 12))
def test_every_document_is_in_one_batch_with_all_that_share_a_tie(
    ties: dict[str, list[str | None]], size: int
) -> None:
    batches = batches_of(ties, size)
    place = {one.document_id: one.batch_no for batch in batches for one in batch}
    assert sorted(place) == sorted(ties)
    assert sum(len(batch) for batch in batches) == len(ties)
    assert [no for batch in batches for no in {one.batch_no for one in batch}] == list(
        range(1, len(batches) + 1)
    )
    for one in ties:
        for other in ties:
            if set(filter(None, ties[one])) & set(filter(None, ties[other])):
                assert place[one] == place[other]
    for batch in batches:
        assert len(batch) <= size or len({one.group_id for one in batch}) == 1


@given(ties=ties, size=st.integers(1, 12))
def test_batches_do_not_depend_on_the_order_of_documents(
    ties: dict[str, list[str | None]], size: int
) -> None:
    assert batches_of(ties, size) == batches_of(dict(reversed(list(ties.items()))), size)


def contents(path: Path) -> dict[str, list[tuple[object, ...]]]:
    with duckdb.connect(str(path), read_only=True) as connection:
        names = [
            name
            for (name,) in connection.execute(
                "SELECT table_name FROM duckdb_tables() WHERE schema_name = 'core' AND table_name NOT LIKE 'batch_%'"
            ).fetchall()
        ]
        return {name: connection.execute(f'FROM core."{name}" ORDER BY ALL').fetchall() for name in names}


def test_the_size_of_batches_changes_no_row_and_their_rows_stand_together(
    tmp_path: Path, inputs_of: Callable[..., BuildInputs]
) -> None:
    rows = []
    for no in range(9):
        write_document(tmp_path, f"d{no}", unit=f"样例区第{no % 4}局", year=2020 + no % 3)
        rows.append(sighting(f"d{no}"))
    large, small = tmp_path / "large.duckdb", tmp_path / "small.duckdb"
    inputs = inputs_of(sightings(*rows))
    assert not build_warehouse(large, inputs).broken_constraints
    assert not build_warehouse(small, dataclasses.replace(inputs, batch_size=2)).broken_constraints
    assert contents(large) == contents(small)
    with duckdb.connect(str(small), read_only=True) as connection:
        places = connection.execute("FROM core.batch_rows ORDER BY batch_no, table_name").fetchall()
        assert max(batch_no for batch_no, *_ in places) == 4  # one unit each
        for batch_no, name, first_row, row_count in places:
            found = connection.execute(
                f"SELECT DISTINCT batch_no FROM core.{name} JOIN core.batch_document USING (document_id) "
                f"WHERE core.{name}.rowid >= {first_row} AND core.{name}.rowid < {first_row + row_count}"
            ).fetchall()
            assert found == ([(batch_no,)] if row_count else [])
        assert {name for _, name, *_ in places} == set(BATCH_TABLES)


@pytest.mark.parametrize(
    ("published", "groups"),
    [
        ((), [["甲局", "甲局站"], ["乙局", "乙局站"]]),
        (("样例区",), [["样例区", "甲局", "甲局站", "乙局", "乙局站"]]),
    ],
)
def test_a_parent_that_publishes_nothing_ties_nothing(
    tmp_path: Path, inputs_of: Callable[..., BuildInputs], published: tuple[str, ...], groups: list[list[str]]
) -> None:
    """The registry puts the district above its departments; only what it publishes is compared with theirs."""
    registry = tmp_path / "registry"
    registry.mkdir()
    parents = {"甲局": "样例区", "乙局": "样例区", "甲局站": "甲局", "乙局站": "乙局"}
    lines = ["official_name,parent_department", *(f"{unit},{parent}" for unit, parent in parents.items())]
    (registry / "units.csv").write_text("\n".join(lines), encoding="utf-8")
    for name in (*published, *parents):
        write_document(
            tmp_path,
            name,
            unit=name,
            identity={"department_name": parents.get(name, name) if "站" in name else name},
        )
    rows = [sighting(name) for name in (*published, *parents)]
    target = tmp_path / "w.duckdb"
    build_warehouse(target, inputs_of(sightings(*rows), registry=registry))
    with duckdb.connect(str(target), read_only=True) as connection:
        found = connection.execute(
            "SELECT list(unit_name) FROM core.batch_document JOIN core.document USING (document_id) GROUP BY group_id"
        ).fetchall()
    assert sorted(sorted(group) for (group,) in found) == sorted(sorted(group) for group in groups)


def test_a_damaged_set_in_a_later_batch_costs_only_its_own_document(
    tmp_path: Path, inputs_of: Callable[..., BuildInputs]
) -> None:
    rows, shas = [], {}
    for no in range(6):
        shas[no] = write_document(tmp_path, f"d{no}", unit=f"样例区第{no}局")
        rows.append(sighting(f"d{no}"))
    for no, name in ((2, "facts/y/{}/{}/amount.parquet"), (5, "extracted/x/{}/{}/document.parquet")):
        path = tmp_path / name.format(shas[no][:2], shas[no])
        path.write_bytes(b"\0" * path.stat().st_size)
    target = tmp_path / "w.duckdb"
    summary = build_warehouse(target, dataclasses.replace(inputs_of(sightings(*rows)), batch_size=1))
    assert summary.damaged == tuple(sorted((shas[2], shas[5])))
    with duckdb.connect(str(target), read_only=True) as connection:
        loaded = connection.execute("SELECT DISTINCT document_id FROM core.cell ORDER BY 1").fetchall()
    assert loaded == sorted((id_of(f"d{no}"),) for no in (0, 1, 3, 4))
