"""Printed lines rebuilt from the positions of characters, not from the order in which they were drawn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from extractors.page_objects import Box, Chars, Flags, PageObjects, TextLine

#: Two strokes of Chinese text belong to one line when their middles are nearer than this part of the size.
_SAME_LINE = 0.45
#: Anything else (digits set lower than their sentence) joins the line it overlaps by this part of its height.
_OVERLAP = 0.4
#: Fake bold draws a character twice, less than this part of its size apart.
_DOUBLE_DRAWN = 0.25
#: Among so many characters to its left a character's double is looked for.
_NEIGHBOURS = 3
_FIRST_IDEOGRAPH = "\u2e80"


@dataclass(slots=True)
class _Stroke:
    """Characters drawn one after the other on one baseline."""

    start: int
    end: int
    top: float
    bottom: float
    is_chinese: bool

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


@dataclass(slots=True)
class _Band:
    """One printed line while it is being put together."""

    strokes: list[_Stroke]
    count: int  # characters
    top: float
    bottom: float

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    def add(self, stroke: _Stroke) -> None:
        self.strokes.append(stroke)
        self.count += stroke.end - stroke.start


def _band_of(stroke: _Stroke) -> _Band:
    return _Band([stroke], stroke.end - stroke.start, stroke.top, stroke.bottom)


def page_lines(page: PageObjects, excluded: Sequence[Box]) -> list[TextLine]:
    """Return the upright text of a page outside the excluded boxes as lines, top to bottom, left to right.

    White space is dropped; a character drawn twice at one place is kept once. Lengths are points.
    """
    return lines_of(page.chars, excluded)


def lines_of(chars: Chars, excluded: Sequence[Box] = ()) -> list[TextLine]:
    """Return the printed lines of the given characters, as ``page_lines`` does for a page."""
    keep = chars.upright.copy()
    for box in excluded:
        keep &= ~_is_inside(box, chars)
    if not keep.all():
        chars = chars.take(np.flatnonzero(keep))
    strokes = _strokes(chars)
    bands: list[_Band] = []
    for stroke in sorted((s for s in strokes if s.is_chinese), key=lambda s: s.middle):
        _join_by_middle(bands, stroke)
    for stroke in sorted((s for s in strokes if not s.is_chinese), key=lambda s: s.middle):
        _join_by_overlap(bands, stroke)
    bands.sort(key=lambda band: band.middle)
    return _text_lines(chars, bands) if bands else []


def _is_inside(box: Box, chars: Chars) -> Flags:
    x, y = (chars.x0 + chars.x1) / 2, (chars.top + chars.bottom) / 2
    flags: Flags = (box.x0 <= x) & (x <= box.x1) & (box.top <= y) & (y <= box.bottom)
    return flags


def _strokes(chars: Chars) -> list[_Stroke]:
    """Cut the characters where they leave the height of the first one of their stroke."""
    count = len(chars)
    if not count:
        return []
    is_level = (chars.top[1:] == chars.top[:-1]) & (chars.bottom[1:] == chars.bottom[:-1])
    starts = [0, *(np.flatnonzero(~is_level) + 1).tolist()]  # of stretches of exactly one height
    tops, bottoms = chars.top[starts].tolist(), chars.bottom[starts].tolist()
    strokes: list[_Stroke] = []
    for start, end, top, bottom in zip(starts, [*starts[1:], count], tops, bottoms, strict=True):
        is_chinese = max(chars.text[start:end]) >= _FIRST_IDEOGRAPH
        last = strokes[-1] if strokes else None
        if last is not None and abs(bottom - last.bottom) <= 0.5 and abs(top - last.top) <= 0.5:
            last.end = end
            last.is_chinese |= is_chinese
        else:
            strokes.append(_Stroke(start, end, top, bottom, is_chinese))
    return strokes


def _join_by_middle(bands: list[_Band], stroke: _Stroke) -> None:
    """Join Chinese text, sorted by height, to the last line where their middles nearly meet."""
    if bands:
        band = bands[-1]
        height = min(band.bottom - band.top, stroke.bottom - stroke.top)
        if stroke.middle - band.middle <= _SAME_LINE * height:
            if stroke.end - stroke.start > band.count:
                band.top, band.bottom = stroke.top, stroke.bottom
            band.add(stroke)
            return
    bands.append(_band_of(stroke))


def _join_by_overlap(bands: list[_Band], stroke: _Stroke) -> None:
    """Join digits and Latin letters to the line they overlap most, or let them be a line of their own."""
    best, best_overlap = None, 0.0
    for band in bands:
        overlap = min(band.bottom, stroke.bottom) - max(band.top, stroke.top)
        if overlap > best_overlap:
            best, best_overlap = band, overlap
    height = max(stroke.bottom - stroke.top, 0.1)
    if best is not None and best_overlap >= _OVERLAP * min(height, best.bottom - best.top):
        best.add(stroke)
        return
    bands.append(_band_of(stroke))


def _text_lines(chars: Chars, bands: list[_Band]) -> list[TextLine]:
    """Return each band's characters from left to right, those drawn twice once."""
    number = np.empty(len(chars), dtype=np.intp)
    for index, band in enumerate(bands):
        for stroke in band.strokes:
            number[stroke.start : stroke.end] = index
    order = np.lexsort((chars.x0 + chars.x1, number))
    order = order[_drawn_first(chars, order, number[order])]
    number = number[order]
    starts = np.concatenate([[0], np.flatnonzero(number[1:] != number[:-1]) + 1])
    chars = chars.take(order)
    text, x0, x1, sizes = chars.text, chars.x0.tolist(), chars.x1.tolist(), chars.size.tolist()
    tops = np.minimum.reduceat(chars.top, starts).tolist()
    bottoms = np.maximum.reduceat(chars.bottom, starts).tolist()
    firsts = starts.tolist()
    return [
        TextLine(
            text=text[start:end],
            char_x0=tuple(x0[start:end]),
            char_x1=tuple(x1[start:end]),
            top=top,
            bottom=bottom,
            size=_usual(sizes[start:end]),
        )
        for start, end, top, bottom in zip(firsts, [*firsts[1:], len(text)], tops, bottoms, strict=True)
    ]


def _drawn_first(chars: Chars, order: NDArray[np.intp], number: NDArray[np.intp]) -> Flags:
    """Tell which of the ordered characters do not repeat one of the few kept before them in their band."""
    key = (number << 32) | chars.code[order]
    x0, top = chars.x0[order], chars.top[order]
    reach = _DOUBLE_DRAWN * np.maximum(chars.size[order], 1.0)
    first = np.ones(len(order), dtype=np.bool_)
    for step in range(1, _NEIGHBOURS + 1):
        earlier = np.flatnonzero(key[step:] == key[:-step])
        later = earlier + step
        is_near = np.abs(x0[later] - x0[earlier]) < reach[later]
        is_near &= np.abs(top[later] - top[earlier]) < reach[later]
        first[later[is_near]] = False
    return first if first.all() else _drawn_first_one_by_one(key, x0, top, reach)


def _drawn_first_one_by_one(*columns: NDArray[Any]) -> Flags:
    """Do the same where something is drawn twice: what is dropped makes room for a neighbour further left."""
    items = list(zip(*[column.tolist() for column in columns], strict=True))
    first = np.zeros(len(items), dtype=np.bool_)
    kept: list[tuple[Any, ...]] = []
    for index, item in enumerate(items):
        key, x0, top, reach = item
        if not any(
            key == other[0] and abs(x0 - other[1]) < reach and abs(top - other[2]) < reach
            for other in kept[-_NEIGHBOURS:]
        ):
            kept.append(item)
            first[index] = True
    return first


def _usual(sizes: list[float]) -> float:
    """Return the commonest size, in tenths of points."""
    if min(sizes) == max(sizes):
        return round(sizes[0], 1)
    return Counter([round(size, 1) for size in sizes]).most_common(1)[0][0]
