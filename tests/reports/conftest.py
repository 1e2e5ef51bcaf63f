"""Fixtures of the reports: a tiny warehouse, one with evidence on real pages, and its site."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from report_samples import District, fill_district, fill_sample, open_empty_warehouse
from sample_pages import draw_sample

from reports.exceptions import read_report_data
from reports.site import SiteOptions, build_site


@pytest.fixture(scope="session")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse with three documents, two rules and five findings, one of each state."""
    path = tmp_path_factory.mktemp("sample") / "warehouse.duckdb"
    with open_empty_warehouse(path) as connection:
        fill_sample(connection)
    return path


@pytest.fixture(scope="session")
def district(tmp_path_factory: pytest.TempPathFactory) -> District:
    folder = tmp_path_factory.mktemp("district")
    pages = draw_sample(folder / "sample.pdf")
    path = folder / "warehouse.duckdb"
    with open_empty_warehouse(path) as connection:
        fill_district(connection, pages)
    return District(path, pages)


@pytest.fixture(scope="session")
def site(district: District, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the district, built once."""
    target = tmp_path_factory.mktemp("site") / "site"
    with duckdb.connect(str(district.warehouse), read_only=True) as connection:
        options = SiteOptions(
            document_file=district.document_file, data_docs="../../data_docs/index.html", workers=1
        )
        build_site(connection, read_report_data(connection), target, options)
    return target
