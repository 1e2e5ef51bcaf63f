"""The blocks of a table: sides that stand beside each other, each with its own labels, codes and values."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from transforms.columns import Column
from transforms.vocabulary_files import StatementKind

_CODE_ROLES = frozenset({"code", "code_class", "code_group", "code_item"})
_LABEL_ROLES = frozenset({"label"} | _CODE_ROLES)
_LEVEL = {"code_class": 0, "code_group": 1, "code_item": 2}


@dataclass(slots=True)
class CodeGroup:
    """Columns that print one subject: a single code column, or its 类, 款 and 项, and the name beside it."""

    levels: dict[int, int] = field(default_factory=dict)  # 0 class, 1 group, 2 item → column
    single: int | None = None
    name: int | None = None
    path: tuple[str, ...] = ()  # headings above its first column
    hint: str | None = None  # functional | departmental | governmental, as the heading says


@dataclass(slots=True)
class Block:
    """Neighbouring columns that are read together."""

    side: str = "any"
    first: int = 0
    last: int = 0
    labels: list[int] = field(default_factory=list)
    groups: list[CodeGroup] = field(default_factory=list)
    units: list[int] = field(default_factory=list)
    unit_codes: list[int] = field(default_factory=list)
    years: list[int] = field(default_factory=list)
    texts: list[int] = field(default_factory=list)
    values: list[int] = field(default_factory=list)
    line_numbers: list[int] = field(default_factory=list)


def split_blocks(columns: dict[int, Column], kind: StatementKind) -> list[Block]:
    """Split the columns of a table into blocks.

    Blocks are split only where the statement has sides, or where the headings themselves say 收入 and 支出 above
    label columns; otherwise one block holds all columns.
    """
    may_split = kind.has_sides or len(_sides(columns)) > 1
    blocks = [Block(first=1)]
    for number in sorted(columns):
        column = columns[number]
        block = blocks[-1]
        if may_split and column.role in _LABEL_ROLES and block.values:
            block.last = number - 1
            block = Block(first=number)
            blocks.append(block)
        _add(block, number, column)
    blocks[-1].last = max(columns, default=0)
    _name_sides(blocks, columns)
    return blocks


def side_of(column: Column) -> str | None:
    """Return the side a column's outermost heading names."""
    if len(column.path) < 2:
        return None
    top = column.path[0]
    if re.search(r"收入", top) and "支出" not in top:
        return "revenue"
    if re.search(r"支出", top) and "收入" not in top:
        return "expenditure"
    return None


def _sides(columns: dict[int, Column]) -> set[str]:
    return {side for column in columns.values() if column.role == "label" and (side := side_of(column))}


def _add(block: Block, number: int, column: Column) -> None:
    role = column.role
    if role in _CODE_ROLES:
        _add_code(block, number, column)
    elif role == "label":
        block.labels.append(number)
        if block.groups and block.groups[-1].name is None:
            block.groups[-1].name = number
        else:
            block.groups.append(CodeGroup(single=None, name=number, hint=_hint(column)))
    elif role == "unit":
        block.units.append(number)
    elif role == "unit_code":
        block.unit_codes.append(number)
    elif role == "year":
        block.years.append(number)
    elif role in {"text", "serial"}:
        block.texts.append(number)
    elif role == "line_no":
        block.line_numbers.append(number)
    else:  # value, count, and unknown columns, which may hold numbers
        block.values.append(number)


def _add_code(block: Block, number: int, column: Column) -> None:
    level = _LEVEL.get(column.role)
    group = block.groups[-1] if block.groups else None
    if level is None and group is not None and group.name is None and group.path == column.path:
        _add_level(group, number)
        return
    if group is None or group.name is not None or group.single is not None or level in group.levels:
        group = CodeGroup(hint=_hint(column), path=column.path)
        block.groups.append(group)
    if level is None:
        group.single = number
    else:
        group.levels[level] = number


def _add_level(group: CodeGroup, number: int) -> None:
    """One heading above two or three code columns without 类 款 项: they are these levels from left to right."""
    if group.single is not None:
        group.levels, group.single = {0: group.single}, None
    group.levels[len(group.levels)] = number


def _hint(column: Column) -> str | None:
    text = "".join(column.path)
    if "政府" in text and "政府性" not in text:
        return "governmental"
    if "经济" in text:
        return "departmental"
    return "functional" if "功能" in text else None


def _name_sides(blocks: list[Block], columns: dict[int, Column]) -> None:
    if len(blocks) < 2:
        return
    for index, block in enumerate(blocks):
        named = [side for number in range(block.first, block.last + 1) if (side := side_of(columns[number]))]
        block.side = named[0] if named else ("revenue" if index == 0 else "expenditure")
