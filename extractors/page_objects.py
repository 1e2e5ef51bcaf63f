"""What is drawn on one page, whichever parser read it: the hand-over between parsers, tables and text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

#: A character reaches from this part of its size below the baseline to the rest of the size above it,
#: whatever its font claims: fonts' descents disagree within one line and would move numbers off it.
BELOW_BASELINE = 0.14


@dataclass(slots=True)
class Chars:
    """The visible characters of a page, white space left out, as parallel lists."""

    text: list[str] = field(default_factory=list)
    x0: list[float] = field(default_factory=list)
    top: list[float] = field(default_factory=list)
    x1: list[float] = field(default_factory=list)
    bottom: list[float] = field(default_factory=list)
    size: list[float] = field(default_factory=list)
    upright: list[bool] = field(default_factory=list)
    operation: list[int] = field(
        default_factory=list
    )  # number of the text operation that drew it; 0: not known
    confidence: list[float] = field(default_factory=list)  # of recognised characters only, 0 to 1; else empty

    def __len__(self) -> int:
        """Return how many characters there are."""
        return len(self.text)


class Box(NamedTuple):  # a tuple is made in a third of the time of a frozen dataclass
    """An axis-parallel rectangle in points, origin top left."""

    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(slots=True)
class PageObjects:
    """One page: its size as seen, its characters, and the straight edges and images drawn on it."""

    page_no: int
    width: float
    height: float
    rotation: int
    chars: Chars
    rects: list[Box]  # visible rects only (filled white without a stroke is invisible)
    lines: list[Box]  # straight horizontal or vertical strokes
    images: list[Box]
    path_segment_count: int = 0
    unmapped_char_count: int = 0  # characters whose font gives no Unicode value
    invisible_text: bool = False  # text render mode 3: a searchable scan
    has_forms: bool = False  # form XObjects, with coordinates of their own


@dataclass(frozen=True, slots=True)
class TextLine:
    """One printed line: its text and, for each character of it, the horizontal extent.

    ``text`` and ``char_x0``/``char_x1`` have the same length; spaces between words are not inserted.
    """

    text: str
    char_x0: tuple[float, ...]
    char_x1: tuple[float, ...]
    top: float
    bottom: float
    size: float

    @property
    def x0(self) -> float:
        """Left edge."""
        return min(self.char_x0)

    @property
    def x1(self) -> float:
        """Right edge."""
        return max(self.char_x1)
