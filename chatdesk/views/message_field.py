"""The field a message is typed into: grows from one line to eight, Enter sends, files can be dropped or pasted.

Main thread only. Owns the text while it is typed; keeps nothing and sends nothing itself.
"""

from math import ceil
from pathlib import Path
from typing import cast

from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QGuiApplication,
    QImage,
    QInputMethodEvent,
    QKeyEvent,
    QPalette,
    QPixmap,
    QResizeEvent,
    QTextCursor,
    QTextLayout,
)
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextEdit, QWidget

from chatdesk.views.theme import Theme
from chatdesk.views.widgets import ElidedLabel

_LINES = 8
_COMMANDING = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class MessageField(QTextEdit):
    send_asked = Signal()
    note_asked = Signal()
    """Ctrl+Shift+Enter: keep it here as a private note."""
    files_dropped = Signal(list)
    """Paths of local files."""
    image_pasted = Signal(QImage)
    last_asked = Signal()
    """Up in an empty field: change the last own message."""
    reply_stepped = Signal(int)
    """Ctrl+Up (-1) and Ctrl+Down (1): answer an older or newer message."""
    escaped = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._is_composing = False
        self.hint = ElidedLabel(parent=self)
        """What stands in the empty field. Qt's own is cut where letters come from a taller font than the field's."""
        self.hint.setProperty("kind", "muted")
        self.hint.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setObjectName("composer")
        self.setAccessibleName(self.tr("Message"))
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(4)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self.document().contentsChanged.connect(self._show_hint)
        self._refresh()
        theme.changed.connect(self._refresh)
        self._fit()

    # -- keys --------------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        shifted = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if event.key() in _ENTER and shifted and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if not self._is_composing:
                self.note_asked.emit()
            event.accept()
            return
        if event.key() in _ENTER and not shifted:
            # While an input method composes, Enter belongs to it: it takes the chosen word, it never sends.
            if not self._is_composing:
                self.send_asked.emit()
            event.accept()
            return
        if not self._is_composing and self._take_key(event):
            event.accept()
            return
        super().keyPressEvent(event)

    def _take_key(self, event: QKeyEvent) -> bool:
        """Keys that mean something else here than in other fields."""
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        key = event.key()
        if modifiers == Qt.KeyboardModifier.ControlModifier and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.reply_stepped.emit(-1 if key == Qt.Key.Key_Up else 1)
            return True
        if modifiers == Qt.KeyboardModifier.NoModifier and key == Qt.Key.Key_Up and self.document().isEmpty():
            self.last_asked.emit()
            return True
        if modifiers == Qt.KeyboardModifier.NoModifier and key == Qt.Key.Key_Escape:
            self.escaped.emit()
            return True
        return False

    @property
    def is_composing(self) -> bool:
        """An input method holds signs that are not in the text yet."""
        return self._is_composing

    def show_text(self, text: str) -> None:
        """Put this in the place of what is typed; what an input method holds is committed to the old text first."""
        if self._is_composing:
            QGuiApplication.inputMethod().reset()
            self._is_composing = False
        self.setPlainText(text)
        self.moveCursor(self.textCursor().MoveOperation.End)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._is_composing = bool(event.preeditString())
        super().inputMethodEvent(event)
        self._show_hint()

    # -- what is dropped or pasted -----------------------------------------------------------------------------------

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return bool(local_files(source)) or source.hasImage() or super().canInsertFromMimeData(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        files = local_files(source)
        if files:
            self.files_dropped.emit(files)
        elif source.text().strip():  # a table of a spreadsheet comes as text and as picture: the text is meant
            self.insertPlainText(source.text())
        elif source.hasImage():
            image = source.imageData()
            if isinstance(image, QPixmap):
                image = image.toImage()
            if isinstance(image, QImage) and not image.isNull():
                self.image_pasted.emit(image)
        elif source.hasText():
            self.insertPlainText(source.text())

    # -- size --------------------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(200, self.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(60, self.minimumHeight())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._fit()

    def show_hint(self, text: str) -> None:
        """What stands in the empty field."""
        self.hint.setText(text)
        self._fit()

    def _show_hint(self) -> None:
        self.hint.setVisible(self.document().isEmpty() and not self._is_composing)

    def _hint_height(self) -> int:
        layout = QTextLayout(self.hint.full_text(), self.font())
        layout.beginLayout()
        line = layout.createLine()
        layout.endLayout()
        return ceil(line.height()) if line.isValid() else 0

    def _fit(self) -> None:
        margin = 2 * self.document().documentMargin()
        line = self.fontMetrics().lineSpacing()
        hint = self._hint_height()
        wanted = max(self.document().size().height(), line + margin, hint + margin)
        height = round(min(wanted, _LINES * line + margin)) + 4
        self.setVerticalScrollBarPolicy(
            Qt.ScrollBarPolicy.ScrollBarAsNeeded if wanted > height else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        )
        if height != self.height():
            self.setFixedHeight(height)
        side = round(margin / 2)
        self.hint.setGeometry(side, side, self.width() - 2 * side, hint)

    def _refresh(self) -> None:
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Base, Qt.GlobalColor.transparent)
        palette.setColor(QPalette.ColorRole.Text, self._theme.colors.color("text"))
        self.setPalette(palette)


class WritesElsewhere:
    """Before a kind of widget: what an input method composes here, from its first key on, goes into a message field.

    The keyboard stays until the input method hands over what was composed: moved earlier, it would break that off.
    """

    field: MessageField | None = None

    def inputMethodQuery(self, query: Qt.InputMethodQuery) -> object:
        widget = cast("QWidget", self)
        if self.field is None or not self.field.isVisible():
            return False if query is Qt.InputMethodQuery.ImEnabled else QWidget.inputMethodQuery(widget, query)
        found = self.field.inputMethodQuery(query)
        if isinstance(found, QRect | QRectF):
            found.translate(widget.mapFromGlobal(self.field.mapToGlobal(QPoint())))
        return found

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        if self.field is None or not self.field.isVisible():
            event.ignore()
            return
        if not self.field.is_composing:
            self.field.moveCursor(QTextCursor.MoveOperation.End)
        QCoreApplication.sendEvent(self.field, event)
        if event.commitString():
            self.field.setFocus()


def is_letter(event: QKeyEvent) -> bool:
    """Whether a key writes something. The space bar does not count: outside of a text it presses what is chosen."""
    modifiers = event.modifiers() & _COMMANDING
    has_alt_gr = modifiers == Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    text = event.text()
    return text.isprintable() and not text.isspace() and bool(text) and (not modifiers or has_alt_gr)


def local_files(source: QMimeData) -> list[Path]:
    """The files of this computer that a drop or a clipboard holds."""
    if not source.hasUrls():
        return []
    return [Path(url.toLocalFile()) for url in source.urls() if url.isLocalFile()]
