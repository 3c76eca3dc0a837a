"""Where things live on this machine. Pure apart from looking at the file system."""

import os
from pathlib import Path

APP = "chatdesk"


def profiles() -> Path:
    import platformdirs  # 12 ms; a window of `try` never asks

    return platformdirs.user_data_path(APP, appauthor=False) / "profiles"


def profile(name: str) -> Path:
    return profiles() / name


def try_data() -> Path:
    import platformdirs

    return platformdirs.user_data_path(APP, appauthor=False) / "try"


def downloads() -> Path:
    import platformdirs

    return platformdirs.user_downloads_path()


def make_private(directory: Path) -> Path:
    """The directory, made if needed, readable by its owner only."""
    directory.mkdir(parents=True, exist_ok=True, mode=0o700)
    if os.name == "posix":
        directory.chmod(0o700)
    return directory
