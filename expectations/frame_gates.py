"""Gates on the extracted frames: what lies between extraction and load, laid out for Great Expectations inside DuckDB.

Great Expectations turns DECIMAL into float in pandas and does not take Polars, so the frames are laid as tables into a
DuckDB file of their own, with the columns the gates read and nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import yaml

from warehouse.parquet_sets import extracted_sets

_GATES = Path(__file__).parent / "frame_gates.yaml"
#: What the gates read of each frame.
_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "document": ("status", "page_count", "reason_code"),
    "page": ("page", "width", "height", "status", "route"),
    "table": ("table_no",),
    "cell": (
        "table_no", "page", "row_no", "column_no", "raw_text", "state", "value", "decimals", "method", "confidence", "x0", "top",
        "x1", "bottom",
    ),
    "line": ("page", "line_no", "x0", "top", "x1", "bottom"),
    "sentence": ("sentence_no", "text"),
    "fragment": ("sentence_no", '"start"', '"end"'),
}  # fmt: skip


def load_gates() -> list[dict[str, Any]]:
    """The gates as ``frame_gates.yaml`` states them: id, frame, title, severity, sentence, query."""
    gates: list[dict[str, Any]] = yaml.safe_load(_GATES.read_text(encoding="utf-8"))
    return gates


def lay_frames(target: Path, extracted_root: Path, sha256s: Sequence[str]) -> None:
    """Write the file ``target`` with a table ``extracted_<frame>`` of the sets of these files that are there."""
    files = extracted_sets(extracted_root).files(sha256s)
    with duckdb.connect(str(target)) as connection:
        for frame, columns in _COLUMNS.items():
            connection.execute(f"CREATE TABLE extracted_{frame} AS {_select(frame, columns, files[frame])}")


def _select(frame: str, columns: Sequence[str], paths: Sequence[str]) -> str:
    if not paths:
        schema = extracted_sets(Path()).frames[frame]
        empty = ", ".join(f"NULL::{_type(schema[name.strip(chr(34))])} AS {name}" for name in columns)
        return f"SELECT NULL::VARCHAR AS document_id, {empty} WHERE false"
    listed = ", ".join("'" + path.replace("'", "''") + "'" for path in paths)
    return (
        f"SELECT left(parse_path(filename)[-2], 16) AS document_id, {', '.join(columns)} "  # noqa: S608 - our own sets
        f"FROM read_parquet([{listed}], filename = true, hive_partitioning = false)"
    )


def _type(dtype: Any) -> str:
    if isinstance(dtype, pl.Decimal):
        return f"DECIMAL({dtype.precision}, {dtype.scale})"
    return "VARCHAR" if dtype == pl.String else "BIGINT" if dtype.is_integer() else "DOUBLE"
