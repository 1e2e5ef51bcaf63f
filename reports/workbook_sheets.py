"""The sheets of the workbook below the overview: tables with one heading row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from math import ceil

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from reports.exceptions import DocumentRow, ExceptionRow, MissingDisclosure, NotChecked, RuleRow, page_link
from reports.labels import UNKNOWN_UNIT, label, labels_of
from reports.list_columns import DECISION, EXPIRES, IDENTIFIER, LIST_COLUMNS, REASON, SEVERITY, Value
from reports.workbook_format import CellWriter, Formats

HEADING_ROW = 2
_PAPER_A4, _PAPER_A3 = 9, 8

#: Points a printed line of the body font takes, and the most lines one row is given.
_LINE_HEIGHT, _MOST_LINES = 14, 20

#: The list prints up to the first column that is to be filled in.
_PRINTED_COLUMNS = next(number for number, column in enumerate(LIST_COLUMNS) if column.kind == "answer")

#: So many rules are told by name where they could not be checked.
_NAMED_RULES = 6

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
        sheet.write_string(HEADING_ROW, number, heading, formats.heading)
    sheet.set_row(HEADING_ROW, 30)
    sheet.freeze_panes(HEADING_ROW + 1, 0)
    set_up_printing(sheet, title)
    sheet.repeat_rows(HEADING_ROW)
    return CellWriter(sheet, formats, [width for _, width in headings])


def set_up_printing(sheet: Worksheet, title: str) -> None:
    """A4 landscape, all columns on one page's width, page numbers below."""
    sheet.set_landscape()
    sheet.set_paper(_PAPER_A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer(f"&L{title.replace('&', '&&')}&R第 &P 页，共 &N 页")


def close_filter(writer: CellWriter, row_count: int, column_count: int) -> None:
    """Put the filter over a table that has been written."""
    writer.sheet.autofilter(HEADING_ROW, 0, HEADING_ROW + max(row_count, 1), column_count - 1)


def write_list_sheet(
    book: Workbook, formats: Formats, findings: Sequence[ExceptionRow], title: str, site_link: SiteLink | None
) -> None:
    """Write the exception list: every finding once, filterable, with the columns to be filled in."""
    headings = [(column.heading, column.width) for column in LIST_COLUMNS]
    writer = add_sheet(book, formats, "例外清单", title, headings)
    for offset, row in enumerate(findings, start=HEADING_ROW + 1):
        values = [column.value(row) for column in LIST_COLUMNS]
        wrapped = [
            (value, column.width)
            for column, value in zip(LIST_COLUMNS, values, strict=True)
            if column.kind in ("wrapped", "link")
        ]
        writer.sheet.set_row(offset, row_height(wrapped))
        for number, (column, value) in enumerate(zip(LIST_COLUMNS, values, strict=True)):
            style = formats.body(column.kind, row.severity if column.heading == SEVERITY else None)
            if column.kind == "link":
                writer.link(offset, number, str(value or ""), row.source_link, style)
            elif column.heading == IDENTIFIER and site_link is not None:
                writer.link(offset, number, str(value), site_link(row), style)
            else:
                writer.write(offset, number, value, style)
    close_filter(writer, len(findings), len(LIST_COLUMNS))
    writer.sheet.freeze_panes(HEADING_ROW + 1, 3)
    writer.sheet.set_paper(_PAPER_A3)
    writer.sheet.print_area(0, 0, HEADING_ROW + len(findings), _PRINTED_COLUMNS - 1)
    _validate_answers(writer.sheet, len(findings))


def _validate_answers(sheet: Worksheet, count: int) -> None:
    if not count:
        return
    places = {column.heading: number for number, column in enumerate(LIST_COLUMNS)}
    last = HEADING_ROW + count
    for heading, kind in ((DECISION, "decision"), (REASON, "waiver_reason")):
        rule = {"validate": "list", "source": list(labels_of(kind).values()), "error_title": "请从列表中选择"}
        sheet.data_validation(HEADING_ROW + 1, places[heading], last, places[heading], rule)
    hint = {
        "validate": "any",
        "input_title": "豁免至",
        "input_message": "日期，如 2026-12-31；到期后自动恢复",
    }
    sheet.data_validation(HEADING_ROW + 1, places[EXPIRES], last, places[EXPIRES], hint)


def row_height(texts: Iterable[tuple[Value, float]]) -> float:
    """Return the height in points that shows wrapped texts in columns of their widths; Chinese takes two a character.

    Set by us because LibreOffice does not grow folded rows by itself.
    """
    lines = [_line_count(str(value), width) for value, width in texts if value]
    return _LINE_HEIGHT * min(max([1, *lines]), _MOST_LINES) + 2


def _line_count(text: str, width: float) -> int:
    if 2 * len(text) < width and "\n" not in text:
        return 1
    return sum(ceil((len(line.encode("gb18030", "replace")) + 1) / width) for line in text.split("\n"))


def write_not_checked_sheet(
    book: Workbook, formats: Formats, rows: Sequence[NotChecked], rules: Sequence[RuleRow]
) -> None:
    """Write what no rule could judge, and why: silence is never a pass."""
    known = {rule.rule_id: rule for rule in rules}
    headings = [("单位", 28), ("年度", 8), ("文种", 8), ("情况", 14), ("原因", 28), ("规则数", 8)]
    headings += [("规则", 60), ("文件", 36)]
    writer = add_sheet(book, formats, "未能检查", "未能检查的规则及原因", headings)
    for at, row in enumerate(rows, start=HEADING_ROW + 1):
        values: list[tuple[Value, str]] = [
            (row.unit_name or UNKNOWN_UNIT, "wrapped"),
            (row.fiscal_year, "integer"),
            (label("doc_kind", row.doc_kind), "text"),
            (label("verdict", row.verdict), "text"),
            (label("reason", row.reason), "wrapped"),
            (row.rule_count, "integer"),
            (_rules_in_words(row.rule_ids, known), "wrapped"),
            (row.file_name or row.document_id or "", "wrapped"),
        ]
        write_row(writer, at, values)
    close_filter(writer, len(rows), len(headings))


def _rules_in_words(rule_ids: Sequence[str], known: Mapping[str, RuleRow]) -> str:
    """Return a few rules by name, many by family: a hundred names are read by nobody."""
    if len(rule_ids) <= _NAMED_RULES:
        return "、".join((known[one].title or one) if one in known else one for one in rule_ids)
    families = Counter(
        label("family", known[one].family if one in known else None) or "其他" for one in rule_ids
    )
    return "、".join(f"{name} {count} 条" for name, count in families.most_common())


def write_row(writer: CellWriter, at: int, values: Sequence[tuple[Value, str]]) -> None:
    """Write one row of a table: values with their column kinds, high enough for what is wrapped."""
    wrapped = [
        (value, width)
        for (value, kind), width in zip(values, writer.widths, strict=False)
        if kind == "wrapped"
    ]
    writer.sheet.set_row(at, row_height(wrapped))
    for number, (value, kind) in enumerate(values):
        writer.write(at, number, value, writer.formats.body(kind))


def write_missing_sheet(book: Workbook, formats: Formats, rows: Sequence[MissingDisclosure]) -> None:
    """Write disclosures that should exist and were not found, and those that came late."""
    headings = [("单位", 30), ("主管部门", 24), ("年度", 8), ("文种", 8), ("情况", 12), ("应公开日期", 12)]
    headings += [("公开日期", 12), ("逾期天数", 10), ("说明", 44)]
    writer = add_sheet(book, formats, "未公开或逾期", "未见公开或逾期公开", headings)
    for at, row in enumerate(rows, start=HEADING_ROW + 1):
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
        write_row(writer, at, values)
    close_filter(writer, len(rows), len(headings))


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
    for at, row in enumerate(documents, start=HEADING_ROW + 1):
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
        write_row(writer, at, values)
        name, address = row.file_name or row.document_id, page_link(row.source_url, None)
        writer.link(at, 5, name, address, formats.body("link"))
        writer.write(at, 8, label("document_status", row.status), formats.body("text", severity))
    close_filter(writer, len(documents), len(headings))
