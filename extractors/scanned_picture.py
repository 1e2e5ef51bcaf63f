"""What stands in the picture of a page: its ink, its rules, and which way up it lies."""

from __future__ import annotations

import ctypes
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium
from numpy.typing import NDArray

from extractors.page_objects import Box

RESOLUTION = 200.0  # dots per inch
SKETCH = 100.0  # dots per inch: enough to see rules
_LONGEST_SIDE = 3_600  # pixels
_NEIGHBOURHOOD = 0.2  # inch around a pixel with which it is compared
_DARKER = 24  # grey values that ink is darker than its surroundings,
_GRAIN = 3.0  # and how many times the scan's own grain
_SHORTEST_RULE = 0.2  # inch
_THICKEST_RULE = 0.08  # inch; a slightly turned scan makes long rules thicker
_SHORTEST_DASH, _LONGEST_DASH, _THICKEST_DASH = 0.1, 0.6, 0.03  # inch
_TEXT = 0.76  # of the height of the engine's boxes
_STRAIGHT = 0.03  # degrees that need no turning
_SEARCH = (
    (800, 0.25, 12),
    (800, 0.05, 5),
    (1600, 0.02, 3),
)  # pixels of the longer side, degrees of a step, steps

Picture = NDArray[np.uint8]
Ink = NDArray[np.uint8]  # 1 where there is ink


def render_grey(page: Any, width: float, height: float, resolution: float = RESOLUTION) -> Picture:
    """Return a loaded pdfium page as a grey picture, as seen, at ``resolution`` (dots per inch) or less for huge pages."""
    scale = min(resolution / 72.0, _LONGEST_SIDE / max(width, height, 1.0))
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


def ink_of(picture: Picture) -> Ink:
    """Return where a picture is darker than what lies around: also faint print, and print on shades and shadows."""
    import cv2

    grain = float(
        np.median(np.abs(np.diff(picture[::4].astype(np.int16), axis=1)))
    )  # sigma is 1.05 times that
    darker, side = _DARKER + _GRAIN * grain, int(_NEIGHBOURHOOD * RESOLUTION) | 1
    return np.asarray(
        cv2.adaptiveThreshold(picture, 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, side, darker),
        dtype=np.uint8,
    )


def straighten(picture: Picture) -> Picture:
    """Turn a scan by the angle, within three degrees, at which its ink gathers in the fewest rows."""
    import cv2

    ink, best = ink_of(picture).astype(np.float32), 0.0
    for side, step, count in _SEARCH:
        factor = min(1.0, side / max(picture.shape))
        small = cv2.resize(ink, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
        angles = (best + step * n for n in range(-count, count + 1))
        best = max(angles, key=lambda angle: (_sharpness(small, angle), -abs(angle)))
    return picture if abs(best) < _STRAIGHT else np.asarray(_turned(picture, best, 255), dtype=np.uint8)


def _sharpness(ink: NDArray[np.floating[Any] | np.integer[Any]], angle: float) -> float:
    """Return how unlike each other neighbouring rows are when ink is turned."""
    rows: NDArray[np.float64] = _turned(ink, angle, 0).sum(axis=1, dtype=np.float64)
    return float((np.diff(rows) ** 2).sum())


def _turned(picture: Any, angle: float, background: int) -> Any:
    import cv2

    rows, columns = picture.shape
    matrix = cv2.getRotationMatrix2D((columns / 2, rows / 2), angle, 1.0)
    return cv2.warpAffine(picture, matrix, (columns, rows), flags=cv2.INTER_LINEAR, borderValue=background)


def find_rules(ink: Ink, scale: float) -> list[Box]:
    """Return the horizontal and vertical rules of a picture in pixels; ``scale`` is pixels per point."""
    import cv2

    # of an even number of pixels OpenCV would move what it opens
    shortest, thickest = int(_SHORTEST_RULE * 72 * scale) | 1, _THICKEST_RULE * 72 * scale
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


def find_dashes(ink: Ink, texts: list[Box], rules: list[Box], scale: float) -> list[Box]:
    """Return the dashes that stand alone, in pixels and as high as other texts: the engine does not take them for text.

    A piece of a rule has more of it, or another rule, at its end, or lies in line with the rest of it.
    """
    import cv2

    bare = ink.copy()
    for text in texts:
        bare[int(text.top) : int(text.bottom) + 1, int(text.x0) : int(text.x1) + 1] = 0
    shortest, longest, thickest = (
        inch * 72 * scale for inch in (_SHORTEST_DASH, _LONGEST_DASH, _THICKEST_DASH)
    )
    kernel = cv2.getStructuringElement(cv2.MORPH_RECT, (int(shortest) | 1, 1))
    _, _, statistics, _ = cv2.connectedComponentsWithStats(
        cv2.morphologyEx(bare, cv2.MORPH_OPEN, kernel), connectivity=8
    )
    half = _TEXT / 2 * float(np.median([text.bottom - text.top for text in texts] or [shortest]))
    long_rules = [rule.top for rule in rules if rule.top == rule.bottom and rule.x1 - rule.x0 > longest]
    dashes: list[Box] = []
    for x, y, width, height, _ in statistics[1:].tolist():
        middle = y + height / 2
        if any(abs(top - middle) <= thickest for top in long_rules):
            continue
        if width <= longest and height <= thickest and _is_alone(bare, x, y, width, height):
            dashes.append(Box(float(x), middle - half, float(x + width), middle + half))
    return dashes


def _is_alone(ink: Ink, x: int, y: int, width: int, height: int) -> bool:
    """Tell whether nothing is drawn around a stroke, but for specks."""
    pad = max(8, width // 2)
    around = ink[max(0, y - pad // 2) : y + height + pad // 2, max(0, x - pad) : x + width + pad]
    return int(around.sum()) <= 1.3 * width * height
