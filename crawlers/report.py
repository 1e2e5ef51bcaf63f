"""What one crawl or ingest did: counts, refusals with reasons, and whether it is complete."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Refusal:
    """One link, page or file that no document came of."""

    url: str
    reason_code: str
    reason: str  # Chinese sentence
    page_url: str | None = None
    link_text: str | None = None
    is_transient: bool = False  # may pass: tried again next night
    is_unconfirmed: bool = False  # looks final, but was met for the first time


@dataclass(slots=True)
class Replacement:
    """A document that the portal replaced under the same address."""

    url: str
    page_url: str | None
    link_text: str | None
    old_sha256: str
    new_sha256: str


@dataclass(slots=True)
class CrawlReport:
    """The account of one source. ``is_complete`` says whether everything it expected was seen."""

    source_id: str
    source_title: str
    started_at: str
    finished_at: str = ""
    list_pages_expected: int = 0
    list_pages_seen: int = 0
    pages_seen: int = 0  # detail pages
    links_found: int = 0  # links taken for disclosures
    attachments_found: int = 0
    new: int = 0  # documents the store did not have
    unchanged: int = 0  # documents seen again as they were
    elsewhere: int = 0  # documents the store had already, now seen at another address
    members: int = 0  # files taken out of bundles
    requests: int = 0
    not_modified: int = 0  # answered 304
    skipped: int = 0  # requests saved without asking
    bytes_received: int = 0
    missing: list[str] = field(default_factory=list)  # Chinese sentences: what was expected and not seen
    notes: list[str] = field(default_factory=list)  # Chinese sentences: worth knowing, no failure
    refused: list[Refusal] = field(default_factory=list)
    replaced: list[Replacement] = field(default_factory=list)

    @property
    def is_complete(self) -> bool:
        """Everything expected was seen, and nothing failed for a reason that may pass."""
        return not self.missing and not any(one.is_transient or one.is_unconfirmed for one in self.refused)
