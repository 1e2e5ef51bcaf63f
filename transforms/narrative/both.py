"""Numbers about two subjects at once: ``收、支总计各增加5万元``, ``收入总计…，支出总计…，各下降3%``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from transforms.narrative.contexts import Narration
from transforms.narrative.figures import Figure
from transforms.narrative.state import Claim, Context
from transforms.narrative.words import words

_EACH = re.compile(r"各|分别")
_SECOND_NUMBER = re.compile(r"[、，,和与]-?\d")
_SHARED = frozenset({"amount", "change", "growth"})


def pair_last_named(narration: Narration, claims: Sequence[Claim], sentence_no: int) -> None:
    """Let a number behind 各 that names nothing be said of the revenue and the expenditure just told."""
    told: list[Context] = []
    for claim in reversed(claims[-8:]):
        if claim.sentence_no != sentence_no or len(told) == 2:
            break
        is_told = claim.metric == "amount" and claim.basis == "none" and not claim.is_in_reason
        if is_told and claim.context is not None and claim.context not in told:
            told.append(claim.context)
    if len(told) < 2:
        return
    other, first = told
    if words().pairs.get(first.subject.line_code) == other.subject.line_code:
        narration.paragraph.current = first
        narration.paragraph.twins[first.number] = other


def is_each(own: str) -> bool:
    """Tell whether a number's clause says 各 or 分别."""
    return _EACH.search(own[-8:]) is not None


def has_second_number(text: str, end: int) -> bool:
    """Tell whether another number follows directly: one for each subject."""
    return _SECOND_NUMBER.match(text, end) is not None


def said_of_other(claim: Claim, figure: Figure, twin: Context | None) -> Claim | None:
    """Return the claim again, about the other subject it is said of; None where it is about one."""
    if twin is None or claim.context is None or claim.is_in_reason or figure.metric not in _SHARED:
        return None
    return replace(claim, context=twin, related=None)
