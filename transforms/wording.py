"""Folding printed labels and titles to the form in which they are compared."""

from __future__ import annotations

import re
from functools import lru_cache

from extractors.printed_number import fold

_QUOTES = re.compile(r"[\"'“”‘’〝〞＂「」『』《》〈〉]")
_NUMBERING = re.compile(
    r"^(?:(?:[一二三四五六七八九十]{1,3}|第[一二三四五六七八九十]+)[、.．。,，](?!\d)"
    r"|[(（][一二三四五六七八九十\d]{1,3}[)）][、.．]?"
    r"|\d{1,2}[、.．,，](?!\d)|\d{1,2}[)）]|[①②③④⑤⑥⑦⑧⑨⑩])"
)
_LEADING = re.compile(r"^(?:其中|减|加|另|小计其中)[:：]?")
_BRACKETS = re.compile(r"[(（\[【][^()（）\[\]【】]*[)）\]】]")
_TRAILING = re.compile(r"[:：*＊;；,，、。]+$")


@lru_cache(maxsize=16384)
def clean(text: str) -> str:
    """Fold a printed text (NFKC, no white space) and drop quotation marks."""
    return _QUOTES.sub("", fold(text))


@lru_cache(maxsize=16384)
def bare_label(text: str) -> str:
    """Return a row label without numbering (一、 （一） 1. (1)), 其中： and trailing punctuation."""
    label = _TRAILING.sub("", clean(text))
    for _ in range(3):
        shorter = _LEADING.sub("", _NUMBERING.sub("", label))
        if shorter == label or not shorter:
            break
        label = shorter
    return label


def without_brackets(text: str) -> str:
    """Drop bracketed remarks: ``项目（按大类）`` becomes ``项目``."""
    return _BRACKETS.sub("", text)


def is_numbered(text: str) -> bool:
    """Say whether a label begins with a number such as 一、 or （一）."""
    return bool(_NUMBERING.match(clean(text)))
