"""Writes down what visits came to: sightings in the store, counts and refusals in the report."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from crawlers.addresses import RefusedError
from crawlers.answers import Answer
from crawlers.classify import Announcement
from crawlers.reasons import TRANSIENT, UNCONFIRMED, Reason, sentence
from crawlers.report import CrawlReport, Refusal, Replacement
from crawlers.settings import Source
from crawlers.sighting import Sighting
from crawlers.store import Store, StoredObject
from crawlers.text import split_address, unquoted


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a link stood and what was said about it."""

    page_url: str | None
    link_text: str
    title: str  # of the page or article it stood on
    published_on: str | None
    announcement: Announcement | None


class Recorder:
    """One per crawl; called from one thread, in the order of the pages."""

    def __init__(
        self, source: Source, store: Store, report: CrawlReport, clock: Callable[[], datetime]
    ) -> None:
        self._source = source
        self._store = store
        self.report = report
        self._clock = clock
        self._counted: set[tuple[str, str]] = set()

    def document(self, url: str, stored: StoredObject, answer: Answer | None, origin: Origin) -> None:
        """Record a document, and say so where it is new, known from elsewhere, or replaces another."""
        known = self._store.last_document(self._source.id, url)
        is_replacement = known is not None and known.sha256 != stored.sha256
        sighting = replace(
            self._blank(url, answer, origin),
            sha256=stored.sha256,
            media_kind=str(stored.kind),
            content_length=stored.byte_count,
            replaces_sha256=known.sha256 if known and is_replacement else None,
            reason_code=None,
            reason=None,
        )
        is_new_object = not self._store.was_sighted(stored.sha256)
        is_news = self._store.record(sighting)
        if (url, stored.sha256) in self._counted:
            return
        self._counted.add((url, stored.sha256))
        self._count(is_news=is_news, is_new_object=is_new_object, is_new_address=known is None)
        if known and known.sha256 and is_replacement:
            self.report.notes.append(f"同一地址换了文件，按新版本收下：{url}（{origin.link_text}）")
            self.report.replaced.append(
                Replacement(url, origin.page_url, origin.link_text, known.sha256, stored.sha256)
            )

    def _count(self, *, is_news: bool, is_new_object: bool, is_new_address: bool) -> None:
        if is_new_object:
            self.report.new += 1
        elif is_news and is_new_address:
            self.report.elsewhere += 1
        else:
            self.report.unchanged += 1

    def member(self, url: str, stored: StoredObject, bundle: StoredObject, origin: Origin) -> None:
        """Record a file taken out of a bundle (``url`` is the bundle's with ``!/`` and the name in it)."""
        sighting = replace(
            self._blank(url, None, origin),
            file_name=url.rpartition("/")[2],
            sha256=stored.sha256,
            media_kind=str(stored.kind),
            content_length=stored.byte_count,
            container_sha256=bundle.sha256,
            reason_code=None,
            reason=None,
        )
        self._store.record(sighting)
        self.report.members += 1

    def refused(self, url: str, error: RefusedError, origin: Origin) -> None:
        """Record why no document came of a link. A failure that may pass leaves no sighting."""
        refusal = self.refused_page(url, error, origin.page_url, origin.link_text)
        if error.reason in TRANSIENT:
            return
        if self._store.had_document(self._source.id, url):
            self.report.notes.append(
                f"以前取得过的公开件今晚已不在：{url}（{sentence(error.reason, error.detail)}）"
            )
        is_news = self._store.record(
            replace(
                self._blank(url, None, origin),
                reason_code=str(error.reason),
                reason=sentence(error.reason, error.detail),
            )
        )
        refusal.is_unconfirmed = is_news and error.reason in UNCONFIRMED

    def refused_page(
        self, url: str, error: RefusedError, page_url: str | None = None, link_text: str | None = None
    ) -> Refusal:
        """Report a page that could not be had."""
        text = sentence(error.reason, error.detail)
        is_transient = error.reason in TRANSIENT
        refusal = Refusal(url, str(error.reason), text, page_url, link_text, is_transient)
        self.report.refused.append(refusal)
        return refusal

    def _blank(self, url: str, answer: Answer | None, origin: Origin) -> Sighting:
        said = origin.announcement
        return Sighting(
            source_id=self._source.id,
            source_title=self._source.title,
            url=url,
            page_url=origin.page_url,
            link_text=origin.link_text or None,
            title=origin.title or None,
            file_name=(answer.file_name if answer else None)
            or unquoted(split_address(url).path.partition(";")[0].rsplit("/", 1)[-1])
            or None,
            published_on=origin.published_on,
            fetched_at=self._clock().astimezone(UTC).isoformat(timespec="seconds"),
            status=answer.status if answer else None,
            content_type=answer.content_type if answer else None,
            etag=answer.etag if answer else None,
            last_modified=answer.last_modified if answer else None,
            content_length=answer.content_length if answer else None,
            final_url=answer.final_url if answer else None,
            listed_unit=(said.unit if said else None) or self._source.unit,
            listed_year=said.year if said else None,
            listed_kind=said.kind if said else None,
            reason_code=str(Reason.NO_ATTACHMENT),
        )
