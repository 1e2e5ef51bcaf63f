"""Fixtures of the warehouse's tests."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from warehouse.build import BuildInputs


@pytest.fixture
def inputs_of(tmp_path: Path) -> Callable[..., BuildInputs]:
    """Make build inputs over the sets below ``tmp_path``."""

    def make(sightings: pl.DataFrame, **more: Any) -> BuildInputs:
        values: dict[str, Any] = {"extracted_root": tmp_path / "extracted" / "x", "facts_root": tmp_path / "facts" / "y",
                                  "night": date(2026, 11, 23), "extractor_version": "x", "transform_version": "y"}  # fmt: skip
        return BuildInputs(sightings=sightings, **{**values, **more})

    return make
