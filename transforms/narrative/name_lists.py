"""Offices and units listed one a paragraph: ``内设机构3个，包括：`` (一)办公室 (二)财务科 …."""

from __future__ import annotations

import re

from extractors.text.numbering import numbering_of
from transforms.narrative.chinese_numerals import value_of
from transforms.narrative.state import Claim, Context

_INTRODUCES = re.compile(r"(?:[：:]|(?:如下|分别(?:是|为)|包括)[。：:]?)$")
_NAME = re.compile(r"[^，。；：:()\d]{2,30}(?:\([^()]{1,40}\))?(?=[。；：:，]|$)")
#: Without a number before it a line is a name only where it ends like one.
_OFFICE = re.compile(
    r"[^，。；：:()\d]{1,28}(?:[室科处股部局院所站校队馆厅办委组]|中心|大队|协会|联合会|学会)(?:\([^()]{1,40}\))?[；。，]?$"
)
_LISTED = frozenset({"organisation.internal_bodies", "organisation.units"})


class NameLists:
    """Follows the paragraphs behind a sentence that announces offices or units."""

    def __init__(self) -> None:
        self._context: Context | None = None
        self._level: int | None = None
        self._count = 0
        self._paragraph = 0
        self._found: list[Claim] = []

    def announce(self, text: str, paragraph_no: int, context: Context | None, claims: list[Claim]) -> None:
        """Look for a list behind a finished sentence (folded) that ends in ``包括：`` and the like."""
        if context is None or context.subject.line_code not in _LISTED or not _INTRODUCES.search(text):
            return
        if any(claim.context is context and claim.metric == "list" for claim in claims[-40:]):
            return  # named in the sentence itself; what follows tells their duties
        self._context, self._level, self._count, self._paragraph = context, None, 0, paragraph_no
        self._found = []

    def read(self, labels: tuple[int, int, str], text: str) -> Claim | None:
        """Return the name that a paragraph (sentence, paragraph, section; folded text) lists, if it lists one."""
        number, paragraph_no, section = labels
        if self._context is None or paragraph_no == self._paragraph:
            return None
        self._paragraph = paragraph_no
        span = self._name_in(text)
        if span is None:
            self._context = None
            return None
        self._count += 1
        claim = Claim(number, paragraph_no, section, "list", *span, "", self._context)
        claim.subject_text, claim.is_open_list = text[span[0] : span[1]], False
        self._found.append(claim)
        return claim

    def _name_in(self, text: str) -> tuple[int, int] | None:
        numbering = numbering_of(text)
        if numbering is None:
            match = _OFFICE.match(text) if self._level is None else None
            return (0, len(text.rstrip("；。，"))) if match else None
        level, end = numbering
        if value_of(text[:end]) != self._count + 1 or self._level not in {None, level}:
            return None
        self._level = level
        match = _NAME.match(text, end)
        if match is None:
            for claim in self._found:
                claim.is_open_list = True  # the list goes on, but we cannot tell its names
            return None
        return match.span()
