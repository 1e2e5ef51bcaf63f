"""What a link's row says of it: one table of all units names the unit in one cell, year and kind in another."""

from __future__ import annotations

import re
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from crawlers.classify import Announcement, column_year, compact, heading, organisation
from crawlers.text import fold

_CELLS = frozenset({"td", "th"})
_LONGEST_NAME = 40
_LONGEST_HEAD = 80
_MOST_HEADS = 4
_DEEPEST = 8
_MOST_ROWS = 5_000
_MOST_COLUMNS = 60
_MOST_SPANNED = 500
_NUMBERING = re.compile(r"^[\d一二三四五六七八九十]{1,4}[.、．)）]?\s*")


@dataclass(frozen=True, slots=True)
class _Head:
    """What the heads over one column say together."""

    words: str = ""
    year: int | None = None
    kind: str | None = None


class _Table:
    """A table as it is seen: cells over several rows and columns stand in each of them."""

    def __init__(self, table: LexborNode) -> None:
        self._rows: list[dict[int, LexborNode]] = []
        self._places: dict[int, tuple[int, int]] = {}
        own = [row for row in table.css("tr") if _is_of(row, table)]
        for number, row in enumerate(own[:_MOST_ROWS]):
            self._place(number, row)
        first = next((number for number, row in enumerate(own) if row.css_first("a, [onclick]")), 0)
        self._head_rows = self._rows[: min(max(first, 1), _MOST_HEADS)]
        self._heads: dict[int, _Head] = {}

    def _place(self, number: int, row: LexborNode) -> None:
        column = 0
        for cell in (one for one in row.iter() if one.tag in _CELLS):
            while column in self._row(number):
                column += 1
            width = min(_span(cell, "colspan"), max(_MOST_COLUMNS - column, 1))
            self._places[cell.mem_id] = (number, column)
            for below in range(min(_span(cell, "rowspan"), _MOST_SPANNED)):
                self._row(number + below).update(dict.fromkeys(range(column, column + width), cell))
            column += width

    def _row(self, number: int) -> dict[int, LexborNode]:
        while len(self._rows) <= number:
            self._rows.append({})
        return self._rows[number]

    def beside(self, cell: LexborNode) -> list[str]:
        """Return the own words of the other cells that stand in a cell's row."""
        number, _ = self._places.get(cell.mem_id, (0, 0))
        cells = {one.mem_id: one for _, one in sorted(self._row(number).items())}
        return [_own_words(one) for one in cells.values() if one.mem_id != cell.mem_id]

    def head_of(self, cell: LexborNode) -> _Head:
        """Return what stands over a cell; the lowest head that names a year or a kind is believed."""
        _, column = self._places.get(cell.mem_id, (0, 0))
        if column not in self._heads:
            cells = {one.mem_id: one for row in self._head_rows if (one := row.get(column)) is not None}
            self._heads[column] = _head([fold(one.text())[:_LONGEST_HEAD] for one in cells.values()])
        return self._heads[column]


class Rows:
    """Looks up the rows of one page; a table is laid out once."""

    def __init__(self) -> None:
        self._tables: dict[int, _Table] = {}

    def around(self, node: LexborNode) -> Announcement | None:
        """Return what stands beside a link that names no unit itself; None where no unit stands there."""
        if organisation(compact(node.text())) is not None:
            return None
        cell = _within(node, _CELLS)
        if cell is not None:
            return self._of_cell(cell)
        item = _within(node, frozenset({"dd", "li"}))
        if item is None:
            unit = _branch(node)
            return Announcement(unit, unit, None, None) if unit else None
        beside = term_of(item) if item.tag == "dd" else _own_words(item)
        unit = _name(beside) or _branch(item)
        return Announcement(unit, unit, None, None) if unit else None

    def _of_cell(self, cell: LexborNode) -> Announcement | None:
        box = _within(cell, frozenset({"table"}))
        if box is None:
            return None
        if box.mem_id not in self._tables:
            self._tables[box.mem_id] = _Table(box)
        table = self._tables[box.mem_id]
        beside = table.beside(cell)
        unit = next((name for words in beside if (name := _name(words))), None)
        if unit is None:
            return None
        head = table.head_of(cell)
        year = head.year or next((year for words in beside if (year := column_year(words))), None)
        return Announcement(f"{unit}{head.words}", unit, year, head.kind)


def _head(texts: list[str]) -> _Head:
    year, kind, words = None, None, ""
    for text in reversed(texts):
        said = heading(text)
        own_year = said.year if said else column_year(text)
        own_kind = said.kind if said else None
        if (own_year and not year) or (own_kind and not kind):
            words = text + words
        year, kind = year or own_year, kind or own_kind
    return _Head(words, year, kind)


def _is_of(row: LexborNode, table: LexborNode) -> bool:
    box = _within(row, frozenset({"table"}))
    return box is not None and box.mem_id == table.mem_id


def _span(cell: LexborNode, name: str) -> int:
    value = (cell.attributes.get(name) or "1").strip()
    return max(int(value), 1) if value.isdecimal() and len(value) < 5 else 1


def _within(node: LexborNode, tags: frozenset[str]) -> LexborNode | None:
    """The nearest box around a node that has one of the tags."""
    box = node.parent
    for _ in range(6):
        if box is None or box.tag in tags:
            return box
        box = box.parent
    return None


def _branch(node: LexborNode) -> str | None:
    """The unit whose branch of a tree, or whose folded box, an element stands in; the nearest that is named."""
    box = node.parent
    for _ in range(_DEEPEST):
        if box is None or box.tag == "body":
            return None
        if box.tag in ("li", "details") and (unit := _name(_opening(box))):
            return unit
        box = box.parent
    return None


def _opening(box: LexborNode) -> str:
    """The words that open a branch: before its first list, without links to elsewhere."""
    words = []
    for child in box.iter(include_text=True):
        if child.tag in ("ul", "ol", "dl", "table"):
            break
        words.append(child.text(separator=" ") if child.tag == "-text" or not child.css_first("a") else "")
        if child.tag == "summary":
            break
    return fold(" ".join(words))


def term_of(item: LexborNode) -> str:
    """Return the term that a description belongs to."""
    before = item.prev
    while before is not None and before.tag != "dt":
        before = before.prev
    return fold(before.text()) if before is not None else ""


def _own_words(box: LexborNode) -> str:
    """The words of a box outside its links, or of its only link where there are none (a unit's home page)."""
    links = box.css("a")
    words = fold(box.text(separator=" "))
    for link in links:
        words = words.replace(fold(link.text(separator=" ")), " ", 1)
    return fold(words) or (fold(box.text()) if len(links) == 1 else "")


def _name(words: str) -> str | None:
    """The name of an organisation, where the words are one and nothing else."""
    name = _NUMBERING.sub("", words).strip(" :：-—")
    if not 3 <= len(name) <= _LONGEST_NAME or re.search(r"[\d:：。；;，,]", name):
        return None
    return organisation(compact(name))
