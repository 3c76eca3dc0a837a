"""Faces: the pictures of a folder, each a face with a number and a name. Reads the names only."""

from pathlib import Path

from chatdesk.domain.elements import Face

MOST_FACES = 500
_ENDINGS = frozenset({".png", ".gif", ".jpg", ".jpeg", ".webp", ".bmp"})


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
