"""The devices of the account: where it is logged in, under which name, and how to end that. Main thread only."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from chatdesk.domain.account import Device
from chatdesk.models.own import DevicesModel
from chatdesk.models.settings import SettingsModel
from chatdesk.views.form_dialog import FormDialog
from chatdesk.views.settings_page import Page, say
from chatdesk.views.theme import SPACING, scaled_font
from chatdesk.views.widgets import PlainLabel, button


class DevicesPage(Page):
    def __init__(self, settings: SettingsModel, devices: DevicesModel) -> None:
        super().__init__(settings)
        self._devices = devices
        self.heading(self.tr("Devices"))
        self.remark(self.tr("Every place where you are logged in. Sign out what you do not know or no longer use."))
        self.problem = self.error_line("devicesProblem")
        self._rows = QVBoxLayout()
        self._rows.setSpacing(2 * SPACING)
        self.column.addSpacing(SPACING)
        self.column.addLayout(self._rows)
        self.all_button = button(self.tr("Sign out all other devices…"), "signOutOthers", "danger")
        self.all_button.clicked.connect(self._ask_all)
        self.all_button.hide()
        self.column.addSpacing(SPACING)
        self.column.addWidget(self.all_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addStretch()
        self._shown: tuple[Device, ...] | None = None
        devices.changed.connect(self._show)
        devices.failed.connect(self._tell_problem)  # a lambda would outlive the page

    def load(self) -> None:
        self._devices.load()

    def _tell_problem(self, sentence: str) -> None:
        say(self.problem, sentence)

    def _show(self) -> None:
        say(self.problem, "")
        if self._shown == self._devices.devices:
            return
        self._shown = self._devices.devices
        while (item := self._rows.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for device in self._shown:
            self._rows.addWidget(DeviceRow(self._devices, device, self._rename, self._sign_out))
        self.all_button.setVisible(len(self._shown) > 1)

    def _rename(self, device: Device) -> None:
        RenameDialog(self._devices, device, self.window()).open()

    def _sign_out(self, device: Device) -> None:
        SignOutDialog(self._devices, (device,), self.window()).open()

    def _ask_all(self) -> None:
        others = tuple(device for device in self._devices.devices if not device.is_current)
        if others:
            SignOutDialog(self._devices, others, self.window()).open()


class DeviceRow(QWidget):
    def __init__(
        self,
        devices: DevicesModel,
        device: Device,
        rename: Callable[[Device], None],
        sign_out: Callable[[Device], None],
    ) -> None:
        super().__init__()
        self.setObjectName("deviceRow")
        name = PlainLabel(devices.name(device))
        name.setFont(scaled_font(self.font(), bold=True))
        detail = PlainLabel(devices.detail(device))
        detail.setProperty("kind", "muted")
        self.setAccessibleName(f"{name.text()}, {detail.text()}")
        words = QVBoxLayout()
        words.setSpacing(SPACING // 4)
        words.addWidget(name)
        words.addWidget(detail)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACING)
        row.addLayout(words, 1)
        change = button(self.tr("Rename…"), "renameDevice", "flat")
        change.setAccessibleName(self.tr("Rename {0}").format(name.text()))
        change.clicked.connect(lambda: rename(device))
        row.addWidget(change, 0, Qt.AlignmentFlag.AlignTop)
        if not device.is_current:
            out = button(self.tr("Sign out…"), "signOutDevice", "flat")
            out.setAccessibleName(self.tr("Sign out {0}").format(name.text()))
            out.clicked.connect(lambda: sign_out(device))
            row.addWidget(out, 0, Qt.AlignmentFlag.AlignTop)


class _DeviceDialog(FormDialog):
    """Closes when what it asked for is done, and says so when it is refused."""

    def __init__(self, devices: DevicesModel, name: str, title: str, action: str, parent: QWidget) -> None:
        super().__init__(name, title, action, parent)
        self._devices = devices
        devices.busy_changed.connect(self.show_busy)
        devices.failed.connect(self._fail)
        devices.done.connect(self._finish)
        self._is_asked = False
        self.finished.connect(self._let_go)

    def _fail(self, sentence: str) -> None:
        self._is_asked = False
        self.show_error(sentence)

    def _finish(self) -> None:
        if self._is_asked:
            self.accept()

    def _let_go(self) -> None:
        self._devices.busy_changed.disconnect(self.show_busy)
        self._devices.failed.disconnect(self._fail)
        self._devices.done.disconnect(self._finish)


class RenameDialog(_DeviceDialog):
    def __init__(self, devices: DevicesModel, device: Device, parent: QWidget) -> None:
        super().__init__(devices, "renameDevice", self.tr("Rename this device"), self.tr("Rename"), parent)
        self._device = device
        self.field = QLineEdit(device.name)
        self.field.setMaxLength(100)
        self.add_field(self.tr("&Name"), self.field, "deviceName")
        self.focus(self.field)

    def submit(self) -> None:
        self._is_asked = True
        self._devices.rename(self._device.id, self.field.text())


class SignOutDialog(_DeviceDialog):
    def __init__(self, devices: DevicesModel, chosen: tuple[Device, ...], parent: QWidget) -> None:
        super().__init__(devices, "signOut", self.tr("Sign out?"), self.tr("Sign out"), parent)
        self._chosen = chosen
        names = PlainLabel(
            "\n".join(devices.name(device) for device in chosen[:8]) + ("\n…" if len(chosen) > 8 else "")
        )
        names.setObjectName("signOutNames")
        names.setTextFormat(Qt.TextFormat.PlainText)
        names.setWordWrap(True)
        self.body.addWidget(names)
        why = PlainLabel(self.tr("The server wants your password, to be sure that it is you."), kind="muted")
        self.body.addWidget(why)
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.add_field(self.tr("&Password"), self.password, "signOutPassword")
        self.focus(self.password)

    def submit(self) -> None:
        if not self.password.text():
            self.show_error(self.tr("Type your password."))
            self.focus(self.password)
            return
        self._is_asked = True
        self._devices.sign_out(tuple(device.id for device in self._chosen), self.password.text())

    def _fail(self, sentence: str) -> None:
        super()._fail(sentence)
        self.focus(self.password)
