"""The rows of the statement frame: title, pages, unit, and whether a statement is filled, empty or missing."""

from __future__ import annotations

import re
from typing import Any

from extractors.money_unit import read_money_unit
from transforms.facts import Amount
from transforms.money_units import MoneyUnit
from transforms.recognition import Draft
from transforms.titles import Title, read_year
from transforms.wording import clean

_EMPTY_NOTE = re.compile(
    r"本表无|此表无|无数据|空表|为空|无此项|无相关(?:内容|数据|预算|支出)|无发生额|不涉及"
    r"|(?:没有|未|无)(?:使用|安排|发生)?.{0,40}?(?:收入|支出|预算|拨款|经费|资金|项目|采购|数据)"
)
_TEMPLATE_NOTE = re.compile(r"仍保留该表格式|作下述说明|应作")
_UNIT_NAME = re.compile(
    r"(?:部门|单位)(?:[(（/](?:部门|单位)[)）]?)?(?:名称)?[:：](?P<name>[^:：]{3,40}?)(?=[(（]?(?:金额)?[一-鿿]位[:：]|[:：]|$)"
)
_TAIL = re.compile(
    r"(?:20\d\d年.*|金额单位.*|单位[:：].*|(?:人民币|金额|.位)[:：][（(]?(?:人民币)?[亿万千百]{0,2}元.*|公开\d+表.*)$"
)


def statement_row(number: int, draft: Draft, unit: MoneyUnit, amounts: list[Amount]) -> dict[str, Any]:
    """Return the row of a statement that stands in one or more tables."""
    status, reason = _status(draft, amounts)
    first = draft.parts[0].grid
    return {
        "statement_no": number,
        "statement_code": draft.kind.code if draft.kind else None,
        "title": draft.title,
        "table_no": first.table_no,
        "first_page": first.first_page,
        "last_page": draft.last_page,
        "money_unit": unit.unit if draft.kind else None,
        "is_money_unit_inferred": bool(draft.kind) and unit.is_inferred and unit.unit is not None,
        "status": status,
        "status_reason": reason,
        "printed_year": draft.year or _year(draft),
        "printed_unit_name": _printed_name(draft),
    }


def announced_row(number: int, title: tuple[int, Title], code: str) -> dict[str, Any]:
    """Return the row of a statement that a contents page announces but that stands nowhere."""
    page, announced = title
    return {
        "statement_no": number,
        "statement_code": code,
        "title": announced.text,
        "table_no": None,
        "first_page": page,
        "last_page": page,
        "money_unit": None,
        "is_money_unit_inferred": False,
        "status": "announced_only",
        "status_reason": "目录列有此表，文件中未见",
        "printed_year": announced.year,
        "printed_unit_name": None,
    }


def declared_row(number: int, declared: tuple[int, Title, str], code: str) -> dict[str, Any]:
    """Return the row of a statement of which a page prints the title and that it holds no data."""
    page, title, words = declared
    return announced_row(number, (page, title), code) | {
        "status": "empty_declared",
        "status_reason": words[:120],
    }


def unread_row(number: int, title: tuple[int, Title]) -> dict[str, Any]:
    """Return the row of a printed title below which amounts stand in no table."""
    return announced_row(number, title, "") | {
        "statement_code": None,
        "status": "unrecognised",
        "status_reason": "印有表名，但其表未能读出",
    }


def _status(draft: Draft, amounts: list[Amount]) -> tuple[str, str | None]:
    if draft.kind is None:
        return "unrecognised", draft.reason
    notes = clean("".join(line for part in draft.parts for line in part.grid.notes))
    declared = bool(_EMPTY_NOTE.search(notes)) and not _TEMPLATE_NOTE.search(notes)
    cells = [cell for part in draft.parts for cell in part.grid.cells]
    declared = declared or any(cell.state == "none_word" for cell in cells if cell.row > 1)
    if any(amount.value != 0 for amount in amounts):
        contradicted = re.search(r"本表为?空表|本表无数据|为空表", notes)
        return "filled", "表下注明无数据，但表中有数" if contradicted else draft.reason
    printed = [cell for cell in cells if cell.is_numeric]
    if declared and not any(cell.value and (cell.decimals or "," in cell.text) for cell in printed):
        return "empty_declared", notes[:120] or "表内注明“无”"
    if draft.kind.layout == "performance":
        return ("filled" if amounts or printed else "empty"), draft.reason
    if any(amount.state == "zero_printed" for amount in amounts):
        return "filled", draft.reason
    numbers = any(
        cell.decimals or (cell.value or 0) > 0 for cell in printed if _in_value_area(draft, cell.column)
    )
    return ("filled", "有数字未能识别") if numbers and not amounts else ("empty", draft.reason)


def _in_value_area(draft: Draft, column: int) -> bool:
    paths = draft.parts[0].head.paths
    return not any(
        word in "".join(paths.get(column, ())) for word in ("编码", "代码", "类", "款", "项", "行次")
    )


def _year(draft: Draft) -> int | None:
    for part in draft.parts:
        for line in (*part.grid.caption, *part.head.titles):
            if year := read_year(clean(line)):
                return year
    return None


def _printed_name(draft: Draft) -> str | None:
    for part in draft.parts:
        for line in (*part.grid.caption, *part.head.titles):
            if match := _UNIT_NAME.search(clean(line)):
                name = _TAIL.sub("", match["name"])
                if len(name) >= 3 and "元" not in name[-2:] and not read_money_unit(f"单位：{name}"):
                    return name
    return None
