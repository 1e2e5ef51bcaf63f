"""One night at a time: an advisory lock on the data directory that dies with the process that holds it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout


class NightIsRunningError(RuntimeError):
    """Another process holds the data directory."""


class AlreadyServingError(RuntimeError):
    """Another process serves the schedule of the data directory."""


def lock_path(home: Path) -> Path:
    """Path of the lock file of a data directory."""
    return home / "night.lock"


@contextmanager
def night_lock(home: Path) -> Iterator[None]:
    """Hold the data directory for one writer.

    The operating system releases the lock when its holder ends in whatever way, ``kill -9`` included, so a
    lock file that is lying about never has to be removed by hand. Raises ``NightIsRunningError``.
    """
    home.mkdir(parents=True, exist_ok=True)
    lock = FileLock(lock_path(home))
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise NightIsRunningError(_holder(home)) from error
    try:
        holder = {"pid": os.getpid(), "since": datetime.now(UTC).isoformat(timespec="seconds")}
        _holder_path(home).write_text(json.dumps(holder), encoding="utf-8")
        yield
    finally:
        _holder_path(home).unlink(missing_ok=True)
        lock.release()


@contextmanager
def serving(home: Path) -> Iterator[None]:
    """Be the one process that serves the schedule of a data directory. Raises ``AlreadyServingError``."""
    home.mkdir(parents=True, exist_ok=True)
    lock = FileLock(_serve_path(home))
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise AlreadyServingError(f"数据目录 {home} 已有定时服务在运行") from error
    try:
        yield
    finally:
        lock.release()


def is_night_running(home: Path) -> bool:
    """Say whether some process holds the data directory now."""
    return _is_held(lock_path(home))


def is_served(home: Path) -> bool:
    """Say whether some process serves the schedule of a data directory now."""
    return _is_held(_serve_path(home))


def _serve_path(home: Path) -> Path:
    return home / "serve.lock"


def _is_held(path: Path) -> bool:
    if not path.exists():
        return False
    lock = FileLock(path)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return True
    lock.release()
    return False


def _holder_path(home: Path) -> Path:
    return home / "night.holder.json"


def _holder(home: Path) -> str:
    try:
        holder = json.loads(_holder_path(home).read_text(encoding="utf-8"))
        since = datetime.fromisoformat(holder["since"]).astimezone()
        return f"进程 {holder['pid']}（{since:%Y-%m-%d %H:%M} 起）"
    except (OSError, ValueError, KeyError, TypeError):
        return "另一进程"
