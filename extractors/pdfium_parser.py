"""Reading documents with pdfium: the fast parser."""

from __future__ import annotations

import ctypes
from types import TracebackType

import pypdfium2.raw as pdfium

from extractors import pdfium_calls as calls
from extractors.limits import Limits, PageLimitError
from extractors.page_objects import Chars, PageObjects
from extractors.pdfium_chars import read_characters
from extractors.pdfium_paths import read_drawings
from extractors.scanned_picture import RESOLUTION, SKETCH, Picture, render_grey, straighten
from extractors.substitute_font import use_substitute, use_system_fonts
from extractors.view import view_of

_ERROR_CODES = {pdfium.FPDF_ERR_PASSWORD: "encrypted", pdfium.FPDF_ERR_SECURITY: "encrypted"}
_ENOUGH_TO_TURN = 20  # characters
_META_KEYS = ("Title", "Producer", "Creator", "CreationDate")


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
        use_substitute()

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
            use_system_fonts()

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

    def picture_of(self, page: PageObjects) -> Picture:
        """Return the straightened picture of a page. Raises PdfiumPageError; needs ``ocr.is_available``."""
        return straighten(self._drawn(page, RESOLUTION))

    def sketch_of(self, page: PageObjects) -> Picture:
        """Return a small picture of a page, as it lies. Raises PdfiumPageError."""
        return self._drawn(page, SKETCH)

    def _drawn(self, page: PageObjects, resolution: float) -> Picture:
        handle = pdfium.FPDF_LoadPage(self._document, page.page_no - 1)
        if not handle:
            raise PdfiumPageError
        try:
            return render_grey(handle, page.width, page.height, resolution)
        finally:
            pdfium.FPDF_ClosePage(handle)

    def lacks_fonts(self, page_no: int) -> bool:
        """Tell whether text of a page is set in fonts the document does not bring: a picture would not show it."""
        page = pdfium.FPDF_LoadPage(self._document, page_no - 1)
        if not page:
            return False
        try:
            return any(
                pdfium.FPDFPageObj_GetType(item) == pdfium.FPDF_PAGEOBJ_TEXT
                and pdfium.FPDFFont_GetIsEmbedded(pdfium.FPDFTextObj_GetFont(item)) == 0
                for item in (
                    pdfium.FPDFPage_GetObject(page, number)
                    for number in range(pdfium.FPDFPage_CountObjects(page))
                )
            )
        finally:
            pdfium.FPDF_ClosePage(page)

    def read_page(self, page_no: int, limits: Limits) -> PageObjects:
        """Return what is visible on a page (numbered from 1).

        Raises PdfiumPageError, PageLimitError, or pdfium_paths.FormTooDeepError.
        """
        page = pdfium.FPDF_LoadPage(self._document, page_no - 1)
        if not page:
            raise PdfiumPageError
        try:
            return _read_the_right_way_up(page, page_no, limits)
        finally:
            pdfium.FPDF_ClosePage(page)


def _read_the_right_way_up(page: object, page_no: int, limits: Limits) -> PageObjects:
    """Read a page; where most of its text lies on its side, read it turned by 90 or 270 degrees.

    A landscape table set on a portrait page without /Rotate is read like any other; width, height, rotation
    and all boxes are then those of the turned page.
    """
    result = _read_loaded_page(page, page_no, limits)
    count = len(result.chars)
    if count < _ENOUGH_TO_TURN or 2 * result.chars.upright.sum() >= count:
        return result
    turned = [_read_loaded_page(page, page_no, limits, turn) for turn in (90, 270)]
    return max([result, *turned], key=lambda objects: int(objects.chars.upright.sum()))


def _read_loaded_page(page: object, page_no: int, limits: Limits, turn: int = 0) -> PageObjects:
    box = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, box)
    rotation = ((pdfium.FPDFPage_GetRotation(page) % 4) * 90 + turn) % 360
    view = view_of((box.left, box.bottom, box.right, box.top), rotation)
    result = PageObjects(page_no, view.width, view.height, rotation, Chars(), [], [], [])
    count = pdfium.FPDFPage_CountObjects(page)
    read_drawings(result, calls.handle_of(page), count, view.matrix, limits)
    text = pdfium.FPDFText_LoadPage(page)
    if not text:
        raise PdfiumPageError
    try:
        characters = pdfium.FPDFText_CountChars(text)
        if characters > limits.max_characters_per_page:
            raise PageLimitError(f"本页字符 {characters} 个，超过上限 {limits.max_characters_per_page} 个")
        if characters > 0:
            read_characters(result, calls.handle_of(text), characters, view)
    finally:
        pdfium.FPDFText_ClosePage(text)
    return result
