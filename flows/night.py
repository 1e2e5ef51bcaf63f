"""The order of a night, written once: crawl, extract, build, check, report, publish.

Each stage is called through a ``Step`` (plainly, or as a Prefect task). Whatever fails before the last stage leaves the
published generation as it was, and the next night takes up what this one finished.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Protocol

from crawlers.report import CrawlReport
from crawlers.settings import Source
from flows import stages
from flows.address_space import require_address_space
from flows.data_directory import DataDirectoryError, bring_forward
from flows.documents import DocumentTally, pending_jobs, process_documents, prune_versions
from flows.exit_codes import ExitCode
from flows.failures import exit_code_of, explain, foreseen
from flows.journal import event, told_of
from flows.metrics import write_metrics
from flows.quarantine import unfinished_messages
from flows.settings import NightSettings, registry_directory
from flows.stall import Watch, WatchedProgress
from flows.step import Step
from flows.worker import DocumentJob
from reports.accounting import account_for_warehouse
from reports.run_report import RunError, RunReport, StageTiming
from warehouse.build import BuildInputs, build_id
from warehouse.publish import (
    WAREHOUSE_FILE,
    current_generation,
    prepare_generation,
    prune_generations,
    recover,
)


class Progress(Protocol):
    """Shows a person how far the night is; all methods may do nothing."""

    def stage(self, name: str, total: int | None = None) -> None:
        """Begin a stage of ``total`` items."""

    def advance(self, label: str = "") -> None:
        """One item of the stage is done."""


class Silent:
    """Progress that nobody watches."""

    def stage(self, name: str, total: int | None = None) -> None:
        """Do nothing."""

    def advance(self, label: str = "") -> None:
        """Do nothing."""


#: Takes batches of documents to wherever they are worked on and yields what became of each, in their order.
Spread = Callable[[Sequence[Sequence[DocumentJob]], NightSettings], Iterator[DocumentTally]]


@dataclass(slots=True)
class NightPlan:
    """One run: where, with what settings, from which sources or paths, and how it calls its stages.

    ``spread`` takes the documents to other machines; without it they are worked on here.
    """

    home: Path
    settings: NightSettings
    step: Step
    kind: str = "nightly"
    sources: Sequence[Source] = ()
    paths: Sequence[Path] = ()
    night: date = field(default_factory=lambda: datetime.now(UTC).astimezone().date())
    progress: Progress = field(default_factory=Silent)
    spread: Spread | None = None


def run_night(plan: NightPlan, on_report: Callable[[RunReport], object] = lambda _: None) -> RunReport:
    """Run a whole night under the lock its caller holds; the report is written to ``runs/`` whatever happens.

    ``on_report`` is given the report at the start, to be read again at the end. Raises what ended the night (a full
    disk, a bug); the report then says status ``failed``.
    """
    report = _new_report(plan.kind)
    on_report(report)
    watch = Watch(plan.settings.stall_hours * 3600)
    plan = replace(plan, progress=WatchedProgress(plan.progress, watch))
    try:
        _begin(plan, report)
        with watch.over(partial(_give_up, plan, report)):
            _collect(plan, report)
            _process(plan, report, watch)
            _build_and_publish(plan, report, watch)
    except DataDirectoryError:
        raise  # left by another version: nothing in it is touched
    except BaseException as error:
        _ended_by(report, error)
        _finish(plan.home, plan.settings, report)
        raise
    _finish(plan.home, plan.settings, report)
    return report


def record_failure(home: Path, error: BaseException, kind: str = "nightly") -> None:
    """Leave the record and the metrics of a night that could not even begin. Call it under the night's lock."""
    report = _new_report(kind)
    _ended_by(report, error)
    _finish(home, NightSettings(), report)


def _new_report(kind: str) -> RunReport:
    started = datetime.now(UTC)
    return RunReport(run_id=started.strftime("%Y%m%dT%H%M%S.%fZ"), kind=kind, started_at=started)


def _ended_by(report: RunReport, error: BaseException) -> None:
    report.status = "failed" if isinstance(error, Exception) or foreseen(error) else "interrupted"
    report.exit_status = int(exit_code_of(error))
    report.errors.append(RunError(stage="night", message=explain(error)))


def _give_up(plan: NightPlan, report: RunReport, seen: str) -> None:
    """Account for a night that stands still; what is published stays, and the next night goes on from here."""
    report.status, report.exit_status = "failed", int(ExitCode.NOT_PUBLISHED)
    report.errors.append(RunError(stage="night", message=f"{seen}，本夜已中止；下一夜从断处继续"))
    _finish(plan.home, plan.settings, report)


def _begin(plan: NightPlan, report: RunReport) -> None:
    require_address_space()
    stages.require_free_space(plan.home, plan.settings.minimum_free_megabytes)
    taken = bring_forward(plan.home)
    recovery = recover(plan.home)
    report.warnings.extend(f"数据目录升级：{step.title}" for step in taken)
    event("run_started", run_id=report.run_id, kind=report.kind, home=str(plan.home))
    removed = len(recovery.removed) + stages.sweep(plan.home)
    if removed:
        report.warnings.append(f"清理了上次中断留下的半成品 {removed} 个")


def _finish(home: Path, settings: NightSettings, report: RunReport) -> None:
    """Account for a night that is over; where it has failed, a disk that takes no record adds nothing to that."""
    report.finished_at = datetime.now(UTC)
    report.exit_status = stages.exit_status_of(report)
    try:
        write_metrics(report, home, settings.metrics_file)
    except OSError as error:
        report.warnings.append(f"监控指标文件写不进去：{explain(error)}")
    told_of(report)
    try:
        report.write(home / "runs" / f"{report.run_id}.json")
    except OSError as error:
        if report.status in ("published", "unchanged"):
            raise
        event("record_not_written", level=logging.ERROR, reason=explain(error))


@contextmanager
def _timed(report: RunReport, stage: str, items: Callable[[], int | None] = lambda: None) -> Iterator[None]:
    started = time.perf_counter()
    yield
    seconds = round(time.perf_counter() - started, 3)
    timing = StageTiming(stage=stage, seconds=seconds, items=items())
    report.timings.append(timing)
    event("stage_finished", run_id=report.run_id, **timing.model_dump())


def _collect(plan: NightPlan, report: RunReport) -> None:
    """Fill the store; a source that fails costs its own documents of this night only."""
    with _timed(report, "crawl"):
        crawls: list[CrawlReport | None] = []
        plan.progress.stage("crawl", len(plan.sources) + len(plan.paths) or None)
        for source in plan.sources:
            crawls.append(stages.crawl_one(plan.home, source, plan.step, report))
            plan.progress.advance(source.title)
        if plan.paths:
            crawls.append(plan.step("ingest", lambda: stages.ingest(plan.home, plan.paths)))
            plan.progress.advance()
        stages.account_for_crawls(report, crawls)


def _one_after_another(plan: NightPlan) -> Spread:
    """Work the batches off on this machine, each as a stage of its own."""

    def work(batches: Sequence[Sequence[DocumentJob]], settings: NightSettings) -> Iterator[DocumentTally]:
        for batch in batches:
            yield plan.step("extract", partial(process_documents, batch, settings, plan.progress.advance))

    return work


def _process(plan: NightPlan, report: RunReport, watch: Watch) -> None:
    tally = DocumentTally()
    with _timed(report, "extract", lambda: tally.extracted):
        tally.seen, jobs = pending_jobs(plan.home, plan.settings)
        plan.progress.stage("extract", len(jobs))
        size = plan.settings.batch_size
        batches = [jobs[start : start + size] for start in range(0, len(jobs), size)]
        for done in (plan.spread or _one_after_another(plan))(batches, plan.settings):
            tally.merge(done)
            watch.touch()  # documents done on other machines show no progress here
    report.documents.seen = tally.seen
    report.documents.extracted = tally.extracted
    for sha256, fault in tally.worker_faults:
        report.errors.append(RunError(stage="extract", message=fault, item=sha256[:16]))
    report.warnings.extend(unfinished_messages(plan.home, plan.settings.document_limits.ocr_nights))


def _build_and_publish(plan: NightPlan, report: RunReport, watch: Watch) -> None:
    inputs = stages.build_inputs(plan.home, plan.night, registry_directory(plan.home, plan.settings))
    identity = build_id(inputs)
    report.build_id = identity
    current = current_generation(plan.home)
    if current is not None and current.build_id == identity:
        report.status = "unchanged"
        account_for_warehouse(report, current.warehouse)
        report.files = stages.report_files(plan.home)
        _notify(plan, report)  # what could not be delivered last night
        return
    staging = prepare_generation(plan.home, identity)
    _build_and_check(plan, report, inputs, staging, watch)
    with _timed(report, "publish"):
        plan.progress.stage("publish")
        plan.step("publish", lambda: stages.publish(plan.home, staging, identity))
        prune_generations(plan.home, plan.settings.keep_generations)
        prune_versions(plan.home)
    report.status = "published"
    report.files = stages.report_files(plan.home)
    _notify(plan, report)


def _notify(plan: NightPlan, report: RunReport) -> None:
    """Tell others what is published: the lake, where there is one, and those who want the news."""
    generation = current_generation(plan.home)
    if generation is None:
        return
    warehouse, settings = generation.warehouse, plan.settings.notification
    if (place := plan.settings.lake) and plan.settings.warehouse == "ducklake":
        for failure in plan.step("lake", lambda: stages.share(warehouse, place)):
            report.errors.append(RunError(stage="lake", message=failure))
    for failure in plan.step("notify", lambda: stages.notify(plan.home, warehouse, settings)):
        report.errors.append(RunError(stage="notify", message=failure))


def _build_and_check(
    plan: NightPlan, report: RunReport, inputs: BuildInputs, staging: Path, watch: Watch
) -> None:
    with _timed(report, "build"), watch.computing():
        plan.progress.stage("build")
        plan.step("build", lambda: stages.build(staging, inputs))
    with _timed(report, "check"):
        plan.progress.stage("check")
        with watch.computing():
            plan.step("judge", lambda: stages.judge_rules(plan.home, staging, plan.night, report))
        plan.step("great expectations", lambda: stages.check(plan.home, staging, report))
    account_for_warehouse(report, staging / WAREHOUSE_FILE)
    with _timed(report, "report"):
        plan.progress.stage("report")
        plan.step("report", lambda: stages.write_reports(plan.home, staging, report, plan.settings.workers))
