"""The table finder against pdfplumber's own, on arbitrary rules."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pdfplumber.table import (
    cells_to_tables,
    edges_to_intersections,
    intersections_to_cells,
    merge_edges,
    snap_edges,
)

from extractors import grid
from extractors.grid import Edge, find_cells, group_cells
from extractors.limits import PageLimitError
from extractors.page_objects import Box

POSITIONS = st.integers(0, 12).map(lambda n: float(n * 7))
JITTER = st.sampled_from([0.0, 0.5, 1.0, 2.0])


@st.composite
def edges(draw: st.DrawFn) -> list[Edge]:
    start, end = sorted((draw(POSITIONS), draw(POSITIONS)))
    return [(draw(POSITIONS) + draw(JITTER), start, end + draw(JITTER))]


RULES = st.lists(edges(), min_size=2, max_size=25).map(
    lambda lists: [edge for item in lists for edge in item]
)


def reference_edges(vertical: list[Edge], horizontal: list[Edge]) -> list[dict[str, object]]:
    upright = [
        {
            "x0": x,
            "x1": x,
            "top": a,
            "bottom": b,
            "width": 0,
            "height": b - a,
            "orientation": "v",
            "doctop": a,
        }
        for x, a, b in vertical
        if b - a >= 1
    ]
    level = [
        {
            "x0": a,
            "x1": b,
            "top": y,
            "bottom": y,
            "width": b - a,
            "height": 0,
            "orientation": "h",
            "doctop": y,
        }
        for y, a, b in horizontal
        if b - a >= 1
    ]
    snapped = snap_edges(upright + level, 3, 3)
    for edge in snapped:  # pdfplumber compares means of floats for equality; so that it can, they are rounded
        edge.update({key: round(edge[key], 6) for key in ("x0", "x1", "top", "bottom")})
    merged = merge_edges(snapped, 0, 0, 3, 3)
    return [e for e in merged if e["height" if e["orientation"] == "v" else "width"] >= 3]


def rounded(boxes: list[tuple[float, float, float, float]]) -> list[tuple[float, ...]]:
    return sorted(tuple(round(value, 4) for value in box) for box in boxes)


@settings(max_examples=300, deadline=None)
@given(vertical=RULES, horizontal=RULES)
def test_cells_and_tables_are_those_of_pdfplumber(vertical: list[Edge], horizontal: list[Edge]) -> None:
    expected_edges = reference_edges(vertical, horizontal)
    expected_cells = intersections_to_cells(edges_to_intersections(expected_edges, 3, 3))
    cells = find_cells(grid.merge_edges(vertical), grid.merge_edges(horizontal), 10_000)
    assert rounded([(c.x0, c.top, c.x1, c.bottom) for c in cells]) == rounded(expected_cells)
    expected_tables = cells_to_tables(expected_cells) if expected_cells else []
    tables = group_cells(cells)
    assert [len(table) for table in tables] == [len(table) for table in expected_tables]


def test_more_crossings_than_allowed_are_refused() -> None:
    lines = [(float(10 * n), 0.0, 1000.0) for n in range(60)]
    with pytest.raises(PageLimitError, match="3600"):
        find_cells(lines, lines, 3_000)


def test_ten_thousand_cells_are_found_at_once() -> None:
    lines = [(float(5 * n), 0.0, 1000.0) for n in range(101)]
    assert len(find_cells(lines, lines, 50_000)) == 10_000


def test_single_box_is_no_table() -> None:
    assert group_cells([Box(0, 0, 10, 10)]) == []
