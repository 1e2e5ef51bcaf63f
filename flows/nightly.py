"""The nightly flow on Prefect: the same order of stages, each run as a task with its retries, and the run report kept
as an artifact.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any, TypeVar

from prefect import flow, task
from prefect.artifacts import create_markdown_artifact

from flows.night import run_night
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
