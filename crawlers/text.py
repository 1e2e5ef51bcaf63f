"""Bytes of a page to text: what portals declare is often wrong, so the bytes decide."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import SplitResult, unquote_to_bytes, urlsplit

_DECLARED = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_\-]+)", re.I)
_BYTE_ORDER_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))

#: Share of undecodable characters above which an encoding is not believed.
_TOLERATED = 0.02
_SPACES = re.compile("[\\s\u200b\u200e\u200f\ufeff]+")


def decode_page(body: bytes, encoding: str | None = None) -> str:
    """Return the text of a page.

    Order of belief: the operator's word, a byte order mark, UTF-8, GB18030, what the page declares, UTF-8
    with replacement characters. Never raises.
    """
    if encoding:
        return _try(body, encoding)[0]
    for mark, name in _BYTE_ORDER_MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace")
    declared = _DECLARED.search(body[:4096])
    candidates = ["utf-8", "gb18030"]
    if declared:
        candidates.append(declared[1].decode("ascii"))
    for name in candidates:
        text, share = _try(body, name)
        if share <= _TOLERATED:
            return text
    return body.decode("utf-8", "replace")


def is_wide(body: bytes) -> bool:
    """Say whether a body begins as text of two bytes a character, in which zero bytes are no surprise."""
    return body.startswith((b"\xff\xfe", b"\xfe\xff"))


def _try(body: bytes, encoding: str) -> tuple[str, float]:
    try:
        text = body.decode(encoding, "replace")
    except LookupError:
        return body.decode("utf-8", "replace"), 1.0
    beyond_ascii = sum(1 for character in text if character > "\x7f")
    return text, text.count("\ufffd") / max(beyond_ascii, 1)


def fold(text: str) -> str:
    """Return text in compatibility form, its white space (also invisible) reduced to single blanks."""
    return _SPACES.sub(" ", unicodedata.normalize("NFKC", text)).strip()


def split_address(url: str) -> SplitResult:
    """Return the parts of an address; one that is none has only empty parts."""
    try:
        return urlsplit(url)
    except ValueError:
        return SplitResult("", "", "", "", "")


def unquoted(name: str) -> str:
    """Return a quoted name as text: its bytes are UTF-8, or GB18030 on older portals."""
    raw = unquote_to_bytes(name)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("gb18030", "replace")
