"""What others learn about the user, and who is blocked. Main thread only."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from chatdesk.models.own import BlockedModel
from chatdesk.models.settings import SettingsModel
from chatdesk.views.settings_page import Page, say
from chatdesk.views.theme import SPACING
from chatdesk.views.widgets import PlainLabel, button


class PrivacyPage(Page):
    def __init__(self, settings: SettingsModel, blocked: BlockedModel | None) -> None:
        super().__init__(settings)
        self._blocked = blocked
        self.heading(self.tr("What others see"))
        self.receipts = self.check(self.tr("Show others what I have read"), "publicReceipts", "public_receipts")
        self.remark(self.tr("Without it only your own devices know. Servers may still keep when you were here."))
        self.typing = self.check(self.tr("Show others when I am typing"), "sendTyping", "send_typing")
        self.heading(self.tr("Blocked people"))
        self.remark(self.tr("Their messages and invitations do not reach you. They are not told."))
        self.problem = self.error_line("blockedProblem")
        self.none = PlainLabel(self.tr("Nobody is blocked."))
        self.none.setObjectName("nobodyBlocked")
        self.none.setVisible(False)
        self.column.addWidget(self.none)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(SPACING)
        self.column.addLayout(self._rows)
        self.column.addStretch()
        self._shown: tuple[str, ...] = ()
        if blocked is not None:
            blocked.changed.connect(self._show_blocked)
            blocked.failed.connect(self._tell_problem)  # a lambda would outlive the page

    def show_settings(self) -> None:
        chosen = self.settings.preferences
        self.receipts.setChecked(chosen.public_receipts)
        self.typing.setChecked(chosen.send_typing)

    def load(self) -> None:
        if self._blocked is not None:
            self._blocked.load()

    def _tell_problem(self, sentence: str) -> None:
        say(self.problem, sentence)

    def _show_blocked(self) -> None:
        if self._blocked is None:
            return
        say(self.problem, "")
        people = self._blocked.people
        self.none.setVisible(not people)
        if people == self._shown:
            return
        self._shown = people
        while (item := self._rows.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for user_id in people:
            self._rows.addWidget(self._row(user_id, self._blocked))

    def _row(self, user_id: str, blocked: BlockedModel) -> QWidget:
        row = QWidget()
        row.setObjectName("blockedRow")
        row.setAccessibleName(user_id)
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(PlainLabel(user_id), 1)
        free = button(self.tr("Unblock"), "unblock", "flat")
        free.setAccessibleName(self.tr("Unblock {0}").format(user_id))
        free.clicked.connect(lambda: blocked.unblock(user_id))
        line.addWidget(free)
        return row
