"""The budget statements BT01 to BT09 of one unit and year, after Shanghai's form: amounts in 元, 三公 in 万元."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from samples.classification import CHINESE_NUMERALS, economic_names, functional_names
from samples.final_statements import (
    FUND_CODES,
    Column,
    SideRow,
    class_totals,
    functional_table,
    two_sided_body,
)
from samples.final_tables import economic_code_parts, three_public_amounts, under
from samples.model import FUNDS, Item, UnitYear
from samples.profiles import LayoutProfile
from samples.tables import AmountKey, Cell, Printer, Table, headers, label

STAGE = "budget"
_SPENDING: tuple[Column, ...] = (
    ("", "合计", "total"),
    ("", "基本支出", "basic"),
    ("", "项目支出", "project"),
)
_REVENUE: tuple[Column, ...] = (
    ("", "合计", "total"),
    ("", "财政拨款收入", "fiscal_appropriation"),
    ("", "事业收入", "service_revenue"),
    ("", "事业单位经营收入", "business_revenue"),
    ("", "其他收入", "other_revenue"),
)


def _key(line: str, measure: str = "total", code: str | None = None, fund: str = "all") -> AmountKey:
    return AmountKey(line, measure, code, fund=fund, stage=STAGE)


def _class_items(items: dict[str, Item]) -> dict[str, Item]:
    codes = sorted({code[:3] for code in items})
    return {code: under(items, code) for code in codes}


def _summary(year: UnitYear, printer: Printer) -> Table:
    items = year.items(budget=True)
    fiscal = year.total(FUNDS, budget=True).total
    other = year.total(["nf"], budget=True).total
    total = year.total(budget=True)
    left: list[SideRow] = [
        ("一、财政拨款收入", [(fiscal, _key("revenue.fiscal_appropriation"))]),
        *(
            (
                f"　　{number}、{text}",
                [(year.total([fund], budget=True).total, _key(f"revenue.{FUND_CODES[fund]}"))],
            )
            for number, (fund, text) in enumerate(
                zip(FUNDS, ("一般公共预算", "政府性基金", "国有资本经营预算"), strict=True), 1
            )
        ),
        ("二、事业收入", [(0, _key("revenue.service_revenue"))]),
        ("三、事业单位经营收入", [(0, _key("revenue.business_revenue"))]),
        ("四、其他收入", [(other, _key("revenue.other"))]),
    ]

    def row(text: str, item: Item, line: str, code: str | None = None) -> SideRow:
        values = (
            ("total", item.total),
            ("personnel", item.personnel),
            ("general_operating", item.operating),
            ("project", item.project),
        )
        return text, [(amount, _key(line, measure, code)) for measure, amount in values]

    names = functional_names()
    right = [
        row(f"{numeral}、{names[code]}", item, "expenditure.class", code)
        for numeral, (code, item) in zip(CHINESE_NUMERALS, _class_items(items).items(), strict=False)
    ]
    count = max(len(left), len(right))
    left += [("", [])] * (count - len(left)) + [("收入总计", [(total.total, _key("revenue.total"))])]
    right += [("", [])] * (count - len(right)) + [row("支出总计", total, "expenditure.total")]
    header = headers(
        [("本年收入", 2), ("本年支出", 5)],
        [
            ("项目", 1, 2),
            ("预算数", 1, 2),
            ("项目", 1, 2),
            ("合计", 1, 2),
            ("基本支出", 2),
            ("项目支出", 1, 2),
        ],
        ["人员经费", "公用经费"],
    )
    body = two_sided_body(left, right, 4, printer, line_numbers=False)
    return Table("BT01", "财务收支预算总表", [24.0, 14, 24, 14, 14, 14, 14], header, body, is_wide=True)


def _by_function(
    code: str,
    title: str,
    columns: tuple[Column, ...],
    amounts: Callable[[str, str], int],
    codes: list[str],
    printer: Printer,
    layout: LayoutProfile,
    fund: str = "all",
) -> Table:
    return functional_table(
        code, title, columns, amounts, codes, printer,
        code_columns=layout.code_columns, code_style=layout.code_style, total_row="last", fund=fund, stage=STAGE,
    )  # fmt: skip


def _spending(item: Item, measure: str) -> int:
    return {"total": item.total, "basic": item.basic, "project": item.project}[measure]


def _revenue(year: UnitYear, printer: Printer, layout: LayoutProfile) -> Table:
    fiscal, other = year.items(FUNDS, budget=True), year.items(["nf"], budget=True)

    def amounts(code: str, measure: str) -> int:
        from_fiscal, from_other = under(fiscal, code).total, under(other, code).total
        values = {
            "total": from_fiscal + from_other,
            "fiscal_appropriation": from_fiscal,
            "other_revenue": from_other,
        }
        return values.get(measure, 0)

    return _by_function("BT02", "收入预算总表", _REVENUE, amounts, sorted({*fiscal, *other}), printer, layout)


def fiscal_summary(year: UnitYear, printer: Printer) -> Table:
    """Build BT04: fiscal appropriation on both sides, by fund and by class."""
    spent = {fund: year.total([fund], budget=True).total for fund in FUNDS}
    left: list[SideRow] = [
        (f"{numeral}、{text}", [(spent[fund], _key(f"revenue.{FUND_CODES[fund]}", fund=FUND_CODES[fund]))])
        for numeral, fund, text in zip(
            CHINESE_NUMERALS, FUNDS, ("一般公共预算资金", "政府性基金", "国有资本经营预算"), strict=False
        )
    ]
    by_fund = {fund: class_totals(year.items([fund], budget=True)) for fund in FUNDS}
    codes = sorted({code for totals in by_fund.values() for code in totals})
    names = functional_names()

    def row(text: str, amounts: dict[str, int], line: str, code: str | None = None) -> SideRow:
        cells: list[tuple[int, AmountKey] | None] = [
            (sum(amounts.values()), _key(line, "total", code, "fiscal_appropriation"))
        ]
        cells += [(amounts.get(fund, 0), _key(line, "total", code, FUND_CODES[fund])) for fund in FUNDS]
        return text, cells

    right = [
        row(
            f"{numeral}、{names[code]}",
            {f: by_fund[f].get(code, 0) for f in FUNDS},
            "expenditure.class",
            code,
        )
        for numeral, code in zip(CHINESE_NUMERALS, codes, strict=False)
    ]
    count = max(len(left), len(right))
    left += [("", [])] * (count - len(left)) + [("收入总计", [(sum(spent.values()), _key("revenue.total"))])]
    right += [("", [])] * (count - len(right)) + [row("支出总计", spent, "expenditure.total")]
    header = headers(
        [("财政拨款收入", 2), ("财政拨款支出", 5)],
        ["项目", "预算数", "项目", "合计", "一般公共预算", "政府性基金预算", "国有资本经营预算"],
    )
    body = two_sided_body(left, right, 4, printer, line_numbers=False)
    return Table("BT04", "财政拨款收支预算总表", [24.0, 14, 24, 14, 14, 14, 14], header, body, is_wide=True)


def _economic(year: UnitYear, printer: Printer, layout: LayoutProfile) -> Table:
    names = economic_names()
    parts = 2 if layout.code_columns == 3 else 1
    used = [code for code, amount in year.budget_economic.items() if amount]
    codes = sorted({code[:length] for code in used for length in (3, 5)})

    def cells(code: str) -> list[Cell]:
        chosen = [c for c in used if c.startswith(code)]
        personnel = sum(year.budget_economic[c] for c in chosen if c.startswith(("301", "303")))
        total = sum(year.budget_economic[c] for c in chosen)
        line = {0: "economic.total", 3: "economic.class", 5: "economic.item"}[len(code)]
        values = (("basic", total), ("personnel", personnel), ("general_operating", total - personnel))
        fund = "general_public_budget"
        return [
            printer.cell(amount, AmountKey(line, measure, None, code or None, fund, STAGE))
            for measure, amount in values
        ]

    body = []
    for code in codes:
        lead = economic_code_parts(code, layout)
        body.append([*(label(part, "center") for part in lead), label(names[code]), *cells(code)])
    body.append([label("合计", "center", parts + 1), *cells("")])
    header = headers(
        [("项目", parts + 1), ("一般公共预算基本支出", 3)],
        [
            ("经济分类科目编码", parts),
            ("部门经济分类科目名称", 1, parts),
            *[(t, 1, parts) for t in ("合计", "人员经费", "公用经费")],
        ],
        *([["类", "款"]] if parts == 2 else []),
    )
    widths = ([6.0, 5.0] if parts == 2 else [11.0]) + [34.0, 15, 15, 15]
    return Table("BT08", "一般公共预算基本支出部门预算经济分类预算表", widths, header, body)


def _three_public(year: UnitYear, layout: LayoutProfile) -> Table:
    printer = Printer("万元", layout.thousands, layout.zero)
    parts = three_public_amounts(year.three_public_budget)
    order = (
        ("total", "three_public.total"), ("overseas", "three_public.overseas_visits"),
        ("hospitality", "three_public.hospitality"), ("vehicles", "three_public.vehicles"),
        ("purchase", "three_public.vehicle_purchase"), ("operation", "three_public.vehicle_operation"),
    )  # fmt: skip
    row = [printer.cell(parts[part], _key(line, fund="fiscal_appropriation")) for part, line in order]
    operating = sum(
        amount for code, amount in year.budget_economic.items() if not code.startswith(("301", "303"))
    )
    row.append(printer.cell(operating, _key("agency_operating_cost.total", fund="general_public_budget")))
    header = headers(
        [("“三公”经费预算数", 6), ("机关运行经费预算数", 1, 3)],
        [("合计", 1, 2), ("因公出国（境）费", 1, 2), ("公务接待费", 1, 2), ("公务用车购置及运行费", 3)],
        ["小计", "购置费", "运行费"],
    )
    return Table(
        "BT09", "“三公”经费和机关运行经费预算表", [12.0] * 7, header, [row], money_unit="万元", is_wide=True
    )


def spending_table(
    code: str, title: str, year: UnitYear, funds: Sequence[str], printer: Printer, fund: str
) -> Table:
    """Build a statement of the budget's spending from the given funds by functional item."""
    items = year.items(funds, budget=True)
    table = _by_function(
        code,
        title,
        _SPENDING,
        lambda prefix, measure: _spending(under(items, prefix), measure),
        list(items),
        printer,
        year.unit.layout,
        fund,
    )
    if not items:
        table.notes.append(f"注：{year.unit.name}{year.year}年无此项预算支出，故本表无数据。")
    return table


def budget_tables(year: UnitYear) -> list[Table]:
    """Every budget statement in Shanghai's order, with form labels and unit lines filled in."""
    layout = year.unit.layout
    decimals = 0 if layout.budget_unit == "元" else 2
    printer = Printer(layout.budget_unit, layout.thousands, layout.zero, decimals)
    tables = [
        _summary(year, printer),
        _revenue(year, printer, layout),
        spending_table("BT03", "支出预算总表", year, (*FUNDS, "nf"), printer, "all"),
        fiscal_summary(year, printer),
        *(
            spending_table(code, f"{name}预算支出功能分类预算表", year, (fund,), printer, FUND_CODES[fund])
            for fund, code, name in (
                ("gp", "BT05", "一般公共"),
                ("gf", "BT06", "政府性基金"),
                ("soe", "BT07", "国有资本经营"),
            )
        ),
        _economic(year, printer, layout),
        _three_public(year, layout),
    ]
    word = "部门" if year.unit.scope == "department" else "预算单位"
    for number, table in enumerate(tables, 1):
        table.title = f"{year.year}年{word}{table.title}"
        table.money_unit = "万元" if table.statement_code == "BT09" else layout.budget_unit
        table.form_label = f"{year.unit.scope_word}预算{number:02d}表"
        table.unit_line = f"编制{year.unit.scope_word}：{year.unit.name}"
    return tables
