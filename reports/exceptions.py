"""What the reports read from a published or staged warehouse, as plain rows in one fixed order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from urllib.parse import quote, urlsplit

import duckdb

from reports.labels import OPEN_STATUSES, UNKNOWN_UNIT, disclosure_words, severity_rank

#: What a person knows a file by: where nothing in it says whose it is, the portal's own words stand before its name.
SHOWN_NAME = """
CASE WHEN d.unit_name IS NULL AND nullif(d.link_text, '') IS NOT NULL AND d.link_text <> d.file_name
     THEN concat(d.link_text, '（', d.file_name, '）') ELSE d.file_name END
"""

_FINDINGS = """
SELECT f.finding_id, f.rule_id, coalesce(f.family, r.family), coalesce(f.severity, r.severity),
       f.unit_id, f.unit_name, d.department_name, f.fiscal_year, f.doc_kind, f.scope, f.document_id,
       f.subject, coalesce(f.title, r.title), f.message, f.actual, f.expected, f.amount_yuan, f.diagnosis,
       f.page, f.status, f.first_seen, f.last_seen, d.file_name, d.source_url, r.basis, r.sentence
FROM core.finding AS f
LEFT JOIN core.document AS d USING (document_id)
LEFT JOIN core.rule AS r ON r.rule_id = f.rule_id
"""

_NOT_CHECKED = f"""
SELECT d.unit_name, d.fiscal_year, d.doc_kind, d.document_id, {SHOWN_NAME}, o.verdict,
       coalesce(o.reason, ''), count(DISTINCT o.rule_id)::INTEGER,
       list_sort(list(DISTINCT o.rule_id))
FROM core.outcome AS o
LEFT JOIN core.document AS d USING (document_id)
WHERE o.verdict IN ('not_evaluated', 'needs_review')
GROUP BY ALL
ORDER BY d.unit_name, d.fiscal_year, d.doc_kind, d.document_id, o.verdict, 7
"""  # noqa: S608 - words of our own

_DOCUMENTS = f"""
SELECT d.document_id, {SHOWN_NAME}, d.source_url, d.page_url, d.unit_name, d.department_name, d.fiscal_year,
       d.doc_kind, d.scope, d.content, d.page_count, d.text_layer, d.status, d.status_reason, d.published_on,
       d.is_current, d.sha256,
       (SELECT count(*) FROM core.statement AS s
        WHERE s.document_id = d.document_id AND s.statement_code IS NOT NULL)::INTEGER,
       (SELECT count(*) FROM core.statement AS s
        WHERE s.document_id = d.document_id AND s.statement_code IS NULL)::INTEGER
FROM core.document AS d
ORDER BY d.unit_name NULLS LAST, d.fiscal_year NULLS LAST, d.doc_kind, d.file_name, d.document_id
"""  # noqa: S608 - words of our own

_MISSING = """
SELECT u.unit_name, u.parent_name, p.fiscal_year, p.doc_kind, p.status, p.due_on, p.published_on, p.reason
FROM core.publication AS p
LEFT JOIN (SELECT unit_id, max_by(unit_name, version_no) AS unit_name, max_by(parent_name, version_no) AS parent_name
           FROM core.unit GROUP BY unit_id) AS u USING (unit_id)
WHERE p.status IN ('missing', 'late')
ORDER BY p.status DESC, p.fiscal_year DESC, p.doc_kind, u.unit_name, p.unit_id
"""

_RULES = """
SELECT r.rule_id, r.title, r.family, r.severity, r.basis, r.sentence, r.kind, r.needs, n.status, n.message,
       coalesce(n.document_count, 0), coalesce(n.exact_count, 0), coalesce(n.rounded_count, 0),
       coalesce(n.violated_count, 0), coalesce(n.needs_review_count, 0), coalesce(n.not_evaluated_count, 0),
       coalesce(n.is_suspicious, false)
FROM core.rule AS r LEFT JOIN core.rule_run AS n USING (rule_id)
ORDER BY r.family, r.rule_id
"""


@dataclass(frozen=True, slots=True)
class ExceptionRow:
    """One finding as an official reads it; ``actual`` and ``expected`` are texts with their units."""

    finding_id: str
    rule_id: str
    family: str | None
    severity: str | None
    unit_id: str | None
    unit_name: str | None
    department_name: str | None
    fiscal_year: int | None
    doc_kind: str | None
    scope: str | None
    document_id: str | None
    subject: str | None
    title: str | None
    message: str | None
    actual: str | None
    expected: str | None
    amount_yuan: Decimal | None  # at issue, in 元
    diagnosis: str | None
    page: int | None
    status: str | None
    first_seen: date | None
    last_seen: date | None
    file_name: str | None
    source_url: str | None
    basis: str | None
    rule_sentence: str | None

    @property
    def unit(self) -> str:
        """Name of the unit, or the words for an unknown one."""
        return self.unit_name or UNKNOWN_UNIT

    @property
    def what(self) -> str:
        """What is wrong, without the title and the likely cause that stand beside it."""
        text = (self.message or "").removeprefix(f"{self.title}：")
        return text.replace(f"可能原因：{self.diagnosis}。", "") if self.diagnosis else text

    @property
    def disclosure(self) -> str:
        """What was disclosed: a unit's own accounts and its department's say the same sentences, and differ in this."""
        return disclosure_words(self.doc_kind, self.scope)

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to act on it."""
        return self.status not in ("fixed", "waived")

    @property
    def source_link(self) -> str | None:
        """Address of the evidence's page in the published file; None where there is no safe one."""
        return page_link(self.source_url, self.page)


@dataclass(frozen=True, slots=True)
class NotChecked:
    """Rules that could not give a verdict on one document for one reason."""

    unit_name: str | None
    fiscal_year: int | None
    doc_kind: str | None
    document_id: str | None
    file_name: str | None
    verdict: str
    reason: str
    rule_count: int
    rule_ids: list[str]


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """One stored file, whatever became of it."""

    document_id: str
    file_name: str | None
    source_url: str | None
    page_url: str | None
    unit_name: str | None
    department_name: str | None
    fiscal_year: int | None
    doc_kind: str | None
    scope: str | None
    content: str | None
    page_count: int | None
    text_layer: str | None
    status: str
    status_reason: str | None
    published_on: date | None
    is_current: bool
    sha256: str
    statement_count: int
    unrecognised_count: int

    @property
    def unit(self) -> str:
        """Name of the unit, or the words for an unknown one."""
        return self.unit_name or UNKNOWN_UNIT

    @property
    def disclosure(self) -> str:
        """What it discloses, e.g. 部门预算."""
        return disclosure_words(self.doc_kind, self.scope)


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One rule and how it ran in this build."""

    rule_id: str
    title: str | None
    family: str | None
    severity: str | None
    basis: str | None
    sentence: str | None
    kind: str | None
    needs: str | None
    run_status: str | None
    run_message: str | None
    document_count: int
    exact: int
    rounded: int
    violated: int
    needs_review: int
    not_evaluated: int
    is_suspicious: bool

    @property
    def warning(self) -> str:
        """Why its results are to be taken with care; an empty text where there is no reason."""
        if self.run_status == "failed":
            return f"执行出错：{self.run_message or ''}"
        return "不一致或未能检查的偏多，请先核实" if self.is_suspicious else ""


@dataclass(frozen=True, slots=True)
class MissingDisclosure:
    """A disclosure that should exist and was not found, or came after its day."""

    unit_name: str | None
    parent_name: str | None
    fiscal_year: int
    doc_kind: str
    status: str  # missing | late
    due_on: date | None
    published_on: date | None
    reason: str | None

    @property
    def days_late(self) -> int | None:
        """Days after the due day it was published; None where that cannot be said."""
        return (self.published_on - self.due_on).days if self.published_on and self.due_on else None


@dataclass(frozen=True, slots=True)
class ReportData:
    """Everything the list, the workbook and the overview of the site are made of."""

    findings: tuple[ExceptionRow, ...]
    not_checked: tuple[NotChecked, ...]
    documents: tuple[DocumentRow, ...]
    rules: tuple[RuleRow, ...]
    missing: tuple[MissingDisclosure, ...]
    night: date | None

    def units(self) -> list[str]:
        """Return all unit names that have a document or a finding, sorted."""
        return sorted({row.unit for row in self.findings} | {row.unit for row in self.documents})


def exception_order(row: ExceptionRow) -> tuple[int, str, int, str, str, str]:
    """Sort key of the list: severity, unit, year, rule, subject, then the id."""
    return (
        severity_rank(row.severity),
        row.unit,
        row.fiscal_year or 0,
        row.rule_id,
        row.subject or "",
        row.finding_id,
    )


def read_findings(connection: duckdb.DuckDBPyConnection) -> tuple[ExceptionRow, ...]:
    """Return all findings, open or not, in the list's order."""
    rows = (ExceptionRow(*values) for values in connection.execute(_FINDINGS).fetchall())
    return tuple(sorted(rows, key=exception_order))


def read_report_data(connection: duckdb.DuckDBPyConnection) -> ReportData:
    """Read all that the reports show from an open (read-only) warehouse connection."""
    night = connection.execute("SELECT max(night) FROM core.build").fetchone()
    return ReportData(
        findings=read_findings(connection),
        not_checked=tuple(NotChecked(*values) for values in connection.execute(_NOT_CHECKED).fetchall()),
        documents=tuple(DocumentRow(*values) for values in connection.execute(_DOCUMENTS).fetchall()),
        rules=tuple(RuleRow(*values) for values in connection.execute(_RULES).fetchall()),
        missing=tuple(MissingDisclosure(*values) for values in connection.execute(_MISSING).fetchall()),
        night=night[0] if night else None,
    )


def count_by_status(findings: Sequence[ExceptionRow]) -> dict[str, int]:
    """Return status → how many, with an ``open`` total; statuses that do not occur count 0."""
    counts = dict.fromkeys(("open", *OPEN_STATUSES, "waived", "fixed"), 0)
    for row in findings:
        status = row.status or "new"
        counts[status] = counts.get(status, 0) + 1
        counts["open"] += row.is_open
    return counts


def page_link(url: str | None, page: int | None) -> str | None:
    """Return ``url#page=N`` for a web or file address, percent-encoded; None for anything else.

    Only http, https and file addresses become links: a portal is never trusted with another scheme.
    """
    if not url:
        return None
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https", "file"):
        return None
    plain = quote(url.strip().split("#", 1)[0], safe=":/?&=%@+,;~!$'()*[]")
    return f"{plain}#page={page}" if page else plain
