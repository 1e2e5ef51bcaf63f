"""Two-sided summaries: revenue on the left, expenditure on the right."""

from __future__ import annotations

from samples.classification import CHINESE_NUMERALS, functional_classes, functional_names
from samples.elsewhere.accounts import Accounts
from samples.elsewhere.column_heads import heading_rows
from samples.elsewhere.look import Look
from samples.elsewhere.notation import Entry, Form, entry
from samples.tables import AmountKey, Cell, Printer, Table, label

_FUNDS = (
    "fiscal_appropriation",
    "general_public_budget",
    "government_managed_funds",
    "state_capital_operations",
)


def summary_form(form: Form, accounts: Accounts, printer: Printer, look: Look) -> Table:
    """Build a two-sided summary; its classes are all functional classes or those used."""
    scope = "fiscal_appropriation" if form.get("fiscal") else "all"
    columns = form.get("right_columns") or [form["value_head"]]
    left = [entry(text) for text in form["left"]]
    right = _expenditure(form, accounts, scope)
    tails = [entry(text) for text in form["left_tail"]], [entry(text) for text in form["right_tail"]]
    height = max(len(left), len(right))
    tail = max(len(tails[0]), len(tails[1]))
    left = left + [Entry("")] * (height - len(left)) + [Entry("")] * (tail - len(tails[0])) + tails[0]
    right = right + [Entry("")] * (height - len(right)) + [Entry("")] * (tail - len(tails[1])) + tails[1]
    third = [entry(text) for text in form.get("third", [])]
    third += [Entry("")] * (height + tail - len(third))
    numbered = look.line_numbers and not accounts.is_budget
    body = []
    for index, (one, other, last) in enumerate(zip(left, right, third, strict=True), 1):
        number = [label(str(index), "center")] if numbered else []
        beside = [label(str(height + tail + index), "center")] if numbered else []
        code = [label(_code_of(other), "center")] if form.get("coded") else []
        row = [
            label(one.text),
            *number,
            *_left_values(one, accounts, printer, scope),
            *code,
            label(_without_number(other.text) if code else other.text),
            *beside,
            *_right_values(other, accounts, printer, scope, len(columns)),
        ]
        if form.get("third"):
            row += [label(last.text), *_right_values(last, accounts, printer, scope, 1)]
        body.append(row)
    line = [("行次",)] if numbered else []
    head = form["value_head"]
    paths = [("收入", "项目"), *(("收入", *part) for part in line), ("收入", head), ("支出", "项目"),
             *(("支出", *part) for part in line), *(("支出", text) for text in columns)]  # fmt: skip
    paths = [(form["left_head"] if path[0] == "收入" else form["right_head"], *path[1:]) for path in paths]
    narrow = [5.0] if numbered else []
    widths = [28.0, *narrow, 12.0, 28.0, *narrow, *[12.0] * len(columns)]
    if form.get("coded"):
        at = paths.index((form["right_head"], "项目"))
        paths[at : at + 1] = [(form["right_head"], "科目编码"), (form["right_head"], "科目名称")]
        widths.insert(at, 9.0)
    if form.get("third"):
        paths += [(form["right_head"], "支出性质"), (form["right_head"], head)]
        widths += [24.0, 12.0]
    table = Table(form["code"], form["title"], widths, heading_rows(paths), body)
    table.is_wide = len(widths) > 5
    return table


def _code_of(row: Entry) -> str:
    return row.key.removeprefix("class ") if row.key.startswith("class ") else ""


def _without_number(text: str) -> str:
    return text.split("、", 1)[-1].split("）", 1)[-1]


def _expenditure(form: Form, accounts: Accounts, scope: str) -> list[Entry]:
    names, rows = functional_names(), []
    used = [code for code in functional_classes() if accounts.class_total(code, scope)]
    codes = used if form.get("classes") == "used" else list(functional_classes())
    for text in form["right"]:
        if text not in {"classes", "bracketed_classes"}:
            rows.append(entry(text))
            continue
        for numeral, code in zip(CHINESE_NUMERALS, codes, strict=False):
            mark = f"（{numeral}）" if text.startswith("bracketed") else f"{numeral}、"
            rows.append(Entry(f"{mark}{names[code]}", f"class {code}"))
    return rows


def _left_values(row: Entry, accounts: Accounts, printer: Printer, scope: str) -> list[Cell]:
    if not row.key:
        return [Cell()]
    fund = row.fund or "all"
    amount = accounts.summary(row.key, scope)
    return [printer.cell(amount, AmountKey(row.key, fund=fund, stage=accounts.stage))]


def _right_values(row: Entry, accounts: Accounts, printer: Printer, scope: str, width: int) -> list[Cell]:
    if not row.key:
        return [Cell() for _ in range(width)]
    funds = _FUNDS[:width] if width > 1 else (scope,)
    cells = []
    for fund in funds:
        if row.key.startswith("class "):
            code = row.key.split()[1]
            key = AmountKey("expenditure.class", functional_code=code, fund=fund, stage=accounts.stage)
            cells.append(printer.cell(accounts.class_total(code, fund), key))
        else:
            key = AmountKey(row.key, fund=fund, stage=accounts.stage)
            cells.append(printer.cell(accounts.summary(row.key, fund), key))
    return cells
