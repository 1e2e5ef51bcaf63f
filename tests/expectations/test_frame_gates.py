"""Gates on the extracted frames: silent on sound sets, and each speaks of its own fault."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest

from expectations.frame_gates import lay_frames, load_gates
from extractors.schema import FRAMES

SHA256 = "ab" * 32
CELL = {
    "table_no": 1, "page": 1, "row_no": 1, "column_no": 1, "raw_text": "5.00", "state": "number", "value": Decimal(5),
    "decimals": 2, "method": "text", "confidence": None, "x0": 10.0, "top": 10.0, "x1": 50.0, "bottom": 20.0,
}  # fmt: skip
SOUND: dict[str, list[dict[str, Any]]] = {
    "document": [{"status": "extracted", "page_count": 1, "reason_code": None}],
    "page": [{"page": 1, "width": 595.0, "height": 842.0, "status": "ok", "route": "fast"}],
    "table": [{"table_no": 1}],
    "cell": [
        CELL,
        {**CELL, "column_no": 2, "raw_text": "", "state": "blank", "value": None, "decimals": None},
    ],
    "line": [
        {"page": 1, "line_no": 1, "x0": 10.0, "top": 30.0, "x1": 90.0, "bottom": 40.0},
        {"page": 1, "line_no": 2, "x0": 10.0, "top": 50.0, "x1": 90.0, "bottom": 60.0},
    ],
    "sentence": [{"sentence_no": 1, "text": "收入增加。"}],
    "fragment": [{"sentence_no": 1, "start": 0, "end": 3}, {"sentence_no": 1, "start": 3, "end": 5}],
}
#: Gate -> the frame that is at fault, and its rows.
FAULTS: dict[str, tuple[str, list[dict[str, Any]]]] = {
    "EXT-FRAME-DOCUMENT": ("document", [{"status": "failed", "page_count": None, "reason_code": None}]),
    "EXT-FRAME-PAGES": ("page", []),
    "EXT-FRAME-SCAN": ("page", [{**SOUND["page"][0], "status": "scanned", "route": "none"}]),
    "EXT-FRAME-CELL-ONCE": ("cell", [CELL, CELL]),
    "EXT-FRAME-CELL-STATE": ("cell", [{**CELL, "value": None}]),
    "EXT-FRAME-CELL-BOX": ("cell", [{**CELL, "x1": 700.0}]),
    "EXT-FRAME-CELL-CONFIDENCE": ("cell", [{**CELL, "method": "ocr"}]),
    "EXT-FRAME-LINE-ORDER": (
        "line",
        list(reversed([{**row, "line_no": 3 - row["line_no"]} for row in SOUND["line"]])),
    ),
    "EXT-FRAME-SENTENCES": ("sentence", [{"sentence_no": 2, "text": "收入增加。"}]),
    "EXT-FRAME-FRAGMENTS": ("fragment", [{"sentence_no": 1, "start": 0, "end": 3}]),
}


def _speaking(tmp_path: Path, sound: dict[str, list[dict[str, Any]]]) -> set[str]:
    directory = tmp_path / "extracted" / SHA256[:2] / SHA256
    directory.mkdir(parents=True)
    for frame, schema in FRAMES.items():
        rows = [{name: row.get(name) for name in schema} for row in sound.get(frame, [])]
        pl.DataFrame(rows, schema=schema).write_parquet(directory / f"{frame}.parquet")
    lay_frames(tmp_path / "frames.duckdb", tmp_path / "extracted", [SHA256])
    with duckdb.connect(str(tmp_path / "frames.duckdb"), read_only=True) as connection:
        return {
            gate["id"]
            for gate in load_gates()
            if connection.sql(
                gate["query"].format(batch=f"(SELECT * FROM extracted_{gate['frame']})")
            ).fetchall()
        }


def test_sound_frames_pass_every_gate(tmp_path: Path) -> None:
    assert _speaking(tmp_path, SOUND) == set()


@pytest.mark.parametrize("gate", FAULTS)
def test_each_gate_speaks_of_its_fault(tmp_path: Path, gate: str) -> None:
    frame, rows = FAULTS[gate]
    assert gate in _speaking(tmp_path, {**SOUND, frame: rows})


def test_every_gate_has_a_fault_it_was_shown() -> None:
    assert {gate["id"] for gate in load_gates()} == set(FAULTS)


def test_no_sets_at_all_make_empty_frames(tmp_path: Path) -> None:
    lay_frames(tmp_path / "frames.duckdb", tmp_path / "nowhere", [SHA256])
    with duckdb.connect(str(tmp_path / "frames.duckdb"), read_only=True) as connection:
        assert connection.sql("SELECT count(*) FROM extracted_cell").fetchall() == [(0,)]
