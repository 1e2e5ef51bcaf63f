"""A run report in Chinese: as Markdown (a Prefect artifact) and as a terminal panel."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence

from rich.console import Group
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from reports.labels import label
from reports.run_report import CrawlReport, RunReport

_STATUS_WORDS = {
    "running": "运行中",
    "published": "已发布",
    "unchanged": "无变化",
    "failed": "失败（昨日结果保留）",
    "interrupted": "中断（可重跑续做）",
}
_KIND_WORDS = {"nightly": "夜间运行", "ingest": "导入", "demo": "演示", "rebuild": "重建"}
_STATUS_STYLE = {"published": "green", "unchanged": "green", "failed": "red", "interrupted": "yellow"}
_MARKDOWN_SIGNS = re.compile(r"([\\`*_\[\]|#~])")

Rows = list[tuple[str, str]]


def _summary(report: RunReport) -> Rows:
    seconds = report.seconds
    rows = [
        ("运行", f"{_KIND_WORDS.get(report.kind, report.kind)} {report.run_id}"),
        ("结果", f"{_STATUS_WORDS[report.status]}，退出码 {report.exit_status}"),
        ("开始", report.started_at.strftime("%Y-%m-%d %H:%M:%S")),
    ]
    if seconds is not None:
        rows.append(("用时", f"{seconds:,.1f} 秒"))
    if report.build_id:
        rows.append(("版本", report.build_id))
    return rows


def outcome(report: RunReport) -> str:
    """Return in a few Chinese words what kind of run it was and how it ended."""
    kind = _KIND_WORDS.get(report.kind, report.kind)
    return f"{kind}：{_STATUS_WORDS[report.status]}，退出码 {report.exit_status}"


def headline(report: RunReport) -> str:
    """Return a run in one Chinese line: when, how it ended, and the news."""
    documents, findings = report.documents, report.findings
    incomplete = sum(not crawl.is_complete for crawl in report.crawls)
    parts = [
        f"{report.started_at.astimezone():%Y-%m-%d %H:%M} {_KIND_WORDS.get(report.kind, report.kind)}",
        f"{_STATUS_WORDS[report.status]}（退出码 {report.exit_status}）",
        f"新增文件 {documents.new:,}，隔离 {documents.quarantined:,}",
        "沿用上次发布的结果"
        if report.status == "unchanged"
        else f"新增例外 {findings.new:,}，已整改 {findings.fixed:,}",
        f"来源不完整 {incomplete}" if incomplete else "",
        f"出错 {len(report.errors)} 处：{report.errors[0].message}" if report.errors else "",
    ]
    return "；".join(filter(None, parts))


def _figures(report: RunReport) -> Rows:
    documents, rules, findings = report.documents, report.rules, report.findings
    return [
        (
            "文件",
            f"见到 {documents.seen:,}，新增 {documents.new:,}，入库 {documents.loaded:,}，"
            f"空白模板 {documents.template:,}，隔离 {documents.quarantined:,}",
        ),
        (
            "内容",
            f"{documents.pages:,} 页，{documents.cells:,} 格，{documents.statements:,} 张表，"
            f"{documents.amounts:,} 个金额，{documents.claims:,} 条文字数据",
        ),
        ("规则", f"{rules.rules:,} 条，其中执行出错 {rules.failed:,} 条"),
        (
            "判定",
            f"一致 {rules.exact:,}，尾差内一致 {rules.rounded:,}，不一致 {rules.violated:,}，"
            f"需人工复核 {rules.needs_review:,}，未能检查 {rules.not_evaluated:,}",
        ),
        (
            "例外",
            f"新增 {findings.new:,}，重现 {findings.reopened:,}，持续 {findings.persisting:,}，"
            f"待复核 {findings.needs_review:,}，已答复 {findings.answered:,}，已整改 {findings.fixed:,}，"
            f"已豁免 {findings.waived:,}，未能复查 {findings.unverified:,}",
        ),
    ]


_CRAWL_HEAD = ("来源", "列表页", "详情页", "附件", "新增", "有更新", "未变", "失败", "完整")


def _crawl_cells(crawl: CrawlReport) -> tuple[str, ...]:
    counts = (crawl.list_pages, crawl.detail_pages, crawl.attachments)
    results = (crawl.new, crawl.changed, crawl.unchanged, crawl.failed)
    return (crawl.source, *(f"{n:,}" for n in (*counts, *results)), "是" if crawl.is_complete else "否")


def _timing_rows(report: RunReport) -> list[tuple[str, ...]]:
    return [
        (
            label("stage", timing.stage),
            f"{timing.seconds:,.1f}",
            "" if timing.items is None else f"{timing.items:,}",
        )
        for timing in report.timings
    ]


def _error_rows(report: RunReport) -> list[tuple[str, ...]]:
    return [(label("stage", error.stage), error.item, error.message, error.advice) for error in report.errors]


def _set_aside_rows(report: RunReport) -> list[tuple[str, ...]]:
    return [(item.file_name, item.reason, item.source_url) for item in report.quarantined]


def _messages(report: RunReport) -> list[str]:
    crawled = [f"{crawl.source}：{message}" for crawl in report.crawls for message in crawl.messages]
    return [*report.warnings, *crawled]


def _sections(report: RunReport) -> list[tuple[str, Sequence[str], list[tuple[str, ...]]]]:
    """Return the tables both views show: heading, column headings, rows."""
    return [
        ("抓取", _CRAWL_HEAD, [_crawl_cells(crawl) for crawl in report.crawls]),
        ("隔离的文件", ("文件", "原因", "来源"), _set_aside_rows(report)),
        ("出错", ("阶段", "对象", "情况", "怎么办"), _error_rows(report)),
        ("提醒", ("内容",), [(message,) for message in _messages(report)]),
        ("各阶段用时", ("阶段", "秒", "件数"), _timing_rows(report)),
        ("产出", ("名称", "位置"), list(report.files.items())),
    ]


def _markdown_text(text: str) -> str:
    folded = " ".join(text.split())
    return _MARKDOWN_SIGNS.sub(r"\\\1", html.escape(folded, quote=False))


def _markdown_table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    lines = ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head)]
    lines += ["| " + " | ".join(_markdown_text(cell) for cell in row) + " |" for row in rows]
    return lines


def render_markdown(report: RunReport) -> str:
    """Return the report as GitHub-flavoured Markdown; every text from outside is escaped."""
    lines = ["# 运行报告", "", *_markdown_table(("项目", "内容"), [*_summary(report), *_figures(report)])]
    for heading, head, rows in _sections(report):
        if rows:
            lines += ["", f"## {heading}", "", *_markdown_table(head, rows)]
    return "\n".join(lines) + "\n"


def _grid(rows: Iterable[tuple[str, str]]) -> Table:
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="bold", no_wrap=True)
    grid.add_column(overflow="fold")
    for name, value in rows:
        grid.add_row(Text(name), Text(value))
    return grid


def _table(heading: str, head: Sequence[str], rows: Sequence[Sequence[str]], most: int) -> Table:
    table = Table(title=Text(heading, style="bold"), title_justify="left", expand=False)
    for name in head:
        table.add_column(Text(name), overflow="fold")
    for row in rows[:most]:
        table.add_row(*(Text(cell) for cell in row))
    if len(rows) > most:
        rest = [
            Text(f"……另有 {len(rows) - most:,} 项，见运行报告文件", style="dim"),
            *([Text("")] * (len(head) - 1)),
        ]
        table.add_row(*rest)
    return table


def render_panel(report: RunReport, most_rows: int = 20) -> Panel:
    """Return the report as a rich panel; each table shows at most ``most_rows`` rows and says how many more.

    Texts from outside are put in as ``Text``, so that square brackets in a file name are not read as markup.
    """
    parts: list[Table] = [_grid([*_summary(report), *_figures(report)])]
    parts += [_table(heading, head, rows, most_rows) for heading, head, rows in _sections(report) if rows]
    style = _STATUS_STYLE.get(report.status, "blue")
    return Panel(Group(*parts), title="明账 运行报告", border_style=style, expand=False)
