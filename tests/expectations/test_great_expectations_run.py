"""The checkpoint in its own process: verdicts as the engine gave them, a broken rule as an exception, pages offline."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from expectations.cases import Case, fill_warehouse
from expectations.catalogue import load_rules
from expectations.engine import judge

REPOSITORY = Path(__file__).resolve().parents[2]


@pytest.mark.slow
def test_checkpoint(tmp_path: Path, empty_warehouse: Callable[[str], duckdb.DuckDBPyConnection]) -> None:
    rules = {rule.id: rule for rule in load_rules()}
    broken = replace(rules["T05-ROW"], sql="SELECT {nonsense} FROM 'quoted' nowhere")
    path = tmp_path / "warehouse.duckdb"
    connection = empty_warehouse(str(path))
    amounts = ("T01 revenue.total = 9.00", "T01 expenditure.total = 8.00")
    fill_warehouse(connection, [Case("T01-TOTAL-EQ", "不符", "violated", amounts=amounts)])
    summary = judge(connection, [rules["T01-TOTAL-EQ"], broken, rules["X-0103-OUT"]])
    connection.close()
    assert list(summary.failed_rules) == ["T05-ROW"]

    finished = subprocess.run(
        [
            sys.executable,
            "-m",
            "expectations.great_expectations_run",
            str(path),
            str(tmp_path / "docs"),
            str(tmp_path / "extracted"),
        ],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=True,
    )
    result = json.loads(finished.stdout)
    assert result["failed"] == ["T01-TOTAL-EQ"]
    assert list(result["errored"]) == ["T05-ROW"]
    families = {name: counts for name, counts in result["suites"].items() if not name.startswith("EXT-")}
    assert families == {"ARI": {"errored": 1, "failed": 1}, "XTB": {"held": 1}}
    assert {name for name in result["suites"] if name.startswith("EXT-")} == {
        "EXT-document", "EXT-page", "EXT-cell", "EXT-line", "EXT-sentence", "EXT-fragment"
    }  # fmt: skip
    assert result["frames"] == []

    pages = sorted((tmp_path / "docs").rglob("*.html"))
    assert len(pages) == 17
    for page in pages:
        text = page.read_text(encoding="utf-8").replace("http://www.w3.org/", "")
        assert "http://" not in text
        assert "https://" not in text
    assert "收支总计相等" in (tmp_path / "docs" / "expectations" / "ARI.html").read_text(encoding="utf-8")
    assert "表内勾稽" in Path(result["index"]).read_text(encoding="utf-8")
