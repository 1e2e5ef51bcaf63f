"""Which table is which statement: by title, by headings, continued, announced, empty, or in the narrative only."""

from __future__ import annotations

from decimal import Decimal

import polars as pl

from tests.transforms.readings import budget, caption, codes, final_accounts, read, value


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
