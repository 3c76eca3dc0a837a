"""The list of a choice shows every row, tall enough to hit."""

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from chatdesk.views.theme import Theme
from chatdesk.views.widgets import DropDown

TARGET_PX = 24


def test_all_rows_are_seen(qtbot: QtBot, theme: Theme) -> None:
    box = DropDown()
    qtbot.addWidget(box)
    box.addItems(["Everywhere", "Last 12 months", "简体中文"])
    box.show()
    box.showPopup()
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
    view = box.view()
    assert view.sizeHintForRow(0) >= TARGET_PX
    last = view.visualRect(view.model().index(box.count() - 1, 0))
    assert view.viewport().rect().contains(last)
    box.hidePopup()
