"""Reading pages without usable text by optical character recognition, offline and only where it is installed.

The engine is RapidOCR, whose models come with its package (extra ``ocr``). It finds and reads lines of text;
``scanned_lines.py`` cuts them apart, ``scanned_picture.py`` finds rules and dashes, and ``recognised_page.py`` makes page objects
of all of it, so that the same table code reads a scan as any other page.
"""

from __future__ import annotations

import importlib.util
import os
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version
from typing import Any

import numpy as np

from extractors.page_objects import Box
from extractors.scanned_lines import texts_of_lines, without_upright_rules
from extractors.scanned_picture import Picture, find_rules, ink_of

_LEAST_SCORE = 0.5  # what the engine reads with less is no text
MARGIN = 0.12  # of its height: how much higher than the text the engine finds a line, above and below
_LONG = 1.5  # times its height: what a line of text is at least
_CLEARLY = 2.0  # times what lies: what stands on a page that lies on its side
_VOTERS = 9  # the widest lines tell whether a page stands on its head,
_SURE = 0.9  # those of which the engine is sure
_METHOD = "cut-8"  # changes with what the engine is shown of a picture


@lru_cache(maxsize=1)
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
    parts = texts_of_lines(boxes, ink, rules, scale)
    if not parts:
        return Recognised(quarters, [])
    cleared = without_upright_rules(picture, rules, scale)
    output = _engine().recognize_txt([_shown(cleared, part) for part in parts])
    lines = [
        TextLine(part, text, float(score))
        for part, text, score in zip(parts, output.txts, output.scores, strict=True)
        if text.strip() and score >= _LEAST_SCORE
    ]
    return Recognised(quarters, lines)


def _right_way_up(picture: Picture) -> tuple[int, Picture, list[Box]]:
    """Return by how many quarters a picture had to be turned clockwise, the turned picture, and its lines of text."""
    quarters, boxes = 0, _detect(picture)
    if sum(_extent(box)[1] for box in boxes) > _CLEARLY * sum(_extent(box)[0] for box in boxes):
        quarters, picture = 1, turned_by(picture, 1)
        boxes = _detect(picture)
    widest = sorted(boxes, key=lambda box: -_extent(box)[0])[:_VOTERS]
    if widest:
        _, classified = _engine().cls_and_rotate([_shown(picture, box) for box in widest])
        against = sum("180" in label and score > _SURE for label, score in classified.cls_res)
        if 2 * against > len(widest):
            quarters, picture = quarters + 2, turned_by(picture, 2)
            boxes = _detect(picture)
    return quarters, picture, boxes


def turned_by(picture: Picture, quarters: int) -> Picture:
    """Return a picture turned clockwise by quarters."""
    return np.ascontiguousarray(np.rot90(picture, -quarters))


def _detect(picture: Picture) -> list[Box]:
    """Return what the engine takes for lines of text."""
    found = _engine()(_coloured(picture), use_det=True, use_cls=False, use_rec=False)
    if found.boxes is None:
        return []
    return [
        Box(*corners.min(axis=0).tolist(), *corners.max(axis=0).tolist())
        for corners in np.asarray(found.boxes)
    ]


def _coloured(picture: Picture) -> Picture:
    return np.stack([picture] * 3, axis=-1)


def _extent(line: Box) -> tuple[float, float]:
    """Return the width of a line that lies, the height of one that stands; 0 and 0 of what is neither."""
    width, height = line.x1 - line.x0, line.bottom - line.top
    return (width if width > _LONG * height else 0.0), (height if height > _LONG * width else 0.0)


def _shown(picture: Picture, part: Box) -> Picture:
    """Return the part of a picture that the engine is shown of a text."""
    margin = max(2, round(MARGIN * (part.bottom - part.top)))
    x0, x1 = max(0, int(part.x0) - margin), int(part.x1) + margin
    return _coloured(picture[max(0, int(part.top)) : int(part.bottom) + 1, x0:x1])
