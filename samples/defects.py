"""Planting known defects: what is changed in the printed document, and which rules must notice.

A defect changes one printed thing (a cell, a fact of the narrative, a note, a heading, a whole statement) after the
numbers were derived, so everything else in the document stays consistent and the defect is the only cause.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import resources
from typing import Any

import yaml

from samples.facts import Facts
from samples.model import UnitYear
from samples.model_defects import Neighbours, amend_accounts
from samples.tables import Table, rounded


@dataclass(slots=True)
class PlantedDefect:
    """One defect as declared in ``data/defects.yaml``, with what it printed once it is planted."""

    defect_id: str
    unit: str
    year: int
    doc_kind: str
    cause: str
    kind: str
    severity: str
    rules: list[str]
    table: dict[str, Any] | None = None
    fact: str | None = None
    document: dict[str, Any] | None = None
    model: dict[str, Any] | None = None
    do: str = "transpose"
    text: str = ""
    location: str = ""
    printed: str = ""
    expected: str = ""
    statement_code: str = ""


def transpose(printed: str) -> str:
    """Swap the first two neighbouring digits that differ without making a leading zero.

    Raises ``ValueError`` where there is no such pair.
    """
    for index in range(len(printed) - 1):
        first, second = printed[index], printed[index + 1]
        begins = index == 0 or not any(character.isdigit() for character in printed[:index])
        if first.isdigit() and second.isdigit() and first != second and not (begins and second == "0"):
            return printed[:index] + second + first + printed[index + 2 :]
    raise ValueError(f"no two digits of {printed!r} can be swapped")


def ten_times(printed: str) -> str:
    """Move the decimal point one place to the right: 12.34 becomes 123.40."""
    whole, _, fraction = printed.replace(",", "").partition(".")
    return f"{int(whole + fraction[:1])}.{fraction[1:]}0"


def flip(printed: str) -> str:
    """Replace a direction word by its opposite."""
    opposite = {"增加": "减少", "减少": "增加", "大于": "小于", "小于": "大于"}
    return opposite[printed]


_ACTIONS = {"transpose": transpose, "ten_times": ten_times, "flip": flip}


def _changed(defect: PlantedDefect, printed: str) -> str:
    """What is printed instead: a text (``set``), the department's spending (``department``), or a change of the right text."""
    return defect.text if defect.do in ("set", "department") else _ACTIONS[defect.do](printed)


@dataclass(slots=True)
class DefectPlan:
    """The defects of one document."""

    defects: list[PlantedDefect] = field(default_factory=list)

    def amend_years(
        self, year: UnitYear, previous: UnitYear, neighbours: Neighbours | None = None
    ) -> tuple[UnitYear, UnitYear]:
        """Return the accounts as the document's author believes them to be."""
        for defect in self.defects:
            if defect.do == "department" and neighbours and neighbours.department:
                defect.text = f"{rounded(neighbours.department.total().total, '万元'):.2f}"
            if defect.model:
                year, previous = amend_accounts(defect.model, year, previous, neighbours)
                defect.location, defect.printed, defect.expected = (
                    "全文",
                    str(defect.model),
                    "与其他年度或单位一致",
                )
        return year, previous

    @property
    def cover_year(self) -> int | None:
        """Year the cover prints instead of the right one."""
        for defect in self.defects:
            if defect.document and "cover_year" in defect.document:
                return int(defect.document["cover_year"])
        return None

    def amend_tables(self, tables: list[Table], *, annex: bool = False) -> list[Table]:
        """Change cells, notes and unit lines of the statements and leave out the missing ones."""
        for defect in self.defects:
            if defect.table and (defect.table["statement"] == "PF") == annex:
                self._amend_cell(defect, tables)
            if defect.document and not annex:
                tables = self._amend_document(defect, tables)
        return tables

    def _amend_cell(self, defect: PlantedDefect, tables: list[Table]) -> None:
        wanted = dict(defect.table or {})
        code = wanted.pop("statement")
        table = [table for table in tables if table.statement_code == code][wanted.pop("form", 1) - 1]
        cell = table.find(**wanted)
        defect.expected, cell.text = cell.text, _changed(defect, cell.text)
        defect.printed, defect.statement_code = cell.text, code
        defect.location = f"{table.title} {wanted}"

    def _amend_document(self, defect: PlantedDefect, tables: list[Table]) -> list[Table]:
        change = defect.document or {}
        for table in tables:
            if table.statement_code != change.get("statement"):
                continue
            defect.statement_code, defect.location = table.statement_code, table.title
            if "note" in change:
                table.notes.append(change["note"])
                defect.printed, defect.expected = change["note"], "表内有数，不应注明无数据"
            if "unit_line" in change:
                defect.expected, table.unit_line = table.unit_line, change["unit_line"]
                defect.printed = change["unit_line"]
            if change.get("missing"):
                defect.printed, defect.expected = "", table.title
                return [other for other in tables if other is not table]
        if "cover_year" in change:
            defect.location, defect.printed = "封面", str(change["cover_year"])
            defect.expected = str(defect.year)
        return tables

    def fact_overrides(self) -> dict[str, Callable[[str], str]]:
        """Changes to the narrative, by fact key: functions from the right text to what is printed."""
        return {defect.fact: functools.partial(_changed, defect) for defect in self.defects if defect.fact}

    def resolve_facts(self, facts: Facts) -> None:
        """Note what each narrative defect printed and should have printed.

        Raises ``LookupError`` where the narrative never printed the fact.
        """
        for defect in self.defects:
            if not defect.fact:
                continue
            if defect.fact not in facts.correct:
                raise LookupError(f"{defect.defect_id}: the narrative has no fact {defect.fact}")
            defect.expected = facts.correct[defect.fact]
            defect.printed = _changed(defect, defect.expected)
            defect.location = f"情况说明 {defect.fact}"


@functools.lru_cache(maxsize=4)
def _declared(name: str) -> list[dict[str, Any]]:
    text = resources.files("samples").joinpath("data", f"{name}.yaml").read_text(encoding="utf-8")
    return list(yaml.safe_load(text)["defects"])


def plan_for(
    slug: str, year: int, doc_kind: str, *, planted: bool = True, declared: str = "defects"
) -> DefectPlan:
    """Return the defects that ``data/<declared>.yaml`` declares for one document, or none."""
    if not planted:
        return DefectPlan()
    found = [
        raw
        for raw in _declared(declared)
        if (raw["unit"], raw["year"], raw["doc_kind"]) == (slug, year, doc_kind)
    ]
    return DefectPlan([PlantedDefect(**raw) for raw in found])
