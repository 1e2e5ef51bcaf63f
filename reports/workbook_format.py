"""How cells of the workbook look, and how one value is written so that it stays what it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from reports.list_columns import Value
from reports.spreadsheet_text import cell_text, looks_like_formula

#: A double holds 15 decimal digits; longer numbers are written as text rather than changed.
_DOUBLE_DIGITS = 15

#: Excel's limits on hyperlinks: characters of an address, and links on one sheet (kept well below).
_URL_LIMIT = 2_000
_LINKS_LIMIT = 60_000

_BASE = {"font_name": "Microsoft YaHei", "font_size": 10, "valign": "top"}
_SEVERITY_COLOURS = {"error": "#F8CBAD", "warning": "#FFE699", "notice": "#DDEBF7"}


@dataclass
class Formats:
    """All formats of one workbook, made once by name and properties."""

    workbook: Workbook
    _made: dict[tuple[tuple[str, Any], ...], Any] = field(default_factory=dict)
    _bodies: dict[tuple[str, str | None], dict[str, object]] = field(default_factory=dict)

    def get(self, **properties: object) -> Any:
        """Return the format with these properties over the base font."""
        key = tuple(properties.items())
        if key not in self._made:
            self._made[key] = self.workbook.add_format({**_BASE, **properties})
        return self._made[key]

    @property
    def heading(self) -> Any:
        """Column headings."""
        return self.get(
            bold=True, bg_color="#1F4E78", font_color="#FFFFFF", border=1, text_wrap=True, valign="vcenter"
        )

    @property
    def title(self) -> Any:
        """The sheet's title line."""
        return self.get(bold=True, font_size=16)

    @property
    def section(self) -> Any:
        """A line above a block."""
        return self.get(bold=True, font_size=12)

    @property
    def note(self) -> Any:
        """Small print."""
        return self.get(font_color="#595959")

    @property
    def group(self) -> Any:
        """The line that opens a unit's or a rule's findings."""
        return self.get(bold=True, bg_color="#D9E1F2", top=1, bottom=1)

    def body(self, kind: str, severity: str | None = None) -> dict[str, object]:
        """Return the properties of a body cell of one column kind (not to be changed); severity colours it."""
        if (kind, severity) not in self._bodies:
            self._bodies[kind, severity] = self._body(kind, severity)
        return self._bodies[kind, severity]

    def _body(self, kind: str, severity: str | None) -> dict[str, object]:
        properties: dict[str, object] = {"border": 1, "border_color": "#BFBFBF"}
        if kind in ("wrapped", "answer", "link"):
            properties["text_wrap"] = True
        if kind == "integer":
            properties["align"] = "center"
        if kind == "money":
            properties["num_format"] = "#,##0.00####"
        if kind == "date":
            properties["num_format"] = "yyyy-mm-dd"
        if kind == "answer":
            properties.update(bg_color="#FFFDE7", locked=False)
        if severity in _SEVERITY_COLOURS:
            properties["bg_color"] = _SEVERITY_COLOURS[severity]
        return properties


@dataclass
class CellWriter:
    """Writes single values of one sheet; text always stays text."""

    sheet: Worksheet
    formats: Formats
    _link_count: int = 0

    def write(self, row: int, column: int, value: Value, properties: dict[str, object]) -> None:
        """Write a value by its type; None leaves a formatted blank."""
        if value is None or value == "":
            self.sheet.write_blank(row, column, None, self.formats.get(**properties))
        elif isinstance(value, str):
            self.text(row, column, value, properties)
        elif isinstance(value, date):
            self.sheet.write_datetime(row, column, value, self.formats.get(**properties))
        elif isinstance(value, Decimal) and len(value.normalize().as_tuple().digits) > _DOUBLE_DIGITS:
            self.text(row, column, f"{value.normalize():f}", properties)
        else:
            self.sheet.write_number(row, column, value, self.formats.get(**properties))

    def text(self, row: int, column: int, text: str, properties: dict[str, object]) -> None:
        """Write a string; one that looks like a formula is marked so that even editing it keeps it text."""
        if looks_like_formula(text):
            properties = {**properties, "quote_prefix": True}
        self.sheet.write_string(row, column, cell_text(text), self.formats.get(**properties))

    def link(
        self, row: int, column: int, text: str, address: str | None, properties: dict[str, object]
    ) -> None:
        """Write ``text`` with a link; plain text where there is no address or Excel could not hold it."""
        if not address or len(address) > _URL_LIMIT or self._link_count >= _LINKS_LIMIT:
            self.text(row, column, text, properties)
            return
        self._link_count += 1
        shown = {**properties, "font_color": "#0563C1", "underline": 1}
        if looks_like_formula(text):
            shown["quote_prefix"] = True
        self.sheet.write_url(row, column, address, self.formats.get(**shown), cell_text(text))
