"""Paints one row of the conversation list. Main thread; measures once per font, so every row has the same height."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from chatdesk.domain.conversations import Conversation, Membership
from chatdesk.domain.ids import ConversationType
from chatdesk.models.conversation_list import ConversationListModel, Mark
from chatdesk.views.avatars import paint_avatar
from chatdesk.views.icons import pixmap
from chatdesk.views.row_painting import is_mirrored, paint_badge, paint_ground, paint_line, visual
from chatdesk.views.theme import SMALL, SPACING, Theme, scaled_font

_MARGIN = 14
_MANY = 99


class ConversationDelegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        fonts = _Fonts(option.font)
        return QSize(120, max(fonts.avatar, fonts.name_height + fonts.text_height + 4) + 2 * SPACING)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        conversation: Conversation = index.data(ConversationListModel.CONVERSATION)
        fonts = _Fonts(option.font)
        colors = self._theme.colors
        mirrored = is_mirrored(option)
        paint_ground(painter, option, colors)
        row = option.rect.adjusted(_MARGIN, 0, -_MARGIN, 0)
        avatar = QRect(row.left(), row.center().y() - fonts.avatar // 2, fonts.avatar, fonts.avatar)
        paint_avatar(
            painter,
            QRectF(visual(option, avatar)),
            conversation.name,
            conversation.id.id,
            conversation.id.type is ConversationType.GROUP,
            colors,
        )
        left, right = avatar.right() + 1 + SPACING + 2, row.right()
        top = row.center().y() - (fonts.name_height + fonts.text_height + 4) // 2
        is_invitation = conversation.membership is Membership.INVITED
        is_unread = conversation.unread > 0 or is_invitation

        # first line: name, lock, time
        line = QRect(left, top, right - left, fonts.name_height)
        when: str = index.data(ConversationListModel.WHEN)
        if when and not is_invitation:
            width = fonts.small_metrics.horizontalAdvance(when) + 1
            place = QRect(line.right() - width, line.top(), width, line.height())
            # A count for the account stands out, and so does its time.
            color = colors.accent if conversation.mentions else colors.muted
            paint_line(painter, visual(option, place), when, fonts.small, color, mirrored, at_end=True)
            line.setRight(place.left() - SPACING)
        lock = fonts.text_height if conversation.is_encrypted else 0
        name_font = fonts.bold if is_unread else fonts.name
        name_width = min(QFontMetrics(name_font).horizontalAdvance(conversation.name) + 2, line.width() - lock)
        name = QRect(line.left(), line.top(), name_width, line.height())
        paint_line(painter, visual(option, name), conversation.name, name_font, colors.text, mirrored)
        if lock:
            size = lock - 3
            place = QRect(name.right() + 4, line.center().y() - size // 2, size, size)
            self._sign(painter, visual(option, place), "lock", colors.muted)

        # second line: last text, mark, count
        line = QRect(left, top + fonts.name_height + 4, right - left, fonts.text_height)
        badge = self.tr("Invitation") if is_invitation else _count(conversation.unread)
        if badge:
            width = max(line.height() + 2, fonts.badge_metrics.horizontalAdvance(badge) + 12)
            place = QRect(line.right() - width, line.top() - 1, width, line.height() + 2)
            loud = bool(conversation.mentions) or is_invitation
            ground = colors.accent if loud else colors.muted
            color = colors.on_accent if loud else colors.window
            paint_badge(painter, visual(option, place), badge, fonts.badge, ground, color)
            line.setRight(place.left() - SPACING)
        mark: Mark = index.data(ConversationListModel.MARK)
        if mark is not Mark.NONE:
            size = line.height() - 2
            place = QRect(line.left(), line.center().y() - size // 2, size, size)
            is_failed = mark is Mark.FAILED
            self._sign(
                painter,
                visual(option, place),
                "alert" if is_failed else "clock",
                colors.error if is_failed else colors.muted,
            )
            line.setLeft(place.right() + 5)
        color = colors.text if is_unread else colors.muted
        if index.data(ConversationListModel.HAS_DRAFT):
            color = colors.error
        preview: str = index.data(ConversationListModel.PREVIEW)
        paint_line(painter, visual(option, line), preview, fonts.small, color, mirrored)

    def _sign(self, painter: QPainter, place: QRect, sign: str, color: str) -> None:
        ratio = painter.device().devicePixelRatio()
        painter.drawPixmap(place.topLeft(), pixmap(sign, color, place.width(), ratio))


class _Fonts:
    """Fonts and what they measure, from the list's own font."""

    def __init__(self, font: QFont) -> None:
        self.name = font
        self.bold = scaled_font(font, bold=True)
        self.small = scaled_font(font, SMALL)
        self.badge = scaled_font(font, SMALL * 0.92, bold=True)
        self.small_metrics = QFontMetrics(self.small)
        self.badge_metrics = QFontMetrics(self.badge)
        self.name_height = max(QFontMetrics(font).height(), QFontMetrics(self.bold).height())
        self.text_height = self.small_metrics.height()
        self.avatar = max(36, round(self.name_height * 2.1))


def _count(number: int) -> str:
    if not number:
        return ""
    return f"{_MANY}+" if number > _MANY else str(number)
