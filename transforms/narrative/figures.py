"""What one number says: amount, change, growth, share, completion, count or score, and on which basis."""

from __future__ import annotations

import re
from dataclasses import dataclass

from transforms.narrative.comparison import Comparison
from transforms.narrative.tokens import Token, money_unit
from transforms.narrative.words import words

_YEAR = re.compile(r"(?:19|20)\d\d(?=年|初|度)")
_TOLD_YEAR = re.compile(
    r"(?<![较比与同于和])(?:(?:是|为|因|由于)?(?:上年|去年)(?!年?初)|(?P<year>20\d\d)(?=年))"
)
_PRIOR_AMOUNT = re.compile(
    r"(?:年度?|同期)(?:当年|全年)?(?:为|是)?(?:$|[^，]{0,16}(?:预算|决算|执行|支出|收入|安排|总[计额]|合计|实际))"
)
_NEAR = 14  # characters before a number that say whether it was planned or spent
#: What is held on a day is no budget and no accounts of the year before.
_HELD = re.compile(r"结转|结余|资产")
_COMPARED_AMOUNT_TAIL = re.compile(r"(?:数|为|是|的|额|总额|合计)+$")


@dataclass(slots=True)
class Figure:
    """A number's metric and basis, and the phrase that names its subject (empty: the one spoken of)."""

    metric: str
    phrase: str
    basis: str = "none"
    reference_year: int | None = None
    subject_year: int | None = None
    direction: str | None = None
    whole: str = ""
    comparison: Comparison | None = None  # a comparison opened by this number's own words
    is_compared: bool = True  # a change or growth says, here or before, what it is compared with
    compared_phrase: str = ""  # what stands behind the year compared with (``比2022年度公务接待费``)


class FigureReader:
    """Reads figures for one document."""

    def __init__(self, doc_kind: str, fiscal_year: int | None) -> None:
        """``fiscal_year`` may be unknown; 上年 then has no year."""
        self._is_final = doc_kind == "final_accounts"
        self._fiscal_year = fiscal_year
        self._default_basis = "prior_year_final" if self._is_final else "prior_budget"

    def read(self, clause: str, token: Token, comparison: Comparison | None) -> Figure:
        """Return what ``token`` says at the end of ``clause``; ``comparison`` is the one in force."""
        if token.unit == "%" and (found := self._percentage(clause)):
            return found
        change = words().change_end.search(clause)
        if change and (clause or token.unit):
            return self._change(clause, change, token, comparison)
        if money_unit(token.unit):
            if match := words().difference.search(clause):
                used = comparison or self.default_comparison()
                return Figure(
                    "change",
                    clause[: match.start()],
                    used.basis,
                    used.year,
                    is_compared=comparison is not None,
                )
            return self._amount(clause)
        if token.unit == "%":
            return Figure("ratio", clause)
        if token.unit is None:
            return self._bare(clause)
        if token.unit == "分":
            return Figure("score", words().score.sub("", clause))
        return Figure("count", clause, subject_year=year_in(clause))

    def compared_with(self, text: str) -> Comparison | None:
        """Return the comparison a clause such as ``与上年相比`` or ``较2022年决算`` opens."""
        match = words().compare.search(text)
        return self._comparison(match["what"] or "") if match else None

    def named_year(self, what: str) -> Comparison:
        """Return the comparison with what ``上年决算`` or ``2023年度预算`` names."""
        return self._comparison(what)

    def before_comparison(self, text: str) -> str:
        """Return what stands before the words of comparison (``收、支与2023年度相比``)."""
        match = words().compare.search(text)
        return text[: match.start()] if match else ""

    def take_earlier(self, figure: Figure, year: int, clause: str) -> None:
        """Read an amount as an earlier year's where the sentence began with that year and says 决算 or 预算."""
        told = f"{year}年{clause[-_NEAR:]}"
        if self.is_earlier(year) and self._is_prior(told, year):
            used = self._comparison(told)
            figure.basis, figure.reference_year, figure.subject_year = used.basis, used.year, year

    def is_earlier(self, year: int) -> bool:
        """Tell whether a year lies before the document's own."""
        return self._fiscal_year is not None and year < self._fiscal_year

    def speaks_of_earlier_year(self, text: str) -> bool:
        """Tell whether a text tells what was in an earlier year (not: is compared with it)."""
        return any(
            match["year"] is None or self.is_earlier(int(match["year"]))
            for match in _TOLD_YEAR.finditer(text)
        )

    def year_of_accounts(self, heading: str) -> int | None:
        """Return the earlier year whose accounts a heading of a budget announces, None where it does not."""
        year = year_in(heading)
        if self._is_final or year is None or not self.is_earlier(year):
            return None
        return year if "决算" in heading or "执行情况" in heading else None

    def default_comparison(self) -> Comparison:
        """Return what is meant where a document says 增加 without saying than what."""
        return Comparison(self._default_basis, None)

    def _percentage(self, clause: str) -> Figure | None:
        match = words().share.search(clause) or words().share_of_total.search(clause)
        if match:
            whole = match["whole"].removeprefix("占")
            return Figure("share", clause[: match.start()], "whole", whole=whole)
        match = words().completion.search(clause)
        if match:
            return Figure("completion", clause[: match.start()], self._budget_named(clause[match.start() :]))
        return None

    def _budget_named(self, text: str) -> str:
        for word in words().basis:
            if not word.is_prior and word.pattern.search(text):
                return word.basis
        return "budget"

    def _change(
        self, clause: str, change: re.Match[str], token: Token, comparison: Comparison | None
    ) -> Figure:
        before = clause[: change.start()]
        match = words().compare.search(before)
        own = self._comparison(match["what"] or "") if match else None
        used = own or comparison or Comparison(self._default_basis, None)
        phrase = before[: match.start()] if match else before
        return Figure(
            "growth" if token.unit == "%" else "change",
            phrase,
            used.basis,
            used.year,
            year_in(phrase),
            "increase" if change["increase"] else "decrease",
            comparison=own,
            is_compared=used is own or used is comparison,
            compared_phrase=behind_prior(match["what"] or "") if match else "",
        )

    def _comparison(self, what: str) -> Comparison:
        if not what and self._fiscal_year is not None:
            return Comparison(self._default_basis, self._fiscal_year - 1)  # 同比, 对比: with the year before
        year = year_in(what)
        is_own = year is None and not words().prior_year.search(what)
        if year is None and not is_own and self._fiscal_year is not None:
            year = self._fiscal_year - 1
        if self._is_final and year is not None and year == self._fiscal_year and "预算" in what:
            is_own = "执行" not in what  # 与2024年度预算相比: accounts held against their own budget
        for word in words().basis:
            if word.is_prior != is_own and word.pattern.search(what):
                return Comparison(word.basis, None if is_own else year)
        return Comparison(self._default_basis, year)

    def _amount(self, clause: str) -> Figure:
        if self._is_final and (found := self._over_budget(clause)):
            return found
        compared = words().compare.search(_COMPARED_AMOUNT_TAIL.sub("", clause))
        if compared:
            used = self._comparison(compared["what"] or "")
            return Figure("amount", clause[: compared.start()], used.basis, used.year, comparison=used)
        year = year_in(clause)
        if self._is_prior(clause, year):
            used = self._comparison(clause)
            return Figure("amount", clause, used.basis, used.year, year)
        if self._is_final and (budget := words().own_budget_end.search(clause)):
            return Figure(
                "amount", clause[: budget.start()], self._budget_named(budget[0]), subject_year=year
            )
        return Figure("amount", clause, subject_year=year)

    def _over_budget(self, clause: str) -> Figure | None:
        """Read ``决算数大于预算数55.93万元``: by how much accounts and budget differ."""
        match = words().comparison_end.search(clause)
        if match is None:
            return None
        direction = "increase" if words().greater.search(match[0]) else "decrease"
        basis = self._budget_named(match[0])
        return Figure("change", clause[: match.start()], basis, None, None, direction)

    def _is_prior(self, clause: str, year: int | None) -> bool:
        """Tell whether an amount is last year's: 上年 or an earlier year, and a word for what was planned or spent."""
        if not _PRIOR_AMOUNT.search(clause) or _HELD.search(clause):
            return False
        if words().prior_year.search(clause):
            return True
        return year is not None and self._fiscal_year is not None and year < self._fiscal_year

    def _bare(self, clause: str) -> Figure:
        """A number without a unit: an amount or percentage whose unit was forgotten, or nothing we know."""
        if words().compare.search(_COMPARED_AMOUNT_TAIL.sub("", clause)):
            return self._amount(clause)
        if (found := self._percentage(clause)) is not None:
            return found
        return Figure("unknown", clause)


def behind_prior(what: str) -> str:
    """Return what a comparison names behind its year (``2022年度公务接待费决算数``), "" where nothing."""
    match = words().prior_head.match(what)
    return what[match.end() :] if match else ""


def year_in(text: str) -> int | None:
    """Return the first year printed in a text, None where there is none."""
    match = _YEAR.search(text)
    return int(match[0]) if match else None
