"""The way to the server: which proxy, and a button that tries it. Main thread only."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QRadioButton, QWidget

from chatdesk.domain.account import Proxy, ProxyKind
from chatdesk.models.proxy import ProxyModel
from chatdesk.models.settings import SettingsModel
from chatdesk.views.one_of_several import OneOfSeveral
from chatdesk.views.settings_page import Page, say
from chatdesk.views.theme import SPACING
from chatdesk.views.widgets import PlainLabel, button

_MAX_PORT = 65535
_USUAL_PORTS = {ProxyKind.HTTP: 8080, ProxyKind.SOCKS5: 1080}


class NetworkPage(Page):
    def __init__(self, settings: SettingsModel, proxy: ProxyModel) -> None:
        super().__init__(settings)
        self._proxy = proxy
        self.heading(self.tr("Proxy"))
        self._kinds = OneOfSeveral(self)
        self._buttons: dict[ProxyKind, QRadioButton] = {}
        for kind, name, text in (
            (ProxyKind.SYSTEM, "systemProxy", self.tr("As the system")),
            (ProxyKind.NONE, "noProxy", self.tr("None")),
            (ProxyKind.HTTP, "httpProxy", self.tr("HTTP")),
            (ProxyKind.SOCKS5, "socksProxy", self.tr("SOCKS5")),
        ):
            choice = QRadioButton(text)
            choice.setObjectName(name)
            choice.setAccessibleName(text)
            choice.clicked.connect(self._choose)
            self._kinds.addButton(choice)
            self._buttons[kind] = choice
            self.column.addWidget(choice)
        self.host = self._field("proxyHost")
        self.port = self._field("proxyPort")
        self.port.setValidator(QIntValidator(1, _MAX_PORT, self.port))
        self.user = self._field("proxyUser")
        self.password = self._field("proxyPassword")
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self._form = QWidget()
        grid = QGridLayout(self._form)
        grid.setContentsMargins(3 * SPACING, 0, 0, 0)
        grid.setSpacing(SPACING)
        for place, (text, edit) in enumerate(
            (
                (self.tr("&Address"), self.host),
                (self.tr("P&ort"), self.port),
                (self.tr("&User name, if it wants one"), self.user),
                (self.tr("&Password"), self.password),
            )
        ):
            label = QLabel(text)
            label.setBuddy(edit)
            label.setWordWrap(True)
            edit.setAccessibleName(text.replace("&", ""))
            row, column = 2 * (place // 2), place % 2
            grid.addWidget(label, row, column, Qt.AlignmentFlag.AlignBottom)
            grid.addWidget(edit, row + 1, column)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 1)
        self.column.addWidget(self._form)
        self.test_button = button(self.tr("Test the connection"), "testProxy")
        self.test_button.clicked.connect(self._test)
        self.column.addWidget(self.test_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.answer = PlainLabel("")
        self.answer.setObjectName("proxyAnswer")
        self.column.addWidget(self.answer)
        self.remark(self.tr("It holds at once. A server on this computer is reached directly."))
        self.column.addStretch()
        proxy.told.connect(self._tell)  # a lambda would outlive the page
        proxy.testing_changed.connect(self._show_testing)
        self._show_proxy(proxy.proxy)
        say(self.answer, "")

    def chosen(self) -> Proxy:
        """As the page has it now."""
        kind = next(kind for kind, choice in self._buttons.items() if choice.isChecked())
        if kind not in _USUAL_PORTS:
            return Proxy(kind)
        return Proxy(
            kind, self.host.text().strip(), int(self.port.text() or "0"), self.user.text().strip(), self.password.text()
        )

    def _field(self, name: str) -> QLineEdit:
        edit = QLineEdit()
        edit.setObjectName(name)
        edit.editingFinished.connect(self._commit)
        return edit

    def _show_proxy(self, proxy: Proxy) -> None:
        self._buttons[proxy.kind].setChecked(True)
        self.host.setText(proxy.host)
        self.port.setText(str(proxy.port) if proxy.port else "")
        self.user.setText(proxy.user)
        self.password.setText(proxy.password)
        self._form.setVisible(proxy.is_own)

    def _choose(self) -> None:
        chosen = self.chosen()
        self._form.setVisible(chosen.is_own)
        if chosen.is_own:
            others = {str(port) for kind, port in _USUAL_PORTS.items() if kind is not chosen.kind}
            if self.port.text() in {"", *others}:
                self.port.setText(str(_USUAL_PORTS[chosen.kind]))
            if not chosen.host:
                say(self.answer, "")
                self.host.setFocus()
                return  # it holds when it has an address
        self._commit()

    def _commit(self) -> None:
        chosen = self.chosen()
        if not chosen.is_own or chosen.host:
            self._proxy.change(chosen)

    def _tell(self, text: str, is_bad: bool) -> None:
        say(self.answer, text, is_bad)

    def _test(self) -> None:
        say(self.answer, self.tr("Trying…"), is_error=False)
        self._proxy.test(self.chosen())

    def _show_testing(self, is_testing: bool) -> None:
        self.test_button.setEnabled(not is_testing)
