"""A copy of a published PDF with its findings boxed and numbered, each with a comment that says what is wrong.

Written with PDFium (through pypdfium2) as stamp annotations with an appearance of their own, so that every viewer
shows them and the page's own content is not touched.
"""

from __future__ import annotations

import ctypes
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from reports.evidence import Box

#: Device units a point, because PDFium maps whole device units to page coordinates.
_PRECISION = 100

_RED, _WHITE = (200, 30, 30), (255, 255, 255)
_LABEL_SIZE = 7.0

#: The file id in the saved trailer: PDFium makes a random one.
_FILE_ID = re.compile(rb"/ID\s*\[\s*<[0-9A-Fa-f]*>\s*<[0-9A-Fa-f]*>\s*\]")
_HEX = re.compile(rb"(?<=<)[0-9A-Fa-f]+(?=>)")
_TRAILER_BYTES = 4096


@dataclass(frozen=True, slots=True)
class Mark:
    """One box on one page: the finding's number in the document, and the comment shown for it."""

    page: int
    box: Box
    number: int
    comment: str


def by_page(marks: Sequence[Mark]) -> dict[int, list[Mark]]:
    """Return the marks of each page, in their order."""
    pages: dict[int, list[Mark]] = {}
    for mark in marks:
        pages.setdefault(mark.page, []).append(mark)
    return pages


@dataclass
class AnnotatedCopy:
    """A copy of ``source`` in the making: pages are marked one after the other, then all is written to ``target``.

    A PDF that takes no marks, or cannot be written, is given up quietly: ``target`` is then not made, and what else
    is done with the opened document goes on.
    """

    source: Path
    target: Path
    drawn: int = 0
    has_failed: bool = False

    def mark(self, document: Any, page: Any, marks: Sequence[Mark]) -> None:
        """Put marks on an opened page of ``source``."""
        if self.has_failed or not marks:
            return
        try:
            place = _Place.of(page)
            for mark in marks:
                _add_mark(document, page, place, mark)
        except pdfium.PdfiumError:
            self.has_failed = True
        self.drawn += len(marks)

    def save(self, document: Any) -> None:
        """Write the copy; the same document and marks give the same bytes."""
        if self.has_failed:
            return
        staged = self.target.with_suffix(".part")
        try:
            document.save(staged, flags=pdfium_c.FPDF_REMOVE_SECURITY)
            _fix_file_id(staged, self.source)
            staged.replace(self.target)
        except (pdfium.PdfiumError, OSError):
            self.has_failed = True
        finally:
            staged.unlink(missing_ok=True)


def annotate_pdf(source: Path, target: Path, marks: Sequence[Mark]) -> int:
    """Write a copy of ``source`` with all marks on it and return how many they are.

    Marks on pages that do not exist are left out. The same input gives the same bytes. Raises
    ``pdfium.PdfiumError`` where the PDF cannot be read; where it cannot be written, ``target`` is not made.
    """
    copy = AnnotatedCopy(source, target)
    with pdfium.PdfDocument(source) as document:
        for number, on_page in sorted(by_page(marks).items()):
            if 1 <= number <= len(document):
                copy.mark(document, document[number - 1], on_page)
        copy.save(document)
    return copy.drawn


def _fix_file_id(path: Path, source: Path) -> None:
    """Replace PDFium's random file id by a hash of the source, in place and of the same length."""
    digest = hashlib.sha256(source.read_bytes()).hexdigest().upper().encode()
    content = path.read_bytes()
    head, tail = content[:-_TRAILER_BYTES], content[-_TRAILER_BYTES:]
    fixed = _FILE_ID.sub(lambda match: _HEX.sub(lambda digits: digest[: len(digits[0])], match[0]), tail)
    path.write_bytes(head + fixed)


@dataclass(frozen=True, slots=True)
class _Place:
    """How a page as seen maps to the page's own coordinates, whatever its rotation and crop box."""

    width: float
    height: float
    origin: tuple[float, float]
    across: tuple[float, float]  # what one point to the right adds
    down: tuple[float, float]  # what one point down adds

    @classmethod
    def of(cls, page: Any) -> _Place:
        """Ask PDFium once a page."""
        width, height = page.get_size()
        size = (round(width * _PRECISION), round(height * _PRECISION))
        origin, right, below = (
            _device_point(page, size, corner) for corner in ((0, 0), (size[0], 0), (0, size[1]))
        )
        across = ((right[0] - origin[0]) / width, (right[1] - origin[1]) / width)
        down = ((below[0] - origin[0]) / height, (below[1] - origin[1]) / height)
        return cls(width, height, origin, across, down)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Return a point as seen in the page's own coordinates."""
        return (
            self.origin[0] + x * self.across[0] + y * self.down[0],
            self.origin[1] + x * self.across[1] + y * self.down[1],
        )

    def rectangle(self, box: Box) -> tuple[float, float, float, float]:
        """Return left, bottom, right, top in the page's own coordinates."""
        first, second = self.point(box.x0, box.top), self.point(box.x1, box.bottom)
        return (
            min(first[0], second[0]),
            min(first[1], second[1]),
            max(first[0], second[0]),
            max(first[1], second[1]),
        )


def _device_point(page: Any, size: tuple[int, int], place: tuple[int, int]) -> tuple[float, float]:
    page_x, page_y = ctypes.c_double(), ctypes.c_double()
    pdfium_c.FPDF_DeviceToPage(page, 0, 0, *size, 0, *place, page_x, page_y)
    return page_x.value, page_y.value


def _add_mark(document: Any, page: Any, place: _Place, mark: Mark) -> None:
    """Add a stamp: a frame, a label with the number, and the comment. The page's own content stays untouched."""
    frame = Box(mark.box.x0 - 1.5, mark.box.top - 1.5, mark.box.x1 + 1.5, mark.box.bottom + 1.5)
    text = str(mark.number)
    width = 3 + 0.56 * _LABEL_SIZE * len(text)
    left, top = min(frame.x1, place.width - width), max(frame.top - 4, 0.0)
    label = Box(left, top, left + width, top + _LABEL_SIZE + 1.5)
    stamp = pdfium_c.FPDFPage_CreateAnnot(page, pdfium_c.FPDF_ANNOT_STAMP)
    if not stamp:
        raise pdfium.PdfiumError(f"page {mark.page} takes no comment")
    try:
        around = Box(
            frame.x0 - 1, min(frame.top, label.top) - 1, max(frame.x1, label.x1) + 1, frame.bottom + 1
        )
        edges = place.rectangle(around)
        rectangle = pdfium_c.FS_RECTF(left=edges[0], bottom=edges[1], right=edges[2], top=edges[3])
        pdfium_c.FPDFAnnot_SetRect(stamp, rectangle)
        pdfium_c.FPDFAnnot_SetFlags(stamp, pdfium_c.FPDF_ANNOT_FLAG_PRINT)
        for shape in (_frame(place, frame), _filled(place, label), _number(document, place, label, text)):
            pdfium_c.FPDFAnnot_AppendObject(stamp, shape)
        pdfium_c.FPDFAnnot_SetStringValue(stamp, b"Contents", _wide_string(mark.comment))
    finally:
        pdfium_c.FPDFPage_CloseAnnot(stamp)


def _frame(place: _Place, box: Box) -> Any:
    left, bottom, right, top = place.rectangle(box)
    shape = pdfium_c.FPDFPageObj_CreateNewRect(left, bottom, right - left, top - bottom)
    pdfium_c.FPDFPageObj_SetStrokeColor(shape, *_RED, 255)
    pdfium_c.FPDFPageObj_SetStrokeWidth(shape, 1.3)
    pdfium_c.FPDFPath_SetDrawMode(shape, pdfium_c.FPDF_FILLMODE_NONE, True)
    return shape


def _filled(place: _Place, box: Box) -> Any:
    left, bottom, right, top = place.rectangle(box)
    shape = pdfium_c.FPDFPageObj_CreateNewRect(left, bottom, right - left, top - bottom)
    pdfium_c.FPDFPageObj_SetFillColor(shape, *_RED, 255)
    pdfium_c.FPDFPath_SetDrawMode(shape, pdfium_c.FPDF_FILLMODE_ALTERNATE, False)
    return shape


def _number(document: Any, place: _Place, label: Box, text: str) -> Any:
    """Return white digits inside the label, upright as the page is seen."""
    drawn = pdfium_c.FPDFPageObj_NewTextObj(document, b"Helvetica-Bold", _LABEL_SIZE)
    pdfium_c.FPDFText_SetText(drawn, _wide_string(text))
    pdfium_c.FPDFPageObj_SetFillColor(drawn, *_WHITE, 255)
    origin = place.point(label.x0 + 1.5, label.bottom - 2.0)
    cosine, sine = place.across
    pdfium_c.FPDFPageObj_Transform(drawn, cosine, sine, -sine, cosine, *origin)
    return drawn


def _wide_string(text: str) -> Any:
    encoded = (text + "\0").encode("utf-16-le", "replace")
    buffer = ctypes.create_string_buffer(encoded, len(encoded))
    return ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort))
