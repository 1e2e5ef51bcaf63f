"""The pages of a small static portal in the manner of the TRS publishing system.

List pages ``index.html``, ``index_1.html``, … with ``createPageHTML(n, i, "index", "html")``, detail pages
``202409/t20240905_100003.html`` with the shown date, attachments beside them under opaque names
``P020240905….pdf``; what a file is stands only in the link text.
"""

from __future__ import annotations

import hashlib
import html
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

COLUMN = "/zwgk/czyjs"
_ENTRY = '<li><a href="{href}" target="_blank" title="{title}">{title}</a><span>{date}</span></li>'
_LIST = """<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>财政预决算_{site}</title></head>
<body><div class="crumbs"><a href="/">首页</a> &gt; <a href="{column}/">财政预决算</a></div>
<ul class="list-news">
{entries}
</ul>
<div class="page"><script>createPageHTML({count}, {index}, "index", "html");</script></div>
<div class="foot"><a href="/about.html">网站地图</a></div></body></html>
"""
_DETAIL = """<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>{title}_{site}</title>
<meta name="ArticleTitle" content="{title}"><meta name="PubDate" content="{date} 09:30"></head>
<body><div class="crumbs"><a href="/">首页</a> &gt; <a href="../">财政预决算</a></div>
<h1>{title}</h1><div class="info">发布时间：{date} 来源：{site}</div>
<div class="TRS_Editor"><p>现将有关情况公开如下。</p>
<p>附件：<a href="./{attachment}">{title}.pdf</a></p></div></body></html>
"""


@dataclass(frozen=True, slots=True)
class PublishedFile:
    """A file to publish: where it lies, its title and the day it is published (YYYY-MM-DD)."""

    path: Path
    title: str
    published_on: str


@dataclass(frozen=True, slots=True)
class Resource:
    """What a path answers: its media type, when it changed, and the body or the file that holds it."""

    content_type: str
    modified: datetime
    body: bytes = b""
    path: Path | None = None

    def read(self) -> bytes:
        """Return the body."""
        return self.path.read_bytes() if self.path else self.body

    @property
    def last_modified(self) -> str:
        """HTTP date of the last change."""
        return format_datetime(self.modified, usegmt=True)


def _page(text: str, date: str) -> Resource:
    return Resource("text/html; charset=utf-8", _moment(date), text.encode("utf-8"))


def _moment(date: str) -> datetime:
    return datetime.fromisoformat(date).replace(hour=9, minute=30, tzinfo=UTC)


def attachment_name(published: PublishedFile, number: int) -> str:
    """Opaque name of an attachment: a date and digits that say nothing."""
    digits = int(hashlib.sha256(f"{number}/{published.title}".encode()).hexdigest(), 16) % 10**12
    return f"P0{published.published_on.replace('-', '')}{digits:012d}{published.path.suffix}"


def build_site(
    files: Sequence[PublishedFile], *, site: str = "云溪区人民政府", page_size: int = 10
) -> dict[str, Resource]:
    """Return every resource of the portal by path, newest publications first on the list pages."""
    resources: dict[str, Resource] = {}
    entries = []
    ordered = sorted(files, key=lambda f: (f.published_on, f.title))
    for number, published in enumerate(ordered):
        month = published.published_on[:7].replace("-", "")
        day = published.published_on.replace("-", "")
        detail, attachment = f"t{day}_{100001 + number}.html", attachment_name(published, number)
        title = html.escape(published.title)
        folder = f"{COLUMN}/{month}"
        resources[f"{folder}/{detail}"] = _page(
            _DETAIL.format(title=title, site=site, date=published.published_on, attachment=attachment),
            published.published_on,
        )
        media_type = "application/pdf" if published.path.suffix == ".pdf" else "application/octet-stream"
        resources[f"{folder}/{attachment}"] = Resource(
            media_type, _moment(published.published_on), path=published.path
        )
        entries.append(_ENTRY.format(href=f"./{month}/{detail}", title=title, date=published.published_on))
    entries.reverse()
    newest = ordered[-1].published_on if ordered else "2024-01-01"
    pages = [entries[start : start + page_size] for start in range(0, len(entries), page_size)] or [[]]
    for index, chunk in enumerate(pages):
        name = "index.html" if index == 0 else f"index_{index}.html"
        text = _LIST.format(site=site, column=COLUMN, entries="\n".join(chunk), count=len(pages), index=index)
        resources[f"{COLUMN}/{name}"] = _page(text, newest)
    resources[f"{COLUMN}/"] = resources[f"{COLUMN}/index.html"]
    home = f'<html><head><title>{site}</title></head><body><a href="{COLUMN}/">财政预决算</a></body></html>'
    resources["/"] = resources["/index.html"] = _page(home, newest)
    robots = b"User-agent: *\nDisallow: /private/\n"
    resources["/robots.txt"] = Resource("text/plain", _moment(newest), robots)
    return resources
