"""The list of keys: its headings are nothing to choose, and it says how the keyboard gets to the messages."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTreeWidgetItem
from pytestqt.qtbot import QtBot

from chatdesk.views.shortcuts import ShortcutList, ShortcutsDialog
from chatdesk.views.theme import Theme


def _headings(keys: ShortcutList) -> list[QTreeWidgetItem]:
    found = [keys.topLevelItem(row) for row in range(keys.topLevelItemCount())]
    return [heading for heading in found if heading is not None]


def test_the_keyboard_begins_with_the_first_key_not_with_a_heading(qtbot: QtBot, theme: Theme) -> None:
    dialog = ShortcutsDialog()
    with qtbot.waitActive(dialog):
        dialog.open()
    dialog.list.setFocus()
    first, *_ = headings = _headings(dialog.list)
    assert dialog.list.currentItem() is first.child(0)
    assert not any(heading.flags() & Qt.ItemFlag.ItemIsSelectable for heading in headings)
    assert all(heading.isFirstColumnSpanned() for heading in headings)
    dialog.reject()


def test_how_to_get_to_the_messages_is_said(qtbot: QtBot, theme: Theme) -> None:
    keys = ShortcutList()
    qtbot.addWidget(keys)
    rows = [heading.child(row) for heading in _headings(keys) for row in range(heading.childCount())]
    said = {row.text(0): row.text(1) for row in rows if row is not None}
    assert "Shift+Tab" in said["To the messages, from the field for writing"]
