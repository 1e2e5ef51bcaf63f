"""Columns of the sheets on assets: what is counted (车辆 / 机要通信用车), as rows do elsewhere, or what it is worth."""

from __future__ import annotations

from dataclasses import replace

from transforms.columns import Column
from transforms.operating_rows import line_unit
from transforms.row_meanings import match_line
from transforms.wording import clean

_SHEET_OF_WORTH = frozenset({"assets.total", "assets.current"})
_TOTALS = frozenset({"合计", "小计", "总计"})


def name_counted_columns(columns: dict[int, Column]) -> None:
    """Give the columns whose headings name vehicles or equipment their line and unit.

    Beside 资产总额 or 流动资产 all columns are money, those of vehicles and equipment too.
    """
    worth = {number: line for number, column in columns.items() if (line := _asset(column.path))}
    if not _SHEET_OF_WORTH.isdisjoint(worth.values()):
        for number, line in worth.items():
            columns[number] = replace(columns[number], role="value", line=line, reason=None)
        return
    for number, column in columns.items():
        if line := _line(column.path):
            columns[number] = replace(column, role="count", line=line, unit=line_unit(line), reason=None)


def names_what_is_counted(text: str) -> bool:
    """Tell whether a heading names vehicles, equipment or other assets."""
    return _line((text,)) is not None or _asset((text,)) is not None


def _asset(path: tuple[str, ...]) -> str | None:
    named = path[:-1] if len(path) > 1 and clean(path[-1]) in _TOTALS else path
    return match_line("assets", "any", named[-1]) if named else None


def _line(path: tuple[str, ...]) -> str | None:
    named = path[:-1] if len(path) > 1 and clean(path[-1]) in _TOTALS else path
    line = match_line("statistics", "any", named[-1]) if named else None
    return line if line and line_unit(line) else None
