"""How a stage is called: plainly in tests and ``ingest``, as a Prefect task in the nightly flow.

The order of a night is written once (``flows/night.py``) against this protocol.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, Protocol, TypeVar

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")


class Step(Protocol):
    """Calls one stage. ``retries`` counts further attempts after a failure, where trying again can help."""

    def __call__(self, name: str, work: Callable[[], Result], *, retries: int = 0) -> Result:
        """Run ``work`` under ``name`` and return its result."""
        ...


def plain_step(name: str, work: Callable[[], Result], *, retries: int = 0) -> Result:
    """Call a stage directly, once."""
    del name, retries
    return work()
