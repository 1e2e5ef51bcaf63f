"""The fault campaign notices what a night lost, doubled or left lying about."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import duckdb
import pytest

from benchmarks.fault_state import compare_homes, damage_of, snapshot


def make_home(home: Path, rows: int = 3) -> Path:
    home.mkdir()
    with duckdb.connect(str(home / "warehouse.duckdb")) as connection:
        connection.execute("CREATE SCHEMA core")
        connection.execute(
            "CREATE TABLE core.amount AS SELECT range AS amount_id, now() AS fetched_at FROM range(?)", [rows]
        )
        connection.execute(
            "CREATE TABLE core.sighting (url VARCHAR, reason_code VARCHAR, fetched_at TIMESTAMP)"
        )
        connection.execute("INSERT INTO core.sighting VALUES ('a', NULL, now())")
    (home / "ledger").mkdir()
    (home / "ledger" / "events.jsonl").write_text(
        json.dumps({"kind": "first_seen", "finding_id": "f1"}) + "\n"
    )
    content = b"%PDF-1.4"
    stored = home / "store" / "objects" / "ab" / f"{hashlib.sha256(content).hexdigest()}.pdf"
    stored.parent.mkdir(parents=True)
    stored.write_bytes(content)
    return home


def test_two_nights_at_different_times_are_equal(tmp_path: Path) -> None:
    assert compare_homes(snapshot(make_home(tmp_path / "a")), snapshot(make_home(tmp_path / "b"))) == []


def lose_rows(home: Path) -> None:
    with duckdb.connect(str(home / "warehouse.duckdb")) as connection:
        connection.execute("DELETE FROM core.amount WHERE amount_id = 1")


def double_sighting(home: Path) -> None:
    with duckdb.connect(str(home / "warehouse.duckdb")) as connection:
        connection.execute("INSERT INTO core.sighting VALUES ('b', NULL, now())")


def forget_ledger(home: Path) -> None:
    (home / "ledger" / "events.jsonl").write_text("")


def spoil_object(home: Path) -> None:
    next((home / "store" / "objects").rglob("*.pdf")).write_bytes(b"other")


def leave_part(home: Path) -> None:
    (home / "runs").mkdir()
    (home / "runs" / ".x.json.part").touch()


@pytest.mark.parametrize("spoil", [lose_rows, double_sighting, forget_ledger, spoil_object, leave_part])
def test_every_loss_is_noticed(tmp_path: Path, spoil: object) -> None:
    assert callable(spoil)
    home = make_home(tmp_path / "b")
    spoil(home)
    assert compare_homes(snapshot(make_home(tmp_path / "a")), snapshot(home))


def test_refused_answers_and_repeated_sightings_are_history_not_loss(tmp_path: Path) -> None:
    home = make_home(tmp_path / "b")
    with duckdb.connect(str(home / "warehouse.duckdb")) as connection:
        connection.execute("INSERT INTO core.sighting VALUES ('c', 'soft_404', now()), ('a', NULL, now())")
    assert compare_homes(snapshot(make_home(tmp_path / "a")), snapshot(home)) == []


def test_a_published_warehouse_may_be_old_or_new_but_not_gone_or_broken(tmp_path: Path) -> None:
    after = snapshot(make_home(tmp_path / "new", rows=9))
    home = make_home(tmp_path / "old")
    before = snapshot(home, tables_only=True)
    assert damage_of(home, before, after) == []
    (home / "warehouse.duckdb").write_bytes(b"not a database")
    assert "cannot be read" in damage_of(home, before, after)[0]
    (home / "warehouse.duckdb").unlink()
    assert damage_of(home, before, after) == ["the published warehouse is gone"]
    assert damage_of(home, None, after) == []
