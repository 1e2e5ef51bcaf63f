"""Columns of the sheets on assets whose headings name what is counted (车辆 / 机要通信用车), as rows do elsewhere."""

from __future__ import annotations

from dataclasses import replace

from transforms.columns import Column
from transforms.operating_rows import line_unit
from transforms.row_meanings import match_line
from transforms.wording import clean

_TOTALS = frozenset({"合计", "小计", "总计"})


def name_counted_columns(columns: dict[int, Column]) -> None:
    """Give the columns whose headings name vehicles or equipment their line and unit."""
    for number, column in columns.items():
        if line := _line(column.path):
            columns[number] = replace(column, role="count", line=line, unit=line_unit(line), reason=None)


def names_what_is_counted(text: str) -> bool:
    """Tell whether a heading names vehicles or equipment."""
    return _line((text,)) is not None


def _line(path: tuple[str, ...]) -> str | None:
    named = path[:-1] if len(path) > 1 and clean(path[-1]) in _TOTALS else path
    line = match_line("statistics", "any", named[-1]) if named else None
    return line if line and line_unit(line) else None
