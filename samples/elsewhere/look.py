"""Random looks: any combination of the features in ``data/looks.yaml``, and how they change a table."""

from __future__ import annotations

import functools
import random
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from importlib import resources
from typing import Any

import yaml

from samples.classification import CHINESE_NUMERALS
from samples.profiles import LayoutProfile, layouts
from samples.tables import Align, Cell, Printer, Table

_NUMBERED = re.compile(r"([一二三四五六七八九十]+)、")
_HALF = str.maketrans("（），：；", "(),:;")
_ZEROS = ("", "0.00", "0", "—")
#: Fields of a layout profile that a look sets as drawn.
_PROFILE = (
    "rules", "landscape", "page_break", "repeat_header", "cut_rows", "bold", "font_size", "shading", "ghost", "narrow",
    "letter_spaced", "caption", "per_page", "last_row", "code_columns", "code_style", "line_numbers", "decoys", "watermark",
    "footer", "running_head", "cut_columns",
)  # fmt: skip


@functools.lru_cache(maxsize=1)
def features() -> dict[str, list[Any]]:
    """Return every feature with its options."""
    text = resources.files("samples").joinpath("data", "looks.yaml").read_text(encoding="utf-8")
    return dict(yaml.safe_load(text))


@dataclass(frozen=True, slots=True)
class MixedPrinter(Printer):
    """A printer that changes its mind about separators and zeros from cell to cell, as documents do."""

    mixed_thousands: bool = False
    mixed_zero: bool = False
    dice: random.Random = field(default_factory=random.Random)

    def number(self, hundredths: int, *, zero: str | None = None, unit: str | None = None) -> str:
        """Amount in 分, printed in the document's unit and decimals."""
        if hundredths == 0 and self.mixed_zero:
            zero = self.dice.choice(_ZEROS)
        text = Printer.number(self, hundredths, zero=zero, unit=unit)
        return text.replace(",", "") if self.mixed_thousands and self.dice.random() < 0.5 else text


@dataclass(slots=True)
class Look:
    """One look: the drawn features, and the layout profile that draws them."""

    drawn: dict[str, Any]
    layout: LayoutProfile
    dice: random.Random

    def __getattr__(self, name: str) -> Any:
        try:
            return self.drawn[name]
        except KeyError:
            raise AttributeError(name) from None

    @property
    def code_align(self) -> Align:
        """Where codes stand in their cells."""
        return "left" if self.drawn["code_align"] == "left" else "center"

    @property
    def unit_code(self) -> str:
        """Code the unit has in the budget system."""
        return "102001"

    def indented(self, name: str, digits: int) -> str:
        """Return a subject's name, indented by its level where the look wants that."""
        return "　" * ((digits - 3) // 2) + name if self.drawn["indent"] == "ideographic" else name

    def empty_note(self, scope: str, title: str) -> str:
        """Words below a statement without data."""
        subject = re.sub(r"支出.*|收入.*|决算表|预算表", "", title)
        return {
            "short": "说明：本表无数据",
            "long": f"注：本{scope}没有{subject}收入，也没有使用{subject}安排的支出，故本表无数据。",
            "empty_table": "注：此表为空表。",
        }[self.drawn["notes"]]

    def printer(self, money_unit: str) -> Printer:
        """Return a printer for one statement in the given unit."""
        zero, thousands = str(self.drawn["zero"]), self.drawn["thousands"]
        decimals = {"元": int(self.drawn["yuan_decimals"]), "亿元": 6}.get(money_unit, 2)
        return MixedPrinter(
            money_unit, thousands != "no", "" if zero == "mixed" else zero, decimals,
            mixed_thousands=thousands == "mixed", mixed_zero=zero == "mixed", dice=self.dice,
        )  # fmt: skip

    def unit_of(self, code: str) -> str:
        """Return the money unit of a statement: 三公 stays in 万元 where the others are in 元 in many places."""
        unit = self.drawn["money_unit"]
        if unit != "mixed":
            return str(unit)
        return "万元" if code in {"T07", "BT09"} else "元"

    def dress(self, table: Table, year: int) -> Table:
        """Return a table with the look's headings: column numbers, a year row, the unit, spaces and punctuation."""
        if self.drawn["unit_place"] == "heading":
            table = _with_unit_in_heading(table)
        if self.drawn["column_numbers"]:
            table = _with_column_numbers(table)
        if self.drawn["year_row"]:
            table = replace(table, header=[[Cell(f"{year}年度", len(table.widths))], *table.header])
        if self.drawn["spaced_heads"]:
            table = replace(table, header=[[_spaced(cell) for cell in row] for row in table.header])
        if self.drawn["punctuation"] == "half":
            for cell in table.cells():
                cell.text = cell.text.translate(_HALF) if cell.key is None else cell.text
            table.notes[:] = [note.translate(_HALF) for note in table.notes]
        if self.drawn["label_numbers"] != "as_is":
            _renumber(table, self.drawn["label_numbers"])
        table.money_unit = self._unit_words(table.money_unit)
        if self.drawn["title_year"]:
            table.title = f"{year}年{table.title}"
        return table

    def _unit_words(self, unit: str) -> str:
        """Return what is printed behind 单位："""
        return {
            "renminbi": f"人民币{unit}",
            "bracketed": f"（{unit}）",
            "decimals": f"{unit}（保留两位小数）",
            "with_things": f"辆、{unit}",
        }.get(self.drawn["unit_words"], unit)


def _renumber(table: Table, style: str) -> None:
    """Print the labels of a summary without their Chinese numbers, or with Arabic ones."""
    if table.statement_code not in {"T01", "T04", "BT01", "BT04"}:
        return
    for cell in table.cells():
        if cell.key is None and (match := _NUMBERED.match(cell.text)):
            number = CHINESE_NUMERALS.index(match[1]) + 1
            cell.text = (
                cell.text[match.end() :] if style == "none" else f"{number}.{cell.text[match.end() :]}"
            )


def draw_look(dice: random.Random, fixed: Mapping[str, str]) -> Look:
    """Draw a look, some features given; combinations that no page could hold are put right."""
    drawn = {name: dice.choice(options) for name, options in features().items()}
    for name, wanted in fixed.items() - {("set", fixed.get("set", ""))}:
        drawn[name] = next((option for option in features().get(name, []) if str(option) == wanted), wanted)
    if drawn["rules"] in {
        "none",
        "horizontal",
    }:  # without upright rules wrapped or overflowing cells cannot be told apart
        drawn |= {"narrow": False, "cut_rows": False, "label_share": 1.0, "ghost": False}
        drawn["caption"] = "above" if drawn["caption"] == "in_grid" else drawn["caption"]
        drawn["unit_place"] = "caption" if drawn["unit_place"] == "none" else drawn["unit_place"]
    if drawn["money_unit"] != "万元":
        drawn["narrow"] = False  # numbers that long would be printed over each other
    if drawn["rules"] in {"none", "horizontal"}:
        drawn["cut_columns"] = False  # two tables to any reader: nothing shows that their rows are the same
    if drawn["code_columns"] != 3:
        drawn["code_style"] = "full"
    if drawn["unit_place"] == "none" and drawn["money_unit"] not in {"万元", "元"}:
        drawn["money_unit"] = "万元"  # what nothing on the page says cannot be read
    if drawn["caption"] == "page_before":
        drawn["per_page"] = "one"
    profile = replace(
        layouts()["central"], name="elsewhere", fit_numbers=True, **{name: drawn[name] for name in _PROFILE}
    )
    return Look(drawn, replace(profile, thousands=drawn["thousands"] != "no"), dice)


def _spaced(cell: Cell) -> Cell:
    """Letter-space a short heading: 项 目, 合　计."""
    text = cell.text
    return (
        replace(cell, text=f"{text[0]}  {text[1]}")
        if len(text) == 2 and not text.isdigit() and text != "行次"
        else cell
    )


def _value_columns(table: Table) -> set[int]:
    found: set[int] = set()
    for cell, column in _placed(table.body):
        if cell.key is not None:
            found.add(column)
    return found


def _placed(rows: list[list[Cell]]) -> list[tuple[Cell, int]]:
    taken: set[tuple[int, int]] = set()
    placed = []
    for number, row in enumerate(rows):
        column = 0
        for cell in row:
            while (number, column) in taken:
                column += 1
            placed.append((cell, column))
            taken |= {
                (number + down, column + right)
                for down in range(cell.row_span)
                for right in range(cell.column_span)
            }
            column += cell.column_span
    return placed


def _with_column_numbers(table: Table) -> Table:
    values, row, number = _value_columns(table), [], 0
    for column in range(len(table.widths)):
        if column in values:
            number += 1
            row.append(Cell(str(number)))
        else:
            row.append(Cell("栏次" if column == 0 or column - 1 in values else ""))
    return replace(table, header=[*table.header, row])


def _with_unit_in_heading(table: Table) -> Table:
    """Print the unit behind the lowest headings of the amounts: 决算数（万元）."""
    values, depth = _value_columns(table), len(table.header)
    header = [list(row) for row in table.header]
    if any(cell.unit not in {"", table.money_unit} for cell in table.cells()):
        return table  # numbers of things stand in the same columns
    seen = 0
    for number, row in enumerate(header):
        for index, _ in enumerate(row):
            cell, column = _placed(table.header)[seen]
            seen += 1
            ends = number + cell.row_span == depth and cell.column_span == 1
            if column in values and ends and not cell.text.isdigit():
                row[index] = replace(cell, text=f"{cell.text}（{table.money_unit}）")
    return replace(table, header=header, money_label="")
