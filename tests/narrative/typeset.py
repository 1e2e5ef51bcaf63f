"""Setting paragraphs as lines and pages the way a word processor does, with breaks at chosen places."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from extractors.page_objects import Glyph, chars_of
from extractors.surroundings import PageText
from extractors.text.lines import lines_of

SIZE = 12.0
LEFT = 72.0
LEADING = 20.0
TOP = 72.0


@dataclass
class Setting:
    """One way to set a text: columns of full-width characters, lines a page, and how untidy it is."""

    columns: int = 34
    lines_a_page: int = 28
    seed: int = 0
    digit_shift: float = 0.0  # digits stand this much lower than their sentence
    is_shuffled: bool = False  # drawing order differs from reading order
    is_double_drawn: bool = False  # fake bold


@dataclass
class _Page:
    glyphs: list[Glyph] = field(default_factory=list)
    used: int = 0


def typeset(paragraphs: list[str], setting: Setting) -> list[PageText]:
    """Return the pages of the paragraphs. ``#`` marks a heading; other paragraphs are indented by two characters."""
    rng = random.Random(setting.seed)
    pages = [_Page()]
    for paragraph in paragraphs:
        text = paragraph.removeprefix("#")
        for row in _rows(text, setting.columns, indent=2):
            if pages[-1].used == setting.lines_a_page:
                pages.append(_Page())
            _draw(pages[-1], row, setting)
    width = 2 * LEFT + setting.columns * SIZE
    height = 2 * TOP + setting.lines_a_page * LEADING
    result = []
    for number, page in enumerate(pages, start=1):
        _number_page(page.glyphs, number, width, height)
        if setting.is_shuffled:  # all strokes in any order
            rng.shuffle(page.glyphs)
        lines = lines_of(chars_of(_twice(page.glyphs) if setting.is_double_drawn else page.glyphs))
        roles = ["page_number" if line.top > height - TOP else "body" for line in lines]
        result.append(PageText(number, width, height, lines, roles))
    return result


def _rows(text: str, columns: int, indent: int) -> list[list[tuple[str, float]]]:
    """Wrap to rows of (character, x0). Closing marks never begin a row and opening marks never end one."""
    rows: list[list[tuple[str, float]]] = [[]]
    x = indent * SIZE
    for character in text:
        advance = SIZE / 2 if character.isascii() else SIZE
        fits = x + advance <= columns * SIZE
        if not fits and character not in "，。；：、）%)”":
            rows.append([])
            x = 0.0
            while rows[-2] and rows[-2][-1][0] in "（(“":
                rows[-1].insert(0, (rows[-2].pop()[0], LEFT + x))
                x += SIZE
        rows[-1].append((character, LEFT + x))
        x += advance
    return rows


def _draw(page: _Page, row: list[tuple[str, float]], setting: Setting) -> None:
    top = TOP + page.used * LEADING
    page.used += 1
    for character, x0 in row:
        advance = SIZE / 2 if character.isascii() else SIZE
        shift = setting.digit_shift if character.isascii() else 0.0
        _add(page.glyphs, character, x0, top + shift, advance)


def _add(glyphs: list[Glyph], character: str, x0: float, top: float, advance: float) -> None:
    glyphs.append(Glyph(character, x0, top, x0 + advance, top + SIZE, SIZE))


def _number_page(glyphs: list[Glyph], number: int, width: float, height: float) -> None:
    for offset, character in enumerate(f"-{number}-"):
        _add(glyphs, character, width / 2 + offset * SIZE / 2, height - TOP / 2, SIZE / 2)


def _twice(glyphs: list[Glyph]) -> list[Glyph]:
    return [
        glyph._replace(x0=glyph.x0 + shift, x1=glyph.x1 + shift) for glyph in glyphs for shift in (0.0, 0.3)
    ]
