"""What a bureau's monitor watches: one text file in Prometheus's format, replaced after every run.

A node exporter's textfile collector reads it where ``metrics_file`` of the configuration puts it; a run that was killed
leaves the old file, so an alarm belongs on the age of ``mingzhang_last_run_timestamp_seconds``.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from prometheus_client import CollectorRegistry, Gauge, generate_latest
from pydantic import BaseModel

from reports.run_report import RunReport

METRICS_FILE = "metrics.prom"


def write_metrics(report: RunReport, home: Path, target: Path | None = None) -> None:
    """Write the metrics of a run to ``target`` (default: ``metrics.prom`` in the data directory). Raises OSError."""
    path = target or home / METRICS_FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    staged = path.with_name(f".{path.name}.part")
    staged.write_bytes(generate_latest(_registry(report, home)))
    staged.replace(path)


def _registry(report: RunReport, home: Path) -> CollectorRegistry:
    registry = CollectorRegistry()

    def gauge(name: str, meaning: str, value: float) -> None:
        Gauge(f"mingzhang_{name}", meaning, registry=registry).set(value)

    def gauges(name: str, meaning: str, label: str, values: dict[str, float]) -> None:
        family = Gauge(f"mingzhang_{name}", meaning, [label], registry=registry)
        for key, value in values.items():
            family.labels(key).set(value)

    finished = report.finished_at or report.started_at
    is_good = report.status in ("published", "unchanged")
    gauge("last_run_timestamp_seconds", "End of the last run", finished.timestamp())
    gauge("last_run_duration_seconds", "Wall time of the last run", report.seconds or 0)
    gauge("last_run_exit_status", "Exit status of the last run (0 is good)", report.exit_status)
    gauge("last_run_is_published", "1 where the published warehouse is up to date with the last run", is_good)
    current = home / "current"
    if current.is_symlink():
        gauge(
            "published_timestamp_seconds",
            "When the published warehouse was published",
            current.lstat().st_mtime,
        )
    gauge("free_bytes", "Free space of the data directory's disk", shutil.disk_usage(home).free)
    gauge("errors", "Things that went wrong in the last run", len(report.errors))
    gauges("documents", "Documents by what became of them", "state", _counts(report.documents))
    gauges("findings", "Findings by their state", "state", _counts(report.findings))
    gauges(
        "rules",
        "Outcomes by verdict; rules and failed are numbers of rules",
        "verdict",
        _counts(report.rules),
    )
    gauges("stage_seconds", "Wall time by stage", "stage", {one.stage: one.seconds for one in report.timings})
    crawls = report.crawls
    gauges("source_is_complete", "1 where a source was crawled in full", "source",
           {one.source: float(one.is_complete) for one in crawls})  # fmt: skip
    gauges("source_failures", "Requests that failed for a reason that may pass", "source",
           {one.source: float(one.failed) for one in crawls})  # fmt: skip
    return registry


def _counts(counts: BaseModel) -> dict[str, float]:
    return {name: float(value) for name, value in counts.model_dump().items()}
