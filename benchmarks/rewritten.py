"""What is read of real documents when nothing but the way they are drawn is changed.

    python -m benchmarks.rewritten ../shared/documents [--ways cairo,moved,small,level_rules,no_rules] [--keep DIRECTORY]

Every PDF is written anew: by another program (cairo: ``pdftocairo``; ghostscript: ``gs``, which loses what fonts' codes stand
for, so that OCR reads the words), moved on its page, at seven tenths of its size, without its upright rules, or without any.
The numbers stay where they were, so that what is read should stay as well. Each way gets a night and a data directory of
its own; compared are numbers of cells, amounts by all that is known of them, and findings that the originals do not have.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from string import Template
from typing import Any

import duckdb
import pypdfium2
import pypdfium2.raw as pdfium

_THICKEST_RULE = 2.5  # points
_SMALL = 0.7
_PATIENCE = 300  # seconds for a program to write one document


def _by_cairo(source: Path, target: Path) -> None:
    command = [shutil.which("pdftocairo") or "pdftocairo", "-pdf", str(source), str(target)]
    subprocess.run(command, check=True, capture_output=True, timeout=_PATIENCE)


def _by_ghostscript(source: Path, target: Path) -> None:
    command = ["gs", "-q", "-dNOPAUSE", "-dBATCH", "-sDEVICE=pdfwrite", f"-sOutputFile={target}", str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=_PATIENCE)


def _redrawn(change: Callable[[Any], None]) -> Callable[[Path, Path], None]:
    """Return a way of writing a document anew in which every page is changed in place."""

    def write(source: Path, target: Path) -> None:
        document = pypdfium2.PdfDocument(source)
        for page in document:
            change(page)
        document.save(target)

    return write


def _placed(page: Any, scale: float, right: float, down: float) -> None:
    """Scale and move what a page shows, and its edges with it."""
    x0, y0, x1, y1 = page.get_mediabox()
    matrix = pdfium.FS_MATRIX(scale, 0, 0, scale, right, -down)
    pdfium.FPDFPage_TransFormWithClip(page.raw, matrix, pdfium.FS_RECTF(-9_999, 9_999, 9_999, -9_999))
    box = (x0 * scale + right, y0 * scale - down, x1 * scale + right, y1 * scale - down)
    page.set_mediabox(*box)
    page.set_cropbox(*box)


def _without_rules(page: Any, keeps_level: bool) -> None:
    for item in list(page.get_objects(max_depth=1)):
        if item.type == pdfium.FPDF_PAGEOBJ_PATH:
            left, bottom, right, top = item.get_bounds()
            is_level = top - bottom < _THICKEST_RULE and right - left > top - bottom
            if not (keeps_level and is_level):
                page.remove_obj(item)
    page.gen_content()


WAYS: dict[str, Callable[[Path, Path], None]] = {
    "cairo": _by_cairo,
    "ghostscript": _by_ghostscript,
    "moved": _redrawn(lambda page: _placed(page, 1.0, 130.0, 70.0)),
    "small": _redrawn(lambda page: _placed(page, _SMALL, 0.0, 0.0)),
    "level_rules": _redrawn(lambda page: _without_rules(page, keeps_level=True)),
    "no_rules": _redrawn(lambda page: _without_rules(page, keeps_level=False)),
}


def write_anew(originals: Path, target: Path, way: str) -> None:
    """Write every PDF below ``originals`` anew, under the same names."""
    for source in sorted(originals.rglob("*.pdf")):
        path = target / source.relative_to(originals)
        path.parent.mkdir(parents=True, exist_ok=True)
        WAYS[way](source, path)


def night_over(documents: Path, home: Path) -> Path:
    """Run a night over a folder and return its warehouse."""
    command = [sys.executable, "-m", "flows", "ingest", str(documents)]
    subprocess.run(
        command, check=True, stdout=subprocess.DEVNULL, env={**os.environ, "MINGZHANG_HOME": str(home)}
    )
    return home / "warehouse.duckdb"


_AMOUNTS = Template("""
CREATE OR REPLACE TEMP VIEW amounts_of_$night AS
SELECT d.file_name, a.statement_code, a.line_code, a.measure, a.functional_code, a.economic_code, a.stage, a.fund, a.amount_yuan,
       a.state, count(*) AS times
FROM $night.core.amount a JOIN $night.core.document d USING (document_id) GROUP BY ALL;
CREATE OR REPLACE TEMP VIEW alarms_of_$night AS
SELECT d.file_name, f.rule_id, f.severity, f.page FROM $night.core.finding f JOIN $night.core.document d USING (document_id)
WHERE f.severity IN ('error', 'warning') AND f.status = 'new';
""")
_SAME = """
SELECT (SELECT sum(times) FROM amounts_of_original), sum(least(o.times, r.times)),
       (SELECT count(*) FROM original.core.cell), (SELECT count(*) FROM rewritten.core.cell)
FROM amounts_of_original o JOIN amounts_of_rewritten r ON
    (o.file_name, o.statement_code, o.line_code, o.measure, o.stage, o.fund, o.state)
    = (r.file_name, r.statement_code, r.line_code, r.measure, r.stage, r.fund, r.state)
    AND o.functional_code IS NOT DISTINCT FROM r.functional_code AND o.economic_code IS NOT DISTINCT FROM r.economic_code
    AND o.amount_yuan IS NOT DISTINCT FROM r.amount_yuan
"""


def compare(original: Path, rewritten: Path) -> str:
    """Return how many cells and amounts are read again, and which errors and warnings are new, as text."""
    with duckdb.connect() as connection:
        for night, path in (("original", original), ("rewritten", rewritten)):
            connection.execute(f"ATTACH '{path}' AS {night} (READ_ONLY)")
            connection.execute(_AMOUNTS.substitute(night=night))
        ((amounts, same, cells, cells_again),) = connection.execute(_SAME).fetchall()
        new = connection.execute(
            "FROM alarms_of_rewritten EXCEPT FROM alarms_of_original ORDER BY ALL"
        ).fetchall()
    head = (
        f"{cells:7} cells, again {cells_again:7}; {amounts:6} amounts, the same {100 * same / amounts:6.2f} %; "
        f"{len(new)} new errors and warnings"
    )
    return "\n".join(
        [head, *(f"  {severity:8}{rule:22}{name}, page {page}" for name, rule, severity, page in new)]
    )


def main() -> None:
    """Run the benchmark from the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("documents", type=Path)
    parser.add_argument("--ways", default="cairo,moved,small,level_rules,no_rules")
    parser.add_argument("--keep", type=Path, help="folder in which documents and data directories are kept")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = wanted.keep or Path(folder)
        original = night_over(wanted.documents, place / "original" / "home")
        for way in wanted.ways.split(","):
            shutil.rmtree(place / way, ignore_errors=True)
            write_anew(wanted.documents, place / way / "documents", way)
            print(
                f"{way:12}{compare(original, night_over(place / way / 'documents', place / way / 'home'))}",
                flush=True,
            )


if __name__ == "__main__":
    main()
