"""What one run did, as a record: filled by the flow, kept as JSON, shown to people."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, Field

Status = Literal["running", "published", "unchanged", "failed", "interrupted"]


class CrawlReport(BaseModel):
    """One source's crawl: what was asked for and what came."""

    source: str
    list_pages: int = 0
    detail_pages: int = 0
    attachments: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    failed: int = 0
    is_complete: bool = True  # false when the portal stopped answering half way
    messages: list[str] = Field(default_factory=list)  # Chinese, one cause each


class SetAside(BaseModel):
    """A file that did not become data, and why."""

    file_name: str
    reason: str  # Chinese sentence
    reason_code: str = ""
    document_id: str = ""
    source_url: str = ""


class StageTiming(BaseModel):
    """How long one stage took."""

    stage: str  # crawl | extract | transform | build | check | report | publish
    seconds: float
    items: int | None = None  # documents, rules or files it handled


class RunError(BaseModel):
    """One thing that went wrong and what to do about it."""

    stage: str
    message: str  # Chinese, one line
    advice: str = ""
    item: str = ""


class DocumentCounts(BaseModel):
    """Documents of the run; ``seen`` counts every file met, the others say what became of it."""

    seen: int = 0
    new: int = 0
    extracted: int = 0  # in this run; the rest came from earlier nights
    loaded: int = 0
    template: int = 0
    quarantined: int = 0
    pages: int = 0
    cells: int = 0
    statements: int = 0
    amounts: int = 0
    claims: int = 0


class RuleCounts(BaseModel):
    """Rules and their verdicts, passes and not-evaluated included."""

    rules: int = 0
    failed: int = 0  # rules whose SQL raised
    exact: int = 0
    rounded: int = 0
    violated: int = 0
    needs_review: int = 0
    not_evaluated: int = 0


class FindingCounts(BaseModel):
    """Findings by their state after the run."""

    new: int = 0
    persisting: int = 0
    reopened: int = 0
    fixed: int = 0
    waived: int = 0
    answered: int = 0
    needs_review: int = 0
    unverified: int = 0  # open before, and its rule could not look tonight


class RunReport(BaseModel):
    """One run from start to end; ``model_dump_json`` is what ``runs/<run id>.json`` holds."""

    run_id: str
    kind: str = "nightly"  # nightly | ingest | demo | rebuild
    started_at: datetime
    finished_at: datetime | None = None
    status: Status = "running"
    exit_status: int = 0
    build_id: str = ""
    documents: DocumentCounts = Field(default_factory=DocumentCounts)
    quarantined: list[SetAside] = Field(default_factory=list)
    crawls: list[CrawlReport] = Field(default_factory=list)
    rules: RuleCounts = Field(default_factory=RuleCounts)
    findings: FindingCounts = Field(default_factory=FindingCounts)
    timings: list[StageTiming] = Field(default_factory=list)
    errors: list[RunError] = Field(default_factory=list)
    warnings: list[str] = Field(default_factory=list)
    files: dict[str, str] = Field(default_factory=dict)  # what it is (Chinese) → path

    @property
    def seconds(self) -> float | None:
        """Wall time of the whole run; None while it runs."""
        return (self.finished_at - self.started_at).total_seconds() if self.finished_at else None

    def write(self, path: Path) -> None:
        """Write the record as JSON, whole or not at all (a crash leaves the old file)."""
        path.parent.mkdir(parents=True, exist_ok=True)
        staged = path.with_name(f".{path.name}.part")
        staged.write_text(self.model_dump_json(indent=2) + "\n", encoding="utf-8")
        staged.replace(path)

    @classmethod
    def read(cls, path: Path) -> RunReport:
        """Read a record back; raises ``pydantic.ValidationError`` where the file is none."""
        return cls.model_validate_json(path.read_text(encoding="utf-8"))
