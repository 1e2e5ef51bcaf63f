"""One link of a page, and what its address and words say about what it leads to."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote

from crawlers.addresses import RefusedError
from crawlers.classify import Announcement, compact
from crawlers.text import split_address
from crawlers.vocabulary import vocabulary

DOCUMENT_SUFFIXES = frozenset(["pdf", "doc", "docx", "xls", "xlsx", "zip", "rar", "7z", "wps", "et", "ofd"])
_PAGE_SUFFIXES = frozenset(
    ["htm", "html", "shtml", "xhtml", "jsp", "jspx", "asp", "aspx", "php", "do", "action"]
)


@dataclass(frozen=True, slots=True)
class Link:
    """One link of a page; ``refusal`` tells why its address cannot be used."""

    url: str
    text: str  # what a person reads: the full title where the text is cut short
    published_on: str | None = None  # ISO date shown in its row
    heading: Announcement | None = None  # what the heading above it announces
    refusal: RefusedError | None = None
    row: Announcement | None = None  # what the other cells of its row and the head of its column say
    is_said_file: bool = False  # the markup says so (a type, a download), whatever the address
    is_rest: bool = False  # 更多 beside the name of a column of which the page shows the newest

    @property
    def is_attachment(self) -> bool:
        """The markup, the address or the text says that this is a file, not a page."""
        return self.is_said_file or is_document_name(self.url) or suffix_of(self.text) in DOCUMENT_SUFFIXES

    @property
    def is_candidate(self) -> bool:
        """Words or path say that this may be a file although no suffix does (``download?id=7``, 附件一)."""
        words = vocabulary()
        if words.attachment_texts.search(compact(self.text)):
            return True
        return bool(words.attachment_paths.search(split_address(self.url).path))


def suffix_of(name: str) -> str:
    """Return the suffix of a file name in lower case, without the dot."""
    return name.rpartition(".")[2].strip().lower() if "." in name else ""


def is_document_name(url: str) -> bool:
    """Say whether a URL names a file: in its path, or in a parameter (``downfile.jsp?filename=…pdf``)."""
    parts = split_address(url)
    suffix = suffix_of(parts.path.partition(";")[0].rsplit("/", 1)[-1])
    if suffix in DOCUMENT_SUFFIXES:
        return True
    if suffix and suffix not in _PAGE_SUFFIXES:
        return False
    return any(suffix_of(unquote(value)) in DOCUMENT_SUFFIXES for _, value in parse_qsl(parts.query))
