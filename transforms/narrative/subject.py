"""Phrases to subjects: what a number of the narrative is about, in the codes of the statements."""

from __future__ import annotations

import re
from dataclasses import dataclass

from transforms.narrative.catalogue import Catalogue
from transforms.narrative.words import section_patterns, subject_patterns, words
from transforms.subjects import scheme_of

_LEVEL = re.compile(r"\((?:\d{2,3})?(类|款|项)\)")
_CODE_FIRST = re.compile(r"^[\[(]?([1-5]\d{2}|[1-5]\d{4}|2\d{6})[\])]?[-—_]?([^\d].*)$")
_CODE_LAST = re.compile(r"^(.*?)\(([1-5]\d{2}|[1-5]\d{4}|2\d{6})\)(?:支出)?$")
_DASHED = re.compile(r"^[^-]{2,}(?:-[^-]{2,}){1,2}$")
_SWAPPED = re.compile(r"(?<!公共)(?<!基金)(?<!经营)(?:预算|决算)(支出|收入)")
_INNER_BUDGET = re.compile(r"(?<!公共)(?<!基金)(?<!经营)(?:预算|决算)(?=总计|合计|总额)")
_BARE_BUDGET = re.compile(r"预算(?:总额|数|为|共|共计)*$")
_QUOTE = re.compile(r'["“”《》]')
_ECONOMIC_SCOPES = frozenset({"T06", "BT08", "BT10", "BT12", "BT18", "BT19"})
#: Where the items of the whole unit are listed; elsewhere they are parts of something else (机关运行经费).
_CLASSIFYING_SCOPES = frozenset({"T06", "BT08", "BT10", "BT18", "BT19"})
_ACCOUNT_SCOPES = frozenset({"T01", "T04", "BT01", "BT04"})
_SIDE_SCOPES = frozenset({"T02", "T03", "BT02", "BT03"})
#: The statements that a heading 基本支出 means where no other heading stands above it.
_BASIC_SCOPES = frozenset({"T06", "BT08"})
_FUNCTIONAL_SCOPES = frozenset({"T03", "T05", "T08", "T09", "BT03", "BT05", "BT06", "BT07", "BT15"})
_FUNCTIONAL_FUNDS = {"T05": "general_public_budget", "BT05": "general_public_budget"}
#: Statements that are wholly of one fund.
_STATEMENT_FUNDS = _FUNCTIONAL_FUNDS | {
    "T06": "general_public_budget",
    "BT08": "general_public_budget",
    "T08": "government_managed_funds",
    "BT06": "government_managed_funds",
    "T09": "state_capital_operations",
    "BT07": "state_capital_operations",
}
_APPROPRIATION_OF = re.compile(r"(?<=费)(?:(?:一般)?公共(?:财政)?(?:预算)?(?:财政)?|财政)拨款(?=支出|$)")
_TOTAL_NUMBER = re.compile(r"(?<=收入|支出|收支)总数?(?=为|是|$)")
_GRAND = re.compile(r"总(?:预算|决算)(?=数|安排|金额|资金|$)")
_NAMES = {3: "class", 5: "group", 7: "item"}
MAX_NAME = 60
_LEAST_BARE = 4  # 卫生健康, 社会保障和就业 without 支出 are classes; 教育 and 其他 may be anything
#: A total of these is none of the accounts (政府采购支出总计).
_NO_ACCOUNTS = frozenset({"procurement", "three_public", "agency_operating_cost"})
_PAIRED = {line: revenue for revenue, other in words().pairs.items() for line in (revenue, other)}
_MAX_PHRASE = 400  # characters before a number that may name its subject


@dataclass(frozen=True, slots=True)
class Subject:
    """What a claim is about; empty strings where a code does not apply."""

    kind: str
    text: str
    statement_code: str = ""
    line_code: str = ""
    measure: str = ""
    fund: str = ""
    functional_code: str = ""
    functional_path: str = ""
    economic_code: str = ""
    is_both: bool = False  # said of revenue and expenditure at once; the subject is the revenue

    @property
    def key(self) -> tuple[str, ...]:
        """What makes two mentions the same subject."""
        if self.functional_path or self.functional_code:
            own = () if self.measure == "total" else (self.measure,)
            return (self.kind, self.functional_code or self.functional_path, *own)
        if self.economic_code:
            return (self.kind, self.economic_code)
        if self.kind == "organisation":
            return (self.kind, self.line_code, self.text)
        if self.line_code:
            return (self.kind, self.line_code, self.measure, self.fund)
        return (self.kind, self.text)


class SubjectResolver:
    """Finds the subject that a phrase names, for one document."""

    def __init__(self, doc_kind: str, own_names: list[str], catalogue: Catalogue) -> None:
        """``own_names`` are the names of unit and department, which phrases often begin with."""
        self._doc_kind = doc_kind
        self._own_names = sorted({n for n in own_names if n}, key=len, reverse=True)
        self._catalogue = catalogue
        self._patterns = subject_patterns(doc_kind)
        self._seen: dict[tuple[str, str, str, bool], Subject | None] = {}

    def scope_of(self, headings: list[str]) -> str:
        """Return the statement a section speaks about, read off its headings from the innermost out."""
        found = ""
        for heading in reversed(headings):
            statement = self._scope_of_heading(_QUOTE.sub("", heading))
            if found in _SIDE_SCOPES and statement in _ACCOUNT_SCOPES:
                return statement  # 支出情况 under 收支总体情况 speaks of the account, not of the statement of expenditure
            if found in _BASIC_SCOPES and statement in _SIDE_SCOPES:
                return statement  # 基本支出情况 under 支出决算情况 is basic expenditure of all funds
            found = found or statement
        return found

    def _scope_of_heading(self, heading: str) -> str:
        for pattern, statement in section_patterns(self._doc_kind):
            if pattern.search(heading):
                return statement
        return ""

    def resolve(
        self, phrase: str, scope: str, headings: list[str], is_economic: bool = False
    ) -> Subject | None:
        """Return the subject a phrase names, None where it names none of its own (``支出决算为``).

        ``scope`` is the statement of the section; ``is_economic`` where items of the economic classification
        are being listed.
        """
        key = (phrase, scope, headings[-1] if headings else "", is_economic)
        if key not in self._seen:
            self._seen[key] = self._find(phrase, scope, headings, is_economic)
        return self._seen[key]

    def _find(self, phrase: str, scope: str, headings: list[str], is_economic: bool) -> Subject | None:
        text = self.clean(phrase[-_MAX_PHRASE:])
        if not text:
            return self._own_budget(phrase)
        if text.startswith("涉及"):
            return None  # 3个项目…涉及一般公共预算支出：the projects' money, not the unit's
        found = self._by_level([_QUOTE.sub("", phrase), text], scope, headings) or self._by_code(text, scope)
        if found is None and is_economic:
            found = self._economic(text, scope)
        shorter = words().total_tail.sub("", text)  # 三公经费合计支出, 政府采购支出总计
        if found is None and len(shorter) > 2 and shorter != text:
            named = self._by_pattern(shorter, scope)
            found = named if named is not None and named.kind in _NO_ACCOUNTS else None
        found = found or self._by_pattern(text, scope) or self._by_name(text, scope)
        if found is not None:
            return found
        if "总计" in text and words().fund_named(text):
            return Subject("other", text)  # with carryovers, which no line of the fund's own statement holds
        if len(shorter) > 2 and shorter != text and (found := self._by_pattern(shorter, scope)):
            return found
        if "安排" in text and (rest := text.rpartition("安排")[2].removeprefix("的")):
            return self._arranged(text, rest, scope, headings, is_economic)
        if len(text) > MAX_NAME or len(text) < 2 or words().generic.fullmatch(text):
            return None
        return Subject("other", text)

    def _arranged(
        self, text: str, rest: str, scope: str, headings: list[str], is_economic: bool
    ) -> Subject | None:
        """Read ``使用政府性基金预算拨款安排的支出``: expenditure of that fund; else what stands behind 安排."""
        head = text.rpartition("安排")[0]
        if rest in {"支出", "收入", "收支"} and (found := self._by_pattern(head + rest, scope)):
            return found
        found = self._find(rest, scope, headings, is_economic)
        if found and found.kind == "statement_line" and not _is_of_fund(found, words().fund_named(head)):
            return self._by_pattern(head + rest, scope) or Subject("other", text)
        return found

    def _own_budget(self, phrase: str) -> Subject | None:
        """Read a document's own name with nothing but 预算 behind it: the unit's whole budget."""
        is_own = any(name in phrase for name in self._own_names)
        if self._doc_kind == "budget" and is_own and _BARE_BUDGET.search(phrase):
            return Subject("statement_line", "部门预算", "BT01", "expenditure.total", "total", "all")
        return None

    def clean(self, phrase: str) -> str:
        """Strip what a phrase has around the name of its subject: own name, years, verbs, 为, 预算数."""
        text = _QUOTE.sub("", phrase)
        for name in self._own_names:
            text = text.replace(name, "")
        for other, name in words().spellings:
            text = other.sub(name, text)
        text = words().noise.sub("", text)
        text = _GRAND.sub("总计", _SWAPPED.sub(r"\1预算", _TOTAL_NUMBER.sub("总计", text)))
        text = _APPROPRIATION_OF.sub("", _INNER_BUDGET.sub("", text)).replace("支出支出", "支出")
        while True:
            shorter = words().trailing.sub("", words().noise.sub("", text)).strip("，、：；。的")
            if shorter == text:
                return text
            text = shorter

    def _by_pattern(self, text: str, scope: str) -> Subject | None:
        fund = words().fund_named(text)
        for row in self._patterns:
            if row.scopes and scope not in row.scopes:
                continue
            if row.pattern.search(text):
                statement = row.statements[self._doc_kind]
                if not statement and row.scopes:
                    statement = scope
                is_both = words().both.search(text) is not None and row.line_code in _PAIRED
                line = _PAIRED[row.line_code] if is_both else row.line_code
                found = Subject(row.kind, text, statement, line, row.measure, row.fund, is_both=is_both)
                if row.kind != "statement_line" or _is_of_fund(found, fund):
                    return found
        return None

    def _by_level(self, phrases: list[str], scope: str, headings: list[str]) -> Subject | None:
        """Read 类, 款 and 项 from the phrase as printed, else (an own name before the first) as cleaned."""
        found = None
        for phrase in phrases:
            found = self._read_path(read_levels(phrase), scope, headings)
            if found is None or found.functional_code or found.economic_code:
                return found
        return found

    def _read_path(self, levels: list[tuple[str, str]], scope: str, headings: list[str]) -> Subject | None:
        if not levels:
            return None
        for heading in reversed(headings):
            above = [
                item
                for item in read_levels(heading)
                if "类款项".index(item[0]) < "类款项".index(levels[0][0])
            ]
            levels = above + levels
        code = self._catalogue.functional(levels) or ""
        if not code and (found := self._economic(levels[-1][1], scope)):
            return found  # 维修（护）费（款）: levels of the economic classification
        path = "/".join(name for _, name in levels)
        digits = len(code) or {"类": 3, "款": 5, "项": 7}[levels[-1][0]]
        return self._functional(path, code, path, digits, scope)

    def _by_code(self, text: str, scope: str) -> Subject | None:
        match = _CODE_FIRST.match(text)
        code, name = (match[1], match[2]) if match else ("", "")
        if not match and (match := _CODE_LAST.match(text)):
            code, name = match[2], match[1]
        scheme = scheme_of(code) if code else None
        if scheme == "functional":
            return self._functional(name, code, name, len(code), scope)
        if scheme is not None:
            return self._economic_subject(name, code, scope if scheme == "departmental" else "BT10")
        return None

    def _functional(self, text: str, code: str, path: str, digits: int, scope: str) -> Subject:
        statement = scope if scope in _FUNCTIONAL_SCOPES else self._own("T05", "BT05")
        line = f"functional.{_NAMES[digits]}"
        if digits == 3 and scope in _ACCOUNT_SCOPES:
            statement, line = scope, "expenditure.class"
        return Subject(
            "functional", text, statement, line, "total", _FUNCTIONAL_FUNDS.get(statement, ""), code, path
        )

    def _by_name(self, text: str, scope: str) -> Subject | None:
        if _DASHED.match(text):
            names = text.split("-")
            levels = list(zip("类款项", names, strict=False))
            if code := self._catalogue.functional(levels):
                return self._functional("/".join(names), code, "/".join(names), len(code), scope)
        if scope in _ECONOMIC_SCOPES and (found := self._economic(text, scope)):
            return found
        is_bare = len(text) >= _LEAST_BARE and (scope in _FUNCTIONAL_SCOPES or scope in _ACCOUNT_SCOPES)
        if (text.endswith("支出") or is_bare) and (code := self._catalogue.functional_class(text)):
            return self._functional(text, code, text, 3, scope)
        if scope in _FUNCTIONAL_SCOPES and (code := self._catalogue.functional_in_document(text)):
            return self._functional(text, code, text, len(code), scope)
        if scope in _FUNCTIONAL_SCOPES and (found := self._by_reference(text, scope)):
            return found
        return self._economic(text, scope)

    def _by_reference(self, text: str, scope: str) -> Subject | None:
        """Read a 项 or 款 without its levels; one of several classes' names (机构运行) has no code."""
        codes = self._catalogue.functional_codes(text) if len(text) >= _LEAST_BARE else ()
        if not codes:
            return None
        code = codes[0] if len(codes) == 1 else ""
        return self._functional(text, code, text, len(code) or 7, scope)

    def _economic(self, text: str, scope: str) -> Subject | None:
        code = self._catalogue.economic(text)
        return self._economic_subject(text, code, scope) if code else None

    def as_class(self, subject: Subject, scope: str) -> Subject:
        """Return the class of the economic classification that bears the same name as an item, else the item."""
        code = self._catalogue.economic_class(subject.text)
        return self._economic_subject(subject.text, code, scope) if code else subject

    def _economic_subject(self, text: str, code: str, scope: str) -> Subject:
        statement = scope if scope in _CLASSIFYING_SCOPES else ""
        line = "economic.class" if len(code) == 3 else "economic.item"
        return Subject("economic", text, statement, line, "total", economic_code=code)

    def _own(self, final: str, budget: str) -> str:
        return final if self._doc_kind == "final_accounts" else budget


def _is_of_fund(subject: Subject, fund: str) -> bool:
    """Tell whether a line may be meant by a phrase naming ``fund`` (empty for none): the whole never is."""
    return fund in ("", subject.fund, _STATEMENT_FUNDS.get(subject.statement_code))


def read_levels(text: str) -> list[tuple[str, str]]:
    """Return (level, name) for every 类, 款 or 项 marked in a text, in printed order."""
    levels: list[tuple[str, str]] = []
    position = 0
    folded = text.replace("（", "(").replace("）", ")")
    for match in _LEVEL.finditer(folded):
        name = re.split(r'[，。；："]', folded[position : match.start()])[-1]
        name = re.sub(
            r"^(?:支出)(?=.)|^(?:\d{1,3}[、.．]|[(（][^()（）]{1,3}[)）]|[一二三四五六七八九十]+、)", "", name
        )
        if name:
            levels.append((match[1], name))
        position = match.end()
    return levels
