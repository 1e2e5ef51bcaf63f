"""Pages as further portal families publish them: what a person would call a disclosure is found, with what is said of it.

Each page is small and our own. ``None`` for a date where nothing shows one.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from crawlers.store import Store
from crawlers.widgets import widget_count, widget_pages

from .conftest import Crawl, Portal, SourceOf, html, pdf, rows

#: A disclosure as a person sees it: its file, unit, year, kind and date.
Seen = tuple[str, str | None, int | None, str | None, str | None]
JIA, YI, BING, DING = "某县甲局", "某县乙局", "某县丙局", "某县丁局"
FINAL, BUDGET = "final_accounts", "budget"


def article(
    portal: Portal, path: str, title: str, file: str, markup: str = '<a href="{file}">附件</a>'
) -> None:
    portal.page(path, html(f"<h1>{title}</h1>{markup.replace('{file}', file)}", title))
    portal.file(file, pdf(file))


def blog(portal: Portal) -> list[Seen]:
    """A blog's column: entries with a machine's date and words like 三个月前, a link on, its pager in words."""

    def entry(number: int, title: str, day: str) -> str:
        address = f"/2025/{number}/"
        article(
            portal, address, title, f"/up/{number}.pdf",
            '<div class="file"><a href="{file}">查看</a><a href="{file}" download>下载</a></div>',
        )  # fmt: skip
        return (
            f'<article><header><h2><a href="{address}" rel="bookmark">{title}</a></h2><span>发布于 '
            f'<time datetime="{day}T08:00:00+08:00">三个月前</time></span></header><p>各位：'
            f'<a class="more-link" href="{address}">阅读全文<span> {title}</span></a></p></article>'
        )

    first = entry(1, f"{JIA}2024年度部门决算", "2025-09-11") + entry(2, "召开工作会议", "2025-09-10")
    portal.page("/list/", html(first + '<a class="next page-numbers" href="/list/page/2/">较旧文章 »</a>'))
    portal.page(
        "/list/page/2/", html(entry(3, f"{YI}2025年部门预算", "2025-02-08") + '<a href="/list/">较新文章</a>')
    )
    portal.routes["/list/index.html"] = portal.routes["/list/"]
    return [("1.pdf", JIA, 2024, FINAL, "2025-09-11"), ("3.pdf", YI, 2025, BUDGET, "2025-02-08")]


def cards(portal: Portal) -> list[Seen]:
    """Cards: the title stands in an element of its own, the link only says 查看详情 or is a picture."""
    article(portal, "/list/a.html", f"{JIA}2024年度部门决算公开", "/list/1.pdf")
    article(portal, "/list/c.html", "关于举办培训班的通知", "/list/3.pdf")
    portal.file("/list/2.pdf", pdf("2"))
    portal.page("/list/index.html", html(
        f'<div class="card"><h3>{JIA}2024年度部门决算公开</h3><p>2025-09-11</p><a href="a.html">查看详情</a></div>'
        f'<div class="card"><p class="t">{YI}2025年部门预算公开</p><p>2025-02-08</p><a href="2.pdf"><img src="d.png"></a></div>'
        '<div class="card"><h3>关于举办培训班的通知</h3><p>2025-03-01</p><a href="c.html">查看详情</a></div>'
    ))  # fmt: skip
    return [("1.pdf", JIA, 2024, FINAL, "2025-09-11"), ("2.pdf", YI, 2025, BUDGET, "2025-02-08")]


def widgets(portal: Portal) -> list[Seen]:
    """A pager that a widget draws from its options."""
    for number, name in enumerate((JIA, YI, BING)):
        listed = rows((f"{number}.pdf", f"{name}2024年度部门决算", "2025-09-11"))
        portal.file(f"/list/{number}.pdf", pdf(name))
        page = "index.html" if not number else f"index_{number + 1}.html"
        options = (
            "laypage.render({elem: 'pages', count: 45, limit: 15, curr: %d, jump: function(obj, first){"
            "if(!first){ location.href = 'index_' + obj.curr + '.html'; } }});"
        )
        portal.page(
            f"/list/{page}", html(f'{listed}<div id="pages"></div><script>{options % (number + 1)}</script>')
        )
    return [(f"{k}.pdf", name, 2024, FINAL, "2025-09-11") for k, name in enumerate((JIA, YI, BING))]


def columns(portal: Portal) -> list[Seen]:
    """An entrance with blocks of the newest, each with 更多 to the whole list."""
    for number, name in enumerate((JIA, YI, BING, DING)):
        portal.file(f"/jsgk/{number}.pdf", pdf(name))
    portal.page("/list/index.html", html(
        '<div class="hd"><span>部门决算</span><a href="/jsgk/">更多&gt;&gt;</a></div>'
        + rows(("/jsgk/0.pdf", f"{JIA}2024年度部门决算", "2025-09-11"))
        + '<div class="hd"><span>工作动态</span><a href="/gzdt/">更多&gt;&gt;</a></div>'
        + rows(("/gzdt/1.html", "我局召开会议", "2025-09-12")), "财政信息"
    ))  # fmt: skip
    portal.page("/jsgk/", html(rows(
        *[(f"/jsgk/{k}.pdf", f"{name}2024年度部门决算", "2025-09-11") for k, name in enumerate((JIA, YI, BING, DING))]
    ), "部门决算"))  # fmt: skip
    portal.page("/gzdt/", html(rows(("/gzdt/1.html", "我局召开会议", "2025-09-12"))))
    return [(f"{k}.pdf", name, 2024, FINAL, "2025-09-11") for k, name in enumerate((JIA, YI, BING, DING))]


def functions(portal: Portal) -> list[Seen]:
    """Attachments behind a function of the page that builds the address from its own variables, with a name beside."""
    script = (
        "<script>var ctx = '/portal'; var base = ctx + '/file';"
        "function down(id, name) { window.open(base + '/download.jsp?fileid=' + id + '&t=1'); }</script>"
    )
    article(
        portal, "/list/a.html", f"{JIA}2024年度部门决算公开", "/portal/file/download.jsp?fileid=77&t=1",
        script + "<p>附件：<a href=\"javascript:void(0)\" onclick=\"down('77', '甲局决算.pdf')\">决算公开表.pdf</a></p>",
    )  # fmt: skip
    portal.page("/list/index.html", html(rows(("a.html", f"{JIA}2024年度部门决算公开", "2025-09-11"))))
    return [("download.jsp", JIA, 2024, FINAL, "2025-09-11")]


def growing(portal: Portal) -> list[Seen]:
    """A list that grows as one scrolls, by a plain address that the page names."""
    for number, name in enumerate((JIA, YI, BING)):
        portal.file(f"/list/{number}.pdf", pdf(name))
        more = f'<a class="more" href="list_{number + 1}.html">加载更多</a>' if number < 2 else ""
        page = "index.html" if not number else f"list_{number}.html"
        portal.page(
            f"/list/{page}", html(rows((f"{number}.pdf", f"{name}2024年度部门决算", "2025-09-11")) + more)
        )
    return [(f"{k}.pdf", name, 2024, FINAL, "2025-09-11") for k, name in enumerate((JIA, YI, BING))]


def catalogue(portal: Portal) -> list[Seen]:
    """A catalogue of public information: index numbers, organ and date in cells, a hidden box that repeats the row."""

    def row(number: int, title: str, organ: str, day: str) -> str:
        article(portal, f"/xxgk/d{number}.shtml", title, f"/xxgk/{number}.pdf")
        return (
            f"<tr><td>1150000{number}/2025-00{number}</td><td><a href='/xxgk/d{number}.shtml'>{title}</a><div class='tip' "
            f"style='display:none'><p>信息名称：{title}</p><p>发文日期：{day}</p><p>公开期限：至2035-01-01</p></div></td>"
            f"<td>{organ}</td><td>{day}</td></tr>"
        )

    portal.page("/list/index.html", html(
        "<table><tr><th>索引号</th><th>信息名称</th><th>发布机构</th><th>发文日期</th></tr>"
        + row(1, "2024年度部门决算公开", JIA, "2025-09-11")
        + row(2, "2025年部门预算公开", YI, "2025-02-08")
        + row(3, "2025年工作要点", BING, "2025-02-01") + "</table>", "信息公开目录"
    ))  # fmt: skip
    return [("1.pdf", JIA, 2024, FINAL, "2025-09-11"), ("2.pdf", YI, 2025, BUDGET, "2025-02-08")]


def tabs(portal: Portal) -> list[Seen]:
    """Years on tabs, their units on panes in the same order."""
    panes = {2024: (JIA, YI), 2023: (JIA,)}
    seen: list[Seen] = []
    shown = ""
    for year, names in panes.items():
        links = ""
        for name in names:
            file = f"{year}{name}.pdf"
            portal.file(f"/list/f{len(seen)}.pdf", pdf(file))
            links += f'<li><a href="f{len(seen)}.pdf">{name}</a></li>'
            seen.append((f"f{len(seen)}.pdf", name, year, FINAL, None))
        shown += f'<div class="pane"><ul>{links}</ul></div>'
    heads = "".join(f"<li><a href='#' class='tab'>{year}年度</a></li>" for year in panes)
    portal.page(
        "/list/index.html", html(f"<h2>部门决算公开</h2><ul class='tabs'>{heads}</ul>{shown}", "部门决算公开")
    )
    return seen


def tabs_of_kinds(portal: Portal) -> list[Seen]:
    """Tabs that name year and kind, panes in one box after them; what stands below the panes belongs to none."""
    for number in range(3):
        portal.file(f"/list/f{number}.pdf", pdf(str(number)))
    portal.page("/list/index.html", html(
        "<div class='hd'><ul><li>2025年部门预算</li><li>2024年部门决算</li></ul></div>"
        f"<div class='bd'><ul><li><a href='f0.pdf'>{JIA}</a></li></ul><ul><li><a href='f1.pdf'>{JIA}</a></li></ul></div>"
        "<p><a href='f2.pdf'>某县机构编制表</a></p>", "财政资金"
    ))  # fmt: skip
    return [("f0.pdf", JIA, 2025, BUDGET, None), ("f1.pdf", JIA, 2024, FINAL, None)]


def inner_panes(portal: Portal) -> list[Seen]:
    """The catalogue's sibling: entries in a page of a frame, 详情 behind a function with a template."""
    script = "<script>function detail(id){ window.open(`/gk/${id}.html`); }</script>"
    items = "".join(
        f"<dl><dt>{title}</dt><dd><span>{day}</span>"
        f"<a href='javascript:void(0)' onclick=\"detail('{number}')\">[详情]</a></dd></dl>"
        for number, (title, day) in enumerate(
            [(f"{JIA}2024年度部门决算", "2025-09-11"), ("2025年工作要点", "2025-02-01")]
        )
    )
    article(portal, "/gk/0.html", f"{JIA}2024年度部门决算", "/gk/0.pdf")
    article(portal, "/gk/1.html", "2025年工作要点", "/gk/1.pdf")
    portal.page("/list/index.html", html("<iframe src='inner.html'></iframe>"))
    portal.page("/list/inner.html", html(script + items))
    return [("0.pdf", JIA, 2024, FINAL, "2025-09-11")]


PAGES: dict[str, Callable[[Portal], list[Seen]]] = {
    "blog": blog, "cards": cards, "widgets": widgets, "columns": columns, "functions": functions,
    "growing": growing, "catalogue": catalogue, "tabs": tabs,
    "tabs of kinds": tabs_of_kinds, "inner panes": inner_panes,
}  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
def test_what_a_person_would_call_a_disclosure_is_found(
    portal: Portal, source_of: SourceOf, crawl: Crawl, tmp_path: Path, page: str
) -> None:
    expected = PAGES[page](portal)
    report = crawl(source_of(portal))
    found = {
        (row["file_name"], row["listed_unit"], row["listed_year"], row["listed_kind"], row["published_on"])
        for row in Store(tmp_path / "home").read_sightings().to_dicts()
        if row["sha256"]
    }
    assert found == set(expected)
    assert report.missing == []


def test_a_widget_whose_addresses_cannot_be_read_makes_the_crawl_incomplete(
    portal: Portal, source_of: SourceOf, crawl: Crawl
) -> None:
    portal.file("/list/0.pdf", pdf("0"))
    options = "$('#p').pagination({totalData: 31, showData: 15, callback: function(api){ load(api.getCurrent()); }});"
    listed = rows(("0.pdf", f"{JIA}2024年度部门决算", "2025-09-11"))
    portal.page("/list/index.html", html(f'{listed}<div id="p"></div><script>{options}</script>'))
    report = crawl(source_of(portal))
    assert report.attachments_found == 1
    assert [one for one in report.missing if "称共 3 页，只找到 1 页" in one]


@pytest.mark.parametrize(
    ("options", "pages"),
    [
        (
            "$('#p').jqPaginator({totalPages: 3, onPageChange: function(n, t){ location.href = 'l_' + n + '.html' }})",
            3,
        ),
        (
            "new Page({total: 31, pageSize: 15, go: p => { window.location.href = 'l_' + (p - 1) + '.shtml'; }})",
            3,
        ),
        ("laypage({cont: 'p', pages: 1, jump: function(e){ location.href='l_' + e.curr + '.html' }})", 1),
        ("showPageOf({name: 'x'})", 0),
    ],
)
def test_options_of_widgets(options: str, pages: int) -> None:
    assert (widget_count(options) or 0) == pages
    found = widget_pages(options)
    assert len(found) == max(pages - 1, 0)
    assert not found or found[0] in ("l_2.html", "l_1.shtml")
