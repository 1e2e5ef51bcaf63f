"""A page made of what the recognition engine read in its picture and of the rules drawn in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from extractors.ocr import MARGIN, Recognised, TextLine, turned_by
from extractors.page_objects import BELOW_BASELINE, Box, Chars, Flags, Glyph, PageObjects, chars_of
from extractors.scanned_picture import Ink, Picture, find_dashes, find_rules, ink_of

_RULE_MARGIN = 3  # pixels by which a stroke may reach out of its text
# of the size of a font: ink of Chinese text and of digits, and what commas and brackets reach below the baseline
_WIDE_HEIGHT, _DIGIT_HEIGHT, _DESCENT = 0.9, 0.72, 0.12
_LEAST_INK = 0.4  # of a line's height; dashes have less
_BROKEN = 0.1  # of a line's height: rows without ink that characters may have between their strokes

# The engine takes 一 for a dash, and dashes for 一, where what stands beside them tells.
_READ_AS_DASH = re.compile(r"(?<![\w—–-])[—–-](?=般|次性|级|项|是|、|[)）])")
_DASHES = re.compile("[一—–-]{2,}")


def page_of(page: PageObjects, picture: Picture, recognised: Recognised) -> PageObjects:
    """Return a page with what was recognised in its straightened picture: characters with confidence, and rules.

    Width, height, rotation and boxes are those of the straightened picture the right way up: on a scan turned by half a
    degree a few points off at the edges.
    """
    scale = picture.shape[1] / page.width
    ink = ink_of(turned_by(picture, recognised.quarters))
    lines = [replace(line, box=_em_box(line, ink), text=_corrected(line.text)) for line in recognised.lines]
    texts = [line.box for line in lines]
    strokes = find_rules(ink, scale)
    dashes = find_dashes(ink, [line.box for line in recognised.lines], strokes, scale)
    rules = [rule for rule in strokes if not _is_stroke(rule, [*texts, *dashes])]
    width, height = (page.height, page.width) if recognised.quarters % 2 else (page.width, page.height)
    rotation = (page.rotation + 90 * recognised.quarters) % 360
    found = PageObjects(page.page_no, width, height, rotation, Chars(), [], [], page.images)
    found.lines = [Box(*(edge / scale for edge in rule)) for rule in rules]
    drawn = [*lines, *(TextLine(dash, "—", 1.0) for dash in dashes)]
    found.chars = chars_of(
        (glyph for number, line in enumerate(drawn, start=1) for glyph in _glyphs(line, scale, number)),
        is_recognised=True,
    )
    return found


def _corrected(text: str) -> str:
    return "—" * len(text) if _DASHES.fullmatch(text) else _READ_AS_DASH.sub("一", text)


def _em_box(line: TextLine, ink: Ink) -> Box:
    """Return a text's box as high as its characters are large: the engine's boxes differ from line to line."""
    x0, top, x1, bottom = line.box
    inside = ink[int(top) : int(bottom), int(x0) : int(x1)]
    above, below = _band(np.asarray(inside.any(axis=1), dtype=np.bool_))
    above, below = top + above, top + below
    if below - above < _LEAST_INK * (
        bottom - top
    ):  # dashes, which the engine's box need not hold in its middle
        half = (0.5 - MARGIN) * (bottom - top)
        middle = (above + below) / 2 if below > above else (top + bottom) / 2
        return Box(x0, middle - half, x1, middle + half)
    if any(character > "\u2e7f" for character in line.text):
        spare = (below - above) * (1 / _WIDE_HEIGHT - 1) / 2
        return Box(x0, above - spare, x1, below + spare)
    descent = _DESCENT if any(character in ",;()" for character in line.text) else 0.0
    size = (below - above) / (_DIGIT_HEIGHT + descent)
    baseline = below - descent * size
    return Box(x0, baseline - (1 - BELOW_BASELINE) * size, x1, baseline + BELOW_BASELINE * size)


def _band(rows: Flags) -> tuple[float, float]:
    """Return where the highest unbroken band of rows begins and ends: the engine's box may reach into the next line."""
    inked = np.flatnonzero(rows)
    if not len(inked):
        return 0.0, 0.0
    bands = np.split(inked, np.flatnonzero(np.diff(inked) > 1 + _BROKEN * len(rows)) + 1)
    widest = max(bands, key=len)
    return float(widest[0]), float(widest[-1] + 1)


def _is_stroke(rule: Box, texts: list[Box]) -> bool:
    """Tell whether what looks like a rule is part of a text."""
    return any(
        text.x0 - _RULE_MARGIN <= rule.x0
        and rule.x1 <= text.x1 + _RULE_MARGIN
        and text.top - _RULE_MARGIN <= rule.top
        and rule.bottom <= text.bottom + _RULE_MARGIN
        for text in texts
    )


def _glyphs(line: TextLine, scale: float, number: int) -> Iterator[Glyph]:
    """Spread a recognised line over its box: full-width characters take twice the room of others."""
    x0, top, x1, bottom = (edge / scale for edge in line.box)
    weights = [1.0 if character > "\u2e7f" else 0.5 for character in line.text]
    unit = (x1 - x0) / max(sum(weights), 0.5)
    position = x0
    for character, weight in zip(line.text, weights, strict=True):
        end = position + weight * unit
        if not character.isspace():
            yield Glyph(character, position, top, end, bottom, bottom - top, True, number, line.score)
        position = end
