"""Heading rows of columns given as paths: equal headings beside each other become one cell."""

from __future__ import annotations

from collections.abc import Sequence

from samples.tables import Cell

Path = tuple[str, ...]


def heading_rows(paths: Sequence[Path]) -> list[list[Cell]]:
    """Return the heading rows of the columns; a short path's last heading reaches down to the last row."""
    depth = max(len(path) for path in paths)
    rows: list[list[Cell]] = []
    for level in range(depth):
        row: list[Cell] = []
        column = 0
        while column < len(paths):
            path = paths[column]
            if level >= len(path):
                column += 1
                continue
            width = _width(paths, column, level)
            is_last = level == len(path) - 1
            row.append(Cell(path[level], width, depth - level if is_last else 1, "center"))
            column += width
        rows.append(row)
    return rows


def _width(paths: Sequence[Path], column: int, level: int) -> int:
    """Return over how many columns a heading stretches: neighbours with the same headings down to it, and more below."""
    path = paths[column]
    width = 1
    while column + width < len(paths):
        other = paths[column + width]
        same = other[: level + 1] == path[: level + 1]
        if not same or min(len(other), len(path)) <= level + 1:
            break
        width += 1
    return width
