"""Reading pages without usable text by optical character recognition, offline and only where it is installed.

The engine is RapidOCR, whose models come with its package (extra ``ocr``). It finds and reads lines of text;
the rules of tables are found in the picture by morphological opening. Both become page objects, so that the
same table code reads a scan as any other page.
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium
from numpy.typing import NDArray

from extractors.page_objects import Box, Chars, Glyph, PageObjects, chars_of

RESOLUTION = 200.0  # dots per inch
_LONGEST_SIDE = 3_600  # pixels
_DARK = 150  # grey values below are ink
_SHORTEST_RULE = 0.2  # inch
_THICKEST_RULE = 0.08  # inch; a slightly turned scan makes long rules thicker
_STRAIGHT = 0.08  # degrees that need no turning
_TEXT_MARGIN = 0.12  # the engine's boxes are this part of their height larger than the text, on each side

Picture = NDArray[np.uint8]


def is_available() -> bool:
    """Tell whether the recognition engine is installed."""
    return all(importlib.util.find_spec(name) is not None for name in ("rapidocr", "onnxruntime", "cv2"))


@lru_cache(maxsize=1)
def engine_version() -> str:
    """Return which engine reads pictures here; needs ``is_available``. Its models come with its package."""
    return "-".join(f"{name}-{version(name)}" for name in ("rapidocr", "onnxruntime"))


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


def render_grey(page: Any, width: float, height: float) -> Picture:
    """Return a loaded pdfium page as a grey picture, as seen, at RESOLUTION or less for huge pages."""
    scale = min(RESOLUTION / 72.0, _LONGEST_SIDE / max(width, height, 1.0))
    columns, rows = max(1, round(width * scale)), max(1, round(height * scale))
    picture = np.full((rows, columns), 255, dtype=np.uint8)
    buffer = picture.ctypes.data_as(ctypes.c_void_p)
    bitmap = pdfium.FPDFBitmap_CreateEx(columns, rows, pdfium.FPDFBitmap_Gray, buffer, columns)
    if not bitmap:
        raise MemoryError("no bitmap for the page")
    try:
        pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, columns, rows, 0, pdfium.FPDF_GRAYSCALE)
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)
    return picture


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of text that the engine found: its four corners in pixels, its text, and 0..1 how sure the engine is."""

    corners: list[list[float]]
    text: str
    score: float


def read_picture(picture: Picture) -> list[TextLine]:
    """Return the lines of text in a picture, as the engine gives them; slow, and needs ``is_available``."""
    output = _engine()(np.stack([picture] * 3, axis=-1))
    if output.boxes is None or output.txts is None:
        return []
    return [
        TextLine(np.asarray(corners, dtype=np.float64).tolist(), text, float(score))
        for corners, text, score in zip(output.boxes, output.txts, output.scores, strict=True)
    ]


def page_of(page: PageObjects, picture: Picture, lines: list[TextLine]) -> PageObjects:
    """Return a page with what was recognised in its straightened picture: characters with confidence, and rules.

    Boxes are those of the straightened picture: on a scan turned by half a degree a few points off at the edges.
    """
    scale = picture.shape[1] / page.width
    found = PageObjects(page.page_no, page.width, page.height, page.rotation, Chars(), [], [], page.images)
    found.lines = [
        Box(box.x0 / scale, box.top / scale, box.x1 / scale, box.bottom / scale)
        for box in find_rules(picture, scale)
    ]
    found.chars = chars_of(
        (
            glyph
            for number, line in enumerate(lines, start=1)
            for glyph in _glyphs(
                np.asarray(line.corners, dtype=np.float64) / scale, line.text, line.score, number
            )
        ),
        is_recognised=True,
    )
    return found


def straighten(picture: Picture) -> Picture:
    """Turn a scan by the angle, within three degrees, at which its ink gathers in the fewest rows."""
    import cv2

    factor = 800.0 / max(picture.shape)
    small = cv2.resize(
        (picture < _DARK).astype(np.float32), None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA
    )

    def sharpness(angle: float) -> float:
        rows: NDArray[np.float64] = _turned(small, angle, 0).sum(axis=1, dtype=np.float64)
        return float((np.diff(rows) ** 2).sum())

    best = 0.0
    for step, count in ((0.25, 12), (0.05, 5)):
        best = max(
            (best + step * n for n in range(-count, count + 1)),
            key=lambda angle: (sharpness(angle), -abs(angle)),
        )
    return picture if abs(best) < _STRAIGHT else np.asarray(_turned(picture, best, 255), dtype=np.uint8)


def _turned(picture: Any, angle: float, background: int) -> Any:
    import cv2

    rows, columns = picture.shape
    matrix = cv2.getRotationMatrix2D((columns / 2, rows / 2), angle, 1.0)
    return cv2.warpAffine(picture, matrix, (columns, rows), flags=cv2.INTER_LINEAR, borderValue=background)


def find_rules(picture: Picture, scale: float) -> list[Box]:
    """Return the horizontal and vertical rules of a picture in pixels; ``scale`` is pixels per point."""
    import cv2

    ink = (picture < _DARK).astype(np.uint8)
    shortest, thickest = int(_SHORTEST_RULE * 72 * scale), _THICKEST_RULE * 72 * scale
    rules: list[Box] = []
    for is_level, shape in ((True, (shortest, 1)), (False, (1, shortest))):
        opened = cv2.morphologyEx(ink, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, shape))
        _, _, statistics, _ = cv2.connectedComponentsWithStats(opened, connectivity=8)
        for x, y, width, height, _ in statistics[1:].tolist():
            if (height if is_level else width) > thickest:
                continue
            middle_x, middle_y = x + width / 2, y + height / 2
            rules.append(
                Box(x, middle_y, x + width, middle_y) if is_level else Box(middle_x, y, middle_x, y + height)
            )
    return rules


def _glyphs(corners: NDArray[np.float64], text: str, score: float, number: int) -> Iterator[Glyph]:
    """Spread a recognised line over its box: full-width characters take twice the room of others."""
    x0, top = corners.min(axis=0).tolist()
    x1, bottom = corners.max(axis=0).tolist()
    margin = _TEXT_MARGIN * (bottom - top)
    top, bottom, x0, x1 = top + margin, bottom - margin, x0 + margin / 2, x1 - margin / 2
    weights = [1.0 if character > "\u2e7f" else 0.5 for character in text]
    unit = (x1 - x0) / max(sum(weights), 0.5)
    position = x0
    for character, weight in zip(text, weights, strict=True):
        end = position + weight * unit
        if not character.isspace():
            yield Glyph(character, position, top, end, bottom, bottom - top, True, number, score)
        position = end
