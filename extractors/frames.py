"""The frames of one extracted document: built once from lists, written and read as one Parquet set."""

from __future__ import annotations

import os
import re
import shutil
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from extractors.schema import FRAMES

_OS_ERROR = re.compile(r"\(os error (\d+)\)")


@dataclass(frozen=True, slots=True)
class Extraction:
    """What was read of one document: one frame for each entry of ``extractors.schema.FRAMES``."""

    document: pl.DataFrame
    page: pl.DataFrame
    table: pl.DataFrame
    cell: pl.DataFrame
    line: pl.DataFrame
    sentence: pl.DataFrame
    fragment: pl.DataFrame

    def frames(self) -> dict[str, pl.DataFrame]:
        """Return the frames by name, in the order of FRAMES."""
        return {name: getattr(self, name) for name in FRAMES}


def build_extraction(rows: Mapping[str, Iterable[tuple[Any, ...]]]) -> Extraction:
    """Build the frames from rows given as tuples in the column order of each schema."""
    return Extraction(**{name: _frame(rows.get(name, ()), schema) for name, schema in FRAMES.items()})


def _frame(rows: Iterable[tuple[Any, ...]], schema: pl.Schema) -> pl.DataFrame:
    columns = list(zip(*rows, strict=True)) or [() for _ in schema]
    return pl.DataFrame(
        [
            pl.Series(name, values, dtype=dtype, strict=True)
            for (name, dtype), values in zip(schema.items(), columns, strict=True)
        ]
    )


def write_extraction(extraction: Extraction, directory: Path) -> None:
    """Write ``<frame>.parquet`` for every frame into ``directory``, as ``write_set`` does. Raises OSError."""
    write_set(extraction.frames(), directory)


def write_set(frames: Mapping[str, pl.DataFrame], directory: Path) -> None:
    """Write ``<name>.parquet`` for every frame into ``directory``, which appears complete or not at all.

    An existing directory is replaced. The bytes depend on the frames only. Raises OSError.
    """
    directory.parent.mkdir(parents=True, exist_ok=True)
    staging = directory.parent / f".{directory.name}.{uuid.uuid4().hex}.part"
    staging.mkdir()
    try:
        _write_files(frames, staging)
        replace_set(staging, directory)
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _write_files(frames: Mapping[str, pl.DataFrame], directory: Path) -> None:
    files = [
        frame.lazy().sink_parquet(
            directory / f"{name}.parquet", compression="zstd", statistics=False, lazy=True
        )
        for name, frame in frames.items()
    ]
    try:
        pl.collect_all(files)  # in one run of the engine: starting it costs more than such small files do
    except pl.exceptions.ComputeError as error:  # how Polars reports a full disk
        if cause := _OS_ERROR.search(str(error)):
            number = int(cause[1])
            raise OSError(number, os.strerror(number), str(directory)) from error
        raise


def replace_set(staging: Path, directory: Path) -> None:
    """Give a complete set its final name; a set that has it makes way. Raises OSError."""
    aside = _put_aside(directory)
    try:
        staging.rename(directory)
    except OSError:
        if aside:
            aside.rename(directory)
        raise
    if aside:
        shutil.rmtree(aside, ignore_errors=True)


def discard_set(directory: Path) -> None:
    """Remove a set, where there is one: at no moment is part of it there under its final name. Raises OSError."""
    if aside := _put_aside(directory):
        shutil.rmtree(aside, ignore_errors=True)


def _put_aside(directory: Path) -> Path | None:
    if not directory.exists():
        return None
    return directory.rename(directory.parent / f".{directory.name}.{uuid.uuid4().hex}.old.part")


def read_document(directory: Path) -> dict[str, Any]:
    """Return the one row that says what became of a document. Raises OSError where there is none."""
    return pl.read_parquet(directory / "document.parquet").row(0, named=True)


def read_extraction(directory: Path) -> Extraction:
    """Read a Parquet set written by ``write_extraction``. Raises OSError where a frame is missing."""
    return Extraction(**{name: pl.read_parquet(directory / f"{name}.parquet") for name in FRAMES})
