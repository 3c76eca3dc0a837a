"""A picture file becomes the picture of a person or a group. Runs in a worker thread."""

import io
import warnings
from pathlib import Path

from chatdesk.domain.errors import FileUnreadable, NotAPicture
from chatdesk.domain.wording import Sentence

PICTURE_SIDE = 512
"""In pixels: the largest that other clients show."""
_MOST_PIXELS = 100_000_000


def square_picture(path: Path) -> bytes:
    """The middle of a picture, as PNG, without what the camera noted in it. Raises FileUnreadable or NotAPicture."""
    from PIL import Image, ImageOps  # only a new picture needs it

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(path) as opened:
                if opened.width * opened.height > _MOST_PIXELS:
                    raise NotAPicture(Sentence("“{name}” is too large for a picture of a person.", name=path.name))
                opened.draft("RGB", (2 * PICTURE_SIDE, 2 * PICTURE_SIDE))
                upright = ImageOps.exif_transpose(opened)
                side = min(PICTURE_SIDE, *upright.size)
                small = ImageOps.fit(upright.convert("RGBA"), (side, side))
    except (ValueError, SyntaxError, EOFError) as error:
        raise NotAPicture(Sentence("“{name}” is not a picture that can be shown.", name=path.name)) from error
    except OSError as error:
        if error.errno is None:  # Pillow's own: no picture
            raise NotAPicture(Sentence("“{name}” is not a picture that can be shown.", name=path.name)) from error
        said = error.strerror or ""
        raise FileUnreadable(Sentence("“{name}” cannot be read: {reason}.", name=path.name, reason=said)) from error
    kept = io.BytesIO()
    small.save(kept, "PNG", optimize=True)
    return kept.getvalue()
