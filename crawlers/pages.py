"""What a page holds: its title and date, and its links with text, shown date and the heading above them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, unquote

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawlers.addresses import RefusedError, absolute
from crawlers.classify import Announcement, heading
from crawlers.dates import RowDates, own_date, own_date_text, shown_date
from crawlers.text import fold, split_address
from crawlers.vocabulary import vocabulary

DOCUMENT_SUFFIXES = frozenset(["pdf", "doc", "docx", "xls", "xlsx", "zip", "rar", "7z", "wps", "et", "ofd"])
_PAGE_SUFFIXES = frozenset(
    ["htm", "html", "shtml", "xhtml", "jsp", "jspx", "asp", "aspx", "php", "do", "action"]
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "caption", "legend", "strong", "b", "dt", "th"})
_SCRIPTED = re.compile(
    r"""["']([^"'\s]+?\.(?:pdf|docx?|xlsx?|zip|rar|7z|wps|et|ofd)(?:\?[^"'\s]*)?)["']""", re.I
)
_REFRESH = re.compile(r"^\s*\d+\s*;\s*url\s*=\s*['\"]?([^'\"]*)", re.I)
_RECORD_OPENING = "<![CDATA["
_MAXIMUM_HEADING = 80
_STUB_TEXT = 100
_MAXIMUM_TITLE = 200
_MAXIMUM_WORDS = 500


@dataclass(frozen=True, slots=True)
class Link:
    """One link of a page; ``refusal`` tells why its address cannot be used."""

    url: str
    text: str  # what a person reads: the full title where the text is cut short
    published_on: str | None = None  # ISO date shown in its row
    heading: Announcement | None = None  # what the heading above it announces
    refusal: RefusedError | None = None

    @property
    def is_attachment(self) -> bool:
        """The address or the text says that this is a file, not a page."""
        return is_document_name(self.url) or suffix_of(self.text) in DOCUMENT_SUFFIXES

    @property
    def is_candidate(self) -> bool:
        """Words or path say that this may be a file although no suffix does (``download?id=7``, 附件一)."""
        words = vocabulary()
        if words.attachment_texts.search(self.text.replace(" ", "")):
            return True
        return bool(words.attachment_paths.search(split_address(self.url).path))


@dataclass(slots=True)
class Page:
    """One page as text and links."""

    url: str
    html: str
    title: str
    published_on: str | None
    links: list[Link] = field(default_factory=list)
    text_length: int = 0

    @property
    def announcement(self) -> Announcement | None:
        """What the page's own title announces."""
        return heading(self.title)


def suffix_of(name: str) -> str:
    """Return the suffix of a file name in lower case, without the dot."""
    return name.rpartition(".")[2].strip().lower() if "." in name else ""


def is_document_name(url: str) -> bool:
    """Say whether a URL names a file: in its path, or in a parameter (``downfile.jsp?filename=…pdf``)."""
    parts = split_address(url)
    suffix = suffix_of(parts.path.rsplit("/", 1)[-1])
    if suffix in DOCUMENT_SUFFIXES:
        return True
    if suffix and suffix not in _PAGE_SUFFIXES:
        return False
    return any(suffix_of(unquote(value)) in DOCUMENT_SUFFIXES for _, value in parse_qsl(parts.query))


def parse_page(html: str, url: str) -> Page:
    """Read a page. Never raises: what cannot be read is not there."""
    tree = LexborHTMLParser(html)
    base = _base(tree, url)
    text_length = len(tree.body.text(strip=True)) if tree.body else 0
    page = Page(url, html, _title(tree), _published(tree), text_length=text_length)
    links = _links(tree, base)
    for fragment in embedded_records(html):
        links += _links(LexborHTMLParser(fragment), base)
    page.links = _merged(links)
    return page


def scripted_files(page: Page) -> list[Link]:
    """Return files that only a script of the page names, as viewers of single documents do."""
    links = []
    for href in dict.fromkeys(_SCRIPTED.findall(page.html)):
        try:
            links.append(Link(absolute(page.url, href), page.title, page.published_on))
        except RefusedError:
            continue
    return links


def embedded_records(html: str) -> list[str]:
    """Return the rows that a jpaas list carries as CDATA records, in a page's script or in an answer of its
    proxy.
    """
    records = []
    end = 0
    while (start := html.find(_RECORD_OPENING, end)) >= 0:
        end = html.find("]]>", start)
        if end < 0:
            break
        if html[max(0, start - 20) : start].rstrip().lower().endswith("<record>"):
            records.append(html[start + len(_RECORD_OPENING) : end])
    return records


def _base(tree: LexborHTMLParser, url: str) -> str:
    node = tree.css_first("base[href]")
    href = node.attributes.get("href") if node else None
    if not href:
        return url
    try:
        return absolute(url, href)
    except RefusedError:
        return url


def refresh_target(html: str) -> str | None:
    """Return where a page without words of its own sends a browser by meta refresh, None where it does not."""
    tree = LexborHTMLParser(html)
    if tree.body is not None and len(tree.body.text(strip=True)) > _STUB_TEXT:
        return None
    for node in tree.css("meta[http-equiv]"):
        if (node.attributes.get("http-equiv") or "").lower() == "refresh":
            match = _REFRESH.match(node.attributes.get("content") or "")
            if match:
                return match[1].strip()
    return None


def _title(tree: LexborHTMLParser) -> str:
    """The article's title.

    Its meta tag, else the first heading that announces something, else the page's title.
    """
    named = _meta(tree, "ArticleTitle")
    node = tree.css_first("title")
    whole = fold(node.text()) if node else ""
    headings = [fold(node.text()) for node in tree.css("h1, h2, .title, #title")[:6]]
    candidates = [one for one in (named, *headings, whole) if one and len(one) <= _MAXIMUM_TITLE]
    return next((one for one in candidates if heading(one)), named or whole)


def _meta(tree: LexborHTMLParser, name: str) -> str:
    for node in tree.css("meta[name]"):
        if (node.attributes.get("name") or "").lower() == name.lower():
            return fold(node.attributes.get("content") or "")
    return ""


def _published(tree: LexborHTMLParser) -> str | None:
    """The date the page states (``PubDate``), which has precedence over any in its path."""
    return shown_date(_meta(tree, "PubDate")) or shown_date(_meta(tree, "publishdate"))


def _links(tree: LexborHTMLParser, base: str) -> list[Link]:
    found: list[Link] = []
    above: Announcement | None = None
    dates = RowDates()
    if tree.body is None:
        return found
    for node in tree.body.traverse(include_text=False):
        if node.tag in _HEADINGS and not node.css_first("a"):
            text = fold(node.text())
            if text and len(text) <= _MAXIMUM_HEADING:
                above = heading(text) or (above if node.tag not in ("h1", "h2", "h3") else None)
        for href in _addresses(node):
            found.append(_link(node, href, base, above, dates))
    return found


def _addresses(node: LexborNode) -> list[str]:
    """Addresses that an element leads to: anchors, embedded viewers, scripted downloads."""
    attributes = node.attributes
    if node.tag in ("a", "area"):
        href = (attributes.get("href") or "").strip()
        scripted = _SCRIPTED.findall(
            f"{href if href.lower().startswith('javascript:') else ''} {attributes.get('onclick') or ''}"
        )
        is_plain = (
            href
            and not href.startswith("#")
            and not href.lower().startswith(("javascript:", "mailto:", "tel:"))
        )
        return [href] if is_plain else scripted
    if node.tag in ("iframe", "embed", "object"):
        href = (attributes.get("src") or attributes.get("data") or "").strip()
        return [_viewed(href)] if is_document_name(href) else []
    return _SCRIPTED.findall(attributes.get("onclick") or "")


def _viewed(href: str) -> str:
    """The file that an embedded viewer shows (``viewer.html?file=/x.pdf``)."""
    parts = split_address(href)
    if suffix_of(parts.path) in DOCUMENT_SUFFIXES:
        return href
    return next((value for _, value in parse_qsl(parts.query) if suffix_of(value) in DOCUMENT_SUFFIXES), href)


def _link(node: LexborNode, href: str, base: str, above: Announcement | None, dates: RowDates) -> Link:
    published = own_date(node) or dates.date_of(node)
    text = _words(node, href)[:_MAXIMUM_WORDS]
    try:
        return Link(absolute(base, href), text, published, above)
    except RefusedError as error:
        return Link(href[:500], text, published, above, error)


def _words(node: LexborNode, href: str) -> str:
    """What the link says: its text, or its title attribute where the text is cut short, a tag or nothing."""
    text = fold(node.text(separator=" " if node.css_first("p, div, li, span, time") else ""))
    day = own_date_text(node)
    if day and text != day:
        text = fold(text.replace(day, " ", 1))
    title = fold(node.attributes.get("title") or "")
    is_poor = bool(vocabulary().empty_texts.search(text.replace(" ", ""))) or text.startswith("[")
    is_cut = text.endswith(("...", "…", "..")) and title.startswith(text.rstrip(".…")[:4])
    if title and (is_poor or is_cut or title.startswith(text)):
        return title
    if is_poor:
        image = node.css_first("img[alt]")
        return fold((image.attributes.get("alt") or "") if image else "") or text
    return text


def _merged(links: list[Link]) -> list[Link]:
    """One link per address, with the best text, date and heading any of them has, in order of appearance."""
    merged: dict[str, Link] = {}
    for link in links:
        known = merged.get(link.url)
        if known is None:
            merged[link.url] = link
            continue
        text = max(known.text, link.text, key=len)
        published = known.published_on or link.published_on
        merged[link.url] = Link(link.url, text, published, known.heading or link.heading, known.refusal)
    return list(merged.values())
