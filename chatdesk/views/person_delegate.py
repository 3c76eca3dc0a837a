"""Paints a person: avatar, name, user id, and a word at the end (a role). For search hits and members. Main thread."""

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem

from chatdesk.models.thumbnails import Thumbnails
from chatdesk.views.avatars import paint_avatar, picture_of
from chatdesk.views.row_painting import is_mirrored, paint_ground, paint_line, visual
from chatdesk.views.theme import SMALL, SPACING, Theme, scaled_font

AnyIndex = QModelIndex | QPersistentModelIndex


class Texts(NamedTuple):
    """`name` as shown, `word` at the end of its line; the avatar's letters come from `plain_name`."""

    name: str
    user_id: str
    word: str
    plain_name: str
    avatar_uri: str = ""


class PersonDelegate(QStyledItemDelegate):
    def __init__(
        self,
        theme: Theme,
        texts: Callable[[AnyIndex], Texts],
        view: QAbstractItemView,
        thumbnails: Thumbnails | None = None,
    ) -> None:
        super().__init__(view)
        self._theme = theme
        self._texts = texts
        self._view = view
        self._thumbnails: Thumbnails | None = None
        self.set_thumbnails(thumbnails)

    def set_thumbnails(self, thumbnails: Thumbnails | None) -> None:
        """Where pictures come from; None shows letters only."""
        self._thumbnails = thumbnails
        if thumbnails is not None:
            thumbnails.ready.connect(self._view.viewport().update)

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        small = QFontMetrics(scaled_font(option.font, SMALL))
        return QSize(120, max(36, QFontMetrics(option.font).height() + small.height() + 2) + SPACING)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        name, user_id, word, plain_name, uri = self._texts(index)
        colors = self._theme.colors
        mirrored = is_mirrored(option)
        small = scaled_font(option.font, SMALL)
        high, low = QFontMetrics(option.font).height(), QFontMetrics(small).height()
        paint_ground(painter, option, colors)
        row = option.rect.adjusted(14, 0, -14, 0)
        side = max(30, round(high * 1.8))
        avatar = QRect(row.left(), row.center().y() - side // 2, side, side)
        picture = picture_of(self._thumbnails, uri, side, painter.device().devicePixelRatio())
        paint_avatar(painter, QRectF(visual(option, avatar)), plain_name, user_id, False, colors, picture)
        left = avatar.right() + 1 + SPACING
        top = row.center().y() - (high + low + 2) // 2
        first = QRect(left, top, row.right() - left, high)
        second = QRect(left, top + high + 2, row.right() - left, low)
        if word:
            width = QFontMetrics(small).horizontalAdvance(word) + 1
            place = QRect(first.right() - width, first.top(), width, first.height())
            paint_line(painter, visual(option, place), word, small, colors.muted, mirrored, at_end=True)
            first.setRight(place.left() - SPACING)
        paint_line(painter, visual(option, first), name, option.font, colors.text, mirrored)
        paint_line(painter, visual(option, second), user_id, small, colors.muted, mirrored)
