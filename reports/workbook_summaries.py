"""The workbook's summaries: one row a unit, with the file that can be sent to it, and one row a rule."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping

from xlsxwriter import Workbook

from reports.exceptions import ExceptionRow, ReportData, count_by_status
from reports.labels import SEVERITIES, basis_text, label
from reports.list_columns import Value
from reports.workbook_format import Formats
from reports.workbook_sheets import HEADING_ROW, add_sheet, close_filter, write_row

_UNIT_HEADINGS = [
    ("单位", 34),
    ("主管部门", 26),
    ("文件", 8),
    ("未了结", 9),
    ("差错", 8),
    ("疑点", 8),
    ("提示", 8),
]
_UNIT_HEADINGS += [
    ("新增", 8),
    ("重现", 8),
    ("已整改", 9),
    ("已豁免", 9),
    ("未能检查", 10),
    ("发给单位的清单", 38),
]

_RULE_HEADINGS = [("规则", 22), ("名称", 30), ("级别", 8), ("类别", 12), ("未了结例外", 9), ("判定一致", 10)]
_RULE_HEADINGS += [
    ("其中尾差内", 10),
    ("不一致", 10),
    ("待复核", 10),
    ("未能检查", 10),
    ("规则内容", 60),
    ("依据", 36),
]
_RULE_HEADINGS += [("提醒", 24)]


def write_units_sheet(
    book: Workbook, formats: Formats, data: ReportData, unit_files: Mapping[str, str]
) -> None:
    """Write one row a unit, those with most open findings first; ``unit_files`` are their own workbooks' addresses."""
    writer = add_sheet(book, formats, "按单位", "按单位", _UNIT_HEADINGS)
    documents = Counter(row.unit for row in data.documents)
    departments = {row.unit: row.department_name for row in data.documents if row.department_name}
    not_checked = Counter[str]()
    for one in data.not_checked:
        not_checked[one.unit_name or ""] += one.rule_count
    by_unit: dict[str, list[ExceptionRow]] = defaultdict(list)
    for row in data.findings:
        by_unit[row.unit].append(row)
    open_counts = {unit: sum(row.is_open for row in by_unit[unit]) for unit in data.units()}
    units = sorted(open_counts, key=lambda unit: (-open_counts[unit], unit))
    for at, unit in enumerate(units, start=HEADING_ROW + 1):
        counts = count_by_status(by_unit[unit])
        severities = Counter(row.severity for row in by_unit[unit] if row.is_open)
        numbers = [documents[unit], counts["open"], *(severities[code] for code in SEVERITIES)]
        numbers += [counts[status] for status in ("new", "reopened", "fixed", "waived")]
        values: list[tuple[Value, str]] = [(unit, "wrapped"), (departments.get(unit), "wrapped")]
        values += [(number, "integer") for number in (*numbers, not_checked[unit])]
        write_row(writer, at, values)
        address = unit_files.get(unit)
        name = address.rpartition("/")[2] if address else ""
        writer.link(at, len(values), name, f"external:{address}" if address else None, formats.body("link"))
    close_filter(writer, len(units), len(_UNIT_HEADINGS))


def write_rules_sheet(book: Workbook, formats: Formats, data: ReportData) -> None:
    """Write one row a rule: how often it held, was broken or could not be checked, and what it says."""
    writer = add_sheet(book, formats, "按规则", "按规则", _RULE_HEADINGS)
    open_counts = Counter(row.rule_id for row in data.findings if row.is_open)
    rules = sorted(data.rules, key=lambda rule: (-open_counts[rule.rule_id], rule.rule_id))
    for at, rule in enumerate(rules, start=HEADING_ROW + 1):
        numbers = (open_counts[rule.rule_id], rule.exact + rule.rounded, rule.rounded, rule.violated)
        values: list[tuple[Value, str]] = [
            (rule.rule_id, "text"),
            (rule.title, "wrapped"),
            (label("severity", rule.severity), "text"),
            (label("family", rule.family), "text"),
            *((number, "integer") for number in (*numbers, rule.needs_review, rule.not_evaluated)),
            (rule.sentence, "wrapped"),
            (basis_text(rule.basis), "wrapped"),
            (rule.warning, "wrapped"),
        ]
        write_row(writer, at, values)
    close_filter(writer, len(rules), len(_RULE_HEADINGS))
