"""Where a list goes on: the paging scripts and links of portals, as addresses of the other pages."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urljoin, urlsplit, urlunsplit

from crawlers.classify import compact
from crawlers.pages import MORE_TEXT, PAGER_TEXT, Page
from crawlers.scripts import Move
from crawlers.sighting import url_identity
from crawlers.widgets import widget_count, widget_pages

_TRS = re.compile(
    r"createPage(?:HTML)?\s*\(\s*(\d+)\s*,\s*(\d+)\s*,\s*[\"']([\w\-]+)[\"']\s*,\s*[\"'](\w+)[\"']", re.I
)
_TRS_BOX = re.compile(
    r"createPage(?:HTML)?\s*\(\s*[\"'][\w\-]+[\"']\s*,\s*(\d+)\s*,\s*(\d+)\s*,\s*[\"']([\w\-]+)[\"']\s*,\s*[\"'](\w+)[\"']",
    re.I,
)
_TRS_DIVIDED = re.compile(r"Math\.ceil\(\s*(\d+)\s*/\s*(\d+)\s*\)")
_TRS_NAMED = re.compile(
    r"createPage(?:HTML)?\s*\(\s*[A-Za-z_]\w*\s*,[^\"']*[\"']([\w\-]+)[\"']\s*,\s*[\"'](\w+)[\"']", re.I
)
_TOTAL_PAGES = re.compile(
    r"[\"']?totalPages?[\"']?\s*[:=]\s*[\"']?(\d{1,4})\b|<totalpage>\s*(\d{1,4})\s*<", re.I
)
_COUNT = re.compile(r"(?:var\s+)?(?:countPage|_nPageCount|pageCount)\s*=\s*[\"']?(\d+)")
_CURRENT = re.compile(r"(?:var\s+)?(?:currentPage|_nCurrIndex)\s*=\s*[\"']?0")
_TOTAL_TEXT = re.compile(r"共\s*(?:<[^>]{1,200}>\s*){0,4}(\d{1,4})\s*(?:<[^>]{1,200}>\s*){0,4}[页頁]")
_NUMBERED = re.compile(r"^(?P<head>.*?[_\-/])(?P<number>\d{1,4})(?P<tail>\.[sx]?html?)$", re.I)
_PAGE_PARAMETER = re.compile(r"^(page|pageno|pagenum|pageindex|p|curpage|currentpage|pn)$", re.I)
_PAGE_IN_PATH = re.compile(r"(?<!\d)(\d{1,4})(?=\D*$)")
_INDEX = re.compile(r"/(?:index|default)\.(?:[sx]?html?|jsp|aspx?|php)$", re.I)
_MAXIMUM = 2000


def list_identity(url: str) -> str:
    """Identity of a list page: a folder and its index page are one."""
    return _INDEX.sub("/", url_identity(url))


def further_pages(page: Page) -> list[str]:
    """Return the addresses of the other pages of a list (or of an article in parts), in order, without this
    one.
    """
    scripted = _scripted(page)
    return scripted if scripted is not None else _linked(page)


def announced_count(page: Page) -> int | None:
    """Return how many pages the list says it has, in words or in its script; None where it does not say."""
    for pattern in (_TRS, _TRS_BOX, _COUNT):
        match = pattern.search(page.html)
        if match:
            return int(match[1])
    divided = _divided_count(page) or widget_count(page.html)
    if divided:
        return divided
    match = _TOTAL_PAGES.search(page.html) or _TOTAL_TEXT.search(page.html)
    return int(next(group for group in match.groups() if group)) if match else None


def _divided_count(page: Page) -> int | None:
    """Pages of a list whose script divides the number of its records by the length of a page."""
    match = _TRS_DIVIDED.search(page.html)
    if not match or not _TRS_NAMED.search(page.html) or int(match[2]) == 0:
        return None
    return -(-int(match[1]) // int(match[2]))


def _scripted(page: Page) -> list[str] | None:
    match = _TRS.search(page.html)
    if match:
        count, name, suffix = int(match[1]), match[3], match[4]
        return [urljoin(page.url, f"{name}_{number}.{suffix}") for number in range(1, min(count, _MAXIMUM))]
    match = _TRS_BOX.search(page.html)
    if match:
        count, name, suffix = int(match[1]), match[3], match[4]
        return [
            urljoin(page.url, f"{name}_{number}.{suffix}") for number in range(2, min(count, _MAXIMUM) + 1)
        ]
    divided = _divided_count(page)
    named = _TRS_NAMED.search(page.html)
    if divided and named:
        return [
            urljoin(page.url, f"{named[1]}_{number}.{named[2]}")
            for number in range(2, min(divided, _MAXIMUM) + 1)
        ]
    match = _COUNT.search(page.html)
    if match and _CURRENT.search(page.html):
        name, suffix = _own_name(page)
        return [
            urljoin(page.url, f"{name}_{number}.{suffix}")
            for number in range(1, min(int(match[1]), _MAXIMUM))
        ]
    return [urljoin(page.url, one) for one in widget_pages(page.html, page.url)] or None


def _own_name(page: Page) -> tuple[str, str]:
    last = urlsplit(page.url).path.rsplit("/", 1)[-1]
    name, _, suffix = last.rpartition(".")
    if name and suffix:
        return re.sub(r"_\d+$", "", name), suffix
    found = re.search(r"[\"']index(?:_[\"']|\.)[^;]{0,40}?\.?(s?html?)[\"']", page.html)
    return "index", found[1] if found else "html"


def _linked(page: Page) -> list[str]:
    """Pages that a pager links to; where it links the last one by number, those between as well."""
    found: dict[str, None] = {}
    for link in page.links:
        text = compact(link.text)
        if link.refusal is not None or text == "1" or not (PAGER_TEXT.match(text) or MORE_TEXT.match(text)):
            continue
        known = _up_to(link.url) if _is_sibling(page.url, link.url) else []
        for url in known or ([link.url] if _goes_on(page.url, link.url, text) else []):
            found.setdefault(url)
    for text, move in page.pagers:
        if move is not None and move.form is None and text != "1":
            found.setdefault(move.url)
    found.pop(page.url, None)
    return list(found)


def further_forms(page: Page) -> list[Move]:
    """Return the other pages of a list that are asked for by sending a form."""
    return [move for text, move in page.pagers if move is not None and move.form is not None and text != "1"]


def has_unread_pager(page: Page) -> bool:
    """Say whether a list goes on by a control whose script cannot be followed, and by nothing else."""
    is_lost = any(move is None for _, move in page.pagers)
    return is_lost and not further_pages(page) and not further_forms(page) and announced_count(page) != 1


def _goes_on(page_url: str, url: str, text: str) -> bool:
    """Say whether an address of an unknown form is a further page: below the list's own, with a page's number."""
    ours, theirs = urlsplit(page_url), urlsplit(url)
    if ours.netloc != theirs.netloc:
        return False
    if ours.path == theirs.path:
        return ours.query != theirs.query and any(
            value.isdigit() and len(value) <= 6 for _, value in parse_qsl(theirs.query)
        )
    folder = ours.path.rpartition("/")[0] + "/"
    is_alike = _PAGE_IN_PATH.sub("0", ours.path) == _PAGE_IN_PATH.sub("0", theirs.path)
    number = _PAGE_IN_PATH.search(theirs.path if is_alike else theirs.path.removeprefix(folder))
    if not (is_alike or theirs.path.startswith(folder)) or not number:
        return False
    digits = re.sub(r"\D", "", text)
    return not digits or int(number[1]) in (int(digits), int(digits) - 1)


def _is_sibling(page_url: str, url: str) -> bool:
    ours, theirs = urlsplit(page_url), urlsplit(url)
    return ours.netloc == theirs.netloc and ours.path.rpartition("/")[0] == theirs.path.rpartition("/")[0]


def _up_to(url: str) -> list[str]:
    parts = urlsplit(url)
    match = _NUMBERED.match(parts.path)
    if match:
        last = int(match["number"])
        if last > _MAXIMUM:
            return [url]
        return [
            urlunsplit(parts._replace(path=f"{match['head']}{number}{match['tail']}"))
            for number in range(min(2, last), last + 1)
        ]
    for place, written in enumerate(parts.query.split("&")):
        name, _, value = written.partition("=")
        if _PAGE_PARAMETER.match(name) and value.isdigit() and int(value) <= _MAXIMUM:
            return [_with_page(url, place, number) for number in range(min(2, int(value)), int(value) + 1)]
    return []


def _with_page(url: str, place: int, number: int) -> str:
    """The address with another number; the rest of its query stays as the portal wrote it, in whatever encoding."""
    parts = urlsplit(url)
    written = parts.query.split("&")
    written[place] = f"{written[place].partition('=')[0]}={number}"
    return urlunsplit(parts._replace(query="&".join(written)))
