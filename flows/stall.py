"""A night that gets no further is ended, so that the next one can begin.

Every document has its limits, but a night's own process has none: where a thread of a library dies for want of memory, the
call that waits for it may never come back. Such a call uses no processor time either: in stages that compute all the time
it is told by that, within minutes; in the others, which may wait for a portal or for other machines, by the hours.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Protocol

from flows.exit_codes import ExitCode

#: What telling the world of the end may take.
_LAST_WORDS_SECONDS = 30.0
#: A stage that computes and uses less than this share of one processor for so long has lost a thread.
_IDLE_SECONDS = 600.0
_IDLE_SHARE = 0.01
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
    idle_seconds: float = _IDLE_SECONDS
    is_computing: bool = False

    def touch(self) -> None:
        """Say that the night got further."""
        self.last = time.monotonic()

    @contextmanager
    def computing(self) -> Iterator[None]:
        """Say that the block computes in this process all the time, and waits for nobody."""
        self.is_computing = True
        try:
            yield
        finally:
            self.is_computing = False

    @contextmanager
    def over(self, last_words: Callable[[str], None]) -> Iterator[None]:
        """Watch the work in the block; where it stands still too long, end this process.

        ``last_words`` are called before, with what was seen, in Chinese.
        """
        is_over = threading.Event()
        watching = threading.Thread(target=self._watch, args=(is_over, last_words), name="stall", daemon=True)
        watching.start()
        try:
            yield
        finally:
            is_over.set()

    def _watch(self, is_over: threading.Event, last_words: Callable[[str], None]) -> None:
        used, since = time.process_time(), time.monotonic()
        while not is_over.wait(min(self.seconds, self.idle_seconds) / _LOOKS):
            now = time.monotonic()
            if not self.is_computing or time.process_time() - used > _IDLE_SHARE * self.idle_seconds:
                used, since = time.process_time(), now
            if now - self.last > self.seconds:
                _end(partial(last_words, f"{self.seconds / 3600:g} 小时没有任何进展"))
            if now - since > self.idle_seconds:
                _end(
                    partial(
                        last_words, f"计算停住，{self.idle_seconds / 60:g} 分钟没有用到处理器，多为内存不足"
                    )
                )


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
