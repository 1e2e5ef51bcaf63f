"""Which units a department lists as its own (预算单位构成), for units of which nothing else tells the department.

A department's disclosure says which units its figures take in, in a sentence, in a list or in a table of names. A name
counts only where a piece of such a list is, whole, the name under which another document is published, where exactly one
department lists it, and where its own documents neither name a department nor are a department's. What a list looks like is
data: ``reference/membership_words.csv``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import duckdb
import polars as pl

from warehouse.parquet_sets import ParquetSets, read_frames
from warehouse.units import PrintedName, display_name, name_key, read_csv

_WORDS_FILE = Path(__file__).resolve().parent / "reference" / "membership_words.csv"

#: Where a name could stand that heads a column of a list: the rows over the names.
_HEADING_ROWS = 3

_SPACE = re.compile(r"\s")

#: What is read of the departments' documents.
_READ = {
    "sentence": ("sentence_no", "section", "text"),
    "cell": ("table_no", "row_no", "column_no", "raw_text"),
}

#: Documents whose names may be members: a unit's, which say nothing of a department.
_PUBLISHERS = """
SELECT document_id, unit_name, department_name, scope FROM facts_identity
WHERE unit_name IS NOT NULL AND NOT coalesce(is_template, false) AND NOT coalesce(is_consolidated, false) ORDER BY ALL
"""


@lru_cache(maxsize=1)
def _words() -> dict[str, re.Pattern[str]]:
    """Return for each kind of word the pattern of all its lines."""
    lines: dict[str, list[str]] = {}
    for _, row in read_csv(_WORDS_FILE):
        lines.setdefault(row["kind"], []).append(row["pattern"])
    return {kind: re.compile("|".join(f"(?:{one})" for one in patterns)) for kind, patterns in lines.items()}


@dataclass(frozen=True, slots=True)
class _Publishers:
    """Department by the document that it publishes, and name by key of the units that may be members."""

    departments: dict[str, str]
    candidates: dict[str, str]


def listed_members(
    connection: duckdb.DuckDBPyConnection, extracted: ParquetSets, sha256s: Sequence[str], batch_size: int
) -> list[PrintedName]:
    """Return the units that exactly one department lists, each with that department.

    Reads the identities of all documents (``facts_identity``) and, where units without a department publish at all, the
    sentences and tables of the departments' documents. Raises ``DamagedSetsError``.
    """
    publishers = _publishers(connection)
    if not publishers.candidates:
        return []
    found: dict[str, set[str]] = {}
    wanted = [sha256 for sha256 in sha256s if sha256[:16] in publishers.departments]
    for start in range(0, len(wanted), batch_size):
        for document_id, piece in _listed_names(extracted, wanted[start : start + batch_size]):
            if (key := name_key(piece)) in publishers.candidates:
                found.setdefault(key, set()).add(publishers.departments[document_id])
    by_key = {key: {name_key(one) for one in departments} for key, departments in found.items()}
    return [
        PrintedName(publishers.candidates[key], 0, min(found[key]))
        for key, departments in sorted(by_key.items())
        if len(departments) == 1 and key not in departments
    ]


def _publishers(connection: duckdb.DuckDBPyConnection) -> _Publishers:
    departments: dict[str, str] = {}
    candidates: dict[str, str] = {}
    has_department: set[str] = set()
    for document_id, unit_name, department_name, scope in connection.execute(_PUBLISHERS).fetchall():
        key = name_key(unit_name)
        if scope == "department":
            departments[document_id] = display_name(unit_name)
            has_department.add(key)
        elif department_name and name_key(department_name) != key:
            has_department.add(key)
        else:
            candidates.setdefault(key, unit_name)
    return _Publishers(
        departments, {key: name for key, name in candidates.items() if key not in has_department}
    )


def _listed_names(extracted: ParquetSets, sha256s: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield document and name for every piece of these documents' lists."""
    frames = read_frames(extracted, sha256s, _READ)
    sentences = frames["sentence"].sort("document_id", "sentence_no").select("document_id", "section", "text")
    for document_id, text in _in_lists(sentences.iter_rows()):
        yield from ((document_id, piece) for piece in pieces(text))
    for document_id, text in _in_columns(
        _of_lists(frames["cell"])
        .sort("document_id", "table_no", "row_no", "column_no")
        .select("document_id", "table_no", "row_no", "column_no", "raw_text")
        .iter_rows()
    ):
        yield document_id, _without_ending(text)


def _in_lists(sentences: Iterable[tuple[str, str | None, str]]) -> Iterator[tuple[str, str]]:
    """Yield the sentences of sections headed as a list, and those from one that opens a list to its section's end.

    Numbered names are often set as headings, which makes them sections of their own within the list's.
    """
    opened: tuple[str, str] | None = None
    for document_id, section, text in sentences:
        path = section or ""
        if opened and not (document_id == opened[0] and path.startswith(opened[1])):
            opened = None
        if _words()["sentence"].search(text):
            opened = opened or (document_id, path)
        if opened or _words()["section"].search(path):
            yield document_id, text


def _of_lists(cells: pl.DataFrame) -> pl.DataFrame:
    """Return the cells of tables that have a heading of a column of unit names: few of them, and no others are looked at."""
    first = cells.filter(pl.col("row_no") <= _HEADING_ROWS).select("document_id", "table_no", "raw_text")
    headed = {
        (document_id, table_no)
        for document_id, table_no, text in first.iter_rows()
        if _words()["column"].search(_SPACE.sub("", text))
    }
    keys = ["document_id", "table_no"]
    tables = pl.DataFrame(sorted(headed), schema=cells.select(keys).schema, orient="row")
    return cells.join(tables, on=keys, how="semi")


def _in_columns(cells: Iterable[tuple[str, int, int, int, str]]) -> Iterator[tuple[str, str]]:
    """Yield the cells below the heading of a column of unit names, of tables that print no money."""
    heading: dict[tuple[str, int], set[int]] = {}
    with_money: set[tuple[str, int]] = set()
    below: list[tuple[tuple[str, int], int, str]] = []
    for document_id, table_no, row_no, column_no, text in cells:
        table, words = (document_id, table_no), _SPACE.sub("", text)
        if row_no <= _HEADING_ROWS and _words()["money"].search(words):
            with_money.add(table)
        if row_no <= _HEADING_ROWS and _words()["column"].search(words):
            heading.setdefault(table, set()).add(column_no)
        elif column_no in heading.get(table, ()):
            below.append((table, column_no, words))
    for table, _, words in below:
        if table not in with_money:
            yield table[0], words


def pieces(text: str) -> list[str]:
    """Return what may be names in a sentence that lists units: its parts between separators, without the list's ending."""
    parts = _words()["separator"].sub("\n", text).split("\n")
    return [_without_ending(part) for part in parts if len(part) > 2]


def _without_ending(text: str) -> str:
    """Return a listed name without its number before and 等3家单位 after it."""
    return _words()["ending"].sub("", text)
