"""The settings: sections on the left, one page at a time on the right; what is chosen holds at once.

Main thread only. Owns no preference: the pages write to the settings model and show what it says.
"""

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from chatdesk.models.settings import SettingsModel
from chatdesk.views.settings_pages import AccountPage, AppearancePage, GeneralPage, NotificationsPage, Page
from chatdesk.views.shortcuts import ShortcutList
from chatdesk.views.theme import SPACING
from chatdesk.views.widgets import button

_SCREEN_PART = 0.92
_ROOM = QSize(40, 27)
"""In lines of text."""


class SettingsDialog(QDialog):
    log_out_asked = Signal()

    def __init__(
        self,
        settings: SettingsModel,
        account: tuple[str, str, str] = ("", "", ""),
        has_tray: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """`account`: name, user id and server, empty when nobody is logged in."""
        super().__init__(parent)
        self._settings = settings
        self.setObjectName("settingsDialog")
        self.setWindowTitle(self.tr("Settings"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.general = GeneralPage(settings, has_tray)
        self.appearance = AppearancePage(settings)
        self.notifications = NotificationsPage(settings)
        self.account = AccountPage(settings, *account)
        self.account.log_out_asked.connect(self._log_out)
        self._pages: tuple[Page, ...] = (self.general, self.appearance, self.notifications, self.account)
        self.sections = QListWidget()
        self.sections.setObjectName("settingsSections")
        self.sections.setAccessibleName(self.tr("Sections"))
        self.sections.setProperty("kind", "sections")
        self.sections.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._stack = QStackedWidget()
        for title, page in (
            (self.tr("General"), self.general),
            (self.tr("Appearance"), self.appearance),
            (self.tr("Notifications"), self.notifications),
            (self.tr("Account"), self.account),
        ):
            self.sections.addItem(title)
            self._stack.addWidget(_scrolled(page))
        self.sections.addItem(self.tr("Shortcuts"))
        self.shortcuts = ShortcutList()
        self._stack.addWidget(self.shortcuts)
        self.sections.currentRowChanged.connect(self._stack.setCurrentIndex)
        self.sections.setCurrentRow(0)
        close = button(self.tr("Close"), "settingsClose", "primary")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        panes = QHBoxLayout()
        panes.setSpacing(0)
        panes.addWidget(self.sections)
        panes.addWidget(self._stack, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACING, SPACING, SPACING, SPACING)
        column.setSpacing(SPACING)
        column.addLayout(panes, 1)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        settings.changed.connect(self._show_settings)
        self._show_settings()
        self.sections.setFocus()

    def _show_settings(self) -> None:
        for page in self._pages:
            page.show_settings()

    def _fit_sections(self) -> None:
        self.sections.doItemsLayout()
        self.sections.setFixedWidth(self.sections.sizeHintForColumn(0) + 2 * SPACING)

    def _log_out(self) -> None:
        self.accept()
        self.log_out_asked.emit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange and self.isVisible():
            QTimer.singleShot(0, self, self._refit)  # when every part has the new font

    def showEvent(self, event: QShowEvent) -> None:
        if not event.spontaneous():
            self._refit()
        super().showEvent(event)

    def _refit(self) -> None:
        self._fit_sections()
        self._fit()

    def _fit(self) -> None:
        """Room for the text as large as it is, but never beyond the screen: then the page scrolls."""
        space = self.screen().availableSize() * _SCREEN_PART
        self.resize((_ROOM * self.fontMetrics().lineSpacing()).expandedTo(self.sizeHint()).boundedTo(space))


def _scrolled(page: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(page)
    for ground in (page, area.viewport()):
        ground.setAutoFillBackground(False)
    return area
