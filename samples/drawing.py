"""What is drawn on a sample page (origin top left, points), and writing it as a PDF."""

from __future__ import annotations

import io
from dataclasses import dataclass, field

from reportlab.pdfgen.canvas import Canvas

from samples.fonts import FONT_NAME, registered_font

A4 = (595.28, 841.89)


@dataclass(frozen=True, slots=True)
class TextRun:
    """A piece of text: left edge and baseline in points, size, and how bold it is made (none, stroke, double)."""

    x: float
    baseline: float
    size: float
    text: str
    bold: str = "none"


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A straight horizontal or vertical rule, drawn as a stroke or as a thin filled rectangle."""

    x0: float
    top: float
    x1: float
    bottom: float
    as_rect: bool = False


@dataclass(frozen=True, slots=True)
class Fill:
    """A filled rectangle without an outline, from 0 (black) to 1 (white), drawn below everything else."""

    x0: float
    top: float
    x1: float
    bottom: float
    grey: float


@dataclass(slots=True)
class PageDrawing:
    """One page as seen; ``rotate`` stores it as a portrait page with /Rotate 90."""

    width: float
    height: float
    rotate: bool = False
    runs: list[TextRun] = field(default_factory=list)
    watermark: str = ""
    rules: list[RuleLine] = field(default_factory=list)
    fills: list[Fill] = field(default_factory=list)


def _draw_text(canvas: Canvas, run: TextRun, height: float) -> None:
    shifts = (0.0, 0.4) if run.bold == "double" else (0.0,)
    if run.bold == "stroke":
        canvas.saveState()
        canvas.setLineWidth(run.size / 40)
    for shift in shifts:
        text = canvas.beginText(run.x + shift, height - run.baseline)
        text.setFont(FONT_NAME, run.size)
        if run.bold == "stroke":
            text.setTextRenderMode(2)
        text.textOut(run.text)
        canvas.drawText(text)
    if run.bold == "stroke":
        canvas.restoreState()


def _draw_page(canvas: Canvas, page: PageDrawing) -> None:
    if page.rotate:
        canvas.setPageRotation(90)
        canvas.setPageSize((page.width, page.height))  # as seen: reportlab swaps the sides of a turned page
        canvas.transform(0, 1, -1, 0, page.height, 0)
    else:
        canvas.setPageSize((page.width, page.height))
        canvas.setPageRotation(0)
    canvas.setLineWidth(0.5)
    if page.watermark:
        _draw_watermark(canvas, page)
    for fill in page.fills:
        canvas.setFillGray(fill.grey)
        canvas.rect(
            fill.x0, page.height - fill.bottom, fill.x1 - fill.x0, fill.bottom - fill.top, stroke=0, fill=1
        )
    if page.fills:
        canvas.setFillGray(0)
    for rule in page.rules:
        if rule.as_rect:
            width, height = max(rule.x1 - rule.x0, 0.6), max(rule.bottom - rule.top, 0.6)
            canvas.rect(rule.x0, page.height - rule.top - height, width, height, stroke=0, fill=1)
        else:
            canvas.line(rule.x0, page.height - rule.top, rule.x1, page.height - rule.bottom)
    for run in page.runs:
        _draw_text(canvas, run, page.height)
    canvas.showPage()


def _draw_watermark(canvas: Canvas, page: PageDrawing) -> None:
    """Print the page's watermark aslant over its middle, light grey."""
    canvas.saveState()
    canvas.setFillGray(0.8)
    canvas.translate(page.width / 2, page.height / 2)
    canvas.rotate(40)
    canvas.setFont(FONT_NAME, 60)
    for step in (-160, 0, 160):
        canvas.drawCentredString(0, step, page.watermark)
    canvas.restoreState()


def write_pdf(pages: list[PageDrawing], title: str, author: str) -> bytes:
    """Return the PDF of the pages: same pages, same bytes (no dates, no random ids)."""
    registered_font()
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=1, pageCompression=1, initialFontName=FONT_NAME)
    canvas.setTitle(title)
    canvas.setAuthor(author)
    canvas.setCreator("samples.district")
    for page in pages:
        _draw_page(canvas, page)
    canvas.save()
    return buffer.getvalue()
