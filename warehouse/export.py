"""Exporting the mart as Parquet and CSV with a data dictionary: a frictionless data package."""

from __future__ import annotations

import csv
import hashlib
import json
import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from warehouse.publish import current_generation
from warehouse.query import published_warehouse

PACKAGE_FILE = "datapackage.json"
DICTIONARY_FILE = "data_dictionary.csv"

_COPY_OPTIONS = {"parquet": "FORMAT parquet, COMPRESSION zstd", "csv": "FORMAT csv, HEADER"}
_MEDIA_TYPES = {"parquet": "application/vnd.apache.parquet", "csv": "text/csv"}

#: Table Schema type of DuckDB's types; everything else is a string. DECIMAL is ``number`` without loss in both.
_FIELD_TYPES = (
    (re.compile(r"DECIMAL|DOUBLE|FLOAT"), "number"),
    (re.compile(r"(BIG|HUGE|SMALL|TINY)?INT(EGER)?"), "integer"),
    (re.compile(r"BOOLEAN"), "boolean"),
    (re.compile(r"DATE"), "date"),
    (re.compile(r"TIMESTAMP.*"), "datetime"),
)


class UnknownTableError(LookupError):
    """A name that is no view of the mart; the message lists those there are."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a mart view: its DuckDB type and its Chinese description."""

    name: str
    type: str
    description: str

    @property
    def field_type(self) -> str:
        """The type in terms of Table Schema."""
        if self.type.endswith("[]"):
            return "array"
        return next((name for pattern, name in _FIELD_TYPES if pattern.match(self.type)), "string")


@dataclass(frozen=True, slots=True)
class View:
    """One mart view."""

    name: str
    description: str
    columns: tuple[Column, ...]


def mart_views(connection: duckdb.DuckDBPyConnection) -> dict[str, View]:
    """Return the mart's views with their columns and comments, by name."""
    comments = connection.execute(
        "SELECT view_name, coalesce(comment, '') FROM duckdb_views() WHERE schema_name = 'mart' ORDER BY view_name"
    ).fetchall()
    columns: dict[str, list[Column]] = {name: [] for name, _ in comments}
    rows = connection.execute(
        "SELECT table_name, column_name, data_type, coalesce(comment, '') FROM duckdb_columns() "
        "WHERE schema_name = 'mart' ORDER BY table_name, column_index"
    ).fetchall()
    for view, name, data_type, comment in rows:
        columns[view].append(Column(name, data_type, comment))
    return {name: View(name, comment, tuple(columns[name])) for name, comment in comments}


def export_package(
    home: Path,
    target: Path,
    *,
    formats: Sequence[str] = ("parquet", "csv"),
    tables: Sequence[str] | None = None,
) -> list[Path]:
    """Write the published mart (or some of its views) into the directory ``target`` and return the files.

    Each view becomes ``<format>/<view>.<format>``, its rows in one order; ``datapackage.json`` describes them and
    ``data_dictionary.csv`` lists every column in Chinese. The directory appears when it is complete. Raises
    ``FileExistsError`` where ``target`` has anything in it, ``UnknownTableError``, ``NothingPublishedError``.
    """
    if target.exists() and any(target.iterdir()):
        raise FileExistsError(f"{target} 不是空目录，请另选一个")
    staging = target.with_name(f".{target.name}.part")
    shutil.rmtree(staging, ignore_errors=True)
    connection = duckdb.connect(str(published_warehouse(home)), read_only=True)
    try:
        views = _chosen(mart_views(connection), tables)
        for name in formats:
            (staging / name).mkdir(parents=True)
            for view in views:
                _copy(connection, view, name, staging / name / f"{view.name}.{name}")
    finally:
        connection.close()
    _write_dictionary(staging / DICTIONARY_FILE, views)
    generation = current_generation(home)
    package = _package(staging, views, formats, generation.build_id if generation else "")
    (staging / PACKAGE_FILE).write_text(
        json.dumps(package, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )
    if target.exists():
        target.rmdir()
    staging.rename(target)
    return sorted(path for path in target.rglob("*") if path.is_file())


def _chosen(views: dict[str, View], tables: Sequence[str] | None) -> list[View]:
    if unknown := sorted(set(tables or ()) - set(views)):
        raise UnknownTableError(f"没有 mart.{'、mart.'.join(unknown)}；可导出的有：{'、'.join(views)}")
    return [view for name, view in views.items() if tables is None or name in tables]


def _copy(connection: duckdb.DuckDBPyConnection, view: View, name: str, path: Path) -> None:
    columns = ", ".join(
        f'to_json("{one.name}") AS "{one.name}"'
        if name == "csv" and one.type.endswith("[]")
        else f'"{one.name}"'
        for one in view.columns
    )
    rows = f'SELECT {columns} FROM mart."{view.name}" ORDER BY ALL'  # noqa: S608 - names from the catalogue
    quoted = str(path).replace("'", "''")
    connection.execute(f"COPY ({rows}) TO '{quoted}' ({_COPY_OPTIONS[name]})")


def _write_dictionary(path: Path, views: list[View]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:  # with a mark, so that Excel reads Chinese
        writer = csv.writer(file)
        writer.writerow(["表", "表说明", "列", "类型", "列说明"])
        for view in views:
            for column in view.columns:
                writer.writerow([view.name, view.description, column.name, column.type, column.description])


def _package(staging: Path, views: list[View], formats: Sequence[str], build_id: str) -> dict[str, Any]:
    return {
        "profile": "data-package",
        "name": "mingzhang",
        "title": "明账：预决算公开数据",
        "version": build_id,
        "resources": [_resource(staging, view, name) for name in formats for view in views],
    }


def _resource(staging: Path, view: View, name: str) -> dict[str, Any]:
    path = staging / name / f"{view.name}.{name}"
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    fields = [
        {"name": one.name, "type": one.field_type, "description": one.description} for one in view.columns
    ]
    resource: dict[str, Any] = {
        "name": f"{view.name}-{name}".replace("_", "-"),
        "path": f"{name}/{view.name}.{name}",
        "title": view.description,
        "format": name,
        "mediatype": _MEDIA_TYPES[name],
        "bytes": path.stat().st_size,
        "hash": f"sha256:{digest}",
        "schema": {"fields": fields},
    }
    return resource | {"encoding": "utf-8", "profile": "tabular-data-resource"} if name == "csv" else resource
