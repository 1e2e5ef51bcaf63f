"""Local files and folders as a source: what ``mingzhang ingest PATH…`` takes in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from crawlers.bundles import is_bundle, left_behind, unpack
from crawlers.content import MediaKind
from crawlers.reasons import Reason, sentence
from crawlers.report import CrawlReport, Refusal
from crawlers.settings import Limits
from crawlers.sighting import Sighting
from crawlers.store import Store, StoredObject

SOURCE_ID = "local"
SOURCE_TITLE = "本地文件"

#: Suffixes taken from folders; a file named explicitly is taken whatever its name.
DOCUMENT_SUFFIXES = frozenset(
    {".pdf", ".zip", ".xlsx", ".xls", ".docx", ".doc", ".rar", ".7z", ".ofd", ".wps", ".et"}
)

Clock = Callable[[], datetime]
Progress = Callable[[str, int, int | None], None]


def utc_now() -> datetime:
    """Return the time of now in UTC."""
    return datetime.now(UTC)


def ingest_paths(
    paths: Sequence[Path],
    home: Path,
    *,
    clock: Clock = utc_now,
    progress: Progress | None = None,
) -> CrawlReport:
    """Store files and folders (searched recursively) and record where each was found.

    Every file named explicitly gets a sighting whatever it is; in folders, files with a document's suffix.
    All have the time at which it began, so that their order does not depend on how fast the disk is.
    What cannot be read is a refusal in the report. Repeating it changes nothing. ``progress(label, done,
    total)`` is called per file. Raises ``OSError`` only where the store itself cannot be written.
    """
    store = Store(home)
    report = CrawlReport(SOURCE_ID, SOURCE_TITLE, _stamp(clock))
    files = list(_files(paths, report))
    report.attachments_found = len(files)
    for number, path in enumerate(files, start=1):
        _ingest_file(path, store, report, report.started_at)
        if progress:
            progress(path.name, number, len(files))
    report.finished_at = _stamp(clock)
    return report


def _stamp(clock: Clock) -> str:
    return clock().astimezone(UTC).isoformat(timespec="seconds")


def _files(paths: Sequence[Path], report: CrawlReport) -> Iterator[Path]:
    seen: set[Path] = set()
    for given in paths:
        for path in _expand(given.absolute(), report):
            if path not in seen:
                seen.add(path)
                yield path


def _expand(path: Path, report: CrawlReport) -> list[Path]:
    if path.is_dir():
        return sorted(
            found
            for found in path.rglob("*")
            if found.suffix.lower() in DOCUMENT_SUFFIXES
            and found.is_file()
            and not found.name.startswith((".", "~$"))
        )
    if path.is_file():
        return [path]
    detail = f"{path} 不存在" if not path.exists() else f"{path} 不是普通文件"
    reason = sentence(Reason.FILE_UNREADABLE, detail)
    report.refused.append(Refusal(path.as_uri(), Reason.FILE_UNREADABLE, reason))
    report.missing.append(reason)
    return []


def _ingest_file(path: Path, store: Store, report: CrawlReport, fetched_at: str) -> None:
    url = path.as_uri()
    try:
        with path.open("rb") as file:
            file.read(1)
        known = store.last_document(SOURCE_ID, url)
        stored = store.put_object(path)
    except OSError as error:
        if not _is_input_error(error, path):
            raise
        reason = sentence(Reason.FILE_UNREADABLE, f"{path.name}（{error.strerror}）")
        report.refused.append(Refusal(url, Reason.FILE_UNREADABLE, reason))
        return
    report.bytes_received += stored.byte_count
    replaces = known.sha256 if known and known.sha256 != stored.sha256 else None
    sighting = Sighting(
        source_id=SOURCE_ID,
        source_title=SOURCE_TITLE,
        url=url,
        page_url=path.parent.as_uri(),
        link_text=path.stem,
        title=path.parent.name,
        file_name=path.name,
        fetched_at=fetched_at,
        content_length=stored.byte_count,
        media_kind=str(stored.kind),
        sha256=stored.sha256,
        replaces_sha256=replaces,
    )
    if store.record(sighting):
        report.new += 1
    else:
        report.unchanged += 1
    if is_bundle(stored.kind):
        _ingest_members(stored, sighting, store, report)
    elif stored.kind is not MediaKind.PDF:
        report.notes.append(f"{path.name}：内容不是 PDF（{stored.kind}），已保存")


def _ingest_members(bundle: StoredObject, sighting: Sighting, store: Store, report: CrawlReport) -> None:
    """The documents in a zip, each with a sighting of its own."""
    others = []
    for member in unpack(store, bundle, Limits()):
        url = f"{sighting.url}!/{member.name}"
        if member.error:
            reason = sentence(member.error.reason, member.error.detail)
            report.refused.append(Refusal(url, str(member.error.reason), reason))
        elif member.stored:
            name = member.name.rpartition("/")[2]
            report.members += 1
            store.record(
                replace(
                    sighting,
                    url=url,
                    page_url=sighting.url,
                    link_text=name.rpartition(".")[0] or name,
                    title=sighting.link_text,
                    file_name=name,
                    content_length=member.stored.byte_count,
                    media_kind=str(member.stored.kind),
                    sha256=member.stored.sha256,
                    container_sha256=(member.container or bundle).sha256,
                    replaces_sha256=None,
                )
            )
        else:
            others.append(member.name)
    if others:
        report.notes.append(f"压缩包 {sighting.file_name} {left_behind(others)}")


def _is_input_error(error: OSError, path: Path) -> bool:
    """Say whether the input could not be read, as opposed to the store not being writable."""
    return error.filename is not None and Path(str(error.filename)) == path
