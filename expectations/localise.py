"""Error localisation: the one printed number whose change satisfies every identity it takes part in.

Fellegi and Holt's principle for the case that matters most, a single wrong number: of the numbers behind a group of
violations, those for which one new value mends every violated identity and breaks none that holds. Where exactly one
number is left, it is named with the value it should read. Nothing is changed in the data.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Number:
    """A printed number: its value and half width, in 元 for money and percentage points for percentages."""

    value: Decimal
    half_width: Decimal


@dataclass(frozen=True, slots=True)
class Identity:
    """What an outcome asked: a total and its parts (``sum``), two equal numbers, or a percentage of part over whole."""

    kind: str
    numbers: tuple[str, ...]
    holds: bool


@dataclass(frozen=True, slots=True)
class Suspect:
    """The number that is probably wrong, the value it should read, and how many identities say so."""

    number: str
    value: Decimal
    expected: Decimal
    identities: int


Interval = tuple[Decimal, Decimal]


def localise(identities: Sequence[Identity], numbers: Mapping[str, Number]) -> Suspect | None:
    """Name the one number that explains all violated ``identities``; None where none or several could.

    ``identities`` holds the violated ones and those that hold and share a number with them; identities with a number
    that is not in ``numbers`` are left out. At least two identities have to speak of the number that is named.
    """
    usable = [
        one
        for one in identities
        if all(number in numbers for number in one.numbers) and _is_linear(one, numbers)
    ]
    violated = [one for one in usable if not one.holds]
    if not violated or any(not one.holds and one not in usable for one in identities):
        return None
    shared = set(violated[0].numbers).intersection(*(one.numbers for one in violated[1:]))
    suspects = [suspect for number in sorted(shared) if (suspect := _suspect(number, usable, numbers))]
    return suspects[0] if len(suspects) == 1 and suspects[0].identities > 1 else None


def _is_linear(one: Identity, numbers: Mapping[str, Number]) -> bool:
    """Whether the evidence reads as the kind says: the first number against the sum of the rest, or part of whole."""
    if one.kind == "percentage":
        return len(one.numbers) == 3
    if len(set(one.numbers)) != len(one.numbers) or len(one.numbers) < 2:
        return False
    total, *parts = (numbers[number] for number in one.numbers)
    residual = total.value - sum((part.value for part in parts), Decimal(0))
    return not one.holds or abs(residual) <= total.half_width + sum(
        (part.half_width for part in parts), Decimal(0)
    )


def _suspect(number: str, identities: Sequence[Identity], numbers: Mapping[str, Number]) -> Suspect | None:
    concerned = [one for one in identities if number in one.numbers]
    if any(not one.holds and number not in one.numbers for one in identities):
        return None
    intervals = [interval for one in concerned if (interval := _allowed(number, one, numbers))]
    if len(intervals) < len(concerned):
        return None
    low, high = max(interval[0] for interval in intervals), min(interval[1] for interval in intervals)
    if low > high or low <= numbers[number].value <= high:
        return None
    return Suspect(
        number, numbers[number].value, _best(number, low, high, concerned, numbers), len(concerned)
    )


def _allowed(number: str, one: Identity, numbers: Mapping[str, Number]) -> Interval | None:
    """The values of ``number`` with which the identity holds, all else as printed."""
    if one.kind == "percentage":
        return _allowed_in_percentage(one.numbers.index(number), one, numbers)
    total, *parts = one.numbers
    tolerance = sum((numbers[other].half_width for other in one.numbers), Decimal(0))
    others = sum((numbers[part].value for part in parts if part != number), Decimal(0))
    exact = others if number == total else numbers[total].value - others
    return exact - tolerance, exact + tolerance


def _allowed_in_percentage(role: int, one: Identity, numbers: Mapping[str, Number]) -> Interval | None:
    share, part, whole = (numbers[number] for number in one.numbers)
    low, high = share.value - share.half_width, share.value + share.half_width
    if role == 1:
        return (
            low * (whole.value - whole.half_width) / _HUNDRED - part.half_width,
            high * (whole.value + whole.half_width) / _HUNDRED + part.half_width,
        )
    if role == 2 and low > 0:
        return (
            _HUNDRED * (part.value - part.half_width) / high - whole.half_width,
            _HUNDRED * (part.value + part.half_width) / low + whole.half_width,
        )
    if role == 0 and whole.value > whole.half_width:
        return (
            _HUNDRED * (part.value - part.half_width) / (whole.value + whole.half_width) - share.half_width,
            _HUNDRED * (part.value + part.half_width) / (whole.value - whole.half_width) + share.half_width,
        )
    return None


def _best(
    number: str, low: Decimal, high: Decimal, concerned: Sequence[Identity], numbers: Mapping[str, Number]
) -> Decimal:
    """The value to suggest: what a violated sum asks for exactly where that lies in the interval, else its middle."""
    for one in sorted(concerned, key=lambda one: (one.holds, one.kind == "percentage", len(one.numbers))):
        interval = _allowed(number, one, numbers)
        if interval and one.kind != "percentage":
            middle = (interval[0] + interval[1]) / 2
            if low <= middle <= high:
                return middle
    return (low + high) / 2
