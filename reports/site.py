"""The static site: a folder that opens from a file share or any web server and fetches nothing."""

from __future__ import annotations

import json
import os
import shutil
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any
from zlib import ZLIB_RUNTIME_VERSION

import duckdb
from jinja2 import Environment

from reports.evidence import FindingDetails, read_details
from reports.exceptions import ExceptionRow, ReportData, page_link
from reports.labels import SEVERITIES, label, labels_of, severity_rank
from reports.page_images import (
    SCALE,
    DocumentFile,
    DocumentJob,
    drawing,
)
from reports.site_environment import ASSETS, finding_href, make_environment, safe_name, unit_addresses
from reports.site_findings import SiteContext, finding_marks, finding_view
from reports.site_overview import coverage, overview, units_table

_STATEMENTS = """
SELECT document_id, statement_code, title, status FROM core.statement
ORDER BY document_id, statement_no
"""

#: Pictures made by another version of these are made again.
_RENDERER = (
    f"pypdfium2 {version('pypdfium2')}, zlib {ZLIB_RUNTIME_VERSION}, scale {SCALE:.4f}, 4 or 16 greys by rows, packaged font, "
    "turned as read\n"
)


@dataclass(frozen=True, slots=True)
class SiteOptions:
    """Where the site finds what it shows besides the warehouse.

    ``document_file`` gives the stored PDF of a document id (None: no pictures); ``previous`` is an earlier
    site whose pictures may be taken over; ``data_docs`` an address relative to the site.
    """

    document_file: DocumentFile | None = None
    previous: Path | None = None
    data_docs: str | None = None
    workers: int = 2


def build_site(
    connection: duckdb.DuckDBPyConnection,
    data: ReportData,
    target: Path,
    options: SiteOptions,
) -> int:
    """Write the whole site into ``target`` (made where missing) and return how many pages it has.

    The same warehouse and store give the same bytes, whatever the number of workers.
    """
    details = read_details(connection)
    statements = _statements(connection)
    target.mkdir(parents=True, exist_ok=True)
    shutil.copytree(ASSETS, target / "assets", dirs_exist_ok=True)
    folders = (target / "pages", target / "annotated")
    jobs = _jobs(data, details, options)
    _take_over(options.previous, target, jobs)
    with drawing(jobs, *folders, workers=options.workers) as drawn:
        (folders[0] / "renderer.txt").write_text(_RENDERER, encoding="utf-8")
        pictures = drawn()
    context = SiteContext(
        details=details,
        documents={row.document_id: row for row in data.documents},
        images={(one, page): image for one, made in pictures.items() for page, image in made.images.items()},
        annotated={one: f"annotated/{made.annotated}" for one, made in pictures.items() if made.annotated},
        units=unit_addresses(data.units(), {(row.unit, row.unit_id) for row in data.findings}),
    )
    return _write_pages(data, statements, context, target, options)


def _jobs(data: ReportData, details: FindingDetails, options: SiteOptions) -> list[DocumentJob]:
    """Return what is to be drawn of each stored document that evidence stands in."""
    if options.document_file is None:
        return []
    marks = finding_marks(data.findings, details)
    jobs = []
    for document_id, pages in sorted(details.pages().items()):
        source = options.document_file(document_id)
        if source is not None:
            wanted = tuple(marks.get(document_id, ()))
            turned = details.rotations.get(document_id, {})
            rotations = tuple((page, turned[page]) for page in sorted(pages) if page in turned)
            jobs.append(DocumentJob(document_id, os.fspath(source), tuple(sorted(pages)), wanted, rotations))
    return jobs


def _take_over(previous: Path | None, target: Path, jobs: Sequence[DocumentJob]) -> None:
    """Link what an earlier site of the same renderer already has; a file of one name never changes."""
    marker = previous / "pages" / "renderer.txt" if previous else None
    if previous is None or marker is None or not marker.is_file():
        return
    if marker.read_text(encoding="utf-8") != _RENDERER:
        return
    for folder in ("pages", "annotated"):
        (target / folder).mkdir(exist_ok=True)
    for job in jobs:
        names = [f"pages/{job.image_name(page)}" for page in job.pages]
        for name in [*names, f"annotated/{job.annotated_name}"]:
            if (previous / name).is_file() and not (target / name).exists():
                _link(previous / name, target / name)


def _link(old: Path, new: Path) -> None:
    try:
        os.link(old, new)
    except OSError:  # another file system, or one without links
        shutil.copyfile(old, new)


def _statements(connection: duckdb.DuckDBPyConnection) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for document_id, code, title, status in connection.execute(_STATEMENTS).fetchall():
        found[document_id].append({"statement_code": code, "title": title, "status": status or ""})
    return dict(found)


def _write_pages(
    data: ReportData,
    statements: Mapping[str, list[dict[str, Any]]],
    context: SiteContext,
    target: Path,
    options: SiteOptions,
) -> int:
    environment = make_environment(data.night)
    summary = overview(data, context.details.events)
    _write_script(target / "data" / "overview.js", "mingzhangOverview", summary["charts"])
    _write_script(target / "data" / "findings.js", "mingzhangFindings", _list_data(data.findings))
    _render(environment, "index.html", target / "index.html", summary)
    _render(environment, "list.html", target / "list.html", _list_view(data.findings))
    units = {"current": "units.html", "units": units_table(data, context.units)}
    _render(environment, "units.html", target / "units.html", units)
    _render(
        environment,
        "coverage.html",
        target / "coverage.html",
        coverage(data, context.units, options.data_docs),
    )
    _render(environment, "rules.html", target / "rules.html", {"current": "rules.html", "rules": data.rules})
    count = 5 + _write_units(environment, data, statements, context, target)
    return count + _write_findings(environment, data.findings, context, target)


def _render(environment: Environment, name: str, path: Path, values: Mapping[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(environment.get_template(name).render(values), encoding="utf-8", errors="replace")


def _write_script(path: Path, name: str, value: Any) -> None:
    """Write data as a script, because a page opened from a folder may not fetch."""
    text = json.dumps(value, ensure_ascii=True, separators=(",", ":")).replace("<", "\\u003c")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f'"use strict";\nwindow.{name} = {text};\n', encoding="utf-8")


def _list_data(findings: Sequence[ExceptionRow]) -> dict[str, Any]:
    columns = [
        "id",
        "file",
        "severity",
        "severityCode",
        "severityRank",
        "status",
        "unit",
        "year",
        "kind",
        "title",
    ]
    columns += ["message", "actual", "expected", "amount", "page", "family", "rule", "diagnosis"]
    rows = [
        [
            row.finding_id,
            finding_href(row).removeprefix("findings/"),
            label("severity", row.severity),
            row.severity if row.severity in SEVERITIES else "none",
            severity_rank(row.severity),
            label("status", row.status),
            row.unit,
            row.fiscal_year,
            row.disclosure,
            row.title,
            row.what,
            row.actual,
            row.expected,
            None if row.amount_yuan is None else f"{row.amount_yuan.normalize():f}",
            row.page,
            label("family", row.family),
            row.rule_id,
            row.diagnosis,
        ]
        for row in findings
    ]
    return {"columns": columns, "rows": rows}


def _list_view(findings: Sequence[ExceptionRow]) -> dict[str, Any]:
    def options(kind: str, used: set[str | None]) -> list[str]:
        words = [word for code, word in labels_of(kind).items() if code in used]
        return words + sorted(label(kind, code) for code in used if code and code not in labels_of(kind))

    return {
        "current": "list.html",
        "filters": [
            {
                "name": "级别",
                "field": "severity",
                "options": options("severity", {row.severity for row in findings}),
            },
            {
                "name": "状态",
                "field": "status",
                "options": options("status", {row.status for row in findings}),
            },
            {"name": "单位", "field": "unit", "options": sorted({row.unit for row in findings})},
            {
                "name": "年度",
                "field": "year",
                "options": sorted(
                    {str(row.fiscal_year) for row in findings if row.fiscal_year}, reverse=True
                ),
            },
            {
                "name": "文种",
                "field": "kind",
                "options": sorted({row.disclosure for row in findings if row.disclosure}),
            },
            {
                "name": "类别",
                "field": "family",
                "options": options("family", {row.family for row in findings}),
            },
        ],
    }


def _write_units(
    environment: Environment,
    data: ReportData,
    statements: Mapping[str, list[dict[str, Any]]],
    context: SiteContext,
    target: Path,
) -> int:
    by_unit: dict[str, list[ExceptionRow]] = defaultdict(list)
    for row in data.findings:
        by_unit[row.unit].append(row)
    documents: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for document in data.documents:
        documents[document.unit].append(
            {
                "row": document,
                "source": page_link(document.source_url, None),
                "annotated": context.annotated.get(document.document_id),
                "statements": statements.get(document.document_id, []),
            }
        )
    for unit in data.units():
        severities = Counter(row.severity for row in by_unit[unit] if row.is_open)
        values = {
            "root": "../",
            "current": "units.html",
            "unit": unit,
            "department": next((item["row"].department_name for item in documents[unit]), None),
            "documents": documents[unit],
            "open_count": severities.total(),
            "severity_counts": [
                (label("severity", one), severities[one]) for one in SEVERITIES if severities[one]
            ],
            "findings": by_unit[unit],
        }
        _render(environment, "unit.html", target / context.units[unit], values)
    return len(data.units())


def _write_findings(
    environment: Environment, findings: Sequence[ExceptionRow], context: SiteContext, target: Path
) -> int:
    template = environment.get_template("finding.html")
    (target / "findings").mkdir(parents=True, exist_ok=True)
    for number, row in enumerate(findings):
        before = findings[number - 1] if number else None
        after = findings[number + 1] if number + 1 < len(findings) else None
        text = template.render(finding_view(row, context, before, after))
        path = target / "findings" / f"{safe_name(row.finding_id)}.html"
        path.write_text(text, encoding="utf-8", errors="replace")
    return len(findings)
