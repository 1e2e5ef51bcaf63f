"""Extraction on a Dask cluster: the same bytes as on one machine, also where a worker is killed half way."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from unittest.mock import patch

import pytest

from flows.environment import quiet_environment
from flows.lock import night_lock
from flows.night import NightPlan
from flows.settings import NightSettings, SettingsError
from flows.step import plain_step
from samples.district import District
from tests.conftest import REPOSITORY
from tests.flows.conftest import NIGHT

pytestmark = [pytest.mark.prefect, pytest.mark.slow]


@contextmanager
def process(*arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run one of Dask's programs, in a process group of its own, until the end of the block."""
    started = subprocess.Popen(
        [sys.executable, "-m", *arguments],
        cwd=REPOSITORY,
        env={**os.environ, "DASK_DISTRIBUTED__WORKER__DAEMON": "False", "PYTHONPATH": str(REPOSITORY)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield started
    finally:
        for number in (signal.SIGTERM, signal.SIGKILL):
            try:
                os.killpg(started.pid, number)
                started.wait(timeout=10)
            except (ProcessLookupError, subprocess.TimeoutExpired):
                continue


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def files_below(home: Path) -> dict[str, bytes]:
    return {
        path.relative_to(home).as_posix(): path.read_bytes()
        for root in ("extracted", "facts")
        for path in sorted((home / root).rglob("*.parquet"))
    }


def test_a_cluster_that_loses_a_worker_makes_the_same_bytes(
    tmp_path: Path, district: District, published_home: Path
) -> None:
    pytest.importorskip("prefect_dask", reason="the extra dask is not installed")
    distributed = pytest.importorskip("distributed", reason="the extra dask is not installed")
    quiet_environment(tmp_path / "prefect-home")
    from flows.nightly import run_on_prefect
    from flows.prefect_server import prefect_server

    home, port = tmp_path / "home", free_port()
    address = f"tcp://127.0.0.1:{port}"
    settings = NightSettings(workers=1, batch_size=2, compute="dask", dask_scheduler=address)
    plan = NightPlan(
        home, settings, plain_step, kind="ingest", paths=[district.directory / "documents"], night=NIGHT
    )
    with ExitStack() as stack:
        stack.enter_context(prefect_server())
        options = ("--host", "127.0.0.1", "--no-dashboard")
        stack.enter_context(process("distributed.cli.dask_scheduler", "--port", str(port), *options))
        worker = ("distributed.cli.dask_worker", address, "--no-nanny", "--nthreads", "1", "--no-dashboard")
        first = stack.enter_context(process(*worker, "--local-directory", str(tmp_path / "one")))
        stack.enter_context(process(*worker, "--local-directory", str(tmp_path / "two")))
        with distributed.Client(address, timeout=120) as client:
            client.wait_for_workers(2, timeout=240)
        killed = threading.Event()

        def kill_half_way() -> None:
            deadline = time.monotonic() + 300
            while time.monotonic() < deadline and not killed.is_set():
                if len(list((home / "facts").glob("*/??/*/identity.parquet"))) >= 2:
                    os.killpg(first.pid, signal.SIGKILL)
                    killed.set()
                time.sleep(0.05)

        killer = threading.Thread(target=kill_half_way)
        killer.start()
        with night_lock(home), patch("flows.stages.check"):
            report = run_on_prefect(plan)
        killer.join()
    assert killed.is_set()
    assert report.status == "published"
    assert not report.errors
    assert report.documents.extracted == len(district.documents)
    assert files_below(home) == files_below(published_home)


def test_what_is_missing_for_a_cluster_is_said_in_chinese(tmp_path: Path) -> None:
    quiet_environment(tmp_path)
    from flows.spread import task_runner

    with pytest.raises(SettingsError, match="dask"):
        task_runner(NightSettings(compute="dask"))
