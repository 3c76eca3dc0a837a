"""Where a message is written: the field, the chosen files, attach and send.

Main thread only. Owns nothing but widgets; text, files and why nothing may be sent are the ComposerModel's.
"""

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from chatdesk.models.composer import ComposerModel
from chatdesk.views.attachment_list import AttachmentList
from chatdesk.views.icons import pixmap
from chatdesk.views.message_field import MessageField
from chatdesk.views.theme import RADIUS, SPACING, Theme
from chatdesk.views.widgets import IconButton


class Composer(QWidget):
    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._model: ComposerModel | None = None
        self._folder = Path.home()
        self.setProperty("surface", "window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.field = MessageField(theme)
        self.field.send_asked.connect(self._send)
        self.field.textChanged.connect(self._tell_text)
        self.field.files_dropped.connect(self.add_files)
        self.field.installEventFilter(self)
        self.attach_button = IconButton(theme, "attach", self.tr("Attach files"), "attachButton")
        self.attach_button.clicked.connect(self._choose_files)
        self.send_button = IconButton(theme, "send", self.tr("Send"), "sendButton")
        self.send_button.clicked.connect(self._send)
        self.files = AttachmentList(theme)
        self.files.removed.connect(self._remove_file)
        self._why = QLabel()
        self._why.setObjectName("composerBlocked")
        self._why.setWordWrap(True)
        self._why.setTextFormat(Qt.TextFormat.PlainText)
        self._why_sign = QLabel()
        self._build()
        self._refresh()
        theme.changed.connect(self._refresh)

    def _build(self) -> None:
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(SPACING // 2)
        bottom = Qt.AlignmentFlag.AlignBottom
        line.addWidget(self.attach_button, 0, bottom)
        line.addWidget(self.field, 1, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(self.send_button, 0, bottom)
        self._frame = _Frame(self._theme, self.field)
        inside = QVBoxLayout(self._frame)
        inside.setContentsMargins(4, 3, 4, 3)
        inside.setSpacing(0)
        inside.addWidget(self.files)
        inside.addLayout(line)
        self._notice = _Frame(self._theme, None)
        words = QHBoxLayout(self._notice)
        words.setContentsMargins(2 * SPACING, SPACING, 2 * SPACING, SPACING)
        words.setSpacing(SPACING)
        words.addWidget(self._why_sign)
        words.addWidget(self._why, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(2 * SPACING, SPACING // 2, 2 * SPACING, SPACING + SPACING // 2)
        box.addWidget(self._frame)
        box.addWidget(self._notice)
        self._notice.hide()

    # -- model -------------------------------------------------------------------------------------------------------

    def set_model(self, model: ComposerModel | None) -> None:
        if self._model is not None:
            self._model.text_replaced.disconnect(self._show_text)
            self._model.files_changed.disconnect(self._show_files)
            self._model.blocked_changed.disconnect(self._show_blocked)
        self._model = model
        if model is not None:
            model.text_replaced.connect(self._show_text)
            model.files_changed.connect(self._show_files)
            model.blocked_changed.connect(self._show_blocked)
            self._show_text(model.text)
            self._show_files()
            self._show_blocked(model.blocked)

    def set_peer(self, name: str) -> None:
        self.field.setPlaceholderText(self.tr("Message {0}").format(name))

    def add_files(self, paths: list[Path]) -> None:
        if self._model is not None:
            self._model.add_files(paths)
            self.field.setFocus()

    @property
    def is_blocked(self) -> bool:
        return self._model is None or bool(self._model.blocked)

    def _show_text(self, text: str) -> None:
        if text != self.field.toPlainText():
            self.field.setPlainText(text)
            self.field.moveCursor(self.field.textCursor().MoveOperation.End)
        self._show_ready()

    def _show_files(self) -> None:
        if self._model is not None:
            self.files.show_files(self._model.files)
        self._show_ready()

    def _show_blocked(self, why: str) -> None:
        had_focus = self.field.hasFocus()
        self._why.setText(why)
        self._why.setAccessibleName(why)
        self._frame.setVisible(not why)
        self._notice.setVisible(bool(why))
        if had_focus and why:
            self.window().setFocus()

    def _show_ready(self) -> None:
        files = () if self._model is None else self._model.files
        is_ready = bool(self.field.toPlainText().strip() or files)
        self.send_button.set_sign("send", "accent" if is_ready else "muted")

    def _tell_text(self) -> None:
        if self._model is not None:
            self._model.set_text(self.field.toPlainText())
        self._show_ready()

    def _remove_file(self, index: int) -> None:
        if self._model is not None:
            self._model.remove_file(index)
            self.field.setFocus()

    def _send(self) -> None:
        if self._model is not None:
            self._model.send()
            self.field.setFocus()

    def _choose_files(self) -> None:
        from PySide6.QtWidgets import QFileDialog  # brings a dozen classes that the start does not need

        dialog = QFileDialog(self, self.tr("Attach files"), str(self._folder))
        dialog.setObjectName("attachDialog")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(self._take_files)
        dialog.open()

    def _take_files(self, names: list[str]) -> None:
        files = [Path(name) for name in names]
        if files:
            self._folder = files[0].parent
        self.add_files(files)

    # -- look --------------------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self._frame.update()
        return super().eventFilter(watched, event)

    def _refresh(self) -> None:
        side = round(self.fontMetrics().height() * 1.2)
        self._why_sign.setPixmap(pixmap("lock", self._theme.colors.muted, side, self.devicePixelRatioF()))


class _Frame(QWidget):
    """The rounded box around the field; its border shows where the keyboard is."""

    def __init__(self, theme: Theme, field: QWidget | None) -> None:
        super().__init__()
        self._theme = theme
        self._field = field
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        colors = self._theme.colors
        has_focus = self._field is not None and self._field.hasFocus()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = 2.0 if has_focus else 1.0
        if self._field is None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colors.color("sidebar"))
        else:
            painter.setPen(QPen(colors.color("accent" if has_focus else "field_border"), width))
            painter.setBrush(colors.color("raised"))
        inset = width / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), RADIUS, RADIUS)
        painter.end()
