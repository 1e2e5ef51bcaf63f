"""The extractor's version: results of another version are never mixed with these."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from extractors import ocr

#: Raised by hand when the meaning of a frame or column changes.
NUMBER = 1

_SUFFIXES = frozenset({".py", ".yaml", ".csv"})


def extractor_version() -> str:
    """Return number and fingerprint of this package's own source and data files, e.g. ``1-3fe19a04c2d8``.

    Where OCR is installed the version says so (``…-ocr``): scans set aside without it are read again with it.
    """
    return f"{NUMBER}-{_fingerprint()}" + ("-ocr" if ocr.is_available() else "")


@lru_cache(maxsize=1)
def _fingerprint() -> str:
    package = Path(__file__).resolve().parent
    digest = hashlib.sha256()
    for path in sorted(p for p in package.rglob("*") if p.suffix in _SUFFIXES):
        digest.update(path.relative_to(package).as_posix().encode())
        digest.update(b"\0")
        digest.update(path.read_bytes())
        digest.update(b"\0")
    return digest.hexdigest()[:12]
