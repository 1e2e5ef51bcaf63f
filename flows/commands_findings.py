"""Commands that record what people decide about findings: ``waive``, ``explain``, ``history``, ``import-decisions``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from flows.command_line import AsJson, Home, app
from flows.console import console, error_console, fail, print_rows
from flows.exit_codes import ExitCode
from flows.settings import home_directory
from reports.build import read_warehouse
from reports.decision_import import read_decisions
from reports.decisions import DecisionError, by_id, explain, history, lift_waiver, record, waive
from reports.exceptions import ExceptionRow
from reports.labels import labels_of
from reports.site_environment import event_words
from warehouse.ledger import LEDGER_FILE, LedgerEvent
from warehouse.query import NothingPublishedError, published_warehouse

FindingId = Annotated[str, typer.Argument(help="例外编号，如 f_0123456789abcdef")]
Person = Annotated[str, typer.Option("--by", help="经办人")]
Text = Annotated[str, typer.Option("--text", help="说明文字")]


@app.command("waive")
def waive_command(
    finding: FindingId,
    until: Annotated[str, typer.Option(help="豁免至哪一天（含），如 2026-12-31")],
    reason: Annotated[str, typer.Option(help="理由：" + "、".join(labels_of("waiver_reason").values()))],
    person: Person,
    text: Text = "",
    home: Home = None,
) -> None:
    """豁免一条例外至某日；数字一变，自动恢复。"""
    _decide(
        home,
        finding,
        lambda row: waive(row, until=_day(until), reason=reason, text=text, person=person, today=_today()),
    )


@app.command("lift-waiver")
def lift_waiver_command(finding: FindingId, person: Person, text: Text = "", home: Home = None) -> None:
    """提前撤销豁免。"""
    _decide(home, finding, lambda row: lift_waiver(row, text=text, person=person, today=_today()))


@app.command("explain")
def explain_command(
    finding: FindingId,
    person: Person,
    text: Text = "",
    accepted: Annotated[bool, typer.Option("--accept", help="单位认可，将更正")] = False,
    home: Home = None,
) -> None:
    """登记单位的答复。"""
    decision = "accept" if accepted else "explain"
    _decide(
        home, finding, lambda row: explain(row, text=text, person=person, today=_today(), decision=decision)
    )


@app.command("history")
def history_command(finding: FindingId, home: Home = None, as_json: AsJson = False) -> None:
    """列出一条例外的全部经过。"""
    events = history(_ledger(home), finding)
    if not events:
        fail(f"台账中没有 {finding}", ExitCode.USAGE, "编号见：mingzhang exceptions")
    rows = [
        (event.happened_on, event_words(event), event.person, event.note, event.expires_on)
        for event in events
    ]
    names = ("happened_on", "event", "person", "note", "expires_on")
    print_rows(names if as_json else ("日期", "经过", "经办人", "说明", "有效至"), rows, as_json=as_json)


@app.command("import-decisions")
def import_decisions(
    file: Annotated[Path, typer.Argument(help="单位填好的清单（XLSX 或 CSV）", exists=True, dir_okay=False)],
    home: Home = None,
) -> None:
    """把单位填好的清单导回台账；有误的行逐行说明，其余照常导入。"""
    try:
        read = read_decisions(file, by_id(_findings(home)), _today())
    except DecisionError as error:
        fail(str(error), ExitCode.USAGE)
    added = record(_ledger(home), read.events)
    console.print(f"读到 {len(read.events)} 条决定，其中新登记 {added} 条；未填写 {read.empty_lines} 行")
    for problem in read.errors:
        error_console.print(str(problem), markup=False, soft_wrap=True)
    if read.errors:
        raise typer.Exit(int(ExitCode.INCOMPLETE))


def _decide(home: Path | None, finding_id: str, decision: Callable[[ExceptionRow], LedgerEvent]) -> None:
    row = by_id(_findings(home)).get(finding_id)
    if row is None:
        fail(f"清单中没有 {finding_id}", ExitCode.USAGE, "编号见：mingzhang exceptions")
    try:
        event = decision(row)
    except DecisionError as error:
        fail(str(error), ExitCode.USAGE)
    added = record(_ledger(home), [event])
    console.print("已登记，下一夜生效" if added else "台账中已有同样的登记")


def _findings(home: Path | None) -> Sequence[ExceptionRow]:
    try:
        return read_warehouse(published_warehouse(home_directory(home))).findings
    except NothingPublishedError as error:
        fail(str(error), ExitCode.NOTHING_PUBLISHED)


def _ledger(home: Path | None) -> Path:
    return home_directory(home) / "ledger" / LEDGER_FILE


def _today() -> date:
    return datetime.now(UTC).astimezone().date()


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        fail(f"“{text}”不是日期", ExitCode.USAGE, "写成 2026-12-31 的样子")
