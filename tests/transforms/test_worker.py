"""Facts on disk: complete or absent, and the same bytes every time."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from tests.transforms.builders import ExtractionBuilder
from transforms.schema import FRAMES
from transforms.version import transform_version
from transforms.worker import transform_to_directory

ROWS = [["科目编码", "科目名称", "本年支出合计", "基本支出"], ["201", "一般公共服务支出", "1.00", "1.00"]]


@pytest.fixture
def extracted(tmp_path: Path) -> Path:
    folder = tmp_path / "extracted"
    folder.mkdir()
    builder = (
        ExtractionBuilder()
        .line("平川市甲区财政局")
        .line("2024年度部门决算")
        .table("支出决算表\n单位：万元", ROWS)
    )
    for name, frame in builder.build().items():
        frame.write_parquet(folder / f"{name}.parquet")
    return folder


def test_every_frame_is_written_and_the_bytes_do_not_change(extracted: Path, tmp_path: Path) -> None:
    one, other = tmp_path / "facts" / "one", tmp_path / "facts" / "other"
    transform_to_directory(extracted, one)
    transform_to_directory(extracted, other)
    transform_to_directory(extracted, other)
    for name, schema in FRAMES.items():
        frame = pl.read_parquet(one / f"{name}.parquet")
        assert frame.schema == schema, name
        assert (one / f"{name}.parquet").read_bytes() == (other / f"{name}.parquet").read_bytes(), name
    assert sorted(path.name for path in (tmp_path / "facts").iterdir()) == ["one", "other"]


def test_nothing_is_left_where_a_frame_is_missing(extracted: Path, tmp_path: Path) -> None:
    (extracted / "cell.parquet").unlink()
    with pytest.raises(OSError, match=r"cell\.parquet"):
        transform_to_directory(extracted, tmp_path / "facts" / "one")
    assert not (tmp_path / "facts").exists()


def test_the_version_is_a_number_and_a_fingerprint() -> None:
    number, _, fingerprint = transform_version().partition("-")
    assert number.isdigit()
    assert len(fingerprint) == 12
