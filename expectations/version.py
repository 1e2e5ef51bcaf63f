"""The version of the rules and their engine: part of every generation's identity."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from warehouse.versions import fingerprint_of_files

#: Raised by hand when the meaning of a verdict or finding changes.
NUMBER = 1


@lru_cache(maxsize=1)
def rules_version() -> str:
    """Return number and fingerprint of this package's rules, SQL and source."""
    return f"{NUMBER}-{fingerprint_of_files(Path(__file__).resolve().parent)[:12]}"
