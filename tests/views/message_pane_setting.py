"""A message pane on the screen with a real model, and a person's hands."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from chatdesk.domain.changes import LoadState, Reset
from chatdesk.domain.messages import Message
from chatdesk.models.timeline import TimelineModel
from chatdesk.views.message_pane import MessagePane
from chatdesk.views.message_row import Item, RowLayout
from chatdesk.views.message_text import TextBlock
from chatdesk.views.theme import Scheme, Theme
from tests.views.message_samples import OWN, display_name

SIGNALS = (
    "revoke_requested",
    "retry_requested",
    "discard_requested",
    "download_requested",
    "open_requested",
    "cancel_requested",
    "link_activated",
    "reply_requested",
    "edit_requested",
    "edit_again_requested",
    "react_requested",
    "forward_requested",
    "delete_requested",
    "permalink_requested",
    "pause_requested",
    "resume_requested",
    "save_all_requested",
    "copy_file_requested",
    "save_as_requested",
    "view_requested",
    "folder_requested",
    "local_file_requested",
    "message_wanted",
    "undo_requested",
)


class Setting:
    """`told` records the requests: name and arguments. `shown` records the newest message seen."""

    def __init__(
        self,
        qtbot: QtBot,
        messages: Iterable[Message],
        is_group: bool = True,
        height: int = 600,
        closes_pane: bool = True,
        unread: int = 0,
    ) -> None:
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        self.qtbot = qtbot
        self.theme = Theme(application, Scheme.LIGHT)
        self.model = TimelineModel(OWN, is_group, display_name)
        self.model.set_load_state(LoadState.START_REACHED)
        self.model.expect_unread(unread)
        self.model.apply(Reset(tuple(messages)))
        self.pane = self.make_pane(self.theme)
        if closes_pane:
            qtbot.addWidget(self.pane, before_close_func=self._undress)
        self.pane.resize(700, height)
        self.told: list[tuple[Any, ...]] = []
        for name in SIGNALS:
            getattr(self.pane.requests, name).connect(self._recorder(name))
        self.shown: list[int] = []
        self.pane.newest_shown.connect(self.shown.append)
        self.pane.set_model(self.model)
        with qtbot.waitExposed(self.pane):
            self.pane.show()
        self.show_now()

    def make_pane(self, theme: Theme) -> MessagePane:
        return MessagePane(theme)

    def _undress(self, _pane: QWidget) -> None:
        """The application outlives this test: leave it without menu, style sheet and theme."""
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        if (menu := self.open_menu()) is not None:
            menu.close()
        application.setStyleSheet("")
        self.theme.deleteLater()

    def _recorder(self, name: str) -> Any:
        return lambda *arguments: self.told.append((name, *arguments))

    def show_now(self) -> None:
        """Let everything paint and settle."""
        QApplication.processEvents()

    def focus_by_tab(self) -> None:
        self.pane.activateWindow()
        self.pane.clearFocus()
        self.pane.setFocus(Qt.FocusReason.TabFocusReason)
        self.qtbot.waitUntil(self.pane.hasFocus)

    def layout(self, key: int) -> RowLayout:
        return self.pane.rows.row_layout(self.model.row_of(key))

    def content_y(self, key: int) -> int | None:
        """Where a message's own content starts in the viewport, None when it cannot be seen."""
        placed = self.pane.placed(self.model.row_of(key))
        return placed.content_y if placed is not None else None

    def visible_keys(self) -> list[int]:
        return self.pane.speech.spoken_keys()

    def in_view(self, key: int, rect: QRect) -> QRect:
        """A rectangle of a row's layout in viewport coordinates."""
        placed = self.pane.placed(self.model.row_of(key))
        assert placed is not None
        return rect.translated(0, placed.top)

    def item_rect(self, key: int, element: int = 0) -> QRect:
        item = self.layout(key).item_of(element)
        assert item is not None
        return self.in_view(key, item.rect)

    def letter(self, key: int, position: int, element: int = 0) -> QPoint:
        """The middle of the letter at a position of an element's text."""
        item = self.layout(key).item_of(element)
        assert item is not None
        return self._point_of(key, item, position)

    def failure_letter(self, key: int, word: str) -> QPoint:
        failure = self.layout(key).failure
        assert failure is not None
        assert isinstance(failure.block, TextBlock)
        return self._point_of(key, failure, failure.block.text.rindex(word) + 1)

    def _point_of(self, key: int, item: Item, position: int) -> QPoint:
        """Found by asking what is under each pixel, as a person's eye does."""
        assert isinstance(item.block, TextBlock)
        block = item.block
        for y in range(2, block.height, 4):
            for x in range(block.width - 3):
                # The same letter a little further right too, so that rounding cannot miss it.
                if block.covers(x, y) and block.position_at(x, y) == position == block.position_at(x + 3, y):
                    return self.in_view(key, item.rect).topLeft() + QPoint(x + 1, y)
        raise AssertionError(f"no letter {position} in {block.text!r}")

    def hover(self, point: QPoint) -> None:
        """Told to the viewport itself: QTest moves the platform's pointer, and what is under that is its affair."""
        viewport = self.pane.viewport()
        places = QPointF(point), QPointF(viewport.mapToGlobal(point))
        none = Qt.MouseButton.NoButton
        move = QMouseEvent(QEvent.Type.MouseMove, *places, none, none, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(viewport, move)
        self.show_now()

    def click(self, point: QPoint) -> None:
        QTest.mouseClick(self.pane.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, point)

    def drag(self, start: QPoint, end: QPoint) -> None:
        viewport = self.pane.viewport()
        QTest.mousePress(viewport, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
        QTest.mouseMove(viewport, start + (end - start) / 2)
        QTest.mouseMove(viewport, end)
        QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, end)

    def menu_at(self, point: QPoint) -> QMenu | None:
        """Right click. Through the window handle: a synthetic click on the viewport raises no context menu event."""
        self.show_now()
        window = self.pane.window().windowHandle()
        in_window = self.pane.viewport().mapTo(self.pane.window(), point)
        QTest.mouseClick(window, Qt.MouseButton.RightButton, Qt.KeyboardModifier.NoModifier, in_window)
        return self.open_menu()

    def open_menu(self) -> QMenu | None:
        popup = QApplication.activePopupWidget()
        return popup if isinstance(popup, QMenu) else None

    def choose(self, menu: QMenu, name: str) -> None:
        """Click the entry of this object name."""
        action = next(action for action in menu.actions() if action.objectName() == name)
        center = menu.actionGeometry(action).center()
        QTest.mouseClick(menu, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, center)


@contextmanager
def one_of_many(qtbot: QtBot, messages: Iterable[Message], height: int = 600, unread: int = 0) -> Iterator[Setting]:
    """For a test that tries many: each goes at its end. Those that stay make everything slow."""
    setting = Setting(qtbot, messages, height=height, closes_pane=False, unread=unread)
    try:
        yield setting
    finally:
        setting.pane.close()
        setting.pane.deleteLater()
        setting.theme.deleteLater()
        QApplication.processEvents()


EVERYWHERE = (
    "reactMessage",
    "replyMessage",
    "copyPermalink",
    "forwardMessage",
    "selectMessage",
    "messageDetails",
)
"""In the menu of nearly every message."""


def all_names_of(menu: QMenu | None) -> list[str]:
    return [action.objectName() for action in menu.actions() if not action.isSeparator()] if menu is not None else []


def names_of(menu: QMenu | None) -> list[str]:
    """Without what is in every menu."""
    return [name for name in all_names_of(menu) if name not in EVERYWHERE]
