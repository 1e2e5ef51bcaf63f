"""The real documents: hand-checked truth, and pdfplumber page by page (skipped where they are absent)."""

from __future__ import annotations

import hashlib
import json
import os
import re
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import pdfplumber
import polars as pl
import pytest

from extractors.cell_text import fill_cells
from extractors.document import extract_document
from extractors.frames import Extraction
from extractors.grid import find_grids
from extractors.limits import Limits
from extractors.pdfium_parser import PdfiumDocument
from extractors.reference_parser import is_visible_fill
from extractors.text_runs import drop_double_drawn
from tests.extractors.drawing import rows_of

pytestmark = pytest.mark.corpus
#: Every how many pages the differential test looks at one; 1 compares all 1,528 pages (about a minute and a half).
STRIDE = int(os.environ.get("MINGZHANG_DIFFERENTIAL_STRIDE", "16"))
#: Pages on which pdfplumber cuts texts that overflow their cells, and this package does not.
OVERFLOWING = {("65b3ede0cfb04fa2", 55)}


def fold(text: str | None) -> str:
    return re.sub(r"\s+", "", text or "")


def best_match(
    want: list[tuple[Any, ...]], extraction: Extraction, pages: list[int]
) -> tuple[int, list[tuple[Any, ...]]]:
    best: tuple[int, list[tuple[Any, ...]]] = (-1, [])
    for table in extraction.table.iter_rows(named=True):
        if table["first_page"] > pages[-1] or table["last_page"] < pages[0]:
            continue
        own = [
            tuple(None if text is None else fold(text) for text in row)
            for row in rows_of(extraction, table["table_no"])
        ]
        blocks = SequenceMatcher(None, want, own, autojunk=False).get_matching_blocks()
        best = max(best, (sum(block.size for block in blocks), own), key=lambda match: match[0])
    return best


@pytest.mark.parametrize("name", ["万里街道_2024_部门预算", "财政局_2024_部门决算"])
def test_rows_are_exactly_those_read_by_hand(shared_documents: Path, shared_truth: Path, name: str) -> None:
    truth = json.loads((shared_truth / f"tables_{name}.json").read_text(encoding="utf-8"))
    extraction = extract_document(shared_documents / truth["file"])
    right = total = 0
    for table in truth["tables"]:
        want = [tuple(None if text is None else fold(text) for text in row) for row in table["rows"]]
        count, own = best_match(want, extraction, table["pages"])
        # A first row that shares its line with headings (类 款 项 合计 …) is drawn as one row and kept as one.
        if count < len(want) and any(
            all(w in ("", o) for w, o in zip(want[0], row, strict=True)) for row in own
        ):
            count += want[0] not in own
        right, total = right + count, total + len(want)
    assert total > 160
    assert right / total >= 0.995


def test_printed_units_and_captions(shared_documents: Path, shared_truth: Path) -> None:
    truth = json.loads((shared_truth / "tables_万里街道_2024_部门预算.json").read_text(encoding="utf-8"))
    extraction = extract_document(shared_documents / truth["file"])
    assert extraction.table["money_unit"].to_list() == [table["unit"] for table in truth["tables"]]
    for caption, table in zip(extraction.table["caption"], truth["tables"], strict=True):
        assert table["title"] in caption


def visible(page: Any) -> Any:
    width, height = page.width, page.height

    def is_visible(item: dict[str, Any]) -> bool:
        if item["object_type"] == "rect":
            is_on_page = (
                item["x1"] >= 0 and item["x0"] <= width and item["bottom"] >= 0 and item["top"] <= height
            )
            return is_on_page and is_visible_fill(item["fill"], item["stroke"], item["non_stroking_color"])
        if item["object_type"] == "char":
            return (
                0 <= (item["x0"] + item["x1"]) / 2 <= width
                and 0 <= (item["top"] + item["bottom"]) / 2 <= height
            )
        return True

    return page.filter(is_visible)


def reference_cells(page: Any) -> list[list[tuple[float, float, str]]]:
    tables = []
    for table in visible(page).find_tables():
        found = []
        for row, texts in zip(table.rows, table.extract(), strict=True):
            found += [
                (cell[0], cell[1], fold(text)) for cell, text in zip(row.cells, texts, strict=True) if cell
            ]
        tables.append(sorted(found))
    page.close()
    return tables


def own_cells(document: PdfiumDocument, page_no: int) -> list[list[tuple[float, float, str]]]:
    page = document.read_page(page_no, Limits())
    page.chars = drop_double_drawn(page.chars)
    grids = find_grids(page)
    filled, _ = fill_cells(grids, page.chars)
    return [
        sorted((item.cell.box.x0, item.cell.box.top, fold(item.text)) for item in cells) for cells in filled
    ]


def test_structure_and_cells_are_those_of_pdfplumber(shared_documents: Path) -> None:
    compared = cells = differing = 0
    number = 0
    for path in sorted(shared_documents.glob("*/*.pdf")):
        content = path.read_bytes()
        sha16 = extract_sha(content)
        with PdfiumDocument(content) as document, pdfplumber.open(path) as pdf:
            for page_no in range(1, document.page_count + 1):
                number += 1
                if number % STRIDE:
                    continue
                want, own = reference_cells(pdf.pages[page_no - 1]), own_cells(document, page_no)
                where = f"{path.name} 第{page_no}页"
                assert [len(table) for table in own] == [len(table) for table in want], where
                for own_table, table in zip(own, want, strict=True):
                    assert [cell[:2] for cell in own_table] == [
                        pytest.approx(cell[:2], abs=0.5) for cell in table
                    ], where
                    cells += len(table)
                    wrong = [pair for pair in zip(own_table, table, strict=True) if pair[0][2] != pair[1][2]]
                    if wrong and (sha16, page_no) not in OVERFLOWING:
                        pytest.fail(f"{where}: {wrong[:3]}")
                    differing += len(wrong)
                compared += 1
    assert compared >= 1_000 // STRIDE
    assert differing <= 0.001 * cells + 10


def extract_sha(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]


def test_no_amount_of_a_table_page_is_lost(shared_documents: Path) -> None:
    """Amounts on the pages of a statement document all stand in cells, notes or prose."""
    amount = re.compile(r"(?<![\d.])(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d{2})(?!\d)")
    path = next(shared_documents.glob("beijing/*城市副中心*报表.pdf"))
    extraction = extract_document(path)
    pages = {
        p
        for row in extraction.table.iter_rows(named=True)
        for p in range(row["first_page"], row["last_page"] + 1)
    }
    outside = extraction.line.filter(pl.col("page").is_in(sorted(pages)))
    assert [text for text in outside["text"] if amount.search(text)] == []
