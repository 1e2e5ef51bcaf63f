"""Reading a page with pdfplumber: the reference, and the way taken where the fast parser does not apply."""

from __future__ import annotations

import contextlib
import gc
import io
import logging
from collections.abc import Iterator
from typing import Any

from extractors.drawn_shapes import Point, add_shapes
from extractors.limits import Limits, PageLimitError
from extractors.page_objects import BELOW_BASELINE, Box, Chars, Glyph, PageObjects, chars_of

_WHITE = 0.98
_NO_INK = 0.02


def read_with_pdfplumber(content: bytes, page_no: int, limits: Limits) -> PageObjects:
    """Return what is visible on a page (numbered from 1) of a PDF given by its bytes.

    Raises PageLimitError and whatever pdfminer raises on damaged input.
    """
    import pdfplumber  # here, because hardly any document needs it and it takes long to load

    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    try:
        with pdfplumber.open(io.BytesIO(content)) as pdf, contextlib.closing(pdf.pages[page_no - 1]) as page:
            return read_reference_page(page, limits)
    finally:
        gc.collect(1)  # its pages and layouts refer to each other


def read_reference_page(page: Any, limits: Limits) -> PageObjects:
    """Return what is visible on one ``pdfplumber.page.Page``.

    Raises PageLimitError where the page draws more than ``limits`` allows, and whatever pdfminer raises.
    """
    objects = page.objects
    characters = objects.get("char", [])
    if len(characters) > limits.max_characters_per_page:
        raise PageLimitError(f"本页字符 {len(characters)} 个，超过上限 {limits.max_characters_per_page} 个")
    media, seen = page.mediabox, page.cropbox
    left, top = max(media[0], seen[0]), max(media[1], seen[1])
    right, bottom = min(media[2], seen[2]), min(media[3], seen[3])
    shift_x, shift_y = float(left), float(top)
    width, height = float(right - left), float(bottom - top)
    result = PageObjects(
        page_no=page.page_number,
        width=width,
        height=height,
        rotation=int(page.rotation),
        chars=Chars(),
        rects=[],
        lines=[],
        images=[_box(image, shift_x, shift_y) for image in objects.get("image", [])],
    )
    add_shapes(result, _shapes(objects, shift_x, shift_y))
    result.path_segment_count = sum(
        len(item.get("pts", ())) for kind in ("rect", "line", "curve") for item in objects.get(kind, [])
    )
    if result.path_segment_count > limits.max_path_segments_per_page:
        raise PageLimitError(
            f"本页线段 {result.path_segment_count} 段，超过上限 {limits.max_path_segments_per_page} 段"
        )
    result.chars = chars_of(_glyphs(result, characters, shift_x, shift_y))
    return result


def _shapes(objects: dict[str, Any], shift_x: float, shift_y: float) -> Iterator[list[Point]]:
    """Yield the visible sub-paths of a page."""
    for rect in objects.get("rect", []):
        if _is_seen(rect):
            x0, top, x1, bottom = _box(rect, shift_x, shift_y)
            yield [(x0, top), (x1, top), (x1, bottom), (x0, bottom), (x0, top)]
    for item in [*objects.get("line", []), *objects.get("curve", [])]:
        if _is_seen(item):
            yield from _polylines(item, shift_x, shift_y)


def _is_seen(item: dict[str, Any]) -> bool:
    return is_visible_fill(item.get("fill"), item.get("stroke"), item.get("non_stroking_color"))


def is_visible_fill(is_filled: object, is_stroked: object, colour: object) -> bool:
    """Return False for a rectangle that is only filled, and with white: shading nobody sees."""
    return bool(is_stroked) or not is_filled or not is_white(colour)


def is_white(colour: object) -> bool:
    """Tell whether a colour as pdfminer reports it is white; pattern names and unknown spaces are not."""
    parts = list(colour) if isinstance(colour, list | tuple) else [colour]
    numbers = [float(part) for part in parts if isinstance(part, int | float)]
    if len(numbers) != len(parts):
        return False
    if len(numbers) in {1, 3}:
        return min(numbers) >= _WHITE
    return len(numbers) == 4 and max(numbers) <= _NO_INK


def _box(item: dict[str, Any], shift_x: float, shift_y: float) -> Box:
    return Box(
        float(item["x0"]) - shift_x,
        float(item["top"]) - shift_y,
        float(item["x1"]) - shift_x,
        float(item["bottom"]) - shift_y,
    )


def _polylines(item: dict[str, Any], shift_x: float, shift_y: float) -> Iterator[list[Point]]:
    """Yield the straight parts of a line or curve, a curved stretch of which ends the polyline before it."""
    points: list[Point] = []
    for command, *places in item["path"]:
        if command == "c" and len(points) > 1:
            yield points
        if command == "h":
            points.append(points[0])
            continue
        x, y = places[-1]
        point = (float(x) - shift_x, float(y) - shift_y)
        points = [point] if command in {"m", "c"} else [*points, point]
    if len(points) > 1:
        yield points


def _glyphs(
    page: PageObjects, characters: list[dict[str, Any]], shift_x: float, shift_y: float
) -> Iterator[Glyph]:
    for item in characters:
        text = item["text"]
        if text.isspace() or _is_aslant(item):
            continue
        box = _character_box(item, shift_x, shift_y)
        if not (0 <= box.x0 + box.x1 <= 2 * page.width and 0 <= box.top + box.bottom <= 2 * page.height):
            continue
        if text.startswith("(cid:"):
            page.unmapped_char_count += 1
            text = "\ufffd"
        yield Glyph(text, *box, float(item["size"]), _is_upright(item))


def _is_upright(item: dict[str, Any]) -> bool:
    a, b, _, d, _, _ = item["matrix"]
    return bool(a > 0 and d > 0 and abs(b) <= 0.1 * a)


def _is_aslant(item: dict[str, Any]) -> bool:
    """Tell whether a character stands neither upright nor turned by right angles: a watermark."""
    a, b = item["matrix"][:2]
    return bool(min(abs(a), abs(b)) > 0.1 * (a * a + b * b) ** 0.5)


def _character_box(item: dict[str, Any], shift_x: float, shift_y: float) -> Box:
    """Return the box of a character; upright ones stand on their baseline as BELOW_BASELINE says."""
    box = _box(item, shift_x, shift_y)
    if not _is_upright(item):
        return box
    size = float(item["size"])
    baseline = box.bottom + (float(item["y0"]) - float(item["matrix"][5]))
    bottom = baseline + BELOW_BASELINE * size
    return Box(box.x0, bottom - size, box.x1, bottom)
