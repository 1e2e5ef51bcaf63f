"""Whose number it is: the context of a figure, from its own phrase or from what stands around it."""

from __future__ import annotations

import re

from transforms.narrative.contexts import Narration
from transforms.narrative.figures import Figure
from transforms.narrative.settle import COUNTABLE, REFERRING, SAME_UNIT
from transforms.narrative.state import Context
from transforms.narrative.subject import Subject
from transforms.narrative.tokens import Token

_CLAUSE_END = re.compile(r"[，；：。！？]")
_NOUN = re.compile(r"(?:的)?(?!左右|以上|以下|以内|上下)([^，。；、：()\d]{1,24})")
_SUM_WORDS = frozenset({"合计", "共计", "总计", "合计为", "共计为"})
_BEFORE_OWN = re.compile(r"(.*)[，：]")  # 支出预算：年初预算数700万元
_CHANGES = frozenset({"change", "growth"})
_VISIT = re.compile(r"接待|来访|来宾|外宾")


def context_of(
    narration: Narration, text: str, figure: Figure, lead: str, token: Token, is_reason: bool
) -> Context | None:
    """Return the context of a number: the subject its phrase names, else the one spoken of.

    ``text`` is the folded sentence, ``lead`` the words since the number before.
    """
    if figure.phrase in _SUM_WORDS and figure.metric == "amount":
        return narration.paragraph.opened[0] if narration.paragraph.opened else narration.paragraph.main
    if figure.metric in _CHANGES and (side := narration.told_side(figure.phrase)) is not None:
        narration.paragraph.current = side
        return side
    subject = narration.resolve(figure.phrase) if figure.phrase else None
    named = subject
    if subject is None and figure.compared_phrase:
        subject = narration.known(figure.compared_phrase)
    if figure.metric == "count":
        subject = _counted(narration, text, subject, token) or subject
        if _is_of_visit(narration, subject, token):
            return narration.paragraph.current
    if subject is None and figure.metric in {"amount", "count"} and _CLAUSE_END.search(lead):
        subject = _named_before(narration, lead)
    if subject is not None:
        is_vague = figure.metric == "unknown" or (figure.metric == "count" and subject is not named)
        is_aside = is_reason or (is_vague and subject.kind == "other")
        return narration.context(
            subject, is_aside, may_reuse=figure.metric in REFERRING, is_amount=figure.metric == "amount"
        )
    if narration.paragraph.current is None and not is_reason:
        narration.paragraph.current = narration.turn_to_heading() or narration.turn_to_total(figure.phrase)
    return narration.paragraph.current


def _is_of_visit(narration: Narration, subject: Subject | None, token: Token) -> bool:
    """Tell whether visitors are counted of whom only a description is given (``接待记者46批次``)."""
    current = narration.paragraph.current
    is_unknown = subject is None or subject.kind == "other"
    return (
        is_unknown
        and (
            SAME_UNIT.get(token.unit or "", token.unit) in {"批次", "人次"}
            or _VISIT.search(subject.text if subject else "") is not None
        )
        and current is not None
        and current.subject.kind == "three_public"
    )


def _counted(narration: Narration, text: str, subject: Subject | None, token: Token) -> Subject | None:
    """What is counted may stand behind the number (``设9个内设机构``)."""
    if subject is not None and subject.kind != "other":
        return subject
    match = _NOUN.match(text, token.end)
    if match is None or token.unit in {"批次", "人次"}:
        return None
    found = narration.resolve(match[1])
    return found if found is None or found.kind in COUNTABLE else Subject("other", match[1])


def _named_before(narration: Narration, lead: str) -> Subject | None:
    """Find a subject that an earlier clause of the lead names (``…预留的项目中，…成交的，采购金额``)."""
    text = _BEFORE_OWN.match(lead.rsplit("；", 1)[-1].strip("，："))
    subject = narration.resolve(text[1]) if text else None
    return subject if subject is not None and subject.kind != "other" else None
