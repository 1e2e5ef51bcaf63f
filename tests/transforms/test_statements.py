"""Whole statements laid out as different places print them."""

from __future__ import annotations

from decimal import Decimal

import polars as pl
import pytest

from tests.transforms.readings import budget, caption, codes, final_accounts, read, value


def test_two_sided_summary_by_names_not_by_order() -> None:
    rows = [
        [("收入", 1, 3), None, None, ("支出", 1, 3), None, None],
        ["项目", "行次", "金额", "项目", "行次", "金额"],
        ["栏次", "", "1", "栏次", "", "2"],
        ["一、一般公共预算财政拨款收入", "1", "100.00", "一、一般公共服务支出", "9", "80.00"],
        ["二、其他收入", "2", "", "二、抗疫特别国债安排的支出", "10", "——"],
        ["本年收入合计", "3", "100.00", "本年支出合计", "11", "80.00"],
        ["年初结转和结余", "4", "5.00", "结余分配", "12", ""],
        ["", "5", "", "年末结转和结余", "13", "25.00"],
        ["总计", "6", "105.00", "总计", "14", "105.00"],
    ]
    frames = read(final_accounts().table(caption("收入支出决算总表"), rows))
    assert codes(frames) == ["T01"]
    assert value(frames, line_code="revenue.opening_carryover") == 5
    assert value(frames, line_code="expenditure.class", functional_code="201") == 80
    dashed = frames["amount"].filter(pl.col("functional_code") == "234").row(0, named=True)
    assert (dashed["state"], dashed["value"], dashed["amount_yuan"]) == ("dash", 0, 0)
    assert frames["amount"].filter(pl.col("value").is_in([Decimal(1), Decimal(2), Decimal(14)])).height == 0
    reasons = (
        frames["cell_label"]
        .filter(pl.col("unmapped_reason").is_not_null())["unmapped_reason"]
        .unique()
        .to_list()
    )
    assert set(reasons) <= {"line_number", "column_number"}
    assert value(frames, line_code="revenue.total") == 105


def test_own_level_codes_are_carried_down_and_the_total_may_share_the_header_row() -> None:
    rows = [
        [("项目", 1, 4), None, None, None, ("本年支出合计", 3, 1), ("基本支出", 3, 1), ("项目支出", 3, 1)],
        [("支出功能分类", 1, 3), None, None, ("科目名称", 2, 1), None, None, None],
        [("科目编码", 1, 3), None, None, None, None, None, None],
        ["类", "款", "项", "合计", "30.00", "20.00", "10.00"],
        ["201", "", "", "一般公共服务支出", "30.00", "20.00", "10.00"],
        ["", "6", "", "财政事务", "30.00", "20.00", "10.00"],
        ["", "", "1", "行政运行", "20.00", "20.00", ""],
        ["", "", "99", "其他财政事务支出", "10.00", "", "10.00"],
    ]
    frames = read(final_accounts().table(caption("支出决算表"), rows))
    total = frames["amount"].filter(pl.col("measure") == "total")
    assert total["functional_code"].to_list() == [None, "201", "20106", "2010601", "2010699"]
    assert total["line_code"].to_list() == [
        "functional.total", "functional.class", "functional.group", "functional.item", "functional.item",
    ]  # fmt: skip
    assert total["is_leaf"].to_list() == [False, False, False, True, True]


@pytest.mark.parametrize(
    ("name", "code"), [("01 行政运行", "2010601"), ("99年度资金", "20106"), ("2020专项", "20106")]
)
def test_last_level_in_front_of_the_name_is_read_as_the_level(name: str, code: str) -> None:
    """Without upright rules the digits of 项 lie in the names' column where a page before had none of them."""
    rows = [
        [("项目", 1, 4), None, None, None, ("本年支出合计", 2, 1), ("基本支出", 2, 1), ("项目支出", 2, 1)],
        ["类", "款", "项", "科目名称", None, None, None],
        ["201", "06", "", "财政事务", "30.00", "20.00", "10.00"],
        ["201", "06", "", name, "20.00", "20.00", ""],
    ]
    frames = read(final_accounts().table(caption("支出决算表"), rows))
    total = frames["amount"].filter(pl.col("measure") == "total")
    assert total["functional_code"].to_list() == ["20106", code]


def test_funds_of_the_fiscal_summary() -> None:
    rows = [
        [("收入", 1, 2), None, ("支出", 1, 5), None, None, None, None],
        [
            "项目",
            "决算数",
            "项目",
            "合计",
            "一般公共预算财政拨款",
            "政府性基金预算财政拨款",
            "国有资本经营预算财政拨款",
        ],
        ["一、一般公共预算财政拨款", "90.00", "一、一般公共服务支出", "80.00", "80.00", "", ""],
        ["二、政府性基金预算财政拨款", "20.00", "二、城乡社区支出", "20.00", "", "20.00", ""],
        ["本年收入合计", "110.00", "本年支出合计", "100.00", "80.00", "20.00", ""],
        ["年初财政拨款结转和结余", "1.00", "年末财政拨款结转和结余", "11.00", "11.00", "", ""],
        ["一般公共预算财政拨款", "1.00", "", "", "", "", ""],
        ["政府性基金预算财政拨款", "", "", "", "", "", ""],
        ["总计", "111.00", "总计", "111.00", "91.00", "20.00", ""],
    ]
    frames = read(final_accounts().table(caption("财政拨款收入支出决算总表"), rows))
    assert codes(frames) == ["T04"]
    assert value(frames, line_code="revenue.general_public_budget", fund="general_public_budget") == 90
    assert value(frames, line_code="revenue.opening_carryover") == 1
    assert value(frames, line_code="revenue.opening_carryover.general_public_budget") == 1
    assert (
        value(frames, line_code="expenditure.class", functional_code="212", fund="government_managed_funds")
        == 20
    )
    assert value(frames, line_code="expenditure.class", functional_code="212", fund="all") == 20
    assert value(frames, line_code="expenditure.closing_carryover", fund="general_public_budget") == 11


def test_three_public_down_the_page_and_across() -> None:
    across = [
        [("预算数", 1, 6), *[None] * 5, ("决算数", 1, 6), *[None] * 5],
        [
            ("合计", 2, 1), ("因公出国（境）费", 2, 1), ("公务用车购置及运行维护费", 1, 3), None, None, ("公务接待费", 2, 1),
            ("合计", 2, 1), ("因公出国（境）费", 2, 1), ("公务用车购置及运行维护费", 1, 3), None, None, ("公务接待费", 2, 1),
        ],
        [
            None, None, "小计", "公务用车购置费", "公务用车运行维护费", None,
            None, None, "小计", "公务用车购置费", "公务用车运行维护费", None,
        ],
        [str(number) for number in range(1, 13)],
        ["9.00", "", "7.00", "", "7.00", "2.00", "6.50", "", "5.00", "", "5.00", "1.50"],
    ]  # fmt: skip
    down = [
        ["项目", "行次", "预算数", "决算数"],
        ["合计", "1", "9.00", "6.50"],
        ["1.因公出国（境）费", "2", "", ""],
        ["2.公务用车购置及运行维护费", "3", "7.00", "5.00"],
        ["（1）公务用车购置费", "4", "", ""],
        ["（2）公务用车运行维护费", "5", "7.00", "5.00"],
        ["3.公务接待费", "6", "2.00", "1.50"],
    ]
    stages = [
        [("项目", 2, 1), ("合计", 2, 1), ("因公出国（境）费", 2, 1), ("公务用车购置及运行维护费", 1, 3), None, None,
            ("公务接待费", 2, 1)],
        [None, None, None, "小计", "公务用车购置费", "公务用车运行维护费", None],
        ["预算数", "9.00", "", "7.00", "", "7.00", "2.00"],
        ["决算数", "6.50", "", "5.00", "", "5.00", "1.50"],
        ["增减额", "-2.50", "", "-2.00", "", "-2.00", "-0.50"],
        ["增减率（%）", "-27.78", "", "-28.57", "", "-28.57", "-25.00"],
    ]  # fmt: skip
    title = caption("财政拨款“三公”经费支出决算表")
    one, other = read(final_accounts().table(title, across)), read(final_accounts().table(title, down))
    third = read(final_accounts().table(title, stages))
    for frames in (one, other, third):
        assert codes(frames) == ["T07"]
        assert value(frames, line_code="three_public.total", stage="budget") == 9
        assert value(frames, line_code="three_public.total", stage="final") == Decimal("6.50")
        assert value(frames, line_code="three_public.vehicles", stage="final") == 5
        assert value(frames, line_code="three_public.vehicle_operation", stage="budget") == 7
        assert value(frames, line_code="three_public.hospitality", stage="final") == Decimal("1.50")
    key = ["line_code", "stage", "fund", "value", "is_leaf"]
    assert one["amount"].select(key).sort(key).equals(other["amount"].select(key).sort(key))


def test_operating_information_in_two_blocks() -> None:
    rows = [
        ["项目", "行次", "年初预算数", "决算数", "项目", "行次", "决算数"],
        ["一、“三公”经费支出", "1", "", "", "四、机关运行经费", "9", "12.00"],
        ["（一）支出合计", "2", "3.00", "2.00", "（一）行政单位", "10", "12.00"],
        ["1.公务接待费", "3", "3.00", "2.00", "五、国有资产占用情况", "11", ""],
        ["（二）相关统计数", "4", "", "", "（一）车辆数合计（辆）", "12", "4"],
        ["1.国内公务接待批次（个）", "5", "", "6", "1.机要通信用车", "13", "1"],
        ["2.国内公务接待人次（人）", "6", "", "40", "2.其他用车", "14", "3"],
        ["二、会议费", "7", "1.00", "0.50", "六、政府采购支出信息", "15", ""],
        ["三、培训费", "8", "", "", "（一）政府采购支出合计", "16", "8.00"],
    ]
    frames = read(final_accounts().table(caption("机构运行信息表"), rows))
    assert codes(frames) == ["T10"]
    assert value(frames, line_code="three_public.total", stage="initial_budget") == 3
    batches = frames["amount"].filter(
        (pl.col("line_code") == "three_public.reception_batches") & (pl.col("state") == "number")
    )
    assert batches.select("value", "unit", "measure", "amount_yuan").row(0) == (6, "个", "count", None)
    vehicles = frames["amount"].filter(pl.col("line_code") == "vehicles.total")
    assert vehicles.select("value", "unit").row(0) == (4, "辆")
    assert value(frames, line_code="procurement.total") == 8
    assert value(frames, line_code="agency_operating_cost.administrative") == 12


def test_economic_subjects_in_blocks_side_by_side() -> None:
    rows = [
        [("人员经费", 1, 3), None, None, ("公用经费", 1, 6), *[None] * 5],
        ["科目代码", "科目名称", "决算数"] * 3,
        ["301", "工资福利支出", "50.00", "302", "商品和服务支出", "10.00", "307", "债务利息及费用支出", "——"],
        ["30101", "基本工资", "50.00", "30201", "办公费", "10.00", "30701", "国内债务付息", ""],
        [("人员经费合计", 1, 2), None, "50.00", ("公用经费合计", 1, 5), *[None] * 4, "10.00"],
    ]
    frames = read(final_accounts().table(caption("一般公共预算财政拨款基本支出决算表"), rows))
    assert codes(frames) == ["T06"]
    assert value(frames, economic_code="301") == 50
    assert value(frames, economic_code="307") == 0
    assert value(frames, line_code="economic.personnel_total") == 50
    assert frames["amount"]["measure"].unique().to_list() == ["total"]
    assert value(frames, line_code="economic.general_operating_total") == 10
    leaves = frames["amount"].filter(pl.col("is_leaf"))["economic_code"].to_list()
    assert sorted(leaves) == ["30101", "30201", "30701"]


def test_budget_summary_in_three_blocks() -> None:
    rows = [
        [("收入", 1, 2), None, ("支出", 1, 4), None, None, None],
        [("项目名称", 2, 1), ("金额", 2, 1), ("功能分类", 1, 2), None, ("支出用途", 1, 2), None],
        [None, None, "功能科目名称", "金额", "项目名称", "金额"],
        ["一、财政拨款", "10.00", "一、一般公共服务支出", "8.00", "一、基本支出", "6.00"],
        ["1.一般公共预算", "10.00", "二、外交支出", "", "二、项目支出", "4.00"],
        ["2.政府性基金预算", "", "三、住房保障支出", "2.00", "三、单位预留机动经费", ""],
        ["当年收入小计", "10.00", ("当年支出小计", 1, 3), None, None, "10.00"],
        ["收入合计", "10.00", ("支出合计", 1, 3), None, None, "10.00"],
    ]
    frames = read(budget().table(caption("收支预算总表"), rows))
    assert codes(frames) == ["BT01"]
    assert value(frames, line_code="revenue.fiscal_appropriation") == 10
    assert value(frames, line_code="expenditure.class", functional_code="221") == 2
    assert value(frames, line_code="expenditure.project") == 4
    assert value(frames, line_code="expenditure.subtotal") == 10
    assert value(frames, line_code="expenditure.total") == 10
    assert not frames["amount"].filter(pl.col("line_code") == "expenditure.basic")["is_leaf"].any()


def test_embedded_codes_and_economic_codes_beside_each_other() -> None:
    rows = [
        [
            "部门经济科目编码",
            "部门经济科目名称",
            "政府经济科目编码",
            "政府经济科目名称",
            "合计",
            "人员经费支出",
            "公用经费支出",
            "备注",
        ],
        [("合计", 1, 4), None, None, None, "9.00", "7.00", "2.00", ""],
        ["301", "工资福利支出", "", "", "7.00", "7.00", "", ""],
        ["30101", "基本工资", "50101", "工资奖金津补贴", "4.00", "4.00", "", ""],
        ["30101", "基本工资", "50501", "工资福利支出", "3.00", "3.00", "", ""],
        ["302", "商品和服务支出", "", "", "2.00", "", "2.00", ""],
    ]
    frames = read(budget().table(caption("一般公共预算基本支出明细表（按支出经济分类科目）", "元"), rows))
    assert codes(frames) == ["BT08"]
    assert value(frames, economic_code="30101", measure="total", item="50501") == 3
    assert value(frames, line_code="economic.total", measure="personnel") == 7
    names = [["功能科目名称", "合计"], ["[201]一般公共服务支出", "5.00"], ["[20106]财政事务", "5.00"]]
    frames = read(budget().table(caption("一般公共预算支出情况表（按功能分类科目）"), names))
    assert frames["amount"]["functional_code"].to_list() == ["201", "20106"]
