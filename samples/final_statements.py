"""The official final-accounts statements T01 to T05 and T08 to T09 of one unit and year, in its layout's form."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import zip_longest

from samples.classification import CHINESE_NUMERALS, functional_classes, functional_names
from samples.model import FUNDS, Item, UnitYear
from samples.tables import AmountKey, Cell, Printer, Table, headers, label

FUND_CODES = {
    "gp": "general_public_budget",
    "gf": "government_managed_funds",
    "soe": "state_capital_operations",
}
FUND_NAMES = {
    "gp": "一般公共预算财政拨款",
    "gf": "政府性基金预算财政拨款",
    "soe": "国有资本经营预算财政拨款",
}
_REVENUE_LINES = (
    ("一般公共预算财政拨款收入", "revenue.general_public_budget", "gp"),
    ("政府性基金预算财政拨款收入", "revenue.government_managed_funds", "gf"),
    ("国有资本经营预算财政拨款收入", "revenue.state_capital_operations", "soe"),
    ("上级补助收入", "revenue.superior_subsidy", ""),
    ("事业收入", "revenue.service_revenue", ""),
    ("经营收入", "revenue.business_revenue", ""),
    ("附属单位上缴收入", "revenue.subordinate_remittance", ""),
    ("其他收入", "revenue.other", "nf"),
)

#: One side row of a two-sided statement: label, amounts in 分 with their keys (None: no amount cell in that column).
SideRow = tuple[str, Sequence[tuple[int, AmountKey] | None]]


def class_totals(items: dict[str, Item]) -> dict[str, int]:
    """Totals by three-digit class."""
    totals: dict[str, int] = {}
    for code, item in items.items():
        totals[code[:3]] = totals.get(code[:3], 0) + item.total
    return totals


def _numbered_cells(row: SideRow, width: int, number: int | None, printer: Printer) -> list[Cell]:
    text, amounts = row
    cells = [label(text)]
    if number is not None:
        cells.append(label(str(number), "center"))
    for entry in (*amounts, *([None] * (width - len(amounts)))):
        cells.append(printer.cell(*entry) if entry else Cell())
    return cells


def two_sided_body(
    left: Sequence[SideRow],
    right: Sequence[SideRow],
    right_width: int,
    printer: Printer,
    *,
    line_numbers: bool,
) -> list[list[Cell]]:
    """Rows of a statement with revenue on the left and expenditure on the right, 行次 counted down each side."""
    body = []
    count = max(len(left), len(right))
    nothing: SideRow = ("", [])
    for index, (left_row, right_row) in enumerate(zip_longest(left, right, fillvalue=nothing), 1):
        left_number = index if line_numbers else None
        right_number = count + index if line_numbers else None
        body.append(
            _numbered_cells(left_row, 1, left_number, printer)
            + _numbered_cells(right_row, right_width, right_number, printer)
        )
    return body


def _align(rows: list[SideRow], tail: list[SideRow], count: int) -> list[SideRow]:
    return rows + [("", [])] * (count - len(rows)) + tail


def revenue_expenditure(year: UnitYear, printer: Printer, *, line_numbers: bool) -> Table:
    """Build T01 收入支出决算总表."""
    revenue: list[SideRow] = []
    for numeral, (text, code, fund) in zip(CHINESE_NUMERALS, _REVENUE_LINES, strict=False):
        revenue.append((f"{numeral}、{text}", [(year.revenue(fund) if fund else 0, AmountKey(code))]))
    subtotal = sum(year.revenue(fund) for fund in (*FUNDS, "nf"))
    opening, closing = sum(year.opening.values()), sum(year.closing.values())
    spare: list[SideRow] = [("", [])] if line_numbers else []
    left = _align(
        revenue,
        [
            ("本年收入合计", [(subtotal, AmountKey("revenue.subtotal"))]),
            ("使用非财政拨款结余（含专用结余）", [(0, AmountKey("revenue.use_of_nonfiscal_surplus"))]),
            ("年初结转和结余", [(opening, AmountKey("revenue.opening_carryover"))]),
            *spare,
            ("总计", [(year.grand_total, AmountKey("revenue.total"))]),
        ],
        26,
    )
    totals, names = class_totals(year.items()), functional_names()
    right: list[SideRow] = []
    for numeral, code in zip(CHINESE_NUMERALS, functional_classes(), strict=False):
        key = AmountKey("expenditure.class", functional_code=code)
        right.append((f"{numeral}、{names[code]}", [(totals.get(code, 0), key)]))
    right += [
        ("本年支出合计", [(year.total().total, AmountKey("expenditure.subtotal"))]),
        ("结余分配", [(0, AmountKey("expenditure.surplus_distribution"))]),
        ("年末结转和结余", [(closing, AmountKey("expenditure.closing_carryover"))]),
        *spare,
        ("总计", [(year.grand_total, AmountKey("expenditure.total"))]),
    ]
    if line_numbers:
        header = headers(
            [("收入", 3), ("支出", 3)],
            ["项目", "行次", "金额", "项目", "行次", "金额"],
            ["栏次", "", "1", "栏次", "", "2"],
        )
        widths = [30.0, 5, 12, 32, 5, 12]
    else:
        header = headers([("收入", 2), ("支出", 2)], ["项目", "决算数", "项目", "决算数"])
        widths = [32.0, 13, 32, 13]
    body = two_sided_body(left, right, 1, printer, line_numbers=line_numbers)
    return Table("T01", "收入支出决算总表", widths, header, body)


def fiscal_revenue_expenditure(year: UnitYear, printer: Printer, *, line_numbers: bool) -> Table:
    """Build T04 财政拨款收入支出决算总表."""
    revenue: list[SideRow] = [
        (
            f"{numeral}、{FUND_NAMES[fund]}",
            [(year.revenue(fund), AmountKey(f"revenue.{FUND_CODES[fund]}", fund=FUND_CODES[fund]))],
        )
        for numeral, fund in zip(CHINESE_NUMERALS, FUNDS, strict=False)
    ]
    opening = sum(year.opening[fund] for fund in FUNDS)
    left = _align(
        revenue,
        [
            ("本年收入合计", [(sum(year.revenue(fund) for fund in FUNDS), AmountKey("revenue.subtotal"))]),
            ("年初财政拨款结转和结余", [(opening, AmountKey("revenue.opening_carryover"))]),
            *(
                (
                    FUND_NAMES[fund],
                    [
                        (
                            year.opening[fund],
                            AmountKey(f"revenue.opening_carryover.{FUND_CODES[fund]}", fund=FUND_CODES[fund]),
                        )
                    ],
                )
                for fund in FUNDS
            ),
            ("总计", [(year.fiscal_total, AmountKey("revenue.total"))]),
        ],
        26,
    )

    def row(text: str, amounts: dict[str, int], line: str, code: str | None = None) -> SideRow:
        columns: list[tuple[int, AmountKey] | None] = [
            (sum(amounts.values()), AmountKey(line, functional_code=code, fund="fiscal_appropriation"))
        ]
        columns += [
            (amounts[fund], AmountKey(line, functional_code=code, fund=FUND_CODES[fund])) for fund in FUNDS
        ]
        return text, columns

    by_fund = {fund: class_totals(year.items([fund])) for fund in FUNDS}
    names = functional_names()
    right = [
        row(
            f"{numeral}、{names[code]}",
            {f: by_fund[f].get(code, 0) for f in FUNDS},
            "expenditure.class",
            code,
        )
        for numeral, code in zip(CHINESE_NUMERALS, functional_classes(), strict=False)
    ]
    spent = {fund: year.total([fund]).total for fund in FUNDS}
    closing = {fund: year.closing[fund] for fund in FUNDS}
    right += [
        row("本年支出合计", spent, "expenditure.subtotal"),
        row("年末财政拨款结转和结余", closing, "expenditure.closing_carryover"),
        ("", []),
        ("", []),
        ("", []),
        row("总计", {fund: spent[fund] + closing[fund] for fund in FUNDS}, "expenditure.total"),
    ]
    fund_heads = ["合计", *(FUND_NAMES[fund] for fund in FUNDS)]
    if line_numbers:
        header = headers(
            [("收入", 3), ("支出", 6)],
            ["项目", "行次", "金额", "项目", "行次", *fund_heads],
            ["栏次", "", "1", "栏次", "", "2", "3", "4", "5"],
        )
        widths = [24.0, 4, 11, 26, 4, 11, 11, 11, 11]
    else:
        header = headers([("收入", 2), ("支出", 5)], ["项目", "决算数", "项目", *fund_heads])
        widths = [26.0, 11, 28, 11, 11, 11, 11]
    body = two_sided_body(left, right, 4, printer, line_numbers=line_numbers)
    return Table("T04", "财政拨款收入支出决算总表", widths, header, body)


def hierarchy(codes: Sequence[str]) -> list[str]:
    """Class, group and item codes of the given items, parents first."""
    return sorted({code[:length] for code in codes for length in (3, 5, 7)})


_LEVELS = {3: "functional.class", 5: "functional.group", 7: "functional.item"}


def functional_key(code: str, measure: str, fund: str = "all", stage: str = "final") -> AmountKey:
    """Key of a cell in a statement by functional classification; code "" is the total row."""
    if not code:
        return AmountKey("functional.total", measure, fund=fund, stage=stage)
    return AmountKey(_LEVELS[len(code)], measure, code, fund=fund, stage=stage)


def printed_code(code: str, style: str) -> list[str]:
    """Class, group and item digits as printed in three columns: in full, or only those of the own level."""
    parts = [code[:3], code[3:5], code[5:7]]
    if style == "own":
        own = {3: 0, 5: 1, 7: 2}[len(code)]
        return [part if index == own else "" for index, part in enumerate(parts)]
    return [part.lstrip("0") for part in parts] if style == "zeroless" else parts


def _code_cells(code: str, columns: int, style: str) -> list[Cell]:
    name = functional_names()[code]
    if columns == 0:
        return [label(f"[{code}]{name}")]
    if columns == 1:
        return [label(code), label(name)]
    return [*(label(part, "center") for part in printed_code(code, style)), label(name)]


#: A column of a statement by functional classification: (group heading or "", heading, measure).
Column = tuple[str, str, str]


def _column_heads(columns: Sequence[Column], depth: int) -> list[list[tuple[str, int, int]]]:
    """Header cells of the amount columns for ``depth`` heading rows: ungrouped heads span all of them."""
    first: list[tuple[str, int, int]] = []
    second: list[tuple[str, int, int]] = []
    has_groups = any(group for group, _, _ in columns)
    for group, head, _ in columns:
        if not group:
            first.append((head, 1, depth))
            continue
        if first and first[-1][0] == group:
            first[-1] = (group, first[-1][1] + 1, 1)
        else:
            first.append((group, 1, 1))
        second.append((head, 1, depth - 1))
    return [first, second if has_groups else []]


def functional_table(
    statement_code: str,
    title: str,
    columns: Sequence[Column],
    amounts: Callable[[str, str], int],
    codes: Sequence[str],
    printer: Printer,
    *,
    code_columns: int = 1,
    total_row: str = "first",
    line_numbers: bool = False,
    fund: str = "all",
    stage: str = "final",
    code_style: str = "full",
) -> Table:
    """Build a statement by functional classification.

    ``amounts(code, measure)`` gives the amount in 分 of a class, group or item; code "" is the total.
    """
    lead = {0: 1, 1: 2, 3: 4}[code_columns]

    def value_cells(code: str) -> list[Cell]:
        return [printer.cell(amounts(code, m), functional_key(code, m, fund, stage)) for _, _, m in columns]

    depth = 3 if code_columns == 3 else 2
    first, second = _column_heads(columns, depth)
    if code_columns == 3:
        body_head = label("合计", "center") if total_row == "in_header" else label("", "center")
        header = headers(
            [("项目", 4), *first],
            [("支出功能分类科目编码", 3), ("科目名称", 1, 1 if total_row == "in_header" else 2), *second],
        )
        last = [*headers(["类", "款", "项"])[0]]
        if total_row == "in_header":
            header = headers(
                [
                    ("项目", 4),
                    *[(text, span, rows - 1 if rows == depth else rows) for text, span, rows in first],
                ],
                [("支出功能分类科目编码", 3), "科目名称", *[(text, span, 1) for text, span, _ in second]],
            )
            last += [body_head, *value_cells("")]
        header.append(last)
    elif code_columns == 1:
        header = headers([("项目", 2), *first], ["科目代码", "科目名称", *second])
    else:
        deep = 2 if second else 1
        header = headers([("功能分类科目名称", 1, deep), *[(t, n, min(r, deep)) for t, n, r in first]])
        header += headers(second) if second else []
    if line_numbers:
        header += headers([("栏次", lead), *(str(n) for n in range(1, len(columns) + 1))])
    rows = [[*_code_cells(code, code_columns, code_style), *value_cells(code)] for code in hierarchy(codes)]
    total = [label("合计", "center", column_span=lead), *value_cells("")]
    if total_row == "first":
        rows.insert(0, total)
    elif total_row == "last" or code_columns != 3:
        rows.append(total)
    lead_widths = {0: [44.0], 1: [12.0, 32.0], 3: [5.0, 4.0, 4.0, 32.0]}[code_columns]
    widths = lead_widths + [12.0] * len(columns)
    return Table(statement_code, title, widths, header, rows, is_wide=len(columns) > 3)
