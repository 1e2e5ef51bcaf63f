"""The stages of a night, each a plain function: rooms are called here, in no order."""

from __future__ import annotations

import errno
import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import crawlers.report
from crawlers.crawl import crawl_source
from crawlers.local import ingest_paths
from crawlers.settings import Source
from crawlers.store import Store
from expectations.catalogue import load_rules
from expectations.night import judge_night
from expectations.version import rules_version
from extractors.version import extractor_version
from flows.documents import extracted_root, facts_root
from flows.exit_codes import ExitCode
from flows.failures import DISK_ERRORS, CheckError, DiskSpaceError, explain
from flows.settings import LakeSettings
from flows.step import Step
from reports.accounting import counts_of
from reports.build import build_reports, read_warehouse
from reports.notification import NotificationSettings, pending_notification, send
from reports.run_report import CrawlReport, RunError, RunReport
from transforms.version import transform_version
from warehouse.build import BuildInputs, build_warehouse, discard_damaged_sets, open_writer
from warehouse.lake import Lake, LakeError, publish_to_lake
from warehouse.ledger import LEDGER_FILE, read_ledger
from warehouse.publish import (
    LEDGER_EVENTS_FILE,
    WAREHOUSE_FILE,
    Generation,
    current_generation,
    publish_generation,
)
from warehouse.versions import warehouse_version


def require_free_space(home: Path, megabytes: int) -> None:
    """Refuse to begin where the data directory has less room than configured. Raises ``DiskSpaceError``."""
    home.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(home).free // (1024 * 1024)
    if free < megabytes:
        raise DiskSpaceError(
            errno.ENOSPC, f"磁盘空间不足：剩余 {free} MB，至少需要 {megabytes} MB", str(home)
        )


def sweep(home: Path) -> int:
    """Remove what killed workers and full disks left half written; return how much. Only under the night's lock."""
    leftovers = [
        path
        for root in ("extracted", "facts")
        for path in (home / root).glob("*/??/.*.part")
        if path.is_dir()
    ]
    for path in leftovers:
        shutil.rmtree(path, ignore_errors=True)
    unfinished_files = list((home / "runs").glob(".*.part"))
    unfinished_files += (home / "recognised").glob("*/??/.*.part")
    for path in unfinished_files:
        path.unlink(missing_ok=True)
    return len(leftovers) + len(unfinished_files) + Store(home).sweep()


# ---- collecting -------------------------------------------------------------------------------------------------


def crawl_one(
    home: Path, source: Source, step: Step, report: RunReport
) -> crawlers.report.CrawlReport | None:
    """Crawl one source; its failure is an error of the report, not of the night. Raises OSError of the disk."""
    try:
        return step(f"crawl {source.id}", lambda: crawl_source(source, home))
    except OSError as error:
        if error.errno in DISK_ERRORS:
            raise
        report.errors.append(
            RunError(stage="crawl", item=source.id, message=f"来源“{source.title}”抓取失败：{explain(error)}")
        )
    return None


def ingest(home: Path, paths: Sequence[Path]) -> crawlers.report.CrawlReport:
    """Take local files and folders into the store."""
    return ingest_paths(paths, home)


def account_for_crawls(report: RunReport, crawls: Sequence[crawlers.report.CrawlReport | None]) -> None:
    """Write what the crawls did into the run report."""
    for crawl in crawls:
        if crawl is None:
            continue
        report.documents.new += crawl.new
        report.crawls.append(
            CrawlReport(
                source=crawl.source_title,
                list_pages=crawl.list_pages_seen,
                detail_pages=crawl.pages_seen,
                attachments=crawl.attachments_found,
                new=crawl.new,
                changed=len(crawl.replaced),
                unchanged=crawl.unchanged,
                failed=sum(1 for refusal in crawl.refused if refusal.is_transient),
                is_complete=crawl.is_complete,
                messages=[
                    *crawl.missing,
                    *crawl.notes,
                    *(f"{one.reason}：{one.url}" for one in crawl.refused),
                ],
            )
        )


# ---- building and checking ---------------------------------------------------------------------------------------


def build_inputs(home: Path, night: date, registry: Path) -> BuildInputs:
    """Gather everything that a build reads; ``registry`` is the bureau's own list of units."""
    return BuildInputs(
        sightings=Store(home).read_sightings(),
        extracted_root=extracted_root(home),
        facts_root=facts_root(home),
        night=night,
        extractor_version=extractor_version(),
        transform_version=transform_version(),
        ledger=read_ledger(home / "ledger" / LEDGER_FILE).events,
        registry=registry if registry.is_dir() else None,
        other_fingerprints=(rules_version(),),
    )


def build(staging: Path, inputs: BuildInputs) -> None:
    """Build the warehouse into the staging directory; a second attempt starts afresh.

    Parquet sets that a disk has damaged are removed, so that the next night makes them anew.
    """
    (staging / WAREHOUSE_FILE).unlink(missing_ok=True)
    summary = build_warehouse(staging / WAREHOUSE_FILE, inputs)
    discard_damaged_sets(inputs, summary)


def judge_rules(home: Path, staging: Path, night: date, report: RunReport) -> None:
    """Judge every rule once, gather the findings, and put tonight's ledger events beside the warehouse.

    What has not changed since the published generation is taken from there.
    """
    current = current_generation(home)
    with open_writer(staging / WAREHOUSE_FILE) as connection:
        # DuckDB 1.5 fails with an internal error on some windows over several years unless this optimizer is off
        connection.execute("SET disabled_optimizers = 'top_n_window_elimination'")
        summary, findings = judge_night(
            connection, load_rules(), night, current.warehouse if current else None
        )
    lines = "".join(event.to_json() + "\n" for event in findings.events)
    (staging / LEDGER_EVENTS_FILE).write_text(lines, encoding="utf-8")
    for rule_id, message in summary.failed_rules.items():
        report.errors.append(RunError(stage="check", item=rule_id, message=f"规则执行出错：{message[:300]}"))


def check(home: Path, staging: Path, report: RunReport) -> None:
    """Run the Great Expectations checkpoint over the extracted frames and the staged warehouse.

    Read-only, and in a process of its own.

    Raises ``CheckError`` where the checkpoint itself could not be run; failed expectations are no error.
    """
    command = [
        sys.executable, "-m", "expectations.great_expectations_run",
        str(staging / WAREHOUSE_FILE), str(staging / "data_docs"), str(extracted_root(home)),
    ]  # fmt: skip
    run = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own module
    if run.returncode != 0:
        last = (run.stderr.strip().splitlines() or ["没有输出"])[-1]
        raise CheckError(f"Great Expectations 检查点未能运行：{last}")
    summary: dict[str, Any] = json.loads(run.stdout.strip().splitlines()[-1])
    report.warnings.extend(f"Great Expectations 无法执行规则 {one}" for one in summary.get("errors", ()))
    report.warnings.extend(f"提取结果未通过检查 {one}（详见数据文档）" for one in summary.get("frames", ()))


def write_reports(home: Path, staging: Path, report: RunReport, workers: int) -> None:
    """Write workbooks, CSV, site and run report of the staged warehouse; pictures that have not changed are reused."""
    current = current_generation(home)
    build_reports(
        staging / WAREHOUSE_FILE,
        staging / "reports",
        _as_published(report),
        objects=Store(home).objects,
        previous=current.path / "reports" if current else None,
        data_docs="../../data_docs/index.html",
        workers=workers,
    )


def exit_status_of(report: RunReport) -> int:
    """The exit code as of now: the run's own, else that of a night in which something failed or was not complete."""
    is_incomplete = bool(report.errors) or any(not crawl.is_complete for crawl in report.crawls)
    return report.exit_status or int(ExitCode.INCOMPLETE if is_incomplete else ExitCode.OK)


def _as_published(report: RunReport) -> RunReport:
    """The report as it will be true when somebody reads it: its file becomes visible by being published."""
    return report.model_copy(update={"status": "published", "exit_status": exit_status_of(report)})


def publish(home: Path, staging: Path, identity: str) -> Generation:
    """Make the staged generation the published one."""
    versions = {
        "extractor": extractor_version(),
        "transform": transform_version(),
        "warehouse": warehouse_version(),
        "rules": rules_version(),
    }
    counts = counts_of(staging / WAREHOUSE_FILE)
    return publish_generation(home, staging, identity, versions=versions, counts=counts)


def share(warehouse: Path, settings: LakeSettings) -> list[str]:
    """Put the published warehouse into the lake; return what went wrong there (the night itself is published)."""
    try:
        publish_to_lake(warehouse, Lake(settings.catalogue, settings.data), settings.district)
    except LakeError as error:
        return [str(error)]
    return []


def notify(home: Path, warehouse: Path, settings: NotificationSettings) -> list[str]:
    """Leave tonight's news as ``notification.json`` and send it where configured; return what was not delivered.

    News is told once: what was delivered is remembered beside the ledger.
    """
    ledger = home / "ledger"
    news = pending_notification(read_warehouse(warehouse), ledger, settings.severities)
    target = home / "notification.json"
    staged = target.with_name(f".{target.name}.part")
    staged.write_text(json.dumps(news.payload, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    staged.replace(target)
    return send(news, settings, ledger)


def report_files(home: Path) -> dict[str, str]:
    """Return the published report files under Chinese names, as paths through the ``reports`` entrance."""
    reports = home / "reports"
    files = {"例外清单（工作簿）": reports / "例外清单.xlsx", "例外清单（CSV）": reports / "例外清单.csv"}
    files["网页"] = reports / "site" / "index.html"
    files["数据仓库"] = home / WAREHOUSE_FILE
    files["检查文档"] = home / "data_docs" / "index.html"
    return {name: str(path) for name, path in files.items() if path.exists()}
