"""Frames and shades that part no columns, or only some rows: the columns are read off the text."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from extractors.document import extract_document
from tests.extractors.aligned_sheets import amounts, centred, headings, read, titled
from tests.extractors.drawing import Sheet, rows_of

EDGES = [60.0, 180.0, 300.0, 420.0, 540.0]
ROWS = [
    ["科目", "合计", "基本支出", "项目支出"],
    ["教育支出", "3.00", "0.00", "3.00"],
    ["科学支出", "4.00", "1.50", "2.50"],
    ["卫生支出", "5.00", "2.00", "3.00"],
    ["总计", "12.00", "3.50", "8.50"],
]
TOPS = [150.0 + 18 * number for number in range(len(ROWS) + 1)]


def fill(sheet: Sheet, rows: list[list[str]]) -> None:
    headings(sheet, TOPS[0] + 4, rows[0], EDGES)
    for top, row in zip(TOPS[1:], rows[1:], strict=False):
        amounts(sheet, top + 4, row, EDGES)


def shade_cells(sheet: Sheet, number: int) -> None:
    for left, right in itertools.pairwise(EDGES):
        sheet.shade(left, TOPS[number], right, TOPS[number + 1], 0.9)


def test_a_box_with_rules_below_each_row(tmp_path: Path) -> None:
    sheet = titled()
    sheet.rules([EDGES[0], EDGES[-1]], TOPS)
    fill(sheet, ROWS)
    assert read(sheet, tmp_path) == ROWS


def test_a_box_with_rules_between_the_columns_only(tmp_path: Path) -> None:
    sheet = titled()
    sheet.rules(EDGES, [TOPS[0], TOPS[-1]])
    fill(sheet, ROWS)
    assert read(sheet, tmp_path) == ROWS


@pytest.mark.parametrize("rules", [True, False])
@pytest.mark.parametrize("is_boxed", [True, False])
def test_the_cells_of_every_second_row_are_shaded(tmp_path: Path, rules: bool, is_boxed: bool) -> None:
    sheet = titled()
    for number in (2, 4):
        shade_cells(sheet, number)
    for top in TOPS if rules else ():
        sheet.line(EDGES[0], top, EDGES[-1], top)
    for x in (EDGES[0], EDGES[-1]) if is_boxed else ():
        sheet.line(x, TOPS[0], x, TOPS[-1])
    fill(sheet, ROWS)
    extraction = extract_document(sheet.save(tmp_path / "a.pdf"))
    assert extraction.table.height == 1
    assert rows_of(extraction) == ROWS


def test_the_only_row_of_amounts_is_shaded(tmp_path: Path) -> None:
    sheet = titled()
    shade_cells(sheet, 1)
    fill(sheet, [["合计", "因公出国费", "公务接待费", "公务用车费"], ["3.00", "0.50", "0.50", "2.00"]])
    assert read(sheet, tmp_path) == [
        ["合计", "因公出国费", "公务接待费", "公务用车费"],
        ["3.00", "0.50", "0.50", "2.00"],
    ]


def test_a_box_of_prose_stays_as_it_is_drawn(tmp_path: Path) -> None:
    sheet = titled("部门整体绩效目标表")
    sheet.rules([EDGES[0], EDGES[-1]], TOPS[:4])
    rows = ["年度总体目标 第一季度", "开展培训 3 次，覆盖 120 人。", "完成率 95 以上。"]
    for top, text in zip(TOPS, rows, strict=False):
        sheet.text(64, top + 4, text)
    assert len(read(sheet, tmp_path)) == len(rows)
    assert all(len(row) == 1 for row in rows_of(extract_document(tmp_path / "a.pdf")))


def parted_below(sheet: Sheet, tops: list[float]) -> None:
    """Rules of all rows, and upright ones below the first: what stands there is one open cell."""
    sheet.rules(EDGES, tops[1:])
    sheet.line(EDGES[0], tops[0], EDGES[-1], tops[0])
    for x in (EDGES[0], EDGES[-1]):
        sheet.line(x, tops[0], x, tops[1])


def test_headings_in_one_open_cell_are_parted_by_the_columns(tmp_path: Path) -> None:
    sheet = titled()
    parted_below(sheet, TOPS)
    fill(sheet, ROWS)
    assert read(sheet, tmp_path) == ROWS


def test_a_title_of_several_words_over_parted_headings_is_no_heading(tmp_path: Path) -> None:
    sheet = titled()
    rows = [ROWS[0], *(row for _ in range(6) for row in ROWS[1:4])]
    tops = [150.0 + 18 * number for number in range(len(rows) + 2)]
    parted_below(sheet, tops)
    for x, word in ((80, "某市教育局"), (250, "收支"), (420, "总体情况")):
        sheet.text(x, tops[0] + 4, word)
    headings(sheet, tops[1] + 4, rows[0], EDGES)
    for top, row in zip(tops[2:], rows[1:], strict=False):
        amounts(sheet, top + 4, row, EDGES)
    extraction = extract_document(sheet.save(tmp_path / "a.pdf"))
    assert extraction.table["method"].to_list() == ["ruled"]
    assert rows_of(extraction)[1:] == rows


def test_numbers_that_nearly_touch_a_name_stand_in_their_own_column(tmp_path: Path) -> None:
    """Columns as wide as their longest name: half a character lies between it and the next column."""
    sheet = titled()
    edges = [60.0, 175.0, 200.0, 290.0, 400.0, 425.0, 530.0]
    headings(sheet, 150, ["项目", "行次", "决算数", "项目", "行次", "决算数"], edges)
    rows = [
        ["一、财政拨款收入", "1", "14.00", "一、教育支出", "5", "14.00"],
        ["二、政府性基金预算收入", "2", "-", "二、公共安全支出", "6", "-"],
        ["三、国有资本经营的收入", "3", "-", "三、卫生健康支出", "7", "-"],
        ["总计", "4", "14.00", "总计", "8", "14.00"],
    ]
    for number, row in enumerate(rows):
        top = 170.0 + 18 * number
        for column in (0, 3):
            sheet.text(edges[column] + 1, top, row[column])
            sheet.text(edges[column + 1] + 0.5, top, row[column + 1])
            sheet.right(edges[column + 3] - 4.5, top, row[column + 2])
    assert read(sheet, tmp_path)[1:] == rows


@pytest.mark.parametrize("is_ruled", [True, False])
def test_the_shade_under_a_heading_parts_no_columns(tmp_path: Path, is_ruled: bool) -> None:
    """A spreadsheet paints one shade under all headings, and rules below each row but none between the columns."""
    sheet = titled()
    sheet.shade(EDGES[0], TOPS[0], EDGES[-1], TOPS[1], 0.85)
    for top in TOPS if is_ruled else (TOPS[0], TOPS[1], TOPS[-1]):
        sheet.line(EDGES[0], top, EDGES[-1], top)
    fill(sheet, ROWS)
    assert read(sheet, tmp_path) == ROWS


def test_the_shade_under_a_heading_of_two_rows_parts_no_columns(tmp_path: Path) -> None:
    sheet = titled()
    sheet.shade(EDGES[0], TOPS[0] - 18, EDGES[-1], TOPS[1], 0.85)
    for top in (TOPS[0] - 18, *TOPS[1:]):
        sheet.line(EDGES[0], top, EDGES[-1], top)
    sheet.line(EDGES[2], TOPS[0], EDGES[-1], TOPS[0])
    headings(sheet, TOPS[0] - 5, ROWS[0][:2], EDGES)
    headings(sheet, TOPS[0] + 4, ["", "", *ROWS[0][2:]], EDGES)
    centred(sheet, EDGES[2], EDGES[4], TOPS[0] - 14, "本年支出")
    for top, row in zip(TOPS[1:], ROWS[1:], strict=False):
        amounts(sheet, top + 4, row, EDGES)
    rows = read(sheet, tmp_path)
    assert rows[0][:3] == ["科目", "合计", "本年支出"]
    assert rows[2:] == ROWS[1:]
