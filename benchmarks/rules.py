"""How long all rules take: on a built warehouse as it is, and repeated under other documents.

python benchmarks/rules.py WAREHOUSE [--documents 1000]
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from pathlib import Path

import duckdb

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.mutation import Mutation, copy_documents
from expectations.catalogue import load_rules
from expectations.engine import judge


def seconds(path: Path) -> tuple[int, float, float]:
    """Documents in the warehouse, and wall and CPU seconds of judging all rules over it.

    The first parameter that a process binds makes DuckDB load pandas and PyArrow (0.4 s). A night has paid for that when it
    builds the warehouse, so it is paid here before the clock starts.
    """
    connection = duckdb.connect(str(path))
    connection.execute("SELECT ?", ["first parameter"])
    (documents,) = connection.sql("SELECT count(*) FROM core.document").fetchone() or (0,)
    wall, cpu = time.perf_counter(), time.process_time()
    judge(connection, load_rules())
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    connection.close()
    return documents, wall, cpu


def main() -> int:
    """Command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("warehouse", type=Path)
    parser.add_argument("--documents", type=int, default=1000, help="size of the repeated corpus")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as directory:
        once, many = Path(directory) / "once.duckdb", Path(directory) / "many.duckdb"
        shutil.copyfile(arguments.warehouse, once)
        with duckdb.connect(str(once), read_only=True) as connection:
            ids = [
                row[0]
                for row in connection.sql("SELECT document_id FROM core.document ORDER BY 1").fetchall()
            ]
        copies = [
            Mutation(number, "copy", ids[number % len(ids)], "")
            for number in range(arguments.documents - len(ids))
        ]
        copy_documents(arguments.warehouse, many, copies)
        for path in (once, many):
            documents, wall, cpu = seconds(path)
            print(
                f"{documents} documents, {len(load_rules())} rules: {wall:.1f} s ({cpu:.1f} s of processor time)"
            )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
