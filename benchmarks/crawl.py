"""A crawl of 5,000 pages and 2,000 PDFs over 10 loopback hosts: within its politeness limits, and cheap the second night.

``python -m benchmarks.crawl`` serves the portals from a process of its own, crawls them three times into a temporary
store (first night; second night asking for changes; second night with ``revalidate_days: 7``) and prints what it took.
Exit 1 where a limit was broken: a host asked too fast or twice at a time, a body sent twice, a file lost, less than 95 %
saved on the second night.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import multiprocessing
import random
import resource
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from crawlers.crawl import crawl_source
from crawlers.pace import HostPace
from crawlers.report import CrawlReport
from crawlers.settings import Source
from crawlers.store import Store

_ROWS = 25
_PDF_BYTES = 20_000

#: Requests a host may see in a second beyond its rate: threads and sockets on a busy machine delay some by a little.
_JITTER_REQUESTS = 2

#: Share of the delay to be kept between two requests as measured beside the pace, for the same reason.
_KEPT_DELAY = 0.8


@dataclass(frozen=True)
class Scale:
    """How much is served."""

    hosts: int = 10
    pages: int = 5000
    pdfs: int = 2000

    @property
    def articles_per_host(self) -> int:
        """Articles of one host; with its list pages they are its share of all pages."""
        share = self.pages // self.hosts
        return share - -(-share // (_ROWS + 1))

    @property
    def lists_per_host(self) -> int:
        """List pages of one host."""
        return -(-self.articles_per_host // _ROWS)

    @property
    def pdfs_per_host(self) -> int:
        """Files of one host; several articles lead to one where there are more articles than files."""
        return self.pdfs // self.hosts


def body_of(scale: Scale, host: int, path: str) -> bytes | None:
    """Return what a host serves under a path: a pure function, so that nothing has to be kept."""
    name = path.rpartition("/")[2]
    if path == "/robots.txt":
        return b"User-agent: *\nDisallow: /admin/\n"
    if name.startswith("index"):
        number = int(name.removeprefix("index_").removesuffix(".html")) if "_" in name else 0
        return _list_page(scale, host, number) if number < scale.lists_per_host else None
    if name.startswith("t") and name.endswith(".html"):
        number = int(name[1:-5])
        title = f"第{host}县第{number}中学2024年度单位决算"
        file = f"P{number % scale.pdfs_per_host}.pdf"
        return f"<html><title>{title}</title><body><h1>{title}</h1><a href='{file}'>附件</a></body></html>".encode()
    if name.startswith("P"):
        seed = random.Random(f"{host}/{name}")  # noqa: S311
        return b"%PDF-1.7\n" + seed.randbytes(_PDF_BYTES) + b"\n%%EOF\n"
    return None


def _list_page(scale: Scale, host: int, number: int) -> bytes:
    first = number * _ROWS
    rows = "".join(
        f"<li><a href='t{article}.html'>第{host}县第{article}中学2024年度单位决算</a><span>2025-09-01</span></li>"
        for article in range(first, min(first + _ROWS, scale.articles_per_host))
    )
    script = f'<script>createPageHTML({scale.lists_per_host}, {number}, "index", "html")</script>'
    return f"<html><title>部门预决算</title><body><ul>{rows}</ul>{script}</body></html>".encode()


class _Portal(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    scale: Scale
    host: int
    times: list[float]
    bodies: Counter[str]

    def do_GET(self) -> None:
        """Answer and keep the books."""
        self.times.append(time.monotonic())
        body = body_of(self.scale, self.host, self.path)
        tag = f'"{hashlib.sha256(body or b"").hexdigest()[:16]}"'
        if body is not None and self.headers.get("If-None-Match") == tag:
            self.send_response(304)
            self.send_header("ETag", tag)
            self.end_headers()
            return
        self.send_response(200 if body is not None else 404)
        self.send_header("ETag", tag)
        self.send_header("Content-Length", str(len(body or b"")))
        self.end_headers()
        if body is not None:
            self.bodies[self.path] += 1
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def serve(scale: Scale, pipe: Connection) -> None:
    """Serve all hosts until told to stop; ``books`` on the pipe sends what was seen and begins anew."""
    handlers: list[type[_Portal]] = []
    servers = []
    for host in range(scale.hosts):
        values = {
            "scale": scale,
            "host": host,
            "times": [],
            "bodies": Counter(),
        }
        handler = type("Portal", (_Portal,), values)
        server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        handlers.append(handler)
        servers.append(server)
    pipe.send([server.server_address[1] for server in servers])
    while pipe.recv() == "books":
        pipe.send([(sorted(one.times), dict(one.bodies)) for one in handlers])
        for one in handlers:
            one.times.clear()
            one.bodies.clear()


class MeasuredPace(HostPace):
    """The pace of a night, with a note of every turn it gave."""

    def __init__(self) -> None:
        super().__init__()
        self.turns: defaultdict[str, list[tuple[float, float]]] = defaultdict(list)

    @contextmanager
    def turn(self, host: str, delay: float, concurrency: int) -> Iterator[None]:
        """Give a turn and note from when to when it was used."""
        with super().turn(host, delay, concurrency):
            began = time.monotonic()
            try:
                yield
            finally:
                self.turns[host].append((began, time.monotonic()))

    def smallest_gap(self) -> float:
        """Seconds between the beginnings of two requests to one host, at least."""
        starts = [sorted(began for began, _ in turns) for turns in self.turns.values()]
        return min((later - earlier for one in starts for earlier, later in pairwise(one)), default=0.0)

    def overlaps(self) -> int:
        """How many requests began before the one before had ended."""
        return sum(b < e for turns in self.turns.values() for (_, e), (b, _) in pairwise(sorted(turns)))


def night(sources: list[Source], home: Path) -> tuple[list[CrawlReport], MeasuredPace, float]:
    """Crawl all sources at once, one thread each, as a night does."""
    pace = MeasuredPace()
    started = time.monotonic()
    with ThreadPoolExecutor(len(sources)) as pool:
        reports = list(pool.map(lambda source: crawl_source(source, home, pace=pace), sources))
    return reports, pace, time.monotonic() - started


def most_in_a_second(times: list[float]) -> int:
    """The largest number of requests that a host saw within one second."""
    most = first = 0
    for last, moment in enumerate(times):
        while moment - times[first] >= 1:
            first += 1
        most = max(most, last - first + 1)
    return most


def account(
    reports: list[CrawlReport], pace: MeasuredPace, books: list[Any], seconds: float
) -> dict[str, Any]:
    """Sum up one night as the crawler and as the portals saw it."""
    totals: dict[str, Any] = defaultdict(int)
    for report in reports:
        for name in ("list_pages_seen", "pages_seen", "attachments_found", "new", "unchanged", "elsewhere"):
            totals[name] += getattr(report, name)
        for name in ("requests", "not_modified", "skipped"):
            totals[name] += getattr(report, name)
    return {
        **totals,
        "is_complete": all(report.is_complete for report in reports),
        "seconds": round(seconds, 1),
        "served_requests": sum(len(times) for times, _ in books),
        "served_bodies": sum(sum(bodies.values()) for _, bodies in books),
        "served_twice": sum(count > 1 for _, bodies in books for count in bodies.values()),
        "smallest_gap_seconds": round(pace.smallest_gap(), 4),
        "overlapping_requests": pace.overlaps(),
        "most_in_a_second": max(most_in_a_second(times) for times, _ in books),
    }


def run(scale: Scale, delay: float) -> dict[str, Any]:
    """Serve, crawl three nights, and return the figures."""
    ours, theirs = multiprocessing.Pipe()
    server = multiprocessing.get_context("spawn").Process(target=serve, args=(scale, theirs), daemon=True)
    server.start()
    ports = ours.recv()

    def sources(revalidate_days: float) -> list[Source]:
        polite = {"delay_seconds": delay, "revalidate_days": revalidate_days}
        return [
            Source.model_validate(
                {"id": f"host{number}", "title": f"第{number}县", "politeness": polite,
                 "start_pages": [f"http://127.0.0.1:{port}/list/index.html"]}
            )
            for number, port in enumerate(ports)
        ]  # fmt: skip

    figures: dict[str, Any] = {"scale": vars(scale), "delay_seconds": delay}
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        for name, days in (("first_night", 0.0), ("second_night", 0.0), ("second_night_weekly", 7.0)):
            reports, pace, seconds = night(sources(days), home)
            ours.send("books")
            figures[name] = account(reports, pace, ours.recv(), seconds)
        figures["objects"] = sum(1 for _ in Store(home).iterate())
        figures["sightings"] = Store(home).read_sightings().height
    ours.send("stop")
    server.join(10)
    figures["peak_memory_megabytes"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return figures


def broken_limits(figures: dict[str, Any], scale: Scale, delay: float) -> list[str]:
    """Name what did not hold."""
    first, second, weekly = (figures[name] for name in ("first_night", "second_night", "second_night_weekly"))
    asked = first["served_requests"]
    checks = {
        "every night is complete": all(one["is_complete"] for one in (first, second, weekly)),
        "every file is in the store": figures["objects"] == scale.pdfs_per_host * scale.hosts,
        "every article's file is sighted": figures["sightings"] == scale.articles_per_host * scale.hosts,
        "nothing is sent twice in a night": not any(one["served_twice"] for one in (first, second, weekly)),
        "one request at a time per host": not any(
            one["overlapping_requests"] for one in (first, second, weekly)
        ),
        "requests keep their distance": min(one["smallest_gap_seconds"] for one in (first, second, weekly))
        >= delay * _KEPT_DELAY,
        "hosts see no more than their rate": max(one["most_in_a_second"] for one in (first, second, weekly))
        <= (1 / delay if delay else scale.pages) + _JITTER_REQUESTS,
        "95 % of the bodies are saved": second["served_bodies"] <= 0.05 * first["served_bodies"],
        "95 % of the requests are saved with revalidate_days": weekly["served_requests"] <= 0.05 * asked,
        "the second night is no news": second["new"] == 0 and second["elsewhere"] == 0,
    }
    return [name for name, holds in checks.items() if not holds]


def main() -> int:
    """Run it and print the figures as JSON."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.crawl", description="Crawl loopback portals.")
    parser.add_argument("--hosts", type=int, default=10)
    parser.add_argument("--pages", type=int, default=5000)
    parser.add_argument("--pdfs", type=int, default=2000)
    parser.add_argument("--delay", type=float, default=0.05, help="seconds between two requests to one host")
    options = parser.parse_args()
    scale = Scale(options.hosts, options.pages, options.pdfs)
    figures = run(scale, options.delay)
    first, second, weekly = (figures[name] for name in ("first_night", "second_night", "second_night_weekly"))
    figures["bodies_saved"] = round(1 - second["served_bodies"] / first["served_bodies"], 4)
    figures["requests_saved"] = round(1 - weekly["served_requests"] / first["served_requests"], 4)
    broken = broken_limits(figures, scale, options.delay)
    print(json.dumps({**figures, "broken_limits": broken}, ensure_ascii=False, indent=2))
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
