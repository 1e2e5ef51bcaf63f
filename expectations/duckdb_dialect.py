"""A SQLAlchemy dialect for reading a published DuckDB file from Great Expectations.

GX reads results after it has closed its transaction, and DuckDB drops a pending result at the rollback, so that most
expectations would fail with an error. Reading needs no transactions: here they do nothing. Registered under its own
driver name, the stock dialect stays as it is for everyone else.
"""

from __future__ import annotations

from typing import Any

from duckdb_engine import Dialect
from sqlalchemy.dialects import registry

DRIVER = "published"


class PublishedWarehouse(Dialect):
    """duckdb_engine's dialect without transactions and without SQLAlchemy's statement cache."""

    driver = DRIVER
    supports_statement_cache = False

    def do_begin(self, connection: Any) -> None:
        """Do nothing: the file is read only."""

    def do_commit(self, connection: Any) -> None:
        """Do nothing: the file is read only."""

    def do_rollback(self, connection: Any) -> None:
        """Do nothing: a rollback would drop the result GX is about to read."""


def register() -> None:
    """Make ``duckdb+published:///path`` known to SQLAlchemy."""
    registry.register(f"duckdb.{DRIVER}", __name__, PublishedWarehouse.__name__)
