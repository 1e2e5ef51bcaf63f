"""Publication, its interruption at any point, and readers during it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

import duckdb
import pytest

from warehouse.ledger import LEDGER_FILE, LedgerEvent, read_ledger
from warehouse.publish import (
    PublicationError,
    current_generation,
    prepare_generation,
    prune_generations,
    publish_generation,
    recover,
    verify_generation,
)
from warehouse.query import NothingPublishedError, QueryError, run_query

EVENT = LedgerEvent(kind="first_seen", finding_id="f1", happened_on=date(2026, 11, 23))


def stage(home: Path, build_id: str, number: int, event: LedgerEvent | None = None) -> Path:
    staging = prepare_generation(home, build_id)
    with duckdb.connect(str(staging / "warehouse.duckdb")) as connection:
        connection.execute(f"CREATE TABLE t AS SELECT {number} AS number")
    (staging / "reports").mkdir()
    (staging / "reports" / "exceptions.csv").write_text(str(number))
    if event:
        (staging / "ledger_events.jsonl").write_text(event.to_json() + "\n")
    return staging


def publish(home: Path, build_id: str, number: int, event: LedgerEvent | None = None) -> None:
    publish_generation(
        home,
        stage(home, build_id, number, event),
        build_id,
        versions={"rules": "1"},
        counts={"document": number},
    )


def number_of(home: Path) -> int:
    return int(run_query(home, "SELECT number FROM t").rows[0][0])


def test_a_generation_is_published_and_superseded(tmp_path: Path) -> None:
    with pytest.raises(NothingPublishedError, match="mingzhang nightly"):
        number_of(tmp_path)
    publish(tmp_path, "b1", 1)
    publish(tmp_path, "b2", 2)
    assert number_of(tmp_path) == 2
    assert (tmp_path / "reports" / "exceptions.csv").read_text() == "2"
    with duckdb.connect(str(tmp_path / "warehouse.duckdb"), read_only=True) as connection:
        assert connection.execute("SELECT number FROM t").fetchone() == (2,)
    generation = current_generation(tmp_path)
    assert generation is not None
    assert (generation.build_id, generation.counts, generation.versions) == (
        "b2",
        {"document": 2},
        {"rules": "1"},
    )
    assert set(generation.files) == {"warehouse.duckdb", "reports/exceptions.csv"}
    assert verify_generation(generation) == []
    (generation.path / "reports" / "exceptions.csv").write_text("edited")
    assert verify_generation(generation) == ["reports/exceptions.csv"]
    assert not list((tmp_path / "staging").iterdir())


def test_publishing_the_same_build_again_changes_nothing(tmp_path: Path) -> None:
    publish(tmp_path, "b1", 1, EVENT)
    publish(tmp_path, "b2", 2)
    manifest = (tmp_path / "generations" / "b1" / "manifest.json").read_bytes()
    publish(tmp_path, "b1", 9, EVENT)
    assert number_of(tmp_path) == 1
    assert (tmp_path / "generations" / "b1" / "manifest.json").read_bytes() == manifest
    assert len(read_ledger(tmp_path / "ledger" / LEDGER_FILE).events) == 1


def test_an_open_reader_is_not_disturbed(tmp_path: Path) -> None:
    publish(tmp_path, "b1", 1)
    script = (
        "import duckdb, sys\n"
        f"c = duckdb.connect({str(tmp_path / 'warehouse.duckdb')!r}, read_only=True)\n"
        "print('open', flush=True); sys.stdin.readline()\n"
        "print(c.execute('SELECT number FROM t').fetchone()[0], flush=True)\n"
    )
    reader = subprocess.Popen(
        [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert reader.stdin and reader.stdout
    assert reader.stdout.readline().strip() == "open"
    publish(tmp_path, "b2", 2)
    assert prune_generations(tmp_path, keep=1) == ["b1"]
    out, _ = reader.communicate("go\n", timeout=20)
    assert out.strip() == "1"
    assert number_of(tmp_path) == 2


def test_an_unfinished_generation_is_refused(tmp_path: Path) -> None:
    publish(tmp_path, "b1", 1)
    with pytest.raises(PublicationError, match="没有可发布"):
        publish_generation(tmp_path, prepare_generation(tmp_path, "b2"), "b2", versions={}, counts={})
    staging = stage(tmp_path, "b3", 3)
    (staging / "warehouse.duckdb.wal").write_text("x")
    with pytest.raises(PublicationError, match="预写日志"):
        publish_generation(tmp_path, staging, "b3", versions={}, counts={})
    assert number_of(tmp_path) == 1


def test_a_file_of_someone_else_in_the_way_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "reports").mkdir()
    with pytest.raises(PublicationError, match="reports"):
        publish(tmp_path, "b1", 1)
    assert (tmp_path / "reports").is_dir()
    assert not (tmp_path / "reports").is_symlink()


def test_pruning_keeps_the_current_and_the_youngest(tmp_path: Path) -> None:
    for number in range(1, 5):
        publish(tmp_path, f"b{number}", number)
        os.utime(tmp_path / "generations" / f"b{number}", (number, number))
    publish(tmp_path, "b1", 1)
    assert prune_generations(tmp_path, keep=2) == ["b2", "b3"]
    assert number_of(tmp_path) == 1
    assert prune_generations(tmp_path / "nowhere") == []


#: The steps of a publication by the function that makes them: the child stops there until it is killed.
STEPS = ("_complete", "_sync", "rename", "_switch", "_replace_link", "_make_entrances", "append_events")

CHILD = """
import sys, time
from pathlib import Path
import warehouse.publish as publish
from tests.warehouse.test_publish import EVENT, stage
home, step, when = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
staging = stage(home, "b2", 2, EVENT)
owner = Path if step == "rename" else publish
original = getattr(owner, step)
def stop(*args, **kwargs):
    if when == "after":
        original(*args, **kwargs)
    print("here", flush=True)
    time.sleep(60)
setattr(owner, step, stop)
publish.publish_generation(home, staging, "b2", versions={}, counts={})
"""


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("step", STEPS)
def test_kill_between_any_two_steps_leaves_one_whole_generation(tmp_path: Path, step: str, when: str) -> None:
    publish(tmp_path, "b1", 1)
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(tmp_path), step, when],
        stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert child.stdout
    assert child.stdout.readline().strip() == "here"
    child.send_signal(signal.SIGKILL)
    child.wait(timeout=10)
    number = number_of(tmp_path)
    assert number in (1, 2)
    assert verify_generation(current_generation(tmp_path) or pytest.fail("nothing current")) == []
    recover(tmp_path)
    assert number_of(tmp_path) == number
    events = read_ledger(tmp_path / "ledger" / LEDGER_FILE).events
    assert events == ((EVENT,) if number == 2 else ())
    publish(tmp_path, "b2", 2, EVENT)
    recover(tmp_path)
    assert number_of(tmp_path) == 2
    assert read_ledger(tmp_path / "ledger" / LEDGER_FILE).events == (EVENT,)
    assert not list((tmp_path / "staging").iterdir())


def test_queries_are_read_only_and_give_plain_values(tmp_path: Path) -> None:
    publish(tmp_path, "b1", 1)
    result = run_query(
        tmp_path,
        "SELECT 326.71::DECIMAL(24, 2) AS amount, DATE '2024-01-02' AS day, [1] AS list, NULL AS nothing",
    )
    assert json.loads(result.to_json()) == [
        {"amount": "326.71", "day": "2024-01-02", "list": [1], "nothing": None}
    ]
    for statement in ("DELETE FROM t", "SELECT * FROM nowhere", f"COPY t TO '{tmp_path}/x.csv'", "SELEC 1"):
        with pytest.raises(QueryError):
            run_query(tmp_path, statement)
    assert not (tmp_path / "x.csv").exists()
