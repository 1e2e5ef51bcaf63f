"""Parquet sets of many documents as views of one DuckDB connection, read in bulk."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

import extractors.schema
import transforms.schema


@dataclass(frozen=True, slots=True)
class ParquetSets:
    """Where the sets of one version lie: ``<root>/ab/<sha256>/<frame>.parquet``."""

    root: Path
    frames: Mapping[str, pl.Schema]

    def directory(self, sha256: str) -> Path:
        """Return where the set of a file is, or would be."""
        return self.root / sha256[:2] / sha256

    def exists(self, sha256: str) -> bool:
        """Say whether a set is there; its directory appears under this name only when it is complete."""
        return self.directory(sha256).is_dir()

    def byte_count(self, sha256: str) -> int:
        """Return the size of a set's files together; 0 where there is no set."""
        directory = self.directory(sha256)
        return sum(path.stat().st_size for path in directory.iterdir()) if directory.is_dir() else 0

    def discard(self, sha256: str) -> None:
        """Remove a set, so that the next night makes it anew; sets are derived and can always be remade."""
        shutil.rmtree(self.directory(sha256), ignore_errors=True)

    def files(self, sha256s: Iterable[str]) -> dict[str, list[str]]:
        """Return for each frame the files of these sets, in the order of their hashes."""
        found: dict[str, list[str]] = {name: [] for name in self.frames}
        for sha256 in sorted(sha256s):
            directory = self.directory(sha256)
            present = {path.name for path in directory.iterdir()} if directory.is_dir() else set()
            for name in self.frames:
                if f"{name}.parquet" in present:
                    found[name].append(str(directory / f"{name}.parquet"))
        return found


def extracted_sets(root: Path) -> ParquetSets:
    """Return the extraction sets below ``extracted/<extractor version>``."""
    return ParquetSets(root, extractors.schema.FRAMES)


def facts_sets(root: Path) -> ParquetSets:
    """Return the fact sets below ``facts/<transform version>``."""
    return ParquetSets(root, transforms.schema.FRAMES)


def create_views(
    connection: duckdb.DuckDBPyConnection, sets: ParquetSets, prefix: str, sha256s: Iterable[str]
) -> None:
    """Lay a temporary view ``<prefix>_<frame>`` with a leading ``document_id`` over every frame of these
    sets.
    """
    for frame, paths in sets.files(sha256s).items():
        connection.execute(
            f"CREATE OR REPLACE TEMP VIEW {prefix}_{frame} AS {_select(sets.frames[frame], paths)}"
        )


def _select(schema: pl.Schema, paths: list[str]) -> str:
    if not paths:
        columns = ", ".join(f'NULL::{duckdb_type(dtype)} AS "{name}"' for name, dtype in schema.items())
        return f"SELECT NULL::VARCHAR AS document_id, {columns} WHERE false"
    columns = ", ".join(f'"{name}"::{duckdb_type(dtype)} AS "{name}"' for name, dtype in schema.items())
    files = ", ".join("'" + path.replace("'", "''") + "'" for path in paths)
    source = f"read_parquet([{files}], filename = true, hive_partitioning = false)"
    return f"SELECT left(parse_path(filename)[-2], 16) AS document_id, {columns} FROM {source}"  # noqa: S608


def duckdb_type(dtype: Any) -> str:
    """Return DuckDB's name of a column type used in the frames. Raises ``KeyError`` for others."""
    if isinstance(dtype, pl.Decimal):
        return f"DECIMAL({dtype.precision}, {dtype.scale})"
    if isinstance(dtype, pl.List):
        return duckdb_type(dtype.inner) + "[]"
    names = {
        pl.String: "VARCHAR",
        pl.Int64: "BIGINT",
        pl.Int32: "INTEGER",
        pl.Float64: "DOUBLE",
        pl.Float32: "FLOAT",
        pl.Boolean: "BOOLEAN",
        pl.Date: "DATE",
    }
    return names[dtype.base_type()]


def unreadable(connection: duckdb.DuckDBPyConnection, sets: ParquetSets, sha256s: Iterable[str]) -> set[str]:
    """Return the files whose set DuckDB cannot read with the columns it should have (a disk fault, a foreign
    file).
    """
    bad = set()
    for sha256 in sha256s:
        for frame, paths in sets.files([sha256]).items():
            try:
                connection.execute(f"SELECT * FROM ({_select(sets.frames[frame], paths)})").fetchall()  # noqa: S608
            except duckdb.Error:
                bad.add(sha256)
    return bad
