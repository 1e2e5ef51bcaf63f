"""What a worker process does with one document: bounded memory and time, files out, a small summary back."""

from __future__ import annotations

import resource
import signal
from dataclasses import dataclass
from pathlib import Path

from extractors.document import extract_document
from extractors.frames import write_extraction
from extractors.limits import Limits


@dataclass(frozen=True, slots=True)
class ExtractionSummary:
    """What became of one document, small enough to send between processes."""

    sha256: str
    status: str
    reason_code: str | None
    status_reason: str | None
    page_count: int
    table_count: int
    cell_count: int
    sentence_count: int


def extract_to_directory(
    path: Path, sha256: str, directory: Path, limits: Limits | None = None, recognised: Path | None = None
) -> ExtractionSummary:
    """Extract ``path`` (bytes with the given sha256) into ``directory`` under the limits of this process.

    ``recognised`` is where pages once recognised are kept.

    Meant for a process of its own: the limits on address space and CPU time hold for the whole process from
    here on, and pdfium must not run in two threads. Raises OSError when the result cannot be written and
    MemoryError when the limit is met outside the extraction of a page.
    """
    limits = limits or Limits()
    apply_limits(limits)
    extraction = extract_document(path, limits, recognised)
    document = extraction.document.row(0, named=True)
    if document["sha256"] and document["sha256"] != sha256:
        raise ValueError(f"{path}: 内容的 sha256 与登记的不符（{document['sha256']} ≠ {sha256}）")
    write_extraction(extraction, directory)
    return ExtractionSummary(
        sha256=sha256,
        status=document["status"],
        reason_code=document["reason_code"],
        status_reason=document["status_reason"],
        page_count=extraction.page.height,
        table_count=extraction.table.height,
        cell_count=extraction.cell.height,
        sentence_count=extraction.sentence.height,
    )


def apply_limits(limits: Limits) -> None:
    """Limit this process's address space, and its CPU time counted from now. Hard limits are left alone."""
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    memory = limits.memory_bytes if hard == resource.RLIM_INFINITY else min(limits.memory_bytes, hard)
    resource.setrlimit(resource.RLIMIT_AS, (memory, hard))
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    seconds = int(used.ru_utime + used.ru_stime) + limits.cpu_seconds
    resource.setrlimit(
        resource.RLIMIT_CPU, (seconds if hard == resource.RLIM_INFINITY else min(seconds, hard), hard)
    )
    signal.signal(signal.SIGXCPU, signal.SIG_DFL)
