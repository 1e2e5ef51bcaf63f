"""Workers of the reports end with the process that started them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import psutil
import pytest

#: A program that starts one idle worker, says which process it is, and waits to be killed.
_PROGRAM = """
import multiprocessing, os, time
from concurrent.futures import ProcessPoolExecutor
from pebble import ProcessPool
from reports import page_images, processes

if __name__ == "__main__":
    context = multiprocessing.get_context("spawn")
    {start}
    print(worker, flush=True)
    time.sleep(60)
"""
_POOLS = {
    "pictures": "pool = ProcessPool(1, context=context, initializer=page_images._begin_worker); "
    "worker = pool.schedule(os.getpid).result()",
    "lists": "pool = ProcessPoolExecutor(1, mp_context=context, initializer=processes.stand_back); "
    "worker = pool.submit(os.getpid).result()",
}


@pytest.mark.parametrize("name", _POOLS)
def test_an_idle_worker_ends_when_its_night_is_killed(name: str, tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(_PROGRAM.format(start=_POOLS[name]), encoding="utf-8")
    repository = Path(__file__).resolve().parents[2]
    with subprocess.Popen(
        [sys.executable, str(program)], stdout=subprocess.PIPE, text=True, env={"PYTHONPATH": str(repository)}
    ) as night:
        assert night.stdout is not None
        worker = psutil.Process(int(night.stdout.readline()))
        night.kill()
        try:
            worker.wait(timeout=20)
        finally:
            if worker.is_running():
                worker.kill()
