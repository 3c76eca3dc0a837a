"""Pictures inside a message: the place they take is known before anything is loaded, and never changes after.

Main thread. A block owns its geometry and at most one scaled picture; all else comes with each paint through `Facts`.
Until the picture is here its colours in brief stand in its place; one that cannot be shown says why.
"""

from functools import lru_cache
from math import ceil

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter

from chatdesk.domain import blurhash
from chatdesk.domain.elements import Image, Media, Video
from chatdesk.models.animations import may_move
from chatdesk.models.decoding import Fault
from chatdesk.views.message_glyphs import Glyph, draw_glyph, draw_ring
from chatdesk.views.message_media import ON_SHADE, SHADE, Facts, draw_bar, elided, moving_share, paint_shaded_text
from chatdesk.views.message_style import Style
from chatdesk.views.message_words import Words, duration_text

_UNKNOWN_SHAPE = QSizeF(240, 180)
_CENTRED = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
_BLUR = (16, 12)
"""Pixels of a blurhash; painted large they run into one another."""


class ImageBlock:
    """A picture, or a video with a poster. The box comes from the sender's width and height."""

    def __init__(self, element: Image | Video, style: Style, words: Words, width: int) -> None:
        self._element = element
        self._style = style
        self._words = words
        self.poster: Media = element.media
        if isinstance(element, Video) and element.thumbnail is not None:
            self.poster = element.thumbnail
        known = element.width > 0 and element.height > 0
        self._shape = QSizeF(element.width, element.height) if known else None
        # A pixel of the picture is at most one device-independent pixel: small ones are not enlarged.
        shape = self._shape or _UNKNOWN_SHAPE * style.scale
        box = QSizeF(min(width, style.image_width), style.image_height)
        if shape.width() > box.width() or shape.height() > box.height():
            shape = shape.scaled(box, Qt.AspectRatioMode.KeepAspectRatio)
        least = style.image_least
        self.width = min(width, max(least, round(shape.width())))
        self.height = max(least, round(shape.height()))
        self._picture: QImage | None = None
        self._blurhash = element.blurhash

    def adopt(self, old: "ImageBlock") -> None:
        """The same place in an earlier form of the message: show its picture until the new one is here."""
        if (old.width, old.height) == (self.width, self.height):
            self._picture = old._picture

    def paint(self, painter: QPainter, x: int, y: int, facts: Facts) -> None:
        rect = QRectF(x, y, self.width, self.height)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        picture = self._current(facts)
        radius = min(self._style.radius - self._style.media_pad / 2, self.height / 2)
        if picture is None:
            self._paint_placeholder(painter, rect, radius, facts)
        else:
            self._paint_picture(painter, rect, radius, picture)
        self._paint_over(painter, rect, facts)
        painter.restore()

    def fault(self, facts: Facts) -> Fault | None:
        return None if facts.thumbnails is None else facts.thumbnails.fault(self.poster)

    def _current(self, facts: Facts) -> QImage | None:
        if facts.thumbnails is not None:
            ratio = facts.pixel_ratio
            width, height = ceil(self.width * ratio), ceil(self.height * ratio)
            films = facts.thumbnails.animations
            frame = films.frame(self.poster, width, height) if films is not None and facts.is_playing else None
            image = frame or facts.thumbnails.get(self.poster, width, height)
            if image is not None:
                self._picture = image
        return self._picture

    def _paint_picture(self, painter: QPainter, rect: QRectF, radius: float, picture: QImage) -> None:
        # As large as the sender says (a server's thumbnail may be smaller), in the shape it really has.
        bound = (self._shape or QSizeF(picture.size())).boundedTo(rect.size())
        size = QSizeF(picture.size()).scaled(bound, Qt.AspectRatioMode.KeepAspectRatio)
        target = QRectF(QPointF(), size)
        target.moveCenter(rect.center())
        if target.width() < rect.width() - 1 or target.height() < rect.height() - 1:
            painter.setBrush(self._style.colors.color("border"))
            painter.drawRoundedRect(rect, radius, radius)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        brush = QBrush(picture)
        transform = brush.transform()
        transform.translate(target.x(), target.y())
        transform.scale(target.width() / picture.width(), target.height() / picture.height())
        brush.setTransform(transform)
        painter.setBrush(brush)
        radius = min(radius, target.height() / 4)
        painter.drawRoundedRect(target, radius, radius)

    def _paint_placeholder(self, painter: QPainter, rect: QRectF, radius: float, facts: Facts) -> None:
        style = self._style
        painter.setBrush(style.colors.color("border"))
        painter.drawRoundedRect(rect, radius, radius)
        fault = self.fault(facts)
        if fault is not None:
            self._paint_fault(painter, rect, fault, moving_share(facts) is not None)
            return
        if self._blurhash:
            self._paint_picture(painter, rect, radius, _blurred(self._blurhash))
        elif moving_share(facts) is None:
            side = min(style.icon, rect.height() * 0.5)
            sign = QRectF(0, 0, side, side)
            sign.moveCenter(rect.center())
            draw_glyph(painter, self._glyph, sign, style.colors.color("muted"))

    def _paint_fault(self, painter: QPainter, rect: QRectF, fault: Fault, is_moving: bool) -> None:
        """The name and why it is not shown, as far as there is room; what can be done is in the tool tip and menu."""
        style = self._style
        line = style.small_line
        lines = [elided(style.small_metrics, self._words.card_title(self._element), rect.width() - 2 * style.gap)]
        reason = self._words.pictures.fault(fault)
        area = QRectF(0, 0, rect.width() - 2 * style.gap, 3 * line)
        needed = style.small_metrics.boundingRect(area, _CENTRED, reason).height()
        side = min(style.icon, rect.height() * 0.5)
        total = side + style.small_gap + line + needed
        has_words = total <= rect.height() - style.gap and rect.width() > 3 * style.icon
        top = rect.center().y() - (total if has_words else side) / 2
        sign = QRectF(rect.center().x() - side / 2, top, side, side)
        if not is_moving:
            draw_glyph(painter, Glyph.BROKEN, sign, style.colors.color("muted"))
        if has_words:
            painter.setFont(style.small_font)
            painter.setPen(style.colors.color("text"))
            area.moveTo(rect.x() + style.gap, sign.bottom() + style.small_gap)
            painter.drawText(QRectF(area.x(), area.y(), area.width(), line), Qt.AlignmentFlag.AlignCenter, lines[0])
            painter.setPen(style.colors.color("muted"))
            painter.drawText(area.translated(0, line), _CENTRED, reason)
            painter.setPen(Qt.PenStyle.NoPen)

    @property
    def _glyph(self) -> Glyph:
        return Glyph.FILM if isinstance(self._element, Video) else Glyph.PICTURE

    def _paint_over(self, painter: QPainter, rect: QRectF, facts: Facts) -> None:
        style = self._style
        side = min(style.icon, rect.height() * 0.7)
        disc = QRectF(0, 0, side, side)
        disc.moveCenter(rect.center())
        share = moving_share(facts)
        if facts.progress is not None and share is not None:
            bar = QRectF(rect.x(), rect.bottom(), rect.width(), style.px(4))
            edge = 2 * style.gap
            bar.adjust(edge, 0, -edge, 0)
            draw_bar(painter, bar.translated(0, -style.small_line - 3 * style.gap), share, ON_SHADE, SHADE)
        elif share is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(SHADE)
            painter.drawEllipse(disc)
            inner = disc.adjusted(side * 0.12, side * 0.12, -side * 0.12, -side * 0.12)
            draw_ring(painter, inner, share, ON_SHADE, QColor(255, 255, 255, 70), max(2.0, side * 0.07))
            draw_glyph(painter, Glyph.CROSS, inner.adjusted(side / 5, side / 5, -side / 5, -side / 5), ON_SHADE)
        elif isinstance(self._element, Video):
            painter.setBrush(SHADE)
            painter.drawEllipse(disc)
            draw_glyph(painter, Glyph.PLAY, disc.adjusted(side / 4, side / 4, -side / 4, -side / 4), ON_SHADE)
        if isinstance(self._element, Video) and self._element.duration_ms:
            self._paint_pill(painter, rect, duration_text(self._element.duration_ms))
        elif may_move(self.poster) and not facts.is_playing and self.poster.mime == "image/gif":
            self._paint_pill(painter, rect, "GIF")

    def _paint_pill(self, painter: QPainter, rect: QRectF, text: str) -> None:
        style = self._style
        height = style.small_line
        width = style.small_metrics.horizontalAdvance(text) + style.gap
        pill = QRectF(rect.x() + style.gap, rect.bottom() - height - style.gap - 1, width + style.gap, height + 2)
        painter.setPen(paint_shaded_text(painter, pill))
        painter.setFont(style.small_font)
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, text)


@lru_cache(maxsize=256)
def _blurred(text: str) -> QImage:
    width, height = _BLUR
    pixels = blurhash.decode(text, width, height)
    return QImage(pixels, width, height, 3 * width, QImage.Format.Format_RGB888).convertToFormat(
        QImage.Format.Format_ARGB32_Premultiplied
    )
