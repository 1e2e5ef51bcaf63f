"""What the documentation tells a reader to type is typed here: every command block, and every recipe in a copy."""

from __future__ import annotations

import os
import re
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from samples.district import District
from samples.portal import serve_district
from tests.conftest import REPOSITORY

_BLOCK = re.compile(r"^```(?P<info>[^\n`]+)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
_SECTION = re.compile(r"^## (?P<title>.+?)(?:: (?P<files>\d+) files?)?$", re.MULTILINE)

#: Commands that are not run here, each with the place where they are.
ELSEWHERE = {
    "make demo": "tests/flows/test_demo_offline.py runs it without a network",
    "make test": "it is this suite",
    "make check": "it is this suite, lint and types",
    "make bundle": "tests/house/test_deploy.py makes and installs one",
    "tar -xf mingzhang-": "tests/house/test_deploy.py installs the bundle",
    "./install.sh": "tests/house/test_deploy.py",
    "sudo": "needs a running systemd; tests/house/test_deploy.py verifies the units",
    "systemctl": "needs a running systemd",
    "podman": "needs a container engine",
}
#: The pages show a finding's id as this one.
_SOME_FINDING = "f_0123456789abcdef"
#: The English README has the same blocks as the Chinese one, word for word, but for the folder's name.
COMMAND_PAGES = ["README.zh.md", "docs/analyst.zh.md", "docs/operator.zh.md"]


@dataclass(frozen=True, slots=True)
class Block:
    """One fenced block: its language, the rest of its info string, and its text."""

    language: str
    words: tuple[str, ...]
    body: str


def blocks(text: str) -> list[Block]:
    return [
        Block(match["info"].split()[0], tuple(match["info"].split()[1:]), match["body"])
        for match in _BLOCK.finditer(text)
    ]


def sections(text: str) -> Iterator[tuple[str, int, str]]:
    """Yield title, announced number of files and text of every section that announces one."""
    found = list(_SECTION.finditer(text))
    ends = [match.start() for match in found[1:]] + [len(text)]
    for match, end in zip(found, ends, strict=True):
        if match["files"]:
            yield match["title"], int(match["files"]), text[match.end() : end]


RECIPES = list(sections((REPOSITORY / "docs" / "contributing.md").read_text(encoding="utf-8")))


def environment(folder: Path, home: Path) -> dict[str, str]:
    """An environment in which ``mingzhang`` and ``python`` are the ones of this checkout (or of the copy in ``folder``)."""
    programs = folder / ".programs"
    programs.mkdir(exist_ok=True)
    for name, arguments in (("mingzhang", "-m flows "), ("python", "")):
        script = programs / name
        script.write_text(f'#!/bin/sh\nexec "{sys.executable}" {arguments}"$@"\n', encoding="utf-8")
        script.chmod(script.stat().st_mode | stat.S_IXUSR)
    return {**os.environ, "PATH": f"{programs}:{os.environ['PATH']}", "MINGZHANG_HOME": str(home)}


@pytest.fixture
def copied_home(published_home: Path, tmp_path: Path) -> Path:
    home = tmp_path / "home"
    shutil.copytree(published_home, home, symlinks=True)
    return home


def apply(block: Block, root: Path) -> str | None:
    """Do to a copy of the repository what a block of a recipe says; return the file it touches."""
    if len(block.words) != 2:
        return None
    action, name = block.words
    path = root / name
    if action == "new":
        assert not path.exists(), f"{name} is there already"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(block.body, encoding="utf-8")
    elif action == "append":
        text = path.read_text(encoding="utf-8")
        path.write_text(text + block.body, encoding="utf-8")
    else:
        mark = f"\n{action.removeprefix('before:')},"
        text = path.read_text(encoding="utf-8")
        assert text.count(mark) == 1, f"{mark!r} does not mark one place in {name}"
        path.write_text(text.replace(mark, f"\n{block.body.strip()}{mark}"), encoding="utf-8")
    return name


@pytest.mark.parametrize(("title", "files", "text"), RECIPES, ids=[title for title, _, _ in RECIPES])
def test_recipe_works_as_written(
    title: str, files: int, text: str, copied_home: Path, tmp_path: Path
) -> None:
    listing = subprocess.run(["git", "ls-files"], cwd=REPOSITORY, capture_output=True, text=True, check=False)
    if listing.returncode:
        pytest.skip("not a git checkout: the list of files to copy is not to be had")
    root = tmp_path / "copy"
    for name in listing.stdout.splitlines():
        if (REPOSITORY / name).is_file():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(REPOSITORY / name, root / name)
    touched, commands = set(), 0
    for block in blocks(text):
        if block.language == "sh":
            run = subprocess.run(
                ["bash", "-euc", block.body],
                cwd=root,
                env=environment(root, copied_home),
                capture_output=True,
                text=True,
                check=False,
            )
            assert run.returncode == 0, f"{block.body}\n{run.stdout[-3000:]}\n{run.stderr[-2000:]}"
            commands += 1
        elif name := apply(block, root):
            touched.add(name)
    assert commands
    assert len(touched) == files


def runnable_lines(body: str) -> list[str]:
    lines = [line.partition("   #")[0].strip() for line in body.splitlines()]
    return [line for line in lines if line and not line.startswith("#")]


def what_is_typed(page: str) -> list[list[str]]:
    """Every block that a reader types, without the remarks behind the commands."""
    text = (REPOSITORY / page).read_text(encoding="utf-8")
    return [
        [block.language, *runnable_lines(block.body)]
        for block in blocks(text)
        if block.language in ("sh", "yaml")
    ]


def test_both_readmes_say_the_same_to_type() -> None:
    english = [
        [line.replace("path/to/folder", "文件夹路径") for line in lines]
        for lines in what_is_typed("README.md")
    ]
    assert english == what_is_typed("README.zh.md")
    assert len(english) > 3


@pytest.mark.slow
@pytest.mark.prefect
@pytest.mark.parametrize("page", COMMAND_PAGES)
def test_commands_of_the_page_run(
    page: str, district: District, published_home: Path, copied_home: Path, tmp_path: Path
) -> None:
    """Every ``sh`` block in order, in a folder that holds the files that the page's own blocks describe."""
    folder = tmp_path / "reader"
    folder.mkdir()
    text = (REPOSITORY / page).read_text(encoding="utf-8")
    settings = environment(folder, copied_home)
    prepare(folder, copied_home, district)
    with serve_district(district.directory) as portal:
        for block in blocks(text):
            body = block.body.replace("https://www.example.gov.cn/czj/yjsgk/index.html", portal.start_url)
            if block.language == "yaml":
                place_yaml(folder, body)
            elif block.language == "sh":
                for line in runnable_lines(body):
                    if any(line.startswith(command) for command in ELSEWHERE):
                        continue
                    run_line(line, folder, settings)


def run_line(line: str, folder: Path, settings: dict[str, str]) -> None:
    """Run one line with the placeholders a reader would fill in; anything but success fails the test."""
    line = line.replace(".venv/bin/", "")
    if _SOME_FINDING in line:
        line = line.replace(_SOME_FINDING, first_finding(settings))
    run = subprocess.run(
        ["bash", "-euc", line],
        cwd=folder,
        env={**settings, "PYTHONPATH": str(REPOSITORY)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, f"{line}\n{run.stdout[-2000:]}\n{run.stderr[-2000:]}"


def first_finding(settings: dict[str, str]) -> str:
    """The id of the first finding, where the reader would look for it."""
    command = ["mingzhang", "exceptions", "--json"]
    found = subprocess.run(command, cwd=REPOSITORY, env=settings, capture_output=True, text=True, check=True)
    finding = re.search(r'"finding_id": "(f_[0-9a-f]+)"', found.stdout)
    assert finding is not None
    return finding[1]


def prepare(folder: Path, home: Path, district: District) -> None:
    """The files that the pages speak of as the reader's own."""
    shutil.copytree(district.directory / "documents", folder / "文件夹路径")
    workbook = next((home / "reports" / "单位").glob("*.xlsx"))
    shutil.copy2(workbook, folder / "某单位.xlsx")
    (folder / "sources").mkdir()


def place_yaml(folder: Path, body: str) -> None:
    """Write a YAML block to the file that its first line names; other blocks are fragments and must be well formed."""
    named = re.match(r"# (?P<name>[\w./-]+\.yaml)", body)
    if named:
        (folder / named["name"]).parent.mkdir(parents=True, exist_ok=True)
        (folder / named["name"]).write_text(body, encoding="utf-8")
    else:
        assert yaml.safe_load(body) is not None
