"""Rows that no rules part, in columns that a heading or upright rules show."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from extractors.document import extract_document
from tests.extractors.aligned_sheets import amounts, centred, headings, read, titled
from tests.extractors.drawing import Sheet, rows_of

EDGES = [60.0, 180.0, 300.0, 420.0, 540.0]
HEADING = ["科目", "合计", "基本支出", "项目支出"]
ROWS = [
    ["教育支出", "3.00", "", "3.00"],
    ["科学支出", "4.00", "1.50", "2.50"],
    ["总计", "7.00", "1.50", "5.50"],
]


def shaded_heading(sheet: Sheet, texts: list[str], top: float) -> None:
    for left, right in itertools.pairwise(EDGES):
        sheet.shade(left, top, right, top + 18, 0.6)
    headings(sheet, top + 4, texts, EDGES)


@pytest.mark.parametrize("rules", [True, False])
@pytest.mark.parametrize("counted", [True, False])
def test_rows_below_a_heading_whose_cells_are_shaded(tmp_path: Path, rules: bool, counted: bool) -> None:
    sheet = titled()
    shaded_heading(sheet, HEADING, 150)
    numbers = [["栏次", "1", "2", "3"]] if counted else []
    for row in numbers:
        shaded_heading(sheet, row, 168)
    top = 168.0 + 18 * len(numbers)
    for number, row in enumerate(ROWS):
        amounts(sheet, top + 4 + 18 * number, row, EDGES)
        if rules:
            sheet.line(60, top + 18 * (number + 1), 540, top + 18 * (number + 1))
    extraction = extract_document(sheet.save(tmp_path / "a.pdf"))
    assert extraction.table.height == 1
    assert rows_of(extraction) == [HEADING, *numbers, *ROWS]


def test_prose_below_a_heading_alone_is_no_row(tmp_path: Path) -> None:
    sheet = titled()
    shaded_heading(sheet, HEADING, 150)
    sheet.text(60, 175, "本部门2024年度支出合计7.00万元，比上年增加1.00万元。")
    sheet.text(60, 195, "其中：基本支出1.50万元，项目支出5.50万元。")
    assert read(sheet, tmp_path) == [HEADING]


def test_rows_between_upright_rules(tmp_path: Path) -> None:
    """One rule below the heading and one around the whole; a name wraps beside its amounts."""
    sheet = titled()
    sheet.rules(EDGES, [150.0, 168.0, 260.0])
    headings(sheet, 154, HEADING, EDGES)
    for number, row in enumerate(ROWS[:2]):
        amounts(sheet, 172 + 18 * number, row, EDGES)
    sheet.text(65, 212, "城乡社区公共设施支")
    amounts(sheet, 217, ["", "1.00", "0.50", "0.50"], EDGES)
    sheet.text(65, 222, "出")
    amounts(sheet, 240, ROWS[2], EDGES)
    rows = read(sheet, tmp_path)
    assert rows == [HEADING, *ROWS[:2], ["城乡社区公共设施支\n出", "1.00", "0.50", "0.50"], ROWS[2]]


def test_lines_of_words_in_high_cells_are_no_rows(tmp_path: Path) -> None:
    """Three lines in each of two cells, none of them a column of numbers."""
    sheet = titled()
    sheet.rules(EDGES, [150.0, 168.0, 220.0])
    headings(sheet, 154, HEADING, EDGES)
    for column in (0, 1):
        for number, text in enumerate(("一是加强管理", "二是提高效率", "三是3项")):
            sheet.text(EDGES[column] + 5, 172 + 14 * number, text)
    assert len(read(sheet, tmp_path)) == 2


def test_a_last_row_without_upright_rules_has_the_columns_of_the_heading(tmp_path: Path) -> None:
    sheet = titled()
    sheet.rules(EDGES, [150.0, 168.0])
    headings(sheet, 154, HEADING, EDGES)
    for x in (60.0, 540.0):
        sheet.line(x, 168, x, 186)
    sheet.line(60, 186, 540, 186)
    centred(sheet, 60, 180, 172, "总计")
    amounts(sheet, 172, ["", "7.00", "1.50", "5.50"], EDGES)
    assert read(sheet, tmp_path) == [HEADING, ["总计", "7.00", "1.50", "5.50"]]
