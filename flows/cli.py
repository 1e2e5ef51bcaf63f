"""The command line: ``mingzhang …``. Each command is thin; what it does lives in the rooms."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from flows.console import error_console, fail
from flows.exit_codes import ExitCode

app = typer.Typer(
    name="mingzhang",
    help="明账：把公开的部门预决算 PDF 变成数据仓库和例外清单。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

Home = Annotated[
    Path | None, typer.Option("--home", help="数据目录（默认取环境变量 MINGZHANG_HOME，否则 ./data）")
]
Config = Annotated[Path | None, typer.Option("--config", "-c", help="夜间任务配置（YAML）")]
AsJson = Annotated[bool, typer.Option("--json", help="输出 JSON，供脚本使用")]


def _register() -> None:
    """Attach every command module; each defines its commands on ``app``."""
    from flows import (
        commands_data,
        commands_explore,
        commands_findings,
        commands_night,
        commands_operate,
        commands_registry,
    )

    del (
        commands_data,
        commands_explore,
        commands_findings,
        commands_night,
        commands_operate,
        commands_registry,
    )


def main() -> None:
    """Run the command line; one clear line for what can be foreseen, a trace for what can not."""
    _register()
    try:
        app()
    except KeyboardInterrupt:
        error_console.print("已中断；已发布的数据仓库不受影响，重新运行即可继续。")
        sys.exit(130)
    except OSError as error:
        where = f"（{error.filename}）" if error.filename else ""
        error_console.print(f"[bold red]错误[/]：{error.strerror or error}{where}")
        sys.exit(int(ExitCode.NOT_PUBLISHED))


def require(condition: bool, message: str, advice: str = "") -> None:
    """Leave with a usage error unless ``condition`` holds."""
    if not condition:
        fail(message, ExitCode.USAGE, advice)
