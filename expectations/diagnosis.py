"""Why two printed numbers may differ: said with a finding, never applied to the data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from transforms.money_units import YUAN

_NEAR = Decimal("0.005")
_EXACT = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """A likely cause: a stable code and its Chinese text."""

    code: str
    text: str


def diagnose(
    kind: str,
    actual: Decimal | None,
    expected: Decimal | None,
    evidence_values: Sequence[Decimal | None],
    unit: str | None,
) -> Diagnosis | None:
    """Name the likely slip behind ``actual`` against ``expected`` (both in 元 where ``unit`` is money).

    ``evidence_values`` are the printed values behind the outcome, in ``unit``, the actual side's first. Most telling
    causes first: unit, decimal point, swapped digits, a digit too many, a part missing or doubled, a copied cell.
    """
    if actual is None or expected is None or actual == expected or kind in ("exact", "at_most", "direction"):
        return None
    for test in (_scale_slip, _digits, _near_scale_slip):
        found = test(actual, expected, unit)
        if found:
            return found
    return _parts(actual, expected, evidence_values, unit)


def _near_scale_slip(actual: Decimal, expected: Decimal, unit: str | None) -> Diagnosis | None:
    return _scale_slip(actual, expected, unit, _NEAR)


def _scale_slip(
    actual: Decimal, expected: Decimal, unit: str | None, tolerance: Decimal = _EXACT
) -> Diagnosis | None:
    if actual == 0 or expected == 0:
        return None
    ratio = actual / expected
    for power in (4, -4, 8, -8):
        if unit in YUAN and abs(ratio / Decimal(10) ** power - 1) <= tolerance:
            return Diagnosis("unit_slip", "金额单位错位（元与万元混用）")
    for power in (1, -1, 2, -2, 3, -3):
        if abs(ratio / Decimal(10) ** power - 1) <= tolerance:
            return Diagnosis("decimal_point", "小数点错位")
    return None


def printed_digits(value: Decimal, unit: str | None) -> str:
    """Digits of a value as printed with two decimals in its unit, without separators or leading zeros."""
    scaled = round(
        abs(value) / YUAN.get(unit or "", Decimal(1)), 0 if unit == "元" and value == int(value) else 2
    )
    return f"{scaled:f}".replace(".", "").lstrip("0")


def _digits(actual: Decimal, expected: Decimal, unit: str | None) -> Diagnosis | None:
    printed, right = printed_digits(actual, unit), printed_digits(expected, unit)
    if len(printed) == len(right) and printed != right:
        differing = [
            index for index, (left, other) in enumerate(zip(printed, right, strict=True)) if left != other
        ]
        if sorted(printed) == sorted(right) and len(differing) == 2 and differing[1] == differing[0] + 1:
            return Diagnosis("transposed_digits", "相邻数字换位")
        if differing == [len(printed) - 1] and abs(int(printed[-1]) - int(right[-1])) == 1:
            return Diagnosis("rounding", "末位相差 1，可能是取整方法不同")
        if len(differing) == 1 and len(printed) > 2:
            return Diagnosis("wrong_digit", "一位数字不同")
    longer, shorter = (printed, right) if len(printed) > len(right) else (right, printed)
    if len(longer) == len(shorter) + 1 and len(shorter) > 2:
        for index in range(len(longer)):
            if longer[:index] + longer[index + 1 :] == shorter:
                return Diagnosis("extra_digit", "多一位数字" if longer is printed else "少一位数字")
    return None


def _parts(
    actual: Decimal, expected: Decimal, evidence_values: Sequence[Decimal | None], unit: str | None
) -> Diagnosis | None:
    scale = YUAN.get(unit or "", Decimal(1))
    residual = (actual - expected) / scale
    others = [value for value in evidence_values[1:] if value]
    if len(others) > 1 and residual in others:
        return Diagnosis("missing_part", "差额恰等于其中一项，可能漏计或少列该项")
    if len(others) > 1 and -residual in others:
        return Diagnosis("doubled_part", "差额恰等于其中一项，可能重复计算该项")
    if len(others) > 1 and actual / scale in others:
        return Diagnosis("copied_cell", "与同表另一单元格相同，可能错格或下拉填充")
    return None
