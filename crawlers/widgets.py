"""Pagers that a widget draws from its options (laypage, jqPaginator, pagination …): how many pages, and where they are.

Nothing is run. The number of pages is read from the options, and the address from what is done where a page is chosen:
literals joined with one value that changes, the number of the page.
"""

from __future__ import annotations

import re

_WIDGET = re.compile(r"(?i)\b(?:\w*(?:page|pager|paging|pagination|paginator|pages)\w*)(?:\.\w+)?\s*\(\s*\{")
_NUMBER_OF = r"(?i)[\"']?\b(?:{})[\"']?\s*:\s*[\"']?(\d{{1,6}})\b"
_PAGES = re.compile(_NUMBER_OF.format("pages|pageCount|totalPages?|pageTotal|countPage"))
_RECORDS = re.compile(
    _NUMBER_OF.format("count|total|totalCounts?|totalData|totalRecords?|totalNum|dataCount|records")
)
_A_PAGE = re.compile(_NUMBER_OF.format("limit|pageSize|showData|perPage|num|size|rows"))
_ADDRESS = re.compile(
    r"(?:\blocation(?:\.href)?\s*=(?!=)|\blocation\.(?:assign|replace)\s*\(|\bopen\s*\()\s*"
)
_PART = re.compile(
    r"""\s*(?:"(?P<double>[^"\n]*)"|'(?P<single>[^'\n]*)'|(?P<less>\(\s*[\w$.]+(?:\(\))?\s*-\s*1\s*\))"""
    r"""|(?P<number>\(?\s*[A-Za-z_$][\w$.]*(?:\(\))?\s*\)?))\s*"""
)
_MOST_PAGES = 2000
_LONGEST = 3000


def widget_count(html: str) -> int | None:
    """Return how many pages a widget's options say the list has; None where there is no such widget."""
    options = _options(html)
    return _count(options) if options else None


def widget_pages(html: str) -> list[str]:
    """Return the relative addresses of the pages after the first; none where they cannot be read."""
    options = _options(html)
    count = _count(options) if options else None
    parts = _address(options) if options else []
    if not count or not parts:
        return []
    return [
        "".join(_written(part, number) for part in parts) for number in range(2, min(count, _MOST_PAGES) + 1)
    ]


def _options(html: str) -> str:
    """The options of the first widget that counts something."""
    for match in _WIDGET.finditer(html):
        options = _braced(html, match.end())
        if _count(options):
            return options
    return ""


def _braced(text: str, start: int) -> str:
    depth = 1
    for place in range(start, min(len(text), start + _LONGEST)):
        depth += {"{": 1, "}": -1}.get(text[place], 0)
        if depth == 0:
            return text[start:place]
    return ""


def _count(options: str) -> int | None:
    if match := _PAGES.search(options):
        return int(match[1])
    records, length = _RECORDS.search(options), _A_PAGE.search(options)
    if not (records and length) or not int(length[1]):
        return None
    return -(-int(records[1]) // int(length[1]))


def _address(options: str) -> list[str | int]:
    """The parts of the address to which a choice leads: text, or what is added to the page's number."""
    for match in _ADDRESS.finditer(options):
        parts = _parts(options, match.end())
        if sum(isinstance(part, int) for part in parts) == 1 and len(parts) > 1:
            return parts
    return []


def _parts(code: str, place: int) -> list[str | int]:
    parts: list[str | int] = []
    while match := _PART.match(code, place):
        text = match["double"] if match["double"] is not None else match["single"]
        parts.append(text if text is not None else -1 if match["less"] else 0)
        place = match.end()
        if not code.startswith("+", place):
            return parts if code[place : place + 1] in ("", ";", ")", "}", ",") else []
        place += 1
    return []


def _written(part: str | int, number: int) -> str:
    return part if isinstance(part, str) else str(number + part)
