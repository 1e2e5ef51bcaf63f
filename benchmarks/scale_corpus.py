"""A large corpus of extracted documents, made of the documents that a data directory has already extracted.

Every copy has ids of its own and belongs to units of its own district (第00001区…), so that what rules compare across
documents stays within a copy of the base corpus. Its money is a multiple of the base's, so that no two copies print the same
numbers, with three decimals fewer, so that what balanced up to rounding still does. The unchanged frames are hard links.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from crawlers.store import Store
from expectations.version import rules_version
from extractors.version import extractor_version
from flows.documents import extracted_root, facts_root
from transforms.version import transform_version
from warehouse.build import BuildInputs

_SIGHTINGS = "sightings.parquet"


@dataclass(frozen=True, slots=True)
class Corpus:
    """Where a generated corpus lies."""

    root: Path

    @property
    def extracted(self) -> Path:
        """Its extraction sets."""
        return self.root / "extracted"

    @property
    def facts(self) -> Path:
        """Its fact sets."""
        return self.root / "facts"

    def withdraw(self, share: float) -> None:
        """Take away every n-th document, so that about ``share`` of all are gone."""
        path = self.root / _SIGHTINGS
        pl.read_parquet(path).with_row_index().filter(
            pl.col("index") % round(1 / share) != round(1 / share) - 1
        ).drop("index").write_parquet(path)

    def inputs(self, night: date = date(2026, 1, 1)) -> BuildInputs:
        """What a build of it reads."""
        return BuildInputs(
            sightings=pl.read_parquet(self.root / _SIGHTINGS),
            extracted_root=self.extracted,
            facts_root=self.facts,
            night=night,
            extractor_version=extractor_version(),
            transform_version=transform_version(),
            other_fingerprints=(rules_version(),),
        )


def copy_id(sha256: str, copy: int) -> str:
    """Return the hash under which the given copy of a file goes."""
    return sha256 if copy == 0 else hashlib.sha256(f"{sha256} {copy}".encode()).hexdigest()


def make_corpus(home: Path, root: Path, documents: int) -> Corpus:
    """Write a corpus of ``documents`` documents below ``root``, in place of whatever is there."""
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir(parents=True)
    corpus = Corpus(root)
    base = _base(home)
    sightings = Store(home).read_sightings().filter(pl.col("sha256").is_in(base))
    copies: list[pl.DataFrame] = []
    for copy, chosen in _copies(base, documents):
        for sha256 in chosen:
            _copy_set(extracted_root(home), corpus.extracted, sha256, copy)
            _copy_set(facts_root(home), corpus.facts, sha256, copy)
        new_ids = {sha256: copy_id(sha256, copy) for sha256 in chosen}
        copies.append(
            sightings.filter(pl.col("sha256").is_in(chosen)).with_columns(
                pl.col("sha256").replace_strict(new_ids, default=None),
                pl.col("source_title") + f" {copy:05d}",
                pl.col("url") + f"#{copy:05d}",
            )
        )
    pl.concat(copies).write_parquet(root / _SIGHTINGS)
    return corpus


def _base(home: Path) -> list[str]:
    """The files of a data directory that have been extracted and transformed."""
    done = {path.name for path in extracted_root(home).glob("??/*")} & {
        path.name for path in facts_root(home).glob("??/*")
    }
    if not done:
        raise SystemExit(f"{home} has no document extracted by this version; run mingzhang ingest first")
    return sorted(done)


def _copies(base: list[str], documents: int) -> Iterator[tuple[int, list[str]]]:
    for copy, start in enumerate(range(0, documents, len(base))):
        yield copy, base[: documents - start]


def _copy_set(source_root: Path, target_root: Path, sha256: str, copy: int) -> None:
    new_id = copy_id(sha256, copy)
    source, target = source_root / sha256[:2] / sha256, target_root / new_id[:2] / new_id
    target.mkdir(parents=True)
    for path in source.iterdir():
        change = _CHANGES.get(path.name)
        if change and copy:
            change(pl.read_parquet(path), copy).write_parquet(target / path.name)
        else:
            os.link(path, target / path.name)


def _moved(identity: pl.DataFrame, copy: int) -> pl.DataFrame:
    district = pl.lit(f"第{copy:05d}区")
    return identity.with_columns(
        unit_name=district + pl.col("unit_name"), department_name=district + pl.col("department_name")
    )


def _multiplied(frame: pl.DataFrame, copy: int) -> pl.DataFrame:
    is_money = pl.col("amount_yuan").is_not_null()
    return frame.with_columns(
        value=pl.when(is_money)
        .then(pl.col("value") * (copy + 1))
        .otherwise(pl.col("value"))
        .cast(frame.schema["value"]),
        amount_yuan=(pl.col("amount_yuan") * (copy + 1)).cast(frame.schema["amount_yuan"]),
        decimals=pl.when(is_money).then(pl.col("decimals") - 3).otherwise(pl.col("decimals")),
    )


#: What a copy has of its own.
_CHANGES: dict[str, Callable[[pl.DataFrame, int], pl.DataFrame]] = {
    "identity.parquet": _moved,
    "amount.parquet": _multiplied,
    "claim.parquet": _multiplied,
}
