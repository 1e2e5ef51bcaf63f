"""Commands for whoever runs the house: ``doctor``."""

from __future__ import annotations

from dataclasses import asdict

import typer

from flows.cli import AsJson, Config, Home, app
from flows.commands_night import read_settings
from flows.console import console, print_json
from flows.doctor import examine
from flows.exit_codes import ExitCode
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
