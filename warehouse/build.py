"""Building the warehouse: a pure function of sightings, Parquet sets, reference data, ledger and the night's
date.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from warehouse.dimensions import calendar_fingerprint
from warehouse.inputs import BuildInputs
from warehouse.ledger import ledger_fingerprint
from warehouse.load import load
from warehouse.parquet_sets import DamagedSetsError, extracted_sets, facts_sets
from warehouse.versions import combine, fingerprint_of_files, warehouse_version

__all__ = [
    "BuildInputs",
    "BuildSummary",
    "build_id",
    "build_warehouse",
    "discard_damaged_sets",
    "table_counts",
]


@dataclass(frozen=True, slots=True)
class BuildSummary:
    """What a build put into the warehouse; ``reasons`` counts the documents that are not loaded by reason
    code.
    """

    build_id: str
    document_count: int
    loaded_count: int
    quarantined_count: int
    template_count: int
    superseded_count: int  # loaded, but not the current version of their publication
    row_counts: dict[str, int]
    reasons: dict[str, int] = field(default_factory=dict)
    broken_constraints: dict[str, int] = field(default_factory=dict)  # name: violations; empty where all hold
    damaged: tuple[str, ...] = ()  # files whose Parquet sets could not be read: see discard_damaged_sets


def build_id(inputs: BuildInputs) -> str:
    """Return the identity of the generation that these inputs lead to.

    Two nights with the same inputs have the same id: the second has nothing to build. Which sets exist, and their
    sizes, belong to the inputs, so that a document extracted later, or anew, gives a new id.
    """
    extracted, facts = extracted_sets(inputs.extracted_root), facts_sets(inputs.facts_root)
    sets = (f"{one} {extracted.byte_count(one)} {facts.byte_count(one)}" for one in inputs.sha256s)
    sightings = inputs.sightings.sort(inputs.sightings.columns, nulls_last=True).write_ndjson()
    return combine(
        [
            warehouse_version(),
            inputs.extractor_version,
            inputs.transform_version,
            *inputs.other_fingerprints,
            fingerprint_of_files(inputs.reference),
            fingerprint_of_files(inputs.registry) if inputs.registry else "",
            calendar_fingerprint(inputs.registry, inputs.night),
            ledger_fingerprint(inputs.ledger, inputs.night),
            combine(sets),
            combine([sightings]),
        ]
    )[:16]


def build_warehouse(target: Path, inputs: BuildInputs) -> BuildSummary:
    """Build the warehouse file ``target`` (which must not exist) with base tables and mart views.

    Rules are not run here.

    Every stored file gets a row in ``core.document``, with a reason where nothing could be loaded from it.
    Raises ``FileExistsError``, and ``duckdb.Error`` or ``OSError`` (a full disk) after removing the half-built file.
    """
    if target.exists():
        raise FileExistsError(f"{target} exists; a warehouse is built once")
    target.parent.mkdir(parents=True, exist_ok=True)
    damaged: frozenset[str] = frozenset()
    while True:
        try:
            with open_writer(target, inputs.threads, inputs.memory_limit) as connection:
                load(connection, inputs, damaged)
                return _summarise(connection, inputs)
        except DamagedSetsError as error:  # begin again without them: who a unit is depends on all documents
            _remove(target)
            damaged |= error.sha256s
        except BaseException:
            _remove(target)
            raise


def _remove(target: Path) -> None:
    for leftover in (target, target.with_name(target.name + ".wal")):
        leftover.unlink(missing_ok=True)


def discard_damaged_sets(inputs: BuildInputs, summary: BuildSummary) -> None:
    """Remove the Parquet sets that a build could not read; the next night makes them anew from the store."""
    for sha256 in summary.damaged:
        extracted_sets(inputs.extracted_root).discard(sha256)
        facts_sets(inputs.facts_root).discard(sha256)


@contextmanager
def open_writer(
    target: Path, threads: int = 2, memory_limit: str = "2GB"
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a warehouse file for writing; what does not fit into the limit spills beside it, and nothing is fetched."""
    connection = duckdb.connect(
        str(target),
        config={
            "threads": threads,
            "memory_limit": memory_limit,
            "temp_directory": str(target.parent / "spill"),
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        },
    )
    try:
        yield connection
        connection.execute("CHECKPOINT")
    finally:
        connection.close()


def _summarise(connection: duckdb.DuckDBPyConnection, inputs: BuildInputs) -> BuildSummary:
    states = dict(connection.execute("SELECT status, count(*) FROM core.document GROUP BY status").fetchall())
    reasons = connection.execute(
        "SELECT reason_code, count(*) FROM core.document WHERE reason_code IS NOT NULL GROUP BY 1 ORDER BY 1"
    ).fetchall()
    broken = connection.execute(
        "SELECT name, violation_count FROM core.constraint_check WHERE violation_count > 0 ORDER BY name"
    ).fetchall()
    superseded = connection.execute(
        "SELECT count(*) FROM core.document WHERE superseded_by IS NOT NULL"
    ).fetchone()
    damaged = connection.execute(
        "SELECT sha256 FROM core.document WHERE reason_code = 'unreadable_set' ORDER BY sha256"
    ).fetchall()
    identity = build_id(inputs)
    total = sum(states.values())
    connection.execute(
        "INSERT INTO core.build VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            identity,
            inputs.night,
            inputs.extractor_version,
            inputs.transform_version,
            warehouse_version(),
            total,
            states.get("loaded", 0),
            states.get("quarantined", 0),
        ],
    )
    return BuildSummary(
        build_id=identity,
        document_count=total,
        loaded_count=states.get("loaded", 0),
        quarantined_count=states.get("quarantined", 0),
        template_count=states.get("template", 0),
        superseded_count=superseded[0] if superseded else 0,
        row_counts=table_counts(connection),
        reasons=dict(reasons),
        broken_constraints=dict(broken),
        damaged=tuple(sha256 for (sha256,) in damaged),
    )


def table_counts(connection: duckdb.DuckDBPyConnection, schema: str = "core") -> dict[str, int]:
    """Return the number of rows of every table of a schema."""
    names = connection.execute(
        "SELECT table_name FROM duckdb_tables() WHERE schema_name = ? AND NOT temporary ORDER BY table_name",
        [schema],
    ).fetchall()
    counts: dict[str, int] = {}
    for (name,) in names:
        row = connection.execute(f'SELECT count(*) FROM {schema}."{name}"').fetchone()  # noqa: S608
        counts[name] = int(row[0]) if row else 0
    return counts
