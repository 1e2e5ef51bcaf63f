"""A document that ends nights is set aside after so many, and comes back when the operator says so."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from flows import quarantine
from flows.commands import app
from flows.documents import DocumentTally, pending_jobs, process_documents
from flows.settings import DocumentLimits, NightSettings

SETTINGS = NightSettings(workers=1, document_limits=DocumentLimits(nights=2))


@pytest.fixture
def home(first_document_home: Path, tmp_path: Path) -> Path:
    """A data directory with one document stored and nothing extracted."""
    home = tmp_path / "home"
    shutil.copytree(first_document_home, home, symlinks=True)
    shutil.rmtree(home / "extracted")
    return home


def night(home: Path) -> DocumentTally:
    """What happens to the documents in one night."""
    _, jobs = pending_jobs(home, SETTINGS)
    return process_documents(jobs, SETTINGS)


def test_marks_of_nights_that_were_killed_are_counted_and_forgotten_with_a_result(home: Path) -> None:
    _, (job,) = pending_jobs(home, SETTINGS)
    quarantine.begin(job.mark)  # as a night leaves it that was killed
    assert quarantine.tries(job.mark) == 1
    assert not night(home).worker_faults
    assert quarantine.tries(job.mark) == 0
    quarantine.begin(job.mark)  # killed between the result and the end of the mark
    assert pending_jobs(home, SETTINGS)[1] == []
    assert quarantine.tries(job.mark) == 0


def test_a_document_that_ended_too_many_nights_is_set_aside_and_released_by_retry(home: Path) -> None:
    _, (job,) = pending_jobs(home, SETTINGS)
    quarantine.begin(job.mark)
    quarantine.begin(job.mark)
    ((sha256, reason),) = night(home).worker_faults
    assert sha256 == job.sha256
    assert "2 次" in reason
    assert pending_jobs(home, SETTINGS)[1] == []
    shown = CliRunner().invoke(app, ["retry", "--home", str(home)])
    assert "1 份文件" in shown.output
    assert not night(home).worker_faults
    again = CliRunner().invoke(app, ["retry", "--home", str(home)])
    assert "0 份文件" in again.output  # a document that was read is left alone


def test_a_stored_file_that_cannot_be_read_costs_only_itself(home: Path) -> None:
    _, (job,) = pending_jobs(home, SETTINGS)
    job.path.unlink()
    job.path.mkdir()  # reading it is an OSError whoever asks
    tally = process_documents([job], SETTINGS)
    assert [sha256 for sha256, _ in tally.worker_faults] == [job.sha256]
    assert "读不出来" in tally.worker_faults[0][1]


def test_a_night_tells_monitors_and_log_readers_what_it_did(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("flows.stages.check", lambda *_: None)
    page = tmp_path / "page.pdf"
    page.write_text("<html>404</html>", encoding="utf-8")
    home = tmp_path / "home"
    shown = CliRunner().invoke(app, ["ingest", str(page), "--home", str(home), "--log-json", "--json"])
    assert shown.exit_code == 0, shown.output
    events = [json.loads(line) for line in shown.stderr.splitlines() if line.startswith('{"time"')]
    names = [event["event"] for event in events]
    assert names[0] == "run_started"
    assert names[-1] == "run_finished"
    assert {"stage_finished", "document_quarantined"} <= set(names)
    assert events[-1]["documents"]["quarantined"] == 1
    metrics = (home / "metrics.prom").read_text(encoding="utf-8")
    assert 'mingzhang_documents{state="quarantined"} 1.0' in metrics
    assert "mingzhang_last_run_exit_status 0.0" in metrics
    assert "mingzhang_published_timestamp_seconds" in metrics
