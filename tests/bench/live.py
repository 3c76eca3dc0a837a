"""The real window on a profile, for what is measured in it. Needs a running loop of Qt's."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chatdesk.core.session import Session
    from chatdesk.models.session import SessionModel
    from chatdesk.views.main_window import MainWindow


async def opened(folder: Path) -> tuple[Session, SessionModel, MainWindow]:
    """As `chatdesk` opens it, without a network."""
    from PySide6.QtWidgets import QApplication

    from chatdesk.core.credentials import Credentials
    from chatdesk.core.session import Session
    from chatdesk.models.session import SessionModel
    from chatdesk.views.main_window import MainWindow
    from chatdesk.views.theme import Theme

    app = QApplication.instance()
    assert isinstance(app, QApplication)
    credentials = Credentials(folder, "bench")
    session = await Session.restore(folder, credentials, credentials.load, folder / "downloads")
    assert session is not None
    window = MainWindow(Theme(app))
    window.show()
    model = SessionModel(session)
    window.attach(model)
    model.load(await session.last_open())
    return session, model, window


async def closed(session: Session, model: SessionModel, window: MainWindow) -> None:
    await model.close()
    window.close()
    await session.close()
