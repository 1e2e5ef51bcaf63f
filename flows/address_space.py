"""Little address space (``ulimit -v``, ``LimitAS``): a night that would not end is not begun, one that may takes less.

Where an allocation of Polars fails, the call that waits for its result may never come back: of nights at the edge of what
they need, one in five did not end. The machine's own memory is no such limit.
"""

from __future__ import annotations

import ctypes
import os
import resource
import sys

from flows.failures import AddressSpaceError

#: What a night of one document takes, its checkpoint and its reports included.
LEAST_MEGABYTES = 2200

_ARENA_MAX = -8  # M_ARENA_MAX of malloc.h
_ARENAS = 2


def granted_megabytes() -> int | None:
    """Return how much address space this process may take; None where it is not limited."""
    granted, _ = resource.getrlimit(resource.RLIMIT_AS)
    return None if granted == resource.RLIM_INFINITY else granted // (1024 * 1024)


def require_address_space() -> None:
    """Refuse to begin a night that has too little; one that is limited reserves less for each of its threads.

    Raises ``AddressSpaceError``.
    """
    granted = granted_megabytes()
    if granted is None:
        return
    if granted < LEAST_MEGABYTES:
        raise AddressSpaceError(f"地址空间上限只有 {granted} MB，一夜至少需要 {LEAST_MEGABYTES} MB")
    os.environ.setdefault("MALLOC_ARENA_MAX", str(_ARENAS))  # of the processes it starts
    if sys.platform == "linux":
        mallopt = getattr(ctypes.CDLL(None), "mallopt", None)  # glibc has it
        if mallopt is not None:
            mallopt(_ARENA_MAX, _ARENAS)
