"""Rows of the three-public statements and of the sheets on agency operation, assets and procurement."""

from __future__ import annotations

import re

from transforms.columns import stage_of
from transforms.row_meanings import RowMeaning, looks_like_unit, match_line
from transforms.row_texts import RowText
from transforms.vocabulary_files import StatementKind
from transforms.wording import clean

_COUNTED = re.compile(r"[(（](个|人|辆|批次|人次|台|台套|台\(套\)|批)[)）]")
_ASSET_UNITS = {"vehicles": "辆", "equipment": "台（套）"}
_COUNT_UNITS = {"groups": "个", "persons": "人", "purchased": "辆", "kept": "辆", "batches": "批次"}


def count_unit(label: str, line: str) -> str:
    """Return the unit a count is printed in: in brackets behind its label, else what the line counts."""
    if match := _COUNTED.search(clean(label)):
        return match[1]
    return next((unit for word, unit in _COUNT_UNITS.items() if line.endswith(word)), "个")


def line_unit(line: str) -> str | None:
    """Return the unit vehicles and equipment are counted in, None for lines of money."""
    return _ASSET_UNITS.get(line.split(".")[0])


def read_operating_label(row: RowText, layouts: tuple[str, ...]) -> RowMeaning | None:
    """Read a label as one of the counts or amounts of agency operation, None where it is none of them."""
    if line := match_line("three_counts", "any", row.label):
        return RowMeaning(line=line, name=row.label, unit=count_unit(row.label, line))
    for layout in layouts:
        if line := match_line(layout, "any", row.label):
            fund = "fiscal_appropriation" if line.startswith("three_public.") else None
            unit = line_unit(line)
            item = row.bare if line.endswith("threshold") else ""
            return RowMeaning(line=line, name=row.label, unit=unit, item=item, fund=fund)
    return None


class ThreePublicRows:
    """Rows of the three-public statements: lines down the page, or one row for each stage, year or unit."""

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
        if not row.unit_name and (meaning := read_operating_label(row, ("three_public",))):
            meaning.stage, meaning.fund = stage, None
            return meaning
        if row.is_total or not row.label or (row.year and not row.unit_code):
            return RowMeaning(name=row.label, stage=stage)
        if row.unit_name or looks_like_unit(row.label) or row.label in self._units:
            return RowMeaning(item=f"{row.unit_code} {row.label}".strip(), name=row.label, stage=stage)
        stage, is_change = stage_of(row.label, self._kind.doc_kind, self._fiscal_year)
        if stage or is_change:
            return RowMeaning(name=row.label, stage=stage, reason="change_row" if is_change else None)
        other = read_operating_label(row, ("statistics",))
        return other or RowMeaning(name=row.label, reason="row_not_in_vocabulary")


class StatisticsRows:
    """Rows of the statistics sheet (T10): procurement, agency operating cost, vehicles and equipment."""

    def __init__(self) -> None:
        self._section = ""

    def read(self, row: RowText) -> RowMeaning:
        """Return what a row stands for."""
        bare = row.bare
        if "采购" in bare and not re.search(r"货物|工程|服务|企业", bare):
            self._section = "procurement"
        elif "机关运行" in bare or "机构运行" in bare:
            self._section = "agency_operating_cost"
        elif "三公" in bare:
            self._section = "three_public"
        elif "资产" in bare:
            self._section = "assets"
        if row.is_total and self._section in {"procurement", "agency_operating_cost", "three_public"}:
            fund = "fiscal_appropriation" if self._section == "three_public" else None
            return RowMeaning(line=f"{self._section}.total", name=row.label, fund=fund)
        layouts = ("statistics",) if row.is_total else ("statistics", "three_public")
        meaning = read_operating_label(row, layouts)
        return meaning or RowMeaning(name=row.label, reason="row_not_in_vocabulary")
