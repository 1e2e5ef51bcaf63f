"""Lines to paragraphs: where one ends is read from indents, short last lines, numbers, sizes and tables."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median

from extractors.page_objects import Box, TextLine
from extractors.surroundings import PageText
from extractors.text.numbering import numbering_of

_LONG = 18  # characters of a line that says where the margins are
_ENOUGH = 8  # long lines on a page that show its own margins
_ENDS = "。；;！？：:"
_CARRIES_ON = "，,、（(“‘《—-/"
_INTRODUCES_REASON = re.compile(r"(?:原因|如下原因|是|为)[：:]$")
_MID_WORD = re.compile(r"[\u4e00-\u9fff、，](?<![元个台辆套人次项名号年月日])$")
_NUMBER_END, _NUMBER_REST = re.compile(r"\d[.,]?$"), re.compile(r"\d[\d,.]*(?:[万亿元%个辆台人次批项])")
_PROSE = re.compile(r"[，。；]")
#: What cannot be parted at a line break: opening marks, a number or one character, closing marks.
_FIRST_WORD = re.compile(r"[（(“‘《]*(?:[0-9A-Za-z.,%+-]+|.)[）)”’》，。；、：,;:%]*")


@dataclass(slots=True)
class PlacedLine:
    """A body line with its page and index there, and how it stands between the margins."""

    page_no: int
    index: int
    line: TextLine
    text: str
    x0: float
    x1: float
    left: float
    right: float
    is_caption: bool = False

    @property
    def is_indented(self) -> bool:
        """Tell whether the line starts well inside the left margin."""
        return self.x0 > self.left + 0.9 * self.line.size

    @property
    def is_centred(self) -> bool:
        """Tell whether both sides are left free by about the same, generous width."""
        free_left, free_right = self.x0 - self.left, self.right - self.x1
        return min(free_left, free_right) > 2.5 * self.line.size and (
            abs(free_left - free_right) < 0.25 * (free_left + free_right)
        )


@dataclass(slots=True)
class Paragraph:
    """Lines that belong together."""

    lines: list[PlacedLine] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The lines' text one after the other."""
        return "".join([placed.text for placed in self.lines])


def place_lines(pages: Sequence[PageText]) -> list[PlacedLine]:
    """Return the body lines of all pages, in order, with the margins they stand between."""
    by_width: dict[int, list[tuple[float, float]]] = {}
    own: dict[int, list[tuple[float, float]]] = {}
    bodies: list[tuple[PageText, int, TextLine, float, float]] = []
    for page in pages:
        for index, (line, role) in enumerate(zip(page.lines, page.roles, strict=True)):
            if role not in {"body", "caption"}:
                continue
            x0, x1 = line.x0, line.x1
            bodies.append((page, index, line, x0, x1))
            if role == "body" and len(line.text) >= _LONG:
                by_width.setdefault(round(page.width), []).append((x0, x1))
                own.setdefault(page.page_no, []).append((x0, x1))
    margins = {
        page.page_no: _margins(page, own.get(page.page_no, []), by_width.get(round(page.width), []))
        for page in pages
    }
    return [
        PlacedLine(
            page.page_no,
            index,
            line,
            line.text,
            x0,
            x1,
            *margins[page.page_no],
            page.roles[index] == "caption",
        )
        for page, index, line, x0, x1 in bodies
    ]


def _margins(
    page: PageText, own: list[tuple[float, float]], others: list[tuple[float, float]]
) -> tuple[float, float]:
    extents = own if len(own) >= _ENOUGH else others
    if not extents:
        return 0.1 * page.width, 0.9 * page.width
    starts = sorted(x0 for x0, _ in extents)
    ends = sorted(x1 for _, x1 in extents)
    left, right = _usual_start(starts), ends[(len(ends) * 3) // 4]
    if len(extents) < _ENOUGH:
        right = max(
            right, page.width - 1.4 * left
        )  # too few lines to tell: as far from the edge as the left one
    return left, right


def _usual_start(starts: list[float]) -> float:
    """Return the leftmost place where several lines begin; one line further out is no margin."""
    wanted = max(2, len(starts) // 12)
    for index, start in enumerate(starts):
        if sum(1 for other in starts[index : index + wanted] if other - start < 4) >= wanted:
            return start
    return starts[0]


def group_paragraphs(
    placed: Sequence[PlacedLine], table_boxes: Mapping[int, Sequence[Box]]
) -> list[Paragraph]:
    """Join lines to paragraphs; a paragraph may run over a page break but never past a table.

    Lines taken for a table's caption are left out unless they carry on an unfinished sentence above them.
    """
    paragraphs: list[Paragraph] = []
    title_size = body_size(placed) + 1.2
    for line in placed:
        if paragraphs and (
            _continues_title(paragraphs[-1], line, title_size) or _joins(paragraphs[-1], line, table_boxes)
        ):
            paragraphs[-1].lines.append(line)
        elif not line.is_caption:
            paragraphs.append(Paragraph([line]))
    return paragraphs


def _joins(paragraph: Paragraph, line: PlacedLine, table_boxes: Mapping[int, Sequence[Box]]) -> bool:
    last = paragraph.lines[-1]
    if line.is_caption and (last.text[-1] in _ENDS or not _PROSE.search(paragraph.text)):
        return False
    if abs(last.line.size - line.line.size) > 1.2 or _is_parted(last, line, table_boxes):
        return False
    if last.is_centred and line.is_centred:
        return False
    ended = last.text[-1] in _ENDS
    carries_on = last.text[-1] in _CARRIES_ON
    is_short = last.right - last.x1 > _first_word_width(line) + 0.8 * line.line.size
    if numbering_of(line.text) is not None and not carries_on and (ended or is_short or line.is_indented):
        return False
    if line.is_indented and not _is_hanging(paragraph, line, ended):
        return not line.is_centred and _breaks_off(paragraph)
    if not is_short:
        return True
    introduces = _INTRODUCES_REASON.search(last.text) is not None
    return (
        carries_on
        or introduces
        or _is_number_broken(last, line)
        or (not ended and _PROSE.search(paragraph.text) is not None)
    )


def _is_number_broken(last: PlacedLine, line: PlacedLine) -> bool:
    """Tell whether a long line ends within a number that the next one goes on with (``9128.7`` / ``4万元``)."""
    return (
        len(last.text) >= _LONG
        and _NUMBER_END.search(last.text) is not None
        and _NUMBER_REST.match(line.text) is not None
    )


def _continues_title(paragraph: Paragraph, line: PlacedLine, title_size: float) -> bool:
    """Tell whether a centred or large line is the next line of the title above it."""
    last = paragraph.lines[-1]
    return (
        ((last.is_centred and line.is_centred) or last.line.size > title_size > 1.2)
        and not line.is_caption
        and last.page_no == line.page_no
        and line.line.top - last.line.bottom < 1.6 * line.line.size
        and last.text[-1] not in _ENDS
        and numbering_of(line.text) is None
        and abs(last.line.size - line.line.size) < 0.2
    )


def _breaks_off(paragraph: Paragraph) -> bool:
    """Tell whether prose ends in the middle of a word: its next line belongs to it however it is set."""
    last = paragraph.lines[-1].text
    return _PROSE.search(paragraph.text) is not None and _MID_WORD.search(last) is not None


def _is_hanging(paragraph: Paragraph, line: PlacedLine, ended: bool) -> bool:
    """Tell whether the line is indented only because the whole paragraph is."""
    last = paragraph.lines[-1]
    return not ended and last.page_no == line.page_no and abs(last.x0 - line.x0) < 0.5 * line.line.size


def _first_word_width(line: PlacedLine) -> float:
    match = _FIRST_WORD.match(line.text)
    count = match.end() if match else 1
    return line.line.char_x1[count - 1] - line.line.char_x0[0]


def _is_parted(last: PlacedLine, line: PlacedLine, table_boxes: Mapping[int, Sequence[Box]]) -> bool:
    """Tell whether a table, an empty page or a wide gap stands between two lines."""
    if last.page_no == line.page_no:
        if line.line.top - last.line.bottom > 2.2 * line.line.size:
            return True
        return any(
            last.line.bottom - 1 <= box.top and box.bottom <= line.line.top + 1
            for box in table_boxes.get(line.page_no, ())
        )
    if line.page_no - last.page_no > 1:
        return True
    return any(box.top > last.line.bottom for box in table_boxes.get(last.page_no, ())) or any(
        box.bottom < line.line.top for box in table_boxes.get(line.page_no, ())
    )


def body_size(placed: Sequence[PlacedLine]) -> float:
    """Return the usual character size of long lines, in points (0 where there are none)."""
    sizes = [item.line.size for item in placed if len(item.text) >= _LONG]
    return median(sizes) if sizes else 0.0
