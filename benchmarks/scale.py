"""Build and rules over a generated corpus of extracted documents: time, memory and disk, and how they grow.

    python benchmarks/scale.py HOME --documents 1000 10000 [--changed 0.01] [--keep DIRECTORY]

HOME is a data directory with extracted documents (``mingzhang ingest`` or ``make demo``); they are repeated under other ids
and other units. Each stage runs in a process of its own, so that its peak memory is its own: a first night's build and rules, and
the rules of a second night before which the given share of documents has been withdrawn.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

sys.path.pop(0)  # this folder: it has a module named reports
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.scale_corpus import Corpus, make_corpus
from expectations.catalogue import load_rules
from expectations.night import judge_night
from warehouse.build import build_warehouse, open_writer


def build(corpus: Path, warehouse: Path) -> dict[str, Any]:
    """Build the corpus's warehouse."""
    warehouse.unlink(missing_ok=True)
    summary = build_warehouse(warehouse, Corpus(corpus).inputs())
    return {
        "documents": summary.document_count,
        "cells": summary.row_counts["cell"],
        "amounts": summary.row_counts["amount"],
        "broken_constraints": summary.broken_constraints,
    }


def rules(_corpus: Path, warehouse: Path) -> dict[str, Any]:
    """Judge all rules over a built warehouse and gather the findings."""
    return _judged(warehouse, None)


def rules_again(_corpus: Path, warehouse: Path) -> dict[str, Any]:
    """The same, with what the warehouse of the night before has."""
    return _judged(warehouse, warehouse.with_name(FIRST_NIGHT))


def _judged(warehouse: Path, previous: Path | None) -> dict[str, Any]:
    with open_writer(warehouse) as connection:
        connection.execute("SET disabled_optimizers = 'top_n_window_elimination'")
        summary, _ = judge_night(connection, load_rules(), date(2026, 1, 2), previous)
        (findings,) = connection.execute("SELECT count(*) FROM core.finding").fetchone() or (0,)
    return {
        "outcomes": sum(summary.verdicts.values()),
        "findings": findings,
        "failed_rules": summary.failed_rules,
    }


STAGES: dict[str, Callable[[Path, Path], dict[str, Any]]] = {
    "build": build,
    "rules": rules,
    "again": rules_again,
}
FIRST_NIGHT = "first-night.duckdb"


def measured(stage: str, corpus: Path, warehouse: Path) -> dict[str, Any]:
    """Run one stage in this process and return what it did and took."""
    wall, cpu = time.perf_counter(), time.process_time()
    result = STAGES[stage](corpus, warehouse)
    return {
        "stage": stage,
        **result,
        "cpu_seconds": round(time.process_time() - cpu, 1),
        "wall_seconds": round(time.perf_counter() - wall, 1),
        "peak_megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "file_megabytes": round(warehouse.stat().st_size / 1e6, 1),
    }


def in_own_process(stage: str, corpus: Path, warehouse: Path) -> dict[str, Any]:
    """Run one stage in a process of its own."""
    command = [sys.executable, __file__, "--stage", stage, str(corpus), str(warehouse)]
    run = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    result: dict[str, Any] = json.loads(run.stdout.splitlines()[-1])
    print(json.dumps(result, ensure_ascii=False), flush=True)
    return result


def one_size(home: Path, place: Path, documents: int, changed: float) -> None:
    """Measure one size of corpus: a first night, and the rules of a second."""
    corpus, warehouse = place / f"corpus-{documents}", place / f"{documents}.duckdb"
    made = make_corpus(home, corpus, documents)
    results = [in_own_process(stage, corpus, warehouse) for stage in ("build", "rules")]
    if changed:
        warehouse.replace(warehouse.with_name(FIRST_NIGHT))
        made.withdraw(changed)
        in_own_process("build", corpus, warehouse)
        results.append(in_own_process("again", corpus, warehouse))
        warehouse.with_name(FIRST_NIGHT).unlink()
    for result in results:
        each = 1000 * result["cpu_seconds"] / documents
        print(f"{documents:>7} documents  {result['stage']:<6} {result['cpu_seconds']:>8.1f} s CPU = {each:6.1f} ms a document"
              f"  peak {result['peak_megabytes']:>5} MB  file {result['file_megabytes']:>8.1f} MB")  # fmt: skip


def main() -> int:
    """Command line."""
    if sys.argv[1:2] == ["--stage"]:
        stage, corpus, warehouse = sys.argv[2:5]
        print(json.dumps(measured(stage, Path(corpus), Path(warehouse))))
        return 0
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("home", type=Path)
    parser.add_argument("--documents", type=int, nargs="+", default=[1000])
    parser.add_argument(
        "--changed", type=float, default=0.01, help="share withdrawn before a second night; 0: none"
    )
    parser.add_argument("--keep", type=Path, help="leave corpus and warehouse in this directory")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as directory:
        place = arguments.keep or Path(directory)
        place.mkdir(parents=True, exist_ok=True)
        for documents in arguments.documents:
            one_size(arguments.home, place, documents, arguments.changed)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
