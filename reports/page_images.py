"""Pictures of the pages that evidence stands on."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import TimeoutError as FutureTimeoutError
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
from pebble import ProcessPool
from PIL import Image

#: Pixels a point; 120 dots an inch read well on a screen and on paper.
SCALE = 120 / 72

#: A picture has sixteen greys: a third of the bytes, and print is black on white.
_SIXTEEN_GREYS = [value >> 4 for value in range(256)]
_GREY_PALETTE = [17 * grey for grey in range(16) for _ in range(3)]

#: The longest side of a picture in pixels; a poster-sized page is shown smaller.
_MOST_PIXELS = 4000

#: Seconds one document may take before it is left without pictures.
_TIMEOUT = 120.0

DocumentFile = Callable[[str], Path | None]


@dataclass(frozen=True, slots=True)
class PageImage:
    """A picture below the site's folder, and the size in points of the page it shows."""

    name: str
    width: float
    height: float


def image_name(document_id: str, page: int) -> str:
    """Return the file name of a page's picture: the same bytes for the same document, in every build."""
    return f"{document_id}-p{page:03d}.png"


def render_page(document: Any, page: int) -> tuple[Image.Image, float, float]:
    """Return a page's picture and its size in points; raises ``pdfium.PdfiumError`` if unreadable."""
    opened = document[page - 1]
    width, height = opened.get_size()
    scale = min(SCALE, _MOST_PIXELS / max(width, height, 1.0))
    grey = opened.render(scale=scale, grayscale=True, may_draw_forms=False).to_pil()
    picture = Image.frombytes("P", grey.size, grey.point(_SIXTEEN_GREYS).tobytes())
    picture.putpalette(_GREY_PALETTE)
    return picture, width, height


def render_document(source: str, folder: str, document_id: str, pages: list[int]) -> dict[int, PageImage]:
    """Write the pictures of some pages; pages that do not exist or cannot be drawn are left out."""
    images: dict[int, PageImage] = {}
    with pdfium.PdfDocument(source) as document:
        for page in pages:
            if not 1 <= page <= len(document):
                continue
            images[page] = _write_page(document, Path(folder), document_id, page)
    return images


def _write_page(document: Any, folder: Path, document_id: str, page: int) -> PageImage:
    target = folder / image_name(document_id, page)
    if target.exists():  # carried over from the last site: only the size is needed
        width, height = document[page - 1].get_size()
        return PageImage(target.name, width, height)
    picture, width, height = render_page(document, page)
    staged = target.with_suffix(".part")
    picture.save(staged, format="PNG", bits=4, compress_level=2)
    staged.replace(target)
    return PageImage(target.name, width, height)


def render_pages(
    pages: Mapping[str, Iterable[int]], document_file: DocumentFile, folder: Path, workers: int
) -> dict[tuple[str, int], PageImage]:
    """Write all pictures with worker processes; return them by document and page.

    PDFium runs in processes of its own with a time limit: a document that crashes or hangs it costs its own
    pictures only.
    """
    folder.mkdir(parents=True, exist_ok=True)
    sources = {document_id: document_file(document_id) for document_id in sorted(pages)}
    jobs = [(source, one, sorted(pages[one])) for one, source in sources.items() if source is not None]
    if not jobs:
        return {}
    context = multiprocessing.get_context("spawn")
    images: dict[tuple[str, int], PageImage] = {}
    with ProcessPool(max_workers=max(1, min(workers, len(jobs))), context=context) as pool:
        futures = {
            document_id: pool.schedule(
                render_document,
                args=[os.fspath(source), os.fspath(folder), document_id, wanted],
                timeout=_TIMEOUT,
            )
            for source, document_id, wanted in jobs
        }
        for document_id, future in futures.items():
            images.update(_collected(document_id, future))
    return images


def _collected(document_id: str, future: Any) -> dict[tuple[str, int], PageImage]:
    try:
        result: dict[int, PageImage] = future.result()
    except (pdfium.PdfiumError, OSError, ValueError, FutureTimeoutError, RuntimeError):
        return {}  # the finding page says that there is no picture
    return {(document_id, page): image for page, image in result.items()}
