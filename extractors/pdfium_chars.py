"""The characters of a page, read from pdfium's text page in a few vector operations.

Characters are placed as drawn: x from the character's origin, width from its advance (the loose box), and a
vertical extent of one font size on the baseline, ``BELOW_BASELINE`` of it below. Fonts' own ascents and
descents are not used: they contradict each other within one line (OnlyOffice) and move numbers off it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import repeat

import numpy as np
from numpy.typing import NDArray

from extractors import pdfium_calls as calls
from extractors.page_objects import (
    BELOW_BASELINE,
    Chars,
    Flags,
    Floats,
    Numbers,
    PageObjects,
    text_of,
)
from extractors.pdfium_paths import ClipBoxes
from extractors.view import View

_INVISIBLE = 3  # text render mode
_HYPHENS = (0x02, 0xFFFE)  # pdfium's marks for a hyphen at the end of a line
_UNREADABLE = 0xFFFD
_SLANT = 0.1
_ENOUGH_RULES = 4  # a page with fewer drawn rules has no table to cut


_BEYOND = 0x10000  # stands for all characters beyond the basic plane


def _flags(*ranges: tuple[int, int]) -> Flags:
    """Return for each value of the basic plane, and one beyond it, whether it lies in one of the ranges."""
    flags = np.zeros(_BEYOND + 1, dtype=np.bool_)
    for first, last in ranges:
        flags[first : last + 1] = True
    return flags


#: White space (line ends and tabs are; other controls stand for unreadable text).
_SPACE_CODES = _flags(
    (0x09, 0x0D), (0x20, 0x20), (0xA0, 0xA0), (0x2000, 0x200B), (0x3000, 0x3000), (0xFEFF, 0xFEFF)
)
_WITHOUT_MEANING = _flags((0x00, 0x1F), (0xD800, 0xDFFF), (0xFFFE, 0xFFFE))
#: Values of pdfium's whole text that are not those of its single characters: hyphens, halves of characters.
_MARKS = _flags((_HYPHENS[0], _HYPHENS[0]), (0xD800, 0xDFFF), (0xFFFE, 0xFFFF))


def read_characters(page: PageObjects, text: calls.Handle, count: int, view: View) -> None:
    """Add the visible characters of a text page with ``count`` characters to the page.

    Left out are white space, what pdfium generates, what lies off the page, and text aslant (watermarks).
    A character without Unicode value becomes U+FFFD and is counted.
    """
    code = _codes(text, count)
    drawn = np.flatnonzero(~_SPACE_CODES[np.minimum(code, _BEYOND)])
    owner = np.fromiter(
        map(calls.char_object, repeat(text), drawn.tolist()), dtype=np.uint64, count=len(drawn)
    )
    if not owner.all():  # what pdfium generates has no owner
        drawn, owner = drawn[owner > 0], owner[owner > 0]
    count = len(drawn)
    if not count:
        return
    indices = drawn.tolist()
    calls.call_each(calls.char_loose_box, repeat(text), indices, calls.BOXES.pointers(count))
    pointers = calls.ORIGINS.pointers(count), calls.ORIGINS.pointers(count, 1)
    calls.call_each(calls.char_origin, repeat(text), indices, *pointers)
    placed = _place(text, drawn, _Operations.of(owner), view)
    keep = placed.is_straight & _is_inside(page, placed)
    if not page.has_forms and len(page.lines) + len(page.rects) >= _ENOUGH_RULES:
        keep &= ~_is_clipped(page, placed, view)
    code = _readable(page, code[drawn], keep)
    kept = code[keep].astype(np.uint32)
    page.chars = Chars(
        text_of(kept),
        placed.x0[keep],
        placed.top[keep],
        placed.x1[keep],
        placed.bottom[keep],
        placed.size[keep],
        placed.is_upright[keep],
        placed.operations.number[keep],
        _code=kept,
    )
    if page.images:  # only over a picture does invisible text make a searchable scan
        page.invisible_text = _INVISIBLE in map(calls.text_render_mode, placed.operations.handles())


def _codes(text: calls.Handle, count: int) -> Numbers:
    """Return the Unicode values of the characters: all at once where the page's text has one for each."""
    values = calls.TEXT.pointers(2 * count + 2)[0]  # a character may stand for several letters
    if calls.whole_text(text, 0, count, values) == count + 1:
        code: Numbers = calls.TEXT.array(count)[:, 0].astype(np.int64)
        if not _MARKS[code].any():
            return code
    return np.fromiter(map(calls.char_unicode, repeat(text), range(count)), dtype=np.int64, count=count)


@dataclass(slots=True)
class _Operations:
    """The text operations that drew the characters, counted from 1 in drawing order."""

    number: Numbers  # of every character
    first: Numbers  # index of the first character of each operation
    owner: NDArray[np.uint64]  # address of each operation's text object

    @classmethod
    def of(cls, owner: NDArray[np.uint64]) -> _Operations:
        is_first = np.empty(len(owner), dtype=np.bool_)
        is_first[0] = True
        np.not_equal(owner[1:], owner[:-1], out=is_first[1:])
        first = np.flatnonzero(is_first)
        return cls(np.cumsum(is_first), first, owner[first])

    def handles(self) -> Iterator[calls.Handle]:
        """Return the text object of each operation."""
        return map(calls.Handle, self.owner.tolist())


@dataclass(slots=True)
class _Placed:
    """Characters in view coordinates."""

    x0: Floats
    top: Floats
    x1: Floats
    bottom: Floats
    size: Floats
    is_upright: Flags
    is_straight: Flags  # not aslant
    operations: _Operations


def _is_inside(page: PageObjects, placed: _Placed) -> Flags:
    across, down = placed.x0 + placed.x1, placed.top + placed.bottom
    flags: Flags = (across >= 0) & (across <= 2 * page.width)
    flags &= (down >= 0) & (down <= 2 * page.height)
    return flags


def _is_clipped(page: PageObjects, placed: _Placed, view: View) -> Flags:
    """Tell which characters belong to texts that are wholly clipped away, outside the page's rules.

    Spreadsheets print the text of a cell cut by the page break on both pages and hide it by clipping on one.
    Within the rules a clipped text is kept: it is an overflowing one, of which something shows.
    """
    rules = [*page.lines, *page.rects]
    lefts, tops, rights, bottoms = zip(*rules, strict=True)
    x, y = (placed.x0 + placed.x1) / 2, (placed.top + placed.bottom) / 2
    outside = (x < min(lefts)) | (x > max(rights)) | (y < min(tops)) | (y > max(bottoms))
    hidden = np.zeros(len(x), dtype=np.bool_)
    if not outside.any():
        return hidden
    operations, clips = placed.operations, ClipBoxes(view.matrix)
    ends = np.append(operations.first[1:], len(x))
    for number in np.unique(operations.number[outside]).tolist():
        box = clips.of(calls.Handle(int(operations.owner[number - 1])))
        if box is None:
            continue
        own = slice(int(operations.first[number - 1]), int(ends[number - 1]))
        shown = (x[own] > box.x0) & (x[own] < box.x1) & (y[own] > box.top) & (y[own] < box.bottom)
        hidden[own] = not shown.any()
    return hidden


def _place(text: calls.Handle, drawn: Numbers, operations: _Operations, view: View) -> _Placed:
    """Return the characters whose loose boxes and origins stand in the buffers, placed in view coordinates."""
    loose = calls.BOXES.array(len(drawn)).astype(np.float64)
    origin = calls.ORIGINS.array(len(drawn))
    indices, member = drawn[operations.first].tolist(), operations.number - 1
    calls.call_each(calls.char_matrix, repeat(text), indices, calls.MATRICES.pointers(len(indices)))
    matrix = calls.MATRICES.array(len(indices)).astype(np.float64)
    font_size = np.fromiter(
        map(calls.char_font_size, repeat(text), indices), dtype=np.float64, count=len(indices)
    )
    a, b, c, d, e, f = view.matrix
    along_x, along_y = a * matrix[:, 0] + c * matrix[:, 1], b * matrix[:, 0] + d * matrix[:, 1]
    up_x, up_y = a * matrix[:, 2] + c * matrix[:, 3], b * matrix[:, 2] + d * matrix[:, 3]
    height = np.hypot(up_x, up_y)
    height[height == 0] = 1.0
    is_upright = (along_x > 0) & (up_y < 0) & (np.abs(along_y) <= _SLANT * along_x)
    is_straight = np.minimum(np.abs(along_x), np.abs(along_y)) <= _SLANT * np.hypot(along_x, along_y)
    size, upright = (font_size * height)[member], is_upright[member]
    x = a * origin[:, 0] + c * origin[:, 1] + e
    y = b * origin[:, 0] + d * origin[:, 1] + f
    width, depth = loose[:, 2] - loose[:, 0], loose[:, 1] - loose[:, 3]
    across = np.abs(a * width + c * depth)
    bottom = y + BELOW_BASELINE * size
    boxes = (x, bottom - size, x + across, bottom)
    if not upright.all():
        turned = ~upright
        along = np.abs(b * width + d * depth)[turned]
        up = np.stack([up_x / height, up_y / height])[:, member[turned]]
        for values, replaced in zip(
            boxes, _turned_boxes(x[turned], y[turned], across[turned], along, up, size[turned]), strict=True
        ):
            values[turned] = replaced
    return _Placed(*boxes, size, upright, is_straight[member], operations)


def _turned_boxes(
    x: Floats, y: Floats, across: Floats, along: Floats, up: Floats, size: Floats
) -> tuple[Floats, Floats, Floats, Floats]:
    """Return the boxes of characters whose baseline does not run from left to right."""
    below, above = -BELOW_BASELINE * size, (1 - BELOW_BASELINE) * size
    right_x, right_y = -up[1] * across, up[0] * along  # along the baseline: up turned clockwise
    xs = np.stack([x + up[0] * below, x + up[0] * above])
    ys = np.stack([y + up[1] * below, y + up[1] * above])
    xs, ys = np.concatenate([xs, xs + right_x]), np.concatenate([ys, ys + right_y])
    return xs.min(axis=0), ys.min(axis=0), xs.max(axis=0), ys.max(axis=0)


def _readable(page: PageObjects, code: Numbers, keep: Flags) -> Numbers:
    """Return the values with U+FFFD for those without a meaning, and count these among the characters kept."""
    unreadable = _WITHOUT_MEANING[np.minimum(code, _BEYOND)] | (code > 0x10FFFF)
    if unreadable.any():
        is_hyphen = (code == _HYPHENS[0]) | (code == _HYPHENS[1])
        code, unreadable = np.where(is_hyphen, 0x2D, code), unreadable & ~is_hyphen
        page.unmapped_char_count += int((unreadable & keep).sum())
        code = np.where(unreadable, _UNREADABLE, code)
    return code
