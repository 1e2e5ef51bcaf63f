"""Hostile files are made alike every time, stay small, and end in a worker process with a reason or a reading."""

from __future__ import annotations

import hashlib
import random
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from extractors import ocr
from extractors.document import extract_document
from extractors.limits import Limits
from extractors.pdfium_parser import PdfiumDocument
from extractors.worker import ExtractionSummary, extract_to_directory
from flows.pool import run_isolated
from samples.hostile import ATTACHMENTS, HOSTILE_NAMES, HOSTILE_PDFS, bit_flipped, mutated_pdfs

#: Kinds that must not be read as a document with content.
_COSTLY = (
    "doubling_forms",
    "giant_grid",
    "many_characters",
    "many_pages",
    "page_tree_loop",
    "self_calling_form",
    "acting_pdf",
)


@pytest.mark.parametrize("kind", [kind for kind in HOSTILE_PDFS if kind != "stream_bomb"])
def test_hostile_pdfs_are_small_and_the_same_every_time(kind: str) -> None:
    content = HOSTILE_PDFS[kind]()
    assert content.startswith(b"%PDF-")
    assert len(content) < 2_000_000
    assert HOSTILE_PDFS[kind]() == content


def test_damage_depends_only_on_the_seed(good_pdf: bytes) -> None:
    first = list(mutated_pdfs(good_pdf, 8, seed=3))
    assert first == list(mutated_pdfs(good_pdf, 8, seed=3))
    assert [content for _, content in first] != [content for _, content in mutated_pdfs(good_pdf, 8, seed=4)]
    assert all(content != good_pdf for _, content in first)
    assert len(bit_flipped(good_pdf, random.Random(1))) == len(good_pdf)


def test_attachments_are_what_their_names_say() -> None:
    names = zipfile.ZipFile(BytesIO(ATTACHMENTS["zip_traversal.zip"]())).namelist()
    assert any(name.startswith("..") for name in names)
    bomb = zipfile.ZipFile(BytesIO(ATTACHMENTS["zip_bomb.zip"]()))
    assert sum(entry.file_size for entry in bomb.infolist()) > 200 * 1_048_576
    assert b"<!ENTITY" in zipfile.ZipFile(BytesIO(ATTACHMENTS["xml_bomb.xlsx"]())).read(
        "xl/worksheets/sheet1.xml"
    )
    assert any(name.startswith("=") for name in HOSTILE_NAMES)


def extract(job: tuple[Path, Path]) -> ExtractionSummary:
    path, target = job
    limits = Limits(memory_bytes=1536 * 2**20, cpu_seconds=20, use_ocr=False)
    return extract_to_directory(path, hashlib.sha256(path.read_bytes()).hexdigest(), target, limits)


def test_costly_files_end_within_their_limits(tmp_path: Path) -> None:
    jobs = []
    for kind in _COSTLY:
        path = tmp_path / f"{kind}.pdf"
        path.write_bytes(HOSTILE_PDFS[kind]())
        jobs.append((path, tmp_path / f"{kind}.out"))
    results = {done.job[0].stem: done for done in run_isolated(extract, jobs, workers=2, wall_seconds=40)}
    assert set(results) == set(_COSTLY)
    for kind, done in results.items():
        if done.result is None:
            assert done.fault_code in ("crashed", "memory", "timeout"), kind
            assert done.fault
        elif done.result.status == "failed":
            assert done.result.reason_code, kind
            assert done.result.status_reason, kind
        else:
            assert done.result.cell_count == 0, kind
    too_many = results["many_pages"].result
    assert too_many is not None
    assert too_many.reason_code == "too_large"


@pytest.mark.parametrize(
    ("kind", "reason"), [("many_characters", "字符"), ("many_segments", "线段"), ("giant_grid", "交点")]
)
def test_a_page_that_draws_too_much_is_refused_and_never_recognised(
    kind: str, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ocr, "is_available", lambda: True)
    monkeypatch.setattr(PdfiumDocument, "picture_of", lambda *_: pytest.fail("recognised"))
    path = tmp_path / "page.pdf"
    path.write_bytes(HOSTILE_PDFS[kind]())
    page = extract_document(path).page.row(0, named=True)
    assert page["status"] == "over_limit"
    assert reason in page["status_reason"]
    assert "超过上限" in page["status_reason"]
