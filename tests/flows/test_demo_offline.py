"""The demonstration as a newcomer runs it, on a real Prefect flow, with every network but loopback taken away."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from warehouse.query import open_warehouse

#: A new network namespace has a loopback interface that is down; the portal and Prefect's server need it.
LOOPBACK_UP = """
import fcntl, os, socket, struct, sys
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
    SIOCGIFFLAGS, SIOCSIFFLAGS, IFF_UP = 0x8913, 0x8914, 0x1
    name, flags = struct.unpack("16sh", fcntl.ioctl(control, SIOCGIFFLAGS, struct.pack("16sh", b"lo", 0)))
    fcntl.ioctl(control, SIOCSIFFLAGS, struct.pack("16sh", b"lo", flags | IFF_UP))
os.execv(sys.executable, [sys.executable, *sys.argv[1:]])
"""


def without_network() -> list[str]:
    """The command prefix that takes the network away; skips where the system does not allow it."""
    prefix = ["unshare", "--net", "--map-root-user"]
    if shutil.which("unshare") is None:
        pytest.skip("unshare is not installed (package util-linux): the network cannot be taken away")
    if subprocess.run([*prefix, "true"], capture_output=True, check=False).returncode:
        pytest.skip("network namespaces are not allowed here: the network cannot be taken away")
    return [*prefix, sys.executable, "-c", LOOPBACK_UP]


@pytest.mark.prefect
@pytest.mark.slow
def test_demo_runs_a_whole_night_on_prefect_without_a_network(tmp_path: Path) -> None:
    home = tmp_path / "demo"
    run = subprocess.run(
        [*without_network(), "-m", "flows", "demo", "--home", str(home), "--json"],
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert run.returncode == 0, run.stderr[-2000:]
    report = json.loads(run.stdout)
    assert report["status"] == "published"
    assert report["documents"]["loaded"] == report["documents"]["seen"] == 24
    assert all(crawl["is_complete"] for crawl in report["crawls"])
    assert report["rules"]["failed"] == 0
    assert report["findings"]["new"] > 0
    assert (home / "reports" / "例外清单.xlsx").is_file()
    assert (home / "data_docs" / "index.html").is_file()
    assert (home / "prefect" / "prefect.db").is_file()
    with open_warehouse(home) as connection:
        assert connection.execute("SELECT count(*) FROM mart.exception").fetchone() != (0,)
