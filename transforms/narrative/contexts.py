"""What is spoken of: the subjects a phrase names where it stands, and the contexts that keep them apart."""

from __future__ import annotations

import re
from dataclasses import replace

from extractors.text.numbering import numbering_of
from transforms.narrative.state import Context, ParagraphState
from transforms.narrative.subject import Subject, SubjectResolver
from transforms.narrative.words import words

_CLOSED_KINDS = frozenset({"vehicle", "vehicle_plan"})
_LOOK_BACK = 30
_FAR_BACK = 500  # contexts; a whole may stand many paragraphs before its share
#: Behind a fund (政府性基金预算财政拨款本年收入5万元，本年支出5万元) these may be of it.
_OF_WHAT_WAS_NAMED = frozenset({"本年收入", "本年支出"})
_STATEMENTS_OF_ONE_FUND = frozenset({"T08", "T09", "BT06", "BT07"})
_STATEMENTS_OF_REVENUE = frozenset({"T02", "BT02"})
_ACCOUNTS_OF_EXPENDITURE = frozenset({"expenditure.total/total", "expenditure.subtotal/total"})
_STATEMENTS_OF_EXPENDITURE = frozenset({"T03", "BT03"})
_SHARES_OF_BASIC = frozenset({"economic.personnel_total", "economic.general_operating_total"})
_TOTALS_OF_EXPENDITURE = frozenset(
    {"expenditure.total/total", "expenditure.subtotal/total", "functional.total/total"}
)
#: What these are made of is no part of the unit's accounts.
_ELSEWHERE = frozenset(
    {"procurement", "agency_operating_cost", "three_public", "performance", "equipment", "vehicle"}
)
_PLANNED = {"vehicle": "vehicle_plan", "equipment": "equipment_plan"}
_TITLE_TAIL = re.compile(r"(?:支出|预算|安排|执行|管理|总体|具体|增减变化)*(?:情况)?(?:的)?(?:说明)?$")


class Narration:
    """The contexts of a document and the paragraph being read."""

    def __init__(self, resolver: SubjectResolver) -> None:
        self.contexts: list[Context] = []
        self.paragraph = ParagraphState(0, "", [], "", None, None, None)
        self.is_plan = False  # vehicles and equipment of this sentence are yet to be bought
        self._resolver = resolver

    def scope_of(self, headings: list[str]) -> str:
        """Return the statement a section speaks about."""
        return self._resolver.scope_of(headings)

    def resolve(self, phrase: str) -> Subject | None:
        """Return the subject a phrase names here, None where it names none of its own."""
        parent = self.paragraph.opened[-1] if self.paragraph.opened else None
        is_economic = parent is not None and parent.subject.line_code.startswith("economic.")
        subject = self._resolver.resolve(phrase, self.paragraph.scope, self.paragraph.headings, is_economic)
        if subject is None:
            return None
        if subject.kind == "functional" and self._is_listing_items():
            item = self._resolver.resolve(phrase, self.paragraph.scope, self.paragraph.headings, True)
            subject = item if item is not None and item.kind == "economic" else subject
        if subject.line_code == "economic.item" and self._is_listing_classes(parent):
            subject = self._resolver.as_class(subject, self.paragraph.scope)
        if self._may_be_of_fund(subject):
            return Subject("other", subject.text)
        if parent is not None and subject.kind == "other":
            subject = self._short_name(subject, parent)
        if self.is_plan and subject.kind in _PLANNED:
            current = self.paragraph.current
            if (
                current is not None
                and current.subject.kind == "three_public"
                and subject.line_code == "vehicles.total"
            ):
                return Subject("three_public", subject.text, "", "three_public.vehicle_purchase", "count")
            return Subject(_PLANNED[subject.kind], subject.text, "", subject.line_code, subject.measure)
        within = _within(subject, parent.subject) if parent is not None else None
        return within or self._as_part(subject, parent)

    def _is_listing_items(self) -> bool:
        """Tell whether the items last named are economic ones (基本工资…、住房公积金…)."""
        current = self.paragraph.current
        return current is not None and current.subject.line_code == "economic.item"

    def _is_listing_classes(self, parent: Context | None) -> bool:
        """Tell whether the items last named are classes (工资福利支出…、商品和服务支出…), not items of one."""
        current = self.paragraph.current
        is_within = parent is not None and parent.subject.line_code == "economic.class"
        return current is not None and current.subject.line_code == "economic.class" and not is_within

    def _short_name(self, subject: Subject, parent: Context) -> Subject:
        """Return what a short name means among the parts of a whole (购置费 of the vehicles)."""
        for line, pattern in words().part_names.get(parent.subject.line_code, {}).items():
            if pattern.fullmatch(subject.text):
                return replace(
                    parent.subject, text=subject.text, line_code=line, measure=parent.subject.measure
                )
        if _line(parent.subject) in _TOTALS_OF_EXPENDITURE:  # 按功能分类：教育10万元
            named = self._resolver.resolve(
                f"{subject.text}支出", self.paragraph.scope, self.paragraph.headings
            )
            return replace(named, text=subject.text) if named and named.kind == "functional" else subject
        return subject

    def _may_be_of_fund(self, subject: Subject) -> bool:
        """Tell whether a bare 本年支出 stands behind a fund: it is that fund's or all, and held against neither."""
        current = self.paragraph.current
        if subject.text not in _OF_WHAT_WAS_NAMED or current is None:
            return False
        is_of_fund = (
            current.subject.statement_code in _STATEMENTS_OF_ONE_FUND
            or current.subject.fund in words().named_funds
        )
        return is_of_fund and subject.statement_code not in _STATEMENTS_OF_ONE_FUND

    def _as_part(self, subject: Subject, parent: Context | None) -> Subject:
        """Return what a name means where it is told as a part of something else than the accounts it is a line of.

        Of a purchase or a project the part paid from 一般公共预算 is not that fund's total; of the expenditure of a
        fund the 基本支出 is that fund's.
        """
        if subject.line_code in _SHARES_OF_BASIC and self._is_of_all_funds(parent):
            return replace(subject, statement_code="")
        is_line = subject.line_code.startswith(("revenue.", "expenditure.", "functional.")) or (
            subject.statement_code in {"T01", "BT01"}
        )
        if subject.kind != "statement_line" or not is_line:
            return subject
        kind = parent.subject.kind if parent is not None else ""
        if kind in _ELSEWHERE or self.paragraph.scope in words().foreign_scopes:
            return Subject("other", subject.text)
        if parent is None or subject.measure not in {"basic", "project"}:
            return subject
        whole = parent.subject
        if whole.kind == "functional":
            return replace(whole, measure=subject.measure)  # 教育支出5万元，其中：基本支出3万元
        if whole.kind in {"other", "economic"}:
            return Subject("other", subject.text)
        if subject.fund not in {"", "all"}:
            return subject
        if whole.line_code == "functional.total" and whole.fund:
            return replace(subject, statement_code=whole.statement_code, fund=whole.fund)
        if whole.fund == "fiscal_appropriation":
            statement = "BT15" if subject.statement_code.startswith("BT") else ""
            return replace(subject, statement_code=statement, fund=whole.fund)
        return subject

    def _is_of_all_funds(self, parent: Context | None) -> bool:
        """Tell whether the parts of 基本支出 are told of all funds here, while their statement is of one fund."""
        scopes = {self.paragraph.scope} | ({parent.subject.statement_code} if parent is not None else set())
        return not scopes.isdisjoint(_STATEMENTS_OF_EXPENDITURE)

    def told_side(self, phrase: str) -> Context | None:
        """Return what a bare 收入 or 支出 is behind 收入总计…，支出总计…: the one total told of it in this paragraph."""
        lines = words().sides.get(phrase, ())
        told = [c for c in self.paragraph.by_subject.values() if _line(c.subject) in lines]
        return told[0] if len(told) == 1 else None

    def known(self, phrase: str) -> Subject | None:
        """Return the subject a phrase names where it is one we know."""
        subject = self.resolve(phrase)
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

    def note_subject(self, phrase: str) -> None:
        """Turn to the subject a phrase names, if it names one we know."""
        subject = self.resolve(phrase) if len(phrase) > 1 else None
        if subject is not None and subject.kind != "other":
            self.paragraph.current = self.context(subject, is_aside=False, may_reuse=True)

    def turn_to_heading(self) -> Context | None:
        """Turn to the subject that the innermost telling heading names."""
        for heading in reversed(self.paragraph.headings):
            numbering = numbering_of(heading)
            title = _TITLE_TAIL.sub("", heading)
            subject = self._resolver.resolve(
                title[numbering[1] if numbering else 0 :].replace("（", "(").replace("）", ")"),
                self.paragraph.scope,
                self.paragraph.headings,
            )
            if subject is not None:
                return self.context(subject, is_aside=False)
        return None

    def turn_to_total(self, phrase: str) -> Context | None:
        """Turn to the total of the section's statement where a phrase says 收入 or 支出 and nothing else."""
        word, name = words().scope_totals.get(self.paragraph.scope, ("", ""))
        if not word or word not in phrase:
            return None
        subject = self._resolver.resolve(name, self.paragraph.scope, self.paragraph.headings)
        return self.context(subject, is_aside=False) if subject is not None else None

    def context(
        self, subject: Subject, is_aside: bool, may_reuse: bool = False, is_amount: bool = False
    ) -> Context:
        """Return the paragraph's context of a subject, a new one where it was not spoken of yet.

        An aside (a number in a reason) does not become what is spoken of. ``may_reuse`` takes up a context of an
        earlier paragraph of the section, for what only makes sense about an amount already given.
        """
        state = self.paragraph
        known = state.by_subject.get(subject.key)
        if is_amount and known is not None and state.opened and known not in state.opened:
            # 其他收入 under 收入 and again under 支出: two wholes, two contexts
            known = known if known.parent is state.opened[-1] or known.parent is None else None
        if known is None and may_reuse:
            known = self._earlier_context(subject)
        if known is None:
            known = Context(len(self.contexts) + 1, subject, state.section, self._parent_of(subject))
            self.contexts.append(known)
        if not is_aside:
            state.by_subject[subject.key] = known
            state.current = known
            state.main = state.main or known
            self._pair(known, subject)
        return known

    def _pair(self, known: Context, subject: Subject) -> None:
        """Let what is said of 收、支总计 be said of both, until one of them is named alone."""
        self.paragraph.twins.pop(known.number, None)
        line = words().pairs.get(subject.line_code)
        if subject.is_both and line:
            other = replace(subject, line_code=line, is_both=False)
            self.paragraph.twins[known.number] = self.context_beside(other)

    def context_beside(self, subject: Subject) -> Context:
        """Return the paragraph's context of a subject without turning to it."""
        state = self.paragraph
        known = state.by_subject.get(subject.key) or self._earlier_context(subject)
        if known is None:
            known = Context(len(self.contexts) + 1, subject, state.section, self._parent_of(subject))
            self.contexts.append(known)
        state.by_subject[subject.key] = known
        return known

    def _earlier_context(self, subject: Subject) -> Context | None:
        for context in reversed(self.contexts[-_LOOK_BACK:]):
            if context.subject.key == subject.key and _are_near(context.section, self.paragraph.section):
                return context
        return None

    def _parent_of(self, subject: Subject) -> Context | None:
        state = self.paragraph
        if self._continues_list(subject):
            return state.faded
        if state.opened and state.opened[-1].subject.kind in _CLOSED_KINDS - {subject.kind}:
            state.opened.clear()  # 单价100万元以上设备 behind the kinds of vehicles is no vehicle
        listed = state.opened[-1] if state.opened else state.outer
        if listed is not None and _is_revenue(listed.subject) and _is_all_expenditure(subject):
            state.opened.clear()  # 收入总计…，其中：…；支出总计…
            return None
        return (
            (self._closer_whole(subject, listed) if listed else None) or listed or self._usual_whole(subject)
        )

    def _closer_whole(self, subject: Subject, listed: Context) -> Context | None:
        """Return the whole a part belongs to where that was told as a part of ``listed`` before it.

        三公经费…，其中：公务用车购置及运行费…；其中：公务用车购置费…；公务用车运行费…: of the vehicles, not of the total.
        """
        for whole in words().part_of.get(f"{subject.line_code}/{subject.measure}", ()):
            if whole == _line(listed.subject):
                return None
            for context in reversed(self.contexts[-_LOOK_BACK:]):
                if context.parent is listed and _line(context.subject) == whole:
                    return context
        return None

    def _continues_list(self, subject: Subject) -> bool:
        """Tell whether a paragraph goes on with the parts of a whole that the one before it began to list."""
        state = self.paragraph
        if state.opened or state.faded is None or subject.kind not in {"functional", "economic"}:
            return False
        last = next((c for c in reversed(self.contexts[-_LOOK_BACK:]) if c.parent is state.faded), None)
        return last is not None and last.subject.line_code == subject.line_code

    def _usual_whole(self, subject: Subject) -> Context | None:
        """Return the whole that subjects of this line belong to, where the section spoke of it before."""
        for whole in words().part_of.get(f"{subject.line_code}/{subject.measure}", ()):
            for context in reversed(self.contexts[-_LOOK_BACK:]):
                if _line(context.subject) == whole and _are_near(context.section, self.paragraph.section):
                    return context
        return None

    def whole(self, phrase: str, part: Context | None) -> Context | None:
        """Return the context a share is of: the one named, else what the part is a part of."""
        subject = self._whole_named(phrase) if phrase else None
        if subject is None or subject.kind == "other":
            return self._unnamed_whole(part)
        own = part.parent if part is not None else None
        if own is not None and _line(own.subject) == _line(subject) and own.subject.kind == subject.kind:
            return own  # 一般公共预算基本支出…，其中：人员经费…，占基本支出的…
        for context in reversed(self.contexts[-_FAR_BACK:]):
            if context.subject.key == subject.key and context is not part:
                return context
        for line in words().same_whole.get(_line(subject), ()):
            for context in reversed(self.contexts[-_LOOK_BACK:]):
                if (
                    context is not part
                    and _line(context.subject) == line
                    and context.subject.fund in {"", "all", subject.fund}
                ):
                    return context
        return None

    def _whole_named(self, phrase: str) -> Subject | None:
        """Return the whole a share names: also a line of the accounts in a section about something else."""
        found = self.resolve(phrase)
        if found is None or found.kind != "other":
            return found
        return self._resolver.resolve(phrase, self.paragraph.scope, self.paragraph.headings)

    def _unnamed_whole(self, part: Context | None) -> Context | None:
        if part is None:
            return None
        if part.parent is None and self.paragraph.faded is not part:
            part.parent = self.paragraph.faded
        main = self.paragraph.main
        is_sibling = main is not None and _are_siblings(main.subject, part.subject)
        return part.parent or (None if is_sibling else main)  # one class of expenditure is no part of another


def _line(subject: Subject) -> str:
    return f"{subject.line_code}/{subject.measure}"


def _is_revenue(subject: Subject) -> bool:
    is_line = subject.line_code.startswith("revenue.") or subject.measure == "revenue"
    return is_line or subject.statement_code in _STATEMENTS_OF_REVENUE


def _is_all_expenditure(subject: Subject) -> bool:
    """Tell whether a subject is all expenditure, of the unit or of a fund, which is no part of any revenue."""
    is_functional = subject.line_code == "functional.total" and subject.measure == "total"
    is_of_revenue = subject.statement_code in {"", *_STATEMENTS_OF_REVENUE}
    return _line(subject) in _ACCOUNTS_OF_EXPENDITURE or (is_functional and not is_of_revenue)


def _within(subject: Subject, whole: Subject) -> Subject | None:
    """Return what a name means among the parts of a class or of one fund's revenue; None where it keeps its meaning.

    一般公共预算拨款收入…，其中：本年收入…，上年结转收入…: of that fund, which the statements print for 财政拨款 only.
    """
    is_class = len(subject.functional_code) == 3 and not subject.text.endswith("支出")
    if (
        is_class and whole.kind == "functional"
    ):  # 社会保障和就业支出…，其中：社会保险基金…: its name by chance
        return Subject("other", subject.text)
    if (
        subject.fund != "all"
        or whole.kind != "statement_line"
        or not whole.line_code.startswith("revenue.")
        or whole.fund in {"", "all"}
    ):
        return None
    if whole.line_code == "revenue.total" and whole.fund == "fiscal_appropriation":
        return replace(subject, statement_code=whole.statement_code, fund=whole.fund)
    return Subject("other", subject.text)


def _are_siblings(one: Subject, other: Subject) -> bool:
    """Tell whether two subjects stand beside each other: lines of the accounts of which neither is a total."""
    if _line(one) == _line(other):
        return True
    is_total = one.line_code.endswith(("total", "subtotal")) and one.measure in {"total", "revenue"}
    return one.kind == other.kind == "statement_line" and not is_total


def _are_near(one: str, other: str) -> bool:
    """Tell whether two sections share their chapter and first heading, or the later is of a chapter's text before any."""
    return one.split(" / ")[:2] == other.split(" / ")[:2] or other.startswith(f"{one} / " if one else "")
