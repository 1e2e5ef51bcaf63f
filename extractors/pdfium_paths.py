"""The rules, shadings and images of a page, read from pdfium's page objects."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain, compress, repeat
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium
from numpy.typing import NDArray

from extractors import pdfium_calls as calls
from extractors.drawn_shapes import SAME_POINT, Point, add_four_sided, add_lines, add_shapes
from extractors.limits import Limits, PageLimitError
from extractors.page_objects import Box, Flags, Floats, PageObjects
from extractors.view import Matrix, multiply

_WHITE = 250  # of 255: the same .98 as for pdfminer's colours
_GLYPH = 40.0  # points: no character of a disclosure's pages is larger
_SLANT = 0.5  # points: a straight stretch that leaves its axis by more is a diagonal
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
    paths = _of_kind(_PATH, objects, kinds)
    if paths:
        _read_paths(page, paths, to_view, limits)
    page.images.extend(_bounds(item, to_view) for item in _of_kind(_IMAGE, objects, kinds))
    for form in _of_kind(_FORM, objects, kinds):
        page.has_forms = True
        count = calls.form_object_count(form)
        inner = list(map(calls.form_object, repeat(form), range(count)))
        calls.object_matrix(form, calls.MATRICES.pointers(1)[0])
        a, b, c, d, e, f = calls.MATRICES.values(1)
        _read_objects(page, inner, multiply((a, b, c, d, e, f), to_view), limits, depth + 1)


def _of_kind(wanted: int, objects: list[calls.Handle], kinds: list[int]) -> list[calls.Handle]:
    return list(compress(objects, map(wanted.__eq__, kinds))) if wanted in kinds else []


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
        is_other = np.ones(len(self._count), dtype=np.bool_)
        for points, add in ((2, self._add_strokes), (4, self._add_closed), (5, self._add_closed)):
            paths = np.flatnonzero(self._count == points)
            if len(paths):
                is_other[paths] = ~add(self._start[paths], points)
        is_other[is_other] = ~self._are_outlines(np.flatnonzero(is_other))
        if is_other.any():
            add_shapes(self._page, self._sub_paths(np.flatnonzero(is_other).tolist()))

    def _are_outlines(self, paths: NDArray[np.intp]) -> Flags:
        """Tell which paths are outlines of characters: curves or diagonals are among their stretches, and no long straight one.

        Bold type is imitated by drawing the outlines over the text; straight strokes of a character are no rules.
        """
        is_outline: Flags = np.zeros(len(paths), dtype=np.bool_)
        for index, path in enumerate(paths.tolist()):
            own = np.arange(self._start[path], self._start[path] + self._count[path])
            kinds = self._each(calls.segment_type, own)[1:]
            size = np.abs(np.diff(self._points[own], axis=0))
            is_bent = (kinds == _BEZIER) | ((kinds == _LINE) & (size > _SLANT).all(axis=1))
            is_long = (kinds == _LINE) & (size > _GLYPH).any(axis=1)
            is_outline[index] = bool(is_bent.any() and not is_long.any())
        return is_outline

    def _add_strokes(self, start: NDArray[np.intp], _points: int) -> Flags:
        """Add the paths of one line; return True for each, because others of two points draw nothing."""
        is_line = self._are_lines(start + 1)
        add_lines(self._page, self._points[start[is_line]], self._points[start[is_line] + 1])
        return np.ones(len(start), dtype=np.bool_)

    def _add_closed(self, start: NDArray[np.intp], points: int) -> Flags:
        """Add the paths of four lines that end where they began; tell which these are."""
        corners = self._points[start[:, np.newaxis] + np.arange(points)]
        is_closed = self._are_lines(start + 2) & self._are_lines(
            start + 3
        )  # any curve would have one of these
        if points == 4:  # closing the path draws the fourth line
            is_closed &= self._each(calls.segment_is_closing, start + 3) != 0
            corners = np.concatenate([corners, corners[:, :1]], axis=1)
        else:
            is_closed &= (np.abs(corners[:, 0] - corners[:, -1]) < SAME_POINT).all(axis=1)
        add_four_sided(self._page, corners[is_closed])
        return is_closed

    def _are_lines(self, segments: NDArray[np.intp]) -> Flags:
        flags: Flags = self._each(calls.segment_type, segments) == _LINE
        return flags

    def _each(self, function: Callable[[calls.Handle], int], segments: NDArray[np.intp]) -> NDArray[np.int8]:
        """Return what a function says of each of the segments with the given numbers."""
        wanted = map(self._segments.__getitem__, segments.tolist())
        return np.fromiter(map(function, wanted), dtype=np.int8, count=len(segments))

    def _sub_paths(self, paths: list[int]) -> Iterator[list[Point]]:
        for start, count in zip(self._start[paths].tolist(), self._count[paths].tolist(), strict=True):
            own = self._segments[start : start + count]
            points = [(x, y) for x, y in self._points[start : start + count].tolist()]
            kinds, closing = map(calls.segment_type, own), map(calls.segment_is_closing, own)
            yield from _sub_paths(points, kinds, closing)


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


def _sub_paths(points: list[Point], kinds: Iterable[int], closing: Iterable[int]) -> Iterator[list[Point]]:
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
