"""Printed lines cut into the pieces that stand close together."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

_PROSE = re.compile(r"[。；;！？]|[.…·．]{4,}")
_AMOUNT = re.compile(r"[-+−－]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?%?")
_COUNTING = frozenset({"栏次", "栏目", "行次", "项目"})
_LONGEST_CELL = 30  # characters; a longer stretch is prose


@dataclass(slots=True)
class Segment:
    """Runs of one line that stand close together."""

    text: str
    x0: float
    x1: float
    is_number: bool
    top: float = 0.0
    bottom: float = 0.0
    pieces: list[Segment] = field(default_factory=list)  # its runs, where it has several


@dataclass(slots=True)
class Line:
    """One printed line cut into segments."""

    top: float
    bottom: float
    size: float
    segments: list[Segment] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All segments without what stands between them."""
        return "".join(segment.text for segment in self.segments)

    @property
    def is_prose(self) -> bool:
        """Whether the line reads like a sentence."""
        texts = [segment.text for segment in self.segments if not segment.is_number]
        return bool(_PROSE.search("".join(texts))) or any(len(text) > _LONGEST_CELL for text in texts)

    @property
    def is_row(self) -> bool:
        """Whether the line holds a number, or what stands for none, beside another text."""
        return (
            len(self.segments) > 1
            and any(segment.is_number for segment in self.segments)
            and not self.is_prose
            and not self.counts_columns
        )

    @property
    def holds_numbers(self) -> bool:
        """Whether any of its texts is a number, or stands for none."""
        return any(segment.is_number for segment in self.segments)

    @property
    def counts_columns(self) -> bool:
        """Whether the line only numbers the columns (栏次 1 2 3)."""
        numbers = [s.text for s in self.segments if s.text.isdigit()]
        others = [s.text for s in self.segments if not s.text.isdigit()]
        return (
            len(numbers) > (0 if others and others[0] in _COUNTING else 1)
            and all(text in _COUNTING for text in others)
            and all(int(second) - int(first) == 1 for first, second in pairwise(numbers))
        )

    @property
    def is_data(self) -> bool:
        """Whether the line holds an amount beside another text."""
        return (
            len(self.segments) > 1
            and not self.counts_columns
            and not self.is_prose
            and any(_AMOUNT.fullmatch(segment.text) for segment in self.segments)
        )


def cut_between(line: Line, columns: list[tuple[float, float]]) -> Line:
    """Return a heading's line with the segments cut that stand over several columns and have a gap where these part.

    Headings may stand so close that nothing but the columns below tells them apart. Single letters set apart stay one.
    """
    segments = []
    for segment in line.segments:
        pieces = segment.pieces
        below = [_over(piece, columns) for piece in pieces]
        is_cut = (
            len(pieces) > 1
            and all(len(piece.text) > 1 for piece in pieces)
            and all(len(found) == 1 for found in below)
            and all(before != after for before, after in pairwise(below))
        )
        segments += pieces if is_cut else [segment]
    return Line(line.top, line.bottom, line.size, segments)


def _over(piece: Segment, columns: list[tuple[float, float]]) -> list[int]:
    return [number for number, (x0, x1) in enumerate(columns) if piece.x0 < x1 and x0 < piece.x1]


def with_codes_apart(lines: list[Line]) -> list[Line]:
    """Return the lines of a body with codes cut from the names behind them where other rows show a column between.

    Where codes stand in the middle of their cells, the longest nearly touch the names.
    """
    starts = {
        after.x0
        for line in lines
        for before, after in pairwise(line.segments)
        if before.text.isdigit() and not after.is_number
    }
    if not starts:
        return lines
    return [
        Line(
            line.top, line.bottom, line.size, [part for s in line.segments for part in _code_apart(s, starts)]
        )
        for line in lines
    ]


def _code_apart(segment: Segment, starts: set[float]) -> list[Segment]:
    if len(segment.pieces) != 2 or not segment.pieces[0].text.isdigit():
        return [segment]
    is_column = any(abs(segment.pieces[1].x0 - start) <= 1 for start in starts)
    return segment.pieces if is_column else [segment]
