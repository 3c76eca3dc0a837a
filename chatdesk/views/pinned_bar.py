"""What is pinned in the open conversation, in one line over its messages: a click goes there, a menu has all of it.

Main thread only. Owns nothing but widgets; loaded with the first conversation that has something pinned.
"""

from functools import partial

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QMenu, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from chatdesk.domain.messages import Message
from chatdesk.models.pins import PinsModel
from chatdesk.models.preview import preview_of
from chatdesk.views.icons import pixmap
from chatdesk.views.row_painting import paint_line, paint_row_ground
from chatdesk.views.theme import SMALL, SPACING, Theme, scaled_font
from chatdesk.views.widgets import IconButton, Line, is_enter

_MOST_LETTERS = 60


class PinnedBar(QWidget):
    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pinnedBar")
        self._model: PinsModel | None = None
        self.shown = _Shown(theme)
        self.shown.clicked.connect(self._go)
        self.more = IconButton(theme, "more", self.tr("Pinned messages"), "pinnedMenuButton")
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self.more)
        menu.setObjectName("pinnedMenu")
        menu.aboutToShow.connect(self._fill)
        self.more.setMenu(menu)
        row = QHBoxLayout()
        row.setContentsMargins(SPACING, 2, SPACING, 2)
        row.addWidget(self.shown, 1)
        row.addWidget(self.more)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(Line(theme))
        self.hide()

    def set_model(self, model: PinsModel | None) -> None:
        if self._model is not None:
            self._model.changed.disconnect(self._show)
        self._model = model
        if model is not None:
            model.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        model = self._model
        self.setVisible(model is not None and bool(model.items))
        if model is None or not model.items:
            return
        count = len(model.items)
        self.shown.show_line(
            self._line(model, model.items[model.shown]),
            self.tr("{0} of {1}").format(model.shown + 1, count) if count > 1 else "",
        )

    def _line(self, model: PinsModel, message: Message) -> str:
        return self.tr("{0}: {1}").format(model.name_of(message), preview_of(message))

    def _go(self) -> None:
        if self._model is not None:
            self._model.go()

    def _fill(self) -> None:
        menu, model = self.more.menu(), self._model
        menu.clear()
        if model is None:
            return
        for number, message in enumerate(model.items):
            line = self._line(model, message)
            line = line if len(line) <= _MOST_LETTERS else line[:_MOST_LETTERS] + "…"
            menu.addAction(line.replace("&", "&&"), partial(model.go_to, number)).setObjectName(f"goToPinned{number}")
        if model.may_unpin:
            menu.addSeparator()
            unpin = menu.addAction(self.tr("Unpin the message shown"), partial(model.unpin, model.shown))
            unpin.setObjectName("unpinShown")


class _Shown(QAbstractButton):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._count = ""
        self.setObjectName("pinnedMessage")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setFont(scaled_font(self.font(), SMALL))
        theme.changed.connect(self.update)

    def show_line(self, line: str, count: str) -> None:
        self._count = count
        self.setText(line)
        self.setToolTip(self.tr("Go to this pinned message"))
        said = self.tr("Pinned: {0}").format(line)
        self.setAccessibleName(f"{said}, {count}" if count else said)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, max(32, self.fontMetrics().height() + 2 * SPACING))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.click() if is_enter(event) else super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        colors, metrics = self._theme.colors, self.fontMetrics()
        is_rtl = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        painter = QPainter(self)
        paint_row_ground(painter, self.rect(), colors, False, self.underMouse(), self.hasFocus())
        side = metrics.height()
        inside = self.rect().adjusted(2 * SPACING - 2, 0, 2 - 2 * SPACING, 0)
        sign = QRect(inside.left(), (self.height() - side) // 2, side, side)
        number = QRect(inside)
        number.setLeft(inside.right() - metrics.horizontalAdvance(self._count))
        words = QRect(inside)
        words.setLeft(sign.right() + SPACING)
        words.setRight(number.left() - SPACING)
        placed = [self._mirrored(rect) if is_rtl else rect for rect in (sign, words, number)]
        painter.drawPixmap(placed[0].topLeft(), pixmap("pin", colors.accent, side, self.devicePixelRatioF()))
        paint_line(painter, placed[1], self.text(), self.font(), colors.text, is_rtl)
        if self._count:
            paint_line(painter, placed[2], self._count, self.font(), colors.muted, is_rtl, at_end=True)
        painter.end()

    def _mirrored(self, rect: QRect) -> QRect:
        return QRect(self.width() - rect.right() - 1, rect.top(), rect.width(), rect.height())
