"""What the private server is told: its secrets (made once) and its configuration (written at every start).

Owns server-secrets.yaml, homeserver.yaml and log.yaml. They are JSON, which YAML contains: no YAML library is needed.
The configuration is written anew each time so that settings of a newer chatdesk take effect and the directory may be
moved or copied; what must not change (the secrets; the signing key, which Synapse makes) has files of its own.
Any thread.
"""

import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Mapping
from pathlib import Path

SERVER_NAME = "chatdesk.local"
SECRETS_FILE = "server-secrets.yaml"
CONFIG_FILE = "homeserver.yaml"
LOG_CONFIG_FILE = "log.yaml"
LOG_FILE = "server.log"
STARTUP_LOG_FILE = "startup.log"
LOG_MAX_BYTES = 1_000_000
LOG_BACKUPS = 2
PASSWORDS = "passwords"
"""Among the secrets: how the accounts' passwords are made. Not there in a directory that has the long ones."""
_LETTERS = "abcdefghjkmnpqrstuvwxyz"
"""Those that nobody takes for another one."""

_UNLIMITED = {"per_second": 1_000_000, "burst_count": 1_000_000}
_RATE_LIMITS: dict[str, object] = {
    "rc_message": _UNLIMITED,
    "rc_registration": _UNLIMITED,
    "rc_registration_token_validity": _UNLIMITED,
    "rc_login": {"address": _UNLIMITED, "account": _UNLIMITED, "failed_attempts": _UNLIMITED},
    "rc_admin_redaction": _UNLIMITED,
    "rc_joins": {"local": _UNLIMITED, "remote": _UNLIMITED},
    "rc_joins_per_room": _UNLIMITED,
    "rc_key_requests": _UNLIMITED,
    "rc_3pid_validation": _UNLIMITED,
    "rc_invites": {"per_room": _UNLIMITED, "per_user": _UNLIMITED, "per_issuer": _UNLIMITED},
    "rc_third_party_invite": _UNLIMITED,
    "rc_media_create": _UNLIMITED,
    "rc_presence": {"per_user": _UNLIMITED},
    "rc_delayed_event_mgmt": _UNLIMITED,
    "rc_room_creation": _UNLIMITED,
    "rc_reports": _UNLIMITED,
    "rc_user_directory": _UNLIMITED,
    "rc_profile": _UNLIMITED,
}
"""Everybody here is the same person trying things out; limits would only make that slow."""


def load_secrets(directory: Path) -> dict[str, str]:
    """The secrets made at the first start. FileNotFoundError before that."""
    raw = json.loads((directory / SECRETS_FILE).read_text(encoding="utf-8"))
    return {str(key): str(value) for key, value in raw.items()}


def write_secrets_once(directory: Path) -> None:
    """Make the secrets unless they exist. The caller holds the directory's lock."""
    if (directory / SECRETS_FILE).exists():
        return
    names = ("registration_shared_secret", "macaroon_secret_key", "form_secret")
    made = {name: secrets.token_hex(32) for name in names} | {PASSWORDS: "short"}
    write_private(directory / SECRETS_FILE, json.dumps(made, indent=2))


def write_config(
    directory: Path, socket_path: Path | None, tcp: tuple[str, int] | None, extra: Mapping[str, object]
) -> None:
    """Write homeserver.yaml and log.yaml; `extra` replaces top-level settings."""
    settings = {**_settings(directory), "listeners": _listeners(socket_path, tcp), **extra}
    write_private(directory / CONFIG_FILE, json.dumps(settings, indent=2))
    write_private(directory / LOG_CONFIG_FILE, json.dumps(_log_settings(directory), indent=2))


def listening(directory: Path) -> tuple[str, int] | None:
    """The address and port that the configuration of the last start names; None without any."""
    try:
        settings = json.loads((directory / CONFIG_FILE).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    ports = [listener for listener in settings["listeners"] if "port" in listener]
    return (ports[0]["bind_addresses"][0], ports[0]["port"]) if ports else None


def derived_password(registration_secret: str, name: str, is_long: bool = False) -> str:
    """A password for `name` that needs no place on disk of its own: four groups of four letters, which a person can
    type (72 bits). `is_long`: as they were before."""
    digest = hmac.new(registration_secret.encode(), f"password\0{name}".encode(), hashlib.sha256)
    if is_long:
        return digest.hexdigest()
    number = int.from_bytes(digest.digest(), "big")
    letters = [_LETTERS[number // len(_LETTERS) ** place % len(_LETTERS)] for place in range(16)]
    return "-".join("".join(letters[start : start + 4]) for start in range(0, 16, 4))


def write_private(path: Path, text: str) -> None:
    """Replace `path` as a whole, readable by this user only; a crash leaves the old or the new file."""
    part = path.with_name(path.name + ".new")
    part.unlink(missing_ok=True)
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text + "\n")
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)


def _settings(directory: Path) -> dict[str, object]:
    return {
        "server_name": SERVER_NAME,
        "report_stats": False,
        "signing_key_path": str(directory / "signing.key"),
        "log_config": str(directory / LOG_CONFIG_FILE),
        "media_store_path": str(directory / "media"),
        "database": {"name": "sqlite3", "args": {"database": str(directory / "homeserver.db")}},
        # Alone in the world: no other server is asked, told or answered.
        "trusted_key_servers": [],
        "suppress_key_server_warning": True,
        "federation_domain_whitelist": [],
        "allow_public_rooms_over_federation": False,
        "url_preview_enabled": False,
        "enable_registration": False,
        "bcrypt_rounds": 4,
        "max_upload_size": "100M",
        "user_directory": {"enabled": True, "search_all_users": True},
        "auto_accept_invites": {
            "enabled": True,
            "only_for_direct_messages": True,
            "only_from_local_users": True,
        },
        **_RATE_LIMITS,
    }


def _listeners(socket_path: Path | None, tcp: tuple[str, int] | None) -> list[dict[str, object]]:
    resources = [{"names": ["client", "media"], "compress": False}]
    listeners: list[dict[str, object]] = []
    if socket_path is not None:
        listeners.append({"type": "http", "path": str(socket_path), "mode": 0o600, "resources": resources})
    if tcp is not None:
        host, port = tcp
        listeners.append({"type": "http", "port": port, "bind_addresses": [host], "tls": False, "resources": resources})
    return listeners


def _log_settings(directory: Path) -> dict[str, object]:
    handler = {
        "class": "logging.handlers.RotatingFileHandler",
        "formatter": "line",
        "filename": str(directory / LOG_FILE),
        "maxBytes": LOG_MAX_BYTES,
        "backupCount": LOG_BACKUPS,
        "encoding": "utf-8",
    }
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
        "handlers": {"file": handler},
        "root": {"level": "WARNING", "handlers": ["file"]},
    }
