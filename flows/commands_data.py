"""Commands that read what is published: ``exceptions``, ``rules``, ``sql``, ``ask``, ``evaluate``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from expectations.catalogue import load_rules
from expectations.evaluate import evaluate as compare
from flows.command_line import AsJson, Home, app
from flows.console import console, fail, print_json, print_rows
from flows.exit_codes import ExitCode
from flows.settings import home_directory
from reports.labels import label
from warehouse.ask import ParameterError, UnknownQuestionError, questions
from warehouse.ask import ask as answer
from warehouse.query import NothingPublishedError, QueryError, QueryResult, open_warehouse, run_query

_SEVERITIES = ("error", "warning", "notice")

_EXCEPTIONS = """
SELECT severity, unit_name, fiscal_year, doc_kind, rule_id, title, message, page, status, first_seen, finding_id
FROM mart.exception
WHERE ($severity IS NULL OR severity = $severity)
  AND ($unit IS NULL OR contains(unit_name, $unit))
  AND ($rule IS NULL OR rule_id = $rule)
  AND ($status IS NULL OR status = $status)
ORDER BY array_position(['error', 'warning', 'notice'], severity), unit_name, fiscal_year, rule_id, finding_id
"""

_EXCEPTION_COLUMNS = (
    "级别",
    "单位",
    "年度",
    "文种",
    "规则",
    "标题",
    "说明",
    "页",
    "状态",
    "首次发现",
    "编号",
)


def query(home: Path | None, sql: str, parameters: dict[str, object] | None = None) -> QueryResult:
    """Run one statement on the published warehouse; leaves with a clear line where that cannot be done."""
    try:
        return run_query(home_directory(home), sql, parameters)
    except NothingPublishedError as error:
        fail(str(error), ExitCode.NOTHING_PUBLISHED)
    except QueryError as error:
        fail(f"SQL 无法执行：{error}", ExitCode.USAGE, '表和字段见：mingzhang sql "SHOW ALL TABLES"')


@app.command()
def exceptions(
    home: Home = None,
    severity: Annotated[str | None, typer.Option(help="error、warning 或 notice")] = None,
    unit: Annotated[str | None, typer.Option(help="单位名称（包含即可）")] = None,
    rule: Annotated[str | None, typer.Option(help="规则编号")] = None,
    status: Annotated[str | None, typer.Option(help="new、persisting 等")] = None,
    as_json: AsJson = False,
) -> None:
    """列出例外清单。"""
    if severity is not None and severity not in _SEVERITIES:
        fail(f"没有 {severity} 这个级别", ExitCode.USAGE, f"可选：{'、'.join(_SEVERITIES)}")
    found = query(home, _EXCEPTIONS, {"severity": severity, "unit": unit, "rule": rule, "status": status})
    if as_json:
        print_json(found.records())
        return
    print_rows(_EXCEPTION_COLUMNS, found.rows, as_json=False, title=f"例外清单（{len(found.rows)} 条）")


@app.command()
def rules(
    family: Annotated[str | None, typer.Option(help="规则族，如 ARI")] = None, as_json: AsJson = False
) -> None:
    """列出在用的勾稽规则。"""
    chosen = [rule for rule in load_rules() if family is None or rule.family == family]
    rows = [(rule.id, rule.severity, rule.family, rule.title, rule.basis) for rule in chosen]
    if as_json:
        names = ("rule_id", "severity", "family", "title", "basis")
        print_rows(names, rows, as_json=True)
        return
    print_rows(("编号", "级别", "族", "标题", "依据"), rows, as_json=False, title=f"规则（{len(rows)} 条）")


@app.command()
def sql(
    statement: Annotated[str, typer.Argument(help="一条 SQL，只读")],
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """在已发布的数据仓库上执行一条 SQL（只读）。"""
    found = query(home, statement)
    if as_json:
        print_json(found.records())
        return
    print_rows(found.columns, found.rows, as_json=False)


@app.command()
def ask(
    name: Annotated[str | None, typer.Argument(help="问题的名称")] = None,
    given: Annotated[list[str] | None, typer.Option("--set", help="参数，写作 名称=值，可重复")] = None,
    list_all: Annotated[bool, typer.Option("--list", help="列出全部问题")] = False,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """回答一个现成的分析问题。"""
    if list_all or name is None:
        _list_questions(as_json=as_json)
        return
    try:
        found = answer(home_directory(home), name, _parameters(given or ()))
    except (UnknownQuestionError, ParameterError) as error:
        fail(str(error), ExitCode.USAGE, "全部问题见：mingzhang ask --list")
    except NothingPublishedError as error:
        fail(str(error), ExitCode.NOTHING_PUBLISHED)
    if as_json:
        print_json(found.records())
        return
    print_rows(found.columns, found.rows, as_json=False, title=questions()[name].title)


def _list_questions(*, as_json: bool) -> None:
    if as_json:
        print_json([question.record() for question in questions().values()])
        return
    rows = [
        (question.name, question.title, "，".join(one.name for one in question.parameters))
        for question in questions().values()
    ]
    print_rows(("名称", "问题", "参数"), rows, as_json=False)


def _parameters(given: Iterable[str]) -> dict[str, str]:
    parameters = {}
    for text in given:
        name, sign, value = text.partition("=")
        if not sign:
            fail(f"参数“{text}”应写作 名称=值", ExitCode.USAGE)
        parameters[name.strip()] = value.strip()
    return parameters


@app.command()
def evaluate(
    truth: Annotated[Path, typer.Argument(help="人工核对的结论（JSON 文件，或其所在文件夹）", exists=True)],
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """把已发布的例外与人工核对的结论相比：找到多少，误报多少，其余待判定。"""
    try:
        with open_warehouse(home_directory(home)) as connection:
            result = compare(connection, truth)
    except NothingPublishedError as error:
        fail(str(error), ExitCode.NOTHING_PUBLISHED)
    if as_json:
        print_json(asdict(result))
        return
    rows = [(label("severity", severity), *result.recall[severity]) for severity in _SEVERITIES]
    rows.append(("疑似问题", *result.suspicious))
    print_rows(
        ("级别", "找到", "应有"), rows, as_json=False, title=f"与人工结论相比（{result.documents} 份文件）"
    )
    console.print(f"误报：{'、'.join(result.false_alarms) or '无'}", markup=False)
    console.print(f"未找到：{'、'.join(result.missed) or '无'}", markup=False)
    for finding in result.to_adjudicate:
        console.print(
            f"待判定：{finding['file_name']} 第 {finding['page']} 页 {finding['message']}", markup=False
        )
