"""One address visited: what it turned out to be by its bytes, asked for only as far as necessary."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from urllib.parse import urljoin

from crawlers.addresses import RefusedError, absolute
from crawlers.answers import Answer, Inquiry
from crawlers.classify import compact
from crawlers.content import DOCUMENT_KINDS, MediaKind
from crawlers.fetch import Fetcher
from crawlers.frontier import Frontier, Resource
from crawlers.pages import refresh_target
from crawlers.reasons import Reason
from crawlers.settings import Source
from crawlers.store import ObjectMissingError, Receiver, Store, StoredObject
from crawlers.text import fold, is_wide, read_page
from crawlers.vocabulary import vocabulary

#: No document is shorter; dead uploads answer with two bytes (behaviour 12 of the portal notes).
_SMALLEST_DOCUMENT = 64
_STUB_BYTES = 3000
_CHALLENGE_BYTES = 12_000
_MEGABYTE = 1_000_000
_END_OF_PDF = b"%%EOF"


@dataclass(frozen=True, slots=True)
class Visit:
    """A page (``html``), a document (``stored``) or a refusal (``error``) under an address."""

    url: str
    answer: Answer | None = None
    html: str | None = None
    encoding: str = "utf-8"  # what the page's bytes were read in
    stored: StoredObject | None = None
    error: RefusedError | None = None
    is_known: bool = False  # nothing was transferred: not modified, or seen already in this round
    was_asked: bool = True


class Visitor:
    """Visits addresses of one source with the help of what the frontier remembers."""

    def __init__(
        self,
        source: Source,
        store: Store,
        fetcher: Fetcher,
        frontier: Frontier,
        clock: Callable[[], datetime],
    ) -> None:
        self._source = source
        self._store = store
        self._fetcher = fetcher
        self._frontier = frontier
        self._clock = clock
        self._limit = int(source.limits.document_megabytes * _MEGABYTE)

    def visit(
        self,
        url: str,
        referer: str | None = None,
        *,
        is_list: bool = False,
        form: str | None = None,
    ) -> Visit:
        """Visit an address; failures come back as ``Visit.error``, never as exceptions.

        Lists are asked for every night, whatever ``revalidate_days`` says of what they lead to. With a
        ``form`` the request is a POST, and its answer is remembered under address and form.
        """
        key = f"{url}{'&' if '?' in url else '?'}{form}" if form else url
        known = self._usable(key)
        if known and (known.is_of_this_round or (not is_list and self._is_recent(known))):
            return self._recalled(key, known, was_asked=False)
        trusted = known if known and self._is_trusted(known) else None
        inquiry = Inquiry(
            url=url,
            limit=self._limit,
            referer=referer,
            etag=trusted.etag if trusted else None,
            last_modified=trusted.last_modified if trusted else None,
            method="POST" if form else "GET",
            form=form or "",
        )
        try:
            return self._ask(key, inquiry, known)
        except RefusedError as error:
            return Visit(key, error=error)

    def _usable(self, url: str) -> Resource | None:
        """What is remembered, unless the store lost the document it stands for."""
        known = self._frontier.get(url)
        if known is None or known.sha256 is None:
            return known
        try:
            self._store.path_of(known.sha256)
        except ObjectMissingError:
            return None
        return known

    def _is_recent(self, known: Resource) -> bool:
        days = self._source.politeness.revalidate_days
        if days <= 0 or (known.sha256 is None and known.body is None):
            return False
        age = self._clock() - datetime.fromisoformat(known.checked_at)
        return timedelta(0) <= age < timedelta(days=days)

    def _is_trusted(self, known: Resource) -> bool:
        """Say whether a "not modified" would still be believed.

        Dates lie where a file is put back with an older one, so everything is fetched in full once in a while, spread
        over some nights by the address.
        """
        age = self._clock() - datetime.fromisoformat(known.fetched_at)
        spread = zlib.crc32(known.url.encode()) % 100 / 200
        return timedelta(0) <= age < timedelta(days=self._source.politeness.refetch_days * (1 + spread))

    def _recalled(self, url: str, known: Resource, *, was_asked: bool) -> Visit:
        answer = Answer(
            url=url,
            final_url=known.final_url,
            status=known.status,
            content_type=known.content_type,
            etag=known.etag,
            last_modified=known.last_modified,
            content_length=known.content_length,
            file_name=known.file_name,
        )
        if known.sha256:
            stored = self._store.get(known.sha256)
            return Visit(url, answer, stored=stored, is_known=True, was_asked=was_asked)
        html, encoding = read_page(known.body or b"", self._source.encoding)
        return Visit(url, answer, html=html, encoding=encoding, is_known=True, was_asked=was_asked)

    def _ask(self, key: str, inquiry: Inquiry, known: Resource | None) -> Visit:
        answer, receiver = self._fetcher.fetch(inquiry, self._store.receive)
        with receiver:
            if answer.is_not_modified and known:
                self._frontier.confirm(key)
                return self._recalled(key, known, was_asked=True)
            answer = replace(answer, url=key)
            if receiver.kind in DOCUMENT_KINDS:
                return self._keep_document(inquiry, answer, receiver)
            return self._keep_page(key, answer, receiver)

    def _keep_document(self, inquiry: Inquiry, answer: Answer, receiver: Receiver) -> Visit:
        if receiver.kind is MediaKind.PDF and _END_OF_PDF not in receiver.tail():
            self._compare(inquiry, receiver)
        stored = receiver.commit()
        self._remember(answer, sha256=stored.sha256)
        return Visit(answer.url, answer, stored=stored)

    def _compare(self, inquiry: Inquiry, receiver: Receiver) -> None:
        """A PDF without an end may be a broken transfer: only what comes twice the same is the portal's
        file.
        """
        plain = replace(inquiry, etag=None, last_modified=None)
        _, again = self._fetcher.fetch(plain, self._store.receive)
        with again:
            if again.sha256 != receiver.sha256:
                raise RefusedError(Reason.TRUNCATED, f"{receiver.byte_count} 与 {again.byte_count} 字节")

    def _keep_page(self, url: str, answer: Answer, receiver: Receiver) -> Visit:
        size = receiver.byte_count
        if size < _SMALLEST_DOCUMENT and receiver.kind not in (MediaKind.HTML, MediaKind.JSON):
            raise RefusedError(Reason.EMPTY, f"{size} 字节")
        if receiver.kind is MediaKind.IMAGE:
            raise RefusedError(Reason.NOT_A_DOCUMENT, str(receiver.kind))
        if size > self._source.limits.page_megabytes * _MEGABYTE:
            raise RefusedError(Reason.TOO_LARGE, f"网页 {size // _MEGABYTE} MB")
        body = receiver.read_all()
        html, encoding = read_page(body, self._source.encoding)
        if receiver.kind is MediaKind.OTHER and b"\0" in receiver.head and not is_wide(receiver.head):
            raise RefusedError(
                Reason.NOT_A_DOCUMENT, (answer.content_type or "").partition(";")[0] or "不明内容"
            )
        _refuse_challenge(html, size)
        destination = _sent_on_to(html, size, answer.final_url)
        if destination is not None:
            return self._sent_on(url, destination)
        self._remember(answer, body=body)
        return Visit(url, answer, html=html, encoding=encoding)

    def _sent_on(self, url: str, destination: str) -> Visit:
        """Follow a stub to the page it stands for, as a browser would, but not from stub to stub for ever."""
        inquiry = Inquiry(url=destination, limit=self._limit, referer=url)
        answer, receiver = self._fetcher.fetch(inquiry, self._store.receive)
        with receiver:
            if receiver.kind in DOCUMENT_KINDS:
                return self._keep_document(inquiry, answer, receiver)
            html, encoding = read_page(receiver.read_all(), self._source.encoding)
            if _sent_on_to(html, receiver.byte_count, answer.final_url) is not None:
                raise RefusedError(Reason.TOO_MANY_REDIRECTS)
            return Visit(url, answer, html=html, encoding=encoding)

    def _remember(self, answer: Answer, *, sha256: str | None = None, body: bytes | None = None) -> None:
        now = self._clock().astimezone(UTC).isoformat()
        self._frontier.put(
            Resource(
                url=answer.url,
                final_url=answer.final_url,
                status=answer.status,
                content_type=answer.content_type,
                etag=answer.etag,
                last_modified=answer.last_modified,
                content_length=answer.content_length,
                sha256=sha256,
                body=body,
                checked_at=now,
                fetched_at=now,
                file_name=answer.file_name,
            )
        )


def _refuse_challenge(html: str, size: int) -> None:
    """Refuse a firewall's page that asks a browser to prove itself."""
    if size < _CHALLENGE_BYTES and vocabulary().challenge.search(compact(html)):
        raise RefusedError(Reason.BLOCKED, "访问验证页")


def _sent_on_to(html: str, size: int, url: str) -> str | None:
    """Return where a stub of a page leads. Raises ``RefusedError`` where it only leads up: the page was taken down."""
    target = refresh_target(html) if size < _STUB_BYTES else None
    if target is None:
        return None
    destination = absolute(url, target)
    above = destination.partition("?")[0].rpartition("/")[0] + "/"
    if (destination.endswith("/") and url.startswith(above)) or destination == url:
        raise RefusedError(Reason.GONE)
    return destination


def is_home_page(page_url: str, html: str, home: Visit) -> bool:
    """Say whether a page is the portal's home page standing in for one that is gone."""
    if home.html is None or urljoin(page_url, "/") == page_url:
        return False
    return fold(html) == fold(home.html)
