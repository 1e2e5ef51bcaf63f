"""The default district, generated once for the tests of this folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from samples.district import District, generate_district
from tests.made_once import made_once


@pytest.fixture(scope="session")
def district(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> District:
    return made_once(tmp_path_factory, worker_id, "default-district", generate_district)


@pytest.fixture(scope="session")
def good_pdf(district: District) -> bytes:
    return Path(district.path(district.documents[0])).read_bytes()
