from __future__ import annotations

from extractors.page_objects import Box, Chars, Glyph, PageObjects, chars_of
from extractors.text.lines import lines_of, page_lines


def _chars(*items: tuple[str, float, float, float], upright: bool = True) -> Chars:
    return chars_of(
        Glyph(text, x0, top, x0 + size, top + size, size, upright) for text, x0, top, size in items
    )


def _row(text: str, top: float, x0: float = 0.0, size: float = 12.0) -> list[tuple[str, float, float, float]]:
    return [(character, x0 + index * size, top, size) for index, character in enumerate(text)]


def test_digits_on_a_lower_baseline_join_their_sentence() -> None:
    words = [
        ("支", 0.0, 100.0, 12.0),
        ("出", 12.0, 100.0, 12.0),
        ("万", 48.0, 100.0, 12.0),
        ("元", 60.0, 100.0, 12.0),
    ]
    digits = [("4", 24.0, 104.5, 10.0), ("2", 34.0, 104.5, 10.0)]
    lines = lines_of(_chars(*words, *digits, *_row("下一行文字", 122.0)))
    assert [line.text for line in lines] == ["支出42万元", "下一行文字"]


def test_fake_bold_is_read_once_but_real_repetition_stays() -> None:
    doubled = [
        item
        for x in range(3)
        for item in (("人人元"[x], x * 12.0, 50.0, 12.0), ("人人元"[x], x * 12.0 + 0.4, 50.0, 12.0))
    ]
    (line,) = lines_of(_chars(*doubled))
    assert line.text == "人人元"
    assert len(line.char_x0) == len(line.text)


def test_letter_spaced_text_is_one_line_without_spaces() -> None:
    spaced = [(c, index * 30.0, 10.0, 12.0) for index, c in enumerate("因 公 出 国")]
    (line,) = lines_of(_chars(*spaced))
    assert line.text == "因公出国"


def test_drawing_order_does_not_matter() -> None:
    rows = _row("第一行", 10.0) + _row("第二行", 30.0) + _row("第三行", 50.0)
    assert [line.text for line in lines_of(_chars(*rows[::-1]))] == ["第一行", "第二行", "第三行"]


def test_rotated_text_and_excluded_boxes_are_left_out() -> None:
    page = PageObjects(
        1, 600.0, 800.0, 0, _chars(*_row("正文", 10.0), *_row("表内", 100.0)), rects=[], lines=[], images=[]
    )
    assert [line.text for line in page_lines(page, [Box(0, 90, 600, 120)])] == ["正文"]
    page.chars = _chars(*_row("竖排", 10.0), upright=False)
    assert page_lines(page, []) == []


def test_a_ligature_glyph_keeps_one_extent_a_character() -> None:
    (line,) = lines_of(_chars(("ﬁ", 0.0, 10.0, 12.0), ("fl", 12.0, 10.0, 12.0)))
    assert len(line.text) == len(line.char_x0) == len(line.char_x1)
