"""An empty in-memory warehouse for rule tests."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

SQL = Path(__file__).resolve().parents[2] / "warehouse" / "sql"


@pytest.fixture(scope="session")
def empty_warehouse() -> Callable[[], duckdb.DuckDBPyConnection]:
    """Makes an in-memory warehouse with the base tables and the comparison macros."""

    def make(path: str = ":memory:") -> duckdb.DuckDBPyConnection:
        connection = duckdb.connect(path)
        for name in ("schema", "rounding"):
            connection.execute((SQL / f"{name}.sql").read_text(encoding="utf-8"))
        return connection

    return make
