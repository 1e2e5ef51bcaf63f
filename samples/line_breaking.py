"""Breaking Chinese text into lines: numbers stay whole, closing punctuation never begins a line."""

from __future__ import annotations

import re

from samples.fonts import text_width

_PIECE = re.compile(r"[0-9][0-9,.]*[%％]?|[A-Za-z]+|.", re.DOTALL)
_NOT_FIRST = frozenset("，。；：、！？”’）)》】％%,.;:")
_NOT_LAST = frozenset("“‘（(《【")


def break_lines(text: str, width: float, size: float, indent: float = 0.0) -> list[str]:
    """Break ``text`` into lines of at most ``width`` points at ``size``; the first line starts ``indent`` points in."""
    lines: list[str] = []
    current: list[str] = []
    used = indent
    for piece in _PIECE.findall(text):
        piece_width = text_width(piece) * size
        if current and used + piece_width > width and piece not in _NOT_FIRST:
            carried: list[str] = []
            while len(current) > 1 and current[-1] in _NOT_LAST:
                carried.insert(0, current.pop())
            lines.append("".join(current))
            current = carried
            used = sum(text_width(part) for part in carried) * size
        current.append(piece)
        used += piece_width
    if current or not lines:
        lines.append("".join(current))
    return lines


def wrap_cell(text: str, width: float, size: float) -> list[str]:
    """Break a cell's text; a number that does not fit is never broken, it overflows."""
    lines: list[str] = []
    for part in text.split("\n"):
        lines += break_lines(part, width, size) if part else [""]
    return lines
