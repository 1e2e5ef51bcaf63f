"""Publisher, year, kind and scope from inside a document."""

from __future__ import annotations

from typing import Any

import pytest

from tests.transforms.builders import ExtractionBuilder
from transforms.document import transform_document

ROWS = [["科目编码", "科目名称", "本年支出合计", "基本支出"], ["201", "一般公共服务支出", "1.00", "1.00"]]


def identity(builder: ExtractionBuilder) -> dict[str, Any]:
    return transform_document(builder.build())["identity"].row(0, named=True)


@pytest.mark.parametrize(
    ("lines", "name", "year", "kind", "scope"),
    [
        (("平川市甲区审计局", "2024年度部门决算"), "平川市甲区审计局", 2024, "final_accounts", "department"),
        (("2023年度平川市甲区水务局单位决算公开",), "平川市甲区水务局", 2023, "final_accounts", "unit"),
        (
            ("平川市2026年市级单位预算", "预算单位：平川市福利彩票中心"),
            "平川市福利彩票中心",
            2026,
            "budget",
            "unit",
        ),
        (
            ("平川市甲区2025年部门预算", "预算主管部门：平川市甲区教育局"),
            "平川市甲区教育局",
            2025,
            "budget",
            "department",
        ),
        (
            ("2026年部门预算", "预算部门：平川市甲区西桥镇人民政府"),
            "平川市甲区西桥镇人民政府",
            2026,
            "budget",
            "department",
        ),
        (("平川市司法局", "二〇二四年度部门决算"), "平川市司法局", 2024, "final_accounts", "department"),
        (
            ("二〇二四年", "平川市登记中心（平川市土地储备中心）", "单位预算"),
            "平川市登记中心(平川市土地储备中心)",
            2024,
            "budget",
            "unit",
        ),
        (("平川广播电视台2024年度单位决算公开",), "平川广播电视台", 2024, "final_accounts", "unit"),
        (
            ("中共平川市纪律检查委员会机关2024年度部门预算公开",),
            "中共平川市纪律检查委员会机关",
            2024,
            "budget",
            "department",
        ),
    ],
)
def test_covers(lines: tuple[str, ...], name: str, year: int, kind: str, scope: str) -> None:
    builder = ExtractionBuilder()
    for line in lines:
        builder.line(line)
    found = identity(builder)
    assert (found["unit_name"], found["fiscal_year"], found["doc_kind"], found["scope"]) == (
        name,
        year,
        kind,
        scope,
    )
    assert found["is_identified"]


def test_captions_outweigh_a_slip_on_the_cover() -> None:
    builder = ExtractionBuilder().line("平川市甲区水务局").line("2023年度部门决算")
    for page in (5, 6, 7):
        builder.table("支出决算表\n部门：平川市甲区水务局 2024年度 金额单位：万元", ROWS, page=page)
    assert identity(builder)["fiscal_year"] == 2024


@pytest.mark.parametrize(
    "caption",
    [
        "支出决算表\n公开03表\n部门：平川市甲区水务局 2024年度 金额单位：万元",
        "支出决算表\n编制单位：平川市甲区水务局单位：万元",
        "支出决算表\n部门（单位）：平川市甲区水务局 单位：元",
        "支出决算表\n部门名称：[317001]平川市甲区水务局公开03表",
        "支出决算表\n部门：平川市甲区水务局（单位：万元）",
        "支出决算表\n部门：平川市甲区水务局（金额单位：元）",
    ],
)
def test_names_in_captions(caption: str) -> None:
    builder = ExtractionBuilder().line("2024年度部门决算")
    assert identity(builder.table(caption, ROWS))["unit_name"] == "平川市甲区水务局"


def test_an_empty_form_has_no_publisher() -> None:
    builder = ExtractionBuilder().line("平川市XX局2024年度部门决算").line("第一部分 平川市XX局概况")
    builder.line("平川市XX局2024年度部门决算表")
    found = identity(builder.table("支出决算表\n部门：平川市XX局 金额单位：万元", ROWS))
    assert (found["is_template"], found["unit_name"], found["is_identified"]) == (True, None, False)


def test_a_document_without_any_text_is_unidentified() -> None:
    found = identity(ExtractionBuilder())
    assert (found["unit_name"], found["fiscal_year"], found["doc_kind"]) == (None, None, None)
    assert found["content"] == "other"
    assert not found["is_identified"]
