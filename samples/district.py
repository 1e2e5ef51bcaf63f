"""Generating the sample district: PDFs, one truth file for each, and one for the district with its planted defects.

``python -m samples.district DIRECTORY`` writes the default district (8 units, 2 years) in a few seconds; the same
arguments always give the same bytes, whatever the number of workers.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from samples import documents
from samples.defects import plan_for
from samples.departments import department_books, department_profiles
from samples.documents import SampleDocument
from samples.model import UnitYear, unit_years
from samples.model_defects import Neighbours
from samples.profiles import UnitProfile, district_name, unit_profiles
from samples.truth import document_truth, findings_truth

DEFAULT_UNITS = 8
DEFAULT_YEARS = (2023, 2024)
DEFAULT_SEED = 20240901
KINDS = {"final_accounts": documents.final_accounts, "budget": documents.budget}


@dataclass(frozen=True, slots=True)
class DistrictDocument:
    """One generated file, and when and under which title a portal would publish it."""

    file_name: str
    unit_slug: str
    unit_name: str
    scope: str
    department_name: str
    fiscal_year: int
    doc_kind: str
    title: str
    published_on: str
    sha256: str
    page_count: int


@dataclass(frozen=True, slots=True)
class District:
    """A generated district: its directory, documents in order of publication, and planted defects as findings."""

    directory: Path
    documents: tuple[DistrictDocument, ...]
    findings: tuple[dict[str, Any], ...]

    @property
    def truth_path(self) -> Path:
        """Truth file of the district (documents and findings; amounts are in ``truth/`` by document)."""
        return self.directory / "truth.json"

    def path(self, document: DistrictDocument) -> Path:
        """Path of a document's PDF."""
        return self.directory / "documents" / document.file_name

    def truth(self, document: DistrictDocument) -> dict[str, Any]:
        """Every printed amount and fact of one document."""
        path = self.directory / "truth" / f"{Path(document.file_name).stem}.json"
        return dict(json.loads(path.read_text(encoding="utf-8")))


@dataclass(frozen=True, slots=True)
class _UnitTask:
    directory: Path
    unit_number: int
    unit_count: int
    years: tuple[int, ...]
    budget_years: tuple[int, ...]
    seed: int
    planted: bool
    with_truth: bool
    declared: str


def _published_on(unit_number: int, year: int, doc_kind: str) -> str:
    day = 3 + unit_number % 24
    return f"{year}-02-{day:02d}" if doc_kind == "budget" else f"{year + 1}-09-{day:02d}"


def _books(task: _UnitTask) -> list[tuple[UnitProfile, dict[int, UnitYear]]]:
    """Accounts of the task's unit, or of its department and all members."""
    if task.unit_number < task.unit_count:
        unit = unit_profiles(task.unit_count)[task.unit_number]
        return [(unit, unit_years(unit, task.years, task.seed))]
    number = task.unit_number - task.unit_count
    return department_books(department_profiles(number + 1)[number], task.years, task.seed)


def _neighbours(task: _UnitTask, department: dict[int, UnitYear], year: int) -> Neighbours:
    def other(slug: str) -> UnitYear:
        profile = next(unit for unit in unit_profiles(task.unit_count) if unit.slug == slug)
        return unit_years(profile, task.years, task.seed)[year]

    return Neighbours(department.get(year), other)


def _generate_unit(task: _UnitTask) -> tuple[list[DistrictDocument], list[dict[str, Any]]]:
    written: list[DistrictDocument] = []
    findings: list[dict[str, Any]] = []
    books = _books(task)
    for unit, book in books:
        for year in task.years:
            for doc_kind, build in KINDS.items():
                if doc_kind == "budget" and year not in task.budget_years:
                    continue
                plan = plan_for(unit.slug, year, doc_kind, planted=task.planted, declared=task.declared)
                accounts = plan.amend_years(
                    book[year],
                    book[year - 1],
                    _neighbours(task, books[0][1] if unit.department else {}, year),
                )
                for document in build(*accounts, plan):
                    entry, truth = _write_document(task, document)
                    written.append(entry)
                    findings += findings_truth(plan, truth, entry.file_name)
    return written, findings


def _write_document(task: _UnitTask, document: SampleDocument) -> tuple[DistrictDocument, dict[str, Any]]:
    part = "" if document.content == "full" else f"_{document.content}"
    file_name = f"{document.unit.slug}_{document.year}_{document.doc_kind}{part}.pdf"
    pdf = document.pdf()
    (task.directory / "documents" / file_name).write_bytes(pdf)
    truth = document_truth(document, pdf)
    if task.with_truth:
        _write_json(task.directory / "truth" / f"{Path(file_name).stem}.json", truth)
    entry = DistrictDocument(
        file_name=file_name,
        unit_slug=document.unit.slug,
        unit_name=document.unit.name,
        scope=document.unit.scope,
        department_name=document.unit.department or document.unit.name,
        fiscal_year=document.year,
        doc_kind=document.doc_kind,
        title=document.title,
        published_on=_published_on(task.unit_number, document.year, document.doc_kind),
        sha256=truth["sha256"],
        page_count=truth["page_count"],
    )
    return entry, truth


def _write_json(path: Path, data: Any) -> None:
    path.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def generate_district(
    directory: Path,
    *,
    units: int = DEFAULT_UNITS,
    departments: int = 0,
    years: Sequence[int] = DEFAULT_YEARS,
    budget_years: Sequence[int] | None = None,
    seed: int = DEFAULT_SEED,
    planted: bool = True,
    with_truth: bool = True,
    workers: int = 1,
    declared: str = "defects",
) -> District:
    """Generate a district into ``directory`` (``documents/``, ``truth/``, ``truth.json``) and return it.

    ``departments`` of three members each are added to the ``units``: a document of the whole department and one of
    each member (the department itself and two subordinate units). ``years`` must be consecutive. Final accounts are
    made for every year, budgets for ``budget_years`` (the last year if not given). ``planted`` puts the defects of
    ``data/<declared>.yaml`` in (``defects`` or ``series_defects``); ``with_truth`` False leaves the large per-document
    truth files out. The bytes depend only on units, departments, years, seed and what is planted.
    """
    chosen = tuple(sorted(years))
    budgets = chosen[-1:] if budget_years is None else tuple(budget_years)
    for folder in ("documents", "truth"):
        (directory / folder).mkdir(parents=True, exist_ok=True)
    tasks = [
        _UnitTask(directory, number, units, chosen, budgets, seed, planted, with_truth, declared)
        for number in range(units + departments)
    ]
    if workers > 1:
        with ProcessPoolExecutor(workers) as pool:
            results = list(pool.map(_generate_unit, tasks, chunksize=4))
    else:
        results = [_generate_unit(task) for task in tasks]
    written = sorted(
        (d for documents_, _ in results for d in documents_), key=lambda d: (d.published_on, d.file_name)
    )
    findings = sorted((f for _, found in results for f in found), key=lambda finding: str(finding["id"]))
    district = District(directory, tuple(written), tuple(findings))
    index = {
        "district": district_name(),
        "seed": seed,
        "documents": [asdict(document) for document in written],
        "findings": findings,
    }
    _write_json(district.truth_path, index)
    return district


def load_district(directory: Path) -> District:
    """Return a district generated earlier."""
    index = json.loads((directory / "truth.json").read_text(encoding="utf-8"))
    return District(
        directory, tuple(DistrictDocument(**raw) for raw in index["documents"]), tuple(index["findings"])
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Command line: generate a district into a directory."""
    parser = argparse.ArgumentParser(prog="python -m samples.district", description=__doc__.splitlines()[0])
    parser.add_argument("directory", type=Path)
    parser.add_argument("--units", type=int, default=DEFAULT_UNITS)
    parser.add_argument(
        "--departments", type=int, default=0, help="departments of three members, besides the units"
    )
    parser.add_argument("--first-year", type=int, default=DEFAULT_YEARS[0])
    parser.add_argument("--last-year", type=int, default=DEFAULT_YEARS[-1])
    parser.add_argument(
        "--all-budgets", action="store_true", help="budgets for every year, not only the last"
    )
    parser.add_argument("--seed", type=int, default=DEFAULT_SEED)
    parser.add_argument("--without-defects", action="store_true")
    parser.add_argument(
        "--defects", default="defects", help="file of samples/data that declares them (series_defects)"
    )
    parser.add_argument(
        "--without-truth", action="store_true", help="leave out the truth files of single documents"
    )
    parser.add_argument("--workers", type=int, default=1)
    options = parser.parse_args(arguments)
    years = range(options.first_year, options.last_year + 1)
    district = generate_district(
        options.directory,
        units=options.units,
        departments=options.departments,
        years=years,
        budget_years=tuple(years) if options.all_budgets else None,
        seed=options.seed,
        planted=not options.without_defects,
        with_truth=not options.without_truth,
        workers=options.workers,
        declared=options.defects,
    )
    pages = sum(document.page_count for document in district.documents)
    sys.stdout.write(
        f"{len(district.documents)} documents, {pages} pages, {len(district.findings)} planted defects: "
        f"{district.truth_path}\n"
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
