"""What a crawl remembers of a source: validators and pages, and which of them this round has already seen.

A cache, not a record: losing it costs requests, never documents. It survives ``kill -9`` (SQLite, write-ahead
log).
"""

from __future__ import annotations

import errno
import sqlite3
import threading
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from crawlers.sighting import url_identity

#: An unfinished round older than this is not resumed: its pages may have changed.
_RESUMABLE = timedelta(hours=12)

_SCHEMA = """
CREATE TABLE IF NOT EXISTS round (
    number INTEGER PRIMARY KEY, started_at TEXT NOT NULL, finished_at TEXT
);
CREATE TABLE IF NOT EXISTS resource (
    identity TEXT PRIMARY KEY, url TEXT NOT NULL, final_url TEXT, status INTEGER, content_type TEXT, etag
    TEXT, last_modified TEXT, content_length INTEGER, sha256 TEXT, body BLOB, round INTEGER NOT NULL,
    checked_at TEXT NOT NULL, fetched_at TEXT NOT NULL, file_name TEXT
);
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """One address as it was last seen: a document (``sha256``) or a page (``body``)."""

    url: str
    final_url: str
    status: int
    content_type: str | None
    etag: str | None
    last_modified: str | None
    content_length: int
    sha256: str | None
    body: bytes | None
    checked_at: str
    fetched_at: str
    file_name: str | None = None
    is_of_this_round: bool = False


@contextmanager
def open_frontier(home: Path, source_id: str, clock: Callable[[], datetime]) -> Iterator[Frontier]:
    """Open the memory of one source and close it again. Raises ``OSError`` where it cannot be read or written."""
    path = home / "crawl" / f"{source_id}.sqlite"
    try:
        with closing(Frontier(path, clock)) as frontier:
            yield frontier
    except sqlite3.OperationalError as error:
        code = errno.ENOSPC if error.sqlite_errorcode == sqlite3.SQLITE_FULL else errno.EIO
        raise OSError(code, f"抓取记忆无法读写（{error}）", str(path)) from error


class Frontier:
    """The memory of one source, a SQLite file at ``path``."""

    def __init__(self, path: Path, clock: Callable[[], datetime]) -> None:
        self.path = path
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self._clock = clock
        self._lock = threading.Lock()
        self.is_renewed = False
        try:
            self._connection = self._open()
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError):
                raise
            self._set_aside()
            self._connection = self._open()
        self.round = self._begin()

    def _open(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, check_same_thread=False, isolation_level=None, timeout=30)
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=NORMAL")
            connection.executescript(_SCHEMA)
            columns = [row[1] for row in connection.execute("PRAGMA table_info(resource)")]
            if "file_name" not in columns:  # made by a version before this column
                connection.execute("ALTER TABLE resource ADD COLUMN file_name TEXT")
        except sqlite3.DatabaseError:
            connection.close()
            raise
        return connection

    def _set_aside(self) -> None:
        """A damaged memory is no reason to stop: begin a new one."""
        self.is_renewed = True
        self.path.replace(self.path.with_suffix(".damaged"))
        for suffix in ("-wal", "-shm"):
            Path(f"{self.path}{suffix}").unlink(missing_ok=True)

    def _begin(self) -> int:
        """Resume the round that a kill broke off, or begin the next."""
        now = self._clock()
        last = self._connection.execute(
            "SELECT number, started_at, finished_at FROM round ORDER BY number DESC LIMIT 1"
        ).fetchone()
        if last and last[2] is None and abs(now - datetime.fromisoformat(last[1])) < _RESUMABLE:
            return int(last[0])
        number = int(last[0]) + 1 if last else 1
        self._connection.execute("INSERT INTO round VALUES (?, ?, NULL)", (number, now.isoformat()))
        return number

    def finish(self) -> None:
        """Close the round: the next crawl asks again."""
        with self._lock:
            self._connection.execute(
                "UPDATE round SET finished_at = ? WHERE number = ?", (self._clock().isoformat(), self.round)
            )

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._connection.close()

    def get(self, url: str) -> Resource | None:
        """Return what is remembered of an address."""
        with self._lock:
            row = self._connection.execute(
                "SELECT url, final_url, status, content_type, etag, last_modified, content_length, sha256,"
                " body, checked_at, fetched_at, round, file_name FROM resource WHERE identity = ?",
                (url_identity(url),),
            ).fetchone()
        if row is None:
            return None
        return Resource(
            url=row[0],
            final_url=row[1],
            status=row[2],
            content_type=row[3],
            etag=row[4],
            last_modified=row[5],
            content_length=row[6],
            sha256=row[7],
            body=zlib.decompress(row[8]) if row[8] is not None else None,
            checked_at=row[9],
            fetched_at=row[10],
            is_of_this_round=row[11] == self.round,
            file_name=row[12],
        )

    def put(self, resource: Resource) -> None:
        """Remember an address as seen in this round."""
        body = zlib.compress(resource.body, 6) if resource.body is not None else None
        with self._lock:
            self._connection.execute(
                "INSERT OR REPLACE INTO resource VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    url_identity(resource.url),
                    resource.url,
                    resource.final_url,
                    resource.status,
                    resource.content_type,
                    resource.etag,
                    resource.last_modified,
                    resource.content_length,
                    resource.sha256,
                    body,
                    self.round,
                    resource.checked_at,
                    resource.fetched_at,
                    resource.file_name,
                ),
            )

    def confirm(self, url: str) -> None:
        """Remember that an address is unchanged in this round."""
        with self._lock:
            self._connection.execute(
                "UPDATE resource SET round = ?, checked_at = ? WHERE identity = ?",
                (self.round, self._clock().isoformat(), url_identity(url)),
            )
