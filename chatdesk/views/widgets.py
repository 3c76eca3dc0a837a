"""Small widgets every pane uses: icon buttons in the theme's colours, elided labels, avatars, empty states.

Main thread only. They own nothing but their look and follow the theme by themselves.
"""

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QSizePolicy,
    QStyledItemDelegate,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import Shiboken

from chatdesk.models.thumbnails import Thumbnails
from chatdesk.views.avatars import paint_avatar, picture_of
from chatdesk.views.icons import icon, pixmap
from chatdesk.views.row_painting import fill
from chatdesk.views.theme import SPACING, Theme, scaled_font


class TabStopWhenFilled(QObject):
    """Tab leads to a list only while it has rows: in an empty one nobody would see where the keyboard is.

    Belongs to the list; make it when the list has its model, and anew with each other model.
    """

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._view = view
        model = view.model()
        for signal in (model.rowsInserted, model.rowsRemoved, model.modelReset):
            signal.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        if not Shiboken.isValid(self._view):  # it goes, and its own model tells so once more
            return
        is_filled = self._view.model().rowCount() > 0
        self._view.setFocusPolicy(Qt.FocusPolicy.StrongFocus if is_filled else Qt.FocusPolicy.NoFocus)


def is_enter(event: QKeyEvent) -> bool:
    return event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class IconButton(QToolButton):
    """A button that is only a sign; its name is for tooltip and screen reader. At least 32 px square."""

    _NEWS = (
        QEvent.Type.FontChange,
        QEvent.Type.ApplicationFontChange,
        QEvent.Type.LayoutDirectionChange,
        QEvent.Type.EnabledChange,
    )

    def __init__(self, theme: Theme, sign: str, name: str, object_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._sign = sign
        self._role = "muted"
        self.setObjectName(object_name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.set_name(name)
        self._refresh()
        theme.changed.connect(self._refresh)

    def set_name(self, name: str) -> None:
        self.setToolTip(name)
        self.setAccessibleName(name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.click() if is_enter(event) else super().keyPressEvent(event)

    def setMenu(self, menu: QMenu) -> None:
        super().setMenu(menu)
        menu.setAccessibleName(self.accessibleName())
        menu.aboutToHide.connect(self._forget_mouse)

    def _forget_mouse(self) -> None:
        """A menu takes the mouse without telling: the button would look hovered until it really is again."""
        self.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, False)
        self.update()

    def set_sign(self, sign: str, role: str = "muted") -> None:
        if (sign, role) != (self._sign, self._role):
            self._sign, self._role = sign, role
            self._refresh()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in self._NEWS:
            self._refresh()

    def _refresh(self) -> None:
        size = max(20, round(self.fontMetrics().height() * 1.15))
        colors = self._theme.colors
        role: str = getattr(colors, self._role)
        disabled = "" if self.isEnabled() else colors.field_border
        self.setIcon(icon(self._sign, role, size, self.devicePixelRatioF(), disabled, self.isRightToLeft()))
        self.setIconSize(QSize(size, size))
        self.setMinimumSize(size + 12, size + 12)


class ElidedLabel(QLabel):
    """One line that shortens itself with an ellipsis; the whole text is its tooltip then."""

    def __init__(
        self,
        text: str = "",
        factor: float = 1.0,
        bold: bool = False,
        parent: QWidget | None = None,
        mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
    ) -> None:
        super().__init__(parent)
        self._text = ""
        self._mode = mode
        self._factor = factor
        self._bold = bold
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setFont(scaled_font(self.font(), factor, bold))
        self._align()
        self.setText(text)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._align()

    def _align(self) -> None:
        """By the window's direction. QLabel would go by the text's, and an Arabic name would jump to the far end."""
        is_rtl = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        side = Qt.AlignmentFlag.AlignRight if is_rtl else Qt.AlignmentFlag.AlignLeft
        self.setAlignment(side | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute)

    def setText(self, text: str) -> None:
        self._text = " ".join(text.split())
        self._elide()

    def full_text(self) -> str:
        return self._text

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def _elide(self) -> None:
        shown = self.fontMetrics().elidedText(self._text, self._mode, max(0, self.width()))
        # Isolated, the dots stay where the text ends, whichever way the window runs.
        super().setText(f"\u2068{shown}\u2069" if shown and self.isRightToLeft() else shown)
        self.setToolTip(self._text if shown != self._text else "")
        self.setAccessibleName(self._text)


class PlainLabel(QLabel):
    """Words at the window's own edge, shown as they are. QLabel goes by the text's direction: a folder would jump to
    the far end of a window that runs the other way."""

    def __init__(self, text: str = "", name: str = "", kind: str = "") -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        if name:
            self.setObjectName(name)
        if kind:
            self.setProperty("kind", kind)
        self._align()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LayoutDirectionChange:
            self._align()

    def _align(self) -> None:
        is_rtl = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        side = Qt.AlignmentFlag.AlignRight if is_rtl else Qt.AlignmentFlag.AlignLeft
        self.setAlignment(side | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute)


class Avatar(QWidget):
    """Picture or letters in a circle (people) or a square with round corners (groups)."""

    def __init__(self, theme: Theme, lines: float = 2.2, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._lines = lines
        self._name = self._key = self._uri = ""
        self._thumbnails: Thumbnails | None = None
        self._is_group = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def set_thumbnails(self, thumbnails: Thumbnails | None) -> None:
        """Where pictures come from; None shows letters only."""
        self._thumbnails = thumbnails
        if thumbnails is not None:
            thumbnails.ready.connect(self._on_ready)
        self.update()

    def show_for(self, name: str, key: str, is_group: bool = False, uri: str = "") -> None:
        self._name, self._key, self._is_group, self._uri = name, key, is_group, uri
        self.update()

    def _on_ready(self, uri: str) -> None:
        if uri == self._uri:
            self.update()

    def sizeHint(self) -> QSize:
        side = round(self.fontMetrics().height() * self._lines)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._key:
            picture = picture_of(self._thumbnails, self._uri, self.width(), self.devicePixelRatioF())
            painter = QPainter(self)
            colors = self._theme.colors
            paint_avatar(painter, QRectF(self.rect()), self._name, self._key, self._is_group, colors, picture)
            painter.end()


class EmptyState(QWidget):
    """A friendly sentence where there is nothing to show, with what can be done about it."""

    def __init__(self, theme: Theme, sign: str, title: str, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._sign = sign
        self._picture = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self._title = _centred(title)
        self._title.setFont(scaled_font(self._title.font(), 1.15, bold=True))
        self._hint = _centred(hint)
        self._hint.setProperty("kind", "muted")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(3 * SPACING, 3 * SPACING, 3 * SPACING, 3 * SPACING)
        self._column.setSpacing(SPACING)
        self._column.addStretch(2)
        for label in (self._picture, self._title, self._hint):
            self._column.addWidget(label)
        self._column.addStretch(3)
        self._refresh()
        theme.changed.connect(self._refresh)

    def set_texts(self, title: str, hint: str) -> None:
        self._title.setText(title)
        self._hint.setText(hint)
        self._arrange()

    def add_widget(self, widget: QWidget) -> None:
        self._column.insertWidget(self._column.count() - 1, widget, 0, Qt.AlignmentFlag.AlignHCenter)

    # What stands around it comes first: of itself it asks only for the title and what can be done.

    def hasHeightForWidth(self) -> bool:
        return False

    def sizeHint(self) -> QSize:
        return self._column.sizeHint()

    def minimumSizeHint(self) -> QSize:
        least = self._column.minimumSize()
        height = least.height() - self._title.minimumSizeHint().height() + self._height_of(self._title)
        for label in (self._picture, self._hint):
            if not label.isHidden():
                height -= label.minimumSizeHint().height() + SPACING
        return QSize(least.width(), height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is too little room the hint has it before the picture."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()
        self._arrange()

    def event(self, event: QEvent) -> bool:
        is_done = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest:  # what can be done came or went
            self._arrange()
        return is_done

    def _height_of(self, label: QLabel) -> int:
        margins = self._column.contentsMargins()
        return label.heightForWidth(max(1, self.width() - margins.left() - margins.right()))

    def _arrange(self) -> None:
        left = self.height() - self.minimumSizeHint().height()
        hint = self._height_of(self._hint) + SPACING if self._hint.text() else 0
        self._hint.setVisible(0 < hint <= left)
        self._picture.setVisible(hint + self._picture.sizeHint().height() + SPACING <= left)

    def _refresh(self) -> None:
        size = round(self.fontMetrics().height() * 2.6)
        self._picture.setPixmap(pixmap(self._sign, self._theme.colors.field_border, size, self.devicePixelRatioF()))


class ErrorLine(QLabel):
    """Why the last try failed, under a form. Keeps its room so that nothing jumps when it speaks."""

    def __init__(self, object_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(object_name)
        self.setProperty("kind", "error")
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading)
        self.setMinimumHeight(2 * self.fontMetrics().lineSpacing())

    def setText(self, text: str) -> None:
        super().setText(text)
        self.setAccessibleName(text)


_SLACK = 4
"""Between the text of a drop-down and its arrow is more room than Qt says."""


class DropDown(QComboBox):
    """One of several; its list shows them all, in rows that are easy to hit."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setItemDelegate(QStyledItemDelegate(self))  # the style sheet reaches the rows of this one only

    def paintEvent(self, event: QPaintEvent) -> None:
        """What does not fit ends in dots; by itself it would be cut in the middle of a letter."""
        from PySide6.QtWidgets import QStyle, QStyleOptionComboBox, QStylePainter  # no start shows one

        painter = QStylePainter(self)
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        kind, part = QStyle.ComplexControl.CC_ComboBox, QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(kind, option, part, self).width() + _SLACK
        option.currentText = self.fontMetrics().elidedText(option.currentText, Qt.TextElideMode.ElideRight, room)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        painter.end()


class Line(QFrame):
    """A hairline between two parts."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setFixedHeight(1)
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        fill(painter, self.rect(), self._theme.colors.color("border"))
        painter.end()


class PaneHeader(QWidget):
    """Title and close button of a side pane."""

    closed = Signal()

    def __init__(self, theme: Theme, title: str, close_name: str, object_name: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * SPACING, SPACING, SPACING, SPACING)
        self.title = ElidedLabel(title, bold=True)
        row.addWidget(self.title, 1)
        self.row = row
        close = IconButton(theme, "close", close_name, object_name)
        close.clicked.connect(self.closed)
        row.addWidget(close)


class PushButton(QPushButton):
    """Return presses it as the space bar does, on every system and outside of dialogs too."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.click() if is_enter(event) else super().keyPressEvent(event)


def button(text: str, object_name: str, kind: str = "") -> QPushButton:
    """A push button; `kind` is "", primary, danger or flat."""
    result = PushButton(text)
    result.setObjectName(object_name)
    result.setAccessibleName(text)
    result.setProperty("kind", kind)
    result.setAutoDefault(kind == "primary")
    return result


def _centred(text: str) -> QLabel:
    label = QLabel(text)
    label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
