"""Disclosures of other places: any set of statements, in any look, under any cover."""

from __future__ import annotations

import functools
import random
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from importlib import resources
from typing import Any

import yaml

from samples.classification import CHINESE_NUMERALS
from samples.defects import DefectPlan
from samples.documents import SampleDocument, finish, narrative_part, set_lines
from samples.elsewhere.accounts import Accounts
from samples.elsewhere.by_subject import economic_blocks, economic_list, economic_pairs, functional_form
from samples.elsewhere.evaluations import evaluation_tables
from samples.elsewhere.lists import procurement_form, projects_form
from samples.elsewhere.look import Look, draw_look
from samples.elsewhere.notation import form_sets, forms_of
from samples.elsewhere.operating import statistics_form, three_public_form
from samples.elsewhere.summaries import summary_form
from samples.elsewhere.targets import target_form, target_list
from samples.facts import Facts
from samples.flow import DocumentFlow
from samples.model import UnitYear, unit_years
from samples.narrative import budget_narrative, wording
from samples.performance import performance_forms
from samples.profiles import UnitProfile, base_units
from samples.tables import Table

YEAR = 2024
#: How final accounts may be told; ``wording`` fixes one of them.
_WORDINGS = ("central", "northwest", "shanghai", "shanxi", "southwest")
_SHAPES = {
    "functional": functional_form,
    "economic_list": economic_list,
    "economic_blocks": economic_blocks,
    "economic_pairs": economic_pairs,
    "target_form": target_form,
    "target_list": target_list,
    "summary": summary_form,
    "three_public": three_public_form,
    "statistics": statistics_form,
    "projects": projects_form,
    "procurement": procurement_form,
}
_CHINESE_DIGITS = str.maketrans("0123456789", "〇一二三四五六七八九")
_WIDE_DIGITS = str.maketrans("0123456789", "０１２３４５６７８９")


@dataclass(frozen=True, slots=True)
class ElsewhereDocument:
    """One generated disclosure with its look and the set of statements it was made of."""

    name: str
    document: SampleDocument
    look: Look
    form_set: str
    features: dict[str, str]


@functools.lru_cache(maxsize=1)
def _publishers() -> dict[str, Any]:
    text = resources.files("samples").joinpath("data", "publishers.yaml").read_text(encoding="utf-8")
    return dict(yaml.safe_load(text))


def _unit(dice: random.Random, look: Look, number: int) -> UnitProfile:
    """One of the model's units under the name of a body elsewhere; no two of a campaign's documents share a name."""
    data = _publishers()
    name, scope = dice.choice(data["names"])
    first, second = data["first_words"], data["second_words"]
    place = first[number % len(first)] + second[number // len(first) % len(second)]
    name = re.sub("临泽|河口|东岗|青峦|清溪|阿兰|新岭", place, name)
    base = dice.choice(base_units())
    return replace(base, name=name, short=name, scope=scope, layout=look.layout, slug="elsewhere")


def _filled(pattern: str, year: UnitYear, kind: str, number: int = 0) -> str:
    digits = str(year.year)
    return pattern.format(
        n=year.unit.name, y=digits, c=digits.translate(_CHINESE_DIGITS), w=digits.translate(_WIDE_DIGITS),
        s=year.unit.scope_word, k=kind, z=year.year + (1 if kind == "决算" else 0), i=number,
    )  # fmt: skip


def statement_tables(form_set: str, accounts: Accounts, look: Look) -> list[Table]:
    """Return the statements of a set, dressed in a look, with captions."""
    tables = []
    year, kind = accounts.year, "预算" if accounts.is_budget else "决算"
    label, caption = look.dice.choice(_publishers()["labels"]), look.dice.choice(_publishers()["captions"])
    for number, form in enumerate(forms_of(form_set), 1):
        unit = look.unit_of(form["code"])
        table = _SHAPES[form["shape"]](form, accounts, look.printer(unit), look)
        table.money_unit = unit
        table.money_label = (
            "仓位" if look.unit_words == "misprint" else look.dice.choice(["单位", "金额单位"])
        )
        if look.unit_place == "none":
            table.money_label = ""
        table.unit_line = _filled(caption, year, kind)
        has_room = len(table.unit_line) < 22  # the year stands in the middle of the same line
        table.year_line = f"{year.year}年度" if has_room and look.dice.random() < 0.5 else ""
        table.form_label = _filled(label, year, kind, number)
        tables.append(look.dress(table, year.year))
    return tables


def disclose(
    seed: int, number: int, fixed: Mapping[str, str] | None = None, plan: DefectPlan | None = None
) -> ElsewhereDocument:
    """Typeset the disclosure with a number of a campaign; the same seed and number give the same bytes.

    ``fixed`` names features that are not drawn but given (``set`` among them: the statement set); ``plan`` changes
    what is printed, nothing else.
    """
    plan = plan or DefectPlan()
    dice = random.Random(f"layouts/{seed}/{number}")  # noqa: S311 - invented looks, not secrets
    look = draw_look(dice, fixed or {})
    sets = sorted(name for name in form_sets() if name == (fixed or {}).get("set", name))
    form_set = sets[number % len(sets)]
    is_budget = form_sets()[form_set]["kind"] == "budget"
    look.layout = replace(look.layout, wording=(fixed or {}).get("wording") or dice.choice(_WORDINGS))
    if look.layout.landscape == "none" and form_sets()[form_set].get("wide"):
        look.layout = replace(look.layout, landscape="size")
    unit = _unit(dice, look, number)
    book = unit_years(unit, [YEAR], seed)
    accounts = Accounts(book[YEAR], book[YEAR - 1], is_budget)
    tables = plan.amend_tables(statement_tables(form_set, accounts, look))
    cover_lines = _filled(
        dice.choice(_publishers()["covers"]), accounts.year, "预算" if is_budget else "决算"
    ).split("\n")
    document = (_budget if is_budget else _final)(accounts, look, tables, cover_lines, plan)
    drawn = {name: str(value) for name, value in look.drawn.items()} | {"set": form_set}
    return ElsewhereDocument(f"{number:04d}_{form_set}", document, look, form_set, drawn)


def _final(
    accounts: Accounts, look: Look, tables: list[Table], cover_lines: list[str], plan: DefectPlan
) -> SampleDocument:
    year = accounts.year
    unit = year.unit
    forms = performance_forms(year, 99)
    flow = DocumentFlow(look.layout)
    flow.new_page()
    set_lines(flow, wording("final_opening", unit=unit, numerals=CHINESE_NUMERALS))
    flow.new_page()
    flow.space(240)
    flow.heading(1, f"第二部分 {unit.name}{year.year}年度{unit.scope_word}决算表")
    for table in tables:
        flow.statement(table)
    facts = narrative_part(flow, year, accounts.previous, forms, plan)
    flow.new_page()
    flow.heading(1, "第五部分 附件")
    for table in evaluation_tables(forms, year, look.dice):
        flow.statement(table)
    return _finished(flow, accounts, "final_accounts", cover_lines, facts)


def _budget(
    accounts: Accounts, look: Look, tables: list[Table], cover_lines: list[str], plan: DefectPlan
) -> SampleDocument:
    facts = Facts(plan.fact_overrides())
    flow = DocumentFlow(look.layout)
    flow.new_page()
    set_lines(flow, budget_narrative(accounts.year, accounts.previous, facts, "budget_jiangsu"))
    for table in tables:
        flow.statement(table)
    flow.new_page()
    set_lines(flow, budget_narrative(accounts.year, accounts.previous, facts, "budget_jiangsu_other"))
    plan.resolve_facts(facts)
    return _finished(flow, accounts, "budget", cover_lines, facts)


def _finished(
    flow: DocumentFlow, accounts: Accounts, doc_kind: str, cover_lines: list[str], facts: Facts
) -> SampleDocument:
    year = accounts.year
    pages, front = finish(flow, year.unit, cover_lines)
    return SampleDocument(
        year.unit,
        year.year,
        doc_kind,
        "".join(cover_lines),
        pages,
        front,
        flow.tables,
        flow.facts,
        facts.correct,
        written=flow.written,
    )
