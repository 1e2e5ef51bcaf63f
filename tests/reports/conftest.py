"""A tiny warehouse with the real base tables, and nothing else of the house needed to fill it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

REPOSITORY = Path(__file__).resolve().parents[2]

Insert = Callable[..., None]

FIRST = "aaaaaaaaaaaaaaaa"
SECOND = "bbbbbbbbbbbbbbbb"
BROKEN = "cccccccccccccccc"


def open_empty_warehouse(path: Path) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(str(path))
    sql = REPOSITORY / "warehouse" / "sql"
    connection.execute((sql / "schema.sql").read_text(encoding="utf-8"))
    connection.execute((sql / "mart.sql").read_text(encoding="utf-8"))
    return connection


def insert(connection: duckdb.DuckDBPyConnection, table: str, **values: object) -> None:
    names = ", ".join(f'"{name}"' for name in values)
    marks = ", ".join("?" * len(values))
    connection.execute(f"INSERT INTO core.{table} ({names}) VALUES ({marks})", list(values.values()))


def add_document(connection: duckdb.DuckDBPyConnection, document_id: str, **values: object) -> None:
    row: dict[str, object] = {
        "document_id": document_id,
        "sha256": document_id * 4,
        "status": "loaded",
        "is_current": True,
        "doc_kind": "final_accounts",
        "fiscal_year": 2024,
        "scope": "department",
        "text_layer": "digital",
        "page_count": 3,
    }
    insert(connection, "document", **{**row, **values})


def add_finding(connection: duckdb.DuckDBPyConnection, finding_id: str, **values: object) -> None:
    row: dict[str, object] = {
        "finding_id": finding_id,
        "outcome_id": f"o-{finding_id}",
        "rule_id": "T01-IN-SUM",
        "family": "ARI",
        "severity": "error",
        "unit_id": "u_1",
        "unit_name": "甲局",
        "fiscal_year": 2024,
        "doc_kind": "final_accounts",
        "scope": "department",
        "document_id": FIRST,
        "subject": "本年收入合计",
        "title": "本年收入分项合计",
        "message": "各项收入之和与本年收入合计不一致。",
        "actual": "120.00 万元",
        "expected": "102.00 万元",
        "amount_yuan": Decimal("180000.000000"),
        "diagnosis": "相差能被 9 整除，可能相邻数字换位。",
        "page": 2,
        "status": "new",
        "first_seen": date(2026, 11, 23),
        "last_seen": date(2026, 11, 23),
    }
    insert(connection, "finding", **{**row, **values})


def fill_rules_and_outcomes(connection: duckdb.DuckDBPyConnection) -> None:
    for rule_id, title, family, severity in (
        ("T01-IN-SUM", "本年收入分项合计", "ARI", "error"),
        ("T01-T02", "收入总表与收入决算表", "XTB", "warning"),
    ):
        insert(
            connection,
            "rule",
            rule_id=rule_id,
            version=1,
            title=title,
            family=family,
            severity=severity,
            basis="B75",
            kind="sum",
            doc_kind="final_accounts",
            needs="T01",
            sentence="各项收入之和等于本年收入合计。",
        )
        insert(
            connection,
            "rule_run",
            rule_id=rule_id,
            status="evaluated",
            document_count=2,
            exact_count=3,
            rounded_count=1,
            violated_count=2,
            needs_review_count=0,
            not_evaluated_count=1,
            is_suspicious=False,
        )
    insert(
        connection,
        "outcome",
        outcome_id="o-n1",
        rule_id="T01-T02",
        document_id=SECOND,
        subject="",
        verdict="not_evaluated",
        reason="table_absent",
    )


def fill_sample(connection: duckdb.DuckDBPyConnection) -> None:
    add_document(
        connection,
        FIRST,
        unit_name="甲局",
        file_name="甲局2024年决算.pdf",
        source_url="https://portal.example/a 1.pdf?x=1#old",
        published_on=date(2026, 8, 20),
    )
    add_document(connection, SECOND, unit_name="乙委", file_name="=乙委.pdf", doc_kind="budget")
    add_document(
        connection,
        BROKEN,
        unit_name=None,
        fiscal_year=None,
        doc_kind=None,
        file_name="坏文件.pdf",
        status="quarantined",
        status_reason="文件不完整，无法打开。",
        is_current=False,
    )
    fill_rules_and_outcomes(connection)
    add_finding(connection, "f1")
    add_finding(connection, "f2", status="persisting", fiscal_year=2023)
    add_finding(
        connection,
        "f3",
        unit_name="乙委",
        document_id=SECOND,
        severity="notice",
        rule_id="T01-T02",
        family="XTB",
        status="reopened",
        title='=HYPERLINK("http://evil.example","点我")',
        message="+1-1",
        diagnosis=None,
        amount_yuan=None,
        page=None,
    )
    add_finding(connection, "f4", status="fixed", severity="warning", amount_yuan=Decimal("-5"))
    add_finding(
        connection, "f5", status="waived", unit_name=None, subject="甲", actual="-12.30", expected="@now"
    )
    insert(
        connection,
        "build",
        build_id="b1",
        night=date(2026, 11, 23),
        document_count=3,
        loaded_count=2,
        quarantined_count=1,
    )


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    """A warehouse with three documents, two rules and five findings, one of each state."""
    path = tmp_path / "warehouse.duckdb"
    with open_empty_warehouse(path) as connection:
        fill_sample(connection)
    return path
