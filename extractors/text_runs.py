"""Joining the characters of a page into runs: stretches drawn side by side on one baseline.

A run is the smallest piece of text that is put into a cell as a whole. Characters assigned one by one would
cut a number that overflows its cell (``267.8|0``) into two wrong ones.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from extractors.page_objects import Chars

#: Fake bold draws a character twice, less than this part of its size apart.
_DOUBLE_DRAWN = 0.2
#: Within a run the gap is at most this part of the size; wider gaps separate words or cells.
_WORD_GAP = 0.35
#: A rule standing in a gap of at least this part of the size separates two cells.
_RULED_GAP = 0.08


@dataclass(slots=True)
class Run:
    """Characters ``first`` … of one run by index, and the box around them."""

    indices: list[int]
    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float


def drop_double_drawn(chars: Chars) -> Chars:
    """Return the characters without those drawn again at (nearly) the same place."""
    seen: dict[tuple[str, int, int], list[int]] = {}
    keep: list[int] = []
    x0, top, text, size = chars.x0, chars.top, chars.text, chars.size
    for index, character in enumerate(text):
        cell_x, cell_y = int(x0[index] // 4), int(top[index] // 4)
        reach = _DOUBLE_DRAWN * size[index]
        if not _is_repeated(seen, character, cell_x, cell_y, reach, x0, top, index):
            keep.append(index)
            seen.setdefault((character, cell_x, cell_y), []).append(index)
    return chars if len(keep) == len(text) else select(chars, keep)


def _is_repeated(
    seen: dict[tuple[str, int, int], list[int]],
    character: str,
    cell_x: int,
    cell_y: int,
    reach: float,
    x0: list[float],
    top: list[float],
    index: int,
) -> bool:
    for near_x in (cell_x, cell_x - 1, cell_x + 1):
        for near_y in (cell_y, cell_y - 1, cell_y + 1):
            for other in seen.get((character, near_x, near_y), ()):
                if abs(x0[other] - x0[index]) < reach and abs(top[other] - top[index]) < reach:
                    return True
    return False


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
    )


def find_runs(chars: Chars, column_edges: list[float]) -> list[Run]:
    """Group characters, in drawing order, into runs.

    A new run starts with a white space, another baseline, a step back, a gap of more than a third of the
    size, or a smaller gap in which one of the (sorted) ``column_edges`` stands. A column edge that cuts
    through glyphs, or stands between two that touch, does not end a run: that is an overflowing text.
    """
    runs: list[Run] = []
    members: list[int] = []
    for index, character in enumerate(chars.text):
        if character.isspace():
            _close(chars, members, runs)
            members = []
            continue
        if members and not _continues(chars, members[-1], index, column_edges):
            _close(chars, members, runs)
            members = []
        members.append(index)
    _close(chars, members, runs)
    return runs


def _continues(chars: Chars, last: int, index: int, column_edges: list[float]) -> bool:
    size = max(chars.size[last], 1.0)
    if not chars.upright[index] or abs(chars.bottom[last] - chars.bottom[index]) > 0.3 * size:
        return False
    gap = chars.x0[index] - chars.x1[last]
    if gap > _WORD_GAP * size or gap < -0.5 * size:
        return False
    if gap <= _RULED_GAP * size:
        return True
    position = bisect_left(column_edges, chars.x1[last])
    return position == len(column_edges) or column_edges[position] > chars.x0[index]


def _close(chars: Chars, members: list[int], runs: list[Run]) -> None:
    if not members:
        return
    runs.append(
        Run(
            members,
            "".join([chars.text[i] for i in members]),
            min([chars.x0[i] for i in members]),
            min([chars.top[i] for i in members]),
            max([chars.x1[i] for i in members]),
            max([chars.bottom[i] for i in members]),
            chars.size[members[0]],
        )
    )
