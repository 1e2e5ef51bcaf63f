"""Extracting one document: bytes in, frames out, and never an exception for bad input."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pdfplumber

from extractors.cell_state import read_cell
from extractors.cell_text import fill_cells
from extractors.frames import Extraction, build_extraction
from extractors.grid import find_grids
from extractors.headers import count_header_rows
from extractors.limits import Limits, PageLimitError
from extractors.logical_tables import LogicalTable, TablePart, join_parts
from extractors.page_objects import PageObjects
from extractors.plain_lines import plain_lines
from extractors.reference_parser import read_reference_page
from extractors.surroundings import PageText, attach_lines, mark_margins, printed_unit, surroundings_of
from extractors.text_runs import drop_double_drawn, select
from extractors.version import extractor_version


class RefusedError(Exception):
    """The file as a whole cannot be read: a reason code and a Chinese sentence."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


@dataclass(slots=True)
class _Reading:
    """Everything gathered while the pages are read."""

    page_rows: list[tuple[Any, ...]] = field(default_factory=list)
    texts: list[PageText] = field(default_factory=list)
    parts: list[TablePart] = field(default_factory=list)
    metadata: dict[str, str | None] = field(default_factory=dict)


def extract_document(path: Path, limits: Limits | None = None) -> Extraction:
    """Extract one PDF. Bad input gives a failed ``document`` row with reason, a bad page a page status."""
    limits = limits or Limits()
    sha256, size, reading = "", 0, _Reading()
    try:
        sha256, size = _check_bytes(path, limits)
        _read_pages(path, limits, reading)
    except RefusedError as refusal:
        row = _document_row(sha256, size, reading, refusal)
        return build_extraction({"document": [row]})
    mark_margins(reading.texts)
    attach_lines(reading.parts, reading.texts)
    tables = join_parts(reading.parts)
    rows: dict[str, list[tuple[Any, ...]]] = {"table": [], "cell": []}
    for number, table in enumerate(tables, start=1):
        _add_table(number, table, reading, rows)
    rows["line"] = [row for text in reading.texts for row in _line_rows(text)]
    rows["page"] = reading.page_rows
    rows["document"] = [_document_row(sha256, size, reading, None)]
    return build_extraction(rows)


def _check_bytes(path: Path, limits: Limits) -> tuple[str, int]:
    try:
        size = path.stat().st_size
        if size > limits.max_bytes:
            raise RefusedError("too_large", f"文件 {size} 字节，超过上限 {limits.max_bytes} 字节")
        content = path.read_bytes()
    except OSError as error:
        raise RefusedError("damaged", f"文件无法读取：{error.strerror}") from error
    if not content:
        raise RefusedError("empty_file", "文件为空（0 字节）")
    if b"%PDF-" not in content[:1024]:
        kind = (
            "实为网页（HTML）"
            if re.search(rb"<(?:!doctype|html|head|body)", content[:2048], re.I)
            else "没有 PDF 文件头"
        )
        raise RefusedError("not_pdf", f"不是 PDF 文件：{kind}")
    return hashlib.sha256(content).hexdigest(), size


def _read_pages(path: Path, limits: Limits, reading: _Reading) -> None:
    try:
        pdf = pdfplumber.open(path)
    except Exception as error:  # noqa: BLE001 pdfminer raises anything on damaged input
        if "Encrypt" in repr(error) or "Password" in repr(error):
            raise RefusedError("encrypted", "文件已加密，需要密码") from error
        raise RefusedError("damaged", f"PDF 结构损坏，无法打开：{type(error).__name__}") from error
    with pdf:
        try:
            pages = pdf.pages
        except Exception as error:  # noqa: BLE001
            raise RefusedError("damaged", f"PDF 页面目录损坏：{type(error).__name__}") from error
        if not pages:
            raise RefusedError("no_pages", "PDF 中没有页面")
        if len(pages) > limits.max_pages:
            raise RefusedError("too_large", f"PDF 有 {len(pages)} 页，超过上限 {limits.max_pages} 页")
        reading.metadata = {key: str(value) for key, value in (pdf.metadata or {}).items() if value}
        for number, page in enumerate(pages, start=1):
            _read_page(number, page, limits, reading)


def _read_page(number: int, page: Any, limits: Limits, reading: _Reading) -> None:
    try:
        objects = read_reference_page(page, limits)
        found = _understand_page(objects, limits)
    except PageLimitError as error:
        reading.page_rows.append((number, None, None, None, None, 0, "none", "over_limit", str(error)))
        return
    except Exception as error:  # noqa: BLE001 one broken page must not cost the others
        reason = f"本页无法解析：{type(error).__name__}"
        reading.page_rows.append((number, None, None, None, None, 0, "none", "failed", reason))
        return
    finally:
        page.close()
    parts, text = found
    reading.parts.extend(parts)
    reading.texts.append(text)
    status = "ok" if len(objects.chars) else "blank"
    reading.page_rows.append(
        (
            number,
            objects.width,
            objects.height,
            objects.rotation,
            len(objects.chars),
            len(parts),
            "reference",
            status,
            None,
        )
    )


def _understand_page(objects: PageObjects, limits: Limits) -> tuple[list[TablePart], PageText]:
    objects.chars = drop_double_drawn(objects.chars)
    grids = find_grids(objects, limits.max_intersections_per_page)
    filled, used = fill_cells(grids, objects.chars)
    kept = [
        (grid, cells) for grid, cells in zip(grids, filled, strict=True) if any(item.lines for item in cells)
    ]
    rest = select(objects.chars, [i for i in range(len(objects.chars)) if i not in used])
    lines = plain_lines(rest)
    text = PageText(objects.page_no, objects.width, objects.height, lines, ["body"] * len(lines))
    text.tables_end = max((grid.box.bottom for grid, _ in kept), default=0.0)
    parts = [TablePart(objects.page_no, objects.height, grid, cells) for grid, cells in kept]
    for part in parts:
        part.is_first_on_page = part is parts[0]
        part.is_last_on_page = part is parts[-1]
    return parts, text


def _add_table(
    number: int, table: LogicalTable, reading: _Reading, rows: dict[str, list[tuple[Any, ...]]]
) -> None:
    around = surroundings_of(table, {text.page_no: text for text in reading.texts})
    caption, notes = around.caption, around.notes
    header_rows = count_header_rows(table)
    heading_texts = [cell.text for cell in table.cells if cell.row < max(header_rows, 1)]
    unit = printed_unit([line.text for line in caption] + heading_texts + [line.text for line in notes])
    first = table.parts[0]
    box = first.grid.box
    rows["table"].append(
        (
            number,
            first.page_no,
            table.parts[-1].page_no,
            table.row_count,
            table.column_count,
            header_rows,
            "\n".join(line.text for line in caption),
            "\n".join(line.text for line in notes),
            unit,
            first.method,
            box.x0,
            box.top,
            box.x1,
            box.bottom,
        )
    )
    for cell in sorted(table.cells, key=lambda c: (c.row, c.column)):
        printed = read_cell(cell)
        rows["cell"].append(
            (
                number,
                cell.page_no,
                cell.row + 1,
                cell.column + 1,
                cell.row_span,
                cell.column_span,
                cell.row < header_rows,
                cell.text,
                str(printed.state),
                printed.value,
                printed.decimals,
                "text" if cell.confidence is None else "ocr",
                cell.confidence,
                cell.box.x0,
                cell.box.top,
                cell.box.x1,
                cell.box.bottom,
            )
        )


def _line_rows(text: PageText) -> list[tuple[Any, ...]]:
    return [
        (text.page_no, number, line.text, line.size, role, "text", line.x0, line.top, line.x1, line.bottom)
        for number, (line, role) in enumerate(zip(text.lines, text.roles, strict=True), start=1)
    ]


def _document_row(sha256: str, size: int, reading: _Reading, refusal: RefusedError | None) -> tuple[Any, ...]:
    metadata = reading.metadata
    return (
        sha256,
        size,
        extractor_version(),
        "failed" if refusal else "extracted",
        refusal.reason if refusal else None,
        refusal.code if refusal else None,
        len(reading.page_rows),
        "none" if refusal else "digital",
        metadata.get("Producer"),
        metadata.get("Creator"),
        metadata.get("CreationDate"),
        metadata.get("Title"),
    )
