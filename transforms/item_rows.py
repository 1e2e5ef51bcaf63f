"""Rows of project and procurement lists."""

from __future__ import annotations

import re

from transforms.row_meanings import LEVELS, RowMeaning, blank_row, match_line
from transforms.row_texts import RowText, Subject
from transforms.vocabulary_files import StatementKind


class ItemRows:
    """Rows of project and procurement lists: totals, units, categories, subjects, and items by their own words."""

    def __init__(self, kind: StatementKind, known_units: frozenset[str]) -> None:
        self._kind = kind
        self._units = known_units
        self._seen: dict[str, int] = {}

    def read(self, row: RowText) -> RowMeaning:
        """Return what a row stands for."""
        texts = [text for text in row.texts if text != row.label]
        if row.is_total:
            return RowMeaning(line=self._kind.total_line, name=row.label)
        category = match_line(self._kind.layout, "any", re.sub(r"^[A-C]-?", "", row.bare))
        if category and not texts:
            return RowMeaning(line=category, name=row.label)
        functional = row.of("functional")
        if functional and not texts and functional.name:
            line = f"functional.{LEVELS[len(functional.code)]}"
            return RowMeaning(line=line, functional=functional.code, name=functional.name)
        if row.label in self._units or (row.unit_name and not texts and row.label == row.unit_name):
            return RowMeaning(line="unit.item", item=f"{row.unit_code} {row.label}".strip(), name=row.label)
        if not row.label and not texts:
            return blank_row()
        return self._item(row, texts, functional)

    def _item(self, row: RowText, texts: list[str], functional: Subject | None) -> RowMeaning:
        economic = row.of("departmental", "governmental")
        words = [text for text in (row.unit_name, row.label, *texts) if text]
        item = "/".join(dict.fromkeys(words))
        self._seen[item] = self._seen.get(item, 0) + 1
        if self._seen[item] > 1:
            item = f"{item}#{self._seen[item]}"
        return RowMeaning(
            line=self._kind.item_line,
            functional=functional.code if functional else "",
            economic=economic.code if economic else "",
            item=item,
            name=row.label or words[0],
        )
