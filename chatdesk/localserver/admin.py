"""Short blocking HTTP calls to the private server: is it up, make a user. Standard library only.

Every function blocks: call them in a worker thread. Nothing here is for talking to a homeserver in general.
"""

import contextlib
import hashlib
import hmac
import http.client
import json
import socket
from pathlib import Path
from urllib.parse import urlsplit

from chatdesk.localserver.address import SOCKET_HEADERS
from chatdesk.localserver.config import SERVER_NAME

TIMEOUT_S = 30.0
PING_TIMEOUT_S = 5.0


class RegistrationError(Exception):
    """The private server did not make the user; the text says why."""


class _UnixConnection(http.client.HTTPConnection):
    def __init__(self, path: str, timeout_s: float) -> None:
        super().__init__("localhost", timeout=timeout_s)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self._path)


def is_answering(url: str) -> bool:
    """Whether the homeserver's client API answers."""
    try:
        status, body = _request(url, "GET", "/_matrix/client/versions", timeout_s=PING_TIMEOUT_S)
    except (OSError, http.client.HTTPException, ValueError):
        return False
    return status == 200 and "versions" in body


def register(url: str, secret: str, name: str, password: str, display_name: str = "") -> str:
    """Make the user `name`, or find that it exists already. Returns the full user id."""
    path = "/_synapse/admin/v1/register"
    try:
        _, answer = _request(url, "GET", path)
        nonce = str(answer.get("nonce", ""))
        parts = (nonce, name, password, "notadmin")
        # SHA-1 is what this interface of Synapse asks for.
        mac = hmac.new(secret.encode(), "\0".join(parts).encode(), hashlib.sha1).hexdigest()
        user = {"nonce": nonce, "username": name, "password": password, "admin": False, "mac": mac}
        if display_name:
            user["displayname"] = display_name
        status, answer = _request(url, "POST", path, user)
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise RegistrationError(f"The private server did not answer when “{name}” was to be registered") from error
    if status == 200:
        return str(answer["user_id"])
    if answer.get("errcode") == "M_USER_IN_USE":
        return f"@{name}:{SERVER_NAME}"
    raise RegistrationError(f"“{name}” could not be registered: {answer.get('error', f'HTTP status {status}')}")


def _request(
    url: str, method: str, path: str, content: object = None, timeout_s: float = TIMEOUT_S
) -> tuple[int, dict[str, object]]:
    with contextlib.closing(_connection(url, timeout_s)) as connection:
        body = None if content is None else json.dumps(content).encode()
        connection.request(method, path, body, {**SOCKET_HEADERS, "Content-Type": "application/json"})
        response = connection.getresponse()
        answer = json.loads(response.read())
        if not isinstance(answer, dict):
            raise ValueError(f"Not an answer of a homeserver: {type(answer).__name__}")
        return response.status, answer


def _connection(url: str, timeout_s: float) -> http.client.HTTPConnection:
    if url.startswith("unix://"):
        return _UnixConnection(str(Path(url.removeprefix("unix://"))), timeout_s)
    address = urlsplit(url)
    return http.client.HTTPConnection(address.hostname or "127.0.0.1", address.port, timeout=timeout_s)
