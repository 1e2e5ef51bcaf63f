"""Hostile files for tests: bombs, loops, giant grids, mutated bytes, dangerous names. Small to make, costly to read.

Every maker returns the same bytes on every call. ``HOSTILE_PDFS`` have no good reading at all or one that must stop
at a limit; ``mutated_pdfs`` are random damage to a good file; ``ATTACHMENTS`` are archives and office files.
"""

from __future__ import annotations

import io
import random
import zipfile
import zlib
from collections.abc import Callable, Iterator

from samples.bad_inputs import minimal_pdf
from samples.workbook import disclosure_workbook

_CATALOGUE = b"<< /Type /Catalog /Pages 2 0 R >>"
_PAGES = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
_PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << %s >> /Contents 4 0 R >>"
_HELVETICA = b"/Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>"


def _stream(content: bytes, entries: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n" % (len(content), entries) + content + b"\nendstream"


def _one_page(content: bytes, resources: bytes = _HELVETICA, *more: bytes, compress: bool = True) -> bytes:
    body = _stream(zlib.compress(content, 9), b"/Filter /FlateDecode") if compress else _stream(content)
    return minimal_pdf([_CATALOGUE, _PAGES, _PAGE % resources, body, *more])


def _zeros(megabytes: int) -> bytes:
    """Compressed white space of the given size, made without holding it in memory."""
    packer = zlib.compressobj(9)
    return b"".join(packer.compress(b" " * 1_048_576) for _ in range(megabytes)) + packer.flush()


def stream_bomb() -> bytes:
    """Page contents of half a megabyte that unpack to 512 MB."""
    body = _stream(_zeros(512), b"/Filter /FlateDecode")
    return minimal_pdf([_CATALOGUE, _PAGES, _PAGE % _HELVETICA, body])


def nested_bomb() -> bytes:
    """Page contents packed twice, 64 MB inside."""
    body = _stream(zlib.compress(_zeros(64), 9), b"/Filter [/FlateDecode /FlateDecode]")
    return minimal_pdf([_CATALOGUE, _PAGES, _PAGE % _HELVETICA, body])


def self_calling_form() -> bytes:
    """A form that draws itself."""
    form = _stream(
        b"/X Do", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 5 0 R >> >>"
    )
    return _one_page(b"/X Do", b"/XObject << /X 5 0 R >>", form)


def doubling_forms(depth: int = 40) -> bytes:
    """Forms of which each draws the next one twice: two to the fortieth drawings."""
    forms = []
    for level in range(depth):
        inner = b"/Resources << /XObject << /X %d 0 R >> >>" % (6 + level)
        content = b"/X Do /X Do" if level < depth - 1 else b"0 0 1 1 re f"
        forms.append(_stream(content, b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] " + inner))
    return _one_page(b"/X Do", b"/XObject << /X 5 0 R >>", *forms)


def giant_grid(lines: int = 800) -> bytes:
    """Draw a grid of 640,000 crossings on one page."""
    across = b"".join(b"0 %.2f m 595 %.2f l S " % (y, y) for y in (842 * i / lines for i in range(lines)))
    down = b"".join(b"%.2f 0 m %.2f 842 l S " % (x, x) for x in (595 * i / lines for i in range(lines)))
    return _one_page(across + down)


def many_characters(count: int = 400_000) -> bytes:
    """Print more characters on one page than any disclosure has."""
    lines = (b"(%0100d) Tj T* " % number for number in range(count // 100))  # pdfium drops repeated ones
    return _one_page(b"BT /F1 4 Tf 0.2 TL 0 840 Td " + b"".join(lines) + b"ET")


def many_segments(count: int = 600_000) -> bytes:
    """Draw one path of very many segments."""
    return _one_page(b"0 0 m " + b"1 2 l 2 1 l " * (count // 2) + b"S")


def many_pages(count: int = 200_000) -> bytes:
    """Return a page tree that names one page two hundred thousand times."""
    kids = b"3 0 R " * count
    pages = b"<< /Type /Pages /Kids [" + kids + b"] /Count %d >>" % count
    return minimal_pdf([_CATALOGUE, pages, _PAGE % _HELVETICA, _stream(b"")])


def page_tree_loop() -> bytes:
    """Return a page tree whose child is the tree itself."""
    return minimal_pdf([_CATALOGUE, b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>"])


def lying_count() -> bytes:
    """Return a page tree that claims two thousand million pages."""
    pages = b"<< /Type /Pages /Kids [3 0 R] /Count 2000000000 >>"
    return minimal_pdf([_CATALOGUE, pages, _PAGE % _HELVETICA, _stream(b"")])


def huge_page() -> bytes:
    """Return a page of a thousand million points a side with a grid on it."""
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 1e9 1e9] /Contents 4 0 R >>"
    return minimal_pdf([_CATALOGUE, _PAGES, page, _stream(b"0 0 5e8 5e8 re S 1 1 9e8 9e8 re S")])


def deep_arrays(depth: int = 100_000) -> bytes:
    """Return an object of arrays in arrays in arrays."""
    return minimal_pdf([_CATALOGUE, _PAGES, _PAGE % _HELVETICA, _stream(b""), b"[" * depth + b"]" * depth])


def acting_pdf() -> bytes:
    """Return a page that wants to run a script, start a program and open an address as soon as it is shown."""
    actions = (
        b"/OpenAction << /S /JavaScript /JS (app.launchURL\\('http://127.0.0.1:9/'\\)) "
        b"/Next << /S /Launch /F (/bin/sh) /Next << /S /URI /URI (file:///etc/passwd) >> >> >>"
    )
    catalogue = b"<< /Type /Catalog /Pages 2 0 R " + actions + b" >>"
    content = _stream(b"BT /F1 20 Tf 50 700 Td (hello) Tj ET")
    return minimal_pdf([catalogue, _PAGES, _PAGE % _HELVETICA, content])


#: Name -> maker of a hostile PDF.
HOSTILE_PDFS: dict[str, Callable[[], bytes]] = {
    maker.__name__: maker
    for maker in (
        stream_bomb, nested_bomb, self_calling_form, doubling_forms, giant_grid, many_characters, many_segments,
        many_pages, page_tree_loop, lying_count, huge_page, deep_arrays, acting_pdf,
    )
}  # fmt: skip


def bit_flipped(pdf: bytes, dice: random.Random, flips: int = 40) -> bytes:
    """Return the file with bits turned over anywhere."""
    damaged = bytearray(pdf)
    for _ in range(flips):
        damaged[dice.randrange(len(damaged))] ^= 1 << dice.randrange(8)
    return bytes(damaged)


def token_mutated(pdf: bytes, dice: random.Random, changes: int = 12) -> bytes:
    """Return the file with numbers outside its streams replaced by extreme ones of the same length or longer."""
    extremes = [b"-1", b"0", b"4294967296", b"99999999999999999999", b"1e308", b"0.00000001"]
    parts = pdf.split(b" ")
    places = [index for index, part in enumerate(parts) if part.isdigit()]
    for index in dice.sample(places, min(changes, len(places))):
        parts[index] = dice.choice(extremes)
    return b" ".join(parts)


def chunk_lost(pdf: bytes, dice: random.Random) -> bytes:
    """Return the file without a piece out of its middle."""
    start = dice.randrange(len(pdf) // 4, len(pdf) * 3 // 4)
    return pdf[:start] + pdf[start + dice.randrange(100, 4000) :]


def cut_off(pdf: bytes, dice: random.Random) -> bytes:
    """Return the file's beginning."""
    return pdf[: dice.randrange(10, len(pdf))]


_MUTATORS = (bit_flipped, token_mutated, chunk_lost, cut_off)


def mutated_pdfs(pdf: bytes, count: int, seed: int = 0) -> Iterator[tuple[str, bytes]]:
    """Yield ``count`` damaged copies of a good PDF as (name, bytes), each kind of damage in turn."""
    dice = random.Random(f"{seed}/damage")  # noqa: S311 - damage for tests
    for number in range(count):
        mutator = _MUTATORS[number % len(_MUTATORS)]
        yield f"{mutator.__name__}_{number:04d}", mutator(pdf, dice)


def _archive(entries: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in entries.items():
            archive.writestr(zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def zip_traversal() -> bytes:
    """Return an archive whose entries want to be written elsewhere."""
    return _archive(
        {"../../escaped.pdf": b"%PDF-1.4", "/srv/absolute.pdf": b"%PDF-1.4", "a\\..\\b.pdf": b"%PDF-1.4"}
    )


def zip_bomb(megabytes: int = 256) -> bytes:
    """Return a quarter of a megabyte that unpacks to 256 MB under a PDF's name."""
    return _archive({"预算.pdf": b"\0" * (megabytes * 1_048_576)})


def _workbook_with(name: str, change: Callable[[bytes], bytes]) -> bytes:
    """Return an honest workbook of which one entry has been changed."""
    with zipfile.ZipFile(io.BytesIO(disclosure_workbook())) as archive:
        entries = {entry: archive.read(entry) for entry in archive.namelist()}
    entries[name] = change(entries[name])
    return _archive(entries)


_SHEET = "xl/worksheets/sheet1.xml"


def xml_bomb_xlsx() -> bytes:
    """Return a workbook whose sheet is a billion laughs."""
    entities = "".join(f'<!ENTITY l{n} "{"".join(f"&l{n - 1};" for _ in range(10))}">' for n in range(1, 10))
    sheet = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">{entities}]><worksheet>&l9;</worksheet>'
    return _workbook_with(_SHEET, lambda _: sheet.encode())


def external_entity_xlsx() -> bytes:
    """Return a workbook that wants a file of the machine in its text, written in UTF-16 to be overlooked."""
    opening = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    body = "<sst><si><t>&f;</t></si></sst>"
    return _workbook_with("docProps/core.xml", lambda _: (opening + body).encode("utf-16"))


def merged_bomb_xlsx() -> bytes:
    """Return a workbook with one merged range over every cell a sheet can have."""
    return _workbook_with(_SHEET, lambda sheet: sheet.replace(b'ref="A1:F1"', b'ref="A1:XFD1048576"'))


def unpacking_bomb_xlsx(megabytes: int = 256) -> bytes:
    """Return a workbook whose sheet unpacks to 256 MB of white space."""
    return _workbook_with(_SHEET, lambda sheet: sheet + b" " * (megabytes * 1_048_576))


def many_cells_xlsx(count: int = 400_000) -> bytes:
    """Return a workbook of more cells than any disclosure has."""
    row = b"".join(b'<c r="A%d"/>' % number for number in range(1, count + 1))
    return _workbook_with(_SHEET, lambda sheet: sheet.replace(b"</sheetData>", row + b"</sheetData>"))


#: Name with extension -> maker of a hostile workbook.
WORKBOOKS: dict[str, Callable[[], bytes]] = {
    "xml_bomb.xlsx": xml_bomb_xlsx,
    "external_entity.xlsx": external_entity_xlsx,
    "merged_bomb.xlsx": merged_bomb_xlsx,
    "unpacking_bomb.xlsx": unpacking_bomb_xlsx,
    "many_cells.xlsx": many_cells_xlsx,
}

#: Name with extension -> maker of a hostile attachment that is no PDF.
ATTACHMENTS: dict[str, Callable[[], bytes]] = {
    "zip_traversal.zip": zip_traversal,
    "zip_bomb.zip": zip_bomb,
    **WORKBOOKS,
}

#: Names that must be shown and stored as text, never run: formula, SQL, HTML, path, control and direction characters.
HOSTILE_NAMES = (
    "=cmd|' /C calc'!A0",
    "+1+1",
    "@SUM(1,2)",
    "'; DROP TABLE core.document; --",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "../../../etc/passwd",
    "云溪区\u202e局政财\u202c\u0000\u0007",
    "{{ 7 * 7 }}${7*7}",
)
