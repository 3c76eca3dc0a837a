"""Elements: the SDK's objects to domain elements and back. Pure, any thread.

Reading drops what is no element or of an unknown kind, as the vendor's library does. A file is named by its `url` (an
mxc address) or by its `id` (the same without the scheme). Of a picture's three renditions a Matrix server keeps the
original and perhaps a small one; what it makes on demand carries the wanted size behind the address, as in
`mxc://example.org/abc#960x720`.
"""

import mimetypes
import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from pathlib import PurePath
from typing import Any

from chatdesk.domain.elements import (
    Custom,
    Element,
    Face,
    File,
    Image,
    Location,
    Media,
    Sound,
    Text,
    Tip,
    Unknown,
    Unreadable,
    Video,
    summary,
)
from chatdesk.interchange import reading
from chatdesk.interchange.codes import ElemType
from chatdesk.interchange.tips import read_tip, tip_object

LARGE_SIDE, THUMBNAIL_SIDE = 720, 198
"""Pixels of a rendition's shorter side, by the SDK's rule."""
_SCHEME = "mxc://"
_IMAGE_FORMATS = {"image/jpeg": 1, "image/gif": 2, "image/png": 3, "image/bmp": 4}
_FORMAT_MIMES = {number: mime for mime, number in _IMAGE_FORMATS.items()}
_UNKNOWN_FORMAT = 255
_DEGREE_DIGITS = 15
_MOST_PIXELS = 100_000
_RENDITION = re.compile(r"#([1-9][0-9]{0,4})x([1-9][0-9]{0,4})$")
_SERVER_MADE = {
    ElemType.GROUP_REPORT: "group report",
    ElemType.FRIEND_CHANGE: "friend change",
    ElemType.PROFILE_CHANGE: "profile change",
    ElemType.MERGE: "merged messages",
}

Object = dict[str, Any]


def read_elements(items: Iterable[Any]) -> tuple[Element, ...]:
    found = (_read_element(item) for item in items if isinstance(item, dict))
    return tuple(element for element in found if element is not None)


def element_objects(elements: Iterable[Element], conversation_id: str, sender: str) -> list[Object]:
    return [element_object(element, conversation_id, sender) for element in elements]


def media_id(uri: str) -> str:
    return uri.removeprefix(_SCHEME)


def media_uri(url: str, id_: str) -> str:
    """The address a url or an id means, without a rendition's size; empty when neither is one of this network's."""
    found = (url or id_).partition("#")[0]
    if "://" not in found:
        found = _SCHEME + found
    server, slash, name = found.removeprefix(_SCHEME).partition("/")
    return found if found.startswith(_SCHEME) and server and slash and name else ""


def rendition_size(url: str, id_: str) -> tuple[int, int] | None:
    """The (width, height) of a rendition that is made on demand; None for the file itself."""
    match = _RENDITION.search(url or id_)
    return (int(match[1]), int(match[2])) if match else None


def _read_element(values: Object) -> Element | None:
    kind = values.get("elem_type")
    number = 0 if kind is None else reading.signed(values, "elem_type", -1)
    reader = _READERS.get(number)
    if reader is not None:
        return reader(values)
    made = _SERVER_MADE.get(ElemType(number)) if number in _SERVER_MADE else None
    return None if made is None else Unknown(made)


def _read_text(values: Object) -> Element:
    return Text(reading.string(values, "text_elem_content"))


def _read_image(values: Object) -> Element:
    mime = _FORMAT_MIMES.get(reading.number(values, "image_elem_format"), "")
    media = _read_media(
        values,
        "image_elem_orig",
        path=reading.string(values, "image_elem_orig_path"),
        size=reading.number(values, "image_elem_orig_pic_size"),
        mime=mime,
    )
    thumbnail = _read_media(
        values,
        "image_elem_thumb",
        size=reading.number(values, "image_elem_thumb_pic_size"),
        width=reading.number(values, "image_elem_thumb_pic_width", limit=_MOST_PIXELS),
        height=reading.number(values, "image_elem_thumb_pic_height", limit=_MOST_PIXELS),
    )
    return Image(
        media,
        reading.number(values, "image_elem_orig_pic_width", limit=_MOST_PIXELS),
        reading.number(values, "image_elem_orig_pic_height", limit=_MOST_PIXELS),
        thumbnail if thumbnail.uri and thumbnail.uri != media.uri else None,
    )


def _read_sound(values: Object) -> Element:
    media = _read_media(
        values,
        "sound_elem",
        path=reading.string(values, "sound_elem_file_path"),
        id_key="sound_elem_file_id",
        size=reading.number(values, "sound_elem_file_size"),
    )
    return Sound(media, reading.number(values, "sound_elem_file_time", limit=2**32) * 1000)


def _read_custom(values: Object) -> Element:
    return Custom(*(reading.string(values, f"custom_elem_{key}") for key in ("data", "desc", "ext", "sound")))


def _read_file(values: Object) -> Element:
    return File(
        _read_media(
            values,
            "file_elem",
            path=reading.string(values, "file_elem_file_path"),
            id_key="file_elem_file_id",
            size=reading.number(values, "file_elem_file_size"),
            name=reading.string(values, "file_elem_file_name"),
        )
    )


def _read_face(values: Object) -> Element:
    return Face(reading.signed(values, "face_elem_index"), reading.string(values, "face_elem_buf"))


def _read_location(values: Object) -> Element:
    return Location(
        _degrees(values, "location_elem_latitude"),
        _degrees(values, "location_elem_longitude"),
        reading.string(values, "location_elem_desc"),
    )


def _read_video(values: Object) -> Element:
    media = _read_media(
        values,
        "video_elem_video",
        path=reading.string(values, "video_elem_video_path"),
        size=reading.number(values, "video_elem_video_size"),
        mime=_mime("video", reading.string(values, "video_elem_video_type")),
    )
    snapshot = _read_media(
        values,
        "video_elem_image",
        path=reading.string(values, "video_elem_image_path"),
        size=reading.number(values, "video_elem_image_size"),
        mime=_mime("image", reading.string(values, "video_elem_image_type")),
    )
    return Video(
        media,
        reading.number(values, "video_elem_video_duration", limit=2**32) * 1000,
        reading.number(values, "video_elem_image_width", limit=_MOST_PIXELS),
        reading.number(values, "video_elem_image_height", limit=_MOST_PIXELS),
        snapshot if snapshot.uri or snapshot.path else None,
    )


def _read_media(
    values: Object,
    prefix: str,
    *,
    path: str = "",
    size: int = 0,
    mime: str = "",
    name: str = "",
    id_key: str = "",
    width: int = 0,
    height: int = 0,
) -> Media:
    uri = media_uri(reading.string(values, f"{prefix}_url"), reading.string(values, id_key or f"{prefix}_id"))
    name = name or PurePath(path).name
    guessed = mimetypes.guess_type(name)[0] or "" if name else ""
    return Media(uri, name, guessed or mime, size, path, width=width, height=height)


def _mime(kind: str, type_: str) -> str:
    """The media type of `mp4` and the like."""
    known = mimetypes.guess_type(f"x.{type_}")[0] if type_ and "/" not in type_ else type_
    return known or (f"{kind}/{type_.lower()}" if type_.isalnum() else "")


def _type(media: Media) -> str:
    return media.mime.partition("/")[2] or PurePath(media.path or media.name).suffix.removeprefix(".")


def _degrees(values: Object, key: str) -> str:
    """A coordinate as a decimal string; the range is for the core to check."""
    found = values.get(key)
    if isinstance(found, bool) or not isinstance(found, int | float):
        return "0"
    whole, dot, rest = format(Decimal(repr(found)), "f").partition(".")
    rest = rest[:_DEGREE_DIGITS].rstrip("0")
    return f"{whole}{dot}{rest}" if rest else whole


_READERS: dict[int, Callable[[Object], Element]] = {
    ElemType.TEXT: _read_text,
    ElemType.IMAGE: _read_image,
    ElemType.SOUND: _read_sound,
    ElemType.CUSTOM: _read_custom,
    ElemType.FILE: _read_file,
    ElemType.GROUP_TIPS: read_tip,
    ElemType.FACE: _read_face,
    ElemType.LOCATION: _read_location,
    ElemType.VIDEO: _read_video,
}


def element_object(element: Element, conversation_id: str, sender: str) -> Object:
    match element:
        case Text(content=content):
            return {"elem_type": ElemType.TEXT, "text_elem_content": content}
        case Image():
            return _image_object(element)
        case Sound(media=media, duration_ms=duration_ms):
            return {
                "elem_type": ElemType.SOUND,
                "sound_elem_business_id": 0,
                "sound_elem_file_id": media_id(media.uri),
                "sound_elem_file_path": media.path,
                "sound_elem_file_size": media.size,
                "sound_elem_file_time": _seconds(duration_ms),
                "sound_elem_url": media.uri,
            }
        case File(media=media):
            return {
                "elem_type": ElemType.FILE,
                "file_elem_business_id": 0,
                "file_elem_file_id": media_id(media.uri),
                "file_elem_file_name": media.name or PurePath(media.path).name,
                "file_elem_file_path": media.path,
                "file_elem_file_size": media.size,
                "file_elem_url": media.uri,
            }
        case Video():
            return _video_object(element)
        case Location(latitude=latitude, longitude=longitude, description=description):
            return {
                "elem_type": ElemType.LOCATION,
                "location_elem_desc": description,
                "location_elem_latitude": float(latitude),
                "location_elem_longitude": float(longitude),
            }
        case Face(index=index, data=data):
            return {"elem_type": ElemType.FACE, "face_elem_buf": data, "face_elem_index": index}
        case Custom(data=data, description=description, ext=ext, sound=sound):
            return _custom_object(data, description, ext, sound)
        case Tip():
            return {"elem_type": ElemType.GROUP_TIPS, **tip_object(element, conversation_id, sender)}
        case Unreadable() | Unknown():
            return _custom_object("", summary(element), "", "")


def _custom_object(data: str, description: str, ext: str, sound: str) -> Object:
    return {
        "custom_elem_data": data,
        "custom_elem_desc": description,
        "custom_elem_ext": ext,
        "custom_elem_sound": sound,
        "elem_type": ElemType.CUSTOM,
    }


def _image_object(image: Image) -> Object:
    media, small = image.media, image.thumbnail
    large_uri, large_width, large_height = _rendition(image, LARGE_SIDE)
    if small is None or not small.uri:
        thumb_uri, thumb_width, thumb_height = _rendition(image, THUMBNAIL_SIDE)
        thumb_size = media.size if thumb_uri == media.uri else 0
    else:
        scaled = _scaled(image.width, image.height, THUMBNAIL_SIDE)
        thumb_uri, thumb_size = small.uri, small.size
        thumb_width, thumb_height = (small.width, small.height) if small.width and small.height else scaled
    return {
        "elem_type": ElemType.IMAGE,
        "image_elem_format": _IMAGE_FORMATS.get(media.mime, _UNKNOWN_FORMAT),
        "image_elem_large_id": media_id(large_uri),
        "image_elem_large_pic_height": large_height,
        "image_elem_large_pic_size": media.size if large_uri == media.uri else 0,
        "image_elem_large_pic_width": large_width,
        "image_elem_large_url": large_uri,
        "image_elem_level": 0,
        "image_elem_orig_id": media_id(media.uri),
        "image_elem_orig_path": media.path,
        "image_elem_orig_pic_height": image.height,
        "image_elem_orig_pic_size": media.size,
        "image_elem_orig_pic_width": image.width,
        "image_elem_orig_url": media.uri,
        "image_elem_thumb_id": media_id(thumb_uri),
        "image_elem_thumb_pic_height": thumb_height,
        "image_elem_thumb_pic_size": thumb_size,
        "image_elem_thumb_pic_width": thumb_width,
        "image_elem_thumb_url": thumb_uri,
    }


def _rendition(image: Image, side: int) -> tuple[str, int, int]:
    """(address, width, height) of a rendition that the server makes; of the original when that is small enough."""
    width, height = _scaled(image.width, image.height, side)
    uri = image.media.uri
    if not uri or (width, height) == (image.width, image.height):
        return uri, image.width, image.height
    return f"{uri}#{width}x{height}", width, height


def _video_object(video: Video) -> Object:
    media, snapshot = video.media, video.thumbnail or Media()
    return {
        "elem_type": ElemType.VIDEO,
        "video_elem_business_id": 0,
        "video_elem_image_height": video.height,
        "video_elem_image_id": media_id(snapshot.uri),
        "video_elem_image_path": snapshot.path,
        "video_elem_image_size": snapshot.size,
        "video_elem_image_type": _type(snapshot),
        "video_elem_image_url": snapshot.uri,
        "video_elem_image_width": video.width,
        "video_elem_video_duration": _seconds(video.duration_ms),
        "video_elem_video_id": media_id(media.uri),
        "video_elem_video_path": media.path,
        "video_elem_video_size": media.size,
        "video_elem_video_type": _type(media),
        "video_elem_video_url": media.uri,
    }


def _seconds(time_ms: int) -> int:
    return (time_ms + 500) // 1000


def _scaled(width: int, height: int, side: int) -> tuple[int, int]:
    """A picture's size with this shorter side; it is never enlarged."""
    shorter = min(width, height)
    if shorter <= side:
        return width, height
    return round(width * side / shorter), round(height * side / shorter)
