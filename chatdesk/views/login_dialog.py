"""The login form. Main thread only; what a login is and why it failed is the LoginModel's."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from chatdesk.models.login import Field, LoginModel
from chatdesk.models.proxy import ProxyModel
from chatdesk.views.form_dialog import FormDialog
from chatdesk.views.icons import app_icon
from chatdesk.views.widgets import PlainLabel, button


class LoginDialog(FormDialog):
    """Accepted when the login succeeded; `cancelled` when the user gave up."""

    cancelled = Signal()

    def __init__(self, model: LoginModel, parent: QWidget | None = None, proxy: ProxyModel | None = None) -> None:
        super().__init__("login", self.tr("Log in to chatdesk"), self.tr("Log in"), parent)
        self._model = model
        self.setWindowIcon(app_icon())
        self.body.addWidget(PlainLabel(self.tr("Use an account on any Matrix server."), kind="muted"))
        self.server = QLineEdit()
        self.server.setPlaceholderText("example.org")
        self.user = QLineEdit()
        self.user.setPlaceholderText("ben")
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.add_field(self.tr("&Server"), self.server, "loginServer")
        self.add_field(self.tr("&User name"), self.user, "loginUser")
        self.add_field(self.tr("&Password"), self.password, "loginPassword")
        self._proxy = proxy
        self.proxy_button = button(self.tr("Proxy…"), "loginProxy", "flat")
        self.proxy_button.clicked.connect(self._open_proxy)
        self.proxy_button.setVisible(proxy is not None)
        self.body.addWidget(self.proxy_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(
            PlainLabel(
                self.tr(
                    "If your user ID is @ben:example.org, your server is example.org and your user name is ben. No "
                    "account yet? Make one on the website of a Matrix server, or ask whoever runs yours: chatdesk "
                    "cannot make accounts."
                ),
                kind="muted",
            )
        )
        self._step = PlainLabel(name="loginStep", kind="muted")
        self.body.addWidget(self._step)
        model.busy_changed.connect(self._show_busy)
        model.error_changed.connect(self.show_error)
        model.step_changed.connect(self._step.setText)
        model.succeeded.connect(self._succeed)
        self.rejected.connect(self._give_up)
        self.server.setFocus()

    def _open_proxy(self) -> None:
        from chatdesk.views.proxy_dialog import ProxyDialog  # few people need one

        if self._proxy is not None:
            ProxyDialog(self._proxy, self).open()

    def submit(self) -> None:
        self._model.submit(self.server.text(), self.user.text(), self.password.text())
        if not self._model.is_busy:
            self._enter_wrong()

    def _show_busy(self, is_busy: bool) -> None:
        self.show_busy(is_busy)
        self._step.setText(self.tr("Logging in…") if is_busy else "")
        if not is_busy:
            self._enter_wrong()

    def _enter_wrong(self) -> None:
        """Where it went wrong, ready to be typed anew."""
        fields = {Field.SERVER: self.server, Field.USER: self.user, Field.PASSWORD: self.password}
        self.focus(fields[self._model.wrong])

    def _succeed(self, _: object) -> None:
        self.password.clear()
        self.accept()

    def _give_up(self) -> None:
        self._model.cancel()
        self.password.clear()
        self.cancelled.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.reject()
        event.accept()
