"""A night whose own process waits for ever is ended: with a report, an exit code, and the lock free for the next."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from flows.exit_codes import ExitCode
from flows.lock import is_night_running
from reports.run_report import RunReport

_NIGHT = """
import sys, threading
from pathlib import Path
from unittest.mock import patch
from flows.lock import night_lock
from flows.night import NightPlan, run_night
from flows.settings import NightSettings
from flows.step import plain_step

home = Path(sys.argv[1])
wait = (lambda *_: threading.Event().wait()) if sys.argv[2] == "hang" else (lambda *_: (0, []))
settings = NightSettings(minimum_free_megabytes=0, stall_hours=1.0 / 3600)
with night_lock(home), patch("flows.night.pending_jobs", wait), patch("flows.night._build_and_publish"):
    run_night(NightPlan(home, settings, plain_step))
"""


def run(home: Path, how: str) -> tuple[int, RunReport]:
    night = subprocess.run([sys.executable, "-c", _NIGHT, str(home), how], timeout=120, check=False)
    (written,) = (home / "runs").glob("*.json")
    return night.returncode, RunReport.read(written)


def test_a_night_that_waits_for_ever_is_ended_and_accounted_for(tmp_path: Path) -> None:
    code, report = run(tmp_path, "hang")
    assert code == ExitCode.NOT_PUBLISHED == report.exit_status
    assert report.status == "failed"
    assert "没有任何进展" in report.errors[-1].message
    assert not is_night_running(tmp_path)


def test_a_night_that_gets_on_is_left_alone(tmp_path: Path) -> None:
    code, report = run(tmp_path, "go on")
    assert code == 0
    assert report.errors == []
