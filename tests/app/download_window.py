"""A window with a download, to be killed: `download_window PROFILE start` asks for the file of the newest message and
stays; without `start` it waits until what was interrupted is here, and prints the words in the row of Ctrl+J.
"""

import asyncio
import json
import sys
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from chatdesk.views.main_window import MainWindow
from chatdesk.views.message_pane import MessagePane
from tests.app import live_window
from tests.app.live_window import find, until

LONGEST_S = 900.0


async def start(window: MainWindow) -> None:
    await until(lambda: window.findChildren(MessagePane), "the conversation")
    pane = find(window, MessagePane, "messagePane")
    await until(lambda: pane.model() is not None and pane.model().rowCount(), "the messages")
    pane.setFocus()
    QTest.keyClick(pane, Qt.Key.Key_End)
    QTest.keyClick(pane, Qt.Key.Key_Return)
    await asyncio.Event().wait()


async def finish(window: MainWindow) -> None:
    await until(lambda: window.status_line.text == "Connected", "a line")
    QTest.keyClick(window, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    await until(lambda: window.findChildren(QWidget, "downloadRow"), "the row")
    row = find(window, QWidget, "downloadRow")
    while not find(window, QWidget, "openDownload").isVisible():
        await asyncio.sleep(0.05)
    print(json.dumps([label.text() for label in row.findChildren(QLabel) if label.text()]), flush=True)


if __name__ == "__main__":
    act = start if sys.argv[2:] == ["start"] else finish
    sys.exit(live_window.run(Path(sys.argv[1]), act, LONGEST_S))
