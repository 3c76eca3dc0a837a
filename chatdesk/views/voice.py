"""The way of a voice message through the composer: the button in the place of Send, the line above the field, the keys.

Main thread. A click begins and another one ends; held down, it records as long as it is held, and let go elsewhere it
discards. Owns the button, the line and how long the button is down; the recording is the ComposerModel's.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from chatdesk.models.composer import ComposerModel
from chatdesk.models.settings import SettingsModel
from chatdesk.views.theme import Theme
from chatdesk.views.widgets import IconButton

if TYPE_CHECKING:
    from chatdesk.views.record_bar import RecordBar

HELD_MS = 500
"""Down for longer is held; shorter is a click."""
_NEAR_PX = 48
"""Let go no farther from the button, it is kept."""


class Voice(QObject):
    ended = Signal()
    """Something was recorded, or thrown away: the keyboard belongs to the field again."""

    def __init__(self, theme: Theme, owner: QWidget, insert: Callable[[QWidget], None]) -> None:
        """`insert` puts the line above the field."""
        super().__init__(owner)
        self._theme = theme
        self._insert = insert
        self._model: ComposerModel | None = None
        self._bar: RecordBar | None = None
        self._listened: ComposerModel | None = None
        """Whose recordings the line shows."""
        self._began = False
        """Whether the button that is down began a recording; else it ends one."""
        self._was_recording = False
        self._down = QElapsedTimer()
        self.settings: SettingsModel | None = None
        self.button = IconButton(theme, "microphone", "", "recordButton", owner)
        self.button.clicked.connect(self.record)  # by key: what the mouse does is seen before it is a click
        self.button.installEventFilter(self)
        self._show()

    def set_model(self, model: ComposerModel | None) -> None:
        self._model = model
        self._show()

    @property
    def is_recording(self) -> bool:
        return self._listened is not None and self._listened is self._model and self._listened.recorder.is_recording

    def record(self) -> None:
        """Begin, or end what is being recorded."""
        if self._model is not None and not self._model.blocked:
            self._look_after(self._model)
            self._model.record()

    def cancel(self) -> None:
        if self._listened is not None:
            self._listened.recorder.cancel()

    def takes(self, event: QKeyEvent) -> bool:
        """Escape ends the recording before it closes anything else."""
        return event.key() == Qt.Key.Key_Escape and self.is_recording

    def _look_after(self, model: ComposerModel) -> None:
        if model is self._listened:
            return
        from chatdesk.views.record_bar import RecordBar  # not needed to start

        if self._bar is not None:
            self._bar.deleteLater()
        self._listened, self._bar = model, RecordBar(self._theme, model.recorder)
        self._bar.microphone_chosen.connect(self._choose)
        self._insert(self._bar)
        model.recorder.changed.connect(self._show)
        model.recorder.recorded.connect(lambda _: self.ended.emit())

    def _choose(self, name: str) -> None:
        if self.settings is not None:
            self.settings.change(microphone=name)

    # -- the button --------------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_mouse = isinstance(event, QMouseEvent) and watched is self.button
        if not (is_mouse and isinstance(event, QMouseEvent)):
            return super().eventFilter(watched, event)
        kind, is_left = event.type(), event.button() is Qt.MouseButton.LeftButton
        if is_left and kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick):
            self.button.setDown(True)
            self._on_pressed()
        elif is_left and kind is QEvent.Type.MouseButtonRelease:
            self.button.setDown(False)
            self._on_released(self._is_near(event.position().toPoint()))
        elif kind is QEvent.Type.MouseMove and self.button.isDown() and self._bar is not None:
            self._bar.show_held(self._is_near(event.position().toPoint()))
        return True

    def _is_near(self, point: QPoint) -> bool:
        return self.button.rect().adjusted(-_NEAR_PX, -_NEAR_PX, _NEAR_PX, _NEAR_PX).contains(point)

    def _on_pressed(self) -> None:
        self._began = not self.is_recording
        self._down.start()
        if self._began:
            self.record()

    def _on_released(self, is_near: bool) -> None:
        if self._bar is not None:
            self._bar.show_held(None)
        if not self._began:
            self.record()  # the second click
        elif not self._down.hasExpired(HELD_MS):
            self._enter()
        elif self._listened is not None:
            (self._listened.recorder.stop if is_near else self._listened.recorder.cancel)()

    def _enter(self) -> None:
        """While the button is held the keyboard stays with it: moved away, it would be let go."""
        if self._bar is not None and self.is_recording and not self.button.isDown():
            self._bar.enter()

    def _show(self) -> None:
        is_recording = self.is_recording
        self.button.set_sign("stop" if is_recording else "microphone", "error" if is_recording else "muted")
        words = self.tr("End the recording (Ctrl+Shift+R)")
        if not is_recording:
            words = self.tr("Record a voice message: click, or hold while you speak (Ctrl+Shift+R)")
        self.button.set_name(words)
        if is_recording and not self._was_recording:
            self._enter()
        self._was_recording = is_recording
        if self._bar is not None and self._bar.had_keyboard:
            self._bar.had_keyboard = False
            self.ended.emit()
