"""The lake on a real PostgreSQL: districts write at once, readers see each as a whole, snapshots give yesterday."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from tests.warehouse.district import write_district
from tests.warehouse.sets import sighting, sightings, write_document
from warehouse.ask import questions
from warehouse.build import BuildInputs, build_warehouse
from warehouse.lake import Lake, LakeError, open_lake, publish_to_lake, snapshots

pytestmark = pytest.mark.slow

Inputs = Callable[..., BuildInputs]


def _programs() -> Path | None:
    """Where PostgreSQL's server programs are; Debian does not put them on the path."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).parent if on_path else None


@pytest.fixture(scope="module")
def catalogue() -> Iterator[Callable[[], Lake]]:
    """Start a PostgreSQL that listens on a socket of its own, and make an empty lake for each call."""
    pytest.importorskip("duckdb_extension_ducklake", reason="the extra lake is not installed")
    programs = _programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed (Debian package postgresql)")
    user = "postgres" if os.getuid() == 0 else None  # it refuses to run as root
    place = Path(tempfile.mkdtemp(prefix="mz"))  # short: the path of a socket has a limit
    if user:
        shutil.chown(place, user)
    made: list[str] = []

    def run(program: str, *arguments: str) -> None:
        subprocess.run(
            [programs / program, *arguments],
            check=True, user=user, cwd=place, stdout=subprocess.DEVNULL,
            env={"PATH": os.environ["PATH"], "LC_ALL": "C"},
        )  # fmt: skip

    def make() -> Lake:
        made.append(f"lake{len(made)}")
        run("createdb", "-h", str(place), "-U", "lake", made[-1])
        return Lake(f"dbname={made[-1]} host={place} user=lake", f"{place}/{made[-1]}/")

    options = f"-c listen_addresses= -c unix_socket_directories={place}"
    run("initdb", "-D", "db", "-U", "lake", "-A", "trust", "-E", "UTF8")
    run("pg_ctl", "-D", "db", "-w", "-l", "log", "-o", options, "start")
    try:
        yield make
    finally:
        run("pg_ctl", "-D", "db", "-m", "immediate", "stop")
        shutil.rmtree(place, ignore_errors=True)


@pytest.fixture
def night(tmp_path: Path, inputs_of: Inputs) -> Callable[[str, int], Path]:
    """Build the warehouse of a district with so many documents."""

    def build(district: str, count: int) -> Path:
        rows = []
        for no in range(count):
            write_document(tmp_path, f"{district}{no}{count}", unit=f"{district}第{no}局")
            rows.append(sighting(f"{district}{no}{count}"))
        target = tmp_path / f"{district}{count}.duckdb"
        build_warehouse(target, inputs_of(sightings(*rows)))
        return target

    return build


def documents(connection: duckdb.DuckDBPyConnection) -> int:
    (count,) = connection.execute("SELECT count(*) FROM mart.document").fetchone() or (0,)
    return int(count)


def test_a_district_reads_the_same_from_the_lake_as_from_its_file(
    tmp_path: Path, inputs_of: Inputs, catalogue: Callable[[], Lake]
) -> None:
    lake, target = catalogue(), tmp_path / "w.duckdb"
    build_warehouse(target, inputs_of(write_district(tmp_path)))
    publish_to_lake(target, lake, "样例区")
    with duckdb.connect(str(target), read_only=True) as file, open_lake(lake, district="样例区") as read:
        views = [name for (name,) in file.execute(
            "SELECT view_name FROM duckdb_views() WHERE schema_name = 'mart'").fetchall()]  # fmt: skip
        for name in views:
            query = f'SELECT * FROM mart."{name}" ORDER BY ALL'
            assert read.execute(query).fetchall() == file.execute(query).fetchall(), name
        for question in questions().values():
            values = {one.name: one.default for one in question.parameters} or None
            assert sorted(map(repr, read.execute(question.sql, values).fetchall())) == sorted(
                map(repr, file.execute(question.sql, values).fetchall())
            ), question.name


def test_districts_write_at_once_and_readers_see_each_as_a_whole(
    night: Callable[[str, int], Path], catalogue: Callable[[], Lake]
) -> None:
    lake = catalogue()
    sizes = {"甲区": 2, "乙区": 3, "丙区": 5}
    files = {district: night(district, size) for district, size in sizes.items()}
    seen: set[int] = set()
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            try:
                with open_lake(lake) as connection:
                    seen.add(documents(connection))
            except LakeError:
                continue  # nobody has published yet

    reader = threading.Thread(target=read)
    reader.start()
    with ThreadPoolExecutor(len(files)) as pool:
        written = [pool.submit(publish_to_lake, path, lake, district) for district, path in files.items()]
        for one in written:
            one.result(timeout=300)
    done.set()
    reader.join()
    assert seen <= {0, 2, 3, 5, 7, 8, 10}
    with open_lake(lake) as connection:
        assert documents(connection) == 10
    for district, size in sizes.items():
        with open_lake(lake, district=district) as connection:
            assert documents(connection) == size


def test_a_snapshot_gives_yesterday_and_the_same_build_is_not_written_twice(
    night: Callable[[str, int], Path], catalogue: Callable[[], Lake]
) -> None:
    lake = catalogue()
    yesterday = publish_to_lake(night("甲区", 2), lake, "甲区")
    publish_to_lake(night("乙区", 3), lake, "乙区")
    tonight = night("甲区", 4)
    today = publish_to_lake(tonight, lake, "甲区")
    assert today > yesterday
    assert publish_to_lake(tonight, lake, "甲区") == today
    with open_lake(lake, snapshot=yesterday) as connection:
        assert documents(connection) == 2
    with open_lake(lake) as connection:
        assert documents(connection) == 7
        with pytest.raises(duckdb.Error):
            connection.execute("DELETE FROM lake.core.document")
    assert [number for number, _ in snapshots(lake)][-1] == today


def test_a_lake_that_cannot_be_reached_is_an_error_in_chinese(
    night: Callable[[str, int], Path], catalogue: Callable[[], Lake], tmp_path: Path
) -> None:
    lake = catalogue()
    with pytest.raises(LakeError, match="还没有"), open_lake(lake):
        pass
    away = replace(lake, catalogue=f"dbname=lake host={tmp_path} user=lake")
    with pytest.raises(LakeError, match="连不上"):
        publish_to_lake(night("甲区", 1), away, "甲区")
