"""Tables whose outer rules are missing: cells left open at a page break, and tables drawn without side rules.

Where neighbouring rules end at the same place and no rule joins their ends, the missing piece is supposed
there. pdfplumber's semantics find no cell in such a place; whether a supposed piece is kept is decided by
the text that would otherwise be in no cell.
"""

from __future__ import annotations

from itertools import pairwise, product

from extractors.grid import Edge
from extractors.page_objects import Box

_TOLERANCE = 3.0
_SHORTEST = 6.0  # a piece shorter than this encloses no text
_ROW_ALONE = 1.5  # of the height of the row below: a first row without any rule across is no higher


def closing_edges(
    vertical: list[Edge], horizontal: list[Edge], cells: list[Box]
) -> tuple[list[Edge], list[Edge]]:
    """Return the supposed vertical and horizontal pieces that would close open ends of the given edges.

    None of them cuts through one of the ``cells`` that are closed already.
    """
    upright = _closing(horizontal, vertical)
    level = _closing(vertical, horizontal)
    sides, ends = _corners(upright, level, vertical, horizontal)
    return (
        [
            piece
            for piece in upright + sides
            if not any(_crosses(*piece, c.x0, c.x1, c.top, c.bottom) for c in cells)
        ],
        [
            piece
            for piece in level + ends
            if not any(_crosses(*piece, c.top, c.bottom, c.x0, c.x1) for c in cells)
        ],
    )


def _corners(
    upright: list[Edge], level: list[Edge], vertical: list[Edge], horizontal: list[Edge]
) -> tuple[list[Edge], list[Edge]]:
    """Return the pieces that close a corner open on two sides, where a side and an end that close its neighbours meet."""
    sides: list[Edge] = []
    ends: list[Edge] = []
    for (y, *across), (x, *along) in product(level, upright):
        for inner_x, inner_y in product(across, along):
            low, high = sorted((x, inner_x))
            top, bottom = sorted((y, inner_y))
            if min(high - low, bottom - top) < _SHORTEST:
                continue
            if _is_joined(low, high, inner_y, horizontal) and _is_joined(top, bottom, inner_x, vertical):
                sides.append((x, top, bottom))
                ends.append((y, low, high))
    return sides, ends


def _crosses(
    position: float, start: float, end: float, low: float, high: float, first: float, last: float
) -> bool:
    """Tell whether a piece runs inside a cell that reaches from low to high across it and first to last along it."""
    return (
        low + _TOLERANCE < position < high - _TOLERANCE
        and start < last - _TOLERANCE
        and end > first + _TOLERANCE
    )


def _closing(edges: list[Edge], crossing: list[Edge]) -> list[Edge]:
    """Return pieces across ``edges`` that join the ends of neighbours which some crossing edge connects."""
    pieces: list[Edge] = []
    for side in (1, 2):
        by_end = sorted(edges, key=lambda edge: edge[side])
        start = 0
        for index in range(1, len(by_end) + 1):
            if index == len(by_end) or by_end[index][side] - by_end[start][side] > _TOLERANCE:
                pieces.extend(_join_ends(sorted(by_end[start:index]), side, crossing))
                start = index
    return pieces


def _join_ends(group: list[Edge], side: int, crossing: list[Edge]) -> list[Edge]:
    if len(group) < 2:
        return []
    end = sum(edge[side] for edge in group) / len(group)
    pieces = []
    lone = {
        0: group[1:3],
        len(group) - 2: group[-2:-4:-1],
    }  # first and last piece: the rules of the row beside it
    for number, (first, second) in enumerate(pairwise(group)):
        if second[0] - first[0] < _SHORTEST or _is_joined(first[0], second[0], end, crossing):
            continue
        is_crossed = any(_touches(edge, first) and _touches(edge, second) for edge in crossing)
        if is_crossed or (number in lone and _is_row_alone(first, second, lone[number], crossing)):
            pieces.append((end, first[0], second[0]))
    return pieces


def _is_row_alone(first: Edge, second: Edge, beside: list[Edge], crossing: list[Edge]) -> bool:
    """Tell whether two edges of one length enclose a row of one cell at the end of a table of crossed rows.

    ``beside`` are the two edges of the next row of the table.
    """
    if len(beside) < 2 or max(abs(first[1] - second[1]), abs(first[2] - second[2])) > _TOLERANCE:
        return False
    is_low = second[0] - first[0] <= _ROW_ALONE * abs(beside[1][0] - beside[0][0])
    return is_low and any(
        _touches(edge, beside[0])
        and _touches(edge, beside[1])
        and first[1] + _TOLERANCE < edge[0] < first[2] - _TOLERANCE  # the sides of a shade part no cells
        for edge in crossing
    )


def _is_joined(first: float, second: float, end: float, crossing: list[Edge]) -> bool:
    """Tell whether an edge at ``end`` reaches from ``first`` to ``second``."""
    return any(
        abs(position - end) <= _TOLERANCE and start <= first + _TOLERANCE and stop >= second - _TOLERANCE
        for position, start, stop in crossing
    )


def _touches(edge: Edge, other: Edge) -> bool:
    return (
        edge[1] - _TOLERANCE <= other[0] <= edge[2] + _TOLERANCE
        and other[1] - _TOLERANCE <= edge[0] <= other[2] + _TOLERANCE
    )
