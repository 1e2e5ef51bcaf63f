"""What a row stands for: line, subject, item. One reader for each layout of statement."""

from __future__ import annotations

import re
from dataclasses import dataclass

from transforms.columns import read_heading
from transforms.row_texts import RowText, Subject
from transforms.subjects import subjects
from transforms.vocabulary_files import StatementKind, row_labels
from transforms.wording import bare_label, clean, is_numbered, without_brackets

_LEVELS = {3: "class", 5: "group", 7: "item"}
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
            meaning.line = f"functional.{_LEVELS[len(functional.code)]}"
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
            return RowMeaning(line=self._kind.total_line, name="") if not self._has_labels else _blank()
        if self._kind.layout == "economic" and (code := self._economic_by_name(label)):
            line = "economic.class" if len(code) == 3 else "economic.item"
            return RowMeaning(line=line, economic=code, item=self._unit, name=label)
        if self._kind.layout != "economic" and (code := self._functional_by_name(label)):
            return RowMeaning(line=f"functional.{_LEVELS[len(code)]}", functional=code, name=label)
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


def _blank() -> RowMeaning:
    return RowMeaning(reason="row_without_label")


def _source_of_label(label: str) -> str | None:
    """Read a row label as a source of revenue, for 收入预算表 that list the sources down the page."""
    heading = read_heading(label)
    sources = heading.values("source")
    return sources[0] if heading.is_covered and sources else None


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
            return _blank()
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
        if named:
            return self._functional_row(named, row)
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
        line = "expenditure.class" if len(code) == 3 else f"functional.{_LEVELS[len(code)]}"
        return RowMeaning(line=line, functional=code, name=row.label)


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
            line = f"functional.{_LEVELS[len(functional.code)]}"
            return RowMeaning(line=line, functional=functional.code, name=functional.name)
        if row.label in self._units or (row.unit_name and not texts and row.label == row.unit_name):
            return RowMeaning(line="unit.item", item=f"{row.unit_code} {row.label}".strip(), name=row.label)
        if not row.label and not texts:
            return _blank()
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


class ThreePublicRows:
    """Rows of the three-public statements: lines down the page, or one row for each year or unit."""

    def __init__(self, kind: StatementKind, fiscal_year: int | None, known_units: frozenset[str]) -> None:
        self._kind = kind
        self._fiscal_year = fiscal_year
        self._units = known_units

    def read(self, row: RowText) -> RowMeaning:
        """Return what a row stands for; ``line`` is empty where the columns name the lines."""
        stage = None
        if year := re.search(r"20\d\d", row.year or ""):
            stage = (
                "prior_year_budget" if self._fiscal_year and int(year[0]) == self._fiscal_year - 1 else None
            )
        elif row.year and re.search(r"上年", row.year):
            stage = "prior_year_budget"
        elif row.year and not re.search(r"当年|本年", row.year):
            return RowMeaning(name=row.label, reason="change_row")
        if (line := match_line("three_public", "any", row.label)) and not row.unit_name:
            return RowMeaning(line=line, name=row.label, stage=stage)
        if row.is_total or not row.label or (row.year and not row.unit_code):
            return RowMeaning(name=row.label, stage=stage)
        if row.unit_name or looks_like_unit(row.label) or row.label in self._units:
            return RowMeaning(item=f"{row.unit_code} {row.label}".strip(), name=row.label, stage=stage)
        return RowMeaning(name=row.label, reason="row_not_in_vocabulary")


class StatisticsRows:
    """Rows of the statistics sheet (T10): procurement, agency operating cost, vehicles and equipment."""

    def __init__(self) -> None:
        self._section = ""

    def read(self, row: RowText) -> RowMeaning:
        """Return what a row stands for."""
        bare = row.bare
        line = match_line("statistics", "any", row.label)
        if re.search(r"采购", bare) and not re.search(r"货物|工程|服务", bare):
            self._section = "procurement"
            line = "procurement.total" if line else None
        elif "机关运行" in bare or "机构运行" in bare:
            self._section = "agency_operating_cost"
        elif "资产" in bare:
            self._section = "assets"
        if row.is_total and self._section in {"procurement", "agency_operating_cost"}:
            line = f"{self._section}.total"
        if not line:
            return RowMeaning(name=row.label, reason="row_not_in_vocabulary")
        unit = "辆" if line.startswith("vehicles.") else "台（套）" if line.startswith("equipment.") else None
        return RowMeaning(
            line=line, name=row.label, unit=unit, item=bare if line.endswith("threshold") else ""
        )
