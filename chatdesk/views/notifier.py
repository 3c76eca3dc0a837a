"""Shows what `Notifications` decides: by the desktop's portal, else by the tray, and always as a nudge in the task bar.

Main thread only. Owns the way to the desktop, found at the first notification; clicking one is told by `opened`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget

from chatdesk.domain.changes import Changes, ConnectionKind
from chatdesk.domain.ids import ConversationId
from chatdesk.models.notifications import Decision, Notification, Notifications
from chatdesk.models.session import SessionModel
from chatdesk.models.settings import SettingsModel
from chatdesk.views.tray import Tray

if TYPE_CHECKING:  # D-Bus is not on every system
    from chatdesk.views.desktop_notifications import PortalNotifications


class Notifier(QObject):
    opened = Signal(object)
    """ConversationId of a notification that was clicked."""

    def __init__(
        self, settings: SettingsModel, portal: PortalNotifications | None, tray: Tray, window: QWidget
    ) -> None:
        super().__init__(window)
        self._settings = settings
        self._portal = portal
        self._tray = tray
        self._window = window
        self._rules = Notifications(self)
        self._session: SessionModel | None = None
        self._names: dict[str, Notification] = {}
        self._shown: Notification | None = None
        if portal is not None:
            portal.clicked.connect(self._on_clicked)
            portal.failed.connect(self._on_failed)
        tray.message_clicked.connect(self._on_tray_clicked)
        settings.changed.connect(self._on_settings)

    def attach(self, session: SessionModel) -> Callable[[], None]:
        """Tell what this account gets, until the returned function is called."""
        self._session = session
        self._rules = Notifications(self)
        session.loaded.connect(self._on_loaded)
        session.applied.connect(self._on_changes)
        self._on_loaded()
        return self.detach

    def detach(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            session.loaded.disconnect(self._on_loaded)
            session.applied.disconnect(self._on_changes)
            self._carry_out(self._rules.clear())

    def look(self) -> None:
        """The window became active or another conversation was opened."""
        for chat in () if self._session is None else self._session.chats:
            if chat.in_sight is not None:
                self._carry_out(self._rules.seen(chat.in_sight))

    def _on_loaded(self) -> None:
        if self._session is not None:
            self._rules.start(self._session.conversations.items)

    def _on_changes(self, changes: Changes) -> None:
        session = self._session
        if session is not None:
            is_online = session.connection.kind is ConnectionKind.ONLINE
            find = session.conversations.conversation
            self._carry_out(self._rules.decide(changes, self._settings.preferences, find, self._is_seen, is_online))

    def _is_seen(self, identifier: ConversationId) -> bool:
        return self._session is not None and any(chat.in_sight == identifier for chat in self._session.chats)

    def _on_settings(self) -> None:
        if not self._settings.preferences.notify or self._settings.preferences.do_not_disturb:
            self._carry_out(self._rules.clear())

    # -- the desktop -------------------------------------------------------------------------------------------------

    def _carry_out(self, decision: Decision) -> None:
        for identifier in decision.withdrawn:
            name = _name(identifier)
            if self._names.pop(name, None) is not None and self._portal is not None:
                self._portal.withdraw(name)
        for notification in decision.shown:
            self._show(notification)
        if decision.shown and not self._window.isActiveWindow():
            QApplication.alert(self._window)

    def _show(self, notification: Notification) -> None:
        name = _name(notification.conversation)
        self._names[name] = notification
        self._shown = notification
        if self._portal is not None:
            self._portal.show(name, notification.title, notification.body)
        else:
            self._tray.show_message(notification.title, notification.body)

    def _on_failed(self) -> None:
        """No portal here after all: the tray says it, now and from now on."""
        if self._portal is not None:
            self._portal = None
            if self._shown is not None and _name(self._shown.conversation) in self._names:
                self._tray.show_message(self._shown.title, self._shown.body)

    def _on_clicked(self, name: str) -> None:
        notification = self._names.get(name)
        if notification is not None:
            self.opened.emit(notification.conversation)

    def _on_tray_clicked(self) -> None:
        if self._shown is not None:
            self.opened.emit(self._shown.conversation)


def _name(identifier: ConversationId) -> str:
    return f"{int(identifier.type)} {identifier.id}"
