"""Performance forms: self-evaluations (PF, PFW) and targets (BT14, BT16), one project a form or a flat list.

A form has a head (project, department, unit), a funding block with its own heading row, an indicator block whose
heading names 一级指标 to 三级指标, and a total row. Blocks are found by these words, columns by the headings
above them, so the forms of different provinces read alike.
"""

from __future__ import annotations

import re

from extractors.money_unit import MONEY_UNITS
from transforms.context import Context
from transforms.facts import Amount, CellLabel, Facts, Indicator, Project, Unmapped
from transforms.grid import EMPTY_STATES, Cell, Grid
from transforms.performance_form import Form, add_amount, beside, match_word, right_of
from transforms.performance_funding import GOAL, read_flat_funding, read_funding, read_matrix
from transforms.recognition import EDGE_TOLERANCE, Draft, Part
from transforms.vocabulary_files import measure_names
from transforms.wording import clean

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
_PROJECT = re.compile(r"^\(?(?:政策和?\)?)?(?:一级|二级)?(?:项目|专项资金?|政策)(?:\(.{1,6}\))?名称")
_GRADE = re.compile(r"[优良中差]|合格|不合格|优秀|良好|一般|较差")
_TOTAL = re.compile(r"总分|合计得分|总得分|自评总分|得分合计|综合得分|自评得分|合计")
_UNIT = re.compile(rf"[(（]({'|'.join(MONEY_UNITS)})[)）]")


def read_performance(draft: Draft, context: Context, facts: Facts) -> list[Amount]:
    """Read a performance form into ``facts``; return its amounts."""
    form = Form(table_no=draft.parts[0].grid.table_no, money_unit=context.money_unit)
    flat = any(_is_flat(part.grid) for part in draft.parts)
    for part in draft.parts:
        grid = part.grid
        _read_head(form, grid)
        start = _indicator_heading(grid) or grid.row_count + 1
        if not flat:
            read_funding(form, grid, context, start)
            read_matrix(form, grid, context, start)
        _read_indicators(form, part, context, facts, flat)
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


def _read_head(form: Form, grid: Grid) -> None:
    for cell in grid.cells:
        text = clean(cell.text)
        if len(text) > 24:
            continue
        right = right_of(grid, cell)
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
        elif re.fullmatch(
            r"(?:自评|评价|评定|绩效)?(?:结论|结果|等级|等次)(?:等级)?", text
        ) and _GRADE.fullmatch(value):
            form.grade = value
        elif GOAL.fullmatch(text) or text == "实际完成情况" or text == "全年实际完成情况":
            _read_goal(form, grid, cell, text)
        if (match := _UNIT.search(text)) and re.search(r"资金|预算", text):
            form.money_unit = match[1]


def _read_goal(form: Form, grid: Grid, cell: Cell, text: str) -> None:
    below = grid.at(cell.row + cell.row_span, cell.column)
    right = right_of(grid, cell)
    candidate = below if below and len(below.text) > 6 and below.column == cell.column else right
    if candidate is None or candidate.is_numeric:
        return
    if "完成" in text:
        form.result = form.result or candidate.text
    else:
        form.goal = form.goal or candidate.text


def _indicator_heading(grid: Grid) -> int | None:
    for row in range(1, grid.row_count + 1):
        texts = [clean(cell.text) for cell in grid.own_cells(row)]
        if len(texts) >= 3 and any("三级指标" in t or "一级指标" in t for t in texts):
            return row
        if "绩效指标" in texts and any("指标值" in text for text in texts):
            return row
    return None


def _read_indicators(form: Form, part: Part, context: Context, facts: Facts, flat: bool) -> None:
    grid = part.grid
    heading = _indicator_heading(grid)
    columns: dict[int, str] = {}
    if heading:
        for cell in grid.covering_cells(heading):
            name = match_word(_INDICATOR_COLUMNS, clean(cell.text))
            if name:
                for column in range(cell.column, cell.column + cell.column_span):
                    columns.setdefault(column, name)
        form.indicator_columns, form.edges = columns, grid.edges
    else:
        columns = _carried_over(form, grid)
    if not columns or (heading and "level_three" not in columns.values()):
        return
    for row in range((heading or 0) + 1, grid.row_count + 1):
        if flat and row > part.head.first_data_row - 1:
            project = _flat_project(form, grid, row)
            if grid.text_at(row, 1) and (first := grid.at(row, 1)) is not None and first.row == row:
                read_flat_funding(form, grid, row, context, part.head.paths, project)
        if not _indicator_row(form, grid, row, columns, context, facts, flat):
            break


def _carried_over(form: Form, grid: Grid) -> dict[int, str]:
    """Return what the columns of a continuation hold: by their left edges where it has fewer columns."""
    known = {
        form.edges[column]: name for column, name in form.indicator_columns.items() if column in form.edges
    }
    if not known or set(grid.edges) == set(form.edges):
        return form.indicator_columns
    columns = {}
    for column, left in grid.edges.items():
        nearest = min(known, key=lambda edge: abs(edge - left))
        if abs(nearest - left) <= EDGE_TOLERANCE:
            columns[column] = known[nearest]
    return columns


def _indicator_row(
    form: Form, grid: Grid, row: int, columns: dict[int, str], context: Context, facts: Facts, flat: bool
) -> bool:
    """Read one row below the indicator heading; False where the block has ended."""
    cells = {name: grid.at(row, column) for column, name in columns.items()}
    first = next((cell for cell in grid.covering_cells(row) if cell.text), None)
    if first is None:
        return True
    if first.row == row and _TOTAL.fullmatch(clean(first.text)) and _is_alone(cells, first):
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
    item = form.unique("/".join([project, *path]))
    weight, score = cells.get("weight"), cells.get("score")
    for name, cell in (("weight", weight), ("score", score)):
        if cell is not None and (cell.is_numeric or (cell.state in EMPTY_STATES and cell.row == row)):
            add_amount(form, grid, cell, context, "performance.indicator", name, item, path[2])
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


def _is_alone(cells: dict[str, Cell | None], first: Cell) -> bool:
    """Say whether no indicator is named beside a row's first text: the row is a total."""
    third = cells.get("level_three")
    return first.column_span >= 2 or third is None or not third.text or third.row < first.row


def _text(cells: dict[str, Cell | None], name: str) -> str:
    cell = cells.get(name)
    return cell.text if cell else ""


def _flat_project(form: Form, grid: Grid, row: int) -> str:
    text = clean(grid.text_at(row, 1))
    form.project = text or form.project
    return form.project


def _total_row(form: Form, grid: Grid, row: int, columns: dict[int, str], context: Context) -> None:
    numbers = [cell for cell in grid.own_cells(row) if cell.is_numeric]
    by_name = {columns.get(cell.column): cell for cell in numbers}
    score = by_name.get("score") or (numbers[-1] if numbers else None)
    weight = by_name.get("weight")
    for name, cell in (("weight", weight), ("score", score)):
        if cell is not None and not (name == "weight" and cell is score):
            add_amount(form, grid, cell, context, "performance.total_score", name, form.project, "总分")
    form.score = score.value if score is not None else None
    for cell in grid.own_cells(row):
        text = re.sub(r"^.{0,4}等级[:：]?", "", clean(cell.text))
        if text and len(text) <= 3 and _GRADE.fullmatch(text):
            form.grade = text


def _label_cells(form: Form, grid: Grid, context: Context, facts: Facts) -> None:
    for cell in grid.cells:
        key = (grid.table_no, cell.row, cell.column)
        amount = form.amounts.get(key)
        reason = None
        if cell.is_numeric and amount is None:
            reason = form.meant.get(key, "form_field_not_in_vocabulary")
            if reason == "form_field_not_in_vocabulary":
                facts.unmapped.append(
                    Unmapped("number", beside(grid, cell), context.kind.code, cell.page, reason)
                )
        label = amount.subject_name if amount else beside(grid, cell)
        column_label = measure_names()[amount.measure] if amount else ""
        facts.labels.append(
            CellLabel(grid.table_no, cell.row, cell.column, context.statement_no, label, column_label, reason)
        )
