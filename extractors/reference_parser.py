"""Reading a page with pdfplumber: the reference, and the way taken where the fast parser does not apply."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from extractors.limits import Limits, PageLimitError
from extractors.page_objects import Box, Chars, PageObjects

_WHITE = 0.98
_NO_INK = 0.02


def read_reference_page(page: Any, limits: Limits) -> PageObjects:
    """Return what is visible on one ``pdfplumber.page.Page``.

    Raises PageLimitError where the page draws more than ``limits`` allows, and whatever pdfminer raises.
    """
    objects = page.objects
    characters = objects.get("char", [])
    if len(characters) > limits.max_characters_per_page:
        raise PageLimitError(f"本页字符 {len(characters)} 个，超过上限 {limits.max_characters_per_page} 个")
    left, top, right, bottom = page.bbox
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
    for rect in objects.get("rect", []):
        box = _box(rect, shift_x, shift_y)
        if is_visible_fill(rect.get("fill"), rect.get("stroke"), rect.get("non_stroking_color")):
            _keep(result.rects, box, width, height)
    for line in objects.get("line", []):
        _keep(result.lines, _box(line, shift_x, shift_y), width, height)
    for curve in objects.get("curve", []):
        points = [(float(x) - shift_x, float(y) - shift_y) for x, y in curve["pts"]]
        for box in straight_edges(points):
            _keep(result.lines, box, width, height)
    result.path_segment_count = sum(
        len(item.get("pts", ())) for kind in ("rect", "line", "curve") for item in objects.get(kind, [])
    )
    if result.path_segment_count > limits.max_path_segments_per_page:
        raise PageLimitError(
            f"本页线段 {result.path_segment_count} 段，超过上限 {limits.max_path_segments_per_page} 段"
        )
    _read_characters(result, characters, shift_x, shift_y)
    return result


def straight_edges(points: Sequence[tuple[float, float]]) -> list[Box]:
    """Return the exactly horizontal and vertical stretches of a polyline, as pdfplumber's curve edges."""
    edges = []
    for (ax, ay), (bx, by) in zip(points, points[1:], strict=False):
        if ax == bx or ay == by:
            edges.append(Box(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)))
    return edges


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


def _keep(boxes: list[Box], box: Box, width: float, height: float) -> None:
    if box.x1 >= 0 and box.x0 <= width and box.bottom >= 0 and box.top <= height:
        boxes.append(box)


def _read_characters(
    page: PageObjects, characters: list[dict[str, Any]], shift_x: float, shift_y: float
) -> None:
    chars = page.chars
    for item in characters:
        x0, x1 = float(item["x0"]) - shift_x, float(item["x1"]) - shift_x
        top, bottom = float(item["top"]) - shift_y, float(item["bottom"]) - shift_y
        if not (0 <= (x0 + x1) / 2 <= page.width and 0 <= (top + bottom) / 2 <= page.height):
            continue
        text = item["text"]
        if text.startswith("(cid:"):
            page.unmapped_char_count += 1
            text = "\ufffd"
        chars.text.append(text)
        chars.x0.append(x0)
        chars.x1.append(x1)
        chars.top.append(top)
        chars.bottom.append(bottom)
        chars.size.append(float(item["size"]))
        chars.upright.append(bool(item["upright"]))
