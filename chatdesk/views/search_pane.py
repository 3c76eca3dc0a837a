"""Searching messages, in the side pane: a field, what narrows the search, the hits, and how far back they reach.

Main thread only. Owns the fields; the question and the hits are the SearchModel's. A hit is opened by a signal.
"""

from PySide6.QtCore import QDate, QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QGridLayout, QListView, QVBoxLayout, QWidget

from chatdesk.domain.conversations import Conversation
from chatdesk.domain.search import FILES, LINKS, PICTURES, SOUNDS, VIDEOS, SearchHit
from chatdesk.models.search import SearchModel
from chatdesk.models.when import long_date
from chatdesk.views.search_delegate import SearchDelegate
from chatdesk.views.search_field import SearchField
from chatdesk.views.theme import SPACING, Theme
from chatdesk.views.widgets import DropDown, EmptyState, ErrorLine, PaneHeader, PlainLabel, button

_NARROWEST = 12
"""Letters a filter shows at least, so that a long name does not widen the pane."""
_PADDING = 16
"""Beside the words of a filter and the room of its arrow."""


class HitList(QListView):
    chosen = Signal(QModelIndex)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self.currentIndex().isValid():
            self.chosen.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)


class SearchPane(QWidget):
    closed = Signal()
    hit_asked = Signal(object, object)
    """ConversationId and key of a message that is to be shown."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model: SearchModel | None = None
        self._conversation: Conversation | None = None
        self.setObjectName("searchPane")
        self.setAccessibleName(self.tr("Search"))
        self.setProperty("surface", "sidebar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        header = PaneHeader(theme, self.tr("Search"), self.tr("Close the search"), "closeSearch")
        header.closed.connect(self.closed)
        self.field = SearchField()
        self.field.setObjectName("searchField")
        self.field.setAccessibleName(self.tr("Search messages"))
        self.field.setPlaceholderText(self.tr("Search messages"))
        self.field.setClearButtonEnabled(True)
        self.field.textChanged.connect(self._ask)
        self.field.went_down.connect(self._enter_list)
        self.field.returnPressed.connect(self._open_first)
        self.scope = self._filter("searchScope", self.tr("Where"))
        self.author = self._filter("searchSender", self.tr("From"))
        self.kind = self._filter("searchKind", self.tr("Kind"))
        self.time = self._filter("searchTime", self.tr("When"))
        for text, kinds in (
            (self.tr("Everything"), ()),
            (self.tr("Pictures"), (PICTURES,)),
            (self.tr("Files"), (FILES,)),
            (self.tr("Links"), (LINKS,)),
            (self.tr("Sound and video"), (SOUNDS, VIDEOS)),
        ):
            self.kind.addItem(text, kinds)
        for text, days in (
            (self.tr("Any time"), 0),
            (self.tr("Last 7 days"), 7),
            (self.tr("Last 30 days"), 30),
            (self.tr("Last 12 months"), 365),
        ):
            self.time.addItem(text, days)
        self._filters = filters = QGridLayout()
        filters.setSpacing(SPACING // 2)
        self._columns = 0
        self._place_filters()
        self.list = HitList()
        self.list.setObjectName("searchHits")
        self.list.setAccessibleName(self.tr("Found messages"))
        self._delegate = SearchDelegate(theme, self.list)
        self.list.setItemDelegate(self._delegate)
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.clicked.connect(self._open)
        self.list.chosen.connect(self._open)
        self._empty = EmptyState(theme, "search", "", "")
        self.everywhere = button(self.tr("Search everywhere"), "searchEverywhere")
        self.everywhere.setAutoDefault(True)  # Return presses it too
        self.everywhere.clicked.connect(self._widen)
        self._empty.add_widget(self.everywhere)
        self._problem = ErrorLine("searchError")
        self._problem.setMinimumHeight(0)
        self._problem.hide()
        self._reach = PlainLabel(name="searchReach", kind="muted")
        self.older = button(self.tr("Fetch older"), "searchFetchOlder", "flat")
        self.older.clicked.connect(self._fetch_older)
        theme.changed.connect(self.list.viewport().update)
        top = QVBoxLayout()
        top.setContentsMargins(SPACING, 0, SPACING, SPACING)
        top.setSpacing(SPACING)
        top.addWidget(self.field)
        top.addLayout(filters)
        top.addWidget(self._problem)
        bottom = QVBoxLayout()
        bottom.setContentsMargins(2 * SPACING, SPACING, 2 * SPACING, SPACING)
        bottom.setSpacing(SPACING // 2)
        bottom.addWidget(self._reach)
        bottom.addWidget(self.older, 0, Qt.AlignmentFlag.AlignLeading)
        column_ = QVBoxLayout(self)
        column_.setContentsMargins(0, 0, 0, 0)
        column_.setSpacing(0)
        column_.addWidget(header)
        column_.addLayout(top)
        column_.addWidget(self._empty, 1)
        column_.addWidget(self.list, 1)
        column_.addLayout(bottom)
        self._show_page()

    def _filter(self, name: str, label: str) -> QComboBox:
        combo = DropDown()
        combo.setObjectName(name)
        combo.setAccessibleName(label)
        combo.setToolTip(label)
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        combo.setMinimumContentsLength(_NARROWEST)
        combo.currentIndexChanged.connect(self._ask)
        return combo

    def _place_filters(self) -> None:
        """Two beside each other, where there is room for their letters."""
        fonts = self.fontMetrics()
        wanted = _NARROWEST * fonts.averageCharWidth() + 2 * fonts.height() + _PADDING
        columns = 2 if 2 * wanted <= self.width() - 2 * SPACING else 1
        if columns == self._columns:
            return
        self._columns = columns
        for place, combo in enumerate((self.scope, self.author, self.kind, self.time)):
            self._filters.addWidget(combo, place // columns, place % columns)
        self._filters.setColumnStretch(0, 1)
        self._filters.setColumnStretch(1, columns - 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_filters()

    # -- contents ----------------------------------------------------------------------------------------------------

    def set_model(self, model: SearchModel | None) -> None:
        previous, self._model = self._model, model
        if previous is not None:
            previous.answered.disconnect(self._show_page)
            previous.reach_changed.disconnect(self._show_reach)
            previous.failed.disconnect(self._fail)
        self.list.setModel(model)
        self.field.clear()
        if model is not None:
            model.answered.connect(self._show_page)
            model.reach_changed.connect(self._show_reach)
            model.failed.connect(self._fail)

    def search_in(
        self, conversation: Conversation | None, people: dict[str, str], everywhere: bool, text: str = ""
    ) -> None:
        """Search this conversation, or with `everywhere` all of them; for `text`, or what was searched for last.
        `people`: user id -> name, to choose from."""
        if text:
            self.field.setText(text)
        self._offer(conversation, people, everywhere)
        self.field.setFocus()
        self.field.selectAll()

    def follow(self, conversation: Conversation | None, people: dict[str, str]) -> None:
        """Another conversation is on the screen: what was searched for in the one before is searched for in it."""
        self._offer(conversation, people, everywhere=self.scope.currentData() is None)

    def _offer(self, conversation: Conversation | None, people: dict[str, str], everywhere: bool) -> None:
        wanted = self.author.currentData()
        for combo in (self.scope, self.author):
            combo.blockSignals(True)
            combo.clear()
        if conversation is not None:
            self.scope.addItem(self.tr("In {0}").format(conversation.name), conversation.id)
        self.scope.addItem(self.tr("Everywhere"), None)
        self.scope.setCurrentIndex(self.scope.count() - 1 if everywhere else 0)
        self.author.addItem(self.tr("From anybody"), "")
        for user_id, name in people.items():
            self.author.addItem(name, user_id)
        self.author.setCurrentIndex(max(0, self.author.findData(wanted)))
        for combo in (self.scope, self.author):
            combo.blockSignals(False)
        self._ask()
        if self._model is not None:
            self._model.look_how_far()

    def _ask(self) -> None:
        model = self._model
        if model is None:
            return
        days = self.time.currentData()
        since = QDate.currentDate().addDays(-days).startOfDay().toMSecsSinceEpoch() if days else 0
        conversation = self.scope.currentData()
        if self._delegate.shows_where != (conversation is None):
            self._delegate.shows_where = conversation is None
            self.list.doItemsLayout()
        self._fail("")
        model.ask(
            text=self.field.text(),
            conversation=conversation,
            sender=self.author.currentData() or "",
            kinds=frozenset(self.kind.currentData() or ()),
            from_ms=since,
        )
        self._show_page()

    def _show_page(self) -> None:
        model = self._model
        has_hits = model is not None and model.rowCount() > 0
        self.list.setVisible(has_hits)
        self._empty.setVisible(not has_hits)
        is_at_an_end = not has_hits and model is not None and model.is_answered and not model.query.is_empty
        self.everywhere.setVisible(is_at_an_end and self.scope.currentData() is not None)
        if model is None or model.query.is_empty:
            self._empty.set_texts(
                self.tr("Find what was said"), self.tr("Words in any order, beginnings of words, names of files.")
            )
        elif not has_hits and model.is_answered:
            self._empty.set_texts(self.tr("Nothing found"), self.tr("Try other words or fewer filters."))
        elif not has_hits:
            self._empty.set_texts(self.tr("Searching…"), "")
        self._show_reach()

    def _show_reach(self) -> None:
        """How far back what was searched goes, in plain words."""
        model = self._model
        if model is None:
            return
        is_one = model.query.conversation is not None
        if model.is_fetching:
            words = self.tr("Fetching older messages…")
        elif model.reach.is_complete:
            words = self.tr("Everything ever said here is searched.") if is_one else self.tr("Everything is searched.")
        else:
            date = long_date(model.reach.since_ms)
            if is_one:
                words = self.tr("Messages since {0} are on this computer and searched.").format(date)
            else:
                words = self.tr(
                    "Messages since {0} are searched in every conversation. For older ones, open a conversation, "
                    "search in it and fetch them there."
                ).format(date)
        self._reach.setText(words)
        self.older.setVisible(is_one and not model.reach.is_complete)
        self.older.setEnabled(not model.is_fetching)

    def _fail(self, sentence: str) -> None:
        self._problem.setText(sentence)
        self._problem.setVisible(bool(sentence))

    # -- gestures ----------------------------------------------------------------------------------------------------

    def _open(self, index: QModelIndex) -> None:
        hit: SearchHit | None = index.data(SearchModel.HIT)
        if hit is not None:
            self.hit_asked.emit(hit.message.conversation, hit.message.key)

    def _open_first(self) -> None:
        model = self._model
        if model is not None and model.rowCount() and model.is_answered:
            index = model.index(0)
            self.list.setCurrentIndex(index)
            self._open(index)

    def _enter_list(self) -> None:
        model = self._model
        if model is not None and model.rowCount():
            self.list.setFocus(Qt.FocusReason.TabFocusReason)
            if not self.list.currentIndex().isValid():
                self.list.selectionModel().setCurrentIndex(
                    model.index(0), QItemSelectionModel.SelectionFlag.SelectCurrent
                )

    def _widen(self) -> None:
        """The button goes with what it was pressed for; the keyboard goes to what is found then."""
        self.field.setFocus()
        self.scope.setCurrentIndex(self.scope.count() - 1)

    def _fetch_older(self) -> None:
        if self._model is not None:
            self._model.fetch_older()
