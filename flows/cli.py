"""The entrance: ``mingzhang …``."""

from __future__ import annotations

import importlib
import sys

from flows.console import error_console
from flows.exit_codes import ExitCode

#: Commands that only read. They are asked for again and again, and all others together take over a second to load.
READING = frozenset({"extract", "corpus-report", "exceptions", "rules", "sql", "ask", "evaluate"})


def main() -> None:
    """Run the command line; one clear line for what can be foreseen, a trace for what can not."""
    # Not at the top: worker processes import the module that started the night, and need none of the commands.
    is_reading = len(sys.argv) > 1 and sys.argv[1] in READING
    commands = importlib.import_module("flows.commands_data" if is_reading else "flows.commands")
    try:
        commands.app()
    except KeyboardInterrupt:
        error_console.print("已中断；已发布的数据仓库不受影响，重新运行即可继续。")
        sys.exit(130)
    except OSError as error:
        where = f"（{error.filename}）" if error.filename else ""
        error_console.print(f"[bold red]错误[/]：{error.strerror or error}{where}")
        sys.exit(int(ExitCode.NOT_PUBLISHED))
