"""The words of ``vocabulary.yaml`` as compiled expressions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

Expression = re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Every expression is searched in NFKC text without white space."""

    kinds: dict[str, Expression]
    both_kinds: Expression
    official_visits: Expression
    performance: Expression
    performance_kind: dict[str, Expression]
    exclusions: Expression
    soft_exclusions: Expression
    plain_forms: Expression
    own_marks: Expression
    area_names: Expression
    organisations: Expression
    sections: Expression
    unit_tails: Expression
    unit_heads: Expression
    empty_texts: Expression
    empty_openings: Expression
    attachment_texts: Expression
    attachment_paths: Expression
    side_attachments: Expression
    challenge: Expression
    missing_page: Expression
    list_forms: Expression
    open_options: Expression
    traditional: dict[int, int]  # for ``str.translate``


def _either(parts: list[str]) -> Expression:
    return re.compile("|".join(f"(?:{part})" for part in parts), re.I)


def _pairs(text: str) -> dict[int, int]:
    characters = "".join(text.split())
    return {ord(one): ord(other) for one, other in zip(characters[::2], characters[1::2], strict=True)}


@cache
def vocabulary() -> Vocabulary:
    """Read the words once."""
    content: dict[str, Any] = yaml.safe_load(
        Path(__file__).with_name("vocabulary.yaml").read_text(encoding="utf-8")
    )
    tails = "|".join(f"(?:{part})" for part in content["unit_tails"])
    return Vocabulary(
        kinds={kind: _either(parts) for kind, parts in content["kinds"].items()},
        both_kinds=re.compile(content["both_kinds"]),
        official_visits=re.compile(content["official_visits"]),
        performance=re.compile(content["performance"]),
        performance_kind={kind: re.compile(part) for kind, part in content["performance_kind"].items()},
        exclusions=_either(content["exclusions"]),
        soft_exclusions=_either(content["soft_exclusions"]),
        plain_forms=re.compile(content["plain_forms"]),
        own_marks=re.compile(content["own_marks"]),
        area_names=re.compile(content["area_names"]),
        organisations=re.compile(content["organisations"]),
        sections=re.compile(content["sections"]),
        unit_tails=re.compile(f"(?:{tails})$"),
        unit_heads=re.compile(content["unit_heads"]),
        empty_openings=re.compile(content["empty_openings"]),
        empty_texts=re.compile(content["empty_texts"], re.I),
        attachment_texts=re.compile(content["attachment_texts"], re.I),
        attachment_paths=re.compile(content["attachment_paths"]),
        side_attachments=re.compile(content["side_attachments"], re.I),
        challenge=re.compile(content["challenge"], re.I),
        missing_page=re.compile(content["missing_page"], re.I),
        list_forms=re.compile(content["list_forms"]),
        open_options=re.compile(content["open_options"]),
        traditional=_pairs(content["traditional"]),
    )
