"""A document's worker may hang, crash or eat memory; every other document still gets its result."""

from __future__ import annotations

import os
import signal
import time
from multiprocessing import forkserver
from pathlib import Path

import pytest

from flows.pool import run_isolated


def work(job: tuple[str, str]) -> str:
    kind, argument = job
    if kind == "hang":
        time.sleep(60)
    if kind == "crash":
        os.kill(os.getpid(), signal.SIGSEGV)
    if kind == "memory":
        raise MemoryError
    if kind == "bug":
        raise ValueError(argument)
    if kind == "crash once" and not Path(argument).exists():
        Path(argument).touch()
        os._exit(9)
    if kind == "kill the fork server once" and not Path(argument).exists():
        Path(argument).touch()
        os.kill(os.getppid(), signal.SIGKILL)
        time.sleep(30)
    if kind == "disk":
        raise OSError(28, "No space left on device")
    if kind == "environment":
        return os.environ.get(argument, "")
    return f"done {argument}"


def test_every_job_comes_back_in_order_whatever_its_worker_did() -> None:
    jobs = [("ok", "1"), ("crash", ""), ("ok", "2"), ("hang", ""), ("memory", ""), ("bug", "x"), ("ok", "3")]
    done = list(run_isolated(work, jobs, workers=2, wall_seconds=10))
    assert [one.job for one in done] == jobs
    assert [one.fault_code for one in done] == [None, "crashed", None, "timeout", "memory", "error", None]
    assert [one.result for one in done] == ["done 1", None, "done 2", None, None, None, "done 3"]
    assert "ValueError: x" in (done[5].fault or "")


def test_a_passing_crash_is_tried_again(tmp_path: Path) -> None:
    job = ("crash once", str(tmp_path / "mark"))
    (done,) = run_isolated(work, [job], workers=1, wall_seconds=20, attempts=2)
    assert done.fault_code is None
    assert done.result == f"done {tmp_path / 'mark'}"


def test_a_full_disk_ends_the_run_and_is_not_blamed_on_the_document() -> None:
    with pytest.raises(OSError, match="No space left"):
        list(run_isolated(work, [("disk", "")], workers=1, wall_seconds=20))


def test_a_killed_fork_server_costs_no_job(tmp_path: Path) -> None:
    jobs = [("kill the fork server once", str(tmp_path / "mark")), ("ok", "2"), ("ok", "3")]
    marker = tmp_path / "mark"
    done = list(run_isolated(work, jobs, workers=1, wall_seconds=30, attempts=2))
    assert marker.exists()
    assert [one.result for one in done] == [f"done {marker}", "done 2", "done 3"]


def test_workers_take_little_address_space_and_the_night_keeps_its_own_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("POLARS_MAX_THREADS", raising=False)
    monkeypatch.delenv("MALLOC_ARENA_MAX", raising=False)
    forkserver._forkserver._stop()  # type: ignore[attr-defined]  # one of an earlier test has its environment already
    jobs = [("environment", "POLARS_MAX_THREADS"), ("environment", "MALLOC_ARENA_MAX")]
    done = list(run_isolated(work, jobs, workers=1, wall_seconds=30))
    assert [one.result for one in done] == ["1", "2"]
    assert not {"POLARS_MAX_THREADS", "MALLOC_ARENA_MAX"} & set(os.environ)
