"""What was understood of one document, for ``mingzhang extract``: counts and lists over its frames."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import polars as pl

from extractors.frames import Extraction
from transforms.document import transform_document

_SHOWN = 10
_NUMERIC = ("number", "zero_printed", "percent")


@dataclass(frozen=True, slots=True)
class Understanding:
    """The frames of one document and what they say in short."""

    extraction: dict[str, pl.DataFrame]
    facts: dict[str, pl.DataFrame]

    @property
    def document(self) -> dict[str, Any]:
        """The one row of the ``document`` frame."""
        return self.extraction["document"].row(0, named=True)

    @property
    def identity(self) -> dict[str, Any]:
        """The one row of the ``identity`` frame; all None where nothing was extracted."""
        frame = self.facts["identity"]
        return frame.row(0, named=True) if frame.height else dict.fromkeys(frame.columns)

    @property
    def table_count(self) -> int:
        """Tables found."""
        return self.extraction["table"].height

    @property
    def cell_count(self) -> int:
        """Cells found."""
        return self.extraction["cell"].height

    @property
    def number_count(self) -> int:
        """Cells that print a number."""
        return self.extraction["cell"].filter(pl.col("state").is_in(_NUMERIC)).height

    @property
    def amount_count(self) -> int:
        """Cells understood as amounts, blank ones of understood rows included."""
        return self.facts["amount"].height

    @property
    def sentence_count(self) -> int:
        """Sentences of the narrative."""
        return self.extraction["sentence"].height

    @property
    def claim_count(self) -> int:
        """Numbers and direction words understood in the narrative."""
        return self.facts["claim"].filter(pl.col("status") == "typed").height

    statement_columns = ("编号", "标题", "页", "金额单位", "状态", "金额数", "说明")

    def statement_rows(self) -> list[tuple[Any, ...]]:
        """One row a statement, as shown to people."""
        counts = dict(self.facts["amount"].group_by("statement_no").len().iter_rows())
        return [
            (
                row["statement_code"] or "—",
                row["title"],
                _pages(row["first_page"], row["last_page"]),
                row["money_unit"],
                row["status"],
                counts.get(row["statement_no"], 0),
                row["status_reason"],
            )
            for row in self.facts["statement"].iter_rows(named=True)
        ]

    def not_understood(self) -> Iterator[str]:
        """Say what stayed raw: unmapped texts by frequency and pages that could not be read."""
        unmapped = (
            self.facts["unmapped"]
            .group_by("kind", "reason")
            .len()
            .sort("len", "kind", descending=[True, False])
        )
        for kind, reason, count in unmapped.head(_SHOWN).iter_rows():
            yield f"{kind} {count} 处：{reason}"
        unread = self.extraction["page"].filter(~pl.col("status").is_in(["ok", "blank"]))
        for row in unread.head(_SHOWN).iter_rows(named=True):
            yield f"第 {row['page']} 页：{row['status_reason'] or row['status']}"
        unparsed = self.facts["claim"].filter(pl.col("status") == "unparsed").height
        if unparsed:
            yield f"文字说明中的数字 {unparsed} 处"

    def record(self) -> dict[str, Any]:
        """Plain values for ``--json``."""
        return {
            "document": self.document,
            "identity": self.identity,
            "statements": self.facts["statement"].to_dicts(),
            "counts": {
                "tables": self.table_count,
                "cells": self.cell_count,
                "numbers": self.number_count,
                "amounts": self.amount_count,
                "sentences": self.sentence_count,
                "claims": self.claim_count,
            },
            "unmapped": self.facts["unmapped"].to_dicts(),
        }


def understand(extraction: Extraction) -> Understanding:
    """Transform one extraction and keep both sides for showing."""
    frames = extraction.frames()
    return Understanding(frames, transform_document(frames))


def _pages(first: int | None, last: int | None) -> str:
    if first is None:
        return ""
    return str(first) if first == last or last is None else f"{first}–{last}"
