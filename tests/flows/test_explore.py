"""The explorer as an analyst meets it: in a browser, without a line of SQL and without the internet."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from typer.testing import CliRunner

from flows.commands import app
from flows.exit_codes import ExitCode

CHROMIUM = os.environ.get("MINGZHANG_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def explorer(published_home: Path) -> Iterator[str]:
    pytest.importorskip("marimo", reason="marimo is not installed (extra explore)")
    port = free_port()
    arguments = ["explore", "--home", str(published_home), "--port", str(port), "--no-browser"]
    process = subprocess.Popen([sys.executable, "-m", "flows", *arguments], start_new_session=True)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(240):
            try:
                urlopen(f"{address}/health", timeout=5).close()
                break
            except (URLError, OSError):
                assert process.poll() is None
                time.sleep(0.25)
        yield address
    finally:
        os.killpg(process.pid, 15)
        process.wait(30)


@pytest.mark.slow
@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium found: apt-get install chromium")
def test_exceptions_are_shown_and_filtered_without_sql(explorer: str) -> None:
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed (dev extra)")
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1400, "height": 900})
        elsewhere: list[str] = []
        page.on("request", lambda one: None if explorer[7:] in one.url else elsewhere.append(one.url))
        page.goto(explorer)
        page.get_by_text("finding_id").first.wait_for(timeout=90_000)
        page.get_by_role("tab", name="字段说明").click()
        page.get_by_text("级别").first.wait_for(timeout=30_000)
        browser.close()
    assert [url for url in elsewhere if not url.startswith(("data:", "blob:"))] == []


def test_nothing_published_is_said_plainly(tmp_path: Path) -> None:
    shown = CliRunner().invoke(app, ["explore", "--home", str(tmp_path), "--no-browser"])
    assert shown.exit_code == ExitCode.NOTHING_PUBLISHED
