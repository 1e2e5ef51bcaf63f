"""The default district, generated once for the tests of this folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from samples.district import District, generate_district


@pytest.fixture(scope="session")
def district(tmp_path_factory: pytest.TempPathFactory) -> District:
    return generate_district(tmp_path_factory.mktemp("district"))


@pytest.fixture(scope="session")
def good_pdf(district: District) -> bytes:
    return Path(district.path(district.documents[0])).read_bytes()
