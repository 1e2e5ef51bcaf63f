"""What a build of the warehouse reads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from warehouse.batches import BATCH_SIZE
from warehouse.ledger import LedgerEvent

#: Reference data of the repository, read by the dimensions.
REFERENCE_DIRECTORY = Path(__file__).resolve().parent.parent / "transforms" / "reference"


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildInputs:
    """Everything a build reads.

    ``sightings`` has the columns of ``crawlers.sighting.SIGHTING``; every file with a hash in it becomes a
    document.
    ``extracted_root`` and ``facts_root`` are the directories of one version each (``<root>/ab/<sha256>/…``).
    ``registry`` is the bureau's own directory (units.csv, aliases.csv, calendar.csv, exempt.csv), each
    optional.
    ``other_fingerprints`` names what else decides about a generation, such as the version of the rules.
    """

    sightings: pl.DataFrame
    extracted_root: Path
    facts_root: Path
    night: date
    extractor_version: str = ""
    transform_version: str = ""
    ledger: tuple[LedgerEvent, ...] = ()
    reference: Path = REFERENCE_DIRECTORY
    registry: Path | None = None
    other_fingerprints: tuple[str, ...] = ()
    threads: int = 2
    memory_limit: str = "2GB"
    batch_size: int = BATCH_SIZE

    @property
    def sha256s(self) -> list[str]:
        """The stored files, each once, in the order of their hashes."""
        return sorted(self.sightings["sha256"].drop_nulls().unique().to_list())
