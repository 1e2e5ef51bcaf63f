"""A night that gets no further is ended, so that the next one can begin.

Every document has its limits, but a night's own process has none: where a thread of a library dies for want of memory, the
call that waits for it may never come back.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Protocol

from flows.exit_codes import ExitCode

#: What telling the world of the end may take.
_LAST_WORDS_SECONDS = 30.0
_LOOKS = 20  # so often is a night looked at in the time that it may stand still


class _Shown(Protocol):
    def stage(self, name: str, total: int | None = None) -> None:
        """Begin a stage of ``total`` items."""

    def advance(self, label: str = "") -> None:
        """One item of the stage is done."""


@dataclass(slots=True)
class Watch:
    """Knows when a night last got further: a stage was begun, a document or a source done."""

    seconds: float
    last: float = field(default_factory=time.monotonic)

    def touch(self) -> None:
        """Say that the night got further."""
        self.last = time.monotonic()

    @contextmanager
    def over(self, last_words: Callable[[], None]) -> Iterator[None]:
        """Watch the work in the block; where it stands still too long, say the last words and end this process."""
        is_over = threading.Event()
        watching = threading.Thread(target=self._watch, args=(is_over, last_words), name="stall", daemon=True)
        watching.start()
        try:
            yield
        finally:
            is_over.set()

    def _watch(self, is_over: threading.Event, last_words: Callable[[], None]) -> None:
        while not is_over.wait(self.seconds / _LOOKS):
            if time.monotonic() - self.last > self.seconds:
                _end(last_words)


@dataclass(slots=True)
class WatchedProgress:
    """Progress that also tells the watch."""

    shown: _Shown
    watch: Watch

    def stage(self, name: str, total: int | None = None) -> None:
        """Begin a stage of ``total`` items."""
        self.watch.touch()
        self.shown.stage(name, total)

    def advance(self, label: str = "") -> None:
        """One item of the stage is done."""
        self.watch.touch()
        self.shown.advance(label)


def _end(last_words: Callable[[], None]) -> None:
    code = int(ExitCode.NOT_PUBLISHED)
    threading.Timer(_LAST_WORDS_SECONDS, os._exit, (code,)).start()
    try:
        last_words()
    finally:
        os._exit(code)  # the main thread is where nothing reaches it; workers end with this process
