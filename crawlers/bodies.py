"""Bodies of answers as they arrive: decoded within limits, whatever their headers claim."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

from crawlers.addresses import RefusedError
from crawlers.reasons import Reason

_STEP = 1 << 18

#: A compressed body may grow by this factor past the first megabyte; real pages stay below 30.
_GROWTH = 200
_FREE = 1 << 20
_GZIP = b"\x1f\x8b"


def decoded(chunks: Iterable[bytes], content_encoding: str, limit: int) -> Iterator[bytes]:
    """Yield a body without its transfer compression.

    gzip and deflate are undone whether declared or not (a body that is declared compressed but is not passes
    as it is). Raises ``RefusedError``: ``TOO_LARGE`` past ``limit`` bytes, ``BOMB`` where compression hides
    much more than was sent, ``BAD_ENCODING`` where it cannot be undone.
    """
    produced = 0
    received = 0
    decoder: _Decoder | None = None
    for chunk in chunks:
        if not chunk:
            continue
        decoder = decoder or _decoder_for(content_encoding, chunk)
        received += len(chunk)
        for piece in decoder.feed(chunk):
            produced += len(piece)
            if produced > limit:
                raise RefusedError(Reason.TOO_LARGE, f"{limit // 1_000_000} MB")
            if decoder.is_compressing and produced > _FREE and produced > received * _GROWTH:
                raise RefusedError(Reason.BOMB, f"{received} → {produced} 字节")
            yield piece
    if decoder:
        decoder.finish()


class _Decoder:
    """Passes bytes on as they are."""

    is_compressing = False

    def feed(self, chunk: bytes) -> Iterator[bytes]:
        """Yield decoded pieces of limited size."""
        yield chunk

    def finish(self) -> None:
        """Complain where the body stops half way."""


class _Inflater(_Decoder):
    is_compressing = True

    def __init__(self, window: int) -> None:
        self._inflate = zlib.decompressobj(window)

    def feed(self, chunk: bytes) -> Iterator[bytes]:
        try:
            while chunk:
                yield self._inflate.decompress(chunk, _STEP)
                chunk = self._inflate.unconsumed_tail
        except zlib.error as error:
            raise RefusedError(Reason.BAD_ENCODING, error) from error

    def finish(self) -> None:
        if not self._inflate.eof:
            raise RefusedError(Reason.TRUNCATED, "压缩流没有结束")


def _decoder_for(content_encoding: str, first: bytes) -> _Decoder:
    names = [name.strip().lower() for name in content_encoding.split(",") if name.strip()]
    if first.startswith(_GZIP):
        return _Inflater(zlib.MAX_WBITS | 16)
    if "deflate" in names:
        is_wrapped = len(first) > 1 and first[0] & 0x0F == 8 and (first[0] * 256 + first[1]) % 31 == 0
        return _Inflater(zlib.MAX_WBITS if is_wrapped else -zlib.MAX_WBITS)
    unknown = [name for name in names if name not in ("gzip", "x-gzip", "identity")]
    if unknown:
        raise RefusedError(Reason.BAD_ENCODING, unknown[0])
    return _Decoder()
