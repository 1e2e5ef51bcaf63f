"""Printed lines cut into the pieces that stand close together."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_PROSE = re.compile(r"[。；;！？]|[.…·．]{4,}")
_AMOUNT = re.compile(r"[-+−－]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?%?")
_LONGEST_CELL = 30  # characters; a longer stretch is prose


@dataclass(slots=True)
class Segment:
    """Runs of one line that stand close together."""

    text: str
    x0: float
    x1: float
    is_number: bool


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
        return bool(_PROSE.search(self.text)) or any(len(s.text) > _LONGEST_CELL for s in self.segments)

    @property
    def is_data(self) -> bool:
        """Whether the line holds an amount beside another text."""
        return (
            len(self.segments) > 1
            and not self.is_prose
            and any(_AMOUNT.fullmatch(segment.text) for segment in self.segments)
        )
