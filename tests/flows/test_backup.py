"""A backup holds what cannot be rebuilt; a restored home publishes the same again."""

from __future__ import annotations

import shutil
import tarfile
from pathlib import Path

import pytest

from flows.backup import RestoreError, back_up, restore
from tests.flows.conftest import ingest
from tests.flows.test_night import exported


def test_a_restored_home_is_rebuilt_to_the_same_tables(first_document_home: Path, tmp_path: Path) -> None:
    archive, fresh = tmp_path / "backup.tar.gz", tmp_path / "fresh"
    home = tmp_path / "home"
    shutil.copytree(first_document_home, home, symlinks=True)
    (tmp_path / "night.yaml").write_text("workers: 1\n", encoding="utf-8")
    count = back_up(home, archive, tmp_path / "night.yaml")
    assert restore(archive, fresh) == count
    assert (fresh / "configuration" / "night.yaml").read_text(encoding="utf-8") == "workers: 1\n"
    ingest(home)
    ingest(fresh)
    assert exported(fresh / "warehouse.duckdb") == exported(home / "warehouse.duckdb")


def test_nothing_is_overwritten(first_document_home: Path, tmp_path: Path) -> None:
    archive = tmp_path / "backup.tar.gz"
    back_up(first_document_home, archive)
    with pytest.raises(RestoreError, match="已有"):
        restore(archive, first_document_home)


def test_a_torn_archive_and_a_foreign_one_leave_nothing_behind(
    first_document_home: Path, tmp_path: Path
) -> None:
    archive = tmp_path / "backup.tar.gz"
    back_up(first_document_home, archive)
    torn = tmp_path / "torn.tar.gz"
    torn.write_bytes(archive.read_bytes()[: archive.stat().st_size // 2])
    with pytest.raises(RestoreError, match="不是完整的备份"):
        restore(torn, tmp_path / "one")
    foreign = tmp_path / "foreign.tar.gz"
    with tarfile.open(foreign, "w:gz") as tar:
        tar.add(__file__, arcname="note.txt")
    with pytest.raises(RestoreError, match="不是明账的备份"):
        restore(foreign, tmp_path / "two")
    assert not list((tmp_path / "one").iterdir())
    assert not list((tmp_path / "two").iterdir())
