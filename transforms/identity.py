"""Who published a document for what: unit, department, year, kind, scope, read from inside the document only.

Evidence is weighed by where it stands: captions of statements (部门：…, 编制单位：…) are printed by the budget
system and agree with each other; the cover and headings come next; the narrative's sentences last. File names
and PDF metadata are never consulted.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

from transforms.grid import Grid
from transforms.titles import read_year
from transforms.wording import clean

_CAPTION_NAME = re.compile(
    r"(?:^|[^一-鿿])(?:编制|填报|预算|公开|申报)?(?:部门|单位)(?:[(（/](?:部门|单位)[)）]?)?(?:名称)?[:：]"
    r"(?P<name>[^:：]{2,60})"
)
_NOT_NAME = re.compile(r"(?:元|万元|亿元|%|人|个|辆|张|台|平方米)$|^(?:万?元|亿元)|金额|单位$|人民币")
_AFTER_NAME = re.compile(
    r"(?:[(（]?(?:20\d\d|二[〇○零].{2})年.*|(?:金额)?单位[:：].*|公开\d+表.*|金额单位.*|预算\d+表.*|(?:财|公开|附)?表\d+.*)$"
)
_COVER_TITLE = re.compile(
    r"^(?P<head>.{0,40}?)(?P<year>20\d\d|二[〇○零][一二三四五六七八九〇○零]{2})年(?:度)?(?P<tail>.{0,60}?)"
    r"(?P<scope>部门|单位|预算单位)?(?:综合)?(?P<kind>预算|决算)"
)
_KINDLESS_SCOPE = re.compile(r"(部门|单位)(?:综合|整体)?(预算|决算)")
_ORGANISATION = re.compile(
    r"(?:局|委员会|委|中心|办公室|办公厅|办|站|所|院|校|学校|大学|馆|队|部|厅|处|会|团|署|政府|街道|街道办事处|支队|大队|法院|检察院)"
    r"(?:[(（](?:本级|汇总|机关|部门|单位|本部)[)）])?$"
)
_PLACEHOLDER = re.compile(r"[X×xXＸ]{2,}|[*＊]{2,}|〇{2,}|_{3,}|（单位名称）|\(部门名称\)|某某|XX")
_FORM_NAME = re.compile(r"^(?:部门|单位|主管部门|实施单位|预算单位)(?:[(（]单位[)）])?(?:名称|及代码)?$")
_SELF = re.compile(
    r"(?:从预算单位构成看|纳入|从单位构成看)[，,]?(?P<name>[^，,。]{3,40}?)(?:20\d\d年|年度|部门|单位)?(?:部门|单位)?(?:预算|决算)(?:包括|编制)"
)
_CODE_PREFIX = re.compile(r"^[\[(（【]?\d{3,9}[\])）】]?[-—_]?")


@dataclass(slots=True)
class Identity:
    """What is known of a document's publisher, year and kind."""

    unit_name: str | None = None
    department_name: str | None = None
    fiscal_year: int | None = None
    doc_kind: str | None = None
    scope: str | None = None
    content: str = "other"
    is_template: bool = False
    is_consolidated: bool = False
    evidence: dict[str, dict[str, object]] = field(default_factory=dict)

    @property
    def is_identified(self) -> bool:
        """Whether unit, year and kind were all found."""
        return bool(self.unit_name and self.fiscal_year and self.doc_kind and not self.is_template)

    def row(self) -> dict[str, object]:
        """Return the row of the identity frame."""
        return {
            "unit_name": self.unit_name,
            "department_name": self.department_name,
            "fiscal_year": self.fiscal_year,
            "doc_kind": self.doc_kind,
            "scope": self.scope,
            "content": self.content,
            "is_template": self.is_template,
            "is_consolidated": self.is_consolidated,
            "is_identified": self.is_identified,
            "evidence": json.dumps(self.evidence, ensure_ascii=False, sort_keys=True),
        }


@dataclass(slots=True)
class _Texts:
    """The texts identity is read from, with their pages."""

    cover: list[tuple[int, str]]  # lines of the first page with text, top first
    opening: list[tuple[int, str]]  # lines of the first pages
    captions: list[tuple[int, str]]  # caption lines of tables and lines beside them
    forms: list[tuple[int, str, str]]  # (page, label, text) pairs of form cells
    sentences: list[tuple[int, str]]


def read_identity(extraction: Mapping[str, pl.DataFrame], grids: list[Grid]) -> Identity:
    """Read a document's identity; ``content`` is settled later, when its statements are known."""
    texts = _collect(extraction, grids)
    identity = Identity()
    _read_kind(identity, texts)
    _read_fiscal_year(identity, texts)
    _read_names(identity, texts)
    _read_department(identity, texts)
    return identity


def _collect(extraction: Mapping[str, pl.DataFrame], grids: list[Grid]) -> _Texts:
    lines = extraction["line"].select("page", "role", "text").sort("page", maintain_order=True).rows()
    pages = sorted({page for page, _, _ in lines})
    first = pages[0] if pages else 1
    opening = [
        (page, clean(text)) for page, role, text in lines if page <= first + 3 and role != "page_number"
    ]
    heads = [(page, clean(text)) for page, role, text in lines if role == "running_head"]
    captions = [(grid.first_page, clean(text)) for grid in grids for text in grid.caption]
    captions += [(page, clean(text)) for page, role, text in lines if role == "caption"]
    forms = []
    for grid in grids:
        for cell in grid.cells:
            if cell.row <= 4 and _FORM_NAME.match(clean(cell.text)):
                right = grid.at(cell.row, cell.column + cell.column_span)
                if right and right.text and not right.is_numeric:
                    forms.append((grid.first_page, clean(cell.text), clean(right.text)))
        captions += [(grid.first_page, clean(c.text)) for c in grid.cells if c.row <= 3 and "单位:" in c.text]
    sentences = extraction["sentence"].select("first_page", "text").head(400).rows()
    return _Texts(
        cover=[(page, text) for page, text in opening if page == first],
        opening=opening + heads[:3],
        captions=captions,
        forms=forms,
        sentences=[(page, clean(text)) for page, text in sentences],
    )


def _read_kind(identity: Identity, texts: _Texts) -> None:
    votes: Counter[str] = Counter()
    scopes: Counter[str] = Counter()
    sources = ((texts.cover, 20), (texts.opening, 3), (texts.captions, 2), (texts.sentences, 1))
    for source, weight in sources:
        for page, text in source:
            for scope, kind in _KINDLESS_SCOPE.findall(text):
                votes[kind] += weight
                scopes[scope] += weight
                identity.evidence.setdefault("doc_kind", {"text": text[:60], "page": page})
            if "决算表" in text or "决算总表" in text or "决算公开" in text:
                votes["决算"] += weight
            if "预算总表" in text or "预算公开" in text or re.search(r"^预算\d+表", text):
                votes["预算"] += weight
    if votes:
        identity.doc_kind = {"决算": "final_accounts", "预算": "budget"}[votes.most_common(1)[0][0]]
    cover = "".join(text for _, text in texts.cover)
    if re.search(r"单位(?:预算|决算)|预算单位[:：]", cover):
        identity.scope = "unit"
    elif re.search(r"部门(?:综合|整体)?(?:预算|决算)", cover):
        identity.scope = "department"
    elif scopes:
        identity.scope = {"部门": "department", "单位": "unit"}[scopes.most_common(1)[0][0]]


def _read_fiscal_year(identity: Identity, texts: _Texts) -> None:
    """The year of cover and titles; a bare signature date (2026年1月) only counts when nothing else does."""
    votes: Counter[int] = Counter()
    joined = [
        (page, "".join(text for p, text in texts.cover if p == page)) for page in {p for p, _ in texts.cover}
    ]
    sources = (
        (joined, 12),
        (texts.cover, 8),
        (texts.opening, 2),
        (texts.captions, 3),
        (texts.sentences[:60], 1),
    )
    for source, weight in sources:
        for page, text in source:
            for match in re.finditer(
                r"(?:20\d\d|二[〇○零][一二三四五六七八九〇○零]{2})年(?:度)?(?!\d{1,2}月)", text
            ):
                year = read_year(match[0])
                if year is None or not 2000 <= year <= 2100:
                    continue
                strong = re.match(r".{0,30}(?:预算|决算|自评|绩效)", text[match.end() :])
                votes[year] += weight * (3 if strong else 1)
                identity.evidence.setdefault("fiscal_year", {"text": text[:60], "page": page})
    if votes:
        identity.fiscal_year = votes.most_common(1)[0][0]


def _read_names(identity: Identity, texts: _Texts) -> None:
    names: Counter[str] = Counter()
    where: dict[str, tuple[int, str]] = {}
    sources = (
        (_caption_names(texts.captions), 10),
        (_cover_names(texts), 12),
        (_caption_names(texts.opening), 8),
        (_form_names(texts), 2),
        (_sentence_names(texts), 1),
    )
    placeholders = 0
    captioned: set[str] = set()
    for index, (found, weight) in enumerate(sources):
        for page, name in found:
            if _PLACEHOLDER.search(name):
                placeholders += 1
                continue
            names[name] += weight
            where.setdefault(name, (page, name))
            if index == 0:
                captioned.add(_without_remark(name))
    identity.is_consolidated = len(captioned) >= 3
    merged: Counter[str] = Counter()
    for name, count in names.items():
        merged[name] += count + sum(
            other for longer, other in names.items() if longer != name and _without_remark(longer) == name
        )
    if merged:
        identity.unit_name = min(merged, key=lambda name: (-merged[name], name))
        page, text = where[identity.unit_name]
        identity.evidence["unit_name"] = {"text": text, "page": page}
    blank = sum(bool(_PLACEHOLDER.search(text)) for _, text in texts.opening)
    identity.is_template = (placeholders > 0 and not merged) or (blank >= 3 and placeholders >= 1)
    if identity.is_template:
        identity.unit_name = None


def _without_remark(name: str) -> str:
    return re.sub(r"[(（](?:本级|汇总|机关|部门|本部)[)）]$", "", name)


def _tidy(name: str) -> str | None:
    name = _AFTER_NAME.sub("", name)
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
            if name := _tidy(match["name"]):
                found.append((page, name))
    return found


def _form_names(texts: _Texts) -> list[tuple[int, str]]:
    return [
        (page, name)
        for page, _, value in texts.forms
        if (name := _tidy(value)) and _ORGANISATION.search(name)
    ]


def _cover_names(texts: _Texts) -> list[tuple[int, str]]:
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
            name = _tidy(re.sub(r"(?:部门|单位|预算单位)$", "", piece))
            if name and _ORGANISATION.search(name):
                found.append((page, name))
    if not found:
        found = [(page, text) for page, text in lines[:3] if _ORGANISATION.search(text) and _tidy(text)]
    for page, text in texts.opening:
        match = re.search(
            r"第.部分[、.．]?(?P<name>[一-鿿（）()]{4,30}?)(?:20\d\d)?(?:年度?)?(?:概况|部门概况|基本情况|部门决算表|部门预算表)",
            text,
        )
        if match and (name := _tidy(match["name"])) and _ORGANISATION.search(name):
            found.append((page, name))
    return found


def _sentence_names(texts: _Texts) -> list[tuple[int, str]]:
    found = []
    for page, text in texts.sentences:
        if match := _SELF.search(text):
            name = _tidy(match["name"])
            if name and _ORGANISATION.search(name):
                found.append((page, name))
    return found


def _read_department(identity: Identity, texts: _Texts) -> None:
    if identity.scope == "department" or identity.unit_name is None:
        identity.department_name = _without_remark(identity.unit_name) if identity.unit_name else None
        return
    departments: Counter[str] = Counter()
    for _, label, value in texts.forms:
        if label.startswith("主管部门") and (name := _tidy(value)):
            departments[name] += 1
    for _, text in texts.opening + texts.sentences[:40]:
        for match in re.finditer(
            r"(?:主管部门[:：]|(?:是|为|系|隶属于?)(?P<kind>))(?P<name>[一-鿿]{2,20}?(?:局|委员会|委|厅|部|办公室|政府))(?:所属|直属|下属|管理|主管)?的?",
            text,
        ):
            name = match["name"]
            if (
                "所属" in match[0]
                or "直属" in match[0]
                or "下属" in match[0]
                or match[0].startswith("主管部门")
            ):
                departments[name] += 1
    if departments:
        identity.department_name = departments.most_common(1)[0][0]
