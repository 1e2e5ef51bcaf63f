"""Identities as linear inequalities in the changes of their numbers, for the programs of error localisation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
import scipy

from expectations.printed_identities import HUNDRED, Identity, Number, Values, weighed

#: How far an inequality may be missed by the solver's floating point, in 元.
NOTHING = 1e-3


@dataclass(frozen=True, slots=True)
class Row:
    """``constant`` + Σ coefficient · change ≤ 0 (in 元, or the metric's unit)."""

    identity: int
    constant: float
    coefficients: Mapping[str, float]


def matrix_of(
    rows: Sequence[Row], columns: Sequence[str]
) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """The coefficients of ``rows``, one row each, one column a number of ``columns``."""
    return np.array([[row.coefficients.get(number, 0.0) for number in columns] for row in rows]).reshape(
        len(rows), len(columns)
    )


def inequalities(
    index: int, one: Identity, numbers: Mapping[str, Number], printed: Values
) -> tuple[Row, ...]:
    """An identity as inequalities in the changes of its numbers."""
    half_widths = {number: numbers[number].half_width for number in one.numbers()}
    part, part_half_width = weighed(one.terms, printed, half_widths)
    if one.percentage is None:
        upper = {term.number: term.factor for term in one.terms}
        return (
            _inequality(index, part - part_half_width, upper),
            _inequality(
                index, -part - part_half_width, {number: -factor for number, factor in upper.items()}
            ),
        )
    whole, whole_half_width = weighed(one.whole, printed, half_widths)
    percentage = one.offset + one.percentage.factor * printed[one.percentage.number]
    half_width = half_widths[one.percentage.number]
    turn = Decimal(-1 if (percentage < 0) != (whole < 0) else 1)
    low, high = abs(percentage) - half_width, abs(percentage) + half_width
    # a percentage that may be less than nothing: then the larger whole makes it smaller
    nearest = abs(whole) + whole_half_width if low < 0 else abs(whole) - whole_half_width
    whole_sign, percentage_sign = (-1 if whole < 0 else 1), (-1 if percentage < 0 else 1)
    falling, rising = _forms(one, turn, whole_sign, low), _forms(one, turn, whole_sign, high)
    factor = one.percentage.factor * percentage_sign
    falling[one.percentage.number] = nearest * factor
    rising[one.percentage.number] = (abs(whole) + whole_half_width) * factor
    return (
        _inequality(index, low * nearest - HUNDRED * (turn * part + part_half_width), falling),
        _inequality(
            index,
            HUNDRED * (turn * part - part_half_width) - high * (abs(whole) + whole_half_width),
            {number: -factor for number, factor in rising.items()},
        ),
    )


def _forms(one: Identity, turn: Decimal, whole_sign: int, percentage: Decimal) -> dict[str, Decimal]:
    """Coefficients of percentage · whole − 100 · part."""
    form: dict[str, Decimal] = {}
    for term in one.terms:
        form[term.number] = form.get(term.number, Decimal(0)) - HUNDRED * turn * term.factor
    for term in one.whole:
        form[term.number] = form.get(term.number, Decimal(0)) + percentage * whole_sign * term.factor
    return form


def _inequality(index: int, constant: Decimal, coefficients: Mapping[str, Decimal]) -> Row:
    return Row(index, float(constant), {number: float(value) for number, value in coefficients.items()})


def nearest_change(columns: Sequence[str], rows: Sequence[Row]) -> Sequence[float] | None:
    """The changes that repair everything and leave the least residue in the sums: their exact right side."""
    matrix = matrix_of(rows, columns)
    right = np.array([NOTHING - row.constant for row in rows])
    pairs = [(first, first + 1) for first in range(0, len(rows), 2)]
    count, width = len(columns), len(pairs)
    # the middle of an identity's two inequalities is where it holds exactly
    middle = np.array([(matrix[low] - matrix[high]) / 2 for low, high in pairs]).reshape(width, count)
    offset = np.array([(rows[low].constant - rows[high].constant) / 2 for low, high in pairs])
    scale = np.maximum(np.abs(middle).max(axis=1), 1.0)
    middle, offset = middle / scale[:, None], offset / scale
    residue = np.eye(width)
    solved = scipy.optimize.linprog(
        np.concatenate([np.zeros(count), np.ones(width)]),
        A_ub=np.vstack(
            [
                np.hstack([matrix, np.zeros((len(rows), width))]),
                np.hstack([middle, -residue]),
                np.hstack([-middle, -residue]),
            ]
        ),
        b_ub=np.concatenate([right, -offset, offset]),
        bounds=[(None, None)] * count + [(0, None)] * width,
    )
    return None if not solved.success else list(solved.x[:count])
