"""Findings against a truth file: what was found of what is there, what was reported though it is right, and the rest.

A truth file is a JSON list of entries with ``id``, ``doc`` (path; its last part is the file name), ``kind``
(``E`` true inconsistency, ``S`` suspicious, ``N`` right although it looks wrong, ``O`` noise), ``severity``, ``location``
(a page where it names one: ``p21``) and ``rules``. A finding meets an entry where one of its outcomes belongs to one of
the entry's rules, in the same file and, where a page is named, within a page of it.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

import duckdb

_PAGES = re.compile(r"p(\d+)(?:[–-](\d+))?")


@dataclass(frozen=True, slots=True)
class Met:
    """One entry of the truth and the findings that meet it."""

    truth_id: str
    kind: str
    severity: str
    findings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """``recall``: per severity of kind ``E``, found and all. ``false_alarms``: error findings on ``N`` entries.

    ``to_adjudicate`` holds the error findings that no ``E`` or ``S`` entry explains, with file, page and message.
    """

    documents: int
    recall: dict[str, tuple[int, int]]
    suspicious: tuple[int, int]
    missed: tuple[str, ...]
    false_alarms: tuple[str, ...]
    to_adjudicate: tuple[dict[str, Any], ...] = ()
    met: tuple[Met, ...] = field(default=(), repr=False)


def evaluate(connection: duckdb.DuckDBPyConnection, truth: Path) -> Evaluation:
    """Compare the warehouse's findings with a truth file, or with ``findings.json`` of a directory."""
    path = truth / "findings.json" if truth.is_dir() else truth
    entries: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    findings = _findings(connection)
    present = {row[0] for row in connection.sql("SELECT DISTINCT file_name FROM core.document").fetchall()}
    known = [entry for entry in entries if _file_name(entry) in present]
    met = [_meet(entry, findings) for entry in known]
    explained = {own_id for one in met if one.kind in ("E", "S") for own_id in one.findings}
    files = {_file_name(entry) for entry in known}
    errors = [
        finding
        for finding in findings
        if finding["severity"] == "error" and finding["status"] != "needs_review"
    ]
    error_ids = {finding["finding_id"] for finding in errors}
    return Evaluation(
        documents=len(files),
        recall={
            severity: _share([one for one in met if one.kind == "E" and one.severity == severity])
            for severity in ("error", "warning", "notice")
        },
        suspicious=_share([one for one in met if one.kind == "S"]),
        missed=tuple(one.truth_id for one in met if one.kind in ("E", "S") and not one.findings),
        false_alarms=tuple(
            one.truth_id for one in met if one.kind == "N" and error_ids.intersection(one.findings)
        ),
        to_adjudicate=tuple(
            {key: finding[key] for key in ("finding_id", "file_name", "page", "rule_id", "message")}
            for finding in errors
            if finding["finding_id"] not in explained
        ),
        met=tuple(met),
    )


def _findings(connection: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    return connection.sql(
        """
        SELECT f.finding_id, f.severity, f.status, f.rule_id, f.page, f.message, d.file_name,
               (SELECT list(DISTINCT o.rule_id) FROM core.finding_outcome fo JOIN core.outcome o USING (outcome_id)
                WHERE fo.finding_id = f.finding_id) AS rule_ids,
               (SELECT list(DISTINCT e.page) FROM core.finding_evidence e WHERE e.finding_id = f.finding_id) AS pages
        FROM core.finding f JOIN core.document d USING (document_id)
        ORDER BY d.file_name, f.page, f.finding_id
        """
    ).pl().to_dicts()  # fmt: skip


def _file_name(entry: dict[str, Any]) -> str:
    return PurePosixPath(entry["doc"]).name


def _pages_of(entry: dict[str, Any]) -> set[int]:
    pages: set[int] = set()
    for first, last in _PAGES.findall(str(entry.get("location", ""))):
        pages |= set(range(int(first) - 1, int(last or first) + 2))
    return pages


def _meet(entry: dict[str, Any], findings: Sequence[dict[str, Any]]) -> Met:
    rules, pages = set(entry.get("rules", ())), _pages_of(entry)
    meeting = tuple(
        finding["finding_id"]
        for finding in findings
        if finding["file_name"] == _file_name(entry)
        and rules.intersection(finding["rule_ids"] or ())
        and (
            not pages or not finding["pages"] or pages.intersection(page for page in finding["pages"] if page)
        )
    )
    return Met(entry["id"], entry["kind"], entry.get("severity", ""), meeting)


def _share(met: Sequence[Met]) -> tuple[int, int]:
    return sum(1 for one in met if one.findings), len(met)


def main(arguments: list[str]) -> int:
    """Command line: WAREHOUSE TRUTH; prints the evaluation as JSON."""
    if len(arguments) != 2:
        sys.stderr.write("usage: python -m expectations.evaluate WAREHOUSE TRUTH\n")
        return 2
    with duckdb.connect(arguments[0], read_only=True) as connection:
        evaluation = evaluate(connection, Path(arguments[1]))
    sys.stdout.write(json.dumps(asdict(evaluation), ensure_ascii=False, indent=1) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
