"""What a worker process does with one extracted document: its Parquet set in, its facts out."""

from __future__ import annotations

import shutil
import uuid
from pathlib import Path

import polars as pl

import extractors.schema
from transforms.document import transform_document
from transforms.schema import FRAMES


def transform_to_directory(extracted_dir: Path, target_dir: Path) -> None:
    """Transform the Parquet set in ``extracted_dir`` and write the facts to ``target_dir``.

    The directory appears complete under its name or not at all; an existing one is replaced. The bytes depend
    on the extraction and the transform version only. Raises OSError where a frame is missing or cannot be
    written.
    """
    extraction = {
        name: pl.read_parquet(extracted_dir / f"{name}.parquet") for name in extractors.schema.FRAMES
    }
    frames = transform_document(extraction)
    target_dir.parent.mkdir(parents=True, exist_ok=True)
    staging = target_dir.parent / f".{target_dir.name}.{uuid.uuid4().hex}.part"
    staging.mkdir()
    try:
        for name in FRAMES:
            frames[name].write_parquet(staging / f"{name}.parquet", compression="zstd", statistics=False)
        _replace(staging, target_dir)
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _replace(staging: Path, target: Path) -> None:
    if not target.exists():
        staging.rename(target)
        return
    aside = target.parent / f".{target.name}.{uuid.uuid4().hex}.old"
    target.rename(aside)
    try:
        staging.rename(target)
    except OSError:
        aside.rename(target)
        raise
    shutil.rmtree(aside, ignore_errors=True)
