"""Whatever stands in a table: every cell is labelled once, every number is an amount or says why not."""

from __future__ import annotations

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.transforms.builders import ExtractionBuilder, Printed
from transforms.document import transform_document

_PRINTED = """
收入 支出 项目 行次 金额 决算数 预算数 合计 小计 科目编码 科目名称 类 款 项 基本支出 项目支出 人员经费 一般公共预算财政拨款
政府性基金预算财政拨款 财政拨款收入 其他收入 年初结转和结余 一、一般公共服务支出 本年收入合计 总计 201 20106 2010601 06 01 301
30101 [201]一般公共服务支出 单位名称 平川市甲区财政局 因公出国（境）费 公务接待费 一级指标 三级指标 分值 得分 总分 项目名称
资金总额 1 2 3 12.50 1,234.00 0.00 —— … 无 50% -3.00 2024 2023年 栏次 注：本表无数据
"""
_NAMES = """
收入支出决算总表 收入决算表 支出决算表 财政拨款收入支出决算总表 一般公共预算财政拨款基本支出决算表 机构运行信息表
财政拨款“三公”经费支出决算表 项目支出绩效自评表 政府采购情况表 项目支出决算明细表 某某情况
"""
_TEXTS = st.sampled_from([*_PRINTED.split(), *[""] * 6])
_TITLES = st.sampled_from([*_NAMES.split(), ""])


@st.composite
def grids(draw: st.DrawFn) -> list[list[Printed | None]]:
    """Draw a grid with merged cells that do not overlap."""
    height, width = draw(st.integers(1, 9)), draw(st.integers(1, 7))
    rows: list[list[Printed | None]] = [[""] * width for _ in range(height)]
    covered: set[tuple[int, int]] = set()
    for row in range(height):
        for column in range(width):
            if (row, column) in covered:
                rows[row][column] = None
                continue
            down = draw(st.sampled_from([1, 1, 1, 1, 2])) if row + 1 < height else 1
            right = draw(st.sampled_from([1, 1, 1, 2])) if column + 1 < width else 1
            places = {(row + i, column + j) for i in range(down) for j in range(right)}
            if places & covered:
                down = right = 1
                places = {(row, column)}
            covered |= places
            rows[row][column] = (draw(_TEXTS), down, right)
    return rows


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.tuples(_TITLES, grids(), st.integers(0, 2)), min_size=1, max_size=3),
    st.sampled_from(["决算", "预算"]),
)
def test_no_number_is_dropped_and_none_is_read_twice(
    tables: list[tuple[str, list[list[Printed | None]], int]], kind: str
) -> None:
    builder = ExtractionBuilder().line(f"平川市甲区财政局2024年度部门{kind}")
    page = 2
    for title, rows, step in tables:
        page += step
        builder.table(f"{title}\n单位：万元" if title else "", rows, page=page)
    extraction = builder.build()
    frames = transform_document(extraction)
    place = ["table_no", "row_no", "column_no"]
    cells, labels, amounts = extraction["cell"], frames["cell_label"], frames["amount"]
    assert sorted(labels.select(place).rows()) == sorted(cells.select(place).rows())
    assert amounts.select(place).is_unique().all()
    read = set(amounts.select(place).rows())
    assert read <= set(cells.select(place).rows())
    explained = set(labels.filter(pl.col("unmapped_reason").is_not_null()).select(place).rows())
    numeric = set(
        cells.filter(pl.col("state").is_in(["number", "zero_printed", "percent"])).select(place).rows()
    )
    assert numeric == explained | (numeric & read)
    assert not explained & read
    assert set(amounts["statement_no"].to_list()) <= set(frames["statement"]["statement_no"].to_list())
