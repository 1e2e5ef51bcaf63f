"""Which pages of a document go to the recognition engine, and when it has had enough of them."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from extractors import ocr
from extractors.kept_recognition import KeptRecognition
from extractors.limits import Limits, PageLimitError
from extractors.ocr import Recognised
from extractors.page_health import PageHealth
from extractors.page_objects import Box, PageObjects
from extractors.page_reading import PageReading, read_page_objects
from extractors.pasted_pictures import alone, are_whole_page, bare_pictures, put_in_place, with_grids
from extractors.pdfium_parser import PdfiumDocument
from extractors.recognised_page import page_of
from extractors.scanned_picture import Picture
from extractors.text_aligned import PageBefore

_NOT_RECOGNISED = PageHealth("scanned", "图片页：图片中的文字没有文字层，需要 OCR 识别")
#: Said of pages whose own text is read all the same.
_NOT_LOOKED_AT = "本页有图片，没有 OCR 不能判断其中是否有表格"
_NO_TABLE = "本页有图片，其中未见表格，图中的文字未提取"


class _OutOfTimeError(Exception):
    """The time for recognition is used up."""


class _OnItsSideError(Exception):
    """A picture on a page with text lies on its side."""


@dataclass(slots=True)
class Recognition:
    """Recognises the pages of one document that have no usable text, within its limits."""

    limits: Limits
    kept: KeptRecognition = field(default_factory=KeptRecognition)
    page_count: int = 0
    seconds: float = 0.0  # in the engine, elapsed
    out_of_time: list[int] = field(default_factory=list)  # pages for which no time was left
    failed: list[int] = field(default_factory=list)  # pages at which the engine failed

    @property
    def is_unfinished(self) -> bool:
        """Tell whether another try may read more."""
        return bool(self.out_of_time or self.failed)

    def read(
        self, document: PdfiumDocument, reading: PageReading, before: PageBefore | None = None
    ) -> PageReading:
        """Read a page without usable text, or the pictures of a page that show tables, by OCR.

        Where that is not possible, the page is kept with the reason. Raises PageLimitError.
        """
        if reading.needs_ocr:
            return self._read(document, reading, before, [])
        pictures = bare_pictures(reading.objects)
        if not pictures:
            return reading
        own, reading.health = reading.health, _NOT_RECOGNISED
        if are_whole_page(pictures, reading.objects):
            return self._read(document, reading, before, pictures)
        if not (self.limits.use_ocr and ocr.is_available()):
            reading.health = PageHealth(own.status, _NOT_LOOKED_AT)
            return reading
        sketch = document.sketch_of(reading.objects)
        pictures = with_grids(sketch, pictures, sketch.shape[1] / reading.objects.width)
        if pictures:
            found = self._read(document, reading, before, pictures)
            if found is reading or found.shows_table_in_picture():
                return found
        reading.health = PageHealth(own.status, _NO_TABLE)
        return reading

    def _read(
        self, document: PdfiumDocument, reading: PageReading, before: PageBefore | None, pictures: list[Box]
    ) -> PageReading:
        """Read a page by OCR: what these pictures show, or all of it where there are none."""
        limits, page_no = self.limits, reading.objects.page_no
        if not (limits.use_ocr and ocr.is_available()):
            return reading.refused(
                "；本机未安装 OCR（pip install 'mingzhang[ocr]'）" if limits.use_ocr else "；OCR 已关闭"
            )
        if self.page_count >= limits.max_ocr_pages:
            return reading.refused(f"；超过单份文件 OCR 页数上限 {limits.max_ocr_pages}")
        if reading.health.status == "garbled" and document.lacks_fonts(page_no):
            return reading.refused("；字体未嵌入，本页无法按原样绘出，不能 OCR")
        self.page_count += 1
        try:
            if self.kept.root is None:
                self._require_time()  # no picture need be drawn
            picture = document.picture_of(reading.objects)
            return read_page_objects(self._objects(reading.objects, picture, pictures), "ocr", limits, before)
        except PageLimitError:
            raise
        except _OutOfTimeError:
            self.out_of_time.append(page_no)
            return reading.refused(f"；OCR 时限 {limits.ocr_seconds:g} 秒已用完，本页未识别")
        except _OnItsSideError:
            return reading.refused("；图片与本页方向不同，未识别")
        except Exception as error:  # noqa: BLE001 the engine is foreign code; its failure must not cost the document
            self.failed.append(page_no)
            return reading.refused(f"；OCR 失败：{type(error).__name__}")

    def _objects(self, page: PageObjects, picture: Picture, pictures: list[Box]) -> PageObjects:
        """Return the page with what was recognised."""
        scale = picture.shape[1] / page.width
        if not pictures:
            return page_of(page, picture, self._recognised(picture, scale))
        shown = alone(picture, pictures, scale)
        recognised = self._recognised(shown, scale)
        found = page_of(page, shown, recognised)
        if not recognised.quarters:
            return put_in_place(page, found, pictures)
        if are_whole_page(pictures, page):  # a scan takes the place of the few characters typed on it
            return found
        raise _OnItsSideError

    def _recognised(self, picture: Picture, scale: float) -> Recognised:
        known = self.kept.find(picture)
        if known is not None:
            return known
        self._require_time()
        begun = time.monotonic()
        try:
            recognised = ocr.read_picture(picture, scale)
        finally:
            self.seconds += time.monotonic() - begun
        self.kept.keep(picture, recognised)
        return recognised

    def _require_time(self) -> None:
        if self.seconds >= self.limits.ocr_seconds:
            raise _OutOfTimeError
