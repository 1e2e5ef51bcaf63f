"""What a row stands for: line, subject, item. One reader for each layout of statement."""

from __future__ import annotations

import re
from dataclasses import dataclass

from transforms.columns import read_heading
from transforms.row_texts import RowText, Subject
from transforms.subjects import subjects
from transforms.vocabulary_files import StatementKind, row_labels
from transforms.wording import bare_label, clean, without_brackets

LEVELS = {3: "class", 5: "group", 7: "item"}
_TOTAL_LABEL = re.compile(r"(?:合|总|小|共)计")
_UNIT_NAME = re.compile(
    r".*(?:局|委员会|委|中心|办公室|办公厅|办|站|所|院|校|学校|大学|馆|队|部|厅|处|会|公司|社|团|署|园|基地"
    r"|幼儿园|医院|监狱|法院|检察院|政府|街道|支队|大队)(?:\(.{1,6}\))?"
)


@dataclass(slots=True)
class RowMeaning:
    """What one row stands for; ``reason`` says why it is not understood."""

    line: str = ""
    functional: str = ""
    economic: str = ""
    item: str = ""
    name: str = ""
    measure: str | None = None
    fund: str | None = None
    stage: str | None = None
    unit: str | None = None  # 辆, 台（套）, … where the row counts things
    reason: str | None = None


def match_line(layout: str, side: str, label: str) -> str | None:
    """Return the line a printed label stands for in a layout and on a side."""
    bare = bare_label(label)
    forms = dict.fromkeys((bare, without_brackets(bare), clean(label)))
    for form in forms:
        for known in row_labels().get((layout, side if layout == "summary" else "revenue"), ()):
            if form and known.pattern.fullmatch(form):
                return known.line_code
    return None


def looks_like_unit(name: str) -> bool:
    """Say whether a label reads like the name of a public body."""
    return bool(_UNIT_NAME.fullmatch(bare_label(name)))


class SubjectRows:
    """Rows of statements by functional or economic subject."""

    def __init__(self, kind: StatementKind, known_units: frozenset[str]) -> None:
        self._kind = kind
        self._units = known_units
        self._economic_class = ""
        self._functional = ""
        self._unit = ""
        self.has_total = False
        self.unit_count = 0

    def read(self, row: RowText) -> RowMeaning:
        """Return what a row stands for."""
        functional = row.of("functional")
        departmental, governmental = row.of("departmental"), row.of("governmental")
        if functional or departmental or governmental:
            return self._by_code(functional, departmental, governmental, row)
        if row.is_total:
            return RowMeaning(line=self._kind.total_line, name=row.label)
        if line := match_line(self._kind.layout, "any", row.label):
            return RowMeaning(line=line, name=row.label)
        return self._by_name(row)

    def _by_code(
        self,
        functional: Subject | None,
        departmental: Subject | None,
        governmental: Subject | None,
        row: RowText,
    ) -> RowMeaning:
        economic = departmental or governmental
        meaning = RowMeaning(
            functional=functional.code if functional else "",
            economic=economic.code if economic else "",
            item=governmental.code if departmental and governmental else self._unit,
            name=(functional or economic or Subject("", "", "")).name or row.label,
        )
        if functional:
            meaning.line = f"functional.{LEVELS[len(functional.code)]}"
            self._functional = functional.code
        elif economic:
            meaning.line = "economic.class" if len(economic.code) == 3 else "economic.item"
            self._economic_class = economic.code[:3]
        return meaning

    def _by_name(self, row: RowText) -> RowMeaning:
        label = row.bare
        if row.unit_name or (row.unit_code and not row.unknown_code):
            return self._unit_row(row, row.unit_name or row.label)
        if row.unknown_code:
            return RowMeaning(name=row.label, reason="code_not_in_classification")
        if not label:
            return RowMeaning(line=self._kind.total_line, name="") if not self._has_labels else blank_row()
        if self._kind.layout == "economic" and (code := self._economic_by_name(label)):
            line = "economic.class" if len(code) == 3 else "economic.item"
            return RowMeaning(line=line, economic=code, item=self._unit, name=label)
        if self._kind.layout != "economic" and (code := self._functional_by_name(label)):
            return RowMeaning(line=f"functional.{LEVELS[len(code)]}", functional=code, name=label)
        group = _source_of_label(bare_label(row.group_label))
        if self._kind.source_axis == "measure" and group and not _TOTAL_LABEL.fullmatch(row.group_label):
            return RowMeaning(line="source.item", measure=group, item=label, name=row.label)
        if self._kind.source_axis == "measure" and (measure := _source_of_label(label)):
            return RowMeaning(line=self._kind.total_line, measure=measure, name=label)
        if label in self._units or looks_like_unit(label):
            return self._unit_row(row, label)
        return RowMeaning(name=row.label, reason="row_not_in_vocabulary")

    _has_labels = True

    def without_labels(self) -> None:
        """Note that the block has no label column: its one row is the total."""
        self._has_labels = False

    def _unit_row(self, row: RowText, name: str) -> RowMeaning:
        self.unit_count += 1
        self._economic_class = ""
        item = f"{row.unit_code} {name}".strip()
        self._unit = item if self._kind.layout == "economic" else ""
        return RowMeaning(line=self._kind.item_line, item=item, name=name)

    def _economic_by_name(self, label: str) -> str | None:
        for scheme in ("departmental", "governmental"):
            known = subjects(scheme)
            if self._economic_class and (code := known.find(label, within=self._economic_class, digits=5)):
                return code
            if code := known.find(label, digits=3):
                self._economic_class = code
                return code
        return subjects("departmental").find(label, digits=5)

    def _functional_by_name(self, label: str) -> str | None:
        known = subjects("functional")
        code = None
        if len(self._functional) >= 5:
            code = known.find(label, within=self._functional[:5], digits=7)
        if not code and len(self._functional) >= 3:
            code = known.find(label, within=self._functional[:3], digits=5)
        code = code or known.find(label, digits=3)
        if code:
            self._functional = code
        return code


def blank_row() -> RowMeaning:
    """Return the meaning of a row without any label."""
    return RowMeaning(reason="row_without_label")


def _source_of_label(label: str) -> str | None:
    """Read a row label as a source of revenue, for 收入预算表 that list the sources down the page."""
    heading = read_heading(label)
    sources = heading.values("source")
    return sources[0] if heading.is_covered and sources else None
