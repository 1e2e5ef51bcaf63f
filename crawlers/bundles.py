"""Documents out of zip bundles, guarded: names are only ever labels, and sizes are counted, not believed."""

from __future__ import annotations

import stat
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from crawlers.addresses import RefusedError
from crawlers.content import DOCUMENT_KINDS, MediaKind
from crawlers.reasons import Reason
from crawlers.settings import Limits
from crawlers.store import Receiver, Store, StoredObject

_MEGABYTE = 1_000_000
_CHUNK = 1 << 18

#: A member may grow by this factor past the first megabyte; typeset documents stay below 20.
_GROWTH = 200
_FREE = 1 << 20

#: A picture of fewer bytes is an icon or a line, not the picture of a page.
_PAGE_PICTURE = 10_000

#: So many of the entries that were left where they are get named.
_NAMED = 3

#: Bundles in bundles are opened to this depth.
_DEPTH = 2

_SEALED = {MediaKind.RAR: "RAR", MediaKind.SEVEN_ZIP: "7z"}


@dataclass(frozen=True, slots=True)
class Member:
    """One entry of a bundle: its name, and its document or why there is none; neither where it is no document at all."""

    name: str
    stored: StoredObject | None = None
    error: RefusedError | None = None
    container: StoredObject | None = None  # the bundle that directly holds it


def is_bundle(kind: MediaKind) -> bool:
    """Say whether a file of this kind holds other files for us."""
    return kind is MediaKind.ZIP or kind in _SEALED


def unpack(store: Store, bundle: StoredObject, limits: Limits, depth: int = 1) -> Iterator[Member]:
    """Put the documents of a bundle into the store and yield its entries in the order of the bundle.

    Pictures as large as that of a page are documents: units photograph what they have on paper. Other entries (texts,
    icons, what a system leaves in folders) stay in the bundle, and are yielded by name. A bundle that cannot be opened,
    and RAR and 7z, yield one member without a name and with the reason.
    """
    if bundle.kind in _SEALED:
        yield Member("", error=RefusedError(Reason.UNPACKING_UNSUPPORTED, _SEALED[bundle.kind]))
        return
    try:
        with zipfile.ZipFile(bundle.path) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            _check_bundle(entries, limits)
            budget = int(limits.bundle_megabytes * _MEGABYTE)
            for entry in entries:
                for member in _open_member(store, bundle, archive, entry, limits, budget, depth):
                    yield member
                    budget -= member.stored.byte_count if member.stored else 0
    except (zipfile.BadZipFile, OSError, NotImplementedError, ValueError, EOFError) as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise
        yield Member("", error=RefusedError(Reason.BAD_BUNDLE, error))
    except RefusedError as error:
        yield Member("", error=error)


def _check_bundle(entries: list[zipfile.ZipInfo], limits: Limits) -> None:
    if len(entries) > limits.bundle_members:
        raise RefusedError(Reason.BOMB, f"{len(entries)} 个条目")
    total = sum(entry.file_size for entry in entries)
    if total > limits.bundle_megabytes * _MEGABYTE:
        raise RefusedError(Reason.BOMB, f"解开后 {total // _MEGABYTE} MB")


def _open_member(
    store: Store,
    bundle: StoredObject,
    archive: zipfile.ZipFile,
    entry: zipfile.ZipInfo,
    limits: Limits,
    budget: int,
    depth: int,
) -> Iterator[Member]:
    name = member_name(entry)
    try:
        _check_entry(entry, name)
        with store.receive() as receiver:
            _pour(archive, entry, receiver, budget)
            if not _is_document(receiver):
                yield Member(name)
                return
            stored = receiver.commit()
    except RefusedError as error:
        yield Member(name, error=error)
        return
    yield Member(name, stored, container=bundle)
    if is_bundle(stored.kind) and depth < _DEPTH:
        for inner in unpack(store, stored, limits, depth + 1):
            yield replace(inner, name=f"{name}!/{inner.name}")


def _is_document(receiver: Receiver) -> bool:
    if receiver.kind is MediaKind.IMAGE:
        return receiver.byte_count >= _PAGE_PICTURE
    return receiver.kind in DOCUMENT_KINDS


def left_behind(names: Sequence[str]) -> str:
    """Say in Chinese what stays in a bundle because it is no document."""
    named = "、".join(names[:_NAMED])
    return f"另有 {len(names)} 个条目不是文档，未取出：{named}{'等' if len(names) > _NAMED else ''}"


def member_name(entry: zipfile.ZipInfo) -> str:
    """Return an entry's name: archives made in China carry GBK names without saying so."""
    if entry.flag_bits & 0x800:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return entry.filename


def _check_entry(entry: zipfile.ZipInfo, name: str) -> None:
    parts = PurePosixPath(name.replace("\\", "/")).parts
    if not parts or parts[0] == "/" or ".." in parts or ":" in parts[0] or "\0" in name:
        raise RefusedError(Reason.UNSAFE_MEMBER, f"路径 {name[:80]!r}")
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise RefusedError(Reason.UNSAFE_MEMBER, f"符号链接 {name[:80]}")
    if entry.flag_bits & 0x1:
        raise RefusedError(Reason.BAD_BUNDLE, f"{name[:80]} 有密码")


def _pour(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, receiver: Receiver, budget: int) -> None:
    """Decompress an entry into the store's hands, counting what really comes out."""
    try:
        with archive.open(entry) as file:
            while chunk := file.read(_CHUNK):
                receiver.write(chunk)
                grown = receiver.byte_count
                if grown > budget or (grown > _FREE and grown > entry.compress_size * _GROWTH):
                    raise RefusedError(Reason.BOMB, f"{entry.compress_size} → {grown} 字节以上")
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError) as error:
        raise RefusedError(Reason.BAD_BUNDLE, error) from error
