"""Joining the characters of a page into runs: stretches drawn side by side on one baseline.

A run is the smallest piece of text that is put into a cell as a whole. Characters assigned one by one would
cut a number that overflows its cell (``267.8|0``) into two wrong ones.
"""

from __future__ import annotations

import re
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from extractors.page_objects import Chars

#: Fake bold draws a character twice, less than this part of its size apart.
_DOUBLE_DRAWN = 0.2
_DOUBLE_REACH = 1.0  # points; a quick look finds out whether anything is drawn twice this near
#: Within a run the gap is at most this part of the size; wider gaps separate words or cells.
_WORD_GAP = 0.35
#: A step back or down of more than these parts of the size starts a new run.
_STEP_BACK, _STEP_DOWN = 0.5, 0.3
#: Characters of two text operations that overlap or stand apart by more than this are two texts.
_OTHER_TEXT = 0.15
#: A rule standing in a gap of at least this part of the size, or this near to it, separates two cells.
_RULED_GAP, _RULE_REACH = 0.08, 0.15
_AMOUNT = re.compile(r"-?\d[\d,]*\.\d+")
_NUMERIC = re.compile(r"[\d.,%+-]")


class Run(NamedTuple):
    """The characters with indices ``first`` to ``end - 1`` and the box around them."""

    first: int
    end: int
    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float


def drop_double_drawn(chars: Chars) -> Chars:
    """Return the characters without those drawn again at (nearly) the same place."""
    if not _may_repeat(chars):
        return chars
    seen: dict[tuple[str, int, int], list[int]] = {}
    keep: list[int] = []
    for index, character in enumerate(chars.text):
        column, row = int(chars.x0[index] // 4), int(chars.top[index] // 4)
        near = [
            other
            for x in (column, column - 1, column + 1)
            for y in (row, row - 1, row + 1)
            for other in seen.get((character, x, y), ())
        ]
        if not any(_is_same_place(chars, other, index) for other in near):
            keep.append(index)
            seen.setdefault((character, column, row), []).append(index)
    return chars if len(keep) == len(chars) else select(chars, keep)


def _may_repeat(chars: Chars) -> bool:
    """Tell whether any character stands twice in one square of a grid, or of the grid moved by half a square."""
    if len(chars) < 2:
        return False
    code = np.fromiter(map(hash, chars.text), dtype=np.int64, count=len(chars)) << 32
    x, y = np.array(chars.x0) / (2 * _DOUBLE_REACH), np.array(chars.top) / (2 * _DOUBLE_REACH)
    for move_x in (0.0, 0.5):
        for move_y in (0.0, 0.5):
            key = np.sort(code ^ ((x + move_x).astype(np.int64) << 16) ^ (y + move_y).astype(np.int64))
            if (key[1:] == key[:-1]).any():
                return True
    return False


def _is_same_place(chars: Chars, first: int, second: int) -> bool:
    reach = _DOUBLE_DRAWN * chars.size[second]
    return (
        abs(chars.x0[first] - chars.x0[second]) < reach and abs(chars.top[first] - chars.top[second]) < reach
    )


def select(chars: Chars, keep: list[int]) -> Chars:
    """Return the characters at the given indices, in that order."""
    return Chars(
        [chars.text[i] for i in keep],
        [chars.x0[i] for i in keep],
        [chars.top[i] for i in keep],
        [chars.x1[i] for i in keep],
        [chars.bottom[i] for i in keep],
        [chars.size[i] for i in keep],
        [chars.upright[i] for i in keep],
        [chars.operation[i] for i in keep],
        [chars.confidence[i] for i in keep] if chars.confidence else [],
    )


def find_runs(chars: Chars, column_edges: list[float]) -> list[Run]:
    """Group characters, in drawing order, into runs.

    A new run starts with another baseline, a step back, a gap of more than a third of the size, or a smaller
    gap in which one of the (sorted) ``column_edges`` stands. Where characters touch at a column edge they are
    two runs only if two text operations drew them and they are no digits: otherwise one text overflows.
    """
    count = len(chars)
    if not count:
        return []
    x0, x1, top, bottom = (np.array(values) for values in (chars.x0, chars.x1, chars.top, chars.bottom))
    breaks = _breaks(chars, x0, x1, bottom)
    edges = np.array(column_edges)
    if len(edges):
        breaks |= _ruled_breaks(chars, x0, x1, edges, ~breaks)
    starts = np.concatenate([[0], np.flatnonzero(breaks) + 1])
    ends = [*starts[1:].tolist(), count]
    boxes = zip(
        np.minimum.reduceat(x0, starts).tolist(),
        np.minimum.reduceat(top, starts).tolist(),
        np.maximum.reduceat(x1, starts).tolist(),
        np.maximum.reduceat(bottom, starts).tolist(),
        strict=True,
    )
    return [
        Run(first, end, "".join(chars.text[first:end]), *box, chars.size[first])
        for first, end, box in zip(starts.tolist(), ends, boxes, strict=True)
    ]


_Floats = NDArray[np.float64]
_Flags = NDArray[np.bool_]


def _breaks(chars: Chars, x0: _Floats, x1: _Floats, bottom: _Floats) -> _Flags:
    """Tell for each character but the last whether a run ends with it, rules left aside."""
    size = np.maximum(np.array(chars.size), 1.0)[:-1]
    operation = np.array(chars.operation)
    gap = (x0[1:] - x1[:-1]) / size
    step = np.abs(bottom[1:] - bottom[:-1]) / size
    is_other_text = (np.abs(gap) > _OTHER_TEXT) & (operation[1:] != operation[:-1])
    flags = (gap > _WORD_GAP) | (gap < -_STEP_BACK) | (step > _STEP_DOWN) | is_other_text
    ends: _Flags = flags | ~np.array(chars.upright, dtype=np.bool_)[1:]
    return ends


def _ruled_breaks(chars: Chars, x0: _Floats, x1: _Floats, edges: _Floats, joined: _Flags) -> _Flags:
    """Tell for each character but the last whether a rule stands between it and the next one."""
    size = np.maximum(np.array(chars.size), 1.0)[:-1]
    reach = _RULE_REACH * size
    low, high = np.minimum(x1[:-1], x0[1:]) - reach, np.maximum(x1[:-1], x0[1:]) + reach
    between = np.searchsorted(edges, high, side="right") > np.searchsorted(edges, low)
    is_open = x0[1:] - x1[:-1] >= _RULED_GAP * size
    found = np.zeros(len(joined), dtype=np.bool_)
    for index in np.flatnonzero(joined & between).tolist():
        found[index] = is_open[index] or _are_two_texts(chars, index)
    operation = np.array(chars.operation)
    for index in np.flatnonzero(joined & ~found & (operation[1:] != operation[:-1])).tolist():
        if chars.text[index].isdigit() and _NUMERIC.match(chars.text[index + 1]):
            found[index] = _are_two_texts(
                chars, index
            )  # amounts overflow to the left, and then beside the rule
    return found


def _are_two_texts(chars: Chars, index: int) -> bool:
    """Tell whether the characters at ``index`` and after it, which touch at a rule, are the ends of two texts.

    Two text operations drew them, and they are no digits, or each operation drew a whole amount of its own.
    """
    operation, text = chars.operation, chars.text
    if operation[index] == operation[index + 1]:
        return False
    if not (_NUMERIC.match(text[index]) and _NUMERIC.match(text[index + 1])):
        return True
    first, end = index, index + 2
    while first > 0 and operation[first - 1] == operation[index]:
        first -= 1
    while end < len(text) and operation[end] == operation[index + 1]:
        end += 1
    whole = "".join(text[first : index + 1]), "".join(text[index + 1 : end])
    return all(_AMOUNT.fullmatch(part) for part in whole)
