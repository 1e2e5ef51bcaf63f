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
from transforms.publisher_names import Texts, placeholders_in, tidy_name, vote_on_names, without_remark
from transforms.titles import read_year
from transforms.wording import clean

_KINDLESS_SCOPE = re.compile(r"(部门|单位)(?:综合|整体)?(预算|决算)")
_YEAR = re.compile(
    r"(?:20\d\d|二[〇○零][一二三四五六七八九〇○零]{2})(?:年(?:度)?(?!\d{1,2}月)|(?=部门|单位|预算|决算))"
)
_FORM_NAME = re.compile(r"^(?:部门|单位|主管部门|实施单位|预算单位)(?:[(（]单位[)）])?(?:名称|及代码)?$")


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


def read_identity(extraction: Mapping[str, pl.DataFrame], grids: list[Grid]) -> Identity:
    """Read a document's identity; ``content`` is settled later, when its statements are known."""
    texts = _collect(extraction, grids)
    identity = Identity()
    _read_kind(identity, texts)
    _read_fiscal_year(identity, texts)
    _read_names(identity, texts)
    _read_department(identity, texts)
    return identity


def _collect(extraction: Mapping[str, pl.DataFrame], grids: list[Grid]) -> Texts:
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
    return Texts(
        cover=[(page, text) for page, text in opening if page == first],
        opening=opening + heads[:3],
        captions=captions,
        notes=[(grid.first_page, clean(text)) for grid in grids for text in grid.notes],
        forms=forms,
        sentences=[(page, clean(text)) for page, text in sentences],
    )


def _read_kind(identity: Identity, texts: Texts) -> None:
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
    elif not scopes:
        identity.scope = _scope_of_itself(texts)
    else:
        identity.scope = {"部门": "department", "单位": "unit"}[scopes.most_common(1)[0][0]]


def _scope_of_itself(texts: Texts) -> str | None:
    """Return the scope a document speaks of itself in (本部门, 本单位) where no title says it."""
    said = [text for _, text in (*texts.captions, *texts.notes, *texts.sentences)]
    department = sum(text.count("本部门") for text in said)
    unit = sum(text.count("本单位") for text in said)
    return None if department == unit else "department" if department > unit else "unit"


def _read_fiscal_year(identity: Identity, texts: Texts) -> None:
    """Weigh cover, headings, captions and sentences; years that are only compared with (与2022年相比) are not counted."""
    votes: Counter[int] = Counter()
    cover = [(texts.cover[0][0], "".join(text for _, text in texts.cover))] if texts.cover else []
    for source, weight in ((cover, 4), (texts.opening, 2), (texts.captions, 8), (texts.sentences, 1)):
        for page, text in source:
            for year, strength in _years_of(text):
                votes[year] += weight * strength
                identity.evidence.setdefault("fiscal_year", {"text": text[:60], "page": page})
    if votes:
        identity.fiscal_year = votes.most_common(1)[0][0]


def _years_of(text: str) -> list[tuple[int, int]]:
    """Return the years a text is about, three times as strong where 预算 or 决算 follows."""
    found = []
    for match in _YEAR.finditer(text):
        year = read_year(text[match.start() :])
        if (
            year is None
            or not 2000 <= year <= 2100
            or re.search(r"(?:[与比较同从自]|上年)$", text[: match.start()])
        ):
            continue
        strong = re.match(r".{0,30}(?:预算|决算|自评|绩效)", text[match.end() :])
        found.append((year, 3 if strong else 1))
    return found


def _read_names(identity: Identity, texts: Texts) -> None:
    vote = vote_on_names(texts)
    identity.is_consolidated = len(vote.caption_names) >= 3
    name = vote.winner()
    blanks = placeholders_in(texts.opening)
    identity.is_template = vote.placeholder_count > 0 and (name is None or blanks >= 3)
    if name is None or identity.is_template:
        return
    identity.unit_name = name
    page, text = vote.where[name]
    identity.evidence["unit_name"] = {"text": text, "page": page}


def _read_department(identity: Identity, texts: Texts) -> None:
    if identity.scope == "department" or identity.unit_name is None:
        identity.department_name = without_remark(identity.unit_name) if identity.unit_name else None
        return
    departments: Counter[str] = Counter()
    for _, label, value in texts.forms:
        if label.startswith("主管部门") and (name := tidy_name(value)):
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
