"""Small whole numbers in Chinese characters, and the value of a printed item number."""

from __future__ import annotations

import re

_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_DIGITS |= {character: value for value, character in enumerate("壹贰叁肆伍陆柒捌玖", start=1)}
_UNITS = {"十": 10, "百": 100, "拾": 10, "佰": 100}
CHARACTERS = "零〇一二两三四五六七八九十百壹贰叁肆伍陆柒捌玖拾佰"
_NUMBER = re.compile(rf"\d+|[{CHARACTERS}]+")


def chinese_value(text: str) -> int:
    """Return the value of a number below a thousand in characters (十二, 三十, 一百零五, 二〇)."""
    if not any(character in _UNITS for character in text):
        return int("".join(str(_DIGITS[character]) for character in text))
    total, digit = 0, 0
    for character in text:
        if character in _UNITS:
            total += (digit or 1) * _UNITS[character]
            digit = 0
        else:
            digit = _DIGITS[character]
    return total + digit


def value_of(item_number: str) -> int | None:
    """Return the value of a printed item number such as ``（三）``, ``3.`` or ``③``; None where it has none."""
    match = _NUMBER.search(item_number)
    if match is not None:
        return int(match[0]) if match[0].isdigit() else chinese_value(match[0])
    circled = [ord(c) - ord("①") + 1 for c in item_number if "①" <= c <= "⑳"]
    return circled[0] if circled else None
