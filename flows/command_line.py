"""What all commands share: the application they are put on, and their common options."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

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
