"""Documents that spoil nights: counted while they are worked on, set aside after too many tries, released by hand.

A worker marks a document before it begins and takes the mark away when it has a result, whatever the result. A mark that is
found at the start of a night stands for a night that ended while this document was worked on: the machine ran out of
memory, or its disk could not read the file. After so many marks the document is set aside without another try, and
the nights go on without it.

A document whose scanned pages could not all be recognised in the time it has is marked likewise, and taken up again for so
many nights; what was read of it is published meanwhile.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from extractors.document import UNFINISHED
from extractors.frames import discard_set, read_document
from extractors.version import extractor_version
from transforms.version import transform_version


class UnreadableObjectError(Exception):
    """The stored file itself cannot be read, though the disk works; the message is the Chinese reason."""


#: Reasons that come from the limits or from the machine, not from the file alone: another try may go well.
RETRIABLE = frozenset({"timeout", "memory", "crashed", "error", "unreadable", "spoils_nights"})


#: So many documents are named in a message.
_NAMED = 10


def marks_root(home: Path) -> Path:
    """Where the marks of documents being worked on are, one file each; its length is the number of tries."""
    return home / "attempts"


def unfinished_root(home: Path) -> Path:
    """Where the marks of documents with pages left to recognise are; their length is the number of nights that left some."""
    return home / "unfinished"


def unfinished_documents(home: Path, nights: int) -> tuple[list[str], list[str]]:
    """Return the sha256 of the documents to be taken up again, and of those that ``nights`` nights did not finish."""
    counted = {mark.name: tries(mark) for mark in sorted(unfinished_root(home).glob("*")) if mark.is_file()}
    return [one for one, count in counted.items() if count < nights], [
        one for one, count in counted.items() if count >= nights
    ]


def unfinished_messages(home: Path, nights: int) -> list[str]:
    """Say in Chinese which documents have scanned pages left, and whether the next night goes on with them."""
    waiting, left = unfinished_documents(home, nights)
    messages = []
    if waiting:
        messages.append(f"{len(waiting)} 份文件的扫描页没有识别完，下一夜接着识别：{_named(waiting)}")
    if left:
        messages.append(
            f"{len(left)} 份文件的扫描页 {nights} 夜没有识别完，不再自动继续：{_named(left)}；"
            "可加大 document_limits 的时限，再用 mingzhang retry 放行"
        )
    return messages


def _named(sha256s: Sequence[str]) -> str:
    named = "、".join(one[:16] for one in sha256s[:_NAMED])
    return named if len(sha256s) <= _NAMED else f"{named} 等"


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
        row = read_document(directory)
        if row["reason_code"] in RETRIABLE:
            facts = home / "facts" / f"{extractor_version()}+{transform_version()}" / directory.parent.name
            discard_set(directory)
            discard_set(facts / directory.name)
            settle(marks_root(home) / directory.name)
        elif row["reason_code"] == UNFINISHED:  # what was read of it stays until more is read
            settle(unfinished_root(home) / directory.name)
            begin(unfinished_root(home) / directory.name)
        else:
            continue
        released.append((directory.name, row["status_reason"] or ""))
    return released
