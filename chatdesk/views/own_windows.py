"""The windows of single conversations of one session. Main thread only.

A conversation is shown in one place at a time: as long as it has a window of its own, the main window brings that one
forward instead of showing it too. So there is one composer and one read report for it, and nothing to keep in step.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from chatdesk.domain.ids import ConversationId
from chatdesk.models.session import SessionModel
from chatdesk.models.settings import SettingsModel
from chatdesk.views.theme import Theme

if TYPE_CHECKING:  # no start needs it
    from chatdesk.views.conversation_window import ConversationWindow


class OwnWindows(QObject):
    """`connect`: the main window connects the gestures of a conversation with what it does for its own."""

    activated = Signal()
    """One of them got or lost the keyboard."""
    switcher_asked = Signal()
    quit_asked = Signal()

    def __init__(
        self,
        theme: Theme,
        settings: SettingsModel,
        session: SessionModel,
        connect: Callable[[ConversationWindow], None],
        main: QWidget,
    ) -> None:
        super().__init__(main)
        self._main = main
        self._theme = theme
        self._settings = settings
        self._session = session
        self._connect = connect
        self._windows: dict[ConversationId, ConversationWindow] = {}

    def __contains__(self, identifier: ConversationId) -> bool:
        return identifier in self._windows

    @property
    def windows(self) -> tuple[ConversationWindow, ...]:
        return tuple(self._windows.values())

    @property
    def conversations(self) -> tuple[ConversationId, ...]:
        return tuple(self._windows)

    @property
    def active(self) -> ConversationWindow | None:
        """The one the user is in."""
        return next((window for window in self._windows.values() if window.isActiveWindow()), None)

    def come_forward(self, identifier: ConversationId) -> bool:
        """Whether this conversation has a window, which is in front now."""
        window = self._windows.get(identifier)
        if window is not None:
            window.come_forward()
        return window is not None

    def go_to(self, identifier: ConversationId, key: int) -> bool:
        """The same, and one of its messages is in sight."""
        if not self.come_forward(identifier):
            return False
        self._windows[identifier].chat.go_to(identifier, key)
        return True

    def open(self, identifier: ConversationId) -> None:
        """Move a conversation to a window of its own."""
        is_there = self._session.conversations.conversation(identifier) is not None
        if self.come_forward(identifier) or not is_there:
            return
        from chatdesk.views.conversation_window import ConversationWindow

        session = self._session
        main = session.chat
        if main.conversation is not None and main.conversation.id == identifier:
            main.open(None)
        chat = session.add_chat()
        chat.download_folder = main.download_folder
        chat.composer.preferences = main.composer.preferences
        chat.open(identifier)
        window = ConversationWindow(self._theme, self._settings, chat, session)
        self._connect(window)
        window.closed.connect(lambda: self._forget(identifier))
        window.activated.connect(self.activated)
        window.switcher_asked.connect(self.switcher_asked)
        window.quit_asked.connect(self.quit_asked)
        window.place_changed.connect(lambda place: session.note_window_place(identifier, place))
        self._windows[identifier] = window
        window.come_up(session.window_place(identifier), self._main.geometry())

    def _forget(self, identifier: ConversationId) -> None:
        window = self._windows.pop(identifier, None)
        if window is not None:
            window.view.set_model(None)
            self._session.remove_chat(window.chat)
            window.deleteLater()

    def close(self) -> None:
        """The session ends, and what it shows with it."""
        for window in self.windows:
            window.close()
        self.deleteLater()
