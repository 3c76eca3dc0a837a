"""What was sent in the open conversation, in the side pane: pictures, files, links; found by name, opened, saved.

Main thread. Owns its widgets; the rows are the SharedMediaModel's. What is done with one leaves as a signal.
"""

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QSize, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QListView, QMenu, QPushButton, QStyle, QVBoxLayout, QWidget

from chatdesk.models.shared_media import Shared, SharedMediaModel, Shelf
from chatdesk.models.thumbnails import Thumbnails
from chatdesk.views.media_delegate import SPACING_PX, MediaDelegate
from chatdesk.views.search_field import SearchField
from chatdesk.views.theme import SPACING, Theme
from chatdesk.views.widgets import EmptyState, PaneHeader, button

_CTRL = Qt.KeyboardModifier.ControlModifier


class MediaList(QListView):
    opened = Signal(QModelIndex)
    message_wanted = Signal(QModelIndex)
    save_wanted = Signal(QModelIndex)

    def fit(self) -> None:
        """Squares as wide as they fill the list; a bar that comes and goes must not change how many fit."""
        delegate = self.itemDelegate()
        if isinstance(delegate, MediaDelegate):
            side = delegate.side
            bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent, None, self)
            delegate.fit(self.width() - bar, self.fontMetrics().height())
            if delegate.side != side:
                self.scheduleDelayedItemsLayout()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.fit()
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index, is_ctrl = self.currentIndex(), bool(event.modifiers() & _CTRL)
        is_return = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if not index.isValid():
            super().keyPressEvent(event)
        elif is_return and is_ctrl:
            self.message_wanted.emit(index)
        elif is_return or event.key() == Qt.Key.Key_Space:
            self.opened.emit(index)
        elif event.key() == Qt.Key.Key_S and is_ctrl:
            self.save_wanted.emit(index)
        else:
            super().keyPressEvent(event)


class MediaPane(QWidget):
    closed = Signal()
    message_asked = Signal(object, object)
    """ConversationId and key of a message that is to be shown."""
    show_asked = Signal(object, int)
    """A message and the number of its picture or video, to be shown large."""
    open_asked = Signal(object, int)
    save_asked = Signal(object, int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model: SharedMediaModel | None = None
        self._thumbnails: Thumbnails | None = None
        self.setObjectName("mediaPane")
        self.setAccessibleName(self.tr("Pictures, files and links"))
        self.setProperty("surface", "sidebar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        close = self.tr("Close pictures, files and links")
        header = PaneHeader(theme, self.tr("Pictures, files and links"), close, "closeMedia")
        header.closed.connect(self.closed)
        tabs = QHBoxLayout()
        tabs.setSpacing(SPACING // 2)
        self._tabs = QButtonGroup(self)
        self._shelves: dict[Shelf, QPushButton] = {}
        for shelf, text, name in (
            (Shelf.PICTURES, self.tr("Pictures"), "mediaPictures"),
            (Shelf.FILES, self.tr("Files"), "mediaFiles"),
            (Shelf.LINKS, self.tr("Links"), "mediaLinks"),
        ):
            tab = button(text, name, "chip")
            tab.setCheckable(True)
            tab.clicked.connect(lambda _, shelf=shelf: self.choose(shelf))
            self._tabs.addButton(tab)
            self._shelves[shelf] = tab
            tabs.addWidget(tab)
        tabs.addStretch()
        self.field = SearchField()
        self.field.setObjectName("mediaField")
        self.field.setAccessibleName(self.tr("Search by name"))
        self.field.setPlaceholderText(self.tr("Search by name"))
        self.field.setClearButtonEnabled(True)
        self.field.textChanged.connect(lambda text: self._model and self._model.search(text))
        self.field.went_down.connect(self._enter_list)
        self.list = self._new_list(theme)
        self._empty = EmptyState(theme, "gallery", "", "")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        top = QVBoxLayout()
        top.setContentsMargins(SPACING, 0, SPACING, SPACING)
        top.setSpacing(SPACING)
        top.addLayout(tabs)
        top.addWidget(self.field)
        column.addWidget(header)
        column.addLayout(top)
        column.addWidget(self._empty, 1)
        rows = QHBoxLayout()
        rows.setContentsMargins(SPACING // 2, 0, 0, 0)
        rows.addWidget(self.list)
        column.addLayout(rows, 1)
        self._shelves[Shelf.PICTURES].setChecked(True)
        self._show_page()

    def _new_list(self, theme: Theme) -> MediaList:
        result = MediaList()
        result.setObjectName("mediaList")
        result.setAccessibleName(self.tr("What was sent"))
        self._delegate = MediaDelegate(theme, result)
        result.setItemDelegate(self._delegate)
        result.setMouseTracking(True)
        result.setUniformItemSizes(True)
        result.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        result.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        result.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        result.setResizeMode(QListView.ResizeMode.Adjust)
        result.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        result.customContextMenuRequested.connect(self._open_menu)
        result.clicked.connect(self._open)
        result.opened.connect(self._open)
        result.message_wanted.connect(self._go_to_message)
        result.save_wanted.connect(self._save)
        theme.changed.connect(result.viewport().update)
        return result

    # -- contents ----------------------------------------------------------------------------------------------------

    def set_model(self, model: SharedMediaModel, thumbnails: Thumbnails) -> None:
        """Another session has another model; a new conversation of the same one changes the model."""
        if self.field.text() != model.words:
            self.field.setText(model.words)
        if model is not self._model:
            if thumbnails is not self._thumbnails:
                thumbnails.ready.connect(self.list.viewport().update)
                thumbnails.failed.connect(self.list.viewport().update)
            self._model, self._thumbnails = model, thumbnails
            self._delegate.thumbnails = thumbnails
            self.list.setModel(model)
            model.answered.connect(self._show_page)
            model.modelReset.connect(self._show_page)
            model.destroyed.connect(self._forget)
        self.choose(model.shelf)

    def _forget(self) -> None:
        self._model = self._thumbnails = self._delegate.thumbnails = None

    def choose(self, shelf: Shelf) -> None:
        self._shelves[shelf].setChecked(True)
        self._delegate.shelf = shelf
        is_grid = shelf is Shelf.PICTURES
        self.list.setViewMode(QListView.ViewMode.IconMode if is_grid else QListView.ViewMode.ListMode)
        self.list.setMovement(QListView.Movement.Static)
        self.list.setSpacing(SPACING_PX if is_grid else 0)
        if self._model is not None:
            self._model.choose(shelf)
        self._show_page()

    def enter(self) -> None:
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _show_page(self) -> None:
        model = self._model
        has_rows = model is not None and model.rowCount() > 0
        self.list.setVisible(has_rows)
        self._empty.setVisible(not has_rows)
        if model is None or has_rows:
            return
        if not model.is_answered:
            self._empty.set_texts(self.tr("Looking…"), "")
        elif model.words:
            self._empty.set_texts(self.tr("Nothing found"), self.tr("Try another name, or a part of it."))
        else:
            hint = self.tr("What is sent in this conversation is collected here.")
            self._empty.set_texts(self.tr("Nothing here yet"), hint)

    def _enter_list(self) -> None:
        if self._model is not None and self._model.rowCount():
            self.list.setFocus(Qt.FocusReason.TabFocusReason)
            if not self.list.currentIndex().isValid():
                self.list.setCurrentIndex(self._model.index(0))

    # -- gestures ----------------------------------------------------------------------------------------------------

    def _open(self, index: QModelIndex) -> None:
        shared: Shared | None = index.data(SharedMediaModel.SHARED)
        if shared is None:
            return
        if shared.address:
            QDesktopServices.openUrl(QUrl(shared.address))
        elif self._delegate.shelf is Shelf.PICTURES:
            self.show_asked.emit(shared.message, shared.element)
        else:
            self.open_asked.emit(shared.message, shared.element)

    def _go_to_message(self, index: QModelIndex) -> None:
        shared: Shared | None = index.data(SharedMediaModel.SHARED)
        if shared is not None:
            self.message_asked.emit(shared.message.conversation, shared.message.key)

    def _save(self, index: QModelIndex) -> None:
        shared: Shared | None = index.data(SharedMediaModel.SHARED)
        if shared is not None and not shared.address:
            self.save_asked.emit(shared.message, shared.element)

    def _open_menu(self, place: QPoint) -> None:
        index = self.list.indexAt(place)
        if not index.isValid():  # by the keyboard
            index = self.list.currentIndex()
            place = self.list.visualRect(index).center()
        shared: Shared | None = index.data(SharedMediaModel.SHARED)
        if shared is None:
            return
        menu = QMenu(self)
        menu.setObjectName("mediaMenu")
        menu.setAccessibleName(index.data(Qt.ItemDataRole.AccessibleTextRole))
        menu.addAction(self.tr("Go to message"), lambda: self._go_to_message(index)).setObjectName("mediaGoToMessage")
        menu.addAction(self.tr("Open"), lambda: self._open(index)).setObjectName("mediaOpen")
        if shared.address:
            clipboard = QGuiApplication.clipboard()
            copy = menu.addAction(self.tr("Copy link address"), lambda: clipboard.setText(shared.address))
            copy.setObjectName("mediaCopyLink")
        else:
            menu.addAction(self.tr("Save as…"), lambda: self._save(index)).setObjectName("mediaSave")
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.list.viewport().mapToGlobal(place))

    def sizeHint(self) -> QSize:
        return QSize(320, 480)
