"""Sentences as tokens: numbers with their units, years, words of direction, reasons, remnants of templates."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from transforms.narrative.chinese_numerals import chinese_value
from transforms.narrative.words import words

_TABLE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_TABLE |= {ord(c): ord(c) for c in "，！？"}
_TABLE |= {ord("；"): ord("；"), ord("："): ord("："), ord(";"): ord("；"), ord(":"): ord("：")}
_TABLE |= {ord(c): ord('"') for c in "“”‘’「」『』〝〞＂＇'"}
_TABLE |= {
    ord("﹪"): ord("%"),
    ord("⒈"): ord("1"),
    ord("━"): ord("—"),
    ord("［"): ord("["),
    ord("］"): ord("]"),
}
_BARE_COMMA = re.compile(r"(?<!\d),|,(?!\d{3}(?:\D|$))")
_RANGE = re.compile(r"(?:\([^()]{1,3}\))?(?:[-—~至–－]|到)")
_PAIR_OF_NUMBERS = re.compile(r"[、，,和]")
_PAIR = re.compile(r"(?<=收)、(?=支)|(?<=收入)、(?=支出)")
SCALES = {"元": 0, "千元": 3, "万元": 4, "亿元": 8, "万亿元": 12}
#: One more digit than the warehouse holds cannot be stored as printed.
_MAX_DECIMALS = 6
_MAX_DIGITS = 18


@dataclass(frozen=True, slots=True)
class Token:
    """One token: its kind (a group of the scanner), place in the folded sentence, and value for numbers."""

    kind: str
    start: int
    end: int
    value: Decimal | None = None
    decimals: int | None = None
    unit: str | None = None


def fold_sentence(text: str) -> str:
    """Fold a sentence character by character, so that offsets stay those of the printed text.

    Brackets, digits and percent signs become half width, quotes ``"``; ，；： stay full width, and so do commas
    that separate no thousands. 收、支 is joined with ``&`` so that it is not taken for an enumeration.
    """
    folded = text.translate(_TABLE)
    return _PAIR.sub("&", _BARE_COMMA.sub("，", folded))


def scan(text: str, start: int) -> list[Token]:
    """Return the tokens of a folded sentence from ``start`` on, in order."""
    tokens = []
    for match in words().scanner.finditer(text, start):
        kind = match.lastgroup or ""
        if kind in {"number", "unit"}:
            tokens.append(_number(match))
        elif kind in {"counted", "counted_bodies"}:
            value = Decimal(chinese_value(match["written"] or match["bodies"]))
            tokens.append(Token("number", match.start(), match.end(), value, 0, match[kind]))
        else:
            tokens.append(Token("trend" if kind == "trend2" else kind, match.start(), match.end()))
    return _with_range_units(text, tokens)


def _number(match: re.Match[str]) -> Token:
    printed = match["number"].replace("−", "-")
    digits = printed.replace(",", "")
    whole, _, fraction = digits.partition(".")
    if len(fraction) > _MAX_DECIMALS or len(whole) > _MAX_DIGITS:
        return Token("number", match.start(), match.end(), None, None, match["unit"])
    return Token("number", match.start(), match.end(), Decimal(digits), len(fraction), match["unit"])


def _with_range_units(text: str, tokens: list[Token]) -> list[Token]:
    """Give the first number of a range (``2-3次``) or of a pair (``12.5、8.5万元``) the unit behind the second."""
    result = list(tokens)
    for index, (first, second) in enumerate(pairwise(tokens)):
        if (
            first.kind == second.kind == "number"
            and first.unit is None
            and second.unit
            and (
                _RANGE.fullmatch(text, first.end, second.start)
                or (first.decimals and _PAIR_OF_NUMBERS.fullmatch(text, first.end, second.start))
            )
        ):
            result[index] = Token("number", first.start, first.end, first.value, first.decimals, second.unit)
    return result


def money_unit(unit: str | None) -> str | None:
    """Return the money unit a printed unit stands for (``万`` is printed for ``万元``), None for others."""
    if unit == "万":
        return "万元"
    return unit if unit in SCALES else None


def in_yuan(value: Decimal, unit: str) -> Decimal:
    """Return a printed money value in 元."""
    return value.scaleb(SCALES[unit])
