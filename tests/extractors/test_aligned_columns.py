"""Tables without upright rules: each case fails without one handling of ``text_aligned`` or ``aligned_headings``."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from extractors.document import extract_document
from tests.extractors.aligned_sheets import EDGES, amounts, centred, headings, read, titled
from tests.extractors.drawing import rows_of


def test_one_row_with_blank_cells_keeps_its_amounts_under_their_headings(tmp_path: Path) -> None:
    """As many amounts as the heading's middle line has texts, and none of them the same columns."""
    sheet = titled()
    edges = [60.0 + 78.0 * n for n in range(7)]
    headings(sheet, 165, ["合计", "出国费", "", "", "", "接待费"], edges)
    headings(sheet, 180, ["", "", "小计", "购置费", "运行费", ""], edges)
    centred(sheet, edges[2], edges[5], 150, "公务用车费")
    amounts(sheet, 205, ["3.27", "", "2.66", "", "2.66", "0.61"], edges)
    rows = read(sheet, tmp_path)
    assert rows[-1] == ["3.27", "", "2.66", "", "2.66", "0.61"]


def test_amounts_between_two_headings_are_uncertain_where_nothing_says_how_they_are_set(
    tmp_path: Path,
) -> None:
    sheet = titled()
    edges = [60.0, 220.0, 380.0, 540.0]
    headings(sheet, 150, ["科目", "合计", "拨款"], edges)
    for top, name in ((175, "教育支出"), (195, "科学支出")):
        sheet.text(64, top, name)
        sheet.text(360, top, "3.00")  # as far from 合计 at its left as from 拨款 at its right
    cells = extract_document(sheet.save(tmp_path / "a.pdf")).cell
    doubtful = cells.filter(pl.col("confidence").is_not_null())
    assert set(doubtful["column_no"]) == {2, 3}
    assert not cells.filter(pl.col("column_no") == 1)["confidence"].is_not_null().any()


def test_amounts_are_certain_where_others_show_that_they_end_at_the_right_edge(tmp_path: Path) -> None:
    sheet = titled()
    edges = [60.0, 220.0, 380.0, 540.0]
    headings(sheet, 150, ["科目", "合计", "拨款"], edges)
    amounts(sheet, 175, ["教育支出", "3.00", ""], edges)
    amounts(sheet, 195, ["科学支出", "1,003.00", ""], edges)
    extraction = extract_document(sheet.save(tmp_path / "a.pdf"))
    assert rows_of(extraction)[1:] == [["教育支出", "3.00", ""], ["科学支出", "1,003.00", ""]]
    assert not extraction.cell["confidence"].is_not_null().any()


def test_headings_that_nearly_touch_are_cut_where_the_columns_part(tmp_path: Path) -> None:
    sheet = titled()
    edges = [60.0, 180.0, 260.0, 332.0, 404.0]
    headings(sheet, 150, ["科目名称", "小计（元）", "基本支出（元）", "项目支出（元）"], edges)
    for top in (175, 195):
        amounts(sheet, top, ["教育支出", "3000.00", "1000.00", "2000.00"], edges)
    assert read(sheet, tmp_path)[0] == ["科目名称", "小计（元）", "基本支出（元）", "项目支出（元）"]


def test_longest_codes_that_nearly_touch_their_names_stay_codes(tmp_path: Path) -> None:
    sheet = titled()
    edges = [60.0, 104.0, 250.0, 320.0]
    headings(sheet, 150, ["编码", "科目名称", "合计"], edges)
    for number, code in enumerate(("208", "20805", "2080501")):
        top = 175 + 20 * number
        centred(sheet, edges[0], edges[1], top, code)
        amounts(sheet, top, ["", "社会保障支出", "3.00"], edges)
    assert [row[:2] for row in read(sheet, tmp_path)[1:]] == [
        ["208", "社会保障支出"], ["20805", "社会保障支出"], ["2080501", "社会保障支出"],
    ]  # fmt: skip


def test_two_rows_between_two_rules_stay_two(tmp_path: Path) -> None:
    sheet = titled()
    for y in (146.0, 190.0, 230.0):
        sheet.line(60, y, 530, y)
    headings(sheet, 150, ["单位", "合计", "拨款", "事业", "经营", "其他"])
    headings(sheet, 170, ["栏次", "1", "2", "3", "4", "5"])
    amounts(sheet, 194, ["合计", "3.00", "3.00", "0.00", "0.00", "0.00"])
    amounts(sheet, 212, ["教育局", "3.00", "3.00", "0.00", "0.00", "0.00"])
    rows = read(sheet, tmp_path)
    assert [row[0] for row in rows] == ["单位", "栏次", "合计", "教育局"]


def test_headings_over_two_rows_stand_beside_those_of_the_lower_row(tmp_path: Path) -> None:
    """Half a row above them, they share out the columns below together with them; each text has a cell of its own."""
    sheet = titled("财政拨款“三公”经费支出决算表")
    edges = [52.0 + 41.0 * n for n in range(13)]
    pairs = edges[::2]
    headings(sheet, 158, ["合计", "因公出国费", "", "", "", "公务接待费"], pairs, 9)
    centred(sheet, pairs[2], pairs[5], 150, "公务用车购置及运行费", 9)
    headings(sheet, 166, ["", "", "小计", "购置费", "运行费", ""], pairs, 9)
    headings(sheet, 182, ["预算数", "决算数"] * 6, edges, 9)
    amounts(
        sheet, 198, ["2.67", "2.33", "", "", "2.17", "1.88", "", "", "2.17", "1.88", "0.50", "0.45"], edges
    )
    cells = extract_document(sheet.save(tmp_path / "a.pdf")).cell.filter(pl.col("row_no") < 3)
    placed = (
        cells.sort("row_no", "column_no")
        .select("row_no", "column_no", "row_span", "column_span", "raw_text")
        .rows()
    )
    assert placed == [
        (1, 1, 2, 2, "合计"), (1, 3, 2, 2, "因公出国费"), (1, 5, 1, 6, "公务用车购置及运行费"), (1, 11, 2, 2, "公务接待费"),
        (2, 5, 1, 2, "小计"), (2, 7, 1, 2, "购置费"), (2, 9, 1, 2, "运行费"),
    ]  # fmt: skip


def test_row_over_all_columns_is_no_part_of_the_headings_height(tmp_path: Path) -> None:
    """Were it taken for that, 支出 would be a column of its own beside 行次."""
    sheet = titled()
    edges = [60.0, 200.0, 240.0, 300.0, 440.0, 480.0, 540.0]
    for y in (146.0, 198.0):
        sheet.line(60, y, 540, y)
    centred(sheet, edges[0], edges[-1], 150, "2024年度")
    centred(sheet, edges[0], edges[3], 166, "收入")
    centred(sheet, edges[3], edges[6], 166, "支出")
    headings(sheet, 182, ["项目", "行次", "决算数"] * 2, edges)
    for number in range(1, 4):
        amounts(
            sheet,
            190 + 16 * number,
            ["一、某项收入", f"{number}", "3.00", "一、某项支出", f"{number}", "3.00"],
            edges,
        )
    assert read(sheet, tmp_path)[2] == ["项目", "行次", "决算数"] * 2


def test_label_in_the_middle_of_several_columns_is_one_merged_cell(tmp_path: Path) -> None:
    sheet = titled()
    edges = [60.0, 115.0, 220.0, 290.0, 345.0, 470.0, 540.0]
    headings(sheet, 150, ["编码", "名称", "决算数"] * 2, edges)
    for number in range(3):
        codes = [f"3010{number}", "基本工资", "3.00", f"3020{number}", "办公费", "1.00"]
        amounts(sheet, 175 + 18 * number, codes, edges)
    centred(sheet, edges[0], edges[5], 229, "公用经费合计")
    sheet.right(edges[6] - 4, 229, "3.00")
    extraction = extract_document(sheet.save(tmp_path / "a.pdf"))
    label = extraction.cell.filter(pl.col("raw_text") == "公用经费合计").row(0, named=True)
    assert (label["column_no"], label["column_span"]) == (1, 5)


def test_statement_without_amounts_is_a_table_of_headings_and_total(tmp_path: Path) -> None:
    sheet = titled("政府性基金预算财政拨款收入支出决算表")
    headings(sheet, 150, ["科目名称", "本年收入", "本年支出", "基本支出", "项目支出", "年末结余"])
    centred(sheet, EDGES[0], EDGES[1], 170, "合计")
    sheet.text(60, 190, "注：本表无数据。")
    assert read(sheet, tmp_path) == [
        ["科目名称", "本年收入", "本年支出", "基本支出", "项目支出", "年末结余"],
        ["合计", "", "", "", "", ""],
    ]


def test_section_title_and_upper_half_of_a_name_belong_to_the_body(tmp_path: Path) -> None:
    sheet = titled("机构运行信息表")
    edges = [60.0, 300.0, 420.0]
    headings(sheet, 150, ["项目", "统计数"], edges)
    amounts(sheet, 172, ["一、采购信息"], edges)
    for number, name in enumerate(("（一）合计", "（二）货物", "（三）服务")):
        amounts(sheet, 190 + 18 * number, [name, "3.00"], edges)
    rows = read(sheet, tmp_path)
    assert rows[:2] == [["项目", "统计数"], ["一、采购信息", ""]]


def test_word_for_the_column_numbers_that_wraps_is_no_heading(tmp_path: Path) -> None:
    sheet = titled()
    headings(sheet, 150, ["类", "本年收入", "本年支出", "基本支出", "项目支出", "年末结余"])
    centred(sheet, EDGES[0], EDGES[1], 168, "栏")
    headings(sheet, 174, ["", "1", "2", "3", "4", "5"])
    centred(sheet, EDGES[0], EDGES[1], 180, "次")
    for number in range(3):
        amounts(sheet, 200 + 18 * number, ["某某支出", "3.00", "10.00", "3.00", "8.00", "12.00"])
    rows = read(sheet, tmp_path)
    assert rows[0] == ["类", "本年收入", "本年支出", "基本支出", "项目支出", "年末结余"]
    assert rows[1][1:] == ["1", "2", "3", "4", "5"]


@pytest.mark.parametrize(("gap", "item"), [(4.0, "一、某项支出"), (4.0, "某项支出"), (2.5, "(一)某项支出")])
def test_name_close_behind_an_amount_stands_in_the_next_column(tmp_path: Path, gap: float, item: str) -> None:
    sheet = titled()
    edges = [60.0, 200.0, 260.0, 400.0, 460.0]
    headings(sheet, 150, ["收入项目", "预算数", "支出项目", "预算数"], edges)
    for number in range(3):
        sheet.text(65, 172 + 18 * number, "一、某项收入")
        sheet.right(260 - gap / 2, 172 + 18 * number, "3.00")
        sheet.text(260 + gap / 2, 172 + 18 * number, item)
        sheet.right(455, 172 + 18 * number, "3.00")
    assert read(sheet, tmp_path)[1:] == [["一、某项收入", "3.00", item, "3.00"]] * 3


def test_total_in_the_middle_of_code_and_name_is_no_column_of_its_own(tmp_path: Path) -> None:
    sheet = titled("项目支出预算表")
    edges = [60.0, 260.0, 340.0]
    headings(sheet, 150, ["项目名称", "金额"], edges)
    for number in range(3):
        amounts(sheet, 172 + 18 * number, ["社区治理", "3.00"], edges)
    centred(sheet, edges[0], edges[1], 226, "合计")
    sheet.right(edges[2] - 4, 226, "9.00")
    assert read(sheet, tmp_path) == [
        ["项目名称", "金额"], *[["社区治理", "3.00"]] * 3, ["合计", "9.00"],
    ]  # fmt: skip


def test_levels_of_the_codes_stand_in_the_row_of_column_numbers(tmp_path: Path) -> None:
    """Blank cells are set at the right edge; the numbers in the middle are no columns of their own."""
    sheet = titled("支出决算表")
    edges = [60.0, 90.0, 120.0, 150.0, 250.0, 345.0, 440.0, 535.0]
    centred(sheet, edges[0], edges[3], 158, "科目编码")
    headings(sheet, 158, ["", "", "", "科目名称", "本年支出合计", "基本支出", "项目支出"], edges)
    headings(sheet, 178, ["类", "款", "项", "栏次", "1", "2", "3"], edges)
    for number in range(3):
        amounts(sheet, 198 + 18 * number, ["", "", "", "某项支出", "1,234.00", "1,234.00", "—"], edges)
        headings(sheet, 198 + 18 * number, ["201", "03", "01"], edges)
    rows = read(sheet, tmp_path)
    assert rows[-4:] == [
        ["类", "款", "项", "栏次", "1", "2", "3"],
        *[["201", "03", "01", "某项支出", "1,234.00", "1,234.00", "—"]] * 3,
    ]


def test_rows_set_closer_than_a_name_that_wraps_stay_apart(tmp_path: Path) -> None:
    """A spreadsheet keeps the height of its rows where a name wraps: its lines stand beside those of the next rows."""
    sheet = titled("支出决算表")
    edges = [60.0, 120.0, 240.0, 330.0, 420.0]
    headings(sheet, 150, ["科目编码", "科目名称", "本年支出合计", "基本支出"], edges)
    for number in range(5):
        name = "" if number == 1 else "某项支出"
        amounts(sheet, 180 + 13 * number, ["", name, f"{number}1.00", f"{number}2.00"], edges)
        sheet.text(65, 180 + 13 * number, f"2010{number}")
    sheet.text(125, 187, "政府办公厅及相关机")
    sheet.text(125, 199, "构事务")
    rows = read(sheet, tmp_path)
    assert [row[2:] for row in rows[1:]] == [[f"{number}1.00", f"{number}2.00"] for number in range(5)]


def test_a_total_between_two_lines_of_other_headings_is_a_heading(tmp_path: Path) -> None:
    sheet = titled("财政拨款收入支出决算总表")
    edges = [60.0, 180.0, 250.0, 340.0, 430.0, 520.0]
    headings(sheet, 152, ["项目"], edges)
    centred(sheet, edges[1], edges[5], 144, "决算数")
    headings(sheet, 162, ["", "", "一般公共预", "政府性基金", "国有资本经"], edges)
    headings(sheet, 168, ["", "合计"], edges)
    headings(sheet, 174, ["", "", "算拨款", "预算拨款", "营预算拨款"], edges)
    for number in range(3):
        amounts(sheet, 194 + 16 * number, ["一、某项支出", "9.00", "4.00", "5.00", "0.00"], edges)
    assert read(sheet, tmp_path)[-3:] == [["一、某项支出", "9.00", "4.00", "5.00", "0.00"]] * 3


def test_halves_of_a_number_that_wraps_stay_in_one_row(tmp_path: Path) -> None:
    sheet = titled("支出决算表")
    edges = [60.0, 120.0, 240.0, 330.0, 420.0]
    headings(sheet, 150, ["科目编码", "科目名称", "本年支出合计", "基本支出"], edges)
    for number in range(3):
        top = 180 + 30 * number
        amounts(sheet, top, ["", "某项支出", "", "12.00"], edges)
        sheet.text(65, top, f"2010{number}")
        for offset, text in ((-6, "1,234,5"), (6, "67.89")) if number else ((0, "12.00"),):
            sheet.right(325, top + offset, text)
    rows = read(sheet, tmp_path)
    assert rows[2:] == [[f"2010{number}", "某项支出", "1,234,5\n67.89", "12.00"] for number in (1, 2)]


@pytest.mark.parametrize("rows_follow", [True, False])
def test_indented_items_without_amounts_belong_to_the_table_where_rows_follow(
    tmp_path: Path, rows_follow: bool
) -> None:
    """The funds of an opening balance stand between it and the total; below a table numbered headings may stand."""
    sheet = titled()
    headings(sheet, 165, ["项目", "本年收入", "本年支出", "基本支出", "项目支出", "年末结余"])
    for number, name in enumerate(("本年收入合计", "年初结转和结余")):
        amounts(sheet, 190 + 18 * number, [name, "3.00", "10.00", "3.00", "8.00", "12.00"])
    names = ["一、一般公共预算", "二、政府性基金", "三、国有资本经营"]
    for number, name in enumerate(names):
        sheet.text(EDGES[0] + 15, 226 + 18 * number, name)
    if rows_follow:
        amounts(sheet, 280, ["总计", "3.00", "10.00", "3.00", "8.00", "12.00"])
    labels = [row[0] for row in read(sheet, tmp_path)[1:]]
    assert labels == ["本年收入合计", "年初结转和结余", *([*names, "总计"] if rows_follow else [])]
