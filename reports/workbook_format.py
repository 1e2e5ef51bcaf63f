"""How cells of the workbook look, and how one value is written so that it stays what it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
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
_CHANGE = "+#,##0;-#,##0;0"
_COUNTS = {"count": "#,##0", "count change": _CHANGE, "total": "#,##0", "total change": _CHANGE}
_QUOTED = {"quote_prefix": True}
_LINK = {"font_color": "#0563C1", "underline": 1}
_SEVERITY_COLOURS = {"error": "#F8CBAD", "warning": "#FFE699", "notice": "#DDEBF7"}


@dataclass(eq=False)
class Style:
    """How a cell looks, and the same as a link and as text that a program might take for a formula."""

    formats: Formats
    properties: dict[str, object]

    @cached_property
    def plain(self) -> Any:
        """The format of numbers, days, blanks and harmless text."""
        return self.formats.get(**self.properties)

    @cached_property
    def quoted(self) -> Any:
        """The format of text that stays text even where it is edited."""
        return self.formats.get(**self.properties, **_QUOTED)

    @cached_property
    def link(self) -> Any:
        """The format of a link."""
        return self.formats.get(**self.properties, **_LINK)

    @cached_property
    def quoted_link(self) -> Any:
        """The format of a link whose text stays text."""
        return self.formats.get(**self.properties, **_LINK, **_QUOTED)


@dataclass
class Formats:
    """All formats of one workbook, made once by name and properties."""

    workbook: Workbook
    _made: dict[tuple[tuple[str, Any], ...], Any] = field(default_factory=dict)
    _bodies: dict[tuple[str, str | None], Style] = field(default_factory=dict)

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

    def body(self, kind: str, severity: str | None = None) -> Style:
        """Return the style of a body cell of one column kind; severity colours it."""
        if (kind, severity) not in self._bodies:
            self._bodies[kind, severity] = Style(self, self._body_properties(kind, severity))
        return self._bodies[kind, severity]

    def style(self, **properties: object) -> Style:
        """Return a style of its own for a few cells."""
        return Style(self, properties)

    def _body_properties(self, kind: str, severity: str | None) -> dict[str, object]:
        properties: dict[str, object] = {"border": 1, "border_color": "#BFBFBF"}
        if kind in ("wrapped", "answer", "link"):
            properties["text_wrap"] = True
        if kind in ("integer", *_COUNTS):
            properties["align"] = "center"
        if kind == "total name":
            properties["bold"] = True
        if kind in _COUNTS:
            properties.update(num_format=_COUNTS[kind], bold=kind.startswith("total"))
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
    widths: Sequence[float] = ()  # of the columns, in characters
    _link_count: int = 0

    def write(self, row: int, column: int, value: Value, style: Style) -> None:
        """Write a value by its type; None leaves a formatted blank."""
        if value is None or value == "":
            self.sheet.write_blank(row, column, None, style.plain)
        elif isinstance(value, str):
            self.text(row, column, value, style)
        elif isinstance(value, date):
            self.sheet.write_datetime(row, column, value, style.plain)
        elif isinstance(value, Decimal) and len(value.normalize().as_tuple().digits) > _DOUBLE_DIGITS:
            self.text(row, column, f"{value.normalize():f}", style)
        else:
            self.sheet.write_number(row, column, value, style.plain)

    def text(self, row: int, column: int, text: str, style: Style) -> None:
        """Write a string; one that looks like a formula is marked so that even editing it keeps it text."""
        shown = style.quoted if looks_like_formula(text) else style.plain
        self.sheet.write_string(row, column, cell_text(text), shown)

    def link(self, row: int, column: int, text: str, address: str | None, style: Style) -> None:
        """Write ``text`` with a link; plain text where there is no address or Excel could not hold it."""
        if not address or len(address) > _URL_LIMIT or self._link_count >= _LINKS_LIMIT:
            self.text(row, column, text, style)
            return
        self._link_count += 1
        shown = style.quoted_link if looks_like_formula(text) else style.link
        self.sheet.write_url(row, column, address, shown, cell_text(text))
