"""Defects that no single document shows: its own numbers agree, but not with another year or another unit.

They change the accounts before a document is derived from them, so that everything inside the document stays
consistent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from samples.model import WAN, UnitYear


def amend_accounts(
    change: Mapping[str, Any], year: UnitYear, previous: UnitYear
) -> tuple[UnitYear, UnitYear]:
    """Return the year and the year before as a defective document believes them to be.

    ``change`` has one of: ``opening`` (万元 by which the year begins with more than the last one ended with),
    ``previous`` (万元 by which last year's project spending is remembered too high), ``initial`` (万元 by which the
    first project's initial budget is remembered too high), ``omit`` (number of a project that a department forgot to
    add in).
    """
    if "opening" in change:
        extra = int(change["opening"] * WAN)
        opening = {**year.opening, "gp": year.opening["gp"] + extra}
        return replace(year, opening=opening), previous
    if "previous" in change:
        return year, _first_project(previous, executed=int(change["previous"] * WAN))
    if "initial" in change:
        return _first_project(year, initial=int(change["initial"] * WAN)), previous
    kept = tuple(project for number, project in enumerate(year.projects) if number != change["omit"])
    return replace(year, projects=kept), previous


def _first_project(year: UnitYear, *, executed: int = 0, initial: int = 0) -> UnitYear:
    first = year.projects[0]
    changed = replace(
        first,
        executed=first.executed + executed,
        full_year=max(first.full_year, first.executed + executed),
        initial=first.initial + initial,
    )
    return replace(year, projects=(changed, *year.projects[1:]))
