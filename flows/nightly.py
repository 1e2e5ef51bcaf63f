"""The nightly flow on Prefect: the same order of stages, each run as a task with its retries, and the run report kept
as an artifact.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from prefect import flow, task
from prefect.artifacts import create_markdown_artifact
from prefect.schedules import Cron

from crawlers.settings import load_sources
from flows.environment import quiet_environment
from flows.lock import night_lock
from flows.night import NightPlan, run_night
from flows.settings import Schedule, load_settings
from reports.run_report import RunReport
from reports.run_report_views import render_markdown

Result = TypeVar("Result")

_RETRY_DELAY_SECONDS = 5.0


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
            create_markdown_artifact(
                render_markdown(report), key="run-report", description=f"{report.kind} {report.run_id}"
            )


@flow(name="mingzhang-scheduled-night", persist_result=False)
def scheduled_night(config: str, home: str) -> str:
    """Run the night that a schedule has fired, with the configuration as it is now; return the report's status.

    Raises what ended the night, so that the run shows as failed; ``NightIsRunningError`` where another holds the data.
    """
    place = Path(home)
    quiet_environment(place)
    settings = load_settings(Path(config))
    sources = [source for path in settings.sources for source in load_sources(path)]
    with night_lock(place):
        report = nightly(NightPlan(place, settings, prefect_step, sources=sources))
    return report.status


def serve_schedule(config: Path, home: Path, schedule: Schedule) -> None:
    """Serve the schedule until stopped; one night at a time."""
    scheduled_night.serve(
        name="nightly",
        schedule=Cron(schedule.cron, timezone=schedule.timezone),
        parameters={"config": str(config), "home": str(home)},
        limit=1,
        print_starting_message=False,
    )
