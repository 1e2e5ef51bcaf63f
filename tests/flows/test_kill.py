"""kill -9 in every stage: the published warehouse stays whole, and the next run completes the work without doubling."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from samples.district import District
from tests.flows.conftest import ingest
from tests.flows.test_night import exported

STAGES = ("crawl", "extract", "build", "check", "report", "publish")


@pytest.mark.slow
@pytest.mark.parametrize("stage", STAGES)
def test_killed_night_is_completed_by_the_next(
    stage: str, district: District, published_home: Path, first_document_home: Path, tmp_path: Path
) -> None:
    home, documents = tmp_path / "home", district.directory / "documents"
    shutil.copytree(first_document_home, home, symlinks=True)
    before = exported(home / "warehouse.duckdb")
    night = subprocess.Popen(
        [sys.executable, "-m", "flows", "ingest", str(documents), "--home", str(home)],
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )
    assert night.stderr is not None
    seen = False
    for line in night.stderr:
        if line.startswith(f"[{stage}]"):
            os.killpg(night.pid, signal.SIGKILL)
            seen = True
            break
    night.wait()
    night.stderr.close()
    assert seen, f"the night never reached {stage}"
    assert exported(home / "warehouse.duckdb") == before
    report = ingest(home, documents)
    assert report.status == "published"
    assert report.documents.loaded == len(district.documents)
    core = exported(home / "warehouse.duckdb")
    fresh = exported(published_home / "warehouse.duckdb")
    for name in ("document", "cell", "amount", "statement", "sentence", "outcome"):
        assert len(core[name]) == len(fresh[name]), name
    assert not list(home.rglob("*.part"))
    assert not list((home / "staging").iterdir())
