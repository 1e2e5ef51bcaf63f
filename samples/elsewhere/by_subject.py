"""Statements by functional or economic subject, or by unit, with any set of columns."""

from __future__ import annotations

from samples.classification import economic_names, functional_names
from samples.elsewhere.accounts import Accounts
from samples.elsewhere.column_heads import heading_rows
from samples.elsewhere.look import Look
from samples.elsewhere.notation import Entry, Form, entry
from samples.final_statements import functional_key, hierarchy, printed_code
from samples.tables import AmountKey, Cell, Printer, Table, label


def functional_form(form: Form, accounts: Accounts, printer: Printer, look: Look) -> Table:
    """Build a statement by functional subject (``rows: codes``) or with one row for the unit (``rows: unit``)."""
    columns = [entry(text) for text in form["columns"]]
    fund, axis = form.get("fund", "all"), form.get("axis", "expenditure")
    by_unit, with_unit = form.get("rows") == "unit", form.get("rows") == "unit_and_codes"
    codes = [] if by_unit else hierarchy(accounts.codes(fund, axis))

    def values(code: str) -> list[Cell]:
        return [_value(column, code, fund, axis, accounts, printer) for column in columns]

    heads, widths = _lead_heads(form["heads"], look, by_unit)
    body = [[*_code_cells(code, look), *values(code)] for code in codes]
    if by_unit:
        body = [_unit_row(accounts, values(""), look)]
    if with_unit:
        heads, widths = [("单位名称",), *heads], [18.0, *widths]
        unit = accounts.year.unit.name
        body = [[label(unit if look.unit_repeats or not n else ""), *row] for n, row in enumerate(body)]
    total = [label(look.total_label, "center", len(heads)), *values("")]
    if look.total_row == "first":
        body.insert(0, total)
    else:
        body.append(total)
    paths = [*heads, *(column.path for column in columns)]
    table = Table(form["code"], form["title"], widths + [12.0] * len(columns), heading_rows(paths), body)
    table.is_wide = len(columns) > 4
    if not codes and not by_unit:
        table.notes.append(look.empty_note(accounts.year.unit.scope_word, form["title"]))
    return table


def _value(column: Entry, code: str, fund: str, axis: str, accounts: Accounts, printer: Printer) -> Cell:
    stage = column.stage or accounts.stage
    if axis == "revenue":
        amount = accounts.revenue(code, column.key, column.fund or "all")
    else:
        amount = accounts.spending(code, column.key, column.fund or fund, stage)
    return printer.cell(amount, functional_key(code, column.key, column.fund or fund, stage))


def _lead_heads(heads: list[str], look: Look, by_unit: bool) -> tuple[list[tuple[str, ...]], list[float]]:
    paths = [tuple(text.split("/")) for text in heads]
    if by_unit:
        return paths, [10.0, 30.0]
    top = (look.lead_top,) if look.lead_top and len(paths[0]) == 1 else ()
    if look.code_columns == 0:
        return [(*top, paths[1][-1])], [40.0 * look.label_share]
    if look.code_columns == 1:
        return [(*top, *path) for path in paths], [12.0, 30.0 * look.label_share]
    code, name = paths
    return [*((*top, *code, level) for level in "类款项"), (*top, *name)], [
        5.5,
        4.5,
        4.5,
        30.0 * look.label_share,
    ]


def _code_cells(code: str, look: Look) -> list[Cell]:
    name = look.indented(functional_names()[code], len(code))
    if look.code_columns == 0:
        return [label(f"[{code}]{functional_names()[code]}")]
    if look.code_columns == 1:
        return [label(code, look.code_align), label(name)]
    return [*(label(part, "center") for part in printed_code(code, look.code_style)), label(name)]


def _unit_row(accounts: Accounts, values: list[Cell], look: Look) -> list[Cell]:
    cells = [Cell(cell.text, key=_of_unit(cell.key), align=cell.align, unit=cell.unit) for cell in values]
    return [label(look.unit_code, "center"), label(accounts.year.unit.name), *cells]


def _of_unit(key: AmountKey | None) -> AmountKey | None:
    return AmountKey("unit.item", key.measure, fund=key.fund, stage=key.stage, item="*") if key else None


def economic_list(form: Form, accounts: Accounts, printer: Printer, look: Look) -> Table:
    """Build a list of economic subjects with columns of amounts."""
    columns = [entry(text) for text in form["columns"]]
    names, fund = economic_names(), form["fund"]
    book = accounts.year.budget_economic if accounts.is_budget else accounts.year.economic
    codes = sorted({code[:length] for code, amount in book.items() if amount for length in (3, 5)})

    def values(code: str) -> list[Cell]:
        line = {0: "economic.total", 3: "economic.class", 5: "economic.item"}[len(code)]
        return [
            printer.cell(
                accounts.economic(code, column.key),
                AmountKey(line, column.key, None, code or None, fund, accounts.stage),
            )
            for column in columns
        ]

    heads = [tuple(text.split("/")) for text in form["heads"]]
    two = look.code_columns == 3
    if two:
        heads = [(*heads[0], "类"), (*heads[0], "款"), heads[1]]
    body = []
    for code in codes:
        parts = [code]
        if two:
            parts = [code[:3], code[3:]]
            if look.code_style == "own" and code[3:]:
                parts[0] = ""
        body.append(
            [
                *(label(part, "center") for part in parts),
                label(look.indented(names[code], len(code))),
                *values(code),
            ]
        )
    total = [label(look.total_label, "center", len(heads)), *values("")]
    if look.total_row == "first":
        body.insert(0, total)
    else:
        body.append(total)
    paths = [*heads, *(column.path for column in columns)]
    widths = ([6.0, 5.0] if two else [12.0]) + [32.0 * look.label_share] + [14.0] * len(columns)
    return Table(form["code"], form["title"], widths, heading_rows(paths), body)


def economic_pairs(form: Form, accounts: Accounts, printer: Printer, look: Look) -> Table:
    """Build a list of departmental economic subjects, each with the governmental one it belongs to beside it."""
    names, fund, governmental = economic_names(), form["fund"], _governmental()
    book = accounts.year.budget_economic if accounts.is_budget else accounts.year.economic
    body = []
    for code in sorted(code for code, amount in book.items() if amount and len(code) == 5):
        pair, pair_name = next(
            (value for prefix, value in governmental.items() if code.startswith(prefix)),
            ("50299", "其他商品和服务支出"),
        )
        key = AmountKey("economic.item", "total", None, code, fund, accounts.stage, pair)
        values = [printer.cell(accounts.economic(code, "total"), key)]
        body.append(
            [
                label(code, look.code_align),
                label(names[code]),
                label(pair, look.code_align),
                label(pair_name),
                *values,
            ]
        )
    total_key = AmountKey("economic.total", "total", None, None, fund, accounts.stage)
    total = [label(look.total_label, "center", 4), printer.cell(accounts.economic("", "total"), total_key)]
    body.insert(0, total) if look.total_row == "first" else body.append(total)
    paths = [
        ("部门预算支出经济分类", "科目编码"), ("部门预算支出经济分类", "科目名称"), ("政府预算支出经济分类", "科目编码"),
        ("政府预算支出经济分类", "科目名称"), ("金额",),
    ]  # fmt: skip
    return Table(form["code"], form["title"], [10.0, 26.0, 10.0, 26.0, 14.0], heading_rows(paths), body)


def _governmental() -> dict[str, tuple[str, str]]:
    """Departmental codes by prefix, most special first, and the governmental subject each belongs to."""
    return {
        "30101": ("50101", "工资奖金津补贴"), "30102": ("50101", "工资奖金津补贴"), "30103": ("50101", "工资奖金津补贴"),
        "30113": ("50103", "住房公积金"), "30199": ("50199", "其他工资福利支出"), "301": ("50102", "社会保障缴费"),
        "30215": ("50202", "会议费"), "30216": ("50203", "培训费"), "30217": ("50206", "公务接待费"),
        "30231": ("50208", "公务用车运行维护费"), "30213": ("50209", "维修（护）费"), "30299": ("50299", "其他商品和服务支出"),
        "302": ("50201", "办公经费"), "30302": ("50905", "离退休费"), "303": ("50901", "社会福利和救助"),
        "310": ("50306", "设备购置"),
    }  # fmt: skip


def economic_blocks(form: Form, accounts: Accounts, printer: Printer, look: Look) -> Table:
    """Build the basic expenditure with personnel on the left and operating expenses in the blocks beside it."""
    codes = list(economic_names())
    personnel = [code for code in codes if code.startswith(("301", "303"))]
    operating = [code for code in codes if code.startswith(("302", "307", "310", "399"))]
    blocks = (
        [personnel, operating[:26], operating[26:]] if form.get("blocks", 2) == 3 else [personnel, operating]
    )
    head, fund = form["value_head"], form["fund"]
    names = economic_names()
    body = []
    for index in range(max(len(block) for block in blocks)):
        row: list[Cell] = []
        for block in blocks:
            if index >= len(block):
                row += [Cell(), Cell(), Cell()]
                continue
            code = block[index]
            line = "economic.class" if len(code) == 3 else "economic.item"
            key = AmountKey(line, "total", None, code, fund, accounts.stage)
            row += [label(code, look.code_align), label(look.indented(names[code], len(code))),
                    printer.cell(accounts.economic(code, "total"), key)]  # fmt: skip
        body.append(row)
    personnel_key = AmountKey("economic.personnel_total", fund=fund, stage=accounts.stage)
    operating_key = AmountKey("economic.general_operating_total", fund=fund, stage=accounts.stage)
    body.append(
        [
            label("人员经费合计", "center", 2),
            printer.cell(accounts.economic("", "personnel"), personnel_key),
            label("公用经费合计", "center", 3 * (len(blocks) - 1) - 1),
            printer.cell(accounts.economic("", "general_operating"), operating_key),
        ]
    )
    paths: list[tuple[str, ...]] = []
    for number in range(len(blocks)):
        group = form["groups"][min(number, 1)]
        paths += [(group, form["heads"][0]), (group, form["heads"][1]), (group, head)]
    widths = [7.5, 20.0 * look.label_share, 10.0] * len(blocks)
    table = Table(form["code"], form["title"], widths, heading_rows(paths), body)
    table.is_wide = len(blocks) > 2
    return table
