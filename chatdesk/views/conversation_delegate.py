"""Paints one row of the conversation list. Main thread; measures once per font, so every row has the same height.

First line: name, signs (lock, mute), time. Second line: state of the last own message, last text, pin, badges. A loud
badge is for what addresses the account, a quiet one for mere activity, a hollow one for what is muted.
"""

from collections.abc import Callable
from enum import Enum, auto

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from chatdesk.domain.conversations import Conversation, Membership
from chatdesk.domain.ids import ConversationType
from chatdesk.models.conversation_list import ConversationListModel, Mark, RowWords
from chatdesk.models.thumbnails import Thumbnails
from chatdesk.views.avatars import paint_avatar, picture_of
from chatdesk.views.icons import pixmap
from chatdesk.views.palettes import Colors
from chatdesk.views.row_painting import is_mirrored, paint_badge, paint_line, paint_row_ground, visual
from chatdesk.views.theme import SMALL, SPACING, Theme, scaled_font

_MARGIN = 14
_GAP = 4
_MANY = 99
_STATES = {Mark.WAITING: "clock", Mark.FAILED: "alert", Mark.SENT: "check", Mark.READ: "read"}
_KINDS = {"image": "image", "video": "resume", "sound": "microphone", "file": "file", "location": "location"}


class Badge(Enum):
    LOUD = auto()
    QUIET = auto()
    HOLLOW = auto()


RowLook = Callable[[QModelIndex | QPersistentModelIndex, QRect], tuple[bool, bool, bool]]
"""Whether a row is selected, under the mouse, and where the keyboard is."""


class ConversationDelegate(QStyledItemDelegate):
    """`look_of` says what Qt's style option would, which comes with hundreds of names no start needs."""

    def __init__(self, theme: Theme, look_of: RowLook, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._look_of = look_of
        self._fonts: _Fonts | None = None
        self.thumbnails: Thumbnails | None = None
        """Where pictures come from; the view is painted again when one is ready."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        fonts = self._measured(option.font)
        return QSize(120, max(fonts.avatar, fonts.name_height + fonts.text_height + 4) + 2 * SPACING)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        conversation: Conversation = index.data(ConversationListModel.CONVERSATION)
        fonts = self._measured(option.font)
        colors = self._theme.colors
        paint_row_ground(painter, option.rect, colors, *self._look_of(index, option.rect))
        row = option.rect.adjusted(_MARGIN, 0, -_MARGIN, 0)
        avatar = QRect(row.left(), row.center().y() - fonts.avatar // 2, fonts.avatar, fonts.avatar)
        ratio = painter.device().devicePixelRatio()
        picture = picture_of(self.thumbnails, conversation.avatar_uri, fonts.avatar, ratio)
        is_group = conversation.id.type is ConversationType.GROUP
        place = QRectF(visual(option, avatar))
        paint_avatar(painter, place, conversation.name, conversation.id.id, is_group, colors, picture)
        left, width = avatar.right() + 1 + SPACING + 2, row.right() - avatar.right() - SPACING - 3
        top = row.center().y() - (fonts.name_height + fonts.text_height + 4) // 2
        pen = _Pen(painter, option, fonts, colors)
        words: RowWords = index.data(ConversationListModel.WORDS)
        self._paint_first(pen, QRect(left, top, width, fonts.name_height), conversation, words)
        top += fonts.name_height + 4
        self._paint_second(pen, QRect(left, top, width, fonts.text_height), conversation, words)

    def _paint_first(self, pen: "_Pen", line: QRect, conversation: Conversation, words: RowWords) -> None:
        fonts, colors = pen.fonts, pen.colors
        is_invitation = conversation.membership is Membership.INVITED
        is_loud = is_invitation or conversation.is_unread
        when = "" if is_invitation else words.when
        if when:
            place = _cut_end(line, fonts.small_metrics.horizontalAdvance(when) + 1)
            # A count for the account stands out, and so does its time.
            color = colors.accent if conversation.is_for_me else colors.muted
            paint_line(pen.painter, visual(pen.option, place), when, fonts.small, color, pen.mirrored, at_end=True)
        signs = [
            sign for sign, is_set in (("lock", conversation.is_encrypted), ("mute", conversation.is_muted)) if is_set
        ]
        side = fonts.sign
        room = line.width() - len(signs) * (side + _GAP)
        font, metrics = (fonts.bold, fonts.bold_metrics) if is_loud else (fonts.name, fonts.name_metrics)
        name = QRect(
            line.left(), line.top(), min(metrics.horizontalAdvance(conversation.name) + 2, room), line.height()
        )
        paint_line(pen.painter, visual(pen.option, name), conversation.name, font, colors.text, pen.mirrored)
        left = name.right() + 1 + _GAP
        for sign in signs:
            pen.sign(QRect(left, line.center().y() - side // 2, side, side), sign, colors.muted)
            left += side + _GAP

    def _paint_second(self, pen: "_Pen", line: QRect, conversation: Conversation, words: RowWords) -> None:
        fonts, colors = pen.fonts, pen.colors
        is_invitation = conversation.membership is Membership.INVITED
        for text, look in self._badges(conversation):
            width = max(line.height() + 2, fonts.badge_metrics.horizontalAdvance(text) + 12)
            place = _cut_end(line, width, _GAP)
            place.adjust(0, -1, 0, 1)
            if not text:  # marked by hand: there is no number
                dot = round(place.height() * 0.6)
                place = QRect(place.right() - dot, place.center().y() - dot // 2, dot, dot)
            ground, color = {
                Badge.LOUD: (colors.accent, colors.on_accent),
                Badge.QUIET: (colors.muted, colors.window),
                Badge.HOLLOW: (colors.field_border, colors.muted),
            }[look]
            shape = visual(pen.option, place)
            paint_badge(pen.painter, shape, text, fonts.badge, ground, color, is_hollow=look is Badge.HOLLOW)
        if conversation.is_pinned:
            side = fonts.sign
            place = _cut_end(line, side, _GAP)
            pen.sign(QRect(place.left(), line.center().y() - side // 2, side, side), "pin", colors.muted)
        mark, has_draft = words.mark, words.has_draft
        if mark is not Mark.NONE and (not has_draft or mark is Mark.FAILED):
            side = fonts.sign
            color = {Mark.FAILED: colors.error, Mark.READ: colors.accent}.get(mark, colors.muted)
            place = QRect(line.left(), line.center().y() - side // 2, side, side)
            pen.sign(place, _STATES[mark], color)
            line.setLeft(place.right() + 1 + _GAP)
        if words.sign:
            side = fonts.sign
            pen.sign(QRect(line.left(), line.center().y() - side // 2, side, side), _KINDS[words.sign], colors.muted)
            line.setLeft(line.left() + side + _GAP)
        is_strong = is_invitation or (conversation.is_unread and not conversation.is_muted)
        color = colors.error if has_draft else colors.text if is_strong else colors.muted
        paint_line(pen.painter, visual(pen.option, line), words.preview, fonts.small, color, pen.mirrored)

    def _badges(self, conversation: Conversation) -> list[tuple[str, Badge]]:
        """From the end of the line towards its start."""
        if conversation.membership is Membership.INVITED:
            return []
        found: list[tuple[str, Badge]] = []
        activity = Badge.HOLLOW if conversation.is_muted else Badge.QUIET
        if conversation.unread:
            is_group = conversation.id.type is ConversationType.GROUP
            look = Badge.LOUD if conversation.is_for_me and not is_group else activity
            found.append((_count(conversation.unread), look))
        elif conversation.is_marked_unread:
            found.append(("", Badge.LOUD if conversation.is_for_me else activity))
        if conversation.mentions:
            found.append((f"@{_count(conversation.mentions)}" if conversation.mentions > 1 else "@", Badge.LOUD))
        return found

    def _measured(self, font: QFont) -> "_Fonts":
        if self._fonts is None or self._fonts.name != font:
            self._fonts = _Fonts(font)
        return self._fonts


class _Pen:
    """What every part of a row is painted with."""

    def __init__(self, painter: QPainter, option: QStyleOptionViewItem, fonts: "_Fonts", colors: Colors) -> None:
        self.painter, self.option, self.fonts, self.colors = painter, option, fonts, colors
        self.mirrored = is_mirrored(option)

    def sign(self, place: QRect, sign: str, color: str) -> None:
        ratio = self.painter.device().devicePixelRatio()
        where = visual(self.option, place).topLeft()
        self.painter.drawPixmap(where, pixmap(sign, color, place.width(), ratio))


class _Fonts:
    """Fonts and what they measure, from the list's own font."""

    def __init__(self, font: QFont) -> None:
        self.name = QFont(font)
        self.bold = scaled_font(font, bold=True)
        self.small = scaled_font(font, SMALL)
        self.badge = scaled_font(font, SMALL * 0.92, bold=True)
        self.name_metrics = QFontMetrics(self.name)
        self.bold_metrics = QFontMetrics(self.bold)
        self.small_metrics = QFontMetrics(self.small)
        self.badge_metrics = QFontMetrics(self.badge)
        self.name_height = max(self.name_metrics.height(), self.bold_metrics.height())
        self.text_height = self.small_metrics.height()
        self.avatar = max(36, round(self.name_height * 2.1))
        self.sign = self.text_height - 3


def _cut_end(line: QRect, width: int, gap: int = SPACING) -> QRect:
    """The last `width` pixels of a line; the line ends before them, with a gap."""
    place = QRect(line.right() + 1 - width, line.top(), width, line.height())
    line.setRight(place.left() - 1 - gap)
    return place


def _count(number: int) -> str:
    return f"{_MANY}+" if number > _MANY else str(number)
