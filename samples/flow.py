"""Setting a whole sample document: headings, paragraphs and statements flowing over pages, and where each fact fell."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from samples.drawing import A4, Fill, PageDrawing, TextRun
from samples.fonts import text_width
from samples.line_breaking import break_lines
from samples.profiles import LayoutProfile
from samples.table_layout import (
    DrawnCell,
    Grid,
    cut_at_page_ends,
    cut_columns,
    draw_rows,
    lay_grid,
    numbers_overflow,
    split_rows,
)
from samples.tables import Cell, Table

_MARGIN = 62.0
_TABLE_MARGIN = 45.0
_MANY_COLUMNS = 7
_BODY_SIZE = 12.0
_BODY_LEADING = 21.0
_NUMBER = re.compile(r"([0-9][0-9,.]*[%％]?)")
_MARK = re.compile("\x02([^\x03]*)\x03([^\x04]*)\x04")


@dataclass(frozen=True, slots=True)
class DrawnTable:
    """A statement as drawn: its pages and the cells that print amounts (page numbers count from 1)."""

    table: Table
    first_page: int
    last_page: int
    cells: tuple[DrawnCell, ...]
    printed: tuple[DrawnCell, ...] = ()  # every cell of the body with text, labels included


@dataclass(frozen=True, slots=True)
class DrawnFact:
    """A marked fact of the narrative: its key, what is printed for it, and the page its sentence begins on."""

    key: str
    printed: str
    page: int


#: What was set, in order: a statement, or a text with its level (0 a paragraph, 1 to 3 a heading).
Written = Table | tuple[int, str]


@dataclass(slots=True)
class DocumentFlow:
    """Pages filled from the top; ``outline`` collects headings with their page, ``written`` everything that was set."""

    layout: LayoutProfile
    pages: list[PageDrawing] = field(default_factory=list)
    outline: list[tuple[int, str, int]] = field(default_factory=list)
    tables: list[DrawnTable] = field(default_factory=list)
    facts: list[DrawnFact] = field(default_factory=list)
    written: list[Written] = field(default_factory=list)
    y: float = 0.0
    margin: float = _MARGIN
    is_wide: bool = False

    @property
    def page(self) -> PageDrawing:
        """The page being filled."""
        return self.pages[-1]

    @property
    def room(self) -> float:
        """Points left above the bottom margin."""
        return self.page.height - self.margin - self.y

    def new_page(self, *, wide: bool = False, margin: float = _MARGIN) -> None:
        """Begin a page; a wide one takes the layout's landscape form."""
        size = (A4[1], A4[0]) if wide and self.layout.landscape != "none" else A4
        rotate = wide and self.layout.landscape == "rotate"
        self.pages.append(PageDrawing(*size, rotate=rotate, watermark=self.layout.watermark))
        self.margin = margin
        self.y = margin

    def line(
        self, text: str, size: float, align: str = "left", *, bold: bool = False, gap: float = 0.5
    ) -> None:
        """Set one line of text across the page."""
        width = text_width(text) * size
        x = {
            "left": self.margin,
            "center": (self.page.width - width) / 2,
            "right": self.page.width - self.margin - width,
        }
        style = self.layout.bold if bold else "none"
        self.page.runs.append(TextRun(x[align], self.y + size, size, text, style))
        self.y += size * (1 + gap)

    def space(self, points: float) -> None:
        """Leave vertical space."""
        self.y += points

    def heading(self, level: int, text: str) -> None:
        """Set a heading (1: part, 2: section, 3: sub-section) and note it for the contents."""
        size = {1: 18.0, 2: 14.0, 3: 12.5}[level]
        if self.room < size * 4:
            self.new_page()
        self.outline.append((level, text, len(self.pages)))
        self.written.append((level, text))
        if level == 1:
            for piece in break_lines(text, self.page.width - 2 * self.margin, size):
                self.line(piece, size, "center", bold=True, gap=0.6)
            self.space(10)
            return
        self.page.runs.append(
            TextRun(self.margin + 2 * _BODY_SIZE, self.y + size, size, text, self.layout.bold)
        )
        self.y += _BODY_LEADING * 1.2

    def paragraph(self, marked: str) -> None:
        """Set a paragraph whose facts are marked; note the page each fact begins on."""
        text, marks = _without_marks(marked)
        self.written.append((0, text))
        indent = 2 * _BODY_SIZE
        width = self.page.width - 2 * self.margin
        begin = 0
        for number, piece in enumerate(break_lines(text, width, _BODY_SIZE, indent)):
            if self.room < _BODY_LEADING:
                self.new_page()
            x = self.margin + (indent if number == 0 else 0.0)
            self._prose(x, piece)
            self.y += _BODY_LEADING
            end = begin + len(piece)
            for start, key, printed in marks:
                if begin <= start < end:
                    self.facts.append(DrawnFact(key, printed, len(self.pages)))
            begin = end

    def _prose(self, x: float, piece: str) -> None:
        """Set a piece of a paragraph's line; numbers stand on a baseline of their own where the layout says so."""
        baseline = self.y + _BODY_SIZE
        if not self.layout.number_shift:
            self.page.runs.append(TextRun(x, baseline, _BODY_SIZE, piece))
            return
        for part in _NUMBER.split(piece):
            shift = self.layout.number_shift if part[:1].isdigit() else 0.0
            if part:
                self.page.runs.append(TextRun(x, baseline - shift, _BODY_SIZE, part))
            x += text_width(part) * _BODY_SIZE

    def statement(self, table: Table) -> None:
        """Set a statement on pages of its own: caption, grid, notes."""
        if self.layout.caption == "page_before" and self.pages:
            if self.room < 60:
                self.new_page()
            self.y = max(self.y, self.page.height - self.margin - 60)
            self._caption(table)
            self.new_page(wide=table.is_wide, margin=_TABLE_MARGIN)
        else:
            if self._fits_below(table):
                self.space(24)
            else:
                self.new_page(wide=table.is_wide, margin=_TABLE_MARGIN)
            if self.layout.caption != "in_grid":
                self._caption(table)
        first_page = len(self.pages)
        self.outline.append((2, table.title, first_page))
        self.written.append(table)
        drawn = self._columns_on_two_pages(table) if self.layout.cut_columns else []
        if not drawn:
            drawn = self._on_pages(table)
        self._notes(table)
        self.is_wide = table.is_wide
        keyed = tuple(_once([cell for cell in drawn if cell.cell.key is not None]))
        body = {id(cell) for row in table.body for cell in row}
        printed = tuple(cell for cell in drawn if id(cell.cell) in body and cell.cell.text.strip())
        self.tables.append(DrawnTable(table, first_page, len(self.pages), keyed, printed))

    def _columns_on_two_pages(self, table: Table) -> list[DrawnCell]:
        """Draw a table set as wide as nearly two pages: its right columns on the next one, at the same height."""
        width = self.page.width - 2 * self.margin
        rules = table.rules or self.layout.rules
        if self.layout.caption == "in_grid" or len(table.widths) < _MANY_COLUMNS:
            return []
        whole = lay_grid(table, 1.7 * width, self.layout.font_size, rule_style=rules)
        halves = cut_columns(whole, width)
        if halves is None or sum(whole.heights) > self.room or numbers_overflow(whole):
            return []
        rows, top = list(range(len(whole.heights))), self.y
        drawn = self._part(halves[0], rows, rules)
        self.new_page(wide=table.is_wide, margin=_TABLE_MARGIN)
        self.y = top
        return drawn + self._part(halves[1], rows, rules)

    def _on_pages(self, table: Table) -> list[DrawnCell]:
        """Draw a table's rows on as many pages as they need."""
        grid = self._grid(self._captioned(table))
        next_room = self.page.height - 2 * self.margin
        if self.layout.cut_rows:
            grid = cut_at_page_ends(grid, self.room, next_room)
        parts = split_rows(grid, self.room, next_room, repeat_header=self.layout.repeat_header)
        bottom = self.page.height - self.room - self.margin if len(parts) == 1 else self.margin
        bottom += sum(grid.heights[row] for row in parts[-1])
        if self.layout.last_row == "alone" and bottom > 0.6 * self.page.height and len(parts[-1]) > 1:
            parts = [*parts[:-1], parts[-1][:-1], parts[-1][-1:]]
        drawn: list[DrawnCell] = []
        for number, rows in enumerate(parts):
            if number:
                self.new_page(wide=table.is_wide, margin=_TABLE_MARGIN)
            drawn += self._part(grid, rows, table.rules or self.layout.rules)
        return drawn

    def _fits_below(self, table: Table) -> bool:
        """Tell whether a statement is to stand below the one before it: where the layout has several on a page."""
        is_last = bool(self.tables) and self.tables[-1].last_page == len(self.pages)
        if self.layout.per_page != "several" or not is_last or table.is_wide != self.is_wide:
            return False
        return sum(self._grid(self._captioned(table)).heights) + 110 < self.room

    def _part(self, grid: Grid, rows: list[int], rules: str) -> list[DrawnCell]:
        """Draw the rows of one page, with the layout's shading, and its ghost off the page."""
        top = self.y
        if self.layout.ghost:
            draw_rows(grid, rows, self.page, 0, self.page.width + 40, top, rules)
        self.y, cells = draw_rows(grid, rows, self.page, len(self.pages), self.margin, top, rules)
        self._around(top)
        left, right = self.margin, self.margin + grid.edges[-1]
        if self.layout.shading == "grey":
            bottom = top + sum(grid.heights[row] for row in rows if row < grid.header_rows)
            self.page.fills.append(Fill(left, top, right, bottom, 0.86))
        elif self.layout.shading == "zebra":
            self._stripes(grid, rows, top)
        elif self.layout.shading == "cells":
            self.page.fills.extend(Fill(*cell.box, 1.0) for cell in cells if cell.cell.row_span == 1)
        elif self.layout.shading == "white":
            third = (right - left) / 3
            for index in range(3):
                x = left + third * index + 7
                self.page.fills.append(Fill(x, top + 3, x + third - 14, self.y - 3, 1.0))
        return cells

    def _around(self, top: float) -> None:
        """Print what stands near a table besides its caption: the running head, and a page count right below."""
        if self.layout.running_head and top > _BODY_SIZE + 20:
            self.page.runs.append(TextRun(self.margin, 30.0, 9.0, "部门预算决算公开文本"))
        if self.layout.footer == "near":
            text = f"第{len(self.pages)}页，共{len(self.pages) + 3}页"
            x = (self.page.width - text_width(text) * 9.0) / 2
            self.page.runs.append(TextRun(x, self.y + 14.0, 9.0, text))
            self.y += 18.0

    def _stripes(self, grid: Grid, rows: list[int], top: float) -> None:
        y = top
        for number, row in enumerate(rows):
            if number % 2 and row >= grid.header_rows:
                self.page.fills.append(
                    Fill(self.margin, y, self.margin + grid.edges[-1], y + grid.heights[row], 0.9)
                )
            y += grid.heights[row]

    def _captioned(self, table: Table) -> Table:
        """Return the table as its grid is drawn: with title and unit as its first rows where the layout wants that."""
        if self.layout.caption != "in_grid":
            return table
        width = len(table.widths)
        first = [Cell(self._title(table), width, 1, "center")]
        second = (
            [[Cell(f"{table.money_label}：{table.money_unit}", width, 1, "right")]]
            if table.money_label
            else []
        )
        return replace(table, header=[first, *second, *table.header])

    def _title(self, table: Table) -> str:
        return " ".join(table.title) if self.layout.letter_spaced else table.title

    def _caption(self, table: Table) -> None:
        self.line(self._title(table), 16.0, "center", gap=0.7)
        size = 9.0
        if table.form_label:
            self.line(table.form_label, size, "right", gap=0.4)
        if table.unit_line:
            y = self.y
            self.line(table.unit_line, size, "left")
            self.y = y
            self.line(table.year_line, size, "center")
            self.y = y
        unit = f"{table.money_label}：{table.money_unit}" if table.money_label else ""
        self.line(unit, size, "right", gap=0.6)

    def _grid(self, table: Table) -> Grid:
        width = self.page.width - 2 * self.margin
        size, narrow = self.layout.font_size, self.layout.narrow
        grid = lay_grid(table, width, size, narrow=narrow, rule_style=table.rules or self.layout.rules)
        while size > 5.5 and self._is_too_large(grid):
            size -= 0.5
            grid = lay_grid(table, width, size, narrow=narrow, rule_style=table.rules or self.layout.rules)
        return grid

    def _is_too_large(self, grid: Grid) -> bool:
        """Tell whether a grid is to be set smaller: it is to fit on its page, or its numbers into their cells."""
        if self.layout.page_break == "fit" and sum(grid.heights) > self.room - 40:
            return True
        return self.layout.fit_numbers and not self.layout.narrow and numbers_overflow(grid)

    def _notes(self, table: Table) -> None:
        size = 9.0
        for note in table.notes:
            for piece in break_lines(note, self.page.width - 2 * self.margin, size):
                if self.room < -20:
                    self.new_page(wide=table.is_wide, margin=_TABLE_MARGIN)
                self.line(piece, size, gap=0.45)


def _without_marks(marked: str) -> tuple[str, list[tuple[int, str, str]]]:
    """Return the plain text and (offset, key, printed) of each marked fact."""
    parts, marks, position, length = [], [], 0, 0
    for match in _MARK.finditer(marked):
        plain = marked[position : match.start()]
        length += len(plain)
        marks.append((length, match[1], match[2]))
        parts += [plain, match[2]]
        length += len(match[2])
        position = match.end()
    return "".join([*parts, marked[position:]]), marks


def _once(cells: list[DrawnCell]) -> list[DrawnCell]:
    """A repeated header may draw the same cell twice; keep the first."""
    seen: set[int] = set()
    result = []
    for drawn in cells:
        if id(drawn.cell) not in seen:
            seen.add(id(drawn.cell))
            result.append(drawn)
    return result
