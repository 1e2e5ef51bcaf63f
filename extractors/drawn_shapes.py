"""Sorting drawn sub-paths into rectangles and straight edges, the same for every parser."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extractors.page_objects import Box, PageObjects

#: Points nearer than this are one: pdfium reckons in 32-bit floats.
_SAME = 0.01
#: A stroke that leaves its axis by no more than this is still a rule, beyond it a diagonal.
_SLANT = 1.0

Point = tuple[float, float]


def add_shape(page: PageObjects, points: Sequence[Point]) -> None:
    """Add one sub-path, given in view coordinates (closed ones repeat their first point), to the page.

    Four-sided axis-parallel closed shapes are rectangles; of all others the horizontal and vertical
    stretches count as lines. What lies wholly outside the page is left out.
    """
    if len(points) == 2 or (len(points) == 3 and _is_same(points[0], points[2])):
        add_line(page, points[0], points[1])
    elif len(points) == 5 and _is_rectangle(points):
        (ax, ay), (bx, by) = points[0], points[2]
        _keep(page, page.rects, Box(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)))
    else:
        for first, second in pairwise(points):
            if abs(first[0] - second[0]) < _SAME or abs(first[1] - second[1]) < _SAME:
                add_line(page, first, second)


def _is_same(a: Point, b: Point) -> bool:
    return abs(a[0] - b[0]) < _SAME and abs(a[1] - b[1]) < _SAME


def _is_rectangle(points: Sequence[Point]) -> bool:
    (ax, ay), (bx, by), (cx, cy), (dx, dy), last = points
    if abs(last[0] - ax) >= _SAME or abs(last[1] - ay) >= _SAME:
        return False
    if abs(ax - bx) < _SAME:
        return abs(by - cy) < _SAME and abs(cx - dx) < _SAME and abs(dy - ay) < _SAME
    return abs(ay - by) < _SAME and abs(bx - cx) < _SAME and abs(cy - dy) < _SAME and abs(dx - ax) < _SAME


def add_line(page: PageObjects, first: Point, second: Point) -> None:
    """Add a stroke to the page's lines if it is level or upright; a diagonal is no rule."""
    (ax, ay), (bx, by) = first, second
    width, height = abs(ax - bx), abs(ay - by)
    if height <= width and height <= _SLANT:
        middle = (ay + by) / 2
        _keep(page, page.lines, Box(min(ax, bx), middle, max(ax, bx), middle))
    elif width <= _SLANT:
        middle = (ax + bx) / 2
        _keep(page, page.lines, Box(middle, min(ay, by), middle, max(ay, by)))


def _keep(page: PageObjects, boxes: list[Box], box: Box) -> None:
    if box.x1 >= 0 and box.x0 <= page.width and box.bottom >= 0 and box.top <= page.height:
        boxes.append(box)
