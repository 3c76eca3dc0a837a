"""How much room chatdesk takes on this computer, by conversation, and how to free it. Main thread only."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem

from chatdesk.domain.storage import ConversationUse
from chatdesk.models.own import StorageModel
from chatdesk.models.settings import SettingsModel
from chatdesk.models.when import size_text
from chatdesk.views.settings_page import Page, say
from chatdesk.views.widgets import DropDown, PlainLabel, TabStopWhenFilled, button

_MB = 1_000_000
_LIMITS = (16 * _MB, 64 * _MB, 256 * _MB, 1024 * _MB, 4096 * _MB)
_ROLE = int(Qt.ItemDataRole.UserRole)


class StoragePage(Page):
    def __init__(self, settings: SettingsModel, storage: StorageModel) -> None:
        super().__init__(settings)
        self._storage = storage
        self.heading(self.tr("On this computer"))
        self.total = PlainLabel(self.tr("Counting…"))
        self.total.setObjectName("storageTotal")
        self.column.addWidget(self.total)
        self.remark(self.tr("Messages and small pictures, encrypted. Files you saved are not counted."))
        self.problem = self.error_line("storageProblem")

        title = self.heading(self.tr("Pictures kept at hand, at most"))
        self.limit = DropDown()
        self.limit.setObjectName("cacheLimit")
        self.limit.setAccessibleName(title.text())
        self.limit.activated.connect(lambda _: storage.set_limit(self.limit.currentData()))
        self.column.addWidget(self.limit, 0, Qt.AlignmentFlag.AlignLeft)
        self.remark(self.tr("What is dropped is fetched again when you look at it."))
        self.clear_all = button(self.tr("Clear all kept pictures"), "clearAllCache")
        self.clear_all.clicked.connect(lambda: storage.clear(None))
        self.column.addWidget(self.clear_all, 0, Qt.AlignmentFlag.AlignLeft)

        self.heading(self.tr("By conversation"))
        self.list = QTreeWidget()
        self.list.setObjectName("storageList")
        self.list.setAccessibleName(self.tr("Storage by conversation"))
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setTabKeyNavigation(False)
        TabStopWhenFilled(self.list)
        self.list.setHeaderLabels([self.tr("Conversation"), self.tr("Messages"), self.tr("Pictures")])
        header = self.list.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in (1, 2):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        self.list.currentItemChanged.connect(self._show_choice)
        self.column.addWidget(self.list, 1)
        self.clear_one = button(self.tr("Clear the pictures of this conversation"), "clearCache")
        self.clear_one.clicked.connect(self._clear_one)
        self.column.addWidget(self.clear_one, 0, Qt.AlignmentFlag.AlignLeft)
        storage.changed.connect(self._show)
        storage.failed.connect(self._tell_problem)  # a lambda would outlive the page
        storage.busy_changed.connect(self._show_choice)
        self._show()

    def load(self) -> None:
        self._storage.load()

    def _tell_problem(self, sentence: str) -> None:
        say(self.problem, sentence)

    def _show(self) -> None:
        use = self._storage.use
        self._show_limit()
        self.list.setMinimumHeight(7 * self.fontMetrics().lineSpacing())
        if use is not None:
            say(self.problem, "")
            database, pictures = size_text(use.database_bytes), size_text(use.cache_bytes)
            self.total.setText(self.tr("{0} in all, {1} of it kept pictures").format(database, pictures))
            chosen = self._chosen()
            self.list.clear()
            for found in use.conversations:
                item = QTreeWidgetItem(
                    [found.conversation.name, size_text(found.text_bytes), size_text(found.media_bytes)]
                )
                item.setData(0, _ROLE, found)
                for column in (1, 2):
                    item.setTextAlignment(column, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                self.list.addTopLevelItem(item)
                if chosen is not None and found.conversation.id == chosen.conversation.id:
                    self.list.setCurrentItem(item)
        self._show_choice()

    def _show_limit(self) -> None:
        now = self._storage.limit_bytes
        wanted = tuple(sorted({*_LIMITS, now}))
        if tuple(self.limit.itemData(row) for row in range(self.limit.count())) != wanted:
            self.limit.clear()
            for size in wanted:
                self.limit.addItem(size_text(size), size)
        self.limit.setCurrentIndex(self.limit.findData(now))

    def _show_choice(self, *_: object) -> None:
        chosen, use = self._chosen(), self._storage.use
        is_free = not self._storage.is_busy
        self.clear_one.setEnabled(is_free and chosen is not None and chosen.media_bytes > 0)
        self.clear_all.setEnabled(is_free and use is not None and use.cache_bytes > 0)

    def _chosen(self) -> ConversationUse | None:
        item = self.list.currentItem()
        found = None if item is None else item.data(0, _ROLE)
        return found if isinstance(found, ConversationUse) else None

    def _clear_one(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self._storage.clear(chosen.conversation.id)
