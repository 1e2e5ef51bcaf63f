"""Lists of kinds that no saved page shows, and how they go on: each must be read to its end."""

from __future__ import annotations

import json
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from urllib.parse import parse_qs

import pytest

from .conftest import Crawl, Portal, Reply, SourceOf, html
from .units import UNITS, documents, publish, three_pages, title_of


def numbered(addresses: list[str]) -> Callable[[int], str]:
    return lambda here: "".join(
        f'<a href="{one}">{k + 1}</a>' for k, one in enumerate(addresses) if k != here
    )


def onward(addresses: list[str], text: str = "下一页") -> Callable[[int], str]:
    return lambda here: f'<a href="{addresses[here + 1]}">{text}</a>' if here + 1 < len(addresses) else ""


@pytest.mark.parametrize(
    "addresses",
    [
        ["/list/index.html", "/list/index_1.shtml", "/list/index_2.shtml"],
        ["/list/index.html", "/list/_2.html", "/list/_3.html"],
        ["/list/index.html", "/list/list-2.html", "/list/list-3.html"],
        ["/list/index.html", "/list/2.html", "/list/3.html"],
        ["/list/index.html", "/list/index/2.html", "/list/index/3.html"],
        ["/list/index.html", "/list/page/2/", "/list/page/3/"],
        ["/list/index.html", "/list/p2", "/list/p3"],
        ["/list/index.html", "/list/index.html?page=2", "/list/index.html?page=3"],
        ["/list/index.html", "/list/index.html?currentPageNo=2", "/list/index.html?currentPageNo=3"],
        ["/list/index.html", "/list/index.html?cid=77&offset=20", "/list/index.html?cid=77&offset=40"],
        ["/list/index.html", "/list/index.html?a5b.pn=2", "/list/index.html?a5b.pn=3"],
    ],
)
@pytest.mark.parametrize("style", ["numbered", "next", "icon"])
def test_paging_by_links(
    portal: Portal, source_of: SourceOf, crawl: Crawl, addresses: list[str], style: str
) -> None:
    pagers = {
        "numbered": numbered(addresses),
        "next": onward(addresses),
        "icon": onward(addresses, '<i title="下一页">&rsaquo;</i>'),
    }
    three_pages(portal, addresses, pagers[style])
    assert documents(crawl(source_of(portal))) == 6


@pytest.mark.parametrize(
    "script",
    [
        "function goPage(n){ location.href = 'index_' + n + '.html'; }",
        "function goPage(n){ window.location.href='index_'+n+'.html' }",
        'function goPage(page) { var url = "index_" + page + ".html"; location.assign(url); }',
        "goPage = function(n) { document.location = `index_${n}.html`; };",
        "const goPage = (n) => { self.location.replace('index_' + n + '.html'); }",
    ],
)
@pytest.mark.parametrize(
    "call", ['href="javascript:goPage({n})"', 'href="#" onclick="return goPage(\'{n}\');"']
)
def test_paging_by_a_function_of_the_page(
    portal: Portal, source_of: SourceOf, crawl: Crawl, script: str, call: str
) -> None:
    calls = "".join(f"<a {call.format(n=n)}>{n + 1}</a>" for n in (1, 2))
    three_pages(
        portal,
        ["/list/index.html", "/list/index_1.html", "/list/index_2.html"],
        lambda _: f"<script>{script}</script>{calls}",
    )
    assert documents(crawl(source_of(portal))) == 6


@pytest.mark.parametrize(
    ("control", "script"),
    [
        (
            '<a href="javascript:goPage({n})">{n}</a>',
            "function goPage(n){{var f=document.forms[0];f.pageNo.value=n;f.submit();}}",
        ),
        (
            '<a href="javascript:void(0)" onclick="toPage({n})">{n}</a>',
            "function toPage(p){{$('#pageNo').val(p);$('#f').submit();}}",
        ),
        ("<a href=\"javascript:__doPostBack('pageNo','{n}')\">{n}</a>", ""),
    ],
)
@pytest.mark.parametrize("method", ["post", "get"])
def test_paging_by_a_form(
    portal: Portal, source_of: SourceOf, crawl: Crawl, control: str, script: str, method: str
) -> None:
    if method == "get" and "__doPostBack" in control:
        pytest.skip("a post-back is always posted")

    def page(number: int) -> str:
        listed = "".join(publish(portal, unit) for unit in UNITS[2 * number - 2 : 2 * number])
        links = "".join(control.format(n=n) for n in (1, 2, 3) if n != number)
        inputs = f'<input type="hidden" name="channel" value="9"><input type="hidden" id="pageNo" name="pageNo" value="{number}">'
        dot_net = '<input type="hidden" name="__EVENTTARGET" value=""><input type="hidden" name="__EVENTARGUMENT" value="">'
        form = f'<form id="f" action="/list/index.html" method="{method}">{inputs}{dot_net}</form>'
        return html(f"<script>{script.format()}</script>{form}<ul>{listed}</ul>{links}<p>共3页</p>")

    pages = [page(number) for number in (1, 2, 3)]

    def answer(handler: BaseHTTPRequestHandler) -> Reply:
        sent = parse_qs(portal.forms[-1] if handler.command == "POST" else handler.path.partition("?")[2])
        assert not sent or sent["channel"] == ["9"]
        number = sent.get("__EVENTARGUMENT") or sent.get("pageNo") or ["1"]
        return Reply(pages[int(number[0]) - 1].encode(), headers={"Content-Type": "text/html"})

    portal.routes["/list/index.html"] = answer
    assert documents(crawl(source_of(portal))) == 6


def test_a_pager_that_cannot_be_read_makes_the_crawl_incomplete(
    portal: Portal, source_of: SourceOf, crawl: Crawl
) -> None:
    pager = '<a href="javascript:void(0)" onclick="app.turn(2)">下一页</a>'
    portal.page("/list/index.html", html(publish(portal, "甲局") + pager))
    report = crawl(source_of(portal))
    assert report.attachments_found == 1
    assert not report.is_complete
    assert "翻页" in report.missing[0]


@pytest.mark.parametrize(
    "script",
    [
        "var list = {json};",
        'window.__INITIAL_STATE__ = {{"code":200,"data":{{"rows":{json}}}}};',
        "render({json}, 'box');",
        '</script><script type="application/json" id="data">{json}',
    ],
)
def test_a_list_that_a_script_draws_from_its_own_data(
    portal: Portal, source_of: SourceOf, crawl: Crawl, script: str
) -> None:
    for name in UNITS:
        publish(portal, name)
    records = [
        {"id": k, "title": title_of(name), "url": f"/list/P{k}.pdf", "publishTime": "2025-09-11 08:00:00"}
        for k, name in enumerate(UNITS)
    ]
    filled = script.format(json=json.dumps(records, ensure_ascii=False))
    portal.page("/list/index.html", html(f'<ul id="box"></ul><script>{filled}</script>'))
    assert documents(crawl(source_of(portal))) == 6


def test_a_script_array_that_is_no_json(portal: Portal, source_of: SourceOf, crawl: Crawl) -> None:
    publish(portal, "甲局")
    publish(portal, "乙局")
    script = (
        f"var a = [{{title:'{title_of('甲局')}', url:'P0.pdf', date:'2025-09-11'}},"
        f" {{title:'{title_of('乙局')}', url:'P1.pdf', date:'2025-09-11',}}];"
    )
    portal.page("/list/index.html", html(f"<script>{script}</script>"))
    assert documents(crawl(source_of(portal))) == 2
