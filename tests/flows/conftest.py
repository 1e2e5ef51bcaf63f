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
from tests.made_once import made_once

NIGHT = date(2025, 9, 1)


@pytest.fixture(scope="session")
def district(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> District:
    """Two units, two years, with planted defects."""
    return made_once(
        tmp_path_factory, worker_id, "two-units", lambda folder: generate_district(folder, units=2)
    )


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
def published_home(district: District, tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A data directory with the district ingested once; tests must not write to it."""

    def publish(home: Path) -> Path:
        assert ingest(home, district.directory / "documents", with_checkpoint=True).status == "published"
        return home

    return made_once(tmp_path_factory, worker_id, "published", publish)


@pytest.fixture(scope="session")
def first_document_home(district: District, tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A data directory in which one document of the district has been published; copy it before writing."""

    def publish(home: Path) -> Path:
        ingest(home, district.path(district.documents[0]))
        return home

    return made_once(tmp_path_factory, worker_id, "first-document", publish)
