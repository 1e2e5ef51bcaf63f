"""The funding blocks of performance forms: heading rows, label and amount pairs, matrices, flat lists."""

from __future__ import annotations

import re

from transforms.columns import heading_is_known, read_heading
from transforms.context import Context
from transforms.grid import EMPTY_STATES, Cell, Grid
from transforms.performance_form import Form, add_amount, beside, match_word, right_of
from transforms.wording import bare_label, clean

_FUNDING_COLUMNS = (
    (re.compile(r"目标申报数"), "target_declared"),
    (re.compile(r"年初预算|预算编制数|年初批复"), "initial_budget"),
    (re.compile(r"全年预算|调整后?预算|调整数|^预算数|^预算金额"), "full_year_budget"),
    (re.compile(r"全年执行|预算执行数|执行数|实际支出|决算数"), "executed"),
    (re.compile(r"结\(?转\)?余|结余|结转"), "left_over"),
    (re.compile(r"执行率|完成率"), "execution_rate"),
    (re.compile(r"分值|权重"), "weight"),
    (re.compile(r"得分|评分"), "score"),
)
_FUNDING_LABEL = re.compile(r"资金|拨款|总额|结转|合计|预算安排|财政|其他|自筹|支出")
GOAL = re.compile(r"年度目标|预期目标|总体目标|年度总体目标|绩效目标$")
_TOTAL = re.compile(r"(?:金额)?(?:合计|总计|总额)")


def read_funding(form: Form, grid: Grid, context: Context, start: int) -> None:
    """Read the funding of a form from its rows above ``start``, the heading of its indicators."""
    columns: dict[int, str] = {}
    for row in range(1, start):
        own = grid.own_cells(row)
        found = {
            c.column: m
            for c in own
            if (m := match_word(_FUNDING_COLUMNS, clean(c.text))) and not c.is_numeric
        }
        if len(found) >= 2 and not any(c.is_numeric for c in own):
            for cell in own:
                if cell.column in found:
                    for column in range(cell.column, cell.column + cell.column_span):
                        columns[column] = found[cell.column]
            continue
        if any(GOAL.fullmatch(clean(c.text)) for c in own):
            break
        values = [c for c in own if c.column in columns and (c.is_numeric or c.state in EMPTY_STATES)]
        if columns and any(c.is_numeric for c in values):
            _funding_row(form, grid, row, values, columns, context)
        elif not columns:
            _funding_pairs(form, grid, row, context)


def _funding_row(
    form: Form, grid: Grid, row: int, values: list[Cell], columns: dict[int, str], context: Context
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
        add_amount(form, grid, cell, context, line, columns[cell.column], item, label)


def _funding_pairs(form: Form, grid: Grid, row: int, context: Context) -> None:
    """Funding printed as label and amount side by side (年度资金总额： 285.87), as target forms do."""
    for cell in grid.own_cells(row):
        text = bare_label(cell.text)
        right = right_of(grid, cell)
        if not text or cell.is_numeric or not _FUNDING_LABEL.search(text) or right is None:
            continue
        if not right.is_numeric or right.row != row:
            continue
        is_total = form.funding_seen == 0 and bool(re.search(r"总额|合计|总计", text))
        form.funding_seen += 1
        line = "performance.funding" if is_total else "performance.funding_part"
        item = form.key if is_total else f"{form.key}/{text}"
        add_amount(form, grid, right, context, line, "total", item, text)


def read_matrix(form: Form, grid: Grid, context: Context, start: int) -> None:
    """Read money that stands under known headings but in no funding row: tasks and funds of target forms."""
    for row in range(1, start):
        for cell in grid.own_cells(row):
            if not cell.is_numeric or (grid.table_no, cell.row, cell.column) in form.amounts:
                continue
            headings = _headings_above(grid, cell)
            label = bare_label(beside(grid, cell)) if cell.column > 1 else ""
            if headings:
                known = [read_heading(text) for text in headings]
                sources = [value for heading in known for value in heading.values("source")]
                measures = [value for heading in known for value in heading.values("measure")]
                task = _task(grid, cell)
                is_total = not task or bool(_TOTAL.search(task))
                line = "performance.funding" if is_total else "performance.funding_part"
                item = form.key if is_total else f"{form.key}/{task}"
                measure, fund = (measures or ["total"])[0], (sources or ["all"])[0]
                add_amount(form, grid, cell, context, line, measure, item, label, fund)
            elif label and (_FUNDING_LABEL.search(label) or heading_is_known(label)):
                item = f"{form.key}/{label}"
                add_amount(form, grid, cell, context, "performance.funding_part", "total", item, label)


def _task(grid: Grid, cell: Cell) -> str:
    """Return the first text of a row that is no heading of the whole block."""
    texts = [other for other in grid.covering_cells(cell.row) if other.text and not other.is_numeric]
    own = [other for other in texts if other.row == cell.row and other.column < cell.column]
    return clean(own[0].text)[:60] if own else ""


def _headings_above(grid: Grid, cell: Cell) -> list[str]:
    """Return the known headings above a number, innermost first; none where a foreign text comes between."""
    found: list[str] = []
    row = cell.row - 1
    while row >= 1:
        above = grid.at(row, cell.column)
        if above is None:
            break
        text = clean(above.text)
        if text and not above.is_numeric:
            if len(text) > 20 or not heading_is_known(text):
                break
            found.append(text)
        row = above.row - 1
    return found


def read_flat_funding(
    form: Form, grid: Grid, row: int, context: Context, paths: dict[int, tuple[str, ...]], project: str
) -> None:
    """Read the money columns of one row of a flat list of projects."""
    for cell in grid.own_cells(row):
        path = paths.get(cell.column, ())
        if not path or not (cell.is_numeric or cell.state in EMPTY_STATES):
            continue
        known = [read_heading(text) for text in path]
        if any(heading.role or not heading.is_covered for heading in known):
            continue
        sources = [value for heading in known for value in heading.values("source")]
        if not sources and not any(heading.has("total") or heading.has("stage") for heading in known):
            continue
        line = "performance.funding_part" if sources else "performance.funding"
        item = f"{project}/{path[-1]}" if sources else project
        add_amount(form, grid, cell, context, line, "total", item, project[:60], (sources or ["all"])[0])
