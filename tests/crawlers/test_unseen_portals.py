"""Links, files and articles of kinds that no saved page shows: each small portal behaves in one way."""

from __future__ import annotations

from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from crawlers.store import Store

from .conftest import Crawl, Portal, Reply, SourceOf, html, pdf, rows
from .units import UNITS, documents, publish, three_pages, title_of


@pytest.mark.parametrize(
    "anchor",
    [
        """<a href="javascript:;" onclick="window.open('/art/1.html')">{title}</a>""",
        """<a onclick="window.open('../art/1.html','_blank')">{title}</a>""",
        """<li onclick="location.href='/art/1.html'">{title}</li>""",
        """<a href="javascript:show('1')">{title}</a><script>function show(id){{window.open('/art/'+id+'.html')}}</script>""",
        """<a href="#" data-href="/art/1.html">{title}</a>""",
        """<a href="/art/1.html;jsessionid=8A1">{title}</a>""",
        """<a href="../art/1.html#content">{title}</a>""",
    ],
)
def test_links_that_are_no_plain_links(
    portal: Portal, source_of: SourceOf, crawl: Crawl, anchor: str
) -> None:
    portal.page("/list/index.html", html(f"<ul><li>{anchor.format(title=title_of('甲局'))}</li></ul>"))
    article = Reply(html('<a href="/art/P.pdf">附件</a>', title_of("甲局")).encode())
    portal.routes["/art/1.html"] = portal.routes["/art/1.html;jsessionid=8A1"] = article
    portal.file("/art/P.pdf", pdf("甲局"))
    assert documents(crawl(source_of(portal))) == 1


def test_session_ids_name_nothing(portal: Portal, source_of: SourceOf, crawl: Crawl, tmp_path: Path) -> None:
    loads = iter(range(9))

    def listing(_: BaseHTTPRequestHandler) -> Reply:
        session = next(loads)
        row = rows((f"/list/down;jsessionid={session}?id=7", title_of("甲局"), "2025-09-11"))
        return Reply(html(row).encode())

    portal.routes["/list/index.html"] = listing
    for session in range(9):
        portal.file(f"/list/down;jsessionid={session}?id=7", pdf("甲局"))
    for _ in range(2):
        assert documents(crawl(source_of(portal))) == 1
    assert len(Store(tmp_path / "home").read_sightings()) == 1


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("attachment; filename=甲局决算.pdf".encode("gb18030").decode("latin-1"), "甲局决算.pdf"),
        ("attachment; filename=甲局决算.pdf".encode().decode("latin-1"), "甲局决算.pdf"),
        ("attachment; filename*=UTF-8''%E7%94%B2%E5%B1%80%E5%86%B3%E7%AE%97.pdf", "甲局决算.pdf"),
        ('attachment; filename="%E7%94%B2%E5%B1%80%E5%86%B3%E7%AE%97.pdf"', "甲局决算.pdf"),
        ('attachment; filename="=?UTF-8?B?55Sy5bGA5Yaz566XLnBkZg==?="', "甲局决算.pdf"),
        ('attachment; filename="../../etc/a\\b.pdf"', "b.pdf"),
        ("inline", "downloadfile"),
    ],
)
def test_files_behind_a_script_that_names_them_in_a_header(
    portal: Portal, source_of: SourceOf, crawl: Crawl, tmp_path: Path, header: str, name: str
) -> None:
    portal.page("/list/index.html", html(rows(("../art/1.html", title_of("甲局"), "2025-09-11"))))
    portal.page("/art/1.html", html('<a href="downloadfile?id=7">附件</a>', title_of("甲局")))
    portal.routes["/art/downloadfile?id=7"] = Reply(
        pdf("甲局"), headers={"Content-Type": "application/octet-stream", "Content-Disposition": header}
    )
    for _ in range(2):
        assert documents(crawl(source_of(portal))) == 1
    (sighting,) = Store(tmp_path / "home").read_sightings().to_dicts()
    assert sighting["file_name"] == name


@pytest.mark.parametrize("year", ["2024年", "2024年度", "2024", "2024年部门决算"])
def test_column_then_years_then_units(portal: Portal, source_of: SourceOf, crawl: Crawl, year: str) -> None:
    portal.page("/list/index.html", html('<a href="zl/index.html">部门预决算公开专栏</a>', "信息公开"))
    portal.page(
        "/list/zl/index.html",
        html(
            f'<ul><li><a href="y24/">{year}</a></li><li><a href="y09/">2009年</a></li></ul>',
            "部门预决算公开专栏",
        ),
    )
    portal.page("/list/zl/y09/", html("空"))
    articles = [(f"t{k}.html", f"某县{name}", "2025-09-11") for k, name in enumerate(UNITS)]
    portal.page("/list/zl/y24/", html(rows(*articles), "2024年度部门决算公开"))
    for k, name in enumerate(UNITS):
        portal.page(f"/list/zl/y24/t{k}.html", html(f'<a href="{k}.pdf">附件</a>', f"某县{name}"))
        portal.file(f"/list/zl/y24/{k}.pdf", pdf(name))
    report = crawl(source_of(portal, years=[2024]))
    assert documents(report) == 6


def test_columns_elsewhere_on_the_host_where_the_start_page_has_nothing_else(
    portal: Portal, source_of: SourceOf, crawl: Crawl
) -> None:
    portal.page("/col/c1/index.html", html('<a href="/col/c2/index.html">部门决算</a>'))
    portal.page("/col/c2/index.html", html(publish(portal, "甲局")))
    assert documents(crawl(source_of(portal, "/col/c1/index.html"))) == 1


def test_a_list_in_a_frame(portal: Portal, source_of: SourceOf, crawl: Crawl) -> None:
    portal.page("/list/index.html", html('<a href="/">首页</a><iframe src="inner.html"></iframe>'))
    three_pages(
        portal,
        ["/list/inner.html", "/list/inner_1.html", "/list/inner_2.html"],
        lambda _: '<script>createPageHTML(3, 0, "inner", "html")</script>',
    )
    assert documents(crawl(source_of(portal))) == 6


def test_an_article_in_a_frame(portal: Portal, source_of: SourceOf, crawl: Crawl) -> None:
    portal.page("/list/index.html", html(rows(("t.html", title_of("甲局"), "2025-09-11"))))
    portal.page("/list/t.html", html('<iframe src="/cms/body?id=1"></iframe>', title_of("甲局")))
    portal.page("/cms/body?id=1", html('<a href="x.pdf">附件</a>', ""))
    portal.file("/cms/x.pdf", pdf("甲局"))
    assert documents(crawl(source_of(portal))) == 1


TABLES = {
    "unit in the first column, words in the links": (
        "<tr><th>单位</th><th>公开内容</th></tr>"
        '<tr><td>某县甲局</td><td><a href="P0.pdf">2024年部门决算</a></td></tr>'
        '<tr><td>某县乙局</td><td><a href="P1.pdf">2024年部门决算</a></td></tr>'
    ),
    "unit in the first column, year and kind in the heads": (
        "<tr><th>单位名称</th><th>2024年部门决算</th><th>2024年部门预算</th></tr>"
        '<tr><td>某县甲局</td><td><a href="P0.pdf">下载</a></td><td></td></tr>'
        '<tr><td>某县乙局</td><td><a href="P1.pdf">下载</a></td><td><a href="P2.pdf">查看</a></td></tr>'
    ),
    "number before the unit, heads in plain cells": (
        "<tr><td>序号</td><td>部门</td><td>2024年决算</td></tr>"
        '<tr><td>1</td><td>某县甲局</td><td><a href="P0.pdf">点击查看</a></td></tr>'
        '<tr><td>2</td><td>某县乙局</td><td><a href="P1.pdf">点击查看</a></td></tr>'
    ),
    "rows of a list": (
        '</table><ul><li>某县甲局<a href="P0.pdf">2024年决算</a></li>'
        '<li>某县乙局 <a href="P1.pdf">2024年决算</a></li></ul><table>'
    ),
    "terms and descriptions": (
        '</table><dl><dt>某县甲局</dt><dd><a href="P0.pdf">2024年部门决算</a></dd>'
        '<dt>某县乙局</dt><dd><a href="P1.pdf">2024年部门决算</a></dd></dl><table>'
    ),
}


@pytest.mark.parametrize("name", TABLES)
def test_a_table_of_all_units(
    portal: Portal, source_of: SourceOf, crawl: Crawl, tmp_path: Path, name: str
) -> None:
    for unit in UNITS[:3]:
        publish(portal, unit)
    portal.page("/list/index.html", html(f"<table>{TABLES[name]}</table>", "部门预决算公开"))
    report = crawl(source_of(portal))
    assert documents(report) == TABLES[name].count(".pdf")
    seen = Store(tmp_path / "home").read_sightings().to_dicts()
    units = {row["file_name"]: (row["listed_unit"], row["listed_year"], row["listed_kind"]) for row in seen}
    assert units["P0.pdf"] == ("某县甲局", 2024, "final_accounts")
    assert units["P1.pdf"] == ("某县乙局", 2024, "final_accounts")
    assert units.get("P2.pdf", ("某县乙局", 2024, "budget")) == ("某县乙局", 2024, "budget")


@pytest.mark.parametrize(
    "shown",
    [
        "发布时间：2025-09-20 10:00",
        "发布日期: 2025年9月20日",
        "时间：<span>2025/09/20</span>",
        "[2025-09-20] 来源：财政局",
    ],
)
def test_a_date_that_only_the_page_shows(
    portal: Portal, source_of: SourceOf, crawl: Crawl, tmp_path: Path, shown: str
) -> None:
    portal.page("/list/index.html", html(f'<a href="t.html">{title_of("甲局")}</a>'))
    portal.page(
        "/list/t.html",
        html(
            f'<h1>{title_of("甲局")}</h1><div>{shown}</div><p>截至2024年12月31日</p><a href="x.pdf">附件</a>'
        ),
    )
    portal.file("/list/x.pdf", pdf("甲局"))
    assert documents(crawl(source_of(portal))) == 1
    (sighting,) = Store(tmp_path / "home").read_sightings().to_dicts()
    assert sighting["published_on"] == "2025-09-20"


def test_base_address_and_parent_links(portal: Portal, source_of: SourceOf, crawl: Crawl) -> None:
    portal.page(
        "/list/index.html",
        f'<html><head><base href="/deep/er/"></head><body><a href="../a/1.html">{title_of("甲局")}</a></body></html>',
    )
    portal.page("/deep/a/1.html", html('<a href=" ../../f/x.pdf ">附件</a>', title_of("甲局")))
    portal.file("/f/x.pdf", pdf("甲局"))
    assert documents(crawl(source_of(portal))) == 1


def test_decoys_stay_out_and_both_kinds_of_many_years_come(
    portal: Portal, source_of: SourceOf, crawl: Crawl
) -> None:
    wanted = [
        "某县甲局2024年度部门决算公开",
        "某县甲局2025年部门预算公开",
        "某县甲局2023年部门预算",
        "2022年某县甲局（本级）决算公开说明",
        "关于公开某县甲局2021年度部门决算的说明",
    ]
    decoys = [
        "某县甲局办公设备采购公告",
        "关于某县2024年财政预算执行情况和2025年财政预算草案的报告",
        "关于做好2024年度部门决算公开工作的通知",
        "2025年部门预算公开单位名单",
        "某县2024年政府决算公开",
        "某县2025年政府预算公开",
        "部门预算公开操作指南",
        "某县甲局2024年预算绩效评价机构采购结果公示",
        "某县财政局关于2024年部门预算的批复",
        "一图读懂某县2025年部门预算",
    ]
    for number, _ in enumerate(wanted):
        portal.file(f"/list/w{number}.pdf", pdf(str(number)))
    links = [(f"w{k}.pdf", one, "2025-09-11") for k, one in enumerate(wanted)]
    links += [(f"d{k}.html", one, "2025-09-11") for k, one in enumerate(decoys)]
    portal.page("/list/index.html", html(rows(*links), "财政预决算"))
    report = crawl(source_of(portal))
    assert documents(report) == len(wanted)
    assert not any("/list/d" in path for path in portal.requests)


def test_an_article_whose_file_has_the_words_of_the_list(
    portal: Portal, source_of: SourceOf, crawl: Crawl
) -> None:
    portal.page("/list/index.html", html(rows(("t.html", title_of("甲局"), "2025-09-11"))))
    portal.page("/list/t.html", html(f'<a href="/oss/get?k=8a8">{title_of("甲局")}</a>', title_of("甲局")))
    portal.file("/oss/get?k=8a8", pdf("甲局"))
    assert documents(crawl(source_of(portal))) == 1
