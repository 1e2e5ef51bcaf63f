"""The fetcher: polite, and persistent where it helps."""

from __future__ import annotations

import gzip
import socket
import threading
import time
import zlib
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler

import pytest

from crawlers.addresses import RefusedError
from crawlers.answers import Inquiry
from crawlers.fetch import Fetcher
from crawlers.pace import HostPace
from crawlers.reasons import SENTENCES, Reason, sentence

from .asking import LIMIT, Clock, SourceOf, ask, fetcher_of, reason_of
from .conftest import Portal, Reply, html, pdf


def test_every_reason_has_a_sentence() -> None:
    assert set(SENTENCES) == set(Reason)
    assert all(sentence(reason, "细节") for reason in Reason)


def test_says_who_it_is_and_where_it_comes_from(portal: Portal, source_of: SourceOf) -> None:
    portal.page("/a", html("x"))
    ask(source_of(portal), portal.root + "/a", referer=portal.root + "/list")
    assert "Mingzhang" in portal.seen_headers["/a"]["User-Agent"]
    assert portal.seen_headers["/a"]["Referer"] == portal.root + "/list"


def test_robots_are_obeyed_unless_declared_otherwise(portal: Portal, source_of: SourceOf) -> None:
    portal.routes["/robots.txt"] = Reply(b"User-agent: *\nDisallow: /closed/\n")
    portal.page("/closed/a.html", html("x"))
    assert reason_of(source_of(portal), portal.root + "/closed/a.html") is Reason.ROBOTS
    assert portal.requests["/closed/a.html"] == 0
    free = source_of(portal, politeness={"delay_seconds": 0, "respect_robots": False})
    assert ask(free, portal.root + "/closed/a.html")


@pytest.mark.parametrize(("agent", "is_closed"), [("Bureau/1.0", True), ("Other/1.0", False)])
def test_robots_that_name_the_configured_agent(
    portal: Portal, source_of: SourceOf, agent: str, is_closed: bool
) -> None:
    portal.routes["/robots.txt"] = Reply(b"User-agent: bureau\nDisallow: /\n")
    portal.page("/a", html("x"))
    source = source_of(portal, politeness={"delay_seconds": 0, "user_agent": agent})
    if is_closed:
        assert reason_of(source, portal.root + "/a") is Reason.ROBOTS
    else:
        assert ask(source, portal.root + "/a")


def test_crawl_delay_of_robots_lengthens_the_pace(portal: Portal, source_of: SourceOf) -> None:
    portal.routes["/robots.txt"] = Reply(b"User-agent: *\nCrawl-delay: 7\n")
    portal.page("/a", html("x"))
    clock = Clock()
    with fetcher_of(source_of(portal), clock) as fetcher:
        for _ in range(3):
            fetcher.page(Inquiry(url=portal.root + "/a", limit=LIMIT))
    assert [seconds for seconds in clock.sleeps if seconds] == [7.0, 7.0]


def test_home_page_instead_of_robots_means_there_are_none(portal: Portal, source_of: SourceOf) -> None:
    portal.page("/robots.txt", html("首页"))
    portal.page("/a", html("x"))
    assert ask(source_of(portal), portal.root + "/a")


def test_unreachable_robots_refuse_the_host_but_not_for_good(portal: Portal, source_of: SourceOf) -> None:
    portal.fail("/robots.txt", 503)
    portal.page("/a", html("x"))
    assert reason_of(source_of(portal), portal.root + "/a") is Reason.SERVER_ERROR
    assert portal.requests["/a"] == 0


def test_pace_spaces_requests_to_one_host(portal: Portal, source_of: SourceOf) -> None:
    portal.page("/a", html("x"))
    clock = Clock()
    source = source_of(portal, politeness={"delay_seconds": 3, "respect_robots": False})
    with fetcher_of(source, clock) as fetcher:
        for _ in range(4):
            fetcher.page(Inquiry(url=portal.root + "/a", limit=LIMIT))
    assert clock.sleeps == [3.0, 3.0, 3.0]


def test_concurrency_of_a_host_is_held(portal: Portal, source_of: SourceOf) -> None:
    active: list[int] = []
    peak: list[int] = []

    def slow(_: BaseHTTPRequestHandler) -> Reply:
        active.append(1)
        peak.append(len(active))
        time.sleep(0.03)
        active.pop()
        return Reply(b"<html></html>")

    portal.routes["/slow"] = slow
    source = source_of(portal, politeness={"delay_seconds": 0, "concurrency": 2, "respect_robots": False})
    with Fetcher(source, HostPace()) as fetcher:
        threads = [
            threading.Thread(target=fetcher.page, args=(Inquiry(url=portal.root + "/slow", limit=LIMIT),))
            for _ in range(8)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert max(peak) == 2


@pytest.mark.parametrize("form", ["seconds", "date"])
def test_retry_after_is_waited_for(
    portal: Portal, source_of: SourceOf, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[float] = []
    monkeypatch.setattr("tenacity.nap.time.sleep", waits.append)
    until = format_datetime(datetime.now(UTC) + timedelta(seconds=9), usegmt=True)
    header = "9" if form == "seconds" else until
    answers = [Reply(b"busy", 503, {"Retry-After": header}), Reply(b"<html>fine</html>")]
    portal.routes["/busy"] = lambda _: answers.pop(0)
    assert ask(source_of(portal), portal.root + "/busy") == b"<html>fine</html>"
    assert len(waits) == 1
    assert 7 <= waits[0] <= 9


def test_retry_after_beyond_the_limit_is_left_for_another_night(portal: Portal, source_of: SourceOf) -> None:
    portal.routes["/busy"] = Reply(b"", 429, {"Retry-After": "86400"})
    assert reason_of(source_of(portal), portal.root + "/busy") is Reason.BLOCKED
    assert portal.requests["/busy"] == 1


@pytest.mark.parametrize(
    ("status", "reason", "tries"),
    [
        (404, Reason.NOT_FOUND, 1),
        (410, Reason.NOT_FOUND, 1),
        (403, Reason.BLOCKED, 1),
        (412, Reason.BLOCKED, 1),
        (521, Reason.BLOCKED, 1),
        (202, Reason.BLOCKED, 2),
        (500, Reason.SERVER_ERROR, 2),
        (502, Reason.SERVER_ERROR, 2),
        (204, Reason.EMPTY, 1),
        (400, Reason.NOT_FOUND, 1),
    ],
)
def test_statuses(portal: Portal, source_of: SourceOf, status: int, reason: Reason, tries: int) -> None:
    portal.fail("/x", status)
    assert reason_of(source_of(portal), portal.root + "/x") is reason
    assert portal.requests["/x"] == tries


def test_host_that_keeps_failing_is_left_alone(portal: Portal, source_of: SourceOf) -> None:
    for number in range(6):
        portal.fail(f"/{number}")
    polite = {"delay_seconds": 0, "retry_wait_seconds": 0, "attempts": 1, "give_up_after_failures": 3}
    with fetcher_of(source_of(portal, politeness=polite)) as fetcher:
        for number in range(6):
            with pytest.raises(RefusedError):
                fetcher.page(Inquiry(url=f"{portal.root}/{number}", limit=LIMIT))
    assert sum(portal.requests[f"/{number}"] for number in range(6)) == 3


def test_host_that_is_down_gets_no_second_tries(portal: Portal, source_of: SourceOf) -> None:
    for number in range(5):
        portal.fail(f"/{number}")
    with fetcher_of(source_of(portal)) as fetcher:
        for number in range(5):
            with pytest.raises(RefusedError):
                fetcher.page(Inquiry(url=f"{portal.root}/{number}", limit=LIMIT))
    assert [portal.requests[f"/{number}"] for number in range(5)] == [2, 2, 1, 1, 1]


def test_gzip_is_undone_declared_or_not(portal: Portal, source_of: SourceOf) -> None:
    body = html("内容" * 500).encode()
    portal.routes["/declared"] = Reply(gzip.compress(body), headers={"Content-Encoding": "gzip"})
    portal.routes["/silent"] = Reply(gzip.compress(body))
    portal.routes["/deflate"] = Reply(zlib.compress(body), headers={"Content-Encoding": "deflate"})
    raw = zlib.compressobj(wbits=-15)
    portal.routes["/raw"] = Reply(raw.compress(body) + raw.flush(), headers={"Content-Encoding": "deflate"})
    portal.routes["/lie"] = Reply(body, headers={"Content-Encoding": "gzip"})
    for path in ("/declared", "/silent", "/deflate", "/raw", "/lie"):
        assert ask(source_of(portal), portal.root + path) == body


def test_decompression_bomb_is_refused_early(portal: Portal, source_of: SourceOf) -> None:
    bomb = gzip.compress(b"\0" * 60_000_000)
    portal.routes["/bomb"] = Reply(bomb, headers={"Content-Encoding": "gzip"})
    with fetcher_of(source_of(portal)) as fetcher, pytest.raises(RefusedError) as caught:
        fetcher.page(Inquiry(url=portal.root + "/bomb", limit=10**9))
    assert caught.value.reason is Reason.BOMB


def test_unknown_compression_is_refused(portal: Portal, source_of: SourceOf) -> None:
    portal.routes["/br"] = Reply(b"\x1b\x00", headers={"Content-Encoding": "br"})
    assert reason_of(source_of(portal), portal.root + "/br") is Reason.BAD_ENCODING


def test_size_cap_holds_for_declared_and_for_streamed_bodies(portal: Portal, source_of: SourceOf) -> None:
    portal.routes["/big"] = Reply(b"x" * (LIMIT + 1))
    portal.routes["/packed"] = Reply(
        gzip.compress(bytes(range(256)) * 30_000), headers={"Content-Encoding": "gzip"}
    )
    assert reason_of(source_of(portal), portal.root + "/big") is Reason.TOO_LARGE
    assert reason_of(source_of(portal), portal.root + "/packed") in (Reason.TOO_LARGE, Reason.BOMB)


def test_broken_transfer_is_tried_again_and_then_reported(portal: Portal, source_of: SourceOf) -> None:
    portal.file("/cut.pdf", pdf("x"), declared_length=5000)
    assert reason_of(source_of(portal), portal.root + "/cut.pdf") is Reason.TRUNCATED
    assert portal.requests["/cut.pdf"] == 2


def test_stall_ends_in_time(portal: Portal, source_of: SourceOf) -> None:
    portal.routes["/stall"] = lambda _: time.sleep(2) or Reply(b"late")
    source = source_of(
        portal,
        limits={"read_seconds": 0.2},
        politeness={"delay_seconds": 0, "attempts": 1, "respect_robots": False},
    )
    assert reason_of(source, portal.root + "/stall") is Reason.TIMEOUT


def test_dripping_body_ends_in_time(portal: Portal, source_of: SourceOf) -> None:
    def drip(handler: BaseHTTPRequestHandler) -> Reply:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
        for _ in range(30):
            handler.wfile.write(b"x")
            handler.wfile.flush()
            time.sleep(0.05)
        handler.close_connection = True
        return Reply(b"")

    portal.routes["/drip"] = drip
    polite = {"delay_seconds": 0, "attempts": 1, "respect_robots": False}
    source = source_of(portal, limits={"total_seconds": 0.3}, politeness=polite)
    started = time.monotonic()
    assert reason_of(source, portal.root + "/drip") is Reason.TIMEOUT
    assert time.monotonic() - started < 3


def test_nobody_listening(source_of: SourceOf, portal: Portal) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    polite = {"delay_seconds": 0, "attempts": 1, "respect_robots": False}
    source = source_of(portal, start_pages=[f"http://127.0.0.1:{port}/"], politeness=polite)
    assert reason_of(source, f"http://127.0.0.1:{port}/") is Reason.NETWORK
