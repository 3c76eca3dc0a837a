"""The window: conversation list, chat, side pane, status line; and the dialogs opened from them.

Main thread only. Opens at once, before any session exists, and takes one over with `attach`. Owns no data: it connects
the view models' signals with the panes and the user's gestures with the view models.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, QRect, QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QMainWindow, QVBoxLayout, QWidget

from chatdesk.domain.changes import ConnectionKind
from chatdesk.domain.ids import ConversationId, ConversationType
from chatdesk.models.chat import ChatModel
from chatdesk.models.conversation_list import ListFilter
from chatdesk.models.session import SessionModel
from chatdesk.models.settings import SettingsModel
from chatdesk.views.chat_view import ChatView
from chatdesk.views.conversation_pane import ConversationPane
from chatdesk.views.conversation_wishes import ConversationWishes
from chatdesk.views.dialogs import Dialogs
from chatdesk.views.gallery import Gallery
from chatdesk.views.icons import app_icon
from chatdesk.views.own_windows import OwnWindows
from chatdesk.views.side_pane import SidePane
from chatdesk.views.status_line import StatusLine
from chatdesk.views.theme import Scheme, Theme
from chatdesk.views.window_layout import WindowLayout

if TYPE_CHECKING:  # loaded after the first paint
    from chatdesk.models.autostart import Autostart
    from chatdesk.models.proxy import ProxyModel
    from chatdesk.views.conversation_window import ConversationWindow
    from chatdesk.views.desktop_notifications import PortalNotifications
    from chatdesk.views.notice import Notice
    from chatdesk.views.notifier import Notifier
    from chatdesk.views.settings_dialog import SettingsDialog
    from chatdesk.views.tray import Tray

_DOTS = {
    ConnectionKind.ONLINE: "ok",
    ConnectionKind.OFFLINE: "error",
    ConnectionKind.LOGGED_OUT: "error",
}


class MainWindow(QMainWindow):
    closing = Signal()
    """The user closes the window; whoever owns the session ends it."""

    def __init__(self, theme: Theme, settings: SettingsModel | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.settings = settings or SettingsModel(parent=self)
        self.settings.changed.connect(self._apply_settings)
        self._session: SessionModel | None = None
        self._disconnects: list[Callable[[], object]] = []
        self._tray: Tray | None = None
        self._notifier: Notifier | None = None
        self._is_quitting = False
        self._waiting_link = ""
        self.proxy: ProxyModel | None = None
        """The way to the server while nobody is logged in."""
        self.autostart: Autostart | None = None
        self.own_windows: OwnWindows | None = None
        """Those of single conversations; None while nobody is logged in."""
        self.setObjectName("mainWindow")
        self.setWindowTitle("chatdesk")
        self.resize(1040, 720)
        self.list_pane = ConversationPane(theme)
        self.chat_view = ChatView(theme)
        self.list_pane.list.field = self.chat_view.composer.field
        self.side_pane = SidePane(theme)
        self.panes = WindowLayout(self.list_pane, self.chat_view, self.side_pane)
        self.status_line = StatusLine(theme)
        self._centre = centre = QWidget()
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.panes, 1)
        column.addWidget(self.status_line)
        self.setCentralWidget(centre)
        self._connect_panes()
        self._add_shortcuts()
        centre.setFocus()  # else the first button in reach would look chosen
        self.set_startup_message(self.tr("Starting…"))
        theme.dress()

    def sizeHint(self) -> QSize:
        return QSize(1040, 720)

    @cached_property
    def notice(self) -> Notice:
        from chatdesk.views.notice import Notice  # not needed to start

        notice = Notice(self._theme, self._centre)
        notice.set_over(self.chat_view)
        notice.set_top(lambda: self.chat_view.upper_edge)
        self.chat_view.upper_edge_changed.connect(notice.place)
        return notice

    def tell(self, sentence: str, is_error: bool = True) -> None:
        """Where the user is: here or in a window of a single conversation."""
        other = None if self.own_windows is None else self.own_windows.active
        (self if other is None else other).notice.show_text(sentence, is_error)

    def show_icon(self) -> None:
        """Its pictures are drawn after the first paint, which does not show them."""
        self.setWindowIcon(app_icon())

    def _connect_panes(self) -> None:
        pane, chat, side = self.list_pane, self.chat_view, self.side_pane
        pane.opened.connect(self.open_conversation)
        pane.downloads_asked.connect(self.toggle_downloads)
        pane.settings_asked.connect(self.open_settings)
        pane.shortcuts_asked.connect(self.open_shortcuts)
        self._connect_files(chat)
        pane.filters.show_kind(ListFilter(self.settings.preferences.list_filter))
        pane.filters.chosen.connect(lambda kind: self.settings.change(list_filter=kind.value))
        pane.passed_over = lambda identifier: self.own_windows is not None and identifier in self.own_windows
        chat.told.connect(lambda text: self.tell(text, is_error=False))
        chat.header.back_asked.connect(self._go_back)
        chat.header.members_asked.connect(self.toggle_members)
        chat.header.search_asked.connect(self.search_here)
        chat.header.media_asked.connect(self.toggle_media)
        pane.search_asked.connect(self.search_everywhere)
        pane.words_asked.connect(self.search_everywhere)
        side.closed.connect(self.close_side_pane)
        side.message_asked.connect(self.go_to_message)
        side.failed.connect(self.tell)
        self.status_line.downloads_asked.connect(self.show_downloads)
        self.panes.narrow_changed.connect(chat.header.set_narrow)

    def _connect_files(self, chat: ChatView) -> None:
        chat.open_download_asked.connect(self.side_pane.open_download)
        chat.download_folder_asked.connect(self.side_pane.show_in_folder)
        chat.download_copy_asked.connect(self.side_pane.copy_download)
        chat.local_file_asked.connect(self.side_pane.open_own_file)

    def _add_shortcuts(self) -> None:
        self.addActions(self.list_pane.actions())  # theirs hold while the chat or the side pane is in the list's place
        for keys, action in (
            ("Ctrl+K", self.open_switcher),
            ("Ctrl+L", self._focus_filter),
            ("Ctrl+F", self.search_here),
            ("Ctrl+G", self.chat_view.jump_to_date),
            ("Ctrl+Shift+M", self.toggle_media),
            ("Ctrl+Tab", lambda: self.list_pane.step(1)),
            ("Ctrl+Shift+Tab", lambda: self.list_pane.step(-1)),
            ("Alt+Down", lambda: self.list_pane.step(1)),
            ("Alt+Up", lambda: self.list_pane.step(-1)),
            *((f"Ctrl+{number}", partial(self._choose_filter, kind)) for number, kind in enumerate(ListFilter, 1)),
            ("Ctrl+Q", self.quit),
            ("Esc", self._escape),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(action)

    # -- session -----------------------------------------------------------------------------------------------------

    def set_startup_message(self, message: str, is_busy: bool = True) -> None:
        """Before there is a session: what is going on, in the list's and the chat's place."""
        if self._session is None:
            self.list_pane.set_model(None)
            self.chat_view.set_starting(message, is_busy)
            self.status_line.show_state(message, "muted")

    def attach(self, session: SessionModel) -> None:
        """Show this account from now on."""
        self.detach()
        self._session = session
        session.apply_preferences(self.settings.preferences)
        session.chat.download_folder = self.settings.chosen_downloads_folder
        session.chat.composer.preferences = lambda: self.settings.preferences
        self.chat_view.composer.set_settings(self.settings)
        self.chat_view.settings = self.settings
        self.list_pane.set_thumbnails(session.thumbnails)
        self.side_pane.set_thumbnails(session.thumbnails)
        self.list_pane.set_account(session.own_name, session.own_user_id, session.own_avatar_uri)
        self.list_pane.set_model(session.conversations, session.has_begun)
        self.chat_view.set_model(session.chat, session.thumbnails, session.has_begun)
        self.side_pane.set_models(session.downloads, session.members, session.search)
        self._listen(session.closed, self.detach)
        self._listen(session.conversations.update_finished, self._show_title)
        self._listen(session.begun, self.list_pane.set_loaded)
        self._listen(session.loaded, self._follow_waiting)
        self._listen(session.loaded, self._show_title)
        self._listen(session.nothing_to_open, self.chat_view.settle)
        self._listen(session.settled, self.chat_view.settle)
        self._listen(session.name_changed, self._show_name)
        self._listen(session.connection_changed, self._show_connection)
        self._listen(session.failed, self.tell)
        self._listen(session.chat.opened, self._on_opened)
        self._listen(session.chat.facts_changed, self._show_title)
        self._listen(session.downloads.started, self._on_download_started)
        self._listen(session.downloads.active_changed, self._show_downloads_activity)
        self._listen(session.downloads.spoken, self.status_line.speak)
        self._listen(session.downloads.finished, self._on_downloaded)
        self._listen(session.members.invited, self._on_invited)
        self._listen_to_gestures(session)
        if self._notifier is not None:
            self._disconnects.append(self._notifier.attach(session))
        session.chat.set_window_active(self.isActiveWindow())
        self._show_connection()
        self._show_downloads_activity()
        self._show_title()
        if session.chat.conversation is not None:
            self._on_opened()  # another window showed it before

    def detach(self) -> None:
        """Forget the session, for example after logging out; the window goes back to its start."""
        if self._session is None:
            return
        for dialog in self.findChildren(QDialog):
            dialog.close()
        for disconnect in self._disconnects:
            disconnect()
        self._disconnects = []
        if self.own_windows is not None:
            self.own_windows.close()
            self.own_windows = None
        self._session = None
        self.close_side_pane()
        self.chat_view.set_model(None)
        self.side_pane.set_models(None, None, None)
        self.side_pane.set_thumbnails(None)
        self.list_pane.set_thumbnails(None)
        self.list_pane.set_account("", "")
        self.status_line.show_downloads("")
        self.set_startup_message("")
        self._show_title()

    def _listen_to_gestures(self, session: SessionModel) -> None:
        pane, chat = self.list_pane, self.chat_view
        dialogs = Dialogs(self._theme, session, self.open_conversation, self)
        for signal in (pane.new_conversation_asked, chat.new_conversation_asked):
            self._listen(signal, dialogs.start_conversation)
        self._listen(pane.new_group_asked, dialogs.start_group)
        self._listen(pane.mailing_asked, dialogs.send_to_many)
        self._listen(chat.header.export_asked, dialogs.export_conversation)
        self._listen(chat.header.past_asked, dialogs.show_past)
        self._listen(pane.import_asked, dialogs.import_messages)
        self._listen(dialogs.told, self.tell)
        self._listen(pane.log_out_asked, dialogs.ask_log_out)
        wishes = ConversationWishes(self._theme, session, self)
        self.own_windows = windows = OwnWindows(
            self._theme, self.settings, session, partial(self._connect_own_window, dialogs, wishes), self
        )
        self._listen(windows.activated, self._look)
        self._listen(windows.switcher_asked, self._come_and_switch)
        self._listen(windows.quit_asked, self.quit)
        for asked in (pane.wished, chat.wished):
            self._listen(asked, wishes.carry_out)
        self._listen(wishes.open_asked, self.open_conversation)
        self._listen(wishes.window_asked, windows.open)
        self._listen(wishes.leave_asked, dialogs.ask_leave)
        self._listen(wishes.told, lambda text: self.tell(text, is_error=False))
        for signal in (chat.header.invite_asked, self.side_pane.invite_asked):
            self._listen(signal, lambda: dialogs.invite_people())
        self._listen(chat.link_followed, self.follow_link)
        self._listen(session.links.conversation_found, self.open_conversation)
        self._listen(session.links.message_found, self.go_to_message)
        self._listen(session.links.person_offered, dialogs.offer_person)
        self._listen(session.links.group_offered, dialogs.offer_group)
        self._listen(session.links.failed, self.tell)
        self._listen(session.starter.failed, self._tell_when_alone)
        self._listen(self.status_line.retry_asked, session.reconnect_now)
        self._disconnects += [dialogs.deleteLater, wishes.deleteLater]
        gallery = self._open_gallery(session, chat, self._centre)
        self._disconnects.append(gallery.end)
        self._listen(self.side_pane.show_media_asked, gallery.show)
        self._listen(self.side_pane.open_media_asked, gallery.open)
        self._listen(self.side_pane.save_media_asked, gallery.save)

    def _open_gallery(self, session: SessionModel, view: ChatView, ground: QWidget) -> Gallery:
        gallery = Gallery(self._theme, session, view, ground)
        gallery.message_asked.connect(self.go_to_message)
        gallery.open_asked.connect(self.side_pane.open_download)
        gallery.own_file_asked.connect(self.side_pane.open_own_file)
        return gallery

    def _connect_own_window(self, dialogs: Dialogs, wishes: ConversationWishes, window: ConversationWindow) -> None:
        """The same for a conversation in a window of its own."""
        view = window.view
        self._connect_files(view)
        view.wished.connect(wishes.carry_out)
        view.header.invite_asked.connect(lambda: dialogs.invite_people(view.model))
        view.header.export_asked.connect(lambda: dialogs.export_conversation(view.model))
        view.header.past_asked.connect(lambda: dialogs.show_past(view.model))
        view.link_followed.connect(self.follow_link)
        if self._session is not None:
            gallery = self._open_gallery(self._session, view, window)
            window.media.show_asked.connect(gallery.show)
            window.media.open_asked.connect(gallery.open)
            window.media.save_asked.connect(gallery.save)

    def _listen(self, signal: SignalInstance, slot: Callable[..., None]) -> None:
        """Connect until `detach`."""
        signal.connect(slot)
        self._disconnects.append(lambda: signal.disconnect(slot))

    # -- what the session tells --------------------------------------------------------------------------------------

    def _show_name(self) -> None:
        if self._session is not None:
            session = self._session
            self.list_pane.set_account(session.own_name, session.own_user_id, session.own_avatar_uri)
            self._show_title()

    def _show_title(self) -> None:
        session = self._session
        parts = ["chatdesk"]
        unread = 0
        if session is not None:
            unread = session.conversations.unread if session.is_loaded else 0  # no number grows while one looks
            parts.insert(0, session.own_name)
            if session.chat.conversation is not None:
                parts.insert(0, session.chat.conversation.name)
        self.setWindowTitle((f"({unread}) " if unread else "") + " – ".join(parts))
        if self._tray is not None:
            self._tray.show_unread(unread)

    def _show_connection(self) -> None:
        session = self._session
        if session is not None:
            kind = session.connection.kind
            is_down = kind in (ConnectionKind.OFFLINE, ConnectionKind.LOGGED_OUT)
            self.status_line.show_state(
                session.connection_text(),
                _DOTS.get(kind, "muted"),
                session.connection_detail(),
                session.can_reconnect,
                is_down,
            )

    def _on_download_started(self) -> None:
        if not self.panes.is_crowded:  # else something would make room for it; the bubble and the slim bar tell too
            self.show_downloads()

    def _on_downloaded(self, sentence: str) -> None:
        """For the eye where nothing else shows it: a picture looks as before."""
        if self.panes.is_side_shown and self.side_pane.page is self.side_pane.downloads:
            self.status_line.speak(sentence)
        else:
            self.tell(sentence, is_error=False)

    def _show_downloads_activity(self) -> None:
        if self._session is not None:
            downloads = self._session.downloads
            self.status_line.show_downloads(downloads.active_text(), downloads.active_share())

    def _on_opened(self) -> None:
        session = self._session
        if session is None:
            return
        conversation = session.chat.conversation
        self.list_pane.set_open(None if conversation is None else conversation.id)
        self._show_title()
        self._look()
        if conversation is None:
            self.panes.show_list()
        else:
            self.chat_view.focus_composer()
        if self.panes.is_side_shown and self.side_pane.page is self.side_pane.members:
            if conversation is None or session.chat.is_invitation:
                self.close_side_pane()
            else:
                session.members.show(conversation)
        elif self.panes.is_side_shown and self.side_pane.page is self.side_pane.media:
            if conversation is None or session.chat.is_invitation:
                self.close_side_pane()
            else:
                self._show_media(session, session.chat)
        elif self.panes.is_side_shown and self.side_pane.page is self.side_pane.search:
            self.side_pane.search.follow(conversation, self._people_to_search(session))

    def _on_invited(self, count: int) -> None:
        self.tell(self.tr("%n invited.", "", count), is_error=False)

    # -- settings ----------------------------------------------------------------------------------------------------

    def _apply_settings(self) -> None:
        chosen = self.settings.preferences
        self._theme.set_text_percent(chosen.text_percent)
        self._theme.set_still(chosen.is_still)
        if self._theme.scheme.value != chosen.scheme:
            self._theme.set_scheme(Scheme(chosen.scheme))
        if self._session is not None:
            self._session.apply_preferences(chosen)

    def open_settings(self, place: QRect | None = None) -> SettingsDialog:
        """`place`: where one stood that this one follows."""
        from chatdesk.views.settings_dialog import SettingsDialog  # the first paint does not wait for it

        has_tray = self._tray is not None and self._tray.is_there
        dialog = SettingsDialog(self.settings, self._theme, self._session, self.proxy, self.autostart, has_tray, self)
        dialog.log_out_asked.connect(self.list_pane.log_out_asked)
        if place is not None:
            dialog.take_place(place)
        dialog.open()
        return dialog

    def open_shortcuts(self) -> None:
        from chatdesk.views.shortcuts import ShortcutsDialog  # the first paint does not wait for it

        ShortcutsDialog(self).open()

    def open_switcher(self) -> None:
        from chatdesk.views.navigator import Navigator  # the first paint does not wait for it

        if self._session is not None:
            Navigator(self._theme, self, self._session)

    # -- gestures ----------------------------------------------------------------------------------------------------

    def open_conversation(self, identifier: ConversationId) -> None:
        if self.own_windows is not None and self.own_windows.come_forward(identifier):
            return
        if self._session is not None:
            self._session.chat.open(identifier)
            self.panes.show_chat()
            if self.panes.is_narrow:
                self.close_side_pane()

    def toggle_downloads(self) -> None:
        if self.panes.is_side_shown and self.side_pane.page is self.side_pane.downloads:
            self.close_side_pane()
        else:
            self.show_downloads()

    def show_downloads(self) -> None:
        self.side_pane.show_page(self.side_pane.downloads)
        self.panes.show_side(True)

    def toggle_members(self) -> None:
        session = self._session
        if self.panes.is_side_shown and self.side_pane.page is self.side_pane.members:
            self.close_side_pane()
        elif session is not None and session.chat.conversation is not None:
            session.members.show(session.chat.conversation)
            self.side_pane.show_page(self.side_pane.members)
            self.panes.show_side(True)

    def toggle_media(self) -> None:
        """What was sent in the open conversation: pictures, files, links."""
        session = self._session
        if self.panes.is_side_shown and self.side_pane.page is self.side_pane.media:
            self.close_side_pane()
        elif session is not None and session.chat.conversation is not None:
            self._show_media(session, session.chat)
            self.side_pane.show_page(self.side_pane.media)
            self.panes.show_side(True)
            self.side_pane.media.enter()

    def _show_media(self, session: SessionModel, chat: ChatModel) -> None:
        if chat.conversation is not None:
            session.shared_media.show(chat.conversation.id)
            self.side_pane.media.set_model(session.shared_media, session.thumbnails)

    def search_here(self) -> None:
        self._search(everywhere=False)

    def search_everywhere(self, text: str = "") -> None:
        self._search(everywhere=True, text=text)

    def _search(self, everywhere: bool, text: str = "") -> None:
        session = self._session
        if session is None:
            return
        self.side_pane.show_page(self.side_pane.search)
        self.panes.show_side(True)
        people = self._people_to_search(session)
        self.side_pane.search.search_in(session.chat.conversation, people, everywhere, text)

    def _people_to_search(self, session: SessionModel) -> dict[str, str]:
        chat = session.chat
        people = {session.own_user_id: self.tr("You")}
        people |= {user: name for user, name in chat.people().items() if user not in people}
        return people | {c.id.id: c.name for c in session.conversations.items if c.id.type is ConversationType.C2C}

    def follow_link(self, address: str) -> None:
        """Open what an address of a person, a group or a message leads to; kept until somebody is logged in."""
        if self._session is None or not self._session.is_loaded:
            self._waiting_link = address
        elif not self._session.links.follow(address):
            self.tell(self.tr("This is no address of a person, a group or a message: {0}").format(address))

    def _follow_waiting(self) -> None:
        address, self._waiting_link = self._waiting_link, ""
        if address:
            self.follow_link(address)

    def _tell_when_alone(self, sentence: str) -> None:
        """A dialog says itself why it could not start a conversation."""
        if not any(dialog.isVisible() for dialog in self.findChildren(QDialog)):
            self.tell(sentence)

    def go_to_message(self, identifier: ConversationId, key: int) -> None:
        """Open a conversation at one of its messages, and show where it is."""
        if self.own_windows is not None and self.own_windows.go_to(identifier, key):
            return
        if self._session is not None:
            self._session.chat.go_to(identifier, key)
            self.panes.show_chat()
            if self.panes.is_narrow:
                self.close_side_pane()

    def close_side_pane(self) -> None:
        had_focus = self.side_pane.isAncestorOf(self.focusWidget()) if self.focusWidget() is not None else False
        self.panes.show_side(False)
        if had_focus:
            self.chat_view.focus_composer()

    def _go_back(self) -> None:
        self.panes.show_list()
        self.list_pane.list.setFocus()

    def _focus_filter(self) -> None:
        self.panes.show_list()
        self.list_pane.filter_field.setFocus()
        self.list_pane.filter_field.selectAll()

    def _choose_filter(self, kind: ListFilter) -> None:
        self.panes.show_list()
        self.list_pane.filters.choose(kind)

    def _escape(self) -> None:
        if self.list_pane.filter_field.hasFocus() and self.list_pane.filter_field.text():
            self.list_pane.filter_field.clear()
        elif self.chat_view.leave():
            return
        elif self.panes.is_side_shown:
            self.close_side_pane()
        elif self.panes.is_narrow:
            self._go_back()

    # -- window ------------------------------------------------------------------------------------------------------

    def window_state(self) -> bytes:
        """Place and size; with `panes.state()` everything to look the same at the next start."""
        return bytes(self.saveGeometry().data())

    def restore_window_state(self, geometry: bytes) -> None:
        self.restoreGeometry(QByteArray(geometry))

    def follow(self, old: MainWindow) -> None:
        """Take the place of another window, before this one is shown."""
        self.restore_window_state(old.window_state())
        self.panes.restore(old.panes.state())
        self.autostart = old.autostart
        self.proxy = old.proxy
        self._waiting_link = old._waiting_link

    def retire(self) -> None:
        """Go without ending anything: another window has taken over."""
        if self._tray is not None:
            self._tray.hide()
        self.hide()
        self.deleteLater()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What no widget wanted, for example a letter typed among the messages."""
        event.setAccepted(self.chat_view.type_ahead(event))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self._session is not None:
            self._session.chat.set_window_active(self.isActiveWindow())
            self._look()

    def _look(self) -> None:
        """What is in sight may have changed."""
        if self._notifier is not None:
            self._notifier.look()

    def closeEvent(self, event: QCloseEvent) -> None:
        tray = self._tray
        if self.settings.preferences.close_to_tray and not self._is_quitting and tray is not None and tray.is_there:
            event.ignore()
            self.hide()
            tray.watch(True)
            return
        self.closing.emit()
        event.accept()

    # -- desktop -----------------------------------------------------------------------------------------------------

    def join_desktop(self, portal: PortalNotifications | None) -> None:
        """Appear in the tray, where there is one, and tell new messages. Called once, after the first paint."""
        from chatdesk.views.notifier import Notifier
        from chatdesk.views.tray import Tray

        self._tray = tray = Tray(self._theme, self.settings, self)
        self._notifier = notifier = Notifier(self.settings, portal, tray, self)
        tray.window_asked.connect(self.come_forward)
        tray.quit_asked.connect(self.quit)
        tray.lost.connect(self._on_tray_lost)
        notifier.opened.connect(self._open_from_desktop)
        tray.show()
        if self._session is not None:
            self._disconnects.append(notifier.attach(self._session))
        self._show_title()

    def come_forward(self) -> None:
        """Back to the user's eyes, from the tray, the task bar or behind other windows."""
        if self._tray is not None:
            self._tray.watch(False)
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def quit(self) -> None:
        """End the program, also where closing the window only hides it."""
        self._is_quitting = True
        if self._tray is not None:
            self._tray.hide()
        self.close()

    def _come_and_switch(self) -> None:
        self.come_forward()
        self.open_switcher()

    def _open_from_desktop(self, identifier: ConversationId) -> None:
        if self.own_windows is None or identifier not in self.own_windows:
            self.come_forward()
        self.open_conversation(identifier)

    def _on_tray_lost(self) -> None:
        """Nobody could find a hidden window without it."""
        self.showMinimized()
