"""Every key the program listens to, in words: the list in the settings and the dialog behind F1. Main thread only."""

from PySide6.QtCore import QObject, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QFocusEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHeaderView,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from chatdesk.views.theme import SPACING
from chatdesk.views.widgets import button

_SCREEN_PART = 0.92
_ROOM = QSize(30, 30)
"""In lines of text."""


class ShortcutWords(QObject):
    def groups(self) -> tuple[tuple[str, tuple[tuple[str, tuple[str, ...]], ...]], ...]:
        """Heading, then what happens and the keys for it."""
        return (
            (
                self.tr("Window"),
                (
                    (self.tr("New conversation"), ("Ctrl+N",)),
                    (self.tr("New group"), ("Ctrl+Shift+N",)),
                    (self.tr("Go to a conversation, person, message, date …"), ("Ctrl+K",)),
                    (self.tr("Filter the conversations"), ("Ctrl+L",)),
                    (self.tr("Show all conversations"), ("Ctrl+1",)),
                    (self.tr("Show unread ones only"), ("Ctrl+2",)),
                    (self.tr("Show mentions only"), ("Ctrl+3",)),
                    (self.tr("Show people only"), ("Ctrl+4",)),
                    (self.tr("Show groups only"), ("Ctrl+5",)),
                    (self.tr("Actions of the conversation"), ("Menu", "Shift+F10")),
                    (self.tr("Close the window of one conversation"), ("Ctrl+W",)),
                    (self.tr("Next conversation"), ("Ctrl+Tab", "Alt+Down")),
                    (self.tr("Previous conversation"), ("Ctrl+Shift+Tab", "Alt+Up")),
                    (self.tr("Search in this conversation"), ("Ctrl+F",)),
                    (self.tr("Pictures, files and links of this conversation"), ("Ctrl+Shift+M",)),
                    (self.tr("Search everywhere"), ("Ctrl+Shift+F",)),
                    (self.tr("Downloads"), ("Ctrl+J",)),
                    (self.tr("Settings"), ("Ctrl+,",)),
                    (self.tr("Keyboard shortcuts"), ("F1",)),
                    (self.tr("Quit chatdesk"), ("Ctrl+Q",)),
                    (self.tr("Close the side pane, go back"), ("Esc",)),
                ),
            ),
            (
                self.tr("Messages"),
                (
                    (self.tr("To the messages, from the field for writing"), ("Shift+Tab",)),
                    (self.tr("Back to writing, from the messages"), ("Tab",)),
                    (self.tr("Previous and next message"), ("Up", "Down")),
                    (self.tr("One page up and down"), ("PgUp", "PgDown")),
                    (self.tr("Oldest and newest message"), ("Home", "End")),
                    (self.tr("Open what the message holds"), ("Return", "Space")),
                    (self.tr("Earlier and later in what is heard"), ("Left", "Right")),
                    (self.tr("Speed of what is heard"), ("Shift+Space",)),
                    (self.tr("Actions of the message"), ("Menu", "Shift+F10")),
                    (self.tr("Reply"), ("Ctrl+R",)),
                    (self.tr("React"), ("Ctrl+E",)),
                    (self.tr("Edit an own message"), ("F2",)),
                    (self.tr("Delete"), ("Del",)),
                    (self.tr("Bring back what was deleted"), ("Ctrl+Z",)),
                    (self.tr("Choose a message"), ("Ctrl+Space",)),
                    (self.tr("Choose several messages"), ("Shift+Up", "Shift+Down")),
                    (self.tr("Mark the text of the message"), ("Ctrl+A",)),
                    (self.tr("Copy"), ("Ctrl+C",)),
                    (self.tr("Jump to a date"), ("Ctrl+G",)),
                    (self.tr("Back to where you were"), ("Alt+Left",)),
                ),
            ),
            (
                self.tr("Writing"),
                (
                    (self.tr("Send"), ("Return",)),
                    (self.tr("New line"), ("Shift+Return",)),
                    (self.tr("Keep as private note"), ("Ctrl+Shift+Return",)),
                    (self.tr("Paste text, pictures or files"), ("Ctrl+V",)),
                    (self.tr("Record a voice message, end the recording"), ("Ctrl+Shift+R",)),
                    (self.tr("Change the last own message (in the empty field)"), ("Up",)),
                    (self.tr("Answer an older or newer message"), ("Ctrl+Up", "Ctrl+Down")),
                    (self.tr("Neither answer nor change"), ("Esc",)),
                    (self.tr("Emoji, people of the conversation"), (":", "@")),
                ),
            ),
        )


class ShortcutList(QTreeWidget):
    """Two columns under headings; each row reads as one sentence."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        words = ShortcutWords()
        self.setObjectName("shortcutList")
        self.setAccessibleName(self.tr("Keyboard shortcuts"))
        self.setColumnCount(2)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setItemsExpandable(False)
        self.setIndentation(0)
        self.setFrameShape(QTreeWidget.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        for heading, rows in words.groups():
            top = QTreeWidgetItem([heading])
            font = self.font()
            font.setBold(True)
            top.setFont(0, font)
            top.setFlags(Qt.ItemFlag.ItemIsEnabled)  # nothing to choose
            self.addTopLevelItem(top)
            top.setFirstColumnSpanned(True)  # holds only once it is in the list
            for text, keys in rows:
                shown = " / ".join(_native(key) for key in keys)
                row = QTreeWidgetItem([text, f"\u2066{shown}\u2069"])  # keys read from left to right everywhere
                row.setToolTip(0, text)
                row.setData(0, Qt.ItemDataRole.AccessibleTextRole, f"{text}: {shown}")
                top.addChild(row)
            top.setExpanded(True)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self._here = QPersistentModelIndex(self.model().index(0, 0, self.model().index(0, 0)))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.setCurrentIndex(self._here)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self.currentIndex().parent().isValid():
            self._here = QPersistentModelIndex(self.currentIndex())
        self.clearSelection()  # a list to read: what is marked is where the keyboard is


class ShortcutsDialog(QDialog):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("shortcutsDialog")
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.list = ShortcutList()
        close = button(self.tr("Close"), "shortcutsClose", "primary")
        close.clicked.connect(self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACING, 2 * SPACING, 2 * SPACING, 2 * SPACING)
        column.setSpacing(2 * SPACING)
        column.addWidget(self.list, 1)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)

    def showEvent(self, event: QShowEvent) -> None:
        if not event.spontaneous():
            line = self.fontMetrics().lineSpacing()
            space = self.screen().availableSize() * _SCREEN_PART  # its frame needs some, too
            self.resize(self.sizeHint().expandedTo(_ROOM * line).boundedTo(space))
        super().showEvent(event)


def _native(keys: str) -> str:
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
