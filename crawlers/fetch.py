"""Fetching from one source: robots, pace, retries, redirects and limits; every refusal has a reason."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from types import TracebackType
from typing import TypeVar
from urllib.parse import urlsplit

import httpx2
import stamina
import stamina.instrumentation
from protego import Protego

from crawlers.addresses import RefusedError, absolute, check_address
from crawlers.answers import Answer, Buffer, Inquiry, PassingError, Sink, facts, judge, translated
from crawlers.bodies import decoded
from crawlers.pace import PROCESS_PACE, HostPace
from crawlers.reasons import Reason
from crawlers.settings import Source
from crawlers.transport import open_client

_ROBOTS_BYTES = 512 * 1024
_ROBOT_NAME = "Mingzhang"
_MEGABYTE = 1_000_000

#: Addresses of a host that may fail in a row before the host gets no second tries.
_PATIENCE = 2

#: Failures that leave a host's robots.txt unknown; a plain 4xx means there is none.
_UNREACHABLE = frozenset(
    {
        Reason.SERVER_ERROR,
        Reason.NETWORK,
        Reason.TIMEOUT,
        Reason.TLS,
        Reason.TRUNCATED,
    }
)

# Retries show in the crawl's report; the library would print each of them as a warning.
stamina.instrumentation.set_on_retry_hooks([])

SinkT = TypeVar("SinkT", bound=Sink)


class Fetcher:
    """The one way out to a source's hosts.

    Use as a context manager; its methods may be called from several threads.
    """

    def __init__(self, source: Source, pace: HostPace = PROCESS_PACE) -> None:
        self._source = source
        self._pace = pace
        self._client = open_client(source)
        agent = source.politeness.user_agent
        self._robot_name = _ROBOT_NAME if _ROBOT_NAME in agent else agent.partition("/")[0]
        self._robots: dict[str, Protego | RefusedError | None] = {}
        self._failures: Counter[str] = Counter()  # addresses of a host that failed in a row
        self._lock = threading.Lock()
        self._robots_lock = threading.Lock()
        self.requests = 0
        self.not_modified = 0
        self.bytes_received = 0

    def __enter__(self) -> Fetcher:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def page(self, inquiry: Inquiry) -> tuple[Answer, bytes]:
        """Fetch a page into memory (empty bytes where it was not modified). Raises ``RefusedError``."""
        answer, buffer = self.fetch(inquiry, Buffer)
        return answer, bytes(buffer.content)

    def fetch(self, inquiry: Inquiry, open_sink: Callable[[], SinkT]) -> tuple[Answer, SinkT]:
        """Fetch into a fresh sink per try; the caller closes the one returned. Raises ``RefusedError``."""
        try:
            return self._follow(inquiry, open_sink, self._allowed)
        except RefusedError as error:
            if not (self._source.scheme_fallback and error.reason in (Reason.NETWORK, Reason.TLS)):
                raise
        other = "http" if inquiry.url.startswith("https:") else "https"
        flipped = other + ":" + inquiry.url.partition(":")[2]
        return self._follow(_at(inquiry, flipped), open_sink, self._allowed)

    def _follow(
        self, inquiry: Inquiry, open_sink: Callable[[], SinkT], check: Callable[[str], None]
    ) -> tuple[Answer, SinkT]:
        url = inquiry.url
        for _ in range(self._source.limits.redirects + 1):
            check(url)
            answer, sink, location = self._persist(_at(inquiry, url), open_sink)
            if location is None:
                return replace(answer, url=inquiry.url), sink
            sink.close()
            url = absolute(url, location)
        raise RefusedError(Reason.TOO_MANY_REDIRECTS)

    def _allowed(self, url: str) -> None:
        check_address(self._source, url)
        if self._failures[_host(url)] >= self._source.politeness.give_up_after_failures:
            raise RefusedError(Reason.NETWORK, f"{_host(url)} 连续失败，今晚不再访问")
        if not self._source.politeness.respect_robots:
            return
        robots = self._robots_of(url)
        if robots is not None and not robots.can_fetch(url, self._robot_name):
            raise RefusedError(Reason.ROBOTS)

    def _robots_of(self, url: str) -> Protego | None:
        """Return a host's rules, None where it has none.

        An unreachable file refuses the host (RFC 9309, 2.3.1.4).
        """
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        with self._robots_lock:
            if origin not in self._robots:
                self._robots[origin] = self._read_robots(origin)
            robots = self._robots[origin]
        if isinstance(robots, RefusedError):
            raise robots
        return robots

    def _read_robots(self, origin: str) -> Protego | RefusedError | None:
        inquiry = Inquiry(url=f"{origin}/robots.txt", limit=_ROBOTS_BYTES)
        try:
            _, buffer = self._follow(inquiry, Buffer, lambda url: check_address(self._source, url))
        except RefusedError as error:
            if error.reason in _UNREACHABLE:
                raise
            return None
        text = bytes(buffer.content).decode("utf-8", "replace")
        return None if text.lstrip()[:1] == "<" else Protego.parse(text)

    def _persist(self, inquiry: Inquiry, open_sink: Callable[[], SinkT]) -> tuple[Answer, SinkT, str | None]:
        """Try as often as the source allows, with growing waits or as long as the server asks.

        A host that failed at several addresses in a row is given one try an address: waiting longer is for the one
        address that limps, not for a portal that is down.
        """
        polite = self._source.politeness
        host = _host(inquiry.url)
        attempts = polite.attempts if self._failures[host] < _PATIENCE else 1
        try:
            for attempt in stamina.retry_context(
                on=self._wait_of,
                attempts=attempts,
                timeout=None,
                wait_initial=polite.retry_wait_seconds,
                wait_max=polite.retry_wait_maximum_seconds,
                wait_jitter=polite.retry_wait_seconds / 5,
                wait_exp_base=3,
            ):
                with attempt:
                    result = self._attempt(inquiry, open_sink)
        except PassingError:
            with self._lock:
                self._failures[host] += 1
            raise
        self._failures.pop(host, None)
        return result

    def _wait_of(self, error: Exception) -> bool | float:
        if not isinstance(error, PassingError):
            return False
        if error.wait is None:
            return True
        return error.wait if error.wait <= self._source.politeness.retry_wait_maximum_seconds else False

    def _attempt(self, inquiry: Inquiry, open_sink: Callable[[], SinkT]) -> tuple[Answer, SinkT, str | None]:
        host = _host(inquiry.url)
        polite = self._source.politeness
        with (
            self._pace.turn(host, self._delay(inquiry.url), polite.concurrency),
            translated(),
            self._client.stream(
                inquiry.method, inquiry.url, headers=inquiry.headers(), content=inquiry.form or None
            ) as response,
        ):
            with self._lock:
                self.requests += 1
                self.not_modified += response.status_code == 304
            location = judge(response)
            sink = open_sink()
            try:
                length = (
                    0 if location or response.status_code == 304 else self._drain(inquiry, response, sink)
                )
            except BaseException:
                sink.close()
                raise
        return facts(inquiry.url, response, length), sink, location

    def _drain(self, inquiry: Inquiry, response: httpx2.Response, sink: Sink) -> int:
        declared = response.headers.get("content-length", "")
        if declared.isdigit() and int(declared) > inquiry.limit:
            raise RefusedError(Reason.TOO_LARGE, f"{int(declared) // _MEGABYTE} MB")
        length = 0
        for piece in decoded(
            self._chunks(response), response.headers.get("content-encoding", ""), inquiry.limit
        ):
            sink.write(piece)
            length += len(piece)
        return length

    def _chunks(self, response: httpx2.Response) -> Iterator[bytes]:
        deadline = time.monotonic() + self._source.limits.total_seconds
        for chunk in response.iter_raw():
            with self._lock:
                self.bytes_received += len(chunk)
            yield chunk
            if time.monotonic() > deadline:
                raise PassingError(Reason.TIMEOUT)

    def _delay(self, url: str) -> float:
        parts = urlsplit(url)
        robots = self._robots.get(f"{parts.scheme}://{parts.netloc}")
        asked = robots.crawl_delay(self._robot_name) if isinstance(robots, Protego) else None
        return max(self._source.politeness.delay_seconds, min(float(asked or 0), 60.0))


def _at(inquiry: Inquiry, url: str) -> Inquiry:
    return replace(inquiry, url=url)


def _host(url: str) -> str:
    return urlsplit(url).netloc.lower()
