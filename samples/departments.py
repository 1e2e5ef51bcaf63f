"""Departments with subordinate units: whose accounts add up to the department's, to the last 分."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from samples.model import UnitYear, unit_years
from samples.profiles import ProjectProfile, UnitProfile, district_name, layouts, read_units


@dataclass(frozen=True, slots=True)
class Department:
    """A department, and its members: itself as a single unit (本级) first, then its subordinate units."""

    profile: UnitProfile
    members: tuple[UnitProfile, ...]


def department_profiles(count: int) -> tuple[Department, ...]:
    """Return ``count`` departments; beyond the declared ones under invented place names."""
    declared = read_units()["departments"]
    places = read_units()["further_places"]
    looks = list(layouts().values())
    departments = []
    for number in range(count):
        raw, series = declared[number % len(declared)], number // len(declared)
        place = places[(series - 1) % len(places)] + "片区" * (series > 0) if series else ""

        def named(name: str, place: str = place) -> str:
            return name.replace(district_name(), district_name() + place)

        projects = tuple(ProjectProfile(*project) for project in raw["projects"])
        base = UnitProfile(
            slug=raw["slug"] + (f"{series}" if series else ""),
            name=named(raw["name"]),
            short=raw["name"].removeprefix(district_name()),
            scope="department",
            layout=looks[(1 + 3 * number) % 8],
            staff=raw["staff"],
            run_code=raw["run"],
            projects=projects,
            duties=tuple(raw["duties"]),
            offices=tuple(raw["offices"]),
        )
        own = replace(base, slug=f"{base.slug}-0", scope="unit", department=base.name)
        members = [own]
        for index, name in enumerate(raw["subordinates"], 1):
            smaller = tuple(
                replace(p, name=f"{p.name}（{index}）", size=p.size // (index + 1)) for p in projects
            )
            layout = looks[(2 + 3 * number + index) % 8]
            members.append(
                replace(
                    own, slug=f"{base.slug}-{index}", name=named(name), short=name.removeprefix(district_name()),
                    layout=layout, staff=base.staff // 2 + 3 * index, projects=smaller,
                )
            )  # fmt: skip
        names = (f"{base.name}（本级）", *(member.name for member in members[1:]))
        departments.append(Department(replace(base, member_names=names), tuple(members)))
    return tuple(departments)


def _sum(parts: Iterable[dict[str, int]]) -> dict[str, int]:
    total: dict[str, int] = {}
    for part in parts:
        for key, value in part.items():
            total[key] = total.get(key, 0) + value
    return dict(sorted(total.items()))


def combine(profile: UnitProfile, members: Sequence[UnitYear]) -> UnitYear:
    """Return the department's accounts: every amount the sum of its members'."""
    return UnitYear(
        unit=profile,
        year=members[0].year,
        staff=sum(member.staff for member in members),
        economic=_sum(member.economic for member in members),
        budget_economic=_sum(member.budget_economic for member in members),
        projects=tuple(project for member in members for project in member.projects),
        opening=_sum(member.opening for member in members),
        closing=_sum(member.closing for member in members),
        nonfiscal_revenue=sum(member.nonfiscal_revenue for member in members),
        three_public=_sum(member.three_public for member in members),
        three_public_budget=_sum(member.three_public_budget for member in members),
        counts=_sum(member.counts for member in members),
        procurement=_sum(member.procurement for member in members),
        vehicles=_sum(member.vehicles for member in members),
        equipment=sum(member.equipment for member in members),
        carry_code=members[0].carry_code,
    )


def department_books(
    department: Department, years: Sequence[int], seed: int
) -> list[tuple[UnitProfile, dict[int, UnitYear]]]:
    """Accounts of the department and of each of its members, by year."""
    books = [(member, unit_years(member, years, seed)) for member in department.members]
    total = {year: combine(department.profile, [book[year] for _, book in books]) for year in books[0][1]}
    return [(department.profile, total), *books]
