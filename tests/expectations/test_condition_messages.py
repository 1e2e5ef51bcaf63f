"""A rule that counts places says where they are and what is printed there, never "1 instead of 0"."""

from __future__ import annotations

from decimal import Decimal

from expectations.evidence_text import Evidence, printed_text
from expectations.messages import condition_message, is_condition

CELL = Evidence(
    "d.t01.r001.c01", "cell", 29, row_label="遗属满意度", raw_text="≥95%", statement_title="绩效自评表"
)


def test_a_count_of_places_is_a_condition_and_a_printed_count_is_none() -> None:
    assert is_condition("exact", Decimal(1), Decimal(0), [CELL])
    printed = Evidence("d.t01.r001.c01", "cell", 1, raw_text="3", value=Decimal(3))
    assert not is_condition("exact", Decimal(3), Decimal(0), [printed])
    assert not is_condition("exact", Decimal(3), Decimal(2), [CELL])
    assert not is_condition("equal", Decimal(1), Decimal(0), [CELL])


def test_the_sentence_names_place_number_and_rule() -> None:
    text = condition_message("实际完成值写成不等式", Decimal(2), [CELL], "实际完成值写确数，不写不等式。")
    assert text == (
        "实际完成值写成不等式：第 29 页《绩效自评表》“遗属满意度”为“≥95%”（共 2 处）。"
        "应当：实际完成值写确数，不写不等式。"
    )
    assert condition_message("缺少目录", Decimal(1), [], None) == "缺少目录。"


def test_a_missing_statement_is_named() -> None:
    whole = Evidence("d", "document", None)
    text = condition_message("规定表格齐全", Decimal(1), [whole], None, "收入决算表")
    assert text == "规定表格齐全：全文未见《收入决算表》。"
    assert "《收入决算表》" not in condition_message("规定表格齐全", Decimal(1), [CELL], None, "收入决算表")


def test_what_is_printed_there_is_shown() -> None:
    assert printed_text(CELL) == "≥95%"
    assert printed_text(Evidence("c", "cell", 1, raw_text="")) == "空白"
    sentence = Evidence("s", "sentence", 1, sentence="主要原因是项目增加。")
    assert printed_text(sentence) == "主要原因是项目增加。"
