"""Self-evaluations (项目支出绩效自评) of a unit's projects: the numbers; the forms are in ``performance_forms``."""

from __future__ import annotations

import random
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from samples.model import ProjectSpending, UnitYear
from samples.tables import rounded

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
