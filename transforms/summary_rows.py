"""Rows of the two-sided summaries: revenue and expenditure by source, class, nature and economic subject."""

from __future__ import annotations

import re

from transforms.row_meanings import LEVELS, RowMeaning, blank_row, match_line
from transforms.row_texts import RowText
from transforms.subjects import subjects
from transforms.wording import bare_label, is_numbered, without_brackets


class SummaryRows:
    """Rows of one side of the two-sided summaries (T01, T04 and the budget's)."""

    _SUFFIX = {  # noqa: RUF012
        "一般公共预算": "general_public_budget",
        "政府性基金": "government_managed_funds",
        "国有资本": "state_capital_operations",
        "非财政拨款": "nonfiscal",
        "财政拨款": "fiscal_appropriation",
    }

    def __init__(self, side: str, hint: str | None) -> None:
        self._side = side if side in {"revenue", "expenditure"} else "expenditure"
        self._hint = hint
        self._carryover = ""
        self._functional = ""
        self._economic = ""
        self._measure: str | None = None
        self._classes_are_numbered = False

    def read(self, row: RowText) -> RowMeaning:
        """Return what a row stands for."""
        label = row.label
        if not row.bare:
            return blank_row()
        if carried := self._carryover_part(label):
            return RowMeaning(line=carried, name=label)
        line = match_line("summary", self._side, label)
        if line:
            self._note(line)
            return RowMeaning(line=line, name=label)
        self._carryover = ""
        if self._side == "revenue":
            return RowMeaning(name=label, reason="row_not_in_vocabulary")
        return self._subject(row)

    def _note(self, line: str) -> None:
        carried = line if line.endswith((".opening_carryover", ".closing_carryover")) else ""
        self._carryover = carried
        if line == "expenditure.basic":
            self._measure = "basic"
        elif line == "expenditure.project":
            self._measure = "project"
        elif line.startswith("expenditure."):
            self._measure = None

    def _carryover_part(self, label: str) -> str | None:
        bare = without_brackets(bare_label(label))
        explicit = re.match(r"(年初|上年|年末|结转下年).*(一般公共预算|政府性基金|国有资本|财政拨款)", bare)
        carried = self._carryover
        if explicit and not carried:
            return (
                None
                if bare.startswith(("年初财政拨款", "上年财政拨款", "年末财政拨款"))
                else self._explicit(bare)
            )
        if not carried or re.search(r"总计|合计", bare):
            return None
        for word, suffix in self._SUFFIX.items():
            if word in bare:
                return f"{carried}.{suffix}"
        return None

    def _explicit(self, bare: str) -> str | None:
        side = (
            "revenue.opening_carryover" if bare[:2] in {"年初", "上年"} else "expenditure.closing_carryover"
        )
        for word, suffix in self._SUFFIX.items():
            if word in bare:
                return f"{side}.{suffix}"
        return None

    def _subject(self, row: RowText) -> RowMeaning:
        label = without_brackets(row.bare) if self._hint != "departmental" else row.bare
        if code := next((subject.code for subject in row.subjects if subject.scheme == "functional"), ""):
            return self._functional_row(code, row)
        if self._hint in {"departmental", "governmental"}:
            known = subjects(self._hint)
            economic = known.find(row.bare, digits=3) or known.find(label, digits=3)
            if economic:
                return RowMeaning(
                    line="economic.class", economic=economic, name=row.label, measure=self._measure
                )
            return RowMeaning(name=row.label, reason="row_not_in_vocabulary")
        may_be_class = is_numbered(row.label) or not self._classes_are_numbered
        named = self._functional_by_name(row.bare, may_be_class) or self._functional_by_name(
            label, may_be_class
        )
        if named and not self._economic:
            return self._functional_row(named, row)
        economic = subjects("departmental").find(row.bare, digits=3)
        if economic and (not self._functional or self._economic):
            self._economic = economic
            return RowMeaning(line="economic.class", economic=economic, name=row.label, measure=self._measure)
        return RowMeaning(name=row.label, reason="row_not_in_vocabulary")

    def _functional_by_name(self, label: str, may_be_class: bool) -> str | None:
        """Look a name up below the subjects above it; where classes are numbered, other rows are no classes."""
        known = subjects("functional")
        code = known.find(label, digits=3) if may_be_class else None
        if not code and len(self._functional) >= 5:
            code = known.find(label, within=self._functional[:5], digits=7)
        if not code and self._functional:
            code = known.find(label, within=self._functional[:3], digits=5)
        return code

    def _functional_row(self, code: str, row: RowText) -> RowMeaning:
        self._functional = code
        self._classes_are_numbered |= len(code) == 3 and is_numbered(row.label)
        line = "expenditure.class" if len(code) == 3 else f"functional.{LEVELS[len(code)]}"
        return RowMeaning(line=line, functional=code, name=row.label)
