"""What is gathered while a document is read: plain objects that become the rows of ``transforms.schema``."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(slots=True)
class Amount:
    """One row of the amount frame."""

    table_no: int
    row_no: int
    column_no: int
    statement_no: int
    statement_code: str
    line_code: str
    measure: str
    functional_code: str | None
    economic_code: str | None
    fund: str
    stage: str
    item: str
    subject_name: str
    state: str
    value: Decimal
    decimals: int | None
    unit: str | None
    is_unit_inferred: bool
    amount_yuan: Decimal | None
    is_leaf: bool = False


@dataclass(slots=True)
class CellLabel:
    """One row of the cell_label frame."""

    table_no: int
    row_no: int
    column_no: int
    statement_no: int | None
    row_label: str
    column_label: str
    unmapped_reason: str | None


@dataclass(slots=True)
class Unmapped:
    """One row of the unmapped frame."""

    kind: str
    text: str
    statement_code: str | None
    page: int
    reason: str


@dataclass(slots=True)
class Indicator:
    """One row of the performance_indicator frame."""

    statement_no: int
    table_no: int
    row_no: int
    project: str
    level_one: str
    level_two: str
    level_three: str
    target: str
    adjusted_target: str
    actual: str
    weight: Decimal | None
    score: Decimal | None
    deviation_reason: str


@dataclass(slots=True)
class Project:
    """One row of the performance_project frame."""

    statement_no: int
    table_no: int
    project: str
    department_name: str
    unit_name: str
    total_score: Decimal | None
    grade: str | None
    goal: str
    result: str


@dataclass(slots=True)
class Facts:
    """Everything read of one document's tables."""

    amounts: list[Amount] = field(default_factory=list)
    labels: list[CellLabel] = field(default_factory=list)
    unmapped: list[Unmapped] = field(default_factory=list)
    indicators: list[Indicator] = field(default_factory=list)
    projects: list[Project] = field(default_factory=list)
