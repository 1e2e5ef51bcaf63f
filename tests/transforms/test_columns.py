"""Headings are taken apart into known words; what is not wholly known stays unmapped."""

from __future__ import annotations

import pytest

from transforms.columns import read_column
from transforms.vocabulary_files import column_words, read_rows, statement_kinds


def _column(path: str, code: str, doc_kind: str = "final_accounts", year: int = 2024):  # type: ignore[no-untyped-def]
    return read_column(tuple(path.split("/")), statement_kinds()[code], doc_kind, year)


@pytest.mark.parametrize(
    ("path", "code", "measure", "fund"),
    [
        ("本年收入合计", "T02", "total", None),
        ("财政拨款收入", "T02", "fiscal_appropriation", None),
        ("事业收入/小计", "T02", "service_revenue", None),
        ("事业收入/其中：教育收费", "T02", "education_fees_within", None),
        ("附属单位上缴收入", "T02", "subordinate_remittance", None),
        ("对附属单位补助支出", "T03", "subsidy_to_subordinate", None),
        ("本年支出/小计", "T05", "total", None),
        ("本年支出/基本支出", "T05", "basic", None),
        ("年初结转和结余", "T08", "opening", None),
        ("本年收入", "T08", "revenue", None),
        ("本年支出/项目支出", "T08", "project", None),
        ("政府性基金预算财政拨款", "T04", "total", "government_managed_funds"),
        ("本年收入/小计", "BT02", "revenue", None),
        ("一般公共预算拨款/小计", "BT02", "general_public_budget", None),
        ("一般公共预算拨款/经费拨款", "BT02", "expense_appropriation", None),
        ("一般公共预算经费拨款", "BT02", "general_public_budget", None),
        ("一般公共预算拨款/纳入预算管理的非税收入", "BT02", "nontax_revenue", None),
        ("上年结转结余/一般公共预算资金", "BT02", "carried_over", "general_public_budget"),
        ("基本支出/人员经费", "BT05", "personnel", None),
        ("一般公共预算支出/合计", "BT05", "total", "general_public_budget"),
        ("财政拨款/一般公共预算", "BT13", "total", "general_public_budget"),
        ("单位资金/事业收入", "BT24", "total", "service_revenue"),
        ("市级当年财政拨款安排/一般公共预算拨款/基本支出", "BT25", "basic", "general_public_budget"),
    ],
)
def test_paths_with_a_meaning(path: str, code: str, measure: str, fund: str | None) -> None:
    doc_kind = "budget" if code.startswith("BT") else "final_accounts"
    column = _column(path, code, doc_kind, 2026)
    assert (column.role, column.measure, column.fund) == ("value", measure, fund)


@pytest.mark.parametrize(
    ("path", "stage"),
    [
        ("预算数/合计", "budget"),
        ("决算数/合计", "final"),
        ("全年预算数", "full_year_budget"),
        ("年初预算数", "initial_budget"),
        ("2023年决算数", "prior_year_final"),
        ("上年决算数", "prior_year_final"),
    ],
)
def test_stages(path: str, stage: str) -> None:
    assert _column(path, "T07").stage == stage


def test_two_budget_years_side_by_side() -> None:
    assert _column("2025年预算数/合计", "BT09", "budget", 2026).stage == "prior_year_budget"
    assert _column("2026年预算数/合计", "BT09", "budget", 2026).stage == "budget"


@pytest.mark.parametrize("path", ["完全未知的栏目", "其中：某专项/小计", "本年支出/战略性支出"])
def test_unknown_headings_are_not_guessed(path: str) -> None:
    column = _column(path, "T05")
    assert (column.role, column.reason) == ("unknown", "column_not_in_vocabulary")


@pytest.mark.parametrize("path", ["比上年增减额", "增减变化情况/合计", "2026年比2025年增减(%)"])
def test_columns_of_changes_are_known_as_such(path: str) -> None:
    assert _column(path, "BT05", "budget", 2026).reason == "change_column"


def test_roles() -> None:
    assert _column("支出功能分类科目编码/类", "T05").role == "code_class"
    assert _column("科目代码", "T05").role == "code"
    assert _column("项目", "T01").role == "label"
    assert _column("功能分类科目编码及名称", "T05").role == "label"
    assert _column("科目编码 科目名称", "T06").role == "label"
    assert _column("行次", "T01").role == "line_no"
    assert _column("单位编码", "BT02", "budget").role == "unit_code"


def test_every_value_of_the_vocabulary_is_in_a_closed_list() -> None:
    measures = {row["measure"] for row in read_rows("measures")}
    funds = {row["fund"] for row in read_rows("funds")}
    lines = {row["line_code"] for row in read_rows("lines")}
    _, words = column_words()
    assert {word.value for word in words.values() if word.kind == "measure"} <= measures
    assert {word.value for word in words.values() if word.kind == "line"} <= lines
    sources = {word.value for word in words.values() if word.kind == "source"}
    assert sources - funds == set()
    assert {row["line_code"] for row in read_rows("row_labels")} <= lines
    assert {row["parent"] for row in read_rows("lines") if row["parent"]} <= lines
