"""Commands for whoever runs the house: ``doctor``, ``backup``, ``restore``, ``retry``, ``serve``."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from flows.backup import RestoreError, back_up
from flows.backup import restore as unpack
from flows.command_line import AsJson, Config, Home, app, read_settings, read_sources
from flows.commands_night import LogJson, begin_journal
from flows.console import console, fail, print_json
from flows.doctor import examine
from flows.environment import quiet_environment
from flows.exit_codes import ExitCode
from flows.journal import event, is_wanted
from flows.lock import AlreadyServingError, NightIsRunningError, night_lock, serving
from flows.prefect_server import PrefectServerError, prefect_server
from flows.quarantine import release
from flows.settings import home_directory

_SIGNS = {"ok": "[green]正常[/]", "warning": "[yellow]注意[/]", "error": "[red]故障[/]"}


@app.command()
def doctor(config: Config = None, home: Home = None, as_json: AsJson = False) -> None:
    """检查安装与数据目录的健康状况；有故障时退出码为 3。"""
    findings = examine(home_directory(home), read_settings(config))
    if as_json:
        print_json([asdict(finding) for finding in findings])
    else:
        for finding in findings:
            console.print(f"{_SIGNS[finding.state]}　[bold]{finding.name}[/]　{finding.detail}")
            if finding.advice:
                console.print(f"　　　→ {finding.advice}")
    if any(finding.state == "error" for finding in findings):
        raise typer.Exit(int(ExitCode.INCOMPLETE))


@app.command()
def backup(
    archive: Annotated[Path, typer.Argument(help="备份文件，如 备份.tar.gz", dir_okay=False)],
    config: Config = None,
    home: Home = None,
) -> None:
    """备份文件库、台账、运行记录和配置；其余都能由它们重建。"""
    place, settings = home_directory(home), read_settings(config)
    named = [*settings.sources, *([settings.registry] if settings.registry else [])]
    try:
        with night_lock(place):
            count = back_up(place, archive, config, named)
    except NightIsRunningError as error:
        fail(f"数据目录 {place} 正在使用：{error}", ExitCode.RUNNING, "等它结束后再试")
    console.print(f"已备份 {count} 个文件到 {archive}（{archive.stat().st_size / 1e6:.1f} MB）")


@app.command()
def restore(
    archive: Annotated[Path, typer.Argument(help="备份文件", exists=True, dir_okay=False)], home: Home = None
) -> None:
    """把备份恢复到空的数据目录；随后运行一夜即可重建仓库。"""
    place = home_directory(home)
    try:
        count = unpack(archive, place)
    except RestoreError as error:
        fail(str(error), ExitCode.USAGE)
    console.print(f"已恢复 {count} 个文件到 {place}；运行 mingzhang nightly 或 mingzhang ingest 重建仓库")
    configuration = place / "configuration"
    if configuration.is_dir():
        console.print(f"配置在 {configuration}，其中 elsewhere 下的文件原来在别处，按其路径放回")


@app.command()
def retry(
    documents: Annotated[
        list[str] | None, typer.Argument(help="文件编号或 sha256 的开头；不写为全部")
    ] = None,
    home: Home = None,
) -> None:
    """让因超时、内存、进程异常而隔离的文件在下一夜重新提取（例如加大 document_limits 之后）。"""
    place = home_directory(home)
    try:
        with night_lock(place):
            released = release(place, tuple(documents or ()))
    except NightIsRunningError as error:
        fail(f"数据目录 {place} 正在使用：{error}", ExitCode.RUNNING, "等它结束后再试")
    console.print(f"{len(released)} 份文件将在下一夜重新提取")
    for sha256, reason in released:
        console.print(f"　{sha256[:16]}　{reason}", markup=False)


@app.command()
def serve(config: Config = None, home: Home = None, log_json: LogJson = False) -> None:
    """按配置中的 schedule 定时运行（前台；由 systemd 等守护）。"""
    begin_journal(log_json)
    settings = read_settings(config)
    schedule = settings.schedule
    if schedule is None or config is None:
        fail("配置中没有 schedule", ExitCode.USAGE, '在配置文件中写 schedule: {cron: "0 2 * * *"}')
    read_sources(settings)
    place = home_directory(home)
    quiet_environment(place)
    try:
        with serving(place), prefect_server():
            from flows.nightly import serve_schedule

            following = schedule.due_after(datetime.now(UTC))
            event("serving", cron=schedule.cron, timezone=schedule.timezone, next=following.isoformat())
            if not is_wanted():
                console.print(
                    f"按“{schedule.cron}”（{schedule.timezone}）定时运行，下次 {following:%Y-%m-%d %H:%M}"
                )
            serve_schedule(config.absolute(), place, schedule)
    except AlreadyServingError as error:
        fail(str(error), ExitCode.RUNNING)
    except PrefectServerError as error:
        fail(str(error), ExitCode.NOT_PUBLISHED)
