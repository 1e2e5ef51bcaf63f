"""Small PDFs drawn for one trap each: tables with a corner at the top left, in points."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from pathlib import Path

import polars as pl
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from extractors.frames import Extraction
from samples.fonts import registered_font

FONT = "STSong-Light"
WIDTH, HEIGHT = 595.0, 842.0
#: A table of three columns: its edges, the same with one moved, and its rows.
XS = [60.0, 240.0, 330.0, 420.0]
XS_CUT = [60.0, 228.0, 330.0, 420.0]
YS = [150.0, 170.0, 190.0, 210.0]
ROWS = [
    ["项目", "预算数", "决算数"],
    ["一、教育支出", "1,234.50", "1,200.00"],
    ["合计", "1,234.50", "1,200.00"],
]
LONG = [
    ROWS[0],
    *[[f"{mark}、某项支出", f"1,00{n}.50", f"{n}.25"] for n, mark in enumerate("一二三四")],
    ROWS[2],
]
pdfmetrics.registerFont(UnicodeCIDFont(FONT))  # not embedded: extraction must not need it


def embedded_font() -> str:
    """Return the name of a font that the PDF brings along, for pages that are drawn as pictures."""
    return registered_font().fontName


class Sheet:
    """A PDF in the making; y is measured from the top of the page."""

    def __init__(
        self, width: float = WIDTH, height: float = HEIGHT, page_compression: int = 0, font: str = FONT
    ) -> None:
        self._file = io.BytesIO()
        self.font = font
        self.width, self.height = width, height
        self.canvas = Canvas(self._file, (width, height), pageCompression=page_compression, invariant=1)

    def text(self, x: float, top: float, text: str, size: float = 10.0) -> None:
        """Write text with its left end at x and its upper edge near ``top``."""
        self.canvas.setFont(self.font, size)
        self.canvas.drawString(x, self.height - top - 0.86 * size, text)

    def right(self, x: float, top: float, text: str, size: float = 10.0) -> None:
        """Write text that ends at x."""
        self.canvas.setFont(self.font, size)
        self.canvas.drawRightString(x, self.height - top - 0.86 * size, text)

    def line(self, x0: float, top: float, x1: float, bottom: float) -> None:
        """Stroke a rule."""
        self.canvas.setLineWidth(0.5)
        self.canvas.line(x0, self.height - top, x1, self.height - bottom)

    def bar(self, x0: float, top: float, x1: float, bottom: float) -> None:
        """Fill a thin black rectangle, as Word draws rules."""
        self.canvas.setFillGray(0)
        self.canvas.rect(x0, self.height - bottom, x1 - x0, bottom - top, stroke=0, fill=1)

    def shade(self, x0: float, top: float, x1: float, bottom: float, grey: float = 1.0) -> None:
        """Fill a rectangle without a stroke."""
        self.canvas.setFillGray(grey)
        self.canvas.rect(x0, self.height - bottom, x1 - x0, bottom - top, stroke=0, fill=1)
        self.canvas.setFillGray(0)

    def rules(
        self,
        xs: Sequence[float],
        ys: Sequence[float],
        draw: Callable[[float, float, float, float], None] | None = None,
    ) -> None:
        """Draw all rules of a regular grid, as lines unless ``draw`` says otherwise."""
        draw = draw or self.line
        for x in xs:
            draw(x, ys[0], x, ys[-1]) if draw == self.line else draw(x - 0.25, ys[0], x + 0.25, ys[-1])
        for y in ys:
            draw(xs[0], y, xs[-1], y) if draw == self.line else draw(xs[0], y - 0.25, xs[-1], y + 0.25)

    def fill(self, xs: Sequence[float], ys: Sequence[float], rows: Sequence[Sequence[str]]) -> None:
        """Write one text into each cell; numbers at the right edge."""
        for top, row in zip(ys, rows, strict=False):
            for left, right, text in zip(xs, xs[1:], row, strict=False):
                if text[:1].isdigit():
                    self.right(right - 3, top + 4, text)
                elif text:
                    self.text(left + 3, top + 4, text)

    def table(self, xs: Sequence[float], ys: Sequence[float], rows: Sequence[Sequence[str]]) -> None:
        """Draw a ruled table."""
        self.rules(xs, ys)
        self.fill(xs, ys, rows)

    def next_page(self) -> None:
        """Start another page."""
        self.canvas.showPage()

    def save(self, path: Path) -> Path:
        """Write the PDF to ``path``."""
        self.canvas.save()
        path.write_bytes(self._file.getvalue())
        return path


def rows_of(extraction: Extraction, table_no: int = 1) -> list[list[str | None]]:
    """Return a table as rows of raw text, None where a merged cell covers the place."""
    table = extraction.table.filter(pl.col("table_no") == table_no).row(0, named=True)
    rows: list[list[str | None]] = [[None] * table["column_count"] for _ in range(table["row_count"])]
    for cell in extraction.cell.filter(pl.col("table_no") == table_no).iter_rows(named=True):
        rows[cell["row_no"] - 1][cell["column_no"] - 1] = cell["raw_text"]
    return rows


def titled_sheet(width: float = WIDTH, height: float = HEIGHT) -> Sheet:
    """Return a page with the title, publisher and unit of a statement."""
    sheet = Sheet(width, height)
    sheet.text(200, 90, "收入支出决算总表", 16)
    sheet.text(60, 120, "部门：某某局")
    sheet.text(340, 120, "金额单位：万元")
    return sheet
