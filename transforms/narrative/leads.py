"""The words between two numbers: what they compare with, what they open, and the clause that is the number's own."""

from __future__ import annotations

import re

from transforms.narrative.contexts import Narration
from transforms.narrative.figures import FigureReader, year_in
from transforms.narrative.subject import read_levels
from transforms.narrative.words import words

_YEARS = re.compile(r"20\d\d年度?")
#: Items numbered inside a sentence: ``(1)土地700元，(2)设备300元``.
_ITEM = re.compile(r"^(?:\(\d{1,2}\)|\d{1,2}[.、．]|[①-⑳])(?=[^\d])")

_BEFORE_NAME = re.compile(r"[由为是]")

#: The day on which something is held: no year that the amounts behind it are of.
_AS_OF = re.compile(r"^截[至止]")


def read_lead(narration: Narration, figures: FigureReader, lead: str) -> str:
    """Note what the words before a number open or compare with, and return its own clause."""
    lead = _follow_brackets(narration, figures, lead)
    clauses = split_clauses(lead)
    for clause in clauses[:-1]:
        note_clause(narration, figures, clause)
    own = clauses[-1]
    markers = list(words().part_markers.finditer(own))
    if markers and not words().parallel.search(own):
        narration.note_subject(own[: markers[0].start()])
        narration.paragraph.open(narration.paragraph.current)
        own = own[markers[-1].end() :]
    return _ITEM.sub("", own)


def _follow_brackets(narration: Narration, figures: FigureReader, lead: str) -> str:
    """Enter a bracket that is still open before the number, leave those that are closed."""
    depth, opened = 0, []
    tail_start = 0
    for index, character in enumerate(lead):
        if character == "(":
            opened.append(index)
            depth += 1
        elif character == ")":
            if opened:
                opened.pop()
            elif narration.paragraph.brackets:
                context, count = narration.paragraph.brackets.pop()
                del narration.paragraph.opened[count:]
                narration.paragraph.current = context
                tail_start = index + 1
    if not opened:
        return lead[tail_start:]
    outer = lead[tail_start : opened[0]]
    for clause in split_clauses(outer):
        note_clause(narration, figures, clause)
    if not lead[opened[-1] + 1 :]:  # 由工资福利支出(12万元)、商品和服务支出(3万元)组成
        narration.note_subject(_BEFORE_NAME.split(last_listed(split_clauses(outer)[-1]))[-1])
    narration.paragraph.brackets.append((narration.paragraph.current, len(narration.paragraph.opened)))
    if lead[opened[-1] + 1 :]:
        narration.paragraph.open(narration.paragraph.current)
    return lead[opened[-1] + 1 :]


def note_clause(narration: Narration, figures: FigureReader, clause: str) -> None:
    """Note a comparison, a part marker or a subject that a clause without a number of its own brings."""
    if not clause:
        return
    if comparison := figures.compared_with(clause):
        narration.paragraph.comparison = comparison
        narration.note_subject(figures.before_comparison(clause))
        return
    if not _AS_OF.match(clause):
        narration.paragraph.year = year_in(clause) or narration.paragraph.year
    marker = words().part_markers.search(clause)
    if again := words().list_by.search(clause):
        narration.paragraph.turn_to_listed()
        narration.note_subject(clause[: again.start()])
        narration.paragraph.open(narration.paragraph.current)
    elif marker:
        narration.note_subject(clause[: marker.start()])
        narration.paragraph.open(narration.paragraph.current)
    elif clause.endswith("中") and len(clause) > 5:
        narration.note_subject(clause[:-1])
        narration.paragraph.open(narration.paragraph.current)
    elif read_levels(clause):
        narration.note_subject(clause)


def split_clauses(lead: str) -> list[str]:
    """Split at ，；：。 outside brackets and quotes; always at least one clause."""
    clauses, start, depth = [], 0, 0
    for index, character in enumerate(lead):
        if character == "(":
            depth += 1
        elif character == ")":
            depth = max(0, depth - 1)
        elif depth == 0 and character in "，；：。！？":
            clauses.append(lead[start:index])
            start = index + 1
    clauses.append(lead[start:])
    return clauses


def last_listed(clause: str) -> str:
    """Return the last item of an enumeration that the number belongs to, the whole clause otherwise."""
    if "、" not in clause or read_levels(clause):
        return clause
    if clause.startswith("、"):
        clause = clause[1:]
    head, separator, tail = clause.rpartition("、")
    if not separator or head.count("(") > head.count(")"):
        return clause
    return tail if re.search(r"\d|^$", _YEARS.sub("年", head)) else clause
