"""A cell in its place in a logical table."""

from __future__ import annotations

from dataclasses import dataclass

from extractors.page_objects import Box


@dataclass(slots=True)
class PlacedCell:
    """A cell of a logical table; rows and columns count from 0."""

    page_no: int
    row: int
    column: int
    row_span: int
    column_span: int
    lines: list[str]
    line_boxes: list[Box]
    box: Box
    size: float
    confidence: float | None
    method: str = "text"

    @property
    def text(self) -> str:
        """The printed lines joined with line feeds."""
        return "\n".join(self.lines)
