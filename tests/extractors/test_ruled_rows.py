"""Tables whose rows are parted by rules from side to side, without upright ones, as browsers and spreadsheets print them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tests.extractors.aligned_sheets import amounts, centred, headings, read, titled
from tests.extractors.drawing import Sheet

EDGES = [60.0, 180.0, 300.0, 420.0, 540.0]
ROWS = [
    ["教育支出", "3.00", "1.00", "2.00"],
    ["科学支出", "4.00", "1.50", "2.50"],
    ["合计", "7.00", "2.50", "4.50"],
]


def lines_across(sheet: Sheet, ys: Sequence[float], x0: float = 60, x1: float = 540) -> None:
    for y in ys:
        sheet.line(x0, y, x1, y)


def test_a_ruled_row_of_column_numbers_does_not_end_the_heading(tmp_path: Path) -> None:
    """Every row lies between two rules, those of the heading too; the caption ends above the highest."""
    sheet = titled()
    sheet.text(60, 125, "部门：甲区财政局")
    lines_across(sheet, [142.0 + 18 * n for n in range(7)])
    lines_across(sheet, [160.0], 300, 540)
    centred(sheet, 300, 540, 146, "其中")
    headings(sheet, 164, ["科目", "合计", "基本支出", "项目支出"], EDGES)
    headings(sheet, 182, ["栏次", "1", "2", "3"], EDGES)
    for number, row in enumerate(ROWS):
        amounts(sheet, 200 + 18 * number, row, EDGES)
    rows = read(sheet, tmp_path)
    assert [row for row in rows if row[0] == "科目"] == [["科目", "合计", "基本支出", "项目支出"]]
    assert "其中" in rows[0]
    assert rows[-3:] == ROWS


def test_a_heading_whose_lower_rule_is_broken_opens_a_page_below_its_own_title(tmp_path: Path) -> None:
    """Only the lower headings have a rule below them; the page before ends in a table."""
    sheet = titled("收入支出决算总表")
    headings(sheet, 150, ["科目", "合计", "基本支出", "项目支出"], EDGES)
    for number, row in enumerate(ROWS):
        amounts(sheet, 170 + 18 * number, row, EDGES)
    sheet.next_page()
    sheet.text(220, 60, "支出决算表", 16)
    sheet.text(450, 85, "金额单位：万元")
    lines_across(sheet, [102.0, 200.0])
    lines_across(sheet, [136.0], 300, 540)
    centred(sheet, 300, 540, 106, "其中")
    headings(sheet, 115, ["科目名称", "本年合计", "", ""], EDGES)
    headings(sheet, 123, ["", "", "人员经费", "公用经费"], EDGES)
    for number, row in enumerate(ROWS):
        amounts(sheet, 142 + 18 * number, row, EDGES)
    rows = read(sheet, tmp_path, 2)
    assert rows[0][:3] == ["科目名称", "本年合计", "其中"]
    assert rows[1][2:] == ["人员经费", "公用经费"]
    assert rows[2:] == ROWS


def test_dotted_rules_enclose_cells(tmp_path: Path) -> None:
    """Browsers print each dot of a dotted border as a square of its own."""
    sheet = titled()
    ys = [150.0 + 18 * n for n in range(5)]
    for y in ys:
        for step in range(321):
            sheet.bar(60 + 1.5 * step, y, 60.75 + 1.5 * step, y + 0.75)
    for x in EDGES:
        for step in range(49):
            sheet.bar(x, 150 + 1.5 * step, x + 0.75, 150.75 + 1.5 * step)
    rows = [["科目", "", "基本支出", "项目支出"], *ROWS]
    sheet.fill(EDGES, ys, rows)
    assert read(sheet, tmp_path) == rows
