"""Extracting one document (PDF or workbook): bytes in, frames out, and never an exception for bad input."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from extractors.frames import Extraction, build_extraction
from extractors.kept_recognition import KeptRecognition
from extractors.limits import Limits, PageLimitError
from extractors.logical_tables import join_parts
from extractors.opening import RefusedError, iso_date, open_document, read_bytes, sha256_of
from extractors.page_health import text_layer_of
from extractors.page_objects import Box
from extractors.page_reading import PageReading, read_page_objects
from extractors.pdfium_parser import PdfiumDocument
from extractors.recognition import Recognition
from extractors.reference_parser import read_with_pdfplumber
from extractors.rows import Row, line_rows, lost_page_row, page_row, table_rows
from extractors.schema import PAGE, SENTENCE
from extractors.surroundings import PageText, attach_lines, mark_margins, surroundings_of
from extractors.table_parts import TablePart
from extractors.text.sentences import build_sentences
from extractors.text_aligned import PageBefore, ends_in_title
from extractors.version import extractor_version
from extractors.workbook import is_workbook, read_workbook

#: ``reason_code`` of an extracted document of which another try may read more pages.
UNFINISHED = "ocr_unfinished"

_STATUS, _ROUTE = list(PAGE).index("status"), list(PAGE).index("route")
_CHAR_COUNT = list(PAGE).index("char_count")
_TAIL = 2048  # bytes in which a whole PDF has its end mark
_CLOSING_LINES = 4  # of a page: title, unit and page number may stand there
_LOST = frozenset({"failed", "over_limit"})
_WITHOUT_TEXT = frozenset({"scanned", "outlined", "garbled"})


@dataclass(slots=True)
class _Pages:
    """Everything gathered while the pages are read."""

    rows: list[Row] = field(default_factory=list)
    texts: list[PageText] = field(default_factory=list)
    parts: list[TablePart] = field(default_factory=list)
    metadata: dict[str, str] = field(default_factory=dict)
    recognition: Recognition = field(default_factory=lambda: Recognition(Limits()))

    @property
    def statuses(self) -> list[str]:
        """The status of every page."""
        return [row[_STATUS] for row in self.rows]

    def last_page(self) -> PageBefore:
        """Return whether the last page ends in a table without rules, or in the title of one that comes after it."""
        last = self.parts[-1] if self.parts else None
        is_aligned = last is not None and last.method == "text_aligned" and last.page_no == len(self.rows)
        closing = self.texts[-1].closing_lines()[-_CLOSING_LINES:] if self.texts else []
        has_title = ends_in_title(closing)
        return PageBefore(last.grid if last and is_aligned and not has_title else None, has_title)

    def add(self, reading: PageReading) -> None:
        """Keep what one page gave."""
        self.rows.append(page_row(reading))
        self.parts.extend(reading.parts)
        self.texts.append(reading.text)


def extract_document(path: Path, limits: Limits | None = None, recognised: Path | None = None) -> Extraction:
    """Extract one PDF, or one workbook (.xlsx). ``recognised`` is where pages once recognised are kept.

    Bad input gives a ``document`` row with status failed, a reason code and a Chinese reason; a bad page
    gives a page row with its status, and the other pages are read all the same.
    """
    with _without_garbage_collection():
        return _extract(path, limits or Limits(), KeptRecognition(recognised))


@contextlib.contextmanager
def _without_garbage_collection() -> Iterator[None]:
    """Do not look for reference cycles meanwhile: there are none, and looking through all modules takes long."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _extract(path: Path, limits: Limits, kept: KeptRecognition) -> Extraction:
    content, pages = b"", _Pages(recognition=Recognition(limits, kept))
    try:
        content = read_bytes(path, limits)
        if is_workbook(content):
            return _workbook(content, limits)
        with open_document(content, limits) as document:
            pages.metadata = document.metadata()
            for page_no in range(1, document.page_count + 1):
                _read_page(document, content, page_no, limits, pages)
        if all(status in _LOST for status in pages.statuses):
            raise RefusedError("damaged", f"全部 {len(pages.rows)} 页都无法解析：{pages.rows[0][-1]}")
    except RefusedError as refusal:
        return build_extraction({"document": [_document_row(content, pages, refusal)], "page": pages.rows})
    rows = _document_frames(pages)
    rows["document"] = [_document_row(content, pages, None)]
    return build_extraction(rows)


def _workbook(content: bytes, limits: Limits) -> Extraction:
    """Extract a published workbook. Raises RefusedError."""
    reading = read_workbook(content, limits)
    pages = _Pages(rows=reading.rows["page"], metadata=reading.metadata)
    return build_extraction({**reading.rows, "document": [_document_row(content, pages, None)]})


def _read_page(document: PdfiumDocument, content: bytes, page_no: int, limits: Limits, pages: _Pages) -> None:
    """Read a page the fast way, where that fails with pdfplumber, and where both fail keep the reason."""
    before = pages.last_page()
    try:
        reading = read_page_objects(document.read_page(page_no, limits), "fast", limits, before)
        pages.add(pages.recognition.read(document, reading, before))
        return
    except PageLimitError as error:
        pages.rows.append(lost_page_row(page_no, "over_limit", str(error)))
        return
    except Exception as error:  # noqa: BLE001 one broken page must not cost the others
        first = error
    try:
        objects = read_with_pdfplumber(content, page_no, limits)
        pages.add(read_page_objects(objects, "reference", limits, before))
    except PageLimitError as error:
        pages.rows.append(lost_page_row(page_no, "over_limit", str(error)))
    except Exception as error:  # noqa: BLE001 pdfminer raises anything on damaged input
        reason = f"本页无法解析：{type(first).__name__}；{type(error).__name__}"
        pages.rows.append(lost_page_row(page_no, "failed", reason))


def _document_frames(pages: _Pages) -> dict[str, list[Any]]:
    mark_margins(pages.texts)
    attach_lines(pages.parts, pages.texts)
    by_number = {text.page_no: text for text in pages.texts}
    rows: dict[str, list[Any]] = {"table": [], "cell": [], "page": pages.rows}
    for number, table in enumerate(join_parts(pages.parts), start=1):
        row, cells = table_rows(number, table, surroundings_of(table, by_number))
        rows["table"].append(row)
        rows["cell"].extend(cells)
    boxes: dict[int, list[Box]] = {}
    for part in pages.parts:
        boxes.setdefault(part.page_no, []).append(part.grid.box)
    narrative = build_sentences(pages.texts, boxes)
    by_ocr = {text.page_no for text in pages.texts if text.method == "ocr"}
    method, first_page = list(SENTENCE).index("method"), list(SENTENCE).index("first_page")
    rows["sentence"] = [
        (*row[:method], "ocr", *row[method + 1 :]) if row[first_page] in by_ocr else row
        for row in narrative.sentences
    ]
    rows["fragment"] = narrative.fragments
    rows["line"] = [row for text in pages.texts for row in line_rows(text)]
    return rows


def _document_row(content: bytes, pages: _Pages, refusal: RefusedError | None) -> Row:
    return (
        sha256_of(content),
        len(content),
        extractor_version(),
        "failed" if refusal else "extracted",
        refusal.reason if refusal else _remark(content, pages),
        refusal.code if refusal else UNFINISHED if pages.recognition.is_unfinished else None,
        len(pages.rows),
        text_layer_of(pages.statuses),
        pages.metadata.get("Producer"),
        pages.metadata.get("Creator"),
        iso_date(pages.metadata.get("CreationDate")),
        pages.metadata.get("Title"),
    )


def _is_cut_off(content: bytes) -> bool:
    return b"%PDF-" in content[:1024] and b"%%EOF" not in content[-_TAIL:]


def _remark(content: bytes, pages: _Pages) -> str | None:
    """Return what a reader of an extracted document must know, in Chinese, None where there is nothing to say."""
    recognised = sum(1 for row in pages.rows if row[_ROUTE] == "ocr")
    unread = sum(1 for row in pages.rows if row[_STATUS] in _WITHOUT_TEXT and not row[_CHAR_COUNT])
    lost = sum(1 for status in pages.statuses if status in _LOST)
    late = "、".join(map(str, pages.recognition.out_of_time))
    failed = "、".join(map(str, pages.recognition.failed))
    remarks = [
        "文件缺少结尾标记，可能不完整" if _is_cut_off(content) else "",
        f"{lost} 页无法解析" if lost else "",
        f"{unread} 页没有可用的文字层，需要 OCR" if unread else "",
        f"OCR 时限已用完，第 {late} 页未识别" if late else "",
        f"OCR 失败，第 {failed} 页未识别" if failed else "",
        f"{recognised} 页的文字由 OCR 识别，须人工复核" if recognised else "",
    ]
    return "；".join(filter(None, remarks)) or None
