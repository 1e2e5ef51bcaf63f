from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.surroundings import PageText
from extractors.text.numbering import numbering_of
from extractors.text.sentences import Narrative, build_sentences
from tests.narrative.typeset import Setting, typeset

TEXT = [
    "#第三部分情况说明",
    "#一、收入支出决算总体情况说明",
    "2023年度收入总计692.87万元，支出总计692.87万元。与上年相比，收入总计增加200.84万元，增长40.82%。",
    "#二、收入决算情况说明",
    "2023年度收入合计692.87万元，其中：",
    "财政拨款收入1,692.87万元，占比100.00%；",
    "其他收入0万元，占比0%。",
    "#（一）机关运行经费支出情况",
    "2023年机关运行经费支出32.22万元（含“三公”经费0.95万元；其中公务接待费0.95万元），比2022年增加2.66万元；增长9%。",
]
EXPECTED = [
    ("heading", "第三部分情况说明"),
    ("heading", "一、收入支出决算总体情况说明"),
    ("body", "2023年度收入总计692.87万元，支出总计692.87万元。"),
    ("body", "与上年相比，收入总计增加200.84万元，增长40.82%。"),
    ("heading", "二、收入决算情况说明"),
    ("body", "2023年度收入合计692.87万元，其中："),
    ("body", "财政拨款收入1,692.87万元，占比100.00%；"),
    ("body", "其他收入0万元，占比0%。"),
    ("heading", "（一）机关运行经费支出情况"),
    (
        "body",
        "2023年机关运行经费支出32.22万元（含“三公”经费0.95万元；其中公务接待费0.95万元），比2022年增加2.66万元；",
    ),
    ("body", "增长9%。"),
]

settings_of_pages = st.builds(
    Setting,
    columns=st.integers(min_value=26, max_value=60),
    lines_a_page=st.integers(min_value=2, max_value=30),
    seed=st.integers(min_value=0, max_value=99),
    digit_shift=st.sampled_from([0.0, 2.0, 3.5]),
    is_shuffled=st.booleans(),
    is_double_drawn=st.booleans(),
)


def _read(pages: list[PageText]) -> Narrative:
    return build_sentences(pages, {})


@given(settings_of_pages)
@settings(max_examples=60, deadline=None)
def test_sentences_survive_every_line_and_page_break(setting: Setting) -> None:
    narrative = _read(typeset(TEXT, setting))
    assert [(row[7], row[4]) for row in narrative.sentences] == EXPECTED


@given(settings_of_pages)
@settings(max_examples=30, deadline=None)
def test_every_character_points_back_at_its_place(setting: Setting) -> None:
    pages = typeset(TEXT, setting)
    by_page = {page.page_no: page for page in pages}
    narrative = _read(pages)
    texts = {row[0]: row[4] for row in narrative.sentences}
    covered = dict.fromkeys(texts, 0)
    for sentence_no, _, page_no, start, end, top, _, x0, x1 in narrative.fragments:
        assert len(x0) == len(x1) == end - start
        line = next(line for line in by_page[page_no].lines if line.top == top)
        first = line.char_x0.index(x0[0])
        assert line.text[first : first + end - start] == texts[sentence_no][start:end]
        covered[sentence_no] += end - start
    assert covered == {number: len(text) for number, text in texts.items()}


def test_sections_are_the_headings_in_force() -> None:
    sections = {row[4]: row[1] for row in _read(typeset(TEXT, Setting())).sentences}
    assert sections["增长9%。"] == "第三部分情况说明 / 二、收入决算情况说明 / （一）机关运行经费支出情况"
    assert sections["其他收入0万元，占比0%。"] == "第三部分情况说明 / 二、收入决算情况说明"


def test_a_title_that_opens_its_paragraph_is_a_section() -> None:
    rows = _read(
        typeset(
            [
                "#三、支出预算情况说明",
                "（一）基本支出。基本支出预算7485.22万元，占本年支出预算77.75%。",
                "（二）其他。无。",
            ],
            Setting(),
        )
    ).sentences
    assert [row[1].rpartition(" / ")[2] for row in rows] == ["三、支出预算情况说明"] + [
        "（一）基本支出"
    ] * 2 + ["（二）其他"] * 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("第一部分 概况", (0, 4)),
        ("一、收入", (2, 2)),
        ("（十二）完成", (3, 4)),
        ("10、住房", (4, 3)),
        ("2.2026年市级人才", (4, 2)),
        ("（3）其他", (5, 3)),
        ("2.66万元", None),
        ("一般公共预算", None),
        ("2024年度", None),
    ],
)
def test_printed_numbers_of_items(text: str, expected: tuple[int, int] | None) -> None:
    assert numbering_of(text) == expected


def test_a_quotation_that_is_never_closed_holds_no_sentences_together() -> None:
    text = '严格执行“八项规定“，压减接待。公务接待费3万元。“三公"经费5万元。其中：接待3万元。'
    assert len(build_sentences(typeset([text], Setting()), {}).sentences) == 4


def test_a_heading_may_begin_with_a_year() -> None:
    sentences = build_sentences(
        typeset(["二、2023年度收入决算情况", "收入合计5万元。"], Setting()), {}
    ).sentences
    assert [row[-1] for row in sentences] == ["heading", "body"]


def test_a_contents_page_gives_no_sentences() -> None:
    pages = typeset(["#目录", "#一、收入说明", "#二、支出说明"], Setting())
    pages += typeset(["#一、收入说明", "收入合计1万元。"], Setting())
    pages[-1].page_no = 2
    rows = _read(pages).sentences
    assert [row[4] for row in rows] == ["一、收入说明", "收入合计1万元。"]


def test_prose_taken_for_a_caption_or_a_note_is_read_all_the_same() -> None:
    pages = typeset(
        [
            "会议费支出2万元，较上年减少1万元，下降的主要原因是厉行节约，压减一般性支出，严格控制会议数量和规模。",
            "会议费明细表",
            "注：本表无数据。",
            "第八部分其他需要说明的情况",
            "机关运行经费5万元。",
        ],
        Setting(),
    )
    roles = ["caption" if index < 3 else "note" for index in range(len(pages[0].lines) - 1)]
    pages[0].roles = [*roles, "page_number"]
    texts = [row[4] for row in _read(pages).sentences]
    assert texts[0].startswith("会议费支出2万元") and texts[0].endswith("规模。")
    assert "机关运行经费5万元。" in texts
    assert not any("明细表" in text or "本表无数据" in text for text in texts)
