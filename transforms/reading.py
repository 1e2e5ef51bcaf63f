"""Reading one recognised statement: every cell of its parts gets its labels, and every understood one an amount."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Protocol

from transforms.blocks import Block, split_blocks
from transforms.columns import Column
from transforms.context import Context
from transforms.facts import Amount, CellLabel, Facts, Unmapped
from transforms.grid import EMPTY_STATES, Cell, Grid
from transforms.headers import label_of_path
from transforms.item_rows import ItemRows
from transforms.money_units import YUAN
from transforms.operating_rows import StatisticsRows, ThreePublicRows
from transforms.part_columns import columns_of
from transforms.recognition import Draft, Part
from transforms.row_meanings import RowMeaning, SubjectRows
from transforms.row_texts import RowReader, RowText
from transforms.subjects import subjects
from transforms.summary_rows import SummaryRows
from transforms.vocabulary_files import StatementKind
from transforms.wording import clean

ZERO = Decimal(0)
_CODE_MISMATCH = "name_differs_from_reference"
_CODE_UNKNOWN = "code_not_in_reference"


class RowMeaningReader(Protocol):
    """Says what a row stands for."""

    def read(self, row: RowText) -> RowMeaning:
        """Return what a row stands for."""
        ...


@dataclass(slots=True)
class _Reading:
    """The state kept over the parts of one statement."""

    context: Context
    facts: Facts
    readers: dict[int, RowReader] = field(default_factory=dict)
    meanings: dict[int, RowMeaningReader] = field(default_factory=dict)
    amounts: list[Amount] = field(default_factory=list)
    seen_codes: set[tuple[str, str]] = field(default_factory=set)


def read_statement(draft: Draft, context: Context, facts: Facts) -> list[Amount]:
    """Read all parts of a statement into ``facts``; return its amounts (leaves not yet marked)."""
    reading = _Reading(context, facts)
    for part in draft.parts:
        columns = columns_of(part, context)
        blocks = split_blocks(columns, context.kind)
        _read_part(reading, part, columns, blocks)
    _settle_totals(reading.amounts)
    _settle_units(reading.amounts, context.kind)
    _tell_blocks_apart(reading.amounts)
    if context.kind.layout in {"statistics", "three_public"}:
        _drop_blank_sections(reading.amounts)
    facts.amounts.extend(reading.amounts)
    return reading.amounts


def _read_part(reading: _Reading, part: Part, columns: dict[int, Column], blocks: list[Block]) -> None:
    grid, head = part.grid, part.head
    for index, block in enumerate(blocks):
        reading.readers.setdefault(index, RowReader(block)).block = block
        reading.meanings.setdefault(index, _meaning_reader(reading.context, block, columns))
        for section in head.sections:
            reading.meanings[index].read(RowText(0, label=section))
    labels = {number: label_of_path(column.path) for number, column in columns.items()}
    for number, column in columns.items():
        if column.role == "unknown" and column.path:
            reading.facts.unmapped.append(
                Unmapped(
                    "column",
                    labels[number],
                    reading.context.kind.code,
                    grid.first_page,
                    column.reason or "column_not_in_vocabulary",
                )
            )
    for row in range(1, grid.row_count + 1):
        if row < head.first_data_row or row in head.skipped:
            _label_heading(reading, grid, row, labels, row in head.skipped)
            continue
        for index, block in enumerate(blocks):
            _read_row(reading, grid, row, block, index, columns, labels)


def _label_heading(reading: _Reading, grid: Grid, row: int, labels: dict[int, str], skipped: bool) -> None:
    for cell in grid.own_cells(row):
        reason = ("column_number" if skipped else "heading") if cell.is_numeric else None
        reading.facts.labels.append(
            CellLabel(
                grid.table_no,
                cell.row,
                cell.column,
                reading.context.statement_no,
                "",
                labels.get(cell.column, ""),
                reason,
            )
        )


def _meaning_reader(context: Context, block: Block, columns: dict[int, Column]) -> RowMeaningReader:
    kind = context.kind
    if kind.layout == "summary" or (block.side != "any" and kind.layout == "functional"):
        hint = next((group.hint for group in block.groups if group.hint), None)
        return SummaryRows(block.side, hint)
    if kind.layout == "three_public":
        return ThreePublicRows(kind, context.fiscal_year, context.known_units)
    if kind.layout == "statistics":
        if any(column.line for column in columns.values()):
            return ThreePublicRows(kind, context.fiscal_year, context.known_units)
        return StatisticsRows()
    if kind.layout in {"project", "procurement"}:
        return ItemRows(kind, context.known_units)
    reader = SubjectRows(kind, context.known_units)
    if not (block.labels or block.groups or block.units or block.unit_codes):
        reader.without_labels()
    return reader


def _read_row(
    reading: _Reading,
    grid: Grid,
    row: int,
    block: Block,
    index: int,
    columns: dict[int, Column],
    labels: dict[int, str],
) -> None:
    own = [cell for cell in grid.own_cells(row) if block.first <= cell.column <= block.last]
    if not own:
        return
    text = reading.readers[index].read(grid, row)
    values = [cell for cell in own if cell.column in block.values]
    named = bool(block.labels or block.groups or block.units or block.unit_codes)
    is_blank = named and not text.label and not any(cell.is_numeric for cell in values)
    meaning = RowMeaning(reason="blank_row") if is_blank else reading.meanings[index].read(text)
    if not is_blank:
        _check_codes(reading, grid, text, own[0].page)
        if meaning.reason and any(cell.is_numeric for cell in values):
            reading.facts.unmapped.append(
                Unmapped("row", text.label, reading.context.kind.code, own[0].page, meaning.reason)
            )
    for cell in own:
        column = columns[cell.column]
        reason = _reason(cell, column, meaning, block)
        amount = None if reason else _amount(reading.context, grid, cell, column, meaning)
        if amount:
            reading.amounts.append(amount)
        reading.facts.labels.append(
            CellLabel(
                grid.table_no,
                cell.row,
                cell.column,
                reading.context.statement_no,
                text.label,
                labels.get(cell.column, ""),
                reason if cell.is_numeric else None,
            )
        )


def _reason(cell: Cell, column: Column, meaning: RowMeaning, block: Block) -> str | None:
    """Return why a cell is no amount; None where it is one."""
    if column.role in {"code", "code_class", "code_group", "code_item", "unit_code"}:
        return "code"
    if column.role in {"line_no", "serial"}:
        return "line_number"
    if column.role not in {"value", "count"}:
        return column.reason or "text_column"
    if meaning.reason:
        return meaning.reason
    if cell.state == "percent":
        return "percentage"
    if not cell.is_numeric and cell.state not in EMPTY_STATES:
        return "not_a_number"
    return None


def _amount(context: Context, grid: Grid, cell: Cell, column: Column, meaning: RowMeaning) -> Amount:
    line = _line_of(meaning, column)
    unit = meaning.unit or column.unit or ("个" if column.role == "count" else context.money_unit)
    value = cell.value if cell.is_numeric and cell.value is not None else ZERO
    scale = YUAN.get(unit or "")
    return Amount(
        table_no=grid.table_no,
        row_no=cell.row,
        column_no=cell.column,
        statement_no=context.statement_no,
        statement_code=context.kind.code,
        line_code=line,
        measure="count" if column.role == "count" or meaning.unit else meaning.measure or column.measure,
        functional_code=meaning.functional or None,
        economic_code=meaning.economic or column.economic,
        fund=_fund_of(context, column, meaning, line),
        stage=meaning.stage or column.stage or context.default_stage,
        item=meaning.item,
        subject_name=clean(meaning.name),
        state=cell.state,
        value=value,
        decimals=cell.decimals if cell.is_numeric else None,
        unit=unit,
        is_unit_inferred=context.is_unit_inferred and scale is not None and not column.unit,
        amount_yuan=value * scale if scale is not None else None,
    )


def _line_of(meaning: RowMeaning, column: Column) -> str:
    if column.economic:
        return f"cross.{meaning.line.replace('unit.item', 'unit').rsplit('.', 1)[-1]}"
    if meaning.line and not (column.line and meaning.line == "three_public.total"):
        return meaning.line
    return column.line or meaning.line


def _fund_of(context: Context, column: Column, meaning: RowMeaning, line: str) -> str:
    if meaning.fund:
        return meaning.fund
    if context.kind.code in {"T04", "BT04"}:
        if line.startswith("revenue."):
            suffix = line.rsplit(".", 1)[1]
            return suffix if suffix in _REVENUE_FUNDS else "all"
        suffix = line.rsplit(".", 1)[1] if ".closing_carryover." in line else ""
        return column.fund or (suffix if suffix in _REVENUE_FUNDS else "all")
    if (
        line.startswith("agency_operating_cost.")
        and context.kind.layout == "three_public"
        and not column.fund
    ):
        return "general_public_budget"
    return column.fund or context.kind.default_fund


_REVENUE_FUNDS = frozenset(
    {"general_public_budget", "government_managed_funds", "state_capital_operations", "fiscal_appropriation"}
)


def _check_codes(reading: _Reading, grid: Grid, text: RowText, page: int) -> None:
    """Compare printed names with the reference; what differs is listed, the amount is kept."""
    for subject in text.subjects:
        if not subject.name or (subject.code, subject.name) in reading.seen_codes:
            continue
        reading.seen_codes.add((subject.code, subject.name))
        known = subjects(subject.scheme)
        if known.agrees(subject.code, subject.name):
            continue
        reason = _CODE_MISMATCH if known.is_known(subject.code) else _CODE_UNKNOWN
        printed = f"{subject.code} {subject.name}"
        reading.facts.unmapped.append(Unmapped("code", printed, reading.context.kind.code, page, reason))


def _settle_totals(amounts: list[Amount]) -> None:
    """Where a side prints both 收入合计 and 收入总计, the first is the subtotal of the year."""
    for side in ("revenue", "expenditure"):
        rows = {(a.table_no, a.row_no): a.subject_name for a in amounts if a.line_code == f"{side}.total"}
        subtotal = any(a.line_code == f"{side}.subtotal" for a in amounts)
        if len(rows) < 2 or subtotal:
            continue
        first = min(rows)
        if "总计" not in rows[first]:
            for amount in amounts:
                if (amount.table_no, amount.row_no) == first and amount.line_code == f"{side}.total":
                    amount.line_code = f"{side}.subtotal"


def _settle_units(amounts: list[Amount], kind: StatementKind) -> None:
    """Where no total row is printed and a single unit is listed, that unit's row is the total."""
    items = Counter(a.item for a in amounts if a.line_code == "unit.item")
    if not items or any(a.line_code == kind.total_line for a in amounts):
        return
    if len(items) == 1:
        for amount in amounts:
            if amount.line_code == "unit.item":
                amount.line_code, amount.item = kind.total_line, ""
            elif kind.layout == "economic" and amount.item in items:
                amount.item = ""


def _drop_blank_sections(amounts: list[Amount]) -> None:
    """Where a section's heading repeats the name of its total (一、“三公”经费支出), its blank cells are no amounts."""
    seen: dict[tuple[str, ...], list[Amount]] = {}
    for amount in amounts:
        key = (amount.line_code, amount.measure, amount.fund, amount.stage, amount.item)
        seen.setdefault(key, []).append(amount)
    blank = {
        id(amount)
        for group in seen.values()
        if len(group) > 1 and any(amount.decimals is not None for amount in group)
        for amount in group
        if amount.decimals is None
    }
    amounts[:] = [amount for amount in amounts if id(amount) not in blank]


def _tell_blocks_apart(amounts: list[Amount]) -> None:
    """A total printed once below each block of a side (支出总计 three times in a row) is the same line: later ones
    get the column as item.
    """
    seen: set[tuple[object, ...]] = set()
    for amount in amounts:
        key = (
            amount.table_no, amount.row_no, amount.line_code, amount.measure, amount.functional_code,
            amount.economic_code, amount.fund, amount.stage, amount.item,
        )  # fmt: skip
        if key in seen:
            amount.item = f"{amount.item}第{amount.column_no}列"
        seen.add(key)
