"""A scheduled night that cannot begin, or that meets a foreseen failure, says why in one sentence, and shows as failed."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import pytest

from flows.exit_codes import ExitCode
from flows.failures import explain
from flows.lock import night_lock
from flows.nightly import scheduled_night
from reports.run_report import RunReport

pytestmark = pytest.mark.prefect


def begun(config: Path, home: Path) -> str:
    """What a night says that has fired and does not begin."""
    with patch("flows.nightly.quiet_environment"), patch("flows.nightly.watch_parent"):
        state = scheduled_night.fn(str(config), str(home))
    assert state.is_failed()
    return state.message or ""


def test_another_night_is_running(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = tmp_path / "night.yaml"
    source = "id: s\ntitle: 门户\nstart_pages: ['http://127.0.0.1:9/']\n"
    (tmp_path / "source.yaml").write_text(source, encoding="utf-8")
    config.write_text("sources: [source.yaml]\n", encoding="utf-8")
    with night_lock(tmp_path / "home"):
        message = begun(config, tmp_path / "home")
    assert "到点时已有一夜在运行（进程" in message
    assert "Traceback" not in "".join(capsys.readouterr())


def test_a_mistake_in_the_configuration(tmp_path: Path) -> None:
    assert "读不到配置文件" in begun(tmp_path / "none.yaml", tmp_path / "home")
    config = tmp_path / "night.yaml"
    config.write_text("sources: [none]\n", encoding="utf-8")
    assert begun(config, tmp_path / "home").startswith("本夜没有运行：")
    reports = [RunReport.read(path) for path in (tmp_path / "home" / "runs").glob("*.json")]
    assert [(one.kind, one.status, one.exit_status) for one in reports] == [("nightly", "failed", 2)] * 2
    metrics = (tmp_path / "home" / "metrics.prom").read_text(encoding="utf-8")
    assert "mingzhang_last_run_exit_status 2.0" in metrics


def registry_as_excel_saves_it(home: Path) -> None:
    (home / "registry").mkdir(parents=True)
    (home / "registry" / "units.csv").write_text("official_name\n某区财政局\n", encoding="gb18030")


def registry_that_cannot_be_read(home: Path) -> None:
    (home / "registry" / "units.csv").mkdir(parents=True)  # root may read any file, but not a folder as one


def disk_without_room(home: Path) -> None:
    (home.parent / "night.yaml").write_text(
        "sources: [source.yaml]\nminimum_free_megabytes: 999999999\n", encoding="utf-8"
    )


def folder_where_a_file_belongs(home: Path) -> None:
    (home / "store").mkdir(parents=True)
    (home / "store" / "objects").write_text("", encoding="utf-8")


#: What goes wrong: who does it, the exit code on record, and words of the sentence.
FORESEEN: dict[str, tuple[Callable[[Path], None], ExitCode, str]] = {
    "registry": (registry_as_excel_saves_it, ExitCode.USAGE, "units.csv"),
    "registry unreadable": (registry_that_cannot_be_read, ExitCode.NOT_PUBLISHED, "units.csv"),
    "disk": (disk_without_room, ExitCode.NOT_PUBLISHED, "磁盘空间不足"),
    "store": (folder_where_a_file_belongs, ExitCode.NOT_PUBLISHED, "objects"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """What a night that failed left: its state, what it printed, and its data directory."""

    state: str
    lines: list[str]
    home: Path


@pytest.fixture(scope="module")
def nights(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Told]:
    """Every foreseen failure, one night after the other in one process on one Prefect server."""
    homes = {failure: tmp_path_factory.mktemp("night") / "home" for failure in FORESEEN}
    for failure, home in homes.items():
        source = "id: s\ntitle: 门户\nstart_pages: ['http://127.0.0.1:9/']\npoliteness: {attempts: 1}\n"
        (home.parent / "source.yaml").write_text(source, encoding="utf-8")
        (home.parent / "night.yaml").write_text("sources: [source.yaml]\n", encoding="utf-8")
        FORESEEN[failure][0](home)
    run = subprocess.run(
        [sys.executable, "-c", _ON_A_SERVER, *map(str, homes.values())],
        capture_output=True, text=True, check=False, timeout=900,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    told = run.stderr.split(_END_OF_NIGHT)
    assert told.pop().strip() == "", "said after the last night"
    return {
        failure: Told(state, text.strip().splitlines(), home)
        for (failure, home), state, text in zip(homes.items(), run.stdout.split(), told, strict=True)
    }


@pytest.mark.slow
@pytest.mark.parametrize("failure", FORESEEN)
def test_a_foreseen_failure_is_one_sentence_a_record_and_no_trace(
    nights: dict[str, Told], failure: str
) -> None:
    _, code, words = FORESEEN[failure]
    night = nights[failure]
    assert night.state == "FAILED"
    (line,) = night.lines
    assert words in line
    assert "Error" not in line
    (record,) = (RunReport.read(path) for path in (night.home / "runs").glob("*.json"))
    assert (record.status, record.exit_status) == ("failed", int(code))
    assert f"mingzhang_last_run_exit_status {int(code)}.0" in (night.home / "metrics.prom").read_text(
        encoding="utf-8"
    )


_END_OF_NIGHT = "-- end of night --\n"

#: Nights fired as Prefect's runner does, in a process of their own, with a server of its own.
_ON_A_SERVER = f"""
import sys
from pathlib import Path
from flows.environment import quiet_environment
from flows.prefect_server import prefect_server

quiet_environment(Path(sys.argv[1]))
with prefect_server():
    from flows.nightly import scheduled_night
    for home in sys.argv[1:]:
        state = scheduled_night(str(Path(home).parent / "night.yaml"), home, return_state=True)
        print(state.type.value, flush=True)
        sys.stderr.write({_END_OF_NIGHT!r})
"""


def test_a_night_that_was_stopped_says_so() -> None:
    assert explain(SystemExit(143)) == "收到停止信号，本夜中止；下次运行从断处继续"
    assert explain(KeyboardInterrupt()) == "被操作员中断"
