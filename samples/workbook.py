"""A disclosure published as a workbook: the statements of one unit as bureaus lay them out in .xlsx files."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

import openpyxl
from openpyxl.styles import Border, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

Value = str | float | Decimal | None

_THIN = Side(style="thin")
_FRAME = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_AMOUNT = "#,##0.00"
_ACCOUNTING = '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ '

#: 收入支出决算总表: income and expenditure side by side; the totals agree.
_OVERVIEW: tuple[tuple[Value, ...], ...] = (
    ("一、一般公共预算财政拨款收入", 1, 1234.5, "一、一般公共服务支出", 31, 1000.25),
    ("二、政府性基金预算财政拨款收入", 2, 0, "二、社会保障和就业支出", 32, 134.25),
    ("三、其他收入", 3, None, "三、卫生健康支出", 33, 100),
    ("本年收入合计", 4, 1234.5, "本年支出合计", 34, 1234.5),
    ("年初结转和结余", 5, None, "年末结转和结余", 35, None),
    ("总计", 6, 1234.5, "总计", 36, 1234.5),
)

#: 收入决算表: functional codes by source; 326.714999 is shown as 326.71.
_INCOME: tuple[tuple[Value, ...], ...] = (
    ("合计", None, 1234.5, 1234.5, 0),
    ("201", "一般公共服务支出", 1000.25, 1000.25, 0),
    ("20103", "政府办公厅（室）及相关机构事务", 673.54, 673.54, 0),
    ("20106", "财政事务", 326.714999, 326.714999, 0),
    ("208", "社会保障和就业支出", 134.25, 134.25, 0),
    ("210", "卫生健康支出", 100, 100, 0),
)


def disclosure_workbook(unit: str = "云溪区财政局", year: int = 2024) -> bytes:
    """Return two statements of final accounts on a sheet each, and a hidden sheet that nobody was shown."""
    book = openpyxl.Workbook()
    first = book.active
    assert isinstance(first, Worksheet)
    first.title = "收入支出决算总表"
    _head(first, "收入支出决算总表", "公开01表", unit, year, 6)
    _row(first, 4, ("收入", None, None, "支出", None, None))
    first.merge_cells("A4:C4")
    first.merge_cells("D4:F4")
    _row(first, 5, ("项目", "行次", "金额", "项目", "行次", "金额"))
    _row(first, 6, ("栏次", None, "1", "栏次", None, "2"))
    for number, values in enumerate(_OVERVIEW, start=7):
        _row(first, number, values, _AMOUNT, plain=(2, 5))
    first["A13"] = "注：本表反映部门本年度的总收支和年末结转结余情况。"
    second = book.create_sheet("收入决算表")
    _head(second, "收入决算表", "公开02表", unit, year, 5)
    _row(second, 4, ("功能分类科目编码", "科目名称", "本年收入合计", "财政拨款收入", "其他收入"))
    for number, values in enumerate(_INCOME, start=5):
        _row(second, number, values, _ACCOUNTING)
    hidden = book.create_sheet("底稿")
    hidden["A1"] = 999999
    hidden.sheet_state = "hidden"
    return _saved(book)


def _head(sheet: Worksheet, title: str, number: str, unit: str, year: int, columns: int) -> None:
    last = get_column_letter(columns)
    sheet["A1"] = title
    sheet.merge_cells(f"A1:{last}1")
    sheet[f"{last}2"] = number
    sheet["A3"] = f"部门：{unit}"
    sheet["C3"] = f"{year}年度"
    sheet[f"{last}3"] = "金额单位：万元"


def _row(
    sheet: Worksheet,
    row: int,
    values: Sequence[Value],
    number_format: str = "General",
    plain: Sequence[int] = (),
) -> None:
    for column, value in enumerate(values, start=1):
        cell = sheet.cell(row, column, value)
        cell.border = _FRAME
        if isinstance(value, int | float) and column not in plain:
            cell.number_format = number_format


def _saved(book: openpyxl.Workbook) -> bytes:
    moment = datetime(2025, 9, 1)  # noqa: DTZ001 - the same bytes every time
    book.properties.created = book.properties.modified = moment
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()
