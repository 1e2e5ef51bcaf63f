"""A tiny warehouse with the real base tables, and nothing else of the house needed to fill it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
from sample_pages import SENTENCES, TABLE, Printed, SamplePages

REPOSITORY = Path(__file__).resolve().parents[2]

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
        connection, "unit", unit_id="u_2", version_no=1, unit_name="乙委", is_registered=True, is_current=True
    )
    for year, status, published in (
        (2023, "late", date(2024, 9, 1)),
        (2024, "missing", None),
        (2022, "found", None),
    ):
        insert(
            connection,
            "publication",
            unit_id="u_2",
            fiscal_year=year,
            doc_kind="final_accounts",
            status=status,
            expectation="registered",
            due_on=date(year + 1, 8, 20),
            published_on=published,
            document_count=int(status != "missing"),
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


HOSTILE = "<img src=x onerror=window.hacked=1>局'\"&"


def add_cell(
    connection: duckdb.DuckDBPyConnection, document_id: str, place: tuple[int, int, int], cell: Printed
) -> str:
    page, row, column = place
    cell_id = f"{document_id}.t{page - 1:02d}.r{row:03d}.c{column:02d}"
    insert(
        connection,
        "cell",
        cell_id=cell_id,
        document_id=document_id,
        statement_id=f"{document_id}.s{page - 1:02d}",
        table_no=page - 1,
        page=page,
        row_no=row,
        column_no=column,
        row_label=TABLE[row - 1][0],
        column_label=TABLE[0][column - 1],
        raw_text=cell.text,
        unit="万元",
        method="text",
        **cell.box,
    )
    return cell_id


def add_narrative(
    connection: duckdb.DuckDBPyConnection, document_id: str, pages: SamplePages
) -> tuple[str, str]:
    """One sentence over two printed lines and the claim in its second; return both ids."""
    sentence_id, claim_id = f"{document_id}.n0001", f"{document_id}.n0001.k01"
    text = "".join(SENTENCES)
    insert(
        connection,
        "sentence",
        sentence_id=sentence_id,
        document_id=document_id,
        sentence_no=1,
        section="一、收入说明",
        first_page=1,
        last_page=1,
        text=text,
        method="text",
    )
    for number, line in enumerate(pages.lines, start=1):
        insert(
            connection,
            "fragment",
            sentence_id=sentence_id,
            document_id=document_id,
            fragment_no=number,
            page=1,
            **line.box,
        )
    start = text.index("8.50%")
    insert(
        connection,
        "claim",
        claim_id=claim_id,
        sentence_id=sentence_id,
        document_id=document_id,
        sentence_no=1,
        claim_no=1,
        page=1,
        subject_text="本年收入合计",
        start=start,
        end=start + 5,
        is_from_ocr=False,
        **pages.lines[1].box,
    )
    return sentence_id, claim_id


def add_evidence(connection: duckdb.DuckDBPyConnection, finding_id: str, kinds: dict[str, str]) -> None:
    for number, (evidence_id, kind) in enumerate(kinds.items(), start=1):
        values = {"evidence_no": number, "evidence_id": evidence_id, "kind": kind}
        insert(connection, "finding_evidence", finding_id=finding_id, **values)


def fill_district(connection: duckdb.DuckDBPyConnection, pages: SamplePages) -> None:
    """The sample warehouse, with boxes, verdicts and history behind its findings, and a hostile unit name."""
    fill_sample(connection)
    for place, cell in pages.cells.items():
        add_cell(connection, FIRST, place, cell)
    sentence_id, claim_id = add_narrative(connection, FIRST, pages)
    for number, code in enumerate(("T01", "T02"), start=1):
        insert(
            connection,
            "statement",
            statement_id=f"{FIRST}.s{number:02d}",
            document_id=FIRST,
            statement_no=number,
            statement_code=code,
            title=f"表{number}",
            status="filled",
        )
    first_table = {f"{FIRST}.t01.r{row:03d}.c03": "cell" for row in (4, 2, 3)}
    add_evidence(connection, "f1", {**first_table, sentence_id: "sentence", claim_id: "claim"})
    add_evidence(connection, "f2", {f"{FIRST}.t02.r004.c03": "cell", "missing.t01.r001.c01": "cell"})
    insert(
        connection,
        "outcome",
        outcome_id="o-f1",
        rule_id="T01-IN-SUM",
        document_id=FIRST,
        subject="本年收入合计",
        verdict="violated",
        actual=Decimal("1200000"),
        expected=Decimal("1020000"),
        residual=Decimal("180000"),
        tolerance=Decimal("150"),
        part_count=2,
    )
    insert(connection, "finding_outcome", finding_id="f1", outcome_id="o-f1")
    events = (("first_seen", date(2026, 11, 20), None), ("state", date(2026, 11, 21), "fixed"))
    for number, (kind, day, state) in enumerate(events, start=1):
        values = {
            "event_id": f"e{number}",
            "event_no": number,
            "kind": kind,
            "happened_on": day,
            "state": state,
        }
        insert(connection, "finding_event", finding_id="f2", **values)
    add_finding(
        connection, "f6", unit_id="u_6", unit_name=HOSTILE, title=HOSTILE, message=HOSTILE, subject=HOSTILE
    )


@dataclass(frozen=True)
class District:
    """A warehouse with evidence, and the PDF it speaks of."""

    warehouse: Path
    pages: SamplePages

    def document_file(self, document_id: str) -> Path | None:
        return self.pages.path if document_id == FIRST else None
