"""The rules, shadings and images of a page, read from pdfium's page objects."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, compress, repeat
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium
from numpy.typing import NDArray

from extractors import pdfium_calls as calls
from extractors.drawn_shapes import Point, add_lines, add_rectangles, add_shapes, are_rectangles
from extractors.limits import Limits, PageLimitError
from extractors.page_objects import Box, Flags, Floats, PageObjects
from extractors.view import Matrix, multiply

_WHITE = 250  # of 255: the same .98 as for pdfminer's colours
_PATH, _IMAGE, _FORM = pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM
_MOVE, _BEZIER, _LINE = pdfium.FPDF_SEGMENT_MOVETO, pdfium.FPDF_SEGMENT_BEZIERTO, pdfium.FPDF_SEGMENT_LINETO
_ROUND = np.array([_MOVE, _LINE, _LINE, _LINE, _LINE])  # the segments of a rectangle


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
    points = _placed(calls.POINTS.array(total), calls.MATRICES.array(len(visible)), counts, to_view)
    count = np.array(counts, dtype=np.intp)
    _Shapes(page, segments, points, count).add()


class _Shapes:
    """The visible paths of one page or form; the commonest kinds are told apart and placed all together."""

    def __init__(
        self, page: PageObjects, segments: list[calls.Handle], points: Floats, count: NDArray[np.intp]
    ) -> None:
        self._page, self._segments, self._points, self._count = page, segments, points, count
        self._start = np.cumsum(count) - count

    def add(self) -> None:
        """Add every path to the page."""
        pairs = self._start[self._count == 2]
        add_lines(self._page, *self._line_ends(pairs))
        rest = np.flatnonzero(self._count != 2)
        if not len(rest):
            return
        kinds, closing = self._kinds(rest)
        rest = self._add_rectangles(rest, kinds, closing)
        if len(rest):
            add_shapes(self._page, self._sub_paths(rest, kinds, closing))

    def _line_ends(self, start: NDArray[np.intp]) -> tuple[Floats, Floats]:
        second = [self._segments[index + 1] for index in start.tolist()]
        is_line = np.fromiter(map(calls.segment_type, second), dtype=np.intp, count=len(second)) == _LINE
        start = start[is_line]
        return self._points[start], self._points[start + 1]

    def _kinds(self, paths: NDArray[np.intp]) -> tuple[NDArray[np.int8], NDArray[np.int8]]:
        """Return kind and closing flag of every segment of the given paths, 0 for the other paths' segments."""
        is_wanted = np.repeat(np.isin(np.arange(len(self._count)), paths), self._count)
        wanted = list(compress(self._segments, is_wanted.tolist()))
        kinds, closing = np.zeros((2, len(self._segments)), dtype=np.int8)
        kinds[is_wanted] = np.fromiter(map(calls.segment_type, wanted), dtype=np.int8, count=len(wanted))
        closing[is_wanted] = np.fromiter(
            map(calls.segment_is_closing, wanted), dtype=np.int8, count=len(wanted)
        )
        return kinds, closing

    def _sub_paths(
        self, paths: NDArray[np.intp], kinds: NDArray[np.int8], closing: NDArray[np.int8]
    ) -> Iterator[list[Point]]:
        for start, end in zip(
            self._start[paths].tolist(), (self._start[paths] + self._count[paths]).tolist(), strict=True
        ):
            points = [(x, y) for x, y in self._points[start:end].tolist()]
            yield from _sub_paths(points, kinds[start:end].tolist(), closing[start:end].tolist())

    def _add_rectangles(
        self, paths: NDArray[np.intp], kinds: NDArray[np.int8], closing: NDArray[np.int8]
    ) -> NDArray[np.intp]:
        """Add the paths that go once around an axis-parallel rectangle; return the others."""
        is_added = np.zeros(len(paths), dtype=np.bool_)
        for corners in (4, 5):  # four where the last side is drawn by closing the path
            of_size = np.flatnonzero(self._count[paths] == corners)
            if not len(of_size):
                continue
            segment = self._start[paths[of_size], np.newaxis] + np.arange(corners)
            points = self._points[segment]
            goes_round = (kinds[segment] == _ROUND[:corners]).all(axis=1) & ~closing[segment[:, :-1]].any(
                axis=1
            )
            if corners == 4:
                goes_round &= closing[segment[:, -1]] != 0
                points = np.concatenate([points, points[:, :1]], axis=1)
            is_rectangle = goes_round & are_rectangles(points)
            add_rectangles(self._page, points[is_rectangle])
            is_added[of_size] = is_rectangle
        return paths[~is_added]


def _placed(points: Any, matrices: Any, counts: list[int], to_view: Matrix) -> Floats:
    """Return the points of all paths in view coordinates: each path's own matrix first, then the page's."""
    x, y = points.astype(np.float64).T
    a, b, c, d, e, f = np.repeat(matrices.astype(np.float64), counts, axis=0).T
    x, y = a * x + c * y + e, b * x + d * y + f
    a, b, c, d, e, f = to_view
    return np.stack([a * x + c * y + e, b * x + d * y + f], axis=1)


def _visible_paths(paths: list[calls.Handle]) -> list[calls.Handle]:
    """Leave out paths that are only filled, and with white, and those neither filled nor stroked."""
    count = len(paths)
    calls.call_each(calls.path_draw_mode, paths, calls.MODES.pointers(count), calls.MODES.pointers(count, 1))
    is_filled, is_visible = calls.MODES.array(count).T.astype(np.bool_)
    only_filled = np.flatnonzero(is_filled & ~is_visible).tolist()
    is_visible[only_filled] = ~_are_white([paths[index] for index in only_filled])
    return list(compress(paths, is_visible.tolist()))


def _are_white(paths: list[calls.Handle]) -> Flags:
    count = len(paths)
    pointers = [calls.COLOURS.pointers(count, column) for column in range(4)]
    is_known = np.fromiter(map(calls.fill_colour, paths, *pointers), dtype=np.bool_, count=count)
    flags: Flags = is_known & (calls.COLOURS.array(count)[:, :3].min(axis=1, initial=255) >= _WHITE)
    return flags


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


class ClipBoxes:
    """The boxes in view coordinates outside of which page objects are clipped away.

    Objects drawn under one clip share its path in memory, so that its first segment tells whether it was read before.
    """

    def __init__(self, to_view: Matrix) -> None:
        self._to_view = to_view
        self._known: dict[int | None, Box | None] = {}

    def of(self, item: calls.Handle) -> Box | None:
        """Return the box of a page object's clip, None where it has none."""
        clip = calls.clip_path(item)
        result: Box | None = None
        for path in range(max(calls.clip_path_count(clip), 0) if clip else 0):
            address = calls.clip_segment(clip, path, 0).value
            if address not in self._known:
                self._known[address] = self._read(clip, path)
            box = self._known[address]
            if box is not None:
                result = _common(result, box) if result else box
        return result

    def _read(self, clip: calls.Handle, path: int) -> Box | None:
        count = calls.clip_segment_count(clip, path)
        if count < 1:
            return None
        segments = list(map(calls.clip_segment, repeat(clip), repeat(path, count), range(count)))
        pointers = calls.POINTS.pointers(count), calls.POINTS.pointers(count, 1)
        calls.call_each(calls.segment_point, segments, *pointers)
        values = calls.POINTS.values(count)
        a, b, c, d, e, f = self._to_view
        xs = [a * x + c * y + e for x, y in zip(values[0::2], values[1::2], strict=True)]
        ys = [b * x + d * y + f for x, y in zip(values[0::2], values[1::2], strict=True)]
        return Box(min(xs), min(ys), max(xs), max(ys))


def _common(a: Box, b: Box) -> Box:
    return Box(max(a.x0, b.x0), max(a.top, b.top), min(a.x1, b.x1), min(a.bottom, b.bottom))
