"""What a spreadsheet shows for a stored value: the number formats that tables of amounts use.

A value is disclosed as it is shown, so 326.714999 under ``0.00`` is the printed number 326.71. Formats that are not
understood show the value as the General format does; nothing is invented.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal

_LITERAL = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[[^\]]*\]')
_DIGITS = re.compile(r"[0#?][0#?,]*(?:\.([0#?]+))?")
_SECTIONS = re.compile(r';(?=(?:[^"]*"[^"]*")*[^"]*$)')
_UNKNOWN = re.compile(r"[0#?],+(?![0#?])|[Ee][+-]|[0#?]\s*/\s*[0#?]|[ymdhs]", re.I)
_GENERAL_DIGITS = 11


def shown(value: object, number_format: str, *, shows_zeros: bool = True) -> str:
    """Return the text that a cell with this value and format shows; "" where it shows nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date | time):
        return value.isoformat()
    if not isinstance(value, int | float):
        return str(value)
    if value == 0 and not shows_zeros:
        return ""
    return _number(Decimal(repr(value)), number_format or "General")


def _number(value: Decimal, number_format: str) -> str:
    if not value.is_finite():
        return str(value)
    sections = _SECTIONS.split(number_format)
    section, is_signed = _section(value, sections)
    if section.strip().lower() in ("general", "@") or _UNKNOWN.search(_LITERAL.sub("", section)):
        return _general(value)
    return _formatted(value if is_signed else abs(value), section)


def _section(value: Decimal, sections: list[str]) -> tuple[str, bool]:
    """The part of a format that applies, and whether the sign is still to be shown."""
    if value < 0 and len(sections) > 1:
        return sections[1], False
    if value == 0 and len(sections) > 2:
        return sections[2], True
    return sections[0], True


def _general(value: Decimal) -> str:
    text = format(value.normalize(), "f")
    if len(text.lstrip("-").replace(".", "")) > _GENERAL_DIGITS and "." in text:
        whole = len(text.lstrip("-").partition(".")[0])
        places = Decimal(1).scaleb(-max(0, _GENERAL_DIGITS - 1 - whole))
        text = format(value.quantize(places, ROUND_HALF_UP).normalize(), "f")
    return text


def _formatted(value: Decimal, section: str) -> str:
    """Apply one section: its first run of digit places, with the literal text around it."""
    masked = _LITERAL.sub(lambda found: "\0" * len(found[0]), section)
    places = _DIGITS.search(masked)
    if places is None:
        return _literals(section)
    before, after = section[: places.start()], section[places.end() :]
    pattern = places[0]
    number = value * 100 if "%" in masked else value
    fraction = places[1] or ""
    rounded = number.quantize(Decimal(1).scaleb(-len(fraction)), ROUND_HALF_UP)
    if rounded == 0 and "0" not in pattern:  # "??" and "#" leave out what is no significant digit
        return f"{_literals(before)}{_literals(after)}"
    text = format(abs(rounded), ",f" if "," in pattern else "f")
    optional = len(fraction) - len(fraction.rstrip("#"))
    while optional and text.endswith("0"):
        text, optional = text[:-1], optional - 1
    sign = "-" if rounded < 0 else ""
    return f"{sign}{_literals(before)}{text.rstrip('.')}{_literals(after)}".strip()


def _literals(part: str) -> str:
    """The text that a piece of a format shows: quoted and escaped characters, and plain signs."""
    plain = _LITERAL.sub(lambda found: found[1] or found[2] or "", part)
    return re.sub(r"[0#?@]", "", plain).strip()
