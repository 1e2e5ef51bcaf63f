"""The truth of a sample document: every printed amount and fact with its page, and the defects planted in it."""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from typing import Any

from samples.defects import DefectPlan, PlantedDefect
from samples.documents import SampleDocument


def _decimals(printed: str) -> int:
    return len(printed.rstrip("%").partition(".")[2])


def document_truth(document: SampleDocument, pdf: bytes) -> dict[str, Any]:
    """Return everything printed in one document, as plain data.

    Pages count from 1 in the file; boxes are points as seen, origin top left. ``amounts`` has every cell of a
    statement that prints a number, zeros included; blank cells and dashes are left out.
    """
    front = document.front_pages
    amounts, statements = [], []
    for drawn in document.tables:
        table = drawn.table
        printed_cells = [entry for entry in drawn.cells if entry.cell.text]
        statements.append(
            {
                "statement_code": table.statement_code,
                "title": table.title,
                "first_page": drawn.first_page + front,
                "last_page": drawn.last_page + front,
                "money_unit": table.money_unit,
                "is_empty": not printed_cells,
            }
        )
        for entry in printed_cells:
            printed = entry.cell.text
            if not any(character.isdigit() for character in printed):
                continue
            amounts.append(
                {
                    "statement_code": table.statement_code,
                    **asdict(entry.cell.key),  # type: ignore[arg-type]
                    "page": entry.page + front,
                    "printed": printed,
                    "value": printed.replace(",", "").rstrip("%"),
                    "decimals": _decimals(printed),
                    "unit": entry.cell.unit,
                    "box": [round(value, 2) for value in entry.box],
                }
            )
    digest = hashlib.sha256(pdf).hexdigest()
    return {
        "sha256": digest,
        "document_id": digest[:16],
        "unit_name": document.unit.name,
        "scope": document.unit.scope,
        "fiscal_year": document.year,
        "doc_kind": document.doc_kind,
        "content": document.content,
        "title": document.title,
        "layout": document.unit.layout.name,
        "page_count": len(document.pages),
        "statements": statements,
        "amounts": amounts,
        "facts": [
            {
                "key": fact.key,
                "printed": fact.printed,
                "correct": document.correct_facts[fact.key],
                "page": fact.page + front,
            }
            for fact in document.facts
        ],
    }


def _finding_page(defect: PlantedDefect, truth: dict[str, Any]) -> int | None:
    if defect.fact:
        return next((fact["page"] for fact in truth["facts"] if fact["key"] == defect.fact), None)
    if defect.table:
        return next(
            (a["page"] for a in truth["amounts"] if _is_defect_cell(a, defect)),
            None,
        )
    if defect.document and "cover_year" in defect.document:
        return 1
    for statement in truth["statements"]:
        if statement["statement_code"] == defect.statement_code:
            return int(statement["first_page"])
    return None


def _is_defect_cell(amount: dict[str, Any], defect: PlantedDefect) -> bool:
    wanted = {key: value for key, value in (defect.table or {}).items() if key not in ("statement", "form")}
    return (
        amount["statement_code"] == defect.statement_code
        and amount["printed"] == defect.printed
        and all(amount[key] == value for key, value in wanted.items())
    )


def findings_truth(plan: DefectPlan, truth: dict[str, Any], file_name: str) -> list[dict[str, Any]]:
    """Return the planted defects of one document as findings: where, what is printed, what is right, which rules."""
    return [
        {
            "id": defect.defect_id,
            "document": file_name,
            "document_id": truth["document_id"],
            "unit_name": truth["unit_name"],
            "fiscal_year": truth["fiscal_year"],
            "doc_kind": truth["doc_kind"],
            "page": _finding_page(defect, truth),
            "kind": defect.kind,
            "severity": defect.severity,
            "rules": defect.rules,
            "statement_code": defect.statement_code or None,
            "location": defect.location,
            "printed": defect.printed,
            "expected": defect.expected,
            "cause": defect.cause,
        }
        for defect in plan.defects
    ]
