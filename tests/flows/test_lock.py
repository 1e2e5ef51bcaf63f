"""One night at a time, and a killed night keeps nothing locked."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from flows.lock import NightIsRunningError, is_night_running, night_lock

HOLDER = """
import sys, time
from pathlib import Path
from flows.lock import night_lock
with night_lock(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_second_night_is_refused_until_the_first_is_killed(tmp_path: Path) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)], stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    assert is_night_running(tmp_path)
    with pytest.raises(NightIsRunningError, match=str(holder.pid)), night_lock(tmp_path):
        pass
    os.kill(holder.pid, signal.SIGKILL)
    holder.wait()
    holder.stdout.close()
    deadline = time.monotonic() + 5
    while is_night_running(tmp_path) and time.monotonic() < deadline:
        time.sleep(0.05)
    with night_lock(tmp_path):
        assert is_night_running(tmp_path)
    assert not is_night_running(tmp_path)
