"""Target forms of budgets: one form a project, a list of all indicators, and that of the whole unit."""

from __future__ import annotations

from dataclasses import replace

from samples.elsewhere.accounts import Accounts
from samples.elsewhere.column_heads import heading_rows
from samples.elsewhere.look import Look
from samples.elsewhere.notation import Form
from samples.model import ProjectSpending
from samples.performance import Indicator, PerformanceForm, performance_forms
from samples.performance_forms import FUNDING, PART, centred, points
from samples.tables import AmountKey, Cell, Printer, Table, headers, label

_INDICATOR = "performance.indicator"


def target_list(form: Form, accounts: Accounts, printer: Printer, look: Look) -> Table:
    """Build a list with a row for each indicator; project and budget stand once beside all of them."""
    body: list[list[Cell]] = []
    for own in performance_forms(accounts.year, 3):
        for number, indicator in enumerate(own.indicators):
            row: list[Cell] = []
            if number == 0:
                height = len(own.indicators)
                key = AmountKey(FUNDING, "total", stage="budget", item=f"*{own.project.name}")
                row = [
                    label(own.project.name, "left", 1, height),
                    Cell(printer.number(own.project.initial), 1, height, "right", key, printer.money_unit),
                ]
            body.append([*row, *_levels(own, indicator, number), *_target(own, indicator)])
    paths = [
        ("项目名称",),
        ("预算数",),
        *((text,) for text in ("一级指标", "二级指标", "三级指标", "指标值", "权重")),
    ]
    table = Table(form["code"], form["title"], [20.0, 12, 12, 14, 22, 14, 8], heading_rows(paths), body)
    return _ruled(table, accounts)


def target_form(form: Form, accounts: Accounts, printer: Printer, look: Look) -> Table:
    """Build the form of the largest project: funds in pairs, the goal, three levels of indicators."""
    own = max(performance_forms(accounts.year, 9), key=lambda each: each.project.initial)
    body = [
        [label("项目名称", "center", 2), label(own.project.name, "left", 3)],
        [
            label("主管部门", "center", 2),
            label(accounts.year.unit.name),
            label("实施单位", "center"),
            label(accounts.year.unit.name),
        ],
        *_funds(own.project, printer),
        [label("年度绩效目标", "center", 2), label("按计划完成年度任务，保障各项工作顺利开展。", "left", 3)],
        centred("一级指标", "二级指标", "三级指标", "指标值", "权重"),
        *(
            [*_levels(own, indicator, n), *_target(own, indicator)]
            for n, indicator in enumerate(own.indicators)
        ),
    ]
    table = Table(
        form["code"],
        form["title"],
        [14.0, 16, 30, 16, 12],
        headers([(f"（{accounts.year.year}年度）", 5)]),
        body,
    )
    return _ruled(table, accounts)


def _funds(project: ProjectSpending, printer: Printer) -> list[list[Cell]]:
    unit = printer.money_unit

    def pair(text: str, line: str) -> list[Cell]:
        key = AmountKey(line, "total", stage="budget", item=f"*{project.name}")
        return [label(text, "center"), Cell(printer.number(project.initial), 3, 1, "right", key, unit)]

    return [
        [label(f"项目资金（{unit}）", "center", 1, 2), *pair("年度资金总额", FUNDING)],
        pair("其中：财政拨款", PART),
    ]


def _levels(own: PerformanceForm, indicator: Indicator, number: int) -> list[Cell]:
    firsts = [each.first for each in own.indicators]
    first = []
    if number == 0 or firsts[number - 1] != indicator.first:
        first = [label(indicator.first, "center", 1, firsts.count(indicator.first))]
    return [*first, label(indicator.second, "center"), label(indicator.third)]


def _target(own: PerformanceForm, indicator: Indicator) -> list[Cell]:
    item = "/".join((own.project.name, indicator.first, indicator.second, indicator.third))
    weight = points(indicator.weight, "weight", _INDICATOR, item)
    if weight.key:
        weight.key = replace(weight.key, stage="budget")
    return [label(indicator.target or "≤100万元", "center"), weight]


def _ruled(table: Table, accounts: Accounts) -> Table:
    if accounts.year.unit.layout.rules in {"none", "horizontal"}:
        table.rules = "lines"  # forms are ruled everywhere
    return table
