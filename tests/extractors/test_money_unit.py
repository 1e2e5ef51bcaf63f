"""The money unit beside a table, in the words in which places print it."""

from __future__ import annotations

import pytest

from extractors.money_unit import read_money_unit


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("单位：万元", "万元"),
        ("金额单位：人民币万元", "万元"),
        ("单位:万元(保留两位小数)", "万元"),
        ("单位：人民币（万元）", "万元"),
        ("（单位：万元）", "万元"),
        ("仓位：元", "元"),
        ("单　位：万 元", "万元"),
        ("计量单位：亿元", "亿元"),
        ("单位：百元", "百元"),
        ("单位：千元", "千元"),
        ("（万元）", "万元"),
        ("单位;元", "元"),
        ("单位：辆、万元", "万元"),
        ("人民币：万元", "万元"),
        ("部门：某某局 2024年度 单位：元", "元"),
        ("2024年度预算数（万元）", "万元"),
        ("元", "元"),
        ("编制单位：元氏县财政局", None),
        ("部门（单位）：某局", None),
        ("单位：个", None),
        ("一般公共预算", None),
        ("公司单元", None),
    ],
)
def test_unit_as_printed(text: str, unit: str | None) -> None:
    assert read_money_unit(text) == unit
