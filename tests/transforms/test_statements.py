"""Whole statements laid out as different places print them."""

from __future__ import annotations

from decimal import Decimal

import polars as pl

from tests.transforms.builders import ExtractionBuilder
from transforms.document import transform_document


def final_accounts() -> ExtractionBuilder:
    builder = ExtractionBuilder()
    for text in ("平川市甲区财政局", "2024年度部门决算"):
        builder.line(text)
    return builder


def budget() -> ExtractionBuilder:
    return ExtractionBuilder().line("2026年平川市甲区财政局部门预算")


def caption(title: str, unit: str = "万元") -> str:
    return f"{title}\n部门：平川市甲区财政局 金额单位：{unit}"


def read(builder: ExtractionBuilder) -> dict[str, pl.DataFrame]:
    return transform_document(builder.build())


def codes(frames: dict[str, pl.DataFrame]) -> list[str | None]:
    return frames["statement"]["statement_code"].to_list()


def value(frames: dict[str, pl.DataFrame], **where: str) -> Decimal:
    amounts = frames["amount"]
    for column, wanted in where.items():
        amounts = amounts.filter(pl.col(column) == wanted)
    assert amounts.height == 1, amounts
    found: Decimal = amounts["value"][0]
    return found


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


def test_a_continuation_without_headings_goes_on_with_the_statement() -> None:
    head = [["科目编码", "科目名称", "合计", "基本支出", "项目支出"]]
    first = [
        *head,
        [("合计", 1, 2), None, "3.00", "2.00", "1.00"],
        ["201", "一般公共服务支出", "3.00", "2.00", "1.00"],
    ]
    second = [["20106", "财政事务", "3.00", "2.00", "1.00"], ["2010601", "行政运行", "3.00", "2.00", "1.00"]]
    builder = (
        budget().table(caption("支出总表"), first, page=5).table("某局2026年部门预算公开", second, page=6)
    )
    frames = read(builder)
    statements = frames["statement"].to_dicts()
    assert [(s["statement_code"], s["first_page"], s["last_page"]) for s in statements] == [("BT03", 5, 6)]
    assert value(frames, functional_code="2010601", measure="basic") == 2


def test_a_repeated_heading_and_title_is_a_continuation_not_a_second_statement() -> None:
    head = ["预算单位", "科目编码", "科目名称", "支出总计", "基本支出", "项目支出"]
    first = [
        head,
        ["平川市甲区财政局", "", "", "3.00", "2.00", "1.00"],
        ["", "201", "一般公共服务支出", "3.00", "2.00", "1.00"],
    ]
    second = [head, ["", "20106", "财政事务", "3.00", "2.00", "1.00"]]
    frames = read(
        budget().table(caption("支出总表"), first, page=5).table(caption("支出总表"), second, page=6)
    )
    assert codes(frames) == ["BT03"]
    assert value(frames, line_code="functional.total", measure="total") == 3


def test_empty_statements_say_why() -> None:
    rows = [
        ["科目编码", "科目名称", "合计", "基本支出", "项目支出"],
        ["", "", "", "", ""],
        [("合计", 1, 2), None, "", "", ""],
    ]
    declared = final_accounts().table(
        caption("政府性基金预算财政拨款支出决算表"), rows, notes="注：本表无数据。"
    )
    silent = final_accounts().table(caption("政府性基金预算财政拨款支出决算表"), rows)
    assert read(declared)["statement"]["status"].to_list() == ["empty_declared"]
    assert read(silent)["statement"]["status"].to_list() == ["empty"]
    filled = [rows[0], ["212", "城乡社区支出", "1.00", "", "1.00"]]
    contradicted = read(
        final_accounts().table(caption("政府性基金预算财政拨款支出决算表"), filled, notes="注：本表为空表。")
    )
    row = contradicted["statement"].row(0, named=True)
    assert (row["status"], row["status_reason"]) == ("filled", "表下注明无数据，但表中有数")


def test_an_announced_statement_without_a_table_is_kept_as_missing() -> None:
    builder = final_accounts()
    for number, title in enumerate(
        ("收入支出决算总表", "收入决算表", "支出决算表", "财政拨款收入支出决算总表"), start=1
    ):
        builder.line(f"{number}.{title}", page=2)
    rows = [["科目编码", "科目名称", "本年支出合计", "基本支出"], ["201", "一般公共服务支出", "1.00", "1.00"]]
    frames = read(builder.table(caption("支出决算表"), rows, page=4))
    found = dict(zip(codes(frames), frames["statement"]["status"].to_list(), strict=True))
    assert found == {
        "T03": "filled",
        "T01": "announced_only",
        "T02": "announced_only",
        "T04": "announced_only",
    }


def test_a_title_above_words_on_emptiness_is_an_empty_statement() -> None:
    """Without numbers and rules nothing is a table; what the page says is kept all the same."""
    builder = final_accounts().line("政府性基金预算财政拨款收入支出决算表", page=8)
    builder.line("科目编码 科目名称 本年收入 本年支出", page=8)
    builder.line("注：本单位2023年无政府性基金预算，故本表无数据。", page=8)
    builder.line("国有资本经营预算财政拨款支出决算表", page=9).line("项目 本年支出", page=9)
    rows = [["科目编码", "科目名称", "本年支出合计", "基本支出"], ["201", "一般公共服务支出", "1.00", "1.00"]]
    frames = read(builder.table(caption("支出决算表"), rows, page=4))
    statements = frames["statement"].filter(pl.col("statement_code") != "T03")
    assert statements.select("statement_code", "status", "first_page").rows() == [
        ("T08", "empty_declared", 8)
    ]


def test_a_contents_grid_is_no_statement() -> None:
    rows = [
        ["报表", "报表名称", "是否空表"],
        ["表1", "部门综合预算收支总表", ""],
        ["表2", "部门综合预算收入总表", "是"],
    ]
    frames = read(budget().table("目录", rows))
    assert frames["statement"].filter(pl.col("status") == "unrecognised")["status_reason"].to_list() == [
        "contents_lookalike"
    ]
    assert frames["amount"].height == 0


def test_a_table_in_the_narrative_does_not_pose_as_a_statement() -> None:
    rows = [["支出项目", "金额", "占比"], ["基本支出", "10.00", "50%"], ["项目支出", "10.00", "50%"]]
    frames = read(final_accounts().table("图3：一般公共预算财政拨款支出决算结构表", rows))
    assert codes(frames) == [None]
    assert frames["cell_label"]["unmapped_reason"].drop_nulls().unique().to_list() == [
        "table_not_a_statement"
    ]


def test_a_statement_without_a_title_is_known_by_its_headings() -> None:
    rows = [
        ["科目代码", "科目名称", "本年收入合计", "财政拨款收入", "上级补助收入", "事业收入", "其他收入"],
        ["201", "一般公共服务支出", "5.00", "4.00", "", "", "1.00"],
        ["2010601", "行政运行", "5.00", "4.00", "", "", "1.00"],
    ]
    frames = read(final_accounts().table("", rows))
    assert codes(frames) == ["T02"]
    assert frames["statement"]["status_reason"].to_list() == ["标题缺失或不符，按表头和行次内容识别"]


def test_a_title_and_unit_inside_the_grid() -> None:
    rows = [
        [("支出决算表", 1, 4), None, None, None],
        [("编制单位：平川市甲区财政局 单位：元", 1, 4), None, None, None],
        ["科目编码", "科目名称", "本年支出合计", "基本支出"],
        ["201", "一般公共服务支出", "12,345.00", "12,345.00"],
    ]
    frames = read(final_accounts().table("", rows))
    row = frames["statement"].row(0, named=True)
    assert (row["statement_code"], row["money_unit"], row["is_money_unit_inferred"]) == ("T03", "元", False)
    assert frames["amount"]["amount_yuan"].to_list() == [Decimal(12345), Decimal(12345)]


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


def test_one_statement_for_each_unit_of_a_consolidated_document() -> None:
    rows = [["科目编码", "科目名称", "本年支出合计", "基本支出"], ["201", "一般公共服务支出", "3.00", "1.00"]]
    builder = final_accounts()
    for page, unit in enumerate(("平川市甲区财政局", "平川市甲区国库中心", "平川市甲区会计中心"), start=3):
        builder.table(f"支出决算表\n部门：{unit} 金额单位：万元", rows, page=page)
    frames = read(builder)
    assert codes(frames) == ["T03", "T03", "T03"]
    assert frames["statement"]["printed_unit_name"].to_list()[1] == "平川市甲区国库中心"
    assert frames["identity"]["is_consolidated"].to_list() == [True]


def test_one_title_and_unit_above_several_tables_of_a_page() -> None:
    purchases = [
        ["项目", "行次", "统计数"],
        ["一、政府采购情况", "", ""],
        ["合计", "1", "5.00"],
        ["货物", "2", "5.00"],
    ]
    vehicles = [["项目", "行次", "统计数"], ["（一）车辆数合计（辆）", "3", "2"], ["1.其他用车", "4", "2"]]
    builder = final_accounts().table(caption("部门决算公开相关信息统计表"), purchases).table("", vehicles)
    frames = read(builder)
    assert codes(frames) == ["T10"]
    assert value(frames, line_code="procurement.total") == 5
    assert value(frames, line_code="vehicles.total") == 2


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


def test_a_table_of_the_narrative_gives_way_to_the_titled_statement() -> None:
    official = [
        ["项目", "行次", "决算数"],
        ["合计", "1", "2.00"],
        ["因公出国（境）费", "2", ""],
        ["公务接待费", "3", "2.00"],
    ]
    summary = [["项目", "2023年", "2024年"], ["因公出国（境）费", "", ""], ["公务接待费", "3.00", "2.00"]]
    builder = final_accounts().table("", summary, page=3)
    frames = read(builder.table(caption("财政拨款“三公”经费支出决算表"), official, page=9))
    assert codes(frames) == [None, "T07"]
    alone = read(final_accounts().table("", official, page=3))
    assert codes(alone) == ["T07"]


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


def test_amounts_below_a_title_that_are_in_no_table_are_a_statement_not_read() -> None:
    frames = read(
        final_accounts()
        .line("政府性基金预算财政拨款收入支出决算表", page=3)
        .line("合计 1.00 2.00 3.00", page=3)
        .line("国有资本经营预算财政拨款支出决算表", page=4)
    )
    assert frames["statement"].select("status", "title", "table_no").rows() == [
        ("unrecognised", "政府性基金预算财政拨款收入支出决算表", None)
    ]
