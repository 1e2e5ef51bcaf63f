"""Fonts a document names but does not bring: the text is read all the same, and alike on every machine."""

from __future__ import annotations

import hashlib
from pathlib import Path

import polars as pl
import pypdfium2
import pytest

from extractors import ocr
from extractors.document import extract_document
from extractors.limits import Limits
from extractors.page_objects import Chars
from extractors.pdfium_parser import PdfiumDocument
from extractors.substitute_font import font_bytes, use_substitute, use_system_fonts
from tests.extractors.drawing import HEIGHT, Sheet

DESCRIPTOR = (
    "<</Type/FontDescriptor/FontName/SimSun/Flags 4/FontBBox[0 -140 1000 860]/ItalicAngle 0"
    "/Ascent 860/Descent -140/CapHeight 700/StemV 80>>"
)
TO_UNICODE = (
    "/CIDInit /ProcSet findresource begin 12 dict begin begincmap 1 begincodespacerange <0000> <ffff> "
    "endcodespacerange 2 beginbfchar <4e20> <6536> <4e21> <0031> endbfchar endcmap end end"
)


def cid_font(name: str, encoding: str, ordering: str, widths: str, to_unicode: str = "") -> list[str]:
    """Return the objects of a composite font without a font file, numbered from 5."""
    return [
        f"<</Type/Font/Subtype/Type0/BaseFont/{name}/Encoding/{encoding}/DescendantFonts[6 0 R]"
        + ("/ToUnicode 8 0 R>>" if to_unicode else ">>"),
        f"<</Type/Font/Subtype/CIDFontType2/BaseFont/{name}/CIDSystemInfo<</Registry(Adobe)/Ordering({ordering})"
        f"/Supplement 0>>/FontDescriptor 7 0 R/DW 1000/W[{widths}]>>",
        DESCRIPTOR,
        f"<</Length {len(to_unicode)}>>stream\n{to_unicode}\nendstream",
    ]


FONTS = {
    "by glyph number": (cid_font("SimSun", "Identity-H", "Identity", "20001[500]", TO_UNICODE), "<4e204e21>"),
    "by GBK code": (cid_font("#CB#CE#CC#E5", "GBK-EUC-H", "GB1", "814 939 500"), "<CAD531>"),
    "by Unicode": (cid_font("STSong-Light", "UniGB-UCS2-H", "GB1", "1 95 500"), "<65360031>"),
}


def pdf_with(content: str, font: list[str]) -> bytes:
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        f"<</Length {len(content)}>>stream\n{content}\nendstream",
        *font,
    ]
    body = "%PDF-1.5\n" + "".join(f"{n} 0 obj\n{item}\nendobj\n" for n, item in enumerate(objects, start=1))
    return (body + "trailer<</Root 1 0 R>>\n%%EOF").encode("latin-1")


def characters(content: bytes) -> Chars:
    with PdfiumDocument(content) as document:
        return document.read_page(1, Limits()).chars


@pytest.mark.parametrize("kind", FONTS)
def test_text_in_a_missing_font_has_the_documents_own_widths(kind: str) -> None:
    font, codes = FONTS[kind]
    chars = characters(pdf_with(f"BT /F 10 Tf 50 700 Td {codes} Tj ET", font))
    assert chars.text == "收1"
    assert (chars.x0, chars.x1) == (pytest.approx([50, 60]), pytest.approx([60, 65]))


@pytest.mark.parametrize("matrix", ["1 0 0 1 50 700", "0 1 -1 0 50 700", "0 -1 1 0 50 700"])
@pytest.mark.parametrize("kind", FONTS)
def test_a_single_character_is_not_lost_in_any_direction(kind: str, matrix: str) -> None:
    font, codes = FONTS[kind]
    single = codes[:5] + ">"
    chars = characters(pdf_with(f"BT /F 10 Tf {matrix} Tm {single} Tj ET", font))
    assert chars.text == "收"


def test_simple_font_without_its_file_has_the_documents_own_widths() -> None:
    font = [
        "<</Type/Font/Subtype/TrueType/BaseFont/SimSun/Encoding/WinAnsiEncoding/FirstChar 48/LastChar 57"
        f"/Widths[{'500 ' * 10}]/FontDescriptor 6 0 R>>",
        DESCRIPTOR,
    ]
    chars = characters(pdf_with("BT /F 10 Tf 50 700 Td (1234) Tj ET", font))
    assert (chars.x0, chars.x1) == (pytest.approx([50, 55, 60, 65]), pytest.approx([55, 60, 65, 70]))


def test_standard_fonts_may_leave_out_their_widths() -> None:
    chars = characters(
        pdf_with("BT /F 10 Tf 50 700 Td (1,2) Tj ET", ["<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"])
    )
    assert chars.x0 == pytest.approx([50, 55.56, 58.34], abs=0.01)


def picture(content: bytes) -> str:
    return hashlib.sha256(pypdfium2.PdfDocument(content)[0].render().to_numpy().tobytes()).hexdigest()


def test_the_machines_fonts_are_back_when_the_document_is_closed(tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.text(60, 100, "收入支出决算总表 1,234.50", 20)
    content = sheet.save(tmp_path / "a.pdf").read_bytes()
    before = picture(content)
    with PdfiumDocument(content) as document:
        document.read_page(1, Limits())
        with PdfiumDocument(content):
            pass
        assert picture(content) != before  # nothing is drawn while the substitute stands in
    assert picture(content) == before


def test_the_substitute_has_no_ink() -> None:
    font, codes = FONTS["by Unicode"]
    use_substitute()
    try:
        page = pypdfium2.PdfDocument(pdf_with(f"BT /F 50 Tf 50 700 Td {codes} Tj ET", font))[0]
        assert page.render().to_numpy().min() == 255
    finally:
        use_system_fonts()


def test_the_substitute_is_the_same_every_time() -> None:
    content = font_bytes()
    font_bytes.cache_clear()
    assert font_bytes() == content


def test_garbled_text_in_a_missing_font_is_not_given_to_ocr(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its picture would be empty; the page must not look as if nothing stood on it."""
    monkeypatch.setattr(ocr, "is_available", lambda: True)
    font = cid_font("SimSun", "Identity-H", "Identity", "", TO_UNICODE.replace("6536", "E001"))
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf_with(f"BT /F 10 Tf 50 700 Td <{'4e20' * 40}> Tj ET", font))
    page = extract_document(path).page.row(0, named=True)
    assert (page["status"], page["route"]) == ("garbled", "fast")
    assert "字体未嵌入" in page["status_reason"]


def test_rows_of_a_table_do_not_depend_on_installed_fonts(tmp_path: Path) -> None:
    """A number right-aligned by the document's widths ends where it is said to, not where another font would."""
    sheet = Sheet()
    sheet.table([60.0, 240.0, 330.0], [150.0, 170.0, 190.0], [["项", "1,000,000.00"], ["目", "2.00"]])
    sheet.text(200, HEIGHT - 40, "表")
    cells = extract_document(sheet.save(tmp_path / "a.pdf")).cell
    assert cells["raw_text"].to_list() == ["项", "1,000,000.00", "目", "2.00"]
    assert cells.filter(pl.col("state") == "number").height == 2
