"""What portals pretend: each lie is seen through, has a reason, and does no harm."""

from __future__ import annotations

import itertools
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import polars as pl
import pytest

from crawlers.report import CrawlReport
from crawlers.store import Store
from crawlers.text import decode_page

from .conftest import Crawl, Portal, Reply, SourceOf, html, pdf, rows
from .test_bundles import bundle

TITLE = "某县甲局2024年度部门决算"


def reasons(report: CrawlReport) -> list[str]:
    return [refusal.reason_code for refusal in report.refused]


def sightings(tmp_path: Path) -> pl.DataFrame:
    return Store(tmp_path / "home").read_sightings()


def listed(portal: Portal, *links: tuple[str, str]) -> None:
    portal.page("/list/index.html", html(rows(*((href, text, "2025-09-01") for href, text in links))))


@pytest.mark.parametrize(
    ("body", "status", "reason", "leaves_a_trace"),
    [
        (html("<p>请稍后再试</p>").encode(), 200, "html_instead", True),
        (b"\r\n", 200, "empty", True),
        (b"", 200, "empty", True),
        (b'<html><meta http-equiv="refresh" content="0;URL=../"></html>', 200, "gone", True),
        (html("<p>您访问的页面不存在</p>", "404").encode(), 200, "soft_404", True),
        (html("首页" * 300, "某县人民政府").encode(), 200, "soft_404", True),
        (html("<script>challenge()</script>请开启JavaScript").encode(), 200, "blocked", False),
        (b"challenge", 412, "blocked", False),
        (b"challenge", 521, "blocked", False),
        (b"challenge", 403, "blocked", False),
        (b"wait", 202, "blocked", False),
        (b"\x89PNG\r\n\x1a\n" + b"x" * 200, 200, "not_a_document", True),
        (b"\x7fELF\0\0" + b"x" * 200, 200, "not_a_document", True),
    ],
)
def test_what_is_offered_as_a_pdf_and_is_none(
    portal: Portal,
    source_of: SourceOf,
    crawl: Crawl,
    tmp_path: Path,
    body: bytes,
    status: int,
    reason: str,
    leaves_a_trace: bool,
) -> None:
    portal.page("/", html("首页" * 300, "某县人民政府"))
    listed(portal, ("a.pdf", TITLE), ("b.pdf", "某县乙局2024年度部门决算"))
    portal.routes["/list/a.pdf"] = Reply(body, status, {"Content-Type": "application/pdf"})
    portal.file("/list/b.pdf", pdf("乙"))
    report = crawl(source_of(portal))
    assert reasons(report) == [reason]
    assert report.attachments_found == 1
    assert not report.is_complete  # it may pass, or was met for the first time
    assert crawl(source_of(portal)).is_complete is leaves_a_trace  # a second look confirms what looks final
    frame = sightings(tmp_path)
    assert frame["reason_code"].drop_nulls().to_list() == ([reason] if leaves_a_trace else [])
    assert len(list(Store(tmp_path / "home").iterate())) == 1
    portal.file("/list/a.pdf", pdf("甲"))
    mended = crawl(source_of(portal))
    assert mended.is_complete
    assert mended.new == 1


def test_wrong_content_types_do_not_matter(
    portal: Portal, source_of: SourceOf, crawl: Crawl, tmp_path: Path
) -> None:
    listed(portal, ("a.doc", TITLE), ("b.html", "某县乙局2024年度部门决算"))
    portal.routes["/list/a.doc"] = Reply(pdf("甲"), headers={"Content-Type": "application/msword"})
    portal.routes["/list/b.html"] = Reply(pdf("乙"), headers={"Content-Type": "text/html"})
    assert crawl(source_of(portal)).attachments_found == 2
    assert sightings(tmp_path)["media_kind"].to_list() == ["pdf", "pdf"]


def test_detail_page_under_a_file_name_leads_to_the_file(
    portal: Portal, source_of: SourceOf, crawl: Crawl
) -> None:
    listed(portal, ("a.pdf", TITLE))
    portal.page("/list/a.pdf", html('<a href="real/P1.pdf">附件</a>', TITLE))
    portal.file("/list/real/P1.pdf", pdf("甲"))
    report = crawl(source_of(portal))
    assert report.attachments_found == 1
    assert not report.refused


def test_signed_addresses_are_one_document(
    portal: Portal, source_of: SourceOf, crawl: Crawl, tmp_path: Path
) -> None:
    token = itertools.count(10**17)
    portal.routes["/list/index.html"] = lambda _: Reply(
        html(rows((f"/attachment/4361282.pdf?uYB8J-{next(token)}==", TITLE, "2025-09-01"))).encode()
    )
    portal.file("/attachment/4361282.pdf", pdf("甲"))
    crawl(source_of(portal))
    before = sightings(tmp_path)
    for _ in range(2):
        report = crawl(source_of(portal))
        assert (report.new, report.unchanged, report.not_modified >= 1) == (0, 1, True)
    assert sightings(tmp_path).equals(before)
    assert before.height == 1


def test_signed_address_with_new_content_is_a_replacement(
    portal: Portal, source_of: SourceOf, crawl: Crawl
) -> None:
    token = itertools.count(10**17)
    portal.routes["/list/index.html"] = lambda _: Reply(
        html(rows((f"/attachment/1.pdf?uYB8J-{next(token)}==", TITLE, "2025-09-01"))).encode()
    )
    portal.file("/attachment/1.pdf", pdf("甲"))
    crawl(source_of(portal))
    portal.file("/attachment/1.pdf", pdf("甲 更正"))
    assert len(crawl(source_of(portal)).replaced) == 1


def test_shown_date_has_precedence_over_the_date_in_the_path(
    portal: Portal, source_of: SourceOf, crawl: Crawl, tmp_path: Path
) -> None:
    portal.page("/list/index.html", html(rows(("./202607/t20260728_1.htm", TITLE, "2026-07-25"))))
    portal.page("/list/202607/t20260728_1.htm", html('<a href="P020260728123.pdf">附件</a>', TITLE))
    portal.file("/list/202607/P020260728123.pdf", pdf("甲"))
    crawl(source_of(portal))
    assert sightings(tmp_path)["published_on"].to_list() == ["2026-07-25"]


def test_same_file_at_several_addresses_is_one_object(
    portal: Portal, source_of: SourceOf, crawl: Crawl, tmp_path: Path
) -> None:
    listed(portal, ("a.pdf", TITLE), ("/zt/b.pdf", TITLE), ("/cz/c.pdf", TITLE))
    for path in ("/list/a.pdf", "/zt/b.pdf", "/cz/c.pdf"):
        portal.file(path, pdf("甲"))
    report = crawl(source_of(portal))
    assert (report.new, report.elsewhere) == (1, 2)
    assert sightings(tmp_path).height == 3
    assert len(list(Store(tmp_path / "home").iterate())) == 1


@pytest.mark.parametrize("declared", ["utf-8", "iso-8859-1", "gb2312", ""])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_encodings_are_judged_by_the_bytes(
    portal: Portal, source_of: SourceOf, crawl: Crawl, tmp_path: Path, declared: str, encoding: str
) -> None:
    text = html(
        f'<meta charset="{declared}">' + rows(("a.pdf", "某县䶮镇人民政府2024年度部门决算", "2025-09-01"))
    )
    portal.routes["/list/index.html"] = Reply(
        text.encode(encoding), headers={"Content-Type": f"text/html; charset={declared}"}
    )
    portal.file("/list/a.pdf", pdf("甲"))
    crawl(source_of(portal))
    assert sightings(tmp_path)["listed_unit"].to_list() == ["某县䶮镇人民政府"]


def test_a_byte_or_two_gone_wrong_do_not_change_the_encoding() -> None:
    body = bytearray(("决算公开" * 100).encode())
    body[7] = 0xFF
    assert decode_page(bytes(body)).count("决算公开") >= 98


@pytest.mark.parametrize(
    ("href", "reason"),
    [
        ("file:///etc/passwd.pdf", "bad_scheme"),
        ("data:application/pdf;base64,JVBERi0xLjc=", "bad_scheme"),
        ("http://10.1.2.3/a.pdf", "private_address"),
        ("http://127.0.0.1:22/a.pdf", "private_address"),
        ("http://oss.example.org/a.pdf", "host_not_allowed"),
        ("http://[broken/a.pdf", "bad_url"),
    ],
)
def test_links_to_where_we_must_not_go(
    portal: Portal, source_of: SourceOf, crawl: Crawl, tmp_path: Path, href: str, reason: str
) -> None:
    listed(portal, (href, TITLE), ("b.pdf", "某县乙局2024年度部门决算"))
    portal.file("/list/b.pdf", pdf("乙"))
    report = crawl(source_of(portal))
    assert reasons(report) == [reason]
    assert report.attachments_found == 1
    row = sightings(tmp_path).filter(pl.col("reason_code") == reason).row(0, named=True)
    assert (row["listed_unit"], row["sha256"]) == ("某县甲局", None)


def test_attachment_that_redirects_inside_is_refused(
    portal: Portal, source_of: SourceOf, crawl: Crawl
) -> None:
    listed(portal, ("a.pdf", TITLE))
    portal.routes["/list/a.pdf"] = Reply(b"", 302, {"Location": "http://169.254.169.254/latest/"})
    assert reasons(crawl(source_of(portal))) == ["private_address"]


def test_pdf_cut_short_without_saying_so_is_not_kept(
    portal: Portal, source_of: SourceOf, crawl: Crawl
) -> None:
    whole = pdf("甲" * 500)
    lengths = itertools.count(200, 50)
    listed(portal, ("a.pdf", TITLE))
    portal.routes["/list/a.pdf"] = lambda _: Reply(whole[: next(lengths)])
    report = crawl(source_of(portal))
    assert reasons(report) == ["truncated"]
    assert not report.is_complete


def test_pdf_that_never_had_an_end_is_kept_as_it_is(
    portal: Portal, source_of: SourceOf, crawl: Crawl, tmp_path: Path
) -> None:
    listed(portal, ("a.pdf", TITLE))
    portal.file("/list/a.pdf", pdf("甲").removesuffix(b"%%EOF\n"))
    assert crawl(source_of(portal)).attachments_found == 1
    assert len(list(Store(tmp_path / "home").iterate())) == 1


def test_hostile_words_are_kept_as_words(
    portal: Portal, source_of: SourceOf, crawl: Crawl, tmp_path: Path
) -> None:
    name = "某县'); DROP TABLE x;--<script>alert(1)</script>局2024年度部门决算"
    escaped = name.replace("<", "&lt;").replace(">", "&gt;")
    listed(portal, ("%2e%2e%2f%2e%2e%2fetc%2fpasswd.pdf", escaped))
    portal.file("/list/%2e%2e%2f%2e%2e%2fetc%2fpasswd.pdf", pdf("甲"))
    assert crawl(source_of(portal)).attachments_found == 1
    row = sightings(tmp_path).row(0, named=True)
    assert row["link_text"] == name
    assert [path.name for path in (tmp_path / "home" / "store" / "objects").rglob("*.pdf")] == [
        f"{row['sha256']}.pdf"
    ]


def test_one_page_with_the_files_of_many_units(
    portal: Portal, source_of: SourceOf, crawl: Crawl, tmp_path: Path
) -> None:
    body = (
        "<h2>2024年度部门决算</h2><ul>"
        '<li><a href="1.pdf">某县甲局</a></li><li><a href="2.pdf">某县乙中心</a></li></ul>'
        "<h2>2025年部门预算</h2><ul>"
        '<li><a href="3.pdf">某县甲局</a></li><li><a href="4.docx">某县乙中心</a></li></ul>'
        '<h2>常用软件</h2><a href="reader.pdf">阅读器使用手册</a>'
    )
    portal.page("/list/index.html", html(body, "某县预决算公开"))
    for number in (1, 2, 3):
        portal.file(f"/list/{number}.pdf", pdf(str(number)))
    portal.file("/list/4.docx", bundle({"word/document.xml": b"<w:document/>"}))
    report = crawl(source_of(portal))
    assert report.attachments_found == 4
    frame = (
        sightings(tmp_path).select("listed_unit", "listed_year", "listed_kind", "media_kind").sort(pl.all())
    )
    assert frame.rows() == [
        ("某县乙中心", 2024, "final_accounts", "pdf"),
        ("某县乙中心", 2025, "budget", "docx"),
        ("某县甲局", 2024, "final_accounts", "pdf"),
        ("某县甲局", 2025, "budget", "pdf"),
    ]


def test_scripted_downloads_and_embedded_viewers(portal: Portal, source_of: SourceOf, crawl: Crawl) -> None:
    def article(handler: BaseHTTPRequestHandler) -> Reply:
        body = (
            '<a href="javascript:void(0)" onclick="window.open(\'/files/1.pdf\')">附件1</a>'
            '<iframe src="/viewer/web/viewer.html?file=/files/2.pdf"></iframe>'
            '<a href="/download/downfile.jsp?classid=0&amp;filename=3.pdf">附件3</a>'
            '<a href="javascript:void(0)">打印</a>'
        )
        return Reply(html(body, TITLE).encode())

    listed(portal, ("t1.html", TITLE))
    portal.routes["/list/t1.html"] = article
    portal.file("/files/1.pdf", pdf("1"))
    portal.file("/files/2.pdf", pdf("2"))
    portal.file("/download/downfile.jsp", pdf("3"))
    report = crawl(source_of(portal))
    assert report.attachments_found == 3
    assert portal.requests["/download/downfile.jsp?classid=0&filename=3.pdf"] == 1


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (html("<p>请稍后再试</p>"), "没有任何链接"),
        (html('<a href="/zwgk/">政务公开</a>', "某县人民政府"), "以首页代替"),
        ('<html><meta http-equiv="refresh" content="0;URL=../"></html>', "撤下"),
    ],
)
def test_list_page_that_is_none_is_no_success(
    district: Portal, source_of: SourceOf, crawl: Crawl, body: str, words: str
) -> None:
    district.page("/", html('<a href="/zwgk/">政务公开</a>', "某县人民政府"))
    district.page("/list/index_1.html", body)
    report = crawl(source_of(district))
    assert not report.is_complete
    assert words in report.missing[0]


def test_start_page_without_disclosures_is_no_success(
    portal: Portal, source_of: SourceOf, crawl: Crawl
) -> None:
    portal.page("/list/index.html", html('<a href="/news.html">新闻动态</a>', "栏目改版"))
    report = crawl(source_of(portal))
    assert report.missing == [f"起始页 {portal.root}/list/index.html 上没有认出任何预决算公开"]
    portal.page("/list/index.html", html(rows(("a.pdf", "某县甲局2019年部门决算", "2020-09-01"))))
    assert crawl(source_of(portal, years=[2024])).is_complete


def test_what_was_there_before_and_is_gone_is_said(
    district: Portal, source_of: SourceOf, crawl: Crawl
) -> None:
    crawl(source_of(district))
    district.routes.pop("/art/P1.pdf")
    district.page("/art/t2.html", html("<p>正文</p>", "某县丙局2024年度部门决算公开"))
    report = crawl(source_of(district))
    assert [note.partition("：")[0] for note in report.notes] == ["以前取得过的公开件今晚已不在"] * 2
    assert "P1.pdf" in report.notes[0]
    assert "t2.html" in report.notes[1]


def test_files_whose_addresses_do_not_say_so(portal: Portal, source_of: SourceOf, crawl: Crawl) -> None:
    body = '<a href="/api/7">附件一</a><a href="/download?id=8">2024年度决算公开表</a><a href="/zt/fj.html">附件专区</a>'
    listed(portal, ("t1.html", TITLE))
    portal.page("/list/t1.html", html(body, TITLE))
    portal.file("/api/7", pdf("7"))
    portal.file("/download", pdf("8"))
    portal.page("/zt/fj.html", html("各类附件"))
    report = crawl(source_of(portal))
    assert report.attachments_found == 2
    assert report.is_complete
    assert not report.refused


def test_file_that_only_a_script_names(portal: Portal, source_of: SourceOf, crawl: Crawl) -> None:
    listed(portal, ("t1.html", TITLE))
    portal.page(
        "/list/t1.html", html("<script>var viewer = new PDFView('/files/1.pdf?v=2');</script>", TITLE)
    )
    portal.file("/files/1.pdf", pdf("1"))
    report = crawl(source_of(portal))
    assert report.attachments_found == 1
    assert report.is_complete


def test_stub_that_stands_for_a_page_is_followed(portal: Portal, source_of: SourceOf, crawl: Crawl) -> None:
    portal.page("/list/index.html", '<html><meta http-equiv="refresh" content="0; url=./real.html"></html>')
    portal.page("/list/real.html", html(rows(("a.pdf", TITLE, "2025-09-01"))))
    portal.file("/list/a.pdf", pdf("甲"))
    report = crawl(source_of(portal))
    assert report.is_complete
    assert report.attachments_found == 1


@pytest.mark.parametrize("target", ["../", "/", "./", "", "/list/t1.html"])
def test_stub_that_leads_up_or_nowhere_is_a_page_taken_down(
    portal: Portal, source_of: SourceOf, crawl: Crawl, target: str
) -> None:
    listed(portal, ("t1.html", TITLE))
    portal.page("/list/t1.html", f'<html><meta http-equiv="refresh" content="0;URL={target}"></html>')
    assert reasons(crawl(source_of(portal))) == ["gone"]


def test_stubs_that_lead_to_stubs_end(portal: Portal, source_of: SourceOf, crawl: Crawl) -> None:
    listed(portal, ("t1.html", TITLE))
    for here, there in (("t1", "t2"), ("t2", "t3"), ("t3", "t1")):
        portal.page(
            f"/list/{here}.html", f'<html><meta http-equiv="refresh" content="0;URL={there}.html"></html>'
        )
    assert reasons(crawl(source_of(portal))) == ["too_many_redirects"]


def test_stub_that_leads_inside_is_refused(portal: Portal, source_of: SourceOf, crawl: Crawl) -> None:
    listed(portal, ("t1.html", TITLE))
    portal.page(
        "/list/t1.html", '<html><meta http-equiv="refresh" content="0;URL=http://10.0.0.8/a.pdf"></html>'
    )
    assert reasons(crawl(source_of(portal))) == ["private_address"]
