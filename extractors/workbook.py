"""Published workbooks (.xlsx): every sheet a page, its blocks of rows tables, its cells with their addresses.

A sheet has no points. Boxes count its columns and rows from its upper left corner, so that cell C5 of sheet 2 is page 2 and
the box (2, 4, 3, 5): the address can always be read off. What is hidden (sheets, rows, columns) was not shown and is not
read. The XML is guarded before anything parses it: no document types (which hold entities), sizes counted as they unpack,
cells and merged ranges counted.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from extractors.grid import Grid, GridCell
from extractors.limits import Limits
from extractors.logical_tables import LogicalTable
from extractors.number_format import shown
from extractors.opening import RefusedError
from extractors.page_objects import Box, TextLine
from extractors.placed_cell import PlacedCell
from extractors.printed_number import fold
from extractors.rows import Row, line_rows, table_rows
from extractors.surroundings import PageText, Surroundings, notes_of
from extractors.table_parts import TablePart

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_WORKBOOK = "xl/workbook.xml"
_CHUNK = 1 << 18
_FORBIDDEN = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.I)
_CELL_TAG = re.compile(rb"<(?:\w+:)?c[ >/]")
_FORMULA_TAG = re.compile(rb"<(?:\w+:)?f[ >/]")
_MERGE = re.compile(rb'<(?:\w+:)?mergeCell\s+ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_UNIT_LINE = re.compile(r"单位[:：(（]|部门[:：]|编制|金额")
_UNCALCULATED = "\ufffd"
_SIZE = 1.0


@dataclass(frozen=True, slots=True)
class WorkbookReading:
    """The rows of the frames of one workbook, document row apart."""

    rows: dict[str, list[Row]]
    metadata: dict[str, str]


def is_workbook(content: bytes) -> bool:
    """Say whether the bytes are a package that holds a workbook."""
    if not content.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _WORKBOOK in archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return False


def read_workbook(content: bytes, limits: Limits) -> WorkbookReading:
    """Read a workbook. Raises RefusedError where it is damaged, dangerous, or larger than allowed."""
    import openpyxl  # slower to load than all that PDFs need

    has_formulas = _guard(content, limits)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # unknown extensions are none of ours
            book = openpyxl.load_workbook(io.BytesIO(content), data_only=True, keep_links=False)
            formulas = openpyxl.load_workbook(io.BytesIO(content), keep_links=False) if has_formulas else None
    except Exception as error:  # the library raises anything on damaged input
        raise RefusedError("damaged", f"工作簿结构损坏，无法打开：{type(error).__name__}") from error
    reading = _Reading()
    for page_no, name in enumerate(book.sheetnames, start=1):
        sheet = book[name]
        reading.add(page_no, sheet, formulas[name] if formulas else None)
    if not reading.rows["page"]:
        raise RefusedError("no_pages", "工作簿中没有工作表")
    properties = book.properties
    metadata = {"Producer": "xlsx", "Creator": properties.creator or "", "Title": properties.title or ""}
    return WorkbookReading(reading.rows, {key: value for key, value in metadata.items() if value})


# ---- before any parser sees it ------------------------------------------------------------------------------------


def _guard(content: bytes, limits: Limits) -> bool:
    """Unpack once, counting, and refuse what no honest workbook has; return whether there are formulas."""
    budget = limits.max_package_bytes
    cells = merged = 0
    has_formulas = False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for entry in archive.infolist():
                if not entry.filename.lower().endswith((".xml", ".rels", ".vml")):
                    continue
                text = _unpacked(archive, entry, budget)
                budget -= len(text)
                if _FORBIDDEN.search(text.replace(b"\0", b"")):
                    raise RefusedError("damaged", "工作簿的 XML 含有实体定义，拒绝读取")
                if entry.filename.lower().startswith("xl/worksheets/"):
                    cells += len(_CELL_TAG.findall(text))
                    merged += sum(_area(*found) for found in _MERGE.findall(text))
                    has_formulas = has_formulas or _FORMULA_TAG.search(text) is not None
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, ValueError) as error:
        raise RefusedError("damaged", f"工作簿压缩包损坏：{type(error).__name__}") from error
    if max(cells, merged) > limits.max_workbook_cells:
        raise RefusedError(
            "too_large", f"工作簿有 {max(cells, merged)} 个单元格，超过上限 {limits.max_workbook_cells} 个"
        )
    return has_formulas


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, budget: int) -> bytes:
    parts, size = [], 0
    with archive.open(entry) as file:
        while chunk := file.read(_CHUNK):
            size += len(chunk)
            if size > budget:
                raise RefusedError("too_large", "工作簿解开后超过大小上限")
            parts.append(chunk)
    return b"".join(parts)


def _area(first: bytes, top: bytes, last: bytes, bottom: bytes) -> int:
    return max(0, _column_number(last) - _column_number(first) + 1) * max(0, int(bottom) - int(top) + 1)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


# ---- sheets ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Cell:
    """One shown cell; rows and columns as in the sheet, from 1."""

    row: int
    column: int
    row_span: int
    column_span: int
    text: str

    @property
    def box(self) -> Box:
        """Its place in rows and columns of the sheet."""
        left, top = float(self.column - 1), float(self.row - 1)
        return Box(left, top, left + self.column_span, top + self.row_span)


@dataclass(slots=True)
class _Reading:
    rows: dict[str, list[Row]] = field(
        default_factory=lambda: {name: [] for name in ("page", "table", "cell", "line")}
    )

    def add(self, page_no: int, sheet: Any, formulas: Any) -> None:
        """Read one sheet; one that is hidden or no worksheet gives a page without content and the reason."""
        from openpyxl.worksheet.worksheet import Worksheet

        if not isinstance(sheet, Worksheet) or sheet.sheet_state != "visible":
            self._page(page_no, [], "blank", "工作表已隐藏或不是表格，未读取", 0)
            return
        cells = list(_cells(sheet, formulas))
        count = 0
        if not any(cell.text for cell in cells):
            self._page(page_no, cells, "blank", None, 0)
            return
        text = PageText(page_no, _width(cells), _height(cells), [], [], method="office")
        for block in _blocks(cells):
            caption, table, after = _divided(block)
            above = [_line(row) for row in caption]
            below = [_line(row) for row in after]
            text.lines += [*above, *below]
            notes = notes_of(below)
            text.roles += ["caption"] * len(above)
            text.roles += ["note" if line in notes else "body" for line in below]
            if table:
                count += 1
                self._table(page_no, table, Surroundings(above, notes))
        self.rows["line"] += line_rows(text)
        self._page(page_no, cells, "ok", None, count)

    def _page(self, page_no: int, cells: list[_Cell], status: str, reason: str | None, tables: int) -> None:
        characters = sum(len(cell.text) for cell in cells)
        size = (_width(cells), _height(cells)) if cells else (None, None)
        route = "office" if cells else "none"
        self.rows["page"].append((page_no, *size, 0, characters, tables, route, status, reason))

    def _table(self, page_no: int, cells: list[_Cell], around: Surroundings) -> None:
        table = _logical(page_no, cells)
        row, rows = table_rows(len(self.rows["table"]) + 1, table, around)
        self.rows["table"].append(row)
        self.rows["cell"] += rows


def _width(cells: list[_Cell]) -> float:
    return max(cell.box.x1 for cell in cells)


def _height(cells: list[_Cell]) -> float:
    return max(cell.box.bottom for cell in cells)


def _cells(sheet: Worksheet, formulas: Any) -> Iterator[_Cell]:
    """Yield the shown cells of a sheet, row by row: those with content or a drawn border, merged ranges once."""
    spans = {(one.min_row, one.min_col): one for one in sheet.merged_cells.ranges}
    covered = {
        place
        for one in spans.values()
        for place in (
            (r, c) for r in range(one.min_row, one.max_row + 1) for c in range(one.min_col, one.max_col + 1)
        )
        if place not in spans
    }
    hidden_columns = _hidden_columns(sheet)
    shows_zeros = sheet.sheet_view.showZeros is not False
    for row, column in sorted(sheet._cells):
        if (row, column) in covered or column in hidden_columns or sheet.row_dimensions[row].hidden:
            continue
        cell = sheet._cells[row, column]
        text = shown(cell.value, cell.number_format, shows_zeros=shows_zeros).strip()
        if not text and formulas is not None and formulas._cells[row, column].data_type == "f":
            text = _UNCALCULATED if cell.value is None else ""
        border = cell.border
        if not text and not any(side is not None and side.style for side in (border.left, border.top)):
            continue
        span = spans.get((row, column))
        size = (span.max_row - row + 1, span.max_col - column + 1) if span else (1, 1)
        yield _Cell(row, column, size[0], size[1], text)


def _hidden_columns(sheet: Worksheet) -> set[int]:
    hidden: set[int] = set()
    for dimension in sheet.column_dimensions.values():
        if dimension.hidden and dimension.min and dimension.max:
            hidden.update(range(dimension.min, dimension.max + 1))
    return hidden


_Rows = list[list[_Cell]]


def _blocks(cells: list[_Cell]) -> Iterator[_Rows]:
    """Divide a sheet's rows where a row shows nothing at all, and what follows begins with a title."""
    rows: dict[int, list[_Cell]] = {}
    for cell in cells:
        rows.setdefault(cell.row, []).append(cell)
    block: _Rows = []
    bottom = 0
    for number in sorted(rows):
        row = rows[number]
        if block and number > bottom + 1 and _is_single(row):
            yield block
            block = []
        block.append(row)
        bottom = max(bottom, *(cell.row + cell.row_span - 1 for cell in row))
    yield block


def _is_single(row: list[_Cell]) -> bool:
    return sum(1 for cell in row if cell.text) <= 1


def _divided(block: _Rows) -> tuple[_Rows, list[_Cell], _Rows]:
    """Part a block into the lines above its table, the table's cells, and the lines below it."""
    start = 0
    while start < len(block) and _is_caption(block[start]):
        start += 1
    end = len(block)
    while end > start and _is_single(block[end - 1]) and not _is_row_of_table(block[end - 1], block[start]):
        end -= 1
    filled = [[cell for cell in row if cell.text] for row in (*block[:start], *block[end:])]
    caption, after = filled[:start], filled[start:]
    return (
        [row for row in caption if row],
        [cell for row in block[start:end] for cell in row],
        [row for row in after if row],
    )


def _is_caption(row: list[_Cell]) -> bool:
    filled = [cell for cell in row if cell.text]
    return len(filled) <= 1 or (
        len(filled) <= 3
        and any(_UNIT_LINE.search(fold(cell.text)) for cell in filled[:1] + filled[-1:])
        and not any(cell.row_span > 1 for cell in filled)
    )


def _is_row_of_table(row: list[_Cell], first: list[_Cell]) -> bool:
    """A last row with one text belongs to the table where its other cells are drawn as well."""
    return len(row) > 1 and len(row) >= len(first) // 2


def _line(row: list[_Cell]) -> TextLine:
    """One row outside a table as a printed line; every character stands within its own cell."""
    text, left, right = [], [], []
    for cell in row:
        shown_text = re.sub(r"\s+", "", cell.text) if len(row) == 1 else cell.text.strip() + " "
        shown_text = shown_text.rstrip() if cell is row[-1] else shown_text
        text.append(shown_text)
        left += [cell.box.x0] * len(shown_text)
        right += [cell.box.x1] * len(shown_text)
    first = row[0].box
    return TextLine("".join(text), tuple(left), tuple(right), first.top, first.bottom, _SIZE)


def _logical(page_no: int, cells: list[_Cell]) -> LogicalTable:
    """Place the cells of a block in a table that begins at its own first row and column."""
    top, left = min(cell.row for cell in cells), min(cell.column for cell in cells)
    bottom = max(cell.row + cell.row_span for cell in cells)
    right = max(cell.column + cell.column_span for cell in cells)
    column_edges = [float(edge - 1) for edge in range(left, right + 1)]
    row_edges = [float(edge - 1) for edge in range(top, bottom + 1)]
    box = Box(column_edges[0], row_edges[0], column_edges[-1], row_edges[-1])
    grid = Grid(
        box,
        column_edges,
        row_edges,
        [GridCell(c.box, c.row - top, c.column - left, c.row_span, c.column_span) for c in cells],
    )
    part = TablePart(page_no, row_edges[-1], grid, [], method="office", text_method="office")
    placed = [
        PlacedCell(
            page_no,
            c.row - top,
            c.column - left,
            c.row_span,
            c.column_span,
            c.text.splitlines(),
            [c.box] * len(c.text.splitlines()),
            c.box,
            _SIZE,
            None,
            "office",
        )
        for c in cells
    ]
    return LogicalTable([part], placed, column_edges[:-1], len(row_edges) - 1)
