"""What error localisation says of the findings: which number is probably wrong, or which few could be."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import duckdb

from expectations.diagnosis import Diagnosis, diagnose
from expectations.evidence_text import Evidence, place_text
from expectations.localise import Localisation, Repair, localise
from expectations.messages import amount_text
from expectations.printed_identities import (
    Identity,
    Number,
    Term,
    growth_identity,
    growth_on_prior_identity,
    percentage_identity,
    sum_identity,
)

#: What was read by OCR or under an inferred unit is doubted before what was printed.
_DOUBTFUL = 0.5


@dataclass(frozen=True, slots=True)
class Explanation:
    """What the localisation says of one group of violations, with the title of the rule behind each identity it names."""

    localisation: Localisation
    rules: Mapping[str, str]


def find_suspects(
    connection: duckdb.DuckDBPyConnection, groups: Sequence[Sequence[str]]
) -> dict[str, Explanation]:
    """Return, by the first outcome id of a group, what explains the whole group.

    Reads the temporary tables of ``findings.sql``. A group with a violated identity that could not be read as one is
    not explained.
    """
    numbers = {
        row["number"]: Number(
            row["value"], row["half_width"], _DOUBTFUL if row["is_doubtful"] else 1.0, row["is_open"]
        )
        for row in connection.sql("FROM speaking_number").pl().iter_rows(named=True)
    }
    documents: dict[str, list[Identity]] = {}
    titles = dict(connection.execute("SELECT rule_id, title FROM core.rule").fetchall())
    rules: dict[str, str] = {}
    for row in connection.sql("FROM speaking_identity ORDER BY outcome_id").pl().iter_rows(named=True):
        rules[row["outcome_id"]] = titles[row["rule_id"]]
        identity = _identity(row)
        if identity is not None:
            documents.setdefault(row["document_id"], []).append(identity)
    found = {
        outcome_id: one
        for document_id in sorted(documents)
        for one in localise(documents[document_id], numbers)
        for outcome_id in one.violated
    }
    return {
        group[0]: Explanation(one, rules)
        for group in groups
        if (one := _of_group(group, rules, found)) is not None and (one.certain or one.alternatives)
    }


def _of_group(
    group: Sequence[str], rules: Mapping[str, str], found: Mapping[str, Localisation]
) -> Localisation | None:
    own = [outcome_id for outcome_id in group if outcome_id in rules]
    if not own or any(outcome_id not in found for outcome_id in own):
        return None
    return found[own[0]]


def _identity(row: Mapping[str, Any]) -> Identity | None:
    """An outcome as a linear identity; None where its evidence is not the numbers its kind speaks of."""
    name, holds, numbers = row["outcome_id"], row["holds"], row["numbers"]
    if row["kind"] in ("sum", "equal", "unchanged"):
        signs = row["signs"] or ()
        return None if signs and len(signs) != len(numbers) else sum_identity(name, holds, numbers, signs)
    if len(numbers) != 3:
        return None
    make = _PERCENTAGES[row["kind"]]
    return make(name, holds, row)


def _sign(is_fall: bool | None) -> Decimal:
    return Decimal(-1 if is_fall else 1)


def _percentage(name: str, holds: bool, row: Mapping[str, Any]) -> Identity:
    return percentage_identity(name, holds, *row["numbers"])


def _growth(name: str, holds: bool, row: Mapping[str, Any]) -> Identity:
    growth, change, current = row["numbers"]
    changed = Term(change, _sign(row["is_fall_in_change"]))
    return growth_identity(name, holds, Term(growth, _sign(row["is_fall"])), current, changed)


def _growth_on_prior(name: str, holds: bool, row: Mapping[str, Any]) -> Identity:
    growth, current, prior = row["numbers"]
    return growth_on_prior_identity(name, holds, Term(growth, _sign(row["is_fall"])), current, prior)


_PERCENTAGES: dict[str, Callable[[str, bool, Mapping[str, Any]], Identity]] = {
    "percentage": _percentage,
    "growth": _growth,
    "growth_on_prior": _growth_on_prior,
}


def explain(found: Explanation, evidence: Sequence[Evidence]) -> Diagnosis | None:
    """Say in Chinese which number is probably wrong, what it should read and what proves it, or which could be wrong.

    Only numbers among ``evidence`` are named: those of the finding itself.
    """
    items = {item.evidence_id: item for item in evidence}
    certain = [repair for repair in found.localisation.certain if repair.number in items]
    if certain:
        slips = [_slip(repair, items[repair.number]) for repair in certain]
        text = "；".join(
            _certain_text(repair, items[repair.number], slip, found.rules)
            for repair, slip in zip(certain, slips, strict=True)
        )
        if len(certain) > 1 and len({_row_of(repair.number) for repair in certain}) == 1:
            return Diagnosis("missing_part", f"{text}；几个数同在一行，也可能是漏列了一行")
        return Diagnosis(next((slip.code for slip in slips if slip), "wrong_number"), text)
    return _candidates(found.localisation, items)


def _row_of(number: str) -> str:
    return number.rpartition(".")[0]


def _slip(repair: Repair, item: Evidence) -> Diagnosis | None:
    return diagnose("equal", repair.value, repair.expected, [], item.unit)


def _certain_text(repair: Repair, item: Evidence, slip: Diagnosis | None, rules: Mapping[str, str]) -> str:
    proof = sorted({rules[name] for name in repair.identities})
    return (
        f"{_repair_text(repair, item)}（{'与另一数一并改正后' if repair.also else '改正后'} {len(repair.identities)} 条勾稽关系"
        f"同时成立：{'、'.join(proof)}）" + (f"，{slip.text}" if slip else "")
    )


def _repair_text(repair: Repair, item: Evidence, is_same_place: bool = False) -> str:
    place = "同句" if is_same_place else place_text(item)
    printed = f"{place}的 {amount_text(repair.value, item.unit)}"
    if repair.expected is None:
        return f"{printed} 疑有误"
    return f"{printed} 疑为 {amount_text(repair.expected, item.unit)}"


def _candidates(one: Localisation, items: Mapping[str, Evidence]) -> Diagnosis | None:
    """The alternatives, where they tell more than that one side of a single comparison is wrong."""
    repairs = {repair.number: repair for chosen in one.alternatives for repair in chosen}
    named = [repair for number, repair in repairs.items() if number in items]
    is_telling = len(one.violated) > 1 or len(repairs) < len(items)
    if len(named) < 2 or not is_telling:
        return None
    texts, said = [], None
    for repair in named:
        item = items[repair.number]
        texts.append(
            _repair_text(repair, item, is_same_place=item.sentence is not None and item.sentence == said)
        )
        said = item.sentence
    return Diagnosis("wrong_number_among", f"{'，或'.join(texts)}（仅凭文内勾稽不能确定是哪一个）")
