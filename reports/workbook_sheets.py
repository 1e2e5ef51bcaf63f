"""The sheets of the workbook below the overview: tables with one heading row, and lists in groups."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from math import ceil

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from reports.exceptions import DocumentRow, ExceptionRow, MissingDisclosure, NotChecked, RuleRow, page_link
from reports.labels import UNKNOWN_UNIT, label, labels_of
from reports.list_columns import DECISION, EXPIRES, LIST_COLUMNS, REASON, Column, Value
from reports.workbook_format import CellWriter, Formats

_HEADING_ROW = 2
_PAPER_A4, _PAPER_A3 = 9, 8

#: Points a printed line of the body font takes, and the most lines one row is given.
_LINE_HEIGHT, _MOST_LINES = 14, 20

#: The list prints up to the first column that is to be filled in.
_PRINTED_COLUMNS = next(number for number, column in enumerate(LIST_COLUMNS) if column.kind == "answer")

#: Columns of the grouped sheets: the list's own, less what the group's heading already says.
_GROUP_HEADINGS = (
    "级别",
    "状态",
    "年度",
    "文种",
    "问题",
    "说明",
    "公布的数",
    "核对的数",
    "页",
    "来源文件",
    "编号",
)

SiteLink = Callable[[ExceptionRow], str | None]


def add_sheet(
    book: Workbook, formats: Formats, name: str, title: str, headings: Sequence[tuple[str, float]]
) -> CellWriter:
    """Add a sheet with a title, a frozen heading row repeated on every printed page, and column widths."""
    sheet = book.add_worksheet(name)
    sheet.hide_gridlines(2)
    sheet.set_row(0, 26)
    sheet.write_string(0, 0, title, formats.title)
    for number, (heading, width) in enumerate(headings):
        sheet.set_column(number, number, width)
        sheet.write_string(_HEADING_ROW, number, heading, formats.heading)
    sheet.set_row(_HEADING_ROW, 30)
    sheet.freeze_panes(_HEADING_ROW + 1, 0)
    set_up_printing(sheet, title)
    sheet.repeat_rows(_HEADING_ROW)
    return CellWriter(sheet, formats)


def set_up_printing(sheet: Worksheet, title: str) -> None:
    """A4 landscape, all columns on one page's width, page numbers below."""
    sheet.set_landscape()
    sheet.set_paper(_PAPER_A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer(f"&L{title.replace('&', '&&')}&R第 &P 页，共 &N 页")


def _close_filter(writer: CellWriter, row_count: int, column_count: int) -> None:
    writer.sheet.autofilter(_HEADING_ROW, 0, _HEADING_ROW + max(row_count, 1), column_count - 1)


def write_list_sheet(
    book: Workbook, formats: Formats, findings: Sequence[ExceptionRow], title: str, site_link: SiteLink | None
) -> None:
    """Write the exception list: every finding once, filterable, with the columns to be filled in."""
    headings = [(column.heading, column.width) for column in LIST_COLUMNS]
    writer = add_sheet(book, formats, "例外清单", title, headings)
    for offset, row in enumerate(findings, start=_HEADING_ROW + 1):
        writer.sheet.set_row(offset, row_height(row, LIST_COLUMNS))
        for number, column in enumerate(LIST_COLUMNS):
            _write_finding_cell(writer, offset, number, column, row, site_link)
    _close_filter(writer, len(findings), len(LIST_COLUMNS))
    writer.sheet.freeze_panes(_HEADING_ROW + 1, 3)
    writer.sheet.set_paper(_PAPER_A3)
    writer.sheet.print_area(0, 0, _HEADING_ROW + len(findings), _PRINTED_COLUMNS - 1)
    _validate_answers(writer.sheet, len(findings))


def _validate_answers(sheet: Worksheet, count: int) -> None:
    if not count:
        return
    places = {column.heading: number for number, column in enumerate(LIST_COLUMNS)}
    last = _HEADING_ROW + count
    for heading, kind in ((DECISION, "decision"), (REASON, "waiver_reason")):
        rule = {"validate": "list", "source": list(labels_of(kind).values()), "error_title": "请从列表中选择"}
        sheet.data_validation(_HEADING_ROW + 1, places[heading], last, places[heading], rule)
    hint = {
        "validate": "any",
        "input_title": "豁免至",
        "input_message": "日期，如 2026-12-31；到期后自动恢复",
    }
    sheet.data_validation(_HEADING_ROW + 1, places[EXPIRES], last, places[EXPIRES], hint)


def row_height(row: ExceptionRow, columns: Sequence[Column]) -> float:
    """Return the height in points that shows all wrapped text; Chinese characters are two columns wide.

    Set by us because LibreOffice does not grow folded rows by itself.
    """
    texts = [
        (str(column.value(row) or ""), column.width)
        for column in columns
        if column.kind in ("wrapped", "link")
    ]
    lines = [
        sum(ceil((len(line.encode("gb18030", "replace")) + 1) / width) for line in text.split("\n"))
        for text, width in texts
    ]
    return _LINE_HEIGHT * min(max([1, *lines]), _MOST_LINES) + 2


def _write_finding_cell(
    writer: CellWriter, at: int, number: int, column: Column, row: ExceptionRow, site_link: SiteLink | None
) -> None:
    value = column.value(row)
    properties = writer.formats.body(column.kind, row.severity if column.heading == "级别" else None)
    if column.kind == "link":
        writer.link(at, number, str(value or ""), row.source_link, properties)
    elif column.heading == "编号" and site_link is not None:
        writer.link(at, number, str(value), site_link(row), properties)
    else:
        writer.write(at, number, value, properties)


def write_grouped_sheet(
    book: Workbook,
    formats: Formats,
    name: str,
    title: str,
    groups: Iterable[tuple[str, Sequence[ExceptionRow]]],
    lead: Column,
    site_link: SiteLink | None,
) -> None:
    """Write findings under one heading line per group (a unit or a rule), foldable with the outline."""
    columns = [lead, *(column for column in LIST_COLUMNS if column.heading in _GROUP_HEADINGS)]
    writer = add_sheet(book, formats, name, title, [(column.heading, column.width) for column in columns])
    writer.sheet.outline_settings(visible=True, symbols_below=False)
    at = _HEADING_ROW + 1
    for heading, rows in groups:
        for number in range(len(columns)):
            writer.sheet.write_blank(at, number, None, formats.group)
        writer.text(at, 0, heading, {"bold": True, "bg_color": "#D9E1F2", "top": 1, "bottom": 1})
        for row in rows:
            at += 1
            writer.sheet.set_row(at, row_height(row, columns), None, {"level": 1})
            for number, column in enumerate(columns):
                _write_finding_cell(writer, at, number, column, row, site_link)
        at += 1


def column_named(heading: str) -> Column:
    """Return the list's column with this heading; raises ``StopIteration`` for one that does not exist."""
    return next(column for column in LIST_COLUMNS if column.heading == heading)


def groups_by_unit(findings: Iterable[ExceptionRow]) -> list[tuple[str, list[ExceptionRow]]]:
    """Return findings per unit, units by name; the heading says how many of each severity."""
    by_unit = groupby(sorted(findings, key=lambda row: row.unit), key=lambda row: row.unit)
    return [(f"{unit}　{_severity_counts(rows)}", rows) for unit, rows in ((u, list(g)) for u, g in by_unit)]


def groups_by_rule(
    findings: Iterable[ExceptionRow], rules: Iterable[RuleRow]
) -> list[tuple[str, list[ExceptionRow]]]:
    """Return findings per rule, rules by id; the heading says how often the rule passed or could not."""
    known = {rule.rule_id: rule for rule in rules}
    by_rule = groupby(sorted(findings, key=lambda row: row.rule_id), key=lambda row: row.rule_id)
    return [(_rule_heading(rule_id, known.get(rule_id), rows), rows) for rule_id, rows in _listed(by_rule)]


def _listed(groups: Iterable[tuple[str, Iterable[ExceptionRow]]]) -> list[tuple[str, list[ExceptionRow]]]:
    return [(key, list(rows)) for key, rows in groups]


def _rule_heading(rule_id: str, rule: RuleRow | None, rows: Sequence[ExceptionRow]) -> str:
    if rule is None:
        return f"{rule_id}　{_severity_counts(rows)}"
    judged = f"一致 {rule.exact + rule.rounded:,}，不一致 {rule.violated:,}，未能检查 {rule.not_evaluated:,}"
    return f"{rule_id}　{rule.title or ''}　{_severity_counts(rows)}　（{judged}）"


def _severity_counts(rows: Sequence[ExceptionRow]) -> str:
    counted = [
        (name, sum(row.severity == code for row in rows)) for code, name in labels_of("severity").items()
    ]
    return "，".join(f"{name} {count:,}" for name, count in counted if count)


def write_not_checked_sheet(book: Workbook, formats: Formats, rows: Sequence[NotChecked]) -> None:
    """Write what no rule could judge, and why: silence is never a pass."""
    headings = [("单位", 28), ("年度", 8), ("文种", 8), ("情况", 14), ("原因", 28), ("规则数", 8)]
    headings += [("规则", 60), ("文件", 36)]
    writer = add_sheet(book, formats, "未能检查", "未能检查的规则及原因", headings)
    for at, row in enumerate(rows, start=_HEADING_ROW + 1):
        values: list[tuple[Value, str]] = [
            (row.unit_name or UNKNOWN_UNIT, "wrapped"),
            (row.fiscal_year, "integer"),
            (label("doc_kind", row.doc_kind), "text"),
            (label("verdict", row.verdict), "text"),
            (label("reason", row.reason), "wrapped"),
            (row.rule_count, "integer"),
            ("、".join(row.rule_ids), "wrapped"),
            (row.file_name or row.document_id or "", "wrapped"),
        ]
        _write_row(writer, at, values)
    _close_filter(writer, len(rows), len(headings))


def _write_row(writer: CellWriter, at: int, values: Sequence[tuple[Value, str]]) -> None:
    for number, (value, kind) in enumerate(values):
        writer.write(at, number, value, writer.formats.body(kind))


def write_missing_sheet(book: Workbook, formats: Formats, rows: Sequence[MissingDisclosure]) -> None:
    """Write disclosures that should exist and were not found, and those that came late."""
    headings = [("单位", 30), ("主管部门", 24), ("年度", 8), ("文种", 8), ("情况", 12), ("应公开日期", 12)]
    headings += [("公开日期", 12), ("逾期天数", 10), ("说明", 44)]
    writer = add_sheet(book, formats, "未公开或逾期", "未见公开或逾期公开", headings)
    for at, row in enumerate(rows, start=_HEADING_ROW + 1):
        values: list[tuple[Value, str]] = [
            (row.unit_name or UNKNOWN_UNIT, "wrapped"),
            (row.parent_name, "wrapped"),
            (row.fiscal_year, "integer"),
            (label("doc_kind", row.doc_kind), "text"),
            (label("publication_status", row.status), "text"),
            (row.due_on, "date"),
            (row.published_on, "date"),
            (row.days_late, "integer"),
            (row.reason, "wrapped"),
        ]
        _write_row(writer, at, values)
    _close_filter(writer, len(rows), len(headings))


def write_document_sheet(book: Workbook, formats: Formats, documents: Sequence[DocumentRow]) -> None:
    """Write every stored file with what became of it; files set aside come with their reason."""
    headings = [
        ("单位", 28),
        ("主管部门", 22),
        ("年度", 8),
        ("文种", 8),
        ("口径", 8),
        ("文件", 40),
        ("页数", 6),
    ]
    headings += [("文字层", 10), ("状态", 10), ("原因", 36), ("识别的表", 10), ("未识别的表", 11)]
    headings += [("公布日期", 12), ("现行版本", 10), ("文件编号", 20)]
    writer = add_sheet(book, formats, "文件清单", "文件清单", headings)
    for at, row in enumerate(documents, start=_HEADING_ROW + 1):
        severity = "warning" if row.status == "quarantined" else None
        values: list[tuple[Value, str]] = [
            (row.unit, "wrapped"),
            (row.department_name, "wrapped"),
            (row.fiscal_year, "integer"),
            (label("doc_kind", row.doc_kind), "text"),
            (label("scope", row.scope), "text"),
            (None, "link"),
            (row.page_count, "integer"),
            (label("text_layer", row.text_layer), "text"),
            (None, "text"),
            (row.status_reason, "wrapped"),
            (row.statement_count, "integer"),
            (row.unrecognised_count, "integer"),
            (row.published_on, "date"),
            ("是" if row.is_current else "否", "text"),
            (row.document_id, "text"),
        ]
        _write_row(writer, at, values)
        link_properties = formats.body("link")
        writer.link(at, 5, row.file_name or row.document_id, page_link(row.source_url, None), link_properties)
        writer.write(at, 8, label("document_status", row.status), formats.body("text", severity))
    _close_filter(writer, len(documents), len(headings))
