"""The program's own signs: SVG files drawn in `currentColor`, rendered in the colour the theme asks for.

Main thread only. Owns a small cache of rendered pictures; a missing file is a defect of the build and raises.
"""

from functools import cache, lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from chatdesk.resources import resources

DIRECTED = frozenset({"back", "leave", "next", "previous", "reply", "send"})
"""Signs that point along the line of reading: where one reads from right to left, they point the other way."""


@cache
def _source(name: str) -> str:
    return (resources() / "icons" / f"{name}.svg").read_text("utf-8")


@lru_cache(maxsize=512)
def _rendered(name: str, color: str, size: int, ratio: float, is_mirrored: bool) -> QPixmap:
    svg = QSvgRenderer(QByteArray(_source(name).replace("currentColor", color).encode()))
    pixels = max(1, round(size * ratio))
    pixmap = QPixmap(pixels, pixels)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    if is_mirrored:
        painter.translate(pixels, 0)
        painter.scale(-1, 1)
    svg.render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def pixmap(name: str, color: str, size: int, ratio: float = 1.0, is_rtl: bool = False) -> QPixmap:
    """`size` in device-independent pixels, `color` as #rrggbb. `is_rtl`: for a reader from right to left."""
    return _rendered(name, QColor(color).name(), size, ratio, is_rtl and name in DIRECTED)


def icon(name: str, color: str, size: int, ratio: float = 1.0, disabled: str = "", is_rtl: bool = False) -> QIcon:
    result = QIcon(pixmap(name, color, size, ratio, is_rtl))
    if disabled:
        result.addPixmap(pixmap(name, disabled, size, ratio, is_rtl), QIcon.Mode.Disabled)
    return result


def app_icon() -> QIcon:
    result = QIcon()
    for size in (16, 32, 48, 64, 128, 256):
        result.addPixmap(pixmap("chatdesk", "#000000", size))
    return result
