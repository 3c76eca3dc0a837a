"""Goes where the user wants: opens Ctrl+K and carries out what was chosen there. Main thread only; owns nothing.

Loaded with the first Ctrl+K, not when the program starts.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject

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
            *self._conversation_commands(),
            *self._settings_commands(),
        ]

    def _conversation_commands(self) -> list[tuple[Command, Action]]:
        chat, header = self._session.chat, self._window.chat_view.header
        if chat.conversation is None or chat.is_invitation:
            return []
        return [
            (Command("media", self.tr("Pictures, files and links"), "Ctrl+Shift+M"), self._window.toggle_media),
            (Command("past", self.tr("History of this conversation")), header.past_asked.emit),
            (Command("export", self.tr("Export this conversation")), header.export_asked.emit),
        ]

    def _settings_commands(self) -> list[tuple[Command, Action]]:
        return [
            (Command(f"settings {title}", self.tr("Settings: {0}").format(title)), partial(self._open_settings, title))
            for title in _sections()
        ]

    def _open_settings(self, title: str) -> None:
        self._window.open_settings().show_section(title)

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


def _sections() -> tuple[str, ...]:
    """As the settings call them, which are not loaded for this."""
    return (
        QCoreApplication.translate("SettingsDialog", "General"),
        QCoreApplication.translate("SettingsDialog", "Appearance"),
        QCoreApplication.translate("SettingsDialog", "Notifications"),
        QCoreApplication.translate("SettingsDialog", "Account"),
        QCoreApplication.translate("SettingsDialog", "Devices"),
        QCoreApplication.translate("SettingsDialog", "Privacy"),
        QCoreApplication.translate("SettingsDialog", "Writing"),
        QCoreApplication.translate("SettingsDialog", "Storage"),
        QCoreApplication.translate("SettingsDialog", "Network"),
    )
