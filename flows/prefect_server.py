"""A Prefect server that lives exactly as long as the process that needs it, and is started anew where it fails.

Prefect's own temporary server is left behind when its parent is killed, keeps its history badly and never fires a
schedule. This one runs the same application on SQLite under ``PREFECT_HOME``, or on the database that
``PREFECT_SERVER_DATABASE_CONNECTION_URL`` names (PostgreSQL), and asks the kernel to be ended with its parent. Where
the operator has set ``PREFECT_API_URL``, that server is used and none is started.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2

from flows.journal import event
from flows.processes import end_with_parent

_START_TIMEOUT_SECONDS = 120.0
_STOP_TIMEOUT_SECONDS = 10.0
_POLL_SECONDS = 0.1
_SUPERVISION_SECONDS = 1.0


class PrefectServerError(RuntimeError):
    """The local Prefect server did not come up."""


class _Server:
    """One server process on one port; a thread starts it anew when it dies."""

    def __init__(self, port: int) -> None:
        self.address = f"http://127.0.0.1:{port}/api"
        self._port = port
        self._stopping = threading.Event()
        self.process = self._start()
        self._supervisor = threading.Thread(target=self._supervise, name="prefect-supervisor", daemon=True)

    def _start(self) -> subprocess.Popen[bytes]:
        with _log_path().open("ab") as output:
            return subprocess.Popen(  # noqa: S603 - our own interpreter and module
                [sys.executable, "-m", "flows.prefect_server", str(self._port), str(os.getpid())],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                env={**os.environ, "PREFECT_UI_ENABLED": "0"},
            )

    def supervise(self) -> None:
        """Begin to watch over the process, once it is known to work at all."""
        self._supervisor.start()

    def _supervise(self) -> None:
        while not self._stopping.wait(_SUPERVISION_SECONDS):
            if self.process.poll() is not None:
                event("prefect_server_restarted", exit_code=self.process.returncode)
                self.process = self._start()

    def stop(self) -> None:
        """End the process and whoever watches over it."""
        self._stopping.set()
        if self._supervisor.is_alive():
            self._supervisor.join()
        self.process.terminate()
        try:
            self.process.wait(timeout=_STOP_TIMEOUT_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


@contextmanager
def prefect_server() -> Iterator[str]:
    """Run a Prefect server on a free loopback port and yield its API address. Raises ``PrefectServerError``."""
    configured = os.environ.get("PREFECT_API_URL")
    if configured:
        yield configured
        return
    server = _Server(_free_port())
    try:
        _wait_until_healthy(server)
        server.supervise()
        os.environ["PREFECT_API_URL"] = server.address
        yield server.address
    finally:
        os.environ.pop("PREFECT_API_URL", None)
        server.stop()


def _log_path() -> Path:
    home = Path(os.environ.get("PREFECT_HOME", Path.home() / ".prefect"))
    home.mkdir(parents=True, exist_ok=True)
    return home / "server.log"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_healthy(server: _Server) -> None:
    deadline = time.monotonic() + _START_TIMEOUT_SECONDS
    with httpx2.Client(trust_env=False) as client:
        while time.monotonic() < deadline:
            if server.process.poll() is not None:
                raise PrefectServerError(
                    f"本地 Prefect 服务启动失败（退出码 {server.process.returncode}），原因见 {_log_path()}"
                )
            try:
                if client.get(f"{server.address}/health", timeout=2).status_code == 200:
                    return
            except httpx2.HTTPError:
                pass
            time.sleep(_POLL_SECONDS)
    raise PrefectServerError(f"本地 Prefect 服务 {_START_TIMEOUT_SECONDS:.0f} 秒内没有就绪")


def main(port: int, parent: int) -> None:
    """Serve Prefect's API on ``port`` until told to stop or the parent is gone."""
    end_with_parent(parent)
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
