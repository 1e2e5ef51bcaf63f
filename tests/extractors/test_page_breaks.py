"""Tables that go on over the page: one drawn PDF for each trap."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from extractors.document import extract_document
from tests.extractors.drawing import (
    LONG,
    ROWS,
    XS,
    XS_CUT,
    YS,
    Sheet,
    rows_of,
    titled_sheet,
)


def test_page_count_below_a_table_does_not_part_it_from_its_rest(tmp_path: Path) -> None:
    sheet = titled_sheet()
    ys = [500.0 + 20 * n for n in range(6)]
    sheet.table(XS, ys, LONG[:5])
    sheet.text(230, 620, "第1页，共2页")
    sheet.next_page()
    sheet.table(XS, [60.0, 80.0, 100.0], [["五、某项支出", "1.00", "2.00"], LONG[-1]])
    assert extract_document(sheet.save(tmp_path / "a.pdf")).table["row_count"].to_list() == [7]


@pytest.mark.parametrize("repeat_header", [True, False])
def test_continuation_on_the_next_page(tmp_path: Path, repeat_header: bool) -> None:
    sheet = titled_sheet()
    ys = [700.0, 720.0, 740.0]
    sheet.table(XS, ys, ROWS[:2])
    sheet.text(290, 815, "3", 9)
    sheet.next_page()
    more = [["二、科学技术支出", "5.00", "6.00"], ["合计", "7.00", "8.00"]]
    rows = ROWS[:1] + more if repeat_header else more
    sheet.table(XS, [60.0 + 20 * n for n in range(len(rows) + 1)], rows)
    sheet.text(290, 815, "4", 9)
    extraction = extract_document(sheet.save(tmp_path / "a.pdf"))
    assert rows_of(extraction) == [*ROWS[:2], *more]
    table = extraction.table.row(0, named=True)
    assert (extraction.table.height, table["first_page"], table["last_page"]) == (1, 1, 2)
    assert extraction.cell.filter(pl.col("raw_text") == "6.00")["page"].to_list() == [2]


def test_continuation_with_fewer_columns_is_aligned_by_x(tmp_path: Path) -> None:
    sheet = titled_sheet()
    sheet.table(XS, [700.0, 720.0, 740.0], ROWS[:2])
    sheet.next_page()
    sheet.table([60.0, 330.0, 420.0], [60.0, 80.0, 100.0], [["说明", "9.00"], ["合计", "8.00"]])
    assert rows_of(extract_document(sheet.save(tmp_path / "a.pdf")))[2:] == [
        ["说明", None, "9.00"],
        ["合计", None, "8.00"],
    ]


def test_row_cut_by_the_page_break_is_joined(tmp_path: Path) -> None:
    sheet = titled_sheet()
    sheet.table(
        XS_CUT, [740.0, 760.0, 780.0], [ROWS[0], ["机关事业单位基本养老保险费缴纳支", "1.00", "2.00"]]
    )
    sheet.next_page()
    sheet.table(XS_CUT, [60.0, 80.0, 100.0], [["出", "", ""], ["合计", "3.00", "4.00"]])
    rows = rows_of(extract_document(sheet.save(tmp_path / "a.pdf")))
    assert rows == [
        ROWS[0],
        ["机关事业单位基本养老保险费缴纳支\n出", "1.00", "2.00"],
        ["合计", "3.00", "4.00"],
    ]


def test_empty_first_row_of_a_continuation_is_no_rest(tmp_path: Path) -> None:
    sheet = titled_sheet()
    sheet.table(XS, [740.0, 760.0, 780.0], [ROWS[0], ["一、教育支出", "1.00", ""]])
    sheet.next_page()
    sheet.table(XS, [60.0, 80.0, 100.0], [["二、科学支出", "", ""], ["合计", "3.00", "4.00"]])
    rows = rows_of(extract_document(sheet.save(tmp_path / "a.pdf")))
    assert [row[0] for row in rows] == ["项目", "一、教育支出", "二、科学支出", "合计"]


def test_new_title_on_the_next_page_starts_a_new_table(tmp_path: Path) -> None:
    sheet = titled_sheet()
    sheet.table(XS, [700.0, 720.0, 740.0], ROWS[:2])
    sheet.next_page()
    sheet.text(200, 90, "支出决算表", 16)
    sheet.table(XS, YS, ROWS)
    extraction = extract_document(sheet.save(tmp_path / "a.pdf"))
    assert extraction.table["caption"].to_list()[1] == "支出决算表"


def test_title_on_the_page_before_the_table(tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.text(60, 100, "这里是前一节的正文，说明了若干情况，与后面的表格没有关系。")
    sheet.text(200, 740, "收入决算表", 16)
    sheet.text(340, 770, "单位：元")
    sheet.next_page()
    sheet.table(XS, [60.0, 80.0, 100.0, 120.0], ROWS)
    table = extract_document(sheet.save(tmp_path / "a.pdf")).table.row(0, named=True)
    assert table["caption"].startswith("收入决算表")
    assert table["money_unit"] == "元"


def test_table_open_at_the_page_break(tmp_path: Path) -> None:
    sheet = titled_sheet()
    for y in YS[:-1]:
        sheet.line(XS[0], y, XS[-1], y)
    for x in XS:
        sheet.line(x, YS[0], x, YS[-1])
    sheet.fill(XS, YS, ROWS)
    assert rows_of(extract_document(sheet.save(tmp_path / "a.pdf"))) == ROWS


def test_table_without_rules_goes_on_over_the_page(tmp_path: Path) -> None:
    sheet = titled_sheet()
    sheet.fill(XS, [680.0 + 20 * n for n in range(5)], LONG[:5])
    sheet.next_page()
    rest = [["五、某项支出", "5.00", "6.00"], ["六、某项支出", "7.00", "8.00"], ["合计", "12.00", "14.00"]]
    sheet.fill(XS, [60.0 + 20 * n for n in range(3)], rest)
    rows = rows_of(extract_document(sheet.save(tmp_path / "a.pdf")))
    assert rows == [*LONG[:5], *rest]


def test_caption_and_header_repeated_on_every_page(tmp_path: Path) -> None:
    sheet = titled_sheet()
    sheet.table(XS, YS, ROWS[:3])
    sheet.next_page()
    sheet.text(200, 90, "收入支出决算总表", 16)
    sheet.text(60, 120, "部门：某某局")
    sheet.text(340, 120, "金额单位：万元")
    sheet.table(XS, YS, [ROWS[0], ["二、科学支出", "3.00", "4.00"], ["总计", "5.00", "6.00"]])
    rows = rows_of(extract_document(sheet.save(tmp_path / "a.pdf")))
    assert [row[0] for row in rows] == ["项目", "一、教育支出", "合计", "二、科学支出", "总计"]


def test_note_below_the_next_pages_table_is_not_this_tables_note(tmp_path: Path) -> None:
    sheet = Sheet()
    ys = [60.0 + 20 * n for n in range(4)]
    for title in ("一般公共预算支出表", "政府性基金预算支出表"):
        sheet.rules([60, 360], [40, 60])
        sheet.text(70, 45, title)
        sheet.table(XS, ys, ROWS)
        if title.startswith("政府性"):
            sheet.text(60, 150, "注：本单位无政府性基金预算，故本表无数据。")
        else:
            sheet.next_page()
    notes = extract_document(sheet.save(tmp_path / "a.pdf")).table["notes"].to_list()
    assert notes[0] == "" and "本表无数据" in notes[-1]


def _headed(sheet: Sheet, top: float, lines: list[str], rows: list[list[str]]) -> None:
    """Draw a table whose heading has a column merged over both heading rows, with these lines in the last one."""
    xs = [60.0, 120.0, 200.0, 300.0, 340.0]
    ys = [top, top + 20, top + 40, *(top + 60 + 20 * n for n in range(len(rows)))]
    for x in (60.0, 200.0, 300.0, 340.0):
        sheet.line(x, ys[0], x, ys[-1])
    sheet.line(120.0, ys[1], 120.0, ys[-1])
    sheet.line(60.0, ys[1], 200.0, ys[1])
    for y in (ys[0], *ys[2:]):
        sheet.line(60.0, y, 340.0, y)
    sheet.text(100, top + 4, "项目")
    sheet.text(65, top + 24, "科目编码")
    sheet.text(130, top + 24, "科目名称")
    sheet.text(220, top + 14, "本年收入")
    for number, text in enumerate(lines):
        sheet.text(305, top + 2 + 13 * number, text)
    sheet.fill(xs, ys[2:], rows)


@pytest.mark.parametrize("lines", [["上级", "补助", "收入"], ["上级", "补助"]])
def test_heading_printed_again_does_not_go_on_from_a_number(tmp_path: Path, lines: list[str]) -> None:
    """In too low a row its last line is cut off, so that it is not word for word the heading before."""
    sheet = titled_sheet()
    _headed(sheet, 720.0, ["上级", "补助", "收入"], [["205", "教育支出", "1,489,385.99", ""]])
    sheet.next_page()
    _headed(sheet, 60.0, lines, [["206", "科学技术支出", "5.00", ""]])
    rows = rows_of(extract_document(sheet.save(tmp_path / "a.pdf")))
    assert rows[2:] == [["205", "教育支出", "1,489,385.99", ""], ["206", "科学技术支出", "5.00", ""]]


def test_number_broken_by_the_page_break_is_read_whole(tmp_path: Path) -> None:
    sheet = titled_sheet()
    xs = [60.0, 150.0, 208.0]
    sheet.table(xs, [700.0, 720.0, 740.0], [["项目", "金额"], ["合计", "28463210.2"]])
    sheet.next_page()
    sheet.table(xs, [60.0, 80.0, 100.0], [["", "9"], ["年末结转", "5.00"]])
    extraction = extract_document(sheet.save(tmp_path / "a.pdf"))
    values = [str(value) for value in extraction.cell["value"].drop_nulls()]
    assert [float(value) for value in values] == [28463210.29, 5.0]


@pytest.mark.parametrize(("above", "below"), [("210.2", "9"), ("28463210.25", "9"), ("28463210.25", "12")])
def test_number_that_was_whole_is_not_joined_with_the_next_row(
    tmp_path: Path, above: str, below: str
) -> None:
    """A short one had room for more digits; three decimals are no money; one with two was whole before."""
    sheet = titled_sheet()
    xs = [60.0, 150.0, 208.0]
    sheet.table(xs, [700.0, 720.0, 740.0], [["项目", "金额"], ["合计", above]])
    sheet.next_page()
    sheet.table(xs, [60.0, 80.0, 100.0], [["", below], ["年末结转", "5.00"]])
    cells = extract_document(sheet.save(tmp_path / "a.pdf")).cell["raw_text"].to_list()
    assert above in cells
    assert below in cells
