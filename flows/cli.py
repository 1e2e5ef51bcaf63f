"""The entrance: ``mingzhang …``."""

from __future__ import annotations

import sys

from flows.console import error_console
from flows.exit_codes import ExitCode


def main() -> None:
    """Run the command line; one clear line for what can be foreseen, a trace for what can not."""
    # Not at the top: worker processes import the module that started the night, and need none of the commands.
    from flows.commands import app

    try:
        app()
    except KeyboardInterrupt:
        error_console.print("已中断；已发布的数据仓库不受影响，重新运行即可继续。")
        sys.exit(130)
    except OSError as error:
        where = f"（{error.filename}）" if error.filename else ""
        error_console.print(f"[bold red]错误[/]：{error.strerror or error}{where}")
        sys.exit(int(ExitCode.NOT_PUBLISHED))
