"""What is carried over from the published warehouse: the verdicts and findings of families in which nothing has changed.

A family is a group, or several that a verdict over the district names together (two bodies with the same numbers): their
findings are made together. Its fingerprint is made of everything that these follow from: all rows that a slice would hold
of it, the verdicts of rules that reach over the district, the reference data, and the rules, code and DuckDB they are
judged by. The published warehouse holds the fingerprints it was judged with; where tonight's is the same, so is all that
is made of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb
import polars as pl

from expectations.catalogue import Rule
from expectations.slices import (
    DOCUMENT_TABLES,
    REFERENCE_TABLES,
    RESULT_TABLES,
    UNIT_TABLES,
    columns_judged,
    gather,
    rows_judged,
)
from expectations.version import rules_version
from warehouse.batches import groups_of
from warehouse.versions import combine, warehouse_version

_FINGERPRINTS = (Path(__file__).parent / "fingerprints.sql").read_text(encoding="utf-8")


def judged_by(rules: Sequence[Rule]) -> str:
    """Return what verdicts are judged by: the rules, our own code, and the engine that runs them."""
    return combine([warehouse_version(), rules_version(), duckdb.__version__, *map(repr, rules)])[:16]


def find_families(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill the temporary table ``gathered_family`` (group, family) from ``gathered_district_verdict``."""
    ties: dict[str, list[str]] = {
        group_id: [group_id]
        for (group_id,) in connection.execute("SELECT DISTINCT group_id FROM core.batch_document").fetchall()
    }
    for group_id, cited_id in connection.execute(_CITED).fetchall():
        ties[group_id].append(cited_id)
    rows = [(group_id, family_id) for family_id, family in groups_of(ties) for group_id in family]
    frame = pl.DataFrame(rows, schema={"group_id": pl.String, "family_id": pl.String}, orient="row")
    connection.register("incoming_rows", frame.to_arrow())
    connection.execute("CREATE OR REPLACE TEMP TABLE gathered_family AS FROM incoming_rows")
    connection.unregister("incoming_rows")


#: Groups whose documents stand as evidence beside a verdict on a document of another group.
_CITED = """
SELECT DISTINCT own.group_id, cited.group_id
FROM (SELECT document_id, unnest(evidence) AS evidence_id FROM gathered_district_verdict
      WHERE verdict IN ('violated', 'needs_review')) v
JOIN core.batch_document own ON own.document_id = v.document_id
JOIN core.batch_document cited ON cited.document_id = split_part(v.evidence_id, '.', 1)
WHERE cited.group_id <> own.group_id
"""


def take_fingerprints(connection: duckdb.DuckDBPyConnection, rules: Sequence[Rule]) -> None:
    """Fill ``core.judged_group`` from the tables of core and the temporary tables of families and their verdicts."""
    for name, tables, key in (
        ("document_print", DOCUMENT_TABLES, "document_id"),
        ("unit_print", UNIT_TABLES, "unit_id"),
    ):
        prints = " UNION ALL ".join(_prints(connection, table, key) for table in tables)
        _keep(connection, name, f"SELECT {key}, sum(print) AS print FROM ({prints}) GROUP BY {key}")  # noqa: S608
    reference = " UNION ALL ".join(_prints(connection, table, "NULL") for table in REFERENCE_TABLES)
    _keep(connection, "reference_print", f"SELECT sum(print) AS print FROM ({reference})")  # noqa: S608
    connection.execute("TRUNCATE core.judged_group")
    connection.execute(_FINGERPRINTS, {"judged_by": judged_by(rules)})
    connection.execute("DROP TABLE document_print; DROP TABLE unit_print; DROP TABLE reference_print")


def _keep(connection: duckdb.DuckDBPyConnection, name: str, query: str) -> None:
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {query}")


def _prints(connection: duckdb.DuckDBPyConnection, table: str, key: str) -> str:
    columns = ", ".join(columns_judged(connection, table))
    by = f"GROUP BY {key}" if key != "NULL" else ""
    return (
        f"SELECT {key}, sum(hash('{table}', {columns})::HUGEINT) AS print FROM core.{table} "  # noqa: S608
        f"WHERE {rows_judged(table)} {by}"
    )


def attach(connection: duckdb.DuckDBPyConnection, previous: Path | None, rules: Sequence[Rule]) -> bool:
    """Open the published warehouse as catalogue ``previous``; False where nothing can be carried over from it."""
    if previous is None:
        return False
    try:
        path = str(previous).replace("'", "''")
        connection.execute(f"ATTACH '{path}' AS previous (READ_ONLY)")
        asked = "SELECT 1 FROM previous.core.judged_group WHERE judged_by = ? LIMIT 1"
        if connection.execute(asked, [judged_by(rules)]).fetchone():
            return True
    except duckdb.Error:  # damaged, or of a version without fingerprints: all is judged anew
        pass
    detach(connection)
    return False


def detach(connection: duckdb.DuckDBPyConnection) -> None:
    """Close the published warehouse, where it is open."""
    connection.execute("DETACH DATABASE IF EXISTS previous")


def carry(connection: duckdb.DuckDBPyConnection) -> None:
    """Gather outcomes and findings of unchanged families from ``previous``; list all others in ``gathered_changed_group``.

    Raises ``duckdb.Error`` where the published warehouse cannot be read; what was gathered by then is of no use.
    """
    connection.execute(
        """
        CREATE OR REPLACE TEMP TABLE gathered_same_document AS
        SELECT document_id FROM core.batch_document SEMI JOIN (
            SELECT group_id FROM core.judged_group SEMI JOIN previous.core.judged_group USING (group_id, fingerprint)
        ) USING (group_id);
        CREATE OR REPLACE TEMP TABLE gathered_changed_group AS
        SELECT DISTINCT group_id FROM core.batch_document ANTI JOIN gathered_same_document USING (document_id);
        CREATE OR REPLACE TEMP VIEW same_outcome AS
        FROM previous.core.outcome SEMI JOIN gathered_same_document USING (document_id);
        CREATE OR REPLACE TEMP VIEW same_finding AS
        SELECT * REPLACE (NULL AS status, NULL AS first_seen, NULL AS last_seen) FROM previous.core.finding
        SEMI JOIN gathered_same_document USING (document_id) WHERE status NOT IN ('fixed', 'unverified');
        CREATE TEMP TABLE gathered_outcome AS FROM same_outcome;
        CREATE TEMP TABLE gathered_outcome_evidence AS
        FROM previous.core.outcome_evidence WHERE outcome_id IN (
            SELECT outcome_id FROM gathered_outcome WHERE verdict IN ('violated', 'needs_review'));
        CREATE TEMP TABLE gathered_finding AS FROM same_finding;
        CREATE TEMP TABLE gathered_finding_outcome AS
        FROM previous.core.finding_outcome WHERE finding_id IN (SELECT finding_id FROM gathered_finding);
        CREATE TEMP TABLE gathered_finding_evidence AS
        FROM previous.core.finding_evidence WHERE finding_id IN (SELECT finding_id FROM gathered_finding);
        """
    )


def carry_nothing(connection: duckdb.DuckDBPyConnection) -> None:
    """Gather nothing: all groups are to be judged."""
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE gathered_changed_group AS SELECT DISTINCT group_id FROM core.batch_document"
    )
    for table in RESULT_TABLES:
        connection.execute(f"DROP TABLE IF EXISTS temp.gathered_{table}")
    gather(connection, RESULT_TABLES, "core.", where="false")
