"""Reading sentences in order: each number gets a metric from its clause and a subject from what was said before."""

from __future__ import annotations

import re

from extractors.text.numbering import numbering_of
from transforms.narrative.figures import Figure, FigureReader, year_in
from transforms.narrative.state import Claim, Context, Outline, ParagraphState
from transforms.narrative.subject import Subject, SubjectResolver, read_levels
from transforms.narrative.tokens import Token, in_yuan, money_unit
from transforms.narrative.words import words

_CLAUSE_END = re.compile(r"[，；：。！？]")
_NOUN = re.compile(r"(?:的)?([^，。；、：()\d]{1,24})")
_AND = re.compile(r"[、和与及]")
_PLAN = re.compile(r"购置|更新|新增|配备|采购")
_DETACHED = re.compile(r"^[、，和及与]*$")
_LATE_LIST = re.compile(r"(?:其中|如下|包括|主要用于以下方面)[^，。；]{0,4}[：，]?$|：$")
_COUNTABLE = frozenset(
    {"organisation", "vehicle", "vehicle_plan", "equipment", "equipment_plan", "performance"}
)
_CHANGE_VERB = re.compile(r"(?:增加|新增|追加|减少|压减|调减|核减)了?(?=[^至到为])")
_SUM_WORDS = frozenset({"合计", "共计", "总计", "合计为", "共计为"})
_MONEY_KINDS = frozenset(
    {"statement_line", "three_public", "procurement", "functional", "economic", "agency_operating_cost"}
)
_REFERRING = frozenset({"change", "growth", "share", "completion"})
_CLOSED_KINDS = frozenset({"vehicle", "vehicle_plan"})
_LOOK_BACK = 30
_PLANNED = {"vehicle": "vehicle_plan", "equipment": "equipment_plan"}


class SentenceReader:
    """Keeps the state of one document's narrative and turns its tokens into claims."""

    def __init__(self, resolver: SubjectResolver, figures: FigureReader) -> None:
        self.claims: list[Claim] = []
        self.contexts: list[Context] = []
        self._resolver = resolver
        self.figures = figures
        self._outline = Outline()
        self.paragraph = ParagraphState(0, "", [], "", None, None)
        self._last_character = ""
        self._sentence_no = 0
        self._text = ""
        self._is_plan = False

    # ---- paragraphs and sentences

    def heading(self, text: str) -> None:
        """Read a heading: it ends the paragraph and what numbered items stood under."""
        self._finish_paragraph()
        numbering = numbering_of(text)
        self._outline.heading(numbering[0] if numbering else -1)
        self.paragraph = ParagraphState(0, "", [], "", None, None)

    def begin_sentence(self, number: int, paragraph_no: int, section: str, text: str) -> int:
        """Start a sentence (folded text) and return where its words begin, after a printed item number."""
        numbering = numbering_of(text)
        if paragraph_no != self.paragraph.number:
            self._finish_paragraph()
            headings = [part for part in section.split(" / ") if part]
            level = numbering[0] if numbering else None
            self.paragraph = ParagraphState(
                paragraph_no,
                section,
                headings,
                self._resolver.scope_of(headings),
                self._outline.begin(level),
                level,
            )
        self._sentence_no, self._text = number, text
        self._is_plan = False
        self._last_character = text[-1] if text else ""
        return numbering[1] if numbering else 0

    def end_sentence(self, rest: str) -> None:
        """Finish a sentence; ``rest`` is what follows its last number."""
        tail = rest.rstrip("。；")
        if _LATE_LIST.search(tail):
            self._note_clause(tail)
            self.paragraph.open(self.paragraph.current)
            self.paragraph.opened_here = 0
            return
        self.paragraph.end_sentence(self._last_character)

    def _finish_paragraph(self) -> None:
        if self.paragraph.number:
            self._outline.end(self.paragraph, self._last_character)

    # ---- what precedes a number

    def read_lead(self, lead: str) -> str:
        """Note what the words before a number open or compare with, and return its own clause."""
        lead = self._follow_brackets(lead)
        clauses = _split_clauses(lead)
        for clause in clauses[:-1]:
            self._note_clause(clause)
        own = clauses[-1]
        markers = list(words().part_markers.finditer(own))
        if markers and not words().parallel.search(own):
            self.note_subject(own[: markers[0].start()])
            self.paragraph.open(self.paragraph.current)
            own = own[markers[-1].end() :]
        return own

    def _follow_brackets(self, lead: str) -> str:
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
                elif self.paragraph.brackets:
                    context, count = self.paragraph.brackets.pop()
                    del self.paragraph.opened[count:]
                    self.paragraph.current = context
                    tail_start = index + 1
        if not opened:
            return lead[tail_start:]
        outer = lead[tail_start : opened[0]]
        for clause in _split_clauses(outer):
            self._note_clause(clause)
        self.paragraph.brackets.append((self.paragraph.current, len(self.paragraph.opened)))
        if lead[opened[-1] + 1 :]:
            self.paragraph.open(self.paragraph.current)
        return lead[opened[-1] + 1 :]

    def _note_clause(self, clause: str) -> None:
        if not clause:
            return
        self.paragraph.year = year_in(clause) or self.paragraph.year
        if comparison := self.figures.compared_with(clause):
            self.paragraph.comparison = comparison
            return
        marker = words().part_markers.search(clause)
        if marker:
            self.note_subject(clause[: marker.start()])
            self.paragraph.open(self.paragraph.current)
        elif clause.endswith("中") and len(clause) > 5:
            self.note_subject(clause[:-1])
            self.paragraph.open(self.paragraph.current)
        elif read_levels(clause):
            self.note_subject(clause)

    def note_subject(self, phrase: str) -> None:
        """Turn to the subject a phrase names, if it names one we know."""
        subject = self.resolve(phrase) if len(phrase) > 1 else None
        if subject is not None and subject.kind != "other":
            self.paragraph.current = self._context(subject, is_aside=False, may_reuse=True)

    # ---- numbers

    def read_number(self, lead: str, token: Token, is_reason: bool) -> None:
        """Turn one number into a claim. ``lead`` are the words since the number before it."""
        if _PLAN.search(lead) and token.unit in {"辆", "台(套)", "台"}:
            self._is_plan = True
        own = self.read_lead(lead)
        figure = self._parallel_figure(own, token) or self.figures.read(
            _last_listed(own), token, self.paragraph.comparison
        )
        if figure.comparison is not None:
            self.paragraph.comparison = figure.comparison
        self._reconsider_change(figure, _last_listed(own), token, is_reason)
        claim = self._claim(figure.metric, token.start, token.end, is_reason)
        claim.basis, claim.direction = figure.basis, figure.direction
        claim.reference_year = figure.reference_year
        claim.value, claim.decimals = token.value, token.decimals
        self._set_unit(claim, token)
        self._relate_bracket(figure, token, own)
        claim.context = self._context_of(figure, lead, token, is_reason)
        claim.subject_year = figure.subject_year or (
            self.paragraph.year if figure.metric == "amount" else None
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
        elif figure.metric == "change" and not is_reason and self.paragraph.comparison is None:
            subject = self.resolve(figure.phrase) if figure.phrase else None
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
        """Read ``人员经费、公用经费分别为A万元、B万元`` one subject a number."""
        state = self.paragraph
        if state.parallel and _DETACHED.match(own):
            phrase = state.parallel.pop(0)
            return self.figures.read(phrase + state.parallel_lead, token, state.comparison)
        state.parallel = []
        match = words().parallel.search(own)
        names = [name for name in _AND.split(own[: match.start()]) if name] if match else []
        if match is None or len(names) < 2:
            return None
        state.parallel_lead = own[match.start() :].replace("分别", "")
        state.parallel = names[1:]
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
            claim.whole = self._whole(figure.whole, claim.context)
        if claim.metric not in _REFERRING:
            return
        wanted = "change" if claim.metric == "growth" else "amount"
        for earlier in reversed(self.claims):
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

    def _whole(self, phrase: str, part: Context | None) -> Context | None:
        subject = self.resolve(phrase) if phrase else None
        if subject is None or subject.kind == "other":
            parent = part.parent if part else None
            return parent or (self.paragraph.main if self.paragraph.main is not part else None)
        for context in reversed(self.contexts):
            if context.subject.key == subject.key and context is not part:
                return context
        return None

    # ---- subjects

    def _context_of(self, figure: Figure, lead: str, token: Token, is_reason: bool) -> Context | None:
        if figure.phrase in _SUM_WORDS:
            return self.paragraph.opened[0] if self.paragraph.opened else self.paragraph.main
        subject = self.resolve(figure.phrase) if figure.phrase else None
        named = subject
        if figure.metric == "count":
            subject = self._counted(subject, token) or subject
        if subject is None and figure.metric == "amount" and _CLAUSE_END.search(lead):
            subject = self._named_before(lead)
        if subject is not None:
            is_aside = is_reason or (
                figure.metric == "count" and subject is not named and subject.kind == "other"
            )
            return self._context(subject, is_aside, may_reuse=figure.metric in _REFERRING)
        if self.paragraph.current is None and not is_reason:
            self.paragraph.current = self._from_headings()
        return self.paragraph.current

    def _counted(self, subject: Subject | None, token: Token) -> Subject | None:
        """What is counted may stand behind the number (``设9个内设机构``)."""
        if subject is not None and subject.kind != "other":
            return subject
        match = _NOUN.match(self._text, token.end)
        if match is None or token.unit in {"批次", "人次"}:
            return None
        found = self.resolve(match[1])
        return found if found is None or found.kind in _COUNTABLE else Subject("other", match[1])

    def _named_before(self, lead: str) -> Subject | None:
        """Find a subject that an earlier clause of the lead names (``…预留的项目中，…成交的，采购金额``)."""
        text = re.sub(
            r"(?:采购)?(?:金额|资金)?(?:为|是)?$", "", lead.rsplit("；", 1)[-1].rstrip("，")
        ).rstrip("，")
        subject = self.resolve(text)
        return subject if subject is not None and subject.kind != "other" else None

    def economic_code(self, name: str) -> str:
        """Return the economic code of a listed name, "" where the list is of something else."""
        current = self.paragraph.current
        if current is None or not current.subject.line_code.startswith("economic."):
            return ""
        subject = self._resolver.resolve(
            name, self.paragraph.scope, self.paragraph.headings, is_economic=True
        )
        return subject.economic_code if subject else ""

    def resolve(self, phrase: str) -> Subject | None:
        """Return the subject a phrase names here, None where it names none of its own."""
        parent = self.paragraph.opened[-1] if self.paragraph.opened else None
        is_economic = parent is not None and parent.subject.line_code.startswith("economic.")
        subject = self._resolver.resolve(phrase, self.paragraph.scope, self.paragraph.headings, is_economic)
        if subject is not None and self._is_plan and subject.kind in _PLANNED:
            return Subject(_PLANNED[subject.kind], subject.text, "", subject.line_code, subject.measure)
        return subject

    def _from_headings(self) -> Context | None:
        for heading in reversed(self.paragraph.headings):
            numbering = numbering_of(heading)
            title = re.sub(
                r"(?:支出|预算|安排|执行|管理|总体|具体|增减变化)*(?:情况)?(?:的)?(?:说明)?$", "", heading
            )
            subject = self._resolver.resolve(
                title[numbering[1] if numbering else 0 :].replace("（", "(").replace("）", ")"),
                self.paragraph.scope,
                self.paragraph.headings,
            )
            if subject is not None:
                return self._context(subject, is_aside=False)
        return None

    def _context(self, subject: Subject, is_aside: bool, may_reuse: bool = False) -> Context:
        """Return the paragraph's context of a subject, a new one where it was not spoken of yet.

        An aside (a number in a reason) does not become what is spoken of. ``may_reuse`` takes up a context of an
        earlier paragraph of the section, for what only makes sense about an amount already given.
        """
        state = self.paragraph
        known = state.by_subject.get(subject.key)
        if known is None and may_reuse:
            known = self._earlier_context(subject)
        if known is None:
            known = Context(len(self.contexts) + 1, subject, state.section, self._parent_of(subject))
            self.contexts.append(known)
        if not is_aside:
            state.by_subject[subject.key] = known
            state.current = known
            state.main = state.main or known
        return known

    def _earlier_context(self, subject: Subject) -> Context | None:
        for context in reversed(self.contexts[-_LOOK_BACK:]):
            if context.subject.key == subject.key and context.section == self.paragraph.section:
                return context
        return None

    def _parent_of(self, subject: Subject) -> Context | None:
        state = self.paragraph
        if state.opened and state.opened[-1].subject.kind in _CLOSED_KINDS - {subject.kind}:
            state.opened.clear()  # 单价100万元以上设备 behind the kinds of vehicles is no vehicle
        return state.opened[-1] if state.opened else state.outer

    def _claim(self, metric: str, start: int, end: int, is_reason: bool) -> Claim:
        return Claim(
            sentence_no=self._sentence_no,
            paragraph_no=self.paragraph.number,
            section=self.paragraph.section,
            metric=metric,
            start=start,
            end=end,
            text="",
            is_in_reason=is_reason,
        )

    # ---- words without a number

    def word_claim(self, metric: str, start: int, end: int, is_reason: bool = False) -> Claim:
        """Add a claim without a number about the subject spoken of."""
        if self.paragraph.current is None:
            self.paragraph.current = self._from_headings()
        claim = self._claim(metric, start, end, is_reason)
        claim.context = self.paragraph.current
        self.claims.append(claim)
        return claim


def _split_clauses(lead: str) -> list[str]:
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


def _last_listed(clause: str) -> str:
    """Return the last item of an enumeration that the number belongs to, the whole clause otherwise."""
    if "、" not in clause or read_levels(clause):
        return clause
    if clause.startswith("、"):
        clause = clause[1:]
    head, separator, tail = clause.rpartition("、")
    if not separator or head.count("(") > head.count(")"):
        return clause
    return tail if re.search(r"\d|^$", head) else clause
