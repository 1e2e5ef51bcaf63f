"""A small portal on loopback that publishes generated documents, with faults that tests can switch on.

``python -m samples.portal DIRECTORY`` serves a generated district until it is interrupted.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import socket
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType

from samples.district import District, generate_district, load_district
from samples.portal_pages import COLUMN, PublishedFile, Resource, build_site

FAULT_KINDS = (
    "error_500", "not_found", "truncated", "html_as_pdf", "empty", "two_bytes", "stall", "retry_after", "soft_404",
    "reset", "waf_412", "meta_refresh",
)  # fmt: skip


@dataclass(slots=True)
class Fault:
    """What goes wrong on paths matching ``pattern``: after ``after`` good answers, ``times`` times (None: always).

    ``seconds`` is how long a stall lasts or what Retry-After says.
    """

    kind: str
    pattern: str = ""
    times: int | None = None
    after: int = 0
    seconds: float = 1.0

    def __post_init__(self) -> None:
        if self.kind not in FAULT_KINDS:
            raise ValueError(f"unknown fault {self.kind}; known: {', '.join(FAULT_KINDS)}")


@dataclass(frozen=True, slots=True)
class SeenRequest:
    """One request as the portal saw it, and what it answered."""

    method: str
    path: str
    headers: dict[str, str]
    status: int


class _Server(ThreadingHTTPServer):
    """Many connections at once; what a client breaks off is no error of the portal's."""

    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing about a connection that a client or a fault broke."""


@dataclass
class Portal:
    """A running portal; use it as a context manager."""

    resources: dict[str, Resource]
    port: int = 0
    faults: list[Fault] = field(default_factory=list)
    requests: list[SeenRequest] = field(default_factory=list)
    _server: ThreadingHTTPServer | None = None
    _thread: threading.Thread | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def base_url(self) -> str:
        """Address of the portal without a trailing slash."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def start_url(self) -> str:
        """Address of the first list page."""
        return f"{self.base_url}{COLUMN}/index.html"

    def start(self) -> Portal:
        """Serve from a thread; ``port`` 0 picks a free one."""
        handler = type("BoundHandler", (_Handler,), {"portal": self})
        self._server = _Server(("127.0.0.1", self.port), handler)
        self.port = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()
        return self

    def stop(self) -> None:
        """Stop serving."""
        if self._server and self._thread:
            self._server.shutdown()
            self._server.server_close()
            self._thread.join()

    def __enter__(self) -> Portal:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def fault_for(self, path: str) -> Fault | None:
        """Return the fault that strikes this request, counting it down."""
        with self._lock:
            for fault in self.faults:
                if not re.search(fault.pattern, path):
                    continue
                if fault.after > 0:
                    fault.after -= 1
                elif fault.times is None or fault.times > 0:
                    fault.times = None if fault.times is None else fault.times - 1
                    return fault
        return None

    def note(self, request: SeenRequest) -> None:
        """Remember a request for tests."""
        with self._lock:
            self.requests.append(request)


class _Handler(BaseHTTPRequestHandler):
    portal: Portal
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:
        """Keep the terminal quiet; requests are in ``Portal.requests``."""

    def do_HEAD(self) -> None:
        """Answer without a body."""
        self._answer(with_body=False)

    def do_GET(self) -> None:
        """Answer a page or file, or strike with a fault."""
        self._answer(with_body=True)

    def _answer(self, *, with_body: bool) -> None:
        path = self.path.partition("?")[0]
        fault = self.portal.fault_for(path)
        if fault:
            _FAULTS[fault.kind](self, fault, path)
            return
        resource = self.portal.resources.get(path)
        if resource is None:
            self.send(404, b"<html><title>404</title></html>", "text/html", with_body=with_body)
            return
        body = resource.read()
        etag = f'"{hashlib.sha256(body).hexdigest()[:20]}"'
        validators = {"ETag": etag, "Last-Modified": resource.last_modified}
        same_tag = self.headers.get("If-None-Match") == etag
        same_date = "If-None-Match" not in self.headers and (
            self.headers.get("If-Modified-Since") == resource.last_modified
        )
        if same_tag or same_date:
            self.send(304, b"", resource.content_type, validators, with_body=False)
            return
        self.send(200, body, resource.content_type, validators, with_body=with_body)

    def send(
        self,
        status: int,
        body: bytes,
        content_type: str,
        extra: dict[str, str] | None = None,
        *,
        with_body: bool = True,
        declared: int | None = None,
    ) -> None:
        """Send an answer and note the request; ``declared`` is the Content-Length where it lies."""
        self.portal.note(SeenRequest(self.command, self.path, dict(self.headers.items()), status))
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        if status != 304:
            self.send_header("Content-Length", str(len(body) if declared is None else declared))
        for name, value in (extra or {}).items():
            self.send_header(name, value)
        self.end_headers()
        if with_body:
            self.wfile.write(body)

    def body_of(self, path: str) -> bytes:
        """Body the path would have answered."""
        resource = self.portal.resources.get(path)
        return resource.read() if resource else b""


def _error_500(handler: _Handler, fault: Fault, path: str) -> None:
    handler.send(500, b"Internal Server Error", "text/plain")


def _not_found(handler: _Handler, fault: Fault, path: str) -> None:
    handler.send(404, b"<html><title>404</title></html>", "text/html")


def _truncated(handler: _Handler, fault: Fault, path: str) -> None:
    body = handler.body_of(path)
    handler.send(200, body[: len(body) // 2], "application/pdf", declared=len(body))
    handler.close_connection = True


def _html_as_pdf(handler: _Handler, fault: Fault, path: str) -> None:
    handler.send(
        200, "<html><title>访问提示</title><body>请稍后再试</body></html>".encode(), "application/pdf"
    )


def _empty(handler: _Handler, fault: Fault, path: str) -> None:
    handler.send(200, b"", "application/pdf")


def _two_bytes(handler: _Handler, fault: Fault, path: str) -> None:
    handler.send(200, b"\r\n", "application/pdf")


def _stall(handler: _Handler, fault: Fault, path: str) -> None:
    body = handler.body_of(path)
    handler.send(200, body[: len(body) // 3], "application/pdf", declared=len(body))
    handler.wfile.flush()
    time.sleep(fault.seconds)
    handler.close_connection = True


def _retry_after(handler: _Handler, fault: Fault, path: str) -> None:
    handler.send(503, b"busy", "text/plain", {"Retry-After": str(int(fault.seconds))})


def _soft_404(handler: _Handler, fault: Fault, path: str) -> None:
    handler.send(200, handler.body_of("/"), "text/html; charset=utf-8")


def _reset(handler: _Handler, fault: Fault, path: str) -> None:
    handler.portal.note(SeenRequest(handler.command, handler.path, {}, 0))
    linger = b"\x01\x00\x00\x00\x00\x00\x00\x00"
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
    handler.close_connection = True


def _waf_412(handler: _Handler, fault: Fault, path: str) -> None:
    handler.send(412, b"<html><script>challenge()</script></html>", "text/html")


def _meta_refresh(handler: _Handler, fault: Fault, path: str) -> None:
    handler.send(200, b'<html><meta http-equiv="refresh" content="0;URL=../"></html>', "text/html")


_FAULTS = dict(
    zip(
        FAULT_KINDS,
        (_error_500, _not_found, _truncated, _html_as_pdf, _empty, _two_bytes, _stall, _retry_after, _soft_404, _reset,
         _waf_412, _meta_refresh),
        strict=True,
    )
)  # fmt: skip


def district_files(district: District) -> list[PublishedFile]:
    """Return what a district's portal publishes."""
    return [
        PublishedFile(district.path(document), document.title, document.published_on)
        for document in district.documents
    ]


def serve_files(files: Sequence[PublishedFile], port: int = 0, *, page_size: int = 10) -> Portal:
    """Return a portal (not yet started: use ``with`` or ``start``) that publishes the given files."""
    return Portal(build_site(files, page_size=page_size), port)


def serve_district(directory: Path, port: int = 0, *, page_size: int = 10) -> Portal:
    """Return a portal (not yet started: use ``with`` or ``start``) for the district generated in ``directory``."""
    return serve_files(district_files(load_district(directory)), port, page_size=page_size)


def main(arguments: Sequence[str] | None = None) -> int:
    """Command line: serve a district, generating it first where the directory has none."""
    parser = argparse.ArgumentParser(
        prog="python -m samples.portal", description=(__doc__ or "").splitlines()[0]
    )
    parser.add_argument("directory", type=Path)
    parser.add_argument("--port", type=int, default=8910)
    options = parser.parse_args(arguments)
    if not (options.directory / "truth.json").exists():
        generate_district(options.directory)
    with serve_district(options.directory, options.port) as portal:
        sys.stdout.write(f"{portal.start_url}\n")
        sys.stdout.flush()
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            return 0
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
