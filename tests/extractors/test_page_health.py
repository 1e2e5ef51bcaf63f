"""Pages without usable text: recognised, read by OCR where it is installed, never an empty success."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
import pypdfium2
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader

from extractors import ocr
from extractors.document import extract_document
from extractors.limits import Limits
from extractors.page_health import common_characters, page_health, text_layer_of
from extractors.page_objects import Box, Glyph, PageObjects, chars_of
from tests.extractors.drawing import FONT, HEIGHT, WIDTH, Sheet, embedded_font, rows_of

XS = [60.0, 240.0, 330.0, 420.0]
YS = [150.0, 180.0, 210.0, 240.0]
ROWS = [["项目", "预算数", "支出数"], ["教育支出", "1234.50", "1200.00"], ["合计", "1234.50", "1200.00"]]
FULL_PAGE = [Box(0, 0, WIDTH, HEIGHT)]


def page_with(
    text: str, images: list[Box] | None = None, segments: int = 0, *, invisible: bool = False
) -> PageObjects:
    chars = chars_of(Glyph(character, 0.0, 0.0, 1.0, 1.0, 1.0) for character in text)
    return PageObjects(1, WIDTH, HEIGHT, 0, chars, [], [], images or [], segments, 0, invisible)


PROSE = "本年度一般公共预算财政拨款收入支出决算情况说明单位部门预算项目经费管理工作" * 3


@pytest.mark.parametrize(
    ("page", "status"),
    [
        (page_with(""), "blank"),
        (page_with("第1页"), "ok"),
        (page_with("1", FULL_PAGE), "scanned"),
        (
            page_with("1", [Box(0, 0, WIDTH, HEIGHT * 0.3), Box(0, HEIGHT * 0.3, WIDTH, HEIGHT * 0.8)]),
            "scanned",
        ),
        (page_with("1", [Box(0, 0, 100, 100)]), "ok"),
        (page_with("", segments=3_001), "outlined"),
        (page_with("", segments=2_999), "blank"),
        (page_with(PROSE), "ok"),
        (page_with("\ue001\ufffd" * 20 + PROSE[:40]), "garbled"),
        (page_with("\ue001" * 10 + PROSE), "ok"),
        (page_with("魑魅魍魉饕餮貔貅" * 10), "garbled"),
        (page_with("魑魅魍魉"), "blank"),
        (page_with('!"#$Ň+,-./K8Ĵ 2,940.05 ÿû ' * 5), "garbled"),
        (page_with('!"#$;+abKXQ=@ 2,940.05 ' * 5), "garbled"),
        (page_with("负责全市能源Ì业û理，拟订相关规1R和策Þ施，应û气污ĀWÛ重z略" * 2), "garbled"),
        (page_with("单位：m³、²、Ø12×8、μm、café、30℃" + PROSE), "ok"),
        (page_with("1,234.50 -3.20 98.7% " * 20), "ok"),
        (page_with(PROSE + "\x7f\x9c" * 60), "garbled"),
        (page_with(PROSE, FULL_PAGE, invisible=True), "scanned"),
        (page_with(PROSE, FULL_PAGE), "ok"),
    ],
)
def test_status_of_a_page(page: PageObjects, status: str) -> None:
    if status == "blank" and len(page.chars):
        status = "ok"  # too few characters to judge
    health = page_health(page)
    assert health.status == status
    assert (health.reason is None) == (status in {"ok", "blank"})


def test_there_are_500_common_characters() -> None:
    assert len(common_characters()) == 500


@pytest.mark.parametrize(
    ("statuses", "layer"),
    [
        (["ok", "blank"], "digital"),
        (["ok", "scanned"], "mixed"),
        (["scanned", "scanned", "blank"], "scanned"),
        (["garbled", "outlined"], "unusable"),
        (["blank"], "none"),
        (["failed"], "none"),
    ],
)
def test_text_layer_of_a_document(statuses: list[str], layer: str) -> None:
    assert text_layer_of(statuses) == layer


def scanned_pdf(path: Path, turned: float = 0.0) -> Path:
    sheet = Sheet(font=embedded_font())
    sheet.text(200, 90, "收入支出决算总表", 16)
    sheet.rules(XS, YS)
    for top, row in zip(YS, ROWS, strict=False):
        for left, text in zip(XS, row, strict=False):
            sheet.text(left + 5, top + 8, text, 12)
    printed = sheet.save(path.with_suffix(".print.pdf"))
    picture = pypdfium2.PdfDocument(printed)[0].render(scale=200 / 72).to_pil().convert("L")
    picture = picture.rotate(turned, fillcolor=255, resample=Image.Resampling.BILINEAR)
    scan = Sheet()
    scan.canvas.drawImage(ImageReader(picture), 0, 0, WIDTH, HEIGHT)
    return scan.save(path)


def test_scan_without_ocr_says_what_it_needs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = scanned_pdf(tmp_path / "scan.pdf")
    monkeypatch.setattr(ocr, "is_available", lambda: False)
    extraction = extract_document(path)
    page = extraction.page.row(0, named=True)
    assert (page["status"], extraction.document["text_layer"][0]) == ("scanned", "scanned")
    assert "OCR" in page["status_reason"]
    assert "mingzhang[ocr]" in page["status_reason"]
    assert extraction.table.height == 0


def test_scan_over_the_number_of_pages_allowed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "is_available", lambda: True)
    extraction = extract_document(scanned_pdf(tmp_path / "scan.pdf"), Limits(max_ocr_pages=0))
    assert "上限" in extraction.page["status_reason"][0]


def scans_around_text(tmp_path: Path) -> Path:
    """Return a document of a scan, the same page as text, and the scan again."""
    scan = scanned_pdf(tmp_path / "scan.pdf")
    whole = pypdfium2.PdfDocument.new()
    for part in (scan, scan.with_suffix(".print.pdf"), scan):
        whole.import_pages(pypdfium2.PdfDocument(part))
    path = tmp_path / "whole.pdf"
    whole.save(path)
    return path


def test_text_pages_are_loaded_when_the_time_for_ocr_is_used_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ocr, "is_available", lambda: True)
    monkeypatch.setattr(ocr, "read_picture", lambda _picture, _scale: ocr.Recognised(0, []))
    extraction = extract_document(scans_around_text(tmp_path), Limits(ocr_seconds=1e-9))
    assert extraction.page["status"].to_list() == ["scanned", "ok", "scanned"]
    assert "时限" not in extraction.page["status_reason"][0]
    assert "时限" in extraction.page["status_reason"][2]
    assert "第 3 页未识别" in extraction.document["status_reason"][0]
    assert extraction.document["status"][0] == "extracted"
    assert rows_of(extraction) == ROWS


@pytest.mark.slow
def test_the_page_at_which_the_time_runs_out_is_still_recognised(tmp_path: Path) -> None:
    if not ocr.is_available():
        pytest.skip("rapidocr not installed (extra ocr)")
    extraction = extract_document(scans_around_text(tmp_path), Limits(ocr_seconds=0.01))
    assert extraction.page["route"].to_list() == ["ocr", "fast", "fast"]
    assert "时限" in extraction.page["status_reason"][2]
    assert set(extraction.cell["page"]) == {1, 2}


@pytest.mark.slow
def test_turned_scan_is_read_cell_by_cell(tmp_path: Path) -> None:
    if not ocr.is_available():
        pytest.skip("rapidocr not installed (extra ocr)")
    extraction = extract_document(scanned_pdf(tmp_path / "scan.pdf", turned=0.8))
    assert rows_of(extraction) == ROWS
    assert extraction.page["route"].to_list() == ["ocr"]
    assert set(extraction.cell["method"]) == {"ocr"}
    assert extraction.cell.filter(pl.col("raw_text") != "")["confidence"].min() > 0.5
    assert set(extraction.line["method"]) == {"ocr"}


def test_invisible_text_over_a_picture_counts_as_recognised_by_others(tmp_path: Path) -> None:
    sheet = Sheet()
    picture = Image.fromarray(np.full((50, 50), 200, dtype=np.uint8))
    sheet.canvas.drawImage(ImageReader(picture), 0, 0, WIDTH, HEIGHT)
    sheet.rules(XS, YS)
    for top, row in zip(YS, ROWS, strict=False):
        for left, text in zip(XS, row, strict=False):
            line = sheet.canvas.beginText(left + 5, HEIGHT - top - 20)
            line.setFont(FONT, 12)
            line.setTextRenderMode(3)
            line.textOut(text)
            sheet.canvas.drawText(line)
    extraction = extract_document(sheet.save(tmp_path / "searchable.pdf"))
    assert extraction.page["status"].to_list() == ["scanned"]
    assert set(extraction.cell["method"]) == {"ocr"}
    assert rows_of(extraction) == ROWS
