"""The extraction stage: which stored files still need work, and the work done in isolated processes."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from crawlers.store import Store, StoredObject
from extractors import ocr
from extractors.document import UNFINISHED
from extractors.failure import failed_extraction
from extractors.frames import read_document, write_extraction
from extractors.limits import Limits
from extractors.version import extractor_version
from flows import quarantine
from flows.pool import Done, run_isolated
from flows.settings import DocumentLimits, NightSettings
from flows.worker import DocumentJob, DocumentResult, process_document
from transforms.version import transform_version
from transforms.worker import transform_to_directory
from warehouse.parquet_sets import READ_ERRORS


@dataclass(slots=True)
class DocumentTally:
    """What the extraction stage did in one run."""

    seen: int = 0
    extracted: int = 0
    worker_faults: list[tuple[str, str]] = field(default_factory=list)  # sha256, Chinese sentence

    def add(self, done: Done[DocumentJob, DocumentResult]) -> None:
        """Count one processed document."""
        self.extracted += 1
        if done.result is None:
            kept = "；沿用上次读出的内容" if done.job.is_again else ""
            self.worker_faults.append((done.job.sha256, f"{done.fault}{kept}"))

    def merge(self, other: DocumentTally) -> None:
        """Add the counts of another batch."""
        self.extracted += other.extracted
        self.worker_faults += other.worker_faults


def extracted_root(home: Path) -> Path:
    """Where this extractor version keeps its Parquet sets."""
    return home / "extracted" / extractor_version()


def facts_root(home: Path) -> Path:
    """Where this transform version keeps its facts, apart for every extractor version they were made from."""
    return home / "facts" / f"{extractor_version()}+{transform_version()}"


def recognised_root(home: Path) -> Path:
    """Where pages recognised once are kept, apart for every recognition engine."""
    return home / "recognised"


def prune_versions(home: Path) -> int:
    """Remove Parquet sets and recognised pages of other versions, which nothing reads any more; return how many versions went.

    Call it under the night's lock once a generation of this version is published: until then an interrupted upgrade
    can still be taken back.
    """
    current = [extracted_root(home), facts_root(home)]
    if ocr.is_available():
        current.append(recognised_root(home) / ocr.engine_version())
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
    seen, jobs = 0, []
    for stored in Store(home).iterate():
        seen += 1
        job = _job(home, stored, limits)
        if not (job.extracted_dir.exists() and job.facts_dir.exists()):
            jobs.append(job)
        elif _has_more(job, settings.document_limits.ocr_nights):
            jobs.append(replace(job, is_again=True))
    return seen, jobs


def _has_more(job: DocumentJob, nights: int) -> bool:
    """Tell whether a document with results has pages left to recognise, and nights to do so."""
    if quarantine.tries(job.mark):  # a night ended before it could count this one
        if _reason_code(job.extracted_dir) == UNFINISHED:
            quarantine.begin(job.unfinished)
        quarantine.settle(job.mark)
    return 0 < quarantine.tries(job.unfinished) < nights


def _reason_code(extracted_dir: Path) -> str | None:
    try:
        code: str | None = read_document(extracted_dir)["reason_code"]
    except READ_ERRORS:  # the build finds it, and has it made anew
        return None
    return code


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


def _job(home: Path, stored: StoredObject, limits: Limits) -> DocumentJob:
    below = Path(stored.sha256[:2]) / stored.sha256
    return DocumentJob(
        stored.sha256,
        stored.path,
        extracted_root(home) / below,
        facts_root(home) / below,
        quarantine.marks_root(home) / stored.sha256,
        quarantine.unfinished_root(home) / stored.sha256,
        recognised_root(home),
        limits,
    )


def process_documents(
    jobs: Sequence[DocumentJob], settings: NightSettings, progress: Callable[[str], None] = lambda _: None
) -> DocumentTally:
    """Process ``jobs`` in worker processes; a job whose worker keeps dying leaves a failed extraction behind."""
    tally = DocumentTally()
    for done in _done(jobs, settings):
        _settle(done)
        tally.add(done)
        progress(done.job.sha256)
    return tally


def _settle(done: Done[DocumentJob, DocumentResult]) -> None:
    """See to it that a document has results, and remember where more may come of it."""
    job = done.job
    if not job.is_again:
        quarantine.settle(job.unfinished)  # of an earlier version
        if done.result is None:
            _quarantine(done)
    if (done.result is None and job.is_again) or (done.result and done.result.reason_code == UNFINISHED):
        quarantine.begin(job.unfinished)
    else:
        quarantine.settle(job.unfinished)
    quarantine.settle(job.mark)


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
