"""The loopback portal: paging, relative attachments, validators, and each of its faults."""

from __future__ import annotations

import http.client
import re
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from samples.district import District
from samples.portal import COLUMN, FAULT_KINDS, Fault, Portal, district_files, serve_district
from samples.portal_pages import build_site


def fetch(url: str, **headers: str) -> tuple[int, bytes, dict[str, str]]:
    request = urllib.request.Request(url, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:
            return answer.status, answer.read(), dict(answer.headers)
    except urllib.error.HTTPError as error:
        return error.code, error.read(), dict(error.headers)


def crawl(portal: Portal) -> dict[str, bytes]:
    """Every attachment by title, found the way the pages lead."""
    found, page, count = {}, 0, 1
    while page < count:
        name = "index.html" if page == 0 else f"index_{page}.html"
        text = fetch(f"{portal.base_url}{COLUMN}/{name}")[1].decode()
        count, here = (
            int(n) for n in re.findall(r'createPageHTML\((\d+), (\d+), "index", "html"\)', text)[0]
        )
        assert here == page
        for detail in re.findall(r'href="\./([^"]+\.html)"', text):
            body = fetch(f"{portal.base_url}{COLUMN}/{detail}")[1].decode()
            attachment, title = re.findall(r'href="\./(P[^"]+)">([^<]+)</a>', body)[0]
            found[title] = fetch(f"{portal.base_url}{COLUMN}/{detail.partition('/')[0]}/{attachment}")[1]
        page += 1
    return found


def test_following_the_pages_finds_every_document(district: District) -> None:
    with serve_district(district.directory, page_size=7) as portal:
        found = crawl(portal)
    assert set(found) == {f"{document.title}.pdf" for document in district.documents}
    for document in district.documents:
        assert found[f"{document.title}.pdf"] == district.path(document).read_bytes()


def test_validators_save_the_second_fetch(district: District) -> None:
    with serve_district(district.directory) as portal:
        status, body, headers = fetch(portal.start_url)
        assert (status, bool(body)) == (200, True)
        assert fetch(portal.start_url, **{"If-None-Match": headers["ETag"]})[0] == 304
        assert fetch(portal.start_url, **{"If-Modified-Since": headers["Last-Modified"]})[0] == 304
        assert fetch(portal.start_url, **{"If-None-Match": '"other"'})[0] == 200
        assert [request.status for request in portal.requests] == [200, 304, 304, 200]
        assert b"Disallow: /private/" in fetch(f"{portal.base_url}/robots.txt")[1]
        assert fetch(f"{portal.base_url}/nothing.html")[0] == 404


def first_attachment(portal: Portal) -> str:
    return portal.base_url + next(path for path in portal.resources if path.endswith(".pdf"))


@pytest.mark.parametrize(
    ("kind", "status"),
    [("error_500", 500), ("not_found", 404), ("retry_after", 503), ("waf_412", 412)],
)
def test_status_faults_strike_once_after_a_good_answer(district: District, kind: str, status: int) -> None:
    with serve_district(district.directory) as portal:
        portal.faults.append(Fault(kind, r"\.pdf$", times=1, after=1, seconds=3))
        url = first_attachment(portal)
        answers = [fetch(url) for _ in range(3)]
    assert [answer[0] for answer in answers] == [200, status, 200]
    assert answers[1][2].get("Retry-After") == ("3" if kind == "retry_after" else None)


@pytest.mark.parametrize("kind", ["html_as_pdf", "empty", "two_bytes", "soft_404", "meta_refresh"])
def test_faults_that_lie_answer_200_without_a_pdf(district: District, kind: str) -> None:
    with serve_district(district.directory) as portal:
        portal.faults.append(Fault(kind, r"\.pdf$"))
        status, body, _ = fetch(first_attachment(portal))
    assert status == 200
    assert not body.startswith(b"%PDF")


@pytest.mark.parametrize("kind", ["truncated", "reset", "stall"])
def test_faults_that_break_the_connection(district: District, kind: str) -> None:
    with serve_district(district.directory) as portal:
        portal.faults.append(Fault(kind, r"\.pdf$", seconds=0.2))
        with pytest.raises((http.client.HTTPException, ConnectionError, OSError)):
            fetch(first_attachment(portal))


def test_every_fault_kind_is_tested_and_unknown_ones_are_refused() -> None:
    assert len(FAULT_KINDS) == 12
    with pytest.raises(ValueError, match="unknown fault"):
        Fault("surprise")


def test_titles_are_escaped_on_the_pages(district: District) -> None:
    import dataclasses

    hostile = dataclasses.replace(district_files(district)[0], title='<script>alert("x")</script>')
    site = build_site([hostile])
    assert all(b"<script>alert" not in resource.body for resource in site.values())


def test_bad_inputs_are_bad(good_pdf: bytes, tmp_path: Path) -> None:
    import pypdfium2

    from samples.bad_inputs import MAKERS, write_bad_inputs

    paths = write_bad_inputs(tmp_path, good_pdf)
    assert set(paths) == set(MAKERS)
    readable = {}
    for kind, path in paths.items():
        try:
            readable[kind] = len(pypdfium2.PdfDocument(path))
        except pypdfium2.PdfiumError:
            readable[kind] = 0
    assert readable.pop("damaged_xref") == len(pypdfium2.PdfDocument(good_pdf))
    assert set(readable.values()) == {0}
