"""A whole night over the default district: the planted defects are noticed, and nothing else is called an error."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from unittest.mock import patch

import duckdb
import pytest

from flows.lock import night_lock
from flows.night import NightPlan, run_night
from flows.settings import NightSettings
from flows.step import plain_step
from samples.district import District

pytestmark = pytest.mark.slow

#: Planted, but not noticed yet: a placeholder before a unit's name (D04), the cover's year where it decides the
#: document's year (D15), and 持平 against last year's document (D17, a cross-year rule).
NOT_YET_NOTICED = {"D04", "D15", "D17"}


@pytest.fixture(scope="module")
def warehouse(district: District, tmp_path_factory: pytest.TempPathFactory) -> Path:
    home: Path = tmp_path_factory.mktemp("night")
    documents = (district.directory / "documents",)
    plan = NightPlan(
        home, NightSettings(workers=2), plain_step, kind="ingest", paths=documents, night=date(2025, 10, 1)
    )
    with night_lock(home), patch("flows.stages.check"), patch("flows.stages.write_reports"):
        assert run_night(plan).status == "published"
    return home / "warehouse.duckdb"


def test_planted_defects_are_noticed(district: District, warehouse: Path) -> None:
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        violated = set(
            connection.execute(
                "SELECT document_id, rule_id FROM mart.outcome WHERE verdict = 'violated'"
            ).fetchall()
        )
    missed = {
        finding["id"]
        for finding in district.findings
        if not violated & {(finding["document_id"], rule) for rule in finding["rules"]}
    }
    assert missed <= NOT_YET_NOTICED


def test_nothing_but_planted_defects_is_an_error(district: District, warehouse: Path) -> None:
    planted: dict[str, set[str]] = {}
    for finding in district.findings:
        planted.setdefault(finding["document_id"], set()).update(finding["rules"])
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        errors = connection.execute(
            "SELECT document_id, rule_id, message FROM mart.exception WHERE severity = 'error'"
        ).fetchall()
    assert [message for document, rule, message in errors if rule not in planted.get(document, set())] == []


def test_every_default_document_is_identified(district: District, warehouse: Path) -> None:
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        known = {
            document: (unit, year, kind, scope)
            for document, unit, year, kind, scope in connection.execute(
                "SELECT document_id, unit_name, fiscal_year, doc_kind, scope FROM mart.document"
            ).fetchall()
        }
    wrong_cover = {finding["document_id"] for finding in district.findings if finding["id"] == "D15"}
    for document in district.documents:
        if document.sha256[:16] not in wrong_cover:
            expected = (document.unit_name, document.fiscal_year, document.doc_kind, document.scope)
            assert known[document.sha256[:16]] == expected
