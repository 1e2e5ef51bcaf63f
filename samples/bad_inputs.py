"""Bad input for tests: damaged, disguised and empty files, made from a good PDF."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

_HTML = "<!DOCTYPE html><html><head><title>首页</title></head><body>页面不存在</body></html>"


def truncated(pdf: bytes) -> bytes:
    """Return the first half of a file."""
    return pdf[: len(pdf) // 2]


def html_named_pdf(pdf: bytes) -> bytes:
    """Return a web page under a PDF's name."""
    return _HTML.encode("utf-8")


def empty(pdf: bytes) -> bytes:
    """Return no bytes at all."""
    return b""


def two_bytes(pdf: bytes) -> bytes:
    """Return what dead upload folders answer."""
    return b"\r\n"


def encrypted(pdf: bytes) -> bytes:
    """Return a PDF that opens only with a password."""
    buffer = io.BytesIO()
    lock = StandardEncryption("sesame", ownerPassword="owner", strength=128)
    canvas = Canvas(buffer, invariant=1, encrypt=lock)
    canvas.drawString(100, 700, "locked")
    canvas.save()
    return buffer.getvalue()


def minimal_pdf(objects: list[bytes], *, startxref: int | None = None) -> bytes:
    """Return a PDF of the given objects (numbered from 1, the first is the catalogue) with a right xref table."""
    out, offsets = io.BytesIO(), []
    out.write(b"%PDF-1.4\n")
    for number, content in enumerate(objects, 1):
        offsets.append(out.tell())
        out.write(b"%d 0 obj\n" % number + content + b"\nendobj\n")
    table = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % offset for offset in offsets))
    out.write(b"trailer\n<< /Size %d /Root 1 0 R >>\n" % (len(objects) + 1))
    out.write(b"startxref\n%d\n%%%%EOF\n" % (table if startxref is None else startxref))
    return out.getvalue()


def no_pages(pdf: bytes) -> bytes:
    """Return a well-formed PDF without a page."""
    return minimal_pdf([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 0 >>"])


def damaged_xref(pdf: bytes) -> bytes:
    """Return the file with its cross-reference offsets overwritten; a tolerant reader can rebuild them."""
    start = pdf.rfind(b"xref\n0")
    end = pdf.rfind(b"trailer")
    if start < 0 or end < 0:
        raise ValueError("the file has no classic cross-reference table")
    return pdf[:start] + pdf[start:end].replace(b"0", b"7") + pdf[end:]


def random_bytes_after_header(pdf: bytes) -> bytes:
    """Return a PDF header followed by noise (the same on every call)."""
    return b"%PDF-1.7\n" + bytes((index * 7919 + index // 3) % 251 for index in range(20_000))


#: Name of the kind -> maker from a good PDF. All but ``damaged_xref`` must end as a failure with a reason.
MAKERS: dict[str, Callable[[bytes], bytes]] = {
    "truncated": truncated,
    "html_named_pdf": html_named_pdf,
    "empty": empty,
    "two_bytes": two_bytes,
    "encrypted": encrypted,
    "no_pages": no_pages,
    "damaged_xref": damaged_xref,
    "noise": random_bytes_after_header,
}


def write_bad_inputs(directory: Path, good: bytes) -> dict[str, Path]:
    """Write one file of every kind into ``directory``; return their paths by kind."""
    directory.mkdir(parents=True, exist_ok=True)
    paths = {}
    for kind, make in MAKERS.items():
        paths[kind] = directory / f"{kind}.pdf"
        paths[kind].write_bytes(make(good))
    return paths
