"""The entrance: ``mingzhang …``."""

from __future__ import annotations

import importlib
import sys

from flows.console import error_console
from flows.exit_codes import ExitCode

#: Commands whose module is loaded alone, by module: they are asked for again and again, and all others together take
#: seconds to load. (Of a module with one command, Typer would make a program without commands.)
LOADED_ALONE = {
    "flows.commands_data": frozenset({"exceptions", "rules", "sql", "ask", "evaluate"}),
    "flows.commands_documents": frozenset({"extract", "corpus-report"}),
    "flows.commands_findings": frozenset({"waive", "lift-waiver", "explain", "history", "import-decisions"}),
    "flows.commands_registry": frozenset({"units", "accept-unit", "accept-subject", "export"}),
}


def main() -> None:
    """Run the command line; one clear line for what can be foreseen, a trace for what can not."""
    # Not at the top: worker processes import the module that started the night, and need none of the commands.
    asked = sys.argv[1] if len(sys.argv) > 1 else ""
    module = next((name for name, names in LOADED_ALONE.items() if asked in names), "flows.commands")
    commands = importlib.import_module(module)
    try:
        commands.app()
    except KeyboardInterrupt:
        error_console.print("已中断；已发布的数据仓库不受影响，重新运行即可继续。")
        sys.exit(130)
    except OSError as error:
        from flows.failures import explain

        where = f"（{error.filename}）" if error.filename else ""
        error_console.print(f"[bold red]错误[/]：{explain(error)}{where}")
        sys.exit(int(ExitCode.NOT_PUBLISHED))
