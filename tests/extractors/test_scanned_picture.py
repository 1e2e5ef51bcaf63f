"""What is found in the picture of a page: ink, rules, dashes and the way up, with and without the engine."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from PIL import Image

from extractors import ocr, scanned_lines
from extractors.document import extract_document
from extractors.page_objects import Box
from extractors.scanned_picture import Picture, find_dashes, find_rules, ink_of, straighten
from tests.extractors.drawing import rows_of
from tests.extractors.test_page_health import ROWS, scanned_pdf

SCALE = 200 / 72  # pixels per point


def paper(grey: int = 255) -> Picture:
    return np.full((600, 900), grey, dtype=np.uint8)


def test_faint_print_on_a_shade_is_ink_and_the_shade_is_none() -> None:
    picture = paper(235)
    picture[100:300] = 200
    picture[200:203, 100:800] = 150
    ink = ink_of(picture)
    assert ink[201, 100:800].all()
    assert not ink[150].any()


def test_grain_is_no_ink() -> None:
    grain = np.random.default_rng(7).normal(0, 10, (600, 900))
    ink = ink_of((paper(240) + grain).clip(0, 255).astype(np.uint8))
    assert ink.mean() < 0.01


def test_a_dash_stands_alone_and_a_piece_of_a_rule_does_not() -> None:
    picture = paper()
    picture[300:302, 50:850] = 0  # a rule
    picture[400:402, 200:250] = 0  # a dash
    picture[450:452, 200:250] = 0  # two pieces of a broken rule
    picture[450:452, 256:306] = 0
    picture[500:502, 200:250] = 0  # a dash that the engine has read
    picture[550:552, 300:700] = 0  # a rule of which a piece lies far away
    picture[550:552, 100:150] = 0
    ink = ink_of(picture)
    dashes = find_dashes(ink, [Box(195, 490, 255, 512)], find_rules(ink, SCALE), SCALE)
    assert [(dash.x0, dash.x1) for dash in dashes] == [(200, 250)]
    assert dashes[0].top < 401 < dashes[0].bottom


def test_a_page_a_little_turned_is_straight_afterwards() -> None:
    picture = paper()
    for top in range(60, 560, 50):
        picture[top : top + 3, 60:840] = 0
    turned = np.asarray(
        Image.fromarray(picture).rotate(1.1, fillcolor=255, resample=Image.Resampling.BICUBIC)
    )
    rules = [rule for rule in find_rules(ink_of(straighten(turned)), SCALE) if rule.top == rule.bottom]
    assert len(rules) == 10
    assert all(rule.x1 - rule.x0 > 750 for rule in rules)


def test_what_the_engine_takes_for_a_line_is_cut_at_rules_and_gaps() -> None:
    """Two texts on both sides of a rule and a third beyond a gap; strokes as high as the text cut nothing."""
    ink = np.zeros((200, 600), dtype=np.uint8)
    for x0 in (20, 40, 60, 100, 120, 260, 280):
        ink[80:105, x0 : x0 + 12] = 1
    rule, stroke = Box(90.0, 20.0, 90.0, 180.0), Box(66.0, 80.0, 66.0, 105.0)
    parts = [
        (part.x0, part.x1) for part in scanned_lines._texts_of(Box(15, 76, 300, 109), ink, [rule, stroke])
    ]
    assert parts == [(20, 72), (100, 132), (260, 292)]


def test_a_stroke_of_one_pixel_is_ink_and_a_speck_is_none() -> None:
    ink = np.zeros((40, 60), dtype=np.uint8)
    ink[20, 5:30] = 1
    ink[10, 40] = 1
    assert np.flatnonzero(scanned_lines._inked_columns(ink)).tolist() == list(range(5, 30))


def test_texts_that_the_engine_finds_twice_at_their_ends_are_cut_between_them() -> None:
    """The second box begins over the last character of the first; a box above is left alone."""
    ink = np.zeros((100, 300), dtype=np.uint8)
    for x0 in (20, 40, 60, 90, 110):
        ink[40:60, x0 : x0 + 12] = 1
    first, second, above = Box(18, 38, 80, 62), Box(58, 38, 125, 62), Box(70, 5, 140, 30)
    cut = scanned_lines._apart([above, second, first], ink)
    assert above in cut
    parts = [part for box in cut if box != above for part in scanned_lines._texts_of(box, ink, [])]
    assert sorted((part.x0, part.x1) for part in parts) == [(20, 72), (90, 122)]


@pytest.mark.slow
@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_scan_on_its_side_or_its_head_is_read_the_right_way_up(tmp_path: Path, turn: int) -> None:
    if not ocr.is_available():
        pytest.skip("rapidocr not installed (extra ocr)")
    document = pypdfium2.PdfDocument(scanned_pdf(tmp_path / "scan.pdf"))
    document[0].set_rotation(turn)
    document.save(tmp_path / "turned.pdf")
    extraction = extract_document(tmp_path / "turned.pdf")
    page = extraction.page.row(0, named=True)
    assert rows_of(extraction) == ROWS
    assert page["rotation"] == 0
    assert page["width"] < page["height"]


def test_a_first_character_that_the_engine_misses_belongs_to_its_line() -> None:
    """一 before the second text is taken in; before the third there is a rule, and nothing before the first."""
    ink = np.zeros((100, 400), dtype=np.uint8)
    for x0 in (20, 120, 140, 240):
        ink[40:60, x0 : x0 + 14] = 1
    ink[49:51, 98:112] = 1
    ink[40:60, 215:227] = 1
    rule = Box(232.0, 0.0, 232.0, 100.0)
    lines = [Box(18, 36, 36, 64), Box(117, 36, 160, 64), Box(238, 36, 258, 64), Box(231, 36, 258, 64)]
    assert [scanned_lines._whole(line, ink, [rule]).x0 for line in lines] == [18, 98, 238, 231]


def test_upright_rules_are_taken_out_and_characters_are_not() -> None:
    picture = paper(240)
    picture[20:580, 300:302] = 30
    picture[100:125, 310:313] = 30  # a 1 beside it
    rules = find_rules(ink_of(picture), SCALE)
    cleared = scanned_lines.without_upright_rules(picture, rules, SCALE)
    assert (cleared[20:580, 298:304] == 240).all()
    assert (cleared[100:125, 310:313] == 30).all()


def test_a_line_without_ink_is_left_to_the_engine() -> None:
    """Light print on a dark ground has no ink of its own."""
    line = Box(10, 10, 90, 30)
    assert scanned_lines.texts_of_lines([line], np.zeros((100, 100), dtype=np.uint8), [], SCALE) == [line]
