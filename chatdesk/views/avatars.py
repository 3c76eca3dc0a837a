"""Avatars made of letters: a steady colour per person or group. Pure painting, main thread; pictures come later."""

from zlib import crc32

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter

from chatdesk.views.palettes import Colors

_ON_AVATAR = "#ffffff"


def avatar_color(key: str, colors: Colors) -> str:
    """The same colour for the same user or group id, today and on every computer."""
    # The low bits of a CRC hardly differ for ids of one pattern.
    return colors.avatars[(crc32(key.encode("utf-8", "replace")) >> 4) % len(colors.avatars)]


def initials(name: str) -> str:
    """One or two letters: of the first and the last word. Signs and digits count only when there is no letter."""
    words = [word for word in (_first_sign(word) for word in name.removeprefix("@").split()) if word]
    letters = [sign for sign in words if sign.isalpha()] or words
    if not letters:
        return "?"
    return (letters[0] if len(letters) == 1 else letters[0] + letters[-1]).upper()


def paint_avatar(painter: QPainter, rect: QRectF, name: str, key: str, is_group: bool, colors: Colors) -> None:
    """People are round, groups are squares with round corners."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(avatar_color(key, colors)))
    radius = rect.width() * (0.28 if is_group else 0.5)
    painter.drawRoundedRect(rect, radius, radius)
    letters = initials(name)
    font = QFont(painter.font())
    font.setPixelSize(max(8, round(rect.height() * (0.42 if len(letters) == 1 else 0.36))))
    font.setWeight(QFont.Weight.DemiBold)
    painter.setFont(font)
    painter.setPen(QColor(_ON_AVATAR))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, letters)
    painter.restore()


def _first_sign(word: str) -> str:
    return next((sign for sign in word if sign.isalnum()), "")
