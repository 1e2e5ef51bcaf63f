"""What a run's warehouse holds, written into the run's report."""

from __future__ import annotations

from pathlib import Path

import duckdb

from reports.exceptions import SHOWN_NAME
from reports.run_report import RunReport, SetAside
from warehouse.build import table_counts


def counts_of(warehouse: Path) -> dict[str, int]:
    """Return how many documents, cells, amounts, outcomes and findings a warehouse holds."""
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        rows = table_counts(connection)
    return {f"{name}s": rows[name] for name in ("document", "cell", "amount", "outcome", "finding")}


def account_for_warehouse(report: RunReport, warehouse: Path) -> None:
    """Write what the warehouse holds into the run report."""
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        _account_for_documents(report, connection)
        for name, count in connection.execute(
            "SELECT verdict, count(*) FROM core.outcome GROUP BY 1"
        ).fetchall():
            setattr(report.rules, name, count)
        for name, count in connection.execute(
            "SELECT status, count(*) FROM core.finding GROUP BY 1"
        ).fetchall():
            setattr(report.findings, name, count)
        runs = dict(connection.execute("SELECT status, count(*) FROM core.rule_run GROUP BY 1").fetchall())
    report.rules.rules, report.rules.failed = sum(runs.values()), runs.get("failed", 0)


def _account_for_documents(report: RunReport, connection: duckdb.DuckDBPyConnection) -> None:
    counts = report.documents
    for status, count in connection.execute(
        "SELECT status, count(*) FROM core.document GROUP BY 1"
    ).fetchall():
        setattr(counts, status, count)
    rows = table_counts(connection)
    for name in ("page", "cell", "statement", "amount", "claim"):
        setattr(counts, f"{name}s", rows[name])
    aside = connection.execute(
        f"SELECT {SHOWN_NAME}, status_reason, reason_code, document_id, source_url FROM core.document AS d "  # noqa: S608
        "WHERE status = 'quarantined' ORDER BY document_id"
    ).fetchall()
    report.quarantined = [
        SetAside(
            file_name=name or "",
            reason=reason or "",
            reason_code=code or "",
            document_id=one,
            source_url=url or "",
        )
        for name, reason, code, one, url in aside
    ]
