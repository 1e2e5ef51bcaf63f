"""Backup and restore of what cannot be rebuilt: store, ledger, registry, run reports. Everything else follows from these."""

from __future__ import annotations

import shutil
import tarfile
import uuid
from collections.abc import Iterable, Iterator
from pathlib import Path

from flows.data_directory import FORMAT_FILE

#: Folders of the data directory that a backup holds.
KEPT = ("store", "ledger", "registry", "runs")

_CONFIGURATION = "configuration"


class RestoreError(ValueError):
    """The archive cannot be restored here; the message says why, in Chinese."""


def back_up(home: Path, archive: Path, configuration: Path | None = None, named: Iterable[Path] = ()) -> int:
    """Write store, ledger, registry, run reports and the configuration into ``archive`` (.tar.gz); return the file count.

    ``named`` are the files and folders that the configuration names (sources, the bureau's lists): kept beside it as they
    are where they lie below its folder, else under ``elsewhere``. Call it under the night's lock. The archive appears
    complete or not at all. Raises OSError.
    """
    archive.parent.mkdir(parents=True, exist_ok=True)
    part = archive.with_name(f".{archive.name}.part")
    count = 0
    try:
        with tarfile.open(part, "w:gz", compresslevel=1) as tar:  # PDFs are compressed already
            for name in KEPT:
                for path in sorted(path for path in (home / name).rglob("*") if path.is_file()):
                    tar.add(path, arcname=path.relative_to(home).as_posix(), recursive=False)
                    count += 1
            if (
                home / FORMAT_FILE
            ).exists():  # so that a newer version can bring a restored directory forward
                tar.add(home / FORMAT_FILE, arcname=FORMAT_FILE)
                count += 1
            for path, name in _configured(configuration, named) if configuration else ():
                tar.add(path, arcname=f"{_CONFIGURATION}/{name}", recursive=False)
                count += 1
        part.replace(archive)
    finally:
        part.unlink(missing_ok=True)
    return count


def _configured(configuration: Path, named: Iterable[Path]) -> Iterator[tuple[Path, str]]:
    """The files of a configuration with their names in the archive, each once."""
    folder = configuration.absolute().parent
    found = [configuration.absolute()]
    for one in named:
        found += sorted(path for path in one.rglob("*") if path.is_file()) if one.is_dir() else [one]
    for path in dict.fromkeys(found):
        if path.is_relative_to(folder):
            yield path, path.relative_to(folder).as_posix()
        elif path.is_file():
            yield path, f"elsewhere{path.resolve().as_posix()}"


def restore(archive: Path, home: Path) -> int:
    """Unpack a backup into a data directory that holds none of its folders yet; return the number of files.

    Raises ``RestoreError`` where something would be overwritten or the archive is no backup, OSError of the disk.
    """
    taken = [name for name in KEPT if (home / name).exists() and any((home / name).iterdir())]
    if taken:
        raise RestoreError(f"{home} 中已有 {'、'.join(taken)}；请恢复到空的数据目录")
    home.mkdir(parents=True, exist_ok=True)
    unpacked = home / f".restore-{uuid.uuid4().hex}"
    try:
        try:
            with tarfile.open(archive, "r:gz") as tar:
                tar.extractall(unpacked, filter="data")
        except (tarfile.TarError, EOFError) as error:
            raise RestoreError(f"{archive} 不是完整的备份：{error}") from error
        count = sum(1 for path in unpacked.rglob("*") if path.is_file())
        if not (unpacked / "store").is_dir():
            raise RestoreError(f"{archive} 不是明账的备份：其中没有文件库")
        for path in sorted(unpacked.iterdir()):
            target = home / path.name
            if target.is_dir():
                target.rmdir()  # empty, or it would have been refused above
            path.rename(target)
    finally:
        shutil.rmtree(unpacked, ignore_errors=True)
    return count
