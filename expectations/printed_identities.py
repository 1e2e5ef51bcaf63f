"""Identities among printed numbers, each number an interval: sums, percentages and growth, after rounding.md.

The verdict on an outcome is given by ``warehouse/sql/rounding.sql`` alone; this says the same of values that are not in
the warehouse, which error localisation tries out. An identity that does not read here as its outcome says is left out there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

HUNDRED = Decimal(100)
_ONE = Decimal(1)

Values = Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class Number:
    """A printed number: its value and half width, in 元 for money and percentage points for percentages.

    ``weight`` is how much it takes to doubt it: less than one for what may have been misread. A number that is not open
    to doubt is taken as printed, because not everything that speaks of it is at hand.
    """

    value: Decimal
    half_width: Decimal
    weight: float = 1.0
    is_open: bool = True


@dataclass(frozen=True, slots=True)
class Term:
    """A number's part in a sum, with its factor."""

    number: str
    factor: Decimal = _ONE


@dataclass(frozen=True, slots=True)
class Identity:
    """What an outcome asked, as two linear forms.

    Without ``percentage``: ``terms`` add up to nothing, within their half widths. With it: the percentage (``offset`` +
    its value times ``factor``) is 100 · Σ ``terms`` / Σ ``whole``, with the intervals of rounding.md.
    """

    name: str
    holds: bool
    terms: tuple[Term, ...]
    whole: tuple[Term, ...] = ()
    percentage: Term | None = None
    offset: Decimal = Decimal(0)

    def numbers(self) -> tuple[str, ...]:
        """The numbers that take part, each once."""
        terms = (*self.terms, *self.whole, *((self.percentage,) if self.percentage else ()))
        return tuple(dict.fromkeys(term.number for term in terms))


def sum_identity(name: str, holds: bool, numbers: Sequence[str], signs: Sequence[int] = ()) -> Identity:
    """The first number is the sum of the others, or, with ``signs``, all add up to nothing."""
    used = signs or [1, *[-1] * (len(numbers) - 1)]
    factors: dict[str, Decimal] = {}
    for number, sign in zip(numbers, used, strict=True):
        factors[number] = factors.get(number, Decimal(0)) + sign
    return Identity(name, holds, tuple(Term(*item) for item in factors.items() if item[1]))


def percentage_identity(name: str, holds: bool, percentage: str, part: str, whole: str) -> Identity:
    """``percentage`` per cent of ``whole`` is ``part``."""
    return Identity(name, holds, (Term(part),), (Term(whole),), Term(percentage))


def growth_identity(name: str, holds: bool, growth: Term, current: str, change: Term) -> Identity:
    """Growth from the current amount and the change; the factors of ``growth`` and ``change`` carry their signs."""
    whole = (Term(current), Term(change.number, -change.factor))
    return Identity(name, holds, (change,), whole, growth)


def growth_on_prior_identity(name: str, holds: bool, growth: Term, current: str, prior: str) -> Identity:
    """Growth from the current and the prior amount."""
    return Identity(name, holds, (Term(current),), (Term(prior),), growth, HUNDRED)


def satisfied(one: Identity, numbers: Mapping[str, Number], values: Values) -> bool | None:
    """Whether an identity holds with ``values``; None where its base is nothing."""
    half_widths = {number: numbers[number].half_width for number in one.numbers()}
    part, part_half_width = weighed(one.terms, values, half_widths)
    if one.percentage is None:
        return abs(part) <= part_half_width
    whole, whole_half_width = weighed(one.whole, values, half_widths)
    if abs(whole) <= whole_half_width:
        return None
    percentage = one.offset + one.percentage.factor * values[one.percentage.number]
    half_width = half_widths[one.percentage.number]
    if whole < 0:
        part, whole = -part, -whole
    if percentage < 0:
        part, percentage = -part, -percentage
    least = percentage - half_width  # may be less than nothing: then the larger whole makes it smaller
    nearest = whole + whole_half_width if least < 0 else whole - whole_half_width
    return least * nearest <= HUNDRED * (part + part_half_width) and (percentage + half_width) * (
        whole + whole_half_width
    ) >= HUNDRED * (part - part_half_width)


def weighed(terms: Iterable[Term], values: Values, half_widths: Values) -> tuple[Decimal, Decimal]:
    """The weighted sum of ``terms`` and the half width of it."""
    terms = tuple(terms)
    return (
        sum((term.factor * values[term.number] for term in terms), Decimal(0)),
        sum((abs(term.factor) * half_widths[term.number] for term in terms), Decimal(0)),
    )
