"""Documents that spoil nights: counted while they are worked on, set aside after too many tries, released by hand.

A worker marks a document before it begins and takes the mark away when it has a result, whatever the result. A mark that is
found at the start of a night stands for a night that ended while this document was worked on: the machine ran out of
memory, or its disk could not read the file. After so many marks the document is set aside without another try, and
the nights go on without it.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from extractors.frames import read_extraction
from extractors.version import extractor_version
from transforms.version import transform_version


class UnreadableObjectError(Exception):
    """The stored file itself cannot be read, though the disk works; the message is the Chinese reason."""


#: Reasons that come from the limits or from the machine, not from the file alone: another try may go well.
RETRIABLE = frozenset({"timeout", "memory", "crashed", "error", "unreadable", "spoils_nights"})


def marks_root(home: Path) -> Path:
    """Where the marks of documents being worked on are, one file each; its length is the number of tries."""
    return home / "attempts"


def begin(mark: Path) -> None:
    """Count one more try at a document. Raises OSError."""
    mark.parent.mkdir(parents=True, exist_ok=True)
    with mark.open("ab") as file:
        file.write(b".")


def tries(mark: Path) -> int:
    """Return how many tries at a document have ended without a result."""
    return mark.stat().st_size if mark.exists() else 0


def settle(mark: Path) -> None:
    """Forget the tries at a document that has a result."""
    mark.unlink(missing_ok=True)


def release(home: Path, wanted: Sequence[str] = ()) -> list[tuple[str, str]]:
    """Let the next night try set-aside documents again (all, or those whose sha256 begins like one of ``wanted``).

    Only such are released as failed for a reason that another try can mend. Return sha256 and reason of each. Call it
    under the night's lock.
    """
    released = []
    root = home / "extracted" / extractor_version()
    for directory in sorted(root.glob("??/*")):
        if directory.name.startswith(".") or (wanted and not directory.name.startswith(tuple(wanted))):
            continue
        row = read_extraction(directory).document.row(0, named=True)
        if row["reason_code"] in RETRIABLE:
            facts = home / "facts" / f"{extractor_version()}+{transform_version()}" / directory.parent.name
            shutil.rmtree(directory)
            shutil.rmtree(facts / directory.name, ignore_errors=True)
            settle(marks_root(home) / directory.name)
            released.append((directory.name, row["status_reason"] or ""))
    return released
