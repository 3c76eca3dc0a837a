"""Where the program's own pictures, translations and samples lie. Any thread; no Qt."""

from functools import cache
from pathlib import Path


@cache
def resources() -> Path:
    """The resources folder: inside the package when installed from a wheel, beside it in a source tree."""
    package = Path(__file__).resolve().parent
    packaged = package / "resources"
    return packaged if packaged.is_dir() else package.parent / "resources"
