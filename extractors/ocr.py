"""Reading pages without usable text by optical character recognition, offline and only where it is installed.

The engine is RapidOCR, whose models come with its package (extra ``ocr``). It finds and reads lines of text;
the rules of tables are found in the picture by morphological opening. Both become page objects, so that the
same table code reads a scan as any other page.
"""

from __future__ import annotations

import importlib.util
import math
import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from extractors.page_objects import Box
from extractors.scanned_picture import Ink, Picture, find_rules, ink_of

_LEAST_SCORE = 0.5  # what the engine reads with less is no text
_MISSED, _CLOSE = (
    1.2,
    0.35,
)  # of a line's height: how far before it a missed character begins, and ends at least
_GAP = 0.6  # of a line's height: what is wider apart are two texts
MARGIN = 0.12  # of its height: how much higher than the text the engine finds a line, above and below
_LEAST_ERASED = 0.6  # inch; what is shorter may be strokes of characters that touch
_RULE_MARGIN = 3  # pixels beside a rule that belong to it
_LONG = 1.5  # times its height: what a line of text is at least
_CLEARLY = 2.0  # times what lies: what stands on a page that lies on its side
_VOTERS = 9  # the widest lines tell whether a page stands on its head,
_SURE = 0.9  # those of which the engine is sure
_METHOD = "cut-6"  # changes with what the engine is shown of a picture


def is_available() -> bool:
    """Tell whether the recognition engine is installed."""
    return all(importlib.util.find_spec(name) is not None for name in ("rapidocr", "onnxruntime", "cv2"))


@lru_cache(maxsize=1)
def engine_version() -> str:
    """Return which engine reads pictures here; needs ``is_available``. Its models come with its package."""
    return "-".join([*(f"{name}-{version(name)}" for name in ("rapidocr", "onnxruntime")), _METHOD])


@lru_cache(maxsize=1)
def _engine() -> Any:
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    from rapidocr import RapidOCR

    return RapidOCR(
        params={
            "Global.log_level": "error",
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )


@dataclass(frozen=True, slots=True)
class TextLine:
    """A text that the engine read: its place in pixels, as wide as its ink; how sure it is, 0..1."""

    box: Box
    text: str
    score: float


@dataclass(frozen=True, slots=True)
class Recognised:
    """What the engine read in a picture, after it was turned clockwise by so many ``quarters`` to lie the right way up."""

    quarters: int
    lines: list[TextLine]


def read_picture(picture: Picture, scale: float) -> Recognised:
    """Return the texts in a picture with ``scale`` pixels per point; slow, and needs ``is_available``.

    The engine takes texts that stand close together for one line, on both sides of a rule and across a gap between
    columns. They are cut apart before they are read.
    """
    quarters, picture, boxes = _right_way_up(picture)
    ink = ink_of(picture)
    rules = find_rules(ink, scale)
    _erase(ink, [rule for rule in rules if _length(rule) > _LEAST_ERASED * 72 * scale])
    upright = [rule for rule in rules if rule.x0 == rule.x1]
    bounds = _apart([_whole(_bounds(corners), ink, upright) for corners in boxes], ink)
    parts = [part for box in bounds for part in _texts_of(box, ink, upright)]
    if not parts:
        return Recognised(quarters, [])
    output = _engine().recognize_txt([_shown(picture, part) for part in parts])
    lines = [
        TextLine(part, text, float(score))
        for part, text, score in zip(parts, output.txts, output.scores, strict=True)
        if text.strip() and score >= _LEAST_SCORE
    ]
    return Recognised(quarters, lines)


def _right_way_up(picture: Picture) -> tuple[int, Picture, list[NDArray[np.float64]]]:
    """Return by how many quarters a picture had to be turned clockwise, the turned picture, and its lines of text."""
    quarters, boxes = 0, _detect(picture)
    if sum(_extent(box)[1] for box in boxes) > _CLEARLY * sum(_extent(box)[0] for box in boxes):
        quarters, picture = 1, turned_by(picture, 1)
        boxes = _detect(picture)
    widest = sorted(boxes, key=lambda box: -_extent(box)[0])[:_VOTERS]
    if widest:
        _, classified = _engine().cls_and_rotate([_shown(picture, _bounds(box)) for box in widest])
        against = sum("180" in label and score > _SURE for label, score in classified.cls_res)
        if 2 * against > len(widest):
            quarters, picture = quarters + 2, turned_by(picture, 2)
            boxes = _detect(picture)
    return quarters, picture, boxes


def turned_by(picture: Picture, quarters: int) -> Picture:
    """Return a picture turned clockwise by quarters."""
    return np.ascontiguousarray(np.rot90(picture, -quarters))


def _detect(picture: Picture) -> list[NDArray[np.float64]]:
    """Return the corners of what the engine takes for lines of text."""
    found = _engine()(_coloured(picture), use_det=True, use_cls=False, use_rec=False)
    return [] if found.boxes is None else [np.asarray(corners, dtype=np.float64) for corners in found.boxes]


def _coloured(picture: Picture) -> Picture:
    return np.stack([picture] * 3, axis=-1)


def _bounds(corners: NDArray[np.float64]) -> Box:
    return Box(*corners.min(axis=0).tolist(), *corners.max(axis=0).tolist())


def _extent(corners: NDArray[np.float64]) -> tuple[float, float]:
    """Return the width of a line that lies, the height of one that stands; 0 and 0 of what is neither."""
    x0, top, x1, bottom = _bounds(corners)
    width, height = x1 - x0, bottom - top
    return (width if width > _LONG * height else 0.0), (height if height > _LONG * width else 0.0)


def _length(rule: Box) -> float:
    return max(rule.x1 - rule.x0, rule.bottom - rule.top)


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
    if not len(columns):
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


def _shown(picture: Picture, part: Box) -> Picture:
    """Return the part of a picture that the engine is shown of a text."""
    margin = max(2, round(MARGIN * (part.bottom - part.top)))
    x0, x1 = max(0, int(part.x0) - margin), int(part.x1) + margin
    return _coloured(picture[max(0, int(part.top)) : int(part.bottom) + 1, x0:x1])
