"""Asking a portal for one page with a clock that only sleeping moves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from crawlers.addresses import RefusedError
from crawlers.answers import Inquiry
from crawlers.fetch import Fetcher
from crawlers.pace import HostPace
from crawlers.reasons import Reason
from crawlers.settings import Source

SourceOf = Callable[..., Source]
LIMIT = 5_000_000


class Clock:
    """Monotonic time that only moves when somebody sleeps."""

    def __init__(self) -> None:
        self.time = 0.0
        self.sleeps: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.sleeps.append(seconds)
        self.time += seconds

    def now(self) -> float:
        return self.time


@contextmanager
def fetcher_of(source: Source, clock: Clock | None = None) -> Iterator[Fetcher]:
    clock = clock or Clock()
    with Fetcher(source, HostPace(clock.sleep, clock.now)) as fetcher:
        yield fetcher


def ask(source: Source, url: str, **values: Any) -> bytes:
    with fetcher_of(source) as fetcher:
        return fetcher.page(Inquiry(url=url, limit=LIMIT, **values))[1]


def reason_of(source: Source, url: str, **values: Any) -> Reason:
    with pytest.raises(RefusedError) as caught:
        ask(source, url, **values)
    return caught.value.reason
