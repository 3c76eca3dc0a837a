"""Where the key of the store comes from, with a real keyring backend that lives in this process."""

import stat
from pathlib import Path

import pytest

from chatdesk.core.credentials import Credentials, CredentialsError, KeyKind
from tests.servers.memory_keyring import MemoryKeyring


async def test_the_keyring_holds_the_key_and_no_file_does(tmp_path: Path, system_keyring: MemoryKeyring) -> None:
    first = Credentials(tmp_path, "default")
    key = await first.load()
    assert (len(key), first.kind) == (32, KeyKind.KEYRING)
    assert await Credentials(tmp_path, "default").load() == key
    for file in tmp_path.iterdir():
        assert key not in file.read_bytes()
        assert key.hex().encode() not in file.read_bytes()
    (held,) = system_keyring.entries.values()
    assert len(held) <= 1280  # what Windows takes
    await first.forget()
    assert not system_keyring.entries
    assert list(tmp_path.iterdir()) == []


async def test_a_keyring_that_lost_the_key_says_what_to_do(tmp_path: Path, system_keyring: MemoryKeyring) -> None:
    await Credentials(tmp_path, "default").load()
    system_keyring.entries.clear()
    with pytest.raises(CredentialsError, match="no longer has the key"):
        await Credentials(tmp_path, "default").load()


@pytest.mark.usefixtures("no_keyring")
async def test_without_a_keyring_a_passphrase_is_asked_until_it_is_right(tmp_path: Path) -> None:
    asked: list[tuple[bool, str]] = []
    answers = iter(["open sesame", "wrong", "open sesame"])

    async def ask(is_new: bool, error: str) -> str | None:
        asked.append((is_new, error))
        return next(answers)

    key = await Credentials(tmp_path, "default").load(ask)
    again = Credentials(tmp_path, "default")
    assert await again.load(ask) == key
    assert again.kind is KeyKind.PASSPHRASE
    assert [is_new for is_new, _ in asked] == [True, False, False]
    assert "not the passphrase" in asked[2][1]
    for file in tmp_path.iterdir():
        assert b"open sesame" not in file.read_bytes()
        assert key.hex().encode() not in file.read_bytes()


@pytest.mark.usefixtures("no_keyring")
async def test_giving_up_the_passphrase_is_an_error_not_a_clear_store(tmp_path: Path) -> None:
    async def ask(is_new: bool, error: str) -> str | None:
        return None

    with pytest.raises(CredentialsError):
        await Credentials(tmp_path, "default").load(ask)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("no_keyring")
async def test_headless_uses_a_private_key_file_and_says_so(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("INFO"):
        key = await Credentials(tmp_path, "default").load()
    assert "store.key" in caplog.text
    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()}
    assert modes == {"store.key": 0o600, "key.json": 0o600}
    assert await Credentials(tmp_path, "default").load() == key


async def test_a_key_file_is_used_where_it_is_asked_for(tmp_path: Path, system_keyring: MemoryKeyring) -> None:
    credentials = Credentials(tmp_path, "ann")
    await credentials.load(use_file=True)
    assert credentials.kind is KeyKind.FILE
    assert not system_keyring.entries
