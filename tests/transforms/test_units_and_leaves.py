"""Money units of statements, and which amounts may be added up."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.transforms.builders import ExtractionBuilder, Printed
from transforms.document import transform_document
from transforms.grid import Cell, Grid
from transforms.headers import Head
from transforms.money_units import settle_units
from transforms.recognition import Draft, Part
from transforms.subjects import subjects
from transforms.vocabulary_files import statement_kinds

_ITEMS = sorted(code for code in subjects("functional").names if len(code) == 7)[:60]


def _tree(amounts: dict[str, int]) -> dict[str, int]:
    """Return the sums of 类, 款 and 项 over items."""
    tree: dict[str, int] = defaultdict(int)
    for code, amount in amounts.items():
        for length in (3, 5, 7):
            tree[code[:length]] += amount
    return dict(sorted(tree.items()))


def _document(tree: dict[str, int], unit: str | None, cents: int) -> ExtractionBuilder:
    rows: list[list[Printed | None]] = [["科目编码", "科目名称", "本年支出合计", "基本支出", "项目支出"]]
    for code, amount in tree.items():
        printed = f"{Decimal(amount) / cents:,.2f}"
        rows.append(
            [
                code,
                subjects("functional").names[code][0] if subjects("functional").is_known(code) else "某项",
                printed,
                printed,
                "",
            ]
        )
    total = f"{Decimal(sum(v for c, v in tree.items() if len(c) == 3)) / cents:,.2f}"
    rows.append([("合计", 1, 2), None, total, total, ""])
    caption = "支出决算表" + (f"\n金额单位：{unit}" if unit else "")
    return ExtractionBuilder().line("平川市甲区财政局2024年度部门决算").table(caption, rows)


@settings(max_examples=25, deadline=None)
@given(st.dictionaries(st.sampled_from(_ITEMS), st.integers(1, 10**9), min_size=1, max_size=12))
def test_leaves_add_up_to_the_total_and_parents_to_their_parts(amounts: dict[str, int]) -> None:
    frames = transform_document(_document(_tree(amounts), "万元", 100).build())
    read = frames["amount"].filter(pl.col("measure") == "total")
    leaves = read.filter(pl.col("is_leaf"))
    total = read.filter(pl.col("line_code") == "functional.total")["value"][0]
    assert leaves["value"].sum() == total
    assert set(leaves["functional_code"].to_list()) == set(amounts)
    assert not read.filter(pl.col("functional_code").str.len_chars() < 7)["is_leaf"].any()


@settings(max_examples=25, deadline=None)
@given(
    st.dictionaries(st.sampled_from(_ITEMS), st.integers(10**6, 10**11), min_size=1, max_size=6),
    st.sampled_from(["元", "万元"]),
)
def test_a_unit_is_inferred_from_the_statements_that_print_theirs(amounts: dict[str, int], unit: str) -> None:
    """The same money in 万元 (printed) and in 元 or 万元 (not printed): the ratio tells which."""
    tree = _tree(amounts)
    builder = _document(tree, "万元", 1_000_000)
    rows: list[list[Printed | None]] = [["科目编码", "科目名称", "合计", "基本支出"]]
    scale = 100 if unit == "元" else 1_000_000
    for code, amount in tree.items():
        printed = f"{Decimal(amount) / scale:,.2f}"
        rows.append([code, "某项", printed, printed])
    frames = transform_document(builder.table("一般公共预算财政拨款支出决算表", rows, page=3).build())
    second = frames["statement"].filter(pl.col("statement_code") == "T05").row(0, named=True)
    assert (second["money_unit"], second["is_money_unit_inferred"]) == (unit, True)


def test_a_printed_unit_is_never_overruled() -> None:
    frames = transform_document(_document({"201": 100}, "元", 100).build())
    assert frames["statement"].select("money_unit", "is_money_unit_inferred").row(0) == ("元", False)
    assert frames["amount"]["amount_yuan"].to_list()[0] == Decimal(1)


def test_totals_and_refined_rows_of_a_summary_are_no_leaves() -> None:
    rows: list[list[Printed | None]] = [
        [("收入", 1, 2), None, ("支出", 1, 2), None],
        ["项目", "预算数", "项目", "预算数"],
        ["一、财政拨款收入", "9.00", "一、一般公共服务支出", "9.00"],
        ["1.一般公共预算资金", "9.00", "", ""],
        ["二、其他收入", "", "", ""],
        ["收入总计", "9.00", "支出总计", "9.00"],
    ]
    builder = ExtractionBuilder().line("2026年平川市甲区财政局部门预算")
    frames = transform_document(builder.table("收支预算总表\n单位：万元", rows).build())
    leaves = frames["amount"].filter(pl.col("is_leaf"))["line_code"].to_list()
    assert sorted(leaves) == ["expenditure.class", "revenue.general_public_budget", "revenue.other"]


@given(st.integers(50_000, 10**9), st.sampled_from(["元", "万元"]), st.booleans())
@settings(max_examples=60)
def test_the_unit_of_a_statement_follows_from_the_form_of_a_project(
    yuan: int, unit: str, is_small: bool
) -> None:
    """Forms print 万元 for themselves: their amounts tell in which unit the statements, which print none, stand."""
    project = Decimal(yuan) / 10_000
    whole = Decimal(yuan) * (1 if is_small else 40) / (1 if unit == "元" else 10_000)
    form = Draft(statement_kinds()["PF"], "项目支出绩效自评表", [_part("单位：万元", f"{project:.2f}", 9)])
    statement = Draft(statement_kinds()["T01"], "收入支出决算总表", [_part("", f"{whole:.2f}")])
    small = Draft(statement_kinds()["T07"], "三公经费支出决算表", [_part("", f"{whole / 200:.2f}", 3)])
    units = settle_units([statement, small, form])
    assert [entry.unit for entry in units] == [unit, unit, "万元"]
    assert [entry.is_inferred for entry in units] == [True, True, False]


def _part(caption: str, amount: str, page: int = 1) -> Part:
    grid = Grid(page, page, page, 1, 1, [caption] if caption else [], [], None, (0.0, 0.0, 1.0, 1.0))
    grid.cells.append(Cell(1, 1, 1, 1, amount, amount, "number", Decimal(amount), 2, page))
    return Part(grid, Head())
