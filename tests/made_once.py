"""What is costly to make and only read: made once a run of the suite, whatever the number of pytest's processes."""

from __future__ import annotations

import pickle
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest
from filelock import FileLock

Made = TypeVar("Made")


def made_once(
    factory: pytest.TempPathFactory, worker_id: str, name: str, make: Callable[[Path], Made]
) -> Made:
    """Return what ``make`` makes in a folder of its own; the first process that asks makes it, the others wait for it.

    ``worker_id`` is the fixture of pytest-xdist: it tells whether other processes share the parent of the temporary
    folder. What is returned is pickled, and nobody may write to the folder.
    """
    own = factory.getbasetemp()
    folder = (own if worker_id == "master" else own.parent) / f"shared-{name}"
    made = folder.with_suffix(".pickle")
    with FileLock(folder.with_suffix(".lock")):
        if not made.exists():
            shutil.rmtree(folder, ignore_errors=True)  # another process failed in the middle
            folder.mkdir()
            made.write_bytes(pickle.dumps(make(folder)))
    found: Made = pickle.loads(made.read_bytes())
    return found
