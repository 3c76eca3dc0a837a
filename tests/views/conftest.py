"""The window with a real session that has no server, and the theme it is drawn in."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from chatdesk.core.session import Session
from chatdesk.models.session import SessionModel
from chatdesk.views.main_window import MainWindow
from chatdesk.views.theme import Scheme, Theme
from tests.models.offline import open_session
from tests.models.waiting import until


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Qt's offscreen platform complains about what it cannot do; that says nothing about the program."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(
                pytest.mark.qt_log_ignore("^This plugin does not support (raise|grabbing|propagateSizeHints)")
            )


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    theme = Theme(qapp, Scheme.LIGHT)
    theme.dress()
    yield theme
    qapp.clipboard().clear()  # what Python made must not outlive it there: the process would end with a crash
    theme.set_text_percent(100)  # the program's font outlives the theme
    theme.deleteLater()
    qapp.setStyleSheet("")
    _delete_later()


@pytest.fixture
async def session(tmp_path: Path, qapp: QApplication) -> AsyncIterator[Session]:
    opened = await open_session(tmp_path)
    yield opened
    await opened.close()


@pytest.fixture
async def window(theme: Theme) -> AsyncIterator[MainWindow]:
    """Shown and active, not attached to anybody."""
    window = MainWindow(theme)
    window.resize(1100, 700)
    window.show()
    window.activateWindow()
    await until(window.isActiveWindow)
    yield window
    window.close()
    window.deleteLater()
    _delete_later()


@pytest.fixture
async def account(session: Session, window: MainWindow) -> AsyncIterator[SessionModel]:
    """Attached to the window; load it when the store is filled."""
    model = SessionModel(session)
    window.attach(model)
    yield model
    await model.close()
    _delete_later()


def _delete_later() -> None:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
