"""What a recognition engine takes for lines of text, cut into the texts that stand there by ink and rules; in pixels."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

from extractors.page_objects import Box
from extractors.scanned_picture import Ink, Picture

# of a line's height:
_MISSED, _CLOSE = 1.2, 0.35  # how far before it a missed character begins, and ends at least
_GAP = 0.6  # what is wider apart are two texts
_LEAST_ERASED = 0.6  # inch; what is shorter may be strokes of characters that touch
_RULE_MARGIN = 3  # pixels beside a rule that belong to it


def texts_of_lines(lines: Sequence[Box], ink: Ink, rules: Sequence[Box], scale: float) -> list[Box]:
    """Return the texts in what an engine takes for lines, as wide as their ink; ``scale`` is pixels per point.

    A line that the engine has found across an upright rule or a wide gap holds several texts; two lines that overlap at
    their ends share no character; a first character that was missed (一) belongs to its line.
    """
    bare = ink.copy()
    _erase(bare, [rule for rule in rules if _is_long(rule, scale)])
    upright = [rule for rule in rules if rule.x0 == rule.x1]
    apart = _apart([_whole(line, bare, upright) for line in lines], bare)
    return [text for line in apart for text in _texts_of(line, bare, upright)]


def without_upright_rules(picture: Picture, rules: Sequence[Box], scale: float) -> Picture:
    """Return a picture with paper where its long upright rules are: beside a number the engine reads them as 1."""
    cleared = picture.copy()
    paper = np.uint8(np.median(picture))
    for rule in rules:
        if rule.x0 == rule.x1 and _is_long(rule, scale):
            x0 = max(int(rule.x0) - _RULE_MARGIN, 0)
            cleared[int(rule.top) : int(rule.bottom) + 1, x0 : int(rule.x1) + _RULE_MARGIN + 1] = paper
    return cleared


def _is_long(rule: Box, scale: float) -> bool:
    return max(rule.x1 - rule.x0, rule.bottom - rule.top) > _LEAST_ERASED * 72 * scale


def _erase(ink: Ink, rules: list[Box]) -> None:
    """Take rules out of the ink."""
    for rule in rules:
        x0, top = int(rule.x0) - _RULE_MARGIN, int(rule.top) - _RULE_MARGIN
        ink[
            max(top, 0) : int(rule.bottom) + _RULE_MARGIN + 1, max(x0, 0) : int(rule.x1) + _RULE_MARGIN + 1
        ] = 0


def _texts_of(bounds: Box, ink: Ink, upright: list[Box]) -> Iterator[Box]:
    """Cut what the engine takes for a line at upright rules and wide gaps; yield the parts, as wide as their ink."""
    (x0, top), (x1, bottom) = map(math.floor, bounds[:2]), map(math.ceil, bounds[2:])
    part = ink[top:bottom, x0:x1]
    if not part.size:
        return
    height = bottom - top
    columns = np.flatnonzero(_inked_columns(part))
    if not len(columns):  # light print on a dark ground: the engine may read it all the same
        yield bounds
        return
    ends = np.flatnonzero(np.diff(columns) > _GAP * height)
    cuts = [float(columns[end] + columns[end + 1]) / 2 for end in ends]
    cuts += [rule.x0 - x0 for rule in upright if _parts(rule, top, bottom)]
    for first, last in pairwise([0.0, *sorted(cut for cut in cuts if 0 < cut < x1 - x0), float(x1 - x0)]):
        within = columns[(columns >= first) & (columns < last)]
        if len(within):
            yield Box(float(x0 + within[0]), float(top), float(x0 + within[-1] + 1), float(bottom))


def _inked_columns(part: Ink) -> Ink:
    """Tell in which columns ink is more than a speck: it goes on in the next row, or through three columns."""
    inked: Ink = np.asarray((part[:-1] & part[1:]).any(axis=0), dtype=np.uint8)
    flat: Ink = np.asarray((part[:, :-2] & part[:, 1:-1] & part[:, 2:]).any(axis=0), dtype=np.uint8)
    for shift in range(3):
        inked[shift : shift + len(flat)] |= flat
    return inked


def _whole(box: Box, ink: Ink, upright: list[Box]) -> Box:
    """Return a line with the character before it that the engine has missed (一), where no rule lies between."""
    height = box.bottom - box.top
    # the engine's box may begin on the rule itself
    near = box.x0 + _CLOSE * height
    rules = [rule.x0 for rule in upright if rule.x0 < near and _parts(rule, box.top, box.bottom)]
    least = max([box.x0 - _MISSED * height, *(x0 + _RULE_MARGIN + 1 for x0 in rules), 0.0])
    part = ink[int(box.top) : math.ceil(box.bottom), int(least) : int(box.x0)]
    columns = np.flatnonzero(_inked_columns(part)) if min(part.shape) > 2 else np.empty(0, dtype=np.int64)
    if not len(columns) or part.shape[1] - columns[-1] > _CLOSE * height or columns[0] == 0:
        return box
    return box._replace(x0=float(int(least) + columns[0]))


def _apart(boxes: list[Box], ink: Ink) -> list[Box]:
    """Cut boxes of one line that overlap, each pair where the least ink is: a character belongs to one text only.

    The order is kept.
    """
    boxes = list(boxes)
    order = sorted(range(len(boxes)), key=lambda number: boxes[number])
    for place, number in enumerate(order):
        first = boxes[number]
        for other in order[place + 1 :]:
            second = boxes[other]
            if second.x0 >= first.x1:
                break
            shared = min(first.bottom, second.bottom) - max(first.top, second.top)
            if second.x1 <= first.x1 or shared < 0.5 * min(
                first.bottom - first.top, second.bottom - second.top
            ):
                continue
            top, bottom = int(max(first.top, second.top)), math.ceil(min(first.bottom, second.bottom))
            columns = ink[top:bottom, int(second.x0) : math.ceil(first.x1)].sum(axis=0)
            cut = int(second.x0) + float(np.flatnonzero(columns == columns.min()).mean())
            first, boxes[other] = first._replace(x1=cut), second._replace(x0=cut)
        boxes[number] = first
    return boxes


def _parts(rule: Box, top: float, bottom: float) -> bool:
    """Tell whether an upright rule stands between texts of a line: a stroke of a character is no higher than its line."""
    slack = 0.05 * (bottom - top)
    return (
        rule.top <= top + slack
        and rule.bottom >= bottom - slack
        and rule.bottom - rule.top > bottom - top + slack
    )
