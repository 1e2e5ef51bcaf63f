"""What a file is, judged by its first bytes: names and declared types of portals are often wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum

#: How many leading bytes ``media_kind`` wants to see.
HEAD_LENGTH = 4096

#: Readers accept a PDF header within the first kilobyte (ISO 32000-1, annex H.3.4.1).
_PDF_HEADER_WINDOW = 1024

_HTML_OPENING = re.compile(
    rb"^\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|script|meta|title|div)\b", re.I | re.S
)


class MediaKind(StrEnum):
    """Kinds of files that portals offer."""

    PDF = "pdf"
    ZIP = "zip"
    XLSX = "xlsx"
    DOCX = "docx"
    OFD = "ofd"
    OLE = "ole"  # .xls, .doc, .wps, .et: one container, told apart by name only
    RAR = "rar"
    SEVEN_ZIP = "7z"
    HTML = "html"
    JSON = "json"
    IMAGE = "image"
    EMPTY = "empty"
    OTHER = "other"


#: Suffix under which an object of a kind is kept.
SUFFIXES: dict[MediaKind, str] = {
    MediaKind.PDF: ".pdf",
    MediaKind.ZIP: ".zip",
    MediaKind.XLSX: ".xlsx",
    MediaKind.DOCX: ".docx",
    MediaKind.OFD: ".ofd",
    MediaKind.OLE: ".ole",
    MediaKind.RAR: ".rar",
    MediaKind.SEVEN_ZIP: ".7z",
    MediaKind.HTML: ".html",
    MediaKind.JSON: ".json",
    MediaKind.IMAGE: ".image",
    MediaKind.EMPTY: ".bin",
    MediaKind.OTHER: ".bin",
}

_SIGNATURES: tuple[tuple[bytes, MediaKind], ...] = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", MediaKind.OLE),
    (b"Rar!\x1a\x07", MediaKind.RAR),
    (b"7z\xbc\xaf\x27\x1c", MediaKind.SEVEN_ZIP),
    (b"\x89PNG\r\n", MediaKind.IMAGE),
    (b"\xff\xd8\xff", MediaKind.IMAGE),
    (b"GIF8", MediaKind.IMAGE),
    (b"II*\0", MediaKind.IMAGE),  # TIFF, as scanners write it
    (b"MM\0*", MediaKind.IMAGE),
)
_BITMAP = re.compile(rb"BM.{4}\0{4}", re.S)  # its size, and four bytes that are always nought

#: Names of members by which office packages are told from bundles, whose folders may be called anything.
_PACKAGE_MEMBERS: tuple[tuple[re.Pattern[bytes], MediaKind], ...] = (
    (re.compile(rb"xl/(?:.*\.(?:xml|rels|bin|vml))?"), MediaKind.XLSX),
    (re.compile(rb"word/(?:.*\.(?:xml|rels|bin))?"), MediaKind.DOCX),
    (re.compile(rb"OFD\.xml"), MediaKind.OFD),
)
_MEMBER_HEADER = b"PK\x03\x04"
_NAME_LENGTH_AT, _NAME_AT = 26, 30

#: Kinds that are kept as documents of a portal; anything else offered under a document's link is refused.
DOCUMENT_KINDS = frozenset(
    {
        MediaKind.PDF,
        MediaKind.ZIP,
        MediaKind.XLSX,
        MediaKind.DOCX,
        MediaKind.OFD,
        MediaKind.OLE,
        MediaKind.RAR,
        MediaKind.SEVEN_ZIP,
    }
)


def media_kind(head: bytes) -> MediaKind:
    """Return the kind of a file from its first ``HEAD_LENGTH`` bytes."""
    if not head:
        return MediaKind.EMPTY
    for signature, kind in _SIGNATURES:
        if head.startswith(signature):
            return kind
    if _BITMAP.match(head):
        return MediaKind.IMAGE
    if head.startswith(
        (b"PK\x03\x04", b"PK\x05\x06")
    ):  # a bundle may hold a PDF as it is, right at its beginning
        return _package_kind(head)
    if b"%PDF-" in head[:_PDF_HEADER_WINDOW]:
        return MediaKind.PDF
    text = head.removeprefix(b"\xef\xbb\xbf")
    if _HTML_OPENING.match(text):
        return MediaKind.HTML
    if text.lstrip()[:1] in (b"{", b"["):
        return MediaKind.JSON
    return MediaKind.OTHER


def _package_kind(head: bytes) -> MediaKind:
    names = list(_member_names(head))
    for pattern, kind in _PACKAGE_MEMBERS:
        if any(pattern.fullmatch(name) for name in names):
            return kind
    return MediaKind.ZIP


def _member_names(head: bytes) -> Iterator[bytes]:
    """Names of the members whose headers lie in the first bytes of a package."""
    place = head.find(_MEMBER_HEADER)
    while place >= 0:
        length = int.from_bytes(head[place + _NAME_LENGTH_AT : place + _NAME_AT], "little") & 0xFFFF
        yield head[place + _NAME_AT : place + _NAME_AT + length]
        place = head.find(_MEMBER_HEADER, place + 4)
