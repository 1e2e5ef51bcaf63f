"""The append-only log of one source's sightings, with the indexes that tell news from repetition."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from crawlers.durable import append_line
from crawlers.sighting import Sighting, sighting_from_json, url_identity


class SightingLog:
    """One JSONL file.

    Not safe for several threads or processes: the store locks, the night's lock does the rest.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._places: dict[tuple[str, str, str], list[Sighting]] = {}
        self._documents: dict[str, Sighting] = {}
        self._pages: set[str] = set()
        for record in read_log(path):
            self._remember(record)

    def append_news(self, sighting: Sighting) -> bool:
        """Append a sighting unless it says nothing new; return whether it was appended.

        It is no news when the newest record of the same place (for a failure: of its failures; for a
        document: of its documents) says the same apart from times and validators. So a repeated run adds
        nothing, a document that was unreachable for one night is not counted twice, and a replacement always
        leaves its trace.
        """
        known = self._places.get(sighting.place, [])
        alike = [one for one in known if (one.sha256 is None) == (sighting.sha256 is None)]
        if alike and alike[-1].substance == sighting.substance:
            return False
        append_line(self._path, sighting.to_json().encode())
        self._remember(sighting)
        return True

    def last_document(self, url: str) -> Sighting | None:
        """Return the newest record with a document under a URL, whatever page linked to it."""
        return self._documents.get(url_identity(url))

    def had_document(self, url: str) -> bool:
        """Say whether an address once was a document, or a page that led to one."""
        identity = url_identity(url)
        return identity in self._documents or identity in self._pages

    def _remember(self, record: Sighting) -> None:
        self._places.setdefault(record.place, []).append(record)
        if record.sha256:
            self._documents[url_identity(record.url)] = record
            self._pages.add(url_identity(record.page_url or ""))


def read_log(path: Path) -> Iterator[Sighting]:
    """Yield the records of one log; a line torn by a kill is passed over (its document is sighted again)."""
    if not path.exists():
        return
    with path.open("rb") as file:
        for line in file:
            try:
                yield sighting_from_json(line.decode())
            except ValueError:
                continue
