"""Functional and economic subjects: codes in every printed form, names to codes, and what the reference knows."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from extractors.printed_number import fold

_FOLDER = Path(__file__).resolve().parent / "reference"
_FILES = {
    "functional": "functional_subjects.csv",
    "departmental": "departmental_economic_subjects.csv",
    "governmental": "governmental_economic_subjects.csv",
}
_EMBEDDED = re.compile(r"^[\[(（【]?(\d{3}|\d{5}|\d{7})[\])）】]?[-—－_、:：]?(\D.*)$")
_PLAIN = re.compile(r"\d{3}|\d{5}|\d{7}")
_FUNCTIONAL_CLASSES = range(201, 240)
_DEPARTMENTAL_CLASSES = range(301, 400)
_GOVERNMENTAL_CLASSES = range(501, 600)


@dataclass(frozen=True, slots=True)
class Subjects:
    """The subjects of one classification."""

    names: dict[str, tuple[str, ...]]  # code → folded names, canonical first
    codes: dict[str, tuple[str, ...]]  # folded name → codes, shortest first

    def is_known(self, code: str) -> bool:
        """Say whether the reference lists this code."""
        return code in self.names

    def agrees(self, code: str, name: str) -> bool:
        """Say whether ``name`` is one of the names the reference has for ``code``."""
        return comparable(name) in {comparable(known) for known in self.names.get(code, ())}

    def find(self, name: str, within: str = "", digits: int = 0) -> str | None:
        """Return the code printed under ``name``, below ``within``, with that many digits (0: any)."""
        candidates = [
            code
            for code in self.codes.get(comparable(name), ())
            if code.startswith(within) and code != within and digits in (0, len(code))
        ]
        return candidates[0] if len(candidates) == 1 or (candidates and not within) else None


def comparable(name: str) -> str:
    """Return a subject's name as it is compared: folded, without brackets, punctuation and a final 支出."""
    text = re.sub(r"[()（）、，,.\-—“”\"]", "", fold(name))
    text = text.removeprefix("其中:")
    return text.removesuffix("支出") or text


@lru_cache(maxsize=3)
def subjects(scheme: str) -> Subjects:
    """Return the subjects of ``functional``, ``departmental`` or ``governmental``."""
    names: dict[str, list[str]] = {}
    codes: dict[str, set[str]] = {}
    with (_FOLDER / _FILES[scheme]).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            names.setdefault(row["code"], []).append(fold(row["name"]))
            codes.setdefault(comparable(row["name"]), set()).add(row["code"])
    return Subjects(
        {code: tuple(known) for code, known in names.items()},
        {name: tuple(sorted(found, key=lambda c: (len(c), c))) for name, found in codes.items()},
    )


def scheme_of(code: str) -> str | None:
    """Return the classification a code of 3, 5 or 7 digits belongs to, by its class."""
    if not _PLAIN.fullmatch(code):
        return None
    number = int(code[:3])
    if number in _FUNCTIONAL_CLASSES:
        return "functional"
    if len(code) == 7:
        return None
    if number in _DEPARTMENTAL_CLASSES:
        return "departmental"
    return "governmental" if number in _GOVERNMENTAL_CLASSES else None


def split_embedded(text: str) -> tuple[str, str] | None:
    """Split ``[2010601]行政运行`` or ``30101-基本工资`` into code and name; None where no code is printed."""
    folded = fold(text)
    match = _EMBEDDED.match(folded)
    if match and scheme_of(match[1]):
        return match[1], match[2]
    return None


def join_levels(previous: tuple[str, str, str], levels: tuple[str, str, str]) -> tuple[str, str, str]:
    """Carry codes printed in 类, 款 and 项 columns down the rows.

    ``previous`` holds the full class, group and item of the row above; ``levels`` the texts printed in this row.
    Each may be printed in full (``20106``), by its own digits (``06``, also ``6`` with the zero lost), or be
    blank where it repeats the row above. Returns class, group and item of this row, "" below its own level.
    """
    own = [re.sub(r"\D", "", fold(level)) for level in levels]
    deepest = max((index for index, level in enumerate(own) if level), default=-1)
    if deepest < 0:
        return ("", "", "")
    code = ""
    result = ["", "", ""]
    for index in range(deepest + 1):
        printed = own[index]
        if not printed:
            code = previous[index]
        elif index == 0 or (len(printed) >= 3 + 2 * index and printed.startswith(code[:3])):
            code = printed
        else:
            code = code + printed.zfill(2)
        if not code:
            return ("", "", "")
        result[index] = code
    return (result[0], result[1], result[2])
