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
