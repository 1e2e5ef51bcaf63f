"""What extraction and transforms read from the generated documents is what was printed, cell by cell."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl
import pytest

from extractors.document import extract_document
from extractors.limits import Limits
from extractors.schema import FRAMES
from samples.district import District, generate_district
from tests.samples.agreement import amounts_not_understood, cells_not_extracted
from transforms.document import transform_document

#: Looks of larger districts whose every cell is read; the index is the unit's number.
_READ_IN_FULL = ("u0008", "u0011", "u0012", "u0013", "u0015", "u0016")


def read(path: Path) -> dict[str, pl.DataFrame]:
    extraction = extract_document(path, Limits(use_ocr=False))
    return {name: getattr(extraction, name) for name in FRAMES}


def mistakes(district: District, slug: str, years: tuple[int, ...]) -> list[dict[str, Any]]:
    found = []
    for document in district.documents:
        if document.unit_slug == slug and document.fiscal_year in years:
            truth, frames = district.truth(document), read(district.path(document))
            found += cells_not_extracted(truth, frames["cell"])
            found += amounts_not_understood(truth, transform_document(frames)["amount"], with_fund=True)
    return found


@pytest.mark.parametrize("slug", ["caizheng", "shenji", "zhujian", "shuiwu", "weijian", "changhe"])
def test_every_printed_amount_of_the_default_district_is_understood(district: District, slug: str) -> None:
    assert mistakes(district, slug, (2024,)) == []


@pytest.fixture(scope="module")
def looks(tmp_path_factory: pytest.TempPathFactory) -> District:
    return generate_district(tmp_path_factory.mktemp("looks"), units=17, years=(2024,), planted=False)


@pytest.mark.parametrize("slug", _READ_IN_FULL)
def test_every_printed_cell_of_the_further_looks_is_extracted(looks: District, slug: str) -> None:
    for document in looks.documents:
        if document.unit_slug == slug:
            assert cells_not_extracted(looks.truth(document), read(looks.path(document))["cell"]) == []
