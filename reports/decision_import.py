"""Reading a filled-in exception list (XLSX or CSV) back: each line becomes a decision, a message, or nothing."""

from __future__ import annotations

import csv
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl

from reports.decisions import DecisionError, explain, waive
from reports.exceptions import ExceptionRow
from reports.labels import codes_of, labels_of
from reports.list_columns import ACTUAL, DECISION, EXPECTED, EXPIRES, EXPLANATION, IDENTIFIER, PERSON, REASON
from reports.spreadsheet_text import cell_text, restored
from warehouse.ledger import LedgerEvent

#: A list of this size has been blown up on purpose, or is something else.
_MOST_BYTES, _MOST_LINES, _HEADING_LINES = 100_000_000, 200_000, 10

_NEEDED = (IDENTIFIER, EXPLANATION, DECISION, REASON, EXPIRES, PERSON, ACTUAL, EXPECTED)
_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_SERIAL_ORIGIN = date(1899, 12, 30)

Line = tuple[int, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class LineError:
    """One line that could not be taken, numbered as the spreadsheet numbers it."""

    line: int
    finding_id: str
    message: str

    def __str__(self) -> str:
        """Return the sentence to show."""
        about = f"（编号 {self.finding_id}）" if self.finding_id else ""
        return f"第 {self.line} 行{about}：{self.message}"


@dataclass(frozen=True, slots=True)
class ImportedDecisions:
    """What a filled-in list says: events to record, lines with errors, and how many lines were left empty."""

    events: tuple[LedgerEvent, ...]
    errors: tuple[LineError, ...]
    empty_lines: int


def read_decisions(path: Path, findings: Mapping[str, ExceptionRow], today: date) -> ImportedDecisions:
    """Read a filled-in list; ``findings`` are those it may speak of, by id.

    Lines that are right are returned even where others are wrong. Raises :class:`DecisionError` where the file as
    a whole cannot be read: no spreadsheet, too large, or without the columns.
    """
    events: list[LedgerEvent] = []
    errors: list[LineError] = []
    seen: dict[str, int] = {}
    empty = 0
    for number, line in _lines(path):
        finding_id = _text(line[IDENTIFIER])
        if not any(_text(line[name]) for name in (EXPLANATION, DECISION, REASON, EXPIRES, PERSON)):
            empty += 1
            continue
        try:
            if finding_id in seen:
                raise DecisionError(f"与第 {seen[finding_id]} 行重复，只导入了前一行")
            events.append(_decision(line, findings.get(finding_id), today))
            seen[finding_id] = number
        except DecisionError as error:
            errors.append(LineError(number, finding_id, str(error)))
    return ImportedDecisions(tuple(events), tuple(errors), empty)


def _decision(line: Mapping[str, Any], finding: ExceptionRow | None, today: date) -> LedgerEvent:
    if finding is None:
        raise DecisionError("编号不在当前清单中，请勿改动“编号”列" if _text(line[IDENTIFIER]) else "缺少编号")
    explanation, decision, person = (_text(line[name]) for name in (EXPLANATION, DECISION, PERSON))
    code = codes_of("decision").get(decision) if decision else "explain"
    if code is None:
        raise DecisionError(f"处理决定“{decision}”不在可选项中：{'、'.join(labels_of('decision').values())}")
    if code != "waive":
        if _text(line[REASON]) or _text(line[EXPIRES]):
            raise DecisionError("填了豁免理由或豁免至，但处理决定不是“豁免”")
        return explain(finding, text=explanation, person=person, today=today, decision=code)
    if not _text(line[REASON]):
        raise DecisionError("豁免须选择豁免理由")
    if (_text(line[ACTUAL]), _text(line[EXPECTED])) != (_shown(finding.actual), _shown(finding.expected)):
        raise DecisionError("该例外的数字在填写之后已变化，请用最新的清单核对后再填")
    until = _date(line[EXPIRES])
    reason = _text(line[REASON])
    return waive(finding, until=until, reason=reason, text=explanation, person=person, today=today)


def _shown(value: str | None) -> str:
    return cell_text(value or "").strip()


def _date(value: Any) -> date:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, int | float) and 30_000 < value < 80_000:
        return _SERIAL_ORIGIN + timedelta(days=int(value))
    text = _text(value)
    if not text:
        raise DecisionError("豁免须填写豁免至（日期，如 2026-12-31）")
    match = _DATE.fullmatch(text)
    try:
        if match:
            return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        pass
    raise DecisionError(f"豁免至“{text}”不是日期，请填如 2026-12-31")


def _text(value: Any) -> str:
    return "" if value is None else str(value).strip()


def _lines(path: Path) -> Iterator[Line]:
    if not path.is_file():
        raise DecisionError(f"没有找到文件：{path}")
    if path.stat().st_size > _MOST_BYTES:
        raise DecisionError(f"文件太大：{path.name}")
    rows = _csv_rows(path) if path.suffix.lower() == ".csv" else _workbook_rows(path)
    headings: list[str] | None = None
    for number, row in enumerate(rows, start=1):
        if number > _MOST_LINES:
            raise DecisionError(f"行数超过 {_MOST_LINES:,}，请确认文件是否正确")
        if headings is not None:
            values = dict(zip(headings, row, strict=False))
            line = {name: values.get(name) for name in _NEEDED}
            if any(_text(value) for value in line.values()):
                yield number, line
        elif IDENTIFIER in (found := [_text(value) for value in row]):
            headings = found
            _require_columns(headings)
        elif number >= _HEADING_LINES:
            break
    if headings is None:
        raise DecisionError(f"{path.name} 中没有找到表头（须有“{IDENTIFIER}”列）")


def _require_columns(headings: Sequence[str]) -> None:
    missing = [name for name in _NEEDED if name not in headings]
    if missing:
        raise DecisionError(f"缺少这些列：{'、'.join(missing)}")


def _csv_rows(path: Path) -> Iterator[Sequence[Any]]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        text = path.read_bytes().decode("gb18030", errors="replace")  # what Excel saves as "CSV"
    for row in csv.reader(text.splitlines(keepends=True)):
        yield [restored(value) for value in row]


def _workbook_rows(path: Path) -> Iterator[Sequence[Any]]:
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except (zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise DecisionError(f"{path.name} 不是能读的 Excel 工作簿（.xlsx）") from error
    try:
        sheet = book["例外清单"] if "例外清单" in book.sheetnames else book.worksheets[0]
        yield from sheet.iter_rows(values_only=True)
    finally:
        book.close()
