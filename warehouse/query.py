"""Reading the published warehouse: one statement, read-only, whatever a night is doing meanwhile."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from warehouse.publish import current_generation


class NothingPublishedError(RuntimeError):
    """No warehouse has been published in this data directory yet."""


class QueryError(RuntimeError):
    """DuckDB refused the statement; the message is its own."""


@dataclass(frozen=True, slots=True)
class QueryResult:
    """Column names and rows of one statement."""

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]

    def records(self) -> list[dict[str, Any]]:
        """Return the rows as plain values: DECIMAL as text (never a float), dates as ISO 8601."""
        return [dict(zip(self.columns, map(plain_value, row), strict=True)) for row in self.rows]

    def to_json(self) -> str:
        """Return the rows as one JSON array."""
        return json.dumps(self.records(), ensure_ascii=False)


def plain_value(value: Any) -> Any:
    """Return a value of a row as JSON can hold it, without loss."""
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [plain_value(one) for one in value]
    if isinstance(value, dict):
        return {name: plain_value(one) for name, one in value.items()}
    return value


def published_warehouse(home: Path) -> Path:
    """Return the real path of the published DuckDB file. Raises ``NothingPublishedError``.

    The real path, because DuckDB shares one open file among connections of a process by its path: through the
    link, a long-lived process would go on reading an old generation.
    """
    generation = current_generation(home)
    if generation is None:
        raise NothingPublishedError(
            f"{home} 中还没有已发布的数据仓库；请先运行 mingzhang nightly 或 mingzhang ingest"
        )
    return generation.warehouse


@contextmanager
def open_warehouse(home: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the published warehouse read-only, cut off from other files and the network."""
    connection = duckdb.connect(str(published_warehouse(home)), read_only=True)
    try:
        connection.execute("SET enable_external_access = false")
        connection.execute("SET autoinstall_known_extensions = false")
        yield connection
    finally:
        connection.close()


def run_query(home: Path, sql: str, parameters: Sequence[Any] | dict[str, Any] | None = None) -> QueryResult:
    """Run one statement on the published warehouse. Raises ``NothingPublishedError`` or ``QueryError``."""
    with open_warehouse(home) as connection:
        try:
            cursor = connection.execute(sql, parameters)
            columns = tuple(one[0] for one in cursor.description or ())
            return QueryResult(columns, cursor.fetchall() if columns else [])
        except duckdb.Error as error:
            raise QueryError(str(error)) from error
