"""CPU time and peak memory of extraction against pdfplumber's ``extract_tables``, in one run.

    python -m benchmarks.extraction [DIR] [--every N]

reads all PDFs under DIR (default: the real documents of MINGZHANG_SHARED or ../shared) in four ways, each in a
process of its own so that peak memory can be told apart:

* floor: pdfium parses the page and its text, nothing is read;
* pages: tables with their cells, and lines of text, of every page;
* document: all frames of the document, written as Parquet;
* pdfplumber: ``extract_tables()`` on every page, each page closed (every N-th page only, scaled).

OCR is off: it is no part of the comparison. Times are CPU seconds; use the ratios.
"""

from __future__ import annotations

import argparse
import logging
import os
import resource
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

LIMITS_WITHOUT_OCR = {"use_ocr": False}
Result = tuple[int, float, float]  # pages, CPU seconds, peak memory in MB


def floor(paths: list[Path]) -> int:
    """Load every page and its text with pdfium."""
    import pypdfium2.raw as pdfium

    pages = 0
    for path in paths:
        content = path.read_bytes()
        document = pdfium.FPDF_LoadMemDocument64(content, len(content), None)
        for number in range(pdfium.FPDF_GetPageCount(document)):
            page = pdfium.FPDF_LoadPage(document, number)
            pdfium.FPDFText_ClosePage(pdfium.FPDFText_LoadPage(page))
            pdfium.FPDF_ClosePage(page)
            pages += 1
        pdfium.FPDF_CloseDocument(document)
    return pages


def pages(paths: list[Path]) -> int:
    """Read tables and lines of every page."""
    from extractors.limits import Limits
    from extractors.page_reading import read_page_objects
    from extractors.pdfium_parser import PdfiumDocument

    limits, count = Limits(**LIMITS_WITHOUT_OCR), 0
    for path in paths:
        with PdfiumDocument(path.read_bytes()) as document:
            for page_no in range(1, document.page_count + 1):
                read_page_objects(document.read_page(page_no, limits), "fast", limits)
                count += 1
    return count


def document(paths: list[Path]) -> int:
    """Extract whole documents and write their Parquet sets."""
    from extractors.document import extract_document
    from extractors.frames import write_extraction
    from extractors.limits import Limits

    limits, count = Limits(**LIMITS_WITHOUT_OCR), 0
    with tempfile.TemporaryDirectory() as folder:
        for path in paths:
            extraction = extract_document(path, limits)
            write_extraction(extraction, Path(folder) / "extraction")
            count += extraction.page.height
    return count


def with_pdfplumber(paths: list[Path]) -> int:
    """Extract the tables of every N-th page with pdfplumber (N from the environment)."""
    import pdfplumber

    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    every, number, count = int(os.environ["BENCHMARK_EVERY"]), 0, 0
    for path in paths:
        with pdfplumber.open(path) as pdf:
            for page in pdf.pages:
                number += 1
                if number % every == 0:
                    page.extract_tables()
                    count += 1
                page.close()
    return count


def measure(way: Callable[[list[Path]], int], paths: list[Path]) -> Result:
    """Run one way after a warm-up on the first document; return pages, CPU seconds and peak memory."""
    way(paths[:1])
    start = time.process_time()
    count = way(paths)
    return count, time.process_time() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Measure all ways and print one line for each."""
    default = (
        Path(os.environ.get("MINGZHANG_SHARED", Path(__file__).resolve().parents[2] / "shared")) / "documents"
    )
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("directory", nargs="?", type=Path, default=default)
    parser.add_argument("--every", type=int, default=4, help="pdfplumber reads only every N-th page")
    arguments = parser.parse_args()
    paths = sorted(arguments.directory.rglob("*.pdf"))
    if not paths:
        raise SystemExit(f"no PDF files under {arguments.directory}")
    os.environ["BENCHMARK_EVERY"] = str(arguments.every)
    results: dict[str, Result] = {}
    for way in (floor, pages, document, with_pdfplumber):
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
            results[way.__name__] = pool.submit(measure, way, paths).result()
    count, seconds, _ = results["with_pdfplumber"]
    reference = seconds / count
    print(f"{'way':18}{'pages':>7}{'ms/page':>10}{'× pdfplumber':>14}{'peak MB':>10}")
    for name, (count, seconds, memory) in results.items():
        print(
            f"{name:18}{count:7}{1000 * seconds / count:10.2f}{reference * count / seconds:14.1f}{memory:10.0f}"
        )


if __name__ == "__main__":
    main()
