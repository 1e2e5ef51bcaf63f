"""A night whose own process waits for ever is ended: with a report, an exit code, and the lock free for the next."""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path
from unittest.mock import patch

import pytest

from flows.doctor import examine
from flows.exit_codes import ExitCode
from flows.lock import is_night_running
from flows.settings import NightSettings
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


_COMPUTING = """
import sys, threading, time
from flows.stall import Watch

watch = Watch(3600, idle_seconds=1.0)
def compute():
    until = time.monotonic() + 3
    while time.monotonic() < until:
        pass
with watch.over(lambda seen: print(seen, flush=True)):
    threading.Event().wait(3)  # for a portal, say
    with watch.computing():
        compute()
        if sys.argv[1] == "lost":
            threading.Event().wait(60)
"""


@pytest.mark.parametrize(("how", "code"), [("lost", ExitCode.NOT_PUBLISHED), ("go on", 0)])
def test_a_computation_that_uses_no_processor_is_ended_long_before_the_hours(how: str, code: int) -> None:
    command = [sys.executable, "-c", _COMPUTING, how]
    ended = subprocess.run(command, timeout=50, check=False, capture_output=True, text=True)
    assert ended.returncode == code, ended.stderr
    assert ("没有用到处理器" in ended.stdout) is (how == "lost")


def test_a_night_at_the_edge_of_its_address_space_is_not_begun(tmp_path: Path) -> None:
    home, little = tmp_path / "home", 900 * 1024 * 1024
    limited = subprocess.run(
        [sys.executable, "-m", "flows", "ingest", __file__, "--home", str(home)],
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (little, little)),
        timeout=100, check=False, capture_output=True, text=True,
    )  # fmt: skip
    assert limited.returncode == ExitCode.NOT_PUBLISHED, limited.stderr
    assert "地址空间上限只有 900 MB" in limited.stderr.replace("\n", "")
    (written,) = (home / "runs").glob("*.json")
    assert RunReport.read(written).exit_status == ExitCode.NOT_PUBLISHED


@pytest.mark.parametrize(
    ("granted", "state"), [(900, "error"), (2500, "warning"), (4000, "ok"), (None, None)]
)
def test_the_doctor_looks_at_the_address_space(
    tmp_path: Path, granted: int | None, state: str | None
) -> None:
    with patch("flows.doctor.granted_megabytes", return_value=granted):
        found = {one.name: one.state for one in examine(tmp_path, NightSettings())}
    assert found.get("地址空间") == state


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
