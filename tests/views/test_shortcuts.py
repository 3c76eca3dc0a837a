"""The list of keys: its headings are nothing to choose, and it says how the keyboard gets to the messages."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from chatdesk.views.shortcuts import ShortcutList, ShortcutsDialog
from chatdesk.views.theme import Theme


def test_the_keyboard_begins_with_the_first_key_not_with_a_heading(qtbot: QtBot, theme: Theme) -> None:
    dialog = ShortcutsDialog()
    with qtbot.waitActive(dialog):
        dialog.open()
    dialog.list.setFocus()
    chosen = dialog.list.currentItem()
    assert chosen is not None and chosen.parent() is dialog.list.topLevelItem(0)
    headings = [dialog.list.topLevelItem(row) for row in range(dialog.list.topLevelItemCount())]
    assert not any(heading.flags() & Qt.ItemFlag.ItemIsSelectable for heading in headings)
    assert all(heading.isFirstColumnSpanned() for heading in headings)
    dialog.reject()


def test_how_to_get_to_the_messages_is_said(qtbot: QtBot, theme: Theme) -> None:
    keys = ShortcutList()
    qtbot.addWidget(keys)
    messages = keys.topLevelItem(1)
    said = {messages.child(row).text(0): messages.child(row).text(1) for row in range(messages.childCount())}
    assert "Shift+Tab" in said["To the messages, from the field for writing"]
