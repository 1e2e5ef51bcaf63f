"""What a person sees on the terminal: tables, progress, and one clear line for an error."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from typing import Any, NoReturn

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from flows.exit_codes import ExitCode

console = Console(highlight=False)
error_console = Console(stderr=True, highlight=False)

#: Rows of a table on the terminal; nobody scrolls through more.
MOST_ROWS = 500


def fail(message: str, code: ExitCode, advice: str = "") -> NoReturn:
    """Print one line saying what is wrong and one saying what to do, then leave with ``code``."""
    error_console.print(f"[bold red]错误[/]：{escape(message)}")
    if advice:
        error_console.print(f"[bold]处理[/]：{escape(advice)}")
    raise typer.Exit(int(code))


def say(line: str) -> None:
    """Print one line on standard error, beside whatever goes to standard output."""
    error_console.print(line, markup=False, soft_wrap=True)  # a log has no width


def print_rows(
    columns: Sequence[str], rows: Iterable[Sequence[Any]], *, as_json: bool, title: str = ""
) -> None:
    """Print rows as one JSON array for scripts, or as a table for people: the first ``MOST_ROWS`` and how many there are."""
    if as_json:
        print_json([dict(zip(columns, row, strict=True)) for row in rows])
        return
    rows = list(rows)
    table = Table(title=title or None, header_style="bold", show_lines=False)
    for column in columns:
        table.add_column(escape(column), overflow="fold")
    for row in rows[:MOST_ROWS]:
        table.add_row(*(escape("" if value is None else str(value)) for value in row))
    console.print(table)
    if len(rows) > MOST_ROWS:
        say(f"共 {len(rows):,} 行，这里列出前 {MOST_ROWS} 行；全部见 --json。")


def print_json(value: object) -> None:
    """Print ``value`` as JSON on standard output; decimals and dates as strings."""
    json.dump(value, sys.stdout, ensure_ascii=False, indent=2, default=str)
    sys.stdout.write("\n")
