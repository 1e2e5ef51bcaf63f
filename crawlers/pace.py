"""Politeness per host, shared by everything in the process that fetches."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass(slots=True)
class _Host:
    slots: threading.BoundedSemaphore | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)
    next_at: float = 0.0


class HostPace:
    """Spaces the requests to one host.

    ``sleep`` and ``now`` are seconds of a monotonic clock; tests put their own in.
    """

    def __init__(
        self, sleep: Callable[[float], None] = time.sleep, now: Callable[[], float] = time.monotonic
    ) -> None:
        self._sleep = sleep
        self._now = now
        self._hosts: dict[str, _Host] = {}
        self._lock = threading.Lock()

    def _host(self, name: str) -> _Host:
        with self._lock:
            return self._hosts.setdefault(name, _Host())

    def _slots(self, entry: _Host, concurrency: int) -> threading.BoundedSemaphore:
        with self._lock:
            entry.slots = entry.slots or threading.BoundedSemaphore(concurrency)
            return entry.slots

    @contextmanager
    def turn(self, host: str, delay: float, concurrency: int) -> Iterator[None]:
        """Wait for one's turn at a host: at most ``concurrency`` at a time, ``delay`` seconds apart.

        Where two sources share a host, the concurrency of the first that came counts.
        """
        entry = self._host(host)
        with self._slots(entry, concurrency):
            with entry.lock:  # held while waiting: the next one counts from when this one really begins
                wait = entry.next_at - self._now()
                if wait > 0:
                    self._sleep(wait)
                entry.next_at = self._now() + delay
            yield


#: The pace of this process: sources that share a host share its limits.
PROCESS_PACE = HostPace()
