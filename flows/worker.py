"""What happens to one document inside its worker process: pages to cells, cells to facts, each kept as Parquet."""

from __future__ import annotations

import multiprocessing
import os
import signal
from dataclasses import dataclass
from pathlib import Path

from extractors.frames import discard_set, read_document, replace_set
from extractors.limits import Limits
from extractors.worker import extract_to_directory
from flows import quarantine
from flows.processes import end_with_parent
from transforms.worker import transform_to_directory

_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class DocumentJob:
    """One stored file and where its results belong."""

    sha256: str
    path: Path
    extracted_dir: Path
    facts_dir: Path
    mark: Path  # there while the document is worked on
    unfinished: Path  # there while pages are left to recognise
    recognised: Path  # where recognised pages are kept
    limits: Limits
    is_again: bool = False  # has results, and may give more


@dataclass(frozen=True, slots=True)
class DocumentResult:
    """What became of one document."""

    sha256: str
    reason_code: str | None  # why not all of it could be extracted


def process_document(job: DocumentJob) -> DocumentResult:
    """Extract and transform one document, skipping what an earlier night has finished.

    Raises OSError where results cannot be written, ``quarantine.UnreadableObjectError`` where the stored file cannot be
    read; a bad document is a result with its reason.
    """
    if multiprocessing.parent_process() is not None:
        end_with_parent(os.getppid(), signal.SIGKILL)  # the fork server, which ends with the night
    quarantine.begin(job.mark)
    _require_readable(job.path)
    try:
        return _process(job)
    except OSError:
        quarantine.settle(job.mark)  # a full or broken disk is the night's trouble
        raise


def _require_readable(path: Path) -> None:
    try:
        with path.open("rb") as file:
            while file.read(_CHUNK):
                pass
    except OSError as error:
        raise quarantine.UnreadableObjectError(f"库中的文件读不出来：{error.strerror}") from error


def _process(job: DocumentJob) -> DocumentResult:
    if job.is_again:
        _read_again(job)
    if not job.extracted_dir.exists():
        extract_to_directory(job.path, job.sha256, job.extracted_dir, job.limits, job.recognised)
    if not job.facts_dir.exists():
        transform_to_directory(job.extracted_dir, job.facts_dir)
    return DocumentResult(job.sha256, read_document(job.extracted_dir)["reason_code"])


def _read_again(job: DocumentJob) -> None:
    """Replace the results of a document by new ones, which are complete before the old ones go.

    Facts never stand beside an extraction they were not made from, wherever a kill strikes: without facts a document
    is simply a job of the next night.
    """
    extracted = job.extracted_dir.with_name(f".{job.sha256}.again.part")
    facts = job.facts_dir.with_name(f".{job.sha256}.again.part")
    extract_to_directory(job.path, job.sha256, extracted, job.limits, job.recognised)
    transform_to_directory(extracted, facts)
    discard_set(job.facts_dir)
    replace_set(extracted, job.extracted_dir)
    replace_set(facts, job.facts_dir)
