"""What all commands share: the application they are put on, their common options, and the configuration."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from crawlers.settings import Source, SourceError, load_all_sources
from flows.console import fail
from flows.exit_codes import ExitCode
from flows.settings import NightSettings, SettingsError, load_settings

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


def read_settings(config: Path | None) -> NightSettings:
    """Read the configuration; leaves with a clear line where it cannot be used."""
    try:
        return load_settings(config)
    except SettingsError as error:
        fail(str(error), ExitCode.USAGE)


def read_sources(settings: NightSettings) -> list[Source]:
    """Read the declared sources; leaves with a clear line where there are none or they cannot be used."""
    try:
        sources = load_all_sources(settings.sources)
    except (SourceError, OSError) as error:
        fail(str(error), ExitCode.USAGE)
    if not sources:
        advice = "在配置文件的 sources 中列出来源文件，或用 mingzhang ingest 处理本地文件"
        fail("配置里没有来源", ExitCode.USAGE, advice)
    return sources
