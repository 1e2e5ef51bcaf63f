"""How well the same statements are read when others print them: a browser, a spreadsheet, an office scanner.

    python -m benchmarks.producers [--documents 23] [--seed 1] [--programs chromium,calc,scanner] [--keep DIR]

The statement sets of other places (``samples/elsewhere``) are written as web pages and workbooks in borders, shades and
page settings drawn at random, printed to PDF by Chromium and LibreOffice Calc, and read; or our own PDFs are scanned
(``samples/elsewhere/scan.py``: resolution, grain, angle and compression drawn at random). Places on the page are the
programs' own, so that amounts are compared by what they are: statement, line, measure, codes, fund, stage and digits.

The programs are those on the path, or named by MINGZHANG_CHROMIUM and MINGZHANG_OFFICE; both need a Chinese font
installed. The same seed gives the same documents.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import shutil
import subprocess
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import polars as pl
from playwright.sync_api import sync_playwright

from extractors.document import extract_document
from extractors.limits import Limits
from extractors.printed_number import fold
from samples.documents import SampleDocument
from samples.elsewhere.documents import disclose
from samples.elsewhere.scan import scan
from samples.elsewhere.spreadsheet import write_workbook
from samples.elsewhere.web_page import web_page
from samples.tables import Table
from transforms.document import transform_document

CHROMIUM = os.environ.get("MINGZHANG_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
OFFICE = os.environ.get("MINGZHANG_OFFICE") or shutil.which("soffice") or "soffice"
_PATIENCE = 180  # seconds for a program to print one document
_PATIENCE_WITH_PICTURES = 3_600.0  # seconds for the pages of one document
Amount = tuple[str | None, ...]


def print_in_browser(document: SampleDocument, dice: random.Random, path: Path) -> None:
    """Print a document with Chromium."""
    page = path.with_suffix(".html")
    page.write_text(web_page(document.title, document.written, dice), encoding="utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        tab = browser.new_page()
        tab.goto(page.as_uri())
        tab.pdf(path=path, prefer_css_page_size=True, display_header_footer=dice.random() < 0.4)
        browser.close()


def print_in_spreadsheet(document: SampleDocument, dice: random.Random, path: Path) -> None:
    """Print a document with LibreOffice Calc."""
    book = path.with_suffix(".xlsx")
    write_workbook(book, document.title, document.written, dice)
    command = [OFFICE, "--headless", "--convert-to", "pdf", "--outdir", str(path.parent), str(book)]
    subprocess.run(command, check=True, capture_output=True, timeout=_PATIENCE)


def print_and_scan(document: SampleDocument, dice: random.Random, path: Path) -> None:
    """Scan a document; takes 2 to 7 s of CPU a page to read, where the extra ``ocr`` is installed."""
    scan(document.pdf(), dice, path)


PROGRAMS: dict[str, Callable[[SampleDocument, random.Random, Path], None]] = {
    "chromium": print_in_browser,
    "calc": print_in_spreadsheet,
    "scanner": print_and_scan,
}


def printed_amounts(document: SampleDocument) -> Counter[Amount]:
    """Return the amounts that the statements of a document print, with how often each is printed."""
    counted: Counter[Amount] = Counter()
    for table in (item for item in document.written if isinstance(item, Table)):
        for cell in table.cells():
            if cell.key and any(character.isdigit() for character in cell.text):
                key = cell.key
                codes = (key.functional_code, key.economic_code, _fund(key.fund), key.stage)
                what = (table.statement_code, key.line_code, key.measure, *codes)
                counted[*what, _digits(cell.text)] += 1
    return counted


def read_amounts(path: Path) -> Counter[Amount]:
    """Return the amounts that are read of a PDF, with how often each is."""
    extraction = extract_document(path, Limits(ocr_seconds=_PATIENCE_WITH_PICTURES)).frames()
    place = ["table_no", "row_no", "column_no"]
    amounts = transform_document(extraction)["amount"].join(
        extraction["cell"].select(*place, "raw_text"), on=place, how="left"
    )
    columns = ("statement_code", "line_code", "measure", "functional_code", "economic_code")
    return Counter(
        (*(row[name] for name in columns), _fund(row["fund"]), row["stage"], _digits(row["raw_text"] or ""))
        for row in amounts.with_columns(pl.col(pl.Categorical).cast(pl.String)).iter_rows(named=True)
    )


def _digits(text: str) -> str:
    return re.sub(r"[,%]", "", fold(text))


def _fund(fund: str) -> str:
    return "all" if fund == "fiscal_appropriation" else fund


def campaign(documents: int, seed: int, program: str, folder: Path) -> str:
    """Print and read the first documents of a campaign; return the result as text."""
    lines, printed, missed = [], 0, 0
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(documents):
        made = disclose(seed, number)
        path = folder / f"{seed}_{made.name}.pdf"
        dice = random.Random(f"{program}/{seed}/{number}")  # noqa: S311 - a repeatable draw
        PROGRAMS[program](made.document, dice, path)
        wanted = printed_amounts(made.document)
        missing = wanted - read_amounts(path)
        printed, missed = printed + wanted.total(), missed + missing.total()
        if missing:
            by_statement = Counter(key[0] for key in missing.elements())
            lines.append(f"  {path.name:44}{wanted.total():6} printed, not read: {dict(by_statement)}")
    share = 100 * (printed - missed) / printed if printed else 100.0
    return "\n".join([f"{program:12}{documents:4} documents{printed:8} amounts{share:8.2f} % read", *lines])


def main() -> None:
    """Run the benchmark from the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--documents", type=int, default=23)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--programs", default="chromium,calc")
    parser.add_argument("--keep", type=Path, help="folder in which pages, workbooks and PDFs are kept")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for program in wanted.programs.split(","):
            print(campaign(wanted.documents, wanted.seed, program, (wanted.keep or Path(folder)) / program))


if __name__ == "__main__":
    main()
