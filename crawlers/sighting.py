"""One sighting: which document was seen where, under which words, and what the server said."""

from __future__ import annotations

import dataclasses
import json
import re
from dataclasses import dataclass
from typing import Any

import polars as pl

#: Columns of ``Store.read_sightings``; one row a sighting. Times are ISO 8601 in UTC, dates ISO 8601.
SIGHTING = pl.Schema(
    {
        "source_id": pl.String,
        "source_title": pl.String,  # name of the portal or folder as configured
        "url": pl.String,  # file:… for local files, …!/name for a member of a bundle
        "page_url": pl.String,  # the page that linked to it
        "link_text": pl.String,
        "title": pl.String,  # title of the page that linked to it, or of the article
        "file_name": pl.String,
        "published_on": pl.String,  # as shown beside the link or on the page; null where not shown
        "fetched_at": pl.String,
        "status": pl.Int32,  # HTTP status; null for local files
        "content_type": pl.String,
        "etag": pl.String,
        "last_modified": pl.String,
        "content_length": pl.Int64,  # bytes received
        "final_url": pl.String,
        "media_kind": pl.String,  # crawlers.content.MediaKind, by content
        "listed_unit": pl.String,  # what the portal's own words say; the document itself decides
        "listed_year": pl.Int32,
        "listed_kind": pl.String,  # budget | final_accounts
        "sha256": pl.String,  # null where no document came of it
        "replaces_sha256": pl.String,  # what the same URL served before
        "container_sha256": pl.String,  # the bundle a member was unpacked from
        "reason_code": pl.String,  # crawlers.reasons, where no document came of it
        "reason": pl.String,  # the same as a Chinese sentence
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """One row of ``SIGHTING``. Exactly one of ``sha256`` and ``reason_code`` is set."""

    source_id: str
    source_title: str
    url: str
    fetched_at: str
    page_url: str | None = None
    link_text: str | None = None
    title: str | None = None
    file_name: str | None = None
    published_on: str | None = None
    status: int | None = None
    content_type: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    content_length: int | None = None
    final_url: str | None = None
    media_kind: str | None = None
    listed_unit: str | None = None
    listed_year: int | None = None
    listed_kind: str | None = None
    sha256: str | None = None
    replaces_sha256: str | None = None
    container_sha256: str | None = None
    reason_code: str | None = None
    reason: str | None = None

    def __post_init__(self) -> None:
        if (self.sha256 is None) == (self.reason_code is None):
            raise ValueError("a sighting has either a document or a reason why there is none")

    @property
    def place(self) -> tuple[str, str, str]:
        """Where it was seen: source, identity of the URL, page."""
        return (self.source_id, url_identity(self.url), url_identity(self.page_url or ""))

    @property
    def substance(self) -> tuple[object, ...]:
        """What a later look must differ in to be news: times, tokens and validators are left out."""
        return (
            self.link_text,
            self.title,
            self.published_on,
            self.listed_unit,
            self.listed_year,
            self.listed_kind,
            self.sha256,
            self.reason_code,
        )

    def to_json(self) -> str:
        """One line of JSON without the fields that are null."""
        filled = {name: value for name, value in dataclasses.asdict(self).items() if value is not None}
        return json.dumps(filled, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


_FIELDS = frozenset(field.name for field in dataclasses.fields(Sighting))


def sighting_from_json(line: str) -> Sighting:
    """Read one line; fields that a later version added are ignored. Raises ``ValueError`` on a torn line."""
    content: Any = json.loads(line)
    if not isinstance(content, dict):
        raise ValueError("a sighting is a JSON object")
    try:
        return Sighting(**{name: value for name, value in content.items() if name in _FIELDS})
    except TypeError as error:
        raise ValueError(str(error)) from error


def url_identity(url: str) -> str:
    """Return what identifies a resource: the URL without fragment and without a signature that changes on
    each load.

    A query is kept where it names the resource (``downfile.jsp?filename=…``) and dropped where the path
    itself ends in a file name and the query is one opaque token (signed attachments: behaviour 8 of the
    portal notes).
    """
    base, _, _ = url.partition("#")
    if _SESSION.search(base):
        base = _SESSION.sub("", base).rstrip("?&").replace("?&", "?")
    path, separator, query = base.partition("?")
    if separator and _is_signature(path, query):
        return path
    return base


def _is_signature(path: str, query: str) -> bool:
    last = path.rsplit("/", 1)[-1]
    stem, dot, suffix = last.rpartition(".")
    if not (stem and dot and suffix.lower() in _FILE_SUFFIXES):
        return False
    names = [part.partition("=")[0].lower() for part in query.split("&") if part]
    opaque = len(query) >= 16 and "=" not in query.rstrip("=") and "&" not in query
    return opaque or any(name in _SIGNATURE_NAMES for name in names)


#: Marks of a visitor's session, and numbers that only keep a browser from its cache: none of them names a resource.
_SESSION = re.compile(
    r";jsessionid=[^/?#&;]*|(?<=[?&])(?:jsessionid|phpsessid|sessionid|_|rnd|rand|random|nocache)=[^&#]*&?",
    re.I,
)

_FILE_SUFFIXES = frozenset({"pdf", "doc", "docx", "xls", "xlsx", "zip", "rar", "7z", "wps", "et", "ofd"})

#: Query parameters that signed object storage adds; none of them names a resource.
_SIGNATURE_NAMES = frozenset(
    {
        "sign",
        "signature",
        "sig",
        "token",
        "expires",
        "expire",
        "timestamp",
        "auth_key",
        "ossaccesskeyid",
        "x-amz-signature",
        "x-oss-signature",
    }
)
