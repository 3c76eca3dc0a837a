"""Every failure of the line or the server, turned into chatdesk's own errors with a sentence for the user.

Pure, any thread. `label` is the server as the user knows it. Sentences never hold tokens or what somebody wrote.
"""

import math
import socket
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx

from chatdesk.domain.errors import (
    CertificateError,
    ChatdeskError,
    Forbidden,
    InputError,
    NetworkError,
    NotFound,
    PasswordNeeded,
    RateLimited,
    ServerError,
    SessionEnded,
    TemporaryServerError,
    TooLarge,
)
from chatdesk.domain.wording import Sentence
from chatdesk.matrix.lenient import clean, mapping, strings, text
from chatdesk.matrix.wire import ErrorBody, error_body

DEFAULT_RETRY_S = 5.0
MAX_RETRY_S = 3600.0
PASSWORD = "m.login.password"  # noqa: S105 - the name of a way to prove who asks
_MAX_QUOTE = 200
_LOCKED = "M_USER_LOCKED"
_SESSION_CODES = frozenset({"M_UNKNOWN_TOKEN", "M_MISSING_TOKEN", _LOCKED})
_TEMPORARY = frozenset({408, 425, 502, 503, 504})


@contextmanager
def translated(label: str) -> Iterator[None]:
    """Raise httpx's errors as chatdesk's."""
    try:
        yield
    except (httpx.HTTPError, httpx.StreamError, httpx.InvalidURL) as error:
        raise from_transport(error, label) from error


def from_transport(error: Exception, label: str) -> ChatdeskError:
    causes = list(_chain(error))
    if any(isinstance(cause, ssl.SSLCertVerificationError) for cause in causes):
        return CertificateError(
            Sentence(
                "The certificate of {server} cannot be trusted, so nothing was sent. Check the address and this "
                "computer's clock, or ask whoever runs the server.",
                server=label,
            )
        )
    if any(isinstance(cause, ssl.SSLError) for cause in causes):
        return NetworkError(Sentence("No secure connection to {server} is possible.", server=label))
    if any(isinstance(cause, socket.gaierror) for cause in causes):
        return NetworkError(
            Sentence("{server} was not found. Check the name and the network connection.", server=label)
        )
    match error:
        case httpx.ProxyError():
            return NetworkError(Sentence("The proxy refuses the connection to {server}.", server=label))
        case httpx.TimeoutException():
            return NetworkError(
                Sentence("{server} does not answer in time. Check the network connection.", server=label)
            )
        case httpx.ConnectError():
            return NetworkError(Sentence("{server} cannot be reached. Check the network connection.", server=label))
        case httpx.DecodingError():
            return TemporaryServerError(Sentence("{server} sent a damaged answer.", server=label))
        case httpx.UnsupportedProtocol() | httpx.InvalidURL():
            return InputError(Sentence("{server} is not an address chatdesk can use.", server=label))
        case httpx.LocalProtocolError():
            return InputError(Sentence("This cannot be sent to {server}.", server=label))
    return NetworkError(Sentence("The connection to {server} broke.", server=label))


def from_answer(status: int, headers: Mapping[str, str], body: bytes, label: str, is_home: bool = True) -> ServerError:
    """The error an answer means. Not `is_home`: another host, that a redirect led to, and its word counts less."""
    details = (error_body(body) if is_home else None) or ErrorBody()
    code = text(details.code)
    said = _quote(text(details.error))
    if status == 429 or code == "M_LIMIT_EXCEEDED":
        wait_s = _retry_after_s(details, headers)
        return RateLimited(
            Sentence(
                "{server} is asked too often. Try again in {seconds} seconds.", server=label, seconds=math.ceil(wait_s)
            ),
            wait_s,
        )
    if status == 401 and isinstance(details.flows, list):
        return PasswordNeeded(
            Sentence("{server} asks for your password.", server=label),
            text(details.session),
            _takes_password(details.flows),
            code,
        )
    if code in _SESSION_CODES and status in (401, 403):
        if code == _LOCKED:
            return SessionEnded(
                Sentence("This account is locked. Ask whoever runs {server}.", server=label), status, code, is_soft=True
            )
        return SessionEnded(
            Sentence("{server} ended this session. Log in again.", server=label),
            status,
            code,
            details.soft_logout is True,
        )
    if code == "M_USER_DEACTIVATED":
        return SessionEnded("This account has been deactivated.", status, code)
    if status == 413 or code == "M_TOO_LARGE":
        return TooLarge(Sentence("This is larger than {server} allows.", server=label), status, code)
    if status >= 500 or status in _TEMPORARY:
        return TemporaryServerError(
            Sentence("{server} has trouble at the moment ({status}). Try again later.", server=label, status=status),
            status,
            code,
        )
    if status == 404 and code != "M_UNRECOGNIZED" and (code or not is_home):
        return NotFound(Sentence("{server} knows nothing of this{said}", server=label, said=said), status, code)
    if code in ("M_UNRECOGNIZED", "M_UNKNOWN_ENDPOINT"):
        return ServerError(Sentence("{server} does not offer this.", server=label), status, code)
    if code == "M_USER_SUSPENDED":
        return Forbidden("This account is suspended: it can read but not write.", status, code)
    if status in (401, 403):
        return Forbidden(Sentence("{server} does not allow this{said}", server=label, said=said), status, code)
    if status < 400:
        # A redirect where none belongs: the sign-in page of a public network, most often.
        return TemporaryServerError(
            Sentence("Something between here and {server} answers in its place.", server=label), status, code
        )
    return ServerError(
        Sentence("{server} refuses this ({status}){said}", server=label, status=status, said=said), status, code
    )


def _takes_password(flows: list[object]) -> bool:
    """Whether a password alone is one of the ways to prove who asks."""
    return any(strings(mapping(flow).get("stages")) == [PASSWORD] for flow in flows)


def not_understood(label: str) -> TemporaryServerError:
    """A success that is not the API's JSON: temporary, because a public network's sign-in page looks like that."""
    return TemporaryServerError(Sentence("{server} sent an answer that chatdesk cannot understand.", server=label))


def _retry_after_s(details: ErrorBody, headers: Mapping[str, str]) -> float:
    wait_ms = details.retry_after_ms
    if isinstance(wait_ms, int | float) and not isinstance(wait_ms, bool) and wait_ms >= 0:
        return min(wait_ms / 1000, MAX_RETRY_S) if wait_ms < MAX_RETRY_S * 1000 else MAX_RETRY_S
    header = headers.get("Retry-After", "").strip()
    if header.isascii() and header.isdigit() and len(header) < 10:
        return min(float(header), MAX_RETRY_S)
    try:
        wait_s = (parsedate_to_datetime(header) - datetime.now(UTC)).total_seconds()
    except (ValueError, TypeError):
        return DEFAULT_RETRY_S
    return min(max(wait_s, 0.0), MAX_RETRY_S)


def _quote(said: str) -> str:
    """The server's own words, one printable line of them."""
    line = "".join(c if c.isprintable() else " " for c in clean(said))[:_MAX_QUOTE].strip()
    return f": {line}" if line else "."


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__
