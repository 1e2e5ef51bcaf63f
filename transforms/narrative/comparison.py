"""What a number of a narrative is compared with."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Comparison:
    """What the numbers now read are compared with: kept until the paragraph says something else."""

    basis: str
    year: int | None
