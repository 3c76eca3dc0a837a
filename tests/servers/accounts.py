"""People on the test server: a fresh, uniquely named account whenever a test asks for one."""

import secrets
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Account:
    """A registered user. `url` is the homeserver's base URL, `name` the part of the id to log in with."""

    url: str
    user_id: str
    name: str
    password: str
    display_name: str


class AnyServer(Protocol):
    """A homeserver of the tests: a private one, or one from outside. `tcp_url` is for programs without Unix sockets."""

    @property
    def url(self) -> str: ...
    @property
    def tcp_url(self) -> str: ...
    def password_for(self, name: str) -> str: ...
    async def register(self, name: str, password: str, display_name: str = "") -> str: ...


class NewAccount(Protocol):
    async def __call__(self, nick: str = ..., display_name: str | None = ...) -> Account: ...


async def register_account(server: AnyServer, nick: str = "ann", display_name: str | None = None) -> Account:
    """A new user `nick-<random>`; shown as the capitalised nick unless said otherwise."""
    name = f"{nick}-{secrets.token_hex(4)}"
    shown = nick.capitalize() if display_name is None else display_name
    password = server.password_for(name)
    user_id = await server.register(name, password, shown)
    return Account(server.url, user_id, name, password, shown)
