"""Reading documents with pdfium: the fast parser.

Characters are placed as drawn: x from the character's origin, width from its advance (the loose box), and a
vertical extent of one font size on the baseline, ``BELOW_BASELINE`` of it below. Fonts' own ascents and
descents are not used: they contradict each other within one line (OnlyOffice) and move numbers off it.
"""

from __future__ import annotations

import ctypes
import math
from itertools import repeat
from types import TracebackType

import pypdfium2.raw as pdfium

from extractors import pdfium_calls as calls
from extractors.limits import Limits, PageLimitError
from extractors.page_objects import BELOW_BASELINE, Chars, PageObjects
from extractors.pdfium_paths import read_drawings
from extractors.view import Matrix, View, multiply, view_of

_ERROR_CODES = {pdfium.FPDF_ERR_PASSWORD: "encrypted", pdfium.FPDF_ERR_SECURITY: "encrypted"}
_HYPHENS = frozenset({0x02, 0xFFFE})  # pdfium's marks for a hyphen at the end of a line
_META_KEYS = ("Title", "Producer", "Creator", "CreationDate")
_INVISIBLE = 3


class PdfiumOpenError(Exception):
    """pdfium cannot open the document; ``code`` is ``encrypted`` or ``damaged``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class PdfiumPageError(Exception):
    """pdfium cannot load a page."""


class PdfiumDocument:
    """An open document; use as a context manager, from one thread only."""

    def __init__(self, content: bytes) -> None:
        """Open a document from its bytes. Raises PdfiumOpenError."""
        pdfium.FPDF_InitLibrary()
        self._content = content  # pdfium reads from it as long as the document is open
        self._document = pdfium.FPDF_LoadMemDocument64(content, len(content), None)
        if not self._document:
            raise PdfiumOpenError(_ERROR_CODES.get(pdfium.FPDF_GetLastError(), "damaged"))
        self.page_count: int = pdfium.FPDF_GetPageCount(self._document)

    def __enter__(self) -> PdfiumDocument:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the document."""
        if self._document:
            pdfium.FPDF_CloseDocument(self._document)
            self._document = None

    def metadata(self) -> dict[str, str]:
        """Return the filled entries of the document's information dictionary."""
        found = {}
        for key in _META_KEYS:
            size = pdfium.FPDF_GetMetaText(self._document, key.encode(), None, 0)
            buffer = ctypes.create_string_buffer(size)
            pdfium.FPDF_GetMetaText(self._document, key.encode(), buffer, size)
            text = buffer.raw[:size].decode("utf-16-le", errors="replace").rstrip("\0")
            if text.strip():
                found[key] = text.strip()
        return found

    def read_page(self, page_no: int, limits: Limits) -> PageObjects:
        """Return what is visible on a page (numbered from 1).

        Raises PdfiumPageError, PageLimitError, or pdfium_paths.FormTooDeepError.
        """
        page = pdfium.FPDF_LoadPage(self._document, page_no - 1)
        if not page:
            raise PdfiumPageError
        try:
            return _read_loaded_page(page, page_no, limits)
        finally:
            pdfium.FPDF_ClosePage(page)


def _read_loaded_page(page: object, page_no: int, limits: Limits) -> PageObjects:
    box = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, box)
    rotation = (pdfium.FPDFPage_GetRotation(page) % 4) * 90
    view = view_of((box.left, box.bottom, box.right, box.top), rotation)
    result = PageObjects(page_no, view.width, view.height, rotation, Chars(), [], [], [])
    count = pdfium.FPDFPage_CountObjects(page)
    read_drawings(result, calls.handle_of(page), count, view.matrix, limits)
    text = pdfium.FPDFText_LoadPage(page)
    if not text:
        raise PdfiumPageError
    try:
        _read_characters(result, calls.handle_of(text), pdfium.FPDFText_CountChars(text), view, limits)
    finally:
        pdfium.FPDFText_ClosePage(text)
    return result


class _Placement:
    """How the characters of one text object lie on the page as seen."""

    __slots__ = ("is_upright", "number", "size", "up_x", "up_y")

    def __init__(self, text: calls.Handle, index: int, view: View, number: int) -> None:
        self.number = number
        calls.char_matrix(text, index, calls.MATRICES.pointers(1)[0])
        a, b, c, d, _, _ = calls.MATRICES.values(1)
        outer: Matrix = (*view.matrix[:4], 0.0, 0.0)
        a, b, c, d, _, _ = multiply((a, b, c, d, 0.0, 0.0), outer)
        height = math.hypot(c, d) or 1.0
        self.size = calls.char_font_size(text, index) * height
        self.up_x, self.up_y = c / height, d / height
        self.is_upright = a > 0 and d < 0 and abs(b) <= 0.1 * a


def _read_characters(page: PageObjects, text: calls.Handle, count: int, view: View, limits: Limits) -> None:
    if count > limits.max_characters_per_page:
        raise PageLimitError(f"本页字符 {count} 个，超过上限 {limits.max_characters_per_page} 个")
    if count <= 0:
        return
    codes = list(map(calls.char_unicode, repeat(text), range(count)))
    owners = list(map(calls.char_object, repeat(text), range(count)))
    calls.call_each(calls.char_loose_box, repeat(text), range(count), calls.BOXES.pointers(count))
    boxes = calls.BOXES.values(count)
    pointers = calls.ORIGINS.pointers(count), calls.ORIGINS.pointers(count, 1)
    calls.call_each(calls.char_origin, repeat(text), range(count), *pointers)
    origins = calls.ORIGINS.values(count)
    a, b, c, d, e, f = view.matrix
    placements: dict[int, _Placement] = {}
    chars, width, height = page.chars, page.width, page.height
    for index, (code, owner) in enumerate(zip(codes, owners, strict=True)):
        if owner is None or code in _SPACES:
            continue
        placement = placements.get(owner)
        if placement is None:
            placement = placements[owner] = _Placement(text, index, view, len(placements) + 1)
        left, top, right, bottom = boxes[4 * index : 4 * index + 4]  # FS_RECTF: left, top, right, bottom
        ox, oy = origins[2 * index], origins[2 * index + 1]
        x, y, size = a * ox + c * oy + e, b * ox + d * oy + f, placement.size
        advance = abs(a * (right - left) + c * (top - bottom))
        if placement.is_upright:
            x0, x1, y1 = x, x + advance, y + BELOW_BASELINE * size
            y0 = y1 - size
        else:
            along = abs(b * (right - left) + d * (top - bottom))
            x0, y0, x1, y1 = _turned_box(x, y, advance, along, placement)
        if not (0 <= x0 + x1 <= 2 * width and 0 <= y0 + y1 <= 2 * height):
            continue
        chars.text.append(_character(code, page))
        chars.x0.append(x0)
        chars.x1.append(x1)
        chars.top.append(y0)
        chars.bottom.append(y1)
        chars.size.append(size)
        chars.upright.append(placement.is_upright)
        chars.operation.append(placement.number)
    handles = [calls.Handle(owner) for owner in placements]
    page.invisible_text = _INVISIBLE in map(calls.text_render_mode, handles)


_SPACES = frozenset(map(ord, " \t\n\r\x0b\x0c\xa0\u3000\u2002\u2003\u2009\u200b\ufeff"))


def _character(code: int, page: PageObjects) -> str:
    if code in _HYPHENS:
        return "-"
    if code < 0x20 or 0xD800 <= code <= 0xDFFF or code > 0x10FFFF:
        page.unmapped_char_count += 1
        return "\ufffd"
    return chr(code)


def _turned_box(
    x: float, y: float, across: float, along: float, placement: _Placement
) -> tuple[float, float, float, float]:
    """Return the box of a character whose baseline is not horizontal left to right."""
    below, above = -BELOW_BASELINE * placement.size, (1 - BELOW_BASELINE) * placement.size
    xs = [x + placement.up_x * below, x + placement.up_x * above]
    ys = [y + placement.up_y * below, y + placement.up_y * above]
    right_x, right_y = -placement.up_y, placement.up_x  # the direction of the baseline, up turned clockwise
    xs += [value + right_x * across for value in xs]
    ys += [value + right_y * along for value in ys]
    return min(xs), min(ys), max(xs), max(ys)
