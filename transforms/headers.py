"""The head of a table: which rows are headings, column numbers or years, and each column's path of headings."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from transforms.columns import heading_is_known, read_heading
from transforms.counted_columns import names_what_is_counted
from transforms.grid import Cell, Grid
from transforms.titles import read_title
from transforms.vocabulary_files import column_words
from transforms.wording import bare_label, clean, is_numbered

MAX_HEADER_ROWS = 8
_LEVEL_WORDS = ("类", "款", "项")
_COLUMN_NUMBER_LABEL = re.compile(r"栏次|栏目")
_FORMULA = re.compile(r"\d+[=＝].*|[\d+\-=＝()]+")
_TOTAL = re.compile(r"(?:合|总|小|共)计(?:\(.*\))?")
_BESIDE_TITLE = re.compile(r"单位[:：]|^[(（]?20\d\d年度?[)）]?$")


@dataclass(slots=True)
class Head:
    """What the leading rows of a grid say."""

    rows: set[int] = field(default_factory=set)  # heading rows
    skipped: set[int] = field(
        default_factory=set
    )  # column numbers, years, titles in the grid, repeated headings
    paths: dict[int, tuple[str, ...]] = field(default_factory=dict)  # column → headings, outermost first
    titles: list[str] = field(default_factory=list)  # full-width texts above the headings
    sections: list[str] = field(default_factory=list)  # 一、政府采购情况 above the headings: a section's name

    @property
    def first_data_row(self) -> int:
        """Return the first row below the headings."""
        return max(self.rows | {0}) + 1


def read_head(grid: Grid) -> Head:
    """Read the headings of a grid. A grid that begins with data (a continuation) has no heading rows."""
    head = Head()
    last = _last_heading_row(grid, head)
    head.rows = {row for row in range(1, last + 1) if row not in head.skipped}
    _skip_in_body(grid, head)
    for column in range(1, grid.column_count + 1):
        head.paths[column] = _path(grid, head, column)
    _add_level_words(grid, head)
    return head


def _last_heading_row(grid: Grid, head: Head) -> int:
    last = 0
    for row in range(1, min(grid.row_count, MAX_HEADER_ROWS) + 1):
        cells = [cell for cell in grid.own_cells(row) if cell.text]
        if not cells:
            continue  # a blank row counts as heading only where headings follow
        if last == 0 and _is_full_width(grid, cells):
            head.titles.append(cells[0].raw)
            head.skipped.add(row)
            continue
        if is_column_numbers(cells):
            head.skipped.add(row)
            continue
        if _is_heading(grid, cells, row, last):
            last = row
        elif row <= 2 and last == 0 and _is_section(grid, row, cells):
            head.sections.append(cells[0].text)
        else:
            break
    return last


def _is_full_width(grid: Grid, cells: list[Cell]) -> bool:
    if grid.column_count < 2 or len(cells) != 1:
        return False
    cell = cells[0]
    wide = cell.column_span >= grid.column_count
    named = read_title(cell.text) is not None
    if grid.column_count == 2 and not (wide and (named or _BESIDE_TITLE.search(cell.text))):
        return False
    if is_numbered(cell.text) and not named:
        return False
    return (wide or named or "单位:" in cell.text) and not cell.is_numeric and cell.row <= 4


def _is_section(grid: Grid, row: int, cells: list[Cell]) -> bool:
    """A heading such as 一、政府采购情况 that stands above the column headings."""
    return len(cells) == 1 and is_numbered(cells[0].text) and not cells[0].is_numeric


def is_column_numbers(cells: list[Cell]) -> bool:
    """Say whether a row only counts the columns (栏次 1 2 3 …)."""
    texts = [cell.text for cell in cells if not cell.is_numeric]
    if any(_COLUMN_NUMBER_LABEL.match(text) for text in texts):
        return True
    rest = [text for text in texts if not _FORMULA.fullmatch(text) and text not in {"项目", "**", "*"}]
    numbers = [cell.value for cell in cells if cell.is_numeric]
    if rest or len(numbers) < 3 or any(cell.decimals for cell in cells if cell.is_numeric):
        return False
    values = [number for number in numbers if number is not None]
    return all(second - first == 1 for first, second in pairwise(values))


def _is_heading(grid: Grid, cells: list[Cell], row: int, last: int) -> bool:
    numeric = [cell for cell in cells if cell.is_numeric]
    if any(not _is_year(cell) for cell in numeric):
        return False
    texts = [cell.text for cell in cells if not cell.is_numeric]
    if not texts or (_TOTAL.fullmatch(texts[0]) and _rest_is_blank(grid, row, cells)):
        return False
    numbered = sum(is_numbered(text) for text in texts)
    known = sum(heading_is_known(text) or (len(texts) > 1 and names_what_is_counted(text)) for text in texts)
    if known >= max(1, (len(texts) + 1) // 2):
        return numbered < len(texts) or len(texts) >= 3
    if numbered:
        return False
    spanned = last > 0 and any(
        (owner := grid.at(row, column)) is not None and owner.row < row and owner.row <= last
        for column in range(1, grid.column_count + 1)
    )
    return spanned or (row == 1 and known >= 1 and len(texts) >= 3)


def _rest_is_blank(grid: Grid, row: int, cells: list[Cell]) -> bool:
    return len(cells) == 1 and len(grid.own_cells(row)) > 1


def _is_year(cell: Cell) -> bool:
    return cell.value is not None and not cell.decimals and 1990 <= cell.value <= 2100


def _skip_in_body(grid: Grid, head: Head) -> None:
    """Skip headings repeated in the body, and rows of column numbers just below the headings."""
    keys = {tuple(cell.text for cell in grid.own_cells(row)) for row in head.rows}
    for row in range(head.first_data_row, grid.row_count + 1):
        cells = grid.own_cells(row)
        key = tuple(cell.text for cell in cells)
        if (any(key) and key in keys) or (
            row <= head.first_data_row + 2 and is_column_numbers([cell for cell in cells if cell.text])
        ):
            head.skipped.add(row)


def _path(grid: Grid, head: Head, column: int) -> tuple[str, ...]:
    path: list[str] = []
    above: Cell | None = None
    for row in sorted(head.rows):
        cell = grid.at(row, column)
        if cell is None or cell.row not in head.rows or cell.column_span >= grid.column_count > 1:
            continue
        text = clean(cell.text)
        is_part = above is not None and cell.column_span < above.column_span  # of 资金来源 over its sources
        if _TOTAL.fullmatch(text) and path and read_heading(path[-1]).role and not is_part:
            continue  # 合计 below 科目编码: the total row shares its line with the last headings
        if text and (not path or path[-1] != text):
            path.append(text)
            above = cell
    return tuple(path)


def _add_level_words(grid: Grid, head: Head) -> None:
    """Where 类 款 项 stand in one row with the totals, they are headings although the row is data."""
    row = head.first_data_row
    for column in range(1, grid.column_count + 1):
        text = grid.text_at(row, column)
        if text in _LEVEL_WORDS and head.paths.get(column, ("",))[-1:] != (text,):
            head.paths[column] = (*head.paths.get(column, ()), text)


def label_of_path(path: tuple[str, ...]) -> str:
    """Return a path as it is stored: headings joined with ``/``."""
    return "/".join(bare_label(part) or part for part in path)


def headings_in_caption(grid: Grid) -> dict[int, tuple[str, ...]]:
    """Return headings for a grid that begins with data, from a line above it that names exactly its value columns.

    Tables without rules may leave their heading lines outside the grid (科目名称合计人员经费公用经费). Only a line
    with as many column words as there are columns of amounts is taken; otherwise nothing is.
    """
    values = sorted({cell.column for cell in grid.cells if cell.is_numeric and cell.decimals})
    if len(values) < 2:
        return {}
    pattern, words = column_words()
    for line in reversed(grid.caption):
        text = clean(line)
        found = [word for word in pattern.findall(text) if words[word].kind in {"total", "measure", "source"}]
        if len(found) == len(values) and read_title(line) is None:
            return {column: (word,) for column, word in zip(values, found, strict=True)}
    return {}
