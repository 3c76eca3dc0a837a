"""Where a message is written: the field, the chosen files, attach and send.

Main thread only. Owns nothing but widgets; text, files and why nothing may be sent are the ComposerModel's.
"""

from __future__ import annotations

from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QImage,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from chatdesk.domain.elements import Element
from chatdesk.models.composer import ComposerModel
from chatdesk.models.composer_mode import ModeKind
from chatdesk.models.mentions import Person
from chatdesk.models.settings import SettingsModel
from chatdesk.views.composer_tools import ComposerTools
from chatdesk.views.icons import pixmap
from chatdesk.views.message_field import MessageField
from chatdesk.views.theme import RADIUS, SPACING, Theme, column_side
from chatdesk.views.voice import Voice
from chatdesk.views.widgets import IconButton

if TYPE_CHECKING:
    from chatdesk.views.attachment_list import AttachmentList
    from chatdesk.views.completion import Completion
    from chatdesk.views.composer_bars import HoldBar, ModeBar

_Above = TypeVar("_Above", bound=QWidget)


class Composer(QWidget):
    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._model: ComposerModel | None = None
        self._settings: SettingsModel | None = None
        self._peer = ""
        self._above: set[int] = set()
        self.setProperty("surface", "window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.field = MessageField(theme)
        self.field.send_asked.connect(self._send)
        self.field.note_asked.connect(self._keep_note)
        self.field.textChanged.connect(self._tell_text)
        self.field.files_dropped.connect(self.add_files)
        self.field.image_pasted.connect(self._add_image)
        self.field.last_asked.connect(self._edit_last)
        self.field.reply_stepped.connect(self._step_reply)
        self.field.escaped.connect(self._cancel_mode)
        self.field.installEventFilter(self)
        QShortcut(QKeySequence("Ctrl+Shift+R"), self).activated.connect(self.record)
        self.attach_button = IconButton(theme, "attach", self.tr("Attach"), "attachButton")
        self.emoji_button = IconButton(theme, "emoji", self.tr("Emoji"), "emojiButton")
        self.send_button = IconButton(theme, "send", self.tr("Send"), "sendButton")
        self.send_button.clicked.connect(self._send)
        self.voice = Voice(theme, self, lambda bar: self._inside.insertWidget(self._inside.count() - 1, bar))
        self.voice.ended.connect(self.field.setFocus)
        self.tools = ComposerTools(theme, self, self.attach_button, self.emoji_button)
        self.tools.has_text = lambda: bool(self.field.toPlainText().strip())
        self.tools.files_chosen.connect(self.add_files)
        for chosen in (self.tools.location_chosen, self.tools.face_chosen, self.tools.custom_chosen):
            chosen.connect(self._send_element)
        self.tools.note_asked.connect(self._keep_note)
        self.tools.voice_asked.connect(self.record)
        self.tools.emoji_chosen.connect(self._insert_emoji)
        self.tools.closed.connect(self.field.setFocus)
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
        line.addWidget(self.emoji_button, 0, bottom)
        line.addWidget(self.voice.button, 0, bottom)
        line.addWidget(self.send_button, 0, bottom)
        self._frame = _Frame(self._theme, self.field)
        self._inside = inside = QVBoxLayout(self._frame)
        inside.setContentsMargins(4, 3, 4, 3)
        inside.setSpacing(0)
        inside.addLayout(line)
        self._notice = _Frame(self._theme, None)
        words = QHBoxLayout(self._notice)
        words.setContentsMargins(2 * SPACING, SPACING, 2 * SPACING, SPACING)
        words.setSpacing(SPACING)
        words.addWidget(self._why_sign)
        words.addWidget(self._why, 1)
        self._box = box = QVBoxLayout(self)
        self._place()
        box.addWidget(self._frame)
        box.addWidget(self._notice)
        self._notice.hide()
        self._order()

    def _place(self) -> None:
        """As wide as the messages are."""
        side = column_side(self.width(), self.fontMetrics().height())
        self._box.setContentsMargins(side, SPACING // 2, side, SPACING + SPACING // 2)

    # What most starts do not show is built when it is first needed.

    @cached_property
    def hold_bar(self) -> HoldBar:
        from chatdesk.views import composer_bars

        bar = composer_bars.HoldBar(self._theme)
        bar.undone.connect(self._undo)
        bar.hurried.connect(self._send_now)
        return self._add_above(bar, 0)

    @cached_property
    def mode_bar(self) -> ModeBar:
        from chatdesk.views import composer_bars

        bar = composer_bars.ModeBar(self._theme)
        bar.closed.connect(self._cancel_mode)
        return self._add_above(bar, 1)

    @cached_property
    def files(self) -> AttachmentList:
        from chatdesk.views import attachment_list

        files = attachment_list.AttachmentList(self._theme)
        files.removed.connect(self._remove_file)
        files.moved.connect(self._move_file)
        files.listened.connect(self._listen)
        return self._add_above(files, 2)

    @cached_property
    def completion(self) -> Completion:
        from chatdesk.views import completion

        return completion.Completion(self._theme, self.field, self._complete_people, self._mention, self._tone)

    def _add_above(self, widget: _Above, rank: int) -> _Above:
        """Into the frame, over the field: `rank` counts from the top."""
        place = sum(1 for known in self._above if known < rank)
        self._above.add(rank)
        self._inside.insertWidget(place, widget)
        self._order(widget)
        return widget

    def _order(self, *above: QWidget) -> None:
        """The field before its buttons: from it Shift+Tab leads to what is above, and so to the messages."""
        buttons = (self.attach_button, self.emoji_button, self.voice.button, self.send_button)
        for before, after in pairwise((*above, self.field, *buttons)):
            QWidget.setTabOrder(before, after)

    def _has(self, name: str) -> bool:
        """Whether one of them was built already."""
        return name in self.__dict__

    # -- model -------------------------------------------------------------------------------------------------------

    def set_settings(self, settings: SettingsModel) -> None:
        """Where recent emoji and the skin tone are kept."""
        self._settings = settings
        self.tools.settings = self.voice.settings = settings

    def set_model(self, model: ComposerModel | None) -> None:
        if self._model is not None:
            self._model.text_replaced.disconnect(self._show_text)
            self._model.files_changed.disconnect(self._show_files)
            self._model.blocked_changed.disconnect(self._show_blocked)
            self._model.mode_changed.disconnect(self._show_mode)
            self._model.hold_changed.disconnect(self._show_hold)
        self._model = model
        self.voice.set_model(model)
        if model is not None:
            model.text_replaced.connect(self._show_text)
            model.files_changed.connect(self._show_files)
            model.blocked_changed.connect(self._show_blocked)
            model.mode_changed.connect(self._show_mode)
            model.hold_changed.connect(self._show_hold)
            self._show_text(model.text)
            self._show_files()
            self._show_blocked(model.blocked)
            self._show_mode()
            self._show_hold()

    def set_peer(self, name: str) -> None:
        self._peer = name
        self._show_placeholder()

    def record(self) -> None:
        """Begin a voice message, or end the one that is being recorded."""
        self.voice.record()

    def _listen(self, index: int) -> None:
        if self._model is not None:
            self._model.listen(index)

    def add_files(self, paths: list[Path]) -> None:
        if self._model is not None:
            self._model.add_files(paths)
            self.field.setFocus()

    @property
    def is_blocked(self) -> bool:
        return self._model is None or bool(self._model.blocked)

    def _show_text(self, text: str) -> None:
        if text != self.field.toPlainText():
            self.field.show_text(text)
        self._show_ready()

    def _show_files(self) -> None:
        if self._model is not None and (self._model.files or self._has("files")):
            self.files.show_files(self._model.attachments, self._model.sounds)
        self._show_ready()
        self._show_placeholder()

    def _show_mode(self) -> None:
        mode = None if self._model is None else self._model.mode
        is_new = mode is not None and not self.mode_bar.isVisible()
        if mode is not None or self._has("mode_bar"):
            self.mode_bar.show_mode(mode)
        is_edit = mode is not None and mode.kind is ModeKind.EDIT
        self.attach_button.setEnabled(not is_edit)
        if self._has("files"):
            self.files.setVisible(not is_edit and self._model is not None and bool(self._model.files))
        self._show_ready()
        self._show_placeholder()
        if is_new and self.isVisible():
            self.field.setFocus()
            self._announce(self.mode_bar.accessibleName())

    def _show_hold(self) -> None:
        if self._model is not None and (self._model.held is not None or self._has("hold_bar")):
            had_focus = self.hold_bar.isAncestorOf(self.focusWidget())
            is_new = self._model.held is not None and not self.hold_bar.isVisible()
            self.hold_bar.show_held(self._model.held, self._model.seconds_left)
            if is_new:
                self._announce(self.hold_bar.accessibleName())
            if had_focus and self._model.held is None:
                self.field.setFocus()

    def _announce(self, text: str) -> None:
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.field, text))

    def _show_placeholder(self) -> None:
        mode = None if self._model is None else self._model.mode
        files = () if self._model is None else self._model.files
        if mode is not None and mode.kind is ModeKind.EDIT:
            text = self.tr("What shall it say?")
        elif len(files) == 1:
            text = self.tr("Add a caption")
        else:
            text = self.tr("Message {0}").format(self._peer)
        self.field.show_hint(text)

    def _show_blocked(self, why: str) -> None:
        had_focus = self.field.hasFocus()
        self._why.setText(why)
        self._why.setAccessibleName(why)
        self._frame.setVisible(not why)
        self._notice.setVisible(bool(why))
        if had_focus and why:
            self.window().setFocus()

    def _show_ready(self) -> None:
        model = self._model
        is_edit = model is not None and model.mode is not None and model.mode.kind is ModeKind.EDIT
        has_files = model is not None and bool(model.files) and not is_edit
        is_ready = bool(self.field.toPlainText().strip()) or has_files
        self.send_button.setVisible(is_ready or is_edit)
        self.voice.button.setVisible(not (is_ready or is_edit))
        self.send_button.set_sign("check" if is_edit else "send", "accent" if is_ready else "muted")
        self.send_button.set_name(self.tr("Save the change") if is_edit else self.tr("Send"))

    def _tell_text(self) -> None:
        if self._model is not None:
            self._model.set_text(self.field.toPlainText())
        self._show_ready()
        if not self._has("completion") and any(sign in self.field.toPlainText() for sign in "@:"):
            self.completion.look()  # from now on it watches the field by itself

    def _remove_file(self, index: int) -> None:
        if self._model is not None:
            self._model.remove_file(index)
            self.field.setFocus()

    def _send(self) -> None:
        if self._model is not None:
            self._model.send()
            self.field.setFocus()

    # -- what the gestures mean --------------------------------------------------------------------------------------

    def _move_file(self, index: int, to: int) -> None:
        if self._model is not None:
            self._model.move_file(index, to)

    def _add_image(self, image: QImage) -> None:
        if self._model is not None:
            self._model.add_image(image)

    def _edit_last(self) -> None:
        if self._model is not None:
            self._model.edit_last()

    def _step_reply(self, step: int) -> None:
        if self._model is not None:
            self._model.step_reply(step)

    def _cancel_mode(self) -> None:
        if self.voice.is_recording:
            self.voice.cancel()
        elif self._model is not None:
            self._model.cancel_mode()
            self.field.setFocus()

    def _undo(self) -> None:
        if self._model is not None:
            self._model.undo()
            self.field.setFocus()

    def _send_now(self) -> None:
        if self._model is not None:
            self._model.send_now()

    def _complete_people(self, start: str) -> tuple[Person, ...]:
        return () if self._model is None else self._model.complete_people(start)

    def _mention(self, person: Person) -> None:
        if self._model is not None:
            self._model.mention(person)

    def _tone(self) -> int:
        return 0 if self._settings is None else self._settings.preferences.skin_tone

    def _insert_emoji(self, symbol: str) -> None:
        self.field.insertPlainText(symbol)
        self.field.setFocus()

    def _keep_note(self) -> None:
        if self._model is not None:
            self._model.keep_note()
        self.field.setFocus()

    def _send_element(self, element: Element) -> None:
        if self._model is not None:
            self._model.send_element(element)
        self.field.setFocus()

    # -- look --------------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self.voice.takes(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.voice.takes(event):
            self.voice.cancel()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self._frame.update()
        is_escape = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if (
            event.type() is QEvent.Type.ShortcutOverride
            and is_escape
            and self._has("mode_bar")
            and self.mode_bar.isVisible()
        ):
            event.accept()  # here it ends the mode, elsewhere it closes the side pane
            return True
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
