"""A data directory is numbered, brought forward step by step, and refused when it comes from the future."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from flows.commands import app
from flows.data_directory import (
    FORMAT_FILE,
    STEPS,
    DataDirectoryError,
    Step,
    bring_forward,
    current_format,
    pending_steps,
)
from flows.documents import prune_versions
from flows.exit_codes import ExitCode
from samples.district import District
from tests.flows.conftest import ingest


def test_a_new_directory_gets_the_newest_number_and_no_step(tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert bring_forward(home) == []
    assert current_format(home) == STEPS[-1].leads_to


def test_an_unnumbered_directory_is_brought_forward_once(tmp_path: Path) -> None:
    (tmp_path / "store").mkdir()
    assert current_format(tmp_path) == 0
    assert [step.leads_to for step in bring_forward(tmp_path)] == [step.leads_to for step in STEPS]
    assert bring_forward(tmp_path) == []


def test_a_step_that_is_killed_is_repeated_and_the_ones_before_it_are_not(tmp_path: Path) -> None:
    (tmp_path / "store").mkdir()
    seen: list[int] = []

    def killed(home: Path) -> None:
        seen.append(2)
        if seen.count(2) == 1:
            raise OSError("the disk is full")

    steps = (Step(1, "一", lambda home: seen.append(1)), Step(2, "二", killed))
    with pytest.raises(OSError, match="full"):
        bring_forward(tmp_path, steps)
    assert current_format(tmp_path) == 1
    bring_forward(tmp_path, steps)
    assert seen == [1, 2, 2]
    assert current_format(tmp_path) == 2


@pytest.mark.parametrize("text", ["99", "one"])
def test_a_directory_from_the_future_or_unreadable_is_refused(text: str, tmp_path: Path) -> None:
    (tmp_path / FORMAT_FILE).write_text(text, encoding="utf-8")
    with pytest.raises(DataDirectoryError):
        pending_steps(tmp_path)


def test_a_night_refuses_and_doctor_names_it(tmp_path: Path, district: District) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / FORMAT_FILE).write_text("99", encoding="utf-8")
    arguments = ["ingest", str(district.path(district.documents[0])), "--home", str(home)]
    refused = CliRunner().invoke(app, arguments)
    assert refused.exit_code == ExitCode.NOT_PUBLISHED
    assert "格式 99" in refused.output
    assert not (home / "store").exists()
    looked_at = json.loads(CliRunner().invoke(app, ["doctor", "--home", str(home), "--json"]).stdout)
    assert any(one["state"] == "error" and "格式 99" in one["detail"] for one in looked_at)


def test_sets_of_earlier_versions_go_once_the_new_ones_are_published(
    first_document_home: Path, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    shutil.copytree(first_document_home, home, symlinks=True)
    kept = sorted(path.name for path in (home / "extracted").iterdir())
    for root in ("extracted", "facts"):
        (home / root / "0-older" / "ab").mkdir(parents=True)
    assert prune_versions(home) == 2
    assert sorted(path.name for path in (home / "extracted").iterdir()) == kept
    assert ingest(home).status == "unchanged"
