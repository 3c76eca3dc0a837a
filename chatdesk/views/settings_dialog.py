"""The settings: sections on the left, one page at a time on the right; what is chosen holds at once.

Main thread only. Owns no preference: the pages write to the settings model and show what it says.
"""

from PySide6.QtCore import QEvent, QRect, QSize, Qt, QTimer, Signal
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

from chatdesk.models.autostart import Autostart
from chatdesk.models.proxy import ProxyModel
from chatdesk.models.session import SessionModel
from chatdesk.models.settings import SettingsModel
from chatdesk.views.settings_account import AccountPage
from chatdesk.views.settings_devices import DevicesPage
from chatdesk.views.settings_network import NetworkPage
from chatdesk.views.settings_notifications import NotificationsPage
from chatdesk.views.settings_page import Page
from chatdesk.views.settings_pages import AppearancePage, GeneralPage
from chatdesk.views.settings_privacy import PrivacyPage
from chatdesk.views.settings_storage import StoragePage
from chatdesk.views.settings_writing import WritingPage
from chatdesk.views.shortcuts import ShortcutList
from chatdesk.views.theme import SPACING, Theme
from chatdesk.views.widgets import button

_SCREEN_PART = 0.92
_ROOM = QSize(40, 27)
"""In lines of text."""


class SettingsDialog(QDialog):
    log_out_asked = Signal()

    def __init__(
        self,
        settings: SettingsModel,
        theme: Theme,
        session: SessionModel | None = None,
        proxy: ProxyModel | None = None,
        autostart: Autostart | None = None,
        has_tray: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """`proxy`: the way to the server while nobody is logged in; a session has its own."""
        super().__init__(parent)
        self._settings = settings
        self._place: QRect | None = None
        self.setObjectName("settingsDialog")
        self.setWindowTitle(self.tr("Settings"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        own = None if session is None else session.own
        self.general = GeneralPage(settings, has_tray, autostart)
        self.appearance = AppearancePage(settings)
        self.notifications = NotificationsPage(settings)
        self.account = AccountPage(
            settings, theme, None if own is None else own.account, None if session is None else session.thumbnails
        )
        self.account.log_out_asked.connect(self._log_out)
        self.privacy = PrivacyPage(settings, None if own is None else own.blocked)
        self.writing = WritingPage(settings, theme)
        pages: list[tuple[str, Page]] = [
            (self.tr("General"), self.general),
            (self.tr("Appearance"), self.appearance),
            (self.tr("Notifications"), self.notifications),
            (self.tr("Account"), self.account),
        ]
        if own is not None:
            pages.append((self.tr("Devices"), DevicesPage(settings, own.devices)))
        pages += [(self.tr("Privacy"), self.privacy), (self.tr("Writing"), self.writing)]
        if own is not None:
            pages.append((self.tr("Storage"), StoragePage(settings, own.storage)))
            proxy = own.proxy
        if proxy is not None:
            pages.append((self.tr("Network"), NetworkPage(settings, proxy)))
        self._pages = tuple(page for _, page in pages)
        self.sections = QListWidget()
        self.sections.setObjectName("settingsSections")
        self.sections.setAccessibleName(self.tr("Sections"))
        self.sections.setProperty("kind", "sections")
        self.sections.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.sections.setSizeAdjustPolicy(QListWidget.SizeAdjustPolicy.AdjustToContents)  # all in sight
        self._stack = QStackedWidget()
        for title, page in pages:
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

    def show_section(self, title: str) -> None:
        """Turn to a page by its title, when there is one."""
        for row in range(self.sections.count()):
            if self.sections.item(row).text() == title:
                self.sections.setCurrentRow(row)

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

    def take_place(self, geometry: QRect) -> None:
        """Before it is shown: stand where one in another language stood, and as large."""
        self._place = geometry

    def _fit(self) -> None:
        """Room for the text as large as it is, but never beyond the screen: then the page scrolls."""
        if self._place is not None:
            self.setGeometry(self._place)  # moved after it is shown it would creep by its frame, which nobody knows yet
            self._place = None
            return
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
