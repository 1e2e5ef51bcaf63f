"""Headings and first rows of tables without upright rules: each case fails without one handling of ``aligned_blocks``."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from extractors.document import extract_document
from tests.extractors.aligned_sheets import amounts, centred, headings, read, titled
from tests.extractors.drawing import FONT, Sheet, rows_of

FOUR = [60.0, 180.0, 300.0, 420.0, 540.0]


def test_a_heading_whose_cells_wrap_in_the_middle_is_read_to_its_first_line(tmp_path: Path) -> None:
    """Ten lines that interleave are no higher than five."""
    sheet = titled("财政拨款“三公”经费支出表")
    edges = [60.0 + 80.0 * n for n in range(7)]
    centred(sheet, edges[0], edges[6], 150, "本年预算数", 8)
    centred(sheet, edges[2], edges[5], 162, "公务用车购置及运行费", 8)
    three, two, four = (168, 178, 188), (173, 183), (170.5, 180.5, 190.5, 200.5)
    cells = (
        (two, ("合计", "（元）")), (three, ("因公出", "国（境）", "费（元）")), (three, ("公务", "用车", "小计")),
        (four, ("公务用", "车购置", "费", "（元）")), (four, ("公务用", "车运行", "费", "（元）")), (two, ("公务", "接待")),
    )  # fmt: skip
    for column, (tops, texts) in enumerate(cells):
        for top, text in zip(tops, texts, strict=True):
            centred(sheet, edges[column], edges[column + 1], top, text, 8)
    headings(sheet, 212, list("123456"), edges, 8)
    amounts(sheet, 226, ["22,360", "0.00", "18,200", "0.00", "18,200", "4,160"], edges)
    read_cells = extract_document(sheet.save(tmp_path / "a.pdf")).cell
    top = read_cells.filter(pl.col("row_no") == 1)["raw_text"].to_list()
    assert "本年预算数" in top
    assert rows_of(extract_document(tmp_path / "a.pdf"))[-1] == [
        "22,360", "0.00", "18,200", "0.00", "18,200", "4,160",
    ]  # fmt: skip


def test_a_first_name_that_wraps_above_its_amounts_is_no_heading(tmp_path: Path) -> None:
    """The amounts of the first row stand half way between the two lines of its name."""
    sheet = titled()
    headings(sheet, 150, ["单位名称", "科目", "合计", "基本支出"], FOUR)
    sheet.text(65, 172, "甲区供销社联合")
    amounts(sheet, 178, ["", "教育支出", "3.00", "3.00"], FOUR)
    sheet.text(65, 184, "社")
    amounts(sheet, 204, ["", "科学支出", "1.00", "1.00"], FOUR)
    rows = read(sheet, tmp_path)
    assert rows[0] == ["单位名称", "科目", "合计", "基本支出"]
    assert rows[1] == ["甲区供销社联合\n社", "教育支出", "3.00", "3.00"]


def test_a_shaded_title_of_a_section_is_a_row_below_the_heading(tmp_path: Path) -> None:
    """The edges of the shade are no rules of the heading."""
    sheet = titled()
    edges = [60.0, 300.0, 420.0, 540.0]
    headings(sheet, 150, ["项目", "预算数", "决算数"], edges)
    rows = [
        ["一、经费支出", "", ""],
        ["合计", "51.60", "42.39"],
        ["因公出国费", "1.00", "0.39"],
        ["公务接待费", "50.60", "42.00"],
    ]
    for number, row in enumerate(rows):
        if number % 2 == 0:
            sheet.shade(60, 168 + 16 * number, 540, 184 + 16 * number, 0.9)
        amounts(sheet, 171 + 16 * number, row, edges)
    assert read(sheet, tmp_path) == [["项目", "预算数", "决算数"], *rows]


def test_words_for_nothing_that_touch_the_next_amount_are_cells(tmp_path: Path) -> None:
    sheet = titled()
    edges = [60.0, 180.0, 260.0, 330.0, 400.0]
    headings(sheet, 150, ["科目", "合计", "上年结转", "拨款收入"], edges)
    values = ["11,919,560.00", "3,203,200.00", "847,600.00", "373,500.00", "599,600.00"]
    for number, value in enumerate(values):
        top = 175 + 16 * number
        amounts(sheet, top, ["教育支出", value], edges)
        sheet.right(395 - sheet.canvas.stringWidth(values[0], FONT, 10) - 0.2, top, "无")
        sheet.right(395, top, value)
    assert read(sheet, tmp_path)[1:] == [["教育支出", value, "无", value] for value in values]


def test_headings_that_nearly_touch_are_cut_where_their_columns_are_numbered(tmp_path: Path) -> None:
    """The middle column is blank: nothing but its number shows that it is there."""
    sheet = titled()
    edges = [60.0, 180.0, 260.0, 332.0, 404.0]
    headings(sheet, 150, ["科目名称", "小计（元）", "基本支出（元）", "项目支出（元）"], edges)
    headings(sheet, 166, ["栏次", "1", "2", "3"], edges)
    for top in (185, 205):
        amounts(sheet, top, ["教育支出", "3000.00", "", "3000.00"], edges)
    rows = read(sheet, tmp_path)
    assert rows[0] == ["科目名称", "小计（元）", "基本支出（元）", "项目支出（元）"]
    assert rows[-1] == ["教育支出", "3000.00", "", "3000.00"]


def test_a_short_heading_in_the_middle_over_two_lower_ones_is_no_column(tmp_path: Path) -> None:
    sheet = titled()
    edges = [40.0 + 64.0 * n for n in range(9)]
    for pair, name, top in ((0, "合计", 145), (1, "小计", 160), (2, "购置费", 160), (3, "接待费", 145)):
        centred(sheet, edges[2 * pair], edges[2 * pair + 2], top, name, 7)
    centred(sheet, edges[2], edges[6], 145, "公务用车费", 7)
    for pair, top in ((0, 167), (1, 175), (2, 175), (3, 167)):
        headings(sheet, top, ["预算数", "决算数"], edges[2 * pair : 2 * pair + 3], 7)
    row = ["3.35", "2.61", "2.73", "2.08", "-", "-", "0.62", "0.52"]
    for right, text in zip(edges[1:], row, strict=True):
        sheet.right(right - 5, 190, text, 7)
    assert read(sheet, tmp_path)[-1] == row


def test_a_page_number_in_words_below_a_table_is_no_row_of_it(tmp_path: Path) -> None:
    sheet = titled()
    edges = [60.0, 180.0, 300.0, 420.0, 540.0]
    headings(sheet, 150, ["项目", "决算数", "项目", "决算数"], edges)
    for number, name in enumerate(("教育支出", "科学支出", "其他支出")):
        amounts(sheet, 175 + 16 * number, ["国有资本预算拨款收入", "3.00", name, "3.00"], edges)
    sheet.text(250, 225, "第3页，共6页")
    sheet.text(80, 245, "部门负责人：张三")
    assert read(sheet, tmp_path)[-1] == ["国有资本预算拨款收入", "3.00", "其他支出", "3.00"]


def test_rows_of_one_cell_belong_to_a_table_without_side_rules(tmp_path: Path) -> None:
    """Rules across, uprights between the columns only: nothing crosses the first and the last row."""
    sheet = Sheet()
    sheet.text(220, 100, "支出决算表", 16)
    edges, tops = [60.0, 200.0, 340.0, 480.0], [140.0 + 18.0 * n for n in range(7)]
    for y in tops:
        sheet.line(edges[0], y, edges[-1], y)
    for x in edges[1:-1]:
        sheet.line(x, tops[1], x, tops[-2])
    centred(sheet, edges[0], edges[-1], tops[0] + 4, "本年支出")
    headings(sheet, tops[1] + 4, ["合计", "基本支出", "项目支出"], edges)
    for top in tops[2:-2]:
        amounts(sheet, top + 4, ["3.00", "1.00", "2.00"], edges)
    centred(sheet, edges[0], edges[-1], tops[-2] + 4, "以下空白")
    rows = read(sheet, tmp_path)
    assert rows[0][0] == "本年支出"
    assert rows[-1][0] == "以下空白"


def test_a_heading_over_two_columns_of_one_letter_is_no_column(tmp_path: Path) -> None:
    """科目编码 stands in the middle over 类 and 款, which are not equally wide; nothing is printed below it."""
    sheet = titled("一般公共预算基本支出表")
    edges = [60.0, 116.0, 160.0, 360.0, 520.0]
    centred(sheet, edges[0], edges[3], 150, "支出经济分类科目", 8)
    centred(sheet, edges[0], edges[2], 162, "科目编码", 8)
    centred(sheet, edges[2], edges[3], 168, "科目名称", 8)
    centred(sheet, edges[3], edges[4], 162, "合计", 8)
    headings(sheet, 174, ["类", "款"], edges, 8)
    rows = [
        ["301", "", "工资福利支出", "7.00"],
        ["301", "01", "基本工资", "3.00"],
        ["301", "02", "津贴补贴", "4.00"],
    ]
    for number, row in enumerate(rows):
        for column in (0, 1):
            centred(sheet, edges[column], edges[column + 1], 190 + 14 * number, row[column], 8)
        amounts(sheet, 190 + 14 * number, ["", "", *row[2:]], edges)
    assert read(sheet, tmp_path)[-3:] == rows


def test_high_heading_rows_begin_at_the_rule_above_them(tmp_path: Path) -> None:
    """Headings over both rows stand in the middle of the whole height, as far above the line below as a line is high."""
    sheet = titled()
    edges = [60.0 + 95.0 * n for n in range(6)]
    for y in (142.0, 222.0, 300.0):
        sheet.line(edges[0], y, edges[-1], y)
    headings(sheet, 177, ["科目名称", "合计", "", "", "上缴上级支出"], edges)
    centred(sheet, edges[2], edges[4], 157, "基本支出")
    headings(sheet, 197, ["", "", "人员经费", "公用经费", ""], edges)
    for number in range(3):
        amounts(sheet, 228 + 20 * number, ["某项支出", "9.00", "3.00", "4.00", "2.00"], edges)
    rows = read(sheet, tmp_path)
    assert rows[0] == ["科目名称", "合计", "基本支出", None, "上缴上级支出"]
    assert rows[1] == [None, None, "人员经费", "公用经费", None]
