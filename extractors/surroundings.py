"""The lines around tables: captions above, notes below, running heads, page numbers, money unit."""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass

from extractors.beside import lines_across
from extractors.logical_tables import LogicalTable
from extractors.money_unit import read_money_unit
from extractors.page_objects import TextLine
from extractors.printed_number import fold
from extractors.table_parts import TablePart, names_table

_PAGE_NUMBER = re.compile(r"[-—–－─·.\s第/]*(?:\d{1,4}|[ivxIVX]{1,6})(?:页?[,，/共]*\d*页?)?[-—–－─·.\s页]*")
_DASHED_NUMBER = re.compile(r"[-—–－]+\d{1,4}[-—–－]+|第\d{1,4}页(?:[,，/]?共\d{1,4}页)?")
_PAGE_COUNT = re.compile(r"[-—]?第\d{1,4}页[,，/、]?共\d{1,4}页[-—]?")  # wherever it stands
_MARGIN = 0.1  # running heads and page numbers stand in the outer tenth of the page
_NOTE = re.compile(r"[（(]?(?:注|备注|说明|填表说明|附注|※|[*＊])")
_EMPTY_TABLE = re.compile(
    r"空表|本表无|此表无|无数据|无此项|(?:没有|无|未).{0,40}(?:收入|支出|预算|经费|资金|项目|表)"
)
_YEAR_LINE = re.compile(r"[（(]?20\d\d年度?[)）]?")
_ENDS_SENTENCE = re.compile(r"[。；;！？]$")
_TITLE = re.compile(r"表(?:[（(].{0,12}[）)])?$|^(?:公开|附)?表?\s*\d|单位[:：]|编制|部门[:：]")
_PRINTED_AT = re.compile(r"\d{1,4}[/-]\d{1,2}[/-]\d{1,4}[,，]?(?:[上下]午)?\d{1,2}:\d\d")  # set by browsers
_CONTENTS = re.compile(r"[.…·．]{4,}\s*\d*$")
_OUTSIDE = frozenset({"page_number", "running_head", "contents"})
MAX_CAPTION_LINES = 6


@dataclass(slots=True)
class PageText:
    """The lines of one page outside its tables, and what each is taken for."""

    page_no: int
    width: float
    height: float
    lines: list[TextLine]
    roles: list[str]
    tables_start: float = math.inf  # top of the first table on the page
    tables_end: float = 0.0  # bottom of the last table on the page
    method: str = "text"

    def body_lines(self) -> list[TextLine]:
        """Return the lines that are no page numbers, running heads or contents entries."""
        return [line for line, role in zip(self.lines, self.roles, strict=True) if role not in _OUTSIDE]

    def opening_lines(self) -> list[TextLine]:
        """Return the body lines above the first table of the page."""
        return [line for line in self.body_lines() if line.top < self.tables_start]

    def closing_lines(self) -> list[TextLine]:
        """Return the body lines below the last table of the page."""
        return [line for line in self.body_lines() if line.top >= self.tables_end]

    def mark(self, lines: list[TextLine], role: str) -> None:
        """Set the role of the given lines."""
        marked = {id(line) for line in lines}
        self.roles = [
            role if id(line) in marked else old for line, old in zip(self.lines, self.roles, strict=True)
        ]


def mark_margins(pages: list[PageText]) -> None:
    """Mark page numbers, contents lines and running heads (same text and height on three pages)."""
    seen: Counter[tuple[str, int]] = Counter()
    for page in pages:
        seen.update({_margin_key(page, line) for line in page.lines if _in_margin(page, line)})
    for page in pages:
        for index, line in enumerate(page.lines):
            text = fold(line.text)
            if _CONTENTS.search(text):
                page.roles[index] = "contents"
            if _PAGE_COUNT.fullmatch(text) or (
                _DASHED_NUMBER.fullmatch(text) and _in_margin(page, line, 2 * _MARGIN)
            ):
                page.roles[index] = "page_number"
            if not _in_margin(page, line):
                continue
            if _PAGE_NUMBER.fullmatch(text) and not _is_year(text, len(pages)):
                page.roles[index] = "page_number"
            elif seen[_margin_key(page, line)] >= 3 and (_PRINTED_AT.match(text) or not _is_of_table(text)):
                page.roles[index] = "running_head"


def _is_year(text: str, page_count: int) -> bool:
    """Tell whether a number is the beginning of a title that the edge of the page has cut: too high for a page."""
    return text.isdigit() and int(text) > max(2 * page_count, 1000)


def _is_of_table(text: str) -> bool:
    return bool(_TITLE.search(text) or read_money_unit(text))


def _in_margin(page: PageText, line: TextLine, share: float = _MARGIN) -> bool:
    return line.bottom < share * page.height or line.top > (1 - share) * page.height


def _margin_key(page: PageText, line: TextLine) -> tuple[str, int]:
    return re.sub(r"\d+", "#", fold(line.text)), round(line.top / 4)


def attach_lines(parts: list[TablePart], pages: list[PageText]) -> None:
    """Give each part the lines between it and its neighbours on the page, running heads left out."""
    by_page: dict[int, list[TablePart]] = {}
    for part in parts:
        by_page.setdefault(part.page_no, []).append(part)
    for page in pages:
        own = by_page.get(page.page_no, [])
        for line, role in zip(page.lines, page.roles, strict=True):
            if role in _OUTSIDE:
                continue
            middle = (line.top + line.bottom) / 2
            later = next((part for part in own if part.grid.box.top > middle), None)
            if later is not None:
                later.above.append(line)
            earlier = next((part for part in reversed(own) if part.grid.box.bottom < middle), None)
            if earlier is not None:
                earlier.below.append(line)


@dataclass(slots=True)
class Surroundings:
    """What belongs to one table outside its grid."""

    caption: list[TextLine]
    notes: list[TextLine]


def surroundings_of(table: LogicalTable, pages: dict[int, PageText]) -> Surroundings:
    """Return caption and notes of a table and mark their lines' roles.

    A table that opens a page without any line above it takes its caption from the end of the page before; one
    that closes a page may have its notes at the beginning of the next.
    """
    first, last = table.parts[0], table.parts[-1]
    captions = [_caption_over_pages(first, pages)]
    for part in table.parts:
        if part.beside is first:
            captions.append(caption_of(part.above, pages[part.page_no].width))
            pages[part.page_no].mark(captions[-1], "caption")
    caption = lines_across(captions)
    below, page = last.below, pages.get(last.page_no)
    if not below and last.is_last_on_page and last.page_no + 1 in pages:
        page = pages[last.page_no + 1]
        below = page.opening_lines()
    notes = notes_of(below)
    if page:
        page.mark(notes, "note")
    return Surroundings(caption, notes)


def _caption_over_pages(part: TablePart, pages: dict[int, PageText]) -> list[TextLine]:
    """Return the caption of a table that begins with a part, and mark its lines.

    All of it may end the page before, or its title alone, with the lines of label, publisher and unit on the part's page.
    """
    page, before = pages.get(part.page_no), pages.get(part.page_no - 1)
    own = caption_of(part.above, page.width) if page else []
    earlier: list[TextLine] = []
    if before and part.is_first_on_page and own == part.above and not any(map(names_table, own)):
        earlier = caption_of(before.closing_lines(), before.width)
        if all(map(_names_year, own)):
            own = []
        elif not any(map(names_table, earlier)):
            earlier = []
    if page:
        page.mark(own, "caption")
    if before:
        before.mark(earlier, "caption")
    return earlier + own


def _names_year(line: TextLine) -> bool:
    """Tell whether a line only names the year: a heading of the table, no caption."""
    return bool(_YEAR_LINE.fullmatch(fold(line.text)))


def caption_of(above: list[TextLine], page_width: float) -> list[TextLine]:
    """Return those of the lines above a table (top first) that belong to it."""
    caption: list[TextLine] = []
    for line in reversed(above):
        text = fold(line.text)
        is_prose = _ENDS_SENTENCE.search(text) or (len(text) > 28 and line.x1 - line.x0 > 0.7 * page_width)
        if len(caption) >= MAX_CAPTION_LINES or (is_prose and not _is_of_table(text)):
            break
        if _NOTE.match(text) and not _TITLE.search(text):  # of the table before
            break
        if caption and caption[-1].top - line.bottom > 6 * max(line.size, 8.0):
            break
        caption.append(line)
    return caption[::-1]


def notes_of(below: list[TextLine]) -> list[TextLine]:
    """Return the lines below a table that belong to it: notes, or words on the table's emptiness."""
    notes: list[TextLine] = []
    for line in below[:8]:
        text = fold(line.text)
        if _NOTE.match(text) or (len(notes) < 3 and _EMPTY_TABLE.search(text)):
            notes.append(line)
        elif notes and not _ENDS_SENTENCE.search(fold(notes[-1].text)):
            notes.append(line)  # the note's own next printed line
        elif notes and re.match(r"\d[.．、]", text):
            notes.append(line)
        else:
            break
    return notes
