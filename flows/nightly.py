"""The nightly flow on Prefect: the same order of stages, each run as a task with its retries, and the run report kept
as an artifact.
"""

from __future__ import annotations

import asyncio
import dataclasses
import logging
import multiprocessing
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from polars.exceptions import PanicException
from prefect import flow, task
from prefect.artifacts import create_markdown_artifact
from prefect.client.schemas.objects import State
from prefect.exceptions import PrefectHTTPStatusError
from prefect.runner import Runner
from prefect.schedules import Cron
from prefect.states import Completed, Failed

from crawlers.settings import SourceError, load_all_sources
from flows.console import say
from flows.environment import quiet_environment
from flows.exit_codes import ExitCode
from flows.failures import Ending, foreseen
from flows.journal import event, is_wanted, open_journal
from flows.lock import night_lock
from flows.night import NightPlan, record_failure, run_night
from flows.prefect_server import PrefectServerError
from flows.processes import watch_parent
from flows.settings import Schedule, SettingsError, load_settings
from flows.spread import spread, task_runner
from reports.run_report import RunReport
from reports.run_report_views import headline, render_markdown

Result = TypeVar("Result")

_RETRY_DELAY_SECONDS = 5.0
_FINISHED = "Finished in state"
_NIGHT_ENDS_SECONDS = 30.0
_RUNNER_RETRY_SECONDS = 5.0


def prefect_step(name: str, work: Callable[[], Result], *, retries: int = 0) -> Result:
    """Run a stage as a Prefect task. Its result stays in memory: what a night keeps, its data directory keeps."""
    as_task = task(name=name, retries=retries, retry_delay_seconds=_RETRY_DELAY_SECONDS, persist_result=False)
    return as_task(work)()


@flow(name="mingzhang-nightly", validate_parameters=False, persist_result=False)
def nightly(plan: Any) -> RunReport:  # a NightPlan; Prefect would try to make a form of its fields
    """Run one night and leave its report as the artifact ``run-report``, also where the night fails."""
    reports: list[RunReport] = []
    try:
        return run_night(dataclasses.replace(plan, step=prefect_step), on_report=reports.append)
    finally:
        for report in reports:
            _keep(report)


def _keep(report: RunReport) -> None:
    """Keep a report as an artifact, where Prefect can take it: it is in the data directory in any case."""
    try:
        create_markdown_artifact(
            render_markdown(report), key="run-report", description=f"{report.kind} {report.run_id}"
        )
    except PrefectHTTPStatusError as error:
        event("artifact_not_kept", level=logging.WARNING, reason=f"{error.response.status_code}")


def run_on_prefect(plan: NightPlan) -> RunReport:
    """Run one night as a flow, with its documents on this machine or on a Dask cluster, as configured.

    Raises ``SettingsError`` where the cluster is not configured or its extra not installed, and what ended the night.
    """
    for name in ("prefect.flow_runs", "prefect.task_runs"):
        logging.getLogger(name).addFilter(_traces_of_bugs)
    try:
        if plan.settings.compute == "local":
            return nightly(plan)
        on_cluster = nightly.with_options(task_runner=task_runner(plan.settings))
        return on_cluster(dataclasses.replace(plan, spread=spread))
    except PrefectHTTPStatusError as error:
        raise PrefectServerError(
            f"Prefect 服务没有记下本夜的状态（{error.response.status_code}），多为磁盘已满"
        ) from error


def _traces_of_bugs(record: logging.LogRecord) -> bool:
    """Keep what Prefect says of a foreseen failure for the debug log: the night itself says it, in one sentence."""
    error = record.exc_info[1] if record.exc_info else None
    is_told = (error is not None and foreseen(error) is not None) or record.getMessage().startswith(_FINISHED)
    return not is_told or logging.getLogger(record.name).isEnabledFor(logging.DEBUG)


@flow(name="mingzhang-scheduled-night", persist_result=False)
def scheduled_night(config: str, home: str) -> State[RunReport]:
    """Run the night that a schedule has fired, with the configuration as it is now.

    A night that published but met partial failures ends as ``Incomplete``; one that could not begin (another is running,
    a mistake in the configuration) or met a foreseen failure as failed, with one sentence. Raises a bug that ended it.
    """
    watch_parent()
    place = Path(home)
    quiet_environment(place)
    open_journal()
    try:
        with night_lock(place):
            report = run_on_prefect(_plan(Path(config), place))
    except (Exception, PanicException) as error:
        ending = foreseen(error)
        if ending is None:
            raise
        return _failed(ending)
    line = headline(report)
    if not is_wanted():
        say(line)
    return Completed(name="Incomplete" if report.exit_status else "Completed", message=line, data=report)


def _plan(config: Path, home: Path) -> NightPlan:
    """The plan of a scheduled night, with the configuration as it is now; a mistake in it leaves a record of the night."""
    try:
        settings = load_settings(config)
        sources = load_all_sources(settings.sources)
    except (SettingsError, SourceError, OSError) as error:
        record_failure(home, error)
        raise
    return NightPlan(home, settings, prefect_step, sources=sources)


def _failed(ending: Ending) -> State[RunReport]:
    if ending.code is ExitCode.RUNNING:
        reason = f"到点时已有一夜在运行（{ending.sentence}），本次不另运行"
    elif ending.code is ExitCode.USAGE:
        reason = f"本夜没有运行：{ending.sentence}；{ending.advice}"
    else:
        reason = f"本夜没有发布：{ending.sentence}；{ending.advice}"
    event("night_failed", level=logging.ERROR, reason=reason, exit_status=int(ending.code))
    if not is_wanted():
        say(reason)
    return Failed(message=reason)


class _NightRunner(Runner):
    """Prefect's runner, which on SIGTERM ends its nights before itself."""

    def handle_sigterm(self, *_: Any) -> None:
        """End the nights that are running, in order, and leave."""
        end_nights()
        sys.exit(0)


def end_nights() -> None:
    """Ask the nights that this process has started to end, as Ctrl-C would."""
    for night in multiprocessing.active_children():
        night.terminate()


def serve_schedule(config: Path, home: Path, schedule: Schedule) -> None:
    """Serve the schedule until stopped; one night at a time, and none left behind.

    Prefect's runner gives up where its server is away for three polls; a service does not: it begins anew.
    """
    while True:
        try:
            return _serve(config, home, schedule)
        except Exception as error:  # noqa: BLE001 - whatever it is, the next night is due all the same
            event("runner_restarted", level=logging.WARNING, reason=f"{type(error).__name__}: {error}")
            time.sleep(_RUNNER_RETRY_SECONDS)


def _serve(config: Path, home: Path, schedule: Schedule) -> None:
    try:
        runner = _NightRunner(name="mingzhang", limit=1, pause_on_shutdown=False)
        runner.add_flow(
            scheduled_night,
            name="nightly",
            schedule=Cron(schedule.cron, timezone=schedule.timezone),
            parameters={"config": str(config), "home": str(home)},
        )
        asyncio.run(runner.start())
    finally:
        end_nights()
        for night in multiprocessing.active_children():
            night.join(_NIGHT_ENDS_SECONDS)
