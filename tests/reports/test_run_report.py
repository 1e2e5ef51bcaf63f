from __future__ import annotations

from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
from pydantic import ValidationError
from rich.console import Console

from reports.run_report import CrawlReport, DocumentCounts, RunError, RunReport, SetAside, StageTiming
from reports.run_report_views import render_markdown, render_panel

START = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


@pytest.fixture
def report() -> RunReport:
    return RunReport(
        run_id="r1",
        started_at=START,
        finished_at=START + timedelta(seconds=75),
        status="published",
        documents=DocumentCounts(seen=12, new=3, loaded=10, quarantined=2, cells=12345),
        quarantined=[SetAside(file_name="坏[red]|x.pdf", reason="<b>不完整</b>")],
        crawls=[
            CrawlReport(
                source="示例门户", list_pages=2, new=3, failed=1, is_complete=False, messages=["超时"]
            )
        ],
        timings=[StageTiming(stage="extract", seconds=12.34, items=3)],
        errors=[RunError(stage="crawl", item="示例门户", message="答复 500", advice="下次运行会补抓")],
        files={"例外清单": "reports/例外清单.xlsx"},
    )


def panel_text(report: RunReport, most_rows: int = 20) -> str:
    console = Console(width=120, record=True, file=StringIO())
    console.print(render_panel(report, most_rows))
    return console.export_text()


def test_report_survives_its_file(report: RunReport, tmp_path: Path) -> None:
    path = tmp_path / "runs" / "r1.json"
    report.write(path)
    assert RunReport.read(path) == report
    assert [file.name for file in path.parent.iterdir()] == ["r1.json"]


def test_broken_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "r.json"
    path.write_text('{"run_id": 1}', encoding="utf-8")
    with pytest.raises(ValidationError):
        RunReport.read(path)


def test_markdown_says_counts_causes_and_escapes_outside_text(report: RunReport) -> None:
    text = render_markdown(report)
    assert "见到 12，新增 3，入库 10" in text
    assert "75.0 秒" in text
    assert r"坏\[red\]\|x.pdf" in text
    assert "&lt;b&gt;不完整" in text
    assert "<b>" not in text
    assert "| 抓取 | 示例门户 | 答复 500 | 下次运行会补抓 |" in text
    assert "示例门户：超时" in text
    widths = {
        line.count(" | ") for line in text.split("## 隔离的文件")[1].split("##")[0].splitlines() if line
    }
    assert widths == {2}


def test_panel_shows_markup_in_names_as_text(report: RunReport) -> None:
    text = panel_text(report)
    assert "坏[red]|x.pdf" in text
    assert "已发布，退出码 0" in text
    assert "12,345 格" in text


def test_panel_says_how_many_rows_it_left_out(report: RunReport) -> None:
    report.quarantined = [SetAside(file_name=f"{n}.pdf", reason="坏") for n in range(5)]
    assert "另有 3 项" in panel_text(report, most_rows=2)


def test_unfinished_report_has_no_duration() -> None:
    report = RunReport(run_id="r2", started_at=START)
    assert report.seconds is None
    assert "运行中" in render_markdown(report)
