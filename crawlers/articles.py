"""From a disclosure's link to its documents: articles, their attachments, and why there may be none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import urljoin

from crawlers.addresses import RefusedError
from crawlers.bundles import is_bundle, left_behind, unpack
from crawlers.classify import announcement, compact
from crawlers.links import Link
from crawlers.pages import Page, parse_page, scripted_files
from crawlers.paging import further_pages
from crawlers.reasons import Reason
from crawlers.recording import Origin
from crawlers.sieve import inherited, is_side_file
from crawlers.sighting import url_identity
from crawlers.store import StoredObject
from crawlers.visit import Visit, is_home_page
from crawlers.vocabulary import vocabulary
from crawlers.walk import Walk

#: How many pages deep a disclosure's article may lead to others before its attachments are reached.
_DEPTH = 2

#: A page of fewer characters that says so is a notice that something is missing.
_NOTICE_LENGTH = 800

#: An article of fewer characters is none, whatever it calls itself.
_EMPTY_LENGTH = 50


class Follower:
    """Follows disclosures' links to their documents."""

    def __init__(self, walk: Walk) -> None:
        self._walk = walk
        self._homes: dict[str, Visit] = {}

    def follow(self, chosen: Iterable[tuple[Link, Origin]], depth: int = 0) -> None:
        """Visit links and settle them in their order; ``depth`` is how many articles deep they lie."""
        wanted: list[tuple[Link, Origin]] = []
        for link, origin in chosen:
            if link.refusal:
                self._walk.recorder.refused(link.url, link.refusal, origin)
            elif link.is_attachment:
                wanted.append((link, origin))
            elif not self._walk.was_here(link.url) and self._walk.has_room():
                wanted.append((link, origin))
                self._walk.articles.add(url_identity(link.url))
        addresses = [(link.url, origin.page_url, link.text or link.url) for link, origin in wanted]
        for (link, origin), visit in zip(wanted, self._walk.visit_all(addresses), strict=True):
            self.settle(visit, link, origin, depth)

    def settle(self, visit: Visit, link: Link, origin: Origin, depth: int) -> None:
        """Record what a link's visit came to."""
        if visit.error:
            self._walk.recorder.refused(link.url, visit.error, origin)
        elif visit.stored:
            self._walk.report.attachments_found += 1
            self._walk.recorder.document(visit.url, visit.stored, visit.answer, origin)
            if is_bundle(visit.stored.kind):
                self._unpack(visit.url, visit.stored, origin)
        else:
            self._article(visit, link, origin, depth)

    def _unpack(self, url: str, bundle: StoredObject, origin: Origin) -> None:
        others = []
        for member in unpack(self._walk.store, bundle, self._walk.source.limits):
            address = f"{url}!/{member.name}"
            inside = member_origin(member.name, origin)
            if member.stored:
                self._walk.recorder.member(address, member.stored, member.container or bundle, inside)
            elif member.error:
                self._walk.recorder.refused(address, member.error, inside)
            else:
                others.append(member.name)
        if others:
            self._walk.report.notes.append(f"压缩包 {url} {left_behind(others)}")

    def _article(self, visit: Visit, link: Link, origin: Origin, depth: int) -> None:
        """A page that a disclosure's link led to: its files, or what it leads to, or why there is nothing."""
        self._walk.report.pages_seen += 1
        address = visit.answer.final_url if visit.answer else link.url
        page = parse_page(visit.html or "", address, visit.encoding)
        parts = [page, *self._further_parts(page)]
        files = self._files(parts, origin)
        if not files and page.frames:
            parts += self._framed(page)
            files = self._files(parts, origin)
        if not files and depth < _DEPTH:
            files = self._nested(parts, origin)
        if not files:
            files = [(found, inherited(found, page, origin)) for found in scripted_files(page)]
        if files:
            self.follow(files, depth + 1)
            return
        if depth == 0 or link.is_attachment or not link.is_candidate:
            self._walk.recorder.refused(link.url, self._why_nothing(page, link), origin)

    def _files(self, parts: list[Page], origin: Origin) -> list[tuple[Link, Origin]]:
        """The files of an article, certain ones and (unless they were visited already) those that may be files."""
        return [
            (found, inherited(found, part, origin))
            for part in parts
            for found in part.links
            if not is_side_file(found)
            and (found.is_attachment or (found.is_candidate and not self._walk.was_here(found.url)))
        ]

    def _further_parts(self, page: Page) -> Iterator[Page]:
        """The other pages of an article in parts; one that cannot be had makes the crawl incomplete."""
        for url in further_pages(page):
            yield from self._part(url, page, f"文章续页 {url} 没有取到")

    def _framed(self, page: Page) -> Iterator[Page]:
        """The pages that an article without files of its own shows in frames; some are but furniture."""
        for url in page.frames:
            if self._walk.source.allows_host(url):
                yield from self._part(url, page)

    def _part(self, url: str, page: Page, lost: str | None = None) -> Iterator[Page]:
        """A page that belongs to an article, if it was not visited before; ``lost`` is reported where it cannot be had."""
        if self._walk.was_here(url):
            return
        self._walk.articles.add(url_identity(url))
        visit = self._walk.visit(url, page.url)
        if visit.html is not None:
            yield parse_page(visit.html, url, visit.encoding)
        elif visit.error:
            self._walk.recorder.refused_page(url, visit.error, page.url)
            if lost:
                self._walk.report.missing.append(lost)

    def _nested(self, parts: list[Page], origin: Origin) -> list[tuple[Link, Origin]]:
        """Further articles that a collecting article leads to (one page for all units of a department)."""
        nested = []
        for part in parts:
            for link in part.links:
                if self._walk.was_here(link.url):
                    continue
                if self._walk.sieve.announced(link, origin.announcement) is not None:
                    nested.append((link, inherited(link, part, origin)))
        return nested

    def _why_nothing(self, page: Page, link: Link) -> RefusedError:
        notice = page.title + (page.html if page.text_length < _NOTICE_LENGTH else "")
        if vocabulary().missing_page.search(compact(notice)):
            return RefusedError(Reason.SOFT_404)
        if self.is_home(page):
            return RefusedError(Reason.SOFT_404)
        if link.is_attachment:
            return RefusedError(Reason.HTML_INSTEAD)
        if page.text_length < _EMPTY_LENGTH:
            return RefusedError(Reason.EMPTY, f"正文 {page.text_length} 字")
        return RefusedError(Reason.NO_ATTACHMENT)

    def is_home(self, page: Page) -> bool:
        """Say whether a page is the portal's home page under another address."""
        home = urljoin(page.url, "/")
        if home not in self._homes:
            self._homes[home] = self._walk.visit(home, None)
        return is_home_page(page.url, page.html, self._homes[home])


def member_origin(name: str, origin: Origin) -> Origin:
    """The origin of a file in a bundle: its own name speaks first, the bundle's words fill in."""
    stem = name.rpartition("/")[2]
    own = announcement(stem, origin.announcement) if stem else None
    return Origin(
        page_url=origin.page_url,
        link_text=stem or origin.link_text,
        title=origin.title,
        published_on=origin.published_on,
        announcement=own or origin.announcement,
    )
