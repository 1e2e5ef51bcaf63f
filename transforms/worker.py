"""What a worker process does with one extracted document: its Parquet set in, its facts out."""

from __future__ import annotations

from pathlib import Path

import polars as pl

import extractors.schema
from extractors.frames import write_set
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
    write_set({name: frames[name] for name in FRAMES}, target_dir)
