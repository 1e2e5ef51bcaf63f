"""Where each finding's evidence stands: pages, boxes, printed text, and the arithmetic it was judged by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

import duckdb

_CELLS = """
SELECT e.finding_id, e.evidence_no, e.evidence_id, 'cell', c.document_id, c.page,
       coalesce(s.title, s.statement_code), c.row_label, c.column_label, c.raw_text, c.unit, c.method,
       c.x0, c.top, c.x1, c.bottom
FROM core.finding_evidence AS e
JOIN core.cell AS c ON c.cell_id = e.evidence_id
LEFT JOIN core.statement AS s ON s.statement_id = c.statement_id
"""

_SENTENCES = """
SELECT e.finding_id, e.evidence_no, e.evidence_id, 'sentence', s.document_id, f.page,
       s.section, NULL, NULL, s.text, NULL, s.method, f.x0, f.top, f.x1, f.bottom
FROM core.finding_evidence AS e
JOIN core.sentence AS s ON s.sentence_id = e.evidence_id
LEFT JOIN core.fragment AS f ON f.sentence_id = s.sentence_id
ORDER BY f.fragment_no
"""

_CLAIMS = """
SELECT e.finding_id, e.evidence_no, e.evidence_id, 'claim', k.document_id, k.page,
       s.section, k.subject_text, s.text, s.text[k."start" + 1 : k."end"], NULL, s.method,
       k.x0, k.top, k.x1, k.bottom
FROM core.finding_evidence AS e
JOIN core.claim AS k ON k.claim_id = e.evidence_id
JOIN core.sentence AS s ON s.sentence_id = k.sentence_id
"""

_HEADERS = """
WITH shown AS (
    SELECT DISTINCT c.document_id, c.table_no, c.page
    FROM core.finding_evidence AS e JOIN core.cell AS c ON c.cell_id = e.evidence_id
)
SELECT c.document_id, c.page, min(c.x0), min(c.top), max(c.x1), max(c.bottom)
FROM core.cell AS c SEMI JOIN shown USING (document_id, table_no, page)
WHERE c.is_header AND c.x0 IS NOT NULL
GROUP BY c.document_id, c.table_no, c.page
ORDER BY c.document_id, c.page, min(c.top)
"""

_ROTATIONS = """
SELECT document_id, page, rotation FROM core.page WHERE rotation IS NOT NULL ORDER BY ALL
"""

_OUTCOMES = """
SELECT fo.finding_id, o.outcome_id, o.rule_id, r.title, o.subject, o.verdict, o.actual, o.expected,
       o.residual, o.tolerance, o.part_count, o.note, r.kind
FROM core.finding_outcome AS fo
JOIN core.outcome AS o USING (outcome_id)
LEFT JOIN core.rule AS r ON r.rule_id = o.rule_id
ORDER BY o.rule_id, o.subject, o.outcome_id
"""

_EVENTS = """
SELECT finding_id, kind, happened_on, state, person, note, expires_on
FROM core.finding_event WHERE finding_id IS NOT NULL ORDER BY event_no
"""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in PDF points, origin in the top left corner of the page as seen."""

    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(slots=True)
class Evidence:
    """One cell, sentence or claim: what is printed there and every box of it on its pages."""

    number: int  # as shown beside the box, from 1 within the finding
    evidence_id: str
    kind: str  # cell | sentence | claim
    document_id: str
    place: str  # statement or section it stands in
    row_label: str
    column_label: str  # of a claim: the whole sentence
    text: str  # as printed
    unit: str
    is_from_ocr: bool
    boxes: list[tuple[int, Box]] = field(default_factory=list)  # page and rectangle

    @property
    def first_page(self) -> int | None:
        """Page of its first box; None where extraction gave no place."""
        return self.boxes[0][0] if self.boxes else None


@dataclass(frozen=True, slots=True)
class Judgement:
    """One rule's verdict behind a finding: both sides, their difference and what rounding allows."""

    outcome_id: str
    rule_id: str
    rule_title: str | None
    subject: str | None
    verdict: str
    actual: Decimal | None
    expected: Decimal | None
    residual: Decimal | None
    tolerance: Decimal | None
    part_count: int | None
    note: str | None
    comparison: str | None

    @property
    def counts_places(self) -> bool:
        """Whether the rule counts places that should not be, so that its sides are no amounts."""
        return self.comparison == "exact" and self.expected == 0

    @property
    def percent_of_limit(self) -> Decimal | None:
        """How much of what is allowed (of what is asked for) the disclosed number is; None where that cannot be said."""
        if self.actual is None or not self.expected:
            return None
        return round(100 * self.actual / self.expected, 2)


@dataclass(frozen=True, slots=True)
class Event:
    """Something the ledger knows about a finding."""

    kind: str
    happened_on: date | None
    state: str | None
    person: str | None
    note: str | None
    expires_on: date | None


@dataclass(frozen=True, slots=True)
class FindingDetails:
    """Everything behind the findings, by finding id."""

    evidence: dict[str, list[Evidence]]
    judgements: dict[str, list[Judgement]]
    events: dict[str, list[Event]]
    headers: dict[tuple[str, int], list[Box]] = field(
        default_factory=dict
    )  # tables' headings by document and page
    rotations: dict[str, dict[int, int]] = field(
        default_factory=dict
    )  # degrees clockwise, by document and page

    def pages(self) -> dict[str, set[int]]:
        """Return the pages to be shown, by document."""
        shown: dict[str, set[int]] = defaultdict(set)
        for items in self.evidence.values():
            for item in items:
                shown[item.document_id].update(page for page, _ in item.boxes)
        return dict(shown)


def read_details(connection: duckdb.DuckDBPyConnection) -> FindingDetails:
    """Read evidence, judgements and history of all findings; order is by evidence number, rule and event."""
    judgements: dict[str, list[Judgement]] = defaultdict(list)
    for finding_id, *values in _rows(connection, _OUTCOMES):
        judgements[finding_id].append(Judgement(*values))
    events: dict[str, list[Event]] = defaultdict(list)
    for finding_id, *values in _rows(connection, _EVENTS):
        events[finding_id].append(Event(*values))
    return FindingDetails(
        _read_evidence(connection),
        dict(judgements),
        dict(events),
        _headers(connection),
        _rotations(connection),
    )


def _rotations(connection: duckdb.DuckDBPyConnection) -> dict[str, dict[int, int]]:
    """Return how every page was turned to be read, its own rotation included."""
    rotations: dict[str, dict[int, int]] = defaultdict(dict)
    for document_id, page, rotation in _rows(connection, _ROTATIONS):
        rotations[document_id][page] = rotation
    return dict(rotations)


def _headers(connection: duckdb.DuckDBPyConnection) -> dict[tuple[str, int], list[Box]]:
    """Return where the column headings of every table stand that evidence is taken from."""
    headers: dict[tuple[str, int], list[Box]] = defaultdict(list)
    for document_id, page, *edges in _rows(connection, _HEADERS):
        headers[document_id, page].append(Box(*edges))
    return dict(headers)


def _rows(connection: duckdb.DuckDBPyConnection, query: str) -> Iterator[tuple[Any, ...]]:
    yield from connection.execute(query).fetchall()


def _read_evidence(connection: duckdb.DuckDBPyConnection) -> dict[str, list[Evidence]]:
    found: dict[str, dict[tuple[int, str], Evidence]] = defaultdict(dict)
    for query in (_CELLS, _SENTENCES, _CLAIMS):
        for row in connection.execute(query).fetchall():
            finding_id, evidence_no, evidence_id = row[:3]
            key = (evidence_no, evidence_id)
            if key not in found[finding_id]:
                found[finding_id][key] = _evidence_of(row)
            _add_box(found[finding_id][key], row[5], row[12:16])
    return {finding_id: _numbered(items) for finding_id, items in found.items()}


def _evidence_of(row: tuple[str | None, ...]) -> Evidence:
    texts = [value or "" for value in row[6:11]]
    place, row_label, column_label, text, unit = texts
    return Evidence(
        number=0,
        evidence_id=row[2] or "",
        kind=row[3] or "",
        document_id=row[4] or "",
        place=place,
        row_label=row_label,
        column_label=column_label,
        text=text,
        unit=unit,
        is_from_ocr=row[11] == "ocr",
    )


def _add_box(evidence: Evidence, page: int | None, edges: tuple[float | None, ...]) -> None:
    x0, top, x1, bottom = edges
    if page is None or x0 is None or top is None or x1 is None or bottom is None:
        return
    evidence.boxes.append((page, Box(x0, top, x1, bottom)))


def _numbered(items: dict[tuple[int, str], Evidence]) -> list[Evidence]:
    ordered = [items[key] for key in sorted(items)]
    for number, item in enumerate(ordered, start=1):
        item.number = number
    return ordered
