"""One grid on one page, as a part of a table, and what its rows say about where it belongs."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field

from extractors.cell_text import CellText
from extractors.grid import Grid
from extractors.page_objects import TextLine
from extractors.printed_number import CellState, fold, read_printed_number

_NAMES_TABLE = re.compile(r"表(?:[(\[][^()\[\]]{0,16}[)\]])?$")
_TABLE_NUMBER = re.compile(r"\D{0,8}\d{1,2}(?:-\d{1,2})?表")
_LAST_ROWS = 0.75  # of a part's height: below this stand no headings


@dataclass(slots=True)
class TablePart:
    """One grid on one page with its text and the lines that stand above and below it."""

    page_no: int
    page_height: float
    grid: Grid
    cells: list[CellText]
    above: list[TextLine] = field(default_factory=list)  # between the part (or page top) before and this one
    below: list[TextLine] = field(default_factory=list)  # between this part and the next (or the page bottom)
    is_first_on_page: bool = True
    is_last_on_page: bool = True
    method: str = "ruled"
    text_method: str = "text"  # text | ocr
    beside: TablePart | None = None  # the part of which this one holds further columns


def names_table(line: TextLine) -> bool:
    """Tell whether a line is a table's title, not its number (公开05表)."""
    text = fold(line.text)
    return bool(_NAMES_TABLE.search(text)) and not _TABLE_NUMBER.fullmatch(text)


def row_texts(part: TablePart, row: int) -> list[str]:
    """Return the folded texts of a row's cells."""
    return [fold(item.text) for item in part.cells if item.cell.row == row]


def first_text(part: TablePart) -> str:
    """Return the first text of a part, "" where it has none."""
    return next((fold(item.text) for item in part.cells if item.lines), "")


def same_header(before: TablePart, part: TablePart) -> bool:
    """Tell whether both parts begin with the same row of texts."""
    first = row_texts(before, 0)
    return any(first) and first == row_texts(part, 0)


def opens_with_title(part: TablePart) -> bool:
    """Tell whether the first row is one full-width cell naming a table."""
    first = [item for item in part.cells if item.cell.row == 0]
    return len(first) == 1 and part.grid.column_count > 1 and bool(_NAMES_TABLE.search(fold(first[0].text)))


def is_headed(part: TablePart) -> bool:
    """Tell whether the first row with texts has one that is no number."""
    rows = (row_texts(part, row) for row in range(part.grid.row_count))
    first = next((row for row in rows if any(row)), [])
    return any(text and read_printed_number(text).state is CellState.TEXT for text in first)


def has_names(part: TablePart) -> bool:
    """Tell whether texts that are no numbers stand in the last rows of a part."""
    first = math.ceil(_LAST_ROWS * part.grid.row_count)
    return any(
        read_printed_number(fold(item.text)).state is CellState.TEXT
        for item in part.cells
        if item.cell.row >= first and item.lines
    )


def right_edge(part: TablePart) -> float:
    """Return where the columns of a part end: a heading that two pages share may be drawn beyond."""
    last = part.grid.row_count - 1
    ends = (cell.box.x1 for cell in part.grid.cells if cell.row + cell.row_span > last)
    return max(ends, default=part.grid.box.x1)
