"""A second round of such pages as ``test_fresh_eyes`` has, written after the first was mended."""

from __future__ import annotations

import json
from collections.abc import Callable
from html import escape
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from crawlers.store import Store

from .conftest import Crawl, Portal, Reply, SourceOf, html, pdf, rows
from .test_fresh_eyes import BING, BUDGET, FINAL, JIA, YI, Seen, article


def _three(portal: Portal, names: list[str], pager: Callable[[int], str]) -> list[Seen]:
    """A unit on each of three list pages."""
    units = (JIA, YI, BING)
    for number, (page, unit) in enumerate(zip(names, units, strict=True)):
        portal.file(f"/list/{number}.pdf", pdf(unit))
        portal.page(
            page, html(rows((f"{number}.pdf", f"{unit}2024年度部门决算", "2025-09-11")) + pager(number))
        )
    return [(f"{k}.pdf", unit, 2024, FINAL, "2025-09-11") for k, unit in enumerate(units)]


def grid(portal: Portal) -> list[Seen]:
    """A grid of ASP.NET: its pager posts back ``Page$2`` with the state of the page."""
    pages = []
    for number, unit in enumerate((JIA, YI, BING)):
        portal.file(f"/list/{number}.pdf", pdf(unit))
        links = "".join(
            f"<td><a href=\"javascript:__doPostBack('ctl00$g','Page${n}')\">{n}</a></td>"
            if n != number + 1
            else f"<td>{n}</td>"
            for n in (1, 2, 3)
        )
        pages.append(html(
            "<form method='post' action='./index.html' id='aspnetForm'><input type='hidden' name='__EVENTTARGET'>"
            f"<input type='hidden' name='__VIEWSTATE' value='/wE{number}'><input type='hidden' name='__EVENTARGUMENT'>"
            f"<table><tr><td><a href='{number}.pdf'>{unit}2024年度部门决算</a></td><td>2025-09-11</td></tr>"
            f"<tr>{links}</tr></table></form>"
        ))  # fmt: skip

    def answer(handler: BaseHTTPRequestHandler) -> Reply:
        sent = parse_qs(portal.forms[-1]) if handler.command == "POST" else {}
        number = int(sent.get("__EVENTARGUMENT", ["Page$1"])[0].partition("$")[2])
        return Reply(pages[number - 1].encode(), headers={"Content-Type": "text/html"})

    portal.routes["/list/index.html"] = answer
    return [(f"{k}.pdf", unit, 2024, FINAL, "2025-09-11") for k, unit in enumerate((JIA, YI, BING))]


def written(portal: Portal) -> list[Seen]:
    """A pager that the page's script writes in a loop."""
    return _three(
        portal,
        ["/list/index.html", "/list/index_2.html", "/list/index_3.html"],
        lambda here: (
            f"<script>var pagecount = 3, nowpage = {here + 1};"
            "for (var i = 2; i <= pagecount; i++) { document.write('<a href=\"index_' + i + '.html\">' + i + '</a>'); }</script>"
        ),
    )


def named_options(portal: Portal) -> list[Seen]:
    """The paging call of a content system with its arguments by name."""
    return _three(
        portal,
        ["/list/index.shtml", "/list/index_1.shtml", "/list/index_2.shtml"],
        lambda here: (
            f"<script>createPageHTML({{pageCount: 3, currentPage: {here}, fileName: 'index', fileExt: 'shtml'}});</script>"
        ),
    )


def attribute(portal: Portal) -> list[Seen]:
    """A component that is given its entries in an attribute."""
    portal.file("/list/1.pdf", pdf("1"))
    portal.file("/list/2.pdf", pdf("2"))
    records = [
        {"title": f"{JIA}2024年度部门决算", "url": "1.pdf", "date": "2025-09-11"},
        {"title": f"{YI}2025年部门预算", "url": "2.pdf", "date": "2025-02-08"},
        {"title": "2025年工作要点", "url": "3.html", "date": "2025-02-01"},
    ]
    given = escape(json.dumps(records, ensure_ascii=False), quote=True)
    portal.page("/list/index.html", html(f'<x-list :items="{given}"></x-list>'))
    return [("1.pdf", JIA, 2024, FINAL, "2025-09-11"), ("2.pdf", YI, 2025, BUDGET, "2025-02-08")]


def tree(portal: Portal) -> list[Seen]:
    """Units as branches, their years as leaves; and the same folded."""
    for number in range(4):
        portal.file(f"/list/{number}.pdf", pdf(str(number)))
    portal.page("/list/index.html", html(
        f"<ul><li><span>{JIA}</span><ul><li><a href='0.pdf'>2024年部门决算</a></li>"
        "<li><a href='1.pdf'>2025年部门预算</a></li></ul></li></ul>"
        f"<details><summary>{YI}</summary><p><a href='2.pdf'>2024年部门决算</a></p>"
        "<p><a href='3.pdf'>2025年部门预算</a></p></details>",
        "部门预决算公开",
    ))  # fmt: skip
    return [("0.pdf", JIA, 2024, FINAL, None), ("1.pdf", JIA, 2025, BUDGET, None),
            ("2.pdf", YI, 2024, FINAL, None), ("3.pdf", YI, 2025, BUDGET, None)]  # fmt: skip


def chooser(portal: Portal) -> list[Seen]:
    """Units to choose from, each option an address that opens in a window."""
    article(portal, "/list/jia.html", f"{JIA}2024年度部门决算", "/list/1.pdf")
    article(portal, "/list/yi.html", f"{YI}2024年度部门决算", "/list/2.pdf")
    portal.page("/list/index.html", html(
        "<h2>2024年度部门决算公开</h2><select onchange=\"window.open(this.value)\"><option value=''>请选择单位</option>"
        f"<option value='jia.html'>{JIA}</option><option value='yi.html'>{YI}</option></select>", "2024年度部门决算公开"
    ))  # fmt: skip
    return [("1.pdf", JIA, 2024, FINAL, None), ("2.pdf", YI, 2024, FINAL, None)]


PAGES: dict[str, Callable[[Portal], list[Seen]]] = {
    "grid": grid, "written": written, "named options": named_options, "attribute": attribute, "tree": tree, "chooser": chooser,
}  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
def test_what_a_person_would_call_a_disclosure_is_found(
    portal: Portal, source_of: SourceOf, crawl: Crawl, tmp_path: Path, page: str
) -> None:
    expected = PAGES[page](portal)
    start = "/list/index.shtml" if "/list/index.shtml" in portal.routes else "/list/index.html"
    report = crawl(source_of(portal, start))
    found = {
        (row["file_name"], row["listed_unit"], row["listed_year"], row["listed_kind"], row["published_on"])
        for row in Store(tmp_path / "home").read_sightings().to_dicts()
        if row["sha256"]
    }
    assert found == set(expected)
    assert report.missing == []
