"""Building the warehouse from Parquet sets."""

# ruff: noqa: E501 - rows of data read better unbroken

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

import extractors.schema
import transforms.schema
from tests.warehouse.sets import id_of, sha_of, sighting, sightings, write_document, write_set
from warehouse.build import BuildInputs, build_id, build_warehouse, discard_damaged_sets

Make = Callable[..., BuildInputs]


def query(path: Path, sql: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(path), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def test_a_document_is_loaded_with_ids_units_and_half_widths(tmp_path: Path, inputs_of: Make) -> None:
    write_document(tmp_path, "a")
    target = tmp_path / "w.duckdb"
    summary = build_warehouse(target, inputs_of(sightings(sighting("a"))))
    assert (summary.document_count, summary.loaded_count, summary.quarantined_count) == (1, 1, 0)
    document = id_of("a")
    assert query(
        target, "SELECT document_id, sha256, unit_name, status, is_current, status_reason FROM mart.document"
    ) == [(document, sha_of("a"), "样例区财政局", "loaded", True, None)]
    assert query(target, "SELECT amount_id, cell_id, statement_id, amount_yuan, half_width_yuan, unit_name, scope FROM core.amount") == [
        (f"a.{document}.t01.r002.c02", f"{document}.t01.r002.c02", f"{document}.s01", Decimal(1000000), Decimal(50), "样例区财政局", "department"),
        (f"a.{document}.t01.r003.c02", f"{document}.t01.r003.c02", f"{document}.s01", Decimal(500000), Decimal(50), "样例区财政局", "department"),
    ]  # fmt: skip
    assert query(
        target, "SELECT row_no, column_no, raw_text, unit, top FROM mart.cell WHERE state = 'number'"
    ) == [
        (2, 2, "100.00", "万元", 40.0),
        (3, 2, "50.00", "万元", 60.0),
    ]
    assert query(target, "SELECT claim_id, sentence, half_width_yuan FROM mart.claim JOIN core.claim USING (claim_id, half_width_yuan)") == [
        (f"{document}.n0001.k01", "2024年度支出合计150.00万元。", Decimal(50))
    ]  # fmt: skip


def test_every_stored_file_is_a_document_whatever_became_of_it(tmp_path: Path, inputs_of: Make) -> None:
    write_document(tmp_path, "good")
    write_document(tmp_path, "template", identity={"is_template": True, "unit_name": None})
    write_document(tmp_path, "nameless", unit=None)
    failed = {
        "sha256": sha_of("failed"),
        "status": "failed",
        "reason_code": "encrypted",
        "status_reason": "文件已加密",
    }
    write_set(
        tmp_path / "extracted" / "x", extractors.schema.FRAMES, sha_of("failed"), {"document": [failed]}
    )
    extracted_only = {"sha256": sha_of("half"), "status": "extracted"}
    write_set(
        tmp_path / "extracted" / "x", extractors.schema.FRAMES, sha_of("half"), {"document": [extracted_only]}
    )
    scan = {"sha256": sha_of("scan"), "status": "extracted", "text_layer": "scanned", "page_count": 8}
    for version, frames, rows in (
        ("extracted/x", extractors.schema.FRAMES, {"document": [scan]}),
        ("facts/y", transforms.schema.FRAMES, {"identity": [{"is_identified": False}]}),
    ):
        write_set(tmp_path / version, frames, sha_of("scan"), rows)
    names = ("good", "template", "nameless", "failed", "half", "scan", "waiting", "zip")
    rows = [sighting(name) for name in names] + [
        sighting(None, reason_code="http_500", reason="服务器出错"),
        sighting("good", url="zip!good", container_sha256=sha_of("zip")),
    ]
    target = tmp_path / "w.duckdb"
    summary = build_warehouse(target, inputs_of(sightings(*rows)))
    found = {
        row[0]: row[1:]
        for row in query(target, "SELECT document_id, status, reason_code, is_current FROM core.document")
    }
    assert found == {
        id_of("good"): ("loaded", None, True),
        id_of("template"): ("template", "template", False),
        id_of("nameless"): ("loaded", "not_identified", True),
        id_of("failed"): ("quarantined", "encrypted", False),
        id_of("half"): ("quarantined", "not_transformed", False),
        id_of("scan"): ("quarantined", "needs_ocr", False),
        id_of("waiting"): ("quarantined", "not_extracted", False),
        id_of("zip"): ("quarantined", "bundle", False),
    }
    assert summary.reasons == dict.fromkeys(("template", "not_identified", "encrypted", "not_transformed", "not_extracted", "needs_ocr", "bundle"), 1)  # fmt: skip
    assert query(
        target, "SELECT count(*) FROM core.document WHERE status <> 'loaded' AND status_reason IS NULL"
    ) == [(0,)]
    assert query(target, "SELECT count(*) FROM core.sighting") == [(10,)]
    assert query(
        target, "SELECT sighting_count FROM core.document WHERE document_id = '" + id_of("good") + "'"
    ) == [(2,)]


def test_a_damaged_set_is_quarantined_and_the_rest_is_loaded(tmp_path: Path, inputs_of: Make) -> None:
    write_document(tmp_path, "a")
    broken = write_document(tmp_path, "b")
    cell_file = tmp_path / "extracted" / "x" / broken[:2] / broken / "cell.parquet"
    cell_file.write_bytes(cell_file.read_bytes()[:100])
    target = tmp_path / "w.duckdb"
    inputs = inputs_of(sightings(sighting("a"), sighting("b")))
    summary = build_warehouse(target, inputs)
    assert sorted(query(target, "SELECT document_id, status, reason_code FROM core.document")) == sorted(
        [(id_of("a"), "loaded", None), (id_of("b"), "quarantined", "unreadable_set")]
    )
    assert summary.damaged == (broken,)
    before = build_id(inputs)
    discard_damaged_sets(inputs, summary)
    write_document(tmp_path, "b")
    assert build_id(inputs) != before
    assert build_warehouse(tmp_path / "again.duckdb", inputs).loaded_count == 2


def test_the_latest_publication_is_current_and_the_others_are_kept(tmp_path: Path, inputs_of: Make) -> None:
    for name in ("old", "new", "budget", "narrative"):
        write_document(tmp_path, name, kind="budget" if name == "budget" else "final_accounts",
                       content="narrative" if name == "narrative" else "full")  # fmt: skip
    rows = [
        sighting("old", published_on="2025-09-01"),
        sighting("new", published_on="2025-10-01"),
        sighting("budget", published_on="2024-02-01"),
        sighting("narrative", published_on="2025-09-01"),
    ]
    target = tmp_path / "w.duckdb"
    assert build_warehouse(target, inputs_of(sightings(*rows))).superseded_count == 1
    found = {
        row[0]: row[1:]
        for row in query(
            target, "SELECT document_id, version_no, is_current, superseded_by FROM core.document"
        )
    }
    assert found == {
        id_of("old"): (1, False, id_of("new")),
        id_of("new"): (2, True, None),
        id_of("budget"): (1, True, None),
        id_of("narrative"): (1, True, None),
    }
    assert query(target, "SELECT count(DISTINCT document_id) FROM core.amount") == [(4,)]


def exported(path: Path, folder: Path) -> dict[str, bytes]:
    folder.mkdir()
    with duckdb.connect(str(path), read_only=True) as connection:
        names = connection.execute(
            "SELECT table_name FROM duckdb_tables() WHERE schema_name = 'core'"
        ).fetchall()
        for (name,) in names:
            connection.execute(f"COPY core.\"{name}\" TO '{folder / name}.parquet' (FORMAT parquet)")
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def test_order_and_thread_count_change_no_byte(tmp_path: Path, inputs_of: Make) -> None:
    rows = []
    for no in range(12):
        write_document(tmp_path, f"d{no}", unit=f"样例区第{no % 5}局", year=2020 + no % 3)
        rows.append(sighting(f"d{no}"))
    first, second = tmp_path / "1.duckdb", tmp_path / "2.duckdb"
    one, other = inputs_of(sightings(*rows), threads=1), inputs_of(sightings(*reversed(rows)), threads=4)
    build_warehouse(first, one)
    build_warehouse(second, other)
    assert build_id(one) == build_id(other)
    assert exported(first, tmp_path / "e1") == exported(second, tmp_path / "e2")


def test_the_build_id_follows_the_inputs(tmp_path: Path, inputs_of: Make) -> None:
    from datetime import date

    base = build_id(inputs_of(sightings(sighting("a"))))
    assert build_id(inputs_of(sightings(sighting("a")), night=date(2026, 11, 24))) == base
    assert build_id(inputs_of(sightings(sighting("a"), sighting("b")))) != base
    assert build_id(inputs_of(sightings(sighting("a")), other_fingerprints=("rules 2",))) != base
    write_document(tmp_path, "a")
    assert build_id(inputs_of(sightings(sighting("a")))) != base


def test_an_existing_target_is_refused_and_a_failed_build_leaves_nothing(
    tmp_path: Path, inputs_of: Make
) -> None:
    target = tmp_path / "w.duckdb"
    target.write_text("someone's")
    with pytest.raises(FileExistsError):
        build_warehouse(target, inputs_of(sightings()))
    other = tmp_path / "x.duckdb"
    with pytest.raises(duckdb.Error):
        build_warehouse(other, inputs_of(sightings().drop("published_on")))
    assert not other.exists()


def test_no_column_of_the_frames_is_lost(tmp_path: Path, inputs_of: Make) -> None:
    """A column that a room adds to its frames must be carried into the base tables."""
    target = tmp_path / "w.duckdb"
    build_warehouse(target, inputs_of(sightings()))
    columns: dict[str, set[str]] = {}
    for table, column in query(
        target, "SELECT table_name, column_name FROM duckdb_columns() WHERE schema_name = 'core'"
    ):
        columns.setdefault(table, set()).add(column)
    renamed = {"table": "extracted_table", "identity": "document", "cell_label": "cell"}
    elsewhere = {
        "document": {"status_reason", "sha256"},
        "cell_label": {"statement_no"},  # statement_id
        "fragment": {"sentence_no"},  # sentence_id
        "identity": {"unit_name", "evidence"},  # printed_unit_name, identity_evidence
        "claim": {"related_claim_no"},  # related_claim_id
    }
    for frames in (extractors.schema.FRAMES, transforms.schema.FRAMES):
        for name, schema in frames.items():
            missing = set(schema) - columns[renamed.get(name, name)] - elsewhere.get(name, set())
            assert not missing, f"{name}: {missing}"


def test_every_mart_column_has_a_chinese_comment(tmp_path: Path, inputs_of: Make) -> None:
    target = tmp_path / "w.duckdb"
    build_warehouse(target, inputs_of(sightings()))
    uncommented = query(
        target,
        "SELECT table_name, column_name FROM duckdb_columns() WHERE schema_name = 'mart' "
        "AND NOT coalesce(regexp_matches(comment, '[一-龥]'), false)",
    )
    assert uncommented == []
    assert (
        query(target, "SELECT view_name FROM duckdb_views() WHERE schema_name = 'mart' AND comment IS NULL")
        == []
    )


def test_a_bodys_own_level_is_no_version_of_its_whole(tmp_path: Path, inputs_of: Make) -> None:
    write_document(tmp_path, "whole", unit="样例区财政局")
    write_document(tmp_path, "own", unit="样例区财政局（本级）")
    target = tmp_path / "w.duckdb"
    build_warehouse(target, inputs_of(sightings(sighting("whole"), sighting("own"))))
    assert query(target, "SELECT count(*), count(DISTINCT unit_id) FROM core.document WHERE is_current") == [
        (2, 1)
    ]


DISK_FULL = """
import resource, sys
from datetime import date
from pathlib import Path
import polars as pl
from warehouse.build import BuildInputs, build_warehouse
home = Path(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))
inputs = BuildInputs(sightings=pl.read_parquet(home / "sightings.parquet"), extracted_root=home / "extracted" / "x",
                     facts_root=home / "facts" / "y", night=date(2026, 11, 23))
try:
    build_warehouse(home / "staging" / "w.duckdb", inputs)
except Exception as error:
    print("File too large" in str(error))
print([path.name for path in (home / "staging").iterdir() if path.is_file()])
"""


@pytest.mark.parametrize("limit", [20_000, 300_000])  # in the first table, at the last checkpoint
def test_a_full_disk_leaves_nothing_half_built(tmp_path: Path, limit: int) -> None:
    write_document(tmp_path, "a")
    sightings(sighting("a")).write_parquet(tmp_path / "sightings.parquet")
    child = subprocess.run(
        [sys.executable, "-c", DISK_FULL, str(tmp_path), str(limit)],
        capture_output=True, text=True, timeout=60, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert child.stdout.splitlines() == ["True", "[]"], child.stderr
