"""What a document announces: the statements its contents page lists, and lines outside tables by page."""

from __future__ import annotations

import re
from collections.abc import Mapping

import polars as pl

from transforms.grid import Grid
from transforms.recognition import MIN_CONTENTS_TITLES, PageLines, is_contents_grid
from transforms.titles import Title, read_title, read_titles
from transforms.wording import clean

_AMOUNT = re.compile(r"\d{1,3}(?:,\d{3})+\.\d{2}|\d\.\d{2}")  # lines join the amounts of a row without blanks
_FEWEST_AMOUNTS = 3  # below a title, in lines that are in no table
_DECLARED_EMPTY = re.compile(r"(?:本|此|该)表(?:格)?(?:无(?:数据|内容|数字)|为空)|为空表|^[（(]?空表[）)]?$")


def page_lines(extraction: Mapping[str, pl.DataFrame]) -> PageLines:
    """Return the lines outside tables by page, and which pages list contents."""
    pages: dict[int, list[tuple[float, str, str]]] = {}
    columns = ("page", "top", "role", "text")
    for page, top, role, text in extraction["line"].select(columns).sort("page", "top").iter_rows():
        pages.setdefault(page, []).append((top or 0.0, role or "body", text or ""))
    contents = {page for page, lines in pages.items() if _lists_contents(lines)}
    return PageLines(pages, contents)


def _lists_contents(lines: list[tuple[float, str, str]]) -> bool:
    """A contents page lists several statements, by leaders or under the word 目录."""
    titled = sum(read_title(text) is not None for _, role, text in lines if role != "running_head")
    named = any(clean(text) in {"目录", "目次", "报表目录", "contents"} for _, _, text in lines[:8])
    return titled >= MIN_CONTENTS_TITLES or (named and titled >= 2)


def announced_titles(grids: list[Grid], lines: PageLines) -> list[tuple[int, Title]]:
    """Return the statements listed on contents pages and in contents grids, with the page, in order."""
    found: list[tuple[int, Title]] = []
    for page in sorted(lines.contents):
        texts = [text for _, role, text in lines.pages[page] if role not in {"running_head", "page_number"}]
        found.extend((page, title) for title in read_titles(texts))
    for grid in grids:
        if is_contents_grid(grid):
            for row in range(1, grid.row_count + 1):
                titles = (read_title(cell.text) for cell in grid.own_cells(row))
                found.extend((grid.first_page, title) for title in titles if title)
    return found


def declared_without_table(lines: PageLines) -> list[tuple[int, Title, str]]:
    """Return the statements of which only the title and words on their emptiness are printed, with page and words.

    A heading above blank space is no table for the extractors; the words below it say that it is one without data.
    """
    found: list[tuple[int, Title, str]] = []
    for page in sorted(set(lines.pages) - lines.contents):
        texts = [text for _, role, text in lines.pages[page] if role not in {"running_head", "page_number"}]
        title: Title | None = None
        for text in texts:
            cleaned = clean(text)
            if title is not None and _DECLARED_EMPTY.search(cleaned):
                found.append((page, title, cleaned))
                title = None
            else:
                title = read_title(text) or title
    return found


def titles_without_table(lines: PageLines) -> list[tuple[int, Title]]:
    """Return the titles set as headings, and those below which amounts stand in no table.

    Where no table bears such a title, what was printed there was not read.
    """
    found: list[tuple[int, Title]] = []
    for page in sorted(set(lines.pages) - lines.contents):
        title: Title | None = None
        amounts = 0
        for _, role, text in lines.pages[page]:
            if role in {"running_head", "page_number"}:
                continue
            if named := read_title(text):
                title, amounts = named, 0
            amounts += len(_AMOUNT.findall(text))
            if title is not None and (role == "heading" or amounts >= _FEWEST_AMOUNTS):
                found.append((page, title))
                title = None
    return found
