"""Self-evaluation forms (项目支出绩效自评表) as printed, in the three common forms.

``common``: ten columns with the balance left over. ``line_numbered`` (Shanxi): the initial budget in two columns and
indicator values before and after adjustment. ``central``: budget A, execution B, their weight, rate and score, and the
sources of the money below.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from samples.facts import percentage
from samples.model import UnitYear
from samples.performance import Indicator, PerformanceForm
from samples.tables import AmountKey, Cell, Table, headers, label, rounded

FUNDING, PART = "performance.funding", "performance.funding_part"


def money(amount: int, measure: str, line: str, item: str) -> Cell:
    """Cell with an amount in 万元 and three decimals."""
    return Cell(
        f"{rounded(amount, '万元', 3)}", align="right", key=AmountKey(line, measure, item=item), unit="万元"
    )


def points(value: Decimal, measure: str, line: str, item: str) -> Cell:
    """Cell with a weight or score."""
    return Cell(f"{value:f}", align="center", key=AmountKey(line, measure, item=item), unit="分")


def rate_cell(form: PerformanceForm) -> Cell:
    """Cell with the execution rate."""
    rate = percentage(form.project.executed, form.project.full_year)
    return Cell(f"{rate}%", key=AmountKey(FUNDING, "execution_rate", item=form.project.name), unit="%")


def score_cell(form: PerformanceForm) -> Cell:
    """Cell with the score of the execution rate."""
    return points(form.execution_score, "score", FUNDING, form.project.name)


def centred(*texts: str) -> list[Cell]:
    """Cells of centred texts."""
    return [label(text, "center") for text in texts]


def heading_rows(form: PerformanceForm, year: UnitYear, columns: int) -> list[list[Cell]]:
    """项目名称 and 主管部门 rows over ``columns`` columns."""
    rest = columns - 2
    left = rest // 2 - 1
    return [
        [label("项目名称", "center", 2), label(form.project.name, "left", rest)],
        [
            label("主管部门", "center", 2),
            label(year.unit.name, "left", left),
            label("实施单位", "center"),
            label(year.unit.name, "left", rest - left - 1),
        ],
    ]


def indicator_rows(
    form: PerformanceForm, middle: Callable[[Indicator], list[Cell]], name_span: int, reason_span: int
) -> list[list[Cell]]:
    """Indicator rows; ``middle`` gives the target and actual columns, the first level spans its rows."""
    rows, line = [], "performance.indicator"
    firsts = [indicator.first for indicator in form.indicators]
    for number, indicator in enumerate(form.indicators):
        row = []
        if number == 0 or firsts[number - 1] != indicator.first:
            row.append(label(indicator.first, "center", 1, firsts.count(indicator.first)))
        item = "/".join((form.project.name, indicator.first, indicator.second, indicator.third))
        row += [
            label(indicator.second, "center"),
            label(indicator.third, "left", name_span),
            *middle(indicator),
            points(indicator.weight, "weight", line, item),
            points(indicator.score, "score", line, item),
            label(indicator.reason, "left", reason_span),
        ]
        rows.append(row)
    return rows


def total_row(form: PerformanceForm, before: int, after: int) -> list[Cell]:
    """Total row with weight, score and grade."""
    line, name = "performance.total_score", form.project.name
    return [
        label("总分", "center", before),
        points(Decimal(100), "weight", line, name),
        points(form.total_score, "score", line, name),
        label(f"等级：{form.grade}", "center", after),
    ]


def indicator_block(form: PerformanceForm) -> list[list[Cell]]:
    """Return heading, indicators and total of the common arrangement in eight columns."""
    return [
        centred(
            "一级指标",
            "二级指标",
            "三级指标",
            "年度指标值",
            "实际完成值",
            "分值",
            "得分",
            "偏差原因分析及改进措施",
        ),
        *indicator_rows(form, target_and_actual, 1, 1),
        total_row(form, 5, 1),
    ]


def target_and_actual(indicator: Indicator) -> list[Cell]:
    """Cells of an indicator's target and what was reached."""
    return centred(indicator.target, indicator.actual)


def _common(form: PerformanceForm, year: UnitYear) -> tuple[list[float], list[list[Cell]]]:
    project = form.project

    def funding(text: str, line: str, item: str, tail: list[Cell]) -> list[Cell]:
        amounts = (
            ("initial_budget", project.initial),
            ("full_year_budget", project.full_year),
            ("executed", project.executed),
            ("left_over", form.left_over),
        )
        return [
            label(text, "left", 2),
            *(money(a, measure, line, item) for measure, a in amounts),
            *tail,
            Cell("", 2),
        ]

    heads = centred("年初预算数", "全年预算数", "全年执行数", "资金结（转）余", "执行率", "得分")
    part = f"{project.name}/区级财政资金"
    body = [
        *heading_rows(form, year, 10),
        [label("项目资金\n（万元）", "center", 2), *heads, label("偏差原因", "center", 2)],
        funding("资金总额", FUNDING, project.name, [rate_cell(form), score_cell(form)]),
        funding("其中：区级财政资金", PART, part, [Cell(), Cell()]),
        [
            *centred("一级指标", "二级指标"),
            label("三级指标", "center", 2),
            *centred("年度指标值", "实际完成值", "分值", "得分"),
            label("偏差原因分析及改进措施", "center", 2),
        ],
        *indicator_rows(form, target_and_actual, 2, 2),
        total_row(form, 6, 2),
    ]
    return [9.0, 12, 10, 10, 11, 11, 9, 8, 8, 10], body


def _line_numbered(form: PerformanceForm, year: UnitYear) -> tuple[list[float], list[list[Cell]]]:
    project = form.project

    def funding(text: str, line: str, item: str, tail: list[Cell]) -> list[Cell]:
        amounts = (
            ("target_declared", project.initial),
            ("initial_budget", project.initial),
            ("full_year_budget", project.full_year),
            ("executed", project.executed),
            ("left_over", form.left_over),
        )
        return [
            label(text, "left", 2),
            *(money(a, measure, line, item) for measure, a in amounts),
            *tail,
            Cell(),
        ]

    heads = [
        ("全年预算数", 1, 2),
        ("全年执行数", 1, 2),
        ("资金结（转）余", 1, 2),
        ("执行率", 1, 2),
        ("得分", 1, 2),
    ]
    block = headers(
        [("项目资金\n（万元）", 2, 2), ("年初预算数", 2), *heads, ("偏差原因", 1, 2)],
        ["目标申报数", "预算编制数"],
    )
    body = [
        *heading_rows(form, year, 10),
        *block,
        funding("资金总额", FUNDING, project.name, [rate_cell(form), score_cell(form)]),
        funding("市县区财政资金", PART, f"{project.name}/市县区财政资金", [Cell(), Cell()]),
        [
            *centred("一级指标", "二级指标"),
            label("三级指标", "center", 2),
            *centred("年初指标值", "调整后指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施"),
        ],
        *indicator_rows(form, lambda i: centred(i.target, i.target, i.actual), 2, 1),
        total_row(form, 7, 1),
    ]
    return [8.0, 10, 10, 10, 10, 10, 11, 9, 8, 14], body


def _central(form: PerformanceForm, year: UnitYear) -> tuple[list[float], list[list[Cell]]]:
    project, name = form.project, form.project.name

    def funding(
        text: str, line: str, item: str, amounts: tuple[int, int, int], tail: list[Cell]
    ) -> list[Cell]:
        measures = ("initial_budget", "full_year_budget", "executed")
        cells = [money(a, m, line, item) if a else Cell() for m, a in zip(measures, amounts, strict=True)]
        return [label(text, "left", 2), *cells, *tail]

    whole = (project.initial, project.full_year, project.executed)
    dashes = centred("—", "—", "—")
    weight = points(Decimal(10), "weight", FUNDING, name)
    body = [
        *heading_rows(form, year, 8),
        [
            label("项目资金\n（万元）", "center", 2),
            *centred("年初预算数", "全年预算数（A）", "全年执行数（B）", "分值", "执行率（B/A）", "得分"),
        ],
        funding("年度资金总额", FUNDING, name, whole, [weight, rate_cell(form), score_cell(form)]),
        funding("其中：当年财政拨款", PART, f"{name}/当年财政拨款", whole, dashes),
        funding("上年结转资金", PART, f"{name}/上年结转资金", (0, 0, 0), dashes),
        funding("其他资金", PART, f"{name}/其他资金", (0, 0, 0), dashes),
        *indicator_block(form),
    ]
    return [10.0, 13, 16, 12, 12, 9, 11, 15], body


_FORMS = {"line_numbered": _line_numbered, "central": _central}


def performance_table(form: PerformanceForm, year: UnitYear) -> Table:
    """Build the form of one project in its unit's form family."""
    widths, body = _FORMS.get(year.unit.layout.form_family, _common)(form, year)
    header = headers([(f"（{year.year}年度）", len(widths))])
    return Table("PF", "项目支出绩效自评表", widths, header, body)
