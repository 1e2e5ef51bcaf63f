"""What each column of a part of a statement holds: by its headings and, where they are silent, by its content."""

from __future__ import annotations

import re
from dataclasses import replace

from transforms.columns import Column, read_column, read_heading
from transforms.context import Context
from transforms.counted_columns import name_counted_columns
from transforms.grid import EMPTY_STATES, Cell
from transforms.recognition import Part
from transforms.three_public_columns import settle_three_public

_CODE_PART = re.compile(r"\d{1,3}")  # of 201 03 01


def columns_of(part: Part, context: Context) -> dict[int, Column]:
    """Return what each column of a part holds, by its headings and, where they are silent, by its content."""
    tops = {path[0] for path in part.head.paths.values() if len(path) > 1 and _names_rows(path)}
    columns = {number: _read_column(path, tops, context) for number, path in part.head.paths.items()}
    _share_code_headings(part, columns)
    for number, column in columns.items():
        if column.role == "unknown":
            columns[number] = _by_content(part, number, column, columns)
        elif column.role == "value" and _holds_texts_only(part, number):
            columns[number] = replace(column, role="text")  # 项目单位 is no measure, whatever its words say
    if context.kind.layout == "summary":
        _name_further_blocks(part, columns)
    if context.kind.layout == "three_public":
        settle_three_public(columns)
    if context.kind.layout == "statistics":
        name_counted_columns(columns)
    return columns


def _share_code_headings(part: Part, columns: dict[int, Column]) -> None:
    """Give the columns of 类, 款 and 项 without headings of their own that of the codes: it stands over the middle one."""
    for number in [number for number, column in columns.items() if column.role == "code"]:
        for beside in (number - 1, number + 1):
            if beside in columns and not columns[beside].path and _holds_code_parts(part, beside):
                columns[beside] = replace(columns[number])


def _data_cells(part: Part, number: int) -> list[Cell]:
    """Return the cells of a column below the headings."""
    first = part.head.first_data_row
    return [cell for cell in part.grid.cells if cell.column == number and cell.row >= first]


def _holds_code_parts(part: Part, number: int) -> bool:
    printed = [cell.text for cell in _data_cells(part, number) if cell.text]
    return bool(printed) and all(_CODE_PART.fullmatch(text) for text in printed)


def _name_further_blocks(part: Part, columns: dict[int, Column]) -> None:
    """A column of texts between columns of amounts names the rows of a further block, whatever its heading says."""
    values = [number for number, column in columns.items() if column.role == "value"]
    for number, column in columns.items():
        stands_between = any(value < number for value in values) and number + 1 in values
        if column.role in {"text", "unknown"} and stands_between and _holds_texts_only(part, number):
            columns[number] = replace(column, role="label")


def _holds_texts_only(part: Part, number: int) -> bool:
    cells = _data_cells(part, number)
    printed = [cell for cell in cells if cell.state not in EMPTY_STATES and cell.row not in part.head.skipped]
    return bool(printed) and not any(cell.is_numeric or cell.state == "percent" for cell in printed)


def _names_rows(path: tuple[str, ...]) -> bool:
    """Say whether a column holds labels or codes, by its innermost heading."""
    role = read_heading(path[-1]).role or ""
    return role == "label" or role.startswith("code")


def _read_column(path: tuple[str, ...], tops: set[str], context: Context) -> Column:
    """Read a column; a heading that stands above labels too (人员经费 over 科目, 决算数) names the block, not the column."""
    own = path[1:] if len(path) > 1 and path[0] in tops else path
    column = read_column(own, context.kind, context.doc_kind, context.fiscal_year)
    return replace(column, path=path)


def _by_content(part: Part, number: int, column: Column, columns: dict[int, Column]) -> Column:
    """Take a column whose headings are silent or unknown for what it holds: codes, names, or numbers."""
    cells = [cell for cell in _data_cells(part, number) if cell.text]
    if not cells:
        return column
    numeric = [cell for cell in cells if cell.is_numeric]
    if not numeric:
        has_label = any(other.role == "label" for other in columns.values())
        return replace(column, role="text" if has_label or column.path else "label")
    if column.path:
        return column
    codes = [cell for cell in numeric if not cell.decimals and len(cell.text) in (3, 5, 7)]
    if len(codes) * 2 > len(cells) and number <= 2:
        return replace(column, role="code", reason=None)
    values = [other for other in columns.values() if other.role in {"value", "unknown"}]
    return replace(column, role="value", reason=None) if len(values) == 1 else column
