"""The key of the encrypted store: 32 bytes from the OS keyring, from a passphrase, or from a key file.

Which of them holds for a profile is written in its `key.json` (never the key itself). Keyring and scrypt block, so both
run in worker threads; the small files are read where they are needed. Everything public here is awaited on the loop.
"""

import asyncio
import hashlib
import hmac
import json
import logging
import os
import secrets
from collections.abc import Awaitable, Callable
from enum import StrEnum
from pathlib import Path

from chatdesk.domain.errors import ChatdeskError
from chatdesk.domain.wording import Sentence, because

KEY_BYTES = 32
_SERVICE = "chatdesk"
_DESCRIPTION = "key.json"
_KEY_FILE = "store.key"
_SCRYPT_N, _SCRYPT_R, _SCRYPT_P = 1 << 16, 8, 1
"""64 MiB and about 0.2 s: the interactive setting of RFC 7914, doubled twice since."""

AskPassphrase = Callable[[bool, str], Awaitable[str | None]]
"""Called with (is_new, error of the last try); returns the passphrase, or None when the user gives up. May raise
KeyGivenUp, which `load` lets through."""

_log = logging.getLogger(__name__)


class KeyKind(StrEnum):
    KEYRING = "keyring"
    PASSPHRASE = "passphrase"  # noqa: S105 - a kind, not a secret
    FILE = "file"


class CredentialsError(ChatdeskError):
    """The key cannot be had; the text says what to do."""


class Credentials:
    """The key of one profile. `entry` names it in the OS keyring; `kind` is known after `load`."""

    def __init__(self, directory: Path, entry: str) -> None:
        self._directory = directory
        self._entry = entry
        self.kind: KeyKind | None = None

    async def load(
        self, ask: AskPassphrase | None = None, use_file: bool = False, use_passphrase: bool = False
    ) -> bytes:
        """The key, made on first use. Raises CredentialsError.

        First use prefers the OS keyring (unless `use_passphrase`); without one `ask` gets a passphrase; without `ask`,
        or with `use_file`, a key file readable only by the user is made.
        """
        description = self._read_description()  # a line of text: not worth a thread
        if description is None:
            return await self._create(ask, use_file, use_passphrase)
        self.kind = KeyKind(str(description["kind"]))
        match self.kind:
            case KeyKind.KEYRING:
                return await asyncio.to_thread(self._from_keyring)
            case KeyKind.FILE:
                return self._from_file()
            case KeyKind.PASSPHRASE:
                return await self._from_passphrase(description, ask)

    def at_once(self) -> bytes | None:
        """The key where nothing and nobody need be waited for: it lies in a file. Else None, and `load` gets it."""
        try:
            description = self._read_description()
            if description is None or description.get("kind") != KeyKind.FILE:
                return None
            key = self._from_file()
        except CredentialsError:
            return None
        self.kind = KeyKind.FILE
        return key

    async def forget(self) -> None:
        """Remove the key for good."""
        await asyncio.to_thread(self._forget)

    async def _create(self, ask: AskPassphrase | None, use_file: bool, use_passphrase: bool) -> bytes:
        key = secrets.token_bytes(KEY_BYTES)
        if not use_file and not use_passphrase and await asyncio.to_thread(self._into_keyring, key):
            await self._describe(KeyKind.KEYRING)
            return key
        if not use_file and ask is not None:
            passphrase = await ask(True, "")
            if not passphrase:
                raise CredentialsError("Without a passphrase the messages cannot be stored safely.")
            salt = secrets.token_bytes(16)
            key = await asyncio.to_thread(_derive, passphrase, salt, _SCRYPT_N)
            await self._describe(KeyKind.PASSPHRASE, salt=salt.hex(), n=_SCRYPT_N, check=_check(key))
            return key
        await asyncio.to_thread(self._into_file, key)
        await self._describe(KeyKind.FILE)
        # Asked for: no news. Otherwise the user should know that this system keeps no keys.
        level = logging.INFO if use_file else logging.WARNING
        _log.log(level, "The key of this store lies in %s, readable by your user only", self._directory / _KEY_FILE)
        return key

    async def _from_passphrase(self, description: dict[str, object], ask: AskPassphrase | None) -> bytes:
        if ask is None:
            raise CredentialsError("This profile is locked with a passphrase. Open it in a window.")
        salt, rounds = bytes.fromhex(str(description["salt"])), int(str(description["n"]))
        error = ""
        while True:
            passphrase = await ask(False, error)
            if passphrase is None:
                raise CredentialsError("The passphrase is needed to open the messages of this profile.")
            key = await asyncio.to_thread(_derive, passphrase, salt, rounds)
            if hmac.compare_digest(_check(key), str(description["check"])):
                return key
            error = "This is not the passphrase of this profile."

    async def _describe(self, kind: KeyKind, **details: object) -> None:
        self.kind = kind
        text = json.dumps({"kind": kind.value, **details})
        await asyncio.to_thread(_write_private, self._directory / _DESCRIPTION, text.encode())

    def _read_description(self) -> dict[str, object] | None:
        path = self._directory / _DESCRIPTION
        try:
            found: dict[str, object] = json.loads(path.read_bytes())
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            raise CredentialsError(
                Sentence("{path} cannot be read: {reason}", path=str(path), reason=str(error))
            ) from error
        return found

    def _into_keyring(self, key: bytes) -> bool:
        """Keep the key in the OS keyring and read it back; False when there is no working keyring."""
        import keyring
        from keyring.backends import fail, null

        if isinstance(keyring.get_keyring(), fail.Keyring | null.Keyring):
            return False
        try:
            keyring.set_password(_SERVICE, self._entry, key.hex())
            return keyring.get_password(_SERVICE, self._entry) == key.hex()
        except Exception as error:  # backends raise whatever their system gives them
            _log.info("The system keyring cannot be used: %s", error)
            return False

    def _from_keyring(self) -> bytes:
        import keyring

        try:
            found = keyring.get_password(_SERVICE, self._entry)
        except Exception as error:
            raise CredentialsError(
                Sentence(
                    "The system keyring cannot be read ({reason}). Unlock it and start chatdesk again.",
                    reason=str(error),
                )
            ) from error
        if found is None:
            raise CredentialsError(
                Sentence(
                    "The system keyring no longer has the key of this profile, so its messages cannot be opened. "
                    "Restore the keyring, or remove {folder} and log in again.",
                    folder=str(self._directory),
                )
            )
        return bytes.fromhex(found)

    def _into_file(self, key: bytes) -> None:
        _write_private(self._directory / _KEY_FILE, key)

    def _from_file(self) -> bytes:
        path = self._directory / _KEY_FILE
        try:
            return path.read_bytes()
        except OSError as error:
            raise CredentialsError(
                Sentence("The key file {path} cannot be read: {reason}.", path=str(path), reason=because(error))
            ) from error

    def _forget(self) -> None:
        description = self._read_description()
        if description is not None and description["kind"] == KeyKind.KEYRING:
            import keyring
            from keyring.errors import KeyringError

            try:
                keyring.delete_password(_SERVICE, self._entry)
            except KeyringError as error:
                _log.warning("The key could not be removed from the system keyring: %s", error)
        for name in (_KEY_FILE, _DESCRIPTION):
            (self._directory / name).unlink(missing_ok=True)


def _derive(passphrase: str, salt: bytes, rounds: int) -> bytes:
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    return Scrypt(salt, KEY_BYTES, rounds, _SCRYPT_R, _SCRYPT_P).derive(passphrase.encode())


def _check(key: bytes) -> str:
    """Tells a wrong passphrase from a right one without telling the key."""
    return hmac.new(key, b"chatdesk key check", hashlib.sha256).hexdigest()


def _write_private(path: Path, data: bytes) -> None:
    temporary = path.with_name(path.name + ".new")
    temporary.unlink(missing_ok=True)
    with os.fdopen(os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
