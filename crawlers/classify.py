"""What a link's words say: is it a unit's disclosure, of which unit, year and kind.

This is a sieve for links only: what a document is, it says itself, and transforms read it there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from crawlers.text import fold
from crawlers.vocabulary import vocabulary


class Content(StrEnum):
    """Which part of a publication a title announces."""

    FULL = "full"
    OFFICIAL_VISITS = "official_visits"
    PERFORMANCE = "performance"


@dataclass(frozen=True, slots=True)
class Announcement:
    """What a title announces. Any of unit, year and kind may be missing; never guessed."""

    title: str
    unit: str | None
    year: int | None
    kind: str | None  # budget | final_accounts; None where both or neither is named
    content: Content = Content.FULL


_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?:年度|年(?!\d)|(?!\d))(?:上半年|下半年|第?[一二三四1-4]季度)?")
_CHINESE_YEAR = re.compile(
    r"(?<![〇○零一二三四五六七八九])([二一][〇○零O九][〇○零O一二三四五六七八九]{2})年度?"
)
_CHINESE_DIGITS = str.maketrans("〇○零O一二三四五六七八九", "00001" + "23456789")
_SUFFIX = re.compile(r"\.(pdf|docx?|xlsx?|zip|rar|7z|wps|et|ofd)$", re.I)
_NUMBERING = re.compile(r"^(?:\d{1,4}[-_.、．]\s*)?(?:\d{3,12}[-_.、\s]\s*)?")
_CORE = re.compile(
    r"(一般公共预算|财政拨款|部门整体|整体支出|财务|财政|本级|[\"“]?三公[\"”]?)*"
    r"(预[、和及与/]?决算|预算|决算|[\"“]?三公[\"”]?|绩效|重点绩效)"
)
_ACCOUNTS = re.compile(r"(预算|决算)(信息|情况)?(公开|情况|说明|报告|及|和|、|$)")
_BARE_YEAR = re.compile(r"^(?:(?:19|20)\d{2}|[二一][〇○零O九][〇○零O一二三四五六七八九]{2})年?度?$")
_ORDER_DATE = re.compile(r"(?<!\d)(?:19|20)\d{2}[-./年]\d{1,2}[-./月]\d{1,2}日?(?!\d)")


def compact(text: str) -> str:
    """Return text as the vocabulary is written: folded, without any white space, in simplified characters."""
    return fold(text).replace(" ", "").translate(vocabulary().traditional)


def announcement(text: str, context: Announcement | None = None) -> Announcement | None:
    """Return what a title announces, or None where it is no unit's disclosure.

    ``context`` is what the page or heading around the link announces: it lends year and kind to a title that
    only names a unit, and the unit to one that only names year and kind.
    """
    words = vocabulary()
    title, is_file = _SUFFIX.subn("", compact(text))
    if not title or _is_excluded(title) or (not is_file and words.sections.search(title)):
        return None
    speaks = _speaks(title)
    if not speaks:
        return _named_only(title, context)
    year = _year(title) or (context.year if context else None)
    kind = _kind(title) or (context.kind if context and not words.both_kinds.search(title) else None)
    unit = _unit(title)
    if year is None and not (unit and words.organisations.search(unit) and words.own_marks.search(title)):
        return None
    if unit and words.area_names.search(unit) and not words.own_marks.search(title):
        return None
    return Announcement(fold(text), _fuller(unit, context), year, kind, _content(title))


def _fuller(unit: str | None, context: Announcement | None) -> str | None:
    """The unit a title names, or the context's where the title names none or the same one in short."""
    if context is None or context.unit is None:
        return unit
    if unit is None or context.unit.endswith(unit) or not vocabulary().organisations.search(unit):
        return context.unit
    return unit


def heading(text: str) -> Announcement | None:
    """Return what a heading or page title says for the links below it: at least a kind, usually a year."""
    title = compact(text)
    if not title or not _speaks(title) or _is_excluded(title):
        return None
    kind = _kind(title)
    year = _year(title)
    if kind is None and year is None:
        return None
    unit = _unit(title)
    if unit and (vocabulary().area_names.search(unit) or not vocabulary().organisations.search(unit)):
        unit = None
    return Announcement(fold(text), unit, year, kind, _content(title))


def organisation(title: str) -> str | None:
    """Return the name of the organisation that words without white space hold, None where they hold none."""
    unit = _unit(title)
    return unit if unit and vocabulary().organisations.search(unit) else None


def column_year(text: str) -> int | None:
    """Return the year of a link that shows nothing else: a column's years."""
    title = compact(text)
    return _year(title) if _BARE_YEAR.match(title) else None


def speaks_of_disclosures(text: str) -> bool:
    """Say whether words name budgets or final accounts at all."""
    return _speaks(compact(text))


def is_without_words(text: str) -> bool:
    """Say whether a link's words say nothing of what it leads to (下载, 查看, 附件)."""
    words = vocabulary()
    title = compact(text)
    return bool(words.empty_texts.search(title) or words.attachment_texts.search(title))


def is_section(text: str) -> bool:
    """Say whether a link leads to a column of disclosures rather than to one."""
    return bool(vocabulary().sections.search(compact(text)))


def _is_excluded(title: str) -> bool:
    words = vocabulary()
    if words.exclusions.search(title):
        return True
    return bool(words.soft_exclusions.search(title)) and not words.plain_forms.search(title)


def _speaks(title: str) -> bool:
    words = vocabulary()
    return any(
        expression.search(title)
        for expression in (*words.kinds.values(), words.official_visits, words.performance)
    )


def _named_only(title: str, context: Announcement | None) -> Announcement | None:
    """A bare name of a unit under a heading that says the rest and names no unit itself."""
    if context is None or context.kind is None or context.unit is not None:
        return None
    year = _year(title) or context.year
    name = _unit(title)
    if year is None or not name or len(name) > 60 or not vocabulary().organisations.search(name):
        return None
    return Announcement(title, _fuller(name, context), year, context.kind, context.content)


def _content(title: str) -> Content:
    words = vocabulary()
    without = words.performance.sub("", title)
    if words.performance.search(title) and not _ACCOUNTS.search(without):
        return Content.PERFORMANCE
    without = words.official_visits.sub("", title)
    is_visits_only = words.official_visits.search(title) and not re.search(r"(部门|单位)(预算|决算)", without)
    return Content.OFFICIAL_VISITS if is_visits_only else Content.FULL


def _kind(title: str) -> str | None:
    words = vocabulary()
    if words.both_kinds.search(title):
        return None
    plain = re.sub(r"(一般公共|政府性基金|国有资本经营|财政)预算(财政拨款)?(?=.*(决算|三公|支出))", "", title)
    plain = words.performance.sub("", plain) if "预算绩效" in plain else plain
    found = [kind for kind, expression in words.kinds.items() if expression.search(plain)]
    if len(found) == 1:
        return found[0]
    if found:
        return None
    by_performance = [kind for kind, expression in words.performance_kind.items() if expression.search(title)]
    return by_performance[0] if len(by_performance) == 1 else None


def _year(title: str) -> int | None:
    """The year the title is about: the only one named, or the one that stands with the kind."""
    plain = _ORDER_DATE.sub("", title)
    years = [int(match[1]) for match in _YEAR.finditer(plain)]
    for match in _CHINESE_YEAR.finditer(plain):
        years.append(int(match[1].translate(_CHINESE_DIGITS)))
    return years[0] if len(set(years)) == 1 else None


def _unit(title: str) -> str | None:
    words = vocabulary()
    rest = _NUMBERING.sub("", _ORDER_DATE.sub("", title))
    rest = re.sub(r"^[【\[][^】\]]{1,12}[】\]]", "", rest)
    rest = _CHINESE_YEAR.sub("", _YEAR.sub("", rest))
    rest = words.unit_heads.sub("", rest)
    core = _CORE.search(rest)
    if core:
        rest = rest[: core.start()]
    name = _trim(_last_organisation(_trim(rest)))
    return name if len(name) > 1 else None


def _last_organisation(name: str) -> str:
    """File names put a column or an attachment's number before the unit: ``公安局_附件1：某市公安局文职中心``."""
    parts = [part for part in re.split(r"[_:：]", name) if part]
    organisations = [part for part in parts if vocabulary().organisations.search(part)]
    return organisations[-1] if len(parts) > 1 and organisations else name


def _trim(name: str) -> str:
    words = vocabulary()
    while True:
        shorter = words.unit_tails.sub("", words.unit_heads.sub("", name)).strip("-—_·、:()（）《》")
        if shorter.count("(") < shorter.count(")"):
            shorter = shorter.rstrip(")")
        if "(" in shorter and ")" not in shorter[shorter.rindex("(") :]:
            shorter += ")"
        if shorter == name or not shorter:
            return shorter
        name = shorter
