"""The columns of the exception list: one definition for the workbook and the CSV file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from reports.exceptions import ExceptionRow
from reports.labels import basis_text, label

Value = str | int | Decimal | date | None
Kind = Literal["text", "wrapped", "integer", "money", "date", "link", "answer"]


@dataclass(frozen=True, slots=True)
class Column:
    """A heading, its width in characters, how its values are written, and where they come from."""

    heading: str
    width: float
    kind: Kind
    value: Callable[[ExceptionRow], Value]


def _nothing(_: ExceptionRow) -> Value:
    return None


#: Columns that the unit or the bureau fills in; the importer reads them back by these headings.
EXPLANATION = "单位说明"
DECISION = "处理决定"
REASON = "豁免理由"
EXPIRES = "豁免至"
PERSON = "填写人"
IDENTIFIER = "编号"

#: The column whose cells take the colour of the severity.
SEVERITY = "级别"

#: Columns the importer compares, so that a decision is about the numbers it was made for.
ACTUAL = "公布的数"
EXPECTED = "核对的数"

LIST_COLUMNS: tuple[Column, ...] = (
    Column(SEVERITY, 6, "text", lambda row: label("severity", row.severity)),
    Column("状态", 8, "text", lambda row: label("status", row.status)),
    Column("单位", 18, "wrapped", lambda row: row.unit),
    Column("年度", 6, "integer", lambda row: row.fiscal_year),
    Column("文种", 10, "text", lambda row: row.disclosure),
    Column("问题", 22, "wrapped", lambda row: row.title),
    Column("说明", 46, "wrapped", lambda row: row.what),
    Column(ACTUAL, 16, "wrapped", lambda row: row.actual),
    Column(EXPECTED, 16, "wrapped", lambda row: row.expected),
    Column("相差（元）", 15, "money", lambda row: row.amount_yuan),
    Column("可能的原因", 22, "wrapped", lambda row: row.diagnosis),
    Column("页", 5, "integer", lambda row: row.page),
    Column("来源文件", 24, "link", lambda row: row.file_name or row.document_id),
    Column("类别", 10, "text", lambda row: label("family", row.family)),
    Column("规则", 22, "text", lambda row: row.rule_id),
    Column("依据", 24, "wrapped", lambda row: basis_text(row.basis)),
    Column("首次发现", 12, "date", lambda row: row.first_seen),
    Column(EXPLANATION, 30, "answer", _nothing),
    Column(DECISION, 12, "answer", _nothing),
    Column(REASON, 14, "answer", _nothing),
    Column(EXPIRES, 11, "answer", _nothing),
    Column(PERSON, 10, "answer", _nothing),
    Column(IDENTIFIER, 22, "text", lambda row: row.finding_id),
)
