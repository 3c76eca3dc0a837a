"""Paints one row of the conversation list. Main thread; measures once per font, so every row has the same height.

First line: name, signs (lock, mute), time. Second line: state of the last own message, last text, pin, badges. A loud
badge is for what addresses the account, a quiet one for mere activity, a hollow one for what is muted.
"""

import time
from collections import OrderedDict
from enum import Enum, auto
from functools import cached_property
from math import ceil

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPixmap, QStaticText
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from chatdesk.domain.clock import now_ms
from chatdesk.domain.conversations import Conversation, Membership
from chatdesk.domain.ids import ConversationId, ConversationType
from chatdesk.models.conversation_filter import ConversationFilter
from chatdesk.models.conversation_list import Mark, RowWords
from chatdesk.models.thumbnails import Thumbnails
from chatdesk.models.when import short_when
from chatdesk.views.avatars import letters_of, paint_avatar, picture_of
from chatdesk.views.icons import pixmap
from chatdesk.views.palettes import Colors
from chatdesk.views.row_painting import (
    LastingFont,
    Place,
    ShapedLine,
    cut_line,
    is_mirrored,
    paint_badge,
    paint_row_ground,
    placed_line,
    whole_line,
)
from chatdesk.views.theme import SMALL, SPACING, Theme, scaled_font

_MARGIN = 14
_GAP = 4
_MANY = 99
_MOST_KEPT = 128
_SAMPLE = "ABCDEFGHIJKLMNOPQRSTUVWXYZ" + "".join(3 * sign for sign in "etaoinshrdlucmfwygpbvk.:0123456789")
"""A sign looks a little different at each fraction of a pixel: the frequent ones three times."""
_STATES = {Mark.WAITING: "clock", Mark.FAILED: "alert", Mark.SENT: "check", Mark.READ: "read"}
_KINDS = {"image": "image", "video": "resume", "sound": "microphone", "file": "file", "location": "location"}


class Badge(Enum):
    LOUD = auto()
    QUIET = auto()
    HOLLOW = auto()


Marked = tuple[int, int, int]
"""Rows that do not look like the others: the selected one, the one under the mouse, and where the keyboard is; -1 for
none."""


class ConversationDelegate(QStyledItemDelegate):
    """Of a view of these `rows`."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._fonts: _Fonts | None = None
        self._composed: OrderedDict[str, _Row] = OrderedDict()
        """Those painted last, by the id of their conversation."""
        self.rows: ConversationFilter | None = None
        self.marked: Marked = (-1, -1, -1)
        """Said once per painting. Qt's style option says it for each row, with hundreds of names no start needs."""
        self.thumbnails: Thumbnails | None = None
        """Where pictures come from; the view is painted again when one is ready."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(120, self._measured(option.font).row_height)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        if self.rows is None:
            return
        number = index.row()
        conversation = self.rows.conversation_at(number)
        fonts, colors, rect = self._measured(option.font), self._theme.colors, option.rect
        ratio = painter.device().devicePixelRatio()
        minute = int(time.time()) // 60  # as long as this lasts "Yesterday" stays true
        state = (rect.width(), rect.height(), is_mirrored(option), ratio, minute, fonts, colors)
        row = self._composed.get(conversation.id.id)
        if row is None or row.conversation is not conversation or row.state != state:
            row = self._composed[conversation.id.id] = _Row(conversation, state)
            self._compose(row, rect.size(), self.rows.source.words(conversation))
            if len(self._composed) > _MOST_KEPT:
                self._composed.popitem(last=False)
        self._composed.move_to_end(conversation.id.id)
        marked = self.marked
        if number in marked:
            is_selected, is_hovered, is_focused = (number == one for one in marked)
            paint_row_ground(painter, rect, colors, is_selected, is_hovered, is_focused)
        painter.save()
        painter.translate(rect.topLeft())
        self._paint_row(painter, row)
        painter.restore()

    def _paint_row(self, painter: QPainter, row: "_Row") -> None:
        conversation, fonts = row.conversation, row.fonts
        picture = picture_of(self.thumbnails, conversation.avatar_uri, fonts.avatar, row.ratio)
        if picture is None:
            painter.drawPixmap(row.avatar.topLeft(), row.letters)
        else:
            is_group = conversation.id.type is ConversationType.GROUP
            paint_avatar(painter, row.avatar, conversation.name, conversation.id.id, is_group, row.colors, picture)
        row.paint(painter)

    def prepare(self, font: QFont, ratio: float) -> None:
        """Paint two rows that nobody sees: the fonts are loaded then, and the signs that most texts are made of."""
        fonts, colors = self._measured(font), self._theme.colors
        size = QSize(3 * fonts.bold_metrics.horizontalAdvance(_SAMPLE), fonts.row_height)
        picture = QPixmap(size * ratio)
        picture.setDevicePixelRatio(ratio)
        painter = QPainter(picture)
        for unread, name in enumerate((_SAMPLE, "A " + _SAMPLE)):  # one letter for a picture, and two
            id_ = ConversationId(ConversationType.GROUP, "")
            row = _Row(
                Conversation(id_, name, Membership.JOINED, unread=unread, mentions=unread),
                (size.width(), size.height(), False, ratio, 0, fonts, colors),
            )
            self._compose(row, size, RowWords(_SAMPLE, "", short_when(now_ms()), Mark.NONE, has_draft=False))
            self._paint_row(painter, row)
        painter.end()

    def forget(self, conversation: Conversation) -> None:
        """It is told of in other words now, although it may be the same."""
        self._composed.pop(conversation.id.id, None)

    def _compose(self, row: "_Row", size: QSize, words: RowWords) -> None:
        """What stands where, in the row's own coordinates. In plain numbers, as in a Place."""
        fonts, middle = row.fonts, (size.height() - 1) // 2
        row.put_avatar(_MARGIN, middle - fonts.avatar // 2)
        left, end = _MARGIN + fonts.avatar + SPACING + 2, size.width() - _MARGIN - 1
        top = middle - (fonts.name_height + fonts.text_height + 4) // 2
        self._compose_first(row, left, end, top, words.when)
        self._compose_second(row, left, end, top + fonts.name_height + 4, words)

    def _compose_first(self, row: "_Row", left: int, end: int, top: int, when: str) -> None:
        conversation, fonts, colors, height = row.conversation, row.fonts, row.colors, row.fonts.name_height
        is_invitation = conversation.membership is Membership.INVITED
        if when and not is_invitation:
            said = whole_line(when, fonts.small)
            width = ceil(said.size().width()) + 1
            # A count for the account stands out, and so does its time.
            color = colors.accent if conversation.is_for_me else colors.muted
            row.put_text((end - width, top, width, height), said, fonts.small, color, at_end=True)
            end -= width + SPACING
        signs = [
            sign for sign, is_set in (("lock", conversation.is_encrypted), ("mute", conversation.is_muted)) if is_set
        ]
        font = fonts.bold if is_invitation or conversation.is_unread else fonts.name
        name = whole_line(conversation.name, font)
        width = min(ceil(name.size().width()) + 2, end - left - len(signs) * (fonts.sign + _GAP))
        if name.size().width() > width:
            name = cut_line(conversation.name, font, width)
        row.put_text((left, top, width, height), name, font, colors.text)
        left += width + _GAP
        for sign in signs:
            row.put_sign(left, top, height, sign, colors.muted)
            left += fonts.sign + _GAP

    def _compose_second(self, row: "_Row", left: int, end: int, top: int, words: RowWords) -> None:
        conversation, fonts, colors, height = row.conversation, row.fonts, row.colors, row.fonts.text_height
        is_invitation = conversation.membership is Membership.INVITED
        for text, look in self._badges(conversation):
            width = max(height + 2, fonts.badge_metrics.horizontalAdvance(text) + 12)
            end -= width
            if text:
                row.put_badge(end, top - 1, width, height + 2, text, look)
            else:  # marked by hand: there is no number
                dot = round((height + 2) * 0.6)
                row.put_badge(end + width - dot - 1, top + (height - 1) // 2 - dot // 2, dot, dot, text, look)
            end -= _GAP
        if conversation.is_pinned:
            row.put_sign(end - fonts.sign, top, height, "pin", colors.muted)
            end -= fonts.sign + _GAP
        mark, has_draft = words.mark, words.has_draft
        if mark is not Mark.NONE and (not has_draft or mark is Mark.FAILED):
            color = {Mark.FAILED: colors.error, Mark.READ: colors.accent}.get(mark, colors.muted)
            row.put_sign(left, top, height, _STATES[mark], color)
            left += fonts.sign + _GAP
        if words.sign:
            row.put_sign(left, top, height, _KINDS[words.sign], colors.muted)
            left += fonts.sign + _GAP
        is_strong = is_invitation or (conversation.is_unread and not conversation.is_muted)
        color = colors.error if has_draft else colors.text if is_strong else colors.muted
        preview = cut_line(words.preview, fonts.small, end - left)
        row.put_text((left, top, end - left, height), preview, fonts.small, color)

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
        self._width, _, self._is_mirrored, self.ratio, _, self.fonts, self.colors = state
        self.avatar = QRectF()
        self._lines: list[ShapedLine] = []
        self._pictures: list[tuple[QPoint, QPixmap]] = []

    @cached_property
    def letters(self) -> QPixmap:
        conversation, fonts = self.conversation, self.fonts
        is_group = conversation.id.type is ConversationType.GROUP
        name, id_, family = conversation.name, conversation.id.id, fonts.name.family()
        return letters_of(name, id_, is_group, self.colors, fonts.avatar, self.ratio, family)

    def _visual(self, left: int, width: int) -> int:
        """Where it begins in the window's direction."""
        return self._width - left - width if self._is_mirrored else left

    def put_avatar(self, left: int, top: int) -> None:
        side = self.fonts.avatar
        self.avatar = QRectF(self._visual(left, side), top, side, side)

    def put_text(self, place: Place, text: QStaticText, font: QFont, color: str, at_end: bool = False) -> None:
        left, top, width, height = place
        there = self._visual(left, width), top, width, height
        self._lines.append(placed_line(there, text, font, color, self._is_mirrored, at_end))

    def put_sign(self, left: int, top: int, height: int, sign: str, color: str) -> None:
        """In the middle of a line of this height."""
        side = self.fonts.sign
        where = QPoint(self._visual(left, side), top + (height - 1) // 2 - side // 2)
        self._pictures.append((where, pixmap(sign, color, side, self.ratio)))

    def put_badge(self, left: int, top: int, width: int, height: int, text: str, look: Badge) -> None:
        colors = self.colors
        ground, color = {
            Badge.LOUD: (colors.accent, colors.on_accent),
            Badge.QUIET: (colors.muted, colors.window),
            Badge.HOLLOW: (colors.field_border, colors.muted),
        }[look]
        picture = self.fonts.badge_picture(text, width, height, ground, color, look is Badge.HOLLOW, self.ratio)
        self._pictures.append((QPoint(self._visual(left, width), top), picture))

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
        self.row_height = max(self.avatar, self.name_height + self.text_height + 4) + 2 * SPACING
        self.sign = self.text_height - 3
        self._badges: dict[tuple[str, int, int, str, str, bool, float], QPixmap] = {}

    def badge_picture(
        self, text: str, width: int, height: int, ground: str, color: str, is_hollow: bool, ratio: float
    ) -> QPixmap:
        """Drawn once: there are few different ones."""
        look = (text, width, height, ground, color, is_hollow, ratio)
        picture = self._badges.get(look)
        if picture is None:
            picture = self._badges[look] = QPixmap(ceil(width * ratio), ceil(height * ratio))
            picture.setDevicePixelRatio(ratio)
            picture.fill(Qt.GlobalColor.transparent)
            painter = QPainter(picture)
            paint_badge(painter, QRect(0, 0, width, height), text, self.badge, ground, color, is_hollow=is_hollow)
            painter.end()
        return picture


def _count(number: int) -> str:
    return f"{_MANY}+" if number > _MANY else str(number)
