"""The HTTP client of one source: pinned addresses, declared TLS exceptions, no proxy unless configured."""

from __future__ import annotations

import ssl
from functools import cache

import httpcore2
import httpx2

from crawlers.addresses import PinnedBackend
from crawlers.settings import Source

_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/json,application/pdf,*/*;q=0.8",
    "Accept-Language": "zh-CN,zh;q=0.9",
    "Accept-Encoding": "gzip, deflate",
}


class _PinnedTransport(httpx2.HTTPTransport):
    """The stock transport with a pool whose connections go to judged addresses only."""

    def __init__(self, source: Source, context: ssl.SSLContext, connections: int) -> None:
        super().__init__(verify=context, trust_env=False)
        self._pool = httpcore2.ConnectionPool(
            ssl_context=context,
            max_connections=connections,
            max_keepalive_connections=connections,
            keepalive_expiry=30.0,
            network_backend=PinnedBackend(source),
        )


def open_client(source: Source) -> httpx2.Client:
    """Return a client for one source.

    It follows no redirect by itself and reads nothing from the environment.
    """
    context = _ssl_context(source.verify_tls, source.legacy_tls)
    limits = source.limits
    return httpx2.Client(
        transport=_transport(source, context),
        headers={**_HEADERS, "User-Agent": source.politeness.user_agent},
        timeout=httpx2.Timeout(limits.read_seconds, connect=limits.connect_seconds),
        follow_redirects=False,
        trust_env=False,
    )


def _transport(source: Source, context: ssl.SSLContext) -> httpx2.BaseTransport:
    if source.proxy:
        return httpx2.HTTPTransport(verify=context, trust_env=False, proxy=source.proxy)
    return _PinnedTransport(source, context, connections=max(4, source.politeness.concurrency * 2))


@cache
def _ssl_context(verify: bool, legacy: bool) -> ssl.SSLContext:
    """Reading the certificates of all authorities takes longer than many a crawl of a small source."""
    context = httpx2.create_ssl_context(verify=True, trust_env=False)
    if not verify:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    if legacy:
        context.set_ciphers("DEFAULT:@SECLEVEL=0")
        context.minimum_version = ssl.TLSVersion.TLSv1
        context.options |= getattr(ssl, "OP_LEGACY_SERVER_CONNECT", 0x4)
    return context
