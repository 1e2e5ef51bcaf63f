"""A local Prefect server that lives exactly as long as the process that needs it.

Prefect's own temporary server is left behind when its parent is killed, and keeps its history badly. This one
runs the same application on SQLite under ``PREFECT_HOME`` and asks the kernel to be ended with its parent.
Where the operator has set ``PREFECT_API_URL``, that server is used and none is started.
"""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2

_START_TIMEOUT_SECONDS = 120.0
_POLL_SECONDS = 0.1
_PR_SET_PDEATHSIG = 1


class PrefectServerError(RuntimeError):
    """The local Prefect server did not come up."""


@contextmanager
def prefect_server() -> Iterator[str]:
    """Run a Prefect server on a free loopback port and yield its API address."""
    configured = os.environ.get("PREFECT_API_URL")
    if configured:
        yield configured
        return
    port = _free_port()
    address = f"http://127.0.0.1:{port}/api"
    log = _log_path()
    with log.open("ab") as output:
        process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            [sys.executable, "-m", "flows.prefect_server", str(port), str(os.getpid())],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            env={**os.environ, "PREFECT_UI_ENABLED": "0"},
        )
    try:
        _wait_until_healthy(address, process)
        os.environ["PREFECT_API_URL"] = address
        yield address
    finally:
        os.environ.pop("PREFECT_API_URL", None)
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _log_path() -> Path:
    home = Path(os.environ.get("PREFECT_HOME", Path.home() / ".prefect"))
    home.mkdir(parents=True, exist_ok=True)
    return home / "server.log"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_healthy(address: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + _START_TIMEOUT_SECONDS
    with httpx2.Client(trust_env=False) as client:
        while time.monotonic() < deadline:
            if process.poll() is not None:
                raise PrefectServerError(
                    f"本地 Prefect 服务启动失败（退出码 {process.returncode}），原因见 {_log_path()}"
                )
            try:
                if client.get(f"{address}/health", timeout=2).status_code == 200:
                    return
            except httpx2.HTTPError:
                pass
            time.sleep(_POLL_SECONDS)
    raise PrefectServerError(f"本地 Prefect 服务 {_START_TIMEOUT_SECONDS:.0f} 秒内没有就绪")


def _end_with_parent(parent: int) -> None:
    """Ask Linux to send SIGTERM when the parent is gone; leave at once if it already is."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:
        sys.exit(0)


def main(port: int, parent: int) -> None:
    """Serve Prefect's API on ``port`` until told to stop or the parent is gone."""
    _end_with_parent(parent)
    import uvicorn

    uvicorn.run(
        "prefect.server.api.server:create_app",
        factory=True,
        host="127.0.0.1",
        port=port,
        log_level="error",
        lifespan="on",
    )


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
