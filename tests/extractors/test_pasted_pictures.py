"""Tables shown as pictures on pages with text, and pictures that show none."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader

from extractors import ocr
from extractors.document import extract_document
from extractors.page_objects import Box, Glyph, PageObjects, chars_of
from extractors.pasted_pictures import are_whole_page, bare_pictures
from tests.extractors.drawing import HEIGHT, WIDTH, Sheet, embedded_font, rows_of, titled_sheet

XS = [60.0, 240.0, 330.0, 420.0]
YS = [150.0, 180.0, 210.0, 240.0]
ROWS = [["项目", "预算数", "支出数"], ["教育支出", "1234.50", "1200.00"], ["合计", "1234.50", "1200.00"]]
BOX = Box(50, 140, 430, 250)
SENTENCE = "二、本年支出合计1200.00万元，比上年增加。"


def pasted(sheet: Sheet, box: Box, drawn: Sheet, directory: Path) -> None:
    """Put what ``drawn`` shows in a box on the sheet, as a picture."""
    page = pypdfium2.PdfDocument(drawn.save(directory / "drawn.pdf"))[0]
    picture = page.render(scale=3).to_pil().convert("L").crop(tuple(round(3 * edge) for edge in box))
    sheet.canvas.drawImage(
        ImageReader(picture), box.x0, HEIGHT - box.bottom, box.x1 - box.x0, box.bottom - box.top
    )


def page_with_table(tmp_path: Path) -> Path:
    drawn = Sheet(font=embedded_font())
    drawn.table(XS, YS, ROWS)
    sheet = titled_sheet()
    pasted(sheet, BOX, drawn, tmp_path)
    sheet.text(60, 300, SENTENCE)
    return sheet.save(tmp_path / "a.pdf")


@pytest.mark.slow
def test_a_table_pasted_as_a_picture_is_read_and_the_text_around_it_is_the_pages_own(tmp_path: Path) -> None:
    if not ocr.is_available():
        pytest.skip("rapidocr not installed (extra ocr)")
    extraction = extract_document(page_with_table(tmp_path))
    assert rows_of(extraction) == ROWS
    assert set(extraction.cell["method"]) == {"ocr"}
    assert extraction.table["caption"][0].startswith("收入支出决算总表")
    assert extraction.table["money_unit"].to_list() == ["万元"]
    assert extraction.sentence["text"].to_list()[-1].startswith(SENTENCE[:10])
    assert set(extraction.sentence["method"]) == {"text"}
    page = extraction.page.row(0, named=True)
    assert (page["status"], page["route"]) == ("scanned", "ocr")
    assert "图片" in page["status_reason"]


@pytest.mark.slow
def test_a_chart_leaves_its_page_as_it_is(tmp_path: Path) -> None:
    if not ocr.is_available():
        pytest.skip("rapidocr not installed (extra ocr)")
    drawn = Sheet(font=embedded_font())
    for number, height in enumerate((80, 50, 65)):
        drawn.text(80 + 110 * number, 240 - height, f"{height}.50")
        drawn.canvas.rect(80 + 110 * number, HEIGHT - 240, 50, height)
    for top in (160, 180, 200, 220, 240):
        drawn.line(60, top, 420, top)
    sheet = titled_sheet()
    sheet.text(60, 300, SENTENCE)
    pasted(sheet, BOX, drawn, tmp_path)
    extraction = extract_document(sheet.save(tmp_path / "a.pdf"))
    page = extraction.page.row(0, named=True)
    assert (page["status"], page["route"]) == ("ok", "fast")
    assert "未见表格" in page["status_reason"]
    assert extraction.table.height == 0
    assert set(extraction.line["method"]) == {"text"}


def test_a_scan_under_a_typed_head_is_not_called_read_without_ocr(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ocr, "is_available", lambda: False)
    sheet = titled_sheet()
    grey = Image.fromarray(np.full((50, 50), 200, dtype=np.uint8))
    sheet.canvas.drawImage(ImageReader(grey), 40, 40, WIDTH - 80, HEIGHT - 200)
    page = extract_document(sheet.save(tmp_path / "a.pdf")).page.row(0, named=True)
    assert page["status"] == "scanned"
    assert page["char_count"] > 0
    assert "mingzhang[ocr]" in page["status_reason"]


def test_a_picture_nobody_could_look_at_is_said_to_be_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = page_with_table(tmp_path)
    monkeypatch.setattr(ocr, "is_available", lambda: False)
    page = extract_document(path).page.row(0, named=True)
    assert (page["status"], page["route"]) == ("ok", "fast")
    assert "没有 OCR" in page["status_reason"]


@pytest.mark.slow
def test_a_table_on_its_side_leaves_the_text_and_says_so(tmp_path: Path) -> None:
    if not ocr.is_available():
        pytest.skip("rapidocr not installed (extra ocr)")
    drawn = Sheet(font=embedded_font())
    drawn.table(XS, YS, ROWS)
    page = pypdfium2.PdfDocument(drawn.save(tmp_path / "drawn.pdf"))[0]
    picture = page.render(scale=3).to_pil().convert("L").crop(tuple(round(3 * edge) for edge in BOX))
    sheet = titled_sheet()
    sheet.canvas.drawImage(ImageReader(picture.rotate(90, expand=True)), 200, HEIGHT - 560, 110, 380)
    row = extract_document(sheet.save(tmp_path / "a.pdf")).page.row(0, named=True)
    assert row["char_count"] > 0
    assert "方向不同" in row["status_reason"]


def page_of(images: list[Box], *places: tuple[float, float]) -> PageObjects:
    """Return a page with a row of ten characters beginning at each place."""
    glyphs = (
        Glyph("字", x + 9 * n, top, x + 9 * n + 9, top + 9, 9.0) for x, top in places for n in range(10)
    )
    return PageObjects(1, WIDTH, HEIGHT, 0, chars_of(glyphs), [], [], images)


@pytest.mark.parametrize(
    ("images", "places", "expected"),
    [
        ([BOX], [(60, 100)], [BOX]),
        ([BOX], [(60, 100), (60, 200)], []),  # text stands on it
        ([BOX], [(60, 144)], [BOX]),  # a head typed at its upper edge
        ([Box(250, 700, 300, 750)], [(60, 100)], []),  # a seal
        ([Box(50, 140, 430, 195), Box(50, 195.5, 430, 250)], [], [BOX]),  # strips
        ([Box(-500, 140, -100, 250)], [], []),
        ([Box(0, -50, 900, 1000)], [], [Box(0, 0, WIDTH, HEIGHT)]),
    ],
)
def test_pictures_without_text_of_the_page(
    images: list[Box], places: list[tuple[float, float]], expected: list[Box]
) -> None:
    assert bare_pictures(page_of(images, *places)) == expected


def test_what_covers_half_of_a_page_is_a_scan() -> None:
    page = page_of([])
    assert not are_whole_page([], page)
    assert not are_whole_page([BOX], page)
    assert are_whole_page([Box(0, 0, WIDTH, HEIGHT * 0.6)], page)
