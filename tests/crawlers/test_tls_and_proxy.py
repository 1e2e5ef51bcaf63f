"""Certificates are checked unless the declaration says otherwise, and a proxy is used only where it is declared."""

from __future__ import annotations

import shutil
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from crawlers.addresses import RefusedError
from crawlers.answers import Inquiry
from crawlers.fetch import Fetcher
from crawlers.pace import HostPace
from crawlers.reasons import Reason
from crawlers.settings import Source

from .conftest import Portal, html

POLITE = {"delay_seconds": 0, "attempts": 1, "respect_robots": False}


class _Plain(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"ok")

    def log_message(self, format: str, *args: object) -> None:
        return


@pytest.fixture
def secure_port(tmp_path: Path) -> Iterator[int]:
    """A server with a certificate that nobody signed."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("openssl is needed to make a certificate: apt-get install openssl")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    command = [
        openssl,
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "2",
        "-subj",
        "/CN=127.0.0.1",
    ]
    subprocess.run([*command, "-keyout", key, "-out", certificate], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Plain)
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()


def ask(source: Source, url: str) -> bytes:
    with Fetcher(source, HostPace(sleep=lambda _: None)) as fetcher:
        return fetcher.page(Inquiry(url=url, limit=1000))[1]


def test_unknown_certificate_is_refused_unless_declared(secure_port: int) -> None:
    url = f"https://127.0.0.1:{secure_port}/"
    declared = {"id": "a", "title": "甲", "start_pages": [url], "politeness": POLITE}
    with pytest.raises(RefusedError) as caught:
        ask(Source.model_validate(declared), url)
    assert caught.value.reason is Reason.TLS
    assert ask(Source.model_validate({**declared, "verify_tls": False, "legacy_tls": True}), url) == b"ok"


def test_declared_proxy_is_used(
    portal: Portal, other_portal: Portal, source_of: Callable[..., Source]
) -> None:
    wanted = portal.root + "/a"
    other_portal.page(wanted, html("经代理"))
    source = source_of(portal, proxy=other_portal.root, politeness=POLITE)
    assert "经代理" in ask(source, wanted).decode()
    assert not portal.requests


def test_proxy_does_not_open_inner_addresses(
    portal: Portal, other_portal: Portal, source_of: Callable[..., Source]
) -> None:
    source = source_of(portal, proxy=other_portal.root, politeness=POLITE)
    with pytest.raises(RefusedError) as caught:
        ask(source, "http://10.0.0.1/a")
    assert caught.value.reason is Reason.PRIVATE_ADDRESS
    assert not other_portal.requests
