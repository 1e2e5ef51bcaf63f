"""All report files of one build, made from a published or staged warehouse."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import duckdb

from reports.csv_export import write_csv
from reports.exceptions import ReportData, read_report_data
from reports.run_report import RunReport
from reports.run_report_views import render_markdown
from reports.workbook import write_workbook

WORKBOOK_NAME = "例外清单.xlsx"
CSV_NAME = "例外清单.csv"


@dataclass(frozen=True, slots=True)
class ReportFiles:
    """Where the reports of one build were written, and how many findings they list."""

    workbook: Path
    csv: Path
    run_report: Path | None
    finding_count: int


def build_reports(warehouse: Path, target_dir: Path, run: RunReport | None = None) -> ReportFiles:
    """Write workbook, CSV and (with ``run``) the run report into ``target_dir``, replacing what is there.

    ``warehouse`` is opened read-only; raises ``FileNotFoundError`` where it does not exist and
    ``duckdb.Error`` where it is no warehouse of this version. ``target_dir`` is made where it is missing.
    """
    data = read_warehouse(warehouse)
    target_dir.mkdir(parents=True, exist_ok=True)
    workbook = write_workbook(data, target_dir / WORKBOOK_NAME)
    listed = write_csv(data.findings, target_dir / CSV_NAME)
    shown = _write_run_report(target_dir / "运行报告.md", run) if run else None
    return ReportFiles(workbook, listed, shown, len(data.findings))


def _write_run_report(path: Path, run: RunReport) -> Path:
    path.write_text(render_markdown(run), encoding="utf-8")
    return path


def read_warehouse(warehouse: Path) -> ReportData:
    """Read all that the reports need through a read-only connection that is closed again."""
    if not warehouse.is_file():
        raise FileNotFoundError(f"没有找到数据仓库文件：{warehouse}")
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        return read_report_data(connection)


def clear(target_dir: Path) -> None:
    """Remove an earlier set of reports; nothing happens where there is none."""
    if target_dir.exists():
        shutil.rmtree(target_dir)
