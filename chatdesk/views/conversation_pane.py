"""The left pane: own account, filter, the conversation list, and what can be started from here.

Main thread only. Owns the filter and the menus; opening, accepting or leaving a conversation is asked for by a signal.
"""

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPushButton,
    QStackedLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from chatdesk.domain.conversations import Conversation, Membership
from chatdesk.domain.ids import ConversationId
from chatdesk.models.conversation_filter import ConversationFilter
from chatdesk.models.conversation_list import ConversationListModel, ListFilter
from chatdesk.models.thumbnails import Thumbnails
from chatdesk.views.conversation_list_view import ConversationListView
from chatdesk.views.conversation_menu import fill, row_wishes
from chatdesk.views.filter_bar import FilterBar
from chatdesk.views.icons import icon
from chatdesk.views.skeleton import Skeleton
from chatdesk.views.theme import SMALL, SPACING, Theme
from chatdesk.views.widgets import Avatar, ElidedLabel, EmptyState, IconButton, button

if TYPE_CHECKING:
    from chatdesk.views.invitation_section import InvitationSection


class ConversationPane(QWidget):
    opened = Signal(object)
    """ConversationId the user chose."""
    new_conversation_asked = Signal()
    new_group_asked = Signal()
    mailing_asked = Signal()
    import_asked = Signal()
    downloads_asked = Signal()
    search_asked = Signal()
    words_asked = Signal(str)
    """What was typed to filter is to be searched for in the messages."""
    settings_asked = Signal()
    shortcuts_asked = Signal()
    log_out_asked = Signal()
    wished = Signal(object, object)
    """A Wish of the menu, and the ConversationId it is for."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows: ConversationFilter | None = None
        self._is_loaded = False
        self.setProperty("surface", "sidebar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumWidth(200)

        self._avatar = Avatar(theme, 1.9)
        self._name = ElidedLabel(bold=True)
        self._user_id = ElidedLabel(factor=SMALL)
        self._user_id.setProperty("kind", "muted")
        self.new_button = IconButton(theme, "compose", self.tr("New conversation"), "newConversationButton")
        self.new_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.new_button.setMenu(self._new_menu())
        self.menu_button = IconButton(theme, "menu", self.tr("Menu"), "menuButton")
        self.menu_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.menu_button.setMenu(self._main_menu())

        self.filter_field = QLineEdit()
        self.filter_field.setObjectName("conversationFilter")
        self.filter_field.setAccessibleName(self.tr("Filter conversations"))
        self.filter_field.setPlaceholderText(self.tr("Filter conversations"))
        self._search_action = QAction(self)
        self.filter_field.addAction(self._search_action, QLineEdit.ActionPosition.LeadingPosition)
        self.filter_field.textChanged.connect(self._filter)
        self.filter_field.returnPressed.connect(self._open_first)

        self.filters = FilterBar()
        self.filters.chosen.connect(self._show_kind)
        self.list = ConversationListView(theme)
        self.list.chosen.connect(self._choose)
        self.list.menu_asked.connect(self._show_menu)
        self._source: ConversationListModel | None = None
        self._thumbnails: Thumbnails | None = None
        self._open: ConversationId | None = None
        self.passed_over: Callable[[ConversationId], bool] = lambda _: False
        """Which conversations `step` leaves out."""
        self.filter_field.installEventFilter(self)

        self._skeleton = Skeleton(theme)

        self._build()
        self._refresh()
        theme.changed.connect(self._refresh)
        self.set_account("", "")

    def _build(self) -> None:
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(self._name)
        names.addWidget(self._user_id)
        head = QHBoxLayout()
        head.setContentsMargins(14, SPACING, SPACING, SPACING // 2)
        head.setSpacing(SPACING // 2)
        head.addWidget(self._avatar)
        head.addSpacing(SPACING // 2)
        head.addLayout(names, 1)
        head.addWidget(self.new_button)
        head.addWidget(self.menu_button)
        search = QHBoxLayout()
        search.setContentsMargins(SPACING + 2, SPACING // 2, SPACING + 2, SPACING)
        search.addWidget(self.filter_field)
        pages = QWidget()  # of its own: where the page changes, Qt paints all that is around the stack again
        self._stack = QStackedLayout(pages)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addLayout(search)
        column.addWidget(self.filters)
        column.addWidget(pages, 1)
        for page in (self._skeleton, self.list):  # now, or the first one would open a window of its own for a moment
            self._stack.addWidget(page)

    # What most starts do not show is built when it is first asked for.

    @cached_property
    def invitations(self) -> "InvitationSection":
        from chatdesk.views.invitation_section import InvitationSection

        section = InvitationSection(self._theme)
        self._column.insertWidget(self._column.indexOf(self.filters) + 1, section)
        section.chosen.connect(self._choose)
        section.menu_asked.connect(self._show_menu)
        section.set_thumbnails(self._thumbnails)
        section.set_model(self._source)
        section.set_text(self.filter_field.text())
        section.set_open(self._open)
        section.set_pane_height(self.height())
        QWidget.setTabOrder(list(self.filters.chips.values())[-1], section.list)
        return section

    @property
    def _built_invitations(self) -> "InvitationSection | None":
        return self.invitations if "invitations" in self.__dict__ else None

    def _settle_invitations(self) -> None:
        items = () if self._source is None else self._source.items
        if self._built_invitations is not None or (items and items[0].membership is Membership.INVITED):
            self.invitations.settle()

    @cached_property
    def _empty(self) -> EmptyState:
        page = EmptyState(
            self._theme,
            "chat",
            self.tr("No conversations yet"),
            self.tr("Write to somebody, or bring people together in a group."),
        )
        start = button(self.tr("New conversation…"), "emptyNewConversation", "primary")
        start.clicked.connect(self.new_conversation_asked)
        group = button(self.tr("New group…"), "emptyNewGroup")
        group.clicked.connect(self.new_group_asked)
        page.add_widget(start)
        page.add_widget(group)
        self._stack.addWidget(page)
        QWidget.setTabOrder(self.list, start)
        QWidget.setTabOrder(start, group)
        return page

    @cached_property
    def _nothing(self) -> EmptyState:
        page = EmptyState(self._theme, "search", "", "")
        everything = button(self.tr("Show all"), "showAllConversations")
        everything.clicked.connect(self._show_all)
        page.add_widget(everything)
        self._stack.addWidget(page)
        QWidget.setTabOrder(self.list, everything)
        return page

    @cached_property
    def search_button(self) -> QPushButton:
        """Under the list, while something is typed: the words may be in a message instead of a name."""
        found = button("", "searchWordsButton", "flat")
        found.clicked.connect(self._search_words)
        return found

    @cached_property
    def _under_list(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setContentsMargins(SPACING + 2, SPACING // 2, SPACING + 2, SPACING)
        self._column.addLayout(line)
        return line

    def _offer_search(self, is_expected: bool = False) -> None:
        """`is_expected`: it is made, though not shown yet."""
        words = self.filter_field.text().strip()
        if words or is_expected or "search_button" in self.__dict__:
            text = self.tr("Search messages for “{0}”").format(words)
            room = self.width() - 6 * SPACING
            shown = self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, room)
            self.search_button.setText(shown.replace("&", "&&"))
            self.search_button.setAccessibleName(text)
            is_nothing = bool(words) and self._stack.currentWidget() is not self.list
            self._place_search(self._nothing if is_nothing else self)  # where the eye is
            self.search_button.setVisible(bool(words))

    def _place_search(self, ground: QWidget) -> None:
        if self.search_button.parentWidget() is ground:
            return
        if ground is self:
            self._under_list.addWidget(self.search_button, 0, Qt.AlignmentFlag.AlignLeading)
        else:
            self._nothing.add_widget(self.search_button)
        QWidget.setTabOrder(self.list, self.search_button)

    def _search_words(self) -> None:
        words = self.filter_field.text().strip()
        self.words_asked.emit(words)
        self.filter_field.clear()

    def _word_nothing(self) -> None:
        if self.filter_field.text().strip():
            self._nothing.set_texts(self.tr("Nothing found"), self.tr("No conversation shown here has this name."))
            return
        title, hint = {
            ListFilter.ALL: ("", ""),
            ListFilter.UNREAD: (self.tr("Nothing unread"), self.tr("You have read everything.")),
            ListFilter.MENTIONS: (self.tr("No mentions"), self.tr("Nobody mentioned you in what you have not read.")),
            ListFilter.PEOPLE: (self.tr("No people yet"), self.tr("Write to somebody to see them here.")),
            ListFilter.GROUPS: (self.tr("No groups yet"), self.tr("Make a group to see it here.")),
        }[self.filters.kind]
        self._nothing.set_texts(title, hint)

    def _show_all(self) -> None:
        self.filter_field.clear()
        self.filters.choose(ListFilter.ALL)
        self.list.setFocus()

    # -- contents ----------------------------------------------------------------------------------------------------

    def set_account(self, name: str, user_id: str, avatar_uri: str = "") -> None:
        self._avatar.show_for(name, user_id, uri=avatar_uri)
        self._name.setText(name)
        self._user_id.setText(user_id)
        for widget in (self.new_button, self.filter_field):
            widget.setEnabled(bool(user_id))
        self._log_out.setEnabled(bool(user_id))
        self._downloads.setEnabled(bool(user_id))
        self._search.setEnabled(bool(user_id))
        self._mailing.setEnabled(bool(user_id))
        self._import.setEnabled(bool(user_id))

    def set_model(self, source: ConversationListModel | None, is_loaded: bool = True) -> None:
        """Show these conversations; None shows grey shapes until there is an account."""
        previous = self._rows
        self._rows = None if source is None else ConversationFilter(source, self)
        if source is not None and self._rows is not None:
            source.update_started.connect(self.list.remember)
            source.update_finished.connect(self._settle)
            self._rows.set_text(self.filter_field.text())
            self._rows.set_kind(self.filters.kind)
            for changed in (self._rows.rowsInserted, self._rows.rowsRemoved, self._rows.modelReset):
                changed.connect(self._show_page)
        self.list.set_rows(self._rows)
        self._source = source
        if self._built_invitations is not None:
            self.invitations.set_model(source)
        self._settle_invitations()
        if previous is not None:
            previous.deleteLater()
        self._is_loaded = is_loaded
        self._show_page()
        if source is not None and not is_loaded:
            QTimer.singleShot(0, self, self._prepare_list)  # while the store reads

    def _prepare_list(self) -> None:
        if not self._is_loaded:
            self.list.prepare()

    def set_thumbnails(self, thumbnails: Thumbnails | None) -> None:
        """Where the pictures of people and groups come from."""
        self._avatar.set_thumbnails(thumbnails)
        self.list.set_thumbnails(thumbnails)
        self._thumbnails = thumbnails
        if self._built_invitations is not None:
            self.invitations.set_thumbnails(thumbnails)

    def set_loaded(self) -> None:
        self._is_loaded = True
        self._show_page()

    def set_open(self, identifier: ConversationId | None) -> None:
        """This conversation is open: its row is the selected one."""
        self._open = identifier
        self.list.set_open(identifier)
        if self._built_invitations is not None:
            self.invitations.set_open(identifier)

    def step(self, by: int) -> None:
        """Open the conversation `by` rows below (above when negative) the open one; round at the ends."""
        if self._rows is None or not self._rows.rowCount():
            return
        current = self.list.selectedIndexes()
        row = current[0].row() + by if current else (0 if by > 0 else -1)
        for _ in range(self._rows.rowCount()):
            index = self._rows.index(row % self._rows.rowCount(), 0)
            if not self.passed_over(index.data(ConversationListModel.CONVERSATION).id):
                self.list.scrollTo(index)
                self._choose(index)
                return
            row += by

    def _settle(self) -> None:
        self.list.settle()
        self._settle_invitations()
        self._show_page()

    def _show_page(self) -> None:
        page: QWidget = self.list
        if self._rows is None or not self._is_loaded:
            page = self._skeleton
        elif not self._rows.rowCount():
            page = self._nothing if self._rows.is_filtering else self._empty
            if self._rows.is_filtering:
                self._word_nothing()
        self._stack.setCurrentWidget(page)
        self._offer_search()

    # -- gestures ----------------------------------------------------------------------------------------------------

    def _choose(self, index: QModelIndex) -> None:
        conversation: Conversation | None = index.data(ConversationListModel.CONVERSATION)
        if conversation is not None:
            self.opened.emit(conversation.id)

    def _open_first(self) -> None:
        if self._rows is not None and self._rows.rowCount():
            self._choose(self._rows.index(0, 0))
            self.filter_field.clear()
        elif self.filter_field.text().strip():
            self._search_words()

    def _expect_words(self) -> None:
        """What the first letter brings into view takes longer to make than to find the letter: the start does without,
        and who is about to type does not wait."""
        self.filter_field.setClearButtonEnabled(True)
        self._offer_search(is_expected=True)

    def _filter(self, text: str) -> None:
        self.filter_field.setClearButtonEnabled(True)
        if self._rows is not None:
            self.list.remember()
            self._rows.set_text(text)
            if self._built_invitations is not None:
                self.invitations.set_text(text)
            self._settle()

    def _show_kind(self, kind: ListFilter) -> None:
        if self._rows is not None:
            self.list.remember()
            self._rows.set_kind(kind)
            self._settle()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down in the filter field walks into the list, or to what can be done where that is empty."""
        if event.type() is QEvent.Type.FocusIn:
            self._expect_words()
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Down:
            is_searching = self.list.isHidden() and bool(self.filter_field.text().strip())
            below = self.search_button if is_searching else self.list
            below.setFocus(Qt.FocusReason.TabFocusReason)
            return True
        return super().eventFilter(watched, event)

    def _show_menu(self, index: QModelIndex, position: QPoint) -> None:
        conversation: Conversation | None = index.data(ConversationListModel.CONVERSATION)
        if conversation is None:
            return
        menu = QMenu(self)
        menu.setObjectName("conversationMenu")
        menu.setAccessibleName(conversation.name)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        identifier = conversation.id
        wishes = row_wishes(conversation)
        fill(menu, wishes, lambda wish: self.wished.emit(wish, identifier), conversation.muted_until_ms)
        menu.popup(position)

    # -- menus -------------------------------------------------------------------------------------------------------

    def _new_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setObjectName("newMenu")
        conversation = menu.addAction(self.tr("New conversation…"))
        conversation.setObjectName("newConversationAction")
        conversation.setShortcut("Ctrl+N")
        conversation.triggered.connect(self.new_conversation_asked)
        group = menu.addAction(self.tr("New group…"))
        group.setObjectName("newGroupAction")
        group.setShortcut("Ctrl+Shift+N")
        group.triggered.connect(self.new_group_asked)
        self.addActions([conversation, group])
        return menu

    def _main_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setObjectName("mainMenu")
        self._search = menu.addAction(self.tr("Search messages"))
        self._search.setObjectName("searchAction")
        self._search.setShortcut("Ctrl+Shift+F")
        self._search.triggered.connect(self.search_asked)
        self._mailing = menu.addAction(self.tr("Send to many…"))
        self._mailing.setObjectName("mailingAction")
        self._mailing.triggered.connect(self.mailing_asked)
        self._import = menu.addAction(self.tr("Import messages…"))
        self._import.setObjectName("importAction")
        self._import.triggered.connect(self.import_asked)
        self._downloads = menu.addAction(self.tr("Downloads"))
        self._downloads.setObjectName("downloadsAction")
        self._downloads.setShortcut("Ctrl+J")
        self._downloads.triggered.connect(self.downloads_asked)
        settings = menu.addAction(self.tr("Settings…"))
        settings.setObjectName("settingsAction")
        settings.setShortcut("Ctrl+,")
        settings.triggered.connect(self.settings_asked)
        shortcuts = menu.addAction(self.tr("Keyboard shortcuts"))
        shortcuts.setObjectName("shortcutsAction")
        shortcuts.setShortcut("F1")
        shortcuts.triggered.connect(self.shortcuts_asked)
        menu.addSeparator()
        self._log_out = menu.addAction(self.tr("Log out…"))
        self._log_out.setObjectName("logOutAction")
        self._log_out.triggered.connect(self.log_out_asked)
        self.addActions([self._search, self._downloads, settings, shortcuts])
        return menu

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._built_invitations is not None:
            self.invitations.set_pane_height(self.height())
        self._offer_search()

    def _refresh(self) -> None:
        self._search_action.setIcon(icon("search", self._theme.colors.muted, 16, self.devicePixelRatioF()))
