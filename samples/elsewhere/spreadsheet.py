"""A disclosure as a workbook, to be printed by a spreadsheet program: one sheet a statement, some wider than their page."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import xlsxwriter
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from samples.elsewhere.web_page import money_label
from samples.flow import Written
from samples.fonts import text_width
from samples.table_layout import place_cells
from samples.tables import Table

_A4 = 9
_NARROW, _WIDE = 88.0, 130.0  # widths of an upright and a lying page, in characters
_LINE = 12.5  # height of a line, in points
_FONT = "WenQuanYi Micro Hei"


class _Formats:
    """The formats of a workbook, each made once."""

    def __init__(self, book: Workbook, border: int) -> None:
        self._book, self._known, self.border = book, dict[str, object](), border

    def of(self, **properties: object) -> object:
        """Return the format with the given properties."""
        key = repr(sorted(properties.items()))
        if key not in self._known:
            self._known[key] = self._book.add_format({"font_name": _FONT, "font_size": 9, **properties})
        return self._known[key]


def write_workbook(path: Path, cover: str, written: Sequence[Written], dice: random.Random) -> None:
    """Write the workbook; borders, repeated headings and whether sheets are fitted to their pages are drawn with ``dice``."""
    with xlsxwriter.Workbook(str(path)) as book:
        formats = _Formats(book, dice.choice([1, 1, 7, 2]))
        fit, repeats = dice.choice([(1, 1), (1, 0), None]), dice.random() < 0.6
        _texts(book.add_worksheet("说明"), formats, cover, written)
        for number, table in enumerate((item for item in written if isinstance(item, Table)), 1):
            sheet = book.add_worksheet(f"表{number}")
            first, end = _statement(sheet, formats, table)
            if repeats and end > first:
                sheet.repeat_rows(first, end - 1)
            if fit:
                sheet.fit_to_pages(*fit)


def _texts(sheet: Worksheet, formats: _Formats, cover: str, written: Sequence[Written]) -> None:
    sheet.set_paper(_A4)
    sheet.set_column(0, 0, _NARROW - 4)
    sheet.write(8, 0, cover, formats.of(font_size=22, align="center", text_wrap=True))
    sheet.set_row(8, 90)
    for row, (level, text) in enumerate((item for item in written if not isinstance(item, Table)), 20):
        size = 14 if level else 11
        sheet.write(row, 0, text, formats.of(font_size=size, text_wrap=True, valign="top"))
        sheet.set_row(row, 1.6 * size * (int(text_width(text) * size / 420) + 1))


def _statement(sheet: Worksheet, formats: _Formats, table: Table) -> tuple[int, int]:
    """Write a statement; return its first heading row and the row after its last one."""
    sheet.set_paper(_A4)
    sheet.set_margins(0.4, 0.4, 0.5, 0.5)
    if table.is_wide:
        sheet.set_landscape()
    share = (_WIDE if table.is_wide else _NARROW) / sum(table.widths)
    widths = [width * share for width in table.widths]
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    last = len(widths) - 1
    _write(sheet, (0, 0, 0, last), table.title, formats.of(font_size=16, align="center"))
    _write(sheet, (1, 0, 1, last), table.form_label, formats.of(align="right"))
    half = max(last // 2, 0)
    _write(sheet, (2, 0, 2, half), table.unit_line, formats.of())
    if last:
        _write(sheet, (2, half + 1, 2, last), money_label(table), formats.of(align="right"))
    rows = [*table.header, *table.body]
    heights = [1] * len(rows)
    for cell, row, column in place_cells(rows):
        box = (3 + row, column, 2 + row + cell.row_span, column + cell.column_span - 1)
        look = formats.of(border=formats.border, align=cell.align, valign="vcenter", text_wrap=True)
        _write(sheet, box, cell.text, look)
        room = sum(widths[column : column + cell.column_span])
        if cell.row_span == 1:
            heights[row] = max(heights[row], int(2.2 * text_width(cell.text) / room) + 1)
    for row, lines in enumerate(heights):
        sheet.set_row(3 + row, _LINE * lines)
    for number, note in enumerate(table.notes):
        sheet.write(3 + len(rows) + number, 0, note, formats.of())
    return 3, 3 + len(table.header)


def _write(sheet: Worksheet, box: tuple[int, int, int, int], text: str, look: object) -> None:
    if box[:2] == box[2:]:
        sheet.write_string(*box[:2], text, look)
    else:
        sheet.merge_range(*box, text, look)
