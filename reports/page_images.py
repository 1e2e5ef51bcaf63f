"""Pictures of the pages that evidence stands on, and annotated copies, made by worker processes."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import TimeoutError as FutureTimeoutError
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
from pebble import ProcessPool
from PIL import Image

from reports.annotated_pdf import Mark, annotate_pdf

#: Pixels a point; 120 dots an inch read well on a screen and on paper.
SCALE = 120 / 72

#: A picture has sixteen greys: a third of the bytes, and print is black on white.
_SIXTEEN_GREYS = bytes(value >> 4 for value in range(256))
_GREY_PALETTE = [17 * grey for grey in range(16) for _ in range(3)]

#: zlib's strategy for pictures of few colours: faster than the usual one, and no larger.
_RUN_LENGTHS = 3

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
    picture = Image.frombytes("P", grey.size, grey.tobytes().translate(_SIXTEEN_GREYS))
    picture.putpalette(_GREY_PALETTE)
    return picture, width, height


@dataclass(frozen=True, slots=True)
class DocumentJob:
    """What is to be made of one document: pictures of some pages, and an annotated copy."""

    document_id: str
    source: str
    pages: tuple[int, ...]
    marks: tuple[Mark, ...] = ()

    @property
    def annotated_name(self) -> str:
        """Name of the annotated copy: another one as soon as a mark changes, so that it can be taken over."""
        digest = hashlib.sha256(repr(self.marks).encode("utf-8", "replace")).hexdigest()[:8]
        return f"{self.document_id}-{digest}.pdf"


@dataclass(frozen=True, slots=True)
class DocumentPictures:
    """What could be made: pictures by page, and the annotated copy's name (None where it failed or is not needed)."""

    images: dict[int, PageImage]
    annotated: str | None


def draw_document(job: DocumentJob, pages_folder: str, annotated_folder: str) -> DocumentPictures:
    """Write pictures and the annotated copy; pages that do not exist or cannot be drawn are left out."""
    images: dict[int, PageImage] = {}
    with pdfium.PdfDocument(job.source) as document:
        for page in job.pages:
            if 1 <= page <= len(document):
                images[page] = _write_page(document, Path(pages_folder), job.document_id, page)
    if not job.marks:
        return DocumentPictures(images, None)
    target = Path(annotated_folder) / job.annotated_name
    if not target.exists():
        annotate_pdf(Path(job.source), target, job.marks)
    return DocumentPictures(images, target.name)


def _write_page(document: Any, folder: Path, document_id: str, page: int) -> PageImage:
    target = folder / image_name(document_id, page)
    if target.exists():  # carried over from the last site: only the size is needed
        width, height = document[page - 1].get_size()
        return PageImage(target.name, width, height)
    picture, width, height = render_page(document, page)
    staged = target.with_suffix(".part")
    picture.save(staged, format="PNG", bits=4, compress_type=_RUN_LENGTHS)
    staged.replace(target)
    return PageImage(target.name, width, height)


@contextmanager
def drawing(
    jobs: Sequence[DocumentJob], pages_folder: Path, annotated_folder: Path, workers: int
) -> Iterator[Callable[[], dict[str, DocumentPictures]]]:
    """Draw all documents with worker processes while the caller does other things.

    Yields a function that waits for the rest and returns what was made, by document id. PDFium runs in processes
    of its own with a time limit: a document that crashes or hangs it costs its own pictures only.
    """
    for folder in (pages_folder, annotated_folder):
        folder.mkdir(parents=True, exist_ok=True)
    if not jobs:
        yield dict
        return
    folders = [os.fspath(pages_folder), os.fspath(annotated_folder)]
    context = multiprocessing.get_context("spawn")
    with ProcessPool(max_workers=max(1, min(workers, len(jobs))), context=context) as pool:
        futures = [pool.schedule(draw_document, args=[job, *folders], timeout=_TIMEOUT) for job in jobs]
        try:
            yield lambda: {
                job.document_id: _collected(future) for job, future in zip(jobs, futures, strict=True)
            }
        except BaseException:
            pool.stop()  # type: ignore[no-untyped-call]
            raise


def _collected(future: Any) -> DocumentPictures:
    try:
        pictures: DocumentPictures = future.result()
    except (pdfium.PdfiumError, OSError, ValueError, FutureTimeoutError, RuntimeError, MemoryError):
        return DocumentPictures({}, None)  # the finding page says that there is no picture
    return pictures
