"""What the columns of a statement measure, and what becomes of those that nobody knows."""

from __future__ import annotations

from decimal import Decimal

import polars as pl

from tests.transforms.readings import budget, caption, final_accounts, read, value


def test_a_missing_unit_is_inferred_and_marked() -> None:
    rows = [
        ["科目编码", "科目名称", "本年支出合计", "基本支出"],
        ["201", "一般公共服务支出", "1,200.50", "1,200.50"],
    ]
    yuan = [
        ["科目编码", "科目名称", "合计", "基本支出"],
        ["201", "一般公共服务支出", "12,005,000.00", "12,005,000.00"],
    ]
    builder = final_accounts().table(caption("支出决算表"), rows)
    frames = read(builder.table("一般公共预算财政拨款支出决算表", yuan, page=3))
    found = frames["statement"].select("statement_code", "money_unit", "is_money_unit_inferred").rows()
    assert found == [("T03", "万元", False), ("T05", "元", True)]
    inferred = frames["amount"].filter(pl.col("statement_code") == "T05")
    assert inferred["is_unit_inferred"].all()
    assert inferred["amount_yuan"].to_list() == [Decimal(12_005_000)] * 2


def test_an_unknown_code_is_loaded_and_listed() -> None:
    rows = [["科目编码", "科目名称", "本年支出合计", "基本支出"], ["2019977", "本地新设事务", "1.00", "1.00"]]
    frames = read(final_accounts().table(caption("支出决算表"), rows))
    assert frames["amount"]["functional_code"].to_list() == ["2019977", "2019977"]
    assert frames["amount"]["subject_name"].unique().to_list() == ["本地新设事务"]
    listed = frames["unmapped"].select("kind", "text", "reason").rows()
    assert listed == [("code", "2019977 本地新设事务", "code_not_in_reference")]


def test_an_unknown_column_stays_raw_and_is_counted() -> None:
    rows = [
        ["科目编码", "科目名称", "本年支出合计", "战略储备支出"],
        ["201", "一般公共服务支出", "3.00", "1.00"],
    ]
    frames = read(final_accounts().table(caption("支出决算表"), rows))
    assert frames["amount"].height == 1
    label = frames["cell_label"].filter(pl.col("column_no") == 4).to_dicts()
    assert [cell["unmapped_reason"] for cell in label] == [None, "column_not_in_vocabulary"]
    assert frames["unmapped"].select("kind", "text").rows() == [("column", "战略储备支出")]


def test_columns_of_two_years_and_their_change() -> None:
    rows = [
        [
            ("科目编码", 2, 1), ("科目名称", 2, 1), ("2025年执行数", 2, 1), ("2026年预算数", 1, 3), None, None,
            ("2026年预算数比2025年执行数", 1, 2), None,
        ],
        [None, None, None, "小计", "基本支出", "项目支出", "增减额", "增减%"],
        ["201", "一般公共服务支出", "8.00", "9.00", "5.00", "4.00", "1.00", "12.5%"],
    ]  # fmt: skip
    frames = read(budget().table(caption("一般公共预算支出表"), rows))
    found = frames["amount"].select("measure", "stage", "value").rows()
    assert found == [
        ("total", "prior_year_execution", Decimal(8)), ("total", "budget", Decimal(9)),
        ("basic", "budget", Decimal(5)), ("project", "budget", Decimal(4)),
    ]  # fmt: skip
    assert frames["cell_label"]["unmapped_reason"].drop_nulls().to_list() == [
        "code",
        "change_column",
        "change_column",
    ]


def test_one_heading_above_two_code_columns_with_lost_zeros() -> None:
    rows = [
        [("经济分类科目编码", 1, 2), None, "科目名称", "决算数"] * 2,
        ["301", "", "工资福利支出", "50.00", "302", "", "商品和服务支出", "10.00"],
        ["301", "1", "基本工资", "50.00", "302", "1", "办公费", "10.00"],
        [("人员经费合计", 1, 3), None, None, "50.00", ("公用经费合计", 1, 3), None, None, "10.00"],
    ]
    frames = read(final_accounts().table(caption("一般公共预算财政拨款基本支出决算表"), rows))
    assert frames["amount"]["economic_code"].to_list() == ["301", "302", "30101", "30201", None, None]


def test_a_heading_over_the_middle_one_of_three_code_columns() -> None:
    rows = [
        ["", "科目编码", "", "科目名称", "本年支出合计", "基本支出"],
        ["201", "", "", "一般公共服务支出", "3.00", "3.00"],
        ["201", "06", "", "财政事务", "3.00", "3.00"],
        ["201", "06", "01", "行政运行", "3.00", "3.00"],
    ]
    frames = read(final_accounts().table(caption("支出决算表"), rows))
    total = frames["amount"].filter(pl.col("measure") == "total")
    assert total["functional_code"].to_list() == ["201", "20106", "2010601"]


def test_a_total_below_a_heading_over_several_columns_is_one_of_them() -> None:
    rows = [
        [("项目名称", 2, 1), ("资金来源", 1, 3), None, None],
        [None, "合计", "一般公共预算", "政府性基金"],
        ["台式计算机", "3.00", "2.00", "1.00"],
    ]
    frames = read(budget().table(caption("政府采购预算表"), rows))
    found = frames["amount"].select("fund", "value").rows()
    assert found == [
        ("all", Decimal(3)),
        ("general_public_budget", Decimal(2)),
        ("government_managed_funds", Decimal(1)),
    ]


def test_functional_rows_with_economic_columns() -> None:
    rows = [
        [
            ("科目编码", 2, 1),
            ("科目名称", 2, 1),
            ("合计", 2, 1),
            ("工资福利支出", 1, 3),
            None,
            None,
            ("对个人和家庭的补助", 1, 2),
            None,
        ],
        [None, None, None, "小计", "基本工资", "津贴补贴", "小计", "退休费"],
        ["201", "一般公共服务支出", "9.00", "7.00", "4.00", "3.00", "2.00", "2.00"],
        ["2010601", "行政运行", "9.00", "7.00", "4.00", "3.00", "2.00", "2.00"],
    ]
    frames = read(final_accounts().table(caption("一般公共预算财政拨款支出决算表"), rows))
    amounts = frames["amount"].filter(pl.col("functional_code") == "2010601")
    found = amounts.select("line_code", "economic_code", "value", "is_leaf").rows()
    assert found == [
        ("functional.item", None, Decimal(9), True),
        ("cross.item", "301", Decimal(7), False),
        ("cross.item", "30101", Decimal(4), False),
        ("cross.item", "30102", Decimal(3), False),
        ("cross.item", "303", Decimal(2), False),
        ("cross.item", "30302", Decimal(2), False),
    ]


def test_headings_left_outside_the_grid_name_its_columns_only_if_they_are_as_many() -> None:
    rows = [
        ["301", "工资福利支出", "9.00", "9.00", ""],
        ["302", "商品和服务支出", "2.00", "", "2.00"],
        ["30201", "办公费", "2.00", "", "2.00"],
    ]
    title = "一般公共预算基本支出部门预算经济分类预算表\n单位：万元\n部门经济分类科目名称{words}\n编码"
    named = read(budget().table(title.format(words="合计人员经费公用经费"), rows))
    assert value(named, economic_code="302", measure="general_operating") == 2
    assert value(named, economic_code="301", measure="total") == 9
    short = read(budget().table(title.format(words="合计人员经费"), rows))
    assert short["amount"].height == 0


def test_a_subtotal_left_of_cars_is_theirs_without_a_heading_above() -> None:
    """Without rules the heading over 小计, 购置费 and 运行费 stands over the middle one only."""
    rows = [
        ["", "", "", "公务用车购置及运行费", "", ""],
        ["合计", "因公出国（境）费", "小计", "公务用车购置费", "公务用车运行费", "公务接待费"],
        ["6.50", "", "5.00", "", "5.00", "1.50"],
    ]
    frames = read(final_accounts().table(caption("财政拨款“三公”经费支出决算表"), rows))
    lines = frames["amount"].filter(pl.col("value") > 0).select("line_code", "value").rows()
    assert [line for line, value in lines if value == Decimal("5.00")] == [
        "three_public.vehicles",
        "three_public.vehicle_operation",
    ]
    assert [value for line, value in lines if line == "three_public.total"] == [Decimal("6.50")]


def test_a_further_block_of_a_summary_whose_heading_is_no_known_word() -> None:
    rows = [
        [("收入", 1, 2), None, ("支出", 1, 4), None, None, None],
        ["项目", "预算数", "项目", "预算数", "支出性质", "预算数"],
        ["一、一般公共预算拨款收入", "90.00", "一、一般公共服务支出", "70.00", "一、基本支出", "60.00"],
        ["二、其他收入", "", "二、卫生健康支出", "20.00", "二、项目支出", "30.00"],
        ["收入总计", "90.00", "支出总计", "90.00", "", ""],
    ]
    frames = read(budget().table(caption("部门收支总体情况表"), rows))
    assert value(frames, line_code="expenditure.basic") == 60
    assert value(frames, line_code="expenditure.project") == 30
    assert value(frames, line_code="expenditure.class", functional_code="210") == 20


def test_a_column_of_texts_is_no_measure_whatever_its_heading_says() -> None:
    rows = [
        ["项目名称", "项目单位", "合计", "一般公共预算"],
        ["社区治理", "平川市甲区财政局", "3.00", "3.00"],
        ["合计", "", "3.00", "3.00"],
    ]
    frames = read(budget().table(caption("项目支出表"), rows))
    assert value(frames, line_code="project.total", fund="all") == 3
    assert frames["amount"]["item"].str.contains("列").any() is False


def test_vehicles_and_equipment_named_by_the_columns() -> None:
    """One row for the whole, or one for each unit, below headings that elsewhere are rows."""
    rows = [
        [("车辆（辆）", 1, 3), None, None, ("单价100万元（含）以上设备（台/套）", 2, 1)],
        ["合计", "机要通信用车", "其他用车", None],
        ["5", "3", "2", "1"],
    ]
    frames = read(final_accounts().table("国有资产占有使用情况表", rows))
    assert value(frames, line_code="vehicles.total") == 5
    assert value(frames, line_code="vehicles.confidential_communication") == 3
    assert value(frames, line_code="equipment.over_one_million") == 1
    assert set(frames["amount"]["unit"]) == {"辆", "台（套）"}
    assert set(frames["amount"]["measure"]) == {"count"}
    assert frames["amount"]["amount_yuan"].null_count() == 4


def test_vehicles_beside_all_assets_are_what_they_are_worth() -> None:
    rows = [
        [
            ("项目", 2, 1), ("行次", 2, 1), ("资产总额", 2, 1), ("流动资产", 2, 1), ("固定资产", 1, 3), None, None,
            ("在建工程", 2, 1),
        ],
        [None, None, None, None, "小计", "车辆", "其他固定资产", None],
        ["栏次", "", "1", "2", "3", "4", "5", "6"],
        ["合计", "1", "100.00", "40.00", "50.00", "20.00", "30.00", "10.00"],
    ]  # fmt: skip
    frames = read(final_accounts().table(caption("国有资产使用情况表"), rows))
    found = frames["amount"].select("line_code", "value", "unit").rows()
    assert found == [
        ("assets.total", Decimal(100), "万元"), ("assets.current", Decimal(40), "万元"),
        ("assets.fixed", Decimal(50), "万元"), ("assets.fixed.vehicles", Decimal(20), "万元"),
        ("assets.fixed.other", Decimal(30), "万元"), ("assets.construction", Decimal(10), "万元"),
    ]  # fmt: skip


def test_procurement_by_kind_and_size_of_supplier_down_the_page() -> None:
    rows = [
        ["项目", "金额"],
        ["政府采购支出合计", "9.00"],
        ["1.政府采购货物支出", "4.00"],
        ["2.政府采购服务支出", "5.00"],
        ["授予中小企业合同金额", "8.00"],
        ["其中：授予小微企业合同金额", "7.00"],
    ]
    frames = read(final_accounts().table(caption("政府采购支出情况表"), rows))
    assert value(frames, line_code="procurement.total") == 9
    assert value(frames, line_code="procurement.small_and_medium") == 8
    assert value(frames, line_code="procurement.small_and_micro") == 7
