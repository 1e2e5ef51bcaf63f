"""Reading pages: titles, dates, links in all the places where portals put them; nothing makes it fall over."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawlers.addresses import RefusedError
from crawlers.dates import shown_date
from crawlers.interfaces import read_batch
from crawlers.pages import Page, is_document_name, parse_page, scripted_files
from crawlers.paging import announced_count, further_pages
from crawlers.settings import Source
from crawlers.sieve import Sieve
from crawlers.text import decode_page, fold

from .conftest import html

URL = "http://h.example/a/index.html"
SOURCE = Source.model_validate({"id": "a", "title": "甲", "start_pages": [URL]})
JSON_SOURCE = Source.model_validate({"id": "a", "title": "甲", "family": "json", "interface": {"url": URL}})


def page_of(body: str, title: str = "标题") -> Page:
    return parse_page(html(body, title), URL)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ('<li><a href="x.pdf">文</a><span>2025-09-01</span></li>', "2025-09-01"),
        ('<li><span>[2025/9/1]</span><a href="x.pdf">文</a></li>', "2025-09-01"),
        ('<tr><td><a href="x.pdf">文</a></td><td>2025年9月1日</td></tr>', "2025-09-01"),
        ('<p><a href="x.pdf">文 2025.09.01</a></p>', None),
        ('<p><a href="x.pdf"><span>文</span><span>2025-09-01</span></a></p>', "2025-09-01"),
        ('<li><a href="x.pdf">文</a><div><b>01</b><p>2025-09</p></div></li>', "2025-09-01"),
        ('<li><a href="x.pdf">文</a><div><b>2025年9月</b><p>1</p></div></li>', "2025-09-01"),
        ('<li><a href="x.pdf">文</a><div><b>01日</b><p>2025年9月</p></div></li>', "2025-09-01"),
        ('<li><div><b>01</b><i>2025/09</i></div><a href="x.pdf">文</a></li>', "2025-09-01"),
        ('<li><a href="x.pdf">文</a><div><b>01</b><i>2025.09</i></div></li>', "2025-09-01"),
        ('<li><a href="x.pdf">文</a><span>09-01 2025</span></li>', "2025-09-01"),
        ('<li><a href="x.pdf">文</a><b>09/01</b><i>2025</i></li>', "2025-09-01"),
        ('<li><a href="x.pdf">文</a><b>9月1日</b><i>2025年</i></li>', "2025-09-01"),
        ('<li><a href="x.pdf">文</a><b>2025</b><i>09-01</i></li>', "2025-09-01"),
        ('<li><a href="x.pdf">文</a><b>01</b><i>9月</i><i>2025</i></li>', "2025-09-01"),
        ('<li><a href="x.pdf">文</a><i>2025</i><i>9月</i><b>1日</b></li>', "2025-09-01"),
        ('<li><a href="x.pdf">文</a><span>2025.09.01 10:30</span></li>', "2025-09-01"),
        ('<li><a href="x.pdf"><div><b>01</b><i>2025-09</i></div><h3>文</h3></a></li>', "2025-09-01"),
        ('<li><a href="x.pdf"><p><b>09-01</b> <i>2025</i></p><h3>文</h3></a></li>', "2025-09-01"),
        ('<li><a href="x.pdf"><span>2025-09-01 10:30</span><h3>文</h3></a></li>', "2025-09-01"),
        ('<li><a href="x.pdf">文</a><i>05</i><i>06</i><i>2025</i></li>', None),  # day or month first?
        ('<li><a href="x.pdf">文</a><i>12 2024 3</i></li>', None),
        ('<li><a href="x.pdf">文</a><span>文号 12 2024-3-</span></li>', None),
        ('<li><a href="x.pdf">文</a><span>32 2025-09</span></li>', None),
        ('<li><a href="x.pdf">文</a><span>2025-09</span></li>', None),
        ('<li><a href="x.pdf">文</a></li><li>2025-09-01</li>', None),
        ('<li><a href="x.pdf">文</a><a href="y.pdf">另</a><span>2025-09-01</span></li>', None),
        ('<li><a href="x.pdf">文</a><span>2025-13-41</span></li>', None),
        ('<li><a href="/2025/09/01/x.pdf">文</a><span>09-01</span></li>', "2025-09-01"),
        ('<li><a href="./202509/t20250901_1.html">文</a><span>09-01</span></li>', "2025-09-01"),
        ('<li><a href="./202509/t20250902_1.html">文</a><span>09-01</span></li>', None),
        ('<li><a href="./202509/t20250902_1.html">文</a></li>', None),
        ('<li><a href="x.pdf">[栏目]</a><a href="x.pdf">文</a><i>2025-09-01</i></li>', "2025-09-01"),
    ],
)
def test_date_beside_a_link(row: str, expected: str | None) -> None:
    body = f"<table><tbody>{row}</tbody></table>" if row.startswith("<tr") else f"<ul>{row}</ul>"
    assert page_of(body).links[0].published_on == expected


@pytest.mark.parametrize(
    ("anchor", "text"),
    [
        (
            '<a href="x.html" title="某局2024年度部门决算公开">某局2024年度部门…</a>',
            "某局2024年度部门决算公开",
        ),
        ('<a href="x.html" title="某局2024年度部门决算公开">[部门预决算]</a>', "某局2024年度部门决算公开"),
        ('<a href="x.html" title="点击下载">某局2024年度部门决算</a>', "某局2024年度部门决算"),
        ('<a href="x.pdf" title="某局决算.pdf">下载</a>', "某局决算.pdf"),
        ('<a href="x.pdf"><img alt="某局2024年决算"></a>', "某局2024年决算"),
        ('<a href="x.html">某局\u200b 2024年\n 决算</a>', "某局 2024年 决算"),
        ('<a href="x.html"><p>某局2024年决算</p><span>[2025-09-01]</span></a>', "某局2024年决算"),
        ('<a href="x.html"><span>2025-09-01</span></a>', "2025-09-01"),
        ('<a href="x.html"><div><b>01</b><i>2025-09</i></div><h3>某局2024年决算</h3></a>', "某局2024年决算"),
        ('<a href="x.pdf" title="某局決算.pdf">下載</a>', "某局決算.pdf"),
    ],
)
def test_words_of_a_link(anchor: str, text: str) -> None:
    assert page_of(anchor).links[0].text == text


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://h/a.PDF", True),
        ("http://h/a.pdf?x=1", True),
        ("http://h/d.jsp?classid=0&filename=1.doc", True),
        ("http://h/viewer.html?file=%2Fx.pdf", True),
        ("http://h/a.html", False),
        ("http://h/a.css?v=x.pdf", False),
        ("http://h/list?page=2", False),
        ("http://[broken", False),
    ],
)
def test_what_names_a_file(url: str, expected: bool) -> None:
    assert is_document_name(url) is expected


def test_base_address_and_links_that_lead_nowhere() -> None:
    body = '<a href="#top">上</a><a href="javascript:void(0)">印</a><a href="mailto:a@b">信</a><a>无</a><a href="x.pdf">文</a>'
    page = parse_page('<html><head><base href="/files/"></head><body>' + body + "</body></html>", URL)
    assert [link.url for link in page.links] == ["http://h.example/files/x.pdf"]


def test_rows_hidden_in_script_records_are_links() -> None:
    record = "<record><![CDATA[<li><a href='/art/1.html'>某局2024年度部门决算</a><span>2025-09-01</span></li>]]></record>"
    page = page_of(f'<script type="text/xml"><datastore><recordset>{record}</recordset></datastore></script>')
    assert [(link.url, link.published_on) for link in page.links] == [
        ("http://h.example/art/1.html", "2025-09-01")
    ]


def test_title_and_date_of_an_article() -> None:
    head = '<meta name="ArticleTitle" content="某局2024年度部门决算"><meta name="PubDate" content="2025-09-01 10:00">'
    page = parse_page(
        f"<html><head><title>某局门户</title>{head}</head><body><h1>公告</h1></body></html>", URL
    )
    assert (page.title, page.published_on) == ("某局2024年度部门决算", "2025-09-01")
    assert page_of("<h1>通知</h1>", "某局门户").title == "某局门户"
    assert page_of("<h1>某局2024年度部门决算</h1>", "某局门户").title == "某局2024年度部门决算"


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    page = parse_page(text, URL)
    Sieve(SOURCE).sift(page)
    further_pages(page)
    announced_count(page)
    shown_date(text)


TAGS = st.sampled_from(
    [
        "<a href='",
        "'>",
        "</a>",
        "<li>",
        "<h2>",
        "<iframe src=",
        "//[",
        "x.pdf",
        "2024年决算",
        "<base href=",
        "javascript:",
        "onclick='x.zip' ",
        " ",
    ]
)


@settings(max_examples=100, deadline=None)
@given(st.lists(TAGS, max_size=25).map("".join))
def test_broken_markup_is_read(text: str) -> None:
    page = parse_page(f"<html><body>{text}</body></html>", URL)
    Sieve(SOURCE).sift(page)
    further_pages(page)


@settings(max_examples=60)
@given(st.binary(max_size=300))
def test_any_bytes_are_decoded(body: bytes) -> None:
    assert isinstance(fold(decode_page(body)), str)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=10),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["url", "title", "total", "list", "data", "date"]), inner, max_size=4
        )
    ),
    max_leaves=20,
)


@settings(max_examples=150, deadline=None)
@given(JSON)
def test_any_json_is_a_batch_or_a_refusal(content: object) -> None:
    import json

    try:
        batch = read_batch(JSON_SOURCE, json.dumps(content), URL)
    except RefusedError:
        return
    assert all(link.text for link in batch.links)


@pytest.mark.parametrize(
    "body",
    [
        "<div>"
        + "".join(f"<a href='{number}.pdf'>某局2024年决算</a>" for number in range(20_000))
        + "</div>",
        "<div>" * 3_000 + "<a href='x.pdf'>某局2024年决算</a>" + "</div>" * 3_000,
        "<record><![CDATA[" * 20_000,
        "共<共" * 50_000,
        "<a href='x.pdf'>" + "某局的2024年" * 50_000 + "决算</a>",
        "<script>createPageHTML(" * 20_000,
        "'" * 200_000 + "x.pdf",
    ],
    ids=["many links", "deep", "open records", "open tags", "long words", "open scripts", "quotes"],
)
def test_hostile_pages_are_read_in_time(body: str) -> None:
    started = time.process_time()
    page = page_of(body)
    Sieve(SOURCE).sift(page)
    further_pages(page)
    announced_count(page)
    scripted_files(page)
    assert time.process_time() - started < 10
