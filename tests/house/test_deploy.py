"""What an operator installs: systemd units, the container recipe, and the bundle for a machine without a network."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from samples.district import District
from tests.conftest import REPOSITORY
from tests.flows.test_demo_offline import without_network

DEPLOY = REPOSITORY / "deploy"
UNITS = DEPLOY / "systemd"


def run(*command: str | Path, **options: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(one) for one in command], capture_output=True, text=True, check=False, **options
    )  # type: ignore[call-overload]


@pytest.fixture
def units(tmp_path: Path) -> list[Path]:
    """The units with a program that exists on this machine, as systemd wants it for a check."""
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not installed (package systemd)")
    for path in UNITS.glob("mingzhang-*.*"):
        text = path.read_text(encoding="utf-8").replace("/opt/mingzhang/venv/bin/mingzhang", "/bin/true")
        (tmp_path / path.name).write_text(text, encoding="utf-8")
    return sorted(tmp_path.iterdir())


def test_units_are_valid(units: list[Path]) -> None:
    assert [path.suffix for path in units] == [".service", ".timer", ".service"]
    checked = run("systemd-analyze", "verify", *units)
    assert checked.returncode == 0, checked.stderr
    assert checked.stderr == ""


def test_the_service_is_shut_in(units: list[Path]) -> None:
    for unit in (unit for unit in units if unit.suffix == ".service"):
        exposure = run("systemd-analyze", "security", "--offline=true", unit).stdout
        found = re.search(r"Overall exposure level for \S+: ([\d.]+)", exposure)
        assert found is not None, exposure
        assert float(found.group(1)) <= 2.0  # systemd's own scale from 0 (shut in) to 10


@pytest.mark.parametrize("name", ["mingzhang-nightly.service", "mingzhang-serve.service"])
def test_the_service_runs_a_command_that_exists_as_a_user_that_is_made(name: str) -> None:
    service = (UNITS / name).read_text(encoding="utf-8")
    start = re.search(r"^ExecStart=\S+/mingzhang (\w+) ", service, re.MULTILINE)
    assert start is not None
    assert run(sys.executable, "-m", "flows", start.group(1), "--help").returncode == 0
    user = re.search(r"^User=(\w+)", service, re.MULTILINE)
    assert user is not None
    assert f"u {user.group(1)} " in (UNITS / "mingzhang.sysusers.conf").read_text(encoding="utf-8")


def test_container_recipe_is_clean() -> None:
    linter = Path(sys.executable).with_name("hadolint")
    if not linter.exists():
        pytest.skip("hadolint is not installed (dev extra)")
    checked = run(linter, DEPLOY / "Containerfile")
    assert checked.returncode == 0, checked.stdout
    copied = set(re.findall(r"^COPY (\w+) \1$", (DEPLOY / "Containerfile").read_text(), re.MULTILINE))
    packed = re.search(r"packages = \[(.*)\]", (REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
    assert packed is not None
    assert copied == set(re.findall(r'"(\w+)"', packed.group(1)))


@pytest.mark.slow
@pytest.mark.prefect
def test_bundle_installs_and_runs_without_a_network(district: District, tmp_path: Path) -> None:
    if not (os.environ.get("CI") or os.environ.get("MINGZHANG_TEST_BUNDLE")):
        pytest.skip("downloads every wheel (400 MB): set MINGZHANG_TEST_BUNDLE=1, as CI does")
    source = tmp_path / "source"
    source.mkdir()
    for name in run("git", "ls-files", cwd=REPOSITORY).stdout.splitlines():
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        if (REPOSITORY / name).exists():
            shutil.copy2(REPOSITORY / name, source / name)
    made = run(source / "deploy" / "make_bundle.sh", sys.executable)
    if made.returncode and "hatchling" not in made.stderr and "hash" not in made.stderr.lower():
        pytest.skip(f"no package registry can be reached: {made.stderr[-200:]}")
    assert made.returncode == 0, made.stderr
    (archive,) = (source / "dist").glob("*.tar")
    with tarfile.open(archive) as tar:
        tar.extractall(tmp_path / "carried", filter="data")
    shutil.rmtree(source)
    (bundle,) = (tmp_path / "carried").iterdir()
    *offline, _, dash_c, loopback_up = without_network()
    # Not every module of every package is compiled, as for an operator: each is when it is first loaded.
    environment = {**os.environ, "PYTHON": sys.executable, "PIP_COMPILE": "0", "PYTHONDONTWRITEBYTECODE": ""}
    installed = run(*offline, bundle / "install.sh", tmp_path / "opt", env=environment)
    assert installed.returncode == 0, installed.stderr
    shutil.rmtree(bundle)
    program = tmp_path / "opt" / "venv" / "bin"
    home = (
        tmp_path / "home"
    )  # the demonstration, without a network as well, is in tests/flows/test_demo_offline.py
    ingest = [program / "mingzhang", "ingest", district.path(district.documents[0]), "--home", home]
    night = run(*offline, program / "python", dash_c, loopback_up, *ingest, cwd=tmp_path, env=environment)
    assert night.returncode == 0, night.stderr[-2000:]
    assert (home / "warehouse.duckdb").is_file()
    assert (home / "data_docs" / "index.html").is_file()
    assert (home / "reports" / "site" / "index.html").is_file()
    assert (tmp_path / "opt" / "docs" / "operator.zh.md").is_file()


def test_a_bundle_for_another_python_is_refused_in_one_line(tmp_path: Path) -> None:
    shutil.copy2(DEPLOY / "install.sh", tmp_path)
    (tmp_path / "PYTHON").write_text("2.7 Plan9 vax\n", encoding="utf-8")
    refused = run(tmp_path / "install.sh", tmp_path / "opt", env={**os.environ, "PYTHON": sys.executable})
    assert refused.returncode == 2
    assert "2.7 Plan9 vax" in refused.stderr
    assert not (tmp_path / "opt").exists()
