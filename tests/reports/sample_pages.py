"""A small real PDF whose every printed text has a known place, and the warehouse rows that describe it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from samples.fonts import FONT_NAME, registered_font

WIDTH, HEIGHT = A4
ROW, LEFT, TOP, SIZE = 24.0, 60.0, 120.0, 10.0
COLUMNS = (0.0, 260.0, 380.0, 475.0)

TABLE = (
    ("项目", "行次", "决算数"),
    ("一般公共预算财政拨款收入", "1", "80.00"),
    ("政府性基金预算财政拨款收入", "2", "22.00"),
    ("本年收入合计", "3", "120.00"),
)
SENTENCES = ("本年收入合计102.00万元，", "比上年增加8.50%。")


@dataclass(frozen=True)
class Printed:
    """One text on a page and its box in points from the top left corner."""

    page: int
    text: str
    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def box(self) -> dict[str, float]:
        return {"x0": self.x0, "top": self.top, "x1": self.x1, "bottom": self.bottom}


@dataclass(frozen=True)
class SamplePages:
    """What is printed: cells by row and column (page 2 and, for a second table, page 3), sentence lines (page 1)."""

    path: Path
    cells: dict[tuple[int, int, int], Printed]  # page, row from 1, column from 1
    lines: tuple[Printed, ...]


def draw_sample(path: Path, rotation: int = 0) -> SamplePages:
    """Draw a three-page disclosure: narrative, then the same small table on two pages."""
    registered_font()
    canvas = Canvas(str(path), pagesize=A4, invariant=1)
    lines = tuple(_draw_line(canvas, 1, number, text) for number, text in enumerate(SENTENCES))
    canvas.showPage()
    cells: dict[tuple[int, int, int], Printed] = {}
    for page in (2, 3):
        if rotation:
            canvas.setPageRotation(rotation)
        for row, texts in enumerate(TABLE):
            for column, text in enumerate(texts):
                cells[page, row + 1, column + 1] = _draw_cell(canvas, page, row, column, text)
        canvas.showPage()
    canvas.save()
    return SamplePages(path, cells, lines)


def _draw_line(canvas: Canvas, page: int, number: int, text: str) -> Printed:
    top = TOP + number * 20
    canvas.setFont(FONT_NAME, SIZE)
    canvas.drawString(LEFT, HEIGHT - top - SIZE, text)
    width = canvas.stringWidth(text, FONT_NAME, SIZE)
    return Printed(page, text, LEFT, top, LEFT + width, top + SIZE + 2)


def _draw_cell(canvas: Canvas, page: int, row: int, column: int, text: str) -> Printed:
    x0, x1 = LEFT + COLUMNS[column], LEFT + COLUMNS[column + 1]
    top, bottom = TOP + row * ROW, TOP + (row + 1) * ROW
    canvas.setFont(FONT_NAME, SIZE)
    canvas.rect(x0, HEIGHT - bottom, x1 - x0, ROW)
    canvas.drawString(x0 + 4, HEIGHT - bottom + 8, text)
    return Printed(page, text, x0, top, x1, bottom)
