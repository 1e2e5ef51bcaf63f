"""Panes behind tabs: years (or kinds) stand in one row of tabs, what belongs to each in boxes of the same order below."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawlers.classify import Announcement, column_year, heading
from crawlers.text import fold

_MOST_TABS = 30
_MOST_ROWS = 2_000
_LONGEST = 20
_DEEPEST = 12
_ENTRIES = frozenset({"li", "p", "a", "tr", "dt", "dd"})  # of one list, however many they are
_FURNITURE = frozenset({"script", "style", "template", "-comment", "-text"})


class Panes:
    """The panes of one page that have tabs of their own."""

    def __init__(self, tree: LexborHTMLParser) -> None:
        self._words: dict[int, str] = {}
        for row in tree.css("ul, ol, div, p, nav")[:_MOST_ROWS]:
            tabs = [one for one in row.iter() if one.tag not in _FURNITURE]
            if 2 <= len(tabs) <= _MOST_TABS and all(_says_something(tab) for tab in tabs):
                words = [fold(tab.text()) for tab in tabs]
                for pane, said in zip(_panes(row, len(tabs)), words, strict=False):
                    self._words[pane.mem_id] = said

    def heading_of(self, node: LexborNode, above: Announcement | None) -> Announcement | None:
        """Return what the tab over an element says together with the heading above it; None where there is no tab."""
        box = node.parent if self._words else None
        for _ in range(_DEEPEST):
            if box is None:
                return None
            if words := self._words.get(box.mem_id):
                said = heading(words)
                return said if said and said.kind else heading(f"{words}{above.title if above else ''}")
            box = box.parent
        return None


def _says_something(tab: LexborNode) -> bool:
    """Say whether a tab names a year or a kind, and leads nowhere."""
    words = fold(tab.text())
    if not words or len(words) > _LONGEST or (column_year(words) is None and heading(words) is None):
        return False
    links = [tab, *tab.css("a")] if tab.tag == "a" else tab.css("a")
    addresses = [(one.attributes.get("href") or "").strip().lower() for one in links]
    return all(not one or one.startswith(("#", "javascript:")) for one in addresses)


def _panes(row: LexborNode, count: int) -> list[LexborNode]:
    """The boxes of a row of tabs: as many as tabs, beside the row (or the box it stands in) or in the box after it."""
    for beside in (row, row.parent):
        after = _after(beside) if beside is not None else []
        inner = [one for one in after[0].iter() if one.tag not in _FURNITURE] if after else []
        for panes in (after, inner):
            is_alike = len({pane.tag for pane in panes}) == 1
            if len(panes) == count and is_alike and not (panes is inner and panes[0].tag in _ENTRIES):
                return panes
    return []


def _after(node: LexborNode) -> list[LexborNode]:
    found = []
    following = node.next
    while following is not None:
        if following.tag not in _FURNITURE:
            found.append(following)
        following = following.next
    return found
