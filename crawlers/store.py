"""The content-addressed store: bytes under their sha256 and one append-only record per sighting.

Nothing in it is ever changed or removed. An object appears under its final name only when it is complete and
on disk, so a reader never meets half a file whatever killed the writer.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

import polars as pl

from crawlers.content import HEAD_LENGTH, SUFFIXES, MediaKind, media_kind
from crawlers.durable import sync_directory
from crawlers.sighting import SIGHTING, Sighting
from crawlers.sighting_log import SightingLog, read_log

_CHUNK = 1 << 20
_ORDER = ["fetched_at", "source_id", "url", "page_url", "link_text", "title", "sha256", "reason_code"]


class ObjectMissingError(KeyError):
    """No object of that hash is in the store."""


@dataclass(frozen=True, slots=True)
class StoredObject:
    """One object: its hash, path, byte count and kind."""

    sha256: str
    path: Path
    byte_count: int
    kind: MediaKind


@dataclass(frozen=True, slots=True)
class Damage:
    """One object that does not have the content its name promises, or is missing although it was sighted."""

    sha256: str
    path: Path | None
    reason: str  # Chinese sentence


class Receiver:
    """A file on its way into the store. Use as a context manager; without ``commit`` nothing stays behind."""

    def __init__(self, store: Store) -> None:
        self._store = store
        descriptor, name = tempfile.mkstemp(dir=store.incoming, suffix=".part")
        self._file: BinaryIO = os.fdopen(descriptor, "wb")
        self._path = Path(name)
        self._digest = hashlib.sha256()
        self.head = b""
        self.byte_count = 0

    def __enter__(self) -> Receiver:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of a file that was not committed."""
        self._file.close()
        self._path.unlink(missing_ok=True)

    def write(self, chunk: bytes) -> None:
        """Take the next bytes."""
        self._file.write(chunk)
        self._digest.update(chunk)
        self.byte_count += len(chunk)
        if len(self.head) < HEAD_LENGTH:
            self.head += chunk[: HEAD_LENGTH - len(self.head)]

    @property
    def kind(self) -> MediaKind:
        """Kind of what has arrived so far."""
        return media_kind(self.head)

    @property
    def sha256(self) -> str:
        """Hash of what has arrived so far."""
        return self._digest.hexdigest()

    def tail(self, length: int = 2048) -> bytes:
        """Return the last bytes received so far."""
        self._file.flush()
        with self._path.open("rb") as file:
            file.seek(max(0, self.byte_count - length))
            return file.read()

    def read_all(self) -> bytes:
        """Return everything received so far."""
        self._file.flush()
        return self._path.read_bytes()

    def commit(self) -> StoredObject:
        """Give the file its final name and return it; a file the store already has is left as it is."""
        self._file.flush()
        os.fsync(self._file.fileno())
        return self._store._adopt(self._path, self._digest.hexdigest(), self.kind, self.byte_count)


class Store:
    """The store below a data directory (``<home>/store``)."""

    def __init__(self, home: Path) -> None:
        self.root = home / "store"
        self.objects = self.root / "objects"
        self.sightings = self.root / "sightings"
        self.incoming = self.root / "incoming"
        self.damaged = self.root / "damaged"
        for folder in (self.objects, self.sightings, self.incoming):
            folder.mkdir(parents=True, exist_ok=True)
        self._lock = threading.Lock()
        self._logs: dict[str, SightingLog] = {}
        self._sighted: set[str] | None = None

    def receive(self) -> Receiver:
        """Begin a new file."""
        return Receiver(self)

    def put(self, content: bytes | Path) -> str:
        """Store bytes or a file and return its sha256."""
        return self.put_object(content).sha256

    def put_object(self, content: bytes | Path) -> StoredObject:
        """Store bytes or a file. Putting the same content again changes nothing, but checks what is there.

        Raises ``OSError`` where the file cannot be read or the disk is full; the store is unharmed then.
        """
        with self.receive() as receiver:
            if isinstance(content, bytes):
                receiver.write(content)
            else:
                with content.open("rb") as file:
                    while chunk := file.read(_CHUNK):
                        receiver.write(chunk)
            return receiver.commit()

    def _adopt(self, temporary: Path, sha256: str, kind: MediaKind, byte_count: int) -> StoredObject:
        path = self._place(sha256, kind)
        stored = StoredObject(sha256, path, byte_count, kind)
        with self._lock:
            if path.exists():
                if _sha256_of(path) == sha256:
                    return stored
                self._set_aside(path)
            path.parent.mkdir(parents=True, exist_ok=True)
            temporary.chmod(0o444)
            temporary.replace(path)
            sync_directory(path.parent)
        return stored

    def _set_aside(self, path: Path) -> None:
        """Keep a damaged object for whoever looks into it, and free its name for the right bytes."""
        self.damaged.mkdir(exist_ok=True)
        number = sum(1 for _ in self.damaged.glob(f"{path.name}.*"))
        path.replace(self.damaged / f"{path.name}.{number + 1}")

    def _place(self, sha256: str, kind: MediaKind) -> Path:
        return self.objects / sha256[:2] / f"{sha256}{SUFFIXES[kind]}"

    def path_of(self, sha256: str) -> Path:
        """Return the path of an object. Raises ``ObjectMissingError``."""
        for suffix in sorted(set(SUFFIXES.values()), key=lambda suffix: (suffix != ".pdf", suffix)):
            path = self.objects / sha256[:2] / f"{sha256}{suffix}"
            if path.exists():
                return path
        raise ObjectMissingError(sha256)

    def iterate(self) -> Iterator[StoredObject]:
        """Yield every object in the order of its hash."""
        for path in sorted(self.objects.glob("??/*"), key=lambda path: path.name):
            yield self._describe(path)

    def get(self, sha256: str) -> StoredObject:
        """Return an object. Raises ``ObjectMissingError``."""
        return self._describe(self.path_of(sha256))

    def _describe(self, path: Path) -> StoredObject:
        with path.open("rb") as file:
            kind = media_kind(file.read(HEAD_LENGTH))
        return StoredObject(path.stem, path, path.stat().st_size, kind)

    def verify(self) -> list[Damage]:
        """Hash every object and look up every sighted one; return what is wrong (empty where all is well)."""
        damages = []
        present = set()
        for path in sorted(self.objects.glob("??/*")):
            present.add(path.stem)
            if _sha256_of(path) != path.stem:
                damages.append(Damage(path.stem, path, "文件内容与其哈希不符，可能已损坏"))
        sighted = {record.sha256 for record in self.records() if record.sha256}
        for sha256 in sorted(sighted - present):
            damages.append(Damage(sha256, None, "有来源记录，但库中没有该文件"))
        return damages

    def sweep(self) -> int:
        """Remove what a killed run left half received; return how many.

        Call it under the night's lock only.
        """
        leftovers = list(self.incoming.glob("*.part"))
        for leftover in leftovers:
            leftover.unlink(missing_ok=True)
        return len(leftovers)

    def record(self, sighting: Sighting) -> bool:
        """Append a sighting unless it says nothing new (``SightingLog.append_news``).

        Return whether it did.
        """
        with self._lock:
            is_news = self._log(sighting.source_id).append_news(sighting)
            if is_news and sighting.sha256 and self._sighted is not None:
                self._sighted.add(sighting.sha256)
            return is_news

    def last_document(self, source_id: str, url: str) -> Sighting | None:
        """Return the newest record with a document of a URL, whatever page linked to it."""
        with self._lock:
            return self._log(source_id).last_document(url)

    def had_document(self, source_id: str, url: str) -> bool:
        """Say whether an address once was a document of this source, or a page that led to one."""
        with self._lock:
            return self._log(source_id).had_document(url)

    def _log(self, source_id: str) -> SightingLog:
        if source_id not in self._logs:
            self._logs[source_id] = SightingLog(self.sightings / f"{source_id}.jsonl")
        return self._logs[source_id]

    def was_sighted(self, sha256: str) -> bool:
        """Say whether any source has a record of a document."""
        with self._lock:
            if self._sighted is None:
                self._sighted = {record.sha256 for record in self.records() if record.sha256}
            return sha256 in self._sighted

    def records(self, source_id: str = "*") -> Iterator[Sighting]:
        """Yield every sighting (of one source), log by log, in the order they were written."""
        for path in sorted(self.sightings.glob(f"{source_id}.jsonl")):
            yield from read_log(path)

    def read_sightings(self) -> pl.DataFrame:
        """Return all sightings as ``SIGHTING`` in one order whatever wrote them, oldest first."""
        rows = [{name: getattr(record, name) for name in SIGHTING} for record in self.records()]
        return (
            pl.DataFrame(rows, schema=SIGHTING, orient="row")
            .unique(maintain_order=True)
            .sort(_ORDER, nulls_last=True)
        )


def _sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
