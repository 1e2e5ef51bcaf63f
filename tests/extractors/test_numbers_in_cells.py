"""Numbers that overflow, touch, wrap or share a cell are read as printed."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from extractors.document import extract_document
from tests.extractors.drawing import (
    FONT,
    ROWS,
    XS,
    YS,
    rows_of,
    titled_sheet,
)


def test_number_that_overflows_its_cell_stays_whole(tmp_path: Path) -> None:
    sheet = titled_sheet()
    sheet.rules(XS, YS)
    sheet.text(63, 174, "一、教育支出")
    sheet.text(303, 174, "267.80")  # begins in the second column, ends in the third
    extraction = extract_document(sheet.save(tmp_path / "a.pdf"))
    assert rows_of(extraction)[1] == ["一、教育支出", "267.80", ""]


def test_two_texts_that_meet_at_a_rule_stay_apart(tmp_path: Path) -> None:
    sheet = titled_sheet()
    sheet.rules(XS, YS)
    sheet.text(180, 174, "一级指标名称")  # ends at 240, where the rule and the next text stand
    sheet.text(240, 174, "二级指标名称")
    assert rows_of(extract_document(sheet.save(tmp_path / "a.pdf")))[1] == [
        "一级指标名称",
        "二级指标名称",
        "",
    ]


@pytest.mark.parametrize("shift", [0.0, 4.0])
def test_two_amounts_that_meet_at_a_rule_stay_apart(tmp_path: Path, shift: float) -> None:
    sheet = titled_sheet()
    sheet.rules(XS, YS)
    sheet.right(330 - shift, 174, "2,754.65")
    sheet.text(331 - shift, 174, "2,726.03")
    assert rows_of(extract_document(sheet.save(tmp_path / "a.pdf")))[1] == ["", "2,754.65", "2,726.03"]


@pytest.mark.parametrize(("before", "width"), [("-", 3.3), ("1", 5.0)])
def test_dash_or_line_number_that_an_overflowing_amount_touches_is_not_its_first_sign(
    tmp_path: Path, before: str, width: float
) -> None:
    sheet = titled_sheet()
    left = 327.0 - sheet.canvas.stringWidth("9,983.28", FONT, 10.0)
    sheet.rules([60.0, 240.0, left + 1.5, 330.0], YS)  # the amount begins left of its cell
    sheet.text(left - 0.3 - width, 174, before)
    sheet.right(327.0, 174, "9,983.28")
    assert rows_of(extract_document(sheet.save(tmp_path / "a.pdf")))[1] == ["", before, "9,983.28"]


def test_two_numbers_in_one_cell_are_not_glued(tmp_path: Path) -> None:
    sheet = titled_sheet()
    sheet.table(XS, YS, ROWS[:1])
    sheet.text(243, 174, "12")
    sheet.text(283, 174, "34")
    cell = extract_document(sheet.save(tmp_path / "a.pdf")).cell.filter(pl.col("raw_text") == "12 34")
    assert cell["state"].to_list() == ["text"]


def test_number_wrapped_in_a_narrow_cell_is_read(tmp_path: Path) -> None:
    xs = [60.0, 240.0, 275.0, 420.0]
    sheet = titled_sheet()
    sheet.rules(xs, [150, 180])
    sheet.text(242, 152, "1,234,5")
    sheet.text(242, 164, "67.89")
    cell = extract_document(sheet.save(tmp_path / "a.pdf")).cell.filter(pl.col("column_no") == 2)
    assert cell["raw_text"].to_list() == ["1,234,5\n67.89"]
    assert str(cell["value"][0]) == "1234567.890000"


def test_decimals_that_wrap_belong_to_their_amount(tmp_path: Path) -> None:
    """Where a cell has wide margins, much is left free beside an amount that did not fit."""
    xs = [60.0, 130.0, 200.0, 270.0]
    sheet = titled_sheet()
    sheet.table(xs, [150, 170, 200], [["合计", "基本支出", "得分"]])
    for x, lines in zip(xs, (("56670569", ".06"), ("176421.1", "7"), ("9.5", "8")), strict=False):
        for number, text in enumerate(lines):
            sheet.right(x + 55, 172 + 12 * number, text)
    cells = extract_document(sheet.save(tmp_path / "a.pdf")).cell.filter(pl.col("row_no") == 2)
    assert cells["state"].to_list() == ["number", "number", "text"]


def test_serial_number_longer_than_any_amount_stays_text(tmp_path: Path) -> None:
    sheet = titled_sheet()
    sheet.table(XS, YS, [ROWS[0], ["账号", "1.00", ""], ["", "", ""]])
    sheet.text(63, 194, "123456789012345678901234567")
    cell = extract_document(sheet.save(tmp_path / "a.pdf")).cell.filter(
        pl.col("raw_text").str.starts_with("123456")
    )
    assert cell["state"].to_list() == ["text"]


def test_digits_set_lower_than_their_line_stay_in_it(tmp_path: Path) -> None:
    sheet = titled_sheet()
    sheet.rules(XS, YS)
    sheet.text(63, 174, "共")
    sheet.text(73, 177, "12")
    sheet.text(84, 174, "项")
    assert rows_of(extract_document(sheet.save(tmp_path / "a.pdf")))[1][0] == "共12项"
