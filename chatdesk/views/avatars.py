"""Avatars: the picture a person or group has, else letters on a steady colour. Pure painting, main thread.

Pictures come from the thumbnails, which fetch what is painted and say when it is there. Letters are drawn once and
kept.
"""

from functools import lru_cache
from math import ceil
from zlib import crc32

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPainterPath, QPixmap

from chatdesk.domain.elements import Media
from chatdesk.models.thumbnails import Thumbnails
from chatdesk.views.palettes import Colors

_ON_AVATAR = "#ffffff"


def avatar_color(key: str, colors: Colors) -> str:
    """The same colour for the same user or group id, today and on every computer."""
    # The low bits of a CRC hardly differ for ids of one pattern.
    return colors.avatars[(crc32(key.encode("utf-8", "replace")) >> 4) % len(colors.avatars)]


@lru_cache(1024)
def initials(name: str) -> str:
    """One or two letters: of the first and the last word. Signs and digits count only when there is no letter."""
    words = [word for word in (_first_sign(word) for word in name.removeprefix("@").split()) if word]
    letters = [sign for sign in words if sign.isalpha()] or words
    if not letters:
        return "?"
    return (letters[0] if len(letters) == 1 else letters[0] + letters[-1]).upper()


def picture_of(thumbnails: Thumbnails | None, uri: str, side: int, ratio: float) -> QImage | None:
    """The picture at this address, large enough for its middle to fill a square of `side`; None until it is here."""
    if thumbnails is None or not uri:
        return None
    pixels = 2 * max(1, round(side * ratio))
    return thumbnails.get(Media(uri, mime="image/png"), pixels, pixels)


def paint_avatar(
    painter: QPainter,
    rect: QRectF,
    name: str,
    key: str,
    is_group: bool,
    colors: Colors,
    picture: QImage | None = None,
) -> None:
    """People are round, groups are squares with round corners."""
    if picture is None:
        ratio, family = painter.device().devicePixelRatio(), painter.font().family()
        painter.drawPixmap(rect.topLeft(), letters_of(name, key, is_group, colors, rect.width(), ratio, family))
        return
    radius = _radius(rect.width(), is_group)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    shape = QPainterPath()
    shape.addRoundedRect(rect, radius, radius)
    painter.setClipPath(shape)
    painter.fillRect(rect, QColor(colors.raised))
    side = min(picture.width(), picture.height())
    middle = QRectF((picture.width() - side) / 2, (picture.height() - side) / 2, side, side)
    painter.drawImage(rect, picture, middle)
    painter.restore()


def letters_of(name: str, key: str, is_group: bool, colors: Colors, side: float, ratio: float, family: str) -> QPixmap:
    """What stands for a picture."""
    return _letters(initials(name), avatar_color(key, colors), is_group, side, ratio, family)


def _radius(side: float, is_group: bool) -> float:
    return side * (0.28 if is_group else 0.5)


@lru_cache(256)
def _letters(letters: str, color: str, is_group: bool, side: float, ratio: float, family: str) -> QPixmap:
    picture = QPixmap(_ground(color, is_group, side, ratio))
    painter = QPainter(picture)
    painter.setFont(_font(family, max(8, round(side * (0.42 if len(letters) == 1 else 0.36)))))
    painter.setPen(QColor(_ON_AVATAR))
    painter.drawText(QRectF(0, 0, side, side), Qt.AlignmentFlag.AlignCenter, letters)
    painter.end()
    return picture


@lru_cache(64)
def _ground(color: str, is_group: bool, side: float, ratio: float) -> QPixmap:
    """There are few different ones, and its round corners cost as much as the letters."""
    pixels = ceil(side * ratio)
    picture = QPixmap(pixels, pixels)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(color))
    painter.drawRoundedRect(QRectF(0, 0, side, side), _radius(side, is_group), _radius(side, is_group))
    painter.end()
    return picture


@lru_cache(16)
def _font(family: str, pixels: int) -> QFont:
    font = QFont(family)
    font.setPixelSize(pixels)
    font.setWeight(QFont.Weight.DemiBold)
    return font


def _first_sign(word: str) -> str:
    return next((sign for sign in word if sign.isalnum()), "")
