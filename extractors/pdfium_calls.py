"""Calling pdfium many times without the cost of ctypes' argument checks.

The functions are taken from pypdfium2's bindings by address and given no argument types: handles travel as
``Handle`` objects, numbers as Python integers, results into buffers that are allocated once and read back as
one slice. ``map`` then runs a whole page's calls in C (about 0.15 µs each, ten times faster than the plain
bindings). pdfium is not thread-safe: use this from one thread of a process only.
"""

from __future__ import annotations

import ctypes
from collections import deque
from collections.abc import Callable, Iterable
from itertools import repeat
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium


class Handle(ctypes.c_void_p):
    """A pdfium object; a subclass of c_void_p, so that it is not returned as a plain integer."""


def _function(bound: Any, result: Any) -> Callable[..., Any]:
    address = ctypes.cast(bound, ctypes.c_void_p).value
    if address is None:
        raise ImportError("pdfium function without an address")
    return ctypes.PYFUNCTYPE(result)(address)


page_object = _function(pdfium.FPDFPage_GetObject, Handle)
form_object = _function(pdfium.FPDFFormObj_GetObject, Handle)
form_object_count = _function(pdfium.FPDFFormObj_CountObjects, ctypes.c_int)
object_type = _function(pdfium.FPDFPageObj_GetType, ctypes.c_int)
object_matrix = _function(pdfium.FPDFPageObj_GetMatrix, ctypes.c_int)
object_bounds = _function(pdfium.FPDFPageObj_GetBounds, ctypes.c_int)
fill_colour = _function(pdfium.FPDFPageObj_GetFillColor, ctypes.c_int)
path_draw_mode = _function(pdfium.FPDFPath_GetDrawMode, ctypes.c_int)
path_segment_count = _function(pdfium.FPDFPath_CountSegments, ctypes.c_int)
path_segment = _function(pdfium.FPDFPath_GetPathSegment, Handle)
segment_point = _function(pdfium.FPDFPathSegment_GetPoint, ctypes.c_int)
segment_type = _function(pdfium.FPDFPathSegment_GetType, ctypes.c_int)
segment_is_closing = _function(pdfium.FPDFPathSegment_GetClose, ctypes.c_int)
char_unicode = _function(pdfium.FPDFText_GetUnicode, ctypes.c_uint)
whole_text = _function(pdfium.FPDFText_GetText, ctypes.c_int)
char_origin = _function(pdfium.FPDFText_GetCharOrigin, ctypes.c_int)
char_loose_box = _function(pdfium.FPDFText_GetLooseCharBox, ctypes.c_int)
char_object = _function(pdfium.FPDFText_GetTextObject, ctypes.c_size_t)  # an address, 0 for none
char_matrix = _function(pdfium.FPDFText_GetMatrix, ctypes.c_int)
char_font_size = _function(pdfium.FPDFText_GetFontSize, ctypes.c_double)
char_has_map_error = _function(pdfium.FPDFText_HasUnicodeMapError, ctypes.c_int)
clip_path = _function(pdfium.FPDFPageObj_GetClipPath, Handle)
clip_path_count = _function(pdfium.FPDFClipPath_CountPaths, ctypes.c_int)
clip_segment_count = _function(pdfium.FPDFClipPath_CountPathSegments, ctypes.c_int)
clip_segment = _function(pdfium.FPDFClipPath_GetPathSegment, Handle)
text_render_mode = _function(pdfium.FPDFTextObj_GetTextRenderMode, ctypes.c_int)


class Buffer:
    """A growing buffer of C numbers with a pointer to each of its records, for calls with out parameters."""

    def __init__(self, kind: Any, width: int) -> None:
        self._kind = kind
        self._width = width
        self._size = 0
        self._values: Any = None
        self._array: Any = None
        self._pointers: list[list[Any]] = []
        self._grow(1024)

    def _grow(self, size: int) -> None:
        self._size = size
        self._values = (self._kind * (size * self._width))()
        self._array = np.frombuffer(self._values, dtype=self._kind).reshape(size, self._width)
        step = ctypes.sizeof(self._kind)
        self._pointers = [
            [ctypes.byref(self._values, (record * self._width + column) * step) for record in range(size)]
            for column in range(self._width)
        ]

    def pointers(self, count: int, column: int = 0) -> list[Any]:
        """Return pointers to one column of at least ``count`` records."""
        if count > self._size:
            self._grow(max(count, 2 * self._size))
        return self._pointers[column]

    def array(self, count: int) -> Any:
        """Return the first ``count`` records as a numpy array that shares the buffer until the next call."""
        return self._array[:count]

    def values(self, count: int) -> list[float]:
        """Return the numbers of the first ``count`` records, record by record."""
        return list(self._values[: count * self._width])


def call_each(function: Callable[..., Any], *arguments: Iterable[Any]) -> None:
    """Call ``function`` with each tuple of arguments and drop the results."""
    deque(map(function, *arguments), maxlen=0)


def handle_of(pointer: Any) -> Handle:
    """Return a pypdfium2 handle as a ``Handle``."""
    return Handle(ctypes.cast(pointer, ctypes.c_void_p).value)


POINTS = Buffer(ctypes.c_float, 2)
BOXES = Buffer(ctypes.c_float, 4)
MATRICES = Buffer(ctypes.c_float, 6)
ORIGINS = Buffer(ctypes.c_double, 2)
MODES = Buffer(ctypes.c_int, 2)
COLOURS = Buffer(ctypes.c_uint, 4)
TEXT = Buffer(ctypes.c_ushort, 1)

__all__ = [
    "BOXES",
    "COLOURS",
    "MATRICES",
    "MODES",
    "ORIGINS",
    "POINTS",
    "TEXT",
    "Buffer",
    "Handle",
    "call_each",
    "repeat",
]
