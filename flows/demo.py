"""The demonstration: the generated district behind its own portal on loopback, and one night against it."""

from __future__ import annotations

import csv
import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from crawlers.settings import Politeness, Source
from reports.build import CSV_NAME, SITE_FOLDER, UNIT_FOLDER
from samples.district import generate_district, load_district
from samples.portal import district_files, serve_files

#: The same address each time, where it is free, so that a second demonstration shows an incremental night.
_PORT = 8910
#: How many problems the demonstration shows, and how much of each.
_LINES_SHOWN, _MOST_CHARACTERS = 6, 100

_BLANK_BESIDE_CHINESE = re.compile("(?<=[\u3000-\u9fff]) +| +(?=[\u3000-\u9fff])")


@contextmanager
def sample_portal(home: Path) -> Iterator[list[Source]]:
    """Generate the sample district below ``home`` (once), serve it on loopback and yield its source declaration."""
    directory = home / "sample_district"
    district = (
        load_district(directory) if (directory / "truth.json").exists() else generate_district(directory)
    )
    with serve_files(district_files(district), _free_port()) as portal:
        yield [
            Source(
                id="sample-district",
                title="示例区预决算公开专栏",
                start_pages=(portal.start_url,),
                politeness=Politeness(delay_seconds=0),
            )
        ]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", _PORT))
        except OSError:
            return 0
    return _PORT


def first_lines(home: Path, console: Console) -> None:
    """Print how the exception list begins, one line for each kind of problem, and where to open it."""
    reports = home.resolve() / "reports"
    with (reports / CSV_NAME).open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    kinds = {row["问题"]: row for row in reversed(rows)}
    shown = [row for row in rows if row is kinds[row["问题"]]][:_LINES_SHOWN]
    table = Table(
        title=f"例外清单共 {len(rows)} 条，各类问题举一例",
        title_justify="left",
        show_header=False,
        show_lines=True,
    )
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for row in shown:
        problem = Text(row["问题"], style="bold")
        problem.append(f"　{row['单位']} {row['年度']}{row['文种']}", style="not bold dim")
        if row["核对的数"]:
            problem.append(f"\n公布的数 {row['公布的数']}，核对的数 {row['核对的数']}", style="not bold")
        problem.append(f"\n{_shortened(row['说明'], _MOST_CHARACTERS)}", style="not bold")
        table.add_row(Text(row["级别"]), problem)
    console.print()
    console.print(table)
    console.print(f"打开网页看证据：[bold]{reports / SITE_FOLDER / 'index.html'}[/]", soft_wrap=True)
    console.print(f"发给单位的清单：[bold]{reports / UNIT_FOLDER}[/]", soft_wrap=True)


def _shortened(text: str, length: int) -> str:
    """Return the beginning of a text, without blanks beside Chinese characters: a terminal would break lines only there."""
    joined = _BLANK_BESIDE_CHINESE.sub("", text)
    return joined if len(joined) <= length else joined[: length - 1] + "…"
