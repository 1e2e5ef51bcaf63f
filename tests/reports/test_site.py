from __future__ import annotations

import hashlib
import json
import re
from datetime import date
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import duckdb
import pypdfium2 as pdfium
import pytest
from PIL import Image
from report_samples import FIRST, HOSTILE, District
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from sample_pages import HEIGHT, WIDTH

from reports.annotated_pdf import Mark, annotate_pdf
from reports.evidence import Box, Event, read_details
from reports.exceptions import read_report_data
from reports.page_images import SCALE, DocumentJob, drawing
from reports.site import SiteOptions, build_site
from reports.site_environment import amount_text, event_words, safe_name, unit_addresses


class Links(HTMLParser):
    """Collects what a page refers to, and its ids."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            if name in ("href", "src") and value:
                self.links.append(value)
            if name == "id" and value:
                self.ids.add(value)


def read_page(path: Path) -> Links:
    page = Links()
    page.feed(path.read_text(encoding="utf-8"))
    return page


def build(district: District, target: Path, **options: object) -> Path:
    with duckdb.connect(str(district.warehouse), read_only=True) as connection:
        given = SiteOptions(document_file=district.document_file, **options)  # type: ignore[arg-type]
        build_site(connection, read_report_data(connection), target, given)
    return target


def hashes(folder: Path) -> dict[str, str]:
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_every_link_leads_to_a_page_that_exists(site: Path) -> None:
    pages = {path: read_page(path) for path in site.rglob("*.html")}
    assert len(pages) > 10
    for path, page in pages.items():
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme in ("https", "data") or "data_docs" in link:
                continue
            assert not parts.scheme, link
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            assert target.is_file(), f"{path.name} links to {link}"
            if parts.fragment and target.name == "rules.html":
                assert unquote(parts.fragment) in pages[target].ids


def test_nothing_is_fetched_from_elsewhere_and_no_script_stands_in_a_page(site: Path) -> None:
    for path in site.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert re.findall(r"<script(?! src=\"[^\"]+\"></script>)", text) == []
        sources = re.findall(r"<(?:script|link|img|image)\b[^>]*(?:src|href)=\"(https?:[^\"]*)\"", text)
        assert sources == []
        assert "Content-Security-Policy" in text


def test_a_hostile_unit_name_is_text_everywhere(site: Path) -> None:
    shown = [path for path in site.rglob("*.html") if "window.hacked" in path.read_text(encoding="utf-8")]
    assert {path.parent.name for path in shown} >= {"findings", "units", site.name}
    for path in shown:
        assert "img" not in read_page(path).tags
    script = (site / "data" / "findings.js").read_text(encoding="utf-8")
    assert "<img" not in script
    data = json.loads(script.split(" = ", 1)[1].rstrip().rstrip(";"))
    unit = data["columns"].index("unit")
    assert HOSTILE in [row[unit] for row in data["rows"]]


def test_boxes_stand_on_the_printed_numbers(site: Path, district: District) -> None:
    """What PDFium reads inside each drawn box is the cell's own text."""
    text = (site / "findings" / "f1.html").read_text(encoding="utf-8")
    found = re.findall(
        r'data-evidence="([^"]+)" x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"', text
    )
    expected = {
        f"{FIRST}.t01.r{row:03d}.c03": value for row, value in ((4, "120.00"), (2, "80.00"), (3, "22.00"))
    }
    read = {}
    with pdfium.PdfDocument(district.pages.path) as document:
        page = document[1].get_textpage()
        for evidence_id, *numbers in found:
            x, y, width, height = map(float, numbers)
            read[evidence_id] = page.get_text_bounded(x, HEIGHT - y - height, x + width, HEIGHT - y).strip()
    assert {key: read[key] for key in expected} == expected


def test_finding_page_shows_both_sides_arithmetic_rule_and_history(site: Path) -> None:
    text = (site / "findings" / "f1.html").read_text(encoding="utf-8")
    for words in (
        "120.00 万元",
        "102.00 万元",
        "1,200,000.00",
        "1,020,000.00",
        "150.00",
        "《预算法》第七十五条",
    ):
        assert words in text
    assert "本年收入合计102.00万元，比上年增加8.50%。" in text
    assert "<strong>8.50%</strong>" in text
    history = (site / "findings" / "f2.html").read_text(encoding="utf-8")
    assert "2026-11-21 已整改" in history


def test_finding_without_evidence_says_so(site: Path) -> None:
    text = (site / "findings" / "f3.html").read_text(encoding="utf-8")
    assert "没有可框出的单元格" in text


def test_pictures_are_small_greys_of_the_whole_page(site: Path) -> None:
    names = sorted(path.name for path in (site / "pages").glob("*.png"))
    assert names == [f"{FIRST}-p{page:03d}.png" for page in (1, 2, 3)]
    with Image.open(site / "pages" / names[1]) as picture:
        assert abs(picture.width - WIDTH * SCALE) <= 1
        assert abs(picture.height - HEIGHT * SCALE) <= 1
        assert len(picture.convert("RGB").getcolors(64) or ()) <= 16


def test_a_page_that_names_a_font_without_bringing_it_is_drawn_all_the_same(tmp_path: Path) -> None:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    canvas = Canvas(str(tmp_path / "named.pdf"), pagesize=(200, 60))
    canvas.setFont("STSong-Light", 20)
    canvas.drawString(20, 20, "部门决算公开")
    canvas.save()
    job = DocumentJob("d_named", str(tmp_path / "named.pdf"), (1,))
    with drawing([job], tmp_path / "pages", tmp_path / "annotated", workers=1) as drawn:
        image = drawn()["d_named"].images[1]
    with Image.open(tmp_path / "pages" / image.name) as picture:
        dark = picture.convert("L").histogram()[:128]
    assert sum(dark) > 0.03 * picture.width * picture.height


def test_a_page_that_was_turned_to_be_read_is_shown_as_it_was_read(tmp_path: Path) -> None:
    """A black bar along the left edge of a page on its side lies along the top once the page is turned clockwise."""
    canvas = Canvas(str(tmp_path / "side.pdf"), pagesize=(200, 600))
    canvas.rect(0, 0, 20, 600, fill=1)
    canvas.save()
    job = DocumentJob("d_side", str(tmp_path / "side.pdf"), (1,), rotations=((1, 90),))
    with drawing([job], tmp_path / "pages", tmp_path / "annotated", workers=1) as drawn:
        image = drawn()["d_side"].images[1]
    assert (image.width, image.height) == (600, 200)
    with Image.open(tmp_path / "pages" / image.name) as picture:
        grey = picture.convert("L")
        assert grey.getpixel((grey.width // 2, 5)) == 0
        assert grey.getpixel((5, grey.height // 2)) == 255


def test_same_input_gives_the_same_bytes_with_more_workers(
    site: Path, district: District, tmp_path: Path
) -> None:
    again = build(district, tmp_path / "again", workers=2, data_docs="../../data_docs/index.html")
    assert hashes(again) == hashes(site)


def test_pictures_of_an_earlier_site_are_taken_over(site: Path, district: District, tmp_path: Path) -> None:
    built = build(district, tmp_path / "next", workers=1, previous=site)
    name = f"{FIRST}-p002.png"
    assert (built / "pages" / name).stat().st_ino == (site / "pages" / name).stat().st_ino


def test_site_without_documents_has_no_pictures_but_all_pages(district: District, tmp_path: Path) -> None:
    with duckdb.connect(str(district.warehouse), read_only=True) as connection:
        count = build_site(connection, read_report_data(connection), tmp_path, SiteOptions())
    assert count == len(list(tmp_path.rglob("*.html")))
    assert "原文件不在本机" in (tmp_path / "findings" / "f1.html").read_text(encoding="utf-8")


def test_a_document_that_is_no_pdf_costs_only_its_own_pictures(district: District, tmp_path: Path) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7 not really")
    jobs = [
        DocumentJob("broken", str(broken), (1,)),
        DocumentJob("good", str(district.pages.path), (1, 99)),
    ]
    with drawing(jobs, tmp_path / "pages", tmp_path / "annotated", workers=1) as drawn:
        made = drawn()
    assert made["broken"].images == {}
    assert list(made["good"].images) == [1]


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_annotations_stand_where_the_cell_is_seen(district: District, tmp_path: Path, rotation: int) -> None:
    """Marks use seen coordinates; the stamp's corner colours the rendered page exactly there."""
    source = tmp_path / "turned.pdf"
    with pdfium.PdfDocument(district.pages.path) as document:
        document[1].set_rotation(rotation)
        document.save(source)
        width, height = document[1].get_size()
    box = Box(width / 2, height / 3, width / 2 + 60, height / 3 + 20)
    target = tmp_path / "out.pdf"
    assert annotate_pdf(source, target, [Mark(2, box, 7, "差错：不等"), Mark(9, box, 8, "")]) == 1
    with pdfium.PdfDocument(target) as document, pdfium.PdfDocument(source) as plain:
        seen = document[1].render(scale=2, may_draw_forms=False).to_pil().convert("RGB")
        before = plain[1].render(scale=2, may_draw_forms=False).to_pil().convert("RGB")
        assert document[1].get_textpage().get_text_range() == plain[1].get_textpage().get_text_range()
    middle = (round(box.top + box.bottom), round((box.x0 - 1.5) * 2))
    red = seen.getpixel((middle[1], middle[0]))
    assert red[0] > 150 > red[1]
    assert before.getpixel((middle[1], middle[0])) == (255, 255, 255)


def test_annotating_twice_gives_the_same_bytes(district: District, tmp_path: Path) -> None:
    marks = [Mark(2, Box(100, 100, 160, 120), 1, "差错")]
    for name in ("a.pdf", "b.pdf"):
        annotate_pdf(district.pages.path, tmp_path / name, marks)
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.pdf", "b.pdf"]


def test_evidence_that_is_gone_is_left_out(district: District) -> None:
    with duckdb.connect(str(district.warehouse), read_only=True) as connection:
        details = read_details(connection)
    assert [item.evidence_id for item in details.evidence["f2"]] == [f"{FIRST}.t02.r004.c03"]
    sentence = details.evidence["f1"][3]
    assert (sentence.kind, len(sentence.boxes)) == ("sentence", 2)


def test_names_of_pages_are_harmless_and_never_shared() -> None:
    assert safe_name("f_12ab") == "f_12ab"
    assert re.fullmatch(r"x_[0-9a-f]{20}", safe_name("../../etc"))
    pages = unit_addresses(["甲", "乙", "丙"], [("甲", "u_1"), ("乙", "u_1"), ("丙", "u_2")])
    assert pages["丙"] == "units/u_2.html"
    assert len(set(pages.values())) == 3


def test_amounts_keep_every_digit() -> None:
    assert amount_text(Decimal("1234567.000000")) == "1,234,567.00"
    assert amount_text(Decimal("-0.123400")) == "-0.1234"
    assert amount_text(Decimal("1E+4")) == "10,000.00"
    assert amount_text(None) == "—"


def test_history_is_said_in_words() -> None:
    waiver = Event("waiver", date(2026, 1, 1), None, "张三", "误报：口径不同", date(2026, 12, 31))
    assert event_words(waiver) == "豁免至 2026-12-31（张三）：误报：口径不同"
    assert event_words(Event("state", None, "open", None, None, None)) == "又出现"
