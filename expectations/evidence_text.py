"""Where a piece of evidence stands and what is printed there, in a few Chinese words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

_EXCERPT, _LEAST_EXCERPT, _CLAUSE = 44, 12, re.compile(r"[^，；。：]*[，；。：]?")


@dataclass(frozen=True, slots=True)
class Evidence:
    """One cell, claim, sentence or statement behind an outcome, with what is needed to name it."""

    evidence_id: str
    kind: str
    page: int | None
    row_label: str | None = None
    column_label: str | None = None
    raw_text: str | None = None
    unit: str | None = None
    value: Decimal | None = None
    statement_title: str | None = None
    sentence: str | None = None
    start: int | None = None
    end: int | None = None
    is_confirmed: bool = False
    elsewhere: str | None = None  # which other file it stands in; None where it is the finding's own


def place_text(item: Evidence) -> str:
    """Where a piece of evidence stands, for a reader with the document in hand."""
    page = page_text(item)
    if item.kind == "cell":
        label = "".join(f"“{text}”" for text in (_short(item.row_label), _short(item.column_label)) if text)
        return f"{page_and_table(item)}{label}"
    if item.sentence:
        return f"{page}说明“{_excerpt(item)}”"
    return f"{page}《{item.statement_title}》" if item.statement_title else page or "全文"


def _short(text: str | None, limit: int = 30) -> str:
    folded = "".join((text or "").split())
    return folded if len(folded) <= limit else folded[: limit - 1] + "…"


def _excerpt(item: Evidence, limit: int = _EXCERPT) -> str:
    """Return the clauses around a claim, whole where they fit; inner quotes are single ones, as in print."""
    text = item.sentence or ""
    first, last = _clauses(text, item.start or 0, item.end or item.start or 0, limit)
    shown = ("…" if first else "") + text[first:last] + ("…" if last < len(text) else "")
    return shown.replace("“", "‘").replace("”", "’")


def _clauses(text: str, start: int, end: int, limit: int) -> tuple[int, int]:
    """Return where the excerpt begins and ends: the claim's clause, and its neighbours while they fit.

    Where that says next to nothing (``其中：``), what follows is told as far as it fits.
    """
    if len(text) <= limit:
        return 0, len(text)
    places = [match.span() for match in _CLAUSE.finditer(text) if match.end() > match.start()]
    own = [
        number for number, (first, last) in enumerate(places) if first < max(end, start + 1) and last > start
    ]
    low, high = (own[0], own[-1]) if own else (0, 0)
    if places[high][1] - places[low][0] > limit:
        first = max(places[low][0], min(start - limit // 2, places[high][1] - limit))
        return first, min(first + limit, places[high][1])
    while True:
        if low and places[high][1] - places[low - 1][0] <= limit:
            low -= 1
        elif high + 1 < len(places) and places[high + 1][1] - places[low][0] <= limit:
            high += 1
        else:
            break
    first, last = places[low][0], places[high][1]
    return first, last if last - first >= _LEAST_EXCERPT else min(first + limit, len(text))


def printed_text(item: Evidence) -> str:
    """Return what stands at a piece of evidence, short enough for a column of the list."""
    if item.sentence:
        return _excerpt(item, 60)
    return _short(item.raw_text, 40) or ("空白" if item.kind == "cell" else "")


def printed_number(item: Evidence) -> str:
    """Return the number of a cell or claim as printed, with its unit; an empty text where it has none."""
    if item.sentence:
        return item.sentence[item.start : item.end] if item.start is not None and item.end is not None else ""
    text = _short(item.raw_text, 24)
    if not text or item.value is None:
        return ""
    return text if not item.unit or text.endswith(item.unit) else f"{text} {item.unit}".replace(" %", "%")


def page_and_table(item: Evidence) -> str:
    """Return the page and the title of the statement a cell stands in."""
    return f"{page_text(item)}《{item.statement_title}》" if item.statement_title else f"{page_text(item)}表"


def page_text(item: Evidence) -> str:
    """Return the page, and the file where it is not the finding's own; empty for the document as a whole."""
    return (item.elsewhere or "") + (f"第 {item.page} 页" if item.page else "")
