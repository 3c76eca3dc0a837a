"""A real session on a real store, without a server, and its view models."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from chatdesk.core.session import Session
from chatdesk.models.session import SessionModel
from tests.models.offline import open_session


@pytest.fixture
async def session(tmp_path: Path, qapp: QApplication) -> AsyncIterator[Session]:
    opened = await open_session(tmp_path)
    yield opened
    await opened.close()


@pytest.fixture
async def account(session: Session) -> AsyncIterator[SessionModel]:
    """The view models of Ann's account; not loaded yet."""
    model = SessionModel(session)
    yield model
    await model.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
