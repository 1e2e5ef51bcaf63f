"""The workbook's first sheet (counts and their change) and its last (how to read and fill it in)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from xlsxwriter import Workbook

from reports.exceptions import ExceptionRow, ReportData, count_by_status
from reports.labels import SEVERITIES, label, severity_rank
from reports.workbook_format import CellWriter, Formats
from reports.workbook_sheets import set_up_printing

#: Heading and status of the counted columns; "open" is everything that still asks for action.
_COUNTED = (
    ("未了结", "open"),
    ("其中新增", "new"),
    ("其中重现", "reopened"),
    ("其中持续", "persisting"),
    ("待复核", "needs_review"),
    ("已答复", "answered"),
    ("未能复查", "unverified"),
    ("已整改", "fixed"),
    ("已豁免", "waived"),
)
_CHANGE_HEADING = "较上次增减"
_WIDTHS = (40, *([10] * len(_COUNTED)), 12)

_GUIDE = (
    "本清单由程序对照公开文件逐格核对得出，只列疑点，不修改任何公布的数。",
    "“级别”：差错指在四舍五入允许的尾差内不可能同时成立；疑点请单位说明；提示仅供参考。",
    "“状态”：新增为本次首次发现；重现为曾整改或豁免后又出现；持续为以前已发现、仍未变化。",
    "“公布的数”与“核对的数”：前者取自所指页的单元格或语句，后者由其他单元格算出或取自另一处。",
    "“来源文件”可点开原文所在页；“编号”可点开证据页（页面截图并框出每个数）。",
    "请单位在“例外清单”的黄色列填写：单位说明、处理决定、豁免理由、豁免至、填写人；不要改动“编号”列。",
    "填好后保存为原格式（.xlsx），连同文件交回财政部门；填错的行会逐行退回说明，不影响其他行。",
    "豁免须写明理由、期限和填写人；到期或数字变化后自动恢复为“重现”。",
    "以 = + - @ 开头的文字一律按文本保存，不会作为公式运行。",
)


def write_overview_sheet(
    book: Workbook, formats: Formats, data: ReportData, run_lines: Sequence[str]
) -> None:
    """Write counts by severity, family and unit, each with its change since the last run."""
    sheet = book.add_worksheet("概览")
    sheet.hide_gridlines(2)
    set_up_printing(sheet, "概览")
    for number, width in enumerate(_WIDTHS):
        sheet.set_column(number, number, width)
    writer = CellWriter(sheet, formats)
    sheet.set_row(0, 26)
    sheet.write_string(0, 0, "部门预算、决算公开核对情况", formats.title)
    note = formats.style(font_color="#595959")
    for at, line in enumerate([*_facts(data), *run_lines], start=1):
        writer.text(at, 0, line, note)
    at = 3 + len(_facts(data)) + len(run_lines)
    at = _write_block(writer, at, "按级别", _severity_groups(data.findings))
    at = _write_block(writer, at, "按类别", _groups(data.findings, lambda row: label("family", row.family)))
    _write_block(writer, at, "按单位", _groups(data.findings, lambda row: row.unit))


def _facts(data: ReportData) -> list[str]:
    loaded = sum(document.status == "loaded" for document in data.documents)
    set_aside = sum(document.status == "quarantined" for document in data.documents)
    night = f"截至 {data.night.isoformat()}。" if data.night else ""
    passed = sum(rule.exact + rule.rounded for rule in data.rules)
    judged = passed + sum(rule.violated + rule.needs_review for rule in data.rules)
    not_evaluated = sum(rule.not_evaluated for rule in data.rules)
    return [
        f"{night}文件 {len(data.documents):,} 份，入库 {loaded:,} 份，隔离 {set_aside:,} 份。",
        f"规则 {len(data.rules):,} 条，判定 {judged:,} 次，一致 {passed:,} 次；"
        f"未能检查 {not_evaluated:,} 次。",
    ]


def _severity_groups(findings: Sequence[ExceptionRow]) -> list[tuple[str, list[ExceptionRow]]]:
    extra = sorted({row.severity or "" for row in findings} - set(SEVERITIES), key=severity_rank)
    groups = [
        (label("severity", code), [row for row in findings if (row.severity or "") == code])
        for code in (*SEVERITIES, *extra)
    ]
    return [*groups, ("合计", list(findings))]


def _groups(
    findings: Sequence[ExceptionRow], key: Callable[[ExceptionRow], str]
) -> list[tuple[str, list[ExceptionRow]]]:
    """Return findings by key, those with most open ones first."""
    groups: dict[str, list[ExceptionRow]] = {}
    for row in findings:
        groups.setdefault(key(row), []).append(row)
    return sorted(groups.items(), key=lambda item: (-sum(row.is_open for row in item[1]), item[0]))


def change_since_last_run(counts: dict[str, int]) -> int:
    """Return how many more open findings there are than after the last run: come or back, less fixed."""
    return counts["new"] + counts["reopened"] - counts["fixed"]


def _write_block(
    writer: CellWriter, at: int, title: str, groups: Sequence[tuple[str, Sequence[ExceptionRow]]]
) -> int:
    formats = writer.formats
    writer.sheet.write_string(at, 0, title, formats.section)
    headings = (title[1:], *(heading for heading, _ in _COUNTED), _CHANGE_HEADING)
    for number, heading in enumerate(headings):
        writer.sheet.write_string(at + 1, number, heading, formats.heading)
    for offset, (name, rows) in enumerate(groups, start=at + 2):
        counts = count_by_status(rows)
        kind = "total" if name == "合计" else "count"
        writer.text(offset, 0, name, formats.body(f"{kind} name"))
        for number, (_, status) in enumerate(_COUNTED, start=1):
            writer.write(offset, number, counts[status], formats.body(kind))
        writer.write(offset, len(headings) - 1, change_since_last_run(counts), formats.body(f"{kind} change"))
    return at + 3 + len(groups)


def write_guide_sheet(book: Workbook, formats: Formats) -> None:
    """Write how to read the list and how to fill it in."""
    sheet = book.add_worksheet("填写说明")
    sheet.hide_gridlines(2)
    set_up_printing(sheet, "填写说明")
    sheet.set_column(0, 0, 5)
    sheet.set_column(1, 1, 110)
    sheet.set_row(0, 26)
    sheet.write_string(0, 0, "填写说明", formats.title)
    for number, line in enumerate(_GUIDE, start=1):
        sheet.write_number(number + 1, 0, number, formats.get())
        sheet.write_string(number + 1, 1, line, formats.get(text_wrap=True))
