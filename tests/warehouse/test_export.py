"""Exports, their descriptor, and the generated picture."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from tests.warehouse.sets import sighting, sightings, write_document
from warehouse.build import BuildInputs, build_warehouse
from warehouse.er_picture import er_picture
from warehouse.export import UnknownTableError, export_package
from warehouse.publish import prepare_generation, publish_generation
from warehouse.query import NothingPublishedError

Make = Callable[..., BuildInputs]


@pytest.fixture
def home(tmp_path: Path, inputs_of: Make) -> Path:
    write_document(tmp_path, "a")
    staging = prepare_generation(tmp_path, "b1")
    build_warehouse(staging / "warehouse.duckdb", inputs_of(sightings(sighting("a"))))
    publish_generation(tmp_path, staging, "b1", versions={}, counts={})
    return tmp_path


def test_a_package_describes_every_file_it_has(home: Path, tmp_path: Path) -> None:
    target = tmp_path / "out"
    files = export_package(home, target)
    package = json.loads((target / "datapackage.json").read_text(encoding="utf-8"))
    assert package["version"] == "b1"
    assert {target / one["path"] for one in package["resources"]} == {
        path for path in files if path.parent != target
    }
    for resource in package["resources"]:
        content = (target / resource["path"]).read_bytes()
        assert resource["bytes"] == len(content)
        assert resource["hash"] == "sha256:" + hashlib.sha256(content).hexdigest()
        assert all(one["description"] for one in resource["schema"]["fields"])
    amount = next(one for one in package["resources"] if one["path"] == "csv/amount.csv")
    types = {one["name"]: one["type"] for one in amount["schema"]["fields"]}
    assert (types["amount_yuan"], types["is_leaf"], types["fiscal_year"], types["amount_id"]) == (
        "number", "boolean", "integer", "string",
    )  # fmt: skip
    with (target / "csv" / "amount.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == [one["name"] for one in amount["schema"]["fields"]]
    assert [row["amount_yuan"] for row in rows] == ["1000000.000000", "500000.000000"]
    with duckdb.connect() as connection:
        found = connection.execute(
            f"SELECT sum(amount_yuan) FROM '{target}/parquet/amount.parquet'"
        ).fetchone()
    assert found is not None
    assert str(found[0]) == "1500000.000000"
    with (target / "data_dictionary.csv").open(encoding="utf-8-sig", newline="") as file:
        assert ("amount", "amount_yuan") in {(row["表"], row["列"]) for row in csv.DictReader(file)}


def test_two_exports_are_the_same_bytes(home: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "one", tmp_path / "two"
    export_package(home, first, tables=["amount", "exception"])
    export_package(home, second, tables=["amount", "exception"])
    assert len(list(first.rglob("*.*"))) == 6
    for path in first.rglob("*.*"):
        assert path.read_bytes() == (second / path.relative_to(first)).read_bytes()


def test_an_export_neither_overwrites_nor_half_appears(home: Path, tmp_path: Path) -> None:
    target = tmp_path / "out"
    with pytest.raises(UnknownTableError, match="nothing"):
        export_package(home, target, tables=["nothing"])
    assert not target.exists()
    target.mkdir()
    (target / "mine.txt").write_text("mine")
    with pytest.raises(FileExistsError):
        export_package(home, target)
    with pytest.raises(NothingPublishedError):
        export_package(tmp_path / "empty", tmp_path / "other")


def test_the_picture_in_the_documentation_is_of_this_schema() -> None:
    picture = er_picture()
    assert 'dim_unit ||--o{ fact_amount : "unit_id"' in picture
    assert 'statement ||--o{ cell : "statement_id"' in picture
    documentation = Path(__file__).parents[2] / "docs" / "warehouse.md"
    assert picture in documentation.read_text(encoding="utf-8"), (
        "run: python -m warehouse.er_picture docs/warehouse.md"
    )
