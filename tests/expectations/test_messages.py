"""What an official reads of a violation: both sides as printed, where they stand, and nothing said twice."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from expectations.catalogue import load_rules
from expectations.evidence_text import Evidence, place_text
from expectations.messages import headline, is_scaled, message, side_text, sides

SENTENCE = "“三公”经费年初预算为4.13万元，支出决算为3.48万元，完成预算的93.00%，其中：因公出国（境）费支出决算为0万元；"


def claim(text: str, sentence: str = SENTENCE, unit: str = "万元", page: int = 18) -> Evidence:
    start = sentence.index(text)
    return Evidence(
        f"d.n0001.k{start:02d}",
        "claim",
        page,
        unit=unit,
        sentence=sentence,
        start=start,
        end=start + len(text),
    )


CELL = Evidence(
    "d.t01.r004.c02",
    "cell",
    13,
    row_label="合计",
    column_label="决算数",
    raw_text="3.84",
    unit="万元",
    value=Decimal("3.84"),
    statement_title="“三公”经费表",
)


@pytest.mark.parametrize(
    ("title", "is_place_count", "shown"),
    [
        ("三公说明=三公表", False, "三公说明≠三公表"),
        ("分项年初(全年)预算合计=总额", False, "分项年初(全年)预算合计≠总额"),
        ("收入预算=支出预算(逐码)", False, "收入预算≠支出预算(逐码)"),
        ("单项得分≤分值", False, "单项得分＞分值"),
        ("占比复算", False, "占比复算不符"),
        ("收入表列合计", False, "收入表列合计不符"),
        ("支出表行平衡", False, "支出表行不平衡"),
        ("同句两次“安排数”一致", False, "同句两次“安排数”不一致"),
        ("称持平而数值不同", False, "称持平而数值不同"),
        ("成本指标实际值≠执行数", False, "成本指标实际值≠执行数"),
        ("规定表格齐全", True, "规定表格不齐全"),
        ("成本指标实际值=结余额", True, "成本指标实际值=结余额"),
        ("占位符未替换", True, "占位符未替换"),
        ("行次连续且唯一", True, "行次不连续或不唯一"),
        ("正文声明的附件/附表存在", True, "正文声明的附件/附表不存在"),
        ("功能科目代码当年有效", True, "功能科目代码当年无效"),
        ("全年预算=调整后/年初预算", True, "全年预算与年初预算不同"),
        ("结转结余率高", False, "结转结余率高"),
    ],
)
def test_the_headline_names_the_fault(title: str, is_place_count: bool, shown: str) -> None:
    assert headline(title, is_place_count=is_place_count) == shown


def test_no_rule_that_compares_two_sides_has_its_requirement_as_headline() -> None:
    compared = [rule for rule in load_rules() if rule.kind != "exact"]
    assert len(compared) > 50
    for rule in compared:
        shown = headline(rule.title, is_place_count=False)
        assert not any(sign in shown for sign in ("=", "≤", "≥")), shown


def test_place_quotes_the_clause_of_the_number_with_single_inner_quotes() -> None:
    assert (
        place_text(claim("3.48万元"))
        == "第 18 页说明“‘三公’经费年初预算为4.13万元，支出决算为3.48万元，完成预算的93.00%，…”"
    )
    long = "甲" * 60 + "，其中：基本支出12.00万元；" + "乙" * 60
    quoted = place_text(claim("12.00万元", long))
    assert quoted == "第 18 页说明“…其中：基本支出12.00万元；…”"
    unbroken = "甲" * 60 + "12.00万元" + "乙" * 60
    assert "12.00万元" in place_text(claim("12.00万元", unbroken))


def test_both_sides_their_places_and_the_difference_are_told_once() -> None:
    values = (Decimal(34_800), Decimal(38_400), Decimal(-3_600))
    text = message("三公说明≠三公表", "equal", *values, [claim("3.48万元"), CELL])
    assert text == (
        "三公说明≠三公表：第 18 页说明“‘三公’经费年初预算为4.13万元，支出决算为3.48万元，完成预算的93.00%，…”"
        "写的是 3.48 万元，而对应数为 3.84 万元（见第 13 页《“三公”经费表》“合计”“决算数”），相差 0.36 万元。"
    )


def test_a_percentage_names_the_numbers_it_is_calculated_from_and_its_sentence_once() -> None:
    evidence = [claim("93.00%", unit="%"), claim("3.48万元"), claim("4.13万元")]
    text = message(
        "完成率复算不符",
        "percentage",
        Decimal("93.00"),
        Decimal("84.261501"),
        Decimal("8.738499"),
        evidence,
    )
    assert "写的是 93.00%，按 3.48万元、4.13万元 计算应为 84.26%，相差 8.74 个百分点。" in text
    assert text.count("说明“") == 1


def test_percentages_keep_as_many_decimals_as_tell_them_apart() -> None:
    assert side_text("percentage", Decimal("70.98"), Decimal("70.891179"), "%") == "70.98%"
    assert side_text("percentage", Decimal("70.891179"), Decimal("70.98"), "%") == "70.89%"
    assert side_text("percentage", Decimal("1.581"), Decimal("1.584"), "%") == "1.581%"
    assert side_text("percentage", Decimal("1.000000"), Decimal("1.000001"), "%") == "1%"
    assert side_text("percentage", None, Decimal(1), "%") is None


def test_dates_and_years_are_written_as_such() -> None:
    assert side_text("exact", Decimal(20_221_231), Decimal(20_231_231), None) == "2022年12月31日"
    assert side_text("exact", Decimal(2023), Decimal(2024), None) == "2023 年"
    assert side_text("exact", Decimal(2023), Decimal(5), None) == "2,023"
    assert side_text("exact", Decimal(20_221_331), Decimal(20_231_231), None) == "20,221,331"


def test_directions_that_contradict_are_told_without_a_sum() -> None:
    sentence = "收入支出总计增加138.89万元，下降3.10%。"
    evidence = [claim("3.10%", sentence, "%"), claim("138.89万元", sentence)]
    text = message("方向不符", "direction", Decimal("-3.1"), Decimal(0), Decimal("-3.1"), evidence)
    assert text == f"方向不符：第 18 页说明“{sentence}”中“138.89万元”与“3.10%”所说的增减方向相反。"
    assert sides("direction", Decimal("-3.1"), Decimal(0), evidence) == ("3.10%", "138.89万元")


def test_a_rule_on_shares_shows_what_is_printed_not_its_multiples() -> None:
    total = replace(CELL, row_label="支出合计", raw_text="30.00", value=Decimal("30.00"))
    assert is_scaled("at_most", Decimal(384_000), [CELL, total])
    assert not is_scaled("at_most", Decimal(38_400), [CELL, total])
    assert not is_scaled("at_most", Decimal(338_400), [CELL, total])  # the sum of both
    text = message(
        "占比高",
        "at_most",
        Decimal(384_000),
        Decimal(300_000),
        Decimal(84_000),
        [CELL, total],
        None,
        "不超过一成。",
    )
    assert text == (
        "占比高：第 13 页《“三公”经费表》“合计”“决算数”为“3.84”，“支出合计”“决算数”为“30.00”。应当：不超过一成。"
    )
    assert sides("at_most", Decimal(384_000), Decimal(300_000), [CELL, total]) == ("3.84 万元", "30.00 万元")


def test_a_rate_on_a_base_of_nothing_says_so() -> None:
    text = message("增减率复算不符", "growth", Decimal(0), None, None, [claim("93.00%", unit="%")])
    assert text.endswith("，而按所列的数，作比较的基数为零，算不出百分比。")


def test_an_excerpt_that_would_say_next_to_nothing_goes_on() -> None:
    sentence = "其中：副部（省）级及以上领导用车0辆、主要负责人用车0辆、机要通信用车0辆、应急保障用车0辆、其他用车4辆；"
    shown = place_text(Evidence("d.s1", "sentence", 22, sentence=sentence))
    assert shown.startswith("第 22 页说明“其中：副部（省）级及以上领导用车0辆、")
    assert len(shown) < 60
