"""A small generated district, and nights over it without Prefect."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from unittest.mock import patch

import pytest

from flows.lock import night_lock
from flows.night import NightPlan, run_night
from flows.settings import NightSettings
from flows.step import plain_step
from reports.run_report import RunReport
from samples.district import District, generate_district

NIGHT = date(2025, 9, 1)


@pytest.fixture(scope="session")
def district(tmp_path_factory: pytest.TempPathFactory) -> District:
    """Two units, two years, with planted defects."""
    return generate_district(tmp_path_factory.mktemp("district"), units=2)


@pytest.fixture(autouse=True)
def environment_kept() -> Iterator[None]:
    """A command sets variables for its own process; no test may leave them to the next."""
    before = dict(os.environ)
    yield
    os.environ.clear()
    os.environ.update(before)


def ingest(
    home: Path, *paths: Path, night: date = NIGHT, workers: int = 2, with_checkpoint: bool = False
) -> RunReport:
    """Run one night over local paths, plainly; without the Great Expectations process unless asked for."""
    checkpoint = nullcontext() if with_checkpoint else patch("flows.stages.check")
    with night_lock(home), checkpoint:
        return run_night(
            NightPlan(
                home, NightSettings(workers=workers), plain_step, kind="ingest", paths=paths, night=night
            )
        )


@pytest.fixture(scope="session")
def published_home(district: District, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with the district ingested once; tests must not write to it."""
    home = tmp_path_factory.mktemp("home")
    report = ingest(home, district.directory / "documents", with_checkpoint=True)
    assert report.status == "published"
    return home


@pytest.fixture(scope="session")
def first_document_home(district: District, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory in which one document of the district has been published; copy it before writing."""
    home = tmp_path_factory.mktemp("first")
    ingest(home, district.path(district.documents[0]))
    return home
