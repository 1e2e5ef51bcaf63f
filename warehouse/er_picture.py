"""The entity-relationship picture of the mart, generated from the views themselves, as Mermaid.

A relation is a column that two views share by name, drawn from the dimension that the column is the key of. Only
keys are listed; every column is in the data dictionary of an export.
"""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb

from warehouse.export import View, mart_views
from warehouse.load import run_sql_file

#: Dimension and the columns that identify its rows (the year beside a code is left out of the picture).
_KEYS = {
    "dim_unit": "unit_id",
    "dim_document": "document_id",
    "dim_fiscal_year": "fiscal_year",
    "dim_functional_subject": "functional_code",
    "dim_economic_subject": "economic_code",
    "dim_statement": "statement_code",
    "dim_line": "line_code",
    "dim_rule": "rule_id",
    "statement": "statement_id",
    "cell": "cell_id",
    "sentence": "sentence_id",
}

#: What the picture shows besides the dimensions; the other views repeat these with names joined in.
_SHOWN_PREFIXES = ("fact_",)
_SHOWN = ("statement", "cell", "sentence", "dim_unit_alias", "dim_publication")


def er_picture() -> str:
    """Return the picture of the mart as ``erDiagram`` source; the same for the same SQL files."""
    with duckdb.connect() as connection:
        for name in ("schema.sql", "rounding.sql", "mart.sql", "star.sql"):
            run_sql_file(connection, name)
        views = mart_views(connection)
    shown = [
        view
        for name, view in views.items()
        if name in _KEYS or name in _SHOWN or name.startswith(_SHOWN_PREFIXES)
    ]
    lines = ["erDiagram"]
    for dimension, key in _KEYS.items():
        for view in shown:
            if view.name not in _KEYS or (view.name, key) in _BETWEEN:
                lines += _relation(dimension, key, view)
    for view in shown:
        keys = [one for one in view.columns if one.name in _KEYS.values()]
        lines += [f"    {view.name} {{", *(_attribute(view, one.name, one.type) for one in keys), "    }"]
    return "\n".join(lines) + "\n"


#: Relations among views that are themselves keys of others.
_BETWEEN = {
    ("dim_document", "unit_id"),
    ("statement", "document_id"),
    ("cell", "document_id"),
    ("cell", "statement_id"),
    ("sentence", "document_id"),
}


def _relation(dimension: str, key: str, view: View) -> list[str]:
    if key not in {one.name for one in view.columns} or view.name == dimension:
        return []
    return [f'    {dimension} ||--o{{ {view.name} : "{key}"']


def _attribute(view: View, name: str, data_type: str) -> str:
    mark = " PK" if _KEYS.get(view.name) == name else " FK" if name in _KEYS.values() else ""
    return f"        {data_type} {name}{mark}"


def replace_picture(document: str) -> str:
    """Return a Markdown text with its (only) Mermaid block replaced by the current picture."""
    before, opening, rest = document.partition("```mermaid\n")
    _, closing, after = rest.partition("```")
    if not (opening and closing):
        raise ValueError("the document has no Mermaid block")
    return before + opening + er_picture() + closing + after


if __name__ == "__main__":
    for argument in sys.argv[1:]:
        path = Path(argument)
        path.write_text(replace_picture(path.read_text(encoding="utf-8")), encoding="utf-8")
