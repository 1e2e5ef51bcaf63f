"""A scheduled night that cannot begin says why in one sentence, and shows as failed."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import patch

import pytest

from flows.lock import night_lock
from flows.nightly import scheduled_night
from flows.stages import explain

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


def test_a_night_that_was_stopped_says_so() -> None:
    assert explain(SystemExit(143)) == "收到停止信号，本夜中止；下次运行从断处继续"
    assert explain(KeyboardInterrupt()) == "被操作员中断"
