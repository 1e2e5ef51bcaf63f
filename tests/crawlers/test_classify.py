"""Titles as portals of many kinds of places write them: what is a disclosure, of whom, for when."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.classify import Announcement, announcement, heading, is_section

BUDGET, FINAL = "budget", "final_accounts"


@pytest.mark.parametrize(
    ("title", "unit", "year", "kind"),
    [
        ("国家发展和改革委员会2024年度部门决算", "国家发展和改革委员会", 2024, FINAL),
        ("中国地震局2025年部门预算", "中国地震局", 2025, BUDGET),
        ("最高人民检察院2023年度部门决算", "最高人民检察院", 2023, FINAL),
        ("2025年度某省高级人民法院部门预算公开", "某省高级人民法院", 2025, BUDGET),
        ("某市某区教育委员会2025年度部门预算信息公开", "某市某区教育委员会", 2025, BUDGET),
        ("某市某区教育委员会（本级）2024年度单位决算", "某市某区教育委员会", 2024, FINAL),
        ("某区卫生健康局（含下属单位）2024年度部门决算公开说明", "某区卫生健康局", 2024, FINAL),
        ("海淀区财政局关于2024年度部门决算的说明", "海淀区财政局", 2024, FINAL),
        ("关于公开某县水利局2024年度部门决算的公告", "某县水利局", 2024, FINAL),
        ("某县2024年度部门决算（县委办公室）", "某县", 2024, FINAL),
        ("二〇二四年度某市审计局部门决算", "某市审计局", 2024, FINAL),
        ("二○二三年某镇人民政府部门决算公开", "某镇人民政府", 2023, FINAL),
        ("某县某镇人民政府2025年部门预算公开（含“三公”经费）", "某县某镇人民政府", 2025, BUDGET),
        ("某市某街道办事处2024年度决算公开", "某市某街道办事处", 2024, FINAL),
        ("某某县第一中学2024年单位预算公开", "某某县第一中学", 2024, BUDGET),
        ("某市会议服务中心2024年度单位决算", "某市会议服务中心", 2024, FINAL),
        ("某市政府采购中心2025年部门预算", "某市政府采购中心", 2025, BUDGET),
        ("某市干部培训中心2024年度部门决算", "某市干部培训中心", 2024, FINAL),
        ("某市信息系统管理办公室2024年部门预算公开", "某市信息系统管理办公室", 2024, BUDGET),
        ("某省政府债务管理中心2024年度单位决算", "某省政府债务管理中心", 2024, FINAL),
        ("某市人大常委会机关2024年度部门决算", "某市人大常委会", 2024, FINAL),
        ("中共某县委统战部2024年“三公”经费决算情况", "中共某县委统战部", 2024, FINAL),
        ("某县财政局2024年度一般公共预算财政拨款“三公”经费支出决算表", "某县财政局", 2024, FINAL),
        ("附件2：某县林业局2024年度部门决算公开表.xls", "某县林业局", 2024, FINAL),
        ("013-某县林业局-2024年部门预算情况说明.pdf", "某县林业局", 2024, BUDGET),
        ("【部门决算】某县科技局2024年度部门决算", "某县科技局", 2024, FINAL),
        ("某局_2024_部门决算.pdf", "某局", 2024, FINAL),
        ("公安局_2026年度某市公安局文职人员管理中心单位预算.pdf", "某市公安局文职人员管理中心", 2026, BUDGET),
        ("政府办公厅_附件2：某市信访办公室2026年度部门预算报表.pdf", "某市信访办公室", 2026, BUDGET),
        ("2026年某市商务局_部门预算.pdf", "某市商务局", 2026, BUDGET),
        ("2024.09.20某县科技局2023年度部门决算", "某县科技局", 2023, FINAL),
        ("某县科技局2025年项目支出绩效目标表", "某县科技局", 2025, BUDGET),
        ("某县科技局2023年度部门整体支出绩效自评报告", "某县科技局", 2023, FINAL),
        ("2024年部门预算公开", None, 2024, BUDGET),
        ("某市城市建设投资集团有限公司2025年度部门预算", "某市城市建设投资集团有限公司", 2025, BUDGET),
    ],
)
def test_disclosures(title: str, unit: str | None, year: int, kind: str) -> None:
    said = announcement(title)
    assert said is not None
    assert (said.unit, said.year, said.kind) == (unit, year, kind)


@pytest.mark.parametrize(
    "title",
    [
        "",
        "首页",
        "某局2024年工作总结",
        "关于某市2024年预算执行情况和2025年预算草案的报告",
        "某市2024年市本级决算",
        "2024年度某县本级一般公共预算收支决算",
        "某省2025年省级预算公开",
        "某区2024年区级决算公开",
        "2024年度某市政府债务决算情况说明",
        "某市2024年社会保险基金决算",
        "某市人民政府关于2023年度市级预算执行和其他财政收支的审计工作报告",
        "【图解】一图读懂某市2024年部门预算",
        "某市财政局关于批复2025年部门预算的通知",
        "某市财政局关于印发预算绩效管理办法的通知",
        "财政部门召开2024年决算编审工作会议",
        "某市财政局举办2024年度部门决算培训班 部署工作通知",
        "关于2024年市级预算调整方案的报告",
        "某局2024年政府信息公开工作年度报告",
        "某市2024年度部门预算绩效评价结果整改情况",
        "某局2024年第3季度“三公”经费公示",
        "部门预决算",
        "预算公开",
    ],
)
def test_what_is_no_disclosure(title: str) -> None:
    assert announcement(title) is None


@pytest.mark.parametrize(
    "title",
    [
        "部门预算",
        "部门决算",
        "财政预决算",
        "预算/决算",
        "部门预决算和三公经费",
        "市级部门财政预决算",
        "单位预算公开",
        "“三公”经费",
        "预决算公开专栏",
        "财务预决算(12)",
    ],
)
def test_columns(title: str) -> None:
    assert is_section(title)


@pytest.mark.parametrize(
    "title", ["某局2024年部门预算", "新闻", "预算法", "2024年部门预算", "预算绩效管理办法"]
)
def test_no_columns(title: str) -> None:
    assert not is_section(title)


def test_context_lends_what_a_title_does_not_say() -> None:
    context = heading("2024年度部门决算")
    assert context == Announcement("2024年度部门决算", None, 2024, FINAL)
    bare = announcement("某县林业局", context)
    assert bare is not None
    assert (bare.unit, bare.year, bare.kind) == ("某县林业局", 2024, FINAL)
    assert announcement("联系我们", context) is None
    assert announcement("某县林业局") is None
    other = announcement("某县林业局2025年部门预算", context)
    assert other is not None
    assert (other.year, other.kind) == (2025, BUDGET)


def test_attachment_of_an_article_takes_the_fuller_name() -> None:
    context = announcement("某县林业局2024年度部门决算公开")
    for text in ("附件1：林业局决算表.xls", "附件2：2024年度决算公开表", "决算公开说明.docx"):
        said = announcement(text, context)
        assert said is not None
        assert (said.unit, said.year, said.kind) == ("某县林业局", 2024, FINAL)
    subordinate = announcement("某县苗圃场2024年度单位决算", context)
    assert subordinate is not None
    assert subordinate.unit == "某县苗圃场"


def test_two_years_or_two_kinds_are_not_guessed() -> None:
    said = announcement("某局2023年部门决算和2024年部门预算公开")
    assert said is not None
    assert (said.unit, said.year, said.kind) == ("某局", None, None)
    both = announcement("某局2024年部门预决算公开")
    assert both is not None
    assert (both.year, both.kind) == (2024, None)


@given(st.text(max_size=60))
def test_any_text_is_judged_without_falling_over(text: str) -> None:
    said = announcement(text, heading("2024年度部门决算"))
    assert said is None or said.title
    is_section(text)


@given(
    unit=st.sampled_from(["某县林业局", "某市第二人民医院", "某区委宣传部", "某镇人民政府"]),
    year=st.integers(2010, 2030),
    kind=st.sampled_from(["预算", "决算"]),
    shape=st.sampled_from(
        [
            "{u}{y}年部门{k}",
            "{y}年度{u}单位{k}公开",
            "{u}{y}年度部门{k}情况说明.pdf",
            "00{y}-{u}-{y}年部门{k}",
        ]
    ),
)
def test_usual_shapes_of_titles(unit: str, year: int, kind: str, shape: str) -> None:
    said = announcement(shape.format(u=unit, y=year, k=kind))
    assert said is not None
    assert (said.unit, said.year, said.kind) == (unit, year, BUDGET if kind == "预算" else FINAL)
