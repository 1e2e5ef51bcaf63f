"""Sorting drawn sub-paths into rectangles and straight edges, the same for every parser."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np

from extractors.page_objects import Box, Flags, Floats, PageObjects

#: Points nearer than this are one: pdfium reckons in 32-bit floats.
SAME_POINT = 0.01
#: A stroke that leaves its axis by no more than this is still a rule, beyond it a diagonal.
_SLANT = 1.0

Point = tuple[float, float]


def add_shapes(page: PageObjects, shapes: Iterable[Sequence[Point]]) -> None:
    """Add sub-paths, given in view coordinates (closed ones repeat their first point), to the page.

    Four-sided axis-parallel closed shapes are rectangles; of all others the horizontal and vertical
    stretches count as lines. What lies wholly outside the page is left out.
    """
    strokes: list[tuple[Point, Point]] = []
    four_sided: list[Sequence[Point]] = []
    for points in shapes:
        if len(points) == 2 or (len(points) == 3 and _is_same(points[0], points[2])):
            strokes.append((points[0], points[1]))
        elif len(points) == 5:
            four_sided.append(points)
        else:
            strokes.extend(_straight_stretches(points))
    if four_sided:
        add_four_sided(page, np.array(four_sided))
    if strokes:
        ends = np.array(strokes)
        add_lines(page, ends[:, 0], ends[:, 1])


def _is_same(a: Point, b: Point) -> bool:
    return abs(a[0] - b[0]) < SAME_POINT and abs(a[1] - b[1]) < SAME_POINT


def _straight_stretches(points: Sequence[Point]) -> list[tuple[Point, Point]]:
    return [
        (first, second)
        for first, second in pairwise(points)
        if abs(first[0] - second[0]) < SAME_POINT or abs(first[1] - second[1]) < SAME_POINT
    ]


def add_lines(page: PageObjects, first: Floats, second: Floats) -> None:
    """Add strokes, given by their ends (n × 2), that are level or upright; diagonals are no rules."""
    low, high = np.minimum(first, second), np.maximum(first, second)
    size, middle = high - low, (first + second) / 2
    is_level = (size[:, 1] <= size[:, 0]) & (size[:, 1] <= _SLANT)
    is_upright = ~is_level & (size[:, 0] <= _SLANT)
    boxes = np.concatenate([low, high], axis=1)
    boxes[is_level, 1] = boxes[is_level, 3] = middle[is_level, 1]
    boxes[is_upright, 0] = boxes[is_upright, 2] = middle[is_upright, 0]
    _keep(page, page.lines, boxes[is_level | is_upright])


def add_four_sided(page: PageObjects, corners: Floats) -> None:
    """Add polylines of four stretches (n × 5 × 2): rectangles, or the level and upright stretches of others."""
    is_rectangle = _are_rectangles(corners)
    first, opposite = corners[is_rectangle, 0], corners[is_rectangle, 2]
    boxes = np.concatenate([np.minimum(first, opposite), np.maximum(first, opposite)], axis=1)
    _keep(page, page.rects, boxes)
    if not is_rectangle.all():
        others = corners[~is_rectangle]
        first, second = others[:, :-1], others[:, 1:]
        is_straight = (np.abs(first - second) < SAME_POINT).any(axis=2)
        add_lines(page, first[is_straight], second[is_straight])


def _are_rectangles(points: Floats) -> Flags:
    """Tell which of many polylines of four stretches are closed and axis-parallel."""
    is_closed = (np.abs(points[:, 4] - points[:, 0]) < SAME_POINT).all(axis=1)
    following = points[:, [1, 2, 3, 0]]
    stays = np.abs(following - points[:, :4]) < SAME_POINT  # for each side: along x, along y
    upright_first = stays[:, 0, 0] & stays[:, 1, 1] & stays[:, 2, 0] & stays[:, 3, 1]
    level_first = stays[:, 0, 1] & stays[:, 1, 0] & stays[:, 2, 1] & stays[:, 3, 0]
    result: Flags = is_closed & (upright_first | level_first)
    return result


def _keep(page: PageObjects, boxes: list[Box], added: Floats) -> None:
    """Append boxes (n × 4) to a list of the page, without those that lie off the page."""
    x0, top, x1, bottom = added.T
    on_page = (x1 >= 0) & (x0 <= page.width) & (bottom >= 0) & (top <= page.height)
    boxes.extend(map(Box._make, added[on_page].tolist()))
