"""What a column holds, read off its path of headings word by word.

A heading is taken apart into known words (``vocabulary/column_words.csv``). Only a path whose every heading is
covered by known words has a meaning; anything else stays unmapped and is listed, never guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from extractors.money_unit import MONEY_UNITS
from transforms.subjects import subjects
from transforms.vocabulary_files import ColumnWord, StatementKind, column_roles, column_words
from transforms.wording import bare_label, clean, without_brackets

_YEAR = re.compile(r"(20\d\d)年?度?")
_RESIDUE = re.compile(r"[\s\d、，,.:：/\\()（）\[\]【】\-—_%+=“”\"]")
_UNIT = re.compile(rf"[(（](?:单位[:：])?(?:人民币)?({'|'.join(MONEY_UNITS)})[)）]")
_AGENCY_COST = "agency_operating_cost.total"
_STAGE_KINDS = frozenset({"stage", "previous", "change", "neutral", "total"})
_BALANCES = frozenset({"opening", "closing"})
#: Weaker than any other source named beside them.
_SPECIFIC_FIRST = ("fiscal_appropriation", "nonfiscal", "expense_appropriation")


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading of a path, taken apart."""

    role: str | None = None
    words: tuple[ColumnWord, ...] = ()
    year: int | None = None
    unit: str | None = None
    is_covered: bool = True

    def values(self, kind: str) -> list[str]:
        """Return what the words of one kind say."""
        return [word.value for word in self.words if word.kind == kind]

    def has(self, kind: str) -> bool:
        """Say whether a word of this kind is among them."""
        return any(word.kind == kind for word in self.words)


@dataclass(frozen=True, slots=True)
class Column:
    """What one column holds."""

    role: str  # value | label | code | code_class | … (column_roles.csv) | unknown
    measure: str = "total"
    fund: str | None = None
    stage: str | None = None
    line: str | None = None
    unit: str | None = None
    economic: str | None = None  # economic subject where the columns are subjects (功能科目 × 经济科目)
    reason: str | None = None  # why a column of numbers is not understood
    path: tuple[str, ...] = field(default=())


@lru_cache(maxsize=4096)
def read_heading(text: str) -> Heading:
    """Take one heading apart into a role or known words."""
    cleaned = clean(text)
    unit = _UNIT.search(cleaned)
    cleaned = _UNIT.sub("", cleaned)
    label = bare_label(cleaned)
    for pattern, role in column_roles():
        if pattern.fullmatch(label) or pattern.fullmatch(cleaned):
            return Heading(role=role, unit=unit[1] if unit else None)
    year = _YEAR.search(cleaned)
    pattern, known = column_words()
    rest = _YEAR.sub("", cleaned)
    words = tuple(known[match] for match in pattern.findall(rest))
    residue = _RESIDUE.sub("", without_brackets(pattern.sub("", rest)))
    return Heading(
        words=words,
        year=int(year[1]) if year else None,
        unit=unit[1] if unit else None,
        is_covered=not residue,
    )


def heading_is_known(text: str) -> bool:
    """Say whether a text could be a column heading: a role, or wholly made of known words that carry meaning."""
    heading = read_heading(text)
    return heading.role is not None or (heading.is_covered and bool(heading.words))


def read_column(
    path: tuple[str, ...], kind: StatementKind, doc_kind: str | None, fiscal_year: int | None
) -> Column:
    """Return what a column with this path of headings holds in a statement of this kind."""
    if not path:
        return Column("unknown", reason="column_without_heading", path=path)
    headings = [read_heading(part) for part in path]
    leaf = headings[-1]
    if leaf.role and not (leaf.role == "label" and leaf.has("total")):
        return Column(leaf.role, path=path, unit=leaf.unit)
    outer_roles = {heading.role for heading in headings[:-1] if heading.role}
    if any(not heading.is_covered for heading in headings if heading.role is None):
        economic = _economic_column(path, kind)
        return economic or Column("unknown", reason="column_not_in_vocabulary", path=path)
    if any(heading.has("change") for heading in headings):
        return Column("unknown", reason="change_column", path=path)
    if any(heading.has("count") for heading in headings):
        return Column("count", path=path)
    if outer_roles & {"text"}:
        return Column("text", path=path)
    return _value_column(path, headings, kind, doc_kind, fiscal_year)


def _economic_column(path: tuple[str, ...], kind: StatementKind) -> Column | None:
    """Read a column headed by an economic subject (工资福利支出 / 基本工资, 机关工资福利支出); None where it is none.

    小计 below a class is the class; anything else below or beside it must be one of its items.
    """
    if kind.layout not in {"functional", "economic"}:
        return None
    code = ""
    for part in path:
        label = bare_label(part)
        for scheme in ("departmental", "governmental"):
            known = subjects(scheme)
            found = known.find(label, within=code, digits=5) if code else known.find(label, digits=3)
            if found or (found := known.find(label, digits=5)):
                code = found
                break
        else:
            heading = read_heading(part)
            if not heading.is_covered or heading.values("line"):
                return None
    return Column("value", economic=code, path=path) if code else None


def _value_column(
    path: tuple[str, ...],
    headings: list[Heading],
    kind: StatementKind,
    doc_kind: str | None,
    fiscal_year: int | None,
) -> Column:
    sources = [source for heading in reversed(headings) if (source := _source(heading))]
    measures = [value for heading in reversed(headings) for value in heading.values("measure")]
    lines = [value for heading in reversed(headings) for value in heading.values("line")[-1:]]
    if lines and kind.layout != "three_public" and set(lines) != {_AGENCY_COST}:
        economic = _economic_column(path, kind)  # 培训费 may be a subject as well
        return economic or Column("unknown", reason="column_not_in_vocabulary", path=path)
    measure = measures[0] if measures else _flow(headings, kind)
    if kind.source_axis == "fund":
        measure = _part_of_balance(measure, measures, headings, kind)
        if measure is None and any(heading.has("part") for heading in headings):
            return Column("unknown", reason="column_not_in_vocabulary", path=path)
    fund: str | None = None
    if kind.source_axis == "measure":
        measure, fund = _on_measure_axis(measure, sources)
    elif sources:
        fund = "special_account_funds" if sources[0] == "other_special_account" else sources[0]
    if kind.layout != "three_public":
        lines = []  # 机关运行经费 in the statement of agency operating cost itself
    elif not lines:
        lines = ["three_public.total"]
    return Column(
        "value",
        measure=measure or "total",
        fund=fund,
        stage=_stage(headings, doc_kind, fiscal_year),
        line=lines[0] if lines else None,
        unit=next((heading.unit for heading in reversed(headings) if heading.unit), None),
        path=path,
    )


def _source(heading: Heading) -> str | None:
    values = heading.values("source")
    specific = [value for value in values if value not in _SPECIFIC_FIRST]
    found = specific or values
    return found[0] if found else None


def _flow(headings: list[Heading], kind: StatementKind) -> str | None:
    """本年收入 is a measure of its own beside carried-over money, unless the same heading says 合计."""
    if kind.layout != "functional":
        return None
    for heading in headings:
        if "revenue" in heading.values("flow") and not heading.has("total"):
            return "revenue"
    return None


def _part_of_balance(
    measure: str | None, measures: list[str], headings: list[Heading], kind: StatementKind
) -> str | None:
    """Read 基本支出 and 项目支出 below 年初结转和结余, 本年收入 or 年末结转和结余 as parts of these, not as expenditure."""
    whole = next((value for value in measures if value in _BALANCES), None) or _flow(headings, kind)
    parts = [value for heading in reversed(headings) for value in heading.values("part")]
    parts += [value for value in measures if value in {"basic", "project"}]
    if not parts:
        return measure
    if whole is None:
        return None if any(heading.has("part") for heading in headings) else measure
    return f"{whole}_{parts[0]}"


def _on_measure_axis(measure: str | None, sources: list[str]) -> tuple[str | None, str | None]:
    if "carried_over" in sources and measure in (None, "revenue"):
        inner = [source for source in sources if source != "carried_over"]
        return "carried_over", inner[0] if inner else None
    if not sources:
        return measure, None
    if sources[0] == "special_account_funds" and "service_revenue" in sources[1:]:
        return "education_fees_within", None
    if measure in (None, "revenue"):
        return sources[0], None
    return measure, sources[0]


def stage_of(label: str, doc_kind: str | None, fiscal_year: int | None) -> tuple[str | None, bool]:
    """Return the stage a row label names and whether it names a change, for tables with 预算数 and 决算数 down the page."""
    heading = read_heading(label)
    known = not heading.role and all(word.kind in _STAGE_KINDS for word in heading.words)
    if not (known and heading.is_covered and heading.words):
        return None, False
    return _stage([heading], doc_kind, fiscal_year), heading.has("change")


def _stage(headings: list[Heading], doc_kind: str | None, fiscal_year: int | None) -> str | None:
    """Return the stage a path names, None where it names none (the document's own stage then holds)."""
    years = [heading.year for heading in headings if heading.year]
    previous = any(heading.has("previous") for heading in headings)
    previous = previous or bool(years and fiscal_year and years[-1] == fiscal_year - 1)
    named = [value for heading in reversed(headings) for value in heading.values("stage")]
    stage = named[0] if named else None
    if previous:
        if stage == "execution":
            return "prior_year_execution"
        if stage == "final" or (stage is None and doc_kind == "final_accounts"):
            return "prior_year_final"
        return "prior_year_budget"
    if stage == "execution":
        return "final"
    return stage
