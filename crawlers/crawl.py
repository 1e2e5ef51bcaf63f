"""One source crawled: list pages, detail pages, attachments; every link accounted for."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC
from pathlib import Path
from urllib.parse import urljoin

from crawlers.addresses import RefusedError
from crawlers.classify import announcement, compact
from crawlers.expectations import check_expectations
from crawlers.fetch import Fetcher
from crawlers.frontier import Frontier
from crawlers.local import Clock, Progress, utc_now
from crawlers.pace import PROCESS_PACE, HostPace
from crawlers.pages import Link, Page, parse_page
from crawlers.paging import announced_count, further_pages, list_identity
from crawlers.reasons import Reason, sentence
from crawlers.recording import Origin, Recorder
from crawlers.report import CrawlReport
from crawlers.settings import Source
from crawlers.sieve import Sieve, inherited, is_side_file
from crawlers.sighting import url_identity
from crawlers.store import Store
from crawlers.visit import Visit, Visitor, is_home_page
from crawlers.vocabulary import vocabulary

#: How many pages deep a disclosure's article may lead to others before its attachments are reached.
_ARTICLE_DEPTH = 2

#: A page of fewer characters that says so is a notice that something is missing.
_NOTICE_LENGTH = 800


def crawl_source(
    source: Source,
    home: Path,
    *,
    clock: Clock = utc_now,
    progress: Progress | None = None,
    pace: HostPace = PROCESS_PACE,
) -> CrawlReport:
    """Crawl one source into the store of a data directory and return the account of it.

    Failures of the portal are rows of the report; ``OSError`` means that the store cannot be written. A crawl
    that was killed is resumed: what it had already seen is not asked for again. ``progress(label, done,
    total)`` is called per page and document; ``total`` is None while it is not known.
    """
    store = Store(home)
    report = CrawlReport(source.id, source.title, clock().astimezone(UTC).isoformat(timespec="seconds"))
    frontier = Frontier(home, source.id, clock)
    if frontier.is_renewed:
        report.notes.append("抓取记忆文件损坏，已另存并重新开始；只多费请求，不影响已存文件")
    try:
        with Fetcher(source, pace) as fetcher, ThreadPoolExecutor(source.politeness.concurrency) as pool:
            visitor = Visitor(source, store, fetcher, frontier, clock)
            crawl = Crawl(source, visitor, Recorder(source, store, report, clock), pool, progress)
            crawl.run()
            report.requests = fetcher.requests
            report.not_modified = fetcher.not_modified
            report.bytes_received = fetcher.bytes_received
        frontier.finish()
    finally:
        frontier.close()
    report.missing += check_expectations(source, store)
    report.finished_at = clock().astimezone(UTC).isoformat(timespec="seconds")
    return report


class Crawl:
    """One walk through a source. Pages are judged in their order, whatever order they arrive in."""

    def __init__(
        self,
        source: Source,
        visitor: Visitor,
        recorder: Recorder,
        pool: ThreadPoolExecutor,
        progress: Progress | None = None,
    ) -> None:
        self._source = source
        self._visitor = visitor
        self._recorder = recorder
        self._report = recorder.report
        self._sieve = Sieve(source)
        self._pool = pool
        self._progress = progress
        self._lists: set[str] = set()
        self._details: set[str] = set()
        self._counted: set[str] = set()
        self._homes: dict[str, Visit] = {}

    def run(self) -> None:
        """Walk through every start page and what it leads to."""
        for start in self._source.start_pages:
            self._column(start, depth=0)

    def _column(self, start: str, depth: int) -> None:
        """A list and its further pages."""
        waiting = deque([start])
        addresses = {list_identity(start)}
        announced = 0
        while waiting:
            url = waiting.popleft()
            if list_identity(url) in self._lists:
                continue
            if len(self._lists) >= self._source.limits.list_pages:
                self._report.missing.append(f"列表页超过上限 {self._source.limits.list_pages}，其余未看")
                return
            self._lists.add(list_identity(url))
            page = self._list_page(url, start)
            if page is None:
                continue
            announced = max(announced, announced_count(page) or 0)
            further = [one for one in further_pages(page) if self._source.allows_host(one)]
            addresses |= {list_identity(one) for one in further}
            waiting.extend(further)
            self._entries(page, depth)
        if announced > len(addresses):
            self._report.missing.append(f"列表 {start} 称共 {announced} 页，只找到 {len(addresses)} 页的地址")

    def _list_page(self, url: str, start: str) -> Page | None:
        self._report.list_pages_expected += 1
        visit = self._counting(self._visitor.visit(url, None if url == start else start, is_list=True))
        self._tell(url)
        if visit.error:
            self._recorder.refused_page(url, visit.error)
            reason = sentence(visit.error.reason, visit.error.detail)
            self._report.missing.append(f"列表页 {url} 没有取到：{reason}")
            return None
        self._report.list_pages_seen += 1
        if visit.stored:
            self._settle(visit, Link(url, self._source.title), self._start_origin(url), 0)
            return None
        return parse_page(visit.html or "", visit.answer.final_url if visit.answer else url)

    def _start_origin(self, url: str) -> Origin:
        title = self._source.title
        said = announcement(title)
        return Origin(page_url=url, link_text=title, title=title, published_on=None, announcement=said)

    def _entries(self, page: Page, depth: int) -> None:
        """Everything a list page leads to."""
        sifted = self._sieve.sift(page, depth)
        chosen = [one for one in sifted.disclosures if list_identity(one[0].url) not in self._lists]
        self._report.links_found += len(chosen)
        if sifted.unrecognised_files:
            names = "、".join(link.text or link.url for link in sifted.unrecognised_files[:3])
            count = len(sifted.unrecognised_files)
            self._report.notes.append(f"{page.url} 上有 {count} 个附件未认作预决算公开，未下载：{names}")
        self._follow(chosen, article_depth=0)
        for section in sifted.sections:
            if list_identity(section.url) not in self._lists:
                self._column(section.url, depth + 1)

    def _follow(self, chosen: Iterable[tuple[Link, Origin]], article_depth: int) -> None:
        """Visit links, several at a time where the source allows it, and settle them in their order."""
        wanted: list[tuple[Link, Origin]] = []
        for link, origin in chosen:
            if link.refusal:
                self._recorder.refused(link.url, link.refusal, origin)
            elif link.is_attachment or url_identity(link.url) not in self._details:
                wanted.append((link, origin))
                if not link.is_attachment:
                    self._details.add(url_identity(link.url))
        for (link, origin), visit in zip(wanted, self._visits(wanted), strict=True):
            self._tell(link.text or link.url)
            self._settle(self._counting(visit), link, origin, article_depth)

    def _visits(self, wanted: list[tuple[Link, Origin]]) -> Iterator[Visit]:
        if self._source.politeness.concurrency == 1:
            return (self._visitor.visit(link.url, origin.page_url) for link, origin in wanted)
        return self._pool.map(lambda one: self._visitor.visit(one[0].url, one[1].page_url), wanted)

    def _settle(self, visit: Visit, link: Link, origin: Origin, article_depth: int) -> None:
        if visit.error:
            self._recorder.refused(link.url, visit.error, origin)
        elif visit.stored:
            self._report.attachments_found += 1
            self._recorder.document(visit.url, visit.stored, visit.answer, origin)
        else:
            self._article(visit, link, origin, article_depth)

    def _article(self, visit: Visit, link: Link, origin: Origin, article_depth: int) -> None:
        """A page that a disclosure's link led to: its attachments, or what it leads to, or why there is
        nothing.
        """
        self._report.pages_seen += 1
        page = parse_page(visit.html or "", visit.answer.final_url if visit.answer else link.url)
        parts = [page, *self._further_parts(page)]
        files = [
            (found, inherited(found, part, origin))
            for part in parts
            for found in part.links
            if found.is_attachment and not is_side_file(found)
        ]
        if files:
            self._follow(files, article_depth + 1)
            return
        nested = self._nested(parts, origin) if article_depth < _ARTICLE_DEPTH else []
        if nested:
            self._follow(nested, article_depth + 1)
            return
        self._recorder.refused(link.url, self._why_nothing(page, link), origin)

    def _further_parts(self, page: Page) -> Iterator[Page]:
        """The other pages of an article in parts."""
        for url in further_pages(page):
            if url_identity(url) in self._details or list_identity(url) in self._lists:
                continue
            self._details.add(url_identity(url))
            visit = self._counting(self._visitor.visit(url, page.url))
            if visit.html is not None:
                yield parse_page(visit.html, url)
            elif visit.error:
                self._recorder.refused_page(url, visit.error, page.url)
                self._report.missing.append(f"文章续页 {url} 没有取到")

    def _nested(self, parts: list[Page], origin: Origin) -> list[tuple[Link, Origin]]:
        """Further articles that a collecting article leads to (one page for all units of a department)."""
        nested = []
        for part in parts:
            for link in part.links:
                if url_identity(link.url) in self._details or list_identity(link.url) in self._lists:
                    continue
                said = self._sieve.announced(link, origin.announcement)
                if said is not None and link.text != origin.link_text:
                    nested.append((link, inherited(link, part, origin)))
        return nested

    def _why_nothing(self, page: Page, link: Link) -> RefusedError:
        notice = page.title + (page.html if page.text_length < _NOTICE_LENGTH else "")
        if vocabulary().missing_page.search(compact(notice)):
            return RefusedError(Reason.SOFT_404)
        if is_home_page(page.url, page.html, self._home(page.url)):
            return RefusedError(Reason.SOFT_404)
        return RefusedError(Reason.HTML_INSTEAD if link.is_attachment else Reason.NO_ATTACHMENT)

    def _home(self, url: str) -> Visit:
        home = urljoin(url, "/")
        if home not in self._homes:
            self._homes[home] = self._counting(self._visitor.visit(home))
        return self._homes[home]

    def _counting(self, visit: Visit) -> Visit:
        """Count a visit that needed no request, once."""
        if visit.url not in self._counted:
            self._counted.add(visit.url)
            self._report.skipped += visit.is_known and not visit.was_asked
        return visit

    def _tell(self, label: str) -> None:
        if self._progress:
            self._progress(label, len(self._counted), None)
