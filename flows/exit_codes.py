"""Exit codes of the command line, one list for code, documentation and tests."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """What a script can tell from the exit status of ``mingzhang``."""

    OK = 0  # done; documents set aside with a reason are part of a good night
    BUG = 1  # an unforeseen error: please report it
    USAGE = 2  # the command line or the configuration is wrong
    INCOMPLETE = 3  # published, but a source, a document's worker or a rule failed on the way
    NOT_PUBLISHED = 4  # the night failed; yesterday's warehouse is still in place
    RUNNING = 5  # another night holds the data directory
    NOTHING_PUBLISHED = 6  # no warehouse has been published yet
