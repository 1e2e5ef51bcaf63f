"""Tables without upright rules over pages: what stands at the edges of a page, and rows that go on on the next."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractors.document import extract_document
from tests.extractors.aligned_sheets import EDGES, amounts, centred, headings, read, titled
from tests.extractors.drawing import Sheet, rows_of


@pytest.mark.parametrize("rest", [["合计", "", "3.00", "", "", "3.00"], ["四、其他", "1.00", "", "", "", ""]])
def test_one_row_on_the_next_page_stands_in_the_columns_of_the_table(tmp_path: Path, rest: list[str]) -> None:
    sheet = titled()
    headings(sheet, 700, ["科目名称", "本年收入", "本年支出", "基本支出", "项目支出", "年末结余"])
    for number in range(4):
        amounts(sheet, 720 + 18 * number, ["一、某项", "3.00", "10.00", "3.00", "8.00", "12.00"])
    sheet.next_page()
    amounts(sheet, 60, rest)
    assert read(sheet, tmp_path)[-1] == rest


def test_rows_without_amounts_at_the_top_of_the_next_page_belong_to_the_table(tmp_path: Path) -> None:
    sheet = titled()
    headings(sheet, 700, ["科目名称", "本年收入", "本年支出", "基本支出", "项目支出", "年末结余"])
    for number in range(4):
        amounts(sheet, 720 + 18 * number, ["一、某项", "3.00", "10.00", "3.00", "8.00", "12.00"])
    sheet.next_page()
    for number, name in enumerate(("五、某项", "六、某项")):
        amounts(sheet, 60 + 18 * number, [name])
    for number in range(2):
        amounts(sheet, 96 + 18 * number, ["七、某项", "3.00", "10.00", "3.00", "8.00", "12.00"])
    assert [row[0] for row in read(sheet, tmp_path)[5:]] == ["五、某项", "六、某项", "七、某项", "七、某项"]


def test_page_numbers_below_a_table_are_none_of_its_rows(tmp_path: Path) -> None:
    sheet = titled()
    headings(sheet, 700, ["科目名称", "本年收入", "本年支出", "基本支出", "项目支出", "年末结余"])
    for number in range(4):
        amounts(sheet, 720 + 18 * number, ["一、某项", "3.00", "10.00", "3.00", "8.00", "12.00"])
    centred(sheet, EDGES[2], EDGES[4], 796, "第7页，共10页")
    sheet.right(EDGES[3] - 5, 812, "7")
    rows = read(sheet, tmp_path)
    assert [len(rows), *(row[0] for row in rows)] == [5, "科目名称", *["一、某项"] * 4]


def test_running_head_above_the_rest_of_a_table_is_no_heading(tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.text(60, 25, "部门预算公开文本")
    sheet.next_page()
    sheet.text(60, 25, "部门预算公开文本")
    sheet.text(220, 100, "收入支出决算总表", 16)
    sheet.text(450, 125, "金额单位：万元")
    headings(sheet, 700, ["科目名称", "本年收入", "本年支出", "基本支出", "项目支出", "年末结余"])
    for number in range(4):
        amounts(sheet, 720 + 18 * number, ["一、某项", "3.00", "10.00", "3.00", "8.00", "12.00"])
    sheet.next_page()
    sheet.text(60, 25, "部门预算公开文本")
    amounts(sheet, 60, ["二、另项", "3.00", "", "3.00", "", ""])
    assert read(sheet, tmp_path)[-1] == ["二、另项", "3.00", "", "3.00", "", ""]


def test_unit_line_at_the_top_of_every_page_is_no_running_head(tmp_path: Path) -> None:
    sheet = Sheet()
    edges = [60.0, 260.0, 400.0, 540.0]
    for number, title in enumerate(("收入决算表", "支出决算表", "财政拨款收入支出决算总表")):
        if number:
            sheet.next_page()
        sheet.text(220, 40, title, 16)
        sheet.text(470, 64, "仓位：元")
        headings(sheet, 90, ["项目", "上年数", "本年数"], edges)
        for row in range(4):
            amounts(sheet, 110 + 18 * row, [f"某项支出{row}", "9,000", "8,000"], edges)
    tables = extract_document(sheet.save(tmp_path / "a.pdf")).table
    assert tables["money_unit"].to_list() == ["元"] * 3


def test_margins_that_a_browser_prints_are_no_rows(tmp_path: Path) -> None:
    sheet = Sheet()

    def margins(number: int) -> None:
        sheet.text(30, 20, "2026/2/9 10:05")
        sheet.text(250, 20, "某某局部门预算")
        sheet.text(30, 820, "file:///D:/gk.html")
        sheet.text(540, 820, f"{number}/2")

    margins(1)
    sheet.text(220, 100, "收入支出决算总表", 16)
    sheet.text(450, 125, "金额单位：万元")
    headings(sheet, 700, ["科目名称", "本年收入", "本年支出", "基本支出", "项目支出", "年末结余"])
    for number in range(4):
        amounts(sheet, 720 + 18 * number, ["一、某项", "3.00", "10.00", "3.00", "8.00", "12.00"])
    sheet.next_page()
    margins(2)
    headings(sheet, 190, ["科目名称", "本年收入", "本年支出", "基本支出", "项目支出", "年末结余"])
    for number in range(2):
        amounts(sheet, 210 + 18 * number, ["二、另项", "3.00", "10.00", "3.00", "8.00", "12.00"])
    extraction = extract_document(sheet.save(tmp_path / "a.pdf"))
    names = [row[0] for number in (1, 2) for row in rows_of(extraction, number)]
    assert names == ["科目名称", *["一、某项"] * 4, "科目名称", *["二、另项"] * 2]
