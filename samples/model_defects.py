"""Defects that no single document shows: its own numbers agree, but not with another year or another unit.

They change the accounts before a document is derived from them, so that everything inside the document stays
consistent.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from samples.model import WAN, UnitYear

Accounts = tuple[UnitYear, UnitYear]


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Whose numbers may get into a document: the unit's department, and any other unit of the district by its slug."""

    department: UnitYear | None
    other: Callable[[str], UnitYear]


def amend_accounts(
    change: Mapping[str, Any], year: UnitYear, previous: UnitYear, neighbours: Neighbours | None = None
) -> Accounts:
    """Return the year and the year before as a defective document believes them to be.

    ``change`` has one of the keys of ``CHANGES``, each described at its function; amounts are in 万元.
    """
    (name, value), *_ = change.items()
    if name == "twin":
        if neighbours is None:
            raise ValueError("a twin needs the other units of the district")
        return _twin(neighbours.other(value), year, previous)
    return CHANGES[name](value, year, previous)


def _opening(extra: float, year: UnitYear, previous: UnitYear) -> Accounts:
    """The year begins with more than the last one ended with."""
    return replace(year, opening={**year.opening, "gp": year.opening["gp"] + int(extra * WAN)}), previous


def _previous(extra: float, year: UnitYear, previous: UnitYear) -> Accounts:
    """Last year's project spending is remembered too high."""
    return year, _first_project(previous, executed=int(extra * WAN))


def _previous_initial(extra: float, year: UnitYear, previous: UnitYear) -> Accounts:
    """Last year's budget is remembered too high."""
    return year, _first_project(previous, initial=int(extra * WAN))


def _previous_hospitality(extra: float, year: UnitYear, previous: UnitYear) -> Accounts:
    """Last year's hospitality is remembered too high."""
    return year, replace(previous, three_public=_more(previous.three_public, "hospitality", extra))


def _previous_operating(extra: float, year: UnitYear, previous: UnitYear) -> Accounts:
    """Last year's operating cost is remembered too high."""
    return year, replace(previous, economic=_more(previous.economic, "30201", extra))


def _initial(extra: float, year: UnitYear, previous: UnitYear) -> Accounts:
    """The first project's initial budget is remembered too high."""
    return _first_project(year, initial=int(extra * WAN)), previous


def _hospitality_budget(extra: float, year: UnitYear, previous: UnitYear) -> Accounts:
    """The budget of hospitality is remembered too high."""
    return replace(year, three_public_budget=_more(year.three_public_budget, "hospitality", extra)), previous


def _omit(number: int, year: UnitYear, previous: UnitYear) -> Accounts:
    """A department forgot to add in the project of this number."""
    kept = tuple(project for index, project in enumerate(year.projects) if index != number)
    return replace(year, projects=kept), previous


def _omit_hospitality(less: float, year: UnitYear, previous: UnitYear) -> Accounts:
    """A department forgot to add in the hospitality of a unit."""
    return replace(
        year,
        three_public=_more(year.three_public, "hospitality", -less),
        economic=_more(year.economic, "30217", -less),
    ), previous


def _repeat(_: bool, year: UnitYear, previous: UnitYear) -> Accounts:
    """Last year's spending is printed once more."""
    projects = tuple(
        replace(one, executed=before.executed, full_year=max(one.full_year, before.executed))
        for one, before in zip(year.projects, previous.projects, strict=True)
    )
    return _balanced(
        replace(year, economic=previous.economic, projects=projects, three_public=previous.three_public)
    ), previous


def _as_budgeted(_: bool, year: UnitYear, previous: UnitYear) -> Accounts:
    """Every project and every item of basic expenditure is spent as it was budgeted."""
    spent = tuple(replace(one, full_year=one.initial, executed=one.initial) for one in year.projects)
    return _balanced(
        replace(year, economic=year.budget_economic, projects=spent, three_public=year.three_public_budget)
    ), previous


def _vehicles(more: int, year: UnitYear, previous: UnitYear) -> Accounts:
    """There are more cars than last year, and none was bought."""
    return replace(
        year,
        vehicles={**year.vehicles, "other": year.vehicles["other"] + more},
        counts={**year.counts, "vehicles_kept": year.counts["vehicles_kept"] + more},
    ), previous


def _equipment(more: int, year: UnitYear, previous: UnitYear) -> Accounts:
    """There is more large equipment than could have been bought."""
    return replace(year, equipment=year.equipment + more), previous


#: Every change that a document's own accounts suffice for.
CHANGES: dict[str, Callable[[Any, UnitYear, UnitYear], Accounts]] = {
    "opening": _opening,
    "previous": _previous,
    "previous_initial": _previous_initial,
    "previous_hospitality": _previous_hospitality,
    "previous_operating": _previous_operating,
    "initial": _initial,
    "hospitality_budget": _hospitality_budget,
    "omit": _omit,
    "omit_hospitality": _omit_hospitality,
    "repeat": _repeat,
    "as_budgeted": _as_budgeted,
    "vehicles": _vehicles,
    "equipment": _equipment,
}


def _twin(other: UnitYear, year: UnitYear, previous: UnitYear) -> Accounts:
    """What another unit spent is printed under this unit's name, between this unit's own opening and closing amounts."""
    unit = replace(year.unit, run_code=other.unit.run_code)
    return _balanced(replace(other, unit=unit, opening=year.opening, closing=year.closing)), previous


def _balanced(year: UnitYear) -> UnitYear:
    """Other revenue that goes with the spending from it and what was carried over (fiscal revenue follows by itself)."""
    spent = sum(project.executed for project in year.projects if project.fund == "nf")
    return replace(year, nonfiscal_revenue=spent + year.closing["nf"] - year.opening["nf"])


def _more(amounts: dict[str, int], name: str, extra: float) -> dict[str, int]:
    return {**amounts, name: amounts[name] + int(extra * WAN)}


def _first_project(year: UnitYear, *, executed: int = 0, initial: int = 0) -> UnitYear:
    first = year.projects[0]
    changed = replace(
        first,
        executed=first.executed + executed,
        full_year=max(first.full_year, first.executed + executed),
        initial=first.initial + initial,
    )
    return replace(year, projects=(changed, *year.projects[1:]))
