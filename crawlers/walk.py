"""What the parts of one crawl share: where they have been, and the one way to visit an address."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass, field

from crawlers.local import Progress
from crawlers.paging import list_identity
from crawlers.recording import Recorder
from crawlers.report import CrawlReport
from crawlers.settings import Source
from crawlers.sieve import Sieve
from crawlers.sighting import url_identity
from crawlers.store import Store
from crawlers.visit import Visit, Visitor


@dataclass(slots=True)
class Walk:
    """One crawl under way. Everything but the visits themselves happens in one thread."""

    source: Source
    store: Store
    visitor: Visitor
    recorder: Recorder
    sieve: Sieve
    executor: Executor
    progress: Progress | None = None
    lists: set[str] = field(default_factory=set)
    articles: set[str] = field(default_factory=set)
    _counted: set[str] = field(default_factory=set)

    @property
    def report(self) -> CrawlReport:
        """The account that is being written."""
        return self.recorder.report

    def visit(
        self, url: str, referer: str | None, *, is_list: bool = False, form: str | None = None
    ) -> Visit:
        """Visit one address now."""
        return self._count(self.visitor.visit(url, referer, is_list=is_list, form=form), url)

    def visit_all(self, wanted: list[tuple[str, str | None, str]]) -> Iterator[Visit]:
        """Visit addresses (address, referer, label), several at a time where allowed; yield in their
        order.
        """
        addresses = [(url, referer) for url, referer, _ in wanted]
        for (_, _, label), visit in zip(wanted, self._visits(addresses), strict=True):
            yield self._count(visit, label)

    def _visits(self, addresses: list[tuple[str, str | None]]) -> Iterable[Visit]:
        if self.source.politeness.concurrency == 1:
            return (self.visitor.visit(url, referer) for url, referer in addresses)
        return self.executor.map(lambda one: self.visitor.visit(*one), addresses)

    def _count(self, visit: Visit, label: str) -> Visit:
        """Count a visit that needed no request (once), and tell how far we are."""
        if visit.url not in self._counted:
            self._counted.add(visit.url)
            self.report.skipped += visit.is_known and not visit.was_asked
        if self.progress:
            self.progress(label, len(self._counted), None)
        return visit

    def was_here(self, url: str) -> bool:
        """Say whether a page was already taken as a list or an article."""
        return list_identity(url) in self.lists or url_identity(url) in self.articles

    def has_room(self) -> bool:
        """Say whether another article may be visited; the first that may not makes the crawl incomplete."""
        limit = self.source.limits.detail_pages
        if len(self.articles) < limit:
            return True
        sentence = f"文章页超过上限 {limit}，其余未看"
        if sentence not in self.report.missing:
            self.report.missing.append(sentence)
        return False
