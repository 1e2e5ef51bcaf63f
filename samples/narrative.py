"""Telling the final accounts in one of the local wordings: the data a wording's template may use, and its text."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from importlib import resources
from typing import Any

import jinja2

from samples.classification import economic_names, functional_names
from samples.facts import Facts
from samples.final_tables import three_public_amounts
from samples.model import FUNDS, Item, UnitYear
from samples.performance import PerformanceForm

_PURPOSES = ("保障机构正常运转", "开展专项业务工作", "缴纳在职人员社会保障费用", "落实年度重点任务")


@dataclass(frozen=True, slots=True)
class NarrativeItem:
    """One functional item of the general public budget as the narrative tells it; amounts in 分."""

    code: str
    class_name: str
    group_name: str
    name: str
    initial: int
    actual: int
    purpose: str


@dataclass(frozen=True, slots=True)
class NarrativeClass:
    """One functional class of the general public budget; amounts in 分."""

    code: str
    name: str
    initial: int
    actual: int
    previous: int


def _class_sum(items: dict[str, Item], code: str) -> int:
    return sum(item.total for key, item in items.items() if key[:3] == code)


def narrative_items(year: UnitYear) -> list[NarrativeItem]:
    """Items of the general public budget with initial budget and actual, in code order."""
    actual, initial = year.items(["gp"]), year.items(["gp"], budget=True)
    return [
        _item(n, code, initial.get(code, Item()).total, actual[code].total) for n, code in enumerate(actual)
    ]


def budget_items(year: UnitYear) -> list[NarrativeItem]:
    """Items of all fiscal funds with their budget, in code order; ``actual`` is 0."""
    return [
        _item(n, code, item.total, 0) for n, (code, item) in enumerate(year.items(FUNDS, budget=True).items())
    ]


def _item(number: int, code: str, initial: int, actual: int) -> NarrativeItem:
    names, purpose = functional_names(), _PURPOSES[number % len(_PURPOSES)]
    return NarrativeItem(code, names[code[:3]], names[code[:5]], names[code], initial, actual, purpose)


def narrative_classes(year: UnitYear, previous: UnitYear) -> list[NarrativeClass]:
    """Classes of the general public budget with initial budget, actual and last year's actual."""
    names = functional_names()
    actual, initial, before = year.items(["gp"]), year.items(["gp"], budget=True), previous.items(["gp"])
    codes = sorted({code[:3] for code in actual})
    return [
        NarrativeClass(c, names[c], _class_sum(initial, c), _class_sum(actual, c), _class_sum(before, c))
        for c in codes
    ]


@functools.lru_cache(maxsize=1)
def _environment() -> jinja2.Environment:
    folder = resources.files("samples").joinpath("wordings")
    loader = jinja2.FunctionLoader(lambda name: folder.joinpath(name).read_text(encoding="utf-8"))
    return jinja2.Environment(  # noqa: S701 - plain text for a PDF, no markup
        loader=loader, trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined
    )


def wording(name: str, **values: Any) -> list[str]:
    """Render a wording to its lines: ``# ``, ``## ``, ``### `` headings and paragraphs."""
    text = _environment().get_template(f"{name}.txt.j2").render(**values)
    return [line.strip() for line in text.splitlines() if line.strip()]


def final_narrative(
    year: UnitYear, previous: UnitYear, forms: list[PerformanceForm], facts: Facts
) -> list[str]:
    """Lines of 情况说明 for one final-accounts document."""
    names = economic_names()
    economics = [(code, names[code], amount) for code, amount in year.economic.items() if amount]
    return wording(
        year.unit.layout.wording,
        F=facts,
        y=year,
        p=previous,
        unit=year.unit,
        scope=year.unit.scope_word,
        gp=year.total(["gp"]),
        gp_before=previous.total(["gp"]),
        spent=year.total(),
        revenue={fund: year.revenue(fund) for fund in (*FUNDS, "nf")},
        fiscal_revenue=sum(year.revenue(fund) for fund in FUNDS),
        revenue_total=sum(year.revenue(fund) for fund in (*FUNDS, "nf")),
        initial_total=year.total(["gp"], budget=True).total,
        items=narrative_items(year),
        classes=narrative_classes(year, previous),
        personnel_items=[entry for entry in economics if entry[0].startswith(("301", "303"))],
        operating_items=[entry for entry in economics if not entry[0].startswith(("301", "303"))],
        tp=three_public_amounts(year.three_public),
        tp_budget=three_public_amounts(year.three_public_budget),
        tp_before=three_public_amounts(previous.three_public),
        fund={
            code: (year.total([code]), year.revenue(code), year.opening[code], year.closing[code])
            for code in FUNDS
        },
        forms=forms,
        procurement_total=sum(year.procurement.values()),
    )


def budget_narrative(year: UnitYear, previous: UnitYear, facts: Facts, name: str) -> list[str]:
    """Lines of a budget's text: the one before its statements or, under another wording, the one after them."""
    personnel = sum(v for code, v in year.budget_economic.items() if code.startswith(("301", "303")))
    return wording(
        name,
        F=facts,
        y=year,
        p=previous,
        unit=year.unit,
        scope=year.unit.scope_word,
        items=budget_items(year),
        total=year.total(budget=True),
        total_before=previous.total(budget=True),
        fiscal=year.total(FUNDS, budget=True).total,
        fiscal_before=previous.total(FUNDS, budget=True).total,
        gp=year.total(["gp"], budget=True).total,
        gp_before=previous.total(["gp"], budget=True).total,
        gf=year.total(["gf"], budget=True).total,
        soe=year.total(["soe"], budget=True).total,
        tp=three_public_amounts(year.three_public_budget),
        tp_before=three_public_amounts(previous.three_public_budget),
        personnel=personnel,
        operating=sum(year.budget_economic.values()) - personnel,
        operating_before=sum(
            v for code, v in previous.budget_economic.items() if not code.startswith(("301", "303"))
        ),
        procurement_total=sum(year.procurement.values()),
    )
