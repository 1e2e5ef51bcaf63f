"""The rules, shadings and images of a page, read from pdfium's page objects."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, repeat
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium

from extractors import pdfium_calls as calls
from extractors.drawn_shapes import Point, add_line, add_shape
from extractors.limits import Limits, PageLimitError
from extractors.page_objects import Box, PageObjects
from extractors.view import Matrix, multiply

_WHITE = 250  # of 255: the same .98 as for pdfminer's colours
_PATH, _IMAGE, _FORM = pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM
_MOVE, _BEZIER, _LINE = pdfium.FPDF_SEGMENT_MOVETO, pdfium.FPDF_SEGMENT_BEZIERTO, pdfium.FPDF_SEGMENT_LINETO


class FormTooDeepError(Exception):
    """Forms are nested deeper than the fast parser follows."""


def read_drawings(
    page: PageObjects, handle: calls.Handle, count: int, to_view: Matrix, limits: Limits
) -> None:
    """Add the visible rects, lines and images among the ``count`` objects of a page.

    Raises PageLimitError for too many path segments, FormTooDeepError for too deep forms.
    """
    objects = list(map(calls.page_object, repeat(handle), range(count)))
    _read_objects(page, objects, to_view, limits, 0)


def _read_objects(
    page: PageObjects, objects: list[calls.Handle], to_view: Matrix, limits: Limits, depth: int
) -> None:
    if depth > limits.max_form_depth:
        raise FormTooDeepError
    kinds = list(map(calls.object_type, objects))
    paths = [item for item, kind in zip(objects, kinds, strict=True) if kind == _PATH]
    if paths:
        _read_paths(page, paths, to_view, limits)
    for item, kind in zip(objects, kinds, strict=True):
        if kind == _IMAGE:
            page.images.append(_bounds(item, to_view))
        elif kind == _FORM:
            page.has_forms = True
            count = calls.form_object_count(item)
            inner = list(map(calls.form_object, repeat(item), range(count)))
            calls.object_matrix(item, calls.MATRICES.pointers(1)[0])
            a, b, c, d, e, f = calls.MATRICES.values(1)
            _read_objects(page, inner, multiply((a, b, c, d, e, f), to_view), limits, depth + 1)


def _bounds(item: calls.Handle, to_view: Matrix) -> Box:
    pointers = [calls.BOXES.pointers(1, column)[0] for column in range(4)]
    calls.object_bounds(item, *pointers)
    left, bottom, right, top = calls.BOXES.values(1)
    a, b, c, d, e, f = to_view
    xs = (a * left + c * bottom + e, a * right + c * top + e)
    ys = (b * left + d * bottom + f, b * right + d * top + f)
    return Box(min(xs), min(ys), max(xs), max(ys))


def _read_paths(page: PageObjects, paths: list[calls.Handle], to_view: Matrix, limits: Limits) -> None:
    visible = _visible_paths(paths)
    counts = list(map(calls.path_segment_count, visible))
    total = sum(counts)
    page.path_segment_count += total
    if page.path_segment_count > limits.max_path_segments_per_page:
        raise PageLimitError(
            f"本页线段 {page.path_segment_count} 段，超过上限 {limits.max_path_segments_per_page} 段"
        )
    segments = list(
        map(
            calls.path_segment,
            chain.from_iterable(map(repeat, visible, counts)),
            chain.from_iterable(map(range, counts)),
        )
    )
    calls.call_each(
        calls.segment_point, segments, calls.POINTS.pointers(total), calls.POINTS.pointers(total, 1)
    )
    calls.call_each(calls.object_matrix, visible, calls.MATRICES.pointers(len(visible)))
    placed = _placed(calls.POINTS.array(total), calls.MATRICES.array(len(visible)), counts, to_view)
    start = 0
    for count in counts:
        end = start + count
        own, points = segments[start:end], placed[start:end]
        start = end
        if count == 2:  # by far the commonest path
            if calls.segment_type(own[1]) == _LINE:
                add_line(page, points[0], points[1])
            continue
        kinds, closing = list(map(calls.segment_type, own)), list(map(calls.segment_is_closing, own))
        for shape in _sub_paths(points, kinds, closing):
            add_shape(page, shape)


def _placed(points: Any, matrices: Any, counts: list[int], to_view: Matrix) -> list[Point]:
    """Return the points of all paths in view coordinates: each path's own matrix first, then the page's."""
    points = points.astype(np.float64)
    a, b, c, d, e, f = np.repeat(matrices.astype(np.float64), counts, axis=0).T
    x = a * points[:, 0] + c * points[:, 1] + e
    y = b * points[:, 0] + d * points[:, 1] + f
    a, b, c, d, e, f = to_view
    return list(zip((a * x + c * y + e).tolist(), (b * x + d * y + f).tolist(), strict=True))


def _visible_paths(paths: list[calls.Handle]) -> list[calls.Handle]:
    """Leave out paths that are only filled, and with white, and those neither filled nor stroked."""
    count = len(paths)
    calls.call_each(calls.path_draw_mode, paths, calls.MODES.pointers(count), calls.MODES.pointers(count, 1))
    modes = calls.MODES.values(count)
    visible = []
    for number, path in enumerate(paths):
        if modes[2 * number + 1] or (modes[2 * number] and not _is_white(path)):
            visible.append(path)
    return visible


def _is_white(path: calls.Handle) -> bool:
    pointers = [calls.COLOURS.pointers(1, column)[0] for column in range(4)]
    if not calls.fill_colour(path, *pointers):
        return False
    return min(calls.COLOURS.values(1)[:3]) >= _WHITE


def _sub_paths(points: list[Point], kinds: list[int], closing: list[int]) -> Iterator[list[Point]]:
    """Split a path at its moves; a curved stretch ends a polyline, for it has no straight edge."""
    current: list[Point] = []
    first: Point | None = None
    for point, kind, closes in zip(points, kinds, closing, strict=True):
        if kind == _MOVE or first is None:
            if len(current) > 1:
                yield current
            current, first = [point], point
        elif kind == _BEZIER:
            if len(current) > 1:
                yield current
            current = [point]
        else:
            current.append(point)
        if (
            closes
            and current
            and (abs(current[-1][0] - first[0]) > 0.01 or abs(current[-1][1] - first[1]) > 0.01)
        ):
            current.append(first)
    if len(current) > 1:
        yield current


def clip_box(item: calls.Handle, to_view: Matrix) -> Box | None:
    """Return the box in view coordinates outside of which a page object is clipped away, None for no clip."""
    clip = calls.clip_path(item)
    paths = calls.clip_path_count(clip) if clip else 0
    result: Box | None = None
    for path in range(max(paths, 0)):
        count = calls.clip_segment_count(clip, path)
        if count < 1:
            continue
        segments = list(map(calls.clip_segment, repeat(clip), repeat(path, count), range(count)))
        pointers = calls.POINTS.pointers(count), calls.POINTS.pointers(count, 1)
        calls.call_each(calls.segment_point, segments, *pointers)
        values = calls.POINTS.values(count)
        a, b, c, d, e, f = to_view
        xs = [a * x + c * y + e for x, y in zip(values[0::2], values[1::2], strict=True)]
        ys = [b * x + d * y + f for x, y in zip(values[0::2], values[1::2], strict=True)]
        box = Box(min(xs), min(ys), max(xs), max(ys))
        result = _common(result, box) if result else box
    return result


def _common(a: Box, b: Box) -> Box:
    return Box(max(a.x0, b.x0), max(a.top, b.top), min(a.x1, b.x1), min(a.bottom, b.bottom))
