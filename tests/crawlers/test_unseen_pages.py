"""Pages of kinds that no saved page shows: tables with merged cells, rows that scripts make, viewers, endless pagers."""

from __future__ import annotations

import json
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from urllib.parse import parse_qs, quote

import pytest

from crawlers.report import CrawlReport
from crawlers.store import Store

from .conftest import Crawl, Portal, Reply, SourceOf, html, pdf, rows

UNITS = ("甲局", "乙局", "丙局", "丁局", "戊局", "己局")


def title_of(name: str) -> str:
    return f"某县{name}2024年度部门决算公开"


def documents(report: CrawlReport) -> int:
    assert report.missing == []
    assert report.refused == []
    return report.attachments_found


def listed(tmp_path: Path) -> dict[str, tuple[str, int, str]]:
    """What the pages said of each file: unit, year, kind."""
    return {
        row["file_name"]: (row["listed_unit"], row["listed_year"], row["listed_kind"])
        for row in Store(tmp_path / "home").read_sightings().to_dicts()
    }


JIA, YI = "某县甲局", "某县乙局"
MERGED = {
    "heads over two rows": (
        "<tr><th rowspan=2>序号</th><th rowspan=2>单位</th><th colspan=2>2024年度</th><th colspan=2>2023年度</th></tr>"
        "<tr><th>部门预算</th><th>部门决算</th><th>部门预算</th><th>部门决算</th></tr>"
        "<tr><td>1</td><td>某县甲局</td><td><a href=a.pdf>查看</a></td><td><a href=b.pdf>查看</a></td>"
        "<td><a href=c.pdf>查看</a></td><td></td></tr>"
        "<tr><td>2</td><td>某县乙局</td><td></td><td></td><td></td><td><a href=d.pdf>查看</a></td></tr>",
        {
            "a.pdf": (JIA, 2024, "budget"),
            "b.pdf": (JIA, 2024, "final_accounts"),
            "c.pdf": (JIA, 2023, "budget"),
            "d.pdf": (YI, 2023, "final_accounts"),
        },
    ),
    "a unit beside several years": (
        "<tr><th>单位</th><th>年度</th><th>文件</th></tr>"
        "<tr><td rowspan=2>某县甲局</td><td>2024</td><td><a href=a.pdf>部门决算</a></td></tr>"
        "<tr><td>2023年</td><td><a href=b.pdf>部门决算</a></td></tr>"
        "<tr><td>某县乙局</td><td>2024</td><td><a href=c.pdf>部门预算</a></td></tr>",
        {
            "a.pdf": (JIA, 2024, "final_accounts"),
            "b.pdf": (JIA, 2023, "final_accounts"),
            "c.pdf": (YI, 2024, "budget"),
        },
    ),
    "a title in the first row": (
        "<tr><td colspan=3>某县部门预决算公开一览表</td></tr>"
        "<tr><td>单位名称</td><td>2024年部门决算</td><td>2025年部门预算</td></tr>"
        "<tr><td>某县甲局</td><td><a href=a.pdf>下载</a></td><td><a href=b.pdf>下载</a></td></tr>",
        {"a.pdf": (JIA, 2024, "final_accounts"), "b.pdf": (JIA, 2025, "budget")},
    ),
    "spans that mean nothing": (
        "<tr><th colspan=0>单位</th><th colspan=x>2024年部门决算</th></tr>"
        "<tr><td rowspan=99999>某县甲局</td><td rowspan=-1 colspan=99999><a href=a.pdf>下载</a></td></tr>",
        {"a.pdf": (JIA, 2024, "final_accounts")},
    ),
}


@pytest.mark.parametrize("name", MERGED)
def test_tables_with_merged_cells(
    portal: Portal, source_of: SourceOf, crawl: Crawl, tmp_path: Path, name: str
) -> None:
    table, expected = MERGED[name]
    for file in expected:
        portal.file(f"/list/{file}", pdf(file))
    portal.page("/list/index.html", html(f"<table>{table}</table>", "部门预决算公开"))
    assert documents(crawl(source_of(portal))) == len(expected)
    assert listed(tmp_path) == expected


@pytest.mark.parametrize(
    "script",
    [
        "$.each(data, function (i, d) { $('#b').append('<li><a href=\"/art/' + d.id + '.html\">' + d.title + '</a>'); });",
        "for (var i = 0; i < data.length; i++) { var u = '/art/' + data[i].id + '.html'; show(u, data[i].title); }",
        'data.forEach(d => { box.innerHTML += `<li><a href="/art/${d.id}.html">${d.title}</a></li>` });',
    ],
)
def test_rows_of_which_a_script_knows_only_the_number(
    portal: Portal, source_of: SourceOf, crawl: Crawl, script: str
) -> None:
    records = [{"id": k + 100, "title": title_of(unit), "date": "2025-09-11"} for k, unit in enumerate(UNITS)]
    data = json.dumps(records, ensure_ascii=False)
    portal.page("/list/index.html", html(f"<ul id=b></ul><script>var data = {data}; {script}</script>"))
    for k, unit in enumerate(UNITS):
        portal.page(f"/art/{k + 100}.html", html(f'<a href="P{k}.pdf">附件</a>', title_of(unit)))
        portal.file(f"/art/P{k}.pdf", pdf(unit))
    assert documents(crawl(source_of(portal))) == len(UNITS)


@pytest.mark.parametrize(
    "call",
    [
        "$.ajax({url: '/api/list', success: function (r) { render(r.data.items) }})",
        "fetch('/api/list').then(r => r.json())",
    ],
)
def test_a_list_that_only_an_undeclared_interface_has_is_no_success(
    portal: Portal, source_of: SourceOf, crawl: Crawl, call: str
) -> None:
    portal.page("/list/index.html", html(f"<ul id=b></ul><script>{call}</script>"))
    assert not crawl(source_of(portal)).is_complete


SHOWN = {
    "an id behind a script": ('<a href="/cms/download.do?id=77&type=1">附件1</a>', "/cms/download.do?id=77&type=1"),
    "a viewer's address": (
        '<iframe src="/pdfjs/web/viewer.html?file=%2Ff%2Fx.pdf#page=1"></iframe>',
        "/f/x.pdf",
    ),
    "an object without suffix": ('<object data="/f/get?id=5" type="application/pdf"></object>', "/f/get?id=5"),
    "an embed without suffix": ('<embed src="/f/get?id=5" type="application/pdf">', "/f/get?id=5"),
    "a download without suffix": ('<a href="/f/5" download>甲局</a>', "/f/5"),
    "a function of an id": (
        """<a href="javascript:void(0)" onclick="down('77')">附件：甲局决算.pdf</a>
        <script>function down(id) { window.location.href = '/cms/download.do?id=' + id; }</script>""",
        "/cms/download.do?id=77",
    ),
    "a button": ("""<button onclick="window.open('/f/x.pdf')">下载附件</button>""", "/f/x.pdf"),
    "a script's viewer": ("""<script>PDFObject.embed("/f/x.pdf", "#v");</script>""", "/f/x.pdf"),
    "backslashes": ('<a href="\\f\\x.pdf">附件</a>', "/f/x.pdf"),
    "a blank in the name": ('<a href="/f/甲局 2024.pdf">附件</a>', "/f/" + quote("甲局 2024.pdf")),
}  # fmt: skip


@pytest.mark.parametrize("name", SHOWN)
def test_ways_to_show_a_file(portal: Portal, source_of: SourceOf, crawl: Crawl, name: str) -> None:
    body, path = SHOWN[name]
    portal.page("/list/index.html", html(rows(("../art/1.html", title_of("甲局"), "2025-09-11"))))
    portal.page("/art/1.html", html(body, title_of("甲局")))
    portal.file(path, pdf("甲局"))
    assert documents(crawl(source_of(portal))) == 1


@pytest.mark.parametrize("base", ["deep/er/", "./deep/er/index.html", "//{host}/list/deep/er/"])
def test_a_relative_base(portal: Portal, source_of: SourceOf, crawl: Crawl, base: str) -> None:
    given = base.format(host=f"127.0.0.1:{portal.port}")
    link = f'<a href="../a/x.pdf">{title_of("甲局")}</a>'
    portal.page("/list/index.html", f'<html><head><base href="{given}"></head><body>{link}</body></html>')
    portal.file("/list/deep/a/x.pdf", pdf("x"))
    assert documents(crawl(source_of(portal))) == 1


@pytest.mark.parametrize(
    ("encoding", "declared"), [("gb18030", "utf-8"), ("utf-8", "gb2312"), ("utf-16", "utf-8")]
)
def test_a_page_that_lies_about_its_encoding(
    portal: Portal, source_of: SourceOf, crawl: Crawl, encoding: str, declared: str
) -> None:
    page = f'<html><head><meta charset="{declared}"></head><body>{rows(("P.pdf", title_of("甲局"), "2025-09-11"))}</body></html>'
    portal.routes["/list/index.html"] = Reply(page.encode(encoding), headers={"Content-Type": "text/html"})
    portal.file("/list/P.pdf", pdf("x"))
    assert documents(crawl(source_of(portal))) == 1


def test_an_address_in_gbk_has_a_readable_name(
    portal: Portal, source_of: SourceOf, crawl: Crawl, tmp_path: Path
) -> None:
    path = "/list/" + quote("甲局决算.pdf".encode("gbk"))
    portal.page("/list/index.html", html(rows((path, title_of("甲局"), "2025-09-11"))))
    portal.file(path, pdf("x"))
    assert documents(crawl(source_of(portal))) == 1
    assert list(listed(tmp_path)) == ["甲局决算.pdf"]


def endless(portal: Portal, kind: str) -> None:
    """Three pages that are known only by 下一页, which never ends."""
    for k, unit in enumerate(UNITS):
        portal.file(f"/list/P{k}.pdf", pdf(unit))

    def answer(handler: BaseHTTPRequestHandler) -> Reply:
        page = int(parse_qs(handler.path.partition("?")[2]).get("page", ["1"])[0])
        shown = 3 if page > 3 and kind == "the last for ever" else page
        listed = [
            (f"P{k}.pdf", title_of(UNITS[k]), "2025-09-11") for k in (2 * shown - 2, 2 * shown - 1) if k < 6
        ]
        following = {"the last leads to itself": min(page + 1, 3), "round and round": page % 3 + 1}
        body = f'<ul>{rows(*listed)}</ul><a href="?page={following.get(kind, page + 1)}">下一页</a>'
        return Reply(html(body).encode(), headers={"Content-Type": "text/html"})

    portal.routes["/list/index.html"] = answer


@pytest.mark.parametrize(
    "kind", ["the last leads to itself", "round and round", "the last for ever", "empty pages for ever"]
)
def test_pagers_without_an_end(portal: Portal, source_of: SourceOf, crawl: Crawl, kind: str) -> None:
    endless(portal, kind)
    assert documents(crawl(source_of(portal))) == 6
    assert sum(portal.requests.values()) < 20


def test_a_page_that_repeats_another_is_missed_where_the_list_says_its_length(
    portal: Portal, source_of: SourceOf, crawl: Crawl
) -> None:
    pager = '<script>createPageHTML(3, 0, "index", "html")</script>'
    first = html(rows(("P0.pdf", title_of("甲局"), "2025-09-11")) + pager)
    portal.page("/list/index.html", first)
    portal.page("/list/index_1.html", html(rows(("P1.pdf", title_of("乙局"), "2025-09-11")) + pager))
    portal.page("/list/index_2.html", first)  # in place of the third
    for number in range(2):
        portal.file(f"/list/P{number}.pdf", pdf(str(number)))
    (missing,) = crawl(source_of(portal)).missing
    assert "共 3 页" in missing
    assert "1 页与前面的页相同" in missing


@pytest.mark.parametrize("shown", ["（2025年9月20日）", "2025.09.20", "[2025/9/20]", "2025-9-20"])
def test_a_date_in_the_words_beside_a_link(
    portal: Portal, source_of: SourceOf, crawl: Crawl, tmp_path: Path, shown: str
) -> None:
    portal.page("/list/index.html", html(f'<p><a href="x.pdf">{title_of("甲局")}</a>{shown}</p>'))
    portal.file("/list/x.pdf", pdf("甲局"))
    assert documents(crawl(source_of(portal))) == 1
    (sighting,) = Store(tmp_path / "home").read_sightings().to_dicts()
    assert sighting["published_on"] == "2025-09-20"
