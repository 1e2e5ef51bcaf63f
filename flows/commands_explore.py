"""``explore``: the published warehouse in a browser, for people who write no SQL."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from typing import Annotated

import typer

from flows.command_line import Home, app
from flows.console import console, fail
from flows.environment import quiet_environment
from flows.exit_codes import ExitCode
from flows.settings import home_directory
from warehouse.query import NothingPublishedError, published_warehouse


@app.command()
def explore(
    home: Home = None,
    port: Annotated[int, typer.Option(help="本机端口")] = 8920,
    open_browser: Annotated[bool, typer.Option("--browser/--no-browser", help="自动打开浏览器")] = True,
) -> None:
    """在浏览器里翻看、筛选和汇总已发布的数据，不用写 SQL（marimo，只读，只在本机）。"""
    try:
        warehouse = published_warehouse(home_directory(home))
    except NothingPublishedError as error:
        fail(str(error), ExitCode.NOTHING_PUBLISHED)
    if importlib.util.find_spec("marimo") is None:
        fail("没有安装 marimo", ExitCode.USAGE, "安装 mingzhang[explore]")
    quiet_environment()
    console.print(f"数据浏览：http://127.0.0.1:{port}　（Ctrl-C 结束；新的一夜发布后请重新启动）")
    command = [
        sys.executable,
        "-m",
        "marimo",
        "run",
        _notebook(),
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
    ]
    command += ["--no-sandbox", "--no-check"] + ([] if open_browser else ["--headless"])
    environment = {**os.environ, "MINGZHANG_EXPLORED": str(warehouse)}
    raise typer.Exit(subprocess.run(command, env=environment, check=False).returncode)  # noqa: S603 - our own notebook


def _notebook() -> str:
    """Return the file of the notebook; marimo runs files, not modules."""
    found = importlib.util.find_spec("reports.explorer")
    assert found is not None and found.origin is not None
    return found.origin
