"""The words of a link that says nothing itself (查看详情, 更多, a picture): its title stands in an element beside it."""

from __future__ import annotations

from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from crawlers.classify import heading, is_section
from crawlers.rows import term_of
from crawlers.text import fold

_OUTER = frozenset({"body", "html", "table", "tbody", "tr", "ul", "ol", "dl"})
_TITLES = "h1, h2, h3, h4, h5, h6, p, span, strong, b, em, div, dt"
_LONGEST = 100
_BOXES = 4
_MOST_TITLES = 20


def title_beside(node: LexborNode) -> str:
    """Return the title in the smallest box around a link that leads nowhere else; empty where there is none.

    Only words that announce a disclosure, or name a column of them, are taken for a title.
    """
    box = node.parent
    for _ in range(_BOXES):
        if box is None or box.tag in _OUTER or _leads_elsewhere(box):
            return ""
        for words in _candidates(box, node):
            if words and len(words) <= _LONGEST and (is_section(words) or heading(words)):
                return words
        box = box.parent
    return ""


def _candidates(box: LexborNode, node: LexborNode) -> Iterator[str]:
    if box.tag == "dd":
        yield term_of(box)
    for element in box.css(_TITLES)[:_MOST_TITLES]:
        if element.mem_id != box.mem_id and not element.css_first("a"):
            yield fold(element.text(separator=" "))
    yield fold(box.text(separator=" ").replace(node.text(separator=" "), " ", 1))


def _leads_elsewhere(box: LexborNode) -> bool:
    return len({one.attributes.get("href") for one in box.css("a[href]")}) > 1
