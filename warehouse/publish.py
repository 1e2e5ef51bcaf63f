"""Publishing a generation: directories that never change once they have their name, and one atomic rename.

A night builds in ``staging/<build id>``. Publication flushes it, renames it to ``generations/<build id>`` and
then moves the symbolic link ``current`` in a single rename. A process killed at any point leaves either the
old or the new generation current, both whole. Readers hold open files of the old generation, which stays
until it is pruned.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from warehouse.ledger import LEDGER_FILE, append_events, read_ledger

WAREHOUSE_FILE = "warehouse.duckdb"
MANIFEST_FILE = "manifest.json"
LEDGER_EVENTS_FILE = "ledger_events.jsonl"

#: Names in the data directory that lead through ``current``.
_ENTRANCES = (WAREHOUSE_FILE, "reports", "data_docs")


class PublicationError(RuntimeError):
    """A generation cannot be published as it is; the current one is untouched."""


@dataclass(frozen=True, slots=True)
class Generation:
    """One published (or publishable) generation: its directory and what its manifest says."""

    build_id: str
    path: Path
    versions: dict[str, str]
    counts: dict[str, int]
    files: dict[str, str] = field(repr=False)  # relative path: sha256

    @property
    def warehouse(self) -> Path:
        """The DuckDB file."""
        return self.path / WAREHOUSE_FILE


@dataclass(frozen=True, slots=True)
class Recovery:
    """What was put right at the start: ledger events applied late, and leftovers of killed nights removed."""

    applied_events: int
    removed: tuple[str, ...]


def prepare_generation(home: Path, build_id: str) -> Path:
    """Return an empty ``staging/<build id>``; call it under the night's lock."""
    staging = home / "staging" / build_id
    if staging.exists():
        shutil.rmtree(staging)
    staging.mkdir(parents=True)
    return staging


def publish_generation(
    home: Path, staging: Path, build_id: str, *, versions: dict[str, str], counts: dict[str, int]
) -> Generation:
    """Write the manifest, make everything durable and switch ``current`` to the new generation; apply its
    ledger events.

    Publishing the same build again only makes sure that it is current. Raises ``PublicationError`` where
    ``staging`` has no warehouse or an unfinished one, ``OSError`` where the disk is full; the published
    generation stays as it was.
    """
    destination = home / "generations" / build_id
    if read_generation(destination) is None:
        _complete(staging, build_id, versions, counts)
        destination.parent.mkdir(parents=True, exist_ok=True)
        if destination.exists():  # a damaged or half-removed one of the same name
            shutil.rmtree(destination)
        staging.rename(destination)
        _sync(destination.parent)
    else:
        shutil.rmtree(staging, ignore_errors=True)
    _switch(home, build_id)
    _make_entrances(home)
    generation = read_generation(destination)
    if generation is None:
        raise PublicationError(f"生成目录不完整：{destination}")
    apply_ledger_events(home, generation)
    return generation


def _complete(staging: Path, build_id: str, versions: dict[str, str], counts: dict[str, int]) -> None:
    if not (staging / WAREHOUSE_FILE).is_file():
        raise PublicationError(f"没有可发布的数据仓库文件：{staging / WAREHOUSE_FILE}")
    if (staging / (WAREHOUSE_FILE + ".wal")).exists():
        raise PublicationError("数据仓库文件尚未写完（仍有预写日志），不能发布")
    for leftover in (staging / "spill", staging / MANIFEST_FILE):
        shutil.rmtree(leftover, ignore_errors=True) if leftover.is_dir() else leftover.unlink(missing_ok=True)
    files = sorted(path for path in staging.rglob("*") if path.is_file())
    manifest = {
        "build_id": build_id,
        "versions": dict(sorted(versions.items())),
        "counts": dict(sorted(counts.items())),
        "files": {path.relative_to(staging).as_posix(): _sha256(path) for path in files},
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=1) + "\n"
    (staging / MANIFEST_FILE).write_text(text, encoding="utf-8")
    for path in [*files, staging / MANIFEST_FILE]:
        _sync(path)
    for directory in sorted((path for path in staging.rglob("*") if path.is_dir()), reverse=True):
        _sync(directory)
    _sync(staging)


def _switch(home: Path, build_id: str) -> None:
    current = home / "current"
    target = Path("generations") / build_id
    if current.is_symlink() and current.readlink() == target:
        return
    _replace_link(current, target)


def _make_entrances(home: Path) -> None:
    for name in _ENTRANCES:
        link, target = home / name, Path("current") / name
        if link.is_symlink() and link.readlink() == target:
            continue
        if link.exists() and not link.is_symlink():
            raise PublicationError(f"{link} 已存在且不是链接，请移走后重试")
        _replace_link(link, target)


def _replace_link(link: Path, target: Path) -> None:
    temporary = link.with_name(f".{link.name}.new")
    temporary.unlink(missing_ok=True)
    temporary.symlink_to(target)
    temporary.replace(link)
    _sync(link.parent)


def read_generation(path: Path) -> Generation | None:
    """Return the generation in a directory, or None where it has no readable manifest or lacks a file of
    it.
    """
    try:
        manifest: Any = json.loads((path / MANIFEST_FILE).read_text(encoding="utf-8"))
        generation = Generation(
            manifest["build_id"], path, manifest["versions"], manifest["counts"], manifest["files"]
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return generation if all((path / name).is_file() for name in generation.files) else None


def current_generation(home: Path) -> Generation | None:
    """Return the published generation (by its real path, not through the link), or None where there is
    none.
    """
    current = home / "current"
    if not current.is_symlink():
        return None
    return read_generation(home / current.readlink())


def verify_generation(generation: Generation) -> list[str]:
    """Hash every file of a generation; return the names of those that are missing or changed."""
    return [
        name
        for name, sha256 in generation.files.items()
        if not (generation.path / name).is_file() or _sha256(generation.path / name) != sha256
    ]


def apply_ledger_events(home: Path, generation: Generation) -> int:
    """Append the generation's ledger events to the ledger, each once; return how many were new."""
    events = read_ledger(generation.path / LEDGER_EVENTS_FILE).events
    return append_events(home / "ledger" / LEDGER_FILE, events)


def recover(home: Path) -> Recovery:
    """Put right what a killed night left behind: call it first, under the night's lock.

    The current generation's ledger events are applied if they were not, and everything in ``staging`` is
    removed.
    """
    removed = []
    staging = home / "staging"
    for leftover in sorted(staging.iterdir()) if staging.is_dir() else []:
        shutil.rmtree(leftover) if leftover.is_dir() else leftover.unlink()
        removed.append(leftover.name)
    generation = current_generation(home)
    if generation is None:
        return Recovery(0, tuple(removed))
    _make_entrances(home)
    return Recovery(apply_ledger_events(home, generation), tuple(removed))


def prune_generations(home: Path, keep: int = 7) -> list[str]:
    """Remove all but the current and the ``keep`` youngest generations; return the names of those removed.

    A reader that has a removed file open keeps it until it closes it.
    """
    current = home / "current"
    protected = current.readlink().name if current.is_symlink() else None
    generations = home / "generations"
    if protected is None or not generations.is_dir():
        return []
    others = [path for path in generations.iterdir() if path.name != protected]
    others.sort(key=lambda path: (path.stat().st_mtime_ns, path.name), reverse=True)
    removed = others[max(keep - 1, 0) :]
    for path in removed:
        shutil.rmtree(path)
    return sorted(path.name for path in removed)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
