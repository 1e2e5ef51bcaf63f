"""Self-evaluation forms (项目支出绩效自评表) of a unit's projects: numbers and the table as printed."""

from __future__ import annotations

import random
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from samples.facts import percentage
from samples.model import ProjectSpending, UnitYear
from samples.tables import AmountKey, Cell, Table, headers, label, rounded

_GRADES = ((Decimal(90), "优"), (Decimal(80), "良"), (Decimal(60), "中"), (Decimal(0), "差"))
_TWO = Decimal("0.01")

#: First level, second level, third level, target, weight.
_INDICATORS = (
    ("产出指标", "数量指标", "计划任务完成数量", "≥12项", 15),
    ("产出指标", "质量指标", "验收合格率", "≥95%", 15),
    ("产出指标", "时效指标", "任务按时完成率", "100%", 10),
    ("产出指标", "成本指标", "资金使用规模", "", 10),
    ("效益指标", "社会效益指标", "服务保障能力提升", "有所提升", 20),
    ("效益指标", "可持续影响指标", "长效管理机制健全性", "健全", 10),
    ("满意度指标", "服务对象满意度指标", "服务对象满意度", "≥90%", 10),
)


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator row."""

    first: str
    second: str
    third: str
    target: str
    actual: str
    weight: Decimal
    score: Decimal
    reason: str


@dataclass(frozen=True, slots=True)
class PerformanceForm:
    """The self-evaluation of one project; amounts in 分."""

    project: ProjectSpending
    indicators: tuple[Indicator, ...]
    execution_score: Decimal

    @property
    def left_over(self) -> int:
        """Full-year budget less what was executed."""
        return self.project.full_year - self.project.executed

    @property
    def total_score(self) -> Decimal:
        """Sum of the indicator scores and the execution score."""
        return sum((indicator.score for indicator in self.indicators), self.execution_score)

    @property
    def grade(self) -> str:
        """优, 良, 中 or 差."""
        return next(grade for floor, grade in _GRADES if self.total_score >= floor)


def performance_forms(year: UnitYear, count: int) -> list[PerformanceForm]:
    """Self-evaluations of the unit's first ``count`` projects of the general public budget."""
    forms = []
    for project in [project for project in year.projects if project.fund == "gp"][:count]:
        dice = random.Random(f"{year.unit.name}/{year.year}/{project.name}")  # noqa: S311 - invented numbers
        indicators = []
        for first, second, third, target, weight in _INDICATORS:
            lost = Decimal(dice.choice((0, 0, 0, 1)))
            actual = {"≥12项": "12项", "≥95%": "98%", "100%": "100%", "≥90%": "93%"}.get(target, target)
            if third == "资金使用规模":
                target = f"≤{rounded(project.full_year, '万元', 3)}万元"
                actual = f"{rounded(project.executed, '万元', 3)}万元"
                lost = Decimal(0)
            reason = "部分工作衔接不够紧密，下一步加强统筹" if lost else ""
            indicators.append(
                Indicator(
                    first, second, third, target, actual, Decimal(weight), Decimal(weight) - lost, reason
                )
            )
        rate = Decimal(project.executed) / Decimal(project.full_year)
        score = min(Decimal(10), (rate * 10).quantize(_TWO, ROUND_HALF_UP))
        forms.append(PerformanceForm(project, tuple(indicators), score))
    return forms


def _money(amount: int, measure: str, line: str, item: str) -> Cell:
    key = AmountKey(line, measure, item=item)
    return Cell(f"{rounded(amount, '万元', 3)}", align="right", key=key, unit="万元")


def _points(value: Decimal, measure: str, line: str, item: str, unit: str = "分") -> Cell:
    text = f"{value:f}"
    return Cell(text, align="center", key=AmountKey(line, measure, item=item), unit=unit)


def performance_table(form: PerformanceForm, year: UnitYear) -> Table:
    """Build the form as one table of ten columns, funding block above, indicators below."""
    project, name = form.project, form.project.name
    rate = percentage(project.executed, project.full_year)

    def funding(text: str, line: str, *, scored: bool) -> list[Cell]:
        cells = [label(text, "left", 2)]
        name = project.name if scored else f"{project.name}/{text.removeprefix('其中：')}"
        cells += [
            _money(project.initial, "initial_budget", line, name),
            _money(project.full_year, "full_year_budget", line, name),
            _money(project.executed, "executed", line, name),
            _money(form.left_over, "left_over", line, name),
        ]
        if not scored:
            return [*cells, Cell(), Cell(), Cell("", 2)]
        rate_cell = Cell(f"{rate}%", key=AmountKey(line, "execution_rate", item=name), unit="%")
        return [*cells, rate_cell, _points(form.execution_score, "score", line, name), Cell("", 2)]

    body = [
        [label("项目名称", "center", 2), label(name, "left", 8)],
        [
            label("主管部门", "center", 2),
            label(year.unit.name, "left", 3),
            label("实施单位", "center"),
            label(year.unit.name, "left", 4),
        ],
        [
            label("项目资金\n（万元）", "center", 2),
            *(
                label(text, "center")
                for text in ("年初预算数", "全年预算数", "全年执行数", "资金结（转）余", "执行率", "得分")
            ),
            label("偏差原因", "center", 2),
        ],
        funding("资金总额", "performance.funding", scored=True),
        funding("其中：区级财政资金", "performance.funding_part", scored=False),
        [
            *(label(text, "center") for text in ("一级指标", "二级指标")),
            label("三级指标", "center", 2),
            label("年度指标值", "center"),
            label("实际完成值", "center"),
            *(label(text, "center") for text in ("分值", "得分")),
            label("偏差原因分析及改进措施", "center", 2),
        ],
    ]
    firsts = [indicator.first for indicator in form.indicators]
    for number, indicator in enumerate(form.indicators, 1):
        row = []
        if number == 1 or firsts[number - 2] != indicator.first:
            row.append(label(indicator.first, "center", 1, firsts.count(indicator.first)))
        item = "/".join((name, indicator.first, indicator.second, indicator.third))
        row += [
            label(indicator.second, "center"),
            label(indicator.third, "left", 2),
            label(indicator.target, "center"),
            label(indicator.actual, "center"),
            _points(indicator.weight, "weight", "performance.indicator", item),
            _points(indicator.score, "score", "performance.indicator", item),
            label(indicator.reason, "left", 2),
        ]
        body.append(row)
    body.append(
        [
            label("总分", "center", 6),
            _points(Decimal(100), "weight", "performance.total_score", name),
            _points(form.total_score, "score", "performance.total_score", name),
            label(f"等级：{form.grade}", "center", 2),
        ]
    )
    return Table(
        "PF",
        "项目支出绩效自评表",
        [9.0, 12, 10, 10, 11, 11, 9, 8, 8, 10],
        headers([("（" + str(year.year) + "年度）", 10)]),
        body,
    )
