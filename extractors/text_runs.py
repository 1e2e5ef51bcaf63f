"""Joining the characters of a page into runs: stretches drawn side by side on one baseline.

A run is the smallest piece of text that is put into a cell as a whole. Characters assigned one by one would
cut a number that overflows its cell (``267.8|0``) into two wrong ones.
"""

from __future__ import annotations

import re
from typing import NamedTuple

import numpy as np

from extractors.page_objects import Chars, Flags, Floats

#: Fake bold draws a character twice, less than this part of its size apart.
_DOUBLE_DRAWN = 0.2
_DOUBLE_REACH = 1.0  # points; a quick look finds out whether anything is drawn twice this near
#: The key of that look: 21 bits for the character, 18 for the band (2 points each), 24 for the place in it.
_CODE_SHIFT, _BAND_SHIFT, _STEPS_A_POINT = 42, 24, 32
_OFF_PAGE = 1000.0  # characters at the edge of the page may begin this far outside
#: Within a run the gap is at most this part of the size; wider gaps separate words or cells.
_WORD_GAP = 0.35
#: A step back or down of more than these parts of the size starts a new run.
_STEP_BACK, _STEP_DOWN = 0.5, 0.3
#: Characters of two text operations that overlap or stand apart by more than this are two texts.
_OTHER_TEXT = 0.15
#: A rule standing in a gap of at least this part of the size, or this near to it, separates two cells.
_RULED_GAP, _RULE_REACH = 0.08, 0.15
_AMOUNT = re.compile(r"-?\d[\d,]*\.\d+")
_DASHES = re.compile(r"[-—–－]+")
_ALONE = re.compile(r"-?\d[\d,]*(?:\.\d+)?|[-—–－]+")  # amounts, line numbers, dashes
#: A cell that says that there is nothing, and the number in the next one.
_NOTHING_BEFORE_NUMBER = re.compile(r"(?:无|…{1,2})(?=\d)")
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
    places = list(zip(chars.x0.tolist(), chars.top.tolist(), chars.size.tolist(), strict=True))
    seen: dict[tuple[str, int, int], list[int]] = {}
    keep: list[int] = []
    for index, character in enumerate(chars.text):
        column, row = int(places[index][0] // 4), int(places[index][1] // 4)
        near = [
            other
            for x in (column, column - 1, column + 1)
            for y in (row, row - 1, row + 1)
            for other in seen.get((character, x, y), ())
        ]
        if not any(_is_same_place(places[other], places[index]) for other in near):
            keep.append(index)
            seen.setdefault((character, column, row), []).append(index)
    return chars if len(keep) == len(chars) else chars.take(np.array(keep, dtype=np.intp))


def _may_repeat(chars: Chars) -> bool:
    """Tell whether any character stands twice within ``_DOUBLE_REACH``, taking in a little more than that.

    Characters are sorted by what they are, their band of the page and their place in it; what stands near each
    other in a band, or in a band moved by half its height, is then side by side.
    """
    if len(chars) < 2:
        return False
    code = chars.code.astype(np.int64) << _CODE_SHIFT
    place = ((chars.x0 + _OFF_PAGE) * _STEPS_A_POINT).astype(np.int64)
    band = (chars.top + _OFF_PAGE) / (2 * _DOUBLE_REACH)
    for move in (0.0, 0.5):
        key = code + ((band + move).astype(np.int64) << _BAND_SHIFT) + place
        key.sort()
        if (key[1:] - key[:-1] <= _DOUBLE_REACH * _STEPS_A_POINT).any():
            return True
    return False


_Place = tuple[float, float, float]  # left edge, top, size


def _is_same_place(first: _Place, second: _Place) -> bool:
    reach = _DOUBLE_DRAWN * second[2]
    return abs(first[0] - second[0]) < reach and abs(first[1] - second[1]) < reach


def find_runs(chars: Chars, column_edges: list[float]) -> list[Run]:
    """Group characters, in drawing order, into runs.

    A new run starts with another baseline, a step back, a gap of more than a third of the size, or a smaller
    gap in which one of the (sorted) ``column_edges`` stands. Where characters touch at a column edge they are
    two runs only if two text operations drew them and they are no digits: otherwise one text overflows.
    """
    if not len(chars):
        return []
    return Runs(chars, column_edges).as_list()


class Runs:
    """The runs of some characters as columns: first characters, ends and boxes."""

    def __init__(self, chars: Chars, column_edges: list[float]) -> None:
        """Find the runs of at least one character, as ``find_runs`` says."""
        breaks = _breaks(chars)
        if column_edges:
            breaks |= _ruled_breaks(chars, np.array(column_edges), ~breaks)
        ends = np.flatnonzero(breaks) + 1
        self.chars = chars
        self.first = np.concatenate([[0], ends])
        self.end = np.concatenate([ends, [len(chars)]])
        self.x0 = np.minimum.reduceat(chars.x0, self.first)
        self.top = np.minimum.reduceat(chars.top, self.first)
        self.x1 = np.maximum.reduceat(chars.x1, self.first)
        self.bottom = np.maximum.reduceat(chars.bottom, self.first)

    def as_list(self) -> list[Run]:
        """Return the runs one by one."""
        first, end = self.first.tolist(), self.end.tolist()
        text = self.chars.text
        return list(
            map(
                Run,
                first,
                end,
                [text[start:stop] for start, stop in zip(first, end, strict=True)],
                self.x0.tolist(),
                self.top.tolist(),
                self.x1.tolist(),
                self.bottom.tolist(),
                self.chars.size[self.first].tolist(),
            )
        )


def _breaks(chars: Chars) -> Flags:
    """Tell for each character but the last whether a run ends with it, rules left aside."""
    size = np.maximum(chars.size[:-1], 1.0)
    gap = (chars.x0[1:] - chars.x1[:-1]) / size
    step = np.abs(chars.bottom[1:] - chars.bottom[:-1]) / size
    flags: Flags = (gap > _WORD_GAP) | (gap < -_STEP_BACK)
    flags |= step > _STEP_DOWN
    flags |= (np.abs(gap) > _OTHER_TEXT) & (chars.operation[1:] != chars.operation[:-1])
    flags |= ~chars.upright[1:]
    for found in _NOTHING_BEFORE_NUMBER.finditer(chars.text):
        flags[found.end() - 1] |= _is_whole_operation(chars, found.start(), found.end())
    return flags


def _is_whole_operation(chars: Chars, first: int, end: int) -> bool:
    """Tell whether one text operation drew these characters, of which others follow, and nothing else."""
    drawn = chars.operation
    begins = first == 0 or drawn[first - 1] != drawn[first]
    return bool(begins and drawn[first] == drawn[end - 1] != drawn[end])


def _ruled_breaks(chars: Chars, edges: Floats, joined: Flags) -> Flags:
    """Tell for each character but the last whether a rule stands between it and the next one."""
    size = np.maximum(chars.size[:-1], 1.0)
    end, start = chars.x1[:-1], chars.x0[1:]
    reach = _RULE_REACH * size
    low, high = np.minimum(end, start) - reach, np.maximum(end, start) + reach
    between = np.searchsorted(edges, high, side="right") > np.searchsorted(edges, low)
    is_open = start - end >= _RULED_GAP * size
    at_rule = joined & between
    found = at_rule & is_open
    operation = chars.operation
    is_other = operation[1:] != operation[:-1]
    for index in np.flatnonzero(at_rule & ~is_open & is_other).tolist():
        found[index] = _are_two_texts(chars, index)
    for index in np.flatnonzero(joined & ~found & is_other).tolist():
        last = chars.text[index]
        if (last.isdigit() or _DASHES.match(last)) and _NUMERIC.match(chars.text[index + 1]):
            found[index] = _are_two_texts(
                chars, index
            )  # amounts overflow to the left, and then beside the rule
    return found


def _are_two_texts(chars: Chars, index: int) -> bool:
    """Tell whether the characters at ``index`` and after it, which touch at a rule, are the ends of two texts.

    Two text operations drew them, and they are no digits, or one drew a whole amount and the other a whole number or dash.
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
    whole = text[first : index + 1], text[index + 1 : end]
    if _AMOUNT.fullmatch(whole[1]):
        return bool(_ALONE.fullmatch(whole[0]))
    return bool(_DASHES.fullmatch(whole[1]) and _AMOUNT.fullmatch(whole[0]))
