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
_NAME = re.compile(r"(?i)[\"']?\b(?:(?:file|page)_?name|prefix|name)[\"']?\s*:\s*[\"']([\w-]{1,40})[\"']")
_ENDING = re.compile(r"(?i)[\"']?\b(?:\w{0,8}ext|suffix)[\"']?\s*:\s*[\"']\.?([sx]?html?)[\"']")
_CURRENT = re.compile(
    r"(?i)[\"']?\b(?:curr|current|currentPage|currIndex|nowPage|pageIndex)[\"']?\s*:\s*[\"']?(\d{1,4})\b"
)
_WRITTEN = re.compile(
    r"""href=\\?["']?(?P<head>[\w./-]*_)["']\s*\+\s*\(?\s*(?P<name>\w+)\s*(?P<less>-\s*1)?\s*\)?\s*\+\s*["'](?P<tail>\.[sx]?html?)""",
    re.I,
)
_LOOP = r"for\s*\(\s*(?:var\s+|let\s+)?{}\s*=\s*(\d{{1,2}})\s*;\s*\w+\s*<(=?)"
_LOOP_COUNT = re.compile(
    r"\b(?:page_?count|count_?page|total_?pages?|page_?total|all_?pages?|max_?page)\s*=\s*[\"']?(\d{1,4})\b",
    re.I,
)
_MOST_PAGES = 2000
_LONGEST = 3000


def widget_count(html: str) -> int | None:
    """Return how many pages a widget's options say the list has; None where there is no such widget."""
    options = _options(html)
    return _count(options) if options else _loop_count(html)


def widget_pages(html: str, address: str = "") -> list[str]:
    """Return the relative addresses of the pages after the first; none where they cannot be read.

    ``address`` is the page's own.
    """
    options = _options(html)
    count = _count(options) if options else None
    parts = _address(options) if options else []
    if not count or not parts:
        return _named(options, count or 0, address) or _in_a_loop(html)
    return [
        "".join(_written(part, number) for part in parts) for number in range(2, min(count, _MOST_PAGES) + 1)
    ]


def _named(options: str, count: int, address: str) -> list[str]:
    """Pages that the options name by the beginning and the end of their files.

    Only the first page tells whether they are counted from nought or from one.
    """
    name, ending = _NAME.search(options), _ENDING.search(options)
    if not (name and ending):
        return []
    current = _CURRENT.search(options)
    if current and address.endswith(f"{name[1]}_{current[1]}.{ending[1]}"):
        return []
    begin = 1 if current and current[1] == "0" else 2
    return [f"{name[1]}_{number}.{ending[1]}" for number in range(begin, begin + min(count, _MOST_PAGES) - 1)]


def _in_a_loop(html: str) -> list[str]:
    """Pages whose links a script writes in a loop up to a count that it names."""
    link, count = _WRITTEN.search(html), _loop_count(html)
    if not link or not count:
        return []
    loop = re.search(_LOOP.format(re.escape(link["name"])), html)
    begin, end = (int(loop[1]), count + bool(loop[2])) if loop else (2, count + 1)
    step = -1 if link["less"] else 0
    numbers = (number + step for number in range(begin, min(end, _MOST_PAGES)))
    return [
        f"{link['head']}{number}{link['tail']}"
        for number in numbers
        if number > (0 if step or begin < 2 else 1)
    ]


def _loop_count(html: str) -> int | None:
    match = _LOOP_COUNT.search(html) if _WRITTEN.search(html) else None
    return int(match[1]) if match else None


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
