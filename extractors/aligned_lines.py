"""Printed lines cut into the pieces that stand close together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from extractors.cell_text import group_lines
from extractors.page_objects import Chars
from extractors.printed_number import fold
from extractors.text_runs import Run, find_runs

_PROSE = re.compile(r"[。；;！？]|[.…·．]{4,}")
_AMOUNT = re.compile(r"[-+−－]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?%?")
_COUNTING = frozenset({"栏次", "栏目", "行次", "项目"})
_CODE_LEVELS = frozenset({"类", "款", "项"})  # beside 栏次 in the columns of the codes
_NUMBER = re.compile(r"[-+−－]?[\d,]+(?:\.\d+)?%?|[-—–－]+|\([\d,.]+\)|无|…+|\.{3}|\.{6}|/")
_SEGMENT_GAP = 0.9  # of the size: wider gaps separate cells
_NUMBER_GAP, _LETTER_GAP = 0.15, 8.0  # of the size: between two numbers, and within a word set wide
_AMOUNT_GAP = 0.3  # between an amount and the name in the next cell, or the name before it
_CLEARLY_AMOUNT = re.compile(r"-?(?:\d[\d,]*\.\d+|\d{1,3}(?:,\d{3})+)")
_ITEM_NUMBER = re.compile(r"[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\)")
_FIGURE = re.compile(r"-?\d[\d,]*(?:\.\d+)?|无|[-—–－]+|(?:\.{3}){1,2}")
_SPACED = frozenset({"合计", "总计", "小计", "项目", "收入", "支出", "金额", "栏次", "行次", "科目"})
_CENTRED = 4.0  # points, twice the distance of the middles
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
        if others and others[-1] in _COUNTING:
            others = [text for text in others if text not in _CODE_LEVELS]
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

    Headings may stand so close that nothing but the columns below tells them apart. Single letters set apart stay one,
    unless each stands in the middle of a column of its own (类 款 项).
    """
    segments = []
    for segment in line.segments:
        pieces = segment.pieces
        below = [_over(piece, columns) for piece in pieces]
        is_cut = (
            len(pieces) > 1
            and all(len(found) == 1 for found in below)
            and all(
                len(piece.text) > 1 or _is_centred(piece, columns[found[0]])
                for piece, found in zip(pieces, below, strict=True)
            )
            and all(before != after for before, after in pairwise(below))
        )
        segments += pieces if is_cut else [segment]
    return Line(line.top, line.bottom, line.size, segments)


def _is_centred(piece: Segment, column: tuple[float, float]) -> bool:
    return abs(piece.x0 + piece.x1 - sum(column)) < _CENTRED


def _over(piece: Segment, columns: list[tuple[float, float]]) -> list[int]:
    return [number for number, (x0, x1) in enumerate(columns) if piece.x0 < x1 and x0 < piece.x1]


def with_columns_apart(lines: list[Line]) -> list[Line]:
    """Return the lines of a body with numbers cut from the texts they nearly touch where other rows show a column.

    Where codes stand in the middle of their cells, the longest nearly touch the names; where columns are as wide as their
    longest name, that name nearly touches the number or dash of the next column.
    """
    pairs = [pair for line in lines for pair in pairwise(line.segments)]
    starts = [after.x0 for before, after in pairs if before.is_number or after.is_number]
    ends = [after.x1 for _, after in pairs if after.is_number]
    if not starts:
        return lines
    return [
        Line(
            line.top,
            line.bottom,
            line.size,
            [part for segment in line.segments for part in _parts_at(segment, starts, ends)],
        )
        for line in lines
    ]


def _parts_at(segment: Segment, starts: list[float], ends: list[float]) -> list[Segment]:
    """Cut a segment before the pieces that begin or end a column, where a number stands on either side of the cut."""
    parts: list[list[Segment]] = []
    for piece in segment.pieces:
        before = parts[-1][-1] if parts else None
        is_cut = before is not None and (
            ((before.is_number or piece.is_number) and _is_shown(piece.x0, starts))
            or (piece.is_number and _is_shown(piece.x1, ends))
        )
        if before is None or is_cut:
            parts.append([piece])
        else:
            parts[-1].append(piece)
    return [_joined(part) for part in parts] if len(parts) > 1 else [segment]


def _is_shown(x: float, places: list[float]) -> bool:
    return any(abs(x - place) <= 1 for place in places)


def _joined(pieces: list[Segment]) -> Segment:
    text = "".join(piece.text for piece in pieces)
    return pieces[0] if len(pieces) == 1 else _spanning(text, pieces, pieces)


def lines_of_text(chars: Chars, column_edges: Sequence[float] = ()) -> list[Line]:
    """Cut the characters of a page, of which there is at least one, into lines and these into segments.

    Where the edges of columns are known, they part segments too.
    """
    lines = []
    for runs in group_lines(find_runs(chars, list(column_edges))):
        runs.sort(key=lambda run: run.x0)
        line = Line(min(r.top for r in runs), max(r.bottom for r in runs), max(r.size for r in runs))
        current = [runs[0]]
        for before, run in pairwise(runs):
            is_parted = any(before.x1 - 1 <= x <= run.x0 + 1 for x in column_edges)
            if is_parted or _parts_cells(before, run):
                line.segments.append(_segment(current))
                current = []
            current.append(run)
        line.segments.append(_segment(current))
        lines.append(line)
    return lines


def _parts_cells(before: Run, run: Run) -> bool:
    """Tell whether a gap separates two cells: numbers may stand close, the two letters of 合　　计 far apart."""
    gap = (run.x0 - before.x1) / before.size
    texts = fold(before.text), fold(run.text)
    if all(len(text) == 1 and not text.isascii() for text in texts) and "".join(texts) in _SPACED:
        return gap > _LETTER_GAP
    if all(_FIGURE.fullmatch(text) for text in texts):
        return gap > _NUMBER_GAP or not texts[0][0].isdigit()
    if _CLEARLY_AMOUNT.fullmatch(texts[0]) and _ITEM_NUMBER.match(texts[1]):
        return True  # 1,914.90 and 一、一般公共服务支出 of the other side: no text of one cell
    return gap > (_AMOUNT_GAP if any(map(_CLEARLY_AMOUNT.fullmatch, texts)) else _SEGMENT_GAP)


def _segment(runs: list[Run]) -> Segment:
    text = fold("".join(run.text for run in runs))
    return _spanning(text, runs, [_segment([run]) for run in runs] if len(runs) > 1 else [])


def _spanning(text: str, parts: Sequence[Run | Segment], pieces: list[Segment]) -> Segment:
    return Segment(
        text,
        parts[0].x0,
        max(part.x1 for part in parts),
        bool(_NUMBER.fullmatch(text)),
        min(part.top for part in parts),
        max(part.bottom for part in parts),
        pieces,
    )
