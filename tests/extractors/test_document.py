"""Whole documents: bad input is a row with a reason, frames keep their schemas, writing is atomic and repeatable."""

from __future__ import annotations

import errno
import hashlib
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reportlab.lib import pdfencrypt
from reportlab.pdfgen.canvas import Canvas

from extractors import page_reading
from extractors.document import extract_document
from extractors.frames import read_extraction, write_extraction, write_set
from extractors.limits import Limits
from extractors.schema import FRAMES
from extractors.version import extractor_version
from extractors.worker import extract_to_directory
from tests.extractors.drawing import Sheet

XS = [60.0, 240.0, 330.0, 420.0]
YS = [150.0, 170.0, 190.0]
ROWS = [["项目", "预算数", "决算数"], ["教育支出", "1.50", "2.00"]]


def good_pdf(path: Path, pages: int = 1) -> Path:
    sheet = Sheet()
    for number in range(pages):
        sheet.text(200, 90, f"收入决算表{number + 1}", 16)
        sheet.table(XS, YS, ROWS)
        sheet.next_page()
    return sheet.save(path)


def document_row(path: Path, limits: Limits | None = None) -> dict[str, object]:
    extraction = extract_document(path, limits)
    assert {name: frame.schema for name, frame in extraction.frames().items()} == FRAMES
    return extraction.document.row(0, named=True)


BAD = {
    "empty_file": b"",
    "not_pdf": b"<!DOCTYPE html><html><body>404</body></html>",
    "damaged": b"%PDF-1.4\n" + b"\x00garbage" * 50,
}


@pytest.mark.parametrize(("code", "content"), BAD.items())
def test_bad_bytes_are_a_failed_row(tmp_path: Path, code: str, content: bytes) -> None:
    path = tmp_path / "bad.pdf"
    path.write_bytes(content)
    row = document_row(path)
    assert (row["status"], row["reason_code"]) == ("failed", code)
    assert row["status_reason"]
    assert (row["sha256"], row["byte_count"]) == (hashlib.sha256(content).hexdigest(), len(content))


def test_html_named_pdf_says_so(tmp_path: Path) -> None:
    path = tmp_path / "bad.pdf"
    path.write_bytes(BAD["not_pdf"])
    assert "HTML" in str(document_row(path)["status_reason"])


def test_missing_file_is_a_failed_row(tmp_path: Path) -> None:
    assert document_row(tmp_path / "absent.pdf")["reason_code"] == "damaged"


def test_encrypted(tmp_path: Path) -> None:
    path = tmp_path / "locked.pdf"
    canvas = Canvas(str(path), encrypt=pdfencrypt.StandardEncryption("secret", canPrint=0))
    canvas.drawString(100, 100, "1.00")
    canvas.save()
    assert document_row(path)["reason_code"] == "encrypted"


def test_no_pages(tmp_path: Path) -> None:
    path = tmp_path / "none.pdf"
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 0 >>"]
    body, offsets = b"%PDF-1.4\n", []
    for number, item in enumerate(objects, start=1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, item)
    table = b"xref\n0 3\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    trailer = b"trailer << /Size 3 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(body)
    path.write_bytes(body + table + trailer)
    assert document_row(path)["reason_code"] == "no_pages"


def test_truncated_file_is_failed_or_read_but_never_raises(tmp_path: Path) -> None:
    content = good_pdf(tmp_path / "good.pdf", pages=3).read_bytes()
    for share in (0.1, 0.4, 0.7, 0.95):
        path = tmp_path / "cut.pdf"
        path.write_bytes(content[: int(len(content) * share)])
        row = document_row(path)
        assert row["status"] == "failed" or row["page_count"]


def test_file_and_page_limits(tmp_path: Path) -> None:
    path = good_pdf(tmp_path / "good.pdf", pages=3)
    assert document_row(path, Limits(max_bytes=100))["reason_code"] == "too_large"
    assert document_row(path, Limits(max_pages=2))["reason_code"] == "too_large"
    assert document_row(path, Limits(max_pages=3))["status"] == "extracted"


@pytest.mark.parametrize(
    "limits",
    [
        Limits(max_characters_per_page=10),
        Limits(max_path_segments_per_page=5),
        Limits(max_intersections_per_page=5),
    ],
)
def test_page_over_a_limit_is_said_so(tmp_path: Path, limits: Limits) -> None:
    extraction = extract_document(good_pdf(tmp_path / "good.pdf"), limits)
    assert extraction.document["status"].to_list() == ["failed"]  # its only page
    assert extraction.page["status"].to_list() == ["over_limit"]
    assert "超过上限" in extraction.page["status_reason"][0]
    assert extraction.table.height == 0


def test_missing_end_mark_is_said(tmp_path: Path) -> None:
    content = good_pdf(tmp_path / "good.pdf").read_bytes()
    path = tmp_path / "cut.pdf"
    path.write_bytes(content.replace(b"%%EOF", b""))
    row = document_row(path)
    assert (row["status"], row["reason_code"]) == ("extracted", None)
    assert "不完整" in str(row["status_reason"])
    assert document_row(tmp_path / "good.pdf")["status_reason"] is None


def test_document_without_one_readable_page_is_failed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = good_pdf(tmp_path / "good.pdf", pages=2)

    def refuse(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(page_reading, "page_edges", refuse)
    row = document_row(path)
    assert (row["status"], row["reason_code"], row["page_count"]) == ("failed", "damaged", 2)


def test_broken_page_costs_only_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = good_pdf(tmp_path / "good.pdf", pages=3)
    original = page_reading.page_edges

    def fail_on_second(page: page_reading.PageObjects) -> object:
        if page.page_no == 2:
            raise ZeroDivisionError
        return original(page)

    monkeypatch.setattr(page_reading, "page_edges", fail_on_second)
    extraction = extract_document(path)
    assert extraction.page["status"].to_list() == ["ok", "failed", "ok"]
    assert extraction.table.height == 2


def test_page_that_pdfium_cannot_read_goes_to_pdfplumber(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = good_pdf(tmp_path / "good.pdf")
    fast = extract_document(path)

    def refuse(*_: object) -> None:
        raise ValueError

    monkeypatch.setattr("extractors.pdfium_parser.read_characters", refuse)
    slow = extract_document(path)
    assert (fast.page["route"].to_list(), slow.page["route"].to_list()) == (["fast"], ["reference"])
    assert slow.cell.drop("x0", "x1", "top", "bottom").equals(fast.cell.drop("x0", "x1", "top", "bottom"))


def test_blank_page_is_blank_and_metadata_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "blank.pdf"
    canvas = Canvas(str(path))
    canvas.setTitle("收支表")
    canvas.showPage()
    canvas.save()
    extraction = extract_document(path)
    assert extraction.page["status"].to_list() == ["blank"]
    assert extraction.document["text_layer"].to_list() == ["none"]
    assert extraction.document["title"].to_list() == ["收支表"]
    assert str(extraction.document["created_on"][0])[:2] == "20"


def test_written_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    path = good_pdf(tmp_path / "good.pdf", pages=2)
    for name in ("one", "two", "two"):
        write_extraction(extract_document(path), tmp_path / "out" / name)
    for frame in FRAMES:
        first, second = (tmp_path / "out" / name / f"{frame}.parquet" for name in ("one", "two"))
        assert first.read_bytes() == second.read_bytes()
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == ["one", "two"]
    back = read_extraction(tmp_path / "out" / "one")
    assert all(frame.schema == FRAMES[name] for name, frame in back.frames().items())


def test_failed_write_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    extraction = extract_document(good_pdf(tmp_path / "good.pdf"))
    target = tmp_path / "out" / "x"
    write_extraction(extraction, target)
    before = {p.name: p.read_bytes() for p in target.iterdir()}

    def no_space(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pl, "collect_all", no_space)
    with pytest.raises(OSError, match="No space"):
        write_extraction(extraction, target)
    assert {p.name: p.read_bytes() for p in target.iterdir()} == before
    assert [p.name for p in target.parent.iterdir()] == ["x"]


def test_full_disk_is_an_os_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Polars has an error of its own for it, which would pass for a fault of the document."""
    make = Path.mkdir

    def make_with_a_full_device(path: Path, *arguments: Any, **options: Any) -> None:
        make(path, *arguments, **options)
        if path.name.endswith(".part"):
            (path / "page.parquet").symlink_to("/dev/full")

    monkeypatch.setattr(Path, "mkdir", make_with_a_full_device)
    with pytest.raises(OSError, match="No space") as caught:
        write_set({"page": pl.DataFrame({"page": range(100_000)})}, tmp_path / "x")
    assert caught.value.errno == errno.ENOSPC
    assert list(tmp_path.iterdir()) == []


def test_worker_extracts_in_a_process_of_its_own(tmp_path: Path) -> None:
    path = good_pdf(tmp_path / "good.pdf")
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:  # Polars does not survive a fork
        summary = pool.submit(extract_to_directory, path, sha256, tmp_path / "out", Limits()).result(
            timeout=60
        )
    assert (summary.status, summary.table_count, summary.page_count) == ("extracted", 1, 1)
    assert read_extraction(tmp_path / "out").document["sha256"].to_list() == [sha256]


@pytest.mark.parametrize(("is_available", "ending"), [(True, ["ocr"]), (False, [])])
def test_version_names_number_and_fingerprint_and_ocr(
    is_available: bool, ending: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("extractors.ocr.is_available", lambda: is_available)
    number, fingerprint, *rest = extractor_version().split("-")
    assert number.isdigit()
    assert len(fingerprint) == 12
    assert rest == ending


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_damage_to_the_bytes_is_survived(tmp_path: Path, data: st.DataObject) -> None:
    content = bytearray(good_pdf(tmp_path / "good.pdf").read_bytes())
    for _ in range(data.draw(st.integers(1, 6))):
        start = data.draw(st.integers(0, len(content) - 1))
        content[start : start + data.draw(st.integers(1, 40))] = data.draw(st.binary(max_size=40))
    path = tmp_path / "damaged.pdf"
    path.write_bytes(bytes(content))
    row = document_row(path)
    assert row["status"] in {"extracted", "failed"}
    assert (row["status"] == "failed") == bool(row["reason_code"])
