"""The schedule really fires: on SQLite, on PostgreSQL, after the Prefect server has died; and nothing is left behind."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest
from typer.testing import CliRunner

from flows.commands import app
from flows.lock import is_night_running, is_served
from samples.district import District
from samples.portal import Portal
from samples.portal_pages import PublishedFile, build_site
from tests.flows.postgres import PostgresServer, postgres_server

pytestmark = [pytest.mark.prefect, pytest.mark.slow]

#: The sixth field is seconds: a bureau's schedule has five, a test cannot wait for minutes.
_PATIENCE_SECONDS = 900.0
EVERY_FEW_SECONDS = "* * * * * */15"


@pytest.fixture
def config(district: District, tmp_path: Path) -> Iterator[Path]:
    """A configuration with a schedule and one source, a portal on loopback that publishes one document."""
    document = district.documents[0]
    file = PublishedFile(district.path(document), document.title, "2025-09-01")
    with Portal(build_site([file])) as portal:
        source = {"id": "s", "title": "示例", "family": "static", "start_pages": [portal.start_url]}
        (tmp_path / "source.yaml").write_text(json.dumps(source, ensure_ascii=False), encoding="utf-8")
        settings = {"sources": ["source.yaml"], "schedule": {"cron": EVERY_FEW_SECONDS}, "workers": 1}
        path = tmp_path / "night.yaml"
        path.write_text(json.dumps(settings), encoding="utf-8")
        yield path


class Service:
    """A running ``mingzhang serve`` in a session of its own, and the events it logs."""

    def __init__(self, config: Path, home: Path, **environment: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "flows", "serve", "-c", str(config), "--home", str(home), "--log-json"],
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
            env={**os.environ, **environment},
        )
        self.other: list[str] = []
        self._alarm = threading.Timer(_PATIENCE_SECONDS, self.process.kill)
        self._alarm.start()

    def wait_for(self, name: str, **fields: object) -> dict[str, Any]:
        """Read events until one of that name with these fields; fails where the service ends before."""
        assert self.process.stderr is not None
        for line in self.process.stderr:
            if not line.startswith("{"):
                self.other.append(line)
                continue
            event: dict[str, Any] = json.loads(line)
            if event["event"] == name and fields.items() <= event.items():
                return event
        raise AssertionError(f"ended without {name}: {''.join(self.other)[-2000:]}")

    def members(self) -> list[psutil.Process]:
        """Every living process of the service's session."""
        found = []
        for process in psutil.process_iter(["status"]):
            try:
                if os.getsid(process.pid) == self.process.pid and process.status() != psutil.STATUS_ZOMBIE:
                    found.append(process)
            except (ProcessLookupError, psutil.Error):
                continue
        return found

    def is_gone(self, seconds: float) -> bool:
        """Say whether the whole session ends in time."""
        deadline = time.monotonic() + seconds
        while self.members() and time.monotonic() < deadline:
            self.process.poll()
            time.sleep(0.1)
        return not self.members()

    def close(self) -> None:
        """End whatever is left."""
        self._alarm.cancel()
        for process in self.members():
            process.kill()
        self.process.wait()
        assert self.process.stderr is not None
        self.process.stderr.close()


def test_the_schedule_fires_survives_its_server_and_leaves_nothing_behind(
    config: Path, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    service = Service(config, home)
    try:
        assert service.wait_for("serving")["cron"] == EVERY_FEW_SECONDS
        first = service.wait_for("run_finished")
        assert (first["kind"], first["status"]) == ("nightly", "published")
        refused = CliRunner().invoke(app, ["serve", "-c", str(config), "--home", str(home)])
        assert refused.exit_code == 5, refused.output
        server = next(one for one in service.members() if "flows.prefect_server" in one.cmdline())
        server.kill()
        service.wait_for("prefect_server_restarted")
        assert service.wait_for("run_finished")["status"] in ("unchanged", "published")
        found = json.loads(
            CliRunner().invoke(app, ["doctor", "-c", str(config), "--home", str(home), "--json"]).stdout
        )
        assert {one["state"] for one in found if one["name"] in ("定时", "上次运行")} == {"ok"}
        assert "mingzhang_last_run_exit_status 0.0" in (home / "metrics.prom").read_text(encoding="utf-8")
        service.process.terminate()
        assert service.process.wait(timeout=120) == 0
        assert service.is_gone(30), service.members()
    finally:
        service.close()


def test_a_killed_service_takes_its_night_with_it(config: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    service = Service(config, home)
    try:
        service.wait_for("run_started")
        os.kill(service.process.pid, signal.SIGKILL)
        assert service.is_gone(90), [one.cmdline() for one in service.members()]
    finally:
        service.close()
    assert not is_night_running(home)
    assert not is_served(home)


@pytest.fixture
def postgres() -> Iterator[PostgresServer]:
    with postgres_server() as server:
        yield server


def test_the_schedule_fires_on_postgresql(config: Path, postgres: PostgresServer, tmp_path: Path) -> None:
    url = f"postgresql+asyncpg://{postgres.user}@127.0.0.1:{postgres.port}/{postgres.database}"
    service = Service(config, tmp_path / "home", PREFECT_SERVER_DATABASE_CONNECTION_URL=url)
    try:
        assert service.wait_for("run_started")["kind"] == "nightly"
    finally:
        service.close()
    assert not (tmp_path / "home" / "prefect" / "prefect.db").exists()
    started = "SELECT count(*) FROM flow_run WHERE deployment_id IS NOT NULL AND start_time IS NOT NULL"
    assert int(postgres.query(started)) >= 1
