"""Commands that run a night: ``nightly``, ``ingest``, ``demo``."""

from __future__ import annotations

import os
import signal
from contextlib import nullcontext
from pathlib import Path
from types import FrameType
from typing import Annotated, NoReturn

import typer
from polars.exceptions import PanicException

from flows.command_line import AsJson, Config, Home, app, read_settings, read_sources
from flows.console import console, error_console, fail, print_json
from flows.environment import quiet_environment
from flows.exit_codes import ExitCode
from flows.failures import foreseen
from flows.journal import VARIABLE, is_wanted, open_journal
from flows.lock import night_lock
from flows.night import NightPlan, run_night
from flows.prefect_server import prefect_server
from flows.progress import TerminalProgress
from flows.settings import NightSettings, home_directory
from flows.step import plain_step
from reports.run_report import RunReport
from reports.run_report_views import render_panel

LogJson = Annotated[bool, typer.Option("--log-json", help="日志写到标准错误，每个事件一行 JSON")]


@app.command()
def nightly(
    config: Config = None, home: Home = None, as_json: AsJson = False, log_json: LogJson = False
) -> None:
    """运行一夜：抓取、提取、建库、检查、报告、发布（Prefect 流程）。"""
    begin_journal(log_json)
    settings = read_settings(config)
    sources = read_sources(settings)
    _run(
        NightPlan(home_directory(home), settings, plain_step, sources=sources),
        as_json=as_json,
        on_prefect=True,
    )


@app.command()
def ingest(
    paths: Annotated[list[Path], typer.Argument(help="PDF 文件或文件夹", exists=True)],
    config: Config = None,
    home: Home = None,
    as_json: AsJson = False,
    log_json: LogJson = False,
) -> None:
    """处理本地文件和文件夹：提取、建库、检查、报告、发布（不经过门户网站）。"""
    begin_journal(log_json)
    plan = NightPlan(home_directory(home), read_settings(config), plain_step, kind="ingest", paths=paths)
    _run(plan, as_json=as_json, on_prefect=False)


@app.command()
def demo(home: Home = None, as_json: AsJson = False) -> None:
    """演示：生成一个示例区县，在本机回环地址上架设门户，跑完一夜并显示例外清单的开头。"""
    from flows.demo import first_lines, sample_portal

    place = home_directory(home) / "demo" if home is None else home_directory(home)
    with sample_portal(place) as sources:
        settings = NightSettings()
        _run(
            NightPlan(place, settings, plain_step, kind="demo", sources=sources),
            as_json=as_json,
            on_prefect=True,
        )
    if not as_json:
        first_lines(place, console)


def begin_journal(log_json: bool) -> None:
    """Turn the structured log on where the command line or the environment asks for it."""
    if log_json:
        os.environ[VARIABLE] = "json"
    open_journal()


def _run(plan: NightPlan, *, as_json: bool, on_prefect: bool) -> None:
    """Run ``plan`` under the lock and leave with the exit code its report calls for (0 returns)."""
    signal.signal(signal.SIGTERM, _interrupt)
    quiet_environment(plan.home)
    try:
        with (
            night_lock(plan.home),
            nullcontext(plan.progress) if is_wanted() else TerminalProgress(error_console) as progress,
        ):
            plan.progress = progress
            report = _run_on_prefect(plan) if on_prefect else run_night(plan)
    except (Exception, PanicException) as error:
        ending = foreseen(error)
        if ending is None:
            raise
        where = f"数据目录 {plan.home} 正在使用：" if ending.code is ExitCode.RUNNING else ""
        fail(where + ending.sentence, ending.code, ending.advice)
    _show(report, as_json=as_json)
    if report.exit_status:
        raise typer.Exit(report.exit_status)


def _run_on_prefect(plan: NightPlan) -> RunReport:
    with prefect_server():
        from flows.nightly import run_on_prefect

        return run_on_prefect(plan)


def _show(report: RunReport, *, as_json: bool) -> None:
    if as_json:
        print_json(report.model_dump(mode="json"))
    else:
        console.print(render_panel(report))


def _interrupt(number: int, frame: FrameType | None) -> NoReturn:
    """Treat SIGTERM like Ctrl-C, so that workers and the Prefect server are ended in order."""
    raise KeyboardInterrupt
