"""Ann's window, and the hands that move in it. Main thread only."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget

from chatdesk.domain.ids import ConversationId
from chatdesk.domain.messages import Message
from chatdesk.localserver import LocalServer
from chatdesk.models.composer import ComposerModel
from chatdesk.views.main_window import MainWindow
from chatdesk.views.message_pane import MessagePane
from tests.app.live_window import until
from tests.filmstrip.camera import Camera
from tests.filmstrip.cast import Cast

T = TypeVar("T", bound=QObject)
USUAL = (1040, 720)
SMALL = (800, 600)
LARGE = (2560, 1440)


class Stage:
    """Ann's window, and the hands that move in it."""

    def __init__(self, window: MainWindow, camera: Camera, cast: Cast, server: LocalServer, folder: Path) -> None:
        self.window, self.camera, self.cast, self.server, self.folder = window, camera, cast, server, folder

    async def shoot(self, name: str) -> None:
        """Once every picture in sight has come."""
        self.window.repaint()  # painting asks for them
        session = self.window._session
        if session is not None:
            await asyncio.sleep(0.1)
            await until(lambda: not (session.thumbnails._running or session.thumbnails._waiting), "the pictures")
        await self.camera.shoot(self.window, name)

    async def both(self, name: str) -> None:
        """In light and in dark."""
        for scheme in ("light", "dark"):
            self.window.settings.change(scheme=scheme)
            await self.shoot(f"{name}-{scheme}")
        self.window.settings.change(scheme="light")

    async def resize(self, size: tuple[int, int]) -> None:
        self.window.resize(*size)
        await until(lambda: (self.window.width(), self.window.height()) == size, f"a window of {size}")

    @asynccontextmanager
    async def large(self) -> AsyncIterator[None]:
        """Twice the text in a small window."""
        await self.resize(SMALL)
        self.window.settings.change(text_percent=200)
        yield
        self.window.settings.change(text_percent=100)
        await self.resize(USUAL)

    def find(self, kind: type[T], name: str) -> T:
        found = [
            thing
            for thing in self.window.findChildren(kind, name)
            if not isinstance(thing, QWidget) or thing.isVisible()
        ]
        assert found, name
        return found[-1]

    @property
    def writing(self) -> ComposerModel:
        assert self.window._session is not None
        return self.window._session.chat.composer

    @property
    def pane(self) -> MessagePane:
        return self.find(MessagePane, "messagePane")

    def messages(self) -> list[Message]:
        timeline = self.pane.timeline
        return [timeline.message(row) for row in range(timeline.rowCount())]

    def message(self, words: str) -> Message:
        return next(m for m in reversed(self.messages()) if words in m.text)

    def rows(self) -> dict[str, ConversationId]:
        session = self.window._session
        return {} if session is None else {row.name: row.id for row in session.conversations.items}

    async def open(self, name: str, words: str = "") -> None:
        """A conversation by its name, once a message with these words is on the screen."""
        await until(lambda: name in self.rows(), name)
        self.window.open_conversation(self.rows()[name])
        await until(lambda: self.window.windowTitle().startswith((name, "(")), "its title")
        await until(lambda: self.messages() and any(words in m.text for m in self.messages()), words or "messages")

    async def dialog(self) -> QDialog:
        await until(lambda: [d for d in self.window.findChildren(QDialog) if d.isVisible()], "a dialog")
        dialog = [d for d in self.window.findChildren(QDialog) if d.isVisible()][-1]
        dialog.move(self.window.geometry().center() - dialog.rect().center())  # this window manager does not
        return dialog

    async def close_dialogs(self) -> None:
        for dialog in self.window.findChildren(QDialog):
            dialog.close()
        await until(lambda: not [d for d in self.window.findChildren(QDialog) if d.isVisible()], "no dialog")

    async def open_menu(self, message: Message) -> QMenu:
        """A message's, as a screen reader opens it."""
        pane = self.pane
        pane.show_message(message.key)
        pane._menus.open_for_row(pane.timeline.row_of(message.key))
        await until(lambda: isinstance(QApplication.activePopupWidget(), QMenu), "the menu")
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        return menu

    async def choose(self, message: Message, action: str) -> None:
        menu = await self.open_menu(message)
        found = menu.findChild(QAction, action)
        assert found is not None, action
        menu.close()
        found.trigger()

    def type(self, text: str) -> None:
        field = self.window.chat_view.composer.field
        field.setFocus()
        field.insertPlainText(text)


Scene = Callable[[Stage], Awaitable[None]]
