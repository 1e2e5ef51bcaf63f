"""What a wheel carries, and which names stand at the top of the repository."""

from __future__ import annotations

import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY

ROOMS = {"crawlers", "extractors", "transforms", "warehouse", "expectations", "reports", "flows", "samples"}
OTHER_FOLDERS = {"tests", "docs", "benchmarks", "deploy", ".ci"}


def tracked_files() -> list[str]:
    listing = subprocess.run(["git", "ls-files"], cwd=REPOSITORY, capture_output=True, text=True, check=False)
    if listing.returncode != 0:
        pytest.skip("not a git checkout: the list of tracked files is not to be had")
    return listing.stdout.splitlines()


def test_top_level_folders_are_the_agreed_ones() -> None:
    folders = {name.split("/")[0] for name in tracked_files() if "/" in name}
    assert folders <= ROOMS | OTHER_FOLDERS


def test_pyproject_packs_exactly_the_rooms() -> None:
    pyproject = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
    assert set(pyproject["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]) == ROOMS


def test_lock_has_hashes_and_no_address() -> None:
    lock = (REPOSITORY / "requirements.lock").read_text(encoding="utf-8")
    assert "://" not in lock
    requirements = [line for line in lock.splitlines() if line and line[0] not in " #"]
    assert requirements
    assert all("==" in line for line in requirements)
    assert lock.count("--hash=sha256:") >= len(requirements)


@pytest.mark.slow
def test_wheel_carries_code_and_data(tmp_path: Path) -> None:
    built = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stderr
    (wheel,) = tmp_path.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    for name in tracked_files():
        if name.split("/")[0] in ROOMS and (REPOSITORY / name).exists():
            assert name in names
    assert not any(name.startswith("tests/") for name in names)
