from __future__ import annotations

from decimal import Decimal

import polars as pl
import pytest

from tests.narrative.reading import claims_of
from transforms.narrative.coverage import coverage


def _claims(*paragraphs: str, doc_kind: str = "final_accounts", year: int = 2023) -> pl.DataFrame:
    return claims_of(list(paragraphs), doc_kind, year)[1]


def _texts(claims: pl.DataFrame, metric: str) -> list[str]:
    return claims.filter(pl.col("metric") == metric)["text"].to_list()


@pytest.mark.parametrize(
    ("sentence", "metric", "found"),
    [
        ("上海市XX局2024年度无政府性基金预算财政拨款收入和支出。", "placeholder", ["XX"]),
        ("机关运行经费支出XXX万元，比2023年度增加（减少）XXX万元。", "placeholder", ["XXX", "XXX"]),
        ("××部门共有车辆3辆。", "placeholder", ["××"]),
        ("本部门（　　）无此项支出。", "placeholder", ["（）"]),
        ("公务接待费3万元，占%，比上年减少万元。", "placeholder", ["%", "减少万元"]),
        ("与上年相比增加（减少）0万元，增长（下降）0%。", "option", ["增加（减少）", "增长（下降）"]),
        ("决算数大于（小于）预算数的主要原因：人员变动。", "option", ["大于（小于）"]),
        (
            "按上述格式依次说明到各项级科目，预决算持平的不用说明变动原因。",
            "instruction",
            ["按上述格式", "不用说明"],
        ),
        ("无政府性基金预算财政拨款收入支出的部门，作下述说明：", "instruction", ["作下述说明"]),
        ("根据有关规定，认真列明各项开支，并与上年决算相同。", "instruction", []),
    ],
)
def test_remnants_of_templates(sentence: str, metric: str, found: list[str]) -> None:
    assert _texts(_claims(sentence), metric) == found


def test_remnants_in_headings_are_found_too() -> None:
    assert _texts(_claims("#第三部分XX局2024年度部门决算情况说明"), "placeholder") == ["XX"]


def test_an_option_left_open_keeps_the_word_before_the_bracket() -> None:
    change = _claims("机关运行经费支出5万元，比2022年增加（减少）1.50万元。").filter(
        pl.col("metric") == "change"
    )
    assert change["direction"].to_list() == ["increase"]
    assert change["value"].to_list() == [Decimal("1.50")]


def test_offices_and_their_number_share_a_context() -> None:
    claims = _claims("本单位设4个内设机构，分别是：办公室、人事科（党办）、预算科和国库科。")
    count = claims.filter(pl.col("metric") == "count")
    listed = claims.filter(pl.col("metric") == "list")
    assert count["line_code"].to_list() == ["organisation.internal_bodies"]
    assert listed["text"].to_list() == ["办公室", "人事科（党办）", "预算科", "国库科"]
    assert listed["context_no"].unique().to_list() == count["context_no"].to_list()


@pytest.mark.parametrize(
    "paragraphs",
    [
        [
            "本单位内设机构三个，包括：",
            "（一）办公室",
            "（二）财务科（审计科）。",
            "（三）业务科：负责日常业务。",
        ],
        ["内设机构共3个，具体如下：", "1.办公室；", "2.财务科（审计科）；", "3.业务科。"],
        ["内设3个科室，分别是：", "办公室", "财务科（审计科）", "业务科"],
    ],
)
def test_offices_listed_one_a_paragraph_share_the_context_of_their_number(paragraphs: list[str]) -> None:
    claims = _claims("#一、机构设置", *paragraphs, "#二、人员情况", "现有在职人员12人。")
    count = claims.filter(pl.col("line_code") == "organisation.internal_bodies", pl.col("metric") == "count")
    listed = claims.filter(pl.col("metric") == "list")
    assert count["value"].to_list() == [Decimal(3)]
    assert listed["text"].to_list() == ["办公室", "财务科（审计科）", "业务科"]
    assert listed["context_no"].unique().to_list() == count["context_no"].to_list()
    assert listed["is_open_list"].to_list() == [False] * 3


def test_a_list_whose_names_cannot_all_be_told_is_open() -> None:
    claims = _claims(
        "内设机构4个，包括：", "1.办公室", "2.财务科", "3.业务科", "4.2023年成立，职责另行规定的专班。"
    )
    assert claims.filter(pl.col("metric") == "list")["is_open_list"].to_list() == [True] * 3


def test_duties_told_after_the_names_are_not_listed_again() -> None:
    claims = _claims(
        "设3个科室，分别是办公室、财务科、业务科，具体如下：", "1.办公室。负责文电。", "2.财务科。负责核算。"
    )
    assert claims.filter(pl.col("metric") == "list").height == 3


def test_names_in_brackets_belong_to_the_number_before_them() -> None:
    claims = _claims("共设置4个科室（人事科、财务科、法规科、业务科）、1个办公室。")
    four = claims.filter(pl.col("value") == 4)["context_no"].to_list()
    assert claims.filter(pl.col("metric") == "list")["context_no"].unique().to_list() == four


def test_a_list_that_ends_with_and_so_on_is_open() -> None:
    claims = _claims("#六、基本支出决算情况说明", "人员经费5万元，主要包括：基本工资、津贴补贴、奖金等。")
    listed = claims.filter(pl.col("metric") == "list")
    assert listed["economic_code"].to_list() == ["30101", "30102", "30103"]
    assert listed["is_open_list"].to_list() == [True] * 3


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("截至2023年12月31日，本部门共有车辆4辆。", 20231231),
        ("截至2025年底，共有车辆4辆。", 20251231),
        ("截止2025年10月，共有车辆4辆。", 20251000),
    ],
)
def test_dates_are_claims(sentence: str, day: int) -> None:
    claims = _claims(sentence)
    assert claims.filter(pl.col("metric") == "date")["value"].to_list() == [Decimal(day)]
    assert claims.filter(pl.col("metric") == "count")["value"].to_list() == [Decimal(4)]


def test_reason_and_purpose_keep_their_words_and_direction() -> None:
    claims = _claims(
        "公务接待费支出1万元，主要用于接待来访，比2022年减少2万元，下降66.67%，主要原因是厉行节约，接待批次增加。"
    )
    assert _texts(claims, "purpose") == ["接待来访"]
    reason = claims.filter(pl.col("metric") == "reason")
    assert reason["text"].to_list() == ["厉行节约，接待批次增加"]
    assert reason["direction"].to_list() == [None]  # 节约 and 增加
    assert claims["context_no"].n_unique() == 1


@pytest.mark.parametrize("words", ["（{}所致）", "，系{}所致", "，由于{}所致"])
def test_a_reason_may_stand_before_its_word(words: str) -> None:
    text = (
        "2024年度机关运行经费支出20.00万元，比2023年增加5.00万元，增长33.33%"
        + words.format("办公设备更新")
        + "。"
    )
    claims = claims_of(["#（一）机关运行经费支出情况", text], "final_accounts", 2024)[1]
    assert [reason.rstrip("）)") for reason in _texts(claims, "reason")] == ["办公设备更新所致"]
    assert _texts(claims, "growth") == ["33.33%"]


def test_an_empty_reason_is_a_claim_without_words() -> None:
    claims = _claims("公务接待费支出1万元，比2022年减少2万元，主要原因是：。")
    assert _texts(claims, "reason") == [""]


def test_numbers_inside_a_reason_are_set_apart() -> None:
    claims = _claims(
        "机关运行经费支出10万元，比2022年增加3万元，主要原因是办公费增加2万元、水费增加1万元。",
    )
    inside = claims.filter(pl.col("is_in_reason") & pl.col("value").is_not_null())
    assert inside["value"].to_list() == [Decimal(2), Decimal(1)]
    assert set(inside["metric"]) == {"change"}
    outside = claims.filter(~pl.col("is_in_reason") & pl.col("value").is_not_null())
    assert set(outside["line_code"]) == {"agency_operating_cost.total"}


@pytest.mark.parametrize(
    ("sentence", "metric", "basis", "direction"),
    [
        ("公务接待费支出1万元，与上年持平。", "direction", "prior_year_final", "equal"),
        ("公务接待费支出1万元，与2022年度基本持平。", "direction", "prior_year_final", "nearly_equal"),
        ("公务接待费支出1万元，较上年无增减。", "direction", "prior_year_final", "equal"),
        ("公务接待费支出决算与2022年决算数相同。", "direction", "prior_year_final", "equal"),
        ("决算数大于年初预算数的主要原因是接待增加。", "comparison", "initial_budget", "greater"),
        ("决算数等于预算数。", "comparison", "budget", "equal"),
        ("决算数与全年预算数基本一致。", "comparison", "full_year_budget", "nearly_equal"),
    ],
)
def test_words_of_comparison(sentence: str, metric: str, basis: str, direction: str) -> None:
    claims = _claims("#（三）公务接待费情况说明", sentence)
    found = claims.filter(pl.col("metric") == metric)
    assert found.select("basis", "direction").rows() == [(basis, direction)]
    assert found["line_code"].to_list() == ["three_public.hospitality"]


def test_a_comparison_with_the_year_of_the_report_keeps_its_printed_year() -> None:
    claims = _claims("机关运行经费支出10万元，比2023年增加3万元。")
    assert claims.filter(pl.col("metric") == "change")["reference_year"].to_list() == [2023]


def test_absence_is_a_claim_of_its_subject() -> None:
    claims = _claims("#七、政府性基金预算财政拨款收支决算情况说明", "本年度无此项收支。")
    assert claims.select("metric", "line_code").rows() == [("absence", "revenue.government_managed_funds")]


def test_definitions_make_no_claims_of_words() -> None:
    claims = _claims(
        "#第四部分名词解释",
        "一、机关运行经费：主要包括：办公费、印刷费、水费，用于保障机构运转，缴存比例不低于5%。",
    )
    assert claims.select("metric", "value").rows() == [("ratio", Decimal(5))]


def test_what_is_not_understood_is_kept_and_counted() -> None:
    sentences, claims = claims_of(["围绕1336工作主线，推进各项工作。支出共12万元。"], "final_accounts", 2023)
    assert claims.filter(pl.col("status") == "unparsed")["value"].to_list() == [Decimal(1336), Decimal(12)]
    measured = coverage(sentences, claims)
    assert (measured.numbers, measured.typed, measured.share) == (2, 0, 0.0)
    assert len(measured.missed) == 2


def test_years_codes_thresholds_and_document_numbers_are_no_claims() -> None:
    sentences, claims = claims_of(
        [
            "根据财预〔2016〕143号文件，2023年度行政运行（2010601）按第3条执行，单价100万元以上设备见公开05表。"
        ],
        "final_accounts",
        2023,
    )
    assert claims.filter(pl.col("value").is_not_null()).is_empty()
    assert coverage(sentences, claims).share == 1.0


TOLD = [
    ("决算数较上年减少的主要原因是接待批次少了。", [("direction", "prior_year_final", "decrease")]),
    ("2023年度“三公”经费支出决算增加，主要原因是车辆老化。", [("direction", "prior_year_final", "increase")]),
    ("“三公”经费支出决算比年初预算数减少的原因主要是厉行节约。", [("comparison", "initial_budget", "less")]),
    (
        "“三公”经费决算数大于上年决算数的主要情况：公务往来恢复正常。",
        [("direction", "prior_year_final", "increase")],
    ),
    ("与上年相比，“三公”经费支出减少，主要是压缩开支。", [("direction", "prior_year_final", "decrease")]),
    ("公务接待费高于预算数的主要原因是来访增加。", [("comparison", "budget", "greater")]),
    # what is no statement of this year's accounts
    ("“三公”经费未超出预算数，也没有高于上年决算数。", []),
    ("2022年“三公”经费支出决算同比下降的原因主要是从严控制。", []),
    ("2022年受各种因素影响，“三公”经费支出大幅下降，此后恢复。", []),
    ("因人员减少，来访减少，相应支出减少，主要原因是退休。", []),
    ("项目较上年减少，主要原因是退出。", []),
    ("增减变化的主要原因是退休。", []),
    ("逐步使“三公”经费支出减少，确保比上年下降。", []),
]


@pytest.mark.parametrize(("sentence", "told"), TOLD)
def test_a_direction_without_a_number_is_a_claim(sentence: str, told: list[tuple[str, str, str]]) -> None:
    heading = "七、“三公”经费支出决算情况说明"
    _, claims = claims_of([heading, "2023年度“三公”经费支出决算5.00万元。", sentence], "final_accounts", 2023)
    words = claims.filter(pl.col("metric").is_in(["direction", "comparison"]))
    assert words.select("metric", "basis", "direction").rows() == told
    assert all(code.startswith("three_public.") for code in words["line_code"])


def test_a_direction_is_compared_with_what_the_changes_of_its_subject_are() -> None:
    paragraph = "2023年“三公”经费支出5.00万元，比预算减少1.00万元。“三公”经费支出减少的主要原因是节约。"
    _, claims = claims_of([paragraph], "final_accounts", 2023)
    told = claims.filter(pl.col("metric").is_in(["direction", "comparison"]))
    assert told.select("metric", "basis", "direction").rows() == [("comparison", "budget", "less")]
    both = paragraph.replace("1.00万元。", "1.00万元，比上年增加2.00万元。")
    _, claims = claims_of([both], "final_accounts", 2023)
    assert claims.filter(pl.col("metric").is_in(["direction", "comparison"])).is_empty()


@pytest.mark.parametrize("reason", ["2022年购置车辆后支出增加", "上年增加了车辆", "去年接待增加"])
def test_a_reason_about_an_earlier_year_has_no_direction(reason: str) -> None:
    text = f"“三公”经费支出5.00万元，比上年减少1.00万元，主要原因是{reason}。"
    _, claims = claims_of([text], "final_accounts", 2023)
    assert claims.filter(pl.col("metric") == "reason")["direction"].to_list() == [None]


def test_numbers_in_numbered_reasons_are_set_apart() -> None:
    text = (
        "2026年部门预算收入90.00万元，较2025年年初预算增加9.00万元。"
        "收入增加主要原因说明：1.2026年专项经费纳入年初预算，较2025年年初预算增加12.00万元；"
        "2.补贴政策到期，较2025年年初预算减少3.00万元。2026年部门预算支出90.00万元，较2025年年初预算增加9.00万元。"
    )
    _, claims = claims_of(["二、收支总体情况", text], "budget", 2026)
    changes = claims.filter(pl.col("metric") == "change")
    assert changes.select("value", "is_in_reason").rows() == [
        (Decimal(9), False), (Decimal(12), True), (Decimal(3), True), (Decimal(9), False)
    ]  # fmt: skip


@pytest.mark.parametrize(
    "sentence",
    [
        "“三公”经费支出9万元，同比减少3万元。",
        "“三公”经费支出9万元，对比减少3万元。",
        "“三公”经费比2022年决算数略有减少，减少3万元。",
        "“三公”经费决算数相较于上年减少3万元。",
    ],
)
def test_a_change_keeps_the_year_it_is_compared_with(sentence: str) -> None:
    _, claims = claims_of([sentence], "final_accounts", 2023)
    change = claims.filter(pl.col("metric") == "change")
    assert change.select("basis", "reference_year").rows() == [("prior_year_final", 2022)]
