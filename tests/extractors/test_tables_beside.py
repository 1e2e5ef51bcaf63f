"""Tables too wide for their page, printed as spreadsheets print them: further columns on pages of their own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import polars as pl
import pytest

from extractors.document import extract_document
from tests.extractors.drawing import FONT, LONG, XS, Sheet, rows_of, titled_sheet

LEFT, RIGHT = [60.0, 340.0, 440.0, 540.0], [60.0, 160.0, 260.0]
YS = [130.0 + 20 * n for n in range(6)]
NAMES = [
    ["科目名称", "合计", "基本支出"],
    ["教育支出", "3.00", "1.00"],
    ["科学支出", "4.00", "1.50"],
    ["卫生支出", "5.00", "2.00"],
    ["合计", "12.00", "4.50"],
]
FURTHER = [
    ["项目支出", "其他支出"],
    ["2.00", "0.00"],
    ["2.50", "0.00"],
    ["3.00", "0.00"],
    ["7.50", "0.00"],
]
WHOLE = [[*one, *two] for one, two in zip(NAMES, FURTHER, strict=True)]


def cut_title(sheet: Sheet, text: str, second: str) -> None:
    """A title in the middle of the whole, cut where the first page's columns end."""
    sheet.right(LEFT[-1], 80, text, 14)
    sheet.text(60, 110, "部门：甲区财政局")
    sheet.next_page()
    sheet.text(60, 80, second, 14)
    sheet.right(RIGHT[-1], 110, "金额单位：万元")


def whole_of(sheet: Sheet, path: Path) -> tuple[list[list[str | None]], str, list[int]]:
    extraction = extract_document(sheet.save(path / "a.pdf"))
    assert extraction.table.height == 1
    pages = sorted(set(extraction.cell["page"]))
    return rows_of(extraction), extraction.table["caption"][0], pages


def test_title_and_unit_are_put_together_again(tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.table(LEFT, YS, NAMES)
    cut_title(sheet, "支出决", "算表")
    sheet.table(RIGHT, YS, FURTHER)
    rows, caption, pages = whole_of(sheet, tmp_path)
    assert rows == WHOLE
    assert caption.split("\n") == ["支出决算表", "部门：甲区财政局金额单位：万元"]
    assert pages == [1, 2]


@pytest.mark.parametrize(("first", "second"), [("收入支出决", "算总表"), ("收入支出决算总表", "")])
def test_the_other_side_of_a_summary_has_names_of_its_own(tmp_path: Path, first: str, second: str) -> None:
    sheet = Sheet()
    sheet.table([60.0, 440.0, 540.0], YS, [["收入项目", "决算数"], *([row[0], row[1]] for row in NAMES[1:])])
    cut_title(sheet, first, second)
    other = [
        ["支出项目", "决算数"],
        ["一、国防支出", "3.00"],
        ["二、外交支出", "9.00"],
        ["", ""],
        ["总计", "12.00"],
    ]
    sheet.table([60.0, 160.0, 260.0], YS, other)
    rows, caption, _ = whole_of(sheet, tmp_path)
    assert rows[1] == ["教育支出", "3.00", "一、国防支出", "3.00"]
    assert caption.startswith("收入支出决算总表")


def test_a_statement_with_its_own_title_is_not_beside(tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.table(LEFT, YS, NAMES)
    sheet.text(200, 80, "支出决算表", 14)
    sheet.next_page()
    sheet.text(200, 80, "收入决算表", 14)
    sheet.table(RIGHT, YS, FURTHER)
    assert extract_document(sheet.save(tmp_path / "a.pdf")).table.height == 2


@pytest.mark.parametrize("goes_down_first", [True, False])
def test_rows_and_columns_on_pages_of_their_own(tmp_path: Path, goes_down_first: bool) -> None:
    """Pages go down first and then to the right, or the other way; the last page has two rows."""
    tops = [60.0, 80.0, 100.0]
    more = [["农林支出", "6.00", "2.00"], ["总计", "18.00", "6.50"]], [["4.00", "0.00"], ["11.50", "0.00"]]
    pages: list[tuple[Sequence[float], Sequence[float], Sequence[Sequence[str]]]] = [
        (LEFT, [y + 560 for y in YS], NAMES), (LEFT, tops, more[0]),
        (RIGHT, [y + 560 for y in YS], FURTHER), (RIGHT, tops, more[1]),
    ]  # fmt: skip
    sheet = Sheet()
    sheet.text(200, 640, "支出决算表", 14)
    for number in (0, 1, 2, 3) if goes_down_first else (0, 2, 1, 3):
        sheet.table(*pages[number])
        sheet.next_page()
    rows, _, shown = whole_of(sheet, tmp_path)
    assert rows == [*WHOLE, *([*one, *two] for one, two in zip(*more, strict=True))]
    assert shown == [1, 2, 3, 4]


def test_headings_over_columns_of_two_pages_are_one_cell(tmp_path: Path) -> None:
    """A year over the first page only, a heading whose rest is blank, and one whose text is cut."""
    ys = [130.0 + 16 * n for n in range(8)]
    sheet = Sheet()
    sheet.text(200, 80, "支出决算表", 14)
    sheet.rules([60.0, 540.0], ys[:2])
    sheet.rules([60.0, 340.0, 540.0], [ys[1], ys[3]])
    sheet.line(340, ys[2], 540, ys[2])
    sheet.rules(LEFT, ys[3:])
    sheet.text(280, ys[0] + 3, "2024年度")
    sheet.text(180, ys[1] + 11, "科目名称")
    sheet.text(420, ys[1] + 3, "本年支出")
    sheet.right(539, ys[2] + 3, "其")
    sheet.fill(LEFT, ys[3:], [["", "合计", "基本支出"], *NAMES[1:4]])
    sheet.next_page()
    for y in ys[1:3]:
        sheet.rules([60.0, 260.0], [y, y + 16])
    sheet.rules(RIGHT, ys[3:])
    sheet.text(61, ys[2] + 3, "中")
    sheet.fill(RIGHT, ys[3:], FURTHER[:4])
    extraction = extract_document(sheet.save(tmp_path / "a.pdf"))
    spans = dict(extraction.cell.filter(pl.col("row_no") <= 3).select("raw_text", "column_span").iter_rows())
    assert (spans["2024年度"], spans["本年支出"], spans["其中"]) == (5, 4, 4)
    assert rows_of(extraction)[4] == WHOLE[1]


def test_a_shade_over_the_edge_of_the_page_is_cut_there(tmp_path: Path) -> None:
    """The shade lies under a heading that two pages share; its edges are not those of a cell."""
    sheet = Sheet()
    sheet.text(200, 80, "支出决算表", 14)
    sheet.shade(60, YS[0] - 40, 700, YS[0], 0.9)
    sheet.line(60, YS[0] - 40, 540, YS[0] - 40)
    sheet.line(340, YS[0] - 20, 540, YS[0] - 20)
    sheet.line(340, YS[0] - 40, 340, YS[0])
    for x in (60, 440, 540):
        sheet.line(x, YS[0] - (40 if x == 60 else 20), x, YS[0])
    sheet.table(LEFT, YS, NAMES[1:])
    width = sheet.canvas.stringWidth("本年支出", FONT, 10)
    sheet.text(440 - width / 2, YS[0] - 36, "本年支出")
    sheet.text(360, YS[0] - 16, "合计")
    sheet.text(460, YS[0] - 16, "基本支出")
    rows = rows_of(extract_document(sheet.save(tmp_path / "a.pdf")))
    assert rows[0] == ["", "本年支出", None]
    assert rows[1] == [None, "合计", "基本支出"]
    assert rows[2] == NAMES[1]


def test_a_year_that_begins_a_cut_title_is_no_page_number(tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.table(LEFT, YS, NAMES)
    sheet.right(LEFT[-1], 40, "2024", 14)
    sheet.next_page()
    sheet.text(60, 40, "年支出决算表", 14)
    sheet.table(RIGHT, YS, FURTHER)
    rows, caption, _ = whole_of(sheet, tmp_path)
    assert rows == WHOLE
    assert caption == "2024年支出决算表"


def test_a_heading_printed_on_the_second_page_only_reaches_over_the_first(tmp_path: Path) -> None:
    """The edge of the page leaves it no closed cell there."""
    ys = [114.0, *YS]
    sheet = Sheet()
    sheet.text(200, 80, "支出决算表", 14)
    sheet.rules([60.0, 340.0], ys[:2])
    sheet.table(LEFT, YS, NAMES)
    sheet.text(180, 118, "项目")
    sheet.next_page()
    sheet.rules([60.0, 260.0], ys[:2])
    sheet.table(RIGHT, YS, FURTHER)
    sheet.text(130, 118, "本年支出")
    cells = extract_document(sheet.save(tmp_path / "a.pdf")).cell.filter(pl.col("row_no") == 1)
    assert cells.select("raw_text", "column_no", "column_span").rows() == [("项目", 1, 1), ("本年支出", 2, 4)]


def test_columns_printed_beside_the_table_on_the_next_page_belong_to_its_rows(tmp_path: Path) -> None:
    sheet = titled_sheet()
    ys = [150.0 + 20 * n for n in range(5)]
    sheet.table(XS, ys, [*LONG[:3], LONG[-1]])
    sheet.next_page()
    further = [["合计", "基本支出"], ["3.00", "1.00"], ["4.00", "2.00"], ["7.00", "3.00"]]
    sheet.table([60.0, 150.0, 240.0], ys, further)
    extraction = extract_document(sheet.save(tmp_path / "a.pdf"))
    assert rows_of(extraction) == [
        [*one, *two] for one, two in zip([*LONG[:3], LONG[-1]], further, strict=True)
    ]
    assert set(extraction.cell.filter(pl.col("column_no") > 3)["page"]) == {2}


def test_further_rows_on_the_next_page_are_no_columns_beside_the_table(tmp_path: Path) -> None:
    sheet = titled_sheet()
    ys = [640.0 + 20 * n for n in range(6)]
    sheet.table(XS, ys, LONG[:5])
    sheet.next_page()
    sheet.table(XS, ys, [[f"{name}、另项支出", "1.00", "2.00"] for name in "五六七八九"])
    table = extract_document(sheet.save(tmp_path / "a.pdf")).table.row(0, named=True)
    assert (table["row_count"], table["column_count"]) == (10, 3)


def test_statement_of_the_same_height_with_its_title_on_the_page_before_is_not_beside(tmp_path: Path) -> None:
    sheet = titled_sheet()
    ys = [150.0 + 20 * n for n in range(5)]
    sheet.table(XS, ys, [*LONG[:3], LONG[-1]])
    sheet.text(200, 760, "政府性基金预算支出决算表", 16)
    sheet.next_page()
    sheet.table(
        [60.0, 150.0, 240.0], ys, [["合计", "基本支出"], ["3.00", "1.00"], ["4.00", "2.00"], ["7.00", "3.00"]]
    )
    assert extract_document(sheet.save(tmp_path / "a.pdf")).table.height == 2
