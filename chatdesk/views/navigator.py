"""Goes where the user wants: opens Ctrl+K and carries out what was chosen there. Main thread only; owns nothing.

Loaded with the first Ctrl+K, not when the program starts.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from chatdesk.models.session import SessionModel
from chatdesk.models.switcher import Choice, Command, Kind
from chatdesk.views.switcher import Switcher
from chatdesk.views.theme import Theme

if TYPE_CHECKING:
    from chatdesk.views.main_window import MainWindow

Action = Callable[[], object]


class Navigator(QObject):
    def __init__(self, theme: Theme, window: MainWindow, session: SessionModel) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        commands = dict(self._commands())
        self._actions = {command.name: action for command, action in commands.items()}
        self._switcher = Switcher(theme, session.switcher(list(commands)), window, session.thumbnails)
        self._switcher.chosen.connect(self.go)
        self._switcher.finished.connect(self.deleteLater)
        self._switcher.open_over(window)

    def _commands(self) -> list[tuple[Command, Action]]:
        """What can be done from anywhere."""
        window = self._window
        pane = window.list_pane
        return [
            (Command("newConversation", self.tr("New conversation"), "Ctrl+N"), pane.new_conversation_asked.emit),
            (Command("newGroup", self.tr("New group"), "Ctrl+Shift+N"), pane.new_group_asked.emit),
            (Command("mailing", self.tr("Send to many")), pane.mailing_asked.emit),
            (Command("import", self.tr("Import messages")), pane.import_asked.emit),
            (Command("search", self.tr("Search messages"), "Ctrl+Shift+F"), window.search_everywhere),
            (Command("downloads", self.tr("Downloads"), "Ctrl+J"), window.show_downloads),
            (Command("members", self.tr("Members")), window.toggle_members),
            (Command("settings", self.tr("Settings"), "Ctrl+,"), window.open_settings),
            (Command("shortcuts", self.tr("Keyboard shortcuts"), "F1"), window.open_shortcuts),
            (Command("logOut", self.tr("Log out")), pane.log_out_asked.emit),
            (Command("quit", self.tr("Quit chatdesk"), "Ctrl+Q"), window.quit),
        ]

    def go(self, choice: Choice) -> None:
        window = self._window
        match choice.kind:
            case Kind.COMMAND:
                self._actions[choice.address]()
            case Kind.MESSAGE if choice.identifier is not None:
                window.go_to_message(choice.identifier, choice.key)
            case Kind.CONVERSATION if choice.identifier is not None:
                window.open_conversation(choice.identifier)
            case Kind.DATE if choice.identifier is not None:
                window.open_conversation(choice.identifier)
                window.chat_view.go_to_time(choice.time_ms)
            case Kind.PERSON:
                self._session.starter.start_c2c(choice.address)
            case Kind.LINK:
                window.follow_link(choice.address)
