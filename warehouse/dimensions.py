"""What the dimensions are made of: registry, reference data and vocabulary as frames for
``sql/dimensions.sql``.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

import duckdb
import polars as pl

from warehouse.units import (
    PrintedName,
    RegistryError,
    append_row,
    read_csv,
    read_registry,
    resolve,
    unit_id_of,
)

VOCABULARY_DIRECTORY = Path(__file__).resolve().parent.parent / "transforms" / "vocabulary"
LINEAGE_FILE = Path(__file__).resolve().parent / "reference" / "lineage.csv"

CALENDAR_FILE, EXEMPT_FILE, SUPPLEMENT_FILE = "calendar.csv", "exempt.csv", "subjects.csv"

#: Days from approval within which a disclosure is due (预算法 第十四条).
DAYS_TO_PUBLISH = 20

#: Scheme of each reference file of subject codes.
_SUBJECT_FILES = {
    "functional": "functional_subjects.csv",
    "departmental_economic": "departmental_economic_subjects.csv",
    "governmental_economic": "governmental_economic_subjects.csv",
}


def store_input(connection: duckdb.DuckDBPyConnection, name: str, frame: pl.DataFrame) -> None:
    """Keep a frame as a temporary table of the connection."""
    connection.register("incoming", frame.to_arrow())
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT * FROM incoming")  # noqa: S608
    connection.unregister("incoming")


def dimension_inputs(
    connection: duckdb.DuckDBPyConnection,
    registry: Path | None,
    reference: Path,
    members: Iterable[PrintedName] = (),
) -> dict[str, pl.DataFrame]:
    """Return the input tables of the dimensions by name; ``members`` are the units that departments list as theirs.

    Raises ``RegistryError`` where the registry is wrong.
    """
    units, aliases = resolve(read_registry(registry), [*_printed_names(connection), *members])
    return {
        "unit_input": units,
        "alias_input": aliases,
        "calendar_input": _calendar(registry),
        "exempt_input": _exempt(registry),
        "subject_input": _subjects(registry, reference),
        "lineage_input": _lineage(),
        "statement_input": _vocabulary("statements.csv", ("statement_code", "doc_kind", "title")),
        "line_input": _vocabulary("lines.csv", ("line_code", "name")),
    }


def _printed_names(connection: duckdb.DuckDBPyConnection) -> list[PrintedName]:
    rows = connection.execute(
        "SELECT unit_name, department_name, count(*) FROM facts_identity "
        "WHERE unit_name IS NOT NULL AND NOT coalesce(is_template, false) GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    return [PrintedName(name, count, department) for name, department, count in rows]


def _calendar(registry: Path | None) -> pl.DataFrame:
    rows = []
    path = registry / CALENDAR_FILE if registry else None
    for line_no, row in read_csv(path) if path else []:
        try:
            approved_on, due_on = (
                date.fromisoformat(row[name]) if row.get(name) else None for name in ("approved_on", "due_on")
            )
            rows.append((int(row["fiscal_year"]), row["doc_kind"], approved_on, due_on))
        except (KeyError, ValueError) as error:
            raise RegistryError(
                f"{path} 第{line_no}行：需要 fiscal_year、doc_kind，日期写作 2024-01-31（{error}）"
            ) from error
    schema = {"fiscal_year": pl.Int32, "doc_kind": pl.String, "approved_on": pl.Date, "due_on": pl.Date}
    return pl.DataFrame(rows, schema=schema, orient="row")


def calendar_fingerprint(registry: Path | None, night: date) -> str:
    """Return which due dates have passed by a night: what is not due tonight may be missing tomorrow."""
    passed = []
    for year, kind, approved_on, due_on in _calendar(registry).iter_rows():
        due = due_on or (approved_on + timedelta(days=DAYS_TO_PUBLISH) if approved_on else None)
        passed.append(f"{year} {kind} {due is not None and due < night}")
    return "\n".join(sorted(passed))


def _exempt(registry: Path | None) -> pl.DataFrame:
    path = registry / EXEMPT_FILE if registry else None
    rows = []
    for line_no, row in read_csv(path) if path else []:
        try:
            rows.append(
                (
                    unit_id_of(row["official_name"]),
                    int(row["fiscal_year"]),
                    row["doc_kind"],
                    row.get("reason") or None,
                )
            )
        except (KeyError, ValueError) as error:
            raise RegistryError(
                f"{path} 第{line_no}行：需要 official_name、fiscal_year、doc_kind（{error}）"
            ) from error
    schema = {"unit_id": pl.String, "fiscal_year": pl.Int32, "doc_kind": pl.String, "reason": pl.String}
    return pl.DataFrame(rows, schema=schema, orient="row").unique(
        ["unit_id", "fiscal_year", "doc_kind"], keep="first"
    )


def _subjects(registry: Path | None, reference: Path) -> pl.DataFrame:
    """Codes of the reference data and of the local supplement (``subjects.csv``: scheme, code, name)."""
    rows = [
        (scheme, row["code"], row["name"], bool(row.get("variant")))
        for scheme, name in _SUBJECT_FILES.items()
        for _, row in read_csv(reference / name)
    ]
    if registry:
        rows += [
            (row["scheme"], row["code"], row["name"], True) for _, row in read_csv(registry / SUPPLEMENT_FILE)
        ]
    schema = {"scheme": pl.String, "code": pl.String, "name": pl.String, "is_variant": pl.Boolean}
    return pl.DataFrame(rows, schema=schema, orient="row")


def accept_subject(directory: Path, scheme: str, code: str, name: str) -> None:
    """Record a reviewed code in the local supplement; the next build knows it. Raises ``ValueError``."""
    if scheme not in _SUBJECT_FILES or not code.isdigit():
        raise ValueError(f"科目体系应为 {'、'.join(_SUBJECT_FILES)} 之一，编码应为数字：{scheme} {code}")
    append_row(directory / SUPPLEMENT_FILE, {"scheme": scheme, "code": code, "name": name})


def _lineage() -> pl.DataFrame:
    rows = [
        (row["scheme"], row["code"], int(row["first_year"] or 0), int(row["last_year"] or 9999), row["name"],
         row["lineage_code"], row["note"])
        for _, row in read_csv(LINEAGE_FILE)
    ]  # fmt: skip
    schema = {"scheme": pl.String, "code": pl.String, "first_year": pl.Int32, "last_year": pl.Int32, "name": pl.String,
              "lineage_code": pl.String, "note": pl.String}  # fmt: skip
    return pl.DataFrame(rows, schema=schema, orient="row")


def _vocabulary(name: str, columns: tuple[str, ...]) -> pl.DataFrame:
    rows = [tuple(row[column] for column in columns) for _, row in read_csv(VOCABULARY_DIRECTORY / name)]
    return pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String), orient="row")
