"""Sheets of tables without upright rules for the tests: titles, headings and rows set by their places."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from extractors.document import extract_document
from tests.extractors.drawing import FONT, Sheet, rows_of

EDGES = [60.0, 180.0, 250.0, 320.0, 390.0, 460.0, 530.0]


def titled(title: str = "收入支出决算总表") -> Sheet:
    sheet = Sheet()
    sheet.text(220, 100, title, 16)
    sheet.text(450, 125, "金额单位：万元")
    return sheet


def centred(sheet: Sheet, x0: float, x1: float, top: float, text: str, size: float = 10.0) -> None:
    width = sheet.canvas.stringWidth(text, FONT, size)
    sheet.text((x0 + x1 - width) / 2, top, text, size)


def headings(
    sheet: Sheet, top: float, texts: Sequence[str], edges: Sequence[float] = tuple(EDGES), size: float = 10.0
) -> None:
    for left, right, text in zip(edges, edges[1:], texts, strict=False):
        centred(sheet, left, right, top, text, size)


def amounts(sheet: Sheet, top: float, texts: Sequence[str], edges: Sequence[float] = tuple(EDGES)) -> None:
    """Names at the left edge of their cells, amounts at the right."""
    for left, right, text in zip(edges, edges[1:], texts, strict=False):
        if text[:1].isdigit() or text[:1] in "-—":
            sheet.right(right - 5, top, text)
        elif text:
            sheet.text(left + 5, top, text)


def read(sheet: Sheet, path: Path, table_no: int = 1) -> list[list[str | None]]:
    return rows_of(extract_document(sheet.save(path / "a.pdf")), table_no)
