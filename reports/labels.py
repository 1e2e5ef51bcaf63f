"""Chinese words for the codes of the warehouse, read once from ``labels.csv``."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("labels.csv")

#: Severities from the gravest down; anything else sorts after them.
SEVERITIES = ("error", "warning", "notice")

#: States of a finding that still ask something of somebody.
OPEN_STATUSES = ("new", "reopened", "persisting", "needs_review", "answered", "unverified")

UNKNOWN_UNIT = "（未识别单位）"


@cache
def _labels() -> dict[tuple[str, str], str]:
    with _FILE.open(encoding="utf-8", newline="") as lines:
        return {(row["kind"], row["code"]): row["label"] for row in csv.DictReader(lines)}


@cache
def labels_of(kind: str) -> dict[str, str]:
    """Return code → Chinese label of one kind (severity, status, verdict, …), in the file's order."""
    return {code: label for (its_kind, code), label in _labels().items() if its_kind == kind}


def label(kind: str, code: str | None) -> str:
    """Return the Chinese word for a code; an unknown code is shown as it is, a missing one as nothing."""
    if code is None:
        return ""
    return _labels().get((kind, code), code)


def disclosure_words(doc_kind: str | None, scope: str | None) -> str:
    """Return what is disclosed in the field's own words: 部门预算, 单位决算; without 部门 or 单位 where nothing says whose."""
    return label("scope", scope) + label("doc_kind", doc_kind)


def codes_of(kind: str) -> dict[str, str]:
    """Return Chinese label → code of one kind, to read a filled-in workbook back."""
    return {text: code for code, text in labels_of(kind).items()}


def severity_rank(severity: str | None) -> int:
    """Return 0 for the gravest severity; unknown ones last."""
    return SEVERITIES.index(severity) if severity in SEVERITIES else len(SEVERITIES)


@cache
def basis_text(codes: str | None) -> str:
    """Return the names of the bases of a rule (codes joined with ";")."""
    return "；".join(_basis(code.strip()) for code in (codes or "").split(";") if code.strip())


def _basis(code: str) -> str:
    """Return one basis by its name; what stands in brackets after its code is kept."""
    name, bracket, rest = code.partition("(")
    return label("basis", name) + (f"（{rest.rstrip(')')}）" if bracket else "")
