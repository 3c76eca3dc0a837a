"""Small pictures drawn as vector paths, crisp at any scale: state marks and the signs on cards. Main thread, no state
but the cached paths. Each is drawn on a grid of 24 x 24 and scaled into the rectangle asked for.
"""

from enum import Enum
from functools import cache, lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QTransform

_GRID = 24.0
_STROKE = 2.0
_LEAST_STROKE_PX = 1.3


class Glyph(Enum):
    CLOCK = "clock"
    TICK = "tick"
    TICKS = "ticks"
    ALERT = "alert"
    FILE = "file"
    DOWNLOAD = "download"
    CROSS = "cross"
    LOCK = "lock"
    PLAY = "play"
    PAUSE = "pause"
    NOTE = "note"
    PIN = "pin"
    PICTURE = "picture"
    BROKEN = "broken"
    FILM = "film"
    DOWN = "down"
    RECALLED = "recalled"
    REACT = "react"
    REPLY = "reply"
    MORE = "more"


def draw_glyph(painter: QPainter, glyph: Glyph, rect: QRectF, color: QColor) -> None:
    """Draw centred into `rect`, which need not be square."""
    width, height = rect.width(), rect.height()
    side = min(width, height)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if glyph in _FILLED:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
    else:
        painter.setPen(_pen(color.rgba(), side))
        painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.translate(rect.x() + (width - side) / 2, rect.y() + (height - side) / 2)
    painter.drawPath(_path_at(glyph, side))
    painter.restore()


@lru_cache(256)
def _pen(color: int, side: float) -> QPen:
    """For a glyph of this size."""
    pen = QPen(QColor.fromRgba(color), max(_STROKE * side / _GRID, _LEAST_STROKE_PX))
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return pen


@lru_cache(256)
def _path_at(glyph: Glyph, side: float) -> QPainterPath:
    """As large as this."""
    return QTransform.fromScale(side / _GRID, side / _GRID).map(_path(glyph))


def draw_ring(painter: QPainter, rect: QRectF, share: float, color: QColor, ground: QColor, width: float) -> None:
    """How much of a transfer is done, as an arc from the top."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    inner = rect.adjusted(width / 2, width / 2, -width / 2, -width / 2)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(ground, width))
    painter.drawEllipse(inner)
    pen = QPen(color, width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.drawArc(inner, 90 * 16, -round(min(1.0, max(0.02, share)) * 360 * 16))
    painter.restore()


_FILLED = frozenset({Glyph.PLAY})


def _lines(*runs: tuple[tuple[float, float], ...]) -> QPainterPath:
    path = QPainterPath()
    for run in runs:
        path.moveTo(QPointF(*run[0]))
        for point in run[1:]:
            path.lineTo(QPointF(*point))
    return path


@cache
def _path(glyph: Glyph) -> QPainterPath:
    match glyph:
        case Glyph.CLOCK:
            path = _lines(((12, 7), (12, 12), (15.5, 14)))
            path.addEllipse(QPointF(12, 12), 8.5, 8.5)
        case Glyph.TICK:
            path = _lines(((5, 13), (10, 18), (19.5, 7)))
        case Glyph.TICKS:
            path = _lines(((1.5, 13), (6.5, 18), (16, 7)), ((10.8, 16.2), (12.5, 18), (22.5, 7)))
        case Glyph.ALERT:
            path = _lines(((12, 7.5), (12, 12.8)), ((12, 16.4), (12, 16.5)))
            path.addEllipse(QPointF(12, 12), 9, 9)
        case Glyph.FILE:
            path = _lines(
                ((13.5, 3), (6.5, 3), (6.5, 21), (17.5, 21), (17.5, 7), (13.5, 3), (13.5, 7), (17.5, 7)),
                ((9.5, 12), (14.5, 12)),
                ((9.5, 16), (14.5, 16)),
            )
        case Glyph.DOWNLOAD:
            path = _lines(((12, 4), (12, 15)), ((7, 10.5), (12, 15.5), (17, 10.5)), ((6, 20), (18, 20)))
        case Glyph.CROSS:
            path = _lines(((7, 7), (17, 17)), ((17, 7), (7, 17)))
        case Glyph.LOCK:
            path = QPainterPath()
            path.addRoundedRect(QRectF(5.5, 11, 13, 9.5), 2, 2)
            path.moveTo(8, 11)
            path.lineTo(8, 8)
            path.arcTo(QRectF(8, 4, 8, 8), 180, -180)
            path.lineTo(16, 11)
        case Glyph.PLAY:
            path = _lines(((8, 5), (19, 12), (8, 19), (8, 5)))
        case Glyph.PAUSE:
            path = _lines(((8.5, 5.5), (8.5, 18.5)), ((15.5, 5.5), (15.5, 18.5)))
        case Glyph.NOTE:
            path = _lines(((9.5, 17.5), (9.5, 5.5), (18, 4), (18, 15.5)))
            path.addEllipse(QPointF(7, 17.5), 2.5, 2.3)
            path.addEllipse(QPointF(15.5, 15.5), 2.5, 2.3)
        case Glyph.PIN:
            path = QPainterPath(QPointF(12, 21))
            path.cubicTo(QPointF(7, 15.5), QPointF(5.5, 12.8), QPointF(5.5, 9.8))
            path.arcTo(QRectF(5.5, 3.3, 13, 13), 180, -180)
            path.cubicTo(QPointF(18.5, 12.8), QPointF(17, 15.5), QPointF(12, 21))
            path.addEllipse(QPointF(12, 9.8), 2.4, 2.4)
        case Glyph.PICTURE:
            path = _lines(((4, 17.5), (9, 12), (13, 16), (15.5, 13.5), (20, 18)))
            path.addRoundedRect(QRectF(3.5, 4.5, 17, 15), 2, 2)
            path.addEllipse(QPointF(15.5, 9), 1.3, 1.3)
        case Glyph.BROKEN:
            path = _lines(((4, 4), (20, 20)), ((4, 17), (9, 12), (12, 15)))
            path.addRoundedRect(QRectF(3.5, 4.5, 17, 15), 2, 2)
        case Glyph.FILM:
            path = _lines(((10.2, 9), (15, 12), (10.2, 15), (10.2, 9)))
            path.addRoundedRect(QRectF(3.5, 5, 17, 14), 2, 2)
        case Glyph.DOWN:
            path = _lines(((6, 9.5), (12, 15.5), (18, 9.5)))
        case Glyph.RECALLED:
            path = _lines(((9, 5), (4.5, 9.5), (9, 14)), ((4.5, 9.5), (14.5, 9.5)))
            path.moveTo(14.5, 9.5)
            path.arcTo(QRectF(10, 9.5, 9, 9), 90, -180)
            path.lineTo(9, 18.5)
        case Glyph.REACT:
            path = _lines(((19, 3), (19, 9)), ((16, 6), (22, 6)), ((7.6, 11), (7.6, 11.4)), ((12.6, 11), (12.6, 11.4)))
            path.moveTo(18.6, 12)
            path.arcTo(QRectF(2, 5, 16.6, 16.6), 12, -284)
            path.moveTo(6.8, 15)
            path.arcTo(QRectF(6.4, 10.6, 7.8, 7.8), 190, 160)
        case Glyph.REPLY:
            path = _lines(((10, 5.5), (4, 11.5), (10, 17.5)), ((4, 11.5), (13, 11.5)))
            path.moveTo(13, 11.5)
            path.cubicTo(QPointF(17.5, 11.5), QPointF(20, 14), QPointF(20, 19))
        case Glyph.MORE:
            path = QPainterPath()
            for x in (5.5, 12, 18.5):
                path.addEllipse(QPointF(x, 12), 0.9, 0.9)
    return path
