from __future__ import annotations

import time
from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.frames import build_extraction
from tests.narrative.reading import claims_of, identity_of
from transforms.narrative.claims import read_claims
from transforms.narrative.tokens import fold_sentence, scan
from transforms.schema import AMOUNT, STATEMENT

_PIECES = st.sampled_from(
    [
        *"，。；：、（）()“”%0123456789",
        *[
            "2023年度",
            "比上年",
            "与2022年度相比",
            "增加",
            "减少（增加）",
            "万元",
            "元",
            "占",
            "完成年初预算的",
            "其中：",
            "分别为",
        ],
        *[
            "主要原因是",
            "主要用于",
            "持平",
            "决算数小于预算数",
            "收入总计",
            "支出合计",
            "一般公共服务支出（类）",
            "行政运行（项）",
        ],
        *[
            "公务接待费",
            "车辆",
            "辆",
            "台（套）",
            "截至",
            "12月31日",
            "无",
            "等",
            "1.",
            "（一）",
            "XX",
            "－",
            "年初预算",
            "人员经费",
        ],
    ]
)


@given(st.text(max_size=80))
def test_folding_keeps_every_offset(text: str) -> None:
    assert len(fold_sentence(text)) == len(text)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("收入1,234.56万元，支出１２．３０万元", [("1234.56", 2, "万元"), ("12.30", 2, "万元")]),
        ("占79.49％；比例为100%", [("79.49", 2, "%"), ("100", 0, "%")]),
        ("共2台（套），0批次，3人次", [("2", 0, "台(套)"), ("0", 0, "批次"), ("3", 0, "人次")]),
        ("召开会议2-3次", [("2", 0, "次"), ("3", 0, "次")]),
        ("综合得分在80（含）-90分为良", [("80", 0, "分"), ("90", 0, "分")]),
        ("结余-5.00元", [("-5.00", 2, "元")]),
        ("项目总预算1720.00万，其中", [("1720.00", 2, "万")]),
        ("于2025.1.1-2025.12.31实施，减少2089.11万元", [("2089.11", 2, "万元")]),
        ("X101、W-07街坊，〔2018〕34号，第3条，（2010601）", []),
    ],
)
def test_numbers_with_their_units(text: str, numbers: list[tuple[str, int, str]]) -> None:
    found = [token for token in scan(fold_sentence(text), 0) if token.kind == "number"]
    assert [(t.value, t.decimals, t.unit) for t in found] == [(Decimal(v), d, u) for v, d, u in numbers]


@given(
    st.lists(st.lists(_PIECES, min_size=1, max_size=25).map("".join), min_size=1, max_size=5), st.booleans()
)
@settings(max_examples=80, deadline=None)
def test_any_text_gives_claims_inside_its_sentences(paragraphs: list[str], is_final: bool) -> None:
    kind = "final_accounts" if is_final else "budget"
    sentences, claims = claims_of(paragraphs, kind, 2023)
    texts = dict(sentences.select("sentence_no", "text").iter_rows())
    for row in claims.iter_rows(named=True):
        assert 0 <= row["start"] <= row["end"] <= len(texts[row["sentence_no"]])
        assert row["text"] == texts[row["sentence_no"]][row["start"] : row["end"]]
        assert row["status"] in {"typed", "unparsed"}
    assert claims.select("sentence_no", "claim_no").is_duplicated().sum() == 0
    again = claims_of(paragraphs, kind, 2023)[1]
    assert claims.equals(again)


def test_numbers_too_long_to_store_are_kept_unparsed() -> None:
    _, claims = claims_of(
        ["支出合计1.12345678万元，收入合计1234567890123456789012万元。"], "final_accounts", 2023
    )
    numbers = claims.filter(pl.col("metric") == "amount")
    assert numbers["status"].to_list() == ["unparsed", "unparsed"]
    assert numbers["value"].null_count() == 2


@pytest.mark.parametrize(
    "piece",
    ["持平", "大于预算", "占1%", "共计", "增加的", "比上年", "（", "增加1万元，", "包括A、", "无", "1"],
)
def test_endless_repetition_is_read_in_linear_time(piece: str) -> None:
    rows = [(1, "", 1, 1, piece * (12000 // len(piece)), "text", 1, "body")]
    extraction = build_extraction({"sentence": rows, "fragment": []})
    started = time.process_time()
    read_claims(
        extraction, identity_of("budget", 2023), pl.DataFrame(schema=STATEMENT), pl.DataFrame(schema=AMOUNT)
    )
    assert time.process_time() - started < 3
