"""Printed lines rebuilt from the positions of characters, not from the order in which they were drawn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.page_objects import Box, Chars, PageObjects, TextLine

#: Two strokes of Chinese text belong to one line when their middles are nearer than this part of the size.
_SAME_LINE = 0.45
#: Anything else (digits set lower than their sentence) joins the line it overlaps by this part of its height.
_OVERLAP = 0.4
#: Fake bold draws a character twice, less than this part of its size apart.
_DOUBLE_DRAWN = 0.25
_INVISIBLE = frozenset({"", "\x00", "\ufeff", "\u200b"})
_INVISIBLE = frozenset({"", "\x00", "\ufeff", "\u200b"})
_FIRST_IDEOGRAPH = "\u2e80"


@dataclass(slots=True)
class _Stroke:
    """Characters drawn one after the other on one baseline."""

    indices: list[int]
    top: float
    bottom: float
    is_chinese: bool

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


@dataclass(slots=True)
class _Band:
    """One printed line while it is being put together."""

    indices: list[int]
    top: float
    bottom: float

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


def page_lines(page: PageObjects, excluded: Sequence[Box]) -> list[TextLine]:
    """Return the upright text of a page outside the excluded boxes as lines, top to bottom, left to right.

    White space is dropped; a character drawn twice at one place is kept once. Lengths are points.
    """
    return lines_of(page.chars, excluded)


def lines_of(chars: Chars, excluded: Sequence[Box] = ()) -> list[TextLine]:
    """Return the printed lines of the given characters, as ``page_lines`` does for a page."""
    strokes = _strokes(chars, [i for i in range(len(chars)) if _is_text(chars, i)], excluded)
    bands: list[_Band] = []
    for stroke in sorted((s for s in strokes if s.is_chinese), key=lambda s: s.middle):
        _join_by_middle(bands, stroke)
    for stroke in sorted((s for s in strokes if not s.is_chinese), key=lambda s: s.middle):
        _join_by_overlap(bands, stroke)
    bands.sort(key=lambda band: band.middle)
    return [_line(chars, band) for band in bands]


def _is_text(chars: Chars, index: int) -> bool:
    text = chars.text[index]
    return chars.upright[index] and not text.isspace() and text not in _INVISIBLE


def _is_inside(boxes: Sequence[Box], x: float, y: float) -> bool:
    return any(box.x0 <= x <= box.x1 and box.top <= y <= box.bottom for box in boxes)


def _strokes(chars: Chars, indices: Sequence[int], excluded: Sequence[Box]) -> list[_Stroke]:
    strokes: list[_Stroke] = []
    current: _Stroke | None = None
    for i in indices:
        top, bottom = chars.top[i], chars.bottom[i]
        if excluded and _is_inside(excluded, (chars.x0[i] + chars.x1[i]) / 2, (top + bottom) / 2):
            continue
        if current is None or abs(bottom - current.bottom) > 0.5 or abs(top - current.top) > 0.5:
            current = _Stroke([], top, bottom, False)
            strokes.append(current)
        current.indices.append(i)
        if chars.text[i] >= _FIRST_IDEOGRAPH:
            current.is_chinese = True
    return strokes


def _join_by_middle(bands: list[_Band], stroke: _Stroke) -> None:
    """Join Chinese text, sorted by height, to the last line where their middles nearly meet."""
    if bands:
        band = bands[-1]
        height = min(band.bottom - band.top, stroke.bottom - stroke.top)
        if stroke.middle - band.middle <= _SAME_LINE * height:
            if len(stroke.indices) > len(band.indices):
                band.top, band.bottom = stroke.top, stroke.bottom
            band.indices.extend(stroke.indices)
            return
    bands.append(_Band(list(stroke.indices), stroke.top, stroke.bottom))


def _join_by_overlap(bands: list[_Band], stroke: _Stroke) -> None:
    """Join digits and Latin letters to the line they overlap most, or let them be a line of their own."""
    best, best_overlap = None, 0.0
    for band in bands:
        overlap = min(band.bottom, stroke.bottom) - max(band.top, stroke.top)
        if overlap > best_overlap:
            best, best_overlap = band, overlap
    height = max(stroke.bottom - stroke.top, 0.1)
    if best is not None and best_overlap >= _OVERLAP * min(height, best.bottom - best.top):
        best.indices.extend(stroke.indices)
        return
    bands.append(_Band(list(stroke.indices), stroke.top, stroke.bottom))


def _line(chars: Chars, band: _Band) -> TextLine:
    order = sorted(band.indices, key=lambda i: (chars.x0[i] + chars.x1[i], i))
    kept: list[int] = []
    for i in order:
        same = [other for other in kept[-3:] if chars.text[other] == chars.text[i]]
        if not same or not any(_is_drawn_again(chars, other, i) for other in same):
            kept.append(i)
    sizes = Counter([round(chars.size[i], 1) for i in kept])
    return TextLine(
        text="".join([chars.text[i] for i in kept]),
        char_x0=_spread(chars, kept, chars.x0),
        char_x1=_spread(chars, kept, chars.x1),
        top=min([chars.top[i] for i in kept]),
        bottom=max([chars.bottom[i] for i in kept]),
        size=sizes.most_common(1)[0][0],
    )


def _is_drawn_again(chars: Chars, first: int, second: int) -> bool:
    return (
        chars.text[first] == chars.text[second]
        and abs(chars.x0[first] - chars.x0[second]) < _DOUBLE_DRAWN * max(chars.size[second], 1.0)
        and abs(chars.top[first] - chars.top[second]) < _DOUBLE_DRAWN * max(chars.size[second], 1.0)
    )


def _spread(chars: Chars, indices: Sequence[int], values: Sequence[float]) -> tuple[float, ...]:
    """One value a character of the text, also where one glyph stands for several characters (ligatures)."""
    return tuple([values[i] for i in indices for _ in chars.text[i]])
