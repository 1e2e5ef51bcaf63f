"""Parquet sets of many documents, read in bulk.

Polars opens a small file in a fifth of the time DuckDB takes, and most of a build is opening small files.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

import extractors.schema
import transforms.schema
from extractors.frames import discard_set


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
        with contextlib.suppress(OSError):
            discard_set(self.directory(sha256))

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


#: What a damaged file makes of a reader: errors of Polars, of the system, and a panic inside Polars.
READ_ERRORS = (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError)


class DamagedSetsError(Exception):
    """Sets that cannot be read with the columns they should have (a disk fault, a foreign file)."""

    def __init__(self, sha256s: frozenset[str]) -> None:
        super().__init__(f"{len(sha256s)} damaged sets")
        self.sha256s = sha256s


#: Names of frames, or with each the columns that are wanted of it.
Wanted = Iterable[str] | Mapping[str, Sequence[str]]


def read_frames(sets: ParquetSets, sha256s: Sequence[str], wanted: Wanted) -> dict[str, pl.DataFrame]:
    """Return the wanted frames of these sets, each with a leading ``document_id``, in the order of the hashes.

    A set that is not there adds no rows. Raises ``DamagedSetsError`` naming all of them that cannot be read.
    """
    try:
        return _read(sets, sha256s, wanted)
    except READ_ERRORS as error:
        damaged = frozenset(one for one in sha256s if not _is_readable(sets, one))
        if not damaged:
            raise
        raise DamagedSetsError(damaged) from error


def _is_readable(sets: ParquetSets, sha256: str) -> bool:
    try:
        _read(sets, [sha256], sets.frames)
    except READ_ERRORS:
        return False
    return True


def _read(sets: ParquetSets, sha256s: Sequence[str], wanted: Wanted) -> dict[str, pl.DataFrame]:
    files = sets.files(sha256s)
    schemas = {
        name: pl.Schema({one: sets.frames[name][one] for one in wanted[name]})
        if isinstance(wanted, Mapping)
        else sets.frames[name]
        for name in wanted
    }
    return {name: _read_files(schema, files[name]) for name, schema in schemas.items()}


def _read_files(schema: pl.Schema, paths: list[str]) -> pl.DataFrame:
    if not paths:
        return pl.DataFrame(schema={"document_id": pl.String, **schema})
    scan = pl.scan_parquet(
        paths, include_file_paths="path", hive_partitioning=False, missing_columns="raise", glob=False
    )
    document_id = pl.col("path").str.split("/").list.get(-2).str.slice(0, 16).alias("document_id")
    columns = [pl.col(name).cast(dtype) for name, dtype in schema.items()]
    return scan.select(document_id, *columns).collect()
