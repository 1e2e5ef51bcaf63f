"""Reckon the identities that the rules of a run ask for together: one by one they take a fifth of judging a small corpus.

A rule writes ``FROM identity(...)`` wherever it likes. DuckDB's own parser tells which calls there are; they are reckoned in
one statement (``identities.sql``), and the macro ``identity`` of ``macros.sql`` looks its rows up by what was asked.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import duckdb

from expectations.catalogue import Rule

_IDENTITIES_SQL = Path(__file__).with_name("identities.sql")


def reckon_identities(connection: duckdb.DuckDBPyConnection, rules: Sequence[Rule]) -> None:
    """Fill the temporary table ``identity_row`` for every identity that these rules ask for.

    Reads what ``prepare`` laid out. A call that cannot be understood is left out: the rule that makes it fails when it is run.
    """
    calls = _calls(connection, [rule.sql for rule in rules if "identity(" in rule.sql])
    if not _can_be_asked(connection, calls):
        calls = [call for call in calls if _can_be_asked(connection, [call])]
        _can_be_asked(connection, calls)
    if calls:
        connection.execute(_IDENTITIES_SQL.read_text(encoding="utf-8"))


def _calls(connection: duckdb.DuckDBPyConnection, statements: Sequence[str]) -> list[str]:
    """Return every call of ``identity`` in SQL statements as a call of ``identity_call`` with the same arguments."""
    trees = connection.execute(
        "SELECT json_serialize_sql(unnest(?::VARCHAR[]))", [list(statements)]
    ).fetchall()
    (template,) = connection.execute("SELECT json_serialize_sql('SELECT 1')").fetchone() or ("",)
    select = json.loads(template)
    selects: list[str] = []
    for (tree,) in trees:
        for function in _table_functions(json.loads(tree), "identity"):
            select["statements"][0]["node"]["select_list"] = [{**function, "function_name": "identity_call"}]
            selects.append(json.dumps(select))
    rows = connection.execute("SELECT json_deserialize_sql(unnest(?::JSON[]))", [selects]).fetchall()
    return [str(sql).removeprefix("SELECT ") for (sql,) in rows]


def _can_be_asked(connection: duckdb.DuckDBPyConnection, calls: Sequence[str]) -> bool:
    """List calls in the temporary table ``identity_asked``; return whether DuckDB understands all of them."""
    try:
        connection.execute(
            f"CREATE OR REPLACE TEMP TABLE identity_asked AS SELECT unnest([{', '.join(calls)}]) AS call"
        )
    except duckdb.Error:
        return False
    return True


def _table_functions(node: Any, name: str) -> Iterator[dict[str, Any]]:
    """Yield the calls of a table function or table macro below a node of a serialised statement."""
    if isinstance(node, list):
        for part in node:
            yield from _table_functions(part, name)
    elif isinstance(node, dict):
        if node.get("type") == "TABLE_FUNCTION" and node["function"]["function_name"] == name:
            yield node["function"]
        for part in node.values():
            yield from _table_functions(part, name)
