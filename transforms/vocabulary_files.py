"""The vocabulary of ``transforms/vocabulary``: closed lists of codes and the printed variants that map to them."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_FOLDER = Path(__file__).resolve().parent / "vocabulary"


@dataclass(frozen=True, slots=True)
class StatementKind:
    """One semantic statement: what it is called and how its grid is read."""

    code: str
    doc_kind: str
    title: str
    has_sides: bool
    layout: str
    default_fund: str
    source_axis: str
    total_line: str
    item_line: str


@dataclass(frozen=True, slots=True)
class TitleConcept:
    """Words a title has and has not, and the statement it then names in each kind of document."""

    concept: str
    any_of: tuple[tuple[str, ...], ...]
    none_of: tuple[str, ...]
    final_accounts: str
    budget: str

    def matches(self, title: str) -> bool:
        """Say whether a cleaned title names this concept."""
        if any(word in title for word in self.none_of):
            return False
        return any(all(word in title for word in words) for words in self.any_of)


@dataclass(frozen=True, slots=True)
class RowLabel:
    """A printed row label and the line it stands for, on one side and in one layout."""

    pattern: re.Pattern[str]
    side: str
    layout: str
    line_code: str


@dataclass(frozen=True, slots=True)
class ColumnWord:
    """One word of a column heading and what it says."""

    kind: str
    value: str


def read_rows(name: str) -> list[dict[str, str]]:
    """Return the rows of ``vocabulary/<name>.csv``."""
    with (_FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@lru_cache(maxsize=1)
def statement_kinds() -> dict[str, StatementKind]:
    """Return the statements by code."""
    return {
        row["statement_code"]: StatementKind(
            code=row["statement_code"],
            doc_kind=row["doc_kind"],
            title=row["title"],
            has_sides=row["has_sides"] == "true",
            layout=row["layout"],
            default_fund=row["default_fund"],
            source_axis=row["source_axis"],
            total_line=row["total_line"],
            item_line=row["item_line"],
        )
        for row in read_rows("statements")
    }


@lru_cache(maxsize=1)
def title_concepts() -> tuple[TitleConcept, ...]:
    """Return the title concepts in the order in which they are tried."""
    return tuple(
        TitleConcept(
            concept=row["concept"],
            any_of=tuple(tuple(words.split("&")) for words in row["any_of"].split("|")),
            none_of=tuple(word for word in row["none_of"].split("|") if word),
            final_accounts=row["final_accounts"],
            budget=row["budget"],
        )
        for row in read_rows("titles")
    )


@lru_cache(maxsize=1)
def row_labels() -> dict[tuple[str, str], tuple[RowLabel, ...]]:
    """Return the row labels by layout and side; ``any`` labels are found under both sides."""
    found: dict[tuple[str, str], list[RowLabel]] = {}
    for row in read_rows("row_labels"):
        label = RowLabel(re.compile(row["pattern"]), row["side"], row["layout"], row["line_code"])
        sides = ("revenue", "expenditure", "any") if label.side == "any" else (label.side,)
        for side in sides:
            found.setdefault((label.layout, side), []).append(label)
    return {key: tuple(labels) for key, labels in found.items()}


@lru_cache(maxsize=1)
def column_roles() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return the patterns of headings that name what a column holds other than amounts."""
    return tuple((re.compile(row["pattern"]), row["role"]) for row in read_rows("column_roles"))


@lru_cache(maxsize=1)
def column_words() -> tuple[re.Pattern[str], dict[str, ColumnWord]]:
    """Return one pattern that finds the longest known word, and what each word says."""
    words = {row["word"]: ColumnWord(row["kind"], row["value"]) for row in read_rows("column_words")}
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile("|".join(re.escape(word) for word in longest_first)), words


@lru_cache(maxsize=1)
def parent_lines() -> dict[str, str]:
    """Return the line each line is a part of, where it is one."""
    return {row["line_code"]: row["parent"] for row in read_rows("lines") if row["parent"]}


@lru_cache(maxsize=1)
def measure_names() -> dict[str, str]:
    """Return the Chinese name of every measure, for cells whose place on a form has no printed column heading."""
    return {row["measure"]: row["name"] for row in read_rows("measures")}
