"""How much of a narrative was understood: the share of its numbers that stand inside a typed claim."""

from __future__ import annotations

import re
from dataclasses import dataclass

import polars as pl

from extractors.text.numbering import numbering_of
from transforms.narrative.tokens import fold_sentence, scan

_DIGITS = re.compile(r"(?<![A-Za-z\d])(?<![A-Za-z]-)\d[\d,.]*")
_UNCOUNTED = frozenset({"date", "skip"})


@dataclass(frozen=True, slots=True)
class Coverage:
    """Counts of printed numbers in the body sentences of a narrative."""

    numbers: int  # all but years, dates, item numbers, codes, document numbers and thresholds in names
    typed: int
    missed: tuple[str, ...]  # what stands around each number that is in no typed claim

    @property
    def share(self) -> float:
        """Typed share, 1.0 for a narrative without numbers."""
        return self.typed / self.numbers if self.numbers else 1.0


def coverage(sentence: pl.DataFrame, claim: pl.DataFrame) -> Coverage:
    """Return the coverage of one document from its frames SENTENCE and CLAIM."""
    spans: dict[int, list[tuple[int, int]]] = {}
    typed = claim.filter((pl.col("status") == "typed") & pl.col("value").is_not_null())
    for sentence_no, start, end in typed.select("sentence_no", "start", "end").iter_rows():
        spans.setdefault(sentence_no, []).append((start, end))
    numbers, found, missed = 0, 0, []
    body = sentence.filter(pl.col("role") == "body").select("sentence_no", "text")
    for sentence_no, printed in body.iter_rows():
        text = fold_sentence(printed)
        for start, end in _counted(text):
            numbers += 1
            if any(first <= start < last for first, last in spans.get(sentence_no, ())):
                found += 1
            else:
                missed.append(printed[max(0, start - 20) : end + 10])
    return Coverage(numbers, found, tuple(missed))


def _counted(text: str) -> list[tuple[int, int]]:
    numbering = numbering_of(text)
    begin = numbering[1] if numbering else 0
    skipped = [(t.start, t.end) for t in scan(text, begin) if t.kind in _UNCOUNTED]
    return [
        match.span()
        for match in _DIGITS.finditer(text, begin)
        if not any(first <= match.start() < last for first, last in skipped)
    ]
