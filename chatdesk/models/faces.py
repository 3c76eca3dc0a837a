"""Faces: the pictures of a folder, each a face with a number and a name; folders in it are sets of their own.

Reads the names only.
"""

from pathlib import Path
from typing import NamedTuple

from chatdesk.domain.elements import Face

MOST_FACES = 500
MOST_SETS = 8
_ENDINGS = frozenset({".png", ".gif", ".jpg", ".jpeg", ".webp", ".bmp"})


class FaceSet(NamedTuple):
    name: str
    faces: tuple[tuple[Face, Path], ...]


def face_sets(folder: Path) -> tuple[FaceSet, ...]:
    """The pictures of the folder itself, then those of each folder in it, as far as there are any."""
    try:
        inner = sorted(path for path in folder.iterdir() if path.is_dir() and not path.name.startswith("."))
    except OSError:
        return ()
    sets = (FaceSet(path.name, faces_in(path)) for path in (folder, *inner))
    return tuple(found for found in sets if found.faces)[:MOST_SETS]


def faces_in(folder: Path) -> tuple[tuple[Face, Path], ...]:
    """In the order of their names. A file called `12_smile.png` is face 12, one without a number goes by its place."""
    try:
        files = sorted(path for path in folder.iterdir() if path.suffix.lower() in _ENDINGS and path.is_file())
    except OSError:
        return ()
    return tuple((_face(place, path.stem), path) for place, path in enumerate(files[:MOST_FACES], 1))


def _face(place: int, stem: str) -> Face:
    digits = stem[: len(stem) - len(stem.lstrip("0123456789"))][:9]
    name = stem.removeprefix(digits).strip(" _-") or stem
    return Face(int(digits) if digits else place, f"[{name}]", name)
