"""Reading one printed number: what stands in a cell or a sentence, kept exactly as printed.

The reading never guesses: text that is not wholly a number, a dash, or a word for "none" keeps the state
``text`` and no value.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache


class CellState(StrEnum):
    """What a printed cell holds; blank, zero, dash and "none" are four different things."""

    NUMBER = "number"
    ZERO_PRINTED = "zero_printed"
    PERCENT = "percent"
    BLANK = "blank"
    DASH = "dash"
    NONE_WORD = "none_word"
    ELLIPSIS = "ellipsis"
    TEXT = "text"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class PrintedNumber:
    """One printed token: its state and, for numbers, its exact value and printed decimals."""

    state: CellState
    value: Decimal | None = None
    decimals: int | None = None


_NUMBER = re.compile(
    r"(?P<sign>[-+−－]?)(?P<whole>\d{1,3}(?:,\d{3})+|\d+)(?:\.(?P<fraction>\d+))?(?P<percent>%?)"
)
_PARENTHESISED = re.compile(r"\((?P<inside>[\d,.]+)\)")
_WHOLE_DIGITS, _DECIMALS = 18, 6
_DASHES = re.compile(r"[-—–－―─]+|[-—–－―─]/[-—–－―─]|/")
_ELLIPSES = re.compile(r"…+|\.{3,}|\*+")
_NONE_WORDS = frozenset({"无", "空", "无数据"})
#: Characters without meaning; what a spreadsheet prints where a number does not fit or a formula fails.
_UNREADABLE = re.compile(
    r".*(?:[\ufffd\ue000-\uf8ff]|\(cid:\d+\)).*|#{2,}|#(?:REF!|DIV/0!|VALUE!|NAME\?|N/A|NUM!|NULL!)", re.S
)
_REMEMBERED = 4096  # texts; tables repeat a few of them again and again


def fold(text: str) -> str:
    """Fold printed text for comparison: NFKC (full width to half width) and all white space removed."""
    return "".join((text if text.isascii() else unicodedata.normalize("NFKC", text)).split())


@lru_cache(maxsize=_REMEMBERED)
def read_printed_number(raw_text: str) -> PrintedNumber:
    """Read the whole of ``raw_text`` as one printed number, dash, "none" word or text.

    A number in accounting parentheses, ``(1,234.50)``, is negative; a bare ``(1)`` is an item number and
    stays text. Thousands separators must be in their places, or the token is text.
    """
    folded = fold(raw_text)
    if not folded:
        return PrintedNumber(CellState.BLANK)
    if match := _NUMBER.fullmatch(folded):
        return _from_match(match)
    if (match := _PARENTHESISED.fullmatch(folded)) and "." in match["inside"]:
        inner = _NUMBER.fullmatch(match["inside"])
        if inner:
            positive = _from_match(inner)
            return PrintedNumber(positive.state, -(positive.value or Decimal(0)), positive.decimals)
    return PrintedNumber(_state_of_words(folded))


def _from_match(match: re.Match[str]) -> PrintedNumber:
    fraction = match["fraction"] or ""
    if len(match["whole"].replace(",", "")) > _WHOLE_DIGITS or len(fraction) > _DECIMALS:
        return PrintedNumber(CellState.TEXT)  # an account or serial number, or more than schema.PRINTED holds
    value = Decimal(match["whole"].replace(",", "") + ("." + fraction if fraction else ""))
    if match["sign"] in {"-", "−", "－"}:
        value = -value
    if match["percent"]:
        return PrintedNumber(CellState.PERCENT, value, len(fraction))
    state = CellState.ZERO_PRINTED if value == 0 else CellState.NUMBER
    return PrintedNumber(state, value, len(fraction))


def _state_of_words(folded: str) -> CellState:
    if _DASHES.fullmatch(folded):
        return CellState.DASH
    if folded in _NONE_WORDS:
        return CellState.NONE_WORD
    if _ELLIPSES.fullmatch(folded):
        return CellState.ELLIPSIS
    if _UNREADABLE.fullmatch(folded):
        return CellState.UNREADABLE
    return CellState.TEXT
