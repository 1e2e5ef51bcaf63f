"""A change told behind a list of parts: ``A万元，其中：基本支出B万元，项目支出C万元，增加D万元，增长E%``.

The sentence does not say whether the whole or its last part has changed. Where no part before has a change of its own,
the whole is meant; a growth rate that only fits the last part says otherwise.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from transforms.narrative.state import Claim, Context, ParagraphState
from transforms.narrative.tokens import Token

_CHANGES = frozenset({"change", "growth", "direction"})
_HUNDRED = Decimal(100)


def whole_of_finished_list(
    state: ParagraphState, said: Sequence[Claim], before: Sequence[Claim], basis: str
) -> Context | None:
    """Return the whole whose parts this sentence has just listed without any change; None where that is not so.

    ``said`` are the claims of the sentence so far, ``before`` those of the sentences before it. A whole whose change
    on this ``basis`` was told before its parts is not told to have changed once more.
    """
    if not state.opened or not state.opened_here:
        return None
    whole = state.opened[-1]
    parts = {
        claim.context.number
        for claim in said
        if claim.context is not None and claim.context.parent is whole and claim.metric == "amount"
    }
    is_last_part = state.current is not None and state.current.number in parts
    has_changes = any(claim.metric in _CHANGES and not claim.is_in_reason for claim in said)
    has_changed = any(
        claim.context is whole
        and claim.metric == "change"
        and claim.basis == basis
        and not claim.is_in_reason
        for claim in before
    )
    return whole if len(parts) > 1 and is_last_part and not has_changes and not has_changed else None


def fits(context: Context, change: Claim, growth: Token, claims: Sequence[Claim]) -> bool:
    """Tell whether a growth rate is that of the context's amount after the change."""
    amount = _amount_of(context, claims)
    if amount is None or change.amount_yuan is None or growth.value is None:
        return False
    base = amount - change.amount_yuan if change.direction == "increase" else amount + change.amount_yuan
    if base <= 0:
        return False
    half = Decimal(1).scaleb(-(growth.decimals or 0)) / 2 + Decimal("0.01")
    return abs(_HUNDRED * change.amount_yuan / base - growth.value) <= half


def _amount_of(context: Context, claims: Sequence[Claim]) -> Decimal | None:
    for claim in reversed(claims):
        if claim.context is context and claim.metric == "amount" and claim.basis == "none":
            return claim.amount_yuan
    return None
