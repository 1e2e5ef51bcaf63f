"""A PostgreSQL server that lives for one test: a cluster of its own below a directory, on loopback, without a password."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

#: Where Debian keeps the programs that it does not put on the path.
_DEBIAN = Path("/usr/lib/postgresql")


@dataclass(frozen=True, slots=True)
class PostgresServer:
    """Where the server listens; its only user may do everything."""

    port: int
    programs: Path
    user: str = "mingzhang"
    database: str = "postgres"

    def query(self, sql: str) -> str:
        """Run one statement and return its result as plain text."""
        address = ["-h", "127.0.0.1", "-p", str(self.port), "-U", self.user, self.database]
        command = [str(self.programs / "psql"), "-X", "-A", "-t", *address, "-c", sql]
        run = subprocess.run(command, capture_output=True, text=True, check=True)
        return run.stdout.strip()


def programs() -> Path:
    """Return the folder of PostgreSQL's programs; skips the test where there is none."""
    found = sorted(_DEBIAN.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    on_path = shutil.which("initdb")
    if found:
        return found[-1].parent
    if on_path:
        return Path(on_path).resolve().parent
    pytest.skip("PostgreSQL is not installed: apt-get install postgresql")


@contextmanager
def postgres_server() -> Iterator[PostgresServer]:
    """Run a server whose cluster lies in a temporary directory; at the end both are gone.

    The directory is not pytest's: that is closed to other users, and PostgreSQL must not run as root.
    """
    folder = programs()
    with tempfile.TemporaryDirectory(prefix="mingzhang-postgres-") as name:
        yield from _running(folder, Path(name))


def _running(folder: Path, directory: Path) -> Iterator[PostgresServer]:
    unprivileged = _unprivileged(directory)
    data, server = directory / "data", PostgresServer(_free_port(), folder)
    control = [str(folder / "pg_ctl"), "-D", str(data), "-w", "-s", "-t", "300"]
    options = f"-p {server.port} -h 127.0.0.1 -k {directory} -c fsync=off"
    _run(
        [str(folder / "initdb"), "-D", str(data), "-U", server.user, "-A", "trust", "-E", "UTF8"],
        unprivileged,
    )
    _run([*control, "-l", str(directory / "log"), "-o", options, "start"], unprivileged)
    try:
        yield server
    finally:
        _run([*control, "-m", "fast", "stop"], unprivileged)


def _unprivileged(directory: Path) -> str | None:
    """PostgreSQL refuses to run as root: the name of a user who may use ``directory`` in its stead."""
    if os.geteuid() != 0:
        return None
    user = next((one.pw_name for one in pwd.getpwall() if one.pw_name == "postgres"), "nobody")
    entry = pwd.getpwnam(user)
    os.chown(directory, entry.pw_uid, entry.pw_gid)
    return user


def _run(command: Sequence[str], user: str | None) -> None:
    subprocess.run(command, user=user, check=True, stdout=subprocess.DEVNULL, cwd="/")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
