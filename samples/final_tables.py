"""All final-accounts statements of one unit and year, in the form its layout asks for."""

from __future__ import annotations

from samples.classification import economic_names
from samples.final_statements import (
    Column,
    fiscal_revenue_expenditure,
    functional_table,
    revenue_expenditure,
)
from samples.model import FUNDS, Item, UnitYear
from samples.profiles import LayoutProfile
from samples.tables import AmountKey, Cell, Printer, Table, headers, label

_REVENUE_COLUMNS: tuple[Column, ...] = (
    ("", "本年收入合计", "total"),
    ("", "财政拨款收入", "fiscal_appropriation"),
    ("", "上级补助收入", "superior_subsidy"),
    ("", "事业收入", "service_revenue"),
    ("", "经营收入", "business_revenue"),
    ("", "附属单位上缴收入", "subordinate_remittance"),
    ("", "其他收入", "other_revenue"),
)
_EXPENDITURE_COLUMNS: tuple[Column, ...] = (
    ("", "本年支出合计", "total"),
    ("", "基本支出", "basic"),
    ("", "项目支出", "project"),
    ("", "上缴上级支出", "remittance_to_superior"),
    ("", "经营支出", "business_expenditure"),
    ("", "对附属单位补助支出", "subsidy_to_subordinate"),
)
_FUND_COLUMNS: tuple[Column, ...] = (
    ("", "年初结转和结余", "opening"),
    ("", "本年收入", "revenue"),
    ("本年支出", "小计", "total"),
    ("本年支出", "基本支出", "basic"),
    ("本年支出", "项目支出", "project"),
    ("", "年末结转和结余", "closing"),
)
_SPENDING_COLUMNS: tuple[Column, ...] = (
    ("本年支出", "合计", "total"),
    ("本年支出", "基本支出", "basic"),
    ("本年支出", "项目支出", "project"),
)
_THREE_PUBLIC = (
    ("total", "合计", "three_public.total"),
    ("overseas", "因公出国（境）费", "three_public.overseas_visits"),
    ("vehicles", "小计", "three_public.vehicles"),
    ("purchase", "公务用车购置费", "three_public.vehicle_purchase"),
    ("operation", "公务用车运行维护费", "three_public.vehicle_operation"),
    ("hospitality", "公务接待费", "three_public.hospitality"),
)
_VEHICLES = (
    ("副部(省)级及以上领导用车", "ministerial"),
    ("主要负责人用车", "principal"),
    ("机要通信用车", "confidential_communication"),
    ("应急保障用车", "emergency"),
    ("执法执勤用车", "law_enforcement"),
    ("特种专业技术用车", "special_technical"),
    ("离退休干部服务用车", "retired_service"),
    ("其他用车", "other"),
)
_NOT_APPLICABLE = ("309", "311")


def under(items: dict[str, Item], code: str) -> Item:
    """Sum of the items below a class, group or item code ("" for all)."""
    return sum((item for key, item in items.items() if key.startswith(code)), Item())


def three_public_amounts(parts: dict[str, int]) -> dict[str, int]:
    """Parts of the three public expenses with their subtotal and total, in 分."""
    vehicles = parts["purchase"] + parts["operation"]
    return {**parts, "vehicles": vehicles, "total": parts["overseas"] + vehicles + parts["hospitality"]}


def _revenue(year: UnitYear, printer: Printer, layout: LayoutProfile) -> Table:
    fiscal = year.fiscal_revenue_by_item()
    other = {year.unit.run_code: year.nonfiscal_revenue} if year.nonfiscal_revenue else {}

    def amounts(code: str, measure: str) -> int:
        from_fiscal = sum(v for key, v in fiscal.items() if key.startswith(code))
        from_other = sum(v for key, v in other.items() if key.startswith(code))
        return {
            "total": from_fiscal + from_other,
            "fiscal_appropriation": from_fiscal,
            "other_revenue": from_other,
        }.get(measure, 0)

    return functional_table(
        "T02",
        "收入决算表",
        _REVENUE_COLUMNS,
        amounts,
        sorted({*fiscal, *other}),
        printer,
        code_columns=layout.code_columns,
        code_style=layout.code_style,
        total_row=layout.total_row,
        line_numbers=layout.line_numbers,
    )


def _spending_amount(item: Item, measure: str) -> int:
    return {"total": item.total, "basic": item.basic, "project": item.project}.get(measure, 0)


def _expenditure(year: UnitYear, printer: Printer, layout: LayoutProfile) -> Table:
    items = year.items()
    return functional_table(
        "T03",
        "支出决算表",
        _EXPENDITURE_COLUMNS,
        lambda code, measure: _spending_amount(under(items, code), measure),
        list(items),
        printer,
        code_columns=layout.code_columns,
        code_style=layout.code_style,
        total_row=layout.total_row,
        line_numbers=layout.line_numbers,
    )


def _general_public_budget(year: UnitYear, printer: Printer, layout: LayoutProfile) -> Table:
    items = year.items(["gp"])
    return functional_table(
        "T05",
        "一般公共预算财政拨款支出决算表",
        [("本年支出", "小计", "total"), *_SPENDING_COLUMNS[1:]] if layout.line_numbers else _SPENDING_COLUMNS,
        lambda code, measure: _spending_amount(under(items, code), measure),
        list(items),
        printer,
        code_columns=layout.code_columns,
        code_style=layout.code_style,
        total_row="first" if layout.line_numbers else "last",
        line_numbers=layout.line_numbers,
        fund="general_public_budget",
    )


def _fund_statement(year: UnitYear, fund: str, printer: Printer, layout: LayoutProfile) -> Table:
    """T08 or T09: revenue, expenditure and balances of one fund, or spending only where the form asks for that."""
    code, title, fund_name = {
        "gf": ("T08", "政府性基金预算财政拨款收入支出决算表", "government_managed_funds"),
        "soe": ("T09", "国有资本经营预算财政拨款收入支出决算表", "state_capital_operations"),
    }[fund]
    spending_only = fund == "soe" and layout.form_family != "plain"
    items, carrier = year.items([fund]), year.carry_code.get(fund, "")

    def amounts(prefix: str, measure: str) -> int:
        item = under(items, prefix)
        carried = carrier.startswith(prefix)
        opening = year.opening[fund] if carried else 0
        closing = year.closing[fund] if carried else 0
        balances = {"opening": opening, "closing": closing, "revenue": item.total + closing - opening}
        return balances.get(measure, _spending_amount(item, measure))

    table = functional_table(
        code,
        title.replace("收入支出", "支出") if spending_only else title,
        _SPENDING_COLUMNS if spending_only else _FUND_COLUMNS,
        amounts,
        list(items),
        printer,
        code_columns=layout.code_columns,
        code_style=layout.code_style,
        total_row="first" if layout.line_numbers else "last",
        line_numbers=layout.line_numbers,
        fund=fund_name,
    )
    if not items:
        name = "政府性基金" if fund == "gf" else "国有资本经营"
        table.notes.append(
            "说明：本表无数据"
            if layout.form_family == "line_numbered"
            else f"注：{year.unit.name}无{name}预算财政拨款收入和支出，故本表无数据。"
        )
    return table


def economic_nature(code: str) -> str:
    """Whether an economic code is personnel or general operating expenditure."""
    return "personnel" if code.startswith(("301", "303")) else "general_operating"


def economic_code_parts(code: str, layout: LayoutProfile) -> list[str]:
    """Economic code in one column or, where the layout has class and item apart, in two."""
    if layout.code_columns != 3:
        return [code]
    parts = [code[:3], code[3:]]
    if layout.code_style == "own" and parts[1]:
        return ["", parts[1]]
    return [part.lstrip("0") for part in parts] if layout.code_style == "zeroless" else parts


def economic_cells(code: str, amounts: dict[str, int], printer: Printer, layout: LayoutProfile) -> list[Cell]:
    """Code, name and amount of one row of the statement by economic classification ("" leaves the cells empty)."""
    if not code:
        return [Cell() for _ in range(4 if layout.code_columns == 3 else 3)]
    names, codes = economic_names(), economic_code_parts(code, layout)
    if code.startswith(_NOT_APPLICABLE):
        value = label("——", "center")
    else:
        total = sum(v for key, v in amounts.items() if key.startswith(code))
        line = "economic.class" if len(code) == 3 else "economic.item"
        key = AmountKey(line, economic_code=code, fund="general_public_budget")
        value = printer.cell(total, key)
    return [*(label(part, "center") for part in codes), label(names[code]), value]


def _economic_header(blocks: int, layout: LayoutProfile) -> list[list[Cell]]:
    """Heading rows of T06; codes in two columns stand under 类 and 款, or under one heading only."""
    parts = 2 if layout.code_columns == 3 else 1
    groups = [("人员经费", parts + 2), ("公用经费", (parts + 2) * (blocks - 1))]
    if parts == 1:
        return headers(groups, ["科目代码", "科目名称", "决算数"] * blocks)
    if layout.code_style == "zeroless":
        return headers(groups, [("经济分类科目编码", 2), "科目名称", "决算数"] * blocks)
    heads = [("经济分类科目编码", 2, 1), ("科目名称", 1, 2), ("决算数", 1, 2)]
    return headers(groups, heads * blocks, ["类", "款"] * blocks)


def _economic(year: UnitYear, printer: Printer, layout: LayoutProfile) -> Table:
    codes = list(economic_names())
    personnel = [code for code in codes if code.startswith(("301", "303"))]
    full = layout.form_family == "line_numbered"
    if full:
        rest = [code for code in codes if code.startswith(("307", "309", "310", "311", "312", "313", "399"))]
        half = len(rest) - len(personnel) + 4
        blocks = [personnel, [c for c in codes if c.startswith("302")], rest[:half], rest[half:]]
    elif layout.form_family == "central":
        blocks = [
            personnel,
            [c for c in codes if c.startswith("302")],
            [c for c in codes if c.startswith(("307", "310", "399"))],
        ]
    else:
        blocks = [personnel, [code for code in codes if code.startswith(("302", "310"))]]
    parts = 2 if layout.code_columns == 3 else 1
    body = []
    for index in range(max(len(block) for block in blocks)):
        row: list[Cell] = []
        for block in blocks:
            code = block[index] if index < len(block) else ""
            row += economic_cells(code, year.economic, printer, layout)
        body.append(row)
    fund = "general_public_budget"
    total_width = (parts + 2) * (len(blocks) - 1) - 1
    body.append(
        [
            label("人员经费合计", "center", parts + 1),
            printer.cell(year.personnel, AmountKey("economic.personnel_total", fund=fund)),
            label("公用经费合计", "center", total_width),
            printer.cell(year.operating, AmountKey("economic.general_operating_total", fund=fund)),
        ]
    )
    header = _economic_header(len(blocks), layout)
    code_widths = [4.0, 3.5] if parts == 2 else [7.5]
    name = "明细表" if layout.form_family != "plain" else "表"
    return Table(
        "T06",
        f"一般公共预算财政拨款基本支出决算{name}",
        [*code_widths, 20.0, 10.0] * len(blocks),
        header,
        body,
        is_wide=len(blocks) > 2,
    )


def _three_public(year: UnitYear, printer: Printer, layout: LayoutProfile) -> Table:
    """T07, in 万元 even where the other statements are in 元."""
    printer = Printer("万元", printer.thousands, printer.zero)
    budget, actual = three_public_amounts(year.three_public_budget), three_public_amounts(year.three_public)
    fund = "fiscal_appropriation"

    def cell(amounts: dict[str, int], part: str, line: str, stage: str) -> Cell:
        return printer.cell(amounts[part], AmountKey(line, fund=fund, stage=stage))

    if layout.line_numbers:
        heads: list[tuple[str, int, int]] = [
            ("合计", 1, 2),
            ("因公出国（境）费", 1, 2),
            ("公务用车购置及运行维护费", 3, 1),
            ("公务接待费", 1, 2),
        ]
        header = headers(
            [("预算数", 6), ("决算数", 6)], heads * 2, [name for _, name, _ in _THREE_PUBLIC[2:5]] * 2
        ) + headers([str(number) for number in range(1, 13)])
        row = [cell(budget, part, line, "budget") for part, _, line in _THREE_PUBLIC]
        row += [cell(actual, part, line, "final") for part, _, line in _THREE_PUBLIC]
        note = (
            "注：本表反映部门本年度“三公”经费支出预决算情况。"
            "其中，预算数为“三公”经费全年预算数，反映按规定程序调整后的预算数。"
        )
    else:
        header = headers(
            [("合计", 2, 2), ("因公出国（境）费", 2, 2), ("公务用车购置及运行费", 6), ("公务接待费", 2, 2)],
            [("小计", 2), ("公务用车购置费", 2), ("公务用车运行费", 2)],
            ["预算数", "决算数"] * 6,
        )
        row = []
        for part, _, line in _THREE_PUBLIC:
            row += [cell(budget, part, line, "budget"), cell(actual, part, line, "final")]
        note = ""
    table = Table("T07", "财政拨款“三公”经费支出决算表", [10.0] * 12, header, [row], is_wide=True)
    if note:
        table.notes.append(note)
    return table


def _other_information(year: UnitYear, printer: Printer) -> Table:
    """T10 as in Shanxi: procurement, agency operating cost, vehicles and equipment."""
    body: list[list[Cell]] = []

    def section(title: str) -> None:
        body.append([label(title, "left", 3)])

    def line(text: str, amount: Cell) -> None:
        number = sum(1 for row in body if len(row) == 3) + 1
        body.append([label(text), label(str(number), "center"), amount])

    section("一、政府采购情况")
    parts = year.procurement
    line("合计", printer.cell(sum(parts.values()), AmountKey("procurement.total")))
    for text, part in (("货物", "goods"), ("工程", "works"), ("服务", "services")):
        line(text, printer.cell(parts[part], AmountKey(f"procurement.{part}")))
    section("二、机关运行经费")
    line("(一)行政单位", printer.cell(year.operating, AmountKey("agency_operating_cost.administrative")))
    line(
        "(二)参照公务员法管理事业单位",
        printer.cell(0, AmountKey("agency_operating_cost.civil_service_managed")),
    )
    section("三、国有资产占用情况")

    def count(number: int, code: str, measure_unit: str) -> Cell:
        return Cell(
            str(number) if number else "", align="right", key=AmountKey(code, "count"), unit=measure_unit
        )

    line("(一)车辆数合计(辆)", count(sum(year.vehicles.values()), "vehicles.total", "辆"))
    for index, (text, kind) in enumerate(_VEHICLES, 1):
        line(f"{index}.{text}", count(year.vehicles.get(kind, 0), f"vehicles.{kind}", "辆"))
    line(
        "(二)单价100万元(含)以上设备(不含车辆)",
        count(year.equipment, "equipment.over_one_million", "台（套）"),
    )
    note = "注：本表反映部门本年度政府采购、机关运行经费和国有资产占用情况。"
    return Table(
        "T10",
        "部门决算公开相关信息统计表",
        [50.0, 10, 20],
        headers(["项目", "行次", "统计数"]),
        body,
        notes=[note],
    )


_NOTES = {
    "T01": "注：本表反映部门本年度的总收支和年末结转结余情况。本套报表金额单位转换时可能存在尾数误差。",
    "T02": "注：本表反映部门本年度取得的各项收入情况。",
    "T03": "注：本表反映部门本年度各项支出情况。",
    "T05": "注：本表反映部门本年度一般公共预算财政拨款支出情况。",
}


def final_tables(year: UnitYear, printer: Printer) -> list[Table]:
    """Every statement in the order of the layout's family, with its form label, unit line and notes filled in."""
    layout = year.unit.layout
    numbered = layout.line_numbers
    first = [
        revenue_expenditure(year, printer, line_numbers=numbered),
        _revenue(year, printer, layout),
        _expenditure(year, printer, layout),
        fiscal_revenue_expenditure(year, printer, line_numbers=numbered),
        _general_public_budget(year, printer, layout),
        _economic(year, printer, layout),
    ]
    funds = [_fund_statement(year, fund, printer, layout) for fund in FUNDS[1:]]
    three_public = _three_public(year, printer, layout)
    tables = [*first, *funds, three_public] if numbered else [*first, three_public, *funds]
    if layout.form_family == "line_numbered":
        tables.append(_other_information(year, printer))
    for number, table in enumerate(tables, 1):
        table.money_unit = "万元" if table is three_public else printer.money_unit
        if numbered:
            gap = " " if layout.form_family == "central" else ""
            table.form_label = f"公开{gap}{number:02d}{gap}表"
            table.unit_line = f"{year.unit.scope_word}名称：{year.unit.name}"
            table.year_line = f"{year.year}年度"
            table.money_label = "金额单位"
            if table.statement_code in _NOTES:
                table.notes.insert(0, _NOTES[table.statement_code])
    return tables
