"""The narrative of one document as the frame CLAIM."""

from __future__ import annotations

import re
from typing import Any

import polars as pl

from extractors.frames import Extraction
from transforms.narrative.catalogue import Catalogue
from transforms.narrative.comparison import Comparison
from transforms.narrative.figures import FigureReader, behind_prior
from transforms.narrative.leads import read_lead
from transforms.narrative.name_lists import NameLists
from transforms.narrative.places import Places
from transforms.narrative.reader import OWN_BUDGETS, SentenceReader
from transforms.narrative.remnants import absences, as_of_dates, direction_of, listed_names
from transforms.narrative.state import Claim
from transforms.narrative.subject import Subject, SubjectResolver
from transforms.narrative.tokens import Token, fold_sentence, scan
from transforms.narrative.vague import name_vehicle_costs
from transforms.narrative.words import words
from transforms.schema import CLAIM

_REACH = 400  # characters before a word that may say what it is about
_EDGES = "：，。；、"
#: What may stand before 较上年减少 where the subject is the one spoken of: 决算数, 本年支出, nothing.
_NO_NAME = re.compile(r"(?:^|算|支出?|收入?|经费|费用?|额|计|款|数|其|年度?)$")
#: 主要原因：1.…；2.…；: each item is a reason, whatever it compares.
_FIRST_ITEM = re.compile(r"(?:说明)?[：，]?(?:1[.、．](?=20\d\d年|[^\d])|\((?:1|一)\)|①)")
_CLAUSE = re.compile(r"[，；：。]")
#: How a rise is told of an earlier year and of a budget, by whether it is one of a budget and whether it rises.
_RISE_OR_FALL = {False: {True: "increase", False: "decrease"}, True: {True: "greater", False: "less"}}


def read_claims(
    extraction: Extraction, identity: pl.DataFrame, statement: pl.DataFrame, amount: pl.DataFrame
) -> pl.DataFrame:
    """Return the claims of a document (schema ``transforms.schema.CLAIM``), in printed order.

    ``identity`` (one row) gives kind, year and names; ``amount`` the names behind the document's own codes.
    ``statement`` is not needed yet. Sentences that cannot be read give claims with status ``unparsed``.
    """
    who = identity.row(0, named=True) if identity.height else {}
    doc_kind = who.get("doc_kind") or "final_accounts"
    names = [who.get("unit_name") or "", who.get("department_name") or ""]
    reader = SentenceReader(
        SubjectResolver(doc_kind, names, Catalogue(amount)), FigureReader(doc_kind, who.get("fiscal_year"))
    )
    rows = extraction.sentence.select("sentence_no", "paragraph_no", "section", "role", "text").iter_rows()
    texts: dict[int, str] = {}
    lists = NameLists()
    for number, paragraph_no, section, role, text in rows:
        texts[number] = text
        folded = fold_sentence(text)
        if name := lists.read((number, paragraph_no, section or ""), folded):
            reader.claims.append(name)
        _read_sentence(reader, (number, paragraph_no, section or "", role), folded)
        if name is None:
            lists.announce(folded, paragraph_no, reader.narration.paragraph.current, reader.claims)
    name_vehicle_costs(reader.claims)
    return _frame(reader.claims, texts, Places(extraction.fragment))


def _read_sentence(reader: SentenceReader, labels: tuple[int, int, str, str], text: str) -> None:
    number, paragraph_no, section, role = labels
    if role == "heading":
        reader.heading(text)
        tokens = [t for t in scan(text, 0) if t.kind in {"placeholder", "option"}]
        _add_remnants(reader, labels, text, tokens)
        return
    start = reader.begin_sentence(number, paragraph_no, section, text)
    tokens = scan(text, start)
    _add_remnants(reader, labels, text, tokens)
    for begin, end, year, day in as_of_dates(text):
        claim = reader.word_claim("date", begin, end)
        claim.value, claim.decimals, claim.reference_year, claim.context = day, 0, year, None
    is_definition = words().glossary.search(section) is not None
    if is_definition:
        tokens = [token for token in tokens if token.kind == "number"]
    position = _Walk(reader, text, start).run(tokens)
    if not is_definition:
        _add_lists(reader, text)
        _add_absences(reader, text)
    reader.end_sentence(text[position:])


class _Walk:
    """One pass over the tokens of a sentence."""

    def __init__(self, reader: SentenceReader, text: str, start: int) -> None:
        self._reader = reader
        self._text = text
        self._position = start
        self._reason_end = 0
        paragraph = reader.narration.paragraph
        goes_on = words().reason_goes_on.search(text[start:]) is not None
        if paragraph.last_reason_sentence and (goes_on or (paragraph.is_reason_numbered and start)):
            self._reason_end = len(text) if paragraph.is_reason_numbered else self._end_of_reason(start)
            paragraph.last_reason_sentence += 1

    def run(self, tokens: list[Token]) -> int:
        """Read the tokens and return the end of the last one read."""
        for token in tokens:
            if self._position < self._reason_end <= token.start:
                self._position = self._reason_end
            if token.kind == "number":
                self._number(token)
            elif token.kind in {"flat", "trend"} and token.start >= self._reason_end:
                self._standing(token)
            elif token.kind == "told" and token.start >= self._reason_end:
                self._told(token.start, token.end)
            elif token.kind in {"reason", "purpose", "reason_or_purpose"} and token.start >= self._reason_end:
                self._reason(token)
        if self._reason_end < len(self._text):
            self._compare_before(len(self._text), is_reason=False)
        return self._position

    def _number(self, token: Token) -> None:
        is_reason = token.start < self._reason_end
        self._compare_before(token.start, is_reason)
        self._reader.read_number(self._text[self._position : token.start], token, is_reason)
        self._position = token.end

    def _compare_before(self, end: int, is_reason: bool) -> None:
        """Read ``决算数小于预算数`` and ``决算数大于上年决算数`` standing before ``end``."""
        if is_reason:
            return
        lead = self._text[self._position : end]
        for match in words().comparison.finditer(lead):
            against = words().against.search(lead, match.end())
            stop = against.end() if against else match.end()
            claim = self._compared_claim("comparison", lead, match.start(), stop)
            claim.direction = _direction_of_comparison(match[0])
            claim.basis = _budget_basis(lead[match.start() : stop])
        for match in words().comparison_with_prior.finditer(lead):
            used = self._reader.figures.named_year(match["what"])
            metric = "comparison" if used.year is None else "direction"
            claim = self._compared_claim(metric, lead, match.start(), match.end())
            claim.direction = _direction_of_comparison(match[0])
            if metric == "direction":
                claim.direction = {"greater": "increase", "less": "decrease"}.get(
                    claim.direction, claim.direction
                )
            claim.basis, claim.reference_year = used.basis, used.year

    def _compared_claim(self, metric: str, lead: str, start: int, end: int) -> Claim:
        """Add a claim of comparison at a place of ``lead``, about what its clause names, else what is spoken of."""
        before = lead[max(0, start - _REACH) : start]
        read_lead(self._reader.narration, self._reader.figures, before)
        self._reader.narration.note_subject(_CLAUSE.split(before)[-1])
        return self._reader.word_claim(metric, self._position + start, self._position + end)

    def _told(self, start: int, end: int) -> None:
        """Read ``决算数较上年减少`` (的主要原因是…): a direction whose number is told elsewhere, or nowhere."""
        lead = self._text[max(self._position, start - _REACH) : start]
        own = _CLAUSE.split(lead)[-1]
        figures, narration = self._reader.figures, self._reader.narration
        comparison = (
            figures.compared_with(own + "相比") or figures.compared_with(own) or self._compared_before(lead)
        )
        is_explained = words().told_because.match(self._text, end) is not None
        phrase = _subject_of_standing(own)
        subject = narration.resolve(phrase) if phrase else None
        if (
            (comparison is None and not (is_explained and subject is not None))
            or (subject is not None and subject.kind == "other")
            or (subject is None and not _NO_NAME.search(phrase))
            or words().not_told.search(own)
            or figures.speaks_of_earlier_year(phrase)
        ):
            return
        read_lead(narration, figures, lead)
        narration.note_subject(phrase)
        self._position = end
        used = comparison or self._reader.compared_in(narration.paragraph.current)
        if used is None:
            return
        rises = words().increase.match(self._text, start) is not None
        is_budget = used.year is None and used.basis in OWN_BUDGETS
        claim = self._reader.word_claim("comparison" if is_budget else "direction", start, end)
        direction = _RISE_OR_FALL[is_budget][rises]
        claim.direction, claim.basis, claim.reference_year = direction, used.basis, used.year

    def _standing(self, token: Token) -> None:
        """Read 持平, 相同, 略有增加: a direction without a number, or a comparison with the budget."""
        lead = self._text[max(self._position, token.start - _REACH) : token.start]
        own = _CLAUSE.split(lead)[-1]
        figures = self._reader.figures
        comparison = (
            figures.compared_with(own + "相比") or figures.compared_with(own) or self._compared_before(lead)
        )
        against = words().against.search(own)
        if re.search(r"[应须表]", own):
            return  # an instruction: 应与…表数一致
        is_compared = comparison is not None or against is not None or own.endswith("决算")
        if token.kind == "trend" and comparison is None and figures.speaks_of_earlier_year(lead):
            return  # 2022年受疫情影响，支出大幅下降
        if (
            token.kind == "flat"
            and not is_compared
            and not (self._reader.narration.paragraph.comparison and own)
        ):
            return
        read_lead(self._reader.narration, self._reader.figures, lead)
        self._reader.narration.note_subject(_subject_of_standing(own))
        is_budget = against is not None and (comparison is None or comparison.year is None)
        claim = self._reader.word_claim("comparison" if is_budget else "direction", token.start, token.end)
        printed = self._text[token.start : token.end]
        if token.kind == "trend":
            rises = words().increase.search(printed) is not None
            claim.direction = _RISE_OR_FALL[is_budget][rises]
            if comparison is not None and not is_budget:
                self._reader.narration.paragraph.comparison = comparison  # 比上年略有减少，减少0.54万元
        else:
            claim.direction = "nearly_equal" if words().nearly.search(own + printed) else "equal"
        self._position = token.end
        if is_budget:
            claim.basis = _budget_basis(own)
            return
        in_force = self._reader.narration.paragraph.comparison
        used = comparison or in_force or self._reader.figures.default_comparison()
        claim.basis, claim.reference_year = used.basis, used.year

    def _compared_before(self, lead: str) -> Comparison | None:
        """Return the comparison an earlier clause opens (``与2023年度相比，…总计持平``)."""
        for clause in reversed(_CLAUSE.split(lead)[:-1]):
            if found := self._reader.figures.compared_with(clause):
                return found
        return None

    def _reason(self, token: Token) -> None:
        self._compare_before(token.start, is_reason=False)
        told = words().told.match(self._text, token.start)
        if told and words().told_because.match(self._text, told.end()):
            self._told(told.start(), told.end())
        lead = self._text[self._position : max(self._position, token.start)]
        if not self._reader.narration.paragraph.current:
            read_lead(self._reader.narration, self._reader.figures, lead)
        self._reader.narration.note_subject(_CLAUSE.split(lead)[-1])
        is_numbered = _FIRST_ITEM.match(self._text, token.end) is not None
        end = len(self._text) if is_numbered else self._end_of_reason(token.end)
        words_start, words_end = _trimmed(self._text, token.end, end)
        claim = self._reader.word_claim(self._kind_of_reason(token), words_start, words_end)
        if claim.metric == "reason":
            reason = self._text[words_start:words_end]
            is_of_earlier = self._reader.figures.speaks_of_earlier_year(reason)
            claim.direction = None if is_of_earlier else direction_of(reason)
            self._reader.narration.paragraph.last_reason_sentence = 1
            self._reader.narration.paragraph.is_reason_numbered = is_numbered
        self._reason_end = end
        self._position = token.end

    def _kind_of_reason(self, token: Token) -> str:
        if token.kind != "reason_or_purpose":
            return token.kind
        last = self._reader.claims[-1] if self._reader.claims else None
        return (
            "reason"
            if last is not None and last.metric in {"change", "growth", "direction", "comparison"}
            else "purpose"
        )

    def _end_of_reason(self, start: int) -> int:
        resume = words().resume.search(self._text, start)
        return resume.start() if resume else len(self._text)


def _subject_of_standing(clause: str) -> str:
    """Return what a clause without numbers is about: before 比, or behind the year (``相比2018年公务接待费``)."""
    match = re.search(r"(?:相比于?|比|较|与|同)([^，]*)$", clause)
    if match is None:
        return clause
    return clause[: match.start()] or behind_prior(match[1])


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Leave out punctuation at both ends; an empty reason keeps its place."""
    while start < end and text[end - 1] in _EDGES:
        end -= 1
    while start < end and text[start] in _EDGES:
        start += 1
    return start, end


def _direction_of_comparison(word: str) -> str:
    if words().greater.search(word):
        return "greater"
    return "less" if words().less.search(word) else "equal"


def _budget_basis(text: str) -> str:
    for word in words().basis:
        if not word.is_prior and word.pattern.search(text):
            return word.basis
    return "budget"


def _add_remnants(
    reader: SentenceReader, labels: tuple[int, int, str, str], text: str, tokens: list[Token]
) -> None:
    """Placeholders, open options and instructions of the template, wherever they stand."""
    spans = [(t.kind, t.start, t.end) for t in tokens if t.kind in {"placeholder", "option"}]
    spans += [("instruction", m.start(), m.end()) for m in words().instruction.finditer(text)]
    for metric, start, end in sorted(spans, key=lambda span: span[1]):
        reader.claims.append(Claim(labels[0], labels[1], labels[2], metric, start, end, ""))


def _add_lists(reader: SentenceReader, text: str) -> None:
    context = reader.narration.paragraph.current
    is_bodies = context is not None and context.subject.kind == "organisation"
    for spans, is_open in listed_names(text, is_bodies):
        if marked := re.search(
            r"[，。；：]?([^，。；：]{2,20}?)主要(?:包括|包含)[：]?$", text[: spans[0][0]]
        ):
            reader.narration.note_subject(marked[1])
        counted = reader.counted_before(spans[0][0])
        for start, end in spans:
            claim = reader.word_claim("list", start, end)
            claim.context = counted or claim.context
            claim.is_open_list = is_open
            claim.subject_text = text[start:end]
            claim.economic_code = reader.narration.economic_code(text[start:end])


def _add_absences(reader: SentenceReader, text: str) -> None:
    for start, end, phrase in absences(text):
        phrase = re.sub(r"(?:收入[、和&及]?支出|收&?支)$", "支出", phrase)
        subject = reader.narration.resolve(phrase)
        if subject is not None and subject.kind != "other":
            reader.narration.note_subject(phrase)
        reader.word_claim("absence", start, end)


def _frame(claims: list[Claim], texts: dict[int, str], places: Places) -> pl.DataFrame:
    ordered = sorted(claims, key=lambda claim: (claim.sentence_no, claim.start, claim.end, claim.metric))
    number, sentence_no = 0, 0
    for claim in ordered:
        number = number + 1 if claim.sentence_no == sentence_no else 1
        sentence_no = claim.sentence_no
        claim.number = number
    rows = [_row(claim, texts[claim.sentence_no], places) for claim in ordered]
    columns: list[Any] = list(zip(*rows, strict=True)) or [() for _ in CLAIM]
    return pl.DataFrame(
        [
            pl.Series(name, values, dtype=dtype, strict=True)
            for (name, dtype), values in zip(CLAIM.items(), columns, strict=True)
        ]
    )


def _row(claim: Claim, text: str, places: Places) -> tuple[Any, ...]:
    subject = claim.context.subject if claim.context else Subject("document", "")
    values = {
        "sentence_no": claim.sentence_no,
        "claim_no": claim.number,
        "section": claim.section,
        "subject_kind": "economic" if claim.economic_code else subject.kind,
        "subject_text": (claim.subject_text or subject.text).replace("&", "、"),
        "statement_code": subject.statement_code or None,
        "line_code": ("economic.item" if claim.economic_code else subject.line_code) or None,
        "measure": subject.measure or None,
        "fund": subject.fund or None,
        "functional_code": subject.functional_code or None,
        "functional_path": subject.functional_path or None,
        "economic_code": claim.economic_code or subject.economic_code or None,
        "metric": claim.metric,
        "basis": claim.basis,
        "reference_year": claim.reference_year,
        "value": claim.value,
        "decimals": claim.decimals,
        "unit": claim.unit,
        "amount_yuan": claim.amount_yuan,
        "direction": claim.direction,
        "related_claim_no": claim.related.number if claim.related else None,
        "start": claim.start,
        "end": claim.end,
        "status": claim.status,
        "paragraph_no": claim.paragraph_no,
        "context_no": claim.context.number if claim.context else None,
        "parent_context_no": claim.context.parent.number if claim.context and claim.context.parent else None,
        "whole_context_no": claim.whole.number if claim.whole else None,
        "subject_year": claim.subject_year,
        "text": claim.text or text[claim.start : claim.end],
        "is_in_reason": claim.is_in_reason,
        "is_open_list": claim.is_open_list,
    } | places.of(claim.sentence_no, claim.start, claim.end)
    return tuple(values[name] for name in CLAIM)
