"""Saved pages of real portals: the links a person calls a disclosure are found, and no others.

``expected_links.csv`` was read off the pages and checked by hand: per page the address, title, unit, year, kind and
the date shown (or stated by the page itself). Empty means that the page does not say it.
"""

from __future__ import annotations

import csv
import os
from pathlib import Path

import pytest

from crawlers.pages import parse_page
from crawlers.paging import announced_count, further_pages
from crawlers.settings import Source
from crawlers.sieve import Sieve
from crawlers.text import decode_page

LABELS = Path(__file__).with_name("expected_links.csv")
BASE = "http://portal.example"
SOURCE = Source.model_validate({"id": "saved", "title": "保存的页面", "start_pages": [f"{BASE}/"]})
PAGES = [f"{number:02}" for number in range(1, 61)]
FIELDS = ("address", "title", "unit", "year", "kind", "published_on")


def saved_pages() -> dict[str, Path]:
    shared = Path(os.environ.get("MINGZHANG_SHARED", Path(__file__).parents[3] / "shared"))
    return {path.name[:2]: path for path in sorted((shared / "portal" / "pages").glob("*.html"))}


def labels() -> dict[str, list[dict[str, str]]]:
    expected: dict[str, list[dict[str, str]]] = {}
    with LABELS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            expected.setdefault(row["page"], []).append({name: row[name] for name in FIELDS})
    return expected


def found_links(path: Path) -> list[dict[str, str]]:
    page = parse_page(decode_page(path.read_bytes()), f"{BASE}/col/sub/index.html")
    found = []
    for link, origin in Sieve(SOURCE).sift(page).disclosures:
        said = origin.announcement
        assert said is not None
        values = (
            link.url.removeprefix(BASE), link.text, said.unit, said.year, said.kind, origin.published_on
        )  # fmt: skip
        found.append({name: str(value or "") for name, value in zip(FIELDS, values, strict=True)})
    return found


@pytest.mark.corpus
@pytest.mark.parametrize("number", PAGES)
def test_disclosures_of_a_saved_page(number: str) -> None:
    path = saved_pages().get(number)
    if path is None:
        pytest.skip("saved portal pages not available (set MINGZHANG_SHARED)")
    expected = labels()[number]
    key = lambda row: row["address"]  # noqa: E731
    assert sorted(found_links(path), key=key) == sorted(expected, key=key)


@pytest.mark.corpus
@pytest.mark.parametrize(("number", "count"), [("10", 3), ("02", None), ("46", 3), ("48", 10)])
def test_paging_of_saved_pages(number: str, count: int | None) -> None:
    path = saved_pages().get(number)
    if path is None:
        pytest.skip("saved portal pages not available (set MINGZHANG_SHARED)")
    page = parse_page(decode_page(path.read_bytes()), f"{BASE}/col/index.html")
    assert announced_count(page) == count
    assert further_pages(page) == [f"{BASE}/col/index_{k}.html" for k in range(1, count or 1)]


def test_every_label_is_complete_enough_to_fail() -> None:
    expected = labels()
    assert sorted(expected) == PAGES
    assert sum(map(len, expected.values())) == 1090
    assert all(row["title"] and row["year"] for rows in expected.values() for row in rows)
