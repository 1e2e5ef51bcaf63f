"""What the processes of reports share: none outlives the one it works for, and none searches its memory all the time."""

from __future__ import annotations

import gc
import multiprocessing
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager

#: How many more objects than before call for a search for cycles; Python's own 700 means hundreds of searches a workbook.
_OBJECTS = 100_000

#: Steps of niceness: with five, a process gets a third of what one without gets.
_STANDING_BACK = 5


def end_with_parent() -> None:
    """Let this worker process end once the process that started it is gone, ``kill -9`` included.

    A worker that waits for work would never notice: it holds both ends of the pipe that it waits at.
    """
    threading.Thread(target=_outwait_parent, name="parent-watch", daemon=True).start()


def stand_back() -> None:
    """``end_with_parent`` for a worker whose result is the last to be asked for: others are served before it."""
    end_with_parent()
    os.nice(_STANDING_BACK)


def _outwait_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def collect_seldom() -> None:
    """Search for unused cycles seldom, and never among what exists already: for a process that does nothing else.

    A night's findings stay until the end, and workbooks, pages and marks are millions of short-lived objects without
    cycles: searching through all of them again and again took a sixth of the time of workbooks and pages.
    """
    gc.freeze()
    gc.set_threshold(_OBJECTS, *gc.get_threshold()[1:])


@contextmanager
def seldom_collected() -> Iterator[None]:
    """The same for a while: what was set before is set again after."""
    before = gc.get_threshold()
    collect_seldom()
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()
