"""What a data directory holds, reduced to what must be equal between a faulted and a never-faulted one."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import duckdb

#: Columns that say when something ran, not what is so.
VOLATILE_COLUMNS = {
    "fetched_at", "first_seen", "last_seen", "happened_on", "seconds", "cpu_seconds", "build_id", "event_id",
    "event_no", "started_at", "finished_at", "sighting_no", "etag", "last_modified",
}  # fmt: skip
#: Tables about the runs themselves; a finding's events follow the ledger, which is compared on its own.
VOLATILE_TABLES = {"core.build", "core.rule_run", "core.finding_event"}
_LEFTOVERS = ("*.part", "*.tmp", "*.wal", ".tmp*", "*.lock.tmp")


def export(warehouse: Path) -> dict[str, object]:
    """Return a digest and row count of every base table's stable columns, rows in a fixed order."""
    digests: dict[str, object] = {}
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        tables = connection.execute(
            "SELECT table_schema, table_name FROM information_schema.tables "
            "WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('information_schema', 'pg_catalog') ORDER BY ALL"
        ).fetchall()
        for schema, name in tables:
            if f"{schema}.{name}" in VOLATILE_TABLES:
                continue
            columns = [
                column
                for (column,) in connection.execute(
                    "SELECT column_name FROM information_schema.columns WHERE table_schema = ? AND table_name = ? "
                    "ORDER BY ordinal_position",
                    [schema, name],
                ).fetchall()
                if column not in VOLATILE_COLUMNS
            ]
            chosen = ", ".join(f'"{column}"' for column in columns)
            query = f'SELECT {chosen} FROM "{schema}"."{name}" ORDER BY ALL'  # noqa: S608 - own names
            if (
                name == "sighting"
            ):  # what a lying portal answered, and seeing a file again, stay in the history
                query = f"SELECT DISTINCT {chosen} FROM core.sighting WHERE reason_code IS NULL ORDER BY ALL"  # noqa: S608
            rows = connection.execute(query).fetchall()
            digests[f"{schema}.{name}"] = (len(rows), hashlib.sha256(repr(rows).encode()).hexdigest()[:16])
    return digests


def ledger_events(home: Path) -> set[str]:
    """Return the ledger's events without their dates."""
    events = set()
    for path in sorted((home / "ledger").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            event = {key: value for key, value in json.loads(line).items() if key not in VOLATILE_COLUMNS}
            events.add(json.dumps(event, sort_keys=True, ensure_ascii=False))
    return events


def stored_objects(home: Path) -> set[str]:
    """Return the names of the stored objects; a name that is not its content's hash says so."""
    names = set()
    for path in (home / "store" / "objects").rglob("*"):
        if path.is_file():
            true = hashlib.sha256(path.read_bytes()).hexdigest()
            names.add(path.name if path.stem == true else f"{path.name} holds {true[:12]}")
    return names


def leftovers(home: Path) -> list[str]:
    """Return files of an unfinished night that nothing will ever use again."""
    found = {path for pattern in _LEFTOVERS for path in home.rglob(pattern)}
    staging = home / "staging"
    if staging.is_dir():
        found |= set(staging.iterdir())
    return sorted(str(path.relative_to(home)) for path in found)


def snapshot(home: Path, *, tables_only: bool = False) -> dict[str, object]:
    """Return everything that must be equal."""
    state: dict[str, object] = {"tables": export(home / "warehouse.duckdb")}
    if not tables_only:
        state |= {
            "ledger": ledger_events(home),
            "objects": stored_objects(home),
            "leftovers": leftovers(home),
        }
    return state


def damage_of(home: Path, before: dict[str, object] | None, after: dict[str, object]) -> list[str]:
    """Return what is wrong with the published warehouse right after a spoilt night: it may be old, new or absent."""
    warehouse = home / "warehouse.duckdb"
    if not warehouse.exists():
        return ["the published warehouse is gone"] if before else []
    try:
        tables = export(warehouse)
    except duckdb.Error as error:
        return [f"the published warehouse cannot be read: {error}"]
    if before and tables == before["tables"]:
        return []
    known = [reference["tables"] for reference in (before, after) if reference]
    if tables in known:
        return []
    # a night with fewer documents than the full one (a portal that failed) is a third lawful state
    missing = {name for name in after["tables"] if name not in tables}  # type: ignore[attr-defined]
    return [f"the published warehouse lacks {sorted(missing)}"] if missing else []


def compare_homes(expected: dict[str, object], found: dict[str, object]) -> list[str]:
    """Return every difference between the state a directory should have and the one it has."""
    differences = []
    right, here = expected["tables"], found["tables"]
    assert isinstance(right, dict)
    assert isinstance(here, dict)
    for name in sorted({*right, *here}):
        if right.get(name) != here.get(name):
            differences.append(f"{name}: {here.get(name)} instead of {right.get(name)}")
    for part in ("ledger", "objects"):
        should, has = expected[part], found[part]
        assert isinstance(should, set)
        assert isinstance(has, set)
        if should - has:
            differences.append(f"{part}: {len(should - has)} lost, e.g. {sorted(should - has)[0][:150]}")
        if has - should:
            differences.append(f"{part}: {len(has - should)} too many, e.g. {sorted(has - should)[0][:150]}")
    if found["leftovers"]:
        differences.append(f"left lying about: {found['leftovers']}")
    return differences
