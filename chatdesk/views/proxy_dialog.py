"""The proxy by itself, for whoever cannot log in without one. Main thread only."""

from PySide6.QtWidgets import QWidget

from chatdesk.models.proxy import ProxyModel
from chatdesk.models.settings import SettingsModel
from chatdesk.views.form_dialog import FormDialog
from chatdesk.views.settings_network import NetworkPage


class ProxyDialog(FormDialog):
    def __init__(self, proxy: ProxyModel, parent: QWidget) -> None:
        super().__init__("proxy", self.tr("How to reach the server"), self.tr("Close"), parent)
        self.page = NetworkPage(SettingsModel(parent=self), proxy)
        self.page.column.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(self.page)
        self.cancel_button.hide()

    def submit(self) -> None:
        self.accept()
