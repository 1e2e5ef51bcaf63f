"""How well a set of documents was understood: statements, tables, cells, identities, pages, time.

Every PDF is extracted and transformed here, one after the other, so that CPU time can be given. The report
measures the reading; it says nothing about whether a document's numbers are right.
"""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from extractors.document import extract_document
from extractors.printed_number import fold
from transforms.announced import announced_titles, page_lines
from transforms.document import transform_document
from transforms.grid import read_grids
from transforms.identities import Identity, find_identities
from transforms.titles import Title

#: Numbers that are rightly no amounts: their place in the table was understood.
NOT_MONEY = frozenset(
    {
        "heading",
        "column_number",
        "line_number",
        "code",
        "change_column",
        "change_row",
        "indicator_text",
        "percentage",
    }
)
_TOKEN = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+")
_OUTSIDE = frozenset({"page_number", "running_head", "contents", "caption", "note"})
_NUMERIC = ("number", "zero_printed", "percent")
_MOST_FREQUENT = 30


@dataclass(slots=True)
class DocumentReport:
    """What was understood of one document."""

    name: str
    status: str
    content: str = "other"
    is_identified: bool = False
    page_count: int = 0
    routes: Counter[str] = field(default_factory=Counter)
    cpu_seconds: float = 0.0
    announced: int = 0  # statements the contents list, where the document holds any table of its own
    announced_found: int = 0
    recognised: int = 0  # different statements found, announced or not
    announced_elsewhere: int = 0  # announced by a narrative whose tables are published in another file
    missing: list[str] = field(default_factory=list)
    statements: Counter[str] = field(default_factory=Counter)  # by status
    numeric_cells: int = 0
    amounts: int = 0
    understood: int = 0  # amounts, and numbers that are rightly none
    reasons: Counter[str] = field(default_factory=Counter)
    stray_tokens: int = 0  # numbers on table pages that stand in no cell
    identities: int = 0
    closed: int = 0
    without_parts: int = 0
    open_identities: list[Identity] = field(default_factory=list)
    unmapped: Counter[tuple[str, str, str]] = field(default_factory=Counter)  # (kind, text, reason)


@dataclass(slots=True)
class CorpusReport:
    """The reports of all documents, and their sums."""

    documents: list[DocumentReport] = field(default_factory=list)

    def total(self, name: str) -> int:
        """Return the sum of a counted field over all documents."""
        return sum(int(getattr(document, name)) for document in self.documents)

    def counter(self, name: str) -> Counter[str]:
        """Return the sum of a Counter field over all documents."""
        found: Counter[str] = Counter()
        for document in self.documents:
            found.update(getattr(document, name))
        return found

    def share(self, part: str, whole: str) -> float:
        """Return a share in per cent; 100 where there is nothing to count."""
        total = self.total(whole)
        return 100.0 * self.total(part) / total if total else 100.0

    @property
    def captured_share(self) -> float:
        """Share of the numbers on table pages that stand in cells, in per cent."""
        cells, stray = self.total("numeric_cells"), self.total("stray_tokens")
        return 100.0 * cells / (cells + stray) if cells + stray else 100.0

    @property
    def evaluable_share(self) -> float:
        """Share of the identities whose parts were all found, in per cent."""
        found, lost = self.total("identities"), self.total("without_parts")
        return 100.0 * found / (found + lost) if found + lost else 100.0

    def unmapped(self, limit: int = _MOST_FREQUENT) -> list[tuple[int, str, str, str]]:
        """Return (count, kind, text, reason) of what nothing in the vocabulary covers, most frequent first."""
        found: Counter[tuple[str, str, str]] = Counter()
        for document in self.documents:
            found.update(document.unmapped)
        ranked = sorted(found.items(), key=lambda entry: (-entry[1], entry[0]))
        return [(count, *entry) for entry, count in ranked[:limit]]


def corpus_report(paths: Iterable[Path]) -> CorpusReport:
    """Extract and transform PDFs (files, or every PDF below a folder) and report how well they were read."""
    report = CorpusReport()
    for path in paths:
        files = sorted(path.rglob("*.pdf")) if path.is_dir() else [path]
        report.documents.extend(report_document(file) for file in files)
    return report


def report_document(path: Path) -> DocumentReport:
    """Extract, transform and report one PDF. A file that cannot be read gives a report with its status."""
    started = time.process_time()
    extraction = extract_document(path).frames()
    facts = transform_document(extraction)
    report = DocumentReport(f"{path.parent.name}/{path.name}", extraction["document"]["status"][0])
    report.cpu_seconds = time.process_time() - started
    report.page_count = extraction["page"].height
    report.routes = Counter(extraction["page"]["route"].fill_null("none").to_list())
    titles = announced_titles(read_grids(extraction), page_lines(extraction))
    _count_statements(report, facts, [title for _, title in titles])
    _count_cells(report, extraction, facts)
    _count_identities(report, facts["amount"])
    columns = ("kind", "text", "reason")
    report.unmapped = Counter(
        (kind, text, reason) for kind, text, reason in facts["unmapped"].select(columns).iter_rows()
    )
    return report


def _count_statements(report: DocumentReport, facts: Mapping[str, pl.DataFrame], titles: list[Title]) -> None:
    identity = facts["identity"].row(0, named=True)
    report.content, report.is_identified = identity["content"], identity["is_identified"]
    statement = facts["statement"]
    report.statements = Counter(statement["status"].to_list())
    missing = statement.filter(pl.col("status") == "announced_only")["title"].to_list()
    if report.content in {"narrative", "other"}:
        report.announced_elsewhere = len(missing)
        return
    found = statement.filter(pl.col("table_no").is_not_null() & pl.col("statement_code").is_not_null())
    codes = {title.code_for(identity["doc_kind"]) for title in titles} - {""}
    report.missing = missing
    report.announced = len(codes)
    report.announced_found = len(codes & set(found["statement_code"].to_list()))
    report.recognised = found["statement_code"].n_unique()


def _count_cells(
    report: DocumentReport, extraction: Mapping[str, pl.DataFrame], facts: Mapping[str, pl.DataFrame]
) -> None:
    numeric = extraction["cell"].filter(pl.col("state").is_in(_NUMERIC))
    report.numeric_cells = numeric.height
    reasons = facts["cell_label"]["unmapped_reason"].drop_nulls().to_list()
    report.reasons = Counter(reasons)
    lost = sum(count for reason, count in report.reasons.items() if reason not in NOT_MONEY)
    report.understood = report.numeric_cells - lost
    report.amounts = facts["amount"].filter(pl.col("state").is_in(_NUMERIC)).height
    report.stray_tokens = stray_tokens(extraction)


def stray_tokens(extraction: Mapping[str, pl.DataFrame]) -> int:
    """Return how many amounts stand outside every cell on pages with tables, prose and captions aside."""
    pages = set(extraction["cell"]["page"].to_list())
    lines = extraction["line"].filter(pl.col("page").is_in(sorted(pages))).select("role", "text")
    return sum(_stray(text) for role, text in lines.iter_rows() if role not in _OUTSIDE)


def _stray(text: str | None) -> int:
    """Count the amounts of a line that is no prose: numbers that a grid should have held."""
    folded = fold(text or "")
    tokens = _TOKEN.findall(folded)
    rest = re.sub(r"[\d,.%\-—]", "", folded)
    return (
        len(tokens) if tokens and len(rest) <= 4 * len(tokens) and not re.search(r"[。，；]", folded) else 0
    )


def _count_identities(report: DocumentReport, amount: pl.DataFrame) -> None:
    identities, report.without_parts = find_identities(amount.to_dicts())
    report.identities = len(identities)
    report.open_identities = [identity for identity in identities if not identity.is_closed]
    report.closed = report.identities - len(report.open_identities)


def render(report: CorpusReport) -> str:
    """Return the report as Chinese text: one line a document, then the sums and what to add to the vocabulary."""
    lines = [_document_line(document) for document in report.documents]
    pages = report.total("page_count")
    seconds = sum(document.cpu_seconds for document in report.documents)
    lines += [
        "",
        f"文件 {len(report.documents)} 份，页 {pages}，身份齐全 {report.total('is_identified')} 份",
        f"目录所列表识别 {report.total('announced_found')}/{report.total('announced')}"
        f"（{report.share('announced_found', 'announced'):.2f}%），共识别 {report.total('recognised')} 种，"
        f"另有 {report.total('announced_elsewhere')} 张列于只有说明文字的文件",
        f"数字单元格 {report.total('numeric_cells')}，理解 {report.share('understood', 'numeric_cells'):.2f}%，"
        f"其中金额 {report.total('amounts')}",
        f"表页数字入格率 {report.captured_share:.2f}%（格外 {report.total('stray_tokens')} 个）",
        f"恒等式可计算 {report.evaluable_share:.2f}%（{report.total('identities')} 个），"
        f"成立 {report.share('closed', 'identities'):.2f}%，不成立 {report.total('identities') - report.total('closed')} 个",
        "页的处理路径："
        + "，".join(f"{route} {count}" for route, count in report.counter("routes").most_common()),
        f"每页 CPU {1000 * seconds / max(pages, 1):.1f} 毫秒",
        "未理解原因："
        + "，".join(f"{r} {c}" for r, c in report.counter("reasons").most_common() if r not in NOT_MONEY),
        "",
        "未收录的标题、表头、行名（次数 类别 原文 原因）：",
    ]
    lines += [
        f"  {count:>4}  {kind}  {text[:60]}  {reason}" for count, kind, text, reason in report.unmapped()
    ]
    lines += ["", "不成立的恒等式："]
    for document in report.documents:
        for identity in document.open_identities:
            lines.append(
                f"  {document.name}  {identity.statement_code} {identity.subject}："
                f"{identity.total} ≠ {identity.parts}（差 {identity.residual}）"
            )
    return "\n".join(lines)


def _document_line(document: DocumentReport) -> str:
    missing = "；缺 " + "、".join(document.missing) if document.missing else ""
    return (
        f"{document.name}  {document.page_count} 页  {document.content}  "
        f"目录所列表 {document.announced_found}/{document.announced}{missing}  识别 {document.recognised} 种  "
        f"未识别 {document.statements['unrecognised']}  "
        f"数字 {document.understood}/{document.numeric_cells}  格外 {document.stray_tokens}  "
        f"恒等式 {document.closed}/{document.identities}  "
        f"{1000 * document.cpu_seconds / max(document.page_count, 1):.1f} 毫秒/页"
    )
