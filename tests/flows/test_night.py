"""A whole night without Prefect: published once, unchanged when nothing changed, the same bytes whatever the workers."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import duckdb
import pytest

from flows.exit_codes import ExitCode
from samples import bad_inputs
from samples.district import District
from tests.flows.conftest import NIGHT, ingest
from warehouse.query import open_warehouse


def exported(warehouse: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every base table of a warehouse, row by row in stored order, but for what tells one run from another."""
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        names = [
            name
            for (name,) in connection.execute(
                "SELECT table_name FROM duckdb_tables() WHERE schema_name = 'core' ORDER BY 1"
            ).fetchall()
        ]
        hidden = {"sighting": "EXCLUDE (fetched_at)"}
        return {
            name: connection.execute(f'SELECT * {hidden.get(name, "")} FROM core."{name}"').fetchall()
            for name in names
            if name != "build"
        }


def test_every_document_has_a_status_and_every_cell_is_kept(published_home: Path, district: District) -> None:
    with open_warehouse(published_home) as connection:
        rows = connection.execute("SELECT document_id, status, unit_name FROM mart.document").fetchall()
        cells = connection.execute("SELECT count(*) FROM mart.cell").fetchone()
    assert {row[0] for row in rows} == {document.sha256[:16] for document in district.documents}
    assert {row[1] for row in rows} == {"loaded"}
    assert {row[2] for row in rows} == {document.unit_name for document in district.documents}
    assert cells is not None
    assert cells[0] > 1000


def test_planted_table_defects_are_found_and_clean_documents_have_no_error(
    published_home: Path, district: District
) -> None:
    with open_warehouse(published_home) as connection:
        found = connection.execute(
            "SELECT o.document_id, o.rule_id FROM mart.outcome o JOIN core.rule r USING (rule_id) "
            "WHERE o.verdict = 'violated' AND r.severity = 'error'"
        ).fetchall()
        in_force = {row[0] for row in connection.execute("SELECT rule_id FROM core.rule").fetchall()}
    by_document: dict[str, set[str]] = {}
    for document_id, rule_id in found:
        by_document.setdefault(document_id, set()).add(rule_id)
    planted = [
        finding for finding in district.findings
        if finding["severity"] == "error" and set(finding["rules"]) & in_force and finding["statement_code"]
    ]  # fmt: skip
    assert planted
    for finding in planted:
        assert by_document.get(finding["document_id"], set()) & set(finding["rules"]), finding
    defective = {finding["document_id"] for finding in district.findings}
    clean = {document.sha256[:16] for document in district.documents} - defective
    assert not {document_id: by_document[document_id] for document_id in clean if document_id in by_document}


def test_every_finding_names_its_page_and_cells(published_home: Path) -> None:
    with open_warehouse(published_home) as connection:
        rows = connection.execute(
            "SELECT finding_id, page, evidence_cell_ids, message FROM mart.exception"
        ).fetchall()
    assert rows
    for finding_id, page, cells, message in rows:
        assert finding_id.startswith("f_")
        assert message
        assert page is not None or cells == [] or cells is None


def test_worker_count_and_order_change_nothing(
    district: District, published_home: Path, tmp_path: Path
) -> None:
    files = sorted((district.directory / "documents").iterdir(), reverse=True)
    ingest(tmp_path, *files, workers=1)
    assert exported(tmp_path / "warehouse.duckdb") == exported(published_home / "warehouse.duckdb")


def test_the_next_nights_double_nothing(district: District, tmp_path: Path) -> None:
    first = ingest(tmp_path, district.directory / "documents")
    news = json.loads((tmp_path / "notification.json").read_text(encoding="utf-8"))
    assert 0 < news["counts"]["new"] <= first.findings.new
    second = ingest(tmp_path, district.directory / "documents", night=date(2025, 9, 2))
    third = ingest(tmp_path, district.directory / "documents", night=date(2025, 9, 3))
    assert (first.status, second.status, third.status) == ("published", "published", "unchanged")
    assert first.documents.new == len(district.documents)
    assert second.documents.new == second.documents.extracted == 0
    assert first.findings.new > 0
    assert second.findings.new == third.findings.new == 0
    assert second.findings.persisting == first.findings.new == third.findings.persisting
    assert json.loads((tmp_path / "notification.json").read_text(encoding="utf-8"))["findings"] == []
    ledger = (tmp_path / "ledger" / "events.jsonl").read_text(encoding="utf-8").splitlines()
    identities = [json.loads(line)["event_id"] for line in ledger]
    assert len(identities) == len(set(identities))


def test_bad_input_gets_a_reason_each_and_the_rest_is_loaded(district: District, tmp_path: Path) -> None:
    good = district.path(district.documents[0])
    inputs = tmp_path / "in"
    inputs.mkdir()
    makers = (
        bad_inputs.truncated,
        bad_inputs.html_named_pdf,
        bad_inputs.empty,
        bad_inputs.encrypted,
        bad_inputs.no_pages,
    )
    for maker in makers:
        (inputs / f"{maker.__name__}.pdf").write_bytes(maker(good.read_bytes()))
    home = tmp_path / "home"
    report = ingest(home, inputs, good)
    assert report.status == "published"
    with open_warehouse(home) as connection:
        rows = connection.execute(
            "SELECT file_name, status, status_reason, reason_code FROM core.document"
        ).fetchall()
    by_name = {name: (status, reason, code) for name, status, reason, code in rows}
    assert by_name[good.name][0] == "loaded"
    for maker in makers:
        status, reason, code = by_name[f"{maker.__name__}.pdf"]
        assert status == "quarantined", maker.__name__
        assert reason
        assert code
    assert len(report.quarantined) == len(makers)


def test_a_night_that_fails_leaves_yesterday_in_place(
    district: District, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = (district.path(document) for document in district.documents[:2])
    ingest(tmp_path, first)
    before = exported(tmp_path / "warehouse.duckdb")

    def full_disk(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("flows.stages.build_warehouse", full_disk)
        with pytest.raises(OSError, match="No space left"):
            ingest(tmp_path, second)
    assert exported(tmp_path / "warehouse.duckdb") == before
    last = json.loads(sorted((tmp_path / "runs").glob("*.json"))[-1].read_text(encoding="utf-8"))
    assert last["status"] == "failed"
    assert last["exit_status"] == int(ExitCode.NOT_PUBLISHED)
    assert "磁盘已满" in last["errors"][0]["message"]
    healed = ingest(tmp_path, second, night=NIGHT)
    assert healed.status == "published"
    assert healed.documents.loaded == 2
    assert not list((tmp_path / "staging").iterdir())
