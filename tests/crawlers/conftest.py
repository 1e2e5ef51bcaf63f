"""A small scriptable portal on loopback, and sources that point at it."""

from __future__ import annotations

import hashlib
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from crawlers.crawl import crawl_source
from crawlers.pace import HostPace
from crawlers.report import CrawlReport
from crawlers.settings import Source


def pdf(text: str) -> bytes:
    """Bytes that pass for a PDF: magic, some content, an end."""
    return b"%PDF-1.7\n" + text.encode() + b"\n" + b"x" * 80 + b"\n%%EOF\n"


@dataclass
class Reply:
    """What the portal answers."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    has_validators: bool = True
    declared_length: int | None = None  # where it lies about its length


Answerer = Callable[[BaseHTTPRequestHandler], Reply]
#: What the fixtures ``crawl`` and ``source_of`` give.
Crawl = Callable[..., CrawlReport]
SourceOf = Callable[..., Source]


class Portal:
    """Routes of a portal; a path without a route is a 404."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.routes: dict[str, Reply | Answerer] = {}
        self.requests: Counter[str] = Counter()
        self.bodies: Counter[str] = Counter()  # answers with a body, per path
        self.seen_headers: dict[str, dict[str, str]] = {}
        self.forms: list[str] = []

    @property
    def root(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def page(self, path: str, html: str, **values: Any) -> None:
        self.routes[path] = Reply(
            html.encode(), headers={"Content-Type": "text/html; charset=utf-8"}, **values
        )

    def file(self, path: str, body: bytes, **values: Any) -> None:
        self.routes[path] = Reply(body, headers={"Content-Type": "application/pdf"}, **values)

    def fail(self, path: str, status: int = 500) -> None:
        self.routes[path] = Reply(b"error", status=status)

    def answer(self, handler: BaseHTTPRequestHandler) -> Reply:
        path = handler.path
        self.requests[path] += 1
        self.seen_headers[path] = dict(handler.headers.items())
        route = self.routes.get(path) or self.routes.get(path.partition("?")[0])
        if route is None:
            return Reply(b"not found", status=404)
        return route(handler) if callable(route) else route


class _Handler(BaseHTTPRequestHandler):
    portal: Portal
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        reply = self.portal.answer(self)
        etag = f'"{hashlib.sha256(reply.body).hexdigest()[:12]}"'
        has_tag = reply.status == 200 and reply.has_validators
        if has_tag and self.headers.get("If-None-Match") == etag:
            self.send_response(304)
            self.send_header("ETag", etag)
            self.end_headers()
            return
        if reply.status == 304:
            self.send_response(304)
            self.end_headers()
            return
        self.portal.bodies[self.path] += reply.status == 200
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        if has_tag:
            self.send_header("ETag", etag)
        length = len(reply.body) if reply.declared_length is None else reply.declared_length
        self.send_header("Content-Length", str(length))
        self.end_headers()
        self.wfile.write(reply.body)
        if reply.declared_length is not None:
            self.close_connection = True

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        self.portal.forms.append(self.rfile.read(length).decode())
        self.do_GET()

    def log_message(self, format: str, *args: object) -> None:
        return


def _serve() -> tuple[ThreadingHTTPServer, Portal]:
    handler = type("Handler", (_Handler,), {})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    portal = Portal(server.server_address[1])
    handler.portal = portal  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    return server, portal


@pytest.fixture
def portal() -> Iterator[Portal]:
    server, found = _serve()
    yield found
    server.shutdown()
    server.server_close()


@pytest.fixture
def other_portal() -> Iterator[Portal]:
    """A second portal on another port: another host as far as the first one's declaration goes."""
    server, found = _serve()
    yield found
    server.shutdown()
    server.server_close()


FAST = {"delay_seconds": 0, "retry_wait_seconds": 0, "attempts": 2}


@pytest.fixture
def source_of() -> SourceOf:
    def make(portal: Portal, path: str = "/list/index.html", **values: Any) -> Source:
        declared = {"id": "s", "title": "测试门户", "start_pages": [portal.root + path], "politeness": FAST}
        return Source.model_validate({**declared, **values})

    return make


@pytest.fixture
def crawl(tmp_path: Path) -> Crawl:
    def run(source: Source, home: Path = tmp_path / "home", **values: Any) -> CrawlReport:
        return crawl_source(source, home, pace=HostPace(sleep=lambda _: None), **values)

    return run


def rows(*links: tuple[str, str, str]) -> str:
    """A list page's rows: address, words, date."""
    return "".join(f'<li><a href="{href}">{text}</a><span>{day}</span></li>' for href, text, day in links)


def html(body: str, title: str = "部门预决算") -> str:
    return f"<!DOCTYPE html><html><head><title>{title}</title></head><body><div>{body}</div></body></html>"


@pytest.fixture
def district(portal: Portal) -> Portal:
    """Three list pages, five articles, six attachments (one of them the same file twice)."""
    names = ["甲局", "乙局", "丙局", "丁局", "戊局"]
    articles = [
        (f"../art/t{number}.html", f"某县{name}2024年度部门决算公开", f"2025-09-{10 + number}")
        for number, name in enumerate(names)
    ]
    script = "<script>createPageHTML(3, 0, 'index', 'html')</script>".replace("'", '"')
    noise = '<a href="/other.html">政务公开</a><a href="/news.html">2024年预算执行情况的报告</a>'
    portal.page("/list/index.html", html(rows(*articles[:2]) + noise + script))
    portal.page("/list/index_1.html", html(rows(*articles[2:4]) + script))
    portal.page("/list/index_2.html", html(rows(*articles[4:]) + script))
    for number, name in enumerate(names):
        title = f"某县{name}2024年度部门决算公开"
        meta = f'<meta name="PubDate" content="2025-09-{10 + number} 09:00">'
        body = f'{meta}<h1>{title}</h1><p>正文</p><a href="./P{number}.pdf">附件：{name}决算.pdf</a>'
        portal.page(f"/art/t{number}.html", html(body, title))
        portal.file(f"/art/P{number}.pdf", pdf(name))
    portal.page(
        "/art/t0.html",
        html(
            '<a href="P0.pdf">甲局决算表.pdf</a><a href="P0b.pdf">甲局决算说明.pdf</a>',
            "某县甲局2024年度部门决算公开",
        ),
    )
    portal.file("/art/P0b.pdf", pdf("甲局"))
    return portal
