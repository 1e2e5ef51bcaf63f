"""Units and their names: the bureau's registry, aliases, and how printed names are matched to them.

Matching is exact on a folded spelling; nearness is only ever proposed (``mart.unit_name_unmatched``), and
what a person accepts is a line in ``aliases.csv``. A unit's id is a hash of the folded spelling of its name,
so it does not depend on which documents happen to be there.
"""

from __future__ import annotations

import csv
import hashlib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path

import polars as pl

from warehouse.ledger import append_line

_REFERENCE = Path(__file__).resolve().parent / "reference"
_WHITE_SPACE = re.compile(r"\s+")

#: Files of a registry directory; each may be missing, and so may every column but the name.
UNITS_FILE, ALIASES_FILE = "units.csv", "aliases.csv"

UNIT = pl.Schema(
    {
        "unit_id": pl.String,
        "version_no": pl.Int32,
        "unit_name": pl.String,
        "registry_id": pl.String,
        "parent_unit_id": pl.String,
        "parent_name": pl.String,
        "nature": pl.String,
        "is_nature_inferred": pl.Boolean,
        "publishes_separately": pl.Boolean,
        "valid_from": pl.Date,
        "valid_to": pl.Date,
        "predecessor_unit_id": pl.String,
        "is_registered": pl.Boolean,
        "is_current": pl.Boolean,
    }
)
ALIAS = pl.Schema(
    {"printed_name": pl.String, "unit_id": pl.String, "unit_name": pl.String, "matched_by": pl.String}
)


class RegistryError(ValueError):
    """A registry file cannot be used; the message names file and line."""


@dataclass(frozen=True, slots=True)
class RegisteredUnit:
    """One line of ``units.csv``: a unit during one time of its life."""

    name: str
    registry_id: str | None = None
    parent_name: str | None = None
    nature: str | None = None
    publishes_separately: bool = True
    valid_from: date | None = None
    valid_to: date | None = None
    predecessor: str | None = None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Registry:
    """The bureau's list of units, and names that people have accepted for them."""

    units: tuple[RegisteredUnit, ...] = ()
    accepted: dict[str, str] = field(default_factory=dict)  # printed name: official name


@dataclass(frozen=True, slots=True)
class PrintedName:
    """A unit name some documents print, how many do, and the department they name above it."""

    name: str
    document_count: int = 1
    department_name: str | None = None


@lru_cache(maxsize=1)
def _foldings() -> tuple[tuple[re.Pattern[str], str, bool], ...]:
    rows = read_csv(_REFERENCE / "unit_name_folding.csv")
    return tuple(
        (re.compile(row["pattern"]), row["replacement"], row["is_spelling"] == "true") for _, row in rows
    )


@lru_cache(maxsize=1)
def _natures() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple(
        (re.compile(row["pattern"]), row["nature"]) for _, row in read_csv(_REFERENCE / "unit_natures.csv")
    )


def display_name(name: str) -> str:
    """Return a printed name without white space and without words for its scope (本级, 汇总)."""
    return _apply(name, spelling=False)


def name_key(name: str) -> str:
    """Return the folded spelling by which names are compared: 与 is 和, 中国共产党 is 中共, and so on."""
    return _apply(name, spelling=True)


def _apply(name: str, *, spelling: bool) -> str:
    folded = _WHITE_SPACE.sub("", unicodedata.normalize("NFKC", name))
    for pattern, replacement, is_spelling in _foldings():
        if spelling or not is_spelling:
            shorter = pattern.sub(replacement, folded)
            folded = shorter or folded
    return folded


def unit_id_of(name: str) -> str:
    """Return the id of the unit of this name."""
    return "u_" + hashlib.sha256(name_key(name).encode()).hexdigest()[:12]


def nature_of(name: str) -> str | None:
    """Return what kind of body a name speaks of, by the patterns of ``unit_natures.csv``; None where none
    fits.
    """
    key = name_key(name)
    return next((nature for pattern, nature in _natures() if pattern.search(key)), None)


def read_registry(directory: Path | None) -> Registry:
    """Read ``units.csv`` and ``aliases.csv`` of a registry directory. Raises ``RegistryError``."""
    if directory is None:
        return Registry()
    units_file, aliases_file = directory / UNITS_FILE, directory / ALIASES_FILE
    units = tuple(_registered(units_file, line_no, row) for line_no, row in read_csv(units_file))
    accepted = {}
    for line_no, row in read_csv(aliases_file):
        if not row.get("printed_name") or not row.get("official_name"):
            raise RegistryError(f"{aliases_file} 第{line_no}行：printed_name 与 official_name 都要填写")
        accepted[row["printed_name"]] = row["official_name"]
    return Registry(units, accepted)


def _registered(path: Path, line_no: int, row: dict[str, str]) -> RegisteredUnit:
    if not row.get("official_name"):
        raise RegistryError(f"{path} 第{line_no}行：缺少 official_name")
    try:
        valid_from, valid_to = (
            date.fromisoformat(row[name]) if row.get(name) else None for name in ("valid_from", "valid_to")
        )
    except ValueError as error:
        raise RegistryError(f"{path} 第{line_no}行：日期应写作 2024-01-31（{error}）") from error
    return RegisteredUnit(
        name=row["official_name"],
        registry_id=row.get("unit_id") or None,
        parent_name=row.get("parent_department") or None,
        nature=row.get("nature") or None,
        publishes_separately=row.get("publishes_separately", "").strip().lower()
        not in ("否", "false", "no", "0"),
        valid_from=valid_from,
        valid_to=valid_to,
        predecessor=row.get("predecessor") or None,
        aliases=tuple(one for one in re.split(r"[;；]", row.get("aliases") or "") if one),
    )


def read_csv(path: Path) -> list[tuple[int, dict[str, str]]]:
    """Return the lines of a CSV file with their numbers, trimmed; none where the file is absent.

    Raises ``RegistryError`` where it is no CSV in UTF-8, OSError where it cannot be read.
    """
    if not path.exists():
        return []
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return [
                (
                    line_no,
                    {(name or "").strip(): (value or "").strip() for name, value in row.items() if name},
                )
                for line_no, row in enumerate(csv.DictReader(file), start=2)
            ]
    except UnicodeDecodeError as error:
        raise RegistryError(f"{path} 不是 UTF-8 编码；请在 Excel 中另存为“CSV UTF-8（逗号分隔）”") from error
    except csv.Error as error:
        raise RegistryError(f"{path} 不是合格的 CSV 文件：{error}") from error


def accept_alias(directory: Path, printed_name: str, official_name: str) -> None:
    """Record that a printed name means a unit; the next build uses it."""
    append_row(directory / ALIASES_FILE, {"printed_name": printed_name, "official_name": official_name})


def append_row(path: Path, row: dict[str, str]) -> None:
    """Append a row to a registry file, with its heading where the file is new."""
    if not path.exists():
        append_line(path, ",".join(row))
    append_line(path, ",".join('"' + value.replace('"', '""') + '"' for value in row.values()))


def resolve(registry: Registry, printed: Iterable[PrintedName]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the units (``UNIT``: one row a unit and time of its life) and what every printed name means
    (``ALIAS``).
    """
    official = _official_names(registry)
    names = sorted(printed, key=lambda one: (-one.document_count, one.name))
    spelled: dict[str, str] = dict(official)  # key of a printed name: name of its unit
    for one in names:
        for name in (one.name, one.department_name):
            if name:
                spelled.setdefault(name_key(name), display_name(name))
    aliases = [
        (one.name, unit_id_of(spelled[name_key(one.name)]), spelled[name_key(one.name)],
         "registry" if name_key(one.name) in official else "document")
        for one in {one.name: one for one in names}.values()
    ]  # fmt: skip
    parents = _printed_parents(names, spelled)
    units = [*_registered_rows(registry, spelled, parents), *_found_rows(registry, parents)]
    return (
        pl.DataFrame(units, schema=UNIT, orient="row").sort("unit_id", "version_no"),
        pl.DataFrame(aliases, schema=ALIAS, orient="row").sort("printed_name"),
    )


def _official_names(registry: Registry) -> dict[str, str]:
    """Map every key that the registry gives to one unit; a key that two units claim belongs to neither."""
    claims: dict[str, set[str]] = {}
    for unit in registry.units:
        claims.setdefault(name_key(unit.name), set()).add(unit.name)
        for alias in unit.aliases:
            claims.setdefault(name_key(alias), set()).add(unit.name)
    for printed_name, official_name in registry.accepted.items():
        claims.setdefault(name_key(printed_name), set()).add(official_name)
    return {key: min(names) for key, names in claims.items() if len({name_key(name) for name in names}) == 1}


def _printed_parents(names: list[PrintedName], spelled: dict[str, str]) -> dict[str, str | None]:
    """Return every unit that documents name, with the department that most of them name above it."""
    parents: dict[str, str | None] = {}
    for one in names:
        unit = spelled[name_key(one.name)]
        parent = spelled[name_key(one.department_name)] if one.department_name else None
        is_own = parent is None or unit_id_of(parent) == unit_id_of(unit)
        if not is_own or unit not in parents:
            parents[unit] = parents.get(unit) or (None if is_own else parent)
        if parent:
            parents.setdefault(parent, None)
    return parents


def _registered_rows(
    registry: Registry, spelled: dict[str, str], printed_parents: dict[str, str | None]
) -> list[tuple[object, ...]]:
    """The registry's units; one of which it names no department at any time has the one that documents print."""
    rows: list[tuple[object, ...]] = []
    by_unit: dict[str, list[RegisteredUnit]] = {}
    for unit in registry.units:
        by_unit.setdefault(unit_id_of(unit.name), []).append(unit)
    for unit_id, versions in by_unit.items():
        versions.sort(key=lambda one: (one.valid_from or date.min, one.valid_to or date.max))
        printed = None
        if not any(one.parent_name for one in versions):
            printed = printed_parents.get(spelled.get(name_key(versions[0].name), versions[0].name))
        for version_no, one in enumerate(versions, start=1):
            parent = spelled.get(name_key(one.parent_name), one.parent_name) if one.parent_name else printed
            nature = one.nature or nature_of(one.name)
            rows.append((
                unit_id, version_no, one.name, one.registry_id, unit_id_of(parent) if parent else None, parent, nature,
                one.nature is None and nature is not None, one.publishes_separately, one.valid_from, one.valid_to,
                unit_id_of(one.predecessor) if one.predecessor else None, True, version_no == len(versions),
            ))  # fmt: skip
    return rows


def _found_rows(registry: Registry, parents: dict[str, str | None]) -> list[tuple[object, ...]]:
    """Units that documents name and the registry does not."""
    known = {unit_id_of(unit.name) for unit in registry.units}
    return [
        (unit_id_of(unit), 1, unit, None, unit_id_of(parent) if parent else None, parent, nature_of(unit),
         nature_of(unit) is not None, True, None, None, None, False, True)
        for unit, parent in parents.items()
        if unit_id_of(unit) not in known
    ]  # fmt: skip
