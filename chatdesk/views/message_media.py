"""Pictures and cards inside a message: their size is known before anything is loaded, and never changes after.

Main thread. A block owns its geometry and at most one scaled pixmap; progress, downloads and thumbnails come with each
paint through `Facts`, so that a transfer costs a repaint and no layout.
"""

from math import ceil

from msgspec import Struct
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QImage, QPainter, QPainterPath

from chatdesk.domain.elements import Element, Image, Location, Media, Sound, Video
from chatdesk.domain.transfers import Download, DownloadState, UploadProgress
from chatdesk.models.thumbnails import Thumbnails
from chatdesk.views.message_glyphs import Glyph, draw_glyph, draw_ring
from chatdesk.views.message_style import Style
from chatdesk.views.message_words import Words, duration_text, share_of

_SHADE = QColor(0, 0, 0, 150)
_ON_SHADE = QColor(255, 255, 255)
_UNKNOWN_SHAPE = QSizeF(240, 180)


class Facts(Struct, frozen=True):
    """What a media block shows besides its element."""

    thumbnails: Thumbnails | None
    pixel_ratio: float
    download: Download | None = None
    progress: UploadProgress | None = None
    is_local: bool = False
    """An own file that lies on this computer."""


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

    def _current(self, facts: Facts) -> QImage | None:
        if facts.thumbnails is not None:
            ratio = facts.pixel_ratio
            image = facts.thumbnails.get(self.poster, ceil(self.width * ratio), ceil(self.height * ratio))
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
        failed = facts.thumbnails is not None and facts.thumbnails.has_failed(self.poster)
        side = min(style.icon, rect.height() * 0.5)
        glyph_rect = QRectF(0, 0, side, side)
        glyph_rect.moveCenter(rect.center())
        room = rect.height() > side + 3 * style.small_line and rect.width() > 6 * side / 2
        if failed and room:
            glyph_rect.translate(0, -style.small_line)
            text = QRectF(
                rect.x() + style.gap, glyph_rect.bottom(), rect.width() - 2 * style.gap, style.small_line * 1.6
            )
            painter.setFont(style.small_font)
            painter.setPen(style.colors.color("muted"))
            name = _elided(style.small_metrics, self._words.card_title(self._element), text.width())
            painter.drawText(text, Qt.AlignmentFlag.AlignCenter, name)
        glyph = Glyph.FILM if isinstance(self._element, Video) else Glyph.PICTURE
        if not _is_moving(facts):
            draw_glyph(painter, glyph, glyph_rect, style.colors.color("muted"))

    def _paint_over(self, painter: QPainter, rect: QRectF, facts: Facts) -> None:
        style = self._style
        side = min(style.icon, rect.height() * 0.7)
        disc = QRectF(0, 0, side, side)
        disc.moveCenter(rect.center())
        share = _moving_share(facts)
        if facts.progress is not None and share is not None:
            bar = QRectF(rect.x(), rect.bottom(), rect.width(), style.px(4))
            edge = 2 * style.gap
            bar.adjust(edge, 0, -edge, 0)
            _draw_bar(painter, bar.translated(0, -style.small_line - 3 * style.gap), share, _ON_SHADE, _SHADE)
        elif share is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(_SHADE)
            painter.drawEllipse(disc)
            inner = disc.adjusted(side * 0.12, side * 0.12, -side * 0.12, -side * 0.12)
            draw_ring(painter, inner, share, _ON_SHADE, QColor(255, 255, 255, 70), max(2.0, side * 0.07))
            draw_glyph(painter, Glyph.CROSS, inner.adjusted(side / 5, side / 5, -side / 5, -side / 5), _ON_SHADE)
        elif isinstance(self._element, Video):
            painter.setBrush(_SHADE)
            painter.drawEllipse(disc)
            draw_glyph(painter, Glyph.PLAY, disc.adjusted(side / 4, side / 4, -side / 4, -side / 4), _ON_SHADE)
        if isinstance(self._element, Video) and self._element.duration_ms:
            text = duration_text(self._element.duration_ms)
            width = style.small_metrics.horizontalAdvance(text) + style.gap
            pill = QRectF(
                rect.x() + style.gap,
                rect.bottom() - style.small_line - style.gap - 1,
                width + style.gap,
                style.small_line + 2,
            )
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(_SHADE)
            painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
            painter.setPen(_ON_SHADE)
            painter.setFont(style.small_font)
            painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, text)


class CardBlock:
    """A disc with a sign, a name and a line of facts: files, sounds, videos without a poster, places."""

    def __init__(self, element: Element, style: Style, words: Words, width: int) -> None:
        self._element = element
        self._style = style
        self._words = words
        self._title = words.card_title(element)
        self._facts = words.card_facts(element)
        wanted = (
            style.icon
            + style.gap
            + style.px(12)
            + ceil(
                max(
                    style.name_metrics.horizontalAdvance(self._title),
                    style.small_metrics.horizontalAdvance(self._facts) + style.px(110),
                )
            )
        )
        self.width = min(width, max(style.card * 2 // 3, min(style.card, wanted)))
        self.height = max(style.icon, style.name_line + style.small_line + style.px(2))

    @property
    def detail_top(self) -> int:
        """Where the lower line starts, for what else shares that line."""
        return (self.height + style_height(self._style)) // 2 - self._style.small_line

    def paint(self, painter: QPainter, x: int, y: int, facts: Facts, right_room: int) -> None:
        """`right_room`: pixels at the end of the lower line that belong to the time."""
        style = self._style
        colors = style.colors
        disc_x = x + self.width - style.icon if style.is_rtl else x
        disc = QRectF(disc_x, y + (self.height - style.icon) / 2, style.icon, style.icon)
        self._paint_disc(painter, disc, facts)
        width = self.width - style.icon - style.px(10)
        left = x if style.is_rtl else x + style.icon + style.px(10)
        top = y + (self.height - style_height(style)) / 2
        painter.setFont(style.name_font)
        painter.setPen(colors.color("text"))
        title = _elided(style.name_metrics, self._title, width)
        shift = width - style.name_metrics.horizontalAdvance(title) if style.is_rtl else 0
        painter.drawText(QPointF(left + shift, top + style.name_metrics.ascent()), title)
        if facts.progress is not None:
            detail = self._words.uploading(facts.progress.sent, facts.progress.total)
        elif isinstance(self._element, Location):
            detail = self._facts
        else:
            detail = self._words.transfer(facts.download, self._facts)
            if facts.is_local and facts.download is None:
                detail = self._words.at_hand(self._facts)
        failed = facts.download is not None and facts.download.state is DownloadState.FAILED
        painter.setFont(style.small_font)
        painter.setPen(colors.color("error" if failed else "muted"))
        baseline = y + self.detail_top + style.small_metrics.ascent()
        detail = _elided(style.small_metrics, detail, width - right_room)
        shift = width - style.small_metrics.horizontalAdvance(detail) if style.is_rtl else 0
        painter.drawText(QPointF(left + shift, baseline), detail)

    def _paint_disc(self, painter: QPainter, disc: QRectF, facts: Facts) -> None:
        style = self._style
        colors = style.colors
        state = facts.download.state if facts.download is not None else None
        failed = state is DownloadState.FAILED
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colors.color("error" if failed else "accent"))
        painter.drawEllipse(disc)
        painter.restore()
        ink = colors.color("on_accent")
        side = disc.width()
        inner = disc.adjusted(side * 0.25, side * 0.25, -side * 0.25, -side * 0.25)
        share = _moving_share(facts)
        if share is not None:
            edge = side * 0.1
            ring = disc.adjusted(edge, edge, -edge, -edge)
            faint = QColor(ink)
            faint.setAlpha(70)
            draw_ring(painter, ring, share, ink, faint, max(2.0, side * 0.06))
            inner = disc.adjusted(side * 0.3, side * 0.3, -side * 0.3, -side * 0.3)
        draw_glyph(painter, self._sign(state, facts), inner, ink)

    def _sign(self, state: DownloadState | None, facts: Facts) -> Glyph:
        if isinstance(self._element, Location):
            return Glyph.PIN
        if facts.progress is None and state in (DownloadState.RUNNING, DownloadState.WAITING):
            return Glyph.CROSS
        if state is DownloadState.FAILED:
            return Glyph.ALERT
        if isinstance(self._element, Sound):
            kind = Glyph.NOTE
        elif isinstance(self._element, Video):
            kind = Glyph.FILM
        else:
            kind = Glyph.FILE
        is_here = state is DownloadState.DONE or facts.progress is not None or facts.is_local
        return kind if is_here else Glyph.DOWNLOAD


def style_height(style: Style) -> int:
    """Both lines of a card."""
    return style.name_line + style.small_line


def paint_shaded_text(painter: QPainter, rect: QRectF) -> QColor:
    """A dark pill on a picture; returns the colour to write on it."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    path = QPainterPath()
    path.addRoundedRect(rect, rect.height() / 2, rect.height() / 2)
    painter.fillPath(path, _SHADE)
    painter.restore()
    return _ON_SHADE


def _is_moving(facts: Facts) -> bool:
    return _moving_share(facts) is not None


def _moving_share(facts: Facts) -> float | None:
    if facts.progress is not None:
        return share_of(facts.progress.sent, facts.progress.total)
    if facts.download is not None and facts.download.state in (DownloadState.RUNNING, DownloadState.WAITING):
        return share_of(facts.download.received, facts.download.total)
    return None


def _draw_bar(painter: QPainter, rect: QRectF, share: float, color: QColor, ground: QColor) -> None:
    radius = rect.height() / 2
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(rect, radius, radius)
    painter.setBrush(color)
    done = QRectF(rect.x(), rect.y(), max(rect.height(), rect.width() * share), rect.height())
    painter.drawRoundedRect(done, radius, radius)


def _elided(metrics: QFontMetricsF, text: str, width: float) -> str:
    return metrics.elidedText(" ".join(text.split()), Qt.TextElideMode.ElideMiddle, max(0.0, width))
