"""One font in the place of every font that a document names but does not bring: the same on every machine.

pdfium looks for such fonts among those installed, takes what it finds, and drops text of which it finds no glyph
(a single character, or a line that runs upwards). Where Chinese fonts are missing, as on most servers, pages
would lose text, and any two machines could read one page differently. While a document is open for reading,
pdfium is therefore answered with the font made here: it has an outline for every character, narrower than any
advance and without any ink. Places and widths then come from the document's own dictionaries alone. The 14
standard fonts stay with the outlines that pdfium itself brings, because a document may leave out their widths.
"""

from __future__ import annotations

import ctypes
import struct
from functools import lru_cache
from typing import Any

import pypdfium2.raw as pdfium

_GLYPHS = 0xFFFF  # a text may name glyphs by their number in a font that is not there
_EM, _ADVANCE, _ASCENT, _DESCENT = 1000, 500, 860, -140
_STROKE = (50, 700)  # right end and height of the outline
_STANDARD = (b"Courier", b"Helvetica", b"Times-", b"Symbol", b"ZapfDingbats")
_WHOLE_FILE = 0  # asked for beside single tables
_HANDLE = 1  # any pointer that is not null: there is one font only


@lru_cache(maxsize=1)
def font_bytes() -> bytes:
    """Return the font: a TrueType file whose every glyph is the same stroke without an area."""
    right, height = _STROKE
    glyph = struct.pack(">5h2H2B4h", 1, 0, 0, right, height, 1, 0, 1, 1, 0, right, 0, height)
    tables = {
        b"cmap": _character_map(),
        b"glyf": glyph * _GLYPHS,
        b"head": struct.pack(
            ">4I2H2Q4h2H3h",
            *(0x10000, 0x10000, 0, 0x5F0F3CF5, 0, _EM, 0, 0),
            *(0, 0, right, height, 0, 8, 2, 1, 0),
        ),
        b"hhea": struct.pack(
            ">I3hH11hH",
            *(0x10000, _ASCENT, _DESCENT, 0, _ADVANCE, 0, _ADVANCE - right, right, 1),
            *(0, 0, 0, 0, 0, 0, 0, 1),
        ),
        b"hmtx": struct.pack(">Hh", _ADVANCE, 0) + bytes(2 * (_GLYPHS - 1)),
        b"loca": struct.pack(f">{_GLYPHS + 1}I", *range(0, len(glyph) * (_GLYPHS + 1), len(glyph))),
        b"maxp": struct.pack(">I14H", 0x10000, _GLYPHS, 2, 1, 0, 0, 1, *[0] * 8),
    }
    return _font_file(tables)


def _character_map() -> bytes:
    """Map all of Unicode to one glyph (format 13), for either of Windows' encodings."""
    records = [(3, 1), (3, 10)]
    header = struct.pack(">2H", 0, len(records))
    start = len(header) + 8 * len(records)
    entries = b"".join(struct.pack(">2HI", *record, start) for record in records)
    return header + entries + struct.pack(">2H6I", 13, 0, 28, 0, 1, 1, 0x10FFFF, 1)


def _font_file(tables: dict[bytes, bytes]) -> bytes:
    """Put the tables behind a table directory (without checksums, which no reader verifies)."""
    power = len(tables).bit_length() - 1
    search = 16 << power
    directory = struct.pack(">I4H", 0x10000, len(tables), search, power, 16 * len(tables) - search)
    offset, bodies = len(directory) + 16 * len(tables), []
    for tag, table in sorted(tables.items()):
        directory += struct.pack(">4s3I", tag, 0, offset, len(table))
        bodies.append(table + bytes(-len(table) % 4))
        offset += len(bodies[-1])
    return directory + b"".join(bodies)


def _map_font(
    _info: Any, _weight: int, _italic: int, _charset: int, _family: int, face: Any, _exact: Any
) -> int:
    name = ctypes.cast(face, ctypes.c_char_p).value or b""
    return 0 if name.startswith(_STANDARD) else _HANDLE


def _font_data(_info: Any, _font: Any, table: int, buffer: Any, size: int) -> int:
    if table != _WHOLE_FILE:
        return 0
    content = font_bytes()
    if buffer and size >= len(content):
        ctypes.memmove(buffer, content, len(content))
    return len(content)


def _nothing(*_arguments: Any) -> int:
    return 0


def _font_source() -> Any:
    """Return pdfium's table of call-backs, filled with the functions above."""
    functions = {"MapFont": _map_font, "GetFontData": _font_data}
    source = pdfium.FPDF_SYSFONTINFO()
    source.version = 1
    for name, kind in source._fields_[1:]:
        setattr(source, name, kind(functions.get(name, _nothing)))
    return source


class _Switch:
    """Which fonts pdfium asks for at present: counts the documents that are open for reading."""

    def __init__(self) -> None:
        self._substitute = _font_source()  # pdfium holds pointers into it
        self._system: Any = None
        self._open = 0

    def close_the_system(self) -> None:
        self._open += 1
        if self._open == 1:
            pdfium.FPDF_SetSystemFontInfo(self._substitute)
            if self._system:
                pdfium.FPDF_FreeDefaultSystemFontInfo(self._system)

    def open_the_system(self) -> None:
        self._open -= 1
        if self._open == 0:
            self._system = pdfium.FPDF_GetDefaultSystemFontInfo()
            pdfium.FPDF_SetSystemFontInfo(self._system)


_switch = _Switch()


def use_substitute() -> None:
    """Answer every request for a font with this one, from now until ``use_system_fonts`` is called as often."""
    _switch.close_the_system()


def use_system_fonts() -> None:
    """Let pdfium look among the machine's fonts again: pages are drawn with what is there."""
    _switch.open_the_system()
