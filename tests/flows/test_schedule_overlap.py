"""A scheduled night that cannot begin, or that meets a foreseen failure, says why in one sentence, and shows as failed."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
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


@pytest.mark.slow
@pytest.mark.parametrize("failure", FORESEEN)
def test_a_foreseen_failure_is_one_sentence_a_record_and_no_trace(tmp_path: Path, failure: str) -> None:
    spoil, code, words = FORESEEN[failure]
    home = tmp_path / "home"
    source = "id: s\ntitle: 门户\nstart_pages: ['http://127.0.0.1:9/']\npoliteness: {attempts: 1}\n"
    (tmp_path / "source.yaml").write_text(source, encoding="utf-8")
    (tmp_path / "night.yaml").write_text("sources: [source.yaml]\n", encoding="utf-8")
    spoil(home)
    night = subprocess.run(
        [sys.executable, "-c", _ON_A_SERVER, str(tmp_path / "night.yaml"), str(home)],
        capture_output=True, text=True, check=False, timeout=400,
    )  # fmt: skip
    assert night.returncode == 0, night.stderr
    assert night.stdout.strip() == "FAILED"
    (line,) = night.stderr.strip().splitlines()
    assert words in line
    assert "Error" not in line
    (record,) = (RunReport.read(path) for path in (home / "runs").glob("*.json"))
    assert (record.status, record.exit_status) == ("failed", int(code))
    assert f"mingzhang_last_run_exit_status {int(code)}.0" in (home / "metrics.prom").read_text(
        encoding="utf-8"
    )


#: A night fired as Prefect's runner does, in a process of its own, with a server of its own.
_ON_A_SERVER = """
import sys
from pathlib import Path
from flows.environment import quiet_environment
from flows.prefect_server import prefect_server

quiet_environment(Path(sys.argv[2]))
with prefect_server():
    from flows.nightly import scheduled_night
    state = scheduled_night(sys.argv[1], sys.argv[2], return_state=True)
print(state.type.value)
"""


def test_a_night_that_was_stopped_says_so() -> None:
    assert explain(SystemExit(143)) == "收到停止信号，本夜中止；下次运行从断处继续"
    assert explain(KeyboardInterrupt()) == "被操作员中断"
