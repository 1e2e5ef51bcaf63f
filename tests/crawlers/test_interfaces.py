"""Lists served by interfaces: JSON, JSONP, CDATA records, the Guangdong platform."""

from __future__ import annotations

import json
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest

from crawlers.addresses import RefusedError
from crawlers.interfaces import read_batch, request_of
from crawlers.report import CrawlReport
from crawlers.settings import Interface
from crawlers.store import Store

from .conftest import Crawl, Portal, Reply, SourceOf, html, pdf

UNITS = ["甲局", "乙局", "丙局", "丁局", "戊局"]


@pytest.fixture
def articles(portal: Portal) -> Portal:
    for number, unit in enumerate(UNITS):
        portal.page(
            f"/art/{number}.html", html(f'<a href="f{number}.pdf">附件</a>', f"某县{unit}2024年度部门决算")
        )
        portal.file(f"/art/f{number}.pdf", pdf(unit))
    return portal


def records(
    portal: Portal, start: int, size: int, url: str = "url", title: str = "title", date: str = "date"
) -> list[dict[str, Any]]:
    chosen = list(enumerate(UNITS))[start : start + size]
    return [
        {
            "id": number,
            url: f"{portal.root}/art/{number}.html",
            title: f"某县{unit}2024年度部门决算",
            date: f"2025-09-0{number + 1} 10:00:00",
        }
        for number, unit in chosen
    ]


def query(handler: BaseHTTPRequestHandler) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(handler.path).query))


def reply(content: object, wrap: str = "{}") -> Reply:
    return Reply(
        wrap.replace("{}", json.dumps(content, ensure_ascii=False)).encode(),
        headers={"Content-Type": "application/json"},
    )


def check(report: CrawlReport, tmp_path: Path, pages: int) -> None:
    assert report.is_complete, report
    assert (report.list_pages_expected, report.list_pages_seen) == (pages, pages)
    frame = Store(tmp_path / "home").read_sightings()
    assert sorted(frame["listed_unit"].to_list()) == sorted("某县" + unit for unit in UNITS)
    assert frame["published_on"].to_list() == [f"2025-09-0{number}" for number in range(1, 6)]
    assert set(frame["listed_year"].to_list()) == {2024}


def test_json_list_by_post(articles: Portal, source_of: SourceOf, crawl: Crawl, tmp_path: Path) -> None:
    def search(handler: BaseHTTPRequestHandler) -> Reply:
        form = {name: values[0] for name, values in parse_qs(articles.forms[-1]).items()}
        page = int(form["page"])
        found = records(articles, (page - 1) * 2, 2, "docpuburl", "doctitle", "docreltime")
        return reply({"count": 5, "pageCount": 3, "data": {"list": found}})

    articles.routes["/search"] = search
    interface = {
        "url": articles.root + "/search",
        "method": "POST",
        "form": {"channelid": "200210", "page": "{page}", "prepage": "{size}"},
        "page_size": 2,
        "items": "data.list",
    }
    source = source_of(articles, family="json", start_pages=[], interface=interface)
    check(crawl(source), tmp_path, pages=3)
    assert "channelid=200210" in articles.forms[0]
    articles.bodies.clear()
    before = Store(tmp_path / "home").read_sightings()
    assert crawl(source).is_complete
    assert Store(tmp_path / "home").read_sightings().equals(before)


def test_jsonp_list_with_marked_titles(
    articles: Portal, source_of: SourceOf, crawl: Crawl, tmp_path: Path
) -> None:
    def search(handler: BaseHTTPRequestHandler) -> Reply:
        page = int(query(handler)["page"])
        found = records(articles, (page - 1) * 3, 3)
        for record in found:
            record["title"] = record["title"].replace("决算", "<font color='red'>决算</font>")
        return reply({"total": 5, "rows": found}, "result({});")

    articles.routes["/jsonp"] = search
    interface = {"url": articles.root + "/jsonp?page={page}&lmid=1&lmid=2&callback=result", "page_size": 3}
    check(crawl(source_of(articles, family="jsonp", start_pages=[], interface=interface)), tmp_path, pages=2)


def test_jpage_records(articles: Portal, source_of: SourceOf, crawl: Crawl, tmp_path: Path) -> None:
    def proxy(handler: BaseHTTPRequestHandler) -> Reply:
        asked = query(handler)
        chosen = list(enumerate(UNITS))[int(asked["startrecord"]) - 1 : int(asked["endrecord"])]
        rows = "".join(
            f"<record><![CDATA[<li><a href='/art/{number}.html' title='某县{unit}2024年度部门决算'>某县{unit}…</a>"
            f"<span>2025-09-0{number + 1}</span></li>]]></record>"
            for number, unit in chosen
        )
        body = f"<datastore><totalrecord>5</totalrecord><recordset>{rows}</recordset></datastore>"
        return Reply(body.encode(), headers={"Content-Type": "text/html"})

    articles.routes["/dataproxy.jsp"] = proxy
    url = (
        articles.root
        + "/dataproxy.jsp?startrecord={start}&endrecord={end}&perpage={size}&columnid=9&unitid=7&webid=1"
    )
    interface = {"url": url, "page_size": 2}
    check(crawl(source_of(articles, family="jpage", start_pages=[], interface=interface)), tmp_path, pages=3)


def test_jpage_with_a_wrong_unit_is_no_success(articles: Portal, source_of: SourceOf, crawl: Crawl) -> None:
    articles.routes["/dataproxy.jsp"] = Reply(
        b"<datastore><nextgroup></nextgroup><recordset></recordset></datastore>"
    )
    interface = {"url": articles.root + "/dataproxy.jsp?startrecord={start}", "page_size": 2}
    report = crawl(source_of(articles, family="jpage", start_pages=[], interface=interface))
    assert not report.is_complete
    assert [refusal.reason_code for refusal in report.refused] == ["bad_listing"]


def test_list_as_html_inside_an_answer(
    articles: Portal, source_of: SourceOf, crawl: Crawl, tmp_path: Path
) -> None:
    def unit(handler: BaseHTTPRequestHandler) -> Reply:
        page = int(query(handler)["page"])
        chosen = list(enumerate(UNITS))[(page - 1) * 3 : page * 3]
        items = "".join(
            f"<li><a href='/art/{number}.html'>某县{name}2024年度部门决算</a><b>2025-09-0{number + 1}</b></li>"
            for number, name in chosen
        )
        return reply({"success": True, "data": {"html": f"<ul>{items}</ul>", "total": 5}})

    articles.routes["/build/unit"] = unit
    interface = {"url": articles.root + "/build/unit?page={page}", "page_size": 3}
    check(crawl(source_of(articles, family="json", start_pages=[], interface=interface)), tmp_path, pages=2)


def test_gkmlpt(articles: Portal, source_of: SourceOf, crawl: Crawl, tmp_path: Path) -> None:
    moments = [
        1756692000 + 86400 * number for number in range(5)
    ]  # 2025-09-01 10:00 in China and the days after

    def listing(handler: BaseHTTPRequestHandler) -> Reply:
        page = int(query(handler)["page"])
        found = records(articles, (page - 1) * 4, 4)
        for record in found:
            record["display_publish_time"] = moments[record["id"]]
        return reply({"articles": found, "total": 5, "classify": {"name": "财政预决算"}})

    articles.routes["/gkmlpt/api/all/123"] = listing
    interface = {"url": articles.root + "/gkmlpt/api/all/123?page={page}&sid=700001", "page_size": 4}
    check(crawl(source_of(articles, family="gkmlpt", start_pages=[], interface=interface)), tmp_path, pages=2)


def test_missing_page_of_an_interface_is_no_success(
    articles: Portal, source_of: SourceOf, crawl: Crawl
) -> None:
    def listing(handler: BaseHTTPRequestHandler) -> Reply:
        page = int(query(handler)["page"])
        return (
            Reply(b"", 500)
            if page == 2
            else reply({"pageCount": 3, "list": records(articles, (page - 1) * 2, 2)})
        )

    articles.routes["/list"] = listing
    interface = {"url": articles.root + "/list?page={page}", "page_size": 2}
    report = crawl(source_of(articles, family="json", start_pages=[], interface=interface))
    assert (report.list_pages_expected, report.list_pages_seen, report.attachments_found) == (3, 2, 3)
    assert not report.is_complete


def test_interface_that_holds_back_records_is_no_success(
    articles: Portal, source_of: SourceOf, crawl: Crawl
) -> None:
    articles.routes["/list"] = lambda handler: reply(
        {"totalCount": 9, "list": records(articles, (int(query(handler)["page"]) - 1) * 5, 5)}
    )
    interface = {"url": articles.root + "/list?page={page}", "page_size": 5}
    report = crawl(source_of(articles, family="json", start_pages=[], interface=interface))
    assert report.missing == ["列表称共 9 条，只取到 5 条"]


def test_interface_without_totals_ends_with_an_empty_page(
    articles: Portal, source_of: SourceOf, crawl: Crawl
) -> None:
    articles.routes["/list"] = lambda handler: reply(
        records(articles, (int(query(handler)["page"]) - 1) * 2, 2)
    )
    interface = {"url": articles.root + "/list?page={page}", "page_size": 2}
    report = crawl(source_of(articles, family="json", start_pages=[], interface=interface))
    assert report.is_complete
    assert report.attachments_found == 5


def test_address_made_of_fields(portal: Portal, source_of: SourceOf, crawl: Crawl) -> None:
    portal.routes["/list"] = reply(
        [
            {"iid": "a1", "name": "某县甲局2024年部门决算.pdf"},
            {"iid": None, "name": "某县乙局2024年部门决算.pdf"},
        ]
    )
    portal.file("/download.do", pdf("甲"))
    interface = {"url": portal.root + "/list", "url_template": portal.root + "/download.do?iid={iid}"}
    report = crawl(source_of(portal, family="json", start_pages=[], interface=interface))
    assert report.attachments_found == 1
    assert portal.requests["/download.do?iid=a1"] == 1


@pytest.mark.parametrize("text", ["", "<html>登录</html>", "{broken", "callback({broken)"])
def test_answers_that_are_no_list(portal: Portal, source_of: SourceOf, text: str) -> None:
    source = source_of(portal, family="json", start_pages=[], interface={"url": portal.root + "/list"})
    with pytest.raises(RefusedError) as caught:
        read_batch(source, text, portal.root)
    assert caught.value.reason == "bad_listing"


def test_numbers_in_addresses() -> None:
    interface = Interface(
        url="http://h.example/l?s={start}&e={end}&p={page}&n={size}", page_size=20, first_page=0
    )
    assert request_of(interface, 2) == ("http://h.example/l?s=41&e=60&p=2&n=20", None)
