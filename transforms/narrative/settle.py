"""Finishing a claim: its unit, its whole, the claim it qualifies, and whether it was understood."""

from __future__ import annotations

import re

from transforms.narrative.contexts import Narration
from transforms.narrative.figures import Figure
from transforms.narrative.state import Claim
from transforms.narrative.tokens import Token, in_yuan, money_unit

RELATED_BACK = 40  # claims
REFERRING = frozenset({"change", "growth", "share", "completion"})
SAME_UNIT = {"批": "批次", "批(次)": "批次", "人(次)": "人次"}
COUNTABLE = frozenset(
    {"organisation", "vehicle", "vehicle_plan", "equipment", "equipment_plan", "performance"}
)
_MONEY_KINDS = frozenset(
    {"statement_line", "three_public", "procurement", "functional", "economic", "agency_operating_cost"}
)
_UNIT_NAMED = re.compile(r"(批次|人次)(?:数量?)?(?:共|为|是|计)*$")


def set_unit(claim: Claim, figure: Figure, token: Token) -> None:
    """Note the unit printed behind the number and, for money, the amount in 元."""
    money = money_unit(token.unit)
    claim.unit = money or SAME_UNIT.get(token.unit or "", token.unit)
    if figure.metric == "count" and (named := _UNIT_NAMED.search(figure.phrase)):
        claim.unit = named[1]  # 接待批次为520个
    if money and token.value is not None:
        claim.amount_yuan = in_yuan(token.value, money)


def _settle_without_unit(claim: Claim) -> None:
    """``事业收入为0`` needs no unit; any other number without one is stored but not judged."""
    kind = claim.context.subject.kind if claim.context else ""
    claim.metric = "amount" if kind in _MONEY_KINDS else "count" if kind in COUNTABLE else "ratio"
    if claim.metric == "ratio" or claim.value != 0:
        claim.status = "unparsed"
    elif claim.metric == "amount":
        claim.amount_yuan = claim.value


def settle(claim: Claim, figure: Figure, claims: list[Claim], narration: Narration) -> None:
    """Relate a claim to what it qualifies among the ``claims`` before it, and say where it was not understood."""
    if claim.metric == "unknown":
        _settle_without_unit(claim)
    if claim.context is None or claim.value is None:
        claim.status = "unparsed"
    if claim.metric == "share":
        claim.whole = narration.whole(figure.whole, claim.context)
    if claim.metric not in REFERRING:
        return
    wanted = "change" if claim.metric == "growth" else "amount"
    for earlier in reversed(claims[-RELATED_BACK:]):
        if earlier.sentence_no != claim.sentence_no:
            return
        if earlier.context is claim.context and earlier.metric == wanted:
            claim.related = earlier
            return
