"""Self-evaluation forms of other places: with a cost indicator of 20, after Sichuan, and after Ningxia."""

from __future__ import annotations

import random
from collections.abc import Callable
from decimal import Decimal

from samples.model import UnitYear
from samples.performance import PerformanceForm
from samples.performance_forms import (
    FUNDING,
    PART,
    centred,
    heading_rows,
    indicator_block,
    indicator_rows,
    money,
    performance_table,
    points,
    rate_cell,
    score_cell,
    total_row,
)
from samples.tables import Cell, Table, headers, label

_Form = Callable[[PerformanceForm, UnitYear], tuple[list[float], list[list[Cell]]]]


def evaluation_tables(forms: list[PerformanceForm], year: UnitYear, dice: random.Random) -> list[Table]:
    """Return the forms of a document in one of the arrangements."""
    build = dice.choice([None, _sichuan, _with_cost])
    tables = [performance_table(form, year) if build is None else _table(build, form, year) for form in forms]
    for table in tables:
        if year.unit.layout.rules in {"none", "horizontal"}:
            table.rules = "lines"  # forms are ruled everywhere
    return tables


def _table(build: _Form, form: PerformanceForm, year: UnitYear) -> Table:
    widths, body = build(form, year)
    title = "部门预算项目支出绩效自评表" if build is _sichuan else "项目支出绩效自评表"
    return Table("PF", title, widths, headers([(f"（{year.year}年度）", len(widths))]), body)


def _sichuan(form: PerformanceForm, year: UnitYear) -> tuple[list[float], list[list[Cell]]]:
    project, name = form.project, form.project.name
    measures = ("initial_budget", "full_year_budget", "executed")

    def funding(
        text: str, line: str, item: str, amounts: tuple[int, int, int], tail: list[Cell]
    ) -> list[Cell]:
        cells = [money(a, m, line, item) if a else Cell() for m, a in zip(measures, amounts, strict=True)]
        return [label(text, "left", 2), *cells, *tail]

    whole = (project.initial, project.full_year, project.executed)
    weight = points(Decimal(10), "weight", FUNDING, name)
    body = [
        *heading_rows(form, year, 9),
        [
            label("预算执行情况\n（万元）", "center", 2),
            *centred("年初预算", "调整后预算数", "预算执行数", "预算执行率", "权重", "得分", "原因说明"),
        ],
        funding("总额", FUNDING, name, whole, [rate_cell(form), weight, score_cell(form), Cell()]),
        funding("其中：财政资金", PART, f"{name}/财政资金", whole, [*centred("/", "/", "/"), Cell()]),
        funding(
            "财政专户管理资金", PART, f"{name}/财政专户管理资金", (0, 0, 0), [*centred("/", "/", "/"), Cell()]
        ),
        funding("单位资金", PART, f"{name}/单位资金", (0, 0, 0), [*centred("/", "/", "/"), Cell()]),
        centred(
            "一级指标",
            "二级指标",
            "三级指标",
            "指标性质",
            "指标值",
            "实际完成值",
            "权重",
            "得分",
            "未完成原因分析",
        ),
        *indicator_rows(
            form,
            lambda i: centred(
                i.target[:1] if i.target[:1] in "≥≤" else "＝", i.target.lstrip("≥≤"), i.actual
            ),
            1,
            1,
        ),
        total_row(form, 6, 1),
    ]
    return [10.0, 12, 14, 10, 11, 11, 9, 9, 14], body


def _with_cost(form: PerformanceForm, year: UnitYear) -> tuple[list[float], list[list[Cell]]]:
    """The form of 2023 and later: no separate weight of the execution, grade in the row of its own."""
    project, name = form.project, form.project.name
    whole = (
        ("initial_budget", project.initial),
        ("full_year_budget", project.full_year),
        ("executed", project.executed),
    )
    weight = points(Decimal(10), "weight", FUNDING, name)
    body = [
        *heading_rows(form, year, 8),
        [
            label("项目资金（万元）", "center", 1, 3),
            label(""),
            *centred("年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"),
        ],
        [
            label("年度资金总额"),
            *(money(a, m, FUNDING, name) for m, a in whole),
            weight,
            rate_cell(form),
            score_cell(form),
        ],
        [
            label("其中：财政拨款"),
            *(money(a, m, PART, f"{name}/财政拨款") for m, a in whole),
            *centred("—", "—", "—"),
        ],
        [label("年度总体目标", "center"), label("预期目标", "center", 3), label("实际完成情况", "center", 4)],
        [
            label("年度", "center"),
            label("按计划完成年度任务，保障各项工作顺利开展。", "left", 3),
            label("年度任务基本完成，各项工作有序开展。", "left", 4),
        ],
        *indicator_block(form),
    ]
    return [10.0, 13, 16, 12, 12, 9, 11, 15], body
