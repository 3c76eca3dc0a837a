"""The popup that chooses a symbol to react with: the quick ones, and below them all. Main thread; owns its widgets."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from chatdesk.models.settings import SettingsModel
from chatdesk.views.emoji_picker import EmojiPicker
from chatdesk.views.message_floating import dress_popup
from chatdesk.views.message_reactions import QUICK
from chatdesk.views.message_style import Style
from chatdesk.views.theme import Theme


class ReactionPopup(QFrame):
    picked = Signal(str)

    def __init__(self, theme: Theme, style: Style, parent: QWidget, settings: SettingsModel | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("reactionPopup")
        self.setAccessibleName(self.tr("Choose a reaction"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        dress_popup(self, style)
        quick = QHBoxLayout()
        quick.setSpacing(style.small_gap)
        self.buttons = [self._button(symbol, style) for symbol in QUICK]
        for one in self.buttons:
            quick.addWidget(one)
        quick.addStretch()
        self.picker = EmojiPicker(theme, self, settings)
        self.picker.picked.connect(self._pick)
        self.picker.dismissed.connect(self.close)
        column = QVBoxLayout(self)
        column.setContentsMargins(style.gap, style.gap, style.gap, style.gap)
        column.addLayout(quick)
        column.addWidget(self.picker, 1)

    def _button(self, symbol: str, style: Style) -> QPushButton:
        button = QPushButton(symbol)
        button.setObjectName(f"reaction-{symbol}")
        button.setAccessibleName(self.tr("React with {0}").format(symbol))
        button.setProperty("kind", "flat")
        button.setFont(style.emoji_font(10))
        side = round(style.line * 2.2)
        button.setFixedSize(side, side)
        button.setStyleSheet("padding: 0;")
        button.clicked.connect(self._picker(symbol))
        return button

    def _picker(self, symbol: str) -> Callable[[], None]:
        return lambda: self._pick(symbol)

    def _pick(self, symbol: str) -> None:
        self.picked.emit(symbol)
        self.close()

    def open_beside(self, place: QRect, gap: int) -> None:
        """Below, above or beside this place of the screen, inside the window when it is large enough."""
        self.picker.restart()
        self.ensurePolished()
        screen = self.screen().availableGeometry()
        size = self.sizeHint().boundedTo(screen.size())
        parent = self.parentWidget()
        area = screen if parent is None else parent.window().geometry() & screen
        if size.boundedTo(area.size()) != size:
            area = screen
        self.resize(size)
        self.move(_beside(place.adjusted(-gap, -gap, gap, gap), size, area))
        self.show()
        self.buttons[0].setFocus()


def _beside(place: QRect, size: QSize, area: QRect) -> QPoint:
    """Where in `area` something of this size leaves `place` free; where nothing does, as far down as there is room."""
    most = QPoint(area.right() + 1 - size.width(), area.bottom() + 1 - size.height())
    x = max(area.left(), min(place.left(), most.x()))
    y = max(area.top(), min(place.top(), most.y()))
    below, above = place.bottom() + 1, place.top() - size.height()
    before, after = place.left() - size.width(), place.right() + 1
    if below <= most.y():
        return QPoint(x, below)
    if above >= area.top():
        return QPoint(x, above)
    if before >= area.left():
        return QPoint(before, y)
    return QPoint(after if after <= most.x() else x, y if after <= most.x() else most.y())
