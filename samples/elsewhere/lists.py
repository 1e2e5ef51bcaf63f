"""Lists of projects and of purchases."""

from __future__ import annotations

from samples.elsewhere.accounts import FUND_KEYS, Accounts
from samples.elsewhere.column_heads import heading_rows
from samples.elsewhere.look import Look
from samples.elsewhere.notation import Entry, Form, entry
from samples.model import ProjectSpending
from samples.tables import AmountKey, Cell, Printer, Table, label

_MODEL_FUNDS = {**FUND_KEYS, "nonfiscal": "nf"}


def projects_form(form: Form, accounts: Accounts, printer: Printer, look: Look) -> Table:
    """Build a list of projects: a total row and a row for each, with columns by fund."""
    columns = [entry(text) for text in form["columns"]]
    projects = [p for p in accounts.year.projects if _amount(p, accounts)]
    if "only" in form:
        projects = [p for p in projects if p.fund == FUND_KEYS[form["only"]]]
    unit_head, kind_head = form.get("unit_column", ""), form.get("kind_column", "")

    def values(chosen: list[ProjectSpending], line: str, item: str) -> list[Cell]:
        return [_value(column, chosen, line, item, accounts, printer) for column in columns]

    heads: list[tuple[str, ...]] = []
    heads += [(kind_head,)] if kind_head else []
    heads += [("项目名称",)]
    heads += [(unit_head,)] if unit_head else []
    body = []
    for project in projects:
        row = [label("特定目标类", "center")] if kind_head else []
        row.append(label(project.name))
        row += [label(accounts.year.unit.name)] if unit_head else []
        body.append([*row, *values([project], "project.item", f"*{project.name}")])
    total = [label(look.total_label, "center", len(heads)), *values(projects, "project.total", "")]
    if look.total_row == "first":
        body.insert(0, total)
    else:
        body.append(total)
    widths = ([10.0] if kind_head else []) + [30.0] + ([22.0] if unit_head else []) + [11.0] * len(columns)
    paths = [*heads, *(column.path for column in columns)]
    table = Table(form["code"], form["title"], widths, heading_rows(paths), body)
    table.is_wide = len(columns) > 4
    return table


def _amount(project: ProjectSpending, accounts: Accounts) -> int:
    return project.initial if accounts.is_budget else project.executed


def _value(
    column: Entry, chosen: list[ProjectSpending], line: str, item: str, accounts: Accounts, printer: Printer
) -> Cell:
    wanted = _MODEL_FUNDS.get(column.fund, "-") if column.fund else ""
    amount = sum(_amount(p, accounts) for p in chosen if not wanted or p.fund == wanted)
    key = AmountKey(line, column.key, fund=column.fund or "all", stage=accounts.stage, item=item)
    return printer.cell(amount, key)


def procurement_form(form: Form, accounts: Accounts, printer: Printer, look: Look) -> Table:
    """Build the purchases planned: total, goods, works and services."""
    columns = [entry(text) for text in form["columns"]]
    parts = accounts.year.procurement
    rows = [(look.total_label, "procurement.total", sum(parts.values()))]
    rows += [
        (text, f"procurement.{name}", parts[name])
        for text, name in (("A-货物", "goods"), ("B-工程", "works"), ("C-服务", "services"))
    ]
    body = []
    for text, line, amount in rows:
        cells = [
            printer.cell(amount, AmountKey(line, column.key, fund=column.fund or "all", stage=accounts.stage))
            for column in columns
        ]
        body.append([label(text), *cells])
    paths = [("采购品目",), *(column.path for column in columns)]
    return Table(form["code"], form["title"], [40.0, *[16.0] * len(columns)], heading_rows(paths), body)
