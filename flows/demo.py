"""The demonstration: the generated district behind its own portal on loopback, and one night against it."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console

from crawlers.settings import Politeness, Source
from reports.build import CSV_NAME
from samples.district import generate_district, load_district
from samples.portal import district_files, serve_files

#: The same address each time, where it is free, so that a second demonstration shows an incremental night.
_PORT = 8910
_LINES_SHOWN = 8


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
    """Print where the exception list is and how it begins."""
    listing = home / "reports" / CSV_NAME
    console.print(f"\n例外清单：[bold]{listing.resolve()}[/]")
    lines = listing.read_text(encoding="utf-8-sig").splitlines()
    for line in lines[: _LINES_SHOWN + 1]:
        console.print(line, markup=False, overflow="ellipsis", no_wrap=True)
    if len(lines) > _LINES_SHOWN + 1:
        console.print(f"……共 {len(lines) - 1} 条")
