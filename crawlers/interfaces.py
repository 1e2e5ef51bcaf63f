"""List interfaces: answers in JSON, JSONP or CDATA records turned into the links a list page would hold."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from crawlers.addresses import Base, RefusedError
from crawlers.links import Link
from crawlers.pages import embedded_records, parse_page
from crawlers.reasons import Reason
from crawlers.records import DATE_NAMES, TITLE_NAMES, URL_NAMES, day, first, link_of, plain
from crawlers.settings import Family, Interface, Source

_CALLBACK = re.compile(r"^\s*(?:/\*.*?\*/)?\s*[\w$.]+\s*\((.*)\)\s*;?\s*$", re.S)
_TOTAL_RECORDS = re.compile(r"<totalrecord>\s*(\d+)\s*<", re.I)

_TOTAL_RECORD_NAMES = ("total", "totalcount", "totalrecord", "totalelements", "count", "recordcount", "rows")
_TOTAL_PAGE_NAMES = ("pagecount", "totalpages", "totalpage", "pages", "pagetotal")


@dataclass(frozen=True, slots=True)
class Batch:
    """One answer of a list interface: its links and how much there is in all, where it says so."""

    links: list[Link]
    total_pages: int | None
    total_records: int | None
    record_count: int


def request_of(interface: Interface, number: int) -> tuple[str, str | None]:
    """Return address and form (None for GET) of the page with a running number from 0."""
    start = number * interface.page_size + 1
    values = {
        "{page}": str(interface.first_page + number),
        "{start}": str(start),
        "{end}": str(start + interface.page_size - 1),
        "{size}": str(interface.page_size),
    }
    url = _filled(interface.url, values)
    if interface.method == "GET":
        return url, None
    return url, urlencode({name: _filled(value, values) for name, value in interface.form.items()})


def _filled(template: str, values: dict[str, str]) -> str:
    for word, value in values.items():
        template = template.replace(word, value)
    return template


def read_batch(source: Source, text: str, base: str) -> Batch:
    """Read one answer. Raises ``RefusedError`` (``BAD_LISTING``) where it is not what the declaration
    says.
    """
    interface = source.interface
    if interface is None:
        raise ValueError("the source declares no interface")
    if source.family is Family.JPAGE:
        return _read_records(text, base)
    tree = _parse_json(text, is_wrapped=source.family is Family.JSONP)
    fragment = _fragment(tree, interface.items)
    if fragment is not None:
        links = [
            link for link in parse_page(f"<html><body>{fragment}</body></html>", base).links if link.text
        ]
        pages = _number(tree, interface.total_pages, _TOTAL_PAGE_NAMES)
        return Batch(links, pages, _number(tree, interface.total_records, _TOTAL_RECORD_NAMES), len(links))
    records = _records(tree, interface.items)
    links = [link for record in records for link in _links(record, interface, base)]
    pages = _number(tree, interface.total_pages, _TOTAL_PAGE_NAMES)
    return Batch(links, pages, _number(tree, interface.total_records, _TOTAL_RECORD_NAMES), len(records))


def _read_records(text: str, base: str) -> Batch:
    rows = embedded_records(text)
    total = _TOTAL_RECORDS.search(text)
    if not rows and not total:
        raise RefusedError(Reason.BAD_LISTING, f"没有记录（{len(text)} 字符），检查 unitid 等参数")
    page = parse_page("<html><body>" + "".join(rows) + "</body></html>", base)
    return Batch(page.links, None, int(total[1]) if total else None, len(rows))


def _parse_json(text: str, *, is_wrapped: bool) -> Any:
    body = text.removeprefix("\ufeff").strip()
    wrapped = _CALLBACK.match(body)
    if wrapped and (is_wrapped or body[:1] not in "{["):
        body = wrapped[1]
    try:
        return json.loads(body)
    except ValueError as error:
        raise RefusedError(Reason.BAD_LISTING, f"不是 JSON（{body[:40]}）") from error


def _fragment(tree: Any, path: str) -> str | None:
    """A list that an interface serves as a piece of HTML inside its answer (newer jpaas)."""
    candidates = [_at(tree, path)] if path else ([] if any(_lists(tree)) else list(_texts(tree)))
    return next((one for one in candidates if isinstance(one, str) and "<a " in one), None)


def _texts(tree: Any) -> Iterator[str]:
    if isinstance(tree, str):
        yield tree
    elif isinstance(tree, dict):
        for child in tree.values():
            yield from _texts(child)


def _records(tree: Any, path: str) -> list[dict[str, Any]]:
    found = _at(tree, path) if path else max(_lists(tree), key=len, default=None)
    if found is None and path:
        raise RefusedError(Reason.BAD_LISTING, f"没有 {path} 一项")
    if isinstance(found, dict):
        found = list(found.values())
    return [record for record in found or [] if isinstance(record, dict)]


def _lists(tree: Any) -> Iterator[list[Any]]:
    """Every list of records in an answer."""
    if isinstance(tree, list):
        if any(isinstance(item, dict) for item in tree):
            yield tree
        children: Iterable[Any] = tree
    elif isinstance(tree, dict):
        children = tree.values()
    else:
        return
    for child in children:
        yield from _lists(child)


def _at(tree: Any, path: str) -> Any:
    for name in path.split("."):
        if isinstance(tree, dict):
            tree = tree.get(name)
        elif isinstance(tree, list) and name.isdigit() and int(name) < len(tree):
            tree = tree[int(name)]
        else:
            return None
    return tree


def _number(tree: Any, path: str, names: tuple[str, ...]) -> int | None:
    value = _at(tree, path) if path else first(tree, names)
    try:
        return int(value) if value is not None and not isinstance(value, bool) else None
    except (TypeError, ValueError):
        return None


def _links(record: dict[str, Any], interface: Interface, base: str) -> list[Link]:
    title = plain(_field(record, interface.title_field, TITLE_NAMES))
    url = _address(record, interface)
    if not title or not url:
        return []
    return link_of(title, url, day(_field(record, interface.date_field, DATE_NAMES)), Base(base))


def _address(record: dict[str, Any], interface: Interface) -> str:
    if not interface.url_template:
        return str(_field(record, interface.url_field, URL_NAMES) or "").strip()
    names = re.findall(r"\{(\w+)\}", interface.url_template)
    if any(record.get(name) in (None, "") for name in names):
        return ""
    return _filled(interface.url_template, {f"{{{name}}}": str(record[name]) for name in names})


def _field(record: dict[str, Any], path: str, names: tuple[str, ...]) -> Any:
    return _at(record, path) if path else first({"record": record}, names)
