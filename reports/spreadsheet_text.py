"""Text from outside on its way into a spreadsheet: never a formula, never unreadable XML."""

from __future__ import annotations

import re

#: What Excel, WPS and LibreOffice may run as a formula (OWASP, CSV injection), full width included.
_FORMULA_STARTS = frozenset("=+-@\t\r\n|＝＋－＠")

#: Characters that XML 1.0 cannot hold, and halves of surrogate pairs.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

#: Excel's limit of characters in one cell.
CELL_LIMIT = 32_767

_PLAIN_NUMBER = re.compile(r"[+-]?\d[\d,]*(\.\d+)?%?")


def cell_text(text: str) -> str:
    """Return ``text`` as a workbook can hold it: U+FFFD for the unprintable, cut at Excel's limit."""
    clean = _UNPRINTABLE.sub("\ufffd", text)
    return clean if len(clean) <= CELL_LIMIT else clean[: CELL_LIMIT - 1] + "…"


def looks_like_formula(text: str) -> bool:
    """Whether a spreadsheet program might run ``text`` when it is typed or opened from a CSV file."""
    return text.lstrip(" ")[:1] in _FORMULA_STARTS


def neutralised(text: str) -> str:
    """Return ``text`` for a CSV cell: an apostrophe before whatever could run as a formula.

    Plain negative or signed numbers stay as they are, so that a column of amounts still adds up.
    """
    clean = cell_text(text)
    if looks_like_formula(clean) and not _PLAIN_NUMBER.fullmatch(clean):
        return "'" + clean
    return clean


def restored(text: str) -> str:
    """Undo :func:`neutralised` for text read back from a CSV file."""
    return text[1:] if text.startswith("'") and looks_like_formula(text[1:]) else text
