"""Reading statement titles: which printed line is one, and which statement it names."""

from __future__ import annotations

import re
from dataclasses import dataclass

from transforms.vocabulary_files import title_concepts
from transforms.wording import clean

_LEADERS = re.compile(r"[.…·．•‥⋯_]{2,}\d*$")
_PAGE_NUMBER = re.compile(r"(?<=[表)）明细])\d{1,3}$")
_NUMBERED_TABLE = re.compile(
    r"^(?:附件?|附表|公开|预算|决算|财决|财预|单位预算|部门预算|单位决算|部门决算)?"
    r"(?:表[(（]?[\d一二三四五六七八九十]{1,3}[)）]?|[\d一二三四五六七八九十]{1,3}表)"
    r"[-—、.:：]?(?:\d{1,2}(?!\d|年))?"
)
_NUMBERING = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}[、.．,，]|[(（][一二三四五六七八九十\d]{1,3}[)）][、.．]?|\d{1,2}[、.．)）])"
)
_YEAR = re.compile(r"(20\d\d|二[〇○零0Oo]{1}[一二三四五六七八九〇○零]{2})(?:年度|年|(?=部门|单位|预算|决算))")
_ENDING = re.compile(r"(?:表|明细)(?:[-—－–―─]+[^-—。]{2,10})?(?:[(（\[].*[)）\]])?$")
_BESIDE = re.compile(
    r"(?:(?:编制|填报|预算|公开)?(?:部门|单位)(?:[(（](?:部门|单位)[)）])?(?:名称)?|金额单位)[:：].*$"
    r"|(?:公开|财决公开|财预公开|财决|财预|批复|决算|预算|附|单位公开|部门公开)(?:表?\d{1,2}(?:-\d)?表?|表[一二三四五六七八九十]{1,3}|[一二三四五六七八九十]{1,3}表)$"
    r"|20\d\d年度?$"
)
_PROSE = re.compile(r"[。；;!？?]|本表|见表|下表|如下|详见|此表|(?<!申)报表|目录|附表$|说明$")
_WHOLE_NAME = re.compile(
    r"(?:(?:一般公共|政府性基金|国有资本经营)(?:预算)?)?(?:财政拨款)?(?:安排的)?"
    r"(?:收入支出|收支|[“\"]?三公[”\"]?经费(?:支出)?|基本支出|项目支出|收入|支出)"
    r"(?:功能分类|经济分类)?(?:决算|预算)?(?:总|明细|情况)?表"
)
_DIGITS = {char: str(value) for value, char in enumerate("〇一二三四五六七八九")} | {"○": "0", "零": "0"}
MAX_TITLE = 64


@dataclass(frozen=True, slots=True)
class Title:
    """A recognised title: its folded text, and the statement it names in each kind of document."""

    text: str
    concept: str
    final_accounts: str
    budget: str
    year: int | None
    says_final: bool

    def code_for(self, doc_kind: str | None) -> str:
        """Return the statement code in a document of that kind; "" where the kind has no such statement."""
        if self.says_final or doc_kind == "final_accounts":
            return self.final_accounts or self.budget
        return self.budget or self.final_accounts


def read_year(text: str) -> int | None:
    """Return the first year printed as ``2024年`` or ``二〇二四年`` in a folded text."""
    match = _YEAR.search(text)
    if not match:
        return None
    digits = "".join(_DIGITS.get(char, char if char.isdigit() else "0") for char in match[1])
    return int(digits)


def read_title(line: str) -> Title | None:
    """Read one printed line as a statement's title, None where it is none.

    Table numbers (公开07表, 表3), years, numbering, and a contents page's leaders and page number are left
    out of account: local numbers are never a key.
    """
    if "表" not in line and "明细" not in line:
        return None
    cleaned = _PAGE_NUMBER.sub("", _LEADERS.sub("", clean(line)))
    cleaned = _BESIDE.sub("", cleaned).rstrip("([（【") or cleaned  # printed on the same line, at the right
    text = _NUMBERED_TABLE.sub("", _NUMBERING.sub("", cleaned))
    if text in {"", "总表"} or text.startswith("总表"):
        text = cleaned
    if not 3 <= len(text) <= MAX_TITLE or not _ENDING.search(text) or _PROSE.search(text):
        return None
    for concept in title_concepts():
        if concept.matches(text):
            return Title(
                text,
                concept.concept,
                concept.final_accounts,
                concept.budget,
                read_year(text),
                "决算" in text,
            )
    return None


def read_titles(lines: list[str]) -> list[Title]:
    """Return the titles among consecutive printed lines, joining a title that was broken over two lines."""
    found: list[Title] = []
    index = 0
    while index < len(lines):
        title = read_title(lines[index])
        if title is None and index + 1 < len(lines) and _is_broken(lines[index], lines[index + 1]):
            title = read_title(lines[index] + lines[index + 1])
            index += 1 if title else 0
        if title:
            found.append(title)
        index += 1
    return found


def _is_broken(line: str, following: str) -> bool:
    """Say whether a line may be the first half of a title that the following line ends.

    Where the following line alone is a title as well (拨款支出决算表), the name of the statement goes over both lines.
    """
    text = clean(line)
    if len(text) < 8 or _ENDING.search(text) or "单位" in text[-12:] or re.search(r"[。；;:：]", text):
        return False
    if read_title(following) is None:
        return True
    return any(
        match.start() < len(text) < match.end() for match in _WHOLE_NAME.finditer(text + clean(following))
    )
