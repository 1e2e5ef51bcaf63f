"""Where the fetcher goes: redirects, names, schemes and links never lead it where it must not go."""

from __future__ import annotations

import socket
from typing import Any

import pytest

from crawlers.addresses import RefusedError, absolute, check_address
from crawlers.answers import Inquiry
from crawlers.reasons import Reason

from .asking import LIMIT, SourceOf, ask, fetcher_of, reason_of
from .conftest import Portal, Reply, html


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("file:///etc/passwd", Reason.BAD_SCHEME),
        ("data:application/pdf;base64,JVBERg==", Reason.BAD_SCHEME),
        ("ftp://127.0.0.1/x.pdf", Reason.BAD_SCHEME),
        ("http://10.0.0.1/x.pdf", Reason.PRIVATE_ADDRESS),
        ("http://169.254.169.254/latest/meta-data/", Reason.PRIVATE_ADDRESS),
        ("http://[::1]/x.pdf", Reason.PRIVATE_ADDRESS),
        ("http://[::ffff:10.0.0.1]/x.pdf", Reason.PRIVATE_ADDRESS),
        ("http://192.168.1.1:8080/x.pdf", Reason.PRIVATE_ADDRESS),
        ("http://127.0.0.1:1/x.pdf", Reason.PRIVATE_ADDRESS),
        ("http://elsewhere.example.org/x.pdf", Reason.HOST_NOT_ALLOWED),
        ("http://user:secret@127.0.0.1/x.pdf", Reason.BAD_URL),
    ],
)
def test_redirects_that_are_refused(
    portal: Portal, source_of: SourceOf, location: str, reason: Reason
) -> None:
    portal.routes["/go"] = Reply(b"", 302, {"Location": location})
    assert reason_of(source_of(portal), portal.root + "/go") is reason


def test_redirect_to_another_port_of_loopback_is_refused(
    portal: Portal, other_portal: Portal, source_of: SourceOf
) -> None:
    other_portal.page("/secret", html("内部"))
    portal.routes["/go"] = Reply(b"", 302, {"Location": other_portal.root + "/secret"})
    assert reason_of(source_of(portal), portal.root + "/go") is Reason.PRIVATE_ADDRESS
    assert not other_portal.requests


def test_redirect_within_the_source_is_followed(portal: Portal, source_of: SourceOf) -> None:
    portal.routes["/go"] = Reply(b"", 301, {"Location": "../there"})
    portal.page("/there", html("x"))
    with fetcher_of(source_of(portal)) as fetcher:
        answer, body = fetcher.page(Inquiry(url=portal.root + "/go", limit=LIMIT))
    assert body
    assert (answer.url, answer.final_url) == (portal.root + "/go", portal.root + "/there")


def test_redirect_loop_ends(portal: Portal, source_of: SourceOf) -> None:
    portal.routes["/go"] = Reply(b"", 302, {"Location": "/go"})
    assert reason_of(source_of(portal), portal.root + "/go") is Reason.TOO_MANY_REDIRECTS


def name_server(monkeypatch: pytest.MonkeyPatch, *answers: str) -> list[str]:
    """Let names resolve to the given addresses, one after the other (the last one stays)."""
    asked: list[str] = []
    real = socket.getaddrinfo

    def resolve(host: str, port: int, *args: Any, **values: Any) -> Any:
        if host != "portal.example.gov.cn":
            return real(host, port, *args, **values)
        address = answers[min(len(asked), len(answers) - 1)]
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    return asked


def test_name_that_resolves_to_an_inner_address_is_refused(
    portal: Portal, source_of: SourceOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    name_server(monkeypatch, "127.0.0.1")
    source = source_of(portal, start_pages=[f"http://portal.example.gov.cn:{portal.port}/"])
    assert reason_of(source, f"http://portal.example.gov.cn:{portal.port}/a") is Reason.PRIVATE_ADDRESS
    assert not portal.requests


def test_name_is_resolved_once_per_connection_so_that_it_cannot_be_bent_in_between(
    portal: Portal, source_of: SourceOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = name_server(monkeypatch, "93.184.216.34", "127.0.0.1")
    connected: list[str] = []
    monkeypatch.setattr(
        "socket.create_connection",
        lambda address, *args, **values: (
            connected.append(address[0]) or (_ for _ in ()).throw(OSError("closed"))
        ),
    )
    polite = {"delay_seconds": 0, "attempts": 1, "respect_robots": False}
    source = source_of(
        portal, start_pages=[f"http://portal.example.gov.cn:{portal.port}/"], politeness=polite
    )
    assert reason_of(source, f"http://portal.example.gov.cn:{portal.port}/a") is Reason.NETWORK
    assert connected == ["93.184.216.34"]
    assert len(asked) == 1


def test_declared_inner_portal_may_be_visited(
    portal: Portal, source_of: SourceOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    name_server(monkeypatch, "127.0.0.1")
    portal.page("/a", html("x"))
    url = f"http://portal.example.gov.cn:{portal.port}"
    source = source_of(portal, start_pages=[url + "/"], private_hosts=["portal.example.gov.cn"])
    assert ask(source, url + "/a")


def test_scheme_fallback_only_where_declared(portal: Portal, source_of: SourceOf) -> None:
    portal.page("/a", html("x"))
    secure = f"https://127.0.0.1:{portal.port}"
    polite = {"delay_seconds": 0, "attempts": 1, "respect_robots": False}
    plain = source_of(portal, start_pages=[secure + "/"], politeness=polite)
    assert reason_of(plain, secure + "/a") in (Reason.TLS, Reason.NETWORK)
    declared = source_of(portal, start_pages=[secure + "/"], politeness=polite, scheme_fallback=True)
    assert ask(declared, secure + "/a")


def test_proxy_of_the_environment_is_ignored(
    portal: Portal, source_of: SourceOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    portal.page("/a", html("x"))
    assert ask(source_of(portal), portal.root + "/a")


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("./P02.pdf", "http://h.example/a/P02.pdf"),
        ("../附件 1.pdf", "http://h.example/%E9%99%84%E4%BB%B6%201.pdf"),
        ("//o.example/x.pdf", "http://o.example/x.pdf"),
        ("/d?f=%E4%B8%AD&g=中", "http://h.example/d?f=%E4%B8%AD&g=%E4%B8%AD"),
        ("x.pdf#page=3", "http://h.example/a/x.pdf"),
    ],
)
def test_links_are_resolved_and_quoted(link: str, expected: str) -> None:
    assert absolute("http://h.example/a/t.html", link) == expected


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "file:///etc/passwd", "http://[::1", "http://h:99999/"]
)
def test_links_that_lead_nowhere(link: str) -> None:
    with pytest.raises(RefusedError):
        absolute("http://h.example/", link)


def test_sub_domains_only_where_declared(portal: Portal, source_of: SourceOf) -> None:
    source = source_of(
        portal,
        start_pages=["https://www.example.gov.cn/"],
        allowed_hosts=["*.oss.example.cn", "zj.gov.cn:8080"],
    )
    for url in ("https://a.oss.example.cn/x", "http://zj.gov.cn:8080/x", "http://www.example.gov.cn:99/"):
        check_address(source, url)
    for url in ("https://oss.example.cn.evil.org/x", "http://zj.gov.cn/x", "https://sub.www.example.gov.cn/"):
        with pytest.raises(RefusedError):
            check_address(source, url)
