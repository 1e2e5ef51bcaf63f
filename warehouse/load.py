"""Loading a new warehouse file: first what is decided over all documents, then their contents batch by batch."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb
import polars as pl

from warehouse.batches import Member, batches_of
from warehouse.dimensions import dimension_inputs, store_input
from warehouse.inputs import BuildInputs
from warehouse.ledger import events_frame
from warehouse.membership import listed_members
from warehouse.parquet_sets import ParquetSets, Wanted, extracted_sets, facts_sets, read_frames

SQL_DIRECTORY = Path(__file__).resolve().parent / "sql"

#: Frames of one row a document, which decide what a document is.
_DECIDING = {"extracted": ("document",), "facts": ("identity",)}

#: What more has to be known of some documents before it is decided what they are, and of which: whether those without text
#: have lines from OCR, and whether narratives and tables that appeared apart belong together.
_UNDECIDED: dict[str, tuple[str, dict[str, tuple[str, ...]]]] = {
    "extracted": (
        "SELECT document_id FROM extracted_document WHERE text_layer IN ('scanned', 'unusable')",
        {"line": (), "cell": ()},
    ),
    "facts": (
        """
        SELECT document_id FROM facts_identity
        WHERE content IN ('narrative', 'tables')
           OR (content IN ('full', 'performance')
               AND (unit_name, doc_kind) IN (SELECT (unit_name, doc_kind) FROM facts_identity WHERE content = 'tables'))
        """,
        {
            "statement": ("statement_code", "status"),
            "amount": ("statement_code", "amount_yuan", "unit", "decimals", "state"),
            "claim": ("status", "metric", "basis", "amount_yuan", "unit", "decimals"),
        },
    ),
}

#: What ties a document to others that rules may compare it with: its unit, and every department that this belongs to at any
#: time, by what it prints, by the registry or by the department's own list. A department that publishes nothing ties nothing
#: (rules compare units with its documents): a registry that puts the district above all would make one group of it.
_TIES = """
WITH parents AS (
    SELECT unit_id, list(DISTINCT parent_unit_id ORDER BY parent_unit_id) AS parent_ids FROM unit_input
    WHERE parent_unit_id IN (SELECT unit_id FROM core.document) GROUP BY unit_id
)
SELECT d.document_id, list_concat(
           [d.unit_id, d.unit_name,
            CASE WHEN d.department_name IN (SELECT unit_name FROM core.document) THEN d.department_name END],
           coalesce(p.parent_ids, []))
FROM core.document d LEFT JOIN parents p USING (unit_id)
"""

#: Tables filled batch by batch.
BATCH_TABLES = (
    "page", "extracted_table", "statement", "cell", "line", "sentence", "fragment", "amount", "claim",
    "performance_project", "performance_indicator", "unmapped",
)  # fmt: skip


def run_sql_file(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    """Run one of the package's SQL files."""
    connection.execute((SQL_DIRECTORY / name).read_text(encoding="utf-8"))


def lay_schema(connection: duckdb.DuckDBPyConnection) -> None:
    """Create the empty tables, the macros of the rounding semantics and the analysts' views."""
    for name in ("schema.sql", "rounding.sql", "mart.sql", "star.sql"):
        run_sql_file(connection, name)


def load(connection: duckdb.DuckDBPyConnection, inputs: BuildInputs, damaged: frozenset[str]) -> None:
    """Fill a new warehouse file, leaving out the contents of the ``damaged`` sets.

    Raises ``DamagedSetsError`` where more sets turn out to be damaged; the file is then of no use.
    """
    lay_schema(connection)
    connection.execute("SET VARIABLE transform_version = ?", [inputs.transform_version])
    connection.execute("SET VARIABLE night = ?", [inputs.night])
    sha256s = [sha256 for sha256 in inputs.sha256s if sha256 not in damaged]
    _load_documents(connection, inputs, sha256s, damaged)
    connection.execute(
        "CREATE TEMP TABLE batch_violation (name VARCHAR, description VARCHAR, violations BIGINT)"
    )
    known = {sha256[:16]: sha256 for sha256 in sha256s}
    for batch in _plan(connection, inputs.batch_size):
        _load_batch(
            connection, inputs, batch, [known[one.document_id] for one in batch if one.document_id in known]
        )
    for name in ("dimensions.sql", "constraints.sql"):
        run_sql_file(connection, name)


def _sets(inputs: BuildInputs) -> dict[str, ParquetSets]:
    return {"extracted": extracted_sets(inputs.extracted_root), "facts": facts_sets(inputs.facts_root)}


def _load_documents(
    connection: duckdb.DuckDBPyConnection,
    inputs: BuildInputs,
    sha256s: Sequence[str],
    damaged: frozenset[str],
) -> None:
    """Fill sightings, documents and ledger, and keep the inputs of the dimensions for later."""
    sets = _sets(inputs)
    state = [
        (one, sets["extracted"].exists(one), sets["facts"].exists(one), one not in damaged)
        for one in inputs.sha256s
    ]
    columns = {
        "sha256": pl.String,
        "is_extracted": pl.Boolean,
        "is_transformed": pl.Boolean,
        "is_readable": pl.Boolean,
    }
    store_input(connection, "set_state", pl.DataFrame(state, schema=columns, orient="row"))
    store_input(connection, "sighting_input", inputs.sightings)
    store_input(connection, "ledger_input", events_frame(inputs.ledger))
    for prefix, names in _DECIDING.items():
        _keep_frames(connection, inputs, prefix, names, sha256s)
    for prefix, (documents, wanted) in _UNDECIDED.items():
        asked = {document_id for (document_id,) in connection.execute(documents).fetchall()}
        undecided = [sha256 for sha256 in sha256s if sha256[:16] in asked]
        _keep_frames(connection, inputs, prefix, wanted, undecided)
    members = listed_members(connection, sets["extracted"], sha256s, inputs.batch_size)
    for name, frame in dimension_inputs(connection, inputs.registry, inputs.reference, members).items():
        store_input(connection, name, frame)
    run_sql_file(connection, "load.sql")
    for prefix, deciding in _DECIDING.items():
        for name in (*deciding, *_UNDECIDED[prefix][1]):
            connection.execute(f"DROP TABLE temp.{prefix}_{name}")


def _keep_frames(
    connection: duckdb.DuckDBPyConnection,
    inputs: BuildInputs,
    prefix: str,
    wanted: Wanted,
    sha256s: Sequence[str],
) -> None:
    """Keep frames of these files as temporary tables ``<prefix>_<frame>``; what does not fit into memory goes to disk."""
    sets = _sets(inputs)[prefix]
    for name, frame in read_frames(sets, (), wanted).items():
        store_input(connection, f"{prefix}_{name}", frame)
    for start in range(0, len(sha256s), inputs.batch_size):
        for name, frame in read_frames(sets, sha256s[start : start + inputs.batch_size], wanted).items():
            connection.register("incoming", frame.to_arrow())
            connection.execute(f"INSERT INTO {prefix}_{name} BY NAME FROM incoming")
            connection.unregister("incoming")


def _plan(connection: duckdb.DuckDBPyConnection, size: int) -> list[list[Member]]:
    """Decide on the batches and write them down (``core.batch_document``)."""
    ties = dict(connection.execute(_TIES).fetchall())
    batches = batches_of(ties, size)
    rows = [(one.batch_no, one.group_id, one.document_id) for batch in batches for one in batch]
    columns = {"batch_no": pl.Int32, "group_id": pl.String, "document_id": pl.String}
    connection.register("incoming", pl.DataFrame(rows, schema=columns, orient="row").to_arrow())
    connection.execute("INSERT INTO core.batch_document BY NAME FROM incoming ORDER BY batch_no, document_id")
    connection.unregister("incoming")
    return batches


def _load_batch(
    connection: duckdb.DuckDBPyConnection,
    inputs: BuildInputs,
    batch: Sequence[Member],
    sha256s: Sequence[str],
) -> None:
    """Load one batch, and note where its rows stand: a table is only ever appended to, so they stand together."""
    before = _row_counts(connection)
    for name, count in before.items():
        connection.execute(
            f"CREATE OR REPLACE TEMP VIEW loaded_{name} AS FROM core.{name} WHERE rowid >= {count}"
        )
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE loading_document AS FROM core.document WHERE document_id IN "
        "(SELECT document_id FROM core.batch_document WHERE batch_no = ?)",
        [batch[0].batch_no],
    )
    registered = []
    for prefix, sets in _sets(inputs).items():
        for name, frame in read_frames(sets, sha256s, sets.frames).items():
            registered.append(f"{prefix}_{name}")
            connection.register(registered[-1], frame.to_arrow())
    run_sql_file(connection, "load_batch.sql")
    run_sql_file(connection, "check_batch.sql")
    for name in registered:
        connection.unregister(name)
    counts = _row_counts(connection)
    connection.execute(
        "INSERT INTO core.batch_rows SELECT $batch, unnest($names), unnest($first), unnest($counts)",
        {
            "batch": batch[0].batch_no,
            "names": list(counts),
            "first": [before[name] for name in counts],
            "counts": [count - before[name] for name, count in counts.items()],
        },
    )


def _row_counts(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    counts = "UNION ALL ".join(f"SELECT '{name}', count(*) FROM core.{name} " for name in BATCH_TABLES)  # noqa: S608
    return dict(connection.execute(counts).fetchall())
