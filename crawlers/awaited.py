"""What a page waits for: lists that its scripts fetch from an interface, so that its own text does not hold them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

_ASKING = re.compile(
    r"(?:\$|jQuery)\.(?:ajax|get|post|getJSON)\s*\(|\bfetch\s*\(|\baxios\b|\bXMLHttpRequest\b|\$http\b|\.load\s*\(\s*[\"']"
)
_ADDRESS = re.compile(
    r"""["'`]((?:https?:)?/[^"'`\s]{1,200}|[\w./-]{1,100}\?[^"'`\s]{0,200}|[\w-]{1,40}(?:/[\w.-]{1,60}){1,8}"""
    r"""|[\w-]{1,60}\.(?:do|json|jsp|action|aspx?|php|ashx))["'`]"""
)
#: Requests that fill no list: counters of visits, weather, accounts.
_FURNITURE = re.compile(
    r"(?i)count|click|hits?\b|visit|statist|tongji|analytic|weather|login|captcha|\buser|share|token"
)
_TEMPLATES = re.compile(r"\{\{\s*\w|\bv-for=|\bng-repeat=|<%=|data-bind=")
_LISTS = "ul[id], ol[id], tbody[id], dl[id], div[id], table[id], section[id]"
_MAXIMUM_BOXES = 300
_LARGEST_BOX = 4000  # characters of markup of a box that is still a template
_FAR = 400  # characters of a call in which its address stands
_SHELL_TEXT = 100  # a page of fewer characters whose scripts come from elsewhere is a shell


@dataclass(frozen=True, slots=True)
class Awaited:
    """Something that a script fetches; ``address`` is empty where it is not to be read."""

    address: str
    fills: bool  # it is known to fill a part of the page that stands empty


def awaited(html: str) -> list[Awaited]:
    """Return what a page's scripts fetch. It matters only where the page itself shows nothing."""
    tree = LexborHTMLParser(html)
    if tree.body is None:
        return []
    empty = _empty_boxes(tree)
    found: dict[Awaited, None] = {}
    for node in tree.css("script:not([src])"):
        text = node.text()
        fills = any(re.search(rf"[#\"'.]{re.escape(name)}[\"'\s)]", text) for name in empty)
        for call in _ASKING.finditer(text):
            address = _ADDRESS.search(text, call.start(), call.start() + _FAR)
            if not address or not _FURNITURE.search(address[1]):
                found.setdefault(Awaited(address[1] if address else "", fills))
    if not found and _is_filled_from_elsewhere(tree, bool(empty)):
        return [Awaited("", fills=False)]
    return list(found)


def _empty_boxes(tree: LexborHTMLParser) -> list[str]:
    """Ids of boxes that hold nothing, or nothing but a template."""
    names = []
    for node in tree.css(_LISTS)[:_MAXIMUM_BOXES]:
        markup = node.html or ""
        if len(markup) <= _LARGEST_BOX and (_TEMPLATES.search(markup) or _is_empty(node)):
            names.append(node.attributes.get("id") or "")
    return [name for name in names if name]


def _is_empty(node: LexborNode) -> bool:
    held = [child for child in node.css("*") if child.mem_id != node.mem_id]
    is_bare = all(child.tag in ("script", "template", "style", "img") for child in held)
    return is_bare and not node.text(strip=True)


def _is_filled_from_elsewhere(tree: LexborHTMLParser, has_empty_boxes: bool) -> bool:
    """Say whether scripts that are not part of the page may fill it: a list's box stands empty, or there is but a shell."""
    if tree.css_first("script[src]") is None or tree.body is None:
        return False
    return has_empty_boxes or len(tree.body.text(strip=True)) < _SHELL_TEXT
