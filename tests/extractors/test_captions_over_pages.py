"""Captions that a page break parts from their table, whole or in the middle."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractors.document import extract_document
from tests.extractors.drawing import ROWS, XS, YS, Sheet


def caption_of_second(sheet: Sheet, path: Path) -> str:
    caption: str = extract_document(sheet.save(path / "a.pdf")).table["caption"].to_list()[-1]
    return caption


def first_table_and_title(label: str = "") -> Sheet:
    sheet = Sheet()
    sheet.text(200, 100, "收入决算表", 16)
    sheet.table(XS, YS, ROWS)
    sheet.text(200, 740, "政府性基金预算支出决算表", 16)
    if label:
        sheet.text(400, 765, label)
    return sheet


@pytest.mark.parametrize("label", ["", "附表8", "公开08表"])
def test_title_ends_a_page_and_the_publisher_begins_the_next(tmp_path: Path, label: str) -> None:
    sheet = first_table_and_title()
    sheet.next_page()
    if label:
        sheet.text(450, 50, label)
    sheet.text(60, 70, "部门：甲区财政局")
    sheet.text(400, 70, "单位：元")
    sheet.table(XS, [90.0, 110.0, 130.0, 150.0], ROWS)
    caption = caption_of_second(sheet, tmp_path).split("\n")
    assert caption[0] == "政府性基金预算支出决算表"
    assert "部门：甲区财政局" in caption[-1]


def test_a_title_of_its_own_is_enough(tmp_path: Path) -> None:
    """What ends the page before is another table's title, left without its table."""
    sheet = first_table_and_title()
    sheet.next_page()
    sheet.text(200, 50, "支出决算表", 16)
    sheet.table(XS, [90.0, 110.0, 130.0, 150.0], ROWS)
    assert caption_of_second(sheet, tmp_path) == "支出决算表"


def test_words_that_name_no_table_stay_on_their_page(tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.text(200, 100, "收入决算表", 16)
    sheet.table(XS, YS, ROWS)
    sheet.text(60, 740, "第三部分")
    sheet.next_page()
    sheet.text(60, 70, "部门：甲区财政局")
    sheet.table(XS, [90.0, 110.0, 130.0, 150.0], ROWS)
    assert caption_of_second(sheet, tmp_path) == "部门：甲区财政局"


def test_a_publisher_as_wide_as_the_page_belongs_to_the_caption(tmp_path: Path) -> None:
    """What tells it from prose is the money unit behind it, whatever the word before that."""
    sheet = Sheet()
    sheet.text(200, 90, "支出决算表", 16)
    sheet.text(60, 125, "单位名称：甲区不动产登记中心（甲区土地储备中心）")
    sheet.text(480, 125, "仓位：亿元")
    sheet.table([60.0, 300.0, 420.0, 540.0], YS, ROWS)
    table = extract_document(sheet.save(tmp_path / "a.pdf")).table.row(0, named=True)
    assert table["caption"].startswith("支出决算表")
    assert table["money_unit"] == "亿元"
