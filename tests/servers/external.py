"""A homeserver that somebody else started, for the tests that ask a homeserver nothing but to be one.

Named by three environment variables; without the first, the tests start a private Synapse of their own.
"""

import asyncio
import os
from dataclasses import dataclass
from typing import Self

from chatdesk.localserver import admin, config

URL, ADMIN_URL, SECRET = (f"CHATDESK_TEST_SERVER{end}" for end in ("", "_ADMIN", "_SECRET"))


@dataclass(frozen=True)
class ExternalServer:
    """`url` is where clients go, `admin_url` where the registration with the shared secret is answered."""

    url: str
    admin_url: str
    secret: str

    @classmethod
    def named(cls) -> Self | None:
        """The one of the environment."""
        url = os.environ.get(URL)
        return cls(url, os.environ.get(ADMIN_URL, url), os.environ[SECRET]) if url else None

    @property
    def environment(self) -> dict[str, str]:
        """What names it to other tests."""
        return {URL: self.url, ADMIN_URL: self.admin_url, SECRET: self.secret}

    @property
    def tcp_url(self) -> str:
        return self.admin_url if self.url.startswith("unix://") else self.url

    def password_for(self, name: str) -> str:
        return config.derived_password(self.secret, name)

    async def register(self, name: str, password: str, display_name: str = "") -> str:
        return await asyncio.to_thread(admin.register, self.admin_url, self.secret, name, password, display_name)
