"""Putting one disclosure together: cover, contents, overview, statements, narrative, terms, self-evaluation forms."""

from __future__ import annotations

from dataclasses import dataclass, field

from samples.budget_jiangsu import jiangsu_tables
from samples.budget_tables import budget_tables
from samples.classification import CHINESE_NUMERALS
from samples.decoys import draw_decoys
from samples.defects import DefectPlan
from samples.drawing import PageDrawing, TextRun, write_pdf
from samples.facts import Facts
from samples.final_tables import final_tables
from samples.flow import DocumentFlow, DrawnFact, DrawnTable, Written
from samples.fonts import text_width
from samples.model import UnitYear
from samples.narrative import budget_narrative, final_narrative, narrative_classes, wording
from samples.performance import PerformanceForm, performance_forms
from samples.performance_forms import performance_table
from samples.profiles import UnitProfile, district_name
from samples.tables import Printer

_CONTENTS_LINES = 30


@dataclass(slots=True)
class SampleDocument:
    """One typeset disclosure and what stands in it; ``front_pages`` come before the page the flow calls 1."""

    unit: UnitProfile
    year: int
    doc_kind: str
    title: str
    pages: list[PageDrawing]
    front_pages: int
    tables: list[DrawnTable]
    facts: list[DrawnFact]
    correct_facts: dict[str, str] = field(default_factory=dict)
    content: str = "full"
    written: list[Written] = field(default_factory=list)

    def pdf(self) -> bytes:
        """Return the bytes of the PDF."""
        return write_pdf(self.pages, self.title, self.unit.name)


def set_lines(flow: DocumentFlow, lines: list[str]) -> None:
    """Set rendered lines of a wording: headings by their marks, the rest as paragraphs."""
    for line in lines:
        marks = len(line) - len(line.lstrip("#"))
        if marks:
            flow.heading(marks, line.lstrip("# "))
        else:
            flow.paragraph(line)


def _page_numbers(flow: DocumentFlow) -> None:
    for number, page in enumerate(flow.pages, 1):
        text = f"{number}"
        x = (page.width - text_width(text) * 9) / 2
        page.runs.append(TextRun(x, page.height - 28, 9, text))


def cover(flow: DocumentFlow, lines: list[str]) -> None:
    """Set a cover of one or more centred lines."""
    flow.new_page()
    flow.space(230)
    for line in lines:
        size = min(24.0, (flow.page.width - 2 * flow.margin) / text_width(line))
        flow.line(line, size, "center", bold=True, gap=1.0)


def contents(flow: DocumentFlow, outline: list[tuple[int, str, int]]) -> None:
    """Set the contents: headings of the first two levels with leaders and page numbers."""
    entries = [entry for entry in outline if entry[0] <= 2]
    for number, (level, text, page) in enumerate(entries):
        if number % _CONTENTS_LINES == 0:
            flow.new_page()
            if number == 0:
                flow.line("目  录", 20, "center", bold=True, gap=1.0)
        size = 11.0
        indent = 0.0 if level == 1 else 22.0
        room = flow.page.width - 2 * flow.margin - indent - (text_width(text) + text_width(str(page))) * size
        dots = "." * max(3, int(room / (text_width(".") * size)))
        runs = (TextRun(flow.margin + indent, flow.y + size, size, text + dots + str(page)),)
        flow.page.runs.extend(runs)
        flow.y += 22.0


def finish(flow: DocumentFlow, unit: UnitProfile, cover_lines: list[str]) -> tuple[list[PageDrawing], int]:
    """Number the flow's pages and put cover and contents in front; return all pages and how many are in front."""
    _page_numbers(flow)
    front = DocumentFlow(unit.layout)
    cover(front, cover_lines)
    contents(front, flow.outline)
    return [*front.pages, *flow.pages], len(front.pages)


def _statements_part(flow: DocumentFlow, year: UnitYear, plan: DefectPlan) -> None:
    unit = year.unit
    printer = Printer(unit.layout.money_unit, unit.layout.thousands, unit.layout.zero)
    flow.new_page()
    flow.space(240)
    flow.heading(1, f"第二部分 {unit.name}{year.year}年度{unit.scope_word}决算表")
    for table in plan.amend_tables(final_tables(year, printer)):
        flow.statement(table)


def _forms_part(flow: DocumentFlow, year: UnitYear, forms: list[PerformanceForm], plan: DefectPlan) -> None:
    if not forms:
        return
    flow.new_page()
    flow.heading(1, "附件：项目支出绩效自评表" if year.unit.layout.forms_first else "第五部分 附件")
    for table in plan.amend_tables([performance_table(form, year) for form in forms], annex=True):
        flow.statement(table)


def narrative_part(
    flow: DocumentFlow, year: UnitYear, previous: UnitYear, forms: list[PerformanceForm], plan: DefectPlan
) -> Facts:
    """Set the narrative of final accounts and its terms; return the facts it states."""
    unit, facts = year.unit, Facts(plan.fact_overrides())
    flow.new_page()
    flow.heading(1, f"第三部分 {unit.name}{year.year}年度{unit.scope_word}决算情况说明")
    set_lines(flow, final_narrative(year, previous, forms or performance_forms(year, 9), facts))
    plan.resolve_facts(facts)
    flow.new_page()
    set_lines(flow, wording("final_terms"))
    if unit.layout.decoys:
        draw_decoys(flow, unit.name, [(c.name[:4], c.actual) for c in narrative_classes(year, previous)])
    return facts


def _document(
    flow: DocumentFlow, year: UnitYear, doc_kind: str, title: str, cover_lines: list[str], facts: Facts
) -> SampleDocument:
    pages, front = finish(flow, year.unit, cover_lines)
    return SampleDocument(
        year.unit, year.year, doc_kind, title, pages, front, flow.tables, flow.facts, facts.correct
    )


def final_accounts(year: UnitYear, previous: UnitYear, plan: DefectPlan) -> list[SampleDocument]:
    """Typeset the final accounts of one unit and year with the planned defects in them: one file, or two."""
    unit, layout = year.unit, year.unit.layout
    title = f"{unit.name}{year.year}年度{unit.scope_word}决算"
    cover_lines = [unit.name, f"{plan.cover_year or year.year}年度{unit.scope_word}决算"]
    forms = performance_forms(year, 99 if layout.wording != "shanghai" else 0)
    flow = DocumentFlow(layout)
    flow.new_page()
    set_lines(flow, wording("final_opening", unit=unit, numerals=CHINESE_NUMERALS))
    if layout.forms_first:
        _forms_part(flow, year, forms, plan)
    if not layout.separate:
        _statements_part(flow, year, plan)
    facts = narrative_part(flow, year, previous, forms, plan)
    if not layout.forms_first:
        _forms_part(flow, year, forms, plan)
    text = _document(flow, year, "final_accounts", title, cover_lines, facts)
    if not layout.separate:
        return [text]
    text.content, text.title = "narrative", f"{title}情况说明"
    tables = DocumentFlow(layout)
    _statements_part(tables, year, plan)
    second = _document(tables, year, "final_accounts", f"{title}报表", [*cover_lines, "报表"], Facts())
    second.content = "tables"
    return [text, second]


def budget(year: UnitYear, previous: UnitYear, plan: DefectPlan) -> list[SampleDocument]:
    """Typeset the budget of one unit and year with the planned defects in it."""
    unit = year.unit
    facts = Facts(plan.fact_overrides())
    name = unit.layout.budget_wording
    flow = DocumentFlow(unit.layout)
    flow.new_page()
    set_lines(flow, budget_narrative(year, previous, facts, name))
    tables = jiangsu_tables(year) if unit.layout.budget_family == "jiangsu" else budget_tables(year)
    for table in plan.amend_tables(tables):
        flow.statement(table)
    flow.new_page()
    set_lines(flow, budget_narrative(year, previous, facts, f"{name}_other"))
    plan.resolve_facts(facts)
    title = f"{unit.name}{year.year}年{unit.scope_word}预算"
    cover_lines = [
        f"{district_name()}{plan.cover_year or year.year}年{unit.scope_word}预算",
        f"预算{unit.scope_word}：{unit.name}",
    ]
    return [_document(flow, year, "budget", title, cover_lines, facts)]
