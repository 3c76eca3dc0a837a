"""What a start does after its first picture, and that nothing a person does at once is lost to it."""

import asyncio
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from chatdesk.app import paths
from chatdesk.app.afterwards import Afterwards
from chatdesk.views.main_window import MainWindow
from tests.app import live_window
from tests.app.live_window import until
from tests.bench import profiles


def test_one_thing_in_each_turn_and_none_before_the_picture(qapp: QApplication) -> None:
    owner = QObject()
    afterwards = Afterwards(owner)
    done: list[str] = []
    afterwards.add(lambda: done.append("first"), lambda: done.append("second"))
    qapp.processEvents()
    assert done == []
    afterwards.begin()
    QTimer.singleShot(0, lambda: done.append("a click"))  # what comes meanwhile does not wait for all of it
    while "second" not in done:
        qapp.processEvents()
    assert set(done) == {"first", "a click", "second"}
    assert done[-1] == "second"
    afterwards.add(lambda: done.append("late"))
    while "late" not in done:
        qapp.processEvents()
    afterwards.add(lambda: done.append("never"))
    afterwards.stop()
    qapp.processEvents()
    assert "never" not in done
    owner.deleteLater()


def _profile(home: Path) -> Path:
    """Of somebody whose server is not there, with a conversation that was open."""
    directory = paths.profile("early")
    with asyncio.Runner(loop_factory=asyncio.new_event_loop) as runner:
        runner.run(profiles.make(directory, 5, 20))
    return directory


async def _first_picture(window: MainWindow) -> QWidget:
    """The moment the last conversation is on the screen; gives its composer."""
    await until(lambda: window.chat_view.model is not None and window.chat_view.model.timeline is not None, "it")
    await until(window.isActiveWindow, "the keyboard")
    return window.chat_view.composer.field


def test_what_is_typed_at_once_stands_in_the_composer(home: Path, qapp: QApplication) -> None:
    async def act(window: MainWindow) -> None:
        field = await _first_picture(window)
        assert window.autostart is None  # the rest is still to come
        for letter in "hello there":
            QTest.keyClicks(field, letter)
            await asyncio.sleep(0)
        await until(lambda: window.autostart is not None, "the rest of the start")
        assert window.chat_view.composer.field.toPlainText() == "hello there"
        assert window.focusWidget() is field

    assert live_window.run(_profile(home), act) == 0


def test_a_shortcut_at_once_opens_what_it_says(home: Path, qapp: QApplication) -> None:
    async def act(window: MainWindow) -> None:
        field = await _first_picture(window)
        QTest.keyClick(field, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClick(field, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
        await until(lambda: [d for d in window.findChildren(QDialog) if d.isVisible()], "a dialog")
        for dialog in window.findChildren(QDialog):
            dialog.close()

    assert live_window.run(_profile(home), act) == 0


def test_closing_before_the_rest_of_the_start_ends_the_program(home: Path, qapp: QApplication) -> None:
    async def act(window: MainWindow) -> None:
        field = await _first_picture(window)
        QTest.keyClicks(field, "x")
        window.close()
        await until(lambda: not window.isVisible(), "the end")

    directory = _profile(home)
    assert live_window.run(directory, act) == 0

    async def look(window: MainWindow) -> None:
        await _first_picture(window)
        await until(lambda: window.chat_view.composer.field.toPlainText() == "x", "the draft of the first time")

    assert live_window.run(directory, look) == 0


def test_no_choice_is_offered_while_the_last_conversation_is_being_read(home: Path, qapp: QApplication) -> None:
    async def act(window: MainWindow) -> None:
        await _first_picture(window)
        assert "_nothing" not in window.chat_view.__dict__  # the page that asks to choose one was never made

    assert live_window.run(_profile(home), act) == 0
