"""What stands around a statement: its title, its unit and the money unit in one line."""

from __future__ import annotations

import polars as pl
import pytest

from tests.transforms.builders import ExtractionBuilder
from transforms.document import transform_document
from transforms.titles import read_title


def read(builder: ExtractionBuilder) -> dict[str, pl.DataFrame]:
    return transform_document(builder.build())


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("一般公共预算基本支出表-人员经费（政府预算）", "BT10"),
        ("一般公共预算基本支出表--公用经费（部门预算）", "BT08"),
        ("项目支出绩效目标申报表", "BT14"),
        ("支出经济分类汇总表", "BT26"),
        ("部门财务收支预算总表", "BT01"),
    ],
)
def test_titles_of_places_that_name_their_statements_otherwise(title: str, code: str) -> None:
    found = read_title(title)
    assert found is not None and found.code_for("budget") == code


def test_the_unit_behind_a_misprinted_word_is_no_part_of_the_name() -> None:
    rows = [["科目编码", "科目名称", "合计"], ["20106", "财政事务", "3.00"], ["", "合计", "3.00"]]
    frames = read(
        ExtractionBuilder().line("2026年度部门预算").table("支出总表\n部门：平川市甲区财政局仓位：元", rows)
    )
    assert frames["identity"]["unit_name"].to_list() == ["平川市甲区财政局"]
    assert frames["statement"]["money_unit"].to_list() == ["元"]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("编制单位：平川市财政局 仓位：元", "平川市财政局"),
        ("部门：平川市财政局 金额单位：元", "平川市财政局"),
        ("单位：元氏县财政局", "元氏县财政局"),
        ("单位：元（保留两位小数）", None),
    ],
)
def test_the_unit_of_a_statement_ends_where_the_money_unit_begins(line: str, name: str | None) -> None:
    rows = [["科目编码", "科目名称", "合计"], ["20106", "财政事务", "3.00"], ["", "合计", "3.00"]]
    frames = read(ExtractionBuilder().line("2026年度部门预算").table(f"支出总表\n{line}", rows))
    assert frames["statement"]["printed_unit_name"].to_list() == [name]
