"""Which table is which statement: by title, caption, headings and row labels together, never by a local number."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from transforms.columns import read_heading
from transforms.form_splitting import split_forms
from transforms.grid import Grid
from transforms.headers import Head, headings_in_caption, read_head
from transforms.subjects import scheme_of, split_embedded
from transforms.titles import Title, read_titles
from transforms.vocabulary_files import StatementKind, statement_kinds
from transforms.wording import clean

_PERFORMANCE = re.compile(r"一级指标|三级指标")
#: The first page of a form may end above its indicators.
_FORM_GOAL = re.compile(r"绩效目标|指标|总体目标|预期目标")
_CONTENTS_GRID = re.compile(r"报表名称|是否空表|空表理由")
MIN_CONTENTS_TITLES = 4
_WITHOUT_CODES = frozenset({"T02", "T03", "BT02", "BT03"})  # printed by unit or source in some places
EDGE_TOLERANCE = 8.0  # points by which the columns of a continuation may be out of line


@dataclass(slots=True)
class Part:
    """One extracted table as part of a statement."""

    grid: Grid
    head: Head


@dataclass(slots=True)
class Draft:
    """One statement being put together from one or several extracted tables."""

    kind: StatementKind | None
    title: str
    parts: list[Part] = field(default_factory=list)
    year: int | None = None
    reason: str | None = None  # how it was recognised where no title says it, or why it was not
    titles: list[Title] = field(default_factory=list)  # printed with it

    @property
    def last_page(self) -> int:
        """Return the last page of the last part."""
        return self.parts[-1].grid.last_page


@dataclass(slots=True)
class PageLines:
    """Printed lines outside tables by page, top first, as (top, role, text)."""

    pages: dict[int, list[tuple[float, str, str]]]
    contents: set[int]

    def titles_between(self, page: int, above: float) -> list[Title]:
        """Return the titles printed on a page above a height."""
        lines = [text for top, role, text in self.pages.get(page, []) if top < above and role != "contents"]
        return read_titles(lines[-8:])

    def closing_titles(self, page: int, below: float) -> list[Title]:
        """Return the titles among the last lines of a page, below its last table."""
        if page in self.contents:
            return []
        lines = [text for top, role, text in self.pages.get(page, []) if top >= below and role != "contents"]
        return read_titles(lines[-4:])


def find_statements(grids: list[Grid], lines: PageLines, doc_kind: str | None) -> list[Draft]:
    """Return the statements of a document in order; tables that are none come as drafts without a kind."""
    drafts: list[Draft] = []
    ends: dict[int, float] = {}
    for grid in (part for whole in grids for part in split_forms(whole)):
        head = read_head(grid)
        previous = drafts[-1] if drafts else None
        titles = [] if is_contents_grid(grid) else _titles_of(grid, head, lines, ends)
        if grid.is_further_form and not titles and previous:
            titles = previous.titles
        ends[grid.last_page] = max(ends.get(grid.last_page, 0.0), grid.box[3])
        part = Part(grid, head)
        if previous and _continues(previous, part, titles):
            if not head.rows:
                _inherit(previous.parts[-1], part)
            previous.parts.append(part)
            continue
        if not head.rows:
            head.paths.update(headings_in_caption(grid))
        draft = _new_draft(part, titles, doc_kind)
        draft.titles = titles
        drafts.append(draft)
    _prefer_titled(drafts)
    return drafts


def _prefer_titled(drafts: list[Draft]) -> None:
    """A table known by its structure only gives way to the same statement with its title: it is the narrative's."""
    titled = {draft.kind.code for draft in drafts if draft.kind and draft.reason is None}
    for draft in drafts:
        if draft.kind and draft.reason and draft.kind.code in titled and not _is_form(draft):
            draft.kind, draft.reason = None, "table_not_a_statement"


def is_contents_grid(grid: Grid) -> bool:
    """Say whether a grid lists statements instead of being one."""
    head = "".join(cell.text for cell in grid.own_cells(1)) + "".join(cell.text for cell in grid.own_cells(2))
    if _CONTENTS_GRID.search(head):
        return True
    titled = sum(bool(read_titles([cell.text])) for cell in grid.cells if len(cell.text) > 4)
    return titled >= MIN_CONTENTS_TITLES and not any(cell.decimals for cell in grid.cells)


def _titles_of(grid: Grid, head: Head, lines: PageLines, ends: dict[int, float]) -> list[Title]:
    titles = read_titles(grid.caption) + read_titles(head.titles)
    if titles:
        return titles
    if grid.first_page in ends:  # another table stands above on this page
        return []
    titles = lines.titles_between(grid.first_page, grid.box[1] + 2)
    if titles or head.first_data_row == 1:
        return titles
    return lines.closing_titles(grid.first_page - 1, ends.get(grid.first_page - 1, 0.0))


def _continues(previous: Draft, part: Part, titles: list[Title]) -> bool:
    grid, head = part.grid, part.head
    before = previous.parts[-1]
    if grid.is_further_form or grid.first_page - previous.last_page not in (0, 1):
        return False
    if titles:
        same = titles[-1].text == previous.title and grid.first_page == previous.last_page + 1
        if not same or _is_form(previous):
            return False
        return head.paths == before.head.paths and _printed_unit(grid) == _printed_unit(before.grid)
    if grid.first_page == previous.last_page:
        # one title above several tables of a page: the sections of a statistics sheet
        return previous.kind is not None and previous.kind.layout == "statistics" and not grid.caption
    if head.rows:
        return head.paths == before.head.paths
    return _columns_align(before.grid, grid) or _is_form(previous)


def _is_form(draft: Draft) -> bool:
    return draft.kind is not None and draft.kind.layout == "performance"


def _printed_unit(grid: Grid) -> str:
    return next(
        (clean(line) for line in grid.caption if re.search(r"(?:部门|单位)[^:：]{0,6}[:：]", line)), ""
    )


def _columns_align(before: Grid, grid: Grid) -> bool:
    if grid.column_count > before.column_count:
        return False
    if grid.column_count == before.column_count:
        return True
    known = list(before.edges.values())
    return bool(known) and all(
        min(abs(edge - other) for other in known) <= EDGE_TOLERANCE for edge in grid.edges.values()
    )


def _inherit(before: Part, part: Part) -> None:
    """Give a continuation the headings of the part before it, column by column, by position where they differ."""
    if part.grid.column_count == before.grid.column_count:
        part.head.paths = dict(before.head.paths)
        return
    for column, edge in part.grid.edges.items():
        nearest = min(
            before.grid.edges, key=lambda number: abs(before.grid.edges[number] - edge), default=column
        )
        part.head.paths[column] = before.head.paths.get(nearest, ())


def _new_draft(part: Part, titles: list[Title], doc_kind: str | None) -> Draft:
    grid, head = part.grid, part.head
    if is_contents_grid(grid):
        return Draft(None, "", [part], reason="contents_lookalike")
    title = titles[-1] if titles else None
    if title:
        kind = statement_kinds().get(title.code_for(doc_kind))
        if kind and _structure_agrees(kind, grid, head):
            return Draft(kind, title.text, [part], title.year)
    code = _by_structure(grid, head, doc_kind)
    if code:
        return Draft(
            statement_kinds()[code],
            title.text if title else "",
            [part],
            title.year if title else None,
            reason="标题缺失或不符，按表头和行次内容识别",
        )
    return Draft(None, title.text if title else "", [part], reason="table_not_a_statement")


def _structure_agrees(kind: StatementKind, grid: Grid, head: Head) -> bool:
    """Say whether a grid can be the statement its title names: forms have indicators, statements have not."""
    has_indicators = any(_PERFORMANCE.search(cell.text) for cell in grid.cells if len(cell.text) < 12)
    if kind.layout == "performance":
        return has_indicators or any(_FORM_GOAL.search(cell.text) for cell in grid.cells)
    if has_indicators:
        return False
    if grid.column_count < 2:
        return False
    if kind.layout == "functional" and kind.code not in _WITHOUT_CODES and not _has_subjects(grid, head):
        return False
    named = sum(read_heading(path[-1]).role is not None for path in head.paths.values() if path)
    return named > 0 or any(cell.is_numeric for cell in grid.cells) or bool(head.rows)


def _has_subjects(grid: Grid, head: Head) -> bool:
    """Say whether a grid prints subject codes, has a column for them, or holds no numbers at all."""
    paths = [path for path in head.paths.values() if path]
    if any((read_heading(path[-1]).role or "").startswith("code") or "科目" in path[-1] for path in paths):
        return True
    return any(_scheme_in(cell.text) for cell in grid.cells) or not any(cell.decimals for cell in grid.cells)


def _by_structure(grid: Grid, head: Head, doc_kind: str | None) -> str:
    """Recognise a table without a usable title by its headings and first rows; "" where it is not certain."""
    final = doc_kind == "final_accounts"
    texts = {clean(cell.text) for cell in grid.cells if cell.text and not cell.is_numeric}
    joined = "|".join("/".join(path) for path in head.paths.values())
    labels = "|".join(texts)
    if _PERFORMANCE.search(labels):
        if "三级指标" in labels and "得分" in labels and "项目名称" in labels:
            return "PF"
        if final or "三级指标" not in labels or "得分" in labels:
            return ""
        return "BT16" if re.search(r"年度主要任务|部门\(单位\)名称|部门名称|总体资金情况", labels) else "BT14"
    if "因公出国" in labels and "公务接待" in labels and grid.row_count <= 14:
        return "T07" if final else "BT09"
    if re.search(r"本年收入合计|收入总计", labels) and re.search(r"本年支出合计|支出总计|结余分配", labels):
        full = re.search(r"上级补助收入|事业收入|其他收入", labels)
        return ("T01" if final else "BT01") if full else ("T04" if final else "BT04")
    return _by_subjects(grid, joined, labels, final)


def _by_subjects(grid: Grid, joined: str, labels: str, final: bool) -> str:
    schemes = {_scheme_in(cell.text) for cell in grid.cells} - {None}
    if "functional" in schemes:
        if len(re.findall(r"上级补助|事业收入|其他收入|附属单位上缴", joined)) >= 2:
            return "T02" if final else "BT02"
        if re.search(r"上缴上级|对附属单位补助", joined):
            return "T03" if final else "BT03"
        for word, codes in (("政府性基金", ("T08", "BT06")), ("国有资本", ("T09", "BT07"))):
            if word in joined:
                return codes[0] if final else codes[1]
        if "一般公共预算" in joined and "基本支出" in joined:
            return "T05" if final else "BT05"
        return ""
    if "departmental" in schemes and re.search(r"人员经费合计|公用经费合计", labels):
        return "T06" if final else "BT08"
    return ""


def _scheme_in(text: str) -> str | None:
    if text.isdigit():
        return scheme_of(text) if len(text) in (5, 7) else None
    embedded = split_embedded(text)
    return scheme_of(embedded[0]) if embedded else None
