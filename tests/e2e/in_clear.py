"""Looking for what must not lie in clear in any file: tokens, keys, passwords, the words of messages."""

import base64
from collections.abc import Iterable
from pathlib import Path

from chatdesk.core.session import STORE_FILE, Account
from chatdesk.store import settings
from chatdesk.store.database import Database

KEY_FILE = "store.key"
"""The one place where the key of a throwaway person may be."""


async def account_of(directory: Path) -> Account:
    """What a profile knows of its account, from the encrypted store; also while its window is open."""
    database = await Database.open(directory / STORE_FILE, (directory / KEY_FILE).read_bytes())
    try:
        found = await database.read(settings.get, "account", Account)
    finally:
        await database.close()
    assert found is not None
    return found


def found_in_clear(directory: Path, secrets: Iterable[str | bytes]) -> list[str]:
    """Which of these stand in which files under `directory`, as they are or in another usual form."""
    hits = []
    for path in sorted(directory.rglob("*")):
        if path.is_file() and not path.is_symlink() and path.name != KEY_FILE:
            data = path.read_bytes()
            hits += [f"{secret!r} in {path}" for secret in secrets if any(form in data for form in _forms(secret))]
    return hits


def _forms(secret: str | bytes) -> list[bytes]:
    plain = secret.encode() if isinstance(secret, str) else secret
    forms = [plain, plain.hex().encode(), base64.b64encode(plain).rstrip(b"=")]
    return forms + ([secret.encode("utf-16-le")] if isinstance(secret, str) else [])
