"""What a page holds: its title and date, and its links with text, shown date and the heading above them."""

from __future__ import annotations

import contextlib
import re
from dataclasses import dataclass, field, replace
from urllib.parse import parse_qsl

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawlers.addresses import Base, RefusedError
from crawlers.beside import title_beside
from crawlers.classify import Announcement, compact, heading, is_section
from crawlers.dates import RowDates, own_date, own_date_text, shown_date, stated_date
from crawlers.forms import SearchForm, search_forms
from crawlers.links import DOCUMENT_SUFFIXES, Link, is_document_name, suffix_of
from crawlers.records import script_links
from crawlers.rows import Rows
from crawlers.scripts import Move, Scripts
from crawlers.tabs import Panes
from crawlers.text import fold, split_address
from crawlers.vocabulary import vocabulary

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
_DATED_TEXT = 20_000
_NO_PAGES = ("javascript:", "mailto:", "tel:")

#: The words of a control by which a list goes on.
PAGER_TEXT = re.compile(
    r"^(\[?\d{1,4}\]?|(较旧|更早|更旧)的?(文章|内容|信息|日志)?[>›→»]*|olderposts?[>›→»]*|下一?页|后一?页|尾页|末页|最后一?页|[>›→»❯▶]+|下一?页[>›→»]*|next(page)?|last|第\d+页)$",
    re.I,
)

#: The words of a control by which a list grows on the same page.
MORE_TEXT = re.compile(r"^(点击)?(加载|载入|显示|获取)更多(数据|内容|信息)?[>›→»+.…]*$")


@dataclass(slots=True)
class Page:
    """One page as text and links."""

    url: str
    html: str
    title: str
    published_on: str | None
    links: list[Link] = field(default_factory=list)
    text_length: int = 0
    frames: list[str] = field(default_factory=list)  # pages shown inside this one
    pagers: list[tuple[str, Move | None]] = field(default_factory=list)  # scripted controls by their words
    searches: list[SearchForm] = field(default_factory=list)  # forms that ask for a list
    encoding: str = "utf-8"

    @property
    def announcement(self) -> Announcement | None:
        """What the page's own title announces."""
        return heading(self.title)


def parse_page(html: str, url: str, encoding: str = "utf-8") -> Page:
    """Read a page. Never raises: what cannot be read is not there. ``encoding`` is what its bytes were read in."""
    tree = LexborHTMLParser(html)
    base = _base(tree, url, encoding)
    text_length = len(tree.body.text(strip=True)) if tree.body else 0
    page = Page(url, html, _title(tree), _published(tree), text_length=text_length, encoding=encoding)
    scripts = Scripts(tree)
    links = _links(tree, base, scripts)
    for fragment in embedded_records(html):
        links += _links(LexborHTMLParser(fragment), base, scripts)
    page.links = _merged(links + script_links(tree, base))
    page.frames = _frames(tree, base)
    page.pagers = _pagers(tree, base, scripts)
    page.searches = search_forms(tree, base)
    return page


def scripted_files(page: Page) -> list[Link]:
    """Return files that only a script of the page names, as viewers of single documents do."""
    links = []
    for href in dict.fromkeys(_SCRIPTED.findall(page.html)):
        try:
            address = Base(page.url, page.encoding).absolute(href)
            links.append(Link(address, page.title, page.published_on))
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


def _base(tree: LexborHTMLParser, url: str, encoding: str) -> Base:
    own = Base(url, encoding)
    node = tree.css_first("base[href]")
    href = node.attributes.get("href") if node else None
    if not href:
        return own
    try:
        return Base(own.absolute(href), encoding)
    except RefusedError:
        return own


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
    for name in ("PubDate", "publishdate", "PublishTime"):
        if stated := shown_date(_meta(tree, name)):
            return stated
    return stated_date(tree.body.text(separator=" ")[:_DATED_TEXT]) if tree.body else None


def _frames(tree: LexborHTMLParser, base: Base) -> list[str]:
    """Addresses of pages that this one shows in frames."""
    found: dict[str, None] = {}
    for node in tree.css("iframe[src], frame[src]"):
        source = (node.attributes.get("src") or "").strip()
        if source and not is_document_name(source):
            with contextlib.suppress(RefusedError):
                found.setdefault(base.absolute(source))
    found.pop(base.url, None)
    return list(found)


def _pagers(tree: LexborHTMLParser, base: Base, scripts: Scripts) -> list[tuple[str, Move | None]]:
    """Controls with a pager's words that only a script follows, and where they lead."""
    found: list[tuple[str, Move | None]] = []
    for node in tree.css("a, button, span[onclick], li[onclick], input[onclick]"):
        code = _code(node)
        text = fold(node.text()) or fold(node.attributes.get("value") or node.attributes.get("title") or "")
        words = compact(text)
        if not code or not (PAGER_TEXT.match(words) or MORE_TEXT.match(words)):
            continue
        move = scripts.move_of(code, base)
        try:
            found.append((text, replace(move, url=base.absolute(move.url)) if move else None))
        except RefusedError:
            found.append((text, None))
    return found


def _code(node: LexborNode) -> str:
    """The code that a click on an element runs; empty where there is a plain address or nothing to run."""
    href = (node.attributes.get("href") or "").strip()
    if _is_plain(href):
        return ""
    code = (node.attributes.get("onclick") or "") or (href if href.lower().startswith("javascript:") else "")
    return code if "(" in code.replace("void(", "").replace("void (", "") or "location" in code else ""


def _is_plain(href: str) -> bool:
    return bool(href) and not href.startswith("#") and not href.lower().startswith(_NO_PAGES)


def _links(tree: LexborHTMLParser, base: Base, scripts: Scripts) -> list[Link]:
    found: list[Link] = []
    above: Announcement | None = None
    dates = RowDates()
    rows = Rows()
    panes = Panes(tree)
    if tree.body is None:
        return found
    for node in tree.body.traverse(include_text=False):
        if node.tag in _HEADINGS and not node.css_first("a"):
            text = fold(node.text())
            if text and len(text) <= _MAXIMUM_HEADING:
                above = heading(text) or (above if node.tag not in ("h1", "h2", "h3") else None)
        for href in _addresses(node, scripts, base):
            link = _link(node, href, base, panes.heading_of(node, above) or above, dates)
            found.append(replace(link, row=rows.around(node), is_said_file=_is_said_file(node)))
    return found


def _addresses(node: LexborNode, scripts: Scripts, base: Base) -> list[str]:
    """Addresses that an element leads to: anchors, embedded viewers, scripted downloads."""
    attributes = node.attributes
    if node.tag in ("a", "area"):
        href = (attributes.get("href") or "").strip()
        scripted = _SCRIPTED.findall(
            f"{href if href.lower().startswith('javascript:') else ''} {attributes.get('onclick') or ''}"
        )
        return (
            [href] if _is_plain(href) else [_viewed(one) for one in _led_to(node, scripts, base)] or scripted
        )
    if node.tag in ("iframe", "embed", "object"):
        href = (attributes.get("src") or attributes.get("data") or "").strip()
        return [_viewed(href)] if is_document_name(href) or (href and _is_said_file(node)) else []
    if node.tag == "option":
        value = (attributes.get("value") or "").strip()
        chooser = node.parent
        on_change = (chooser.attributes.get("onchange") or "") if chooser is not None else ""
        is_pager = "location" in on_change or "open(" in on_change
        return [value] if is_pager and "." in value else []
    code = attributes.get("onclick") or ""
    return _SCRIPTED.findall(code) or (_led_to(node, scripts, base) if code else [])


def _led_to(node: LexborNode, scripts: Scripts, base: Base) -> list[str]:
    """Where a click leads by the page's own functions, or by an attribute that such functions read."""
    for name in ("data-href", "data-url", "data-link"):
        if _is_plain(value := (node.attributes.get(name) or "").strip()):
            return [value]
    code = _code(node)
    move = scripts.move_of(code, base) if code else None
    return [move.url] if move is not None and move.form is None else []


def _is_said_file(node: LexborNode) -> bool:
    """Say whether the markup itself calls what an element leads to a file."""
    named = (node.attributes.get("type") or "").partition(";")[0].strip().lower()
    return named == "application/pdf" or (node.tag == "a" and "download" in node.attributes)


def _viewed(href: str) -> str:
    """The file that an embedded viewer shows (``viewer.html?file=/x.pdf``)."""
    parts = split_address(href)
    if suffix_of(parts.path) in DOCUMENT_SUFFIXES:
        return href
    return next((value for _, value in parse_qsl(parts.query) if suffix_of(value) in DOCUMENT_SUFFIXES), href)


def _link(node: LexborNode, href: str, base: Base, above: Announcement | None, dates: RowDates) -> Link:
    published = own_date(node) or dates.date_of(node)
    text = _words(node, href)[:_MAXIMUM_WORDS]
    is_rest = False
    if vocabulary().empty_texts.search(compact(text)) and (beside := title_beside(node)):
        is_rest = is_section(beside)
        text = beside
    try:
        return Link(base.absolute(href), text, published, above, is_rest=is_rest)
    except RefusedError as error:
        return Link(href[:500], text, published, above, error)


def _words(node: LexborNode, href: str) -> str:
    """What the link says: its text, or its title attribute where the text is cut short, a tag or nothing."""
    text = fold(node.text(separator=" " if node.css_first("p, div, li, span, time") else ""))
    day = own_date_text(node)
    if day and text != day:
        text = fold(text.replace(day, " ", 1))
    opening = vocabulary().empty_openings.match(text)
    text = text[opening.end() :].strip() or text if opening else text
    title = fold(node.attributes.get("title") or "")
    is_poor = bool(vocabulary().empty_texts.search(compact(text))) or text.startswith("[")
    is_cut = text.endswith(("...", "…", "..")) and title.startswith(text.rstrip(".…")[:4])
    if title and (is_poor or is_cut or title.startswith(text)):
        return title
    if is_poor:
        image = node.css_first("img[alt]")
        described = fold((image.attributes.get("alt") or "") if image else "") or text
        return described or _sign(node)
    return text


def _sign(node: LexborNode) -> str:
    """The words for an arrow or an empty box by which a pager goes on, as its markup names it."""
    inner = node.css_first("[title], [aria-label]")
    for one in (node, inner):
        if one is not None:
            told = one.attributes.get("aria-label") or one.attributes.get("title")
            if told:
                return fold(told)
    named = f"{node.attributes.get('class') or ''} {node.attributes.get('rel') or ''}"
    return "下一页" if re.search(r"\bnext\b", named, re.I) else ""


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
        above, row = known.heading or link.heading, known.row or link.row
        is_file, is_rest = known.is_said_file or link.is_said_file, known.is_rest or link.is_rest
        merged[link.url] = Link(link.url, text, published, above, known.refusal, row, is_file, is_rest)
    return list(merged.values())
