"""Paints one row of the conversation list. Main thread; measures once per font, so every row has the same height.

First line: name, signs (lock, mute), time. Second line: state of the last own message, last text, pin, badges. A loud
badge is for what addresses the account, a quiet one for mere activity, a hollow one for what is muted.
"""

import time
from collections import OrderedDict
from collections.abc import Callable
from enum import Enum, auto
from math import ceil

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPixmap, QStaticText
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from chatdesk.domain.conversations import Conversation, Membership
from chatdesk.domain.ids import ConversationId, ConversationType
from chatdesk.models.conversation_list import ConversationListModel, Mark, RowWords
from chatdesk.models.thumbnails import Thumbnails
from chatdesk.views.avatars import paint_avatar, picture_of
from chatdesk.views.icons import pixmap
from chatdesk.views.palettes import Colors
from chatdesk.views.row_painting import (
    LastingFont,
    ShapedLine,
    is_mirrored,
    paint_badge,
    paint_row_ground,
    placed_line,
    shaped_line,
    whole_line,
)
from chatdesk.views.theme import SMALL, SPACING, Theme, scaled_font

_MARGIN = 14
_GAP = 4
_MANY = 99
_MOST_KEPT = 128
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
        self._rows: OrderedDict[ConversationId, _Row] = OrderedDict()
        """Those painted last."""
        self.thumbnails: Thumbnails | None = None
        """Where pictures come from; the view is painted again when one is ready."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        fonts = self._measured(option.font)
        return QSize(120, max(fonts.avatar, fonts.name_height + fonts.text_height + 4) + 2 * SPACING)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        conversation: Conversation = index.data(ConversationListModel.CONVERSATION)
        fonts, colors, rect = self._measured(option.font), self._theme.colors, option.rect
        ratio = painter.device().devicePixelRatio()
        minute = int(time.time()) // 60  # as long as this lasts "Yesterday" stays true
        state = (rect.width(), rect.height(), is_mirrored(option), ratio, minute, fonts, colors)
        row = self._rows.get(conversation.id)
        if row is None or row.conversation is not conversation or row.state != state:
            row = self._rows[conversation.id] = _Row(conversation, state)
            self._compose(row, QRect(QPoint(), rect.size()), index.data(ConversationListModel.WORDS))
            if len(self._rows) > _MOST_KEPT:
                self._rows.popitem(last=False)
        self._rows.move_to_end(conversation.id)
        paint_row_ground(painter, rect, colors, *self._look_of(index, rect))
        painter.save()
        painter.translate(rect.topLeft())
        picture = picture_of(self.thumbnails, conversation.avatar_uri, fonts.avatar, ratio)
        is_group = conversation.id.type is ConversationType.GROUP
        paint_avatar(painter, row.avatar, conversation.name, conversation.id.id, is_group, colors, picture)
        row.paint(painter)
        painter.restore()

    def forget(self, conversation: Conversation) -> None:
        """It is told of in other words now, although it may be the same."""
        self._rows.pop(conversation.id, None)

    def _compose(self, row: "_Row", place: QRect, words: RowWords) -> None:
        """What stands where, in the row's own coordinates."""
        fonts = row.fonts
        inner = place.adjusted(_MARGIN, 0, -_MARGIN, 0)
        avatar = QRect(inner.left(), inner.center().y() - fonts.avatar // 2, fonts.avatar, fonts.avatar)
        row.avatar = QRectF(row.visual(avatar))
        left, width = avatar.right() + 1 + SPACING + 2, inner.right() - avatar.right() - SPACING - 3
        top = inner.center().y() - (fonts.name_height + fonts.text_height + 4) // 2
        self._compose_first(row, QRect(left, top, width, fonts.name_height), words)
        top += fonts.name_height + 4
        self._compose_second(row, QRect(left, top, width, fonts.text_height), words)

    def _compose_first(self, row: "_Row", line: QRect, words: RowWords) -> None:
        conversation, fonts, colors = row.conversation, row.fonts, row.colors
        is_invitation = conversation.membership is Membership.INVITED
        is_loud = is_invitation or conversation.is_unread
        when = "" if is_invitation else words.when
        if when:
            said = whole_line(when, fonts.small)
            place = _cut_end(line, ceil(said.size().width()) + 1)
            # A count for the account stands out, and so does its time.
            row.add_shaped(
                place, said, fonts.small, colors.accent if conversation.is_for_me else colors.muted, at_end=True
            )
        signs = [
            sign for sign, is_set in (("lock", conversation.is_encrypted), ("mute", conversation.is_muted)) if is_set
        ]
        side = fonts.sign
        room = line.width() - len(signs) * (side + _GAP)
        font = fonts.bold if is_loud else fonts.name
        whole = whole_line(conversation.name, font)
        name = QRect(line.left(), line.top(), min(ceil(whole.size().width()) + 2, room), line.height())
        if whole.size().width() <= name.width():
            row.add_shaped(name, whole, font, colors.text)
        else:
            row.add_line(name, conversation.name, font, colors.text)
        left = name.right() + 1 + _GAP
        for sign in signs:
            row.add_sign(QRect(left, line.center().y() - side // 2, side, side), sign, colors.muted)
            left += side + _GAP

    def _compose_second(self, row: "_Row", line: QRect, words: RowWords) -> None:
        conversation, fonts, colors = row.conversation, row.fonts, row.colors
        is_invitation = conversation.membership is Membership.INVITED
        for text, look in self._badges(conversation):
            width = max(line.height() + 2, fonts.badge_metrics.horizontalAdvance(text) + 12)
            place = _cut_end(line, width, _GAP)
            place.adjust(0, -1, 0, 1)
            if not text:  # marked by hand: there is no number
                dot = round(place.height() * 0.6)
                place = QRect(place.right() - dot, place.center().y() - dot // 2, dot, dot)
            row.add_badge(place, text, look)
        if conversation.is_pinned:
            side = fonts.sign
            place = _cut_end(line, side, _GAP)
            row.add_sign(QRect(place.left(), line.center().y() - side // 2, side, side), "pin", colors.muted)
        mark, has_draft = words.mark, words.has_draft
        if mark is not Mark.NONE and (not has_draft or mark is Mark.FAILED):
            side = fonts.sign
            color = {Mark.FAILED: colors.error, Mark.READ: colors.accent}.get(mark, colors.muted)
            place = QRect(line.left(), line.center().y() - side // 2, side, side)
            row.add_sign(place, _STATES[mark], color)
            line.setLeft(place.right() + 1 + _GAP)
        if words.sign:
            side = fonts.sign
            row.add_sign(
                QRect(line.left(), line.center().y() - side // 2, side, side), _KINDS[words.sign], colors.muted
            )
            line.setLeft(line.left() + side + _GAP)
        is_strong = is_invitation or (conversation.is_unread and not conversation.is_muted)
        color = colors.error if has_draft else colors.text if is_strong else colors.muted
        row.add_line(line, words.preview, fonts.small, color)

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


_State = tuple[int, int, bool, float, int, "_Fonts", Colors]
"""Width, height, whether it is mirrored, pixel ratio, minute, fonts and colours: what a row looks like by."""


class _Row:
    """One row, taken apart into texts and small pictures that have their places: painting it again asks nobody."""

    def __init__(self, conversation: Conversation, state: _State) -> None:
        self.conversation, self.state = conversation, state
        self._width, _, self._is_mirrored, self._ratio, _, self.fonts, self.colors = state
        self.avatar = QRectF()
        self._lines: list[ShapedLine] = []
        self._pictures: list[tuple[QPoint, QPixmap]] = []

    def visual(self, place: QRect) -> QRect:
        """Where it belongs in the window's direction."""
        return place.translated(self._width - 1 - place.left() - place.right(), 0) if self._is_mirrored else place

    def add_line(self, place: QRect, text: str, font: QFont, color: str) -> None:
        self._lines.append(shaped_line(self.visual(place), text, font, color, self._is_mirrored))

    def add_shaped(self, place: QRect, text: QStaticText, font: QFont, color: str, at_end: bool = False) -> None:
        self._lines.append(placed_line(self.visual(place), text, font, color, self._is_mirrored, at_end))

    def add_sign(self, place: QRect, sign: str, color: str) -> None:
        self._pictures.append((self.visual(place).topLeft(), pixmap(sign, color, place.width(), self._ratio)))

    def add_badge(self, place: QRect, text: str, look: Badge) -> None:
        colors = self.colors
        ground, color = {
            Badge.LOUD: (colors.accent, colors.on_accent),
            Badge.QUIET: (colors.muted, colors.window),
            Badge.HOLLOW: (colors.field_border, colors.muted),
        }[look]
        picture = self.fonts.badge_picture(text, place.size(), ground, color, look is Badge.HOLLOW, self._ratio)
        self._pictures.append((self.visual(place).topLeft(), picture))

    def paint(self, painter: QPainter) -> None:
        for where, picture in self._pictures:
            painter.drawPixmap(where, picture)
        for line in self._lines:
            line.paint(painter)


class _Fonts:
    """Fonts and what they measure, from the list's own font."""

    def __init__(self, font: QFont) -> None:
        self.name = LastingFont(font)
        self.bold = LastingFont(scaled_font(font, bold=True))
        self.small = LastingFont(scaled_font(font, SMALL))
        self.badge = scaled_font(font, SMALL * 0.92, bold=True)
        self.name_metrics = QFontMetrics(self.name)
        self.bold_metrics = QFontMetrics(self.bold)
        self.small_metrics = QFontMetrics(self.small)
        self.badge_metrics = QFontMetrics(self.badge)
        self.name_height = max(self.name_metrics.height(), self.bold_metrics.height())
        self.text_height = self.small_metrics.height()
        self.avatar = max(36, round(self.name_height * 2.1))
        self.sign = self.text_height - 3
        self._badges: dict[tuple[str, int, int, str, str, bool, float], QPixmap] = {}

    def badge_picture(self, text: str, size: QSize, ground: str, color: str, is_hollow: bool, ratio: float) -> QPixmap:
        """Drawn once: there are few different ones."""
        look = (text, size.width(), size.height(), ground, color, is_hollow, ratio)
        picture = self._badges.get(look)
        if picture is None:
            picture = self._badges[look] = QPixmap(ceil(size.width() * ratio), ceil(size.height() * ratio))
            picture.setDevicePixelRatio(ratio)
            picture.fill(Qt.GlobalColor.transparent)
            painter = QPainter(picture)
            paint_badge(painter, QRect(QPoint(), size), text, self.badge, ground, color, is_hollow=is_hollow)
            painter.end()
        return picture


def _cut_end(line: QRect, width: int, gap: int = SPACING) -> QRect:
    """The last `width` pixels of a line; the line ends before them, with a gap."""
    place = QRect(line.right() + 1 - width, line.top(), width, line.height())
    line.setRight(place.left() - 1 - gap)
    return place


def _count(number: int) -> str:
    return f"{_MANY}+" if number > _MANY else str(number)
