"""What a link's row says of it: one table of all units names the unit in one cell, year and kind in another."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborNode

from crawlers.classify import Announcement, compact, heading, organisation
from crawlers.text import fold

_CELLS = frozenset({"td", "th"})
_LONGEST_NAME = 40
_NUMBERING = re.compile(r"^[\d一二三四五六七八九十]{1,4}[.、．)）]?\s*")


class Rows:
    """Looks up the rows of one page; the heads of a table are read once."""

    def __init__(self) -> None:
        self._heads: dict[int, list[Announcement | None]] = {}

    def around(self, node: LexborNode) -> Announcement | None:
        """Return what stands beside a link that names no unit itself; None where no unit stands there."""
        if organisation(compact(node.text())) is not None:
            return None
        cell = _within(node, _CELLS)
        if cell is not None:
            return self._of_cell(cell)
        item = _within(node, frozenset({"dd", "li"}))
        if item is None:
            return None
        beside = _term(item) if item.tag == "dd" else _own_words(item)
        unit = _name(beside)
        return Announcement(unit, unit, None, None) if unit else None

    def _of_cell(self, cell: LexborNode) -> Announcement | None:
        row = cell.parent
        if row is None or row.tag != "tr":
            return None
        cells = [one for one in row.iter() if one.tag in _CELLS]
        unit = next(
            (name for one in cells if one.mem_id != cell.mem_id and (name := _name(_own_words(one)))), None
        )
        if unit is None:
            return None
        heads = self._heads_above(row)
        place = next(number for number, one in enumerate(cells) if one.mem_id == cell.mem_id)
        head = heads[place] if place < len(heads) else None
        title = f"{unit}{head.title if head else ''}"
        return Announcement(title, unit, head.year if head else None, head.kind if head else None)

    def _heads_above(self, row: LexborNode) -> list[Announcement | None]:
        table = _within(row, frozenset({"table"}))
        first = table.css_first("tr") if table is not None else None
        if table is None or first is None:
            return []
        if table.mem_id not in self._heads:
            cells = [one for one in first.iter() if one.tag in _CELLS]
            self._heads[table.mem_id] = [heading(fold(one.text())[:80]) for one in cells]
        return self._heads[table.mem_id]


def _within(node: LexborNode, tags: frozenset[str]) -> LexborNode | None:
    """The nearest box around a node that has one of the tags."""
    box = node.parent
    for _ in range(6):
        if box is None or box.tag in tags:
            return box
        box = box.parent
    return None


def _term(item: LexborNode) -> str:
    """The term that a description belongs to."""
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
