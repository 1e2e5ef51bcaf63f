"""Which addresses may be visited, and a network backend that connects to the very address that was judged."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlencode, urljoin, urlsplit, urlunsplit

import httpcore2

from crawlers.reasons import Reason
from crawlers.settings import Source


class RefusedError(Exception):
    """An address must not be visited, or an answer must not be taken."""

    def __init__(self, reason: Reason, detail: object = "") -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Base:
    """What the links of a page are resolved against: an address, and the encoding that its queries are written in."""

    url: str
    encoding: str = "utf-8"

    def absolute(self, link: str) -> str:
        """Resolve a link as ``absolute`` does."""
        return absolute(self.url, link, self.encoding)

    def query(self, fields: Mapping[str, str]) -> str:
        """The fields of a form as a browser sends them from this page."""
        return urlencode(fields, encoding=_written(self.encoding), errors="xmlcharrefreplace")


def _written(encoding: str) -> str:
    """The encoding in which a page's queries are written: its own, but never one that a page is only read in."""
    return "utf-8" if encoding.startswith("utf") else encoding


def absolute(base: str, link: str, encoding: str = "utf-8") -> str:
    """Resolve a link against its page and quote what a URL may not hold. Raises ``RefusedError``.

    Browsers quote a path in UTF-8, and a query in the encoding of the page.
    """
    try:
        parts = urlsplit(urljoin(base, _as_browsers_read(link.strip())))
        if parts.scheme not in ("http", "https"):
            raise RefusedError(Reason.BAD_SCHEME, parts.scheme or link[:40])
        _ = parts.port
        host = parts.hostname
    except ValueError as error:
        raise RefusedError(Reason.BAD_URL, link[:200]) from error
    if not host:
        raise RefusedError(Reason.BAD_URL, link[:200])
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = quote(
        parts.query, safe="/%:@!$&'()*+,;=~-._?[]", encoding=_written(encoding), errors="xmlcharrefreplace"
    )
    return urlunsplit((parts.scheme, parts.netloc, path, query, ""))


def _as_browsers_read(link: str) -> str:
    """Backslashes before the query are slashes to every browser."""
    query = min((place for mark in "?#" if (place := link.find(mark)) >= 0), default=len(link))
    return link[:query].replace("\\", "/") + link[query:]


def check_address(source: Source, url: str) -> None:
    """Refuse what the source's declaration does not cover. Raises ``RefusedError``."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https"):
        raise RefusedError(Reason.BAD_SCHEME, parts.scheme or url[:40])
    if parts.username or parts.password:
        raise RefusedError(Reason.BAD_URL, "地址里带有用户名")
    literal = _literal(parts.hostname or "")
    if literal is not None and not is_public(literal) and not source.allows_private(url):
        raise RefusedError(Reason.PRIVATE_ADDRESS, parts.hostname)
    if not source.allows_host(url):
        raise RefusedError(Reason.HOST_NOT_ALLOWED, parts.hostname)


def _literal(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def is_public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    """Say whether an address belongs to the public internet; mapped IPv4 addresses are judged as IPv4."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if inner is not None:
            return is_public(inner)
    return address.is_global and not address.is_multicast


class PinnedBackend(httpcore2.NetworkBackend):
    """Resolve once, judge every address, connect to a judged one: no second look-up that a name server could
    bend.

    TLS still checks the certificate against the name, since only the connection is made to the address.
    """

    def __init__(self, source: Source) -> None:
        self._source = source
        self._inner = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        """Connect to the first judged address that answers.

        Raises ``RefusedError`` where none may be visited.
        """
        error: Exception | None = None
        for address in self._resolve(host, port):
            try:
                return self._inner.connect_tcp(address, port, timeout, local_address, socket_options)
            except httpcore2.ConnectError as failure:
                error = failure
        raise error or httpcore2.ConnectError(f"no address for {host}")

    def _resolve(self, host: str, port: int) -> list[str]:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except OSError as error:
            raise httpcore2.ConnectError(str(error)) from error
        addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
        bracketed = f"[{host}]" if ":" in host else host
        if self._source.allows_private(f"http://{bracketed}:{port}/"):
            return addresses
        public = [one for one in addresses if is_public(ipaddress.ip_address(one.partition("%")[0]))]
        if addresses and not public:
            raise RefusedError(Reason.PRIVATE_ADDRESS, f"{host} → {addresses[0]}")
        return public
