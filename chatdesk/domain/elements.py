"""What a message is made of. Frozen msgspec structs: the store keeps them as tagged JSON, so renaming a field or tag
needs a migration. Pure, any thread."""

from collections.abc import Sequence
from enum import StrEnum

from msgspec import Struct

LOUDEST = 1024


class Media(Struct, frozen=True, gc=False, omit_defaults=True):
    """A file that belongs to an element.

    `uri` names it on the server (empty until uploaded); `path` is the local file an own message uploads from.
    `name` is whatever the sender wrote: never use it as a path. `size` in bytes, 0 when unknown. `sha256` (hex) of the
    content, empty when the sender did not say. `width` and `height` in pixels where the file is a small picture.
    """

    uri: str = ""
    name: str = ""
    mime: str = ""
    size: int = 0
    path: str = ""
    sha256: str = ""
    width: int = 0
    height: int = 0


class Text(Struct, frozen=True, gc=False, omit_defaults=True, tag="text"):
    content: str
    html: str = ""


class Image(Struct, frozen=True, gc=False, omit_defaults=True, tag="image"):
    """`width` and `height` in pixels, 0 when the sender did not say. `blurhash`: its colours in brief (blurhash.py), or
    empty."""

    media: Media
    width: int = 0
    height: int = 0
    thumbnail: Media | None = None
    blurhash: str = ""


class Sound(Struct, frozen=True, gc=False, omit_defaults=True, tag="sound"):
    """`waveform`: how loud it is from beginning to end, up to 120 numbers from 0 to LOUDEST, empty when the sender did
    not say. `is_voice`: spoken for this conversation, not a file."""

    media: Media
    duration_ms: int = 0
    waveform: tuple[int, ...] = ()
    is_voice: bool = False


class Video(Struct, frozen=True, gc=False, omit_defaults=True, tag="video"):
    media: Media
    duration_ms: int = 0
    width: int = 0
    height: int = 0
    thumbnail: Media | None = None
    blurhash: str = ""


class File(Struct, frozen=True, gc=False, omit_defaults=True, tag="file"):
    media: Media


class Location(Struct, frozen=True, gc=False, omit_defaults=True, tag="location"):
    """Coordinates as decimal strings: canonical JSON on the wire refuses floats."""

    latitude: str
    longitude: str
    description: str = ""


class Face(Struct, frozen=True, gc=False, omit_defaults=True, tag="face"):
    index: int
    data: str = ""
    description: str = ""


class Custom(Struct, frozen=True, gc=False, omit_defaults=True, tag="custom"):
    data: str = ""
    description: str = ""
    ext: str = ""
    sound: str = ""


class TipKind(StrEnum):
    CREATED = "created"
    INVITED = "invited"
    JOINED = "joined"
    LEFT = "left"
    DECLINED = "declined"
    KICKED = "kicked"
    BANNED = "banned"
    RENAMED = "renamed"
    TOPIC = "topic"
    AVATAR = "avatar"
    ROLES = "roles"
    PINNED = "pinned"
    UNPINNED = "unpinned"
    ENCRYPTED = "encrypted"


class Tip(Struct, frozen=True, gc=False, omit_defaults=True, tag="tip"):
    """A line the system writes: who did what to whom. `value` is the new name, topic and so on."""

    kind: TipKind
    targets: tuple[str, ...] = ()
    value: str = ""


class Unreadable(Struct, frozen=True, gc=False, omit_defaults=True, tag="unreadable"):
    """An end-to-end encrypted message; its raw form is kept until keys can open it."""

    algorithm: str = ""


class Unknown(Struct, frozen=True, gc=False, omit_defaults=True, tag="unknown"):
    """Something this version cannot show; `description` is the sender's fallback text, maybe empty."""

    kind: str = ""
    description: str = ""


Element = Text | Image | Sound | Video | File | Location | Face | Custom | Tip | Unreadable | Unknown
Downloadable = Image | Sound | Video | File


def media_of(element: Element) -> Media | None:
    """The file an element carries, or None."""
    return element.media if isinstance(element, Image | Sound | Video | File) else None


def summary(element: Element) -> str:
    """One line of plain text for previews and notifications; empty for tips (their words need names)."""
    match element:
        case Text(content=content):
            return " ".join(content.split())
        case Image(media=media):
            return media.name or "Image"
        case Sound(media=media) | Video(media=media) | File(media=media):
            return media.name or "File"
        case Location(description=description, latitude=latitude, longitude=longitude):
            return description or f"{latitude}, {longitude}"
        case Face(description=description) | Custom(description=description) | Unknown(description=description):
            return description or "Message"
        case Unreadable():
            return "Encrypted message"
        case Tip():
            return ""


def kind_of(element: Element) -> str:
    """The element's tag: "text", "image" and so on."""
    return str(element.__struct_config__.tag)


def size_bytes(elements: Sequence[Element]) -> int:
    """Bytes of all texts in all fields, as limits on messages count them; numbers and file contents do not count."""
    return sum(_text_bytes(element) for element in elements)


def _text_bytes(value: object) -> int:
    match value:
        case str():
            return len(value.encode("utf-8", "replace"))
        case Media():
            return _text_bytes(value.name)  # the rest names places, not content
        case Image() | Video():
            return _text_bytes(value.media) + _text_bytes(value.thumbnail)
        case Sound():
            return _text_bytes(value.media)
        case Struct():
            return sum(_text_bytes(getattr(value, field)) for field in value.__struct_fields__)
        case tuple():
            return sum(map(_text_bytes, value))
    return 0
