"""Bytes of a page to text: what portals declare is often wrong, so the bytes decide."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import SplitResult, unquote_to_bytes, urlsplit

_DECLARED = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_\-]+)", re.I)
_BYTE_ORDER_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))

#: Share of undecodable characters above which an encoding is not believed.
_TOLERATED = 0.02

#: Share of characters in the commonplace part of an encoding below which a text is not believed to be in it. Big5 read
#: as GB18030 decodes, but to characters that nobody writes; the same is so the other way round.
_COMMONPLACE = 0.8
_BIG5 = "big5hkscs"
_SPACES = re.compile("[\\s\u200b\u200e\u200f\ufeff]+")


def decode_page(body: bytes, encoding: str | None = None) -> str:
    """Return the text of a page.

    Order of belief: the operator's word, a byte order mark, UTF-8, Big5 where it reads as Chinese and GB18030 does not,
    GB18030, what the page declares, UTF-8 with replacement characters. Never raises.
    """
    return read_page(body, encoding)[0]


def read_page(body: bytes, encoding: str | None = None) -> tuple[str, str]:
    """Return the text of a page as ``decode_page`` does, and the encoding that it was read in."""
    if encoding:
        return _try(body, encoding)[0], encoding
    for mark, name in _BYTE_ORDER_MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace"), name
    declared = _DECLARED.search(body[:4096])
    candidates = ["utf-8", "gb18030"]
    if declared:
        candidates.append(declared[1].decode("ascii"))
    for name in candidates:
        text, share = _try(body, name)
        if share <= _TOLERATED:
            return (text, name) if name != "gb18030" else _not_big5(body, text)
    return body.decode("utf-8", "replace"), "utf-8"


def _not_big5(body: bytes, text: str) -> tuple[str, str]:
    """A text that decodes as GB18030, as nearly everything does: Big5 is told by what comes of it."""
    if _commonplace(text, "gb2312", 0xF8) < _COMMONPLACE:
        other, share = _try(body, _BIG5)
        if share <= _TOLERATED and _commonplace(other, "big5", 0xC7) >= _COMMONPLACE:
            return other, _BIG5
    return text, "gb18030"


def _commonplace(text: str, encoding: str, bound: int) -> float:
    """Share of the characters beyond ASCII that an encoding writes in two bytes, the first below ``bound``."""
    beyond_ascii = "".join(character for character in text if character > "\x7f")
    written = beyond_ascii.encode(encoding, "ignore")
    return sum(first < bound for first in written[::2]) / max(len(beyond_ascii), 1)


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
    """Return a quoted name as text: its bytes are UTF-8, or GB18030 or Big5 on older portals."""
    return decode_page(unquote_to_bytes(name))
