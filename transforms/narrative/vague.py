"""Names that leave open what they hold: 公务用车及运行维护费 is told with and without the purchases.

What it means is read off the sums of its own section. Where they do not say, it stays without a line.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from transforms.narrative.state import Claim, Context
from transforms.narrative.words import words

_TOTAL = "three_public.total"
_OTHERS = ("three_public.overseas_visits", "three_public.hospitality")
_PURCHASE = "three_public.vehicle_purchase"


def name_vehicle_costs(claims: list[Claim]) -> None:
    """Give the vague costs of vehicles their line where they and the other expenses add up to the printed total."""
    for claim in claims:
        context = claim.context
        if (
            context is not None
            and context.subject.kind == "other"
            and words().vague_vehicles.search(context.subject.text)
            and _is_amount(claim)
        ):
            _name(claim, context, claims)


def _name(claim: Claim, context: Context, claims: list[Claim]) -> None:
    told: dict[str, Claim] = {}
    for other in claims:
        if other.section == claim.section and other.context is not None and _is_amount(other):
            told.setdefault(other.context.subject.line_code, other)
    whole = told.get(_TOTAL)
    if whole is None or whole.context is None or not any(line in told for line in _OTHERS):
        return
    others = sum((_yuan(told[line]) for line in _OTHERS if line in told), Decimal(0))
    rest = _yuan(whole) - others - _yuan(claim)
    line = _line_of(rest, _yuan(told[_PURCHASE]) if _PURCHASE in told else None)
    if line:
        context.subject = replace(
            whole.context.subject, text=context.subject.text, line_code=line, measure="total"
        )
        context.parent = context.parent or whole.context


def _line_of(rest: Decimal, purchase: Decimal | None) -> str:
    """Return the line whose sum holds: with the purchases nothing is left, without them the purchases are."""
    if rest == 0:
        return "three_public.vehicles"
    return "three_public.vehicle_operation" if rest == purchase else ""


def _is_amount(claim: Claim) -> bool:
    is_money = claim.metric == "amount" and claim.amount_yuan is not None
    return is_money and claim.basis == "none" and not claim.is_in_reason


def _yuan(claim: Claim) -> Decimal:
    return claim.amount_yuan or Decimal(0)
