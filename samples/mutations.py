"""Clean documents with exactly one thing changed, for measuring what the rules notice.

Each mutation re-typesets a clean document of the generated district with one cell, number, percentage or direction
word changed, or one statement left out. Same seed, same mutations.
"""

from __future__ import annotations

import functools
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from samples.defects import DefectPlan, PlantedDefect, flip, transpose
from samples.district import DEFAULT_SEED, KINDS
from samples.documents import SampleDocument
from samples.elsewhere.documents import disclose
from samples.model import unit_years
from samples.profiles import unit_profiles
from samples.truth import document_truth

#: Kind of mutation -> what it does.
MUTATION_KINDS = {
    "cell_ten": "a statement's cell is printed 10 万元 higher",
    "cell_slip": "a cell with two decimals of 万元 is printed 0.05 higher",
    "cell_transposed": "two digits of a statement's cell are swapped",
    "narrative_amount": "an amount of the narrative is printed 10 万元 higher",
    "narrative_percentage": "a percentage of the narrative has two digits swapped or is off by three",
    "direction": "a direction word of the narrative is reversed",
    "missing_statement": "a statement that has amounts is left out",
}
_STATEMENTS = frozenset({f"{kind}0{number}" for kind in ("T", "BT") for number in range(1, 10)})
_MONEY = frozenset({"元", "万元"})
_TRIES = 40  # targets of a document that are tried before it is left alone
_FLIPS = frozenset({"增加", "减少", "大于", "小于"})
_KEY_FIELDS = ("line_code", "measure", "functional_code", "economic_code", "fund", "stage", "item")


@dataclass(frozen=True, slots=True)
class MutatedDocument:
    """A document with one change; ``clean_pdf`` is the same document without it."""

    kind: str
    unit_slug: str
    year: int
    doc_kind: str
    location: str
    printed: str
    expected: str
    page: int | None
    pdf: bytes
    clean_pdf: bytes


def _plus(printed: str, money_unit: str, wan: Decimal) -> str:
    step = wan * 10_000 if money_unit == "元" else wan
    value = Decimal(printed.replace(",", "")) + step
    return f"{value:,f}" if "," in printed else f"{value:f}"


def _percentage(printed: str) -> str:
    try:
        return transpose(printed)
    except ValueError:
        return f"{Decimal(printed.rstrip('%')) + 3}%"


def _is_wan_amount(printed: str) -> bool:
    return (
        "." in printed and not printed.endswith("%") and printed.replace(",", "").replace(".", "").isdigit()
    )


def _is_plain(printed: str) -> bool:
    return re.fullmatch(r"-?[0-9,]+(\.[0-9]+)?", printed) is not None


def _swappable(printed: str) -> bool:
    try:
        transpose(printed)
    except ValueError:
        return False
    return True


@dataclass(frozen=True, slots=True)
class _Target:
    """One place that a kind of mutation may change, and how."""

    location: str
    page: int | None
    expected: str
    printed: str
    defect: PlantedDefect


def _cell_targets(truth: dict[str, Any], change: Callable[[dict[str, Any]], str | None]) -> list[_Target]:
    targets = []
    for amount in truth["amounts"]:
        is_money = amount["statement_code"] in _STATEMENTS and amount["unit"] in _MONEY
        printed = change(amount) if is_money and _is_plain(amount["printed"]) else None
        if printed:
            where = {"statement": amount["statement_code"], **{name: amount[name] for name in _KEY_FIELDS}}
            defect = _defect(truth, table=where, text=printed)
            targets.append(_Target(str(where), amount["page"], amount["printed"], printed, defect))
    return targets


def _fact_targets(
    truth: dict[str, Any], wanted: Callable[[str, str], bool], change: Callable[[str], str]
) -> list[_Target]:
    targets = []
    for fact in truth["facts"]:
        if wanted(fact["key"], fact["printed"]):
            printed = change(fact["printed"])
            defect = _defect(truth, fact=fact["key"], text=printed)
            targets.append(_Target(fact["key"], fact["page"], fact["printed"], printed, defect))
    return targets


def _defect(truth: dict[str, Any], **fields: Any) -> PlantedDefect:
    return PlantedDefect(
        defect_id="M", unit="", year=truth["fiscal_year"], doc_kind=truth["doc_kind"], cause="", kind="E",
        severity="error", rules=[], do="set", **fields,
    )  # fmt: skip


def _targets(kind: str, truth: dict[str, Any]) -> list[_Target]:
    """All places of a clean document that a kind of mutation may change."""
    ten, slip = Decimal(10), Decimal("0.05")
    if kind == "cell_ten":
        return _cell_targets(truth, lambda amount: _plus(amount["printed"], amount["unit"], ten))
    if kind == "cell_slip":
        return _cell_targets(
            truth,
            lambda a: (
                _plus(a["printed"], a["unit"], slip) if (a["unit"], a["decimals"]) == ("万元", 2) else None
            ),
        )
    if kind == "cell_transposed":
        return _cell_targets(truth, lambda a: transpose(a["printed"]) if _swappable(a["printed"]) else None)
    if kind == "narrative_amount":
        return _fact_targets(
            truth, lambda _, text: _is_wan_amount(text), lambda text: _plus(text, "万元", ten)
        )
    if kind == "narrative_percentage":
        return _fact_targets(
            truth, lambda _, text: text.endswith("%") and text not in ("0%", "100.00%"), _percentage
        )
    if kind == "direction":
        return _fact_targets(truth, lambda _, text: text in _FLIPS, flip)
    return [
        _Target(
            statement["title"], statement["first_page"], statement["title"], "",
            _defect(truth, document={"statement": statement["statement_code"], "missing": True}),
        )
        for statement in truth["statements"]
        if statement["statement_code"] in _STATEMENTS and not statement["is_empty"]
    ]  # fmt: skip


@functools.lru_cache(maxsize=64)
def _clean(unit_number: int, year: int, doc_kind: str, seed: int) -> tuple[bytes, dict[str, Any]]:
    document = _build(unit_number, year, doc_kind, seed, DefectPlan())
    pdf = document.pdf()
    return pdf, document_truth(document, pdf)


def _build(unit_number: int, year: int, doc_kind: str, seed: int, plan: DefectPlan) -> SampleDocument:
    unit = unit_profiles(8)[unit_number]
    book = unit_years(unit, (year,), seed)
    return KINDS[doc_kind](book[year], book[year - 1], plan)[0]


def mutated_documents(
    count: int, *, seed: int = DEFAULT_SEED, kinds: tuple[str, ...] = tuple(MUTATION_KINDS), year: int = 2024
) -> Iterator[MutatedDocument]:
    """Yield ``count`` mutations of clean final accounts, the kinds in turn, units and places by the seed."""
    dice = random.Random(f"{seed}/mutations")  # noqa: S311 - chooses what to change in test documents
    made = 0
    while made < count:
        kind = kinds[made % len(kinds)]
        unit_number = dice.randrange(8)
        clean_pdf, truth = _clean(unit_number, year, "final_accounts", seed)
        targets = _targets(kind, truth)
        if not targets:
            continue
        target = dice.choice(targets)
        document = _build(unit_number, year, "final_accounts", seed, DefectPlan([target.defect]))
        made += 1
        yield MutatedDocument(
            kind, document.unit.slug, year, "final_accounts", target.location, target.printed, target.expected,
            target.page, document.pdf(), clean_pdf,
        )  # fmt: skip


def change_one(
    kind: str, build: Callable[[DefectPlan], list[SampleDocument]], dice: random.Random
) -> tuple[str, list[SampleDocument], list[SampleDocument]] | None:
    """Change one thing of a kind in what ``build`` typesets; return what was changed, the clean files and the changed ones.

    ``None`` where the document prints nothing that this kind of mutation may change.
    """
    clean = build(DefectPlan())
    targets = [target for file in clean for target in _targets(kind, document_truth(file, b""))]
    for target in dice.sample(targets, min(_TRIES, len(targets))):
        try:
            changed = build(DefectPlan([target.defect]))
        except LookupError:  # the key names several cells of the statement, or a word that is set elsewhere
            continue
        return f"{target.location}: {target.expected} -> {target.printed}", clean, changed
    return None


def own_builder(number: int, seed: int) -> Callable[[DefectPlan], list[SampleDocument]]:
    """Return what typesets document ``number`` of the generated district: budgets and final accounts in turn."""
    unit = unit_profiles(number + 9)[number + 8]  # under a name of its own
    book = unit_years(unit, (2024,), seed)
    make = KINDS["budget" if number % 4 == 3 else "final_accounts"]
    return lambda plan: make(book[2024], book[2023], plan)


def elsewhere_builder(number: int, seed: int) -> Callable[[DefectPlan], list[SampleDocument]]:
    """Return what typesets document ``number`` of a campaign of other places."""
    return lambda plan: [disclose(seed, number, plan=plan).document]
