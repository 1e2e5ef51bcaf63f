"""Records of a list, as interfaces and scripts carry them: which of their fields are title, address and date."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from crawlers.addresses import Base, RefusedError
from crawlers.dates import shown_date
from crawlers.links import Link
from crawlers.text import fold

_CHINA = timezone(timedelta(hours=8))

#: Names that portals use, tried in this order where the declaration names none.
URL_NAMES = ("url", "docpuburl", "post_url", "link", "href", "linkurl", "docurl", "pageurl")
TITLE_NAMES = ("title", "doctitle", "name", "subject", "infotitle", "filename")
DATE_NAMES = (
    "display_publish_time", "first_publish_time", "publish_time", "publishtime", "pubdate", "docreltime",
    "publishdate", "date", "created_at", "createtime", "time",
)  # fmt: skip

#: Further names in scripts, where no declaration could help.
_SCRIPT_URL_NAMES = (
    *URL_NAMES,
    "puburl",
    "fileurl",
    "filepath",
    "path",
    "src",
    "file",
    "attachurl",
    "downloadurl",
)
_SCRIPT_TITLE_NAMES = (*TITLE_NAMES, "text", "label", "docname", "bt", "infoname")

_RECORD = re.compile(r"\{[^{}]{10,4000}\}")
_PAIR = re.compile(
    r"""(?:"([\w$-]+)"|'([\w$-]+)'|(?<=[{,\s])([A-Za-z_$][\w$]*))\s*:\s*"""
    r"""(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|(-?\d+))"""
)


#: An address that a script joins from text and a field of a record: ``"/art/" + row.id + ".html"``.
_STRING = r"""(?:"((?:[^"\\\n]|\\.)*)"|'((?:[^'\\\n]|\\.)*)')"""
_JOINED = re.compile(_STRING + r"\s*\+\s*[\w$.\[\]]{0,60}?\.([\w$]{1,40})\s*(?:\+\s*" + _STRING + ")?")
_TEMPLATE = re.compile(
    r"""([^\s"'`<>${}]{1,200})\$\{\s*[\w$.\[\]]{0,60}?\.([\w$]{1,40})\s*\}([^\s"'`<>${}]{0,200})"""
)
_BEFORE, _AFTER = re.compile(r"""[^\s"'<>]*$"""), re.compile(r"""^[^\s"'<>]*""")
_IDENTIFIER = re.compile(r"^[A-Za-z0-9_-]{1,64}$")
_MOST_PATTERNS = 20

#: Where a page keeps records for its components: boxes of HTML's own, and components, whose names have a dash.
_COMPONENTS = (
    "div, ul, section, textarea, template, :not(:is(div, ul, section, a, li, p, span, td, tr, img, script))"
)
_MOST_COMPONENTS = 3_000


@dataclass(frozen=True, slots=True)
class _AddressPattern:
    """How a page's script makes an address of a record."""

    before: str
    field: str
    after: str

    def fill(self, record: dict[str, Any]) -> str | None:
        value = str(record.get(self.field) or "")
        return f"{self.before}{value}{self.after}" if _IDENTIFIER.match(value) else None


def _address_patterns(texts: list[str]) -> list[_AddressPattern]:
    found: dict[_AddressPattern, None] = {}
    for text in texts:
        for match in _JOINED.finditer(text):
            before = _BEFORE.search(_text(match[1] or match[2] or ""))
            after = _AFTER.search(_text(match[4] or match[5] or ""))
            found.setdefault(
                _AddressPattern(before[0] if before else "", match[3], after[0] if after else "")
            )
        for match in _TEMPLATE.finditer(text):
            found.setdefault(_AddressPattern(match[1], match[2], match[3]))
    return [one for one in found if "/" in one.before or "?" in one.before][:_MOST_PATTERNS]


def script_links(tree: LexborHTMLParser, base: Base) -> list[Link]:
    """Return what the scripts of a page list as data, JSON or object literals: records with a title and an address.

    Where records bring no address, the one that a script makes of a field of theirs is taken.
    """
    links: list[Link] = []
    texts = [node.text() for node in tree.css("script:not([src])")] + _given(tree)
    patterns = _address_patterns(texts)
    for text in texts:
        for record in _script_records(text):
            title = plain(first({"record": record}, _SCRIPT_TITLE_NAMES))
            url = str(first({"record": record}, _SCRIPT_URL_NAMES) or "").strip()
            url = url or next((made for one in patterns if (made := one.fill(record))), "")
            if title and url and not url.lower().startswith(("javascript:", "data:", "#")):
                links += link_of(title, url, day(first({"record": record}, DATE_NAMES)), base)
    return links


def _given(tree: LexborHTMLParser) -> list[str]:
    """Lists of records that components are given in an attribute, or that a hidden box holds."""
    given = []
    for node in tree.css(_COMPONENTS)[:_MOST_COMPONENTS]:
        values = [node.text()] if node.tag in ("textarea", "template") else node.attributes.values()
        given += [value for value in values if value and value.lstrip().startswith(("[{", "{"))]
    return given


def _script_records(text: str) -> Iterator[dict[str, Any]]:
    for match in _RECORD.finditer(text):
        pairs: dict[str, str] = {}
        for pair in _PAIR.finditer(match[0]):
            name = pair[1] or pair[2] or pair[3]
            pairs.setdefault(name, _text(pair[4] if pair[4] is not None else pair[5] or pair[6] or ""))
        if len(pairs) > 1:
            yield pairs


def _text(literal: str) -> str:
    """A literal's text without its escapes."""
    if "\\" not in literal:
        return literal
    try:
        return str(json.loads('"' + literal.replace("\\'", "'") + '"'))
    except ValueError:
        return re.sub(r"\\(.)", r"\1", literal)


def link_of(title: str, url: str, published: str | None, base: Base) -> list[Link]:
    """One record's link; an address that cannot be used is kept with the reason."""
    try:
        return [Link(base.absolute(url), title, published)]
    except RefusedError as error:
        return [Link(url[:500], title, published, None, error)]


def first(tree: Any, names: tuple[str, ...]) -> Any:
    """The first of the usual names in an answer, or one level down."""
    levels = [tree] if isinstance(tree, dict) else []
    levels += [value for level in list(levels) for value in level.values() if isinstance(value, dict)]
    for level in levels:
        by_name = {name.lower(): value for name, value in level.items()}
        for name in names:
            if isinstance(by_name.get(name), int | str) and str(by_name[name]).strip():
                return by_name[name]
    return None


def plain(value: Any) -> str:
    """A title without the markup that search interfaces put around hits."""
    text = str(value or "")
    if "<" in text:
        body = LexborHTMLParser(text).body
        text = body.text() if body else text
    return fold(text)


def day(value: Any) -> str | None:
    """A date in words, or a moment in seconds or milliseconds as of China's clocks."""
    text = str(value or "").strip()
    if text.isdigit() and len(text) in (10, 13):
        seconds = int(text) / (1000 if len(text) == 13 else 1)
        return datetime.fromtimestamp(seconds, UTC).astimezone(_CHINA).date().isoformat()
    if text.isdigit() and len(text) == 8:
        text = f"{text[:4]}-{text[4:6]}-{text[6:]}"
    return shown_date(text)
