"""How long the reports take: 20,000 findings in 1,000 documents, with page pictures and annotated copies.

Run as ``python -m benchmarks.reports [--findings N] [--documents N]``. Makes its own warehouse and PDFs in a temporary
folder. Where a Chromium is installed, also measures how long the list takes to open and to filter.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import resource
import shutil
import tempfile
import time
from pathlib import Path

import duckdb
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from reports.build import build_reports

SQL = Path(__file__).resolve().parent.parent / "warehouse" / "sql"
PAGES, ROWS = 14, 25


def draw_document(path: Path, number: int) -> None:
    """A disclosure of PAGES pages with one table of ROWS rows each; every document has its own bytes."""
    canvas = Canvas(str(path), pagesize=A4, invariant=1)
    for page in range(PAGES):
        canvas.setFont("Helvetica", 9)
        canvas.drawString(60, 800, f"document {number} page {page + 1}")
        for row in range(ROWS):
            y = 760 - row * 26
            for column in range(4):
                canvas.rect(60 + column * 120, y, 120, 26)
                canvas.drawString(66 + column * 120, y + 9, f"{number}.{page}{row}{column}")
        canvas.showPage()
    canvas.save()


def make_store(folder: Path, documents: int) -> list[str]:
    """Write the PDFs under their hashes; return the hashes."""
    hashes = []
    for number in range(documents):
        part = folder / "part.pdf"
        draw_document(part, number)
        sha256 = hashlib.sha256(part.read_bytes()).hexdigest()
        target = folder / sha256[:2] / f"{sha256}.pdf"
        target.parent.mkdir(parents=True, exist_ok=True)
        part.replace(target)
        hashes.append(sha256)
    return hashes


FILL = """
INSERT INTO core.document (document_id, sha256, file_name, source_url, unit_id, unit_name, fiscal_year, doc_kind, scope,
                           status, page_count, is_current, text_layer)
SELECT sha256[:16], sha256, '单位' || n % $units || '决算.pdf', 'https://portal.example/' || n || '.pdf',
       'u_' || n % $units, '示例区第' || n % $units || '局', 2020 + n % 6, 'final_accounts', 'department', 'loaded', 14,
       true, 'digital'
FROM hashes;
INSERT INTO core.statement (statement_id, document_id, statement_no, statement_code, title, status)
SELECT d.document_id || '.s' || k, d.document_id, k, 'T0' || k, '表' || k, 'filled' FROM core.document d, range(1, 10) r(k);
INSERT INTO core.rule (rule_id, version, title, family, severity, basis, sentence)
SELECT 'R-' || k, 1, '规则' || k, ['ARI', 'XTB', 'NAR', 'PRF'][1 + k % 4], ['error', 'warning', 'notice'][1 + k % 3], 'B75',
       '两处的数应当一致。'
FROM range(150) r(k);
INSERT INTO core.finding
SELECT 'f_' || lpad(k::VARCHAR, 16, '0'), 'o_' || k, r.rule_id, r.family, r.severity, d.unit_id, d.unit_name, d.fiscal_year,
       d.doc_kind, d.scope, d.document_id, '对象' || k, r.title, '第' || (1 + k % 14) || '页合计与分项之和相差' || k || '元。',
       (k * 1.5)::DECIMAL(18, 2) || ' 万元', (k * 1.4)::DECIMAL(18, 2) || ' 万元', k * 1000, NULL,
       '相差能被 9 整除，可能相邻数字换位', 1 + k % 14, ['new', 'persisting', 'reopened'][1 + k % 3],
       DATE '2026-11-01' + (k % 20)::INTEGER, DATE '2026-11-23'
FROM range($findings) f(k) JOIN hashes h ON h.n = k % $documents JOIN core.document d ON d.sha256 = h.sha256
JOIN core.rule r ON r.rule_id = 'R-' || (k % 150);
INSERT INTO core.cell (cell_id, document_id, statement_id, table_no, page, row_no, column_no, row_label, column_label,
                       raw_text, state, unit, method, x0, top, x1, bottom)
SELECT f.document_id || '.t' || f.page || '.r' || i || '.' || f.finding_id, f.document_id, f.document_id || '.s1', f.page,
       f.page, i, 3, '项目' || i, '决算数', '12.34', 'number', '万元', 'text',
       300, 842 - 786 + i * 52, 420, 842 - 786 + i * 52 + 26
FROM core.finding f, range(1, 5) r(i);
INSERT INTO core.finding_evidence
SELECT f.finding_id, i, f.document_id || '.t' || f.page || '.r' || i || '.' || f.finding_id, 'cell', f.page
FROM core.finding f, range(1, 5) r(i);
INSERT INTO core.outcome (outcome_id, rule_id, document_id, subject, verdict, actual, expected, residual, tolerance, part_count)
SELECT outcome_id, rule_id, document_id, subject, 'violated', 100, 90, 10, 0.5, 3 FROM core.finding;
INSERT INTO core.finding_outcome SELECT finding_id, outcome_id FROM core.finding;
INSERT INTO core.build (build_id, night) VALUES ('b', DATE '2026-11-23');
"""


def make_warehouse(path: Path, hashes: list[str], findings: int) -> None:
    """Fill the base tables with findings of four cells each."""
    with duckdb.connect(str(path)) as connection:
        for name in ("schema", "mart"):
            connection.execute((SQL / f"{name}.sql").read_text(encoding="utf-8"))
        connection.execute("CREATE TEMP TABLE hashes (n INTEGER, sha256 VARCHAR)")
        connection.executemany("INSERT INTO hashes VALUES (?, ?)", list(enumerate(hashes)))
        values = {"$units": max(1, len(hashes) // 5), "$findings": findings, "$documents": len(hashes)}
        text = FILL
        for name, value in values.items():
            text = text.replace(name, str(value))
        connection.execute(text)


def processor_seconds() -> float:
    """Processor time of this process and its ended workers: comparable on a machine that others use too."""
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def measure_browser(site: Path) -> dict[str, float]:
    """Open the list in headless Chromium and filter it in several ways; returns milliseconds, {} without a browser."""
    chromium = os.environ.get("MINGZHANG_CHROMIUM") or shutil.which("chromium")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return {}
    if chromium is None:
        return {}
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        begin = time.perf_counter()
        page.goto((site / "list.html").as_uri())
        page.wait_for_selector("#list[data-ready=true]")
        opened = (time.perf_counter() - begin) * 1000
        took = []
        for field, value in (
            ("severity", "差错"),
            ("status", "新增"),
            ("year", "2023"),
            ("family", "表内计算"),
        ):
            page.select_option(f"#filter-{field}", value)
            took.append(float(page.get_attribute("#list", "data-filter-milliseconds") or 0))
        page.click("#filter-clear")
        page.fill("#filter-text", "第12局 相差")
        page.wait_for_timeout(500)
        took.append(float(page.get_attribute("#list", "data-filter-milliseconds") or 0))
        browser.close()
    return {"open_ms": round(opened), "slowest_filter_ms": max(took)}


def main() -> None:
    """Build twice (cold, then with the pictures of the first) and print one JSON line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--findings", type=int, default=20_000)
    parser.add_argument("--documents", type=int, default=1_000)
    parser.add_argument("--keep", type=Path, help="folder to build in and keep")
    options = parser.parse_args()
    folder = options.keep or Path(tempfile.mkdtemp(prefix="mingzhang-reports-"))
    try:
        (folder / "objects").mkdir(parents=True, exist_ok=True)
        hashes = make_store(folder / "objects", options.documents)
        make_warehouse(folder / "warehouse.duckdb", hashes, options.findings)
        times = {}
        for name, previous in (("cold", None), ("warm", folder / "cold")):
            begin, used = time.perf_counter(), processor_seconds()
            files = build_reports(
                folder / "warehouse.duckdb",
                folder / name,
                objects=folder / "objects",
                previous=previous,
                workers=os.cpu_count() or 1,
            )
            times[f"{name}_seconds"] = round(time.perf_counter() - begin, 1)
            times[f"{name}_processor_seconds"] = round(processor_seconds() - used, 1)
        size = sum(path.stat().st_size for path in (folder / "cold").rglob("*") if path.is_file())
        result = {
            "findings": files.finding_count,
            "documents": options.documents,
            "pages": files.page_count,
            "megabytes": round(size / 1e6),
            **times,
            **measure_browser(folder / "cold" / "site"),
        }
        print(json.dumps(result, ensure_ascii=False))
    finally:
        if options.keep is None:
            shutil.rmtree(folder)


if __name__ == "__main__":
    main()
