"""Titles as printed in different places name the same statement; contents lines and prose name none."""

from __future__ import annotations

import pytest

from transforms.titles import read_title, read_titles, read_year


@pytest.mark.parametrize(
    ("line", "doc_kind", "code"),
    [
        ("收入支出决算总表", "final_accounts", "T01"),
        ("表1 2024年度收入支出决算总表", "final_accounts", "T01"),
        ("收入支出决算总表公开01表", "final_accounts", "T01"),
        ("收入决算总表", "final_accounts", "T02"),
        ("项目收入支出决算表", "final_accounts", "T12"),
        ("Z01 收入支出决算总表 财决01表", "final_accounts", "T01"),
        ("支出决算表（单位：万元）", "final_accounts", "T03"),
        ("支出决算表 编制单位：平川市甲区财政局 单位：元", "final_accounts", "T03"),
        ("三、支出决算表", "final_accounts", "T03"),
        ("财政拨款收入支出决算总表（公开04表）", "final_accounts", "T04"),
        ("一般公共预算财政拨款支出决算表", "final_accounts", "T05"),
        ("一般公共预算财政拨款收入支出决算表", "final_accounts", "T05"),
        ("一般公共预算财政拨款基本支出决算明细表", "final_accounts", "T06"),
        ("财政拨款“三公”经费及会议费、培训费支出决算表", "final_accounts", "T07"),
        ("政府性基金预算财政拨款收入支出决算表", "final_accounts", "T08"),
        ("国有资本经营预算财政拨款支出决算表", "final_accounts", "T09"),
        ("机构运行信息表", "final_accounts", "T10"),
        ("项目支出绩效自评表", "final_accounts", "PF"),
        ("2024年度部门整体支出绩效自评表", "final_accounts", "PFW"),
        ("部门收支总体情况表", "budget", "BT01"),
        ("2026年部门收支总表", "budget", "BT01"),
        ("收入预算总表", "budget", "BT02"),
        ("部门支出总体情况表", "budget", "BT03"),
        ("财政拨款收支总表", "budget", "BT04"),
        ("一般公共预算支出表（按功能分类科目）", "budget", "BT05"),
        ("一般公共预算财政拨款支出预算表", "budget", "BT05"),
        ("一般公共预算基本支出情况表", "budget", "BT08"),
        ("一般公共预算“三公”经费支出预算表", "budget", "BT09"),
        ("政府性基金预算支出表", "budget", "BT06"),
        ("国有资本经营预算支出情况表", "budget", "BT07"),
        ("项目支出预算表", "budget", "BT13"),
        ("政府采购预算明细表", "budget", "BT11"),
        ("政府购买服务预算表", "budget", "BT17"),
        ("项目支出绩效目标表", "budget", "BT14"),
        ("部门整体支出绩效目标表", "budget", "BT16"),
    ],
)
def test_the_same_statement_under_many_names(line: str, doc_kind: str, code: str) -> None:
    title = read_title(line)
    assert title is not None
    assert title.code_for(doc_kind) == code


def test_a_local_number_is_no_key() -> None:
    seventh = read_title("公开07表 财政拨款“三公”经费支出决算表")
    ninth = read_title("公开09表 财政拨款“三公”经费支出决算表")
    assert seventh is not None
    assert ninth is not None
    assert seventh.code_for("final_accounts") == ninth.code_for("final_accounts") == "T07"


@pytest.mark.parametrize(
    "line",
    [
        "公开01表",
        "单位：万元",
        "本表反映部门本年度的总收支情况。",
        "一、收入支出决算总体情况说明",
        "第二部分 2024年度部门决算表",
        "部门决算报表",
        "详见附表",
        "纳入决算编制范围的单位详细情况见下表",
    ],
)
def test_lines_that_are_no_title(line: str) -> None:
    assert read_title(line) is None


def test_a_contents_line_loses_leaders_and_page_number() -> None:
    title = read_title("四、财政拨款收入支出决算总表..........................12")
    assert title is not None
    assert title.text == "财政拨款收入支出决算总表"


def test_a_title_broken_over_two_lines() -> None:
    titles = read_titles(
        ["部门综合预算一般公共预算支出明细表（按支出功能分类科目-", "不含上年结转）", "单位：元"]
    )
    assert [title.code_for("budget") for title in titles] == ["BT05"]


@pytest.mark.parametrize(
    ("first", "second", "code"),
    [
        ("平川市财政局2023年一般公共预算财政", "拨款支出决算表", "T05"),
        ("平川市财政局2023年一般公共预算财政拨款基本", "支出决算表", "T06"),
        ("平川市财政局2023年部门决算情况", "支出决算表", "T03"),  # a line of its own
    ],
)
def test_the_second_half_of_a_title_that_is_a_title_too(first: str, second: str, code: str) -> None:
    assert [title.final_accounts for title in read_titles([first, second])] == [code]


@pytest.mark.parametrize(
    ("text", "year"),
    [("2024年度", 2024), ("二〇二四年度", 2024), ("二○二三年", 2023), ("2026部门预算", 2026)],
)
def test_years_in_digits_and_characters(text: str, year: int) -> None:
    assert read_year(text) == year
