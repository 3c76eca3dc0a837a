"""Cards inside a message, and what all media blocks share: their size is known before anything is loaded, and never
changes after (pictures: message_picture.py).

Main thread. Progress, downloads and thumbnails come with each paint through `Facts`, so that a transfer costs a repaint
and no layout.
"""

from math import ceil

from msgspec import Struct
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath

from chatdesk.domain.elements import Element, Location, Sound, Video
from chatdesk.domain.transfers import Download, DownloadState, UploadProgress
from chatdesk.models.sounds import Sounds
from chatdesk.models.thumbnails import Thumbnails
from chatdesk.views.message_glyphs import Glyph, draw_glyph, draw_ring
from chatdesk.views.message_style import Style
from chatdesk.views.message_words import Words, share_of

SHADE = QColor(0, 0, 0, 150)
ON_SHADE = QColor(255, 255, 255)


class Facts(Struct, frozen=True):
    """What a media block shows besides its element."""

    thumbnails: Thumbnails | None
    pixel_ratio: float
    download: Download | None = None
    progress: UploadProgress | None = None
    is_local: bool = False
    """An own file that lies on this computer."""
    is_playing: bool = False
    """What moves may move now."""
    sounds: Sounds | None = None
    place: tuple[int, int] = (0, 0)
    """Message key and number of the element."""


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
        title = elided(style.name_metrics, self._title, width)
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
        detail = elided(style.small_metrics, detail, width - right_room)
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
        share = moving_share(facts)
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
        if isinstance(self._element, Video) and facts.progress is None:
            return Glyph.PLAY  # a click plays it, wherever it is
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
    painter.fillPath(path, SHADE)
    painter.restore()
    return ON_SHADE


def moving_share(facts: Facts) -> float | None:
    if facts.progress is not None:
        return share_of(facts.progress.sent, facts.progress.total)
    if facts.download is not None and facts.download.state in (DownloadState.RUNNING, DownloadState.WAITING):
        return share_of(facts.download.received, facts.download.total)
    return None


def draw_bar(painter: QPainter, rect: QRectF, share: float, color: QColor, ground: QColor) -> None:
    radius = rect.height() / 2
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(rect, radius, radius)
    painter.setBrush(color)
    done = QRectF(rect.x(), rect.y(), max(rect.height(), rect.width() * share), rect.height())
    painter.drawRoundedRect(done, radius, radius)


def elided(metrics: QFontMetricsF, text: str, width: float) -> str:
    return metrics.elidedText(" ".join(text.split()), Qt.TextElideMode.ElideMiddle, max(0.0, width))
