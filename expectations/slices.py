"""Slices: whole groups of documents laid out as a little warehouse of their own, to be judged like any other.

A slice is a catalogue ``slice`` beside the warehouse with the tables of core that rules may read, holding the documents
of the slice, what is known of their units, and the reference data. While it is laid out it is what ``core`` means, so
that nothing outside of it can be seen: what is judged in it follows from what is in it. Memory is that of a slice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb

#: Documents of a slice. A third of the time of rules over a slice is spent on planning them, whatever its size.
SLICE_SIZE = 1_000

#: Tables of core with one document's content.
DOCUMENT_TABLES = (
    "document", "page", "extracted_table", "statement", "cell", "line", "sentence", "amount", "claim",
    "performance_project", "performance_indicator",
)  # fmt: skip
#: Tables of core about a unit.
UNIT_TABLES = ("unit", "unit_alias", "publication")
#: Tables of core that are the same for all.
REFERENCE_TABLES = ("subject", "statement_kind")
#: Tables of core that judging fills.
RESULT_TABLES = ("outcome", "outcome_evidence", "finding", "finding_outcome", "finding_evidence")

#: What is no part of a slice: what a night learns of a document without a change of the document, and what the district
#: prints of a subject.
_LEFT_OUT = {
    "document": (
        "first_seen",
        "last_seen",
        "sighting_count",
        "source_url",
        "page_url",
        "link_text",
        "listed_title",
    ),
    "subject": ("is_printed",),
}
_ONLY = {"subject": "is_known"}

_WAREHOUSE_SQL = Path(__file__).resolve().parent.parent / "warehouse" / "sql"
_PEER_TABLE = re.compile(r"^CREATE OR REPLACE TEMP TABLE (\w+)", re.MULTILINE)
#: What the slices contribute to rules that reach over the district.
PEER_TABLES = tuple(_PEER_TABLE.findall((Path(__file__).parent / "peers.sql").read_text(encoding="utf-8")))


def warehouse_name(connection: duckdb.DuckDBPyConnection) -> str:
    """Return the name of the catalogue in use."""
    (name,) = connection.execute("SELECT current_database()").fetchone() or ("",)
    return f'"{name}"'


def columns_judged(connection: duckdb.DuckDBPyConnection, table: str) -> tuple[str, ...]:
    """Return the columns of a table of core that a slice has, quoted."""
    names = connection.execute(
        "SELECT column_name FROM duckdb_columns() WHERE database_name = current_database() AND schema_name = 'core' "
        "AND table_name = ? ORDER BY column_index",
        [table],
    ).fetchall()
    return tuple(f'"{name}"' for (name,) in names if name not in _LEFT_OUT.get(table, ()))


def rows_judged(table: str) -> str:
    """Return the condition that rows of a reference table meet in a slice."""
    return _ONLY.get(table, "true")


def plan_slices(connection: duckdb.DuckDBPyConnection, size: int, groups: str = "") -> list[list[str]]:
    """Return the documents of each slice: whole groups, or whole families of those in the temporary table ``groups``.

    They stand in the order of the build, so that a slice's rows lie close together.
    """
    chosen = f"SEMI JOIN {groups} USING (group_id) JOIN gathered_family USING (group_id)" if groups else ""
    whole = "family_id" if groups else "group_id"
    rows = connection.execute(
        f"SELECT {whole}, list(document_id ORDER BY document_id) FROM core.batch_document {chosen} "  # noqa: S608
        f"GROUP BY {whole} ORDER BY min(batch_no), {whole}"
    ).fetchall()
    slices: list[list[str]] = []
    for _, documents in rows:
        if not slices or len(slices[-1]) + len(documents) > size:
            slices.append([])
        slices[-1] += documents
    return slices


@contextmanager
def laid_out(connection: duckdb.DuckDBPyConnection, documents: Sequence[str]) -> Iterator[str]:
    """Lay out a slice and make it what ``core`` means; yields the name of the warehouse it was cut from.

    Temporary tables made meanwhile go with it, except those called ``gathered_…``.
    """
    before = _temporary_tables(connection)
    warehouse = warehouse_name(connection)
    connection.execute("ATTACH ':memory:' AS slice")
    try:
        connection.execute("CREATE SCHEMA slice.core")
        _choose(connection, documents)
        ranges = _row_ranges(connection)
        for table in DOCUMENT_TABLES:
            _cut(connection, table, f"{ranges.get(table, 'true')} AND document_id IN (FROM slice_document)")
        for table in UNIT_TABLES:
            _cut(connection, table, "unit_id IN (FROM slice_unit)")
        for table in (*REFERENCE_TABLES, "rule"):
            _cut(connection, table, rows_judged(table))
        for table in RESULT_TABLES:
            _cut(connection, table, "false")
        connection.execute("USE slice")
        connection.execute((_WAREHOUSE_SQL / "rounding.sql").read_text(encoding="utf-8"))
        yield warehouse
    finally:
        connection.execute(f"USE {warehouse}")
        _drop(connection, _temporary_tables(connection) - before)
        connection.execute("DETACH slice")


def _choose(connection: duckdb.DuckDBPyConnection, documents: Sequence[str]) -> None:
    """List the slice's documents, their units, and units that name one of these as their parent."""
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE slice_document AS SELECT unnest($documents) AS document_id",
        {"documents": list(documents)},
    )
    connection.execute(
        """
        CREATE OR REPLACE TEMP TABLE slice_unit AS
        WITH own AS (
            SELECT unit_id FROM core.document SEMI JOIN slice_document USING (document_id) WHERE unit_id IS NOT NULL
        )
        FROM own UNION SELECT unit_id FROM core.unit WHERE parent_unit_id IN (FROM own)
        """
    )


def _row_ranges(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Return for each table between which rows the slice's documents stand, as a condition."""
    rows = connection.execute(
        """
        SELECT table_name, min(first_row), max(first_row + row_count) FROM core.batch_rows
        WHERE batch_no IN (SELECT batch_no FROM core.batch_document SEMI JOIN slice_document USING (document_id))
        GROUP BY table_name
        """
    ).fetchall()
    return {table: f"rowid >= {first} AND rowid < {end}" for table, first, end in rows}


def _cut(connection: duckdb.DuckDBPyConnection, table: str, condition: str) -> None:
    columns = ", ".join(columns_judged(connection, table))
    connection.execute(
        f"CREATE TABLE slice.core.{table} AS SELECT {columns} FROM core.{table} WHERE {condition}"  # noqa: S608
    )


def gather(
    connection: duckdb.DuckDBPyConnection, tables: Iterable[str], schema: str = "", where: str = "true"
) -> None:
    """Add rows of these tables to the temporary tables ``gathered_<table>``, which are made where they are not there."""
    there = _temporary_tables(connection)
    for table in tables:
        rows = f"FROM {schema}{table} WHERE {where}"
        if f"gathered_{table}" in there:
            connection.execute(f"INSERT INTO gathered_{table} {rows}")
        else:
            connection.execute(f"CREATE TEMP TABLE gathered_{table} AS {rows}")


def _temporary_tables(connection: duckdb.DuckDBPyConnection) -> frozenset[str]:
    rows = connection.execute(
        "SELECT table_name FROM duckdb_tables() WHERE database_name = 'temp'"
    ).fetchall()
    return frozenset(name for (name,) in rows)


def _drop(connection: duckdb.DuckDBPyConnection, tables: Iterable[str]) -> None:
    for name in sorted(tables):
        if not name.startswith("gathered_"):
            connection.execute(f'DROP TABLE temp."{name}"')
