"""All report files of one build, made from a published or staged warehouse."""

from __future__ import annotations

import multiprocessing
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from reports.csv_export import write_csv
from reports.exceptions import DocumentRow, ExceptionRow, ReportData, read_report_data
from reports.page_images import DocumentFile
from reports.processes import seldom_collected, stand_back
from reports.run_report import RunReport
from reports.run_report_views import render_markdown
from reports.site import SiteOptions, build_site
from reports.site_environment import finding_href, safe_name
from reports.workbook import write_unit_workbook, write_workbook

WORKBOOK_NAME = "例外清单.xlsx"
CSV_NAME = "例外清单.csv"
RUN_REPORT_NAME = "运行报告.md"
SITE_FOLDER = "site"
UNIT_FOLDER = "单位"

#: Fewer findings than this are listed sooner than a process is started that would list them.
_FEW_FINDINGS = 200

_UNSAFE_IN_FILE_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]+')


@dataclass(frozen=True, slots=True)
class ReportFiles:
    """Where the reports of one build were written, and how many findings they list."""

    workbook: Path
    csv: Path
    run_report: Path | None
    finding_count: int
    site: Path | None = None
    unit_workbooks: tuple[Path, ...] = ()
    page_count: int = 0


def build_reports(
    warehouse: Path,
    target_dir: Path,
    run: RunReport | None = None,
    *,
    objects: Path | None = None,
    previous: Path | None = None,
    data_docs: str | None = None,
    workers: int = 2,
) -> ReportFiles:
    """Write workbook, CSV, one workbook per unit, the site and (with ``run``) the run report into ``target_dir``.

    ``objects`` is the store's folder of files under their sha256 (without it the site has no page pictures);
    ``previous`` an earlier ``target_dir`` whose pictures are linked instead of drawn again; ``data_docs`` the
    address of the Data Docs relative to the site. ``warehouse`` is opened read-only; raises
    ``FileNotFoundError`` where it does not exist and ``duckdb.Error`` where it is no warehouse of this version.
    ``target_dir`` is made where it is missing.
    """
    _require(warehouse)
    target_dir.mkdir(parents=True, exist_ok=True)
    with (
        duckdb.connect(str(warehouse), read_only=True) as connection,
        _lists_beside(connection, warehouse, target_dir, workers) as finish_lists,
        seldom_collected(),
    ):
        data = read_report_data(connection)
        options = SiteOptions(
            document_file=document_files(data.documents, objects) if objects else None,
            previous=previous / SITE_FOLDER if previous else None,
            data_docs=data_docs,
            workers=workers,
        )
        page_count = build_site(connection, data, target_dir / SITE_FOLDER, options)
        finish_lists(data)
    return ReportFiles(
        workbook=target_dir / WORKBOOK_NAME,
        csv=target_dir / CSV_NAME,
        run_report=_write_run_report(target_dir / RUN_REPORT_NAME, run) if run else None,
        finding_count=len(data.findings),
        site=target_dir / SITE_FOLDER,
        unit_workbooks=tuple(target_dir / UNIT_FOLDER / name for name in unit_file_names(data).values()),
        page_count=page_count,
    )


@contextmanager
def _lists_beside(
    connection: duckdb.DuckDBPyConnection, warehouse: Path, target_dir: Path, workers: int
) -> Iterator[Callable[[ReportData], None]]:
    """Begin the lists in a process of their own where it is worth a second worker; yield what finishes them.

    The site needs one processor while it reads and while it writes pages, and all of them for pictures: the lists
    take what is left, and stand back for the pictures.
    """
    (findings,) = connection.execute("SELECT count(*) FROM core.finding").fetchone() or (0,)
    if workers < 2 or findings < _FEW_FINDINGS:
        yield lambda data: _write_lists(data, target_dir)
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context, initializer=stand_back) as pool:
        written = pool.submit(_read_and_write_lists, warehouse, target_dir)
        yield lambda _: written.result()


def _read_and_write_lists(warehouse: Path, target_dir: Path) -> None:
    """Read the warehouse again: quicker than handing over all findings."""
    data = read_warehouse(warehouse)
    with seldom_collected():
        _write_lists(data, target_dir)


def _write_lists(data: ReportData, target_dir: Path) -> None:
    write_unit_workbooks(data, target_dir / UNIT_FOLDER)
    addresses = {unit: f"{UNIT_FOLDER}/{name}" for unit, name in unit_file_names(data).items()}
    write_workbook(data, target_dir / WORKBOOK_NAME, site_link=_site_link, unit_files=addresses)
    write_csv(data.findings, target_dir / CSV_NAME)


def _site_link(row: ExceptionRow) -> str:
    return f"external:{SITE_FOLDER}/{finding_href(row)}"


def document_files(documents: Sequence[DocumentRow], objects: Path) -> DocumentFile:
    """Return where the store keeps a document's PDF, as a function of its id; None for what is no stored PDF."""
    hashes = {row.document_id: row.sha256 for row in documents}

    def find(document_id: str) -> Path | None:
        sha256 = hashes.get(document_id, "")
        path = objects / sha256[:2] / f"{sha256}.pdf"
        return path if sha256 and path.is_file() else None

    return find


def unit_file_names(data: ReportData) -> dict[str, str]:
    """Return the file name of the workbook of each unit with open findings, units in order."""
    names = _file_names(sorted({row.unit for row in data.findings if row.is_open}))
    return {unit: f"{name}.xlsx" for unit, name in names.items()}


def write_unit_workbooks(data: ReportData, folder: Path) -> list[Path]:
    """Write one workbook for each unit with open findings, to be sent alone; return their paths in order."""
    by_unit: dict[str, list[ExceptionRow]] = defaultdict(list)
    for row in data.findings:
        if row.is_open:
            by_unit[row.unit].append(row)
    documents: dict[str, list[DocumentRow]] = defaultdict(list)
    for document in data.documents:
        documents[document.unit].append(document)
    if by_unit:
        folder.mkdir(parents=True, exist_ok=True)
    return [
        write_unit_workbook(unit, by_unit[unit], documents[unit], folder / name)
        for unit, name in unit_file_names(data).items()
    ]


def _file_names(units: Sequence[str]) -> dict[str, str]:
    """Return unit → file name that every system takes; two units never share one."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for unit in units:
        name = _UNSAFE_IN_FILE_NAMES.sub("_", unit).strip(" .")[:60] or "_"
        if name.casefold() in taken or name != unit:
            name = f"{name}_{safe_name('name ' + unit)[2:10]}"
        taken.add(name.casefold())
        names[unit] = name
    return names


def _write_run_report(path: Path, run: RunReport) -> Path:
    path.write_text(render_markdown(run), encoding="utf-8")
    return path


def _require(warehouse: Path) -> None:
    if not warehouse.is_file():
        raise FileNotFoundError(f"没有找到数据仓库文件：{warehouse}")


def read_warehouse(warehouse: Path) -> ReportData:
    """Read all that the list and the workbook need through a read-only connection that is closed again."""
    _require(warehouse)
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        return read_report_data(connection)
