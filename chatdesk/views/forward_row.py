"""One row of the list of conversations to forward to: picture, name, and a box that is ticked when it is chosen. Main
thread."""

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem

from chatdesk.domain.conversations import Conversation
from chatdesk.domain.ids import ConversationType
from chatdesk.models.conversation_list import ConversationListModel
from chatdesk.models.forward_targets import ForwardTargets
from chatdesk.models.thumbnails import Thumbnails
from chatdesk.views.avatars import paint_avatar, picture_of
from chatdesk.views.message_glyphs import Glyph, draw_glyph
from chatdesk.views.row_painting import is_mirrored, paint_ground, paint_line, visual
from chatdesk.views.theme import SPACING, Theme

AnyIndex = QModelIndex | QPersistentModelIndex
_CORNER_PX = 4
"""As all boxes have them."""


class ForwardRow(QStyledItemDelegate):
    """A click anywhere on the row ticks it, and so does Space."""

    def __init__(self, theme: Theme, view: QAbstractItemView, thumbnails: Thumbnails | None = None) -> None:
        super().__init__(view)
        self._theme = theme
        self._thumbnails = thumbnails
        if thumbnails is not None:
            thumbnails.ready.connect(view.viewport().update)

    def sizeHint(self, option: QStyleOptionViewItem, _index: AnyIndex) -> QSize:
        return QSize(120, max(36, round(QFontMetrics(option.font).height() * 1.8)) + SPACING)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        conversation: Conversation = index.data(ConversationListModel.CONVERSATION)
        colors = self._theme.colors
        paint_ground(painter, option, colors)
        row = option.rect.adjusted(2 * SPACING, 0, -2 * SPACING, 0)
        side = row.height() - SPACING - 4
        avatar = QRect(row.left(), row.center().y() - side // 2, side, side)
        is_group = conversation.id.type is ConversationType.GROUP
        picture = picture_of(self._thumbnails, conversation.avatar_uri, side, painter.device().devicePixelRatio())
        circle = QRectF(visual(option, avatar))
        paint_avatar(painter, circle, conversation.name, conversation.id.id, is_group, colors, picture)
        line = QFontMetrics(option.font).height()
        name = QRect(avatar.right() + SPACING + 2, row.center().y() - line // 2, 0, line)
        name.setRight(row.right() - line - SPACING)
        paint_line(painter, visual(option, name), conversation.name, option.font, colors.text, is_mirrored(option))
        is_chosen = Qt.CheckState(index.data(Qt.ItemDataRole.CheckStateRole)) is Qt.CheckState.Checked
        place = QRect(row.right() - line, row.center().y() - line // 2, line, line)
        box = QRectF(visual(option, place)).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colors.color("accent" if is_chosen else "field_border"), 1.5))
        painter.setBrush(colors.color("accent" if is_chosen else "raised"))
        painter.drawRoundedRect(box, _CORNER_PX, _CORNER_PX)
        if is_chosen:
            edge = line * 0.18
            draw_glyph(painter, Glyph.TICK, box.adjusted(edge, edge, -edge, -edge), colors.color("on_accent"))
        painter.restore()

    def editorEvent(
        self, event: QEvent, model: QAbstractItemModel, _option: QStyleOptionViewItem, index: AnyIndex
    ) -> bool:
        is_click = event.type() is QEvent.Type.MouseButtonRelease
        is_key = isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and event.key() in _TICKS
        if (is_click or is_key) and isinstance(model, ForwardTargets):
            model.toggle(index)
            return True
        return event.type() is QEvent.Type.MouseButtonDblClick


_TICKS = (Qt.Key.Key_Space, Qt.Key.Key_Select)
