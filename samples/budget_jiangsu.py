"""The budget statements after Jiangsu's form: amounts in 万元, a summary of three blocks, twelve statements."""

from __future__ import annotations

from itertools import zip_longest

from samples.budget_tables import STAGE, fiscal_summary, spending_table
from samples.classification import CHINESE_NUMERALS, economic_names, functional_names
from samples.final_statements import FUND_CODES, class_totals
from samples.final_tables import economic_nature, three_public_amounts
from samples.model import FUNDS, UnitYear
from samples.tables import AmountKey, Cell, Printer, Table, headers, label

#: One row of a block: label and amount in 分 with its key; an empty label is an empty row.
BlockRow = tuple[str, int, AmountKey | None]

_FUND_NAMES = [
    ("gp", "一般公共预算", "一般公共预算资金"),
    ("gf", "政府性基金", "政府性基金"),
    ("soe", "国有资本经营预算", "国有资本经营预算"),
]


def _key(line: str, measure: str = "total", code: str | None = None, fund: str = "all") -> AmountKey:
    return AmountKey(line, measure, code, fund=fund, stage=STAGE)


def _printed_funds(fiscal: dict[str, int]) -> list[tuple[str, str, str]]:
    """The funds of the appropriation with their names in the summary and among the revenue; the last only where it has money."""
    return [one for one in _FUND_NAMES if one[0] != "soe" or fiscal["soe"]]


def _blocks(year: UnitYear) -> tuple[list[BlockRow], list[BlockRow], list[BlockRow]]:
    """Revenue, expenditure by function, expenditure by use; each ends with subtotal, carry-over and total."""
    total, names = year.total(budget=True), functional_names()
    fiscal = {fund: year.total([fund], budget=True).total for fund in FUNDS}
    revenue: list[BlockRow] = [
        ("一、财政拨款", sum(fiscal.values()), _key("revenue.fiscal_appropriation")),
        *(
            (f"　{number}．{text}", fiscal[fund], _key(f"revenue.{FUND_CODES[fund]}", fund=FUND_CODES[fund]))
            for number, (fund, text, _) in enumerate(_printed_funds(fiscal), 1)
        ),
        ("二、财政专户管理资金", 0, _key("revenue.special_account_funds", fund="special_account_funds")),
        ("三、其他资金", total.total - sum(fiscal.values()), _key("revenue.other")),
    ]
    classes = sorted(class_totals(year.items(budget=True)).items())
    function: list[BlockRow] = [
        (f"{numeral}、{names[code]}", amount, _key("expenditure.class", code=code))
        for numeral, (code, amount) in zip(CHINESE_NUMERALS, classes, strict=False)
    ]
    use: list[BlockRow] = [
        ("一、基本支出", total.basic, _key("expenditure.basic")),
        ("二、项目支出", total.project, _key("expenditure.project")),
        ("三、单位预留机动经费", 0, _key("expenditure.reserve")),
    ]
    height = max(len(revenue), len(function), len(use))
    ends: list[tuple[list[BlockRow], str, str, str]] = [
        (revenue, "当年收入小计", "上年结转资金", "收入合计"),
        (function, "当年支出小计", "结转下年资金", "支出合计"),
        (use, "当年支出小计", "结转下年资金", "支出合计"),
    ]
    for block, subtotal, carried, whole in ends:
        side = "revenue" if block is revenue else "expenditure"
        carryover = "revenue.opening_carryover" if block is revenue else "expenditure.closing_carryover"
        block += [("", 0, None)] * (height - len(block))
        block += [
            (subtotal, total.total, _key(f"{side}.subtotal")),
            (carried, 0, _key(carryover)),
            (whole, total.total, _key(f"{side}.total")),
        ]
    return revenue, function, use


def _summary(year: UnitYear, printer: Printer) -> Table:
    body = []
    for rows in zip_longest(*_blocks(year)):
        cells: list[Cell] = []
        for text, amount, key in rows:
            cells += [label(text), printer.cell(amount, key) if key else Cell()]
        body.append(cells)
    header = headers(
        [("收入", 2), ("支出", 4)],
        [("项目", 1, 2), ("金额", 1, 2), ("功能分类", 2), ("支出用途", 2)],
        ["项目", "金额"] * 2,
    )
    return Table("BT01", "收支预算总表", [22.0, 12, 24, 12, 22, 12], header, body, is_wide=True)


def _revenue(year: UnitYear, printer: Printer) -> Table:
    """One amount a source: the source over its 小计 and, for the general public budget, its one item."""
    total = year.total(budget=True).total
    fiscal = {fund: year.total([fund], budget=True).total for fund in FUNDS}
    sources = [(name, fiscal[fund], FUND_CODES[fund]) for fund, _, name in _printed_funds(fiscal)]
    sources += [
        ("财政专户管理资金", 0, "special_account_funds"),
        ("其他资金", total - sum(fiscal.values()), "nonfiscal"),
    ]
    body = [[label("收入总计", "center", 2), printer.cell(total, _key("functional.total"))]]
    for name, amount, measure in sources:
        has_item = measure == "general_public_budget"
        body.append(
            [
                label(name, row_span=2 if has_item else 1),
                label("小计"),
                printer.cell(amount, _key("functional.total", measure)),
            ]
        )
        if has_item:
            item = "公共财政拨款(补助)资金"
            key = AmountKey("source.item", measure, stage=STAGE, item=item)
            body.append([label(item), printer.cell(amount, key)])
    return Table("BT02", "收入预算总表", [26.0, 34, 20], headers([("项目名称", 2), "金额"]), body)


def _one_row(year: UnitYear, printer: Printer) -> Table:
    total = year.total(budget=True)
    columns = (
        ("合计", total.total, "total"),
        ("基本支出", total.basic, "basic"),
        ("项目支出", total.project, "project"),
    )
    row = [printer.cell(amount, _key("functional.total", measure)) for _, amount, measure in columns]
    heads = [text for text, _, _ in columns]
    return Table(
        "BT03",
        "支出预算总表",
        [20.0] * 5,
        headers([*heads, "单位预留机动经费", "结转下年资金"]),
        [[*row, Cell("", align="right"), Cell("", align="right")]],
    )


def _economic(code: str, title: str, amounts: dict[str, int], printer: Printer, fund: str) -> Table:
    """One code column, name and amount; class rows above their items, the total first."""
    names = economic_names()
    codes = sorted({c[:length] for c, amount in amounts.items() if amount for length in (3, 5)})
    lines = {3: "economic.class", 5: "economic.item"}
    body = [
        [
            label("合计", "center", 2),
            printer.cell(sum(amounts.values()), AmountKey("economic.total", fund=fund, stage=STAGE)),
        ]
    ]
    for each in codes:
        total = sum(v for c, v in amounts.items() if c.startswith(each))
        key = AmountKey(lines[len(each)], "total", None, each, fund, STAGE)
        body.append([label(each), label(names[each]), printer.cell(total, key)])
    header = headers([("部门预算支出经济分类科目", 2), ("金额", 1, 2)], ["科目编码", "科目名称"])
    return Table(code, title, [16.0, 50, 24], header, body)


def _three_public(year: UnitYear, printer: Printer) -> Table:
    parts = {**three_public_amounts(year.three_public_budget)}
    parts |= {
        "conference": year.budget_economic.get("30215", 0),
        "training": year.budget_economic.get("30216", 0),
    }
    order = (
        ("total", "total"), ("overseas", "overseas_visits"), ("vehicles", "vehicles"), ("purchase", "vehicle_purchase"),
        ("operation", "vehicle_operation"), ("hospitality", "hospitality"), ("conference", "conference"),
        ("training", "training"),
    )  # fmt: skip
    row = [
        printer.cell(parts[p], _key(f"three_public.{line}", fund="general_public_budget"))
        for p, line in order
    ]
    header = headers(
        [("“三公”经费合计", 1, 3), ("其中", 5), ("会议费", 1, 3), ("培训费", 1, 3)],
        [("因公出国（境）费", 1, 2), ("公务用车购置及运行费", 3), ("公务接待费", 1, 2)],
        ["小计", "公务用车购置费", "公务用车运行费"],
    )
    return Table(
        "BT09", "一般公共预算“三公”经费、会议费、培训费支出预算表", [12.0] * 8, header, [row], is_wide=True
    )


def _procurement(year: UnitYear, printer: Printer) -> Table:
    parts = year.procurement
    rows = [("合计", sum(parts.values()), "procurement.total")]
    rows += [(text, parts[part], f"procurement.{part}") for text, part in
             (("一、货物", "goods"), ("二、工程", "works"), ("三、服务", "services"))]  # fmt: skip
    body = [[label(text), printer.cell(amount, _key(line))] for text, amount, line in rows]
    return Table("BT11", "政府采购支出预算表", [50.0, 30], headers(["采购品目大类", "金额"]), body)


def jiangsu_tables(year: UnitYear) -> list[Table]:
    """Every statement in Jiangsu's order, with form labels and unit lines filled in."""
    layout = year.unit.layout
    printer = Printer("万元", layout.thousands, layout.zero)
    operating = {c: v for c, v in year.budget_economic.items() if economic_nature(c) == "general_operating"}
    gp = "general_public_budget"
    tables = [
        _summary(year, printer),
        _revenue(year, printer),
        _one_row(year, printer),
        fiscal_summary(year, printer),
        spending_table(
            "BT15", "财政拨款支出预算表（功能科目）", year, FUNDS, printer, "fiscal_appropriation"
        ),
        _economic(
            "BT18",
            "财政拨款基本支出预算表（经济科目）",
            year.budget_economic,
            printer,
            "fiscal_appropriation",
        ),
        spending_table("BT05", "一般公共预算支出预算表（功能科目）", year, ("gp",), printer, gp),
        _economic("BT08", "一般公共预算基本支出预算表（经济科目）", year.budget_economic, printer, gp),
        _three_public(year, printer),
        spending_table("BT06", "政府性基金支出预算表", year, ("gf",), printer, "government_managed_funds"),
        _economic("BT12", "一般公共预算机关运行经费支出预算表", operating, printer, gp),
        _procurement(year, printer),
    ]
    for number, table in enumerate(tables, 1):
        table.form_label = f"公开{number:02d}表"
        table.unit_line = f"{year.unit.scope_word}名称：{year.unit.name}"
        table.year_line = f"{year.year}年度"
    return tables
