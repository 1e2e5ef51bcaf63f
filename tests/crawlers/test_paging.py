"""Where lists go on, in the variants that portals write."""

from __future__ import annotations

import pytest

from crawlers.pages import parse_page
from crawlers.paging import announced_count, further_pages, list_identity

from .conftest import Crawl, Portal, SourceOf, html, pdf, rows

BASE = "http://h.example/czyjs"


def pages_of(body: str, url: str = f"{BASE}/index.html") -> list[str]:
    return [one.removeprefix(BASE) for one in further_pages(parse_page(html(body), url))]


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ('createPageHTML(3, 0, "index", "html")', ["/index_1.html", "/index_2.html"]),
        ("createPageHTML(1, 0, 'index', 'html')", []),
        ('createPage(3,0,"index","htm")', ["/index_1.htm", "/index_2.htm"]),
        ("createPageHTML('page_div',3, 1,'nav_list','shtml',22)", ["/nav_list_2.shtml", "/nav_list_3.shtml"]),
        ("var countPage=3; var currentPage=0;", ["/index_1.html", "/index_2.html"]),
        (
            'page_count=Math.ceil(23/10); createPageHTML(page_count, parseInt(now), "index", "html")',
            ["/index_2.html", "/index_3.html"],
        ),
    ],
)
def test_scripts(script: str, expected: list[str]) -> None:
    assert pages_of(f"<script>{script}</script>") == expected


@pytest.mark.parametrize(
    ("links", "expected"),
    [
        (
            '<a href="index_2.html">2</a><a href="index_4.html">尾页</a>',
            ["/index_2.html", "/index_3.html", "/index_4.html"],
        ),
        ('<a href="column-index-3.shtml">3</a>', ["/column-index-2.shtml", "/column-index-3.shtml"]),
        ('<a href="index_2.html">下一页</a>', ["/index_2.html"]),
        ('<a href="?page=2">2</a><a href="?page=3">末页</a>', ["/index.html?page=2", "/index.html?page=3"]),
        ('<a href="list.jsp?a=1&amp;pageNo=2&amp;b=">第二版</a>', []),
        ('<a href="list.jsp?a=1&amp;pageNo=2&amp;b=">下一页</a>', ["/list.jsp?a=1&pageNo=2&b="]),
        ('<a href="/other/index_2.html">2</a>', []),
        ('<a href="http://o.example/czyjs/index_2.html">2</a>', []),
        ('<a href="t20260101_99999.html">2</a>', []),
    ],
)
def test_links(links: str, expected: list[str]) -> None:
    assert pages_of(links) == expected


@pytest.mark.parametrize(
    ("body", "count"),
    [
        ('<script>createPageHTML(9, 0, "index", "html")</script>', 9),
        ("共 <b>12</b> 页", 12),
        ("共3页", 3),
        ('<input value=\'{"page":1,"totalPages":4}\'>', 4),
        ("共 99 条", None),
        ("", None),
    ],
)
def test_what_a_list_says_of_its_length(body: str, count: int | None) -> None:
    assert announced_count(parse_page(html(body), f"{BASE}/index.html")) == count


def test_folder_and_index_are_one_list() -> None:
    assert (
        list_identity(f"{BASE}/")
        == list_identity(f"{BASE}/index.html")
        == list_identity(f"{BASE}/index.htm#top")
    )
    assert list_identity(f"{BASE}/index_1.html") != list_identity(f"{BASE}/")


def test_article_in_parts(portal: Portal, source_of: SourceOf, crawl: Crawl) -> None:
    title = "某县甲局2024年度部门决算"
    script = '<script>createPage(2,0,"t1","html")</script>'
    portal.page("/list/index.html", html(rows(("t1.html", title, "2025-09-01"))))
    portal.page("/list/t1.html", html('<a href="1.pdf">附件1</a>' + script, title))
    portal.page("/list/t1_1.html", html('<a href="2.pdf">附件2</a>', title))
    for number in (1, 2):
        portal.file(f"/list/{number}.pdf", pdf(str(number)))
    report = crawl(source_of(portal))
    assert report.is_complete
    assert report.attachments_found == 2
    portal.fail("/list/t1_1.html")
    broken = crawl(source_of(portal))
    assert not broken.is_complete
    assert "文章续页" in broken.missing[0]


def test_collecting_article_leads_to_the_articles_of_its_units(
    portal: Portal, source_of: SourceOf, crawl: Crawl
) -> None:
    portal.page(
        "/list/index.html", html(rows(("all.html", "某局2024年度部门决算情况说明汇总", "2025-09-01")))
    )
    inner = rows(("a.html", "某局甲站2024年度单位决算", ""), ("b.html", "某局乙站2024年度单位决算", ""))
    portal.page("/list/all.html", html(inner, "某局2024年度部门决算情况说明汇总"))
    for name in "ab":
        portal.page(
            f"/list/{name}.html",
            html(f'<a href="{name}.pdf">附件</a><a href="all.html">返回2024年度部门决算</a>'),
        )
        portal.file(f"/list/{name}.pdf", pdf(name))
    report = crawl(source_of(portal))
    assert report.is_complete
    assert report.attachments_found == 2


def test_limits_on_lists_and_articles_are_said(district: Portal, source_of: SourceOf, crawl: Crawl) -> None:
    report = crawl(source_of(district, limits={"list_pages": 2, "detail_pages": 3}))
    assert not report.is_complete
    assert sorted(line.partition("超过")[0] for line in report.missing) == ["列表页", "文章页"]
    assert report.pages_seen == 3
