"""Portals in the encodings of older systems, lists behind forms, and lists that only a script could fetch."""

from __future__ import annotations

from http.server import BaseHTTPRequestHandler
from pathlib import Path
from urllib.parse import parse_qs, quote

import pytest

from crawlers.report import CrawlReport
from crawlers.store import Store
from crawlers.text import decode_page

from .conftest import Crawl, Portal, Reply, SourceOf, html, pdf, rows


def title_of(unit: str, year: int = 2024) -> str:
    return f"某县{unit}{year}年度部门决算公开"


def documents(report: CrawlReport) -> int:
    assert report.missing == []
    assert report.refused == []
    return report.attachments_found


def serve(portal: Portal, path: str, text: str, encoding: str, declared: str = "") -> None:
    """A page in an encoding, with or without a declaration."""
    meta = f'<meta charset="{declared}">' if declared else ""
    page = f"<html><head>{meta}<title>部門預決算</title></head><body>{text}</body></html>"
    portal.routes[path] = Reply(page.encode(encoding), headers={"Content-Type": "text/html"})


TRADITIONAL = "某某縣教育局2024年度部門決算公開"


@pytest.mark.parametrize("declared", ["big5", "", "utf-8", "gb2312"])
def test_a_list_in_big5(
    portal: Portal, source_of: SourceOf, crawl: Crawl, tmp_path: Path, declared: str
) -> None:
    row = rows(
        ("../art/1.html", TRADITIONAL, "2025-09-11"), ("../art/n.html", "關於會議的通知", "2025-09-12")
    )
    serve(portal, "/list/index.html", row + '<a href="index_1.html">下一頁</a>', "big5", declared)
    serve(
        portal,
        "/list/index_1.html",
        rows(("P2.pdf", "某某縣衛生局2024年度部門決算公開", "2025-09-10")),
        "big5",
    )
    serve(
        portal, "/art/1.html", '<h1>決算</h1><a href="/get?id=1">附件下載</a>' + "字" * 60, "big5", declared
    )
    portal.file("/get?id=1", pdf("甲"))
    portal.file("/list/P2.pdf", pdf("乙"))
    assert documents(crawl(source_of(portal))) == 2
    seen = Store(tmp_path / "home").read_sightings().to_dicts()
    assert {(row["listed_year"], row["listed_kind"]) for row in seen} == {(2024, "final_accounts")}
    assert {row["link_text"] for row in seen} == {"附件下載", "某某縣衛生局2024年度部門決算公開"}
    assert {row["published_on"] for row in seen} == {"2025-09-11", "2025-09-10"}


@pytest.mark.parametrize("encoding", ["big5", "gb18030", "utf-8"])
@pytest.mark.parametrize(
    "text",
    [
        TRADITIONAL,
        "附件：衛生健康局決算.pdf",
        "首頁 政務公開 預算公開 關於我們 通知公告 下一頁",
        "住房和城鄉建設局、農業農村局、審計局",
    ],
)
def test_traditional_characters_in_any_encoding(text: str, encoding: str) -> None:
    assert decode_page(text.encode(encoding)) == text


@pytest.mark.parametrize("text", ["某县教育局2024年度部门决算公开", "決算", "一、收入支出决算总表", "镕镕镕"])
def test_simplified_text_is_never_taken_for_big5(text: str) -> None:
    assert decode_page(text.encode("gb18030")) == text


def test_a_query_is_asked_in_the_encoding_of_its_page(
    portal: Portal, source_of: SourceOf, crawl: Crawl
) -> None:
    """Browsers write a query in the page's encoding; in UTF-8 such a portal finds nothing."""
    column = quote("部门决算".encode("gbk"))
    name = quote("甲局决算.pdf".encode("gbk"))
    serve(portal, "/list/index.html", '<a href="list.jsp?lm=部门决算">部门决算公开</a>', "gbk", "gb2312")
    row = f'<a href="/down.jsp?f=甲局决算.pdf">{title_of("甲局")}</a>'
    serve(portal, f"/list/list.jsp?lm={column}", row, "gbk", "gb2312")
    portal.file(f"/down.jsp?f={name}", pdf("甲"))
    assert documents(crawl(source_of(portal))) == 1


def test_paging_keeps_what_a_portal_wrote_in_gbk(portal: Portal, source_of: SourceOf, crawl: Crawl) -> None:
    column = quote("部门决算".encode("gbk"))
    pager = f'<a href="list.jsp?lm={column}&page=3">3</a>'
    for number in (1, 2, 3):
        row = rows((f"P{number}.pdf", title_of("甲乙丙"[number - 1] + "局"), "2025-09-11"))
        portal.file(f"/list/P{number}.pdf", pdf(str(number)))
        tail = f"&page={number}" if number > 1 else ""
        serve(portal, f"/list/list.jsp?lm={column}{tail}", row + pager, "gbk", "gb2312")
    assert documents(crawl(source_of(portal, f"/list/list.jsp?lm={column}"))) == 3


def test_a_form_is_sent_in_the_encoding_of_its_page(
    portal: Portal, source_of: SourceOf, crawl: Crawl
) -> None:
    def answer(handler: BaseHTTPRequestHandler) -> Reply:
        fields = parse_qs(portal.forms[-1], encoding="gbk") if handler.command == "POST" else {}
        number = int(fields.get("page", ["1"])[0])
        is_understood = number == 1 or fields["lm"] == ["部门决算"]
        row = rows((f"P{number}.pdf", title_of("甲乙"[number - 1] + "局"), "2025-09-11"))
        form = (
            '<form method="post"><input type="hidden" name="lm" value="部门决算">'
            '<input type="hidden" name="page" value="1"></form>'
            "<script>function go(n){document.forms[0].page.value=n;document.forms[0].submit();}</script>"
            '<a href="javascript:go(2)">2</a>'
        )
        page = f"<html><body>{row if is_understood else ''}{form}</body></html>"
        return Reply(page.encode("gbk"), headers={"Content-Type": "text/html"})

    portal.routes["/list/index.jsp"] = answer
    for number in (1, 2):
        portal.file(f"/list/P{number}.pdf", pdf(str(number)))
    assert documents(crawl(source_of(portal, "/list/index.jsp"))) == 2


def test_a_redirect_to_a_name_in_gbk(portal: Portal, source_of: SourceOf, crawl: Crawl) -> None:
    target = "/f/甲局.pdf"
    portal.page("/list/index.html", html(rows(("x.pdf", title_of("甲局"), "2025-09-11"))))
    headers = {"Location": target.encode("gbk").decode("latin-1")}
    portal.routes["/list/x.pdf"] = Reply(b"", status=302, headers=headers)
    portal.file(quote(target.encode("gbk")), pdf("甲"))
    assert documents(crawl(source_of(portal))) == 1


# ---- lists behind forms -----------------------------------------------------------------------------------------

YEARS = '<select name="nd"><option value="">请选择年度</option><option>2023</option><option selected>2024</option></select>'
KINDS = '<select name="lx"><option value="1">部门预算</option><option value="2">部门决算</option></select>'


def search_portal(portal: Portal, form: str, *, shows: bool = False, answers: str = "nd") -> None:
    """A portal whose lists come by a form: of year ``nd``, of kind ``lx``; it shows the current one, or nothing."""

    def answer(handler: BaseHTTPRequestHandler) -> Reply:
        query = parse_qs(handler.path.partition("?")[2], keep_blank_values=True)
        asked = query.get(answers, [""])[0]
        listed = {"nd": {"2023": 2023, "2024": 2024}, "lx": {"1": 2023, "2": 2024}}[answers]
        years = [listed[asked]] if asked in listed else (list(listed.values()) if "all" in asked else [])
        if not query and shows:
            years = [2024]
        listing = rows(*((f"/f/{year}.pdf", title_of("甲局", year), "2025-09-11") for year in years))
        return Reply(html(form + listing).encode(), headers={"Content-Type": "text/html"})

    portal.routes["/list/index.html"] = portal.routes["/list/search"] = answer
    for year in (2023, 2024):
        portal.file(f"/f/{year}.pdf", pdf(str(year)))


@pytest.mark.parametrize(
    ("form", "answers"),
    [
        (f'<form action="search">年度：{YEARS}<input type=submit value="查询"></form>', "nd"),
        (
            f'<form action="/list/search" method="GET">{YEARS}<button onclick="go()">查询</button></form>',
            "nd",
        ),
        (f'<form action="search">{KINDS}<input type=text name=q placeholder="单位名称"></form>', "lx"),
        (
            '<form action="search">年度<select name="nd"><option value="all">全部</option>'
            "<option>2024</option></select></form>",
            "nd",
        ),
        (
            '<form action="search">部门决算<input type="radio" name="nd" value="2024">'
            '<input type="radio" name="nd" value="all" checked><input type=submit></form>',
            "nd",
        ),
    ],
)
def test_a_list_that_a_form_asks_for(
    portal: Portal, source_of: SourceOf, crawl: Crawl, form: str, answers: str
) -> None:
    search_portal(portal, form, answers=answers)
    assert documents(crawl(source_of(portal))) == 2


def test_a_page_with_a_form_shows_this_year_and_has_the_others(
    portal: Portal, source_of: SourceOf, crawl: Crawl
) -> None:
    search_portal(portal, f'<form action="search">{YEARS}<input type=submit value="查询"></form>', shows=True)
    assert documents(crawl(source_of(portal))) == 2
    assert "/list/search?nd=2024" not in portal.requests


def test_a_form_is_asked_for_wanted_years_only(portal: Portal, source_of: SourceOf, crawl: Crawl) -> None:
    search_portal(portal, f'<form action="search">{YEARS}</form>')
    assert documents(crawl(source_of(portal, years=[2024]))) == 1
    assert "/list/search?nd=2023" not in portal.requests


@pytest.mark.parametrize(
    "form",
    [
        '<form action="search"><input name="q" placeholder="请输入关键字"><input type=submit value="搜索"></form>',
        '<form action="search" method="post">年度<input name="q"></form>',
        '<form action="search">单位名称<input name="user"><input type="password" name="p"></form>',
        '<form action="search">对部门预算的意见<textarea name="t"></textarea></form>',
    ],
)
def test_other_forms_are_left_alone(portal: Portal, source_of: SourceOf, crawl: Crawl, form: str) -> None:
    search_portal(portal, form)
    assert not crawl(source_of(portal)).is_complete
    assert not [path for path in portal.requests if "search" in path]


# ---- lists that only a script could fetch -----------------------------------------------------------------------

FETCHES = {
    "jquery": ("$.ajax({type: 'post', url: '/api/list', success: function (r) { $('#box').html(r) }})", "/api/list"),
    "get": ("$.get('getList.do?id=7', function (r) { $('#box').html(r) })", "getList.do?id=7"),
    "fetch": ("fetch(`/api/list?page=1`).then(r => draw(document.getElementById('box'), r))", "/api/list"),
    "vue": ("axios.post('/api/list', q).then(r => { app.rows = r.data })", "/api/list"),
    "plain": ("var x = new XMLHttpRequest(); x.open('GET', '/api/list'); x.send()", "/api/list"),
}  # fmt: skip


@pytest.mark.parametrize("name", FETCHES)
@pytest.mark.parametrize("place", ["start", "column", "beside columns"])
def test_a_list_from_an_undeclared_interface_is_named(
    portal: Portal, source_of: SourceOf, crawl: Crawl, name: str, place: str
) -> None:
    code, address = FETCHES[name]
    menu = '<a href="/list/a/index.html">部门预算</a><a href="/list/b/index.html">部门决算</a><a href="/x">要闻</a>'
    waiting = html(f'{menu}<ul id="box"></ul><script>{code}</script>')
    static = html(menu + rows(("P.pdf", title_of("甲局"), "2025-09-11")))
    portal.page("/list/index.html", waiting if place == "start" else html(menu))
    portal.page("/list/a/index.html", waiting)
    portal.page("/list/b/index.html", static if place == "beside columns" else waiting)
    portal.file("/list/b/P.pdf", pdf("甲"))
    report = crawl(source_of(portal))
    assert not report.is_complete
    assert any("没有声明这个接口" in one and address in one for one in report.missing)


@pytest.mark.parametrize(
    "body",
    [
        '<div id="app"></div><script src="/app.js"></script>',
        '<a href="/x">要闻</a>' + "字" * 120 + '<ul id="list"></ul><script src="/list.js"></script>',
        '<a href="/x">要闻</a><div id="v"><li v-for="one in rows">{{one.title}}</li></div><script src="/a.js"></script>',
    ],
)
def test_a_list_that_scripts_from_elsewhere_fill(
    portal: Portal, source_of: SourceOf, crawl: Crawl, body: str
) -> None:
    portal.page("/list/index.html", html('<a href="a/">部门决算</a>'))
    portal.page("/list/a/", html(body))
    (missing,) = crawl(source_of(portal)).missing
    assert "由脚本生成" in missing


def test_scripts_beside_a_list_are_no_matter(portal: Portal, source_of: SourceOf, crawl: Crawl) -> None:
    furniture = """<ul id="tips"></ul><script src="/a.js"></script>
        <script>$.get('/visit/count', f); $.ajax({url: '/api/hot', success: function (r) { $('#tips').html(r) }})</script>"""
    portal.page(
        "/list/index.html", html('<a href="a/">部门决算</a><script>$.get("/visit/count.do")</script>')
    )
    portal.page("/list/a/", html(furniture + rows(("P.pdf", title_of("甲局"), "2025-09-11"))))
    portal.file("/list/a/P.pdf", pdf("甲"))
    assert documents(crawl(source_of(portal))) == 1


def test_a_list_that_grows_by_a_button_is_not_complete(
    portal: Portal, source_of: SourceOf, crawl: Crawl
) -> None:
    more = '<a href="javascript:;" onclick="loadMore()">加载更多</a><script>function loadMore(){ app.next() }</script>'
    portal.page("/list/index.html", html(rows(("P.pdf", title_of("甲局"), "2025-09-11")) + more))
    portal.file("/list/P.pdf", pdf("甲"))
    (missing,) = crawl(source_of(portal)).missing
    assert "读不懂它的脚本" in missing


def test_columns_without_any_disclosure_are_no_success(
    portal: Portal, source_of: SourceOf, crawl: Crawl
) -> None:
    portal.page("/list/index.html", html('<a href="a/">部门决算</a><a href="/x">要闻</a>'))
    portal.page("/list/a/", html('<a href="/x">要闻</a>暂无数据'))
    (missing,) = crawl(source_of(portal)).missing
    assert "没有认出任何预决算公开" in missing
