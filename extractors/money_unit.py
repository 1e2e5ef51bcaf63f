"""The money unit printed beside a table, in the words in which places print it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from extractors.printed_number import fold

#: Money units that statements are printed in, longest first.
MONEY_UNITS = ("百万元", "万元", "亿元", "千元", "百元", "元")
_ANY = "|".join(MONEY_UNITS)
#: 单位：万元, 金额单位：人民币万元, 单位:(万元), 仓位：元 (a misprint seen often), 单位：辆、万元; not 元 as a name's beginning.
_NAMED = re.compile(
    rf"(?:单位|[\u4e00-\u9fff]位[:：;；∶]|(?:人民币|金额)[:：;；∶])[:：;；∶]?(?:[个人辆台套次]{{1,2}}[、,，/])?[（(]?(?:人民币)?[（(]?"
    rf"({_ANY})(?![氏江谋阳坝宝])"
)
_BRACKETED = re.compile(rf"[（(]({_ANY})[）)]")
_ALONE = re.compile(rf"({_ANY})")


def read_money_unit(text: str) -> str | None:
    """Return the money unit that a printed line names, None where it names none."""
    folded = fold(text)
    match = _NAMED.search(folded) or _BRACKETED.search(folded) or _ALONE.fullmatch(folded)
    return match[1] if match else None


def printed_unit(texts: Iterable[str]) -> str | None:
    """Return the money unit named first in the given texts, or None."""
    return next((unit for text in texts if (unit := read_money_unit(text))), None)
