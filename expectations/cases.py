"""Cases of the rules: tiny documents as data, each saying what its rule has to answer.

``expectations/cases/<RULE-ID>.yaml`` is a list of cases::

    - case: 合计少 10 万元
      expect: violated            # exact | rounded | violated | needs_review | not_evaluated
      amounts:
        - T01 revenue.subtotal = 90.00
        - T03 functional.item code=2010101 measure=basic unit=元 = 1234

An amount is a statement, a line, ``key=value`` pairs and, after `` = ``, the text as printed (万元 where no unit is
named; nothing printed is a blank cell). ``row``, ``column`` and ``table`` place it; ``code`` is a functional or economic
code by the line. Every other key of a case stands for rows of one table: ``statements`` (``T08 status=empty_declared``),
``sentences`` (text), ``claims``
(``key=value`` pairs), ``rows`` (of any table of core: ``page status=scanned``; ``statement=PF`` puts in that
statement's numbers), ``document`` (columns of core.document), and ``other``: a second document, or a list of further
ones, with the same keys and the same unit unless it says otherwise. ``copies: 8`` makes eight of one; in all that stands
there ``{n}`` is the number of the copy and ``{own}`` the id of the case's own document.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import yaml

from extractors.printed_number import read_printed_number

CASES_DIRECTORY = Path(__file__).parent / "cases"
_MONEY_SCALE = {"元": 0, "百元": 2, "千元": 3, "万元": 4, "百万元": 6, "亿元": 8}


class CaseError(ValueError):
    """A case file that cannot be read."""


@dataclass(frozen=True, slots=True)
class Case:
    """One tiny document and the worst verdict its rule has to give there."""

    rule_id: str
    name: str
    expect: str
    document: dict[str, Any] = field(default_factory=dict)
    amounts: tuple[str, ...] = ()
    statements: tuple[str, ...] = ()
    sentences: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    others: tuple[dict[str, Any], ...] = ()
    reason: str | None = None


def load_cases(directory: Path = CASES_DIRECTORY) -> dict[str, list[Case]]:
    """All cases by rule id."""
    return {path.stem: list(_cases_of(path)) for path in sorted(directory.glob("*.yaml"))}


def _cases_of(path: Path) -> Iterator[Case]:
    for entry in yaml.safe_load(path.read_text(encoding="utf-8")):
        try:
            yield Case(
                rule_id=path.stem,
                name=str(entry.pop("case")),
                expect=entry.pop("expect"),
                document=entry.pop("document", {}),
                reason=entry.pop("reason", None),
                others=_further(entry.pop("other", ())),
                **{key: tuple(str(item) for item in value) for key, value in entry.items()},
            )
        except (KeyError, TypeError) as error:
            raise CaseError(f"{path.name}: {error} in {entry}") from error


def _further(entries: dict[str, Any] | list[dict[str, Any]]) -> tuple[dict[str, Any], ...]:
    """Further documents of a case, each as often as its ``copies`` say."""
    listed = [entries] if isinstance(entries, dict) else entries
    return tuple(
        _filled({key: value for key, value in entry.items() if key != "copies"}, "{n}", str(number))
        for entry in listed
        for number in range(1, entry.get("copies", 1) + 1)
    )


def _filled(value: Any, placeholder: str, text: str) -> Any:
    """Replace a placeholder in every text of a nested value."""
    if isinstance(value, str):
        return value.replace(placeholder, text)
    if isinstance(value, dict):
        return {key: _filled(one, placeholder, text) for key, one in value.items()}
    return [_filled(one, placeholder, text) for one in value] if isinstance(value, list) else value


def fill_warehouse(connection: duckdb.DuckDBPyConnection, cases: Sequence[Case]) -> list[str]:
    """Write each case as one document of an empty warehouse; returns their document ids, in the cases' order."""
    rows: dict[str, list[dict[str, Any]]] = {}
    document_ids = [f"c{number:015d}" for number in range(len(cases))]
    for document_id, case in zip(document_ids, cases, strict=True):
        _add_case(rows, document_id, case)
        for further_no, other in enumerate(case.others):
            _add_further(rows, document_id, case, further_no, other)
    for table, table_rows in rows.items():
        _insert(connection, table, table_rows)
    return document_ids


def _insert(connection: duckdb.DuckDBPyConnection, table: str, rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows in one statement (one for each row takes a hundred times as long); DuckDB reads values from text."""
    columns = sorted({column for row in rows for column in row})
    texts = pl.DataFrame(
        {column: [_as_text(row.get(column)) for row in rows] for column in columns},
        schema=dict.fromkeys(columns, pl.String),
    )
    connection.register("case_rows", texts)
    quoted = ", ".join(f'"{column}"' for column in columns)
    connection.execute(f"INSERT INTO core.{table} ({quoted}) SELECT {quoted} FROM case_rows")  # noqa: S608
    connection.unregister("case_rows")


def _as_text(value: Any) -> str | None:
    if value is None:
        return None
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _add_further(
    rows: dict[str, list[dict[str, Any]]], document_id: str, case: Case, number: int, other: dict[str, Any]
) -> None:
    own = _filled(other, "{own}", document_id)
    document = {**case.document, "fiscal_year": 2024, "unit_id": document_id, **own.pop("document", {})}
    texts: dict[str, Any] = {key: tuple(str(item) for item in value) for key, value in own.items()}
    further = Case(case.rule_id, case.name, case.expect, document=document, **texts)
    _add_case(rows, f"o{number:x}" + document_id[2:], further)


def _add_case(rows: dict[str, list[dict[str, Any]]], document_id: str, case: Case) -> None:
    own = {"document": _filled(case.document, "{own}", document_id)}
    case = replace(case, **own, rows=tuple(text.replace("{own}", document_id) for text in case.rows))
    is_budget = any(text.startswith("BT") for text in (*case.amounts, *case.statements))
    document = {
        "document_id": document_id,
        "sha256": document_id,
        "status": "loaded",
        "is_current": True,
        "is_template": False,
        "is_identified": True,
        "doc_kind": "budget" if is_budget else "final_accounts",
        "fiscal_year": 2024,
        "scope": "unit",
        "content": "full",
        "unit_id": document_id,
        "unit_name": "样例单位",
        **case.document,
    }
    rows.setdefault("document", []).append(document)
    statements = _statements(document_id, case)
    rows.setdefault("statement", []).extend(statements.values())
    for number, text in enumerate(case.amounts, 1):
        _add_amount(rows, document, statements, number, text)
    for number, text in enumerate(case.sentences, 1):
        sentence_id = f"{document_id}.n{number:04d}"
        rows.setdefault("sentence", []).append(
            {"sentence_id": sentence_id, "document_id": document_id, "sentence_no": number, "text": text, "first_page": 1,
             "last_page": 1, "method": "text", "section": "", "role": "body"}
        )  # fmt: skip
    for number, text in enumerate(case.claims, 1):
        _add_claim(rows, document, number, text)
    for text in case.rows:
        table, pairs = text.split()[0], _pairs(text)
        row: dict[str, Any] = {"document_id": document_id, **_ROW_DEFAULTS.get(table, {}), **pairs}
        if table in _OF_NO_DOCUMENT:
            row.pop("document_id")
        if code := row.pop("statement", None):
            keys = (
                ("table_no",) if table == "extracted_table" else ("statement_id", "statement_no", "table_no")
            )
            row |= {key: statements[code][key] for key in keys}
            if table == "cell":
                row.pop("statement_no")
        rows.setdefault(table, []).append(row)


#: Columns of other tables that may not be null.
_ROW_DEFAULTS: dict[str, dict[str, Any]] = {
    "extracted_table": {"table_id": "t"},
    "unit": {"version_no": 1, "unit_name": "样例单位", "is_registered": True, "is_current": True},
    "publication": {"document_count": 0},
}
#: Tables whose rows belong to no document.
_OF_NO_DOCUMENT = frozenset({"subject", "statement_kind", "unit", "publication"})


def _statements(document_id: str, case: Case) -> dict[str, dict[str, Any]]:
    statements: dict[str, dict[str, Any]] = {}
    for text in case.statements:
        code, pairs = text.split()[0], _pairs(text)
        statements[code] = {"status": "filled", **pairs, "statement_code": code}
    for text in case.amounts:
        code = text.split()[0]
        statements.setdefault(code, {"statement_code": code, "status": "filled"})
    for number, statement in enumerate(statements.values(), 1):
        statement |= {
            "statement_id": f"{document_id}.s{number:02d}",
            "document_id": document_id,
            "statement_no": number,
            "table_no": number,
            "first_page": number,
        }
    return statements


def _pairs(text: str) -> dict[str, str]:
    return dict(token.split("=", 1) for token in shlex.split(text) if "=" in token)


def _add_amount(
    rows: dict[str, list[dict[str, Any]]],
    document: dict[str, Any],
    statements: dict[str, dict[str, Any]],
    number: int,
    text: str,
) -> None:
    head, _, printed_text = text.partition(" =")
    tokens = head.split()
    if len(tokens) < 2:
        raise CaseError(f"not an amount: {text}")
    statement, pairs = statements[tokens[0]], _pairs(head)
    printed = read_printed_number(printed_text.strip())
    code = pairs.pop("code", None)
    is_economic = tokens[1].startswith("economic")
    unit = pairs.pop("unit", "%" if printed.state == "percent" else "万元")
    value = printed.value or Decimal(0)
    is_empty = printed.state in ("blank", "dash", "none_word")
    scale = _MONEY_SCALE.get(
        unit
    )  # DuckDB misreads a Decimal with a positive exponent: multiply, never scaleb
    table_no = int(pairs.pop("table", statement["table_no"]))
    place = {
        "cell_id": f"{document['document_id']}.t{table_no:02d}.r{number:03d}.c01",
        "document_id": document["document_id"],
        "statement_id": statement["statement_id"],
        "table_no": table_no,
        "row_no": int(pairs.pop("row", number)),
        "column_no": int(pairs.pop("column", 1)),
        "state": str(printed.state),
        "value": value,
        "decimals": printed.decimals,
        "unit": unit,
    }
    is_from_ocr = pairs.pop("method", "text") == "ocr"
    confidence = pairs.pop("confidence", None)
    half_width = (
        Decimal(0) if is_empty or printed.decimals is None else Decimal(5).scaleb(-1 - printed.decimals)
    )
    rows.setdefault("cell", []).append(
        {**place, "page": statement["first_page"], "is_header": False, "raw_text": printed_text.strip(),
         "row_label": pairs.get("subject_name"), "method": "ocr" if is_from_ocr else "text",
         "confidence": None if confidence is None else float(confidence)}
    )  # fmt: skip
    exact = statement["statement_code"] in ("PF", "PFW") and (printed.decimals or 0) >= 3
    rows.setdefault("amount", []).append(
        {
            **place,
            "amount_id": "a." + place["cell_id"],
            "doc_kind": document["doc_kind"],
            "fiscal_year": document["fiscal_year"],
            "unit_name": document["unit_name"],
            "statement_code": statement["statement_code"],
            "line_code": tokens[1],
            "measure": "total",
            "fund": "all",
            "stage": "budget" if document["doc_kind"] == "budget" else "final",
            "item": "",
            "functional_code": None if is_economic else code,
            "economic_code": code if is_economic else None,
            "is_unit_inferred": False,
            "amount_yuan": None if scale is None else value * 10**scale,
            "half_width_yuan": None if scale is None else Decimal(0) if exact else half_width * 10**scale,
            "half_width": half_width if scale is not None or unit == "%" else Decimal(0),
            "is_from_ocr": is_from_ocr,
            **pairs,
        }
    )


def _add_claim(
    rows: dict[str, list[dict[str, Any]]], document: dict[str, Any], number: int, text: str
) -> None:
    pairs: dict[str, Any] = _pairs(text)
    sentence_no = int(pairs.pop("sentence", 1))
    sentence_id = f"{document['document_id']}.n{sentence_no:04d}"
    related = pairs.pop("related", None)
    printed = pairs.pop("printed", None)
    unit = pairs.pop("unit", "万元" if pairs.get("metric") in ("amount", "change") else None)
    claim = {
        "claim_id": f"{sentence_id}.k{number:02d}",
        "sentence_id": sentence_id,
        "document_id": document["document_id"],
        "doc_kind": document["doc_kind"],
        "fiscal_year": document["fiscal_year"],
        "sentence_no": sentence_no,
        "claim_no": number,
        "page": 1,
        "status": "typed",
        "basis": "none",
        "unit": unit,
        "is_from_ocr": False,
        "related_claim_id": f"{sentence_id}.k{int(related):02d}" if related else None,
        **pairs,
    }
    if printed is not None:
        number_read = read_printed_number(printed)
        half_width = Decimal(5).scaleb(-1 - (number_read.decimals or 0))
        scale = _MONEY_SCALE.get(unit or "")
        claim |= {"value": number_read.value, "decimals": number_read.decimals, "half_width": half_width}
        if scale is not None and number_read.value is not None:
            claim |= {"amount_yuan": number_read.value * 10**scale, "half_width_yuan": half_width * 10**scale}
        elif unit not in ("%", None):
            claim |= {"half_width": Decimal(0)}
    rows.setdefault("claim", []).append(claim)
