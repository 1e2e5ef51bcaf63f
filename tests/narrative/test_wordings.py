from __future__ import annotations

import string
from decimal import Decimal

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.narrative.reading import claims_of
from tests.narrative.test_sentences import settings_of_pages
from tests.narrative.typeset import Setting
from tests.narrative.wordings import WORDINGS, Wording
from tests.narrative.wordings_accounts import ACCOUNTS_WORDINGS
from tests.narrative.wordings_budgets import BUDGET_WORDINGS
from tests.narrative.wordings_lists import LIST_WORDINGS
from tests.narrative.wordings_operating import OPERATING_WORDINGS

_ALL = WORDINGS + ACCOUNTS_WORDINGS + BUDGET_WORDINGS + OPERATING_WORDINGS + LIST_WORDINGS


def _printed(wording: Wording, seed: int) -> dict[str, str]:
    """Return a different number for every letter; percentages for p…v, whole numbers where things are counted."""
    counted = {letter for letter, metric, *_ in wording.claims if metric == "count"}
    values = {"两": "2", "三": "3"}
    for index, letter in enumerate(string.ascii_lowercase):
        base = (seed * 37 + index * 911) % 90000 + 100 + index
        if letter in counted:
            values[letter] = str(base % 997)
        elif letter in "pqrstuv":
            values[letter] = f"{base % 9973 / 100:.2f}"
        else:
            values[letter] = f"{base:,}.{seed % 90 + 10}" if seed % 2 else f"{base}.{seed % 90 + 10}"
    return values


def _subject(row: dict[str, str | None]) -> str:
    code = row["functional_code"] or row["economic_code"]
    if code:
        return code
    line = row["line_code"] or row["subject_text"] or ""
    return f"{line}/{row['measure']}" if line == "functional.total" else line


def _figures(claims: pl.DataFrame) -> list[tuple[str, str, str | None, str, Decimal]]:
    numbers = claims.filter(
        pl.col("value").is_not_null() & ~pl.col("is_in_reason") & (pl.col("metric") != "date")
    )
    return [
        (row["metric"], row["basis"], row["direction"], _subject(row), row["value"])
        for row in numbers.iter_rows(named=True)
    ]


@pytest.mark.parametrize("wording", _ALL, ids=lambda wording: wording.name)
@given(setting=settings_of_pages, seed=st.integers(min_value=0, max_value=5000))
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_claims_are_those_written(wording: Wording, setting: Setting, seed: int) -> None:
    values = _printed(wording, seed)
    paragraphs = [paragraph.format(**values) for paragraph in wording.paragraphs]
    _, claims = claims_of(paragraphs, wording.doc_kind, wording.fiscal_year, setting)
    expected = [
        (metric, basis, direction, subject, Decimal(values[letter].replace(",", "")))
        for letter, metric, basis, direction, subject in wording.claims
    ]
    assert _figures(claims) == expected
    assert claims.filter(pl.col("status") == "unparsed").is_empty()


@pytest.mark.parametrize("wording", _ALL, ids=lambda wording: wording.name)
def test_parts_know_their_wholes(wording: Wording) -> None:
    paragraphs = [paragraph.format(**_printed(wording, 3)) for paragraph in wording.paragraphs]
    _, claims = claims_of(paragraphs, wording.doc_kind, wording.fiscal_year)
    subjects = {row["context_no"]: _subject(row) for row in claims.iter_rows(named=True) if row["context_no"]}
    parents = {
        _subject(row): subjects.get(row["parent_context_no"])
        for row in claims.filter(pl.col("metric") == "amount").iter_rows(named=True)
    } | {
        _subject(row): subjects.get(row["parent_context_no"])
        for row in claims.filter(pl.col("metric") == "count").iter_rows(named=True)
    }
    assert {part: parents[part] for part in wording.parts} == wording.parts


def test_every_share_of_a_printed_whole_finds_it() -> None:
    wording = WORDINGS[0]
    paragraphs = [paragraph.format(**_printed(wording, 8)) for paragraph in wording.paragraphs]
    _, claims = claims_of(paragraphs, wording.doc_kind, wording.fiscal_year)
    shares = claims.filter(pl.col("metric") == "share")
    whole = claims.filter((pl.col("line_code") == "functional.total") & (pl.col("measure") == "total"))
    assert shares["whole_context_no"].to_list() == [whole["context_no"][0]] * 2


def test_a_part_of_a_part_may_be_told_of_the_whole() -> None:
    text = (
        "2024年度政府采购支出总额90.00万元。授予中小企业合同金额60.00万元，占全部采购支出的66.67%，"
        "其中：授予小微企业合同金额45.00万元，占全部采购支出的50.00%。"
    )
    _, claims = claims_of(["#（二）政府采购支出情况", text], "final_accounts", 2024)
    total = claims.filter(pl.col("line_code") == "procurement.total")["context_no"][0]
    shares = claims.filter(pl.col("metric") == "share")
    assert shares["whole_context_no"].to_list() == [total] * 2


def test_one_class_is_no_whole_of_another() -> None:
    _, claims = claims_of(
        [
            "（二）一般公共预算当年拨款结构情况",
            "社会保障和就业支出213.54万元，占10.92%；卫生健康支出78.68万元，占4.03%；住房保障支出121.07万元，占6.19%。",
        ],
        "budget",
        2025,
    )
    shares = claims.filter(pl.col("metric") == "share")
    amounts = claims.filter(pl.col("metric") == "amount")
    assert shares.height == 3
    assert not set(shares["whole_context_no"].drop_nulls()) & set(amounts["context_no"])


@pytest.mark.parametrize(
    ("phrase", "doc_kind", "line"),
    [
        ("国有资本经营预算财政拨款本年支出", "final_accounts", ("T09", "functional.total", "total")),
        ("政府性基金预算财政拨款本年支出", "final_accounts", ("T08", "functional.total", "total")),
        ("政府性基金预算财政拨款本年收入", "final_accounts", ("T08", "functional.total", "revenue")),
        ("国有资本经营预算财政拨款项目支出", "final_accounts", ("T09", "functional.total", "project")),
        ("一般公共预算财政拨款本年支出", "final_accounts", ("T05", "functional.total", "total")),
        ("政府性基金预算财政拨款本年支出合计", "budget", ("BT06", "functional.total", "total")),
        ("国有资本经营预算拨款本年支出", "budget", ("BT07", "functional.total", "total")),
        ("政府性基金预算本年收入", "budget", ("BT01", "revenue.government_managed_funds", "total")),
        ("国有资本经营预算财政拨款支出总计", "final_accounts", (None, None, None)),
        ("政府性基金预算安排的项目支出", "final_accounts", ("T08", "functional.total", "project")),
        ("财政拨款本年支出", "final_accounts", ("T04", "expenditure.subtotal", "total")),
        ("本年支出", "final_accounts", ("T03", "functional.total", "total")),
    ],
)
def test_a_phrase_that_names_a_fund_is_never_of_the_whole(
    phrase: str, doc_kind: str, line: tuple[str | None, ...]
) -> None:
    _, claims = claims_of([f"2024年度{phrase}11.03万元。"], doc_kind, 2024)
    assert claims.select("statement_code", "line_code", "measure").rows() == [line]


def test_what_follows_a_fund_is_not_held_against_the_whole() -> None:
    text = "2024年度政府性基金预算财政拨款本年收入11.03万元，本年支出10.02万元。"
    _, claims = claims_of([text], "final_accounts", 2024)
    assert claims["statement_code"].to_list() == ["T08", None]
    heading = "八、政府性基金预算财政拨款收入支出决算情况说明"
    _, claims = claims_of([heading, text], "final_accounts", 2024)
    assert claims["statement_code"].to_list() == ["T08", "T08"]


def test_personnel_of_all_funds_is_not_held_against_the_statement_of_one_fund() -> None:
    text = "2024年度日常支出9.02万元。其中：人员经费支出7.01万元，公用经费2.01万元。"
    all_funds = ["二、支出决算情况说明", "（一）基本支出情况", text]
    _, claims = claims_of(all_funds, "final_accounts", 2024)
    personnel = claims.filter(pl.col("line_code") == "economic.personnel_total")
    assert personnel["statement_code"].to_list() == [None]
    _, claims = claims_of(["六、一般公共预算财政拨款基本支出决算情况说明", text], "final_accounts", 2024)
    personnel = claims.filter(pl.col("line_code") == "economic.personnel_total")
    assert personnel["statement_code"].to_list() == ["T06"]


def test_a_purpose_ends_where_a_reason_begins() -> None:
    text = "2024年度公务接待费5.20万元，比上年增加1.10万元，主要是用于上级检查接待，增加的主要原因是检查批次增多。"
    for told_why in (text, text.replace("增加的主要", "主要")):
        _assert_purpose_and_reason(told_why)


def _assert_purpose_and_reason(text: str) -> None:
    _, claims = claims_of([text], "final_accounts", 2024)
    told = claims.filter(pl.col("value").is_null())
    assert told.select("metric", "text").rows() == [("purpose", "上级检查接待"), ("reason", "检查批次增多")]


def test_a_fall_below_the_budget_told_without_a_number_is_less() -> None:
    _, claims = claims_of(
        ["2024年“三公”经费支出9.07万元。全年实际支出比预算有所下降。"], "final_accounts", 2024
    )
    assert claims.filter(pl.col("metric") == "comparison")["direction"].to_list() == ["less"]


def test_the_number_of_a_figure_is_no_number_of_the_accounts() -> None:
    _, claims = claims_of(
        ["2022年度收入总计4125.49万元。", "（图1：收、支决算总计变动情况图）"], "final_accounts", 2022
    )
    assert claims.height == 1


@pytest.mark.parametrize(
    ("told", "direction"),
    [
        ("同上年一致", "equal"),
        ("比上年度有所压减", "decrease"),
        ("与上年相比有较大幅度上涨", "increase"),
        ("同比稍有下降", "decrease"),
    ],
)
def test_directions_without_a_number(told: str, direction: str) -> None:
    _, claims = claims_of([f"2024年度公务接待费2.05万元，{told}。"], "final_accounts", 2024)
    said = claims.filter(pl.col("metric") == "direction")
    assert said.select("direction", "basis", "reference_year", "line_code").rows() == [
        (direction, "prior_year_final", 2023, "three_public.hospitality")
    ]


@pytest.mark.parametrize(
    ("total", "purchase", "line"),
    [
        ("43.10", "5.60", "three_public.vehicle_operation"),  # purchases stand beside it
        ("37.50", "5.60", "three_public.vehicles"),  # they are in it
        ("40.00", "5.60", None),  # neither sum holds
    ],
)
def test_a_vague_name_is_what_the_sums_say(total: str, purchase: str, line: str | None) -> None:
    text = (
        f"2020年“三公”经费支出{total}万元。其中，公务用车及运行维护费支出25.10万元；"
        f"公务用车购置支出{purchase}万元；公务接待支出12.40万元。"
    )
    _, claims = claims_of([text], "final_accounts", 2020)
    assert claims.filter(pl.col("text") == "25.10万元")["line_code"].to_list() == [line]
