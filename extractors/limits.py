"""What one document may cost, and the refusals that follow from it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Ceilings for one document and one page; beyond them the input is refused with a reason."""

    max_bytes: int = 200 * 1024 * 1024
    max_pages: int = 2_000
    max_characters_per_page: int = 100_000
    max_path_segments_per_page: int = 300_000
    max_intersections_per_page: int = 50_000
    max_form_depth: int = 8
    max_package_bytes: int = 200 * 1024 * 1024  # all XML of an office file, unpacked
    max_workbook_cells: int = 300_000
    memory_bytes: int = 3 * 1024 * 1024 * 1024  # address space of a worker process, OCR models included
    cpu_seconds: int = 600
    use_ocr: bool = True
    max_ocr_pages: int = 200  # a page takes two to seven seconds of CPU; it is the time that stops a night
    ocr_seconds: float = 300.0  # elapsed, so that a loaded machine leaves time for the other pages


class PageLimitError(Exception):
    """A page draws more than Limits allows; its message is the Chinese reason."""
