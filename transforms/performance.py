"""Performance forms: self-evaluations (PF, PFW) and targets (BT14, BT16), one project a form or a flat list.

A form has a head (project, department, unit), a funding block with its own heading row, an indicator block whose
heading names 一级指标 to 三级指标, and a total row. Blocks are found by these words, columns by the headings
above them, so the forms of different provinces read alike.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal

from transforms.facts import Amount, CellLabel, Facts, Indicator, Project, Unmapped
from transforms.grid import EMPTY_STATES, Cell, Grid
from transforms.money_units import YUAN
from transforms.reading import Context
from transforms.recognition import Draft
from transforms.wording import bare_label, clean

_FUNDING_COLUMNS = (
    (re.compile(r"目标申报数"), "target_declared"),
    (re.compile(r"年初预算|预算编制数|年初批复"), "initial_budget"),
    (re.compile(r"全年预算|调整后?预算|调整数"), "full_year_budget"),
    (re.compile(r"全年执行|预算执行数|执行数|实际支出|决算数"), "executed"),
    (re.compile(r"结\(?转\)?余|结余|结转"), "left_over"),
    (re.compile(r"执行率|完成率"), "execution_rate"),
    (re.compile(r"分值|权重"), "weight"),
    (re.compile(r"得分|评分"), "score"),
)
_INDICATOR_COLUMNS = (
    (re.compile(r"一级指标"), "level_one"),
    (re.compile(r"二级指标"), "level_two"),
    (re.compile(r"三级指标|指标名称|绩效指标$"), "level_three"),
    (re.compile(r"调整后"), "adjusted_target"),
    (re.compile(r"实际完成|完成值|完成情况|实现值"), "actual"),
    (re.compile(r"分值|权重"), "weight"),
    (re.compile(r"得分|评分"), "score"),
    (re.compile(r"偏差|原因"), "deviation_reason"),
    (re.compile(r"指标性质"), "relation"),
    (re.compile(r"度量单位|计量单位"), "measured_in"),
    (re.compile(r"指标值|目标值"), "target"),
)
_FUNDING_LABEL = re.compile(r"资金|拨款|总额|结转|合计|预算安排|财政|其他|自筹")
_PROJECT = re.compile(r"^(?:项目|专项|政策)?(?:\(?政策\)?)?(?:项目|专项)?名称$|^项目名称|^专项名称")
_GRADE = re.compile(r"[优良中差]|合格|不合格|优秀|良好|一般|较差")
_TOTAL = re.compile(r"总分|合计得分|总得分|自评总分|得分合计|合计")
_GOAL = re.compile(r"年度目标|预期目标|总体目标|绩效目标$")
_SCHEMA_MONEY = frozenset(
    {"target_declared", "initial_budget", "full_year_budget", "executed", "left_over", "total"}
)
_UNIT = re.compile(r"[(（](亿元|万元|元)[)）]")
ZERO = Decimal(0)


@dataclass(slots=True)
class _Form:
    """What is known while one form, possibly over several tables, is read."""

    project: str = ""
    department: str = ""
    unit: str = ""
    goal: str = ""
    result: str = ""
    indicator_columns: dict[int, str] = field(default_factory=dict)
    score: Decimal | None = None
    grade: str | None = None
    money_unit: str | None = None
    funding_seen: int = 0
    table_no: int = 0
    amounts: dict[tuple[int, int, int], Amount] = field(default_factory=dict)
    meant: dict[tuple[int, int, int], str] = field(default_factory=dict)


def read_performance(draft: Draft, context: Context, facts: Facts) -> list[Amount]:
    """Read a performance form into ``facts``; return its amounts."""
    form = _Form(table_no=draft.parts[0].grid.table_no, money_unit=context.money_unit)
    flat = any(_is_flat(part.grid) for part in draft.parts)
    for part in draft.parts:
        grid = part.grid
        _read_head(form, grid)
        if not flat:
            _read_funding(form, grid, context)
        _read_indicators(form, grid, context, facts, flat)
        _label_cells(form, grid, context, facts)
    if not flat:
        facts.projects.append(
            Project(
                context.statement_no,
                form.table_no,
                form.project,
                form.department,
                form.unit,
                form.score,
                form.grade,
                form.goal,
                form.result,
            )
        )
    amounts = list(form.amounts.values())
    facts.amounts.extend(amounts)
    return amounts


def _is_flat(grid: Grid) -> bool:
    """A list of many projects: 项目名称 is a column heading beside the indicators', not a form's field."""
    for row in range(1, min(grid.row_count, 4) + 1):
        texts = [clean(cell.text) for cell in grid.covering_cells(row)]
        if any(_PROJECT.match(text) or text in {"项目", "名称"} for text in texts) and any(
            "一级指标" in t or t == "绩效指标" for t in texts
        ):
            return True
    return False


def _right_of(grid: Grid, cell: Cell) -> Cell | None:
    return grid.at(cell.row, cell.column + cell.column_span)


def _read_head(form: _Form, grid: Grid) -> None:
    for cell in grid.cells:
        text = clean(cell.text)
        if len(text) > 24:
            continue
        right = _right_of(grid, cell)
        value = clean(right.text) if right and not right.is_numeric else ""
        if _PROJECT.match(text) and not form.project and "一级" not in value:
            form.project = value
        elif re.match(r"^主管部门", text) and not form.department:
            form.department = value
        elif (
            re.match(r"^(?:实施单位|预算单位|填报单位|部门(?:\(单位\))?名称|单位名称)", text)
            and not form.unit
        ):
            form.unit = value
        elif _GOAL.fullmatch(text) or text == "实际完成情况" or text == "全年实际完成情况":
            _read_goal(form, grid, cell, text)
        if (match := _UNIT.search(text)) and re.search(r"资金|预算", text):
            form.money_unit = match[1]


def _read_goal(form: _Form, grid: Grid, cell: Cell, text: str) -> None:
    below = grid.at(cell.row + cell.row_span, cell.column)
    right = _right_of(grid, cell)
    candidate = below if below and len(below.text) > 6 and below.column == cell.column else right
    if candidate is None or candidate.is_numeric:
        return
    if "完成" in text:
        form.result = form.result or candidate.text
    else:
        form.goal = form.goal or candidate.text


def _row_texts(grid: Grid, row: int) -> list[tuple[int, Cell]]:
    return [(cell.column, cell) for cell in grid.covering_cells(row)]


def _read_funding(form: _Form, grid: Grid, context: Context) -> None:
    start = _indicator_heading(grid) or grid.row_count + 1
    columns: dict[int, str] = {}
    for row in range(1, start):
        own = grid.own_cells(row)
        found = {
            c.column: m for c in own if (m := _match(_FUNDING_COLUMNS, clean(c.text))) and not c.is_numeric
        }
        if len(found) >= 2 and not any(c.is_numeric for c in own):
            for cell in own:
                if cell.column in found:
                    for column in range(cell.column, cell.column + cell.column_span):
                        columns[column] = found[cell.column]
            continue
        if any(_GOAL.fullmatch(clean(c.text)) for c in own):
            break
        values = [c for c in own if c.column in columns and (c.is_numeric or c.state in EMPTY_STATES)]
        if columns and any(c.is_numeric for c in values):
            _funding_row(form, grid, row, values, columns, context)
        elif not columns:
            _funding_pairs(form, grid, row, context)


def _funding_row(
    form: _Form, grid: Grid, row: int, values: list[Cell], columns: dict[int, str], context: Context
) -> None:
    first = min(columns)
    labels = [
        clean(cell.text)
        for cell in grid.covering_cells(row)
        if cell.column < first and cell.text and not cell.is_numeric and _FUNDING_LABEL.search(cell.text)
    ]
    label = bare_label(labels[-1]) if labels else ""
    is_total = form.funding_seen == 0
    form.funding_seen += 1
    line = "performance.funding" if is_total else "performance.funding_part"
    item = form.project if is_total else f"{form.project}/{label}"
    for cell in values:
        _add(form, grid, cell, context, line, columns[cell.column], item, label)


def _funding_pairs(form: _Form, grid: Grid, row: int, context: Context) -> None:
    """Funding printed as label and amount side by side (年度资金总额： 285.87), as target forms do."""
    for cell in grid.own_cells(row):
        text = bare_label(cell.text)
        right = _right_of(grid, cell)
        if not text or cell.is_numeric or not _FUNDING_LABEL.search(text) or right is None:
            continue
        if not right.is_numeric or right.row != row:
            continue
        is_total = form.funding_seen == 0 and bool(re.search(r"总额|合计|总计", text))
        form.funding_seen += 1
        line = "performance.funding" if is_total else "performance.funding_part"
        _add(form, grid, right, context, line, "total", f"{form.project}/{text}", text)


def _indicator_heading(grid: Grid) -> int | None:
    for row in range(1, grid.row_count + 1):
        texts = [clean(cell.text) for cell in grid.own_cells(row)]
        if any("三级指标" in t or "一级指标" in t for t in texts) and len(texts) >= 3:
            return row
    return None


def _match(patterns: tuple[tuple[re.Pattern[str], str], ...], text: str) -> str | None:
    if not text or len(text) > 24:
        return None
    return next((name for pattern, name in patterns if pattern.search(text)), None)


def _read_indicators(form: _Form, grid: Grid, context: Context, facts: Facts, flat: bool) -> None:
    heading = _indicator_heading(grid)
    columns: dict[int, str] = {}
    if heading:
        for cell in grid.covering_cells(heading):
            name = _match(_INDICATOR_COLUMNS, clean(cell.text))
            if name:
                for column in range(cell.column, cell.column + cell.column_span):
                    columns.setdefault(column, name)
        form.indicator_columns = columns
    else:
        columns = form.indicator_columns
    if "level_three" not in columns.values():
        return
    for row in range((heading or 0) + 1, grid.row_count + 1):
        if not _indicator_row(form, grid, row, columns, context, facts, flat):
            break


def _indicator_row(
    form: _Form, grid: Grid, row: int, columns: dict[int, str], context: Context, facts: Facts, flat: bool
) -> bool:
    """Read one row below the indicator heading; False where the block has ended."""
    cells = {name: grid.at(row, column) for column, name in columns.items()}
    first = next((cell for cell in grid.covering_cells(row) if cell.text), None)
    if first is None:
        return True
    if first.row == row and _TOTAL.fullmatch(clean(first.text)) and first.column_span >= 2:
        _total_row(form, grid, row, columns, context)
        return False
    third = cells.get("level_three")
    if third is None or not third.text or third.row != row or "级指标" in third.text:
        return bool(not third or third.row != row or "级指标" in third.text or not third.text)
    one, two = cells.get("level_one"), cells.get("level_two")
    if one is third or two is third:  # a merged text row below the indicators: analysis, explanation
        return False
    project = _flat_project(form, grid, row) if flat else form.project
    path = [clean(cell.text) if cell else "" for cell in (one, two, third)]
    item = "/".join([project, *path])
    weight, score = cells.get("weight"), cells.get("score")
    for name, cell in (("weight", weight), ("score", score)):
        if cell is not None and (cell.is_numeric or (cell.state in EMPTY_STATES and cell.row == row)):
            _add(form, grid, cell, context, "performance.indicator", name, item, path[2])
    facts.indicators.append(
        Indicator(
            context.statement_no,
            grid.table_no,
            row,
            project,
            path[0],
            path[1],
            path[2],
            target="".join(_text(cells, name) for name in ("relation", "target", "measured_in")),
            adjusted_target=_text(cells, "adjusted_target"),
            actual=_text(cells, "actual"),
            weight=weight.value if weight and weight.is_numeric else None,
            score=score.value if score and score.is_numeric else None,
            deviation_reason=_text(cells, "deviation_reason"),
        )
    )
    for name in ("target", "adjusted_target", "actual"):
        cell = cells.get(name)
        if cell is not None and cell.is_numeric:
            form.meant[(grid.table_no, cell.row, cell.column)] = "indicator_text"
    return True


def _text(cells: dict[str, Cell | None], name: str) -> str:
    cell = cells.get(name)
    return cell.text if cell else ""


def _flat_project(form: _Form, grid: Grid, row: int) -> str:
    text = clean(grid.text_at(row, 1))
    form.project = text or form.project
    return form.project


def _total_row(form: _Form, grid: Grid, row: int, columns: dict[int, str], context: Context) -> None:
    numbers = [cell for cell in grid.own_cells(row) if cell.is_numeric]
    by_name = {columns.get(cell.column): cell for cell in numbers}
    score = by_name.get("score") or (numbers[-1] if numbers else None)
    weight = by_name.get("weight")
    for name, cell in (("weight", weight), ("score", score)):
        if cell is not None and not (name == "weight" and cell is score):
            _add(form, grid, cell, context, "performance.total_score", name, form.project, "总分")
    form.score = score.value if score is not None else None
    for cell in grid.own_cells(row):
        text = clean(cell.text)
        if text and len(text) <= 3 and _GRADE.fullmatch(text):
            form.grade = text


def _add(
    form: _Form, grid: Grid, cell: Cell, context: Context, line: str, measure: str, item: str, name: str
) -> None:
    key = (grid.table_no, cell.row, cell.column)
    if key in form.amounts:
        return
    is_money = measure in _SCHEMA_MONEY
    unit = form.money_unit if is_money else "%" if measure == "execution_rate" else "分"
    value = cell.value if cell.is_numeric and cell.value is not None else ZERO
    scale = YUAN.get(unit or "") if is_money else None
    form.amounts[key] = Amount(
        table_no=grid.table_no,
        row_no=cell.row,
        column_no=cell.column,
        statement_no=context.statement_no,
        statement_code=context.kind.code,
        line_code=line,
        measure=measure,
        functional_code=None,
        economic_code=None,
        fund="all",
        stage=context.default_stage,
        item=item,
        subject_name=name,
        state=cell.state,
        value=value,
        decimals=cell.decimals if cell.is_numeric else None,
        unit=unit,
        is_unit_inferred=context.is_unit_inferred and is_money and form.money_unit == context.money_unit,
        amount_yuan=value * scale if scale is not None else None,
        is_leaf=line in {"performance.indicator", "performance.funding_part"},
    )


def _label_cells(form: _Form, grid: Grid, context: Context, facts: Facts) -> None:
    for cell in grid.cells:
        key = (grid.table_no, cell.row, cell.column)
        amount = form.amounts.get(key)
        reason = None
        if cell.is_numeric and amount is None:
            reason = form.meant.get(key, "form_field_not_in_vocabulary")
            if reason == "form_field_not_in_vocabulary":
                facts.unmapped.append(
                    Unmapped("number", _beside(grid, cell), context.kind.code, cell.page, reason)
                )
        label = amount.subject_name if amount else _beside(grid, cell)
        column_label = amount.measure if amount else ""
        facts.labels.append(
            CellLabel(grid.table_no, cell.row, cell.column, context.statement_no, label, column_label, reason)
        )


def _beside(grid: Grid, cell: Cell) -> str:
    """Return the nearest text to the left of a cell."""
    for column in range(cell.column - 1, 0, -1):
        other = grid.at(cell.row, column)
        if other is not None and other.text and not other.is_numeric:
            return clean(other.text)[:60]
    return ""
