"""Choosing an emoji: search, groups, the recent ones, skin tones; a face, where one can be sent. As a widget, and as a
popup over a button.

Main thread only. Loaded when it is first opened. Owns nothing that lasts: recent ones and the skin tone are the
settings'. The popup belongs to who asked for it and goes away by itself.
"""

from pathlib import Path

from PySide6.QtCore import QLocale, QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedLayout, QVBoxLayout, QWidget

from chatdesk.domain.elements import Face
from chatdesk.models.emoji import EmojiGroup
from chatdesk.models.emoji_list import EmojiListModel
from chatdesk.models.faces import face_sets
from chatdesk.models.settings import SettingsModel
from chatdesk.views.emoji_grid import EmojiGrid
from chatdesk.views.emoji_tabs import EmojiTabs, ToneButton
from chatdesk.views.face_grid import FaceGrid
from chatdesk.views.search_field import SearchField
from chatdesk.views.theme import SMALL, SPACING, Theme, scaled_font
from chatdesk.views.widgets import ElidedLabel, Line

_COLUMNS = 9
_LINES = 5.5


class EmojiPicker(QWidget):
    picked = Signal(str)
    face_picked = Signal(object)
    """A Face."""
    folder_asked = Signal()
    """Another folder of faces is wanted."""
    dismissed = Signal()
    """Escape."""

    def __init__(
        self,
        theme: Theme,
        parent: QWidget | None = None,
        settings: SettingsModel | None = None,
        with_faces: bool = False,
    ) -> None:
        super().__init__(parent)
        self._settings = settings or SettingsModel(parent=self)
        self._with_faces = with_faces
        self.setObjectName("emojiPicker")
        self.setAccessibleName(self.tr("Choose an emoji"))
        tone = self._settings.preferences.skin_tone
        self._model = EmojiListModel(_speaks_chinese(), tone, self)
        self.field = SearchField()
        self.field.setObjectName("emojiSearch")
        self.field.setAccessibleName(self.tr("Search emoji"))
        self.field.setPlaceholderText(self.tr("Search emoji"))
        self.field.setClearButtonEnabled(True)
        self.field.textChanged.connect(self._search)
        self.field.went_down.connect(self._enter_grid)
        self.field.returnPressed.connect(self._choose_first)
        self.tabs = EmojiTabs(theme)
        self.tabs.recent_asked.connect(self._show_recent)
        self.tabs.group_asked.connect(self._show_group)
        self.grid = EmojiGrid(theme, self._model)
        self.grid.chosen.connect(self._pick)
        self.grid.pointed.connect(self._tell)
        self.grid.left.connect(self.field.setFocus)
        self.grid.typed.connect(self._type)
        self.tabs.faces_asked.connect(self._show_set)
        self.tabs.faces.folder_asked.connect(self.folder_asked)
        self.faces = FaceGrid(theme, round(1.5 * self.grid.cell()))
        self.faces.chosen.connect(self.face_picked)
        self.faces.pointed.connect(self._tell_face)
        self.faces.left.connect(self.field.setFocus)
        self.faces.typed.connect(self._type)
        self.tone = ToneButton(tone)
        self.tone.chosen.connect(self._set_tone)
        self._nothing = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self._nothing.setProperty("kind", "muted")
        self._nothing.setWordWrap(True)
        self._sign = QLabel()
        self._sign.setFont(scaled_font(self.font(), 1.8))
        self._name = ElidedLabel()
        self._code = ElidedLabel("", SMALL)
        self._code.setProperty("kind", "muted")
        self._line = Line(theme)
        self._build()
        self.tabs.faces.folder.setVisible(with_faces)
        self.restart()

    def _build(self) -> None:
        self._pages = QStackedLayout()
        self._pages.addWidget(self.grid)
        self._pages.addWidget(self.faces)
        self._pages.addWidget(self._nothing)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._name)
        words.addWidget(self._code)
        footer = QHBoxLayout()
        footer.setSpacing(SPACING)
        footer.addWidget(self._sign)
        footer.addLayout(words, 1)
        footer.addWidget(self.tone)
        footer.addWidget(self.tabs.faces.folder)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACING, SPACING, SPACING, SPACING)
        column.setSpacing(SPACING // 2)
        column.addWidget(self.field)
        column.addWidget(self.tabs)
        column.addLayout(self._pages, 1)
        column.addWidget(self._line)
        column.addLayout(footer)
        self._sign.setMinimumWidth(self._sign.fontMetrics().height() + SPACING)
        self.setFocusProxy(self.field)

    def restart(self) -> None:
        """As it was first opened: nothing searched for, the recent ones in front."""
        self.field.clear()
        if self._with_faces:
            folder = self._settings.preferences.faces_folder
            self.tabs.faces.show_sets(face_sets(Path(folder)) if folder else (), bool(folder))
        self.tabs.begin(bool(self._settings.preferences.recent_emoji))

    def show_faces(self) -> None:
        """The faces in front; where there are none, the button that asks for their folder has the keyboard."""
        self.tabs.show_faces()
        if not self.tabs.faces.sets:
            self.tabs.faces.folder.setFocus()

    def sizeHint(self) -> QSize:
        cell = self.grid.cell()
        bar = self.grid.verticalScrollBar().sizeHint().width()
        others = super().sizeHint().height() - self.grid.sizeHint().height()
        return QSize(_COLUMNS * cell + bar + 2 * SPACING + 4, round(_LINES * cell) + others)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismissed.emit()
            return
        super().keyPressEvent(event)

    # -- what is shown -----------------------------------------------------------------------------------------------

    def _show_recent(self) -> None:
        self._model.show_recent(self._settings.preferences.recent_emoji)
        self._shown(self.tr("The emoji you use will be found here."))

    def _show_group(self, group: int) -> None:
        self._model.show_group(EmojiGroup(group))
        self._shown("")

    def _show_set(self, number: int) -> None:
        self.faces.show_faces(self.tabs.faces.sets[number].faces)
        self._nothing.setText(self.tr("No sticker found"))
        self._show_faces_of(self.field.text())

    def _show_faces_of(self, term: str) -> None:
        self._pages.setCurrentWidget(self.faces if self.faces.filter(term) else self._nothing)
        first = self.faces.first_shown()
        self._tell_face(self.faces.face(first) if first >= 0 else None)

    def _search(self, term: str) -> None:
        if self.tabs.shows_faces:
            self._show_faces_of(term)
            return
        if not term.strip():
            self.tabs.resume()
            return
        self.tabs.leave()
        self._model.show_hits(term)
        self._shown(self.tr("No emoji found"))

    def _shown(self, nothing: str) -> None:
        self.grid.scrollToTop()
        self._nothing.setText(nothing)
        self._pages.setCurrentWidget(self.grid if self._model.rowCount() else self._nothing)
        self._tell(self._model.index(0))

    def _tell(self, index: QModelIndex) -> None:
        """Whose name stands below the grid."""
        self._sign.show()
        self.tone.show()
        if not index.isValid():
            self._sign.clear()
            self._name.setText("")
            self._code.setText("")
            return
        shown = self._model.items[index.row()]
        self._sign.setText(shown.symbol)
        self._name.setText(index.data(Qt.ItemDataRole.AccessibleTextRole))
        self._code.setText(shown.emoji.code)

    def _tell_face(self, face: Face | None) -> None:
        self._sign.hide()
        self.tone.hide()
        self._name.setText("" if face is None else face.description)
        self._code.setText("" if face is None else self.tr("Others see this name, or their own picture."))

    # -- choosing ----------------------------------------------------------------------------------------------------

    def _enter_grid(self) -> None:
        if self._pages.currentWidget() is self.faces:
            self.faces.enter_first()
        elif self._model.rowCount():
            self.grid.enter_first()

    def _type(self, text: str) -> None:
        self.field.setFocus()
        self.field.insert(text)

    def _choose_first(self) -> None:
        if self.tabs.shows_faces:
            first = self.faces.first_shown()
            if first >= 0 and self.field.text().strip():
                self.face_picked.emit(self.faces.face(first))
        elif self._model.rowCount() and self.field.text().strip():
            self._pick(self._model.items[0].symbol)

    def _pick(self, symbol: str) -> None:
        self._settings.note_emoji(symbol)
        self.picked.emit(symbol)

    def _set_tone(self, tone: int) -> None:
        self._settings.change(skin_tone=tone)
        self._model.set_tone(tone)
        self._shown(self._nothing.text())


class EmojiPopup(QWidget):
    """The picker over whatever asked for it. `picked` comes after it has closed."""

    picked = Signal(str)
    face_picked = Signal(object)
    folder_asked = Signal()
    closed = Signal()

    def __init__(
        self, theme: Theme, parent: QWidget, settings: SettingsModel | None = None, with_faces: bool = False
    ) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._theme = theme
        self.setObjectName("emojiPopup")
        self.setAccessibleName(self.tr("Choose an emoji"))
        self.setAttribute(Qt.WidgetAttribute.WA_WindowPropagation)
        self.picker = EmojiPicker(theme, self, settings, with_faces)
        self.picker.picked.connect(self._finish)
        self.picker.face_picked.connect(self._finish_with_face)
        self.picker.folder_asked.connect(self._ask_folder)
        self.picker.dismissed.connect(self.close)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.addWidget(self.picker)
        self.setFocusProxy(self.picker)

    def open_at(self, place: QRect) -> None:
        """Above `place` (on the screen) or, where there is no room, below it; inside the window's screen."""
        self.picker.restart()
        self.ensurePolished()
        space = self.screen().availableGeometry()
        size = self.sizeHint().boundedTo(space.size())
        is_rtl = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        x = place.right() + 1 - size.width() if is_rtl else place.left()
        y = place.top() - size.height() - SPACING // 2
        if y < space.top():
            y = place.bottom() + SPACING // 2
        parent = self.parentWidget()
        window = space if parent is None else parent.window().frameGeometry()
        for room in (window, space):  # beside the window only where it must
            x = max(room.left(), min(x, room.right() + 1 - size.width()))
        y = max(space.top(), min(y, space.bottom() + 1 - size.height()))
        self.setGeometry(QRect(x, y, size.width(), size.height()))
        self.show()
        self.picker.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def open_over(self, widget: QWidget) -> None:
        self.open_at(QRect(widget.mapToGlobal(widget.rect().topLeft()), widget.size()))

    def _finish(self, symbol: str) -> None:
        self.close()
        self.picked.emit(symbol)

    def _finish_with_face(self, face: object) -> None:
        self.close()
        self.face_picked.emit(face)

    def _ask_folder(self) -> None:
        self.close()
        self.folder_asked.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        self.closed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        colors = self._theme.colors
        painter = QPainter(self)
        painter.setPen(QPen(colors.color("field_border")))
        painter.setBrush(colors.color("raised"))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()


def _speaks_chinese() -> bool:
    locale = QLocale()
    is_chinese = locale.language() is QLocale.Language.Chinese
    return is_chinese and locale.script() is QLocale.Script.SimplifiedHanScript
