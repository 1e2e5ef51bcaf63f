"""Imports point one way through the house (docs/architecture.md)."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY

#: For each room, the rooms it may import besides itself.
MAY_IMPORT: dict[str, set[str]] = {
    "crawlers": set(),
    "extractors": set(),
    "samples": set(),
    "transforms": {"extractors"},
    "warehouse": {"extractors", "transforms"},
    "expectations": {"extractors", "transforms", "warehouse"},
    "reports": {"extractors", "transforms", "warehouse", "expectations"},
    "flows": {"crawlers", "extractors", "transforms", "warehouse", "expectations", "reports", "samples"},
}

#: Libraries that belong to one room alone.
ONLY_IN: dict[str, set[str]] = {
    "prefect": {"flows"},
    "typer": {"flows"},
    "pebble": {"flows", "reports"},
    "great_expectations": {"expectations"},
    "httpx2": {"crawlers", "flows", "reports"},
    "pdfplumber": {"extractors"},
}


def imported_names(source: str) -> Iterator[str]:
    """Yield the top-level names that a module imports."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield node.module.split(".")[0]


def modules(room: str) -> list[Path]:
    return sorted((REPOSITORY / room).rglob("*.py"))


@pytest.mark.parametrize("room", sorted(MAY_IMPORT))
def test_room_imports_only_what_lies_before_it(room: str) -> None:
    assert modules(room), f"{room} has no modules"
    forbidden = set(MAY_IMPORT) - MAY_IMPORT[room] - {room}
    wrong = [
        f"{path.relative_to(REPOSITORY)} imports {name}"
        for path in modules(room)
        for name in imported_names(path.read_text(encoding="utf-8"))
        if name in forbidden or name == "tests"
    ]
    assert not wrong


@pytest.mark.parametrize("library", sorted(ONLY_IN))
def test_library_stays_in_its_room(library: str) -> None:
    wrong = [
        str(path.relative_to(REPOSITORY))
        for room in MAY_IMPORT
        if room not in ONLY_IN[library]
        for path in modules(room)
        if library in set(imported_names(path.read_text(encoding="utf-8")))
    ]
    assert not wrong


def test_the_check_notices_a_wrong_import() -> None:
    assert "reports" in set(imported_names("from reports.workbook import x\nimport os"))
