"""What is asked, what is answered, and what an answer means."""

from __future__ import annotations

import contextlib
import email.message
import email.utils
import re
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.header import decode_header, make_header
from typing import Protocol
from urllib.parse import unquote

import httpx2

from crawlers.addresses import RefusedError
from crawlers.reasons import Reason
from crawlers.text import decode_page

_LONGEST_NAME = 200

_REDIRECTS = frozenset({301, 302, 303, 307, 308})

#: Answers of web firewalls and rate limits (behaviour 15 of the portal notes).
_BLOCKED = frozenset({202, 401, 403, 412, 422, 429, 468, 521, 550})

#: Answers that another try after a while may change.
_WORTH_ANOTHER_TRY = frozenset({202, 408, 429, 500, 502, 503, 504})


class Sink(Protocol):
    """Where a body goes."""

    def write(self, chunk: bytes) -> None:
        """Take the next bytes."""

    def close(self) -> None:
        """Let go of what was taken."""


class Buffer:
    """A sink in memory, for pages."""

    def __init__(self) -> None:
        self.content = bytearray()

    def write(self, chunk: bytes) -> None:
        """Take the next bytes."""
        self.content += chunk

    def close(self) -> None:
        """Let go of the bytes."""
        self.content.clear()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """HTTP facts of an answer whose body was taken, or that was not modified (304)."""

    url: str
    final_url: str
    status: int
    content_type: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    content_length: int = 0  # bytes of the decoded body
    file_name: str | None = None  # what the server calls the file (Content-Disposition)

    @property
    def is_not_modified(self) -> bool:
        """The server says that what we have is current."""
        return self.status == 304


@dataclass(frozen=True, slots=True, kw_only=True)
class Inquiry:
    """What to ask for."""

    url: str
    limit: int
    referer: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    method: str = "GET"
    form: str = ""  # encoded as a browser sends it

    def headers(self) -> dict[str, str]:
        """Request headers of its own."""
        found = {
            "Referer": self.referer,
            "If-None-Match": self.etag,
            "If-Modified-Since": self.last_modified,
            "Content-Type": "application/x-www-form-urlencoded" if self.form else None,
        }
        return {name: value for name, value in found.items() if value and value.isascii()}


class PassingError(RefusedError):
    """A failure that another try may cure; ``wait`` is what the server asked for, in seconds."""

    def __init__(self, reason: Reason, detail: object = "", wait: float | None = None) -> None:
        super().__init__(reason, detail)
        self.wait = wait


def facts(url: str, response: httpx2.Response, length: int) -> Answer:
    """Keep of an answer what is worth keeping."""
    headers = response.headers
    return Answer(
        url=url,
        final_url=url,
        status=response.status_code,
        content_type=headers.get("content-type"),
        etag=headers.get("etag"),
        last_modified=headers.get("last-modified"),
        content_length=length,
        file_name=_disposition_name(response),
    )


def _disposition_name(response: httpx2.Response) -> str | None:
    """The name of a file in its Content-Disposition: in the encodings of RFC 6266, or as raw UTF-8 or GB18030 bytes.

    A label only: folders and control characters are cut off, and no path is ever made of it.
    """
    raw = next((value for name, value in response.headers.raw if name.lower() == b"content-disposition"), b"")
    if not raw:
        return None
    message = email.message.Message()
    with contextlib.suppress(ValueError, LookupError):
        message["Content-Disposition"] = decode_page(raw).replace("\r", " ").replace("\n", " ")
        name = unquote(str(make_header(decode_header(message.get_filename() or ""))))
        name = re.split(r"[/\\]", name)[-1]
        return "".join(one for one in name if one.isprintable()).strip()[:_LONGEST_NAME] or None
    return None


def judge(response: httpx2.Response) -> str | None:
    """Return where an answer redirects to, None where its body is wanted.

    Raises ``RefusedError`` otherwise.
    """
    status = response.status_code
    if status in (200, 203, 304):
        return None
    if status in _REDIRECTS:
        location = response.headers.get("location")
        if not location:
            raise RefusedError(Reason.NOT_FOUND, f"HTTP {status}，没有跳转地址")
        return _written_location(response) or str(location)
    reason = _reason_of(status)
    detail = f"HTTP {status}"
    if status in _WORTH_ANOTHER_TRY:
        raise PassingError(reason, detail, _retry_after(response.headers.get("retry-after")))
    raise RefusedError(reason, detail)


def _written_location(response: httpx2.Response) -> str:
    """The address of a redirect with its bytes beyond ASCII quoted as they came: older portals send them in GBK."""
    raw = next((value for name, value in response.headers.raw if name.lower() == b"location"), b"")
    return "".join(chr(byte) if byte < 0x80 else f"%{byte:02X}" for byte in raw)


def _reason_of(status: int) -> Reason:
    if status in _BLOCKED:
        return Reason.BLOCKED
    if status >= 500 or status == 408:
        return Reason.SERVER_ERROR
    return Reason.EMPTY if status in (204, 205) else Reason.NOT_FOUND


def _retry_after(value: str | None) -> float | None:
    """Seconds of a Retry-After header, in either of its two forms (RFC 9110, 10.2.3)."""
    if not value:
        return None
    if value.strip().isdigit():
        return float(value)
    try:
        until = email.utils.parsedate_to_datetime(value)
    except ValueError:
        return None
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max(0.0, (until - datetime.now(UTC)).total_seconds())


@contextlib.contextmanager
def translated() -> Iterator[None]:
    """Turn the client's exceptions into reasons."""
    try:
        yield
    except RefusedError as error:
        if error.reason is Reason.TRUNCATED and not isinstance(error, PassingError):
            raise PassingError(error.reason, error.detail) from error
        raise
    except httpx2.TimeoutException as error:
        raise PassingError(Reason.TIMEOUT) from error
    except (httpx2.RemoteProtocolError, httpx2.ReadError) as error:
        raise PassingError(Reason.TRUNCATED, error) from error
    except (httpx2.InvalidURL, httpx2.UnsupportedProtocol, httpx2.LocalProtocolError) as error:
        raise RefusedError(Reason.BAD_URL, error) from error
    except httpx2.TransportError as error:
        if _is_tls(error):
            raise RefusedError(Reason.TLS, error) from error
        raise PassingError(Reason.NETWORK, error) from error


def _is_tls(error: BaseException) -> bool:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLError):
            return True
        cause = cause.__cause__ or cause.__context__
    return "SSL" in str(error)
