"""Claims that are no numbers: listed names, absences, dates, reasons' directions, remnants of the template."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from transforms.narrative.words import words

_DATE = re.compile(r"截[至止]到?\s*(\d{4})年(?:度?(末|底)|(\d{1,2})月(末|底)?(?:(\d{1,2})日)?)")
_TOP_LEVEL_COMMA = re.compile(r"、(?![^()]*\))")
_LAST_AND = re.compile(r"(?:以及|和|及)(?=[^、]{2,}$)")


def as_of_dates(text: str) -> Iterator[tuple[int, int, int, Decimal]]:
    """Yield start, end, year and yyyymmdd of every 截至… in a folded sentence; 月 without 日 gives day 0."""
    for match in _DATE.finditer(text):
        year, month, day = int(match[1]), int(match[3] or 0), int(match[5] or 0)
        if match[2]:
            month, day = 12, 31
        yield match.start(), match.end(), year, Decimal(year * 10000 + month * 100 + day)


def direction_of(text: str) -> str | None:
    """Return the direction that the words of a reason speak of; None where they speak of none or of both."""
    text = words().reason_frame.sub("", text)
    has_increase = words().increase.search(text) is not None
    has_decrease = words().decrease.search(text) is not None
    if has_increase == has_decrease:
        return None
    return "increase" if has_increase else "decrease"


def listed_names(text: str, is_bodies: bool) -> Iterator[tuple[list[tuple[int, int]], bool]]:
    """Yield the spans of the names of each enumeration without numbers, and whether it ends with 等.

    ``is_bodies``: of a list of offices the last two names may be joined with 和.
    """
    for match in words().list_marker.finditer(text):
        start, end = match.span("items")
        items = text[start:end]
        if re.search(r"\d", items):
            continue
        opened = words().list_open.search(items)
        if opened:
            items = items[: opened.start()]
        spans, position = [], 0
        for comma in [*_TOP_LEVEL_COMMA.finditer(items), None]:
            stop = comma.start() if comma else len(items)
            if stop > position:
                spans.append((start + position, start + stop))
            position = comma.end() if comma else stop
        if is_bodies and spans and (joined := _LAST_AND.search(text[spans[-1][0] : spans[-1][1]])):
            first, last = spans.pop()
            spans += [(first, first + joined.start()), (first + joined.end(), last)]
        if len(spans) >= 3:
            yield spans, opened is not None


def absences(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and the phrase of what a sentence says there is none of."""
    if re.search(r"\d", re.sub(r"\d{4}年", "", text)):
        return
    for match in words().absence.finditer(text):
        phrase = match["subject"]
        if words().absence_end.search(phrase):
            yield match.start(), match.end(), phrase
