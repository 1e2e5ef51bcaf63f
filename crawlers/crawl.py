"""One source crawled: list pages, detail pages, attachments; every link accounted for."""

from __future__ import annotations

from collections import deque
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC
from pathlib import Path

from crawlers.addresses import RefusedError
from crawlers.articles import Follower
from crawlers.awaited import awaited
from crawlers.classify import announcement, compact
from crawlers.expectations import check_expectations
from crawlers.fetch import Fetcher
from crawlers.frontier import open_frontier
from crawlers.interfaces import Batch, read_batch, request_of
from crawlers.links import Link
from crawlers.local import Clock, Progress, utc_now
from crawlers.pace import PROCESS_PACE, HostPace
from crawlers.pages import PAGER_TEXT, Page, parse_page
from crawlers.paging import announced_count, further_forms, further_pages, has_unread_pager, list_identity
from crawlers.reasons import Reason, sentence
from crawlers.recording import Origin, Recorder
from crawlers.report import CrawlReport
from crawlers.scripts import Move
from crawlers.settings import Interface, Source
from crawlers.sieve import MOST_QUERIES, Sieve, Sifted
from crawlers.sighting import url_identity
from crawlers.store import Store
from crawlers.visit import Visitor
from crawlers.walk import Walk


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
    with (
        open_frontier(home, source.id, clock) as frontier,
        Fetcher(source, pace) as fetcher,
        ThreadPoolExecutor(source.politeness.concurrency) as pool,
    ):
        if frontier.is_renewed:
            report.notes.append("抓取记忆文件损坏，已另存并重新开始；只多费请求，不影响已存文件")
        visitor = Visitor(source, store, fetcher, frontier, clock)
        recorder = Recorder(source, store, report, clock)
        walk = Walk(source, store, visitor, recorder, Sieve(source), pool, progress)
        ListWalker(walk, Follower(walk)).run()
        report.requests = fetcher.requests
        report.not_modified = fetcher.not_modified
        report.bytes_received = fetcher.bytes_received
        frontier.finish()
    report.missing += check_expectations(source, store)
    report.finished_at = clock().astimezone(UTC).isoformat(timespec="seconds")
    return report


class ListWalker:
    """Walks through the lists of a source. Pages are judged in their order, whatever order they arrive in."""

    def __init__(self, walk: Walk, follower: Follower) -> None:
        self._walk = walk
        self._follower = follower
        self._unwanted = 0

    def run(self) -> None:
        """Walk through every start page, or the interface, and all they lead to."""
        if self._walk.source.interface:
            self._interface(self._walk.source.interface)
        else:
            for start in self._walk.source.start_pages:
                self._column(start, depth=0)
        report = self._walk.report
        if not (report.links_found or report.attachments_found or self._unwanted or report.missing):
            report.missing.append("整个来源没有认出任何预决算公开，请检查来源配置")

    def _interface(self, interface: Interface) -> None:
        """A list that is served by an interface, page after page, until it is complete or ends."""
        shown_at = (self._walk.source.start_pages or (interface.url,))[0]
        record_count = 0
        expected: int | None = None
        known: set[str] = set()
        for number in range(self._walk.source.limits.list_pages):
            batch = self._batch(interface, number, shown_at)
            if batch is None:
                if expected is None:
                    return
                record_count += interface.page_size
            else:
                record_count += batch.record_count
                expected = expected or _page_count(batch, interface)
                fresh = [link for link in batch.links if link.url not in known]
                known.update(link.url for link in fresh)
                self._entries(Page(shown_at, "", self._walk.source.title, None, fresh), depth=0)
                if not batch.record_count or (expected is None and not fresh):
                    self._check_count(batch, record_count)
                    return
            if expected is not None and number + 1 >= expected:
                if batch is not None:
                    self._check_count(batch, record_count)
                return
        self._walk.report.missing.append(f"列表页超过上限 {self._walk.source.limits.list_pages}，其余未看")

    def _batch(self, interface: Interface, number: int, shown_at: str) -> Batch | None:
        url, form = request_of(interface, number)
        self._walk.report.list_pages_expected += 1
        visit = self._walk.visit(url, shown_at, is_list=True, form=form)
        try:
            if visit.error:
                raise visit.error
            if visit.html is None:
                raise RefusedError(Reason.BAD_LISTING, "得到的是文件")
            batch = read_batch(self._walk.source, visit.html, url)
        except RefusedError as error:
            self._walk.recorder.refused_page(visit.url, error)
            reason = sentence(error.reason, error.detail)
            self._walk.report.missing.append(f"列表第 {number + 1} 页 {visit.url} 没有取到：{reason}")
            return None
        self._walk.report.list_pages_seen += 1
        return batch

    def _check_count(self, batch: Batch, record_count: int) -> None:
        if batch.total_records is not None and record_count < batch.total_records:
            self._walk.report.missing.append(f"列表称共 {batch.total_records} 条，只取到 {record_count} 条")

    def _column(self, start: str, depth: int, *, is_answer: bool = False) -> None:
        """A list and its further pages; ``is_answer`` where a form was sent to have it."""
        waiting = deque([Move(start)])
        addresses = {list_identity(start)}
        seen: set[str] = set()
        repeated = 0
        is_unread = False
        announced = 0
        while waiting:
            move = waiting.popleft()
            if _identity(move) in self._walk.lists:
                continue
            if len(self._walk.lists) >= self._walk.source.limits.list_pages:
                self._walk.report.missing.append(
                    f"列表页超过上限 {self._walk.source.limits.list_pages}，其余未看"
                )
                return
            self._walk.lists.add(_identity(move))
            page = self._list_page(move, start)
            if page is None:
                continue
            announced = max(announced, announced_count(page) or 0)
            if _repeats(page, seen):
                repeated += 1
                self._repeated(page, depth)
                continue
            further = self._further(page)
            addresses |= {_identity(one) for one in further}
            waiting.extend(further)
            is_unread |= has_unread_pager(page)
            is_first = move.url == start and not is_answer
            waiting.extend(self._read(page, depth, is_start=depth == 0 and is_first, is_first=is_first))
        if is_unread and len(addresses) == 1:
            self._walk.report.missing.append(f"列表 {start} 有翻页按钮，但读不懂它的脚本，其余各页未看")
        self._check_pages(start, announced, len(addresses), repeated)

    def _read(self, page: Page, depth: int, *, is_start: bool, is_first: bool) -> list[Move]:
        """Take what a list page leads to; return the pages in its frames, where it has nothing itself."""
        before = self._walk.report.links_found
        sifted = self._entries(page, depth)
        self._unwanted += sifted.unwanted
        if is_first:
            self._ask(page, depth, is_empty=not sifted.disclosures and not sifted.sections)
        has_led_on = self._walk.report.links_found > before
        framed = [one for one in page.frames if self._walk.source.allows_host(one)]
        is_known = self._await(page, sifted, has_led_on=has_led_on)
        if sifted.leads_nowhere and not (framed or has_led_on or is_known):
            self._suspect(page, is_start=is_start)
        return [] if sifted.disclosures else [Move(one) for one in framed]

    def _ask(self, page: Page, depth: int, *, is_empty: bool) -> None:
        """Send the forms of a list page that ask for lists."""
        queries = [
            one
            for one in self._walk.sieve.queries(page, is_empty=is_empty)
            if self._walk.source.allows_host(one)
        ]
        for query in queries[:MOST_QUERIES]:
            self._column(query, depth, is_answer=True)
        if len(queries) > MOST_QUERIES:
            self._walk.report.missing.append(f"{page.url} 的查询条件组合超过 {MOST_QUERIES} 种，其余未查")

    def _await(self, page: Page, sifted: Sifted, *, has_led_on: bool) -> bool:
        """Say so where a page shows nothing because its list comes from an interface that is not declared."""
        if sifted.disclosures or sifted.unrecognised_files or sifted.unwanted:
            return False
        waited = [one for one in awaited(page.html) if one.fills or not has_led_on]
        if not waited:
            return False
        named = max(waited, key=lambda one: (one.fills, bool(one.address)))
        whence = f"由脚本从接口 {named.address} 取得" if named.address else "由脚本生成"
        self._walk.report.missing.append(
            f"列表页 {page.url} 的内容{whence}，来源没有声明这个接口（interface），列表不完整"
        )
        return True

    def _check_pages(self, start: str, announced: int, found: int, repeated: int) -> None:
        """Compare what a list says of its length with the pages that had something of their own."""
        if announced > found:
            self._walk.report.missing.append(f"列表 {start} 称共 {announced} 页，只找到 {found} 页的地址")
        elif repeated and announced > found - repeated:
            self._walk.report.missing.append(
                f"列表 {start} 称共 {announced} 页，其中 {repeated} 页与前面的页相同，没有新内容"
            )

    def _repeated(self, page: Page, depth: int) -> None:
        """A page that shows nothing new: the end of a pager without an end, or something in place of a page."""
        if self._walk.sieve.sift(page, depth).leads_nowhere:
            self._suspect(page, is_start=False)

    def _further(self, page: Page) -> list[Move]:
        """The list's other pages that may be visited."""
        moves = [Move(url) for url in further_pages(page)] + further_forms(page)
        return [move for move in moves if self._walk.source.allows_host(move.url)]

    def _list_page(self, move: Move, start: str) -> Page | None:
        url = move.url
        self._walk.report.list_pages_expected += 1
        is_first = url == start and move.form is None
        visit = self._walk.visit(url, None if is_first else start, is_list=True, form=move.form)
        if visit.error:
            self._walk.recorder.refused_page(url, visit.error)
            reason = sentence(visit.error.reason, visit.error.detail)
            self._walk.report.missing.append(f"列表页 {url} 没有取到：{reason}")
            return None
        self._walk.report.list_pages_seen += 1
        if visit.stored:
            self._follower.settle(visit, Link(url, self._walk.source.title), self._start_origin(url), 0)
            return None
        return parse_page(visit.html or "", visit.answer.final_url if visit.answer else url, visit.encoding)

    def _start_origin(self, url: str) -> Origin:
        title = self._walk.source.title
        said = announcement(title)
        return Origin(page_url=url, link_text=title, title=title, published_on=None, announcement=said)

    def _suspect(self, page: Page, *, is_start: bool) -> None:
        """A list on which there is nothing: firewalls and home pages answer 200 as well."""
        if not page.links:
            self._walk.report.missing.append(f"列表页 {page.url} 上没有任何链接，可能被拦截")
        elif self._follower.is_home(page):
            self._walk.report.missing.append(f"列表页 {page.url} 已失效，网站以首页代替")
        elif is_start:
            self._walk.report.missing.append(f"起始页 {page.url} 上没有认出任何预决算公开")

    def _entries(self, page: Page, depth: int) -> Sifted:
        """Everything a list page leads to."""
        sifted = self._walk.sieve.sift(page, depth)
        chosen = [one for one in sifted.disclosures if list_identity(one[0].url) not in self._walk.lists]
        self._walk.report.links_found += len(chosen)
        if sifted.unrecognised_files:
            names = "、".join(link.text or link.url for link in sifted.unrecognised_files[:3])
            count = len(sifted.unrecognised_files)
            self._walk.report.notes.append(f"{page.url} 上有 {count} 个附件未认作预决算公开，未下载：{names}")
        self._follower.follow(chosen)
        for section in sifted.sections:
            if list_identity(section.url) not in self._walk.lists:
                self._column(section.url, depth + 1)
        return sifted


def _repeats(page: Page, seen: set[str]) -> bool:
    """Say whether a page of a list shows nothing that those before it did not: some pagers go on for ever."""
    shown = {url_identity(link.url) for link in page.links if not PAGER_TEXT.match(compact(link.text))}
    is_repetition = bool(seen and page.links) and shown <= seen
    seen |= shown
    return is_repetition


def _identity(move: Move) -> str:
    """What tells the pages of a list apart: the address, and what a form asks for."""
    identity = list_identity(move.url)
    return f"{identity}#{move.key}" if move.form is not None else identity


def _page_count(batch: Batch, interface: Interface) -> int | None:
    """How many pages the list has, by its own word."""
    if batch.total_pages is not None:
        return batch.total_pages
    if batch.total_records is None or not batch.record_count:
        return None
    return -(-batch.total_records // min(interface.page_size, batch.record_count))
