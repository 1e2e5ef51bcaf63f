"""The words of the narrative (``vocabulary/narrative*``) as compiled patterns."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from transforms.narrative.chinese_numerals import CHARACTERS

_FOLDER = Path(__file__).resolve().parent.parent / "vocabulary"


@dataclass(frozen=True, slots=True)
class SubjectPattern:
    """One row of ``narrative_subjects.csv``: a phrase that names a subject, and the codes it stands for."""

    doc_kind: str
    scopes: tuple[str, ...]
    pattern: re.Pattern[str]
    kind: str
    statements: dict[str, str]
    line_code: str
    measure: str
    fund: str


@dataclass(frozen=True, slots=True)
class BasisWord:
    """Words that say what an amount or a comparison is based on; ``is_prior`` asks for an earlier year."""

    basis: str
    pattern: re.Pattern[str]
    is_prior: bool


@dataclass(frozen=True, slots=True)
class Words:
    """Compiled patterns of ``narrative.yaml``; see the comments there."""

    scanner: re.Pattern[str]
    change_end: re.Pattern[str]
    increase: re.Pattern[str]
    decrease: re.Pattern[str]
    nearly: re.Pattern[str]
    compare: re.Pattern[str]
    prior_year: re.Pattern[str]
    basis: tuple[BasisWord, ...]
    comparison: re.Pattern[str]
    comparison_with_prior: re.Pattern[str]
    told: re.Pattern[str]
    told_because: re.Pattern[str]
    not_told: re.Pattern[str]
    greater: re.Pattern[str]
    less: re.Pattern[str]
    against: re.Pattern[str]
    comparison_end: re.Pattern[str]
    prior_head: re.Pattern[str]
    resume: re.Pattern[str]
    reason_goes_on: re.Pattern[str]
    reason_frame: re.Pattern[str]
    share: re.Pattern[str]
    share_of_total: re.Pattern[str]
    completion: re.Pattern[str]
    actual: re.Pattern[str]
    difference: re.Pattern[str]
    score: re.Pattern[str]
    part_markers: re.Pattern[str]
    parallel: re.Pattern[str]
    list_marker: re.Pattern[str]
    list_open: re.Pattern[str]
    absence: re.Pattern[str]
    absence_end: re.Pattern[str]
    glossary: re.Pattern[str]
    instruction: re.Pattern[str]
    noise: re.Pattern[str]
    generic: re.Pattern[str]
    trailing: re.Pattern[str]
    lead_verbs: re.Pattern[str]
    own_budget_end: re.Pattern[str]
    part_of: dict[str, tuple[str, ...]]
    part_names: dict[str, dict[str, re.Pattern[str]]]
    same_whole: dict[str, tuple[str, ...]]
    list_of_whole: re.Pattern[str]
    list_by: re.Pattern[str]
    total_tail: re.Pattern[str]
    both: re.Pattern[str]
    pairs: dict[str, str]
    sides: dict[str, tuple[str, ...]]
    foreign_scopes: frozenset[str]
    scope_totals: dict[str, tuple[str, str]]
    named_funds: dict[str, re.Pattern[str]]
    vague_vehicles: re.Pattern[str]
    spellings: tuple[tuple[re.Pattern[str], str], ...]

    def fund_named(self, text: str) -> str:
        """Return the one fund a text names, empty where it names none or several."""
        named = [fund for fund, pattern in self.named_funds.items() if pattern.search(text)]
        return named[0] if len(named) == 1 else ""


@lru_cache(maxsize=1)
def words() -> Words:
    """Return the vocabulary of the narrative, compiled once."""
    data: dict[str, Any] = yaml.safe_load((_FOLDER / "narrative.yaml").read_text(encoding="utf-8"))
    change, compared, prior = data["change"], data["compared"], data["prior_year"]
    directions = f"(?:(?P<increase>{change['increase']})|(?P<decrease>{change['decrease']}))"
    comparison = data["comparison"]
    negated = "".join(f"(?<!{word})" for word in comparison["not"])
    return Words(
        scanner=re.compile(_scanner(data)),
        change_end=re.compile(directions + f"(?:{change['tail']})$"),
        increase=re.compile(change["increase"]),
        decrease=re.compile(change["decrease"]),
        nearly=re.compile(data["nearly"]),
        compare=re.compile(
            rf"{compared}(?P<what>(?:{prior}|年初|全年|调整|20\d\d|当年|预算|决算|以前)[^，]{{0,60}}?)"
            r"(?:相比|比较|对比)?(?:，|各|均|共){0,3}$|(?:同比|对比)$"
        ),
        prior_year=re.compile(prior),
        basis=tuple(BasisWord(name, re.compile(text), when == "prior") for name, text, when in data["basis"]),
        comparison=re.compile(rf"{negated}(?:{comparison['word']})(?={comparison['against']})"),
        comparison_with_prior=re.compile(
            rf"{negated}(?:{comparison['word']})(?P<what>{comparison['against_prior']})"
        ),
        greater=re.compile(comparison["greater"]),
        less=re.compile(comparison["less"]),
        against=re.compile(comparison["against"]),
        comparison_end=re.compile(
            f"(?:决算数?|执行数|支出数?)?(?:{comparison['greater']}|{comparison['less']})(?:{comparison['against']})数?$"
        ),
        prior_head=re.compile(rf"(?:20\d\d年?度?|{prior})(?:同期)?(?:预算数?|决算数?)?(?:相比)?的?"),
        own_budget_end=re.compile(
            r"(?:年初预算|全年预算|调整后?预算|调整数|(?<!公共)(?<!基金)(?<!经营)预算)(?:数|安排|总额|资金|金额|为|是|共)*$"
        ),
        part_of={part: tuple(wholes) for part, wholes in data["part_of"].items()},
        part_names={
            whole: {line: re.compile(text) for line, text in names.items()}
            for whole, names in data["part_names"].items()
        },
        same_whole={whole: tuple(others) for whole, others in data["same_whole"].items()},
        pairs=dict(data["pairs"]),
        sides={word: tuple(lines) for word, lines in data["sides"].items()},
        named_funds={fund: re.compile(text) for fund, text in data["named_funds"].items()},
        spellings=tuple((re.compile(text), name) for text, name in data["spellings"].items()),
        scope_totals={scope: (word, name) for scope, (word, name) in data["scope_totals"].items()},
        foreign_scopes=frozenset(data["foreign_scopes"]),
        generic=re.compile(data["generic"]),
        **{
            name: re.compile(data[key])
            for name, key in {
                "resume": "resume",
                "reason_goes_on": "reason_goes_on",
                "reason_frame": "reason_frame",
                "both": "both",
                "list_of_whole": "list_of_whole",
                "list_by": "list_by",
                "total_tail": "total_tail",
                "share": "share",
                "difference": "difference",
                "actual": "actual",
                "share_of_total": "share_of_total",
                "completion": "completion",
                "score": "score",
                "part_markers": "part_markers",
                "parallel": "parallel",
                "list_marker": "list",
                "list_open": "list_open",
                "absence": "absence",
                "absence_end": "absence_end",
                "glossary": "glossary",
                "instruction": "instruction",
                "noise": "noise",
                "trailing": "trailing",
                "lead_verbs": "lead_verbs",
                "told": "told",
                "told_because": "told_because",
                "not_told": "not_told",
                "vague_vehicles": "vague_vehicles",
            }.items()
        },
    )


def _scanner(data: dict[str, Any]) -> str:
    units = f"{data['money_units']}|%|{data['count_units']}"
    number = r"(?:(?<![\d%)])[-−])?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
    item_number = r"(?<=[：；。，、])(?:\d{1,2}[.、．](?=20\d\d年|[^\d])|\(\d{1,2}\)|[①-⑳])"
    dotted_date = r"(?<![\d,])20\d\d[./]\d{1,2}(?:[./]\d{1,2}(?!\d)|(?=[-—~至]))"
    class_code = r"(?:20|21|22|23|30)\d(?=[^\d，。；：()]{2,20}支出)"
    leading_code = (
        rf"(?:^|(?<=[：；，。]))(?:2\d{{6}}|[23]\d{{4}}|{class_code})(?=[\u4e00-\u9fff])(?!{units}|余|多)"
    )
    date = (
        r"(?:19|20)\d\d年\d{1,2}月(?:\d{1,2}日)?|(?:19|20)\d\d年(?:度|末|底|初)?"
        r"|(?:\d{1,2}[-—~至])?\d{1,2}月(?:\d{1,2}日|[底末初份]|[上中下]旬|(?=[，。；：]))|(?<!\d)20\d\d(?=度|初)"
    )
    return "|".join(
        [
            f"(?P<placeholder>{data['placeholder']})",
            f"(?P<option>{data['option']})",
            f"(?P<date>{date}|{dotted_date})",
            f"(?P<skip>{item_number}|{leading_code}|{data['skip']})",
            rf"(?P<number>(?<![\d.A-Za-z])(?<![A-Za-z]-){number})(?:[多余](?=[\u4e00-\u9fff]))?(?P<unit>(?!{data['not_units']})(?:{units}))?",
            f"(?P<written>(?<![第{CHARACTERS}])[{CHARACTERS}]{{1,6}})(?P<counted>{data['counted_in_words']})",
            f"(?<=机构|科室|处室|单位)(?P<bodies>[{CHARACTERS}]{{1,6}})(?P<counted_bodies>个)(?=[，。；：、])",
            f"(?P<reason>{data['reason']})",
            f"(?P<reason_or_purpose>{data['reason_or_purpose']})",
            f"(?P<purpose>{data['purpose']})",
            f"(?P<flat>{data['flat']})",
            f"(?:{data['trend']})",
            f"(?P<told>{data['told']})(?=[，。；])",
        ]
    )


@lru_cache(maxsize=2)
def subject_patterns(doc_kind: str) -> tuple[SubjectPattern, ...]:
    """Return the subject patterns of one kind of document, in the order in which they are tried."""
    with (_FOLDER / "narrative_subjects.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["doc_kind"] in {"any", doc_kind}]
    return tuple(
        SubjectPattern(
            doc_kind=row["doc_kind"],
            scopes=tuple(row["scope"].split("|")) if row["scope"] else (),
            pattern=re.compile(f"(?:{row['pattern']})$"),
            kind=row["kind"],
            statements=_by_kind(row["statement"]),
            line_code=row["line_code"],
            measure=row["measure"],
            fund=row["fund"],
        )
        for row in rows
    )


def _by_kind(statement: str) -> dict[str, str]:
    """``T07;BT09`` names the statement of final accounts and of budgets; one code alone serves both."""
    final, _, budget = statement.partition(";")
    return {"final_accounts": final, "budget": budget if ";" in statement else final}


@lru_cache(maxsize=2)
def section_patterns(doc_kind: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return the headings' patterns and the statement each section speaks about, first match first."""
    with (_FOLDER / "narrative_sections.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["doc_kind"] == doc_kind]
    return tuple((re.compile(row["pattern"]), row["statement"]) for row in rows)
