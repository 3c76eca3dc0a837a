"""The private server's secrets and settings on disk."""

import hashlib
import hmac
import json
import re
import stat
from pathlib import Path

import pytest

from chatdesk.localserver import LocalServer, config


def _read(path: Path) -> dict[str, object]:
    raw = json.loads(path.read_text(encoding="utf-8"))
    assert isinstance(raw, dict)
    return raw


def test_secrets_are_made_once(tmp_path: Path) -> None:
    config.write_secrets_once(tmp_path)
    first = config.load_secrets(tmp_path)
    config.write_secrets_once(tmp_path)
    assert config.load_secrets(tmp_path) == first
    secrets = [value for name, value in first.items() if name != config.PASSWORDS]
    assert len(set(secrets)) == 3
    assert all(len(value) == 64 for value in secrets)
    assert stat.S_IMODE((tmp_path / config.SECRETS_FILE).stat().st_mode) == 0o600


def test_written_files_are_private_and_replaced_as_a_whole(tmp_path: Path) -> None:
    target = tmp_path / "file"
    (tmp_path / "file.new").write_text("left by a crash", encoding="utf-8")
    config.write_private(target, "one")
    config.write_private(target, "two")
    assert target.read_text(encoding="utf-8") == "two\n"
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_settings_keep_the_server_to_itself(tmp_path: Path) -> None:
    config.write_config(tmp_path, tmp_path / "server.sock", ("127.0.0.1", 8008), {"presence": {"enabled": False}})
    settings = _read(tmp_path / config.CONFIG_FILE)
    assert settings["presence"] == {"enabled": False}
    assert settings["federation_domain_whitelist"] == []
    assert settings["trusted_key_servers"] == []
    assert settings["report_stats"] is False
    listeners = settings["listeners"]
    assert isinstance(listeners, list)
    assert [names for listener in listeners for resource in listener["resources"] for names in resource["names"]] == [
        "client",
        "media",
        "client",
        "media",
    ]
    assert listeners[0]["mode"] == 0o600
    assert listeners[1]["bind_addresses"] == ["127.0.0.1"]
    for name in (config.CONFIG_FILE, config.LOG_CONFIG_FILE):
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600
        assert "secret" not in (tmp_path / name).read_text(encoding="utf-8")


def test_settings_follow_a_moved_directory(tmp_path: Path) -> None:
    for place in ("old", "new"):
        (tmp_path / place).mkdir()
        config.write_config(tmp_path / place, None, None, {})
    assert str(tmp_path / "old") not in (tmp_path / "new" / config.CONFIG_FILE).read_text(encoding="utf-8")


def test_passwords_differ_by_name_and_by_server() -> None:
    assert config.derived_password("secret", "ann") == config.derived_password("secret", "ann")
    others = {config.derived_password(secret, name) for secret in ("a", "b") for name in ("ann", "ben")}
    assert len(others) == 4
    assert all(re.fullmatch(r"[a-z]{4}(-[a-z]{4}){3}", password) for password in others)


def test_an_older_directory_keeps_its_passwords(tmp_path: Path) -> None:
    config.write_private(tmp_path / config.SECRETS_FILE, json.dumps({"registration_shared_secret": "secret"}))
    long = hmac.new(b"secret", b"password\0ann", hashlib.sha256).hexdigest()
    assert LocalServer(tmp_path).password_for("ann") == long


def test_a_password_before_the_first_start_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="never started"):
        LocalServer(tmp_path / "none").password_for("ann")
