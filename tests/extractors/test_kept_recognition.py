"""Pages cut by the time for recognition: what was recognised is kept, and the next try goes on from there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader

from extractors import kept_recognition, ocr, recognition
from extractors.document import UNFINISHED, extract_document
from extractors.frames import Extraction, write_extraction
from extractors.kept_recognition import KeptRecognition
from extractors.limits import Limits
from extractors.ocr import Recognised, TextLine
from extractors.page_objects import Box
from extractors.scanned_picture import Picture
from tests.extractors.drawing import HEIGHT, WIDTH, Sheet

PAGES = 4
SLOW = 10.0  # seconds of the pretended clock for a page


class SlowEngine:
    """Stands for the recognition engine: it counts what it is shown, takes its time, and may fail."""

    def __init__(self) -> None:
        self.now = 0.0
        self.shown = 0
        self.fails_at: set[int] = set()

    def read_picture(self, picture: Picture, scale: float) -> Recognised:
        """Return one line that depends on the picture, at coordinates no decimal can write."""
        self.shown += 1
        self.now += SLOW
        if self.shown in self.fails_at:
            raise RuntimeError("bad allocation")
        right = 100 + float(np.float32(int((picture < 128).sum()) / 7))
        assert scale > 1
        return Recognised(0, [TextLine(Box(90.1, 100.0, right, 131.3), f"第{right:.3f}页", 0.1 + 0.2)])

    def monotonic(self) -> float:
        """The pretended clock."""
        return self.now


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> Iterator[SlowEngine]:
    slow = SlowEngine()
    monkeypatch.setattr(ocr, "is_available", lambda: True)
    monkeypatch.setattr(kept_recognition, "engine_version", lambda: "pretended-1")
    monkeypatch.setattr(ocr, "read_picture", slow.read_picture)
    monkeypatch.setattr(recognition.time, "monotonic", slow.monotonic)
    return slow


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    """A document of pages that are pictures, each another one."""
    return scanned_pages(tmp_path / "scan.pdf", PAGES)


def scanned_pages(path: Path, count: int) -> Path:
    sheet = Sheet()
    for number in range(1, count + 1):
        picture = np.full((200, 150), 255, dtype=np.uint8)
        picture[20 : 20 + 10 * number, 20:120] = 0
        sheet.canvas.drawImage(ImageReader(Image.fromarray(picture)), 0, 0, WIDTH, HEIGHT)
        sheet.next_page()
    return sheet.save(path)


def parquet_bytes(extraction: Extraction, directory: Path) -> dict[str, bytes]:
    write_extraction(extraction, directory)
    return {path.name: path.read_bytes() for path in sorted(directory.iterdir())}


def routes(extraction: Extraction) -> list[str]:
    return list(extraction.page["route"])


def test_every_try_goes_on_where_the_last_one_stopped(scan: Path, engine: SlowEngine, tmp_path: Path) -> None:
    assert len(pypdfium2.PdfDocument(scan)) == PAGES
    kept, limits = tmp_path / "recognised", Limits(ocr_seconds=SLOW + 1)
    first = extract_document(scan, limits, kept)
    assert routes(first) == ["ocr", "ocr", "fast", "fast"]
    assert first.document["status"][0] == "extracted"
    assert first.document["reason_code"][0] == UNFINISHED
    assert "第 3、4 页未识别" in first.document["status_reason"][0]
    second = extract_document(scan, limits, kept)
    assert routes(second) == ["ocr"] * PAGES
    assert second.document["reason_code"][0] is None
    assert engine.shown == PAGES  # no page twice


def test_a_finished_document_has_the_bytes_of_one_that_was_never_cut(
    scan: Path, engine: SlowEngine, tmp_path: Path
) -> None:
    at_once = parquet_bytes(extract_document(scan), tmp_path / "at_once")
    limits = Limits(ocr_seconds=0.001)  # one page a night
    for _ in range(PAGES):
        last = extract_document(scan, limits, tmp_path / "recognised")
    assert parquet_bytes(last, tmp_path / "by_and_by") == at_once


def test_pages_kept_by_another_version_of_the_extractor_are_not_read_again(
    scan: Path, engine: SlowEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    extract_document(scan, None, tmp_path / "recognised")
    extract_document(scan, None, tmp_path / "recognised")
    assert engine.shown == PAGES
    monkeypatch.setattr(kept_recognition, "engine_version", lambda: "pretended-2")
    extract_document(scan, None, tmp_path / "recognised")
    assert engine.shown == 2 * PAGES


def test_a_page_at_which_the_engine_fails_is_tried_again(
    scan: Path, engine: SlowEngine, tmp_path: Path
) -> None:
    engine.fails_at = {2}
    first = extract_document(scan, None, tmp_path / "recognised")
    assert routes(first) == ["ocr", "fast", "ocr", "ocr"]
    assert "RuntimeError" in first.page["status_reason"][1]
    assert first.document["reason_code"][0] == UNFINISHED
    second = extract_document(scan, None, tmp_path / "recognised")
    assert routes(second) == ["ocr"] * PAGES
    assert engine.shown == PAGES + 1


@pytest.mark.parametrize("damage", [b"", b"\xff\xfe\x00", b"0000\n[]", b"["])
def test_a_damaged_entry_is_made_anew(damage: bytes, scan: Path, engine: SlowEngine, tmp_path: Path) -> None:
    kept = tmp_path / "recognised"
    before = extract_document(scan, None, kept)
    entries = sorted(kept.glob("*/??/*.json"))
    assert len(entries) == PAGES
    whole = entries[0].read_bytes()
    entries[0].write_bytes(damage)
    again = extract_document(scan, None, kept)
    assert engine.shown == PAGES + 1
    assert again.cell.equals(before.cell)
    assert again.line.equals(before.line)
    assert entries[0].read_bytes() == whole


def test_a_disk_that_refuses_costs_nothing_but_another_reading(
    scan: Path, engine: SlowEngine, tmp_path: Path
) -> None:
    blocked = tmp_path / "recognised"
    blocked.write_text("a file where the directory should be", encoding="utf-8")
    assert routes(extract_document(scan, None, blocked)) == ["ocr"] * PAGES
    assert not KeptRecognition(blocked).find(np.zeros((3, 4), dtype=np.uint8))


def test_pictures_of_the_same_bytes_and_another_shape_are_two(tmp_path: Path) -> None:
    kept = KeptRecognition(tmp_path)
    kept.keep(np.zeros((3, 4), dtype=np.uint8), Recognised(0, []))
    assert kept.find(np.zeros((3, 4), dtype=np.uint8)) == Recognised(0, [])
    assert kept.find(np.zeros((4, 3), dtype=np.uint8)) is None
