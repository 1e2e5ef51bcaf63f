"""What is drawn on one page, whichever parser read it: the hand-over between parsers, tables and text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

#: A character reaches from this part of its size below the baseline to the rest of the size above it,
#: whatever its font claims: fonts' descents disagree within one line and would move numbers off it.
BELOW_BASELINE = 0.14


Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Numbers = NDArray[np.int64]
Codes = NDArray[np.uint32]


_NO_TEXT = frozenset(chr(code) for code in range(0x10000) if chr(code).isspace()) | {"\0", "\u200b", "\ufeff"}


class Glyph(NamedTuple):
    """One drawn glyph, which may stand for several letters (ligatures)."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    upright: bool = True
    operation: int = 0
    confidence: float = 1.0


def _none() -> Floats:
    return np.empty(0)


@dataclass(slots=True)
class Chars:
    """The visible characters of a page, white space left out, as parallel columns."""

    text: str = ""
    x0: Floats = field(default_factory=_none)
    top: Floats = field(default_factory=_none)
    x1: Floats = field(default_factory=_none)
    bottom: Floats = field(default_factory=_none)
    size: Floats = field(default_factory=_none)
    upright: Flags = field(default_factory=lambda: np.empty(0, dtype=np.bool_))
    operation: Numbers = field(
        default_factory=lambda: np.empty(0, dtype=np.int64)
    )  # number of the text operation that drew it; 0: not known
    confidence: Floats = field(default_factory=_none)  # of recognised characters only, 0 to 1; else empty
    _code: Codes | None = None

    def __len__(self) -> int:
        """Return how many characters there are."""
        return len(self.text)

    @property
    def is_recognised(self) -> bool:
        """Whether the characters were read off a picture."""
        return len(self.confidence) > 0

    @property
    def code(self) -> Codes:
        """The Unicode values of the characters."""
        if self._code is None:
            self._code = np.frombuffer(self.text.encode("utf-32-le"), dtype="<u4")
        return self._code

    def take(self, keep: NDArray[np.intp]) -> Chars:
        """Return the characters at the given indices, in that order."""
        code = self.code[keep]
        return Chars(
            text_of(code),
            self.x0[keep],
            self.top[keep],
            self.x1[keep],
            self.bottom[keep],
            self.size[keep],
            self.upright[keep],
            self.operation[keep],
            self.confidence[keep] if self.is_recognised else self.confidence,
            code,
        )


def text_of(code: NDArray[np.integer]) -> str:
    """Return the characters with the given Unicode values."""
    return code.astype("<u4", copy=False).tobytes().decode("utf-32-le")


def chars_of(glyphs: Iterable[Glyph], *, is_recognised: bool = False) -> Chars:
    """Return the glyphs as characters without white space; the letters of a ligature share its width."""
    letters = [letter for glyph in glyphs for letter in _letters(glyph) if letter.text not in _NO_TEXT]
    if not letters:
        return Chars()
    text, x0, top, x1, bottom, size, upright, operation, confidence = zip(*letters, strict=True)
    return Chars(
        "".join(text),
        np.array(x0),
        np.array(top),
        np.array(x1),
        np.array(bottom),
        np.array(size),
        np.array(upright),
        np.array(operation),
        np.array(confidence) if is_recognised else _none(),
    )


def _letters(glyph: Glyph) -> list[Glyph]:
    count = len(glyph.text)
    if count == 1:
        return [glyph]
    width = (glyph.x1 - glyph.x0) / max(count, 1)
    return [
        glyph._replace(text=letter, x0=glyph.x0 + width * number, x1=glyph.x0 + width * (number + 1))
        for number, letter in enumerate(glyph.text)
    ]


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
    recognised_in: tuple[Box, ...] = ()  # pictures on a page with text of its own whose text was recognised


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
