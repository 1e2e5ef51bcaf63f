"""From the frames of one extracted document to its facts: identity, statements, labelled cells, amounts, claims."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import polars as pl

from extractors.frames import Extraction
from extractors.schema import FRAMES as EXTRACTED
from transforms.announced import announced_titles, declared_without_table, page_lines, titles_without_table
from transforms.context import Context
from transforms.facts import CellLabel, Facts, Unmapped
from transforms.grid import Grid, read_grids
from transforms.identity import Identity, read_identity
from transforms.leaves import mark_leaves
from transforms.money_units import MoneyUnit, settle_units
from transforms.narrative.claims import read_claims
from transforms.part_columns import columns_of
from transforms.performance import read_performance
from transforms.reading import read_statement
from transforms.recognition import Draft, find_statements
from transforms.schema import FRAMES
from transforms.statement_rows import announced_row, declared_row, statement_row, unread_row
from transforms.titles import Title
from transforms.wording import clean

_NARRATIVE_SENTENCES = 12


def transform_document(extraction: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """Return the frames of ``transforms.schema.FRAMES`` for one extracted document.

    ``extraction`` holds the frames of ``extractors.schema.FRAMES``. The result depends on nothing else; a
    document that could not be extracted gives one unidentified identity row and empty frames.
    """
    grids = read_grids(extraction)
    identity = read_identity(extraction, grids)
    lines = page_lines(extraction)
    drafts = find_statements(grids, lines, identity.doc_kind)
    units = settle_units(drafts)
    contexts = _contexts(drafts, units, identity)
    facts = Facts()
    rows: list[dict[str, Any]] = []
    for number, (draft, unit) in enumerate(zip(drafts, units, strict=True), start=1):
        amounts = []
        if draft.kind and number in contexts:
            read = read_performance if draft.kind.layout == "performance" else read_statement
            amounts = read(draft, contexts[number], facts)
            if draft.kind.layout != "performance":
                mark_leaves(amounts)
        else:
            _keep_raw(draft, number, facts)
        rows.append(statement_row(number, draft, unit, amounts))
    present = {draft.kind.code for draft in drafts if draft.kind}
    for declared in declared_without_table(lines):
        if code := _new_code(declared[1], identity.doc_kind, present):
            rows.append(declared_row(len(rows) + 1, declared, code))
    for titled in titles_without_table(lines):
        if titled[1].code_for(identity.doc_kind) not in present:
            rows.append(unread_row(len(rows) + 1, titled))
    for announced in announced_titles(grids, lines):
        if code := _new_code(announced[1], identity.doc_kind, present):
            rows.append(announced_row(len(rows) + 1, announced, code))
    identity.content = _content(drafts, extraction["sentence"].height)
    frames = _frames(identity, rows, facts)
    frames["claim"] = _claims(extraction, frames)
    return frames


def _contexts(drafts: list[Draft], units: list[MoneyUnit], identity: Identity) -> dict[int, Context]:
    contexts: dict[int, Context] = {}
    for number, (draft, unit) in enumerate(zip(drafts, units, strict=True), start=1):
        if draft.kind:
            contexts[number] = Context(
                statement_no=number,
                kind=draft.kind,
                doc_kind=identity.doc_kind,
                fiscal_year=identity.fiscal_year,
                money_unit=unit.unit,
                is_unit_inferred=unit.is_inferred,
                known_units=frozenset(),
            )
    known = frozenset(_unit_names(drafts, contexts, identity))
    for context in contexts.values():
        context.known_units = known
    return contexts


def _unit_names(drafts: list[Draft], contexts: dict[int, Context], identity: Identity) -> Iterable[str]:
    """Return the names printed in columns headed 单位名称, and the publisher's own."""
    yield from (name for name in (identity.unit_name, identity.department_name) if name)
    for number, context in contexts.items():
        if context.kind.layout != "functional":
            continue
        for part in drafts[number - 1].parts:
            units = [n for n, column in columns_of(part, context).items() if column.role == "unit"]
            for cell in part.grid.cells:
                if cell.column in units and cell.row >= part.head.first_data_row and cell.text:
                    yield clean(cell.text)


def _keep_raw(draft: Draft, number: int, facts: Facts) -> None:
    """Keep the cells of a table that is no statement, with the reason."""
    reason = draft.reason or "table_not_a_statement"
    for part in draft.parts:
        for cell in part.grid.cells:
            facts.labels.append(
                CellLabel(
                    part.grid.table_no,
                    cell.row,
                    cell.column,
                    number,
                    "",
                    "",
                    reason if cell.is_numeric else None,
                )
            )
    if draft.title:
        facts.unmapped.append(Unmapped("title", draft.title, None, draft.parts[0].grid.first_page, reason))
    elif reason == "table_not_a_statement" and _has_money(draft.parts[0].grid):
        caption = draft.parts[0].grid.caption
        text = clean(caption[-1]) if caption else ""
        facts.unmapped.append(Unmapped("title", text, None, draft.parts[0].grid.first_page, reason))


def _has_money(grid: Grid) -> bool:
    return any(cell.is_numeric and cell.decimals for cell in grid.cells)


def _new_code(title: Title, doc_kind: str | None, present: set[str]) -> str | None:
    """Return the code of a title whose statement was not met yet, and count it as met."""
    code = title.code_for(doc_kind)
    if not code or code in present:
        return None
    present.add(code)
    return code


def _content(drafts: list[Draft], sentence_count: int) -> str:
    codes = {draft.kind.code for draft in drafts if draft.kind}
    forms = {code for code in codes if code in {"PF", "PFW", "BT14", "BT16"}}
    has_narrative = sentence_count >= _NARRATIVE_SENTENCES
    if codes - forms:
        return "full" if has_narrative else "tables"
    if forms:
        return "performance"
    return "narrative" if has_narrative else "other"


def _frames(identity: Identity, statements: list[dict[str, Any]], facts: Facts) -> dict[str, pl.DataFrame]:
    return {
        "identity": pl.DataFrame([identity.row()], schema=FRAMES["identity"], orient="row"),
        "statement": pl.DataFrame(statements, schema=FRAMES["statement"], orient="row"),
        "cell_label": _frame("cell_label", facts.labels),
        "amount": _frame("amount", facts.amounts),
        "unmapped": _frame("unmapped", facts.unmapped),
        "performance_project": _frame("performance_project", facts.projects),
        "performance_indicator": _frame("performance_indicator", facts.indicators),
    }


def _frame(name: str, rows: list[Any]) -> pl.DataFrame:
    schema = FRAMES[name]
    fields = list(schema)
    columns: list[list[Any]] = [[getattr(row, field) for row in rows] for field in fields]
    return pl.DataFrame(
        [
            pl.Series(field, values, dtype=schema[field], strict=False)
            for field, values in zip(fields, columns, strict=True)
        ]
    )


def _claims(extraction: Mapping[str, pl.DataFrame], frames: dict[str, pl.DataFrame]) -> pl.DataFrame:
    whole = Extraction(**{name: extraction[name] for name in EXTRACTED})
    return read_claims(whole, frames["identity"], frames["statement"], frames["amount"])
