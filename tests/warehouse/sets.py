"""Hand-made Parquet sets for the tests of the warehouse."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl

import extractors.schema
import transforms.schema
from crawlers.sighting import SIGHTING

Rows = list[dict[str, Any]]


def frame(schema: pl.Schema, rows: Rows) -> pl.DataFrame:
    """Rows with the columns they name; all others null."""
    return pl.DataFrame(
        [{name: row.get(name) for name in schema} for row in rows], schema=schema, orient="row"
    )


def sha_of(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()


def id_of(name: str) -> str:
    return sha_of(name)[:16]


def sighting(name: str | None, **more: Any) -> dict[str, Any]:
    return {
        "source_id": "s",
        "source_title": "样例区",
        "url": f"https://example.invalid/{name}.pdf",
        "file_name": f"{name}.pdf",
        "fetched_at": "2026-11-01T01:00:00+00:00",
        "published_on": "2025-09-01",
        "media_kind": "pdf",
        "sha256": sha_of(name) if name else None,
        **more,
    }


def sightings(*rows: dict[str, Any]) -> pl.DataFrame:
    return frame(SIGHTING, list(rows))


def write_set(root: Path, schemas: Mapping[str, pl.Schema], sha256: str, frames: Mapping[str, Rows]) -> None:
    directory = root / sha256[:2] / sha256
    directory.mkdir(parents=True)
    for name, schema in schemas.items():
        frame(schema, frames.get(name, [])).write_parquet(directory / f"{name}.parquet")


def grid(rows: list[list[str]], *, decimals: int = 2, page: int = 1, table_no: int = 1) -> Rows:
    """Cells of a table: the first row is the heading, the first column labels."""
    cells: Rows = []
    for row_no, row in enumerate(rows, start=1):
        for column_no, text in enumerate(row, start=1):
            number = row_no > 1 and column_no > 1 and text not in ("", "—")
            state = "number" if number else {"": "blank", "—": "dash"}.get(text, "text")
            cells.append(
                {
                    "table_no": table_no,
                    "page": page,
                    "row_no": row_no,
                    "column_no": column_no,
                    "row_span": 1,
                    "column_span": 1,
                    "is_header": row_no == 1,
                    "raw_text": text,
                    "state": state,
                    "value": Decimal(text) if number else None,
                    "decimals": decimals if number else None,
                    "method": "text",
                    "x0": 10.0 * column_no,
                    "top": 20.0 * row_no,
                    "x1": 10.0 * column_no + 9,
                    "bottom": 20.0 * row_no + 10,
                }
            )
    return cells


def write_document(
    home: Path,
    name: str,
    *,
    unit: str | None = "样例区财政局",
    year: int = 2024,
    kind: str = "final_accounts",
    scope: str = "department",
    content: str = "full",
    amounts: tuple[tuple[str, str], ...] = (("201", "100.00"), ("208", "50.00")),
    identity: dict[str, Any] | None = None,
    claim: dict[str, Any] | None = None,
) -> str:
    """Write both sets of a small document with one statement T03 in 万元; return its sha256."""
    sha256 = sha_of(name)
    cells = grid([["科目编码", "合计"], *([code, value] for code, value in amounts)])
    text = "2024年度支出合计150.00万元。"
    write_set(
        home / "extracted" / "x",
        extractors.schema.FRAMES,
        sha256,
        {
            "document": [{"sha256": sha256, "byte_count": 10, "extractor_version": "x", "status": "extracted",
                          "page_count": 1, "text_layer": "digital"}],
            "page": [{"page": 1, "width": 595.0, "height": 842.0, "rotation": 0, "status": "ok"}],
            "table": [{"table_no": 1, "first_page": 1, "last_page": 1, "row_count": 3, "column_count": 2,
                       "money_unit": "万元", "method": "ruled"}],
            "cell": cells,
            "line": [{"page": 1, "line_no": 1, "text": text, "role": "body", "method": "text"}],
            "sentence": [{"sentence_no": 1, "section": "一", "first_page": 1, "last_page": 1, "text": text, "method": "text"}],
            "fragment": [{"sentence_no": 1, "fragment_no": 1, "page": 1, "start": 0, "end": 2, "top": 1.0, "bottom": 2.0,
                          "char_x0": [1.0, 2.0], "char_x1": [2.0, 3.0]}],
        },
    )  # fmt: skip
    write_set(
        home / "facts" / "y",
        transforms.schema.FRAMES,
        sha256,
        {
            "identity": [{"unit_name": unit, "department_name": unit, "fiscal_year": year, "doc_kind": kind, "scope": scope,
                          "content": content, "is_template": False, "is_consolidated": False,
                          "is_identified": unit is not None, **(identity or {})}],
            "statement": [{"statement_no": 1, "statement_code": "T03", "title": "支出决算表", "table_no": 1, "first_page": 1,
                           "last_page": 1, "money_unit": "万元", "status": "filled"}],
            "cell_label": [{"table_no": 1, "row_no": cell["row_no"], "column_no": cell["column_no"], "statement_no": 1,
                            "row_label": "类", "column_label": "合计"} for cell in cells],
            "amount": [
                {"table_no": 1, "row_no": no, "column_no": 2, "statement_no": 1, "statement_code": "T03",
                 "line_code": "functional.class", "measure": "total", "functional_code": code, "fund": "all",
                 "stage": "final", "item": "", "state": "number", "value": Decimal(value), "decimals": 2, "unit": "万元",
                 "amount_yuan": Decimal(value) * 10000, "is_leaf": True}
                for no, (code, value) in enumerate(amounts, start=2)
            ],
            "unmapped": [{"kind": "column", "text": "某列", "page": 1, "reason": "no_rule"}],
            "claim": [{"sentence_no": 1, "claim_no": 1, "page": 1, "metric": "amount", "value": Decimal("150.00"),
                       "decimals": 2, "unit": "万元", "amount_yuan": Decimal(1500000), "status": "typed", **(claim or {})}],
        },
    )  # fmt: skip
    return sha256
