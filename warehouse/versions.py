"""The warehouse's version and a build's identity: hashes of everything that a build reads."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

#: Raised by hand when the meaning of a table or column changes.
NUMBER = 1

_PACKAGE = Path(__file__).resolve().parent
_SUFFIXES = frozenset({".py", ".sql", ".csv", ".yaml"})


def fingerprint_of_files(root: Path, suffixes: frozenset[str] = _SUFFIXES) -> str:
    """Return a hash of names and contents of the files below ``root`` (or of the file itself); empty where
    absent.
    """
    digest = hashlib.sha256()
    paths = [root] if root.is_file() else sorted(path for path in root.rglob("*") if path.suffix in suffixes)
    for path in paths:
        name = path.name if path == root else path.relative_to(root).as_posix()
        digest.update(name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


@lru_cache(maxsize=1)
def warehouse_version() -> str:
    """Return number and fingerprint of this package's own source and SQL."""
    return f"{NUMBER}-{fingerprint_of_files(_PACKAGE)[:12]}"


def combine(parts: Iterable[str]) -> str:
    """Return one hash of several, in order."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part.encode() + b"\n")
    return digest.hexdigest()
