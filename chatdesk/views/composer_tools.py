"""What opens from the composer's buttons: the menu for files and locations, their dialogs, the emoji picker.

Main thread only. Everything is built when it is first asked for. Owns the folder files were chosen from last.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from chatdesk.models.settings import SettingsModel
from chatdesk.views.theme import SPACING, Theme
from chatdesk.views.widgets import IconButton

if TYPE_CHECKING:
    from chatdesk.views.emoji_picker import EmojiPopup


class ComposerTools(QObject):
    files_chosen = Signal(list)
    location_chosen = Signal(object)
    face_chosen = Signal(object)
    custom_chosen = Signal(object)
    voice_asked = Signal()
    note_asked = Signal()
    emoji_chosen = Signal(str)
    closed = Signal()
    """The emoji picker went away: the keyboard belongs to the field again."""

    def __init__(self, theme: Theme, owner: QWidget, attach_button: IconButton, emoji_button: IconButton) -> None:
        super().__init__(owner)
        self.settings: SettingsModel | None = None
        """Where recent emoji and the skin tone are kept."""
        self._theme = theme
        self._owner = owner
        self._attach_button = attach_button
        self._emoji_button = emoji_button
        self._folder = Path.home()
        self._emoji: EmojiPopup | None = None
        self._menu: QMenu | None = None
        self._note: QAction | None = None
        self._sticker: QAction | None = None
        self.has_text: Callable[[], bool] = bool
        """Whether there is anything to keep."""
        attach_button.clicked.connect(self.show_attach_menu)
        emoji_button.clicked.connect(self.choose_emoji)

    def show_attach_menu(self) -> None:
        if self._menu is None:
            self._menu = menu = QMenu(self._owner)
            menu.setObjectName("attachMenu")
            menu.setAccessibleName(self.tr("Attach"))
            menu.addAction(self.tr("&Pictures and files…"), self.choose_files).setObjectName("attachFiles")
            menu.addAction(self.tr("&Location…"), self.choose_location).setObjectName("attachLocation")
            menu.addAction(self.tr("&Voice message"), self.voice_asked.emit).setObjectName("attachVoice")
            self._sticker = menu.addAction(self.tr("&Sticker…"), self.choose_face)
            self._sticker.setObjectName("attachFace")
            menu.addSeparator()
            self._note = note = menu.addAction(self.tr("Keep as private &note"), self.note_asked.emit)
            note.setObjectName("keepNote")
            note.setShortcut("Ctrl+Shift+Return")
            note.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)  # the field itself listens
            self._add_rare(menu)
        if self._note is not None:
            self._note.setEnabled(self.has_text())
        if self._sticker is not None:  # the emoji picker offers to choose a folder
            self._sticker.setVisible(self.settings is not None and bool(self.settings.preferences.faces_folder))
        size = self._menu.sizeHint()
        corner = self._attach_button.rect().topLeft()
        if self._owner.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            corner = self._attach_button.rect().topRight() - QPoint(size.width(), 0)
        self._menu.popup(self._attach_button.mapToGlobal(corner - QPoint(0, size.height() + SPACING // 2)))

    def _add_rare(self, menu: QMenu) -> None:
        """What is for programs more than for people."""
        more = menu.addMenu(self.tr("&More"))
        more.setObjectName("attachMore")
        more.menuAction().setObjectName("attachMoreAction")
        more.setAccessibleName(self.tr("More to attach"))
        more.addAction(self.tr("Custom &data…"), self.choose_custom).setObjectName("attachCustom")

    def choose_files(self) -> None:
        from PySide6.QtWidgets import QFileDialog  # brings a dozen classes that the start does not need

        dialog = QFileDialog(self._owner, self.tr("Attach files"), str(self._folder))
        dialog.setObjectName("attachDialog")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(self._take_files)
        dialog.open()

    def _take_files(self, names: list[str]) -> None:
        files = [Path(name) for name in names]
        if files:
            self._folder = files[0].parent
        self.files_chosen.emit(files)

    def choose_location(self) -> None:
        from chatdesk.views.location_dialog import LocationDialog

        dialog = LocationDialog(self._owner)
        dialog.chosen.connect(self.location_chosen)
        dialog.open()

    def choose_custom(self) -> None:
        from chatdesk.views.custom_dialog import CustomDialog

        dialog = CustomDialog(self._owner)
        dialog.chosen.connect(self.custom_chosen)
        dialog.open()

    def choose_face(self) -> None:
        popup = self._popup()
        popup.open_over(self._emoji_button)
        popup.picker.show_faces()

    def choose_emoji(self) -> None:
        self._popup().open_over(self._emoji_button)

    def _popup(self) -> EmojiPopup:
        if self._emoji is None:
            from chatdesk.views.emoji_picker import EmojiPopup

            self._emoji = EmojiPopup(self._theme, self._owner, self.settings, with_faces=True)
            self._emoji.picked.connect(self.emoji_chosen)
            self._emoji.face_picked.connect(self.face_chosen)
            self._emoji.folder_asked.connect(self._choose_face_folder)
            self._emoji.closed.connect(self.closed)
        return self._emoji

    def _choose_face_folder(self) -> None:
        from PySide6.QtWidgets import QFileDialog

        known = self.settings.preferences.faces_folder if self.settings is not None else ""
        dialog = QFileDialog(self._owner, self.tr("Folder of stickers"), known or str(Path.home()))
        dialog.setObjectName("faceFolderChooser")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(self.take_face_folder)
        dialog.open()

    def take_face_folder(self, folder: str) -> None:
        """Take the faces from here, now and later, and show them."""
        if self.settings is not None:
            self.settings.change(faces_folder=folder)
        self.choose_face()
