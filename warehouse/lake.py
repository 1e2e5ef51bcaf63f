"""One warehouse for many districts: a DuckLake with its catalogue in PostgreSQL and its data as Parquet.

A district's night still builds, judges and publishes its own DuckDB file. What it has published is then put into the lake
in one transaction: the district's rows of every base table are replaced. Districts write at the same time without
waiting for one another, readers see a district as it was before or after, and every transaction is a snapshot that can
still be read later. Readers get the base tables of all districts, or of one, under the analysts' views as they are.
"""

from __future__ import annotations

import importlib
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from warehouse.load import run_sql_file
from warehouse.versions import warehouse_version

#: Extensions and the packages that bring them; each loads only into the DuckDB version it was built for.
_EXTENSIONS = {
    "postgres_scanner": "duckdb_extension_postgres_scanner",
    "ducklake": "duckdb_extension_ducklake",
}

#: Where two districts make the lake, or its tables, at the same moment, all but one begin again.
_ATTEMPTS = 8
_PAUSE_SECONDS = 0.25
_NOTHING_THERE = "数据湖中还没有任何区县的数据"
_RACES = ("onflict", "already exists", "duplicate key", "could not serialize")


class LakeError(RuntimeError):
    """The lake cannot be used as it is configured or installed; the message says why, in Chinese."""


@dataclass(frozen=True, slots=True)
class Lake:
    """Where a lake is: ``catalogue`` as PostgreSQL's client takes it (``dbname=… host=…``), ``data`` a directory."""

    catalogue: str
    data: str


def publish_to_lake(warehouse: Path, lake: Lake, district: str) -> int:
    """Replace what the lake has of a district by a published warehouse file; return the latest snapshot's number.

    All of it or nothing is seen; a build that is there already is not written again. Raises ``LakeError``; the published
    file is untouched.
    """
    for attempt in range(1, _ATTEMPTS + 1):
        try:
            with _attached(lake, read_only=False) as connection:
                connection.execute(f"ATTACH {_quoted(str(warehouse))} AS night (READ_ONLY)")
                return _replace(connection, district)
        except duckdb.Error as error:
            if attempt == _ATTEMPTS or not any(words in str(error) for words in _RACES):
                raise LakeError(f"写入数据湖失败：{error}") from error
            time.sleep(_PAUSE_SECONDS * attempt)
    raise AssertionError("unreachable")


def _replace(connection: duckdb.DuckDBPyConnection, district: str) -> int:
    tables = [
        name
        for (name,) in connection.execute(
            "SELECT table_name FROM duckdb_tables() WHERE database_name = 'night' AND schema_name = 'core' ORDER BY 1"
        ).fetchall()
    ]
    connection.begin()
    connection.execute("CREATE SCHEMA IF NOT EXISTS lake.core")
    if _is_there(connection, district):
        connection.rollback()
        return _latest(connection)
    for name in tables:
        connection.execute(
            f"CREATE TABLE IF NOT EXISTS lake.core.{name} AS "  # noqa: S608 - names from the catalogue
            f"SELECT ''::VARCHAR AS district, * FROM night.core.{name} LIMIT 0"
        )
        connection.execute(f"DELETE FROM lake.core.{name} WHERE district = ?", [district])  # noqa: S608
        connection.execute(
            f"INSERT INTO lake.core.{name} BY NAME SELECT ? AS district, * FROM night.core.{name}",  # noqa: S608
            [district],
        )
    connection.commit()
    return _latest(connection)


def _is_there(connection: duckdb.DuckDBPyConnection, district: str) -> bool:
    has_builds = connection.execute(
        "SELECT 1 FROM duckdb_tables() WHERE database_name = 'lake' AND table_name = 'build'"
    ).fetchone()
    return has_builds is not None and (
        connection.execute(
            "SELECT 1 FROM lake.core.build JOIN night.core.build USING (build_id) WHERE district = ?",
            [district],
        ).fetchone()
        is not None
    )


def _latest(connection: duckdb.DuckDBPyConnection) -> int:
    row = connection.execute("SELECT max(snapshot_id) FROM ducklake_snapshots('lake')").fetchone()
    return int(row[0]) if row else 0


def snapshots(lake: Lake) -> list[tuple[int, str]]:
    """Return the lake's snapshots with their times, oldest first. Raises ``LakeError``."""
    with _attached(lake, read_only=True) as connection:
        return connection.execute(
            "SELECT snapshot_id, snapshot_time::VARCHAR FROM ducklake_snapshots('lake') ORDER BY snapshot_id"
        ).fetchall()


@contextmanager
def open_lake(
    lake: Lake, *, district: str | None = None, snapshot: int | None = None
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the lake read-only under the names of a warehouse file: schemas ``core`` and ``mart``.

    ``district`` shows one district's rows alone, ``snapshot`` the lake as it was. Raises ``LakeError`` where no district
    of this warehouse version has been published there.
    """
    with _attached(lake, read_only=True, snapshot=snapshot) as connection:
        tables = connection.execute(
            "SELECT table_name FROM duckdb_tables() WHERE database_name = 'lake' AND schema_name = 'core' ORDER BY 1"
        ).fetchall()
        if not tables:
            raise LakeError(_NOTHING_THERE)
        connection.execute("CREATE SCHEMA core")
        chosen = f"WHERE district = {_quoted(district)}" if district is not None else ""
        for (name,) in tables:
            connection.execute(
                f"CREATE VIEW core.{name} AS SELECT * EXCLUDE (district) FROM lake.core.{name} {chosen}"  # noqa: S608
            )
        _require_version(connection)
        for name in ("rounding.sql", "mart.sql", "star.sql"):
            run_sql_file(connection, name)
        yield connection


def _require_version(connection: duckdb.DuckDBPyConnection) -> None:
    versions = {one for (one,) in connection.execute("SELECT warehouse_version FROM core.build").fetchall()}
    if versions - {warehouse_version()}:
        raise LakeError("数据湖中有其他版本写入的数据；请各区县升级到同一版本后重新发布")


@contextmanager
def _attached(
    lake: Lake, *, read_only: bool, snapshot: int | None = None
) -> Iterator[duckdb.DuckDBPyConnection]:
    connection = duckdb.connect(
        config={"autoinstall_known_extensions": False, "autoload_known_extensions": False}
    )
    try:
        for name in _EXTENSIONS:
            connection.execute(f"LOAD {_quoted(str(_extension(connection, name)))}")
        options = [f"DATA_PATH {_quoted(lake.data)}"]
        options += ["READ_ONLY"] if read_only else []
        options += [f"SNAPSHOT_VERSION {snapshot}"] if snapshot is not None else []
        try:
            connection.execute(
                f"ATTACH {_quoted(f'ducklake:postgres:{lake.catalogue}')} AS lake ({', '.join(options)})"
            )
        except duckdb.Error as error:
            if not read_only and any(words in str(error) for words in _RACES):
                raise
            if "creating a new DuckLake is explicitly disabled" in str(error):
                raise LakeError(_NOTHING_THERE) from error
            raise LakeError(f"连不上数据湖的目录库：{error}") from error
        yield connection
    finally:
        connection.close()


def _extension(connection: duckdb.DuckDBPyConnection, name: str) -> Path:
    try:
        package = importlib.import_module(_EXTENSIONS[name])
    except ImportError as error:
        raise LakeError(
            "warehouse: ducklake 需要安装 lake 附加组件：pip install 'mingzhang[lake]'"
        ) from error
    (version,) = connection.execute("SELECT version()").fetchone() or ("",)
    path: Path = Path(str(package.__file__)).parent / "extensions" / str(version) / f"{name}.duckdb_extension"
    if not path.exists():
        raise LakeError(f"扩展 {name} 不是为 DuckDB {version} 制作的")
    return path


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
