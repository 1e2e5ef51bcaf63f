"""Pictures of the pages that evidence stands on, and annotated copies, made by worker processes."""

from __future__ import annotations

import ctypes
import hashlib
import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import TimeoutError as FutureTimeoutError
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2 as pdfium
from pebble import ProcessPool
from PIL import Image

from reports.annotated_pdf import AnnotatedCopy, Mark, by_page
from reports.grey_png import Pixels, encode_png
from reports.page_fonts import use_packaged_font
from reports.processes import collect_seldom, end_with_parent

#: Pixels a point; 120 dots an inch read well on a screen and on paper.
SCALE = 120 / 72

#: Bits a pixel: print is black on white and reads well in four greys; scans and photographs get sixteen.
_PRINT_BITS, _PHOTO_BITS = 2, 4

#: A page with a larger share of neither dark nor light pixels than this is a scan or a photograph.
_PHOTO_SHARE, _DARK, _LIGHT = 0.12, 48, 208

#: Every so many rows are looked at for it, whole ones: scattered pixels take ten times as long to fetch.
_SAMPLED_ROWS = 7

#: The longest side of a picture in pixels; a poster-sized page is shown smaller.
_MOST_PIXELS = 4000

#: Under which a picture keeps the size of its page in points.
_SIZE_KEY = "page-size"

#: Seconds one document may take before it is left without pictures.
_TIMEOUT = 120.0

DocumentFile = Callable[[str], Path | None]


@dataclass(frozen=True, slots=True)
class PageImage:
    """A picture below the site's folder, and the size in points of the page it shows."""

    name: str
    width: float
    height: float


def image_name(document_id: str, page: int, rotation: int = 0) -> str:
    """Return the file name of a page's picture: the same bytes for the same document and rotation, in every build."""
    return f"{document_id}-p{page:03d}{f'-r{rotation}' if rotation else ''}.png"


def render_page(page: Any) -> tuple[Pixels, int]:
    """Return an opened page in 256 greys and the bits a pixel it should keep; raises ``pdfium.PdfiumError``."""
    scale = min(SCALE, _MOST_PIXELS / max(*page.get_size(), 1.0))
    bitmap = page.render(scale=scale, grayscale=True, may_draw_forms=False, bitmap_maker=_bitmap)
    grey = bitmap.to_numpy().reshape(bitmap.height, bitmap.width)
    return grey, _PHOTO_BITS if _is_photograph(grey) else _PRINT_BITS


def _bitmap(width: int, height: int, **options: Any) -> pdfium.PdfBitmap:
    """Return a bitmap in the memory of the last one: a picture is written before the next page is drawn."""
    return pdfium.PdfBitmap.new_native(width, height, buffer=_bitmap_memory(), **options)


@cache
def _bitmap_memory() -> Any:
    """Memory for the largest bitmap in greys; the system gives it page by page, as it is first used."""
    return (ctypes.c_ubyte * (_MOST_PIXELS + 1) ** 2)()


def _is_photograph(grey: Pixels) -> bool:
    sample = grey[::_SAMPLED_ROWS] - np.uint8(_DARK)  # what is darker wraps around to the lightest
    between = np.count_nonzero(sample < _LIGHT - _DARK)
    return bool(between > _PHOTO_SHARE * sample.size)


@dataclass(frozen=True, slots=True)
class DocumentJob:
    """What is to be made of one document: pictures of some pages, and an annotated copy."""

    document_id: str
    source: str
    pages: tuple[int, ...]
    marks: tuple[Mark, ...] = ()
    rotations: tuple[
        tuple[int, int], ...
    ] = ()  # page, and degrees clockwise by which it was turned to be read

    @property
    def annotated_name(self) -> str:
        """Name of the annotated copy: another one as soon as a mark changes, so that it can be taken over."""
        drawn = repr((self.marks, self.rotations))
        digest = hashlib.sha256(drawn.encode("utf-8", "replace")).hexdigest()[:8]
        return f"{self.document_id}-{digest}.pdf"

    def image_name(self, page: int) -> str:
        """Name of a page's picture."""
        return image_name(self.document_id, page, dict(self.rotations).get(page, 0))


@dataclass(frozen=True, slots=True)
class DocumentPictures:
    """What could be made: pictures by page, and the annotated copy's name (None where it failed or is not needed)."""

    images: dict[int, PageImage]
    annotated: str | None


def draw_document(job: DocumentJob, pages_folder: str, annotated_folder: str) -> DocumentPictures:
    """Write pictures and the annotated copy; pages that do not exist or cannot be drawn are left out.

    Every page is opened once, drawn and then marked.
    """
    images = {
        page: image for page in job.pages if (image := read_image(Path(pages_folder) / job.image_name(page)))
    }
    missing = {page for page in job.pages if page not in images}
    target = Path(annotated_folder) / job.annotated_name if job.marks else None
    copy = AnnotatedCopy(Path(job.source), target) if target and not target.exists() else None
    if not missing and copy is None:
        return DocumentPictures(images, target.name if target else None)
    marks, rotations = by_page(job.marks) if copy else {}, dict(job.rotations)
    with pdfium.PdfDocument(job.source) as document:
        for number in sorted({*missing, *marks}):
            if not 1 <= number <= len(document):
                continue
            page = document[number - 1]
            if rotations.get(number, page.get_rotation()) != page.get_rotation():
                page.set_rotation(rotations[number])  # boxes are those of the page the right way up
            if number in missing:
                images[number] = _write_page(page, Path(pages_folder) / job.image_name(number))
            if copy:
                copy.mark(document, page, marks.get(number, ()))
        if copy:
            copy.save(document)
    return DocumentPictures(images, target.name if target and target.exists() else None)


def read_image(path: Path) -> PageImage | None:
    """Return a picture that is already there, with the page's size as it was written into it; else None."""
    try:
        with Image.open(path) as picture:
            width, height = str(picture.info[_SIZE_KEY]).split()
            return PageImage(path.name, float(width), float(height))
    except (OSError, KeyError, ValueError):
        return None


def _write_page(page: Any, target: Path) -> PageImage:
    width, height = (round(side, 3) for side in page.get_size())
    grey, bits = render_page(page)
    staged = target.with_suffix(".part")
    staged.write_bytes(encode_png(grey, bits, {_SIZE_KEY: f"{width} {height}"}))
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
    folders = [os.fspath(pages_folder), os.fspath(annotated_folder)]
    done = {job.document_id: draw_document(job, *folders) for job in jobs if _is_done(job, *folders)}
    rest = [job for job in jobs if job.document_id not in done]
    if not rest:
        yield lambda: done
        return
    context = multiprocessing.get_context("spawn")
    count = max(1, min(workers, len(rest)))
    with ProcessPool(max_workers=count, context=context, initializer=_begin_worker) as pool:
        futures = [pool.schedule(draw_document, args=[job, *folders], timeout=_TIMEOUT) for job in rest]
        try:
            yield (
                lambda: (
                    done
                    | {job.document_id: _collected(future) for job, future in zip(rest, futures, strict=True)}
                )
            )
        except BaseException:
            pool.stop()  # type: ignore[no-untyped-call]
            raise


def _begin_worker() -> None:
    end_with_parent()
    use_packaged_font()
    collect_seldom()


def _is_done(job: DocumentJob, pages_folder: str, annotated_folder: str) -> bool:
    """Whether everything of a document was taken over from an earlier site, so that no PDF needs to be opened."""
    if job.marks and not (Path(annotated_folder) / job.annotated_name).exists():
        return False
    return all((Path(pages_folder) / job.image_name(page)).exists() for page in job.pages)


def _collected(future: Any) -> DocumentPictures:
    try:
        pictures: DocumentPictures = future.result()
    except (pdfium.PdfiumError, OSError, ValueError, FutureTimeoutError, RuntimeError, MemoryError):
        return DocumentPictures({}, None)  # the finding page says that there is no picture
    return pictures
