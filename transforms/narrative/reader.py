"""Reading sentences in order: each number gets a metric from its clause and a subject from what was said before."""

from __future__ import annotations

import re

from extractors.text.numbering import numbering_of
from transforms.narrative.after_list import fits, whole_of_finished_list
from transforms.narrative.both import has_second_number, is_each, pair_last_named, said_of_other
from transforms.narrative.comparison import Comparison
from transforms.narrative.contexts import Narration
from transforms.narrative.figures import Figure, FigureReader
from transforms.narrative.leads import last_listed, note_clause, read_lead, split_clauses
from transforms.narrative.settle import RELATED_BACK, set_unit, settle
from transforms.narrative.state import Claim, Context, Outline, ParagraphState
from transforms.narrative.subject import SubjectResolver
from transforms.narrative.tokens import Token, money_unit
from transforms.narrative.whose import context_of
from transforms.narrative.words import words

#: ``其中380万元为政府性基金预算、1,230万元为一般公共预算``: the name stands behind its amount.
_NAMED_BEHIND = re.compile(r"为([^，。；、：()\d]{2,20})")
_NAMED_BEFORE = re.compile(r"^为[^，；、]*[、，和及]|^[、，和及]+")
#: Between names listed for ``分别为``; 购置及运行维护费 is one name.
_AND = re.compile(r"、|(?<!购置)(?<!购置费)(?<!公务用车)[和与及]")
_PLAN = re.compile(r"购置|更新|新增|配备|采购|新购|购买|置换|报废|处置|调出|划转")
_DETACHED = re.compile(r"^[、，和及与]*$")
_DETACHED_NUMBER = re.compile(r"\d[\d,.]*[^\d、，。；和]{0,4}")
_PARALLEL_NUMBERS = re.compile(rf"{_DETACHED_NUMBER.pattern}(?:[、和]{_DETACHED_NUMBER.pattern})+")
_LATE_LIST = re.compile(r"(?:其中|如下|包括|主要用于以下方面)[^，。；]{0,4}[：，]?$|：$")
_PLAIN_CHANGE = re.compile(r"(?:增加|减少)(?:了|额|为)?$")
_CHANGE_VERB = re.compile(r"(?:增加|新增|追加|减少|压减|调减|核减)了?(?=[^至到为])")
OWN_BUDGETS = frozenset({"initial_budget", "full_year_budget", "budget"})
_GOES_ON = re.compile(r"其中[，：]?|包括：")
_COMPLETES = re.compile(r"完成[^，。；]{0,14}$")


class SentenceReader:
    """Keeps the state of one document's narrative and turns its tokens into claims."""

    def __init__(self, resolver: SubjectResolver, figures: FigureReader) -> None:
        self.claims: list[Claim] = []
        self.narration = Narration(resolver)
        self.figures = figures
        self._outline = Outline()
        self._last_character = self._previous_end = ""
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
            self._go_on(text)
            self.narration.paragraph.comparison = self._outline.comparison_for(self.narration.paragraph.outer)
            self._note_section_year(headings)
        self._sentence_no, self._text = number, text
        self.narration.is_plan = False
        self._previous_end, self._last_character = self._last_character, text[-1] if text else ""
        return numbering[1] if numbering else 0

    def _go_on(self, text: str) -> None:
        """Go on with the parts of what was told before: ``其中：`` and ``按资金类型划分，…`` at a paragraph's start."""
        paragraph, whole = self.narration.paragraph, self._outline.last_main
        if words().list_by.match(split_clauses(text)[0]):
            paragraph.outer = paragraph.main = paragraph.outer or whole
        elif paragraph.outer is None and _GOES_ON.match(text):
            paragraph.outer = whole

    def _note_section_year(self, headings: list[str]) -> None:
        """A budget may tell last year's accounts under a heading of their own (``二、2023年“三公”经费决算情况``)."""
        year = self.figures.year_of_accounts(headings[-1]) if headings else None
        if year is not None:
            self.narration.paragraph.told = Comparison("prior_year_final", year)
            self.narration.paragraph.is_prior_section = True

    def end_sentence(self, rest: str) -> None:
        """Finish a sentence; ``rest`` is what follows its last number."""
        tail = rest.rstrip("。；")
        if _LATE_LIST.search(tail) or words().list_by.search(tail):
            if words().list_of_whole.search(tail):
                self.narration.paragraph.turn_to_whole()
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
        brackets = len(state.brackets)
        own = read_lead(self.narration, self.figures, lead)
        if len(state.brackets) < brackets:
            state.is_in_list = False  # (购置费9万元、运行费3万元)，减少…: the bracket has closed the list
        second, state.second = state.second, None
        if second is not None and _DETACHED.match(own):
            self._second_of_both(second, token)
            return
        figure = (
            self._parallel_figure(own, token)
            or self._rate_of_amount(own, token)
            or self.figures.read(last_listed(own), token, self.narration.paragraph.comparison)
        )
        if figure.comparison is not None:
            state.comparison = figure.comparison
        if figure.metric in {"change", "growth"} and is_each(own) and not figure.phrase.strip("各"):
            pair_last_named(self.narration, self.claims, self._sentence_no)
        is_on_whole = state.is_in_list or (
            is_first and state.has_parts and not state.opened and self._previous_end not in "；;"
        )
        if not figure.phrase and not is_reason:
            self._choose_whole(state, figure, token, is_on_whole)
        state.is_in_list = lead.startswith("、")
        if figure.metric == "amount" and not _NAMED_BEFORE.sub("", own):
            named = _NAMED_BEHIND.match(self._text, token.end)
            figure.phrase = named[1] if named else figure.phrase
        self._reconsider_change(figure, last_listed(own), token, is_reason)
        self._relate_bracket(figure, token, own)
        self._note_basis(figure, own)
        claim = self._claim(figure.metric, token.start, token.end, is_reason)
        claim.context = context_of(self.narration, self._text, figure, lead, token, is_reason)
        claim.subject_year = figure.subject_year or (
            self.narration.paragraph.year if figure.metric == "amount" else None
        )
        self._add(claim, figure, token)
        twin = state.twins.get(claim.context.number) if claim.context else None
        if twin is not None and is_each(own) and has_second_number(self._text, token.end):
            state.second = (figure, twin)
        elif (other := said_of_other(claim, figure, twin)) is not None:
            settle(other, figure, self.claims, self.narration)
            self.claims.append(other)

    def _rate_of_amount(self, own: str, token: Token) -> Figure | None:
        """Read the rate of ``完成年初预算数B万元的P%``: its budget stands between."""
        last = self.claims[-1] if self.claims else None
        if (
            own not in {"的", "的比例为"}
            or token.unit != "%"
            or last is None
            or last.end + len(own) != token.start
        ):
            return None
        is_completed = _COMPLETES.search(self._text[: last.start]) is not None
        return Figure("completion", "", last.basis) if is_completed and last.basis in OWN_BUDGETS else None

    def _said(self) -> list[Claim]:
        """Return the claims of the sentence so far."""
        said = []
        for claim in reversed(self.claims):
            if claim.sentence_no != self._sentence_no:
                break
            said.append(claim)
        return said[::-1]

    def _choose_whole(self, state: ParagraphState, figure: Figure, token: Token, is_on_whole: bool) -> None:
        """Tell whether a change without a name of its own is the whole's or the last part's."""
        if figure.metric == "growth" and state.doubtful:
            self._reconsider_whole(state, token)
        elif figure.metric == "change" and is_on_whole:
            state.turn_back()
        elif figure.metric == "change":
            self._turn_to_listed_whole(state, figure.basis)

    def _turn_to_listed_whole(self, state: ParagraphState, basis: str) -> None:
        whole = whole_of_finished_list(state, self._said(), self.claims[-RELATED_BACK:], basis)
        state.doubtful = state.current if whole is not None else None
        if whole is not None:
            state.current = whole

    def _reconsider_whole(self, state: ParagraphState, token: Token) -> None:
        """Give a change back to the last part of the list where only that part fits its growth."""
        part, state.doubtful = state.doubtful, None
        change = self.claims[-1]
        if part is None or change.metric != "change" or change.context is None:
            return
        said = self._said()
        if fits(part, change, token, said) and not fits(
            change.context, change, token, self.claims[-RELATED_BACK:]
        ):
            change.context = state.current = part

    def _second_of_both(self, second: tuple[Figure, Context], token: Token) -> None:
        """Read the second number of ``收、支总计各减少A万元、B万元``."""
        figure, context = second
        claim = self._claim(figure.metric, token.start, token.end, is_reason=False)
        claim.context, claim.subject_year = context, figure.subject_year
        self._add(claim, figure, token)

    def _add(self, claim: Claim, figure: Figure, token: Token) -> None:
        claim.basis, claim.direction = figure.basis, figure.direction
        claim.reference_year = figure.reference_year
        claim.value, claim.decimals = token.value, token.decimals
        set_unit(claim, figure, token)
        if figure.metric == "growth" and not figure.is_compared and _is_other(claim.context):
            claim.basis = "none"  # 地区生产总值增长7%: no growth of money, compared with nothing we know
        if not figure.is_compared and not claim.is_in_reason:
            self._compare_with_own_budget(claim)
        settle(claim, figure, self.claims, self.narration)
        self.claims.append(claim)

    def _compare_with_own_budget(self, claim: Claim) -> None:
        """``预算数A万元，决算数B万元，增加C万元`` says no other year: the budget just told is meant."""
        told = [
            other
            for other in self.claims[-RELATED_BACK:]
            if other.sentence_no == claim.sentence_no and other.context is claim.context
        ]
        if claim.metric == "growth" and told and told[-1].metric == "change":
            claim.basis, claim.reference_year = told[-1].basis, told[-1].reference_year
        elif told and all(other.metric == "amount" for other in told):
            claim.basis = next((other.basis for other in told if other.basis in OWN_BUDGETS), claim.basis)

    def _note_basis(self, figure: Figure, clause: str) -> None:
        """The parts of a budget or of an earlier year's amount are that, too (``2023年执行数9万元，其中：甲4万元``)."""
        state = self.narration.paragraph
        if figure.metric != "amount" or figure.comparison is not None:
            return
        if figure.basis == "none" and figure.subject_year is None and state.year and not state.opened:
            self.figures.take_earlier(figure, state.year, clause)
        if figure.basis != "none":
            if state.is_prior_section and state.told and figure.basis.startswith("prior_"):
                figure.basis = state.told.basis
            elif not state.is_prior_section:
                is_beside = bool(state.opened) or state.is_current_told  # 决算2万元，年初预算3万元，其中：…
                is_unsaid = is_beside and figure.basis in OWN_BUDGETS
                state.told = None if is_unsaid else Comparison(figure.basis, figure.reference_year)
            return
        if figure.subject_year is not None and not self.figures.is_earlier(figure.subject_year):
            state.told, state.is_prior_section = None, False
            state.is_current_told = state.is_current_told or not state.opened
        elif state.told and (
            state.is_prior_section or (state.opened and figure.phrase and not words().actual.search(clause))
        ):
            figure.basis, figure.reference_year = state.told.basis, state.told.year
        elif not state.opened:
            state.told, state.is_current_told = None, True

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
            names = state.parallel_names or self._parts_listed(token.start)
            state.parallel_lead = own.replace("分别", "")
        if len(names) < 2:
            return None
        state.parallel_names, state.parallel = names, names[1:]
        return self.figures.read(names[0] + state.parallel_lead, token, state.comparison)

    def _parts_listed(self, start: int) -> list[str]:
        """Return the parts told just before (甲1万元，乙2万元。与上年相比，分别减少…) where as many numbers follow."""
        current = self.narration.paragraph.current
        if current is None or current.parent is None:
            return []
        parts = [
            context
            for context in self.narration.paragraph.by_subject.values()
            if context.parent is current.parent
        ]
        numbers = _PARALLEL_NUMBERS.match(self._text, start)
        is_one_each = numbers is not None and len(_DETACHED_NUMBER.findall(numbers[0])) == len(parts)
        return [context.subject.text for context in parts] if is_one_each else []

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

    def counted_before(self, position: int) -> Context | None:
        """Return the offices or units counted last before a place in the sentence (``设6个科室（…）、1个办公室``)."""
        for claim in reversed(self.claims[-RELATED_BACK:]):
            if claim.sentence_no != self._sentence_no:
                return None
            if claim.metric != "count" or claim.start >= position or claim.context is None:
                continue
            if claim.context.subject.kind == "organisation":
                return claim.context
            if claim.unit == "个":
                return None  # 内设6个科室，派出法庭2个，分别是…: the names are of both
        return None

    def compared_in(self, context: Context | None) -> Comparison | None:
        """Return what the changes told of a subject so far compare with; None where they do so with several things."""
        told = {
            (claim.basis, claim.reference_year)
            for claim in self.claims[-RELATED_BACK:]
            if claim.context is context and claim.metric in {"change", "growth", "direction"}
        }
        if not told:
            return self.figures.default_comparison()
        if len({basis for basis, _ in told}) > 1:
            return None
        years = {year for _, year in told if year is not None}
        return Comparison(next(iter(told))[0], years.pop() if len(years) == 1 else None)

    def word_claim(self, metric: str, start: int, end: int, is_reason: bool = False) -> Claim:
        """Add a claim without a number about the subject spoken of."""
        if self.narration.paragraph.current is None:
            self.narration.paragraph.current = self.narration.turn_to_heading()
        claim = self._claim(metric, start, end, is_reason)
        claim.context = self.narration.paragraph.current
        self.claims.append(claim)
        return claim


def _is_other(context: Context | None) -> bool:
    return context is not None and context.subject.kind == "other"
