"""The extraction stage: which stored files still need work, and the work done in isolated processes."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from crawlers.store import Store, StoredObject
from extractors.failure import failed_extraction
from extractors.frames import write_extraction
from extractors.limits import Limits
from extractors.version import extractor_version
from flows import quarantine
from flows.pool import Done, run_isolated
from flows.settings import DocumentLimits, NightSettings
from flows.worker import DocumentJob, DocumentResult, process_document
from transforms.version import transform_version
from transforms.worker import transform_to_directory


@dataclass(slots=True)
class DocumentTally:
    """What the extraction stage did in one run."""

    seen: int = 0
    extracted: int = 0
    pages: int = 0
    cells: int = 0
    cpu_seconds: float = 0.0
    worker_faults: list[tuple[str, str]] = field(default_factory=list)  # sha256, Chinese sentence

    def add(self, done: Done[DocumentJob, DocumentResult]) -> None:
        """Count one processed document."""
        self.extracted += 1
        if done.result:
            self.pages += done.result.page_count
            self.cells += done.result.cell_count
            self.cpu_seconds += done.result.cpu_seconds
        else:
            self.worker_faults.append((done.job.sha256, done.fault or ""))

    def merge(self, other: DocumentTally) -> None:
        """Add the counts of another batch."""
        self.extracted += other.extracted
        self.pages += other.pages
        self.cells += other.cells
        self.cpu_seconds += other.cpu_seconds
        self.worker_faults += other.worker_faults


def extracted_root(home: Path) -> Path:
    """Where this extractor version keeps its Parquet sets."""
    return home / "extracted" / extractor_version()


def facts_root(home: Path) -> Path:
    """Where this transform version keeps its facts, apart for every extractor version they were made from."""
    return home / "facts" / f"{extractor_version()}+{transform_version()}"


def prune_versions(home: Path) -> int:
    """Remove the Parquet sets of other versions, which nothing reads any more; return how many versions went.

    Call it under the night's lock once a generation of this version is published: until then an interrupted upgrade
    can still be taken back.
    """
    current = (extracted_root(home), facts_root(home))
    others = [
        version
        for own in current
        if own.parent.is_dir()
        for version in own.parent.iterdir()
        if version.is_dir() and version != own
    ]
    for version in others:
        shutil.rmtree(version)
    return len(others)


def pending_jobs(home: Path, settings: NightSettings) -> tuple[int, list[DocumentJob]]:
    """Return how many files the store holds and the jobs for those that this version has not finished."""
    limits = worker_limits(settings.document_limits)
    extracted, facts, marks = extracted_root(home), facts_root(home), quarantine.marks_root(home)
    seen, jobs = 0, []
    for stored in Store(home).iterate():
        seen += 1
        job = _job(stored, extracted, facts, marks, limits)
        if job.extracted_dir.exists() and job.facts_dir.exists():
            quarantine.settle(job.mark)
        else:
            jobs.append(job)
    return seen, jobs


_OCR_SHARE = 0.6  # the rest is for the text pages, the facts, and the page at which the time runs out


def worker_limits(limits: DocumentLimits) -> Limits:
    """Translate the configured limits into those a worker applies to itself.

    OCR gets a part of the shorter time, counted as elapsed: when it is used up the worker still finishes the document.
    """
    return Limits(
        memory_bytes=limits.memory_megabytes * 1024 * 1024,
        cpu_seconds=limits.cpu_seconds,
        ocr_seconds=_OCR_SHARE * min(limits.wall_seconds, limits.cpu_seconds),
    )


def _job(stored: StoredObject, extracted: Path, facts: Path, marks: Path, limits: Limits) -> DocumentJob:
    below = Path(stored.sha256[:2]) / stored.sha256
    return DocumentJob(
        stored.sha256, stored.path, extracted / below, facts / below, marks / stored.sha256, limits
    )


def process_documents(
    jobs: Sequence[DocumentJob], settings: NightSettings, progress: Callable[[str], None] = lambda _: None
) -> DocumentTally:
    """Process ``jobs`` in worker processes; a job whose worker keeps dying leaves a failed extraction behind."""
    tally = DocumentTally()
    for done in _done(jobs, settings):
        if done.result is None:
            _quarantine(done)
        quarantine.settle(done.job.mark)
        tally.add(done)
        progress(done.job.sha256)
    return tally


def _done(
    jobs: Sequence[DocumentJob], settings: NightSettings
) -> Iterator[Done[DocumentJob, DocumentResult]]:
    """Yield every job with what became of it; those that ended too many nights are not tried again."""
    hopeful = []
    for job in jobs:
        ended = quarantine.tries(job.mark)
        if ended < settings.document_limits.nights:
            hopeful.append(job)
        else:
            yield Done(job, None, "spoils_nights", f"连续 {ended} 次处理到此文件时整个任务中断，不再尝试")
    yield from _isolated(hopeful, settings)


def _quarantine(done: Done[DocumentJob, DocumentResult]) -> None:
    job = done.job
    failure = failed_extraction(
        job.sha256, job.path.stat().st_size, done.fault_code or "error", done.fault or "原因不明"
    )
    write_extraction(failure, job.extracted_dir)
    transform_to_directory(job.extracted_dir, job.facts_dir)


def _isolated(
    jobs: Sequence[DocumentJob], settings: NightSettings
) -> Iterator[Done[DocumentJob, DocumentResult]]:
    return run_isolated(
        process_document,
        jobs,
        workers=min(settings.workers, max(1, len(jobs))),
        wall_seconds=settings.document_limits.wall_seconds,
        attempts=settings.document_limits.attempts,
    )
