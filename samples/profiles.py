"""Who the sample units are and how each lays out its documents, read from the YAML files beside this package."""

from __future__ import annotations

import functools
from dataclasses import dataclass, replace
from importlib import resources
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class ProjectProfile:
    """One project of a unit: its name, functional item, usual size in 万元 and fund (gp, gf, soe or nf)."""

    name: str
    functional_code: str
    size: int
    fund: str


@dataclass(frozen=True, slots=True)
class LayoutProfile:
    """How a unit's documents look; every field is explained in ``data/layouts.yaml``."""

    name: str
    form_family: str
    budget_family: str
    wording: str
    budget_wording: str
    code_columns: int
    line_numbers: bool
    total_row: str
    money_unit: str
    landscape: str
    rules: str
    page_break: str
    repeat_header: bool
    bold: str
    thousands: bool
    font_size: float
    budget_unit: str
    zero: str
    code_style: str
    narrow: bool
    caption: str
    letter_spaced: bool
    shading: str
    ghost: bool
    cut_rows: bool
    decoys: bool
    number_shift: float
    forms_first: bool
    separate: bool
    per_page: str
    last_row: str
    fit_numbers: bool
    watermark: str
    footer: str
    running_head: bool
    cut_columns: bool


@dataclass(frozen=True, slots=True)
class UnitProfile:
    """One unit of the district."""

    slug: str
    name: str
    short: str
    scope: str
    layout: LayoutProfile
    staff: int
    run_code: str
    projects: tuple[ProjectProfile, ...]
    duties: tuple[str, ...]
    offices: tuple[str, ...]
    department: str = ""
    member_names: tuple[str, ...] = ()

    @property
    def scope_word(self) -> str:
        """部门 or 单位, as the unit's titles say."""
        return "部门" if self.scope == "department" else "单位"


def _read(name: str) -> Any:
    return yaml.safe_load(resources.files("samples").joinpath("data", name).read_text(encoding="utf-8"))


@functools.lru_cache(maxsize=1)
def layouts() -> dict[str, LayoutProfile]:
    """Every layout by name."""
    raw = _read("layouts.yaml")
    return {
        name: LayoutProfile(name=name, **{**raw["defaults"], **fields})
        for name, fields in raw["layouts"].items()
    }


@functools.lru_cache(maxsize=1)
def read_units() -> Any:
    """Return ``data/units.yaml`` as it stands."""
    return _read("units.yaml")


def district_name() -> str:
    """Return city and district, as they stand before every unit's name."""
    return f"{read_units()['city']}{read_units()['district']}"


@functools.lru_cache(maxsize=1)
def base_units() -> tuple[UnitProfile, ...]:
    """Return the eight units of the sample district."""
    units = []
    for raw in read_units()["units"]:
        units.append(
            UnitProfile(
                slug=raw["slug"],
                name=raw["name"],
                short=raw["short"],
                scope=raw["scope"],
                layout=layouts()[raw["layout"]],
                staff=raw["staff"],
                run_code=raw["run"],
                projects=tuple(ProjectProfile(*project) for project in raw["projects"]),
                duties=tuple(raw["duties"]),
                offices=tuple(raw["offices"]),
            )
        )
    return tuple(units)


def unit_profiles(count: int) -> tuple[UnitProfile, ...]:
    """Return ``count`` units: the eight base units, then further ones under invented place names."""
    base = base_units()
    places, kinds = read_units()["further_places"], read_units()["further_kinds"]
    all_layouts = list(layouts().values())
    units = list(base[:count])
    for number in range(len(base), count):
        index = number - len(base)
        kind = kinds[index // len(places) % len(kinds)]
        series = index // (len(places) * len(kinds))
        place = places[index % len(places)] + (f"第{series + 1}" if series else "")
        template = base[number % len(base)]
        units.append(
            replace(
                template,
                slug=f"u{number:04d}",
                name=f"{district_name()}{place}{kind}",
                short=f"{place}{kind}",
                layout=all_layouts[number % len(all_layouts)],
                staff=20 + (number * 7) % 60,
            )
        )
    return tuple(units)
