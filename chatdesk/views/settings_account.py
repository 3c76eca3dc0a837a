"""The account: name, picture, user id, server, logging out. Main thread only; changing it is the model's."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QVBoxLayout

from chatdesk.models.own import AccountModel
from chatdesk.models.settings import SettingsModel
from chatdesk.models.thumbnails import Thumbnails
from chatdesk.views.own_picture import OwnPicture
from chatdesk.views.settings_page import SELECTABLE, Page, say
from chatdesk.views.theme import SPACING, Theme
from chatdesk.views.widgets import PlainLabel, button


class AccountPage(Page):
    log_out_asked = Signal()

    def __init__(
        self, settings: SettingsModel, theme: Theme, account: AccountModel | None, thumbnails: Thumbnails | None
    ) -> None:
        super().__init__(settings)
        self._account = account
        self.heading(self.tr("Account"))
        self.picture = OwnPicture(theme, thumbnails)
        self.choose_button = button(self.tr("Choose a picture…"), "choosePicture")
        self.choose_button.clicked.connect(self._choose)
        self.remove_button = button(self.tr("Remove the picture"), "removePicture", "flat")
        self.name = QLineEdit()
        self.name.setObjectName("accountName")
        self.name.setAccessibleName(self.tr("Your name, as others see it"))
        self.name.setMaxLength(250)
        self.name.editingFinished.connect(self._rename)
        caption = PlainLabel(self.name.accessibleName())
        caption.setProperty("kind", "muted")
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACING)
        buttons.addWidget(self.choose_button)
        buttons.addWidget(self.remove_button)
        buttons.addStretch()
        beside = QVBoxLayout()
        beside.setSpacing(SPACING)
        beside.addWidget(caption)
        beside.addWidget(self.name)
        beside.addLayout(buttons)
        head = QHBoxLayout()
        head.setSpacing(2 * SPACING)
        head.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(beside, 1)
        self.column.addLayout(head)
        self.problem = self.error_line("accountProblem")

        user_id, server = ("", "") if account is None else (account.user_id, account.server)
        self.heading(self.tr("User ID"))
        self.user_id = self._fact("accountId", self.tr("User ID"), user_id)
        self.copy_button = button(self.tr("Copy"), "copyUserId")
        self.copy_button.setAccessibleName(self.tr("Copy the user ID"))
        self.copy_button.clicked.connect(self._copy)
        self.row(self.user_id, self.copy_button)
        self.heading(self.tr("Server"))
        self.column.addWidget(self._fact("accountServer", self.tr("Server"), server))
        self.column.addSpacing(2 * SPACING)
        self.log_out_button = button(self.tr("Log out…"), "settingsLogOut", "danger")
        self.log_out_button.clicked.connect(self.log_out_asked)
        self.column.addWidget(self.log_out_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.remark(self.tr("Logging out removes what chatdesk stored on this computer. Downloaded files stay."))
        self.column.addStretch()
        for part in (self.name, self.choose_button, self.copy_button, self.log_out_button):
            part.setEnabled(account is not None)
        if account is not None:
            self.remove_button.clicked.connect(account.remove_picture)
            account.changed.connect(self.show_settings)
            account.failed.connect(self._fail)
            account.busy_changed.connect(self._show_busy)

    def show_settings(self) -> None:
        account = self._account
        if account is None:
            self.name.setText(self.tr("Not logged in"))
            self.remove_button.hide()
            return
        if not self.name.isModified():
            self.name.setText(account.name)
        self.picture.show_for(account.name, account.user_id, uri=account.avatar_uri)
        self.remove_button.setVisible(bool(account.avatar_uri))
        say(self.problem, "")

    def _fact(self, name: str, title: str, value: str) -> PlainLabel:
        label = PlainLabel(value or self.tr("Not logged in"))
        label.setObjectName(name)
        label.setAccessibleName(f"{title}: {label.text()}")
        label.setTextInteractionFlags(SELECTABLE)
        return label

    def _rename(self) -> None:
        """Enter, or leaving the field."""
        if self._account is not None and self.name.isModified():
            self.name.setModified(False)
            if self.name.text() != self._account.name:
                self._account.set_name(self.name.text())

    def _fail(self, sentence: str) -> None:
        self.show_settings()
        say(self.problem, sentence)

    def _show_busy(self, is_busy: bool) -> None:
        for part in (self.choose_button, self.remove_button):
            part.setEnabled(not is_busy)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.user_id.text())
        self.copy_button.setText(self.tr("Copied"))

    def _choose(self) -> None:
        dialog = QFileDialog(self, self.tr("Choose a picture"))
        dialog.setObjectName("pictureDialog")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(self.tr("Pictures") + " (*.png *.jpg *.jpeg *.webp *.gif *.bmp)")
        dialog.fileSelected.connect(self._take)
        dialog.open()

    def _take(self, path: str) -> None:
        if self._account is not None and path:
            self._account.set_picture(Path(path))
