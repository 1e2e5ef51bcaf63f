"""Three-public statements in the arrangements of different places, and the sheets on operation, assets and purchases."""

from __future__ import annotations

from samples.elsewhere.accounts import Accounts
from samples.elsewhere.column_heads import heading_rows
from samples.elsewhere.look import Look
from samples.elsewhere.notation import Entry, Form, entry
from samples.tables import AmountKey, Cell, Printer, Table, label

_LINES: tuple[tuple[tuple[str, ...], str, str], ...] = (
    (("合计",), "“三公”经费合计", "three_public.total"),
    (("因公出国（境）费",), "1.因公出国（境）费", "three_public.overseas_visits"),
    (("公务用车购置及运行维护费", "小计"), "2.公务用车购置及运行维护费", "three_public.vehicles"),
    (("公务用车购置及运行维护费", "公务用车购置费"), "（1）公务用车购置费", "three_public.vehicle_purchase"),
    (
        ("公务用车购置及运行维护费", "公务用车运行维护费"),
        "（2）公务用车运行维护费",
        "three_public.vehicle_operation",
    ),
    (("公务接待费",), "3.公务接待费", "three_public.hospitality"),
)
_CONFERENCE = (
    (("会议费",), "三、会议费", "three_public.conference"),
    (("培训费",), "四、培训费", "three_public.training"),
)
_COUNTS = (
    ("1.因公出国（境）团组数（个）", "three_public.overseas_groups", "个", ""),
    ("2.公务用车保有量（辆）", "three_public.vehicles_kept", "辆", "vehicles_kept"),
    ("3.国内公务接待批次（个）", "three_public.reception_batches", "个", "batches"),
    ("4.国内公务接待人次（人）", "three_public.reception_persons", "人", "persons"),
)


def three_public_form(form: Form, accounts: Accounts, printer: Printer, look: Look) -> Table:
    """Build a three-public statement: stages above lines, lines above stages, one row a stage, or down the page."""
    arrange = {
        "stages_over_lines": _across,
        "lines_over_stages": _across,
        "one_row": _across,
        "stage_rows": _stage_rows,
        "down": _down,
    }[form["arrangement"]]
    return arrange(form, accounts, printer, look)


def _cell(form: Form, accounts: Accounts, printer: Printer, line: str, stage: str) -> Cell:
    fund = "general_public_budget" if line.startswith("agency") else form["fund"]
    return printer.cell(accounts.three_public(line, stage), AmountKey(line, fund=fund, stage=stage))


def _stages(form: Form, accounts: Accounts) -> list[Entry]:
    return [entry(text) for text in form.get("stages", [])] or [Entry("", accounts.stage)]


def _across(form: Form, accounts: Accounts, printer: Printer, look: Look) -> Table:
    stages = _stages(form, accounts)
    lines = [(path, line) for path, _, line in _LINES]
    if form["arrangement"] == "lines_over_stages":
        columns = [((*path, stage.text), line, stage.key) for path, line in lines for stage in stages]
    else:
        columns = [
            ((stage.text, *path) if stage.text else path, line, stage.key)
            for stage in stages
            for path, line in lines
        ]
    cells = [_cell(form, accounts, printer, line, stage) for _, line, stage in columns]
    paths = [path for path, _, _ in columns]
    widths = [10.0] * len(columns)
    if form.get("unit_columns"):
        paths = [("单位编码",), ("单位名称",), *paths]
        widths = [9.0, 20.0, *widths]
        unit = accounts.year.unit.name
        own = [
            Cell(
                c.text,
                key=AmountKey(c.key.line_code, fund=c.key.fund, stage=c.key.stage, item="*"),
                align=c.align,
                unit=c.unit,
            )
            for c in cells
            if c.key
        ]
        body = [[label("合计", "center", 2), *cells], [label(look.unit_code, "center"), label(unit), *own]]
    else:
        body = [cells]
    table = Table(form["code"], form["title"], widths, heading_rows(paths), body)
    table.is_wide = len(columns) > 6
    return table


def _stage_rows(form: Form, accounts: Accounts, printer: Printer, look: Look) -> Table:
    lines = [((("“三公”经费", *path)), line) for path, _, line in _LINES]
    lines[0] = (("“三公”经费", "小计"), "three_public.total")
    lines += [(path, line) for path, _, line in _CONFERENCE]
    lines.insert(0, (("合计",), "three_public.with_conference_and_training"))
    body = []
    for text, stage in (("预算数", "budget"), ("决算数", "final")):
        body.append(
            [label(text, "center"), *(_cell(form, accounts, printer, line, stage) for _, line in lines)]
        )
    paths = [("项目",), *(path for path, _ in lines)]
    return Table(
        form["code"], form["title"], [12.0, *[10.0] * len(lines)], heading_rows(paths), body, is_wide=True
    )


def _down(form: Form, accounts: Accounts, printer: Printer, look: Look) -> Table:
    stages = [entry(text) for text in form.get("stages", ["预算数 = budget", "决算数 = final"])]
    body = []
    for _, text, line in _LINES:
        body.append([label(text), *(_cell(form, accounts, printer, line, stage.key) for stage in stages)])
    if form.get("agency"):
        body.append(
            [
                label("二、机关运行经费"),
                Cell("", 1),
                _cell(form, accounts, printer, "agency_operating_cost.total", "final"),
            ]
        )
        body.insert(0, [label("一、“三公”经费支出"), *(Cell() for _ in stages)])
        body.append([label("三、相关统计数"), *(Cell() for _ in stages)])
        for text, line, unit, name in _COUNTS:
            count = accounts.year.counts.get(name, 0)
            key = AmountKey(line, "count", fund="fiscal_appropriation", stage="final")
            body.append([label(text), Cell(), Cell(str(count), key=key, unit=unit, align="right")])
    if form.get("administrative"):
        cost = accounts.economic("", "general_operating")
        key = AmountKey("agency_operating_cost.related", fund="general_public_budget", stage=accounts.stage)
        body.insert(0, [label("行政经费"), printer.cell(cost, key)])
    paths = [("项目",), *((stage.text,) for stage in stages)]
    return Table(form["code"], form["title"], [40.0, *[16.0] * len(stages)], heading_rows(paths), body)


def statistics_form(form: Form, accounts: Accounts, printer: Printer, look: Look) -> Table:
    """Build a sheet on purchases, operating cost and assets: money lines and numbers of things."""
    body = []
    number = 0
    for row in (entry(text) for text in form["rows"]):
        if not row.key:
            lines = [Cell()] if look.line_numbers else []
            body.append([label(row.text), *lines, Cell()])
            continue
        number += 1
        value = accounts.statistic(row.key)
        counted = row.key.startswith(("vehicles", "equipment"))
        if counted:
            unit = "辆" if row.key.startswith("vehicles") else "台（套）"
            cell = Cell(str(value), key=AmountKey(row.key, "count"), unit=unit, align="right")
        else:
            cell = printer.cell(value, AmountKey(row.key))
        lines = [label(str(number), "center")] if look.line_numbers else []
        body.append([label(row.text), *lines, cell])
    paths: list[tuple[str, ...]] = [
        ("项目",),
        *([("行次",)] if look.line_numbers else []),
        (form["value_head"],),
    ]
    widths = [50.0, *([8.0] if look.line_numbers else []), 18.0]
    return Table(form["code"], form["title"], widths, heading_rows(paths), body)
