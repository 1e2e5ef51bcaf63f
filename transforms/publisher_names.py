"""Names of public bodies in a document's captions, cover, forms and sentences, weighed against each other."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

_CAPTION_NAME = re.compile(
    r"(?:^|[^一-鿿])(?P<lead>(?:编制|填报|预算|公开|申报|主管)*)(?:部门|单位)(?:[(（/](?:部门|单位)[)）]?)?(?:名称)?[:：]"
    r"(?P<name>[^:：]{2,60})"
)
_NOT_NAME = re.compile(
    r"(?:元|万元|亿元|%|(?:\d|^)[人个辆张台]|平方米)$|^[(（]?(?:亿|百?万|千|百)?元|金额|单位$|人民币"
)
_AFTER_NAME = re.compile(
    r"(?:[(（]?(?:20\d\d|二[〇○零].{2})年.*|[(（]?(?:金额)?单位[:：].*|.位$|公开\d+表.*|金额单位.*|预算\d+表.*|(?:财|公开|附)?表\d+.*)$"
)
_COVER_TITLE = re.compile(
    r"^(?P<head>.{0,40}?)(?P<year>20\d\d|二[〇○零][一二三四五六七八九〇○零]{2})年(?:度)?(?P<tail>.{0,60}?)"
    r"(?P<scope>部门|单位|预算单位)?(?:综合)?(?P<kind>预算|决算)"
)
_ORGANISATION = re.compile(
    r"(?:局|委员会|委|中心|办公室|办公厅|办|站|所|院|校|学|馆|队|部|厅|处|会|团|署|政府|街道|台|社|公司|集团|园|园区|开发区|场|监狱|库|机关|兵团|师)"
    r"(?:[(（][一-鿿、]{2,40}[)）])?$"  # 本级, 汇总, or a second name of the same body
)
_PLACEHOLDER = re.compile(r"[X×xXＸ]{2,}|[*＊]{2,}|〇{2,}|_{3,}|（单位名称）|\(部门名称\)|某某|XX")
_SELF = re.compile(
    r"(?:从预算单位构成看|纳入|从单位构成看)[，,]?(?P<name>[^，,。]{3,40}?)(?:20\d\d年|年度|部门|单位)?(?:部门|单位)?(?:预算|决算)(?:包括|编制)"
)
_SUBJECT = re.compile(
    r"(?:^|[，,。：:])(?P<name>[一-鿿()（）]{4,30}?)(?:20\d\d)年(?:度)?(?:部门|单位)?"
    r"(?:收入|支出|收支|预算|决算|财政拨款|一般公共|机关运行|三公|政府采购)"
)
_CODE_PREFIX = re.compile(r"^[\[(（【]?\d{3,9}[\])）】]?[-—_]?")


@dataclass(slots=True)
class Texts:
    """The texts identity is read from, with their pages."""

    cover: list[tuple[int, str]]  # lines of the first page with text, top first
    opening: list[tuple[int, str]]  # lines of the first pages
    captions: list[tuple[int, str]]  # caption lines of tables and lines beside them
    notes: list[tuple[int, str]]  # lines below tables
    forms: list[tuple[int, str, str]]  # (page, label, text) pairs of form cells
    sentences: list[tuple[int, str]]


@dataclass(slots=True)
class NameVote:
    """What the names of a document say: votes, where each was read, and how much is left to fill in."""

    votes: Counter[str] = field(default_factory=Counter)
    where: dict[str, tuple[int, str]] = field(default_factory=dict)
    placeholder_count: int = 0
    caption_names: set[str] = field(default_factory=set)

    def add(self, found: list[tuple[int, str]], weight: int, is_caption: bool = False) -> None:
        """Count names with the weight of the place where they stand."""
        for page, name in found:
            if _PLACEHOLDER.search(name):
                self.placeholder_count += 1
                continue
            self.votes[name] += weight
            self.where.setdefault(name, (page, name))
            if is_caption:
                self.caption_names.add(without_remark(name))

    def winner(self) -> str | None:
        """Return the name with most votes; a name gains those of the same name with （本级） and the like."""
        if not self.votes:
            return None
        merged = {
            name: count
            + sum(n for longer, n in self.votes.items() if longer != name and without_remark(longer) == name)
            for name, count in self.votes.items()
        }
        return min(merged, key=lambda name: (-merged[name], name))


def vote_on_names(texts: Texts) -> NameVote:
    """Weigh all names of a document. 主管部门 on the cover only counts where no unit is named anywhere."""
    vote = NameVote()
    vote.add(_caption_names(texts.captions), 10, is_caption=True)
    vote.add(_cover_names(texts), 12)
    vote.add(_caption_names(texts.opening), 8)
    vote.add(_form_names(texts), 2)
    vote.add(_sentence_names(texts), 1)
    if not vote.votes:
        vote.add(_superior_names(texts.opening), 1)
    return vote


def placeholders_in(lines: list[tuple[int, str]]) -> int:
    """Return how many lines hold a blank to be filled in (XX局)."""
    return sum(bool(_PLACEHOLDER.search(text)) for _, text in lines)


def without_remark(name: str) -> str:
    """Drop （本级）, （汇总） and the like from the end of a name."""
    return re.sub(r"[(（](?:本级|汇总|机关|部门|本部)[)）]$", "", name)


def tidy_name(name: str) -> str | None:
    """Return a captured name without codes, dates and units; None where it is no name."""
    name = re.sub(r"[(（]?(?:金额)?单位$|[(（]$", "", _AFTER_NAME.sub("", name))
    name = re.sub(r"^[^:：]{0,8}[:：]", "", name)
    name = _CODE_PREFIX.sub("", name).strip("：:，,。.、-—_·")
    if (
        len(name) < 3
        or len(name) > 40
        or _NOT_NAME.search(name)
        or re.search(r"[。；]|情况|说明|预算表|决算表", name)
    ):
        return None
    return name


def _caption_names(lines: list[tuple[int, str]]) -> list[tuple[int, str]]:
    found = []
    for page, text in lines:
        for match in _CAPTION_NAME.finditer(text):
            if "主管" not in match["lead"] and (name := tidy_name(match["name"])):
                found.append((page, name))
    return found


def _superior_names(lines: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Return the names after 主管部门： on cover and captions: the publisher's where no unit is named."""
    found = []
    for page, text in lines:
        for match in _CAPTION_NAME.finditer(text):
            if "主管" in match["lead"] and (name := tidy_name(match["name"])):
                found.append((page, name))
    return found


def _form_names(texts: Texts) -> list[tuple[int, str]]:
    return [
        (page, name)
        for page, _, value in texts.forms
        if (name := tidy_name(value)) and _ORGANISATION.search(name)
    ]


def _cover_names(texts: Texts) -> list[tuple[int, str]]:
    """Return the names around ``2024年度部门决算`` on the cover, whichever line they stand on."""
    found: list[tuple[int, str]] = []
    lines = [(page, text) for page, text in texts.cover if text][:12]
    whole = "".join(text for _, text in lines)
    page = lines[0][0] if lines else 1
    for candidate in (*[text for _, text in lines], whole):
        match = _COVER_TITLE.search(candidate)
        if not match:
            continue
        for piece in (match["head"], match["tail"]):
            name = tidy_name(re.sub(r"(?:部门|单位|预算单位)$", "", piece))
            if name and _ORGANISATION.search(name):
                found.append((page, name))
    if not found:
        named = [(page, tidy_name(text)) for page, text in lines[:3] if "主管" not in text]
        found = [(page, name) for page, name in named if name and _ORGANISATION.search(name)]
    for page, text in texts.opening:
        match = re.search(
            r"第.部分[、.．]?(?P<name>[一-鿿（）()]{4,30}?)(?:20\d\d)?(?:年度?)?(?:概况|部门概况|基本情况|部门决算表|部门预算表)",
            text,
        )
        if match and (name := tidy_name(match["name"])) and _ORGANISATION.search(name):
            found.append((page, name))
    return found


def _sentence_names(texts: Texts) -> list[tuple[int, str]]:
    found = []
    for page, text in texts.sentences:
        for pattern in (_SELF, _SUBJECT):
            if match := pattern.search(text):
                name = tidy_name(match["name"])
                if name and _ORGANISATION.search(name) and not re.match(r"本|我|按照|根据|全部", name):
                    found.append((page, name))
    return found
