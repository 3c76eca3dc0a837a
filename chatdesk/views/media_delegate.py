"""Paints what was sent in a conversation: squares of pictures, or rows of files and links. Main thread; no state."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from chatdesk.domain.elements import Image, Sound, Video
from chatdesk.models.shared_media import Shared, SharedMediaModel, Shelf
from chatdesk.models.thumbnails import Thumbnails
from chatdesk.views.message_glyphs import Glyph, draw_glyph
from chatdesk.views.row_painting import is_mirrored, paint_ground, paint_line, visual
from chatdesk.views.theme import SMALL, SPACING, Theme, scaled_font

_MARGIN = 14
_GAP = 2
_SQUARE_LINES = 5.2
SPACING_PX = 2
"""Between the squares."""


class MediaDelegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.thumbnails: Thumbnails | None = None
        self.shelf = Shelf.PICTURES
        self.side = 0
        """Of a picture's square, in pixels."""

    def fit(self, width: int, line: int) -> None:
        """Squares that fill a list of this width; `line`: the height of one of text."""
        wanted = max(1, round(line * _SQUARE_LINES))
        columns = max(2, round((width - SPACING_PX) / (wanted + SPACING_PX)))
        self.side = max(24, (width - SPACING_PX) // columns - SPACING_PX)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        if self.shelf is Shelf.PICTURES:
            return QSize(self.side, self.side)
        high = QFontMetrics(option.font).height()
        low = QFontMetrics(scaled_font(option.font, SMALL)).height()
        return QSize(120, high + _GAP + low + 2 * SPACING)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        shared: Shared = index.data(SharedMediaModel.SHARED)
        if self.shelf is Shelf.PICTURES:
            self._paint_square(painter, option, shared)
        else:
            self._paint_row(painter, option, shared, index.data(SharedMediaModel.DETAIL))

    def _paint_square(self, painter: QPainter, option: QStyleOptionViewItem, shared: Shared) -> None:
        colors = self._theme.colors
        rect = QRectF(option.rect).adjusted(2, 2, -2, -2)
        element = shared.message.elements[shared.element]
        media = shared.media
        if isinstance(element, Video):
            media = element.thumbnail
        ratio = painter.device().devicePixelRatioF()
        pixels = round(rect.width() * ratio)
        thumbnails = self.thumbnails
        picture = (
            thumbnails.get(media, pixels * 2, pixels * 2) if thumbnails is not None and media is not None else None
        )
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        path = QPainterPath()
        path.addRoundedRect(rect, 6, 6)
        painter.fillPath(path, colors.color("border"))
        sign = QRectF(0, 0, rect.width() * 0.36, rect.height() * 0.36)
        sign.moveCenter(rect.center())
        if picture is not None:
            painter.setClipPath(path)
            share = min(picture.width() / rect.width(), picture.height() / rect.height())
            part = QRectF(0, 0, rect.width() * share, rect.height() * share)
            part.moveCenter(QRectF(picture.rect()).center())
            painter.drawImage(rect, picture, part)
            painter.setClipping(False)
        else:
            is_broken = thumbnails is not None and media is not None and thumbnails.has_failed(media)
            plain = Glyph.PICTURE if isinstance(element, Image) else Glyph.FILM
            draw_glyph(painter, Glyph.BROKEN if is_broken else plain, sign, colors.color("muted"))
        if isinstance(element, Video) and picture is not None:
            painter.setBrush(colors.color("text"))
            painter.setOpacity(0.7)
            painter.drawEllipse(sign)
            painter.setOpacity(1)
            edge = sign.width() / 4
            draw_glyph(painter, Glyph.PLAY, sign.adjusted(edge, edge, -edge, -edge), colors.color("window"))
        if option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_HasFocus):
            painter.setPen(QPen(colors.color("accent"), 3))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 6, 6)
        painter.restore()

    def _paint_row(self, painter: QPainter, option: QStyleOptionViewItem, shared: Shared, detail: str) -> None:
        colors = self._theme.colors
        mirrored = is_mirrored(option)
        small = scaled_font(option.font, SMALL)
        high, low = QFontMetrics(option.font).height(), QFontMetrics(small).height()
        paint_ground(painter, option, colors)
        row = option.rect.adjusted(_MARGIN, SPACING, -_MARGIN, -SPACING)
        side = high
        is_sound = isinstance(shared.message.elements[shared.element], Sound)
        glyph = Glyph.REPLY if shared.address else Glyph.NOTE if is_sound else Glyph.FILE
        place = visual(option, QRect(row.left(), row.top() + (row.height() - side) // 2, side, side))
        if not shared.address:
            draw_glyph(painter, glyph, QRectF(place), colors.color("muted"))
            row.setLeft(row.left() + side + SPACING)
        line = QRect(row.left(), row.top(), row.width(), high)
        color = colors.accent if shared.address else colors.text
        # The end of a file's name says what kind it is, the beginning of an address whose it is.
        mode = Qt.TextElideMode.ElideRight if shared.address else Qt.TextElideMode.ElideMiddle
        paint_line(painter, visual(option, line), shared.title, option.font, color, mirrored, mode=mode)
        line = QRect(row.left(), row.top() + high + _GAP, row.width(), low)
        paint_line(painter, visual(option, line), detail, small, colors.muted, mirrored)
