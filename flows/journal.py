"""Structured logs: one line of JSON an event on standard error, where the operator asks for them.

``MINGZHANG_LOG=json`` asks; processes that a night starts inherit it. Without it, events go nowhere: people have the
progress bar and the run report.
"""

from __future__ import annotations

import json
import logging
import os
import sys
from datetime import UTC, datetime

from reports.run_report import RunReport

VARIABLE = "MINGZHANG_LOG"

_LOGGER = logging.getLogger("mingzhang.journal")
_LOGGER.propagate = False
_LOGGER.addHandler(logging.NullHandler())


class _JsonLine(logging.Formatter):
    """An event as one line of JSON: when, what, and its fields."""

    def format(self, record: logging.LogRecord) -> str:
        moment = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        fields = getattr(record, "fields", {})
        line = {"time": moment, "level": record.levelname.lower(), "event": record.getMessage(), **fields}
        return json.dumps(line, ensure_ascii=False, default=str)


def is_wanted() -> bool:
    """Say whether the operator has asked for lines of JSON."""
    return os.environ.get(VARIABLE, "").lower() == "json"


def open_journal() -> None:
    """Send events to standard error where that is wanted; calling it again changes nothing."""
    if not is_wanted() or any(isinstance(one.formatter, _JsonLine) for one in _LOGGER.handlers):
        return
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_JsonLine())
    _LOGGER.addHandler(handler)
    _LOGGER.setLevel(logging.INFO)


def event(name: str, *, level: int = logging.INFO, **fields: object) -> None:
    """Log one event with its fields."""
    _LOGGER.log(level, name, extra={"fields": fields})


def told_of(report: RunReport) -> None:
    """Log how a run ended: its sources, what was set aside, what went wrong, and the sum of it."""
    for crawl in report.crawls:
        level = logging.INFO if crawl.is_complete else logging.WARNING
        event("source", level=level, **crawl.model_dump())
    for one in report.quarantined:
        event("document_quarantined", level=logging.WARNING, **one.model_dump())
    for error in report.errors:
        event("error", level=logging.ERROR, **error.model_dump())
    event(
        "run_finished",
        level=logging.INFO if report.status in ("published", "unchanged") else logging.ERROR,
        run_id=report.run_id,
        kind=report.kind,
        status=report.status,
        exit_status=report.exit_status,
        build_id=report.build_id,
        seconds=report.seconds,
        documents=report.documents.model_dump(),
        findings=report.findings.model_dump(),
    )
