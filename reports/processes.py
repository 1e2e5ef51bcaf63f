"""Worker processes of reports that must not outlive the process they work for, whatever ended it."""

from __future__ import annotations

import multiprocessing
import os
import threading


def end_with_parent() -> None:
    """Let this worker process end once the process that started it is gone, ``kill -9`` included.

    A worker that waits for work would never notice: it holds both ends of the pipe that it waits at.
    """
    threading.Thread(target=_outwait_parent, name="parent-watch", daemon=True).start()


def _outwait_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
