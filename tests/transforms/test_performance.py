"""Self-evaluation and target forms of several provinces."""

from __future__ import annotations

from decimal import Decimal

import polars as pl

from tests.transforms.builders import ExtractionBuilder, Printed
from transforms.document import transform_document


def form(project: str, score: str) -> list[list[Printed | None]]:
    return [
        [("项目名称", 1, 2), None, (project, 1, 7), *[None] * 6],
        [("主管部门", 1, 2), None, ("平川市财政局", 1, 3), None, None, "实施单位", ("平川市财政局", 1, 3), None, None],
        [("项目资金（万元）", 3, 1), "", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率（B/A）", "得分", "备注"],
        [None, "年度资金总额：", "10.00", "12.00", "6.000", "10", "50.00%", "5", ""],
        [None, "其中：财政拨款", "10.00", "12.00", "6.000", "——", "——", "——", ""],
        [("绩效指标", 3, 1), "一级指标", "二级指标", ("三级指标", 1, 2), None, "年度指标值", "实际完成值", "分值", "得分"],
        [None, ("产出指标", 2, 1), "数量指标", ("培训人数", 1, 2), None, "≥300人", "366人", "50", "50"],
        [None, None, "质量指标", ("合格率", 1, 2), None, "95", "98", "40", "35"],
        [("总分", 1, 7), *[None] * 6, "100", score],
    ]  # fmt: skip


def test_a_form_gives_funding_indicators_and_score() -> None:
    builder = (
        ExtractionBuilder()
        .line("2024年度部门决算")
        .table("项目支出绩效自评表\n（2024年度）", form("培训经费", "90"))
    )
    frames = transform_document(builder.build())
    assert frames["statement"]["statement_code"].to_list() == ["PF"]
    amounts = frames["amount"]
    funding = amounts.filter(pl.col("line_code") == "performance.funding")
    read = dict(zip(funding["measure"].to_list(), funding["value"].to_list(), strict=True))
    assert read == {
        "initial_budget": 10, "full_year_budget": 12, "executed": 6, "weight": 10, "execution_rate": 50, "score": 5,
    }  # fmt: skip
    assert funding.filter(pl.col("measure") == "executed")["amount_yuan"].to_list() == [Decimal(60_000)]
    indicators = frames["performance_indicator"]
    assert indicators["level_one"].to_list() == ["产出指标", "产出指标"]
    assert indicators["level_three"].to_list() == ["培训人数", "合格率"]
    assert indicators["target"].to_list() == ["≥300人", "95"]
    assert indicators["score"].to_list() == [50, 35]
    total = amounts.filter(pl.col("line_code") == "performance.total_score")
    assert dict(zip(total["measure"].to_list(), total["value"].to_list(), strict=True)) == {
        "weight": 100,
        "score": 90,
    }
    assert frames["performance_project"].select("project", "total_score").row(0) == ("培训经费", 90)


def test_a_target_of_95_is_a_text_not_an_amount() -> None:
    builder = ExtractionBuilder().line("2024年度部门决算").table("项目支出绩效自评表", form("培训经费", "90"))
    frames = transform_document(builder.build())
    assert frames["amount"].filter(pl.col("value").is_in([Decimal(95), Decimal(98)])).height == 0
    assert "indicator_text" in frames["cell_label"]["unmapped_reason"].to_list()


def test_forms_joined_into_one_table_are_taken_apart() -> None:
    rows = form("培训经费", "90") + form("维修经费", "88")
    frames = transform_document(
        ExtractionBuilder().line("2024年度部门决算").table("项目支出绩效自评表", rows).build()
    )
    assert frames["statement"]["statement_code"].to_list() == ["PF", "PF"]
    assert frames["performance_project"]["project"].to_list() == ["培训经费", "维修经费"]
    assert frames["performance_project"]["total_score"].to_list() == [90, 88]
    executed = frames["amount"].filter(
        (pl.col("line_code") == "performance.funding") & (pl.col("measure") == "executed")
    )
    assert executed["item"].to_list() == ["培训经费", "维修经费"]


def test_a_form_cut_above_its_indicators_is_one_form() -> None:
    """What does not fit is kept together on the next page: the first part has no indicators."""
    rows = form("培训经费", "90")
    goal: list[Printed | None] = [("年度总体目标", 1, 2), None, ("开展培训，提高能力。", 1, 7), *[None] * 6]
    builder = ExtractionBuilder().line("2024年度部门决算").table("项目支出绩效自评表", [*rows[:5], goal])
    frames = transform_document(builder.table("", rows[5:], page=3).build())
    assert frames["statement"]["statement_code"].to_list() == ["PF"]
    assert frames["performance_project"].select("project", "total_score").row(0) == ("培训经费", 90)
    assert frames["amount"].filter(pl.col("line_code") == "performance.indicator").height == 4


def test_a_target_form_with_amounts_beside_their_labels() -> None:
    rows: list[list[Printed | None]] = [
        [("项目名称", 1, 3), None, None, ("信息化运维", 1, 2), None],
        [("资金金额（万元）", 3, 3), None, None, "年度资金总额：", "28.50"],
        [None, None, None, "其中：财政拨款", "20.00"],
        [None, None, None, "其他资金", "8.50"],
        ["年度绩效指标", "一级指标", "二级指标", "三级指标", "指标值"],
        ["", "产出指标", "数量指标", "维护次数", "≥12次"],
    ]
    frames = transform_document(
        ExtractionBuilder().line("2026年部门预算").table("项目支出绩效目标表", rows).build()
    )
    assert frames["statement"]["statement_code"].to_list() == ["BT14"]
    found = frames["amount"].select("line_code", "item", "value", "unit").rows()
    assert found == [
        ("performance.funding", "信息化运维", Decimal("28.5"), "万元"),
        ("performance.funding_part", "信息化运维/财政拨款", Decimal(20), "万元"),
        ("performance.funding_part", "信息化运维/其他资金", Decimal("8.5"), "万元"),
    ]


def test_a_flat_list_of_targets() -> None:
    rows: list[list[Printed | None]] = [
        [
            ("项目名称", 2, 1),
            ("项目总额", 2, 1),
            ("其中：", 1, 2),
            None,
            ("一级指标", 2, 1),
            ("二级指标", 2, 1),
            ("三级指标", 2, 1),
            ("指标值", 2, 1),
        ],
        [None, None, "财政资金", "其他资金", None, None, None, None],
        [
            ("甲项目", 2, 1),
            ("9.70", 2, 1),
            ("9.70", 2, 1),
            ("", 2, 1),
            "产出指标",
            "质量指标",
            "合格率",
            "100",
        ],
        [None, None, None, None, "产出指标", "时效指标", "完成时间", "12月"],
        ["乙项目", "1.00", "", "1.00", "效益指标", "社会效益", "保障", "优"],
    ]
    builder = ExtractionBuilder().line("2026年部门预算").table("项目支出绩效目标表\n金额单位：万元", rows)
    frames = transform_document(builder.build())
    total = frames["amount"].filter(pl.col("line_code") == "performance.funding")
    assert total.select("item", "value").rows() == [("甲项目", Decimal("9.7")), ("乙项目", Decimal(1))]
    assert frames["performance_indicator"]["project"].to_list() == ["甲项目", "甲项目", "乙项目"]


def test_a_form_with_letters_weights_in_brackets_and_a_grade_of_its_own() -> None:
    rows: list[list[Printed | None]] = [
        ["项目名称", ("养护经费", 1, 5), *[None] * 4],
        [("预算执行情况（万元）", 2, 1), "", "预算数（A）", "执行数（B）", "执行率（B/A）", "得分"],
        [None, "年度财政资金总额", "100.00", "95.00", "95%", "19"],
        ["一级指标", "二级指标", "三级指标", "年初目标值（A）", "实际完成值（B）", "得分"],
        ["产出指标（40分）", "数量指标", "养护里程", "20公里", "20公里", "40"],
        ["总分", "", "", "", "", "98"],
        ["自评等级", ("优", 1, 5), *[None] * 4],
    ]
    frames = transform_document(
        ExtractionBuilder().line("2024年度部门决算").table("项目自评表", rows).build()
    )
    amounts = frames["amount"]
    funding = amounts.filter(pl.col("line_code") == "performance.funding")
    read = dict(zip(funding["measure"].to_list(), funding["value"].to_list(), strict=True))
    assert read == {"full_year_budget": 100, "executed": 95, "execution_rate": 95, "score": 19}
    assert frames["performance_project"].select("total_score", "grade").row(0) == (98, "优")
    assert frames["performance_indicator"].select("level_three", "target", "score").row(0) == (
        "养护里程",
        "20公里",
        40,
    )
