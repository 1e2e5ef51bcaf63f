"""Reading sentences in order: each number gets a metric from its clause and a subject from what was said before."""

from __future__ import annotations

import re

from extractors.text.numbering import numbering_of
from transforms.narrative.contexts import Narration
from transforms.narrative.figures import Figure, FigureReader
from transforms.narrative.leads import last_listed, note_clause, read_lead
from transforms.narrative.state import Claim, Context, Outline, ParagraphState
from transforms.narrative.subject import Subject, SubjectResolver
from transforms.narrative.tokens import Token, in_yuan, money_unit
from transforms.narrative.words import words

_CLAUSE_END = re.compile(r"[，；：。！？]")
_NOUN = re.compile(r"(?:的)?(?!左右|以上|以下|以内|上下)([^，。；、：()\d]{1,24})")
#: ``其中380万元为政府性基金预算、1,230万元为一般公共预算``: the name stands behind its amount.
_NAMED_BEHIND = re.compile(r"为([^，。；、：()\d]{2,20})")
_NAMED_BEFORE = re.compile(r"^为[^，；、]*[、，和及]|^[、，和及]+")
_AND = re.compile(r"[、和与及]")
_PLAN = re.compile(r"购置|更新|新增|配备|采购")
_DETACHED = re.compile(r"^[、，和及与]*$")
_LATE_LIST = re.compile(r"(?:其中|如下|包括|主要用于以下方面)[^，。；]{0,4}[：，]?$|：$")
_COUNTABLE = frozenset(
    {"organisation", "vehicle", "vehicle_plan", "equipment", "equipment_plan", "performance"}
)
_PLAIN_CHANGE = re.compile(r"(?:增加|减少)(?:了|额|为)?$")
_CHANGE_VERB = re.compile(r"(?:增加|新增|追加|减少|压减|调减|核减)了?(?=[^至到为])")
_RELATED_BACK = 40  # claims
_SUM_WORDS = frozenset({"合计", "共计", "总计", "合计为", "共计为"})
_MONEY_KINDS = frozenset(
    {"statement_line", "three_public", "procurement", "functional", "economic", "agency_operating_cost"}
)
_REFERRING = frozenset({"change", "growth", "share", "completion"})


class SentenceReader:
    """Keeps the state of one document's narrative and turns its tokens into claims."""

    def __init__(self, resolver: SubjectResolver, figures: FigureReader) -> None:
        self.claims: list[Claim] = []
        self.narration = Narration(resolver)
        self.figures = figures
        self._outline = Outline()
        self._last_character = ""
        self._sentence_no = 0
        self._text = ""

    # ---- paragraphs and sentences

    def heading(self, text: str) -> None:
        """Read a heading: it ends the paragraph and what numbered items stood under."""
        self._finish_paragraph()
        numbering = numbering_of(text)
        self._outline.heading(numbering[0] if numbering else -1)
        self.narration.paragraph = ParagraphState(0, "", [], "", None, None, None)

    def begin_sentence(self, number: int, paragraph_no: int, section: str, text: str) -> int:
        """Start a sentence (folded text) and return where its words begin, after a printed item number."""
        numbering = numbering_of(text)
        if paragraph_no != self.narration.paragraph.number:
            self._finish_paragraph()
            headings = [part for part in section.split(" / ") if part]
            level = numbering[0] if numbering else None
            self.narration.paragraph = ParagraphState(
                paragraph_no,
                section,
                headings,
                self.narration.scope_of(headings),
                *self._outline.begin(level),
                level,
            )
        self._sentence_no, self._text = number, text
        self.narration.is_plan = False
        self._last_character = text[-1] if text else ""
        return numbering[1] if numbering else 0

    def end_sentence(self, rest: str) -> None:
        """Finish a sentence; ``rest`` is what follows its last number."""
        tail = rest.rstrip("。；")
        if _LATE_LIST.search(tail):
            note_clause(self.narration, self.figures, tail)
            self.narration.paragraph.open(self.narration.paragraph.current)
            self.narration.paragraph.opened_here = 0
            return
        self.narration.paragraph.end_sentence(self._last_character)

    def _finish_paragraph(self) -> None:
        if self.narration.paragraph.number:
            self._outline.end(self.narration.paragraph, self._last_character)

    # ---- numbers

    def read_number(self, lead: str, token: Token, is_reason: bool) -> None:
        """Turn one number into a claim. ``lead`` are the words since the number before it."""
        if _PLAN.search(lead) and token.unit in {"辆", "台(套)", "台"}:
            self.narration.is_plan = True
        state = self.narration.paragraph
        is_first = not any(claim.sentence_no == self._sentence_no for claim in self.claims[-1:])
        own = read_lead(self.narration, self.figures, lead)
        figure = self._parallel_figure(own, token) or self.figures.read(
            last_listed(own), token, self.narration.paragraph.comparison
        )
        if figure.comparison is not None:
            state.comparison = figure.comparison
        is_on_whole = state.is_in_list or (is_first and state.has_parts and not state.opened)
        if figure.metric == "change" and not figure.phrase and is_on_whole and not is_reason:
            state.turn_back()
        state.is_in_list = lead.startswith("、")
        if figure.metric == "amount" and not _NAMED_BEFORE.sub("", own):
            named = _NAMED_BEHIND.match(self._text, token.end)
            figure.phrase = named[1] if named else figure.phrase
        self._reconsider_change(figure, last_listed(own), token, is_reason)
        self._relate_bracket(figure, token, own)
        claim = self._claim(figure.metric, token.start, token.end, is_reason)
        claim.basis, claim.direction = figure.basis, figure.direction
        claim.reference_year = figure.reference_year
        claim.value, claim.decimals = token.value, token.decimals
        self._set_unit(claim, token)
        claim.context = self._context_of(figure, lead, token, is_reason)
        claim.subject_year = figure.subject_year or (
            self.narration.paragraph.year if figure.metric == "amount" else None
        )
        self._settle(claim, figure)
        self.claims.append(claim)

    def _reconsider_change(self, figure: Figure, clause: str, token: Token, is_reason: bool) -> None:
        """Tell ``增加综合管理费209万元`` (a change) from ``支持商销稳增长30万元`` (an amount of its own name)."""
        if not money_unit(token.unit):
            return
        if figure.metric == "amount" and is_reason and (verb := _CHANGE_VERB.match(clause)):
            figure.metric, figure.phrase = "change", clause[verb.end() :]
            figure.direction = "increase" if words().increase.match(verb[0]) else "decrease"
        elif (
            figure.metric == "change"
            and not is_reason
            and self.narration.paragraph.comparison is None
            and not _PLAIN_CHANGE.search(clause)
        ):
            subject = self.narration.resolve(figure.phrase) if figure.phrase else None
            if subject is not None and subject.kind == "other":
                figure.metric, figure.phrase, figure.direction, figure.basis = "amount", clause, None, "none"

    def _relate_bracket(self, figure: Figure, token: Token, own: str) -> None:
        """A percentage alone in brackets behind a change (``减少24.5万元（43%）``) is its growth."""
        last = self.claims[-1] if self.claims else None
        if own or token.unit != "%" or last is None or last.sentence_no != self._sentence_no:
            return
        if last.metric == "change":
            figure.metric, figure.basis = "growth", last.basis
            figure.direction, figure.reference_year = last.direction, last.reference_year

    def _parallel_figure(self, own: str, token: Token) -> Figure | None:
        """Read ``人员经费、公用经费分别为A万元、B万元，占比分别为C%、D%`` one subject a number."""
        state = self.narration.paragraph
        if state.parallel and _DETACHED.match(own):
            phrase = state.parallel.pop(0)
            return self.figures.read(phrase + state.parallel_lead, token, state.comparison)
        state.parallel = []
        match = words().parallel.search(own)
        if match is None:
            return None
        names = [name for name in _AND.split(own[: match.start()]) if name]
        if len(names) >= 2:
            state.parallel_lead = own[match.start() :].replace("分别", "")
        else:
            names, state.parallel_lead = state.parallel_names, own.replace("分别", "")
        if len(names) < 2:
            return None
        state.parallel_names, state.parallel = names, names[1:]
        return self.figures.read(names[0] + state.parallel_lead, token, state.comparison)

    def _set_unit(self, claim: Claim, token: Token) -> None:
        money = money_unit(token.unit)
        claim.unit = money or token.unit
        if money and token.value is not None:
            claim.amount_yuan = in_yuan(token.value, money)

    def _settle(self, claim: Claim, figure: Figure) -> None:
        """Relate the claim to what it qualifies, and say where it was not understood."""
        if claim.metric == "unknown":
            self._settle_without_unit(claim)
        if claim.context is None or claim.value is None:
            claim.status = "unparsed"
        if claim.metric == "share":
            claim.whole = self.narration.whole(figure.whole, claim.context)
        if claim.metric not in _REFERRING:
            return
        wanted = "change" if claim.metric == "growth" else "amount"
        for earlier in reversed(self.claims[-_RELATED_BACK:]):
            if earlier.sentence_no != claim.sentence_no:
                return
            if earlier.context is claim.context and earlier.metric == wanted:
                claim.related = earlier
                return

    def _settle_without_unit(self, claim: Claim) -> None:
        """``事业收入为0`` needs no unit; any other number without one is stored but not judged."""
        kind = claim.context.subject.kind if claim.context else ""
        claim.metric = "amount" if kind in _MONEY_KINDS else "count" if kind in _COUNTABLE else "ratio"
        if claim.metric == "ratio" or claim.value != 0:
            claim.status = "unparsed"
        elif claim.metric == "amount":
            claim.amount_yuan = claim.value

    # ---- subjects

    def _context_of(self, figure: Figure, lead: str, token: Token, is_reason: bool) -> Context | None:
        if figure.phrase in _SUM_WORDS:
            return (
                self.narration.paragraph.opened[0]
                if self.narration.paragraph.opened
                else self.narration.paragraph.main
            )
        subject = self.narration.resolve(figure.phrase) if figure.phrase else None
        named = subject
        if figure.metric == "count":
            subject = self._counted(subject, token) or subject
        if subject is None and figure.metric in {"amount", "count"} and _CLAUSE_END.search(lead):
            subject = self._named_before(lead)
        if subject is not None:
            is_vague = figure.metric == "unknown" or (figure.metric == "count" and subject is not named)
            is_aside = is_reason or (is_vague and subject.kind == "other")
            return self.narration.context(
                subject, is_aside, may_reuse=figure.metric in _REFERRING, is_amount=figure.metric == "amount"
            )
        if self.narration.paragraph.current is None and not is_reason:
            self.narration.paragraph.current = self.narration.turn_to_heading()
        return self.narration.paragraph.current

    def _counted(self, subject: Subject | None, token: Token) -> Subject | None:
        """What is counted may stand behind the number (``设9个内设机构``)."""
        if subject is not None and subject.kind != "other":
            return subject
        match = _NOUN.match(self._text, token.end)
        if match is None or token.unit in {"批次", "人次"}:
            return None
        found = self.narration.resolve(match[1])
        return found if found is None or found.kind in _COUNTABLE else Subject("other", match[1])

    def _named_before(self, lead: str) -> Subject | None:
        """Find a subject that an earlier clause of the lead names (``…预留的项目中，…成交的，采购金额``)."""
        text = lead.rsplit("；", 1)[-1].strip("，").rpartition("，")[0]
        subject = self.narration.resolve(text)
        return subject if subject is not None and subject.kind != "other" else None

    def _claim(self, metric: str, start: int, end: int, is_reason: bool) -> Claim:
        return Claim(
            sentence_no=self._sentence_no,
            paragraph_no=self.narration.paragraph.number,
            section=self.narration.paragraph.section,
            metric=metric,
            start=start,
            end=end,
            text="",
            is_in_reason=is_reason,
        )

    # ---- words without a number

    def word_claim(self, metric: str, start: int, end: int, is_reason: bool = False) -> Claim:
        """Add a claim without a number about the subject spoken of."""
        if self.narration.paragraph.current is None:
            self.narration.paragraph.current = self.narration.turn_to_heading()
        claim = self._claim(metric, start, end, is_reason)
        claim.context = self.narration.paragraph.current
        self.claims.append(claim)
        return claim
