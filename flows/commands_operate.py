"""Commands for whoever runs the house: ``doctor``, ``backup``, ``restore``, ``serve``."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from flows.backup import RestoreError, back_up
from flows.backup import restore as unpack
from flows.command_line import AsJson, Config, Home, app
from flows.commands_night import read_settings
from flows.console import console, fail, print_json
from flows.doctor import examine
from flows.environment import quiet_environment
from flows.exit_codes import ExitCode
from flows.lock import NightIsRunningError, night_lock
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
    place = home_directory(home)
    try:
        with night_lock(place):
            count = back_up(place, archive, config)
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


@app.command()
def serve(config: Config = None, home: Home = None) -> None:
    """按配置中的 schedule 定时运行（前台；由 systemd 等守护）。"""
    settings = read_settings(config)
    if settings.schedule is None or config is None:
        fail("配置中没有 schedule", ExitCode.USAGE, '在配置文件中写 schedule: {cron: "0 2 * * *"}')
    place = home_directory(home)
    quiet_environment(place)
    from flows.prefect_server import prefect_server

    with prefect_server():
        from flows.nightly import serve_schedule

        serve_schedule(config.absolute(), place, settings.schedule)
